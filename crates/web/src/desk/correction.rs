//! One correction: an officer proposes what is right, a colleague reads it beside what stands on record
//! and decides.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::contributions::Contribution;
use payung_domain::corrections::{
    Correction, CorrectionReference, Document, Field, Grounds, LONGEST_NUMBER, Misread, NotNow,
    Stage, Subject, Typed, TypedPerson, TypedRow, Unproven, Values, Wrong, proposal,
};
use payung_domain::employers::Employer;
use payung_domain::members::{Sex, masked_birth_date};
use payung_domain::money::Rupiah;
use payung_domain::staff::Right;
use payung_domain::staff::audit::Act;
use payung_flows::staff::corrections::{self, Decided, Decision, Opened, Proposed, Seen, Shown};

use super::caller::{Form, Officer};
use super::{Me, stale};
use crate::form::Fields;
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::contributions::history::Choice;
use crate::pages::corrections::list::Told;
use crate::pages::corrections::words::{
    Reader, Says, document_words, field_words, sex_words, stage_words, subject_words, words_hint,
    words_problem,
};
use crate::pages::problems::problem::Obstacle;

/// The page of a correction.
#[derive(Debug, Template)]
#[template(path = "desk/correction.html")]
pub struct DeskCorrection {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// What it is called.
    pub reference: String,
    /// What it is about.
    pub what: String,
    /// The member's name.
    pub name: String,
    /// The member numbers, masked.
    pub kpj: String,
    /// How far it is.
    pub stage: String,
    /// Until when the member is to be answered; nothing once they are.
    pub due: String,
    /// The case that it is in the queue.
    pub case: Option<String>,
    /// Every step, the first first.
    pub steps: Vec<Told>,
    /// What is proposed, beside what stands there.
    pub says: Option<Says>,
    /// What can be proposed.
    pub form: Option<Entries>,
    /// Whether this officer may decide.
    pub decides: bool,
    /// Whether they do not because it is their own proposal.
    pub is_own_proposal: bool,
    /// The version that the forms are about.
    pub version: i64,
    /// The reason so far.
    pub reason: String,
    /// What needs fixing.
    pub problems: Problems,
}

/// What can be proposed, with what was typed or what stands on record.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    /// What is typed.
    pub lines: Vec<Entry>,
    /// The sexes, for a person.
    pub sexes: Vec<Choice>,
    /// What may have been seen.
    pub documents: Vec<Choice>,
    /// The number on it.
    pub number: String,
    /// Since when it is so.
    pub since: String,
    /// Why.
    pub grounds: String,
}

/// One field.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name in the form.
    pub id: &'static str,
    /// What it is.
    pub label: String,
    /// How it is written.
    pub hint: String,
    /// What stands in it.
    pub value: String,
}

/// The name of a field in the form.
const fn name_of(field: Field) -> &'static str {
    match field {
        Field::Name => "name",
        Field::Nik => "nik",
        Field::BirthDate => "birth_date",
        Field::Sex => "sex",
        Field::Month | Field::Due => "month",
        Field::Employer => "npp",
        // What the rates were applied to follows from the wage.
        Field::Wage | Field::Base => "wage",
        Field::EmployerPart => "employer_part",
        Field::WorkerPart => "worker_part",
        Field::Received => "received",
    }
}

impl Entries {
    /// The form with what stands on record, over which is written what was typed.
    #[must_use]
    pub fn of(f: &Frame, current: &Values, employers: &[Employer], typed: Option<&Fields>) -> Self {
        // A decision that was typed is none of this form's.
        let typed = typed.filter(|typed| typed.filled("kind").is_some());
        let value = |id: &str, stands: String| typed.map_or(stands, |t| t.text(id).to_owned());
        let entry = |field: Field, hint: String, stands: String| {
            let id = name_of(field);
            Entry { id, label: field_words(f, field), hint, value: value(id, stands) }
        };
        // What is masked is typed where it is wrong, and left empty where it is right (N-06).
        let hidden = |field: Field, masked: String, hint: &str| {
            let kept = f.t1("desk-correction-kept", "value", masked);
            entry(field, format!("{kept} {hint}").trim_end().to_owned(), String::new())
        };
        let day_hint = f.t("desk-correction-day-hint");
        let (lines, sexes) = match current {
            Values::Person(person) => (
                vec![
                    entry(Field::Name, String::new(), person.name.expose().to_owned()),
                    hidden(Field::Nik, person.nik.masked(), ""),
                    hidden(Field::BirthDate, masked_birth_date(person.birth_date), &day_hint),
                ],
                sexes(f, &value("sex", person.sex.code().to_owned())),
            ),
            Values::Row(row) => (row_lines(f, row, employers, entry), Vec::new()),
        };
        let documents = documents(f, &current.subject(), &value("document", String::new()));
        Self {
            lines,
            sexes,
            documents,
            number: value("number", String::new()),
            since: value("since", String::new()),
            grounds: value("grounds", String::new()),
        }
    }
}

