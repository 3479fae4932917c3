//! `payung member act`: what takes two officers and a day, without the desk's pages at hand. One makes
//! sure of the member and asks, another one approves; the member hears of every step, and can cancel.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use payung_domain::ids::{ActId, LookId};
use payung_domain::second_factor::Destination;
use payung_domain::staff::acts::{DeskAct, End, Kind, NotApproved};
use payung_domain::staff::looks::{Kind as By, Query, Reason, Why};
use payung_domain::staff::verification::{Channel, Method};
use payung_domain::time::Instant;
use payung_flows::staff::SignedIn;
use payung_flows::staff::acts::{self, Asked, Decided, NotShown, Shown, Wish};
use payung_flows::staff::looks::{self, Found, Search};
use payung_flows::staff::verification::{self, Checked, Step, Stop};
use payung_flows::{App, Visit};
use serde_json::{Value, json};
use uuid::Uuid;

use super::by_line::{Hands, come, not_allowed};
use super::house;
use super::member::Place;
use super::member_help::{bad_reason, nobody};
use crate::report::{Exit, Failure, Report};
use crate::said;

/// What to do about acts of two officers.
#[derive(Debug, Subcommand)]
pub enum ActCommand {
    /// List what waits for a second officer or for its time
    List(Hands),
    /// Show one: what there is, and what there would be; the member is told
    Show(OneArgs),
    /// Make sure of the member, one step at a time; it counts for half an hour
    Check(CheckArgs),
    /// Ask for one, once you made sure of the member: a document, or the call-back and the inbox
    Ask(AskArgs),
    /// Approve one as the second officer; it is done a day later
    Approve(OneArgs),
    /// Refuse one, or take it back
    Refuse(OneArgs),
}

/// Which act, by whom and why.
#[derive(Debug, Args)]
pub struct OneArgs {
    /// The id that `list` prints
    #[arg(value_name = "ACT", value_parser = act)]
    pub act: ActId,
    #[command(flatten)]
    hands: Hands,
}

/// Which member, and what for.
#[derive(Debug, Args)]
pub struct Sought {
    /// The whole number or address of the member
    #[arg(value_name = "MEMBER")]
    pub member: String,
    /// What that is
    #[arg(long, value_parser = words(By::ALL, By::name, By::named))]
    pub by: By,
    /// What it is for; the member reads it
    #[arg(long, default_value = "call", value_parser = words(Why::ALL, Why::name, Why::named))]
    pub why: Why,
    #[command(flatten)]
    hands: Hands,
}

/// How somebody was made sure of.
#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    sought: Sought,
    /// What was done; `inbox` sends a letter that the member answers
    #[arg(long, value_parser = words(&Method::ALL, Method::name, Method::named))]
    pub checked: Method,
    /// The last 6 digits of the population number, read from the document
    #[arg(long, value_name = "DIGITS", default_value = "", hide_default_value = true)]
    pub digits: String,
}

/// What is asked for.
#[derive(Debug, Args)]
pub struct AskArgs {
    #[command(flatten)]
    sought: Sought,
    /// What is to be done
    #[arg(long, value_parser = words(OF_TWO, Kind::name, Kind::named))]
    pub kind: Kind,
    /// The new address or number, where one comes
    #[arg(long, value_name = "CONTACT", default_value = "", hide_default_value = true)]
    pub new: String,
    /// You called the new number, and the member answered
    #[arg(long)]
    pub called: bool,
}

/// What takes two officers.
const OF_TWO: &[Kind] =
    &[Kind::RemoveApp, Kind::RemovePasskeys, Kind::ReplaceEmail, Kind::ReplacePhone];

fn words<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
    named: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().copied().map(name))
        .try_map(move |word| named(&word).ok_or_else(|| "no such word".to_owned()))
}

fn act(text: &str) -> Result<ActId, String> {
    Uuid::try_parse(text).map(ActId).map_err(|_| "the id that `list` prints".to_owned())
}

impl ActCommand {
    pub(super) const fn place(&self) -> &Place {
        match self {
            Self::List(hands) => &hands.place,
            Self::Check(args) => &args.sought.hands.place,
            Self::Ask(args) => &args.sought.hands.place,
            Self::Show(args) | Self::Approve(args) | Self::Refuse(args) => &args.hands.place,
        }
    }
}

