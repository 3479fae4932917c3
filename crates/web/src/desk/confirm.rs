//! The passkey once more, before something dangerous.

use askama::Template;
use axum::response::Response;
use payung_flows::demo::staff as demo;
use payung_flows::passkeys::Challenge;
use payung_flows::staff::passkeys::{self, Answer};

use super::Me;
use super::caller::{Form, Officer, landing};
use super::sign_in::{KeyProblem, answered};
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problems};

/// The question.
#[derive(Debug, Template)]
#[template(path = "desk/confirm.html")]
pub struct StaffConfirm {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// What the browser is asked.
    pub passkey: Challenge,
    /// Where to go on, already checked.
    pub next: String,
    /// What needs fixing.
    pub problems: Problems,
}

/// `GET /confirm`
pub async fn show(officer: Officer) -> Result<Response, Trouble> {
    let next = landing(officer.caller.guest.query.filled("next")).to_owned();
    if officer.signed_in.session.is_proved(officer.caller.visit().now) {
        return Ok(see_other(&next));
    }
    page(&officer, next, None)
}

/// `GET` of an address that only takes answers: to the first page.
pub async fn back() -> Response {
    see_other("/")
}

/// `POST /confirm/passkey`
pub async fn submit(officer: Officer, form: Form) -> Result<Response, Trouble> {
    let next = landing(form.to_show_again().filled("next")).to_owned();
    let Ok(fields) = form.of_session() else { return page(&officer, next, Some(KeyProblem::Old)) };
    let caller = &officer.caller;
    let (app, visit, browser) = (caller.app(), caller.visit(), &caller.guest.browser);
    let (staff, token, answered) = (officer.signed_in.staff.id, &officer.token, answered(fields));
    match passkeys::confirm(app, visit, browser, staff, token, answered).await? {
        Answer::SignedIn(session) => Ok(caller.let_in(&session, &next)),
        other => page(&officer, next, Some(KeyProblem::of(&other)?)),
    }
}

/// `POST /demo/confirm`, in the demonstration alone.
pub async fn submit_demo(officer: Officer, form: Form) -> Result<Response, Trouble> {
    let next = landing(form.to_show_again().filled("next")).to_owned();
    if form.of_session().is_err() {
        return page(&officer, next, Some(KeyProblem::Old));
    }
    let caller = &officer.caller;
    let (app, visit, browser) = (caller.app(), caller.visit(), &caller.guest.browser);
    match demo::confirm(app, visit, browser, &officer.signed_in, &officer.token).await? {
        Some(Answer::SignedIn(session)) => Ok(caller.let_in(&session, &next)),
        Some(other) => page(&officer, next, Some(KeyProblem::of(&other)?)),
        None => page(&officer, next, Some(KeyProblem::None)),
    }
}

fn page(officer: &Officer, next: String, problem: Option<KeyProblem>) -> Result<Response, Trouble> {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", &next);
    let f = Frame { address: format!("/confirm?{}", query.finish()), ..officer.frame() };
    let caller = &officer.caller;
    let (app, visit, browser) = (caller.app(), caller.visit(), &caller.guest.browser);
    let passkey = passkeys::begin_confirming(app, visit, browser, &officer.token)?;
    let problems: Problems = problem.iter().map(|problem| problem.says(&f)).collect();
    let status = problems.status();
    let me = Some(officer.me());
    Ok(front::show(status, &StaffConfirm { f, me, passkey, next, problems }))
}
