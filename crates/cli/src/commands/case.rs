//! `payung case`: what members ask of the support desk, for the operator. Who it is about is not
//! printed; what is done here stands in the desk's audit, with its reason.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use payung_domain::staff::cases::{
    CaseReference, Closing, Entry, Kind, Linked, NotDone, Standing, State,
};
use payung_flows::App;
use payung_flows::staff::cases::operator::{self, Closed, Listed};
use serde_json::{Value, json};

use super::house;
use super::staff::reason;
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::settings::{Values, production};

/// What to do about cases.
#[derive(Debug, Subcommand)]
pub enum CaseCommand {
    /// List cases, what is due first first
    List(ListArgs),
    /// Show one with its timeline
    Show(ShowArgs),
    /// Close one, whoever has it, and say what came of it
    Close(CloseArgs),
}

/// Which cases.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only of this kind
    #[arg(long, value_parser = kinds())]
    pub kind: Option<Kind>,
    /// Only those that stand so; else all that are not over
    #[arg(long, value_parser = standings())]
    pub state: Option<Standing>,
    /// How many at most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub most: u32,
}

/// Which case, and why.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The case number: KSS-7F3K-29QD
    #[arg(value_parser = reference)]
    pub reference: CaseReference,
    /// Why, in 10 letters or more
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: String,
}

/// What came of it.
#[derive(Debug, Args)]
pub struct CloseArgs {
    #[command(flatten)]
    which: ShowArgs,
    /// What came of it
    #[arg(long, value_parser = outcomes())]
    pub outcome: Closing,
}

fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.iter().copied().map(Kind::name))
        .try_map(|name| Kind::named(&name).ok_or_else(|| "no such word".to_owned()))
}

fn standings() -> impl TypedValueParser<Value = Standing> {
    PossibleValuesParser::new(Standing::ALL.iter().copied().map(Standing::name))
        .try_map(|name| Standing::named(&name).ok_or_else(|| "no such word".to_owned()))
}

fn outcomes() -> impl TypedValueParser<Value = Closing> {
    PossibleValuesParser::new(Closing::ALL.iter().copied().map(Closing::name))
        .try_map(|name| Closing::named(&name).ok_or_else(|| "no such word".to_owned()))
}

fn reference(text: &str) -> Result<CaseReference, String> {
    CaseReference::parse(text)
        .ok_or_else(|| "check each letter and digit: KSS-7F3K-29QD".to_owned())
}

/// Does it.
pub async fn run(command: CaseCommand, values: &Values, report: &Report) -> Result<Exit, Failure> {
    let (serving, secrets) = production::admit(values).map_err(Failure::settings)?;
    let store = house::open_store(&serving.database, &secrets).await?;
    house::check_migrations(&store).await?;
    house::check_keys(&store).await?;
    let app = house::build(store, &secrets, serving.settings)?;
    let exit = match command {
        CaseCommand::List(args) => list(&app, &args, report).await,
        CaseCommand::Show(args) => show(&app, &args, report).await,
        CaseCommand::Close(args) => close(&app, &args, report).await,
    };
    app.store.close().await;
    exit
}

async fn list(app: &App, args: &ListArgs, report: &Report) -> Result<Exit, Failure> {
    let all = operator::list(app, (args.kind, args.state), args.most).await;
    let all = all.map_err(|fault| house::broken(&fault))?;
    let lines: Vec<String> = all.iter().map(line).collect();
    let words = if lines.is_empty() { "no case".to_owned() } else { lines.join("\n") };
    let objects: Vec<Value> = all.iter().map(object).collect();
    report.result(words, json!({ "cases": objects }));
    Ok(Exit::Done)
}

async fn show(app: &App, args: &ShowArgs, report: &Report) -> Result<Exit, Failure> {
    let shown = operator::show(app, &args.reference, &args.reason).await;
    let Some((listed, entries)) = shown.map_err(|fault| house::broken(&fault))? else {
        return Err(unknown(&args.reference));
    };
    let mut fields = object(&listed);
    fields["timeline"] = entries.iter().map(entry_object).collect();
    let lines = entries.iter().map(|entry| {
        let (at, what, author) = (entry.mark.at.rfc3339(), entry.what.name(), author(entry));
        format!("{at}  {author} {what} {}: {}", entry.detail, entry.text)
    });
    let about = about(&listed.case.linked).map(|about| format!("about {about}"));
    let words: Vec<String> = std::iter::once(line(&listed)).chain(about).chain(lines).collect();
    report.result(words.join("\n"), fields);
    Ok(Exit::Done)
}

