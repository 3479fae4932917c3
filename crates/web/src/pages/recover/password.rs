//! The end of a recovery: a new password, with the link at the new address or after the code at the
//! new number.
//!
//! The link leaves the address at once; looking at it changes nothing (G-04). Nobody is signed in by
//! it, and the second step is asked for after it (G-05).

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::recoveries::{End, LINK_LIFE, Lost, Thing};
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_flows::passwords::Refused;
use payung_flows::recoveries::finishing::{self, Answer, Found, Why as Reason};

use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::passwords::refused as says;
use crate::pages::passwords::strength::in_words;
use crate::pages::problems::problem::Obstacle;
use crate::{cookies, front};

/// Where it is set.
const HERE: &str = "/recover/password";

/// The page of a link that works. The password never comes back into it.
#[derive(Debug, Template)]
#[template(path = "recover/password.html")]
pub struct Password {
    /// Around the page.
    pub f: Frame,
    /// What password managers file the new password under.
    pub user_name: String,
    /// What goes with it.
    pub lost: Lost,
    /// The fewest characters, for the hint.
    pub least: u32,
    /// What the meter says of the password that was not taken.
    pub strength: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl Password {
    /// The ways to prove who one is that are taken away.
    fn removed(&self) -> Vec<String> {
        let is_a_way = |thing: &Thing| matches!(thing, Thing::App | Thing::Passkeys | Thing::Codes);
        self.lost
            .things()
            .filter(is_a_way)
            .map(|thing| super::thing_label(&self.f, thing))
            .collect()
    }
}

/// The page of a link that does not work.
#[derive(Debug, Template)]
#[template(path = "recover/over.html")]
pub struct Over {
    /// Around the page.
    pub f: Frame,
    /// Why.
    pub why: Why,
}

/// Why a link does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It ran out: another one can be asked for.
    Expired,
    /// A newer one came.
    Newer,
    /// It has set the password: the answer was lost on the way, or the button pressed twice.
    Done(Instant),
    /// The recovery was stopped.
    Stopped,
    /// The support desk refused it, or it ran out.
    Closed,
    /// The new address has become somebody else's.
    Taken,
}

impl Why {
    fn of(reason: Reason) -> Self {
        match reason {
            Reason::Expired => Self::Expired,
            Reason::Newer => Self::Newer,
            Reason::Used(at) => Self::Done(at),
            Reason::Ended(End::Stopped | End::Undone) => Self::Stopped,
            Reason::Ended(End::Refused | End::Expired | End::Done) => Self::Closed,
            Reason::Taken => Self::Taken,
        }
    }

    fn title(self, f: &Frame) -> String {
        match self {
            Self::Done(at) => f.t1("link-used-at", "time", f.clock(&at)),
            _ => f.t("link-title"),
        }
    }

    fn text(self, f: &Frame) -> String {
        match self {
            Self::Expired => f.t("link-expired"),
            Self::Newer => f.t("link-newer"),
            Self::Done(_) => f.t("link-used-text"),
            Self::Stopped => f.t("recover-state-stopped"),
            Self::Closed => f.t("recover-closed"),
            Self::Taken => f.t("recover-taken"),
        }
    }

    const fn is_done(self) -> bool {
        matches!(self, Self::Done(_))
    }
}

/// `GET /recover/password`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    if guest.query.filled("token").is_some() {
        return Ok(cookies::take_from_address(&guest, cookies::RECOVERY_LINK, LINK_LIFE, HERE));
    }
    let Some(link) = &guest.recovery_link else {
        return Ok(over(&guest, Why::Expired, Zone::default()));
    };
    again(&guest, link, None, None).await
}

/// `POST /recover/password`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let Ok((fields, link)) = form.of_recovery_link() else {
        return match &guest.recovery_link {
            None => Ok(over(guest, Why::Expired, Zone::default())),
            Some(link) => again(guest, link, Some("stale"), None).await,
        };
    };
    let typed = fields.secret("new_password");
    if typed.expose().is_empty() {
        return again(guest, link, Some("pw-empty"), None).await;
    }
    match finishing::submit(&guest.site.app, &guest.visit, link, &typed).await? {
        Answer::Done => {
            let mut response = see_other("/sign-in?reason=password-changed");
            let spent = [
                cookies::RECOVERY_LINK,
                cookies::RECOVERY,
                cookies::RECOVERY_SEEN,
                cookies::FORGOTTEN,
                cookies::SESSION,
                cookies::SIGN_IN,
            ];
            for name in spent {
                cookies::forget(&guest.site, response.headers_mut(), name);
            }
            Ok(response)
        }
        Answer::Over(reason, zone) => Ok(over(guest, Why::of(reason), zone)),
        Answer::Refused(refused) => again(guest, link, None, Some(&refused)).await,
        Answer::TooMany { until } => Err(Trouble::Obstacle(Obstacle::TooMany(until))),
        Answer::Busy => Err(Trouble::Obstacle(Obstacle::Busy)),
    }
}

async fn again(
    guest: &Guest,
    link: &Token,
    problem: Option<&str>,
    refused: Option<&Refused>,
) -> Result<Response, Trouble> {
    let app = &guest.site.app;
    let (user_name, lost, zone) = match finishing::view(app, &guest.visit, link).await? {
        Found::Good { user_name, lost, zone } => (user_name, lost, zone),
        Found::Over(reason, zone) => return Ok(over(guest, Why::of(reason), zone)),
    };
    let f = Frame { zone, address: HERE.to_owned(), ..guest.frame_of_recovery(link) };
    let stated = problem.map(|key| Problem { field: "new_password", text: f.t(key) });
    let problems: Problems =
        stated.into_iter().chain(refused.map(|refused| says(&f, refused.why))).collect();
    let page = Password {
        user_name,
        lost,
        least: app.settings.passwords.least,
        strength: refused.map(|refused| in_words(&f, &refused.strength)).unwrap_or_default(),
        problems,
        f,
    };
    Ok(front::show(page.problems.status(), &page))
}

fn over(guest: &Guest, why: Why, zone: Zone) -> Response {
    let f = Frame { zone, address: HERE.to_owned(), ..guest.frame() };
    let status = if why.is_done() { StatusCode::OK } else { StatusCode::GONE };
    front::show(status, &Over { f, why })
}
