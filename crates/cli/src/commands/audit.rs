//! `payung audit`: what was done at the support desk. Reading it and taking it along need a reason, and
//! are lines in it; whether its chain is whole may be asked by whoever has the keys, at any time.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use payung_domain::staff::audit::{About, Act, Entry, Outcome};
use payung_domain::staff::chain::{Break, Head};
use payung_domain::staff::source::{Origin, SessionMark, Source, network_typed};
use payung_flows::App;
use payung_flows::staff::audit::{self, Choice, MOST, Part, Taken};
use payung_flows::staff::chain;
use serde_json::{Value, json};

use super::staff::reason;
use super::{house, member};
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::said::Said;
use crate::settings::Values;

/// What to do about the audit.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// List the newest lines
    List(ListArgs),
    /// Check that no line was changed, taken out or slipped in
    Verify(VerifyArgs),
    /// Print lines for another system, one JSON object a line, each with its place in the chain
    Export(ExportArgs),
}

/// Which lines.
#[derive(Debug, Args)]
pub struct Which {
    /// Only of this officer
    #[arg(long, value_name = "NAME")]
    pub officer: Option<String>,
    /// Only this act: looked-up, unmasked, announced …
    #[arg(long, value_parser = acts(), hide_possible_values = true)]
    pub act: Option<Act>,
    /// Only with this outcome
    #[arg(long, value_parser = outcomes())]
    pub outcome: Option<Outcome>,
    /// Only about this member, by the 8 signs that lines show
    #[arg(long, value_name = "SIGNS", value_parser = about)]
    pub about: Option<About>,
    /// Only what came by this way
    #[arg(long, value_parser = origins())]
    pub source: Option<Origin>,
    /// Only what came from this network, as lines show it: 203.0.113.*
    #[arg(long, value_name = "NETWORK")]
    pub network: Option<String>,
    /// Only what was done in this session, by the 8 signs that lines show
    #[arg(long, value_name = "SIGNS", value_parser = session)]
    pub session: Option<SessionMark>,
    /// From this day on: 2026-08-17, western time
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub from: Option<Date>,
    /// To this day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub until: Option<Date>,
    /// Why, in 10 letters or more
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: String,
    /// Folder of a demonstration, in place of settings
    #[arg(long, value_name = "DIR")]
    pub demo: Option<PathBuf>,
}

/// Which lines, and how many.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    which: Which,
    /// How many at most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub most: u32,
}

/// Which lines to take along.
#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    which: Which,
}

/// What the chain is held against.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// What an earlier check printed, noted outside of this system: height:mark
    #[arg(long, value_name = "HEIGHT:MARK", value_parser = head)]
    pub noted: Option<Head>,
    /// Folder of a demonstration, in place of settings
    #[arg(long, value_name = "DIR")]
    pub demo: Option<PathBuf>,
}

fn acts() -> impl TypedValueParser<Value = Act> {
    PossibleValuesParser::new(Act::ALL.iter().map(|act| act.name()))
        .try_map(|word| Act::named(&word).ok_or_else(|| "no such act".to_owned()))
}

fn outcomes() -> impl TypedValueParser<Value = Outcome> {
    PossibleValuesParser::new(Outcome::ALL.map(Outcome::name))
        .try_map(|word| Outcome::named(&word).ok_or_else(|| "no such outcome".to_owned()))
}

fn origins() -> impl TypedValueParser<Value = Origin> {
    PossibleValuesParser::new(Origin::ALL.map(Origin::name))
        .try_map(|word| Origin::named(&word).ok_or_else(|| "no such way".to_owned()))
}

fn session(text: &str) -> Result<SessionMark, String> {
    SessionMark::parse(&text.trim().to_ascii_lowercase())
        .ok_or_else(|| "8 of the signs 0-9 and a-f".to_owned())
}

fn about(text: &str) -> Result<About, String> {
    About::parse(text).ok_or_else(|| "8 to 32 of the signs 0-9 and a-f".to_owned())
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write it like 2026-08-17".to_owned())
}

fn head(text: &str) -> Result<Head, String> {
    Head::parse(text).ok_or_else(|| "write it as the check printed it: 123:a7b8…".to_owned())
}

impl Which {
    fn choice(&self) -> Result<Choice, Failure> {
        let choice = Choice {
            officer: self.officer.clone(),
            act: self.act,
            outcome: self.outcome,
            about: self.about.clone(),
            origin: self.source,
            network: self.network.as_deref().map(network_typed),
            session: self.session.as_ref().map(|mark| mark.as_str().to_owned()),
            from: self.from,
            until: self.until,
        };
        if choice.is_backwards() {
            return Err(Failure::new(
                Exit::WrongUse,
                "range",
                said!("the last day is before the first one", "hari akhir sebelum hari awal"),
                said!("choose --until after --from", "pilih --until setelah --from"),
            ));
        }
        Ok(choice)
    }
}

/// Does it.
pub async fn run(
    command: AuditCommand,
    values: impl FnOnce() -> Result<Values, Failure>,
    report: &Report,
) -> Result<Exit, Failure> {
    match command {
        AuditCommand::List(args) => {
            let (choice, app) = open(&args.which, values).await?;
            let exit = list(&app, &choice, &args, report).await;
            app.store.close().await;
            exit
        }
        AuditCommand::Export(args) => {
            let (choice, app) = open(&args.which, values).await?;
            let exit = export(&app, &choice, &args.which, report).await;
            app.store.close().await;
            exit
        }
        AuditCommand::Verify(args) => verify(&args, values, report).await,
    }
}

