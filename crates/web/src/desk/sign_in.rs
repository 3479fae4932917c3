//! S01 Masuk petugas / Staff sign-in: a passkey whose owner is verified, and nothing else.

use askama::Template;
use axum::response::Response;
use payung_flows::demo::staff::{self as demo, STAFF};
use payung_flows::passkeys::{Answered, Challenge};
use payung_flows::staff::passkeys::{self, Answer};

use super::caller::{Caller, Form, Officer, landing};
use super::{Me, role_words};
use crate::form::Fields;
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// The door of the desk.
#[derive(Debug, Template)]
#[template(path = "desk/sign_in.html")]
pub struct StaffSignIn {
    /// Around the page.
    pub f: Frame,
    /// Nobody is signed in here.
    pub me: Option<Me>,
    /// What the browser is asked.
    pub passkey: Challenge,
    /// Where to go afterwards, already checked.
    pub next: String,
    /// Who can be tried in the demonstration, with a passkey of software.
    pub demo: Vec<(&'static str, String)>,
    /// What needs fixing.
    pub problems: Problems,
}

/// Why a passkey was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// The page was too old.
    Old,
    /// It is nobody's here.
    None,
    /// The device did not make sure who holds it.
    NotVerified,
}

impl KeyProblem {
    /// In words.
    #[must_use]
    pub fn says(self, f: &Frame) -> Problem {
        let text = match self {
            Self::Old => f.t("desk-key-old"),
            Self::None => f.t("desk-key-none"),
            Self::NotVerified => f.t("desk-key-not-verified"),
        };
        Problem { field: "passkey", text }
    }

    /// What there is to say of an answer that is no sign-in.
    pub(super) fn of(answer: &Answer) -> Result<Self, Trouble> {
        match answer {
            Answer::NotVerified => Ok(Self::NotVerified),
            Answer::Stale => Ok(Self::Old),
            Answer::SignedIn(_) | Answer::Refused => Ok(Self::None),
            Answer::TooMany { until } => Err(Trouble::Obstacle(Obstacle::TooMany(*until))),
        }
    }
}

/// What a form brings back from the browser.
pub(super) fn answered(fields: &Fields) -> Answered<'_> {
    Answered { sealed: fields.text("challenge"), credential: fields.text("credential") }
}

/// `GET /`: the first page of whoever is signed in.
pub async fn home(officer: Officer) -> Response {
    see_other(officer.me().home())
}

/// `GET /sign-in`
pub async fn show(caller: Caller) -> Result<Response, Trouble> {
    let next = landing(caller.guest.query.filled("next")).to_owned();
    page(&caller, next, None)
}

/// `GET` of an address that only takes answers: to the page that asks.
pub async fn back() -> Response {
    see_other("/sign-in")
}

/// `POST /sign-in/passkey`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let caller = &form.caller;
    let next = landing(form.to_show_again().filled("next")).to_owned();
    let Ok(fields) = form.of_anybody() else { return page(caller, next, Some(KeyProblem::Old)) };
    let (app, visit, browser) = (caller.app(), caller.visit(), &caller.guest.browser);
    let earlier = caller.session.as_ref();
    match passkeys::sign_in(app, visit, browser, answered(fields), earlier).await? {
        Answer::SignedIn(session) => Ok(caller.let_in(&session, &next)),
        other => page(caller, next, Some(KeyProblem::of(&other)?)),
    }
}

/// `POST /demo/sign-in`, in the demonstration alone: the passkey of software of one of its staff.
pub async fn submit_demo(form: Form) -> Result<Response, Trouble> {
    let caller = &form.caller;
    let next = landing(form.to_show_again().filled("next")).to_owned();
    let Ok(fields) = form.of_anybody() else { return page(caller, next, Some(KeyProblem::Old)) };
    let (app, visit, browser) = (caller.app(), caller.visit(), &caller.guest.browser);
    let earlier = caller.session.as_ref();
    match demo::sign_in(app, visit, browser, fields.text("officer"), earlier).await? {
        Some(Answer::SignedIn(session)) => Ok(caller.let_in(&session, &next)),
        Some(other) => page(caller, next, Some(KeyProblem::of(&other)?)),
        None => page(caller, next, Some(KeyProblem::None)),
    }
}

fn page(caller: &Caller, next: String, problem: Option<KeyProblem>) -> Result<Response, Trouble> {
    let f = Frame { address: address(&next), ..caller.frame() };
    let passkey = passkeys::begin_sign_in(caller.app(), caller.visit(), &caller.guest.browser)?;
    let problems: Problems = problem.iter().map(|problem| problem.says(&f)).collect();
    let status = problems.status();
    let demo = if f.demo { officers(&f) } else { Vec::new() };
    Ok(front::show(status, &StaffSignIn { f, me: None, passkey, next, demo, problems }))
}

/// The demonstration's officers, each with the role in words.
#[must_use]
pub fn officers(f: &Frame) -> Vec<(&'static str, String)> {
    STAFF.iter().map(|(name, role)| (*name, role_words(f, *role))).collect()
}

fn address(next: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", next);
    format!("/sign-in?{}", query.finish())
}