/// What is typed of a contribution.
fn row_lines(
    f: &Frame,
    row: &Contribution,
    employers: &[Employer],
    entry: impl Fn(Field, String, String) -> Entry,
) -> Vec<Entry> {
    let month_hint = f.t("desk-correction-month-hint");
    let mut lines = vec![entry(Field::Month, month_hint, row.month.get().to_string())];
    if let Some(id) = row.employer {
        let known = employers.iter().find(|known| known.id == id);
        let npp = known.map(|known| known.npp.as_str().to_owned()).unwrap_or_default();
        lines.push(entry(Field::Employer, f.t("desk-correction-npp-hint"), npp));
    }
    let amounts = [
        (Field::Wage, row.wage),
        (Field::EmployerPart, row.employer_part),
        (Field::WorkerPart, row.worker_part),
    ];
    let amount =
        |(field, amount): (Field, Rupiah)| entry(field, String::new(), amount.get().to_string());
    lines.extend(amounts.map(amount));
    let day_hint = f.t("desk-correction-day-hint");
    lines.push(entry(Field::Received, day_hint, row.received_on.to_string()));
    lines
}

fn sexes(f: &Frame, chosen: &str) -> Vec<Choice> {
    [Sex::Female, Sex::Male]
        .into_iter()
        .map(|sex| Choice {
            value: sex.code().to_owned(),
            label: sex_words(f, sex),
            chosen: sex.code() == chosen,
        })
        .collect()
}

fn documents(f: &Frame, subject: &Subject, chosen: &str) -> Vec<Choice> {
    let fitting = Document::ALL.iter().copied().filter(|one| one.speaks_of(subject));
    fitting
        .map(|document| Choice {
            value: document.name().to_owned(),
            label: document_words(f, document),
            chosen: document.name() == chosen,
        })
        .collect()
}

impl DeskCorrection {
    /// The page of a correction, for this officer.
    #[must_use]
    pub fn of(f: Frame, officer: &Officer, shown: &Shown, typed: Option<&Fields>) -> Self {
        let me = officer.me();
        let is_theirs = shown.correction.proposed_by == Some(officer.signed_in.staff.id);
        Self::shown_to(f, me, shown, (is_theirs, typed))
    }

    /// The same for somebody whose proposal it is, or is not.
    #[must_use]
    pub fn shown_to(
        f: Frame,
        me: Me,
        shown: &Shown,
        (is_theirs, typed): (bool, Option<&Fields>),
    ) -> Self {
        let Shown { correction, steps, current, name, kpj, employers, case } = shown;
        let Correction { reference, subject, stage, version, .. } = correction;
        let is_asked = matches!(stage, Stage::Asked | Stage::Returned);
        let is_proposed = *stage == Stage::Proposed;
        let is_own_proposal = is_proposed && is_theirs;
        let form = current.as_ref().filter(|_| is_asked);
        Self {
            reference: reference.to_string(),
            what: subject_words(&f, subject, employers),
            name: name.clone(),
            kpj: kpj.join(", "),
            stage: stage_words(&f, *stage),
            due: if stage.is_open() { f.date_time(&correction.due_at()) } else { String::new() },
            case: case.as_ref().map(ToString::to_string),
            steps: steps.iter().map(|step| Told::of(&f, step, Reader::Officer)).collect(),
            says: proposal(steps).map(|found| Says::of(&f, found, employers, Reader::Officer)),
            form: form.map(|current| Entries::of(&f, current, employers, typed)),
            decides: stage.is_open() && !is_own_proposal && me.role.may(Right::DecideCorrection),
            is_own_proposal,
            version: *version,
            reason: typed.map(|typed| typed.text("reason").to_owned()).unwrap_or_default(),
            problems: Problems::default(),
            me: Some(me),
            f,
        }
    }

