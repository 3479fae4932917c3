//! Leaving the desk, and staying a while longer.

use askama::Template;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use payung_flows::staff;

use super::Me;
use super::caller::{Form, Officer};
use crate::guest::{Stale, Trouble, see_other};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;
use crate::{cookies, front};

/// The question: a link may not end a session.
#[derive(Debug, Template)]
#[template(path = "desk/sign_out.html")]
pub struct StaffSignOut {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
}

/// `GET /sign-out`
pub async fn show(officer: Officer) -> Response {
    let (f, me) = (officer.frame(), Some(officer.me()));
    front::show(StatusCode::OK, &StaffSignOut { f, me })
}

/// `POST /sign-out`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    if form.of_session().is_err() {
        return Ok(see_other("/sign-out"));
    }
    let caller = &form.caller;
    if let Some(token) = &caller.session {
        staff::sign_out(caller.app(), caller.visit(), token).await?;
    }
    let mut response = see_other("/sign-in");
    let headers = response.headers_mut();
    cookies::forget(&caller.guest.site, headers, cookies::DESK_SESSION);
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

/// `POST /session/extend`: the script's "stay signed in". Answers the seconds that are left.
pub async fn extend(officer: Officer, form: Form) -> Result<String, Trouble> {
    let left = officer.signed_in.until.since(officer.caller.visit().now);
    match form.of_session() {
        Ok(_) => Ok(left.as_secs().to_string()),
        Err(Stale) => Err(Trouble::Obstacle(Obstacle::Unreadable)),
    }
}
