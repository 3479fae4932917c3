//! `payung status`: how each part of the service is, measured now, and what the operator says of it.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use payung_domain::language::Language;
use payung_domain::service::{Condition, Part, Standing};
use payung_domain::time::{Clock, Instant};
use payung_flows::service::standings;
use payung_flows::staff::service::{Saying, say_by_operator};
use payung_flows::{App, Visit};
use serde_json::{Value, json};

use super::staff::reason;
use super::{house, member, notice};
use crate::outside::clock::SystemClock;
use crate::report::{Exit, Failure, Report};
use crate::settings::Values;

/// What to do about the status page.
#[derive(Debug, Subcommand)]
pub enum StatusCommand {
    /// Say how each part is
    Show(ShowArgs),
    /// Say how one part is, in both languages; works ends what was said before
    Set(SetArgs),
}

/// Where to look.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Folder of a demonstration, in place of settings
    #[arg(long, value_name = "DIR")]
    pub demo: Option<PathBuf>,
}

/// What is said of a part.
#[derive(Debug, Args)]
pub struct SetArgs {
    /// Which part
    #[arg(value_parser = parts())]
    pub part: Part,
    /// How it is
    #[arg(value_parser = conditions())]
    pub condition: Condition,
    /// What members read of it in Indonesian
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub indonesian: String,
    /// The same in English
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub english: String,
    /// Why, in 10 letters or more
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: String,
    /// Folder of a demonstration, in place of settings
    #[arg(long, value_name = "DIR")]
    pub demo: Option<PathBuf>,
}

fn parts() -> impl TypedValueParser<Value = Part> {
    PossibleValuesParser::new(Part::ALL.map(Part::name))
        .try_map(|word| Part::named(&word).ok_or_else(|| "no such part".to_owned()))
}

fn conditions() -> impl TypedValueParser<Value = Condition> {
    PossibleValuesParser::new(Condition::ALL.map(Condition::name))
        .try_map(|word| Condition::named(&word).ok_or_else(|| "no such word".to_owned()))
}

/// Does it.
pub async fn run(
    command: StatusCommand,
    values: impl FnOnce() -> Result<Values, Failure>,
    report: &Report,
) -> Result<Exit, Failure> {
    let (StatusCommand::Show(ShowArgs { demo }) | StatusCommand::Set(SetArgs { demo, .. })) =
        &command;
    let (store, secrets, settings) = member::open_store(demo.as_deref(), values).await?;
    let app = house::build(store, &secrets, settings)?;
    let exit = match &command {
        StatusCommand::Show(_) => Ok(show(&app, report).await),
        StatusCommand::Set(args) => set(&app, args, report).await,
    };
    app.store.close().await;
    exit
}

async fn show(app: &App, report: &Report) -> Exit {
    let here = Visit {
        now: SystemClock.now(),
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        device: String::new(),
        browser: None,
        language: report.language(),
    };
    let all = standings(app, &here).await.parts;
    let lines: Vec<String> = all.iter().map(|one| line(one, report.language())).collect();
    let objects: Vec<Value> = all.iter().map(object).collect();
    let works = all.iter().all(|one| one.condition == Condition::Works);
    report.result(lines.join("\n"), json!({ "works": works, "parts": objects }));
    if works { Exit::Done } else { Exit::AnsweredNo }
}

async fn set(app: &App, args: &SetArgs, report: &Report) -> Result<Exit, Failure> {
    let saying = Saying {
        part: args.part,
        condition: args.condition,
        indonesian: args.indonesian.trim(),
        english: args.english.trim(),
    };
    say_by_operator(app, &saying, &args.reason)
        .await
        .map_err(|fault| house::broken(&fault))?
        .map_err(notice::refused)?;
    let (part, condition) = (args.part.name(), args.condition.name());
    report.result(format!("{part}: {condition}"), json!({ "part": part, "condition": condition }));
    Ok(Exit::Done)
}

fn line(standing: &Standing, language: Language) -> String {
    let (part, condition) = (standing.part.name(), standing.condition.name());
    let since = standing.since.map(|at| format!("  since {}", at.rfc3339())).unwrap_or_default();
    let text = standing.text.as_ref().map(|(indonesian, english)| match language {
        Language::Id => format!("  {indonesian}"),
        Language::En => format!("  {english}"),
    });
    format!("{part:<14}{condition}{since}{}", text.unwrap_or_default())
}

fn object(standing: &Standing) -> Value {
    let (indonesian, english) = standing
        .text
        .as_ref()
        .map_or((None, None), |(indonesian, english)| (Some(indonesian), Some(english)));
    json!({
        "part": standing.part.name(),
        "condition": standing.condition.name(),
        "since": standing.since.map(Instant::rfc3339),
        "indonesian": indonesian,
        "english": english,
    })
}
