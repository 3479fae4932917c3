//! `payung member`: what the support desk does for one member, until it has pages of its own.
//!
//! Every act names the officer and the reason, and lands in the member's activity. Whoever may run
//! this program is trusted to be who they say; pages of the desk will not have to.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use payung_domain::recoveries::{
    Document, End, Lost, NotRecorded, Officer, Proof, ProofWay, RecoveryReference, State,
};
use payung_domain::secret::Secret;
use payung_domain::staff::acts::Kind;
use payung_domain::time::Clock;
use payung_flows::App;
use payung_flows::recoveries::desk::{self, Hand, Kept, NotShown, Proved, Refused, Shown};
use payung_flows::settings::Settings;
use payung_storage::Store;
use serde_json::{Map, Value, json};

use super::by_line::not_allowed;
use super::member_act::{self, ActCommand};
use super::member_apps::{self, AppsArgs, TakeBackArgs};
use super::member_help::{self, HelpArgs};
use super::member_merge::{self, MergeArgs};
use super::member_report::{self, ReportCommand};
use super::staff::{officer, reason};
use super::{demo, house};
use crate::outside::clock::SystemClock;
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::secrets::{KeyFiles, Secrets};
use crate::settings::serving::Database;
use crate::settings::{Values, production};

/// What to do for a member.
#[derive(Debug, Subcommand)]
pub enum MemberCommand {
    /// Staged recoveries: list, show, record a proof, refuse
    #[command(subcommand)]
    Recovery(RecoveryCommand),
    /// Transactions that a member does not recognise: list, show, close
    #[command(subcommand)]
    Report(ReportCommand),
    /// What takes two officers and a day: a factor taken away, a contact exchanged
    #[command(subcommand)]
    Act(ActCommand),
    /// End a pause or open a lock, once you made sure of the member
    Unlock(HelpArgs),
    /// Send a link for a new password to the address on record, once you made sure of the member
    SendReset(HelpArgs),
    /// List the applications that a member let in; the member is told
    Apps(AppsArgs),
    /// Take back what a member let an application do: its tokens are dead, and the member hears of it
    TakeAppBack(TakeBackArgs),
    /// Make two member numbers of one person one, or take them apart again
    Merge(MergeArgs),
}

/// What to do about staged recoveries.
#[derive(Debug, Subcommand)]
pub enum RecoveryCommand {
    /// List recoveries, newest first
    List(ListArgs),
    /// Show one, and whom to expect
    Show(ActArgs),
    /// Record what you saw of somebody who wants one; a second officer has to say the same
    Prove(ProveArgs),
    /// Refuse one
    Refuse(ActArgs),
}

/// Which recoveries.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Closed ones too
    #[arg(long)]
    pub all: bool,
    /// How many at most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub most: u32,
    #[command(flatten)]
    pub(super) place: Place,
}

/// Which recovery, by whom and why.
#[derive(Debug, Args)]
pub struct ActArgs {
    /// The recovery number: PLH-7F3K-29QD
    #[arg(value_parser = reference)]
    pub reference: RecoveryReference,
    /// Who you are
    #[arg(long, value_name = "NAME", value_parser = officer)]
    pub officer: Officer,
    /// Why, in 10 letters or more; the member reads it
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: String,
    #[command(flatten)]
    place: Place,
}

/// What was seen.
#[derive(Debug, Args)]
pub struct ProveArgs {
    #[command(flatten)]
    act: ActArgs,
    /// How it was shown
    #[arg(long, value_parser = words(&["branch", "video", "letter"], ProofWay::named))]
    pub way: ProofWay,
    /// What was shown; its number is not kept
    #[arg(long, value_parser = words(&["ktp", "passport"], Document::named))]
    pub document: Document,
    /// What is lost, as far as the member said so and convinced you: phone,email,app,passkeys,codes.
    /// Nothing else is taken off the account [default: nothing]
    #[arg(long, value_name = "THINGS", default_value = "", hide_default_value = true, value_parser = lost)]
    pub lost: Lost,
}

/// Where the data is.
#[derive(Debug, Args)]
pub(super) struct Place {
    /// Folder of a demonstration, in place of settings
    #[arg(long, value_name = "DIR")]
    demo: Option<PathBuf>,
}

