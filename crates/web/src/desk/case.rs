//! S03 Kasus / Case: what happened, who the member is, what it is about, and what comes next. Every
//! form names the version that was seen; whoever was slower reads both texts side by side.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::recoveries::State as Recovered;
use payung_domain::staff::cases::{CaseReference, Closing, Entry, State, Template as Words};
use payung_domain::staff::{Officer as Name, Right};
use payung_flows::staff::cases::work::{
    self, About, Opened, Seen, Shown, Wish, Worked, keep_draft,
};

use super::caller::{Form, Officer};
use super::case_words::{
    closing_words, due_words, kind_words, note_problem, refusal, state_words, template_text,
    template_words, what_words,
};
use super::record::{Line, lines_of};
use super::{Me, stale};
use crate::form::Fields;
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::activity::list::{view_words, words};
use crate::pages::contributions::history::Choice;
use crate::pages::corrections::words::stage_words;
use crate::pages::problems::problem::Obstacle;

/// A case.
#[derive(Debug, Template)]
#[template(path = "desk/case.html")]
pub struct CasePage {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The case.
    pub shown: Shown,
    /// What it is about and where it stands, in words: label and text.
    pub facts: Vec<(String, String)>,
    /// What it is about, where that has a place of its own.
    pub about: Vec<String>,
    /// The member, as the record page shows them.
    pub member: Vec<Line>,
    /// What happened, the first thing first.
    pub events: Vec<Happened>,
    /// What was typed and not taken.
    pub typed: Typed,
    /// What came in between, when somebody was faster.
    pub between: Option<Vec<Happened>>,
    /// What needs fixing.
    pub problems: Problems,
}

/// One thing that happened to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// What.
    pub what: String,
    /// When.
    pub at: String,
    /// Who did it.
    pub author: String,
    /// What was written, line by line.
    pub lines: Vec<String>,
}

/// What was chosen and typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Which button was pressed.
    pub act: String,
    /// The version that was seen.
    pub version: u32,
    /// A note.
    pub note: String,
    /// To whom it goes.
    pub officer: String,
    /// What came of it.
    pub outcome: Option<Closing>,
    /// Why it is closed.
    pub closing: String,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        Self {
            act: fields.text("act").to_owned(),
            version: fields.text("version").parse().unwrap_or_default(),
            note: fields.text("note").to_owned(),
            officer: fields.text("officer").to_owned(),
            outcome: Closing::named(fields.text("outcome")),
            closing: fields.text("closing").to_owned(),
        }
    }

    /// What was written in whichever form was sent.
    fn written(&self) -> &str {
        if self.act == "close" { &self.closing } else { &self.note }
    }

    /// Beside which field a problem of this form stands.
    fn field(&self) -> &'static str {
        match &*self.act {
            "close" => "closing",
            "hand-over" => "officer",
            _ => "note",
        }
    }
}

impl CasePage {
    /// The page of a case. `missed` is the version that was seen, when somebody was faster.
    #[must_use]
    pub fn of(
        f: Frame,
        me: Me,
        shown: Shown,
        (typed, missed): (Typed, Option<u32>),
        problem: Option<Problem>,
    ) -> Self {
        let newer = |seen: u32| -> Vec<Happened> {
            let entries = shown.entries.iter().filter(|entry| entry.version > seen);
            entries.map(|entry| Happened::of(&f, entry)).collect()
        };
        let problem = problem.map(|problem| within(problem, &shown));
        Self {
            me: Some(me),
            facts: facts(&f, &shown),
            about: about(&f, &shown),
            member: shown.member.iter().flat_map(|one| lines_of(&f, &one.fields)).collect(),
            events: shown.entries.iter().map(|entry| Happened::of(&f, entry)).collect(),
            between: missed.map(newer),
            problems: problem.into_iter().collect(),
            typed,
            shown,
            f,
        }
    }

