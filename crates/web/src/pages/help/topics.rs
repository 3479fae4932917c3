//! M35 Bantuan / Help: the questions people really have, answered with what works today.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use crate::front;
use crate::guest::Guest;
use crate::page::Frame;

/// The help page. Works signed out and without cookies.
#[derive(Debug, Template)]
#[template(path = "help/topics.html")]
pub struct Topics {
    /// Around the page.
    pub f: Frame,
}

/// `GET /help`
pub async fn show(guest: Guest) -> Response {
    let f = guest.frame_of_anybody().await;
    front::show(StatusCode::OK, &Topics { f })
}