fn words<T: Clone + Send + Sync + 'static>(
    all: &'static [&'static str],
    named: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all)
        .try_map(move |name| named(&name).ok_or_else(|| "no such word".to_owned()))
}

fn reference(text: &str) -> Result<RecoveryReference, String> {
    RecoveryReference::parse(text)
        .ok_or_else(|| "check each letter and digit: PLH-7F3K-29QD".to_owned())
}

fn lost(text: &str) -> Result<Lost, String> {
    Lost::parse(text).ok_or_else(|| "name phone, email, app, passkeys or codes".to_owned())
}

impl MemberCommand {
    fn place(&self) -> &Place {
        match self {
            Self::Recovery(RecoveryCommand::List(args)) => &args.place,
            Self::Recovery(RecoveryCommand::Show(args) | RecoveryCommand::Refuse(args)) => {
                &args.place
            }
            Self::Recovery(RecoveryCommand::Prove(args)) => &args.act.place,
            Self::Report(command) => command.place(),
            Self::Act(command) => command.place(),
            Self::Unlock(args) | Self::SendReset(args) => &args.place,
            Self::Apps(args) => &args.place,
            Self::TakeAppBack(args) => &args.of.place,
            Self::Merge(args) => &args.place,
        }
    }
}

/// Does it.
pub async fn run(
    command: MemberCommand,
    values: impl FnOnce() -> Result<Values, Failure>,
    report: &Report,
) -> Result<Exit, Failure> {
    let app = open(command.place(), values).await?;
    let exit = match command {
        MemberCommand::Recovery(RecoveryCommand::List(args)) => list(&app, &args, report).await,
        MemberCommand::Recovery(RecoveryCommand::Show(args)) => show(&app, &args, report).await,
        MemberCommand::Recovery(RecoveryCommand::Prove(args)) => prove(&app, &args, report).await,
        MemberCommand::Recovery(RecoveryCommand::Refuse(args)) => refuse(&app, &args, report).await,
        MemberCommand::Report(command) => member_report::run(&app, &command, report).await,
        MemberCommand::Act(command) => member_act::run(&app, &command, report).await,
        MemberCommand::Unlock(args) => member_help::run(&app, &args, Kind::Unlock, report).await,
        MemberCommand::SendReset(args) => {
            member_help::run(&app, &args, Kind::SendReset, report).await
        }
        MemberCommand::Apps(args) => member_apps::list(&app, &args, report).await,
        MemberCommand::TakeAppBack(args) => member_apps::take_back(&app, &args, report).await,
        MemberCommand::Merge(args) => member_merge::run(&app, &args, report).await,
    };
    app.store.close().await;
    exit
}

/// Opens the flows over a demonstration or over what the settings name.
pub(super) async fn open(
    place: &Place,
    values: impl FnOnce() -> Result<Values, Failure>,
) -> Result<App, Failure> {
    let (store, secrets, settings) = open_store(place.demo.as_deref(), values).await?;
    house::build(store, &secrets, settings)
}

/// Opens the database of a demonstration or of the settings, with its keys.
pub(super) async fn open_store(
    demo: Option<&Path>,
    values: impl FnOnce() -> Result<Values, Failure>,
) -> Result<(Store, Secrets, Settings), Failure> {
    let (database, secrets, settings) = if let Some(folder) = demo {
        let url = Secret::new(folder.join("payung.db").display().to_string());
        let patience = Duration::from_secs(15);
        let secrets = Secrets::read(&KeyFiles::inside(folder)).map_err(Failure::settings)?;
        (Database { url, connections: 2, patience }, secrets, demo::settings(8080))
    } else {
        let (serving, secrets) = production::admit(&values()?).map_err(Failure::settings)?;
        (serving.database, secrets, serving.settings)
    };
    let store = house::open_store(&database, &secrets).await?;
    house::check_migrations(&store).await?;
    house::check_keys(&store).await?;
    Ok((store, secrets, settings))
}

