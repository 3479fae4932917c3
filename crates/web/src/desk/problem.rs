//! What stands in the way of a page of the desk.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use payung_domain::time::Instant;

use super::Me;
use crate::front::{retry_after, show};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;

/// What stands in the way, and what to do.
#[derive(Debug, Template)]
#[template(path = "desk/problem.html")]
pub struct DeskProblem {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in, if that was found out.
    pub me: Option<Me>,
    /// What stands in the way.
    pub obstacle: Obstacle,
}

impl DeskProblem {
    /// The answer that says so.
    pub(super) fn answer(&self, now: Instant) -> Response {
        let status = StatusCode::from_u16(self.obstacle.status());
        let mut response = show(status.unwrap_or(StatusCode::BAD_REQUEST), self);
        if let Some(seconds) = retry_after(&self.obstacle, now) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
