//! What is to be put right: what a colleague proposed first, then what came back, then what is asked.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::corrections::{Correction, Subject};
use payung_domain::time::Instant;
use payung_flows::staff::corrections;

use super::Me;
use super::caller::Officer;
use crate::front;
use crate::guest::Trouble;
use crate::page::Frame;
use crate::pages::corrections::words::stage_words;

/// The list.
#[derive(Debug, Template)]
#[template(path = "desk/corrections.html")]
pub struct DeskCorrections {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// What is to be done.
    pub lines: Vec<Line>,
    /// Whether the officer just wanted to see one member more than they may.
    pub has_seen_enough: bool,
}

/// One correction. Whose it is is not told before it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is called.
    pub reference: String,
    /// What it is about.
    pub about: String,
    /// How far it is.
    pub stage: String,
    /// Until when the member is to be answered.
    pub due: String,
    /// Whether that is over.
    pub is_late: bool,
}

impl Line {
    fn of(f: &Frame, correction: &Correction, now: Instant) -> Self {
        let due = correction.due_at();
        let about = match correction.subject {
            Subject::Person => f.t("correction-about-person"),
            Subject::Row(key) => f.t1("desk-correction-row", "programme", key.programme.code()),
        };
        Self {
            reference: correction.reference.to_string(),
            about,
            stage: stage_words(f, correction.stage),
            due: f.date_time(&due),
            is_late: now > due,
        }
    }
}

impl DeskCorrections {
    /// The page of what is to be done.
    #[must_use]
    pub fn of(f: Frame, me: Me, all: &[Correction], now: Instant) -> Self {
        let lines = all.iter().map(|one| Line::of(&f, one, now)).collect();
        Self { f, me: Some(me), lines, has_seen_enough: false }
    }
}

/// `GET /corrections`
pub async fn show(officer: Officer) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let (app, visit) = (caller.app(), caller.visit());
    let all = corrections::list(app, visit, &officer.signed_in)
        .await?
        .map_err(|denied| officer.denied(denied, "/corrections"))?;
    let page = DeskCorrections::of(officer.frame(), officer.me(), &all, visit.now);
    let has_seen_enough = caller.guest.query.text("limit") == "reached";
    let page = DeskCorrections { has_seen_enough, ..page };
    Ok(front::show(StatusCode::OK, &page))
}
