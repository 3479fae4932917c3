//! "Yes, it is me", "cancel this", "this address is mine": a page shows, a button does (G-04). No
//! sign-in: whoever needs it may not be able to.

use std::time::Duration;

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use payung_domain::second_factor::Destination;
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_flows::staff::links::{self, Answer, Found, Matter as Asked};

use crate::desk::verify::kind_words;
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::Frame;
use crate::{cookies, front};

/// How long the token of a link waits in its cookie for the button.
const COOKIE_LIFE: Duration = Duration::from_mins(15);

const HERE: &str = "/desk-request";

/// The page with the one button, or with the reason why there is none.
#[derive(Debug, Template)]
#[template(path = "desk_request/answer.html")]
pub struct DeskRequest {
    /// Around the page.
    pub f: Frame,
    /// What it is about.
    pub matter: Matter,
}

/// What the link is worth.
#[derive(Clone, Debug)]
pub enum Matter {
    /// An officer asks whether the member is in touch.
    Check {
        /// What names it, so that a tab of another letter answers nothing.
        request: String,
        /// Who asks.
        officer: String,
        /// When.
        asked_at: Instant,
    },
    /// Something can be cancelled.
    Cancel {
        /// What names it, so that a tab of another letter cancels nothing.
        request: String,
        /// What it is, in words.
        what: String,
        /// Who asked for it.
        officer: String,
        /// When.
        asked_at: Instant,
    },
    /// A new address can be confirmed.
    Confirm {
        /// What names it.
        request: String,
        /// The address, masked.
        contact: String,
    },
    /// A claim about their death can be ended by whoever is alive.
    Alive {
        /// What names it, so that a tab of another letter ends nothing.
        request: String,
        /// Who was told so.
        officer: String,
        /// When.
        asked_at: Instant,
    },
    /// The button was pressed: how it went.
    Done(Done),
    /// It was settled at this moment.
    Over(Instant),
    /// The link ran out, or is none of ours.
    Gone,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// The officer knows that it is the member.
    Checked,
    /// It is cancelled.
    Cancelled,
    /// The address is confirmed.
    Confirmed,
    /// The claim about their death is over.
    Alive,
}

impl Done {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Checked, Self::Cancelled, Self::Confirmed, Self::Alive];

    const fn name(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Cancelled => "cancelled",
            Self::Confirmed => "confirmed",
            Self::Alive => "alive",
        }
    }
}

impl DeskRequest {
    fn title(&self) -> String {
        self.f.t(match self.matter {
            Matter::Check { .. } => "desk-request-check-title",
            Matter::Cancel { .. } => "desk-request-cancel-title",
            Matter::Confirm { .. } => "desk-request-confirm-title",
            Matter::Alive { .. } => "heirs-alive-title",
            Matter::Done(Done::Alive) => "heirs-alive-done-title",
            Matter::Done(Done::Checked) => "desk-request-checked-title",
            Matter::Done(Done::Cancelled) => "desk-request-cancelled-title",
            Matter::Done(Done::Confirmed) => "desk-request-confirmed-title",
            Matter::Over(_) => "desk-request-over-title",
            Matter::Gone => "desk-request-gone-title",
        })
    }

    fn done_text(&self) -> String {
        self.f.t(match self.matter {
            Matter::Done(Done::Checked) => "desk-request-checked-text",
            Matter::Done(Done::Confirmed) => "desk-request-confirmed-text",
            Matter::Done(Done::Alive) => "heirs-alive-done-text",
            _ => "desk-request-cancelled-text",
        })
    }
}