async fn list(app: &App, args: &ListArgs, report: &Report) -> Result<Exit, Failure> {
    let now = SystemClock.now();
    let all = desk::list(app, !args.all, args.most).await.map_err(|fault| house::broken(&fault))?;
    let lines: Vec<String> = all
        .iter()
        .map(|kept| {
            let (asked, state) = (kept.recovery.asked_at.rfc3339(), kept.recovery.state(now));
            format!("{}  {:<9} {asked}  {}", kept.reference, word(state), kept.way.name())
        })
        .collect();
    let words = if lines.is_empty() { "no recovery".to_owned() } else { lines.join("\n") };
    let objects: Vec<Value> =
        all.iter().map(|kept| object(kept, kept.recovery.state(now))).collect();
    report.result(words, json!({ "recoveries": objects }));
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
    let mut fields = Value::Object(Map::new());
    if let Value::Object(map) = object(&shown.kept, shown.state) {
        fields = Value::Object(map);
    }
    fields["owner"] = shown.owner.as_ref().map_or(
        Value::Null,
        |owner| json!({ "name": owner.name, "nik": owner.nik, "kpj": owner.kpj }),
    );
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

fn in_words(shown: &Shown) -> String {
    let kept = &shown.kept;
    let mut lines = vec![
        format!("{}  {}", kept.reference, word(shown.state)),
        format!("asked for   {}", kept.recovery.asked_at.rfc3339()),
        format!("stoppable   until {}", kept.recovery.stoppable_until().rfc3339()),
        format!("new contact {}", kept.contact.masked()),
        format!("says lost   {}", kept.recovery.lost),
        format!("wants       {}", kept.way.name()),
    ];
    match &shown.owner {
        Some(owner) => {
            lines.push(format!("expect      {}", owner.name));
            lines.push(format!("            NIK {}", owner.nik));
            lines.extend(owner.kpj.iter().map(|kpj| format!("            KPJ {kpj}")));
        }
        None => lines.push(
            "expect      nobody: the details fit no account, or another recovery was open"
                .to_owned(),
        ),
    }
    if let Some(recorded) = &kept.recovery.proof {
        let second = recorded.confirmed.as_ref().map(|(officer, _)| officer.as_str());
        let (way, document) = (recorded.proof.way.name(), recorded.proof.document.name());
        let (by, second) = (recorded.by.as_str(), second.unwrap_or("nobody yet"));
        lines.push(format!("proof       {way}, {document}, lost: {}", recorded.proof.lost));
        lines.push(format!("            seen by {by}, and by {second}"));
    }
    lines.extend(shown.acts.iter().map(|act| {
        format!("{}  {} {}: {}", act.at.rfc3339(), act.officer.as_str(), act.what, act.reason)
    }));
    lines.join("\n")
}

async fn prove(app: &App, args: &ProveArgs, report: &Report) -> Result<Exit, Failure> {
    let hand = Hand { officer: &args.act.officer, reason: &args.act.reason };
    let proof = Proof { way: args.way, document: args.document, lost: args.lost };
    let reference = &args.act.reference;
    let proved = desk::record_proof(app, &hand, reference, proof)
        .await
        .map_err(|fault| house::broken(&fault))?;
    match proved {
        Proved::First(_) => {
            let fields = json!({ "reference": reference.as_str(), "officers": 1 });
            report.result(format!("{reference}  recorded; a second officer has to look"), fields);
            Ok(Exit::Done)
        }
        Proved::Both { opens_at, .. } => {
            let opens_at = opens_at.map(payung_domain::time::Instant::rfc3339);
            let after = opens_at.as_deref().unwrap_or("72 hours");
            let words = format!("{reference}  proved; the member can finish it after {after}");
            let fields = json!({
                "reference": reference.as_str(), "officers": 2, "opens_at": opens_at,
            });
            report.result(words, fields);
            Ok(Exit::Done)
        }
        Proved::Not(why) => Err(not_recorded(why)),
        Proved::NotAllowed => Err(not_allowed()),
        Proved::Unknown => Err(unknown(reference)),
    }
}

async fn refuse(app: &App, args: &ActArgs, report: &Report) -> Result<Exit, Failure> {
    let hand = Hand { officer: &args.officer, reason: &args.reason };
    let reference = &args.reference;
    let refused =
        desk::refuse(app, &hand, reference).await.map_err(|fault| house::broken(&fault))?;
    match refused {
        // Already so counts as done.
        Refused::Done | Refused::Over(End::Refused) => {
            let fields = json!({ "reference": reference.as_str(), "state": "refused" });
            report.result(format!("{reference}  refused"), fields);
            Ok(Exit::Done)
        }
        Refused::Over(end) => Err(over(end)),
        Refused::NotAllowed => Err(not_allowed()),
        Refused::Unknown => Err(unknown(reference)),
    }
}

fn object(kept: &Kept, state: State) -> Value {
    let recovery = &kept.recovery;
    let proof = recovery.proof.as_ref().map(|recorded| {
        json!({
            "way": recorded.proof.way.name(),
            "document": recorded.proof.document.name(),
            "lost": recorded.proof.lost.to_string(),
            "first": recorded.by.as_str(),
            "second": recorded.confirmed.as_ref().map(|(officer, _)| officer.as_str()),
        })
    });
    json!({
        "reference": kept.reference.as_str(),
        "state": word(state),
        "asked_at": recovery.asked_at.rfc3339(),
        "stoppable_until": recovery.stoppable_until().rfc3339(),
        "new_contact": kept.contact.masked(),
        "says_lost": recovery.lost.to_string(),
        "wants": kept.way.name(),
        "proof": proof,
    })
}

const fn word(state: State) -> &'static str {
    match state {
        State::Waiting { is_proved: false, .. } => "waiting",
        State::Waiting { is_proved: true, .. } => "proved",
        State::Unproved => "unproved",
        State::Ready => "ready",
        State::Over(end, _) => end.name(),
    }
}

