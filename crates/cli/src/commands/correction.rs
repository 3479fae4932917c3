//! `payung correction`: what members ask to be put right, for officers without the desk's pages at hand.
//! One says what is right, another one agrees, and the member reads of both as if they had sat there.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use payung_domain::corrections::{
    self as rules, Correction, CorrectionReference, Deed, Document, Field, Grounds, Line, Misread,
    NotNow, Stage, Step, Subject, Typed, TypedPerson, TypedRow, Unproven, Values as Stands, Wrong,
};
use payung_domain::employers::Employer;
use payung_domain::ids::Nik;
use payung_domain::staff::cases::CaseReference;
use payung_flows::App;
use payung_flows::staff::corrections::{
    self, Decided, Decision, Opened, Proposed, Seen as SeenBy, Shown,
};
use serde_json::{Value, json};

use super::by_line::{Hands, come, not_allowed};
use super::member_act::too_many;
use super::{house, member};
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::settings::Values;

/// What to do about corrections.
#[derive(Debug, Subcommand)]
pub enum CorrectionCommand {
    /// List what is to be put right, what waits for a second officer first
    List(Hands),
    /// Show one: what stands on record, what is proposed, and every step; the member is told
    Show(ShowArgs),
    /// Say what is right and what you saw; another officer has to agree
    Propose(Box<ProposeArgs>),
    /// Agree with a colleague's proposal: the record is put right at once
    Approve(SeenArgs),
    /// Send a colleague's proposal back, and say why
    Return(SeenArgs),
    /// Leave the record as it is, and say why; the member reads it
    Refuse(SeenArgs),
}

/// Which correction, by whom and why.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The number of the correction: KOR-7F3K-29QD
    #[arg(value_parser = reference)]
    pub reference: CorrectionReference,
    #[command(flatten)]
    hands: Hands,
}

/// Which correction, as it was seen.
#[derive(Debug, Args)]
pub struct SeenArgs {
    #[command(flatten)]
    which: ShowArgs,
    /// The version that `show` printed: when something happened since, nothing is done
    #[arg(long, value_name = "VERSION")]
    pub seen: i64,
}

/// What is right, and how that is known.
#[derive(Debug, Args)]
pub struct ProposeArgs {
    #[command(flatten)]
    which: SeenArgs,
    /// What you saw
    #[arg(long, value_parser = documents())]
    pub document: Document,
    /// The number on it
    #[arg(long, value_name = "NUMBER")]
    pub number: String,
    /// Since when it is so: 2026-07-14
    #[arg(long, value_name = "DAY")]
    pub since: String,
    #[command(flatten)]
    person: PersonArgs,
    #[command(flatten)]
    row: RowArgs,
}

/// Who somebody is. What is not given stays.
#[derive(Debug, Args)]
#[command(next_help_heading = "A person; what is not given stays")]
pub struct PersonArgs {
    /// The name
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// The population number
    #[arg(long, value_name = "NIK")]
    pub nik: Option<String>,
    /// The day of birth: 1990-07-14
    #[arg(long, value_name = "DAY")]
    pub birth_date: Option<String>,
    /// female or male
    #[arg(long, value_name = "SEX")]
    pub sex: Option<String>,
}

/// A contribution. What is not given stays.
#[derive(Debug, Args)]
#[command(next_help_heading = "A contribution; what is not given stays")]
pub struct RowArgs {
    /// The month of work: 2026-07
    #[arg(long, value_name = "MONTH")]
    pub month: Option<String>,
    /// The number of the employer
    #[arg(long, value_name = "NPP")]
    pub npp: Option<String>,
    /// The wage, in whole rupiah
    #[arg(long, value_name = "RUPIAH")]
    pub wage: Option<String>,
    /// The employer's share
    #[arg(long, value_name = "RUPIAH")]
    pub employer_part: Option<String>,
    /// The worker's own share
    #[arg(long, value_name = "RUPIAH")]
    pub worker_part: Option<String>,
    /// The day it came: 2026-07-14
    #[arg(long, value_name = "DAY")]
    pub received: Option<String>,
}

fn reference(text: &str) -> Result<CorrectionReference, String> {
    CorrectionReference::parse(text)
        .ok_or_else(|| "check each letter and digit: KOR-7F3K-29QD".to_owned())
}

fn documents() -> impl TypedValueParser<Value = Document> {
    PossibleValuesParser::new(Document::ALL.iter().copied().map(Document::name))
        .try_map(|name| Document::named(&name).ok_or_else(|| "no such word".to_owned()))
}

