//! What somebody takes away who sent a recovery in: a reference, and what comes next.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_flows::recoveries::asking::{self, Found, Receipt};

use crate::front;
use crate::guest::{Guest, Trouble, see_other};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;

/// The page with the reference.
#[derive(Debug, Template)]
#[template(path = "recover/received.html")]
pub struct Received {
    /// Around the page.
    pub f: Frame,
    /// What there is to keep.
    pub receipt: Receipt,
}

impl Received {
    fn way(&self) -> String {
        super::way_label(&self.f, self.receipt.way)
    }

    fn way_text(&self) -> String {
        super::way_text(&self.f, self.receipt.way)
    }
}

/// `GET /recover/received`: as often as this browser asks, for a day.
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    let Some(token) = &guest.recovery else { return Ok(see_other("/recover")) };
    Ok(match asking::view(&guest.site.app, &guest.visit, token).await? {
        Found::Sent(receipt) => {
            let f = guest.frame_of_anybody().await;
            front::show(StatusCode::OK, &Received { f, receipt })
        }
        Found::Open(_) => see_other(super::TASKS),
        Found::Gone => super::gone(&guest),
        Found::TooMany { until } => return Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    })
}