    fn coming(&self) -> String {
        match self.shown.case.state {
            State::Closed { outcome, .. } => {
                self.f.t1("desk-case-next-closed", "outcome", closing_words(&self.f, outcome))
            }
            State::Open => self.f.t("desk-case-next-open"),
            State::Taken(_) if self.shown.steps.has("close") => self.f.t("desk-case-next-taken"),
            State::Taken(_) if self.shown.steps.has("wait") => self.f.t("desk-case-next-decided"),
            State::Waiting(_) if self.shown.steps.has("resume") => {
                self.f.t("desk-case-next-waiting")
            }
            State::Taken(_) | State::Waiting(_) => self.f.t("desk-case-next-others"),
        }
    }

    /// Where its recovery is, for whoever may say what they saw.
    fn recovery(&self) -> Option<String> {
        let may = self.me.as_ref().is_some_and(|me| me.role.may(Right::ProveRecovery));
        match &self.shown.about {
            About::Recovery(reference, Some(_)) if may => Some(format!("/recoveries/{reference}")),
            _ => None,
        }
    }

    /// Where the correction is that the case is about, for whoever may open it.
    fn correction(&self) -> Option<String> {
        let may_open = self.me.as_ref().is_some_and(Me::corrects);
        match &self.shown.about {
            About::Correction(reference, Some(_)) if may_open => {
                Some(format!("/corrections/{reference}"))
            }
            _ => None,
        }
    }

    fn no_member(&self) -> String {
        if self.shown.case.person.is_none() {
            self.f.t("desk-case-member-none")
        } else {
            self.f.t("desk-case-member-hidden")
        }
    }

    /// What stands in the note: what was just typed, else what was begun.
    fn note(&self) -> &str {
        match &self.shown.draft {
            Some(draft) if self.typed.note.is_empty() => draft,
            _ => &self.typed.note,
        }
    }

    fn has_steps(&self) -> bool {
        ["take", "wait", "resume", "return"].iter().any(|word| self.shown.steps.has(word))
    }

    fn colleagues(&self) -> Vec<Choice> {
        let choice = |name: &String| Choice {
            value: name.clone(),
            label: name.clone(),
            chosen: self.typed.officer == *name,
        };
        self.shown.colleagues.iter().map(choice).collect()
    }

    fn outcomes(&self) -> Vec<Choice> {
        let choice = |outcome: &Closing| Choice {
            value: outcome.name().to_owned(),
            label: closing_words(&self.f, *outcome),
            chosen: self.typed.outcome == Some(*outcome),
        };
        self.shown.case.kind.closings().iter().map(choice).collect()
    }

    fn templates(&self) -> Vec<Choice> {
        let choice = |template: &Words| Choice {
            value: template.name().to_owned(),
            label: template_words(&self.f, *template),
            chosen: false,
        };
        Words::ALL.iter().map(choice).collect()
    }
}

/// A problem stands beside a field that is there.
fn within(problem: Problem, shown: &Shown) -> Problem {
    let is_there = match problem.field {
        "closing" | "outcome" => shown.steps.has("close"),
        "officer" => shown.steps.has("hand-over"),
        _ => true,
    };
    if is_there { problem } else { Problem { field: "note", ..problem } }
}

impl Happened {
    fn of(f: &Frame, entry: &Entry) -> Self {
        let author =
            if entry.author.is_empty() { f.t("desk-case-by-member") } else { entry.author.clone() };
        let lines = entry.text.lines().map(str::trim).filter(|line| !line.is_empty());
        Self {
            what: what_words(f, entry),
            at: f.date_time(&entry.mark.at),
            author,
            lines: lines.map(str::to_owned).collect(),
        }
    }
}