impl PersonArgs {
    fn is_empty(&self) -> bool {
        [&self.name, &self.nik, &self.birth_date, &self.sex].into_iter().all(Option::is_none)
    }
}

impl RowArgs {
    fn is_empty(&self) -> bool {
        let Self { month, npp, wage, employer_part, worker_part, received } = self;
        [month, npp, wage, employer_part, worker_part, received].into_iter().all(Option::is_none)
    }
}

impl CorrectionCommand {
    fn hands(&self) -> &Hands {
        match self {
            Self::List(hands) => hands,
            Self::Show(args) => &args.hands,
            Self::Propose(args) => &args.which.which.hands,
            Self::Approve(args) | Self::Return(args) | Self::Refuse(args) => &args.which.hands,
        }
    }
}

/// Does it.
pub async fn run(
    command: CorrectionCommand,
    values: impl FnOnce() -> Result<Values, Failure>,
    report: &Report,
) -> Result<Exit, Failure> {
    let app = member::open(&command.hands().place, values).await?;
    let exit = match &command {
        CorrectionCommand::List(hands) => list(&app, hands, report).await,
        CorrectionCommand::Show(args) => show(&app, args, report).await,
        CorrectionCommand::Propose(args) => propose(&app, args, report).await,
        CorrectionCommand::Approve(args) => {
            decide(&app, args, (Decision::Approve, Stage::InEffect), report).await
        }
        CorrectionCommand::Return(args) => {
            let decision = Decision::Return(&args.which.hands.reason);
            decide(&app, args, (decision, Stage::Returned), report).await
        }
        CorrectionCommand::Refuse(args) => {
            let decision = Decision::Refuse(&args.which.hands.reason);
            decide(&app, args, (decision, Stage::Refused), report).await
        }
    };
    app.store.close().await;
    exit
}

async fn list(app: &App, hands: &Hands, report: &Report) -> Result<Exit, Failure> {
    let (visit, signed_in) = come(app, hands).await?;
    let listed = corrections::list(app, &visit, &signed_in).await;
    let all = listed.map_err(|fault| house::broken(&fault))?.map_err(|_| not_allowed())?;
    let lines: Vec<String> = all
        .iter()
        .map(|one| {
            let (stage, due) = (one.stage.name(), one.due_at().rfc3339());
            format!("{}  {stage:<9} {}  due {due}", one.reference, about(&one.subject))
        })
        .collect();
    let words = if lines.is_empty() { "no correction".to_owned() } else { lines.join("\n") };
    let objects: Vec<Value> = all.iter().map(object).collect();
    report.result(words, json!({ "corrections": objects }));
    Ok(Exit::Done)
}

async fn show(app: &App, args: &ShowArgs, report: &Report) -> Result<Exit, Failure> {
    let (visit, signed_in) = come(app, &args.hands).await?;
    let opened = corrections::open(app, &visit, &signed_in, &args.reference).await;
    let shown = open(opened.map_err(|fault| house::broken(&fault))?, &args.reference)?;
    let fields = fields(&shown);
    let mut facts = object(&shown.correction);
    facts["member"] = json!({ "name": shown.name, "kpj": shown.kpj });
    facts["case"] = json!(shown.case.as_ref().map(CaseReference::as_str));
    facts["fields"] = fields.iter().map(|line| field_object(line, &shown.employers)).collect();
    facts["steps"] = shown.steps.iter().map(step_object).collect();
    facts["evidence"] = rules::proposal(&shown.steps).map_or(Value::Null, |proposal| {
        let evidence = &proposal.evidence;
        json!({
            "document": evidence.document.name(),
            "number": evidence.number,
            "since": proposal.since.to_string(),
        })
    });
    report.result(in_words(&shown, &fields), facts);
    Ok(Exit::Done)
}

fn open(opened: Opened, reference: &CorrectionReference) -> Result<Box<Shown>, Failure> {
    match opened {
        Opened::Correction(shown) => Ok(shown),
        Opened::Gone => Err(unknown(reference)),
        Opened::TooMany => Err(too_many()),
        Opened::Own | Opened::Denied(_) => Err(not_allowed()),
    }
}

