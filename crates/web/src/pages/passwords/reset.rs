//! M10 Kata sandi baru / New password: with a link from a letter, or what a code is worth.
//!
//! The link leaves the address at once, for a cookie of its own; looking at it changes nothing
//! (G-04). Nobody is signed in by it, and the second step is not touched (G-05).

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use payung_domain::passwords::reset::{LINK_LIFE, LinkState};
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_flows::passwords::Refused;
use payung_flows::passwords::reset::{self, Answer, Found};

use super::strength::in_words;
use crate::guest::{Form, Guest, RESET_PATH, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;
use crate::{cookies, front};

/// The page of a link that works. The password never comes back into it.
#[derive(Debug, Template)]
#[template(path = "passwords/reset.html")]
pub struct Reset {
    /// Around the page.
    pub f: Frame,
    /// What password managers file the new password under.
    pub user_name: String,
    /// The fewest characters, for the hint.
    pub least: u32,
    /// What the meter says of the password that was not taken.
    pub strength: String,
    /// What needs fixing.
    pub problems: Problems,
}

/// The page of a link that does not work.
#[derive(Debug, Template)]
#[template(path = "passwords/over.html")]
pub struct Over {
    /// Around the page.
    pub f: Frame,
    /// Why.
    pub why: Why,
}

/// Why a link does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// `link.expired`
    Expired,
    /// `link.used`, with the moment: perhaps the answer was lost, and this is how it is heard.
    Used(Instant),
    /// `link.newer`
    Newer,
    /// It has just set the password: the answer was lost on the way, or the button pressed twice.
    Done(Instant),
}

impl Why {
    /// The heading.
    #[must_use]
    pub fn title(self, f: &Frame) -> String {
        match self {
            Self::Expired | Self::Newer => f.t("link-title"),
            Self::Used(at) | Self::Done(at) => f.t1("link-used-at", "time", f.clock(&at)),
        }
    }

    /// What happened, and what to do.
    #[must_use]
    pub fn text(self, f: &Frame) -> String {
        match self {
            Self::Expired => f.t("link-expired"),
            Self::Used(_) => f.t("link-used"),
            Self::Newer => f.t("link-newer"),
            Self::Done(_) => f.t("link-used-text"),
        }
    }

    /// Whether the password is set, so that signing in is what comes next.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Used(_) | Self::Done(_))
    }

    /// Whether another link may be what is needed.
    #[must_use]
    pub const fn wants_another(self) -> bool {
        !matches!(self, Self::Done(_))
    }

    fn of(state: LinkState) -> Self {
        match state {
            LinkState::Used(at) => Self::Used(at),
            LinkState::Newer => Self::Newer,
            LinkState::Expired | LinkState::Good => Self::Expired,
        }
    }
}

/// `GET /reset-password`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    if guest.query.filled("token").is_some() {
        let taken = cookies::take_from_address(&guest, cookies::RESET, LINK_LIFE, RESET_PATH);
        return Ok(silent(taken));
    }
    let Some(link) = &guest.reset else { return Ok(over(&guest, Why::Expired, Zone::default())) };
    again(&guest, link, None).await
}

/// `POST /reset-password`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let Ok((fields, link)) = form.of_reset() else {
        return match &guest.reset {
            None => Ok(over(guest, Why::Expired, Zone::default())),
            Some(link) => {
                let stale = |f: &Frame| Problem { field: "new_password", text: f.t("stale") };
                again(guest, link, Some((&stale, None))).await
            }
        };
    };
    let typed = fields.secret("new_password");
    if typed.expose().is_empty() {
        let empty = |f: &Frame| Problem { field: "new_password", text: f.t("pw-empty") };
        return again(guest, link, Some((&empty, None))).await;
    }
    match reset::submit(&guest.site.app, &guest.visit, link, &typed).await? {
        Answer::Done => {
            let mut response = see_other("/sign-in?reason=password-changed");
            let headers = response.headers_mut();
            let spent = [cookies::RESET, cookies::FORGOTTEN, cookies::SESSION, cookies::SIGN_IN];
            for name in spent {
                cookies::forget(&guest.site, headers, name);
            }
            Ok(silent(response))
        }
        Answer::Over(LinkState::Used(at), zone) => Ok(over(guest, Why::Done(at), zone)),
        Answer::Over(state, zone) => Ok(over(guest, Why::of(state), zone)),
        Answer::Refused(refused) => {
            let why = |f: &Frame| super::refused(f, refused.why);
            again(guest, link, Some((&why, Some(&refused)))).await
        }
        Answer::TooMany { until } => Err(Trouble::Obstacle(Obstacle::TooMany(until))),
        Answer::Busy => Err(Trouble::Obstacle(Obstacle::Busy)),
    }
}

/// What is the matter, and the password it is the matter with.
type Matter<'a> = (&'a (dyn Fn(&Frame) -> Problem + Sync), Option<&'a Refused>);

async fn again(
    guest: &Guest,
    link: &Token,
    matter: Option<Matter<'_>>,
) -> Result<Response, Trouble> {
    let app = &guest.site.app;
    let (user_name, least, zone) = match reset::view(app, &guest.visit, link).await? {
        Found::Good { user_name, least, zone } => (user_name, least, zone),
        Found::Over(state, zone) => return Ok(over(guest, Why::of(state), zone)),
    };
    let f = Frame { zone, ..guest.frame_of_reset(link) };
    let refused = matter.and_then(|(_, refused)| refused);
    let status = match matter {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = Reset {
        user_name,
        least,
        strength: refused.map(|refused| in_words(&f, &refused.strength)).unwrap_or_default(),
        problems: matter.iter().map(|(says, _)| says(&f)).collect(),
        f,
    };
    Ok(silent(front::show(status, &page)))
}

fn over(guest: &Guest, why: Why, zone: Zone) -> Response {
    let f = Frame { zone, ..guest.frame() };
    let status = if why.wants_another() { StatusCode::GONE } else { StatusCode::OK };
    silent(front::show(status, &Over { f, why }))
}

/// No page learns from this one where its visitor comes from.
pub(super) fn silent(mut response: Response) -> Response {
    let nothing = HeaderValue::from_static("no-referrer");
    response.headers_mut().insert(header::REFERRER_POLICY, nothing);
    response
}
