//! M06 Kode pemulihan / Recovery code: when no other way works. The password came before.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::recovery_codes::Unreadable;
use payung_domain::secret::Secret;
use payung_flows::sign_in::recovery::{self, Answer};
use payung_flows::sign_in::step::{Found, OpenWay};

use super::paused::Pause;
use crate::front;
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// The page for a recovery code.
#[derive(Debug, Template)]
#[template(path = "sign_in/recovery.html")]
pub struct Recovery {
    /// Around the page.
    pub f: Frame,
    /// Whether the account has another way.
    pub other_ways: bool,
    /// What needs fixing. What was typed never comes back.
    pub problems: Problems,
}

/// The code that takes the place of the used one, this once (G-08).
#[derive(Debug, Template)]
#[template(path = "sign_in/next_code.html")]
pub struct NextCode {
    /// Around the page.
    pub f: Frame,
    /// The code in groups of four.
    pub code: Secret,
    /// Where the member was going.
    pub landing: String,
}

/// What may need fixing on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryProblem {
    /// `rec.empty`
    Empty,
    /// `rec.wrong`: the same for a code that is none and for one that was used.
    Wrong,
    /// `stale`: the form's token is too old.
    Stale,
}

impl RecoveryProblem {
    /// The problem in words, at the field.
    #[must_use]
    pub fn says(self, f: &Frame) -> Problem {
        let text = match self {
            Self::Empty => f.t("rec-empty"),
            Self::Wrong => f.t("rec-wrong"),
            Self::Stale => f.t("stale"),
        };
        Problem { field: "code", text }
    }
}

/// `GET /sign-in/recovery-code`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    page(&guest, &[]).await
}

/// `POST /sign-in/recovery-code`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let Ok((fields, token)) = form.of_sign_in() else {
        return page(guest, &[RecoveryProblem::Stale]).await;
    };
    let (typed, ending) = (fields.text("code"), super::ending(guest, fields));
    let answer = match recovery::submit(&guest.site.app, &guest.visit, token, typed, ending).await?
    {
        Found::Open(answer) => answer,
        Found::Finished(at) => return super::finished(guest, at).await,
        Found::Gone => return Ok(super::gone(guest)),
    };
    match answer {
        Answer::SignedIn { opened, next: None } => Ok(super::let_in(guest, &opened)),
        Answer::SignedIn { opened, next: Some(code) } => {
            // The answer is the page itself, since nothing can show the code again.
            let (f, landing) = (guest.frame(), opened.landing.clone());
            let page = front::show(StatusCode::OK, &NextCode { f, code, landing });
            Ok(super::with_session(guest, &opened, page))
        }
        Answer::Unreadable(Unreadable::Empty) => page(guest, &[RecoveryProblem::Empty]).await,
        Answer::Unreadable(Unreadable::NotOne) | Answer::Wrong => {
            page(guest, &[RecoveryProblem::Wrong]).await
        }
        Answer::Paused(until) => Ok(super::password::paused(guest, Pause::Code(until))),
        Answer::Locked => Ok(super::password::paused(guest, Pause::CodeLocked)),
        Answer::TooMany { until } => Err(Trouble::Obstacle(Obstacle::TooMany(until))),
        Answer::Busy => Err(Trouble::Obstacle(Obstacle::Busy)),
    }
}

async fn page(guest: &Guest, problems: &[RecoveryProblem]) -> Result<Response, Trouble> {
    let (token, step) = match super::open_step(guest).await? {
        Ok(open) => open,
        Err(instead) => return Ok(instead),
    };
    if let Some(pause) = super::pause(&step) {
        return Ok(super::password::paused(guest, pause));
    }
    if !step.ways.contains(&OpenWay::RecoveryCode) {
        return Ok(see_other("/sign-in/method"));
    }
    let f = super::framed(guest, token, &step);
    let problems: Problems = problems.iter().map(|problem| problem.says(&f)).collect();
    let page = Recovery { f, other_ways: step.ways.len() > 1, problems };
    Ok(front::show(page.problems.status(), &page))
}