fn facts(f: &Frame, shown: &Shown) -> Vec<(String, String)> {
    let case = &shown.case;
    let state = state_words(f, case.state, shown.holder.as_deref());
    let due = format!("{} ({})", f.date_time(&case.due_at), due_words(f, case, shown.seen_at));
    vec![
        (f.t("desk-column-kind"), kind_words(f, case.kind)),
        (f.t("desk-column-standing"), state),
        (f.t("desk-case-opened"), f.date_time(&case.opened_at)),
        (f.t("desk-column-due"), due),
    ]
}

fn about(f: &Frame, shown: &Shown) -> Vec<String> {
    match &shown.about {
        About::Nothing => Vec::new(),
        About::Recovery(reference, state) => vec![
            f.t1("desk-case-recovery", "reference", reference),
            match state {
                None => f.t("desk-case-gone"),
                Some(Recovered::Waiting { until, .. }) => {
                    f.t1("desk-case-recovery-waiting", "time", f.date_time(until))
                }
                Some(Recovered::Unproved) => f.t("desk-case-recovery-unproved"),
                Some(Recovered::Ready) => f.t("desk-case-recovery-ready"),
                Some(Recovered::Over(_, at)) => {
                    f.t1("desk-case-recovery-over", "time", f.date_time(at))
                }
            },
        ],
        About::Report(reference, report) => {
            let mut said = vec![f.t1("desk-case-report", "reference", reference)];
            let Some(report) = report else {
                said.push(f.t("desk-case-gone"));
                return said;
            };
            let (amount, day) = (f.money(&report.row.amount), f.date(&report.row.spot.day));
            said.push(f.t2("desk-case-report-row", "amount", amount, "day", day));
            said.push(match report.closed {
                None => f.t("desk-case-report-open"),
                Some((at, _)) => f.t1("desk-case-report-closed", "time", f.date_time(&at)),
            });
            said
        }
        About::Activity(None, _) => vec![f.t("desk-case-gone")],
        About::Activity(Some(line), view) => {
            let (what, time) = (words(f, line.event), f.date_time(&line.at));
            let mut said = vec![f.t2("desk-case-line", "what", what, "time", time)];
            said.extend(view.as_ref().map(|view| view_words(f, view)));
            said
        }
        About::Correction(reference, correction) => vec![
            f.t1("desk-case-correction", "reference", reference),
            match correction {
                None => f.t("desk-case-gone"),
                Some(correction) => stage_words(f, correction.stage),
            },
        ],
    }
}

/// Where a case is.
fn address(reference: &CaseReference) -> String {
    format!("/cases/{reference}")
}

/// `GET /cases/{reference}`
pub async fn show(officer: Officer, Path(named): Path<String>) -> Result<Response, Trouble> {
    let case = parsed(&named)?;
    page(&officer, &case, (Typed::default(), None), None).await
}

/// `POST /cases/{reference}`
pub async fn submit(
    officer: Officer,
    Path(named): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let (case, f) = (parsed(&named)?, officer.frame());
    let typed = Typed::of(form.to_show_again());
    let Ok(fields) = form.of_session() else {
        let problem = stale(&f, typed.field());
        return page(&officer, &case, (typed, None), Some(problem)).await;
    };
    if let Some(text) = begun(&f, fields) {
        return draft(&officer, &case, &text).await;
    }
    let to = Name::parse(&typed.officer);
    let wish = match (&*typed.act, &to, typed.outcome) {
        ("take", ..) => Wish::Take,
        ("wait", ..) => Wish::Wait,
        ("resume", ..) => Wish::Resume,
        ("return", ..) => Wish::HandOver(None, ""),
        ("note", ..) => Wish::Note(&typed.note),
        ("hand-over", Some(to), _) => Wish::HandOver(Some(to), ""),
        ("close", _, Some(outcome)) => Wish::Close(outcome, &typed.closing),
        ("hand-over", ..) => return missing(&officer, &case, typed, "officer").await,
        ("close", ..) => return missing(&officer, &case, typed, "outcome").await,
        _ => return Ok(see_other(&address(&case))),
    };
    let caller = &officer.caller;
    let seen = Seen { reference: &case, version: typed.version };
    let worked = work::work(caller.app(), caller.visit(), &officer.signed_in, seen, wish).await?;
    answer(&officer, &case, typed, worked).await
}