    fn hint(&self) -> String {
        words_hint(&self.f)
    }
}

fn address(reference: &CorrectionReference) -> String {
    format!("/corrections/{reference}")
}

fn named(typed: &str) -> Result<CorrectionReference, Trouble> {
    CorrectionReference::parse(typed).ok_or(Trouble::Obstacle(Obstacle::NotFound))
}

/// `GET /corrections/{reference}`. Whoever may decide is asked for the passkey before they read, so that
/// nothing they write gets lost.
pub async fn show(officer: Officer, Path(typed): Path<String>) -> Result<Response, Trouble> {
    let reference = named(&typed)?;
    let caller = &officer.caller;
    let (app, visit) = (caller.app(), caller.visit());
    if officer.signed_in.staff.role.may(Right::DecideCorrection) {
        let (right, act) = (Right::DecideCorrection, Act::CorrectionOpened);
        officer.may(right, act, &address(&reference)).await?;
    }
    let opened = corrections::open(app, visit, &officer.signed_in, &reference).await?;
    page(&officer, &reference, opened, None, Vec::new())
}

/// `GET` of an address that only takes answers.
pub async fn back(Path(typed): Path<String>) -> Result<Response, Trouble> {
    Ok(see_other(&address(&named(&typed)?)))
}

/// `POST /corrections/{reference}`: what is right.
pub async fn propose(
    officer: Officer,
    Path(typed): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let (reference, fields, f) = (named(&typed)?, form.to_show_again(), officer.frame());
    if form.of_session().is_err() {
        return again(&officer, &reference, fields, stale(&f, "number")).await;
    }
    let seen = Seen { reference: &reference, version: version(fields) };
    let given = (typed_of(fields), grounds_of(fields));
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    let problem = match corrections::propose(app, visit, signed_in, seen, given).await? {
        Proposed::Done => return Ok(see_other(&address(&reference))),
        Proposed::Gone => return Err(Trouble::Obstacle(Obstacle::NotFound)),
        Proposed::Denied(denied) => return Err(officer.denied(denied, &address(&reference))),
        Proposed::Own => Problem { field: "number", text: f.t("desk-own-record") },
        Proposed::NotNow(not_now) => not_now_problem(&f, "number", not_now),
        Proposed::Misread(misread) => misread_problem(&f, misread),
        Proposed::Unproven(unproven) => unproven_problem(&f, unproven),
    };
    again(&officer, &reference, fields, problem).await
}

/// `POST /corrections/{reference}/decision`
pub async fn decide(
    officer: Officer,
    Path(typed): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let (reference, fields, f) = (named(&typed)?, form.to_show_again(), officer.frame());
    if form.of_session().is_err() {
        return again(&officer, &reference, fields, stale(&f, "reason")).await;
    }
    let seen = Seen { reference: &reference, version: version(fields) };
    let reason = fields.text("reason");
    let decision = match fields.text("act") {
        "approve" => Decision::Approve,
        "return" => Decision::Return(reason),
        _ => Decision::Refuse(reason),
    };
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    let text = match corrections::decide(app, visit, signed_in, seen, decision).await? {
        Decided::Done => return Ok(see_other(&address(&reference))),
        Decided::Gone => return Err(Trouble::Obstacle(Obstacle::NotFound)),
        Decided::Denied(denied) => return Err(officer.denied(denied, &address(&reference))),
        Decided::NotNow(not_now) => not_now_problem(&f, "reason", not_now).text,
        Decided::NoWords(problem) => words_problem(&f, "reason", problem).text,
        Decided::Own => f.t("desk-own-record"),
        Decided::Changed => f.t("desk-correction-outdated"),
        Decided::Taken => f.t("desk-correction-taken"),
        Decided::Waiting => f.t("desk-correction-waiting"),
        Decided::Overdrawn => f.t("desk-correction-overdrawn"),
    };
    again(&officer, &reference, fields, Problem { field: "reason", text }).await
}

/// Which version a form is about. What is no number is none.
fn version(fields: &Fields) -> i64 {
    fields.text("version").parse().unwrap_or(0)
}