fn unknown(reference: &RecoveryReference) -> Failure {
    Failure::new(
        Exit::AnsweredNo,
        "unknown",
        said!("there is no recovery {reference}", "tidak ada pemulihan {reference}"),
        said!("ask the member for the number again", "tanyakan lagi nomornya kepada peserta"),
    )
}

fn over(end: End) -> Failure {
    let end = end.name();
    Failure::new(
        Exit::AnsweredNo,
        "over",
        said!("this recovery is over: {end}", "pemulihan ini sudah selesai: {end}"),
        said!("have the member start a new one", "minta peserta memulai yang baru"),
    )
}

fn not_recorded(why: NotRecorded) -> Failure {
    let (exit, code, message, fix) = match why {
        NotRecorded::Over(end) => return over(end),
        NotRecorded::Nobody => (
            Exit::AnsweredNo,
            "nobody",
            said!(
                "this recovery fits no account",
                "pemulihan ini tidak cocok dengan akun mana pun"
            ),
            said!(
                "check number and date of birth with the member, and have them start again",
                "periksa nomor dan tanggal lahir dengan peserta, lalu minta mulai lagi"
            ),
        ),
        NotRecorded::SameOfficer => (
            Exit::NotAllowed,
            "same-officer",
            said!("you recorded this proof yourself", "bukti ini Anda sendiri yang mencatat"),
            said!("ask a colleague to look", "minta rekan memeriksanya"),
        ),
        NotRecorded::Differs => (
            Exit::NotAllowed,
            "differs",
            said!(
                "this is not what the first officer recorded",
                "ini berbeda dari catatan petugas pertama"
            ),
            said!(
                "compare with `payung member recovery show`, or refuse the recovery",
                "bandingkan dengan `payung member recovery show`, atau tolak pemulihan ini"
            ),
        ),
        NotRecorded::NotStated => (
            Exit::AnsweredNo,
            "not-stated",
            said!(
                "the member never said that this is lost",
                "peserta tidak pernah menyatakan ini hilang"
            ),
            said!("name only what `show` lists", "sebut hanya yang ada di `show`"),
        ),
        NotRecorded::Already => (
            Exit::AnsweredNo,
            "already",
            said!("two officers have recorded it already", "dua petugas sudah mencatatnya"),
            said!("nothing is left to do", "tidak ada lagi yang perlu dilakukan"),
        ),
    };
    Failure::new(exit, code, message, fix)
}
