//! The link in the letter of an old contact (G-10): a page shows, a button takes the change back. No
//! sign-in: whoever took over the account may have shut its owner out.

use std::time::Duration;

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use payung_domain::contact_changes::{Change, State};
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_flows::contact_changes::undo::{self, Answer, Found};

use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::Frame;
use crate::pages::personal::in_words;
use crate::{cookies, front};

/// How long the token of a link waits in its cookie for the button.
const COOKIE_LIFE: Duration = Duration::from_mins(15);

const HERE: &str = "/undo-change";

/// The page with the one button, or with the reason why there is none.
#[derive(Debug, Template)]
#[template(path = "undo/change.html")]
pub struct UndoChange {
    /// Around the page.
    pub f: Frame,
    /// What it is about.
    pub matter: Matter,
}

/// What the link is worth.
#[derive(Clone, Debug)]
pub enum Matter {
    /// It works.
    Open {
        /// The id of the change, so that a tab of another letter takes nothing back.
        change: String,
        /// What it does, in words.
        what: String,
        /// When it takes effect, while it has not.
        effective_at: Option<Instant>,
    },
    /// The change was taken back then.
    Cancelled(Instant),
    /// The link ran out, or is none of ours.
    Expired,
    /// It is done.
    Done,
}

impl UndoChange {
    fn title(&self) -> String {
        match self.matter {
            Matter::Open { .. } => self.f.t("undo-title"),
            Matter::Cancelled(_) | Matter::Done => self.f.t("undo-done-title"),
            Matter::Expired => self.f.t("undo-expired"),
        }
    }
}

/// `GET /undo-change`. A token leaves the address at once, into a cookie; nothing else changes.
pub async fn show(headers: HeaderMap, guest: Guest) -> Result<Response, Trouble> {
    if guest.query.filled("token").is_some() {
        return Ok(cookies::take_from_address(&guest, cookies::UNDO, COOKIE_LIFE, HERE));
    }
    if guest.query.text("done") == "yes" {
        return Ok(page(&guest, StatusCode::OK, Zone::default(), Matter::Done));
    }
    let Some(token) = link_of(&guest, &headers) else {
        return Ok(page(&guest, StatusCode::GONE, Zone::default(), Matter::Expired));
    };
    let found = undo::view(&guest.site.app, &guest.visit, &token).await?;
    Ok(found_page(&guest, found))
}

/// `POST /undo-change`
pub async fn submit(headers: HeaderMap, form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let (app, visit) = (&guest.site.app, &guest.visit);
    // An old page, or a cookie that went: the page says what there is to do now.
    let Ok((fields, _)) = form.of_anybody() else { return Ok(see_other(HERE)) };
    let Some(token) = link_of(guest, &headers) else { return Ok(see_other(HERE)) };
    let is_about_this = match undo::view(app, visit, &token).await? {
        Found::Open(change, _) => change.id.0.to_string() == fields.text("change"),
        // Pressed twice: it is said what became of it.
        Found::Cancelled(..) | Found::Expired => true,
    };
    if !is_about_this {
        return Ok(see_other(HERE));
    }
    Ok(match undo::submit(app, visit, &token).await? {
        Answer::Undone => {
            let mut response = see_other("/undo-change?done=yes");
            cookies::forget(&guest.site, response.headers_mut(), cookies::UNDO);
            response
        }
        Answer::Refused(found) => found_page(guest, found),
    })
}

fn link_of(guest: &Guest, headers: &HeaderMap) -> Option<Token> {
    cookies::read_token(&guest.site, headers, cookies::UNDO)
}

fn found_page(guest: &Guest, found: Found) -> Response {
    match found {
        Found::Open(change, zone) => {
            let f = Frame { zone, ..guest.frame() };
            page(guest, StatusCode::OK, zone, open(&f, &change, guest.visit.now))
        }
        Found::Cancelled(at, zone) => page(guest, StatusCode::OK, zone, Matter::Cancelled(at)),
        Found::Expired => page(guest, StatusCode::GONE, Zone::default(), Matter::Expired),
    }
}

fn open(f: &Frame, change: &Change, now: Instant) -> Matter {
    let effective_at = match change.state(now) {
        State::CoolingOff { effective_at } => Some(effective_at),
        _ => None,
    };
    Matter::Open { change: change.id.0.to_string(), what: in_words(f, change), effective_at }
}

fn page(guest: &Guest, status: StatusCode, zone: Zone, matter: Matter) -> Response {
    // A page that answers a POST names the address its form is shown at.
    let f = Frame { address: HERE.to_owned(), zone, ..guest.frame() };
    front::show(status, &UndoChange { f, matter })
}
