//! `payung key`: the keys that tokens are signed with.

use clap::{Args, Subcommand};
use payung_domain::oidc::clients::Algorithm;
use payung_domain::time::Clock;
use payung_flows::App;
use payung_flows::oidc::signing_keys;
use serde_json::{Value, json};

use super::house::{broken, build, check_keys, open_store};
use crate::outside::clock::SystemClock;
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::settings::{Values, production};

/// What to do about keys.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// List the keys, and which of them sign
    List,
    /// Make the next key; it signs once everybody has seen it
    Rotate(RotateArgs),
    /// Take a key out of use: within a minute, what it signed is worth nothing any more
    Retire(RetireArgs),
}

/// Which keys.
#[derive(Debug, Args)]
pub struct RotateArgs {
    /// ES256, `EdDSA`, PS256 or RS256 [default: all of them]
    #[arg(long, value_name = "NAME", value_parser = algorithm)]
    pub algorithm: Option<Algorithm>,
}

/// Which key.
#[derive(Debug, Args)]
pub struct RetireArgs {
    /// Its kid
    #[arg(value_name = "KID", allow_hyphen_values = true)]
    pub kid: String,
}

/// Does it.
pub async fn run(command: KeyCommand, values: &Values, report: &Report) -> Result<Exit, Failure> {
    let (serving, secrets) = production::admit(values).map_err(Failure::settings)?;
    let store = open_store(&serving.database, &secrets).await?;
    check_keys(&store).await?;
    let app = build(store, &secrets, serving.settings.clone())?;
    let exit = match command {
        KeyCommand::List => list(&app, report).await,
        KeyCommand::Rotate(args) => rotate(&app, args.algorithm, report).await,
        KeyCommand::Retire(args) => retire(&app, &args.kid, report).await,
    };
    app.store.close().await;
    exit
}

async fn list(app: &App, report: &Report) -> Result<Exit, Failure> {
    let now = SystemClock.now();
    let ring = signing_keys::ring(app, now).await.map_err(|fault| broken(&fault))?;
    let mut lines = Vec::new();
    let mut objects: Vec<Value> = Vec::new();
    for key in ring.shown(now) {
        let kept = &key.kept;
        let signing = ring.signing(kept.algorithm, now).map(|key| &key.kept.id);
        let state = match signing {
            Some(id) if *id == kept.id => "signs",
            _ if kept.signs_from > now => "next",
            _ => "shown",
        };
        let (name, from) = (kept.algorithm.name(), kept.signs_from.rfc3339());
        lines.push(format!("{state:<6} {name:<6} {}  from {from}", kept.id));
        objects.push(json!({ "kid": kept.id, "alg": name, "state": state, "signs_from": from }));
    }
    let words = if lines.is_empty() { "no key yet".to_owned() } else { lines.join("\n") };
    report.result(words, json!({ "keys": objects }));
    Ok(Exit::Done)
}

async fn rotate(app: &App, only: Option<Algorithm>, report: &Report) -> Result<Exit, Failure> {
    let now = SystemClock.now();
    let mut made = Vec::new();
    for algorithm in Algorithm::ALL.into_iter().filter(|one| only.is_none_or(|only| only == *one)) {
        let kid =
            signing_keys::rotate(app, algorithm, now).await.map_err(|fault| broken(&fault))?;
        made.push((algorithm.name(), kid));
    }
    let lines: Vec<String> = made.iter().map(|(name, kid)| format!("{name:<6} {kid}")).collect();
    let objects: Vec<Value> =
        made.iter().map(|(name, kid)| json!({ "alg": name, "kid": kid })).collect();
    report.result(lines.join("\n"), json!({ "made": objects }));
    Ok(Exit::Done)
}

async fn retire(app: &App, kid: &str, report: &Report) -> Result<Exit, Failure> {
    let is_retired =
        signing_keys::retire(app, kid, SystemClock.now()).await.map_err(|fault| broken(&fault))?;
    if is_retired {
        report.result(format!("{kid} is retired"), json!({ "kid": kid, "retired": true }));
        return Ok(Exit::Done);
    }
    Err(Failure::new(
        Exit::AnsweredNo,
        "key",
        said!("there is no such key in use", "tidak ada kunci itu yang dipakai"),
        said!("see `payung key list`", "lihat `payung key list`"),
    ))
}

fn algorithm(name: &str) -> Result<Algorithm, String> {
    Algorithm::named(name).ok_or_else(|| "it is ES256, EdDSA, PS256 or RS256".to_owned())
}
