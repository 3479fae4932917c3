//! `payung member report`: transactions that members do not recognise. An officer reads the row as it
//! stood and says what came of it, which closes its case too; payouts stay as they are.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use payung_domain::payout_lock::Payouts;
use payung_domain::recoveries::Officer;
use payung_domain::transactions::{Outcome, Report as Reported, ReportReference};
use payung_flows::App;
use payung_flows::recoveries::desk::{Hand, NotShown};
use payung_flows::transactions::desk::{self, Closed, Shown};
use serde_json::{Value, json};

use super::by_line::not_allowed;
use super::house;
use super::member::{ListArgs, Place};
use super::staff::{officer, reason};
use crate::report::{Exit, Failure, Report};
use crate::said;

/// What to do about reported transactions.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// List reports, newest first
    List(ListArgs),
    /// Show one: the transaction as it stood, and whose it is
    Show(ActArgs),
    /// Close one and say what came of it; the member is told
    Close(CloseArgs),
}

/// Which report, by whom and why.
#[derive(Debug, Args)]
pub struct ActArgs {
    /// The report number: LPR-7F3K-29QD
    #[arg(value_parser = reference)]
    pub reference: ReportReference,
    /// Who you are
    #[arg(long, value_name = "NAME", value_parser = officer)]
    pub officer: Officer,
    /// Why, in 10 letters or more
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: String,
    #[command(flatten)]
    place: Place,
}

/// What came of it.
#[derive(Debug, Args)]
pub struct CloseArgs {
    #[command(flatten)]
    act: ActArgs,
    /// What came of it: the transaction is right, was a mistake and is put right, or is somebody
    /// else's work
    #[arg(long, value_parser = outcomes())]
    pub outcome: Outcome,
}

fn outcomes() -> impl TypedValueParser<Value = Outcome> {
    PossibleValuesParser::new(Outcome::ALL.map(Outcome::name))
        .try_map(|name| Outcome::named(&name).ok_or_else(|| "no such word".to_owned()))
}

fn reference(text: &str) -> Result<ReportReference, String> {
    ReportReference::parse(text)
        .ok_or_else(|| "check each letter and digit: LPR-7F3K-29QD".to_owned())
}

impl ReportCommand {
    pub(super) const fn place(&self) -> &Place {
        match self {
            Self::List(args) => &args.place,
            Self::Show(args) => &args.place,
            Self::Close(args) => &args.act.place,
        }
    }
}

/// Does it.
pub(super) async fn run(
    app: &App,
    command: &ReportCommand,
    report: &Report,
) -> Result<Exit, Failure> {
    match command {
        ReportCommand::List(args) => list(app, args, report).await,
        ReportCommand::Show(args) => show(app, args, report).await,
        ReportCommand::Close(args) => close(app, args, report).await,
    }
}

async fn list(app: &App, args: &ListArgs, report: &Report) -> Result<Exit, Failure> {
    let all = desk::list(app, !args.all, args.most).await.map_err(|fault| house::broken(&fault))?;
    let lines: Vec<String> = all
        .iter()
        .map(|one| {
            let (at, row) = (one.reported_at.rfc3339(), one.row.kind.code());
            format!("{}  {:<9} {at}  {row} {}", one.reference, word(one), one.row.amount.get())
        })
        .collect();
    let words = if lines.is_empty() { "no report".to_owned() } else { lines.join("\n") };
    let objects: Vec<Value> = all.iter().map(object).collect();
    report.result(words, json!({ "reports": objects }));
    Ok(Exit::Done)
}

async fn show(app: &App, args: &ActArgs, report: &Report) -> Result<Exit, Failure> {
    let hand = Hand { officer: &args.officer, reason: &args.reason };
    let shown = desk::show(app, &hand, &args.reference).await;
    let shown = match shown.map_err(|fault| house::broken(&fault))? {
        Ok(shown) => shown,
        Err(NotShown::Unknown) => return Err(unknown(&args.reference)),
        Err(NotShown::NotAllowed) => return Err(not_allowed()),
    };
    let mut fields = object(&shown.report);
    fields["owner"] = shown.owner.as_ref().map_or(
        Value::Null,
        |owner| json!({ "name": owner.name, "nik": owner.nik, "kpj": owner.kpj }),
    );
    fields["payouts"] = json!(said_of_payouts(shown.payouts));
    fields["acts"] = shown
        .acts
        .iter()
        .map(|act| {
            let (at, officer) = (act.at.rfc3339(), act.officer.as_str());
            json!({ "at": at, "officer": officer, "act": act.what, "reason": act.reason })
        })
        .collect();
    report.result(in_words(&shown), fields);
    Ok(Exit::Done)
}

