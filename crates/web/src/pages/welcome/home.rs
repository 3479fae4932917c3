//! M01 Beranda / Welcome: what can be done here, and the real address spelled out.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::front;
use crate::guest::Guest;
use crate::page::Frame;

/// The first page. The same for everybody, except that members who are signed in may go on.
#[derive(Debug, Template)]
#[template(path = "welcome/home.html")]
pub struct Home {
    /// Around the page.
    pub f: Frame,
}

/// `GET /`
pub async fn show(guest: Guest) -> Response {
    let mut page = front::show(StatusCode::OK, &Home { f: guest.frame_of_anybody().await });
    if guest.session.is_none() {
        // The same for everybody who is not signed in, so it may be kept a while: on a slow line
        // the way back to the door costs nothing.
        let headers = page.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
        headers.insert(header::VARY, HeaderValue::from_static("cookie, accept-language"));
    }
    page
}