/// Does it.
pub(super) async fn run(app: &App, command: &ActCommand, report: &Report) -> Result<Exit, Failure> {
    match command {
        ActCommand::List(hands) => list(app, hands, report).await,
        ActCommand::Show(args) => show(app, args, report).await,
        ActCommand::Check(args) => check(app, args, report).await,
        ActCommand::Ask(args) => ask(app, args, report).await,
        ActCommand::Approve(args) => approve(app, args, report).await,
        ActCommand::Refuse(args) => refuse(app, args, report).await,
    }
}

async fn list(app: &App, hands: &Hands, report: &Report) -> Result<Exit, Failure> {
    let (visit, signed_in) = come(app, hands).await?;
    let listed = acts::list(app, &visit, &signed_in).await;
    let all = listed.map_err(|fault| house::broken(&fault))?.map_err(|_| not_allowed())?;
    let lines: Vec<String> = all.iter().map(line).collect();
    let words = if lines.is_empty() { "no act".to_owned() } else { lines.join("\n") };
    let objects: Vec<Value> = all.iter().map(object).collect();
    report.result(words, json!({ "acts": objects }));
    Ok(Exit::Done)
}

async fn show(app: &App, args: &OneArgs, report: &Report) -> Result<Exit, Failure> {
    let (visit, signed_in) = come(app, &args.hands).await?;
    let found = acts::show(app, &visit, &signed_in, args.act).await;
    let shown = found.map_err(|fault| house::broken(&fault))?.map_err(not_shown)?;
    let mut fields = object(&shown.act);
    fields["member"] = json!({ "name": shown.name, "nik": shown.nik });
    fields["before"] = json!(shown.before);
    fields["reason"] = json!(shown.act.reason.text);
    fields["may_approve"] = json!(shown.may_approve);
    fields["checks"] = shown
        .checks
        .iter()
        .map(|one| {
            let done_at = one.done_at.map(Instant::rfc3339);
            json!({ "by": one.officer, "checked": one.method.name(), "done_at": done_at })
        })
        .collect();
    report.result(in_words(&shown), fields);
    Ok(Exit::Done)
}

fn in_words(shown: &Shown) -> String {
    let act = &shown.act;
    let after = act.new.as_ref().map_or_else(|| "-".to_owned(), Destination::masked);
    let mut lines = vec![
        line(act),
        format!("member      {}", shown.name),
        format!("            NIK {}", shown.nik),
        format!("change      {} -> {after}", shown.before),
        format!("asked by    {}: {}", act.asked_by.name.as_str(), act.reason.text),
    ];
    if let Some((by, at)) = &act.approved {
        lines.push(format!("approved by {} {}", by.name.as_str(), at.rfc3339()));
    }
    lines.extend(shown.checks.iter().map(|one| {
        let (method, officer) = (one.method.name(), &one.officer);
        let done = one.done_at.map_or_else(|| "not answered".to_owned(), Instant::rfc3339);
        format!("checked     {method} by {officer}: {done}")
    }));
    lines.join("\n")
}

/// Looks the member up, as an officer at the desk does before anything else.
async fn look(
    app: &App,
    (visit, signed_in): (&Visit, &SignedIn),
    sought: &Sought,
) -> Result<LookId, Failure> {
    let Some(query) = Query::parse(sought.by, &sought.member) else { return Err(nobody()) };
    let Ok(reason) = Reason::parse(sought.why.name(), &sought.hands.reason) else {
        return Err(bad_reason());
    };
    let search = Search { kind: sought.by, query: &query, reason: &reason };
    let found = looks::look_up(app, visit, signed_in, search).await;
    match found.map_err(|fault| house::broken(&fault))? {
        Found::Record(look) => Ok(look),
        Found::Nobody => Err(nobody()),
        Found::Own | Found::Denied(_) => Err(not_allowed()),
        Found::TooMany => Err(too_many()),
    }
}

async fn check(app: &App, args: &CheckArgs, report: &Report) -> Result<Exit, Failure> {
    let (visit, signed_in) = come(app, &args.sought.hands).await?;
    let look = look(app, (&visit, &signed_in), &args.sought).await?;
    let step = match (args.checked, args.checked.channel()) {
        (_, Channel::Phone) => Step::CallBack,
        (_, Channel::Inbox) => Step::AskInbox,
        (document, Channel::Branch) => Step::Document(document, &args.digits),
    };
    let checked = verification::take(app, &visit, &signed_in, look, step).await;
    let name = args.checked.name();
    match checked.map_err(|fault| house::broken(&fault))? {
        Checked::Done => {
            let is_asked = args.checked.channel() == Channel::Inbox;
            let words = if is_asked {
                "the member is asked in the own inbox; it counts once they answer".to_owned()
            } else {
                format!("{name}: counts for half an hour")
            };
            report.result(words, json!({ "checked": name, "asked": is_asked }));
            Ok(Exit::Done)
        }
        Checked::NoContact => Err(Failure::new(
            Exit::AnsweredNo,
            "no-contact",
            said!("the member has no such contact", "peserta tidak punya kontak seperti ini"),
            said!("check a document", "periksa dokumen"),
        )),
        Checked::Wrong => Err(Failure::new(
            Exit::AnsweredNo,
            "wrong-digits",
            said!("these digits are not on record", "angka ini tidak sesuai data"),
            said!("read the last 6 from the document again", "baca lagi 6 angka terakhir"),
        )),
        Checked::TooMany => Err(too_many()),
        Checked::Not(why) => Err(stopped(why)),
    }
}

