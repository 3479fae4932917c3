//! Signing in: password, the choice of a second step, and its code.

pub mod choose;
pub mod code;
pub mod passkey;
pub mod password;
pub mod paused;
pub mod received;
pub mod recovery;

use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_flows::sessions;
use payung_flows::sign_in::step::{self, Found, OpenWay, Step};
use payung_flows::sign_in::{Ending, Opened};

use self::paused::Pause;
use self::received::Received;
use crate::form::Fields;
use crate::guest::{Guest, Trouble, see_other};
use crate::page::Frame;
use crate::{cookies, front};

/// A way to take the second step, as a page names it. Shown only after the password (section 0 of
/// the interface: nothing about an account before that).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// The code that an authenticator app shows.
    Totp,
    /// A code by text message.
    Sms {
        /// The last two digits of the number.
        ending: String,
    },
    /// A code by e-mail.
    Email {
        /// The address, masked.
        masked: String,
    },
    /// A recovery code.
    RecoveryCode,
}

impl Way {
    /// A passkey is none of these: the browser asks for it, not a page.
    pub(crate) fn of(open: &OpenWay) -> Option<Self> {
        Some(match open {
            OpenWay::Passkey => return None,
            OpenWay::Totp => Self::Totp,
            OpenWay::Sms { ending } => Self::Sms { ending: ending.clone() },
            OpenWay::Email { masked } => Self::Email { masked: masked.clone() },
            OpenWay::RecoveryCode => Self::RecoveryCode,
        })
    }

    /// The value of the `method` field.
    #[must_use]
    pub const fn method(&self) -> &'static str {
        match self {
            Self::Totp => "totp",
            Self::Sms { .. } => "sms",
            Self::Email { .. } => "email",
            Self::RecoveryCode => "recovery-code",
        }
    }

    /// What the choice is called: "SMS ke nomor berakhiran 21".
    #[must_use]
    pub fn label(&self, f: &Frame) -> String {
        match self {
            Self::Totp => f.t("way-totp"),
            Self::Sms { ending } => f.t1("way-sms", "ending", ending),
            Self::Email { masked } => f.t1("way-email", "address", masked),
            Self::RecoveryCode => f.t("way-recovery"),
        }
    }

    /// What to have at hand.
    #[must_use]
    pub fn hint(&self, f: &Frame) -> String {
        match self {
            Self::Totp => f.t("way-totp-hint"),
            Self::Sms { .. } => f.t("way-sms-hint"),
            Self::Email { .. } => f.t("way-email-hint"),
            Self::RecoveryCode => f.t("way-recovery-hint"),
        }
    }

    /// Where the code is, said above the field.
    #[must_use]
    pub fn whereabouts(&self, f: &Frame) -> String {
        match self {
            Self::Totp => f.t("code-in-app"),
            Self::Sms { ending } => f.t1("code-sent-sms", "ending", ending),
            Self::Email { masked } => f.t1("code-sent-email", "address", masked),
            Self::RecoveryCode => f.t("recovery-lead"),
        }
    }

    /// Whether the code is sent, and so can be sent again and can run out.
    #[must_use]
    pub const fn is_sent(&self) -> bool {
        matches!(self, Self::Sms { .. } | Self::Email { .. })
    }
}

/// The sign-in that this browser is in, or the page to show instead.
async fn open_step(guest: &Guest) -> Result<Result<(&Token, Step), Response>, Trouble> {
    let Some(token) = &guest.sign_in else { return Ok(Err(gone(guest))) };
    Ok(match step::view(&guest.site.app, &guest.visit, token).await? {
        Found::Open(step) => Ok((token, step)),
        Found::Finished(at) => Err(finished(guest, at).await?),
        Found::Gone => Err(gone(guest)),
    })
}

/// Around a page of this sign-in: its forms work in no other one.
fn framed(guest: &Guest, token: &Token, step: &Step) -> Frame {
    Frame { zone: step.zone, ..guest.frame_of_sign_in(token) }
}

/// Lets a browser in: it gets its session, and the sign-in is over.
pub(crate) fn let_in(guest: &Guest, opened: &Opened) -> Response {
    with_session(guest, opened, see_other(&opened.landing))
}

/// The same with another answer than the way to where it was going.
fn with_session(guest: &Guest, opened: &Opened, mut response: Response) -> Response {
    let headers = response.headers_mut();
    cookies::set(&guest.site, headers, cookies::SESSION, opened.session.expose(), None);
    cookies::forget(&guest.site, headers, cookies::SIGN_IN);
    response
}

/// What this browser brings to the end of its sign-in.
fn ending<'a>(guest: &'a Guest, fields: &Fields) -> Ending<'a> {
    Ending { earlier: guest.session.as_ref(), remembers: !fields.text("remember").is_empty() }
}

/// Why no code may be tried now, if none may.
fn pause(step: &Step) -> Option<Pause> {
    let until = step.paused_until.map(Pause::Code);
    if step.is_locked { Some(Pause::CodeLocked) } else { until }
}

/// Where "not any of these" leads: the start of a sign-in, or back to what a member was doing.
fn way_back(step: &Step) -> &'static str {
    if step.proves_for.is_some() { "/security" } else { "/sign-in" }
}

/// There is no such sign-in any more: back to the start, with the reason.
fn gone(guest: &Guest) -> Response {
    let mut response = see_other("/sign-in?reason=step-old");
    cookies::forget(&guest.site, response.headers_mut(), cookies::SIGN_IN);
    response
}

/// The sign-in was finished already: go on if this browser has its session, else say so.
async fn finished(guest: &Guest, at: Instant) -> Result<Response, Trouble> {
    if let Some(sessions::Found::Live(_)) = guest.find_session().await? {
        return Ok(see_other("/dashboard"));
    }
    let Some(token) = &guest.sign_in else { return Ok(gone(guest)) };
    Ok(front::show(StatusCode::OK, &Received { f: guest.frame_of_sign_in(token), at }))
}