async fn close(app: &App, args: &CloseArgs, report: &Report) -> Result<Exit, Failure> {
    let hand = Hand { officer: &args.act.officer, reason: &args.act.reason };
    let (reference, outcome) = (&args.act.reference, args.outcome);
    let closed = desk::close(app, &hand, reference, outcome).await;
    match closed.map_err(|fault| house::broken(&fault))? {
        Closed::Unknown => Err(unknown(reference)),
        Closed::NotAllowed => Err(not_allowed()),
        Closed::Before(before) if before != outcome => Err(over(before)),
        // Already so counts as done.
        Closed::Done | Closed::Before(_) => {
            let name = outcome.name();
            let fields = json!({ "reference": reference.as_str(), "state": name });
            report.result(format!("{reference}  {name}"), fields);
            Ok(Exit::Done)
        }
    }
}

fn in_words(shown: &Shown) -> String {
    let (reported, row) = (&shown.report, &shown.report.row);
    let mut lines = vec![
        format!("{}  {}", reported.reference, word(reported)),
        format!("reported    {}", reported.reported_at.rfc3339()),
        format!("on          {}", reported.device),
        format!("transaction {} {}", row.kind.code(), row.spot.programme.code()),
        format!("            {} of {}, for {}", row.amount.get(), row.spot.day, row.month),
        format!("            KPJ {}, row {}", row.spot.kpj.masked(), row.spot.number),
        format!("payouts     {}", said_of_payouts(shown.payouts)),
    ];
    match &shown.owner {
        Some(owner) => {
            lines.push(format!("member      {}", owner.name));
            lines.push(format!("            NIK {}", owner.nik));
        }
        None => lines.push("member      the record is gone".to_owned()),
    }
    lines.extend(shown.acts.iter().map(|act| {
        format!("{}  {} {}: {}", act.at.rfc3339(), act.officer.as_str(), act.what, act.reason)
    }));
    lines.join("\n")
}

fn object(reported: &Reported) -> Value {
    let row = &reported.row;
    json!({
        "reference": reported.reference.as_str(),
        "state": word(reported),
        "reported_at": reported.reported_at.rfc3339(),
        "closed_at": reported.closed.map(|(at, _)| at.rfc3339()),
        "device": reported.device,
        "kpj": row.spot.kpj.masked(),
        "programme": row.spot.programme.code(),
        "row": row.spot.number,
        "kind": row.kind.code(),
        "month": row.month.to_string(),
        "moved_on": row.spot.day.to_string(),
        "amount": row.amount.get(),
    })
}

fn word(reported: &Reported) -> &'static str {
    reported.closed.map_or("open", |(_, outcome)| outcome.name())
}

fn said_of_payouts(payouts: Payouts) -> String {
    match payouts {
        Payouts::Open => "open".to_owned(),
        Payouts::Closed => "closed".to_owned(),
        Payouts::OpensAt(at) => format!("open at {}", at.rfc3339()),
    }
}

fn unknown(reference: &ReportReference) -> Failure {
    Failure::new(
        Exit::AnsweredNo,
        "unknown",
        said!("there is no report {reference}", "tidak ada laporan {reference}"),
        said!("ask the member for the number again", "tanyakan lagi nomornya kepada peserta"),
    )
}

fn over(before: Outcome) -> Failure {
    let before = before.name();
    Failure::new(
        Exit::AnsweredNo,
        "over",
        said!("this report is closed: {before}", "laporan ini sudah ditutup: {before}"),
        said!("have the member report it again", "minta peserta melaporkannya lagi"),
    )
}