async fn ask(app: &App, args: &AskArgs, report: &Report) -> Result<Exit, Failure> {
    let hands = &args.sought.hands;
    let (visit, signed_in) = come(app, hands).await?;
    let look = look(app, (&visit, &signed_in), &args.sought).await?;
    let wish =
        Wish { kind: args.kind, new: &args.new, is_called: args.called, reason: &hands.reason };
    let asked = acts::ask(app, &visit, &signed_in, look, wish).await;
    let asked = asked.map_err(|fault| house::broken(&fault))?;
    if let Asked::Done(act) = asked {
        let id = act.0.simple();
        let words = format!("{id}  waits for a second officer");
        report.result(words, json!({ "act": id.to_string(), "state": "asked" }));
        return Ok(Exit::Done);
    }
    Err(not_asked(asked))
}

fn not_asked(asked: Asked) -> Failure {
    let (exit, code, message, fix) = match asked {
        Asked::Not(stop) => return stopped(stop),
        Asked::NoReason(_) => return bad_reason(),
        Asked::NotVerified => (
            Exit::NotAllowed,
            "not-verified",
            said!("you have not made sure of the member", "Anda belum memastikan peserta"),
            said!(
                "see `payung member act check`: a document, or the call-back and the inbox",
                "lihat `payung member act check`: dokumen, atau telepon balik dan kotak masuk"
            ),
        ),
        Asked::NotCalled => (
            Exit::AnsweredNo,
            "not-called",
            said!("nobody called the new number", "nomor baru belum ditelepon"),
            said!("call it, then say --called", "telepon dulu, lalu pakai --called"),
        ),
        Asked::Unreadable(_) => (
            Exit::WrongUse,
            "contact",
            said!("the new contact cannot be read", "kontak baru tidak terbaca"),
            said!("write all of it after --new", "tulis selengkapnya setelah --new"),
        ),
        Asked::Refused(_) | Asked::Taken => (
            Exit::AnsweredNo,
            "no-contact",
            said!("this contact cannot come to this account", "kontak ini tidak bisa dipakai"),
            said!("ask the member for another one", "minta kontak lain kepada peserta"),
        ),
        Asked::Nothing | Asked::Done(_) => (
            Exit::AnsweredNo,
            "nothing",
            said!("there is nothing of this kind to take away", "tidak ada yang bisa dihapus"),
            said!("ask the member what is lost", "tanyakan kepada peserta apa yang hilang"),
        ),
        Asked::LastWay => (
            Exit::AnsweredNo,
            "last-way",
            said!("no way to sign in would be left", "tidak akan ada cara masuk yang tersisa"),
            said!("exchange a contact, or start a recovery", "ganti kontak, atau mulai pemulihan"),
        ),
        Asked::Open => (
            Exit::AnsweredNo,
            "open",
            said!("another act of this account is open", "masih ada tindakan lain untuk akun ini"),
            said!("see `payung member act list`", "lihat `payung member act list`"),
        ),
    };
    Failure::new(exit, code, message, fix)
}

async fn approve(app: &App, args: &OneArgs, report: &Report) -> Result<Exit, Failure> {
    let (visit, signed_in) = come(app, &args.hands).await?;
    let decided = acts::approve(app, &visit, &signed_in, args.act, &args.hands.reason).await;
    decision(decided.map_err(|fault| house::broken(&fault))?, args, report)
}

async fn refuse(app: &App, args: &OneArgs, report: &Report) -> Result<Exit, Failure> {
    let (visit, signed_in) = come(app, &args.hands).await?;
    let decided = acts::refuse(app, &visit, &signed_in, args.act, &args.hands.reason).await;
    match decided.map_err(|fault| house::broken(&fault))? {
        // Already so counts as done.
        Decided::Not(NotApproved::Over(End::Refused)) => decision(Decided::Refused, args, report),
        decided => decision(decided, args, report),
    }
}

