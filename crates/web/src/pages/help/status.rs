//! M34 Status layanan / Service status: part by part, in words, and since when.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::language::Language;
use payung_domain::service::{Condition, Episode, Part, Standing};
use payung_domain::time::Instant;
use payung_flows::service::{self, Standings};

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
    pub lines: Vec<Line>,
    /// What is over, newest first.
    pub history: Vec<Past>,
}

/// One part, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub label: String,
    /// How it is coloured.
    pub look: &'static str,
    /// How it is.
    pub state: String,
    /// Since when, where something is the matter.
    pub since: Option<String>,
    /// What staff say of it.
    pub text: Option<String>,
}

/// One thing that is over, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// What part it was.
    pub label: String,
    /// How it was.
    pub state: String,
    /// From when until when.
    pub span: String,
    /// What was said of it.
    pub text: String,
}

/// A part, as members know it.
#[must_use]
pub fn part_words(f: &Frame, part: Part) -> String {
    f.t(match part {
        Part::SignIn => "status-sign-in",
        Part::Records => "status-records",
        Part::Statements => "status-statements",
        Part::Applications => "status-applications",
        Part::Sms => "status-sms",
        Part::Email => "status-email",
        Part::Claims => "status-claims",
        Part::HelpLine => "status-help-line",
    })
}

/// How it is, in words.
#[must_use]
pub fn condition_words(f: &Frame, condition: Condition) -> String {
    f.t(match condition {
        Condition::Works => "status-works",
        Condition::Slow => "status-slow",
        Condition::Closed => "status-closed",
    })
}

impl Line {
    /// How a part stands, in the language of a page.
    #[must_use]
    pub fn of(f: &Frame, standing: &Standing) -> Self {
        let look = match standing.condition {
            Condition::Works => "ok",
            Condition::Slow => "late",
            Condition::Closed => "miss",
        };
        let since = standing.since.filter(|_| standing.condition != Condition::Works);
        let text = standing.text.as_ref().map(|(indonesian, english)| match f.language {
            Language::Id => indonesian.clone(),
            Language::En => english.clone(),
        });
        Self {
            label: part_words(f, standing.part),
            look,
            state: condition_words(f, standing.condition),
            since: since.map(|at| f.t1("status-since", "time", f.date_time(&at))),
            text,
        }
    }
}

impl Past {
    /// Something that is over, in the language of a page.
    #[must_use]
    pub fn of(f: &Frame, episode: &Episode) -> Self {
        let from = f.date_time(&episode.began_at);
        let until = episode.ended_at.map(|at| f.date_time(&at)).unwrap_or_default();
        Self {
            label: part_words(f, episode.part),
            state: condition_words(f, episode.condition),
            span: f.t2("status-span", "from", from, "until", until),
            text: episode.text(f.language).to_owned(),
        }
    }
}

impl Status {
    /// The page of how everything stands.
    #[must_use]
    pub fn of(f: Frame, at: Instant, standings: &Standings) -> Self {
        let lines = standings.parts.iter().map(|standing| Line::of(&f, standing)).collect();
        let history = standings.history.iter().map(|episode| Past::of(&f, episode)).collect();
        Self { f, at, lines, history }
    }

    fn all_works(&self) -> bool {
        self.lines.iter().all(|line| line.look == "ok")
    }
}

/// `GET /status`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    let standings = service::standings(&guest.site.app, &guest.visit).await;
    let page = Status::of(guest.frame(), guest.visit.now, &standings);
    Ok(front::show(StatusCode::OK, &page))
}
