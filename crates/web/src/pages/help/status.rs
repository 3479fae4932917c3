//! M34 Status layanan / Service status: part by part, in words.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::time::Instant;

use payung_flows::service;

use crate::front;
use crate::guest::{Guest, Trouble};
use crate::page::Frame;

/// The status page. Works signed out and without cookies.
#[derive(Debug, Template)]
#[template(path = "help/status.html")]
pub struct Status {
    /// Around the page.
    pub f: Frame,
    /// When this was looked at.
    pub at: Instant,
    /// Part by part.
    pub parts: Vec<(Part, State)>,
}

/// A part of the service, as members know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Signing in.
    SignIn,
    /// Contributions and balance.
    Records,
    /// Codes by text message.
    Sms,
    /// Codes and letters by e-mail.
    Email,
}

/// How a part is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As it should.
    Works,
    /// Later than it should.
    Slow,
    /// Closed, with the time it opens again when that is known.
    Closed(Option<Instant>),
}

impl Part {
    fn label(self, f: &Frame) -> String {
        match self {
            Self::SignIn => f.t("status-sign-in"),
            Self::Records => f.t("status-records"),
            Self::Sms => f.t("status-sms"),
            Self::Email => f.t("status-email"),
        }
    }
}

impl State {
    fn look(self) -> &'static str {
        match self {
            Self::Works => "ok",
            Self::Slow => "late",
            Self::Closed(_) => "miss",
        }
    }

    fn label(self, f: &Frame) -> String {
        match self {
            Self::Works => f.t("status-works"),
            Self::Slow => f.t("status-slow"),
            Self::Closed(None) => f.t("status-closed"),
            Self::Closed(Some(until)) => f.t1("status-closed-until", "time", f.date_time(&until)),
        }
    }
}

impl Status {
    fn all_works(&self) -> bool {
        self.parts.iter().all(|(_, state)| *state == State::Works)
    }
}

/// `GET /status`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    let state = service::state(&guest.site.app, &guest.visit).await;
    let of = |is_late: bool, is_on: bool| match (is_on, is_late) {
        (false, _) => State::Closed(None),
        (true, true) => State::Slow,
        (true, false) => State::Works,
    };
    let settings = &guest.site.app.settings;
    let parts = vec![
        (Part::SignIn, of(state.is_crowded, state.has_database)),
        (Part::Records, of(false, state.has_database)),
        (Part::Sms, of(state.messages_are_late, settings.sms_codes)),
        (Part::Email, of(state.messages_are_late, settings.email_codes)),
    ];
    let page = Status { f: guest.frame(), at: guest.visit.now, parts };
    Ok(front::show(StatusCode::OK, &page))
}
