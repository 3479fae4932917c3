//! `payung migrate`: brings the tables of a database up to date.

use clap::{Args, Subcommand};
use payung_domain::time::Clock;
use payung_storage::migrate::MIGRATIONS;
use serde_json::json;

use super::house::{broken, open_without_keys};
use crate::outside::clock::SystemClock;
use crate::report::{Exit, Failure, Report};
use crate::settings::serving::Database;

/// What to do about the tables.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum MigrateCommand {
    /// Say which steps are done and which are not
    Status,
    /// Take every step that is not done yet
    Up(UpArgs),
}

/// How to take the steps.
#[derive(Clone, Copy, Debug, Args)]
pub struct UpArgs {
    /// Only say which steps would be taken
    #[arg(long)]
    pub dry_run: bool,
}

/// Says what is done, or takes what is not.
pub async fn run(
    command: MigrateCommand,
    database: &Database,
    report: &Report,
) -> Result<Exit, Failure> {
    let store = open_without_keys(database).await?;
    let pending = store.pending_migrations().await.map_err(|fault| broken(&fault))?;
    let done = match command {
        MigrateCommand::Up(UpArgs { dry_run: false }) => {
            store.migrate(SystemClock.now()).await.map_err(|fault| broken(&fault))?
        }
        MigrateCommand::Up(_) | MigrateCommand::Status => Vec::new(),
    };
    store.close().await;
    let lines = MIGRATIONS.iter().map(|migration| {
        let state = if done.contains(&migration.name) {
            "applied now"
        } else if pending.contains(&migration.name) {
            "pending"
        } else {
            "applied"
        };
        (migration.name, state)
    });
    let lines: Vec<_> = lines.collect();
    let words: Vec<String> =
        lines.iter().map(|(name, state)| format!("{state:<12} {name}")).collect();
    let steps: Vec<_> =
        lines.iter().map(|(name, state)| json!({ "name": name, "state": state })).collect();
    report.result(words.join("\n"), json!({ "engine": store.engine(), "migrations": steps }));
    let is_pending = matches!(command, MigrateCommand::Status) && !pending.is_empty();
    Ok(if is_pending { Exit::AnsweredNo } else { Exit::Done })
}