/// `GET /desk-request`. A token leaves the address at once, into a cookie; nothing else changes.
pub async fn show(headers: HeaderMap, guest: Guest) -> Result<Response, Trouble> {
    if guest.query.filled("token").is_some() {
        return Ok(cookies::take_from_address(&guest, cookies::DESK_REQUEST, COOKIE_LIFE, HERE));
    }
    let told = guest.query.text("done");
    if let Some(done) = Done::ALL.into_iter().find(|done| done.name() == told) {
        return Ok(page(&guest, StatusCode::OK, Zone::default(), Matter::Done(done)));
    }
    let Some(token) = link_of(&guest, &headers) else {
        return Ok(page(&guest, StatusCode::GONE, Zone::default(), Matter::Gone));
    };
    let found = links::view(&guest.site.app, &guest.visit, &token).await?;
    Ok(found_page(&guest, found))
}

/// `POST /desk-request`
pub async fn submit(headers: HeaderMap, form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let (app, visit) = (&guest.site.app, &guest.visit);
    // An old page, or a cookie that went: the page says what there is to do now.
    let Ok((fields, _)) = form.of_anybody() else { return Ok(see_other(HERE)) };
    let Some(token) = link_of(guest, &headers) else { return Ok(see_other(HERE)) };
    let is_about_this = match links::view(app, visit, &token).await? {
        Found::Open(asked, _) => subject(&asked) == fields.text("request"),
        // Pressed twice: it is said what became of it.
        Found::Over(..) | Found::Gone => true,
    };
    if !is_about_this {
        return Ok(see_other(HERE));
    }
    let done = match links::submit(app, visit, &token).await? {
        Answer::Checked => Done::Checked,
        Answer::Cancelled => Done::Cancelled,
        Answer::Confirmed => Done::Confirmed,
        Answer::Alive => Done::Alive,
        Answer::Refused(found) => return Ok(found_page(guest, found)),
    };
    let mut response = see_other(&format!("{HERE}?done={}", done.name()));
    cookies::forget(&guest.site, response.headers_mut(), cookies::DESK_REQUEST);
    Ok(response)
}

/// What names what a link is about: another tab's button is not meant for it.
fn subject(asked: &Asked) -> String {
    match asked {
        Asked::Check { asked_at, .. } => format!("check-{}", asked_at.micros()),
        Asked::Cancel(act) => act.id.0.to_string(),
        Asked::Confirm(act) => format!("confirm-{}", act.id.0),
        Asked::Alive(claim) => claim.id.0.to_string(),
    }
}

fn link_of(guest: &Guest, headers: &HeaderMap) -> Option<Token> {
    cookies::read_token(&guest.site, headers, cookies::DESK_REQUEST)
}

fn found_page(guest: &Guest, found: Found) -> Response {
    match found {
        Found::Open(asked, zone) => {
            let matter = open(&guest.frame(), asked);
            page(guest, StatusCode::OK, zone, matter)
        }
        Found::Over(at, zone) => page(guest, StatusCode::OK, zone, Matter::Over(at)),
        Found::Gone => page(guest, StatusCode::GONE, Zone::default(), Matter::Gone),
    }
}

fn open(f: &Frame, asked: Asked) -> Matter {
    let request = subject(&asked);
    match asked {
        Asked::Check { officer, asked_at } => Matter::Check { request, officer, asked_at },
        Asked::Cancel(act) => Matter::Cancel {
            request,
            what: kind_words(f, act.kind),
            officer: act.asked_by.name.as_str().to_owned(),
            asked_at: act.asked_at,
        },
        Asked::Confirm(act) => {
            let contact = act.new.as_ref().map(Destination::masked).unwrap_or_default();
            Matter::Confirm { request, contact }
        }
        Asked::Alive(claim) => Matter::Alive {
            request,
            officer: claim.opened_by.name.as_str().to_owned(),
            asked_at: claim.opened_at,
        },
    }
}

fn page(guest: &Guest, status: StatusCode, zone: Zone, matter: Matter) -> Response {
    // A page that answers a POST names the address its form is shown at.
    let f = Frame { address: HERE.to_owned(), zone, ..guest.frame() };
    front::show(status, &DeskRequest { f, matter })
}
