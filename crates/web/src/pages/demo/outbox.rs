//! The demonstration's outbox: everything that would have been sent, newest first.

use askama::Template;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use payung_domain::time::Instant;
use payung_flows::demo;
use payung_flows::demo::Caught;
use serde_json::json;

use crate::front;
use crate::guest::{Guest, Trouble};
use crate::page::Frame;

/// The outbox page. Exists in the demonstration only.
#[derive(Debug, Template)]
#[template(path = "demo/outbox.html")]
pub struct Outbox {
    /// Around the page.
    pub f: Frame,
    /// The address that `?to=` asks for; empty for all.
    pub to: String,
    /// Newest first.
    pub messages: Vec<Sent>,
}

/// A message that would have been sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// When.
    pub at: Instant,
    /// How.
    pub channel: Channel,
    /// To whom: address or number.
    pub to: String,
    /// What it is, as in the JSON: `sign-in-code`.
    pub kind: String,
    /// The subject of a letter.
    pub subject: Option<String>,
    /// The words.
    pub text: String,
    /// The code in it.
    pub code: Option<String>,
    /// The link in it.
    pub link: Option<String>,
}

/// How a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// A letter.
    Email,
    /// A text message.
    Sms,
}

impl Channel {
    fn label(self, f: &Frame) -> String {
        match self {
            Self::Email => f.t("channel-email"),
            Self::Sms => f.t("channel-sms"),
        }
    }
}

/// `GET /demo/outbox`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    let messages = messages(&guest).await?.into_iter().map(Sent::of).collect();
    let to = guest.query.text("to").to_owned();
    let page = Outbox { f: guest.frame_of_anybody().await, to, messages };
    Ok(front::show(StatusCode::OK, &page))
}

/// `GET /demo/outbox.json`
pub async fn list(guest: Guest) -> Result<Response, Trouble> {
    let all: Vec<_> = messages(&guest)
        .await?
        .into_iter()
        .map(|m| {
            json!({
                "id": m.id, "at": m.at.rfc3339(), "channel": m.channel, "to": m.to,
                "kind": m.kind, "subject": m.subject, "text": m.text, "code": m.code,
                "link": m.link,
            })
        })
        .collect();
    Ok(Json(all).into_response())
}

async fn messages(guest: &Guest) -> Result<Vec<Caught>, Trouble> {
    let all = demo::outbox(&guest.site.app).await?;
    let to = guest.query.text("to").trim();
    Ok(all.into_iter().filter(|message| to.is_empty() || message.to == to).collect())
}

impl Sent {
    fn of(caught: Caught) -> Self {
        Self {
            at: caught.at,
            channel: if caught.channel == "sms" { Channel::Sms } else { Channel::Email },
            to: caught.to,
            kind: caught.kind,
            subject: Some(caught.subject).filter(|subject| !subject.is_empty()),
            text: caught.text,
            code: caught.code,
            link: caught.link,
        }
    }
}
