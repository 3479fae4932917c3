//! Between M09 and M10, for an account with a mobile number only: the code of a text message and one
//! more thing. The page is the same for everybody (F-03), and what was typed on M08 comes with the
//! browser.
//!
//! What the two are worth goes where a link goes: into a cookie, and on to M10.

use std::time::Duration;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::recovery_codes::Unreadable;
use payung_domain::second_factor::{CODE_LIFE, CodeProblem};
use payung_domain::secret::Secret;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_flows::passwords::by_code::{self, Answer};

use super::forgot::typed_before;
use super::reset::silent;
use crate::guest::{Form, Guest, RESET_PATH, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;
use crate::{cookies, front};

/// The page for the code. Nothing that was typed comes back.
#[derive(Debug, Template)]
#[template(path = "passwords/by_code.html")]
pub struct ByCode {
    /// Around the page.
    pub f: Frame,
    /// How long a code works.
    pub life: Duration,
    /// What needs fixing.
    pub problems: Problems,
}

/// The code that takes the place of the used recovery code, this once (G-08).
#[derive(Debug, Template)]
#[template(path = "passwords/next_code.html")]
pub struct NextCode {
    /// Around the page.
    pub f: Frame,
    /// The code in groups of four.
    pub code: Secret,
}

/// What may need fixing on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByCodeProblem {
    /// `code.empty`, `code.short`, `code.long`, `code.chars`
    Code(CodeProblem),
    /// `rec.empty`
    OtherEmpty,
    /// It is neither a recovery code nor six digits.
    OtherUnreadable,
    /// They do not match, or nothing was sent: the same words.
    Wrong,
    /// Too many tries; none is taken before this moment.
    Paused(Instant),
    /// `stale`: the form's token is too old.
    Stale,
}

impl ByCodeProblem {
    /// The problem in words, at its field.
    #[must_use]
    pub fn says(self, f: &Frame) -> Problem {
        let (field, text) = match self {
            Self::Code(CodeProblem::Empty) => ("code", f.t("code-empty")),
            Self::Code(CodeProblem::Short) => ("code", f.t("code-short")),
            Self::Code(CodeProblem::Long) => ("code", f.t("code-long")),
            Self::Code(CodeProblem::Characters) => ("code", f.t("code-chars")),
            Self::OtherEmpty => ("recovery_code", f.t("by-code-other-empty")),
            Self::OtherUnreadable => ("recovery_code", f.t("by-code-other-unreadable")),
            Self::Wrong => ("code", f.t("by-code-wrong")),
            Self::Paused(until) => ("code", f.t1("by-code-paused", "time", f.clock(&until))),
            Self::Stale => ("code", f.t("stale")),
        };
        Problem { field, text }
    }
}

/// `GET /reset-password/by-code`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    // Nobody is looked for: whoever said no name has not asked yet.
    if name(&guest).is_none() {
        return Ok(see_other("/forgot-password"));
    }
    Ok(page(&guest, &[]))
}

/// `POST /reset-password/by-code`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let Some(name) = name(guest) else { return Ok(see_other("/forgot-password")) };
    let Ok((fields, _)) = form.of_anybody() else {
        return Ok(page(guest, &[ByCodeProblem::Stale]));
    };
    let (code, other) = (fields.text("code"), fields.text("recovery_code"));
    let problem = match by_code::submit(&guest.site.app, &guest.visit, &name, code, other).await? {
        Answer::Proved { link, next } => return Ok(proved(guest, &link, next)),
        Answer::UnreadableCode(problem) => ByCodeProblem::Code(problem),
        Answer::UnreadableOther(Unreadable::Empty) => ByCodeProblem::OtherEmpty,
        Answer::UnreadableOther(Unreadable::NotOne) => ByCodeProblem::OtherUnreadable,
        Answer::Wrong => ByCodeProblem::Wrong,
        Answer::Paused(until) => ByCodeProblem::Paused(until),
        Answer::TooMany { until } => return Err(Trouble::Obstacle(Obstacle::TooMany(until))),
        Answer::Busy => return Err(Trouble::Obstacle(Obstacle::Busy)),
    };
    Ok(page(guest, &[problem]))
}

/// What was typed on M08, while codes go by text message at all.
fn name(guest: &Guest) -> Option<String> {
    typed_before(guest).filter(|_| guest.site.app.settings.sms_codes)
}

/// On to M10, as with a link that left the address. A recovery code that takes the place of the used
/// one is shown before it, since nothing can show it again.
fn proved(guest: &Guest, link: &Token, next: Option<Secret>) -> Response {
    let mut response = match next {
        Some(code) => front::show(StatusCode::OK, &NextCode { f: guest.frame(), code }),
        None => see_other(RESET_PATH),
    };
    let headers = response.headers_mut();
    cookies::set(&guest.site, headers, cookies::RESET, link.expose(), Some(CODE_LIFE));
    silent(response)
}

fn page(guest: &Guest, problems: &[ByCodeProblem]) -> Response {
    let f = guest.frame();
    let problems: Problems = problems.iter().map(|problem| problem.says(&f)).collect();
    front::show(problems.status(), &ByCode { f, life: CODE_LIFE, problems })
}