/// What was typed: of a person where the form is of one.
fn typed_of(fields: &Fields) -> Typed<'_> {
    if fields.text("kind") == "row" {
        return Typed::Row(TypedRow {
            month: fields.text("month"),
            npp: fields.text("npp"),
            wage: fields.text("wage"),
            employer_part: fields.text("employer_part"),
            worker_part: fields.text("worker_part"),
            received: fields.text("received"),
        });
    }
    Typed::Person(TypedPerson {
        name: fields.text("name"),
        nik: fields.text("nik"),
        birth_date: fields.text("birth_date"),
        sex: fields.text("sex"),
    })
}

fn grounds_of(fields: &Fields) -> Grounds<'_> {
    Grounds {
        document: fields.text("document"),
        number: fields.text("number"),
        since: fields.text("since"),
        why: fields.text("grounds"),
    }
}

async fn again(
    officer: &Officer,
    reference: &CorrectionReference,
    fields: &Fields,
    problem: Problem,
) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let (app, visit) = (caller.app(), caller.visit());
    let opened = corrections::open(app, visit, &officer.signed_in, reference).await?;
    page(officer, reference, opened, Some(fields), vec![problem])
}

fn page(
    officer: &Officer,
    reference: &CorrectionReference,
    opened: Opened,
    typed: Option<&Fields>,
    problems: Vec<Problem>,
) -> Result<Response, Trouble> {
    let shown = match opened {
        Opened::Correction(shown) => shown,
        Opened::Gone => return Err(Trouble::Obstacle(Obstacle::NotFound)),
        Opened::Own => return Ok(see_other("/corrections")),
        Opened::TooMany => return Ok(see_other("/corrections?limit=reached")),
        Opened::Denied(denied) => return Err(officer.denied(denied, &address(reference))),
    };
    let status =
        if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let f = Frame { address: address(reference), ..officer.frame() };
    let page = DeskCorrection::of(f, officer, &shown, typed).with(problems);
    Ok(front::show(status, &page))
}

impl DeskCorrection {
    /// With what needs fixing. Where its field is not on the page, it is said where the officer is.
    #[must_use]
    pub fn with(self, problems: Vec<Problem>) -> Self {
        let fallback = if self.form.is_some() { "number" } else { "reason" };
        let has_field = self.form.is_some() || self.decides;
        let is_there = |field: &str| match field {
            "reason" => self.decides,
            _ => self.form.is_some(),
        };
        let moved = |problem: Problem| {
            let field = if is_there(problem.field) { problem.field } else { fallback };
            Problem { field, ..problem }
        };
        let problems: Problems = problems.into_iter().map(moved).collect();
        // Whoever can do nothing here is shown how far it is, and that is all there is to say.
        let problems = if has_field { problems } else { Problems::default() };
        Self { problems, ..self }
    }
}

fn not_now_problem(f: &Frame, field: &'static str, not_now: NotNow) -> Problem {
    let text = f.t(match not_now {
        NotNow::Older => "desk-correction-older",
        NotNow::Stage => "desk-correction-wrong-stage",
        NotNow::Own => "desk-correction-own-proposal",
    });
    Problem { field, text }
}

/// A field that cannot be read, in words.
#[must_use]
pub fn misread_problem(f: &Frame, misread: Misread) -> Problem {
    let name = field_words(f, misread.field);
    let key = match misread.wrong {
        Wrong::Form => "desk-correction-form",
        Wrong::Future => "desk-correction-future",
        Wrong::Unknown => "desk-correction-unknown",
        Wrong::NotPublished => "desk-correction-not-published",
        Wrong::Nothing => "desk-correction-no-money",
    };
    Problem { field: name_of(misread.field), text: f.t1(key, "field", name) }
}

/// A proposal that is not proved, in words.
#[must_use]
pub fn unproven_problem(f: &Frame, unproven: Unproven) -> Problem {
    let (field, text) = match unproven {
        Unproven::Nothing => ("number", f.t("desk-correction-nothing")),
        Unproven::Document => ("document", f.t("desk-correction-no-document")),
        Unproven::Number => {
            let most = u32::try_from(LONGEST_NUMBER).unwrap_or(u32::MAX);
            ("number", f.t1("desk-correction-no-number", "n", most))
        }
        Unproven::Since => ("since", f.t("desk-correction-no-day")),
        Unproven::Why(problem) => return words_problem(f, "grounds", problem),
    };
    Problem { field, text }
}