async fn answer(
    officer: &Officer,
    case: &CaseReference,
    typed: Typed,
    worked: Worked,
) -> Result<Response, Trouble> {
    let (f, field) = (officer.frame(), typed.field());
    let text = match worked {
        Worked::Done => return Ok(see_other(&address(case))),
        Worked::Gone => return Err(Trouble::Obstacle(Obstacle::NotFound)),
        Worked::Own => return Err(officer.not_allowed()),
        Worked::Denied(denied) => return Err(officer.denied(denied, &address(case))),
        Worked::Changed => {
            let problem = Problem { field, text: f.t("changed") };
            let missed = Some(typed.version);
            return page(officer, case, (typed, missed), Some(problem)).await;
        }
        Worked::Not(why) => refusal(&f, why),
        Worked::Nobody => f.t("desk-case-hand-missing"),
        Worked::TooMany => f.t("desk-too-many"),
        Worked::NoNote(why) => note_problem(&f, why),
    };
    page(officer, case, (typed, None), Some(Problem { field, text })).await
}

async fn missing(
    officer: &Officer,
    case: &CaseReference,
    typed: Typed,
    field: &'static str,
) -> Result<Response, Trouble> {
    let f = officer.frame();
    let text = if field == "outcome" {
        f.t("desk-case-close-missing")
    } else {
        f.t("desk-case-hand-missing")
    };
    page(officer, case, (typed, None), Some(Problem { field, text })).await
}

/// What is to be kept as a draft: the note so far, with a template after it where one was asked for.
fn begun(f: &Frame, fields: &Fields) -> Option<String> {
    let note = fields.text("note");
    match fields.text("act") {
        "draft" => Some(note.to_owned()),
        "template" => {
            let template = Words::named(fields.text("template"));
            let words = template.map(|template| template_text(f, template)).unwrap_or_default();
            let joint = if note.is_empty() || words.is_empty() { "" } else { "\n" };
            Some(format!("{note}{joint}{words}"))
        }
        _ => None,
    }
}

async fn draft(officer: &Officer, case: &CaseReference, text: &str) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    match keep_draft(app, visit, signed_in, case, text).await? {
        Worked::Denied(denied) => Err(officer.denied(denied, &address(case))),
        Worked::Own => Err(officer.not_allowed()),
        _ => Ok(see_other(&format!("{}#note", address(case)))),
    }
}

/// The number that an address names. Whatever is none is no page.
fn parsed(named: &str) -> Result<CaseReference, Trouble> {
    CaseReference::parse(named).ok_or(Trouble::Obstacle(Obstacle::NotFound))
}

async fn page(
    officer: &Officer,
    case: &CaseReference,
    (typed, missed): (Typed, Option<u32>),
    problem: Option<Problem>,
) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let opened = work::show(caller.app(), caller.visit(), &officer.signed_in, case).await?;
    let shown = match opened {
        Opened::Case(shown) => *shown,
        Opened::Gone => return Err(Trouble::Obstacle(Obstacle::NotFound)),
        Opened::Own => return Err(officer.not_allowed()),
        Opened::Denied(denied) => return Err(officer.denied(denied, &address(case))),
    };
    let f = Frame { address: address(case), ..officer.frame() };
    let status = match (&problem, missed) {
        (_, Some(_)) => StatusCode::CONFLICT,
        (Some(_), None) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, None) => StatusCode::OK,
    };
    // What was written stands beside what came in between, and in the note, whichever form it was.
    let written = typed.written().to_owned();
    let typed = if missed.is_some() { Typed { note: written, ..typed } } else { typed };
    Ok(front::show(status, &CasePage::of(f, officer.me(), shown, (typed, missed), problem)))
}