async fn propose(app: &App, args: &ProposeArgs, report: &Report) -> Result<Exit, Failure> {
    let (reference, hands) = (&args.which.which.reference, &args.which.which.hands);
    let (visit, signed_in) = come(app, hands).await?;
    let opened = corrections::open(app, &visit, &signed_in, reference).await;
    let shown = open(opened.map_err(|fault| house::broken(&fault))?, reference)?;
    let Some(current) = &shown.current else { return Err(unknown(reference)) };
    let grounds = Grounds {
        document: args.document.name(),
        number: &args.number,
        since: &args.since,
        why: &hands.reason,
    };
    let written = Written::of(current, &shown.employers);
    let typed = typed(args, current, &written)?;
    let seen = SeenBy { reference, version: args.which.seen };
    let proposed = corrections::propose(app, &visit, &signed_in, seen, (typed, grounds)).await;
    match proposed.map_err(|fault| house::broken(&fault))? {
        Proposed::Done => {
            let fields = json!({
                "reference": reference.as_str(), "stage": Stage::Proposed.name(),
            });
            report.result(format!("{reference}  proposed; another officer has to agree"), fields);
            Ok(Exit::Done)
        }
        Proposed::Gone => Err(unknown(reference)),
        Proposed::Own | Proposed::Denied(_) => Err(not_allowed()),
        Proposed::NotNow(why) => Err(not_now(why)),
        Proposed::Misread(misread) => Err(cannot_be_read(misread)),
        Proposed::Unproven(unproven) => Err(not_proved(unproven)),
    }
}

/// What stands on record, where it is not text already.
#[derive(Default)]
struct Written {
    birth_date: String,
    month: String,
    npp: String,
    wage: String,
    employer_part: String,
    worker_part: String,
    received: String,
}

impl Written {
    fn of(current: &Stands, employers: &[Employer]) -> Self {
        match current {
            Stands::Person(person) => {
                Self { birth_date: person.birth_date.to_string(), ..Self::default() }
            }
            Stands::Row(row) => {
                let payer = employers.iter().find(|one| Some(one.id) == row.employer);
                Self {
                    birth_date: String::new(),
                    month: row.month.get().to_string(),
                    npp: payer.map(|one| one.npp.as_str().to_owned()).unwrap_or_default(),
                    wage: row.wage.get().to_string(),
                    employer_part: row.employer_part.get().to_string(),
                    worker_part: row.worker_part.get().to_string(),
                    received: row.received_on.to_string(),
                }
            }
        }
    }
}

/// What was typed, over what stands on record.
fn typed<'a>(
    args: &'a ProposeArgs,
    current: &'a Stands,
    written: &'a Written,
) -> Result<Typed<'a>, Failure> {
    let ProposeArgs { person, row, .. } = args;
    match current {
        Stands::Person(_) if !row.is_empty() => Err(wrong_kind()),
        Stands::Row(_) if !person.is_empty() => Err(wrong_kind()),
        Stands::Person(on_record) => Ok(Typed::Person(TypedPerson {
            name: person.name.as_deref().unwrap_or(on_record.name.expose()),
            nik: person.nik.as_deref().unwrap_or(on_record.nik.expose()),
            birth_date: person.birth_date.as_deref().unwrap_or(&written.birth_date),
            sex: person.sex.as_deref().unwrap_or(on_record.sex.code()),
        })),
        Stands::Row(_) => Ok(Typed::Row(TypedRow {
            month: row.month.as_deref().unwrap_or(&written.month),
            npp: row.npp.as_deref().unwrap_or(&written.npp),
            wage: row.wage.as_deref().unwrap_or(&written.wage),
            employer_part: row.employer_part.as_deref().unwrap_or(&written.employer_part),
            worker_part: row.worker_part.as_deref().unwrap_or(&written.worker_part),
            received: row.received.as_deref().unwrap_or(&written.received),
        })),
    }
}

