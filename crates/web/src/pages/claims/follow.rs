//! How far a claim after a death is, for whoever has its number and its code on paper. Works signed
//! out; of the dead, the heir and the money it says nothing but what the paper already gave away.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::claims::heirs::{FollowCode, HeirReference, Stage};
use payung_domain::time::Zone;
use payung_flows::heirs::{self, Followed, Standing};

use super::{Reader, clock_words, paper_words};
use crate::desk::heirs::stage_words;
use crate::front;
use crate::guest::{Form, Guest, Trouble};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// Where it is asked.
const HERE: &str = "/claims/follow";

/// So much of what was typed is shown again.
const MOST: usize = 60;

/// The question, and the answer above it.
#[derive(Debug, Template)]
#[template(path = "claims/follow.html")]
pub struct FollowClaim {
    /// Around the page.
    pub f: Frame,
    /// The claim's number, as typed. The code is never shown again.
    pub reference: String,
    /// How far it is.
    pub found: Option<Found>,
    /// What needs fixing.
    pub problems: Problems,
}

/// How far a claim is, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its number.
    pub reference: String,
    /// How far it is.
    pub stage: String,
    /// What there is to know, and what comes next.
    pub lines: Vec<String>,
    /// The papers that are still missing.
    pub missing: Vec<String>,
}

impl Found {
    /// A claim that was found.
    #[must_use]
    pub fn of(f: &Frame, standing: &Standing<'_>, today: Date) -> Self {
        let mut lines = vec![f.t1("heirs-opened-at", "time", f.date_time(&standing.opened_at))];
        if let Some(clock) = &standing.clock {
            lines.extend(clock_words(f, clock, today, Reader::Claimant));
        }
        if let Some(owed) = &standing.owed {
            lines.push(f.t1("heirs-owed", "amount", f.money(owed)));
        }
        if let Some(from) = &standing.pays_from {
            lines.push(f.t1("heirs-pays-from", "time", f.date_time(from)));
        }
        if let Some(at) = &standing.closed_at {
            lines.push(f.t1("heirs-closed-at", "time", f.date_time(at)));
        }
        lines.extend(next(f, standing.stage));
        Self {
            reference: standing.reference.to_string(),
            stage: stage_words(f, standing.stage),
            lines,
            missing: standing.missing.iter().map(|slot| paper_words(f, slot)).collect(),
        }
    }
}

/// What comes next, in one sentence.
fn next(f: &Frame, stage: Stage) -> Option<String> {
    match stage {
        Stage::Opened => Some(f.t("heirs-next-opened")),
        Stage::Complete => Some(f.t("heirs-next-complete")),
        // From when it is paid stands above.
        Stage::Approved => None,
        Stage::Paid => Some(f.t("heirs-next-paid")),
        Stage::Refused | Stage::Objected => {
            Some(f.t2("heirs-next-over", "phone", &f.help.phone, "hours", &f.help.hours))
        }
    }
}

/// `GET /claims/follow`
pub async fn show(guest: Guest) -> Response {
    page(&guest, String::new(), None, None)
}

/// `POST /claims/follow`: the code is no part of an address, where it would be kept in histories.
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let f = guest.frame();
    let fields = form.to_show_again();
    let typed: String = fields.text("reference").trim().chars().take(MOST).collect();
    let problem = |text| Some(Problem { field: "reference", text });
    if form.of_anybody().is_err() {
        return Ok(page(guest, typed, None, problem(f.t("stale"))));
    }
    let code = fields.text("code");
    if typed.is_empty() || code.trim().is_empty() {
        return Ok(page(guest, typed, None, problem(f.t("heirs-follow-empty"))));
    }
    let (reference, code) = (HeirReference::parse(&typed), FollowCode::parse(code));
    let (app, visit) = (&guest.site.app, &guest.visit);
    match heirs::follow(app, visit, reference.as_ref(), code.as_ref()).await? {
        Followed::Right(standing) => {
            let found = Found::of(&f, &standing, visit.now.date(Zone::default()));
            Ok(page(guest, typed, Some(found), None))
        }
        Followed::Wrong => Ok(page(guest, typed, None, problem(f.t("heirs-follow-wrong")))),
        Followed::TooMany(until) => Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    }
}

fn page(
    guest: &Guest,
    reference: String,
    found: Option<Found>,
    problem: Option<Problem>,
) -> Response {
    let f = Frame { address: HERE.to_owned(), ..guest.frame() };
    let problems: Problems = problem.into_iter().collect();
    let status = problems.status();
    front::show(status, &FollowClaim { f, reference, found, problems })
}
