//! M11 Email dan HP lama hilang / Lost e-mail and phone: asking for a recovery over four short pages,
//! seeing where it stands, stopping it, and finishing it. Every page is the same for everybody's
//! details and for nobody's (F-03).

pub mod code;
pub mod contact;
pub mod lost;
pub mod password;
pub mod proof;
pub mod received;
pub mod start;
pub mod status;
pub mod stop;
pub mod tasks;
pub mod who;

use std::time::Duration;

use axum::response::Response;
use payung_domain::contact::{Email, Phone};
use payung_domain::recoveries::{DRAFT_LIFE, ProofWay, Thing};
use payung_domain::second_factor::Destination;
use payung_domain::token::Token;
use payung_flows::recoveries::asking::{self, Asking, Done, Found};

use crate::cookies;
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;

/// The list of tasks, where each page leads back to.
const TASKS: &str = "/recover/tasks";

/// How long the token of a link waits in its cookie for the button.
const LINK_COOKIE_LIFE: Duration = Duration::from_mins(15);

/// What this browser fills in, or the page to show instead.
async fn open(guest: &Guest) -> Result<Result<(&Token, Asking), Response>, Trouble> {
    let Some(token) = &guest.recovery else { return Ok(Err(gone(guest))) };
    Ok(match asking::view(&guest.site.app, &guest.visit, token).await? {
        Found::Open(asking) => Ok((token, asking)),
        Found::Sent(_) => Err(see_other("/recover/received")),
        Found::Gone => Err(gone(guest)),
        Found::TooMany { until } => return Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    })
}

/// The token of a form that was made for what this browser fills in, or the page to show instead of
/// doing anything.
#[expect(clippy::result_large_err, reason = "a page to show instead is an answer, not a rarity")]
fn token_of(form: &Form) -> Result<Result<&Token, Stale>, Response> {
    match form.of_recovery() {
        Ok((_, token)) => Ok(Ok(token)),
        Err(_) if form.guest.recovery.is_some() => Ok(Err(Stale)),
        Err(_) => Err(gone(&form.guest)),
    }
}

/// The page is too old: it is shown again with what was typed.
struct Stale;

/// Around a page of what is filled in: its forms work in no other one (R2).
fn framed(guest: &Guest, token: &Token, address: &str) -> Frame {
    Frame { address: address.to_owned(), ..guest.frame_of_recovery(token) }
}

/// Back to the list of tasks once one is done, or wherever else it leads.
fn after(guest: &Guest, found: &Found<Done>) -> Result<Response, Trouble> {
    match found {
        Found::Open(Done::Kept) => Ok(see_other(TASKS)),
        Found::Open(Done::TooMany { until }) | Found::TooMany { until } => {
            Err(Trouble::Obstacle(Obstacle::TooMany(*until)))
        }
        Found::Sent(_) => Ok(see_other("/recover/received")),
        Found::Gone => Ok(gone(guest)),
    }
}

/// There is nothing to fill in any more: back to the start, with the reason.
fn gone(guest: &Guest) -> Response {
    let mut response = see_other("/recover?reason=old");
    cookies::forget(&guest.site, response.headers_mut(), cookies::RECOVERY);
    response
}

fn keep_token(guest: &Guest, response: &mut Response, token: &Token) {
    let headers = response.headers_mut();
    cookies::set(&guest.site, headers, cookies::RECOVERY, token.expose(), Some(DRAFT_LIFE));
}

/// The address or number that somebody typed, if it is one.
fn destination(typed: &str) -> Option<Destination> {
    if typed.contains('@') {
        Email::parse(typed).ok().map(Destination::Email)
    } else {
        Phone::parse(typed).ok().map(Destination::Sms)
    }
}

/// What a way to prove who one is is called.
pub(crate) fn way_label(f: &Frame, way: ProofWay) -> String {
    match way {
        ProofWay::Branch => f.t("recover-proof-branch"),
        ProofWay::Video => f.t("recover-proof-video"),
        ProofWay::Letter => f.t("recover-proof-letter"),
    }
}

/// What to do and bring for it.
pub(crate) fn way_text(f: &Frame, way: ProofWay) -> String {
    match way {
        ProofWay::Branch => f.t("recover-proof-branch-text"),
        ProofWay::Video => f.t("recover-proof-video-text"),
        ProofWay::Letter => f.t("recover-proof-letter-text"),
    }
}

/// What somebody can lose.
pub(crate) fn thing_label(f: &Frame, thing: Thing) -> String {
    match thing {
        Thing::Phone => f.t("recover-thing-phone"),
        Thing::Email => f.t("recover-thing-email"),
        Thing::App => f.t("recover-thing-app"),
        Thing::Passkeys => f.t("recover-thing-passkeys"),
        Thing::Codes => f.t("recover-thing-codes"),
    }
}
