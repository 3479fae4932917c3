//! M32 Keluar / Sign out: a link may not end a session, so this page asks once.

use askama::Template;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use payung_flows::sessions;

use crate::guest::{Form, Guest, Member, Stale, Trouble, see_other};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;
use crate::{cookies, front};

/// The question. Works with an ended session too.
#[derive(Debug, Template)]
#[template(path = "sign_out/confirm.html")]
pub struct SignOut {
    /// Around the page.
    pub f: Frame,
}

/// `GET /sign-out`
pub async fn show(guest: Guest) -> Response {
    let f = guest.frame_of_anybody().await;
    front::show(StatusCode::OK, &SignOut { f })
}

/// `POST /sign-out`. Ends the session on the server; works with one that is over too.
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    if form.of_anybody().is_err() {
        // An old page: ask again on a new one.
        return Ok(see_other("/sign-out"));
    }
    let guest = &form.guest;
    if let Some(token) = &guest.session {
        sessions::end(&guest.site.app, &guest.visit, token).await?;
    }
    let mut response = see_other("/sign-in?reason=signed-out");
    let headers = response.headers_mut();
    for name in [cookies::SESSION, cookies::SIGN_IN] {
        cookies::forget(&guest.site, headers, name);
    }
    // Not relied on alone: no page of a member may be kept by the browser in the first place.
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

/// `POST /session/extend`: the script's "stay signed in". Answers the seconds that are left.
pub async fn extend(member: Member, form: Form) -> Result<String, Trouble> {
    match form.of_session() {
        Ok(_) => Ok(member.seconds_left().to_string()),
        Err(Stale) => Err(Trouble::Obstacle(Obstacle::Unreadable)),
    }
}
