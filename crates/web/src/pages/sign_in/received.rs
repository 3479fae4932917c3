//! What a second tap on the same button gets: the first one counted, go on from there (`dup`).

use askama::Template;
use axum::response::Response;
use payung_domain::time::Instant;
use payung_flows::sign_in::step;

use crate::cookies;
use crate::guest::{Form, Trouble, see_other};
use crate::page::Frame;

/// Says when the first one came.
#[derive(Debug, Template)]
#[template(path = "sign_in/received.html")]
pub struct Received {
    /// Around the page.
    pub f: Frame,
    /// When the first one came.
    pub at: Instant,
}

/// `POST /sign-in/resume`: for the browser that tapped twice and never got the first answer.
pub async fn resume(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let Ok((_, token)) = form.of_sign_in() else { return Ok(super::gone(guest)) };
    let session = step::resume(&guest.site.app, &guest.visit, token).await?;
    let mut response = see_other("/dashboard");
    let headers = response.headers_mut();
    cookies::forget(&guest.site, headers, cookies::SIGN_IN);
    if let Some(session) = session {
        cookies::set(&guest.site, headers, cookies::SESSION, session.expose(), None);
    }
    Ok(response)
}
