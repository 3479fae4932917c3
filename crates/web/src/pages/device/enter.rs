//! The code that a device shows. A code that stands in the address is filled in, and goes nowhere
//! before its reader presses the button: whoever made the address may be somebody else.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::oidc::devices::Unreadable;
use payung_domain::time::Instant;
use payung_flows::oidc::devices::{self, Entered};
use payung_flows::oidc::paths::DEVICE_PAGE;

use super::approve;
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::{Frame, Kept, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// So much of what was typed is shown again.
const MOST: usize = 40;

/// The page that asks for the code.
#[derive(Debug, Template)]
#[template(path = "device/enter.html")]
pub struct Enter {
    /// Around the page.
    pub f: Frame,
    /// The code as typed, or as it stands in the address.
    pub user_code: String,
    /// What needs fixing.
    pub problems: Problems,
}

/// What may need fixing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnterProblem {
    /// No code is there.
    Empty,
    /// It is not eight of the letters that codes have.
    NotOne,
    /// No device shows this code, or not any more.
    Wrong,
    /// Too many wrong codes: none is looked at before this moment.
    Paused(Instant),
    /// `stale`: the form's token is too old.
    Stale,
}

impl EnterProblem {
    /// The problem in words, at its field.
    #[must_use]
    pub fn says(self, f: &Frame) -> Problem {
        let text = match self {
            Self::Empty => f.t("device-code-empty"),
            Self::NotOne => f.t("device-code-unreadable"),
            Self::Wrong => f.t("device-code-wrong"),
            Self::Paused(until) => f.t1("device-code-paused", "time", f.clock(&until)),
            Self::Stale => f.t("stale"),
        };
        Problem { field: "user_code", text }
    }

    const fn status(self) -> StatusCode {
        match self {
            Self::Paused(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Empty | Self::NotOne | Self::Wrong | Self::Stale => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
        }
    }
}

/// `GET /device`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let kept = member.kept().await?;
    let typed = kept.as_ref().unwrap_or(&member.guest.query).text("user_code");
    let mut f = member.frame();
    f.kept = kept.as_ref().map(|_| Kept::Answers);
    let page = Enter { f, user_code: short(typed), problems: Problems::default() };
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /device`
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let typed = short(form.to_show_again().text("user_code"));
    if form.of_session().is_err() {
        return Ok(again(&member, typed, EnterProblem::Stale));
    }
    let (app, visit) = (&guest.site.app, &guest.visit);
    let problem = match devices::enter(app, visit, &member.signed_in, &typed).await? {
        Entered::Right { handle, code } => return Ok(see_other(&approve::address(&handle, &code))),
        Entered::TooMany { until } => return Err(Trouble::Obstacle(Obstacle::TooMany(until))),
        Entered::Unreadable(Unreadable::Empty) => EnterProblem::Empty,
        Entered::Unreadable(Unreadable::NotOne) => EnterProblem::NotOne,
        Entered::Wrong => EnterProblem::Wrong,
        Entered::Paused(until) => EnterProblem::Paused(until),
    };
    Ok(again(&member, typed, problem))
}

fn again(member: &Member, user_code: String, problem: EnterProblem) -> Response {
    let f = Frame { address: DEVICE_PAGE.to_owned(), ..member.frame() };
    let problems = Problems(vec![problem.says(&f)]);
    front::show(problem.status(), &Enter { f, user_code, problems })
}

fn short(typed: &str) -> String {
    typed.chars().take(MOST).collect()
}