fn decision(decided: Decided, args: &OneArgs, report: &Report) -> Result<Exit, Failure> {
    let id = args.act.0.simple();
    match decided {
        Decided::Approved(at) => {
            let at = at.rfc3339();
            let fields = json!({ "act": id.to_string(), "state": "approved", "due_at": at });
            report.result(format!("{id}  approved; done at {at}"), fields);
            Ok(Exit::Done)
        }
        Decided::Refused => {
            report.result(
                format!("{id}  refused"),
                json!({
                    "act": id.to_string(), "state": "refused",
                }),
            );
            Ok(Exit::Done)
        }
        Decided::NoReason(_) => Err(bad_reason()),
        Decided::Not(why) => Err(not_approved(why)),
        Decided::NotShown(why) => Err(not_shown(why)),
    }
}

fn not_approved(why: NotApproved) -> Failure {
    let (exit, code, message, fix) = match why {
        NotApproved::SameOfficer => (
            Exit::NotAllowed,
            "same-officer",
            said!("you asked for this yourself", "ini Anda sendiri yang meminta"),
            said!("ask a colleague to look", "minta rekan memeriksanya"),
        ),
        NotApproved::Already => (
            Exit::AnsweredNo,
            "already",
            said!("a second officer has approved it", "petugas kedua sudah menyetujuinya"),
            said!("nothing is left to do", "tidak ada lagi yang perlu dilakukan"),
        ),
        NotApproved::Changed => (
            Exit::AnsweredNo,
            "changed",
            said!(
                "the account is another one than when it was asked for",
                "akun ini sudah berubah sejak diminta"
            ),
            said!("make sure of the member, and ask anew", "pastikan peserta, lalu minta lagi"),
        ),
        NotApproved::Unproved => (
            Exit::AnsweredNo,
            "unproved",
            said!(
                "whoever holds the new number has not typed the code that went to it",
                "pemegang nomor baru belum mengetik kode yang dikirim ke nomor itu"
            ),
            said!("wait until they have", "tunggu sampai ia mengetiknya"),
        ),
        NotApproved::Over(end) => {
            let end = end.name();
            (
                Exit::AnsweredNo,
                "over",
                said!("it is over: {end}", "sudah selesai: {end}"),
                said!("make sure of the member, and ask anew", "pastikan peserta, lalu minta lagi"),
            )
        }
    };
    Failure::new(exit, code, message, fix)
}

fn not_shown(why: NotShown) -> Failure {
    match why {
        NotShown::Denied(_) | NotShown::Own => not_allowed(),
        NotShown::Gone => Failure::new(
            Exit::AnsweredNo,
            "unknown",
            said!("there is no such act", "tidak ada tindakan ini"),
            said!("see `payung member act list`", "lihat `payung member act list`"),
        ),
    }
}

fn stopped(stop: Stop) -> Failure {
    match stop {
        Stop::NoAccount => nobody(),
        Stop::Denied(_) | Stop::Gone | Stop::Own => not_allowed(),
    }
}

pub(super) fn too_many() -> Failure {
    Failure::new(
        Exit::NotAllowed,
        "too-many",
        said!("this officer has done too much of it", "petugas ini sudah terlalu sering"),
        said!("wait an hour, or ask a colleague", "tunggu satu jam, atau minta rekan"),
    )
}

fn state(act: &DeskAct) -> &'static str {
    match (&act.ended, &act.approved) {
        (Some((end, _)), _) => end.name(),
        (None, Some(_)) => "approved",
        (None, None) => "asked",
    }
}

fn line(act: &DeskAct) -> String {
    let (id, kind, state) = (act.id.0.simple(), act.kind.name(), state(act));
    let due = act.due_at.map_or_else(|| "-".to_owned(), Instant::rfc3339);
    format!("{id}  {kind:<15} {state:<9} {}  due {due}", act.asked_by.name.as_str())
}

fn object(act: &DeskAct) -> Value {
    json!({
        "act": act.id.0.simple().to_string(),
        "kind": act.kind.name(),
        "state": state(act),
        "new": act.new.as_ref().map(Destination::masked),
        "asked_at": act.asked_at.rfc3339(),
        "asked_by": act.asked_by.name.as_str(),
        "confirmed_at": act.confirmed_at.map(Instant::rfc3339),
        "approved_by": act.approved.as_ref().map(|(by, _)| by.name.as_str()),
        "due_at": act.due_at.map(Instant::rfc3339),
    })
}