async fn decide(
    app: &App,
    args: &SeenArgs,
    (decision, to): (Decision<'_>, Stage),
    report: &Report,
) -> Result<Exit, Failure> {
    let reference = &args.which.reference;
    let (visit, signed_in) = come(app, &args.which.hands).await?;
    let seen = SeenBy { reference, version: args.seen };
    let decided = corrections::decide(app, &visit, &signed_in, seen, decision).await;
    let failure = match decided.map_err(|fault| house::broken(&fault))? {
        Decided::Done => {
            let stage = to.name();
            let fields = json!({ "reference": reference.as_str(), "stage": stage });
            report.result(format!("{reference}  {stage}"), fields);
            return Ok(Exit::Done);
        }
        Decided::Gone => unknown(reference),
        Decided::Own | Decided::Denied(_) => not_allowed(),
        Decided::NotNow(why) => not_now(why),
        Decided::NoWords(_) => no_words(),
        Decided::Changed => Failure::new(
            Exit::AnsweredNo,
            "changed",
            said!(
                "the record has changed since the proposal, which went back",
                "data berubah setelah usul dibuat, dan usul itu dikembalikan"
            ),
            said!("look at it again, and propose anew", "lihat lagi, lalu usulkan kembali"),
        ),
        Decided::Taken => Failure::new(
            Exit::AnsweredNo,
            "taken",
            said!(
                "what should stand there belongs to another person or contribution",
                "yang diusulkan sudah milik orang atau iuran lain"
            ),
            said!("send the proposal back", "kembalikan usul ini"),
        ),
        Decided::Waiting => Failure::new(
            Exit::AnsweredNo,
            "waiting",
            said!(
                "this contribution still waits to be posted",
                "iuran ini masih menunggu pembukuan"
            ),
            said!("try again when it is", "coba lagi setelah dibukukan"),
        ),
        Decided::Overdrawn => Failure::new(
            Exit::AnsweredNo,
            "overdrawn",
            said!(
                "the savings that would be taken back are gone",
                "saldo yang akan ditarik kembali sudah tidak ada"
            ),
            said!("send the proposal back", "kembalikan usul ini"),
        ),
    };
    Err(failure)
}

fn object(correction: &Correction) -> Value {
    json!({
        "reference": correction.reference.as_str(),
        "about": about(&correction.subject),
        "stage": correction.stage.name(),
        "version": correction.version,
        "asked_at": correction.asked_at.rfc3339(),
        "due_at": correction.due_at().rfc3339(),
    })
}

fn about(subject: &Subject) -> String {
    match subject {
        Subject::Person => "person".to_owned(),
        Subject::Row(key) => format!("{} {}", key.programme.code(), key.month),
    }
}

fn in_words(shown: &Shown, fields: &[Line]) -> String {
    let correction = &shown.correction;
    let (stage, version) = (correction.stage.name(), correction.version);
    let mut lines = vec![
        format!("{}  {stage}  version {version}", correction.reference),
        format!("about       {}", about(&correction.subject)),
        format!("member      {}", shown.name),
    ];
    lines.extend(shown.kpj.iter().map(|kpj| format!("            KPJ {kpj}")));
    lines.extend(shown.case.iter().map(|case| format!("case        {case}")));
    if correction.stage.is_open() {
        lines.push(format!("due         {}", correction.due_at().rfc3339()));
    }
    lines.extend(fields.iter().map(|line| {
        let (name, before) = (line.field.name(), text_in(line, &line.before, &shown.employers));
        if line.is_changed() {
            format!("{name:<13} {before} -> {}", text_in(line, &line.after, &shown.employers))
        } else {
            format!("{name:<13} {before}")
        }
    }));
    if let Some(proposal) = rules::proposal(&shown.steps) {
        let (document, number) = (proposal.evidence.document.name(), &proposal.evidence.number);
        lines.push(format!("seen        {document} {number}, so since {}", proposal.since));
    }
    lines.extend(shown.steps.iter().map(|step| {
        let (deed, text) = deed(&step.deed);
        format!("{}  {} {deed}: {text}", step.at.rfc3339(), author(step))
    }));
    lines.join("\n")
}

/// What stands there beside what is proposed, or by itself.
fn fields(shown: &Shown) -> Vec<Line> {
    match (rules::proposal(&shown.steps), &shown.current) {
        (Some(proposal), _) => rules::lines(&proposal.before, &proposal.after),
        (None, Some(current)) => rules::lines(current, current),
        (None, None) => Vec::new(),
    }
}

/// What stands in a field. A population number is shown in full only to whoever compares two of them
/// (N-06).
fn text_in(line: &Line, value: &rules::Shown, employers: &[Employer]) -> String {
    match value {
        rules::Shown::Text(text) if line.field == Field::Nik && !line.is_changed() => {
            Nik::parse(text).map_or_else(|_| "-".to_owned(), |nik| nik.masked())
        }
        rules::Shown::Text(text) => text.clone(),
        rules::Shown::Day(day) => day.to_string(),
        rules::Shown::Month(month) => month.to_string(),
        rules::Shown::Money(money) => money.get().to_string(),
        rules::Shown::Employer(id) => {
            let payer = employers.iter().find(|one| Some(one.id) == *id);
            payer.map_or_else(|| "-".to_owned(), |one| one.npp.as_str().to_owned())
        }
        rules::Shown::Sex(sex) => sex.code().to_owned(),
    }
}

fn field_object(line: &Line, employers: &[Employer]) -> Value {
    json!({
        "field": line.field.name(),
        "before": text_in(line, &line.before, employers),
        "after": text_in(line, &line.after, employers),
        "changed": line.is_changed(),
    })
}

fn step_object(step: &Step) -> Value {
    let (what, text) = deed(&step.deed);
    json!({
        "number": step.number, "at": step.at.rfc3339(), "by": author(step), "deed": what,
        "text": text,
    })
}

fn author(step: &Step) -> &str {
    step.officer.as_deref().unwrap_or("member")
}

fn deed(deed: &Deed) -> (&'static str, &str) {
    match deed {
        Deed::Asked(text) => ("asked", text),
        Deed::Proposed(proposal) => ("proposed", &proposal.why),
        Deed::Returned(text) => ("returned", text),
        Deed::Outdated => ("outdated", ""),
        Deed::Approved => ("approved", ""),
        Deed::Refused(text) => ("refused", text),
        Deed::Withdrawn => ("withdrawn", ""),
    }
}

fn unknown(reference: &CorrectionReference) -> Failure {
    Failure::new(
        Exit::AnsweredNo,
        "unknown",
        said!("there is no correction {reference}", "tidak ada koreksi {reference}"),
        said!("see `payung correction list`", "lihat `payung correction list`"),
    )
}

fn wrong_kind() -> Failure {
    Failure::new(
        Exit::WrongUse,
        "kind",
        said!(
            "a person has no wage, and a contribution no name",
            "data diri tidak punya upah, dan iuran tidak punya nama"
        ),
        said!(
            "see with `payung correction show` what it is about",
            "lihat dengan `payung correction show` ini tentang apa"
        ),
    )
}

fn not_now(why: NotNow) -> Failure {
    let again = said!("look at it again with `show`", "lihat lagi dengan `show`");
    match why {
        NotNow::Older => Failure::new(
            Exit::AnsweredNo,
            "older",
            said!("something happened since you looked", "ada perubahan sejak Anda melihatnya"),
            again,
        ),
        NotNow::Stage => Failure::new(
            Exit::AnsweredNo,
            "stage",
            said!("this cannot be done at this stage", "ini tidak bisa dilakukan pada tahap ini"),
            again,
        ),
        NotNow::Own => Failure::new(
            Exit::NotAllowed,
            "same-officer",
            said!("this is your own proposal", "ini usul Anda sendiri"),
            said!("ask a colleague to decide", "minta rekan memutuskannya"),
        ),
    }
}

fn cannot_be_read(misread: Misread) -> Failure {
    let field = misread.field.name();
    let message = match misread.wrong {
        Wrong::Form => said!("{field} is not written like that", "{field} tidak ditulis begitu"),
        Wrong::Future => said!("{field} has not come yet", "{field} belum tiba"),
        Wrong::Unknown => said!("nobody has this {field}", "tidak ada yang memiliki {field} ini"),
        Wrong::NotPublished => {
            said!("no rule is published for this {field}", "belum ada aturan untuk {field} ini")
        }
        Wrong::Nothing => said!("nothing is left in {field}", "tidak ada isi di {field}"),
    };
    let fix =
        said!("see `payung correction propose --help`", "lihat `payung correction propose --help`");
    Failure::new(Exit::WrongUse, "field", message, fix)
}

fn not_proved(unproven: Unproven) -> Failure {
    let message = match unproven {
        Unproven::Nothing => said!("everything would stay as it is", "tidak ada yang berubah"),
        Unproven::Document => {
            said!("this document says nothing of it", "dokumen ini tidak membuktikannya")
        }
        Unproven::Number => said!("this is no number of a document", "ini bukan nomor dokumen"),
        Unproven::Since => said!("since when is no day that has come", "tanggal berlakunya salah"),
        Unproven::Why(_) => return no_words(),
    };
    let fix =
        said!("see `payung correction propose --help`", "lihat `payung correction propose --help`");
    Failure::new(Exit::WrongUse, "unproven", message, fix)
}

fn no_words() -> Failure {
    Failure::new(
        Exit::WrongUse,
        "reason",
        said!("the reason is too short or too long", "alasannya terlalu pendek atau panjang"),
        said!("write 10 to 500 letters", "tulis 10 sampai 500 huruf"),
    )
}