async fn close(app: &App, args: &CloseArgs, report: &Report) -> Result<Exit, Failure> {
    let (reference, outcome) = (&args.which.reference, args.outcome);
    let closed = operator::close(app, reference, outcome, &args.which.reason).await;
    match closed.map_err(|fault| house::broken(&fault))? {
        Closed::Done => {
            let name = outcome.name();
            let fields = json!({ "reference": reference.as_str(), "outcome": name });
            report.result(format!("{reference}  {name}"), fields);
            Ok(Exit::Done)
        }
        Closed::Unknown => Err(unknown(reference)),
        Closed::Not(NotDone::Closed) => Err(Failure::new(
            Exit::AnsweredNo,
            "over",
            said!("{reference} is closed already", "{reference} sudah ditutup"),
            said!("see `payung case show`", "lihat `payung case show`"),
        )),
        Closed::Not(NotDone::Unfit) => Err(Failure::new(
            Exit::AnsweredNo,
            "unfit",
            said!("{reference} has no such outcome", "hasil ini bukan untuk {reference}"),
            said!(
                "transactions are explained, corrected or fraud; other cases anything else",
                "transaksi: explained, corrected, atau fraud; kasus lain: selain fraud"
            ),
        )),
        Closed::Not(NotDone::Undecided) => Err(Failure::new(
            Exit::AnsweredNo,
            "undecided",
            said!(
                "{reference} ends when its correction is decided",
                "{reference} selesai setelah koreksinya diputuskan"
            ),
            said!("see `payung correction list`", "lihat `payung correction list`"),
        )),
        Closed::Not(_) => Err(Failure::new(
            Exit::AnsweredNo,
            "changed",
            said!("{reference} was changed at this moment", "{reference} baru saja berubah"),
            said!("look at it again, then repeat this", "lihat lagi, lalu ulangi"),
        )),
    }
}

fn author(entry: &Entry) -> &str {
    if entry.author.is_empty() { "member" } else { &entry.author }
}

fn line(listed: &Listed) -> String {
    let case = &listed.case;
    let (due, holder) = (case.due_at.rfc3339(), listed.holder.as_deref().unwrap_or("-"));
    let (kind, state) = (case.kind.name(), state(case.state));
    format!("{}  {kind:<11} {state:<9} {holder}  due {due}", case.reference)
}

fn outcome(state: State) -> Option<&'static str> {
    if let State::Closed { outcome, .. } = state { Some(outcome.name()) } else { None }
}

fn state(state: State) -> &'static str {
    match state {
        State::Closed { outcome, .. } => outcome.name(),
        other => other.standing().name(),
    }
}

fn object(listed: &Listed) -> Value {
    let case = &listed.case;
    json!({
        "reference": case.reference.as_str(),
        "kind": case.kind.name(),
        "state": case.state.standing().name(),
        "outcome": outcome(case.state),
        "officer": listed.holder,
        "opened_at": case.opened_at.rfc3339(),
        "due_at": case.due_at.rfc3339(),
        "version": case.version,
        "about": about(&case.linked),
    })
}

/// What finds what a case is about, for whoever acts on it with another command. A line of a member's
/// activity is found by no command.
fn about(linked: &Linked) -> Option<String> {
    match linked {
        Linked::Recovery(_) | Linked::Report(_) | Linked::Correction(_) => Some(linked.key()),
        Linked::Nothing | Linked::Activity(_) => None,
    }
}

fn entry_object(entry: &Entry) -> Value {
    json!({
        "at": entry.mark.at.rfc3339(), "by": author(entry), "what": entry.what.name(),
        "detail": entry.detail, "text": entry.text,
    })
}

fn unknown(reference: &CaseReference) -> Failure {
    Failure::new(
        Exit::AnsweredNo,
        "unknown",
        said!("there is no case {reference}", "tidak ada kasus {reference}"),
        said!("see `payung case list`", "lihat `payung case list`"),
    )
}