async fn open(
    which: &Which,
    values: impl FnOnce() -> Result<Values, Failure>,
) -> Result<(Choice, App), Failure> {
    let choice = which.choice()?;
    let (store, secrets, settings) = member::open_store(which.demo.as_deref(), values).await?;
    Ok((choice, house::build(store, &secrets, settings)?))
}

async fn list(
    app: &App,
    choice: &Choice,
    args: &ListArgs,
    report: &Report,
) -> Result<Exit, Failure> {
    let part = audit::page_by_operator(app, choice, args.most, &args.which.reason).await;
    let Part { lines, older } = part.map_err(|fault| house::broken(&fault))?;
    let words: Vec<String> = lines.iter().map(line).collect();
    let words = if words.is_empty() { "no line".to_owned() } else { words.join("\n") };
    let objects: Vec<Value> = lines.iter().map(object).collect();
    report.result(words, json!({ "lines": objects, "has_more": older.is_some() }));
    Ok(Exit::Done)
}

async fn export(
    app: &App,
    choice: &Choice,
    which: &Which,
    report: &Report,
) -> Result<Exit, Failure> {
    let taken = audit::take_by_operator(app, choice, &which.reason).await;
    let Taken::Lines(lines) = taken.map_err(|fault| house::broken(&fault))? else {
        return Err(Failure::new(
            Exit::AnsweredNo,
            "too-many",
            said!("there are more than {MOST} lines", "ada lebih dari {MOST} baris"),
            said!("choose fewer days with --from and --until", "pilih lebih sedikit hari"),
        ));
    };
    // The oldest first: the other system reads on where it stopped.
    let lines: Vec<String> = lines.iter().rev().map(placed).collect();
    report.verbatim(&lines.join("\n"));
    Ok(Exit::Done)
}

fn placed((place, entry): &(Head, Entry)) -> String {
    let mut object = object(entry);
    object["place"] = json!(place.height);
    object["mark"] = json!(place.to_string());
    object.to_string()
}

async fn verify(
    args: &VerifyArgs,
    values: impl FnOnce() -> Result<Values, Failure>,
    report: &Report,
) -> Result<Exit, Failure> {
    let (store, _, _) = member::open_store(args.demo.as_deref(), values).await?;
    let verdict = chain::verify(&store, args.noted).await;
    store.close().await;
    let verdict = verdict.map_err(|fault| house::broken(&fault))?;
    let head = verdict.head;
    if let Some(broken) = verdict.broken {
        return Err(Failure::new(
            Exit::AnsweredNo,
            "audit-broken",
            broken_words(broken),
            said!(
                "keep the database as it is, and compare it with the newest backup",
                "biarkan basis data apa adanya, dan bandingkan dengan cadangan terbaru"
            ),
        ));
    }
    let facts =
        json!({ "lines": head.height, "checked": verdict.checked, "head": head.to_string() });
    report.result(format!("unbroken: {} lines\n{head}", verdict.checked), facts);
    Ok(Exit::Done)
}

fn broken_words(broken: Break) -> Said {
    let at = broken.number();
    match broken {
        Break::Missing(_) => said!("line {at} was taken out", "baris {at} dikeluarkan"),
        Break::Changed(_) => {
            said!("line {at} was changed or taken out", "baris {at} diubah atau dihapus")
        }
        Break::CutOff(_, due) => said!(
            "the chain ends at line {at} and should end at line {due}",
            "rantai berakhir di baris {at}, seharusnya di baris {due}"
        ),
        Break::Loose(_) => said!("{at} lines were slipped in", "{at} baris diselipkan"),
        Break::NotAsNoted(_) => {
            said!("line {at} is not as it was noted", "baris {at} tidak seperti yang dicatat")
        }
    }
}

fn line(entry: &Entry) -> String {
    let (at, act, outcome) = (entry.mark.at.rfc3339(), entry.act.name(), entry.outcome.name());
    let about = entry.person.map(About::short).unwrap_or_default();
    let source = source_words(&entry.source);
    let words = [&*entry.officer, act, outcome, &*entry.detail, &*about, &*source, &*entry.reason];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    format!("{at}  {}", words.join("  "))
}

/// Where it came from: `command line`, or the network and the session at the desk.
fn source_words(source: &Source) -> String {
    match source {
        Source::Desk { network, session } => {
            let session = session.as_ref().map(|mark| format!(" session {}", mark.as_str()));
            format!("from {network}{}", session.unwrap_or_default())
        }
        Source::CommandLine => "command line".to_owned(),
        // Whoever acted stands at the beginning of the line.
        Source::Member | Source::Program | Source::Unsaid => String::new(),
    }
}

/// What is not there is none, not an empty word.
fn said_of(word: &str) -> Option<&str> {
    Some(word).filter(|word| !word.is_empty())
}

fn object(entry: &Entry) -> Value {
    json!({
        "id": entry.mark.id,
        "at": entry.mark.at.rfc3339(),
        "officer": entry.officer,
        "role": entry.role,
        "source": entry.source.origin().map(Origin::name),
        "network": said_of(entry.source.network()),
        "session": said_of(entry.source.session()),
        "act": entry.act.name(),
        "outcome": entry.outcome.name(),
        "about": entry.person.map(About::short),
        "detail": entry.detail,
        "reason": entry.reason,
    })
}
