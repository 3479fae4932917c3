//! Stopping a recovery that is not the owner's: from a letter, from a session, or with the reference.
//! A link shows, a button acts.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::recoveries::{End, RecoveryReference};
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_flows::recoveries::stopping::{self, Answer, Found, Matter};

use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;
use crate::{cookies, front};

/// Where it is stopped.
const HERE: &str = "/recover/stop";

/// The page with the one button, or with the reason why there is none.
#[derive(Debug, Template)]
#[template(path = "recover/stop.html")]
pub struct Stop {
    /// Around the page.
    pub f: Frame,
    /// What it is about.
    pub about: About,
    /// What needs fixing.
    pub problems: Problems,
}

/// What somebody wants to stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// This one, which a letter or the session led to.
    This {
        /// The recovery.
        matter: Matter,
        /// Whether the session led to it; else a letter did.
        by_session: bool,
    },
    /// One whose reference is to be typed.
    Named(String),
    /// It is over already: how, and since when.
    Over(End, Instant),
    /// The link ran out, or is none of ours.
    Expired,
    /// It is stopped now.
    Done,
}

impl About {
    fn is_this(&self) -> bool {
        matches!(self, Self::This { .. })
    }
}

impl Stop {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as templates hand things over")]
    fn over_text(&self, end: &End) -> String {
        match end {
            End::Stopped => self.f.t("recover-stop-was-stopped"),
            End::Refused => self.f.t("recover-stop-was-refused"),
            End::Done => self.f.t("recover-stop-was-done"),
            End::Undone => self.f.t("recover-stop-was-undone"),
            End::Expired => self.f.t("recover-stop-was-expired"),
        }
    }
}

/// `GET /recover/stop`. A token leaves the address at once, into a cookie; nothing else changes.
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    if guest.query.filled("token").is_some() {
        return Ok(take_token(&guest));
    }
    if guest.query.text("done") == "yes" {
        return Ok(page(guest.frame(), About::Done, None));
    }
    if guest.query.text("link") == "expired" {
        return Ok(page(guest.frame(), About::Expired, None));
    }
    let app = guest.site.app.clone();
    if let Some(token) = &guest.recovery_stop {
        let found = stopping::view(&app, &guest.visit, token).await?;
        return Ok(found_page(&guest, found));
    }
    let now = guest.visit.now;
    Ok(match guest.member().await? {
        Ok(member) => {
            let f = member.frame();
            match stopping::open_of(&app, &member.signed_in.account, now).await? {
                Some(matter) => page(f, About::This { matter, by_session: true }, None),
                None => page(f, About::Named(String::new()), None),
            }
        }
        Err(guest) => page(guest.frame(), About::Named(String::new()), None),
    })
}

fn take_token(guest: &Guest) -> Response {
    let Some(token) = Token::parse(guest.query.text("token")) else {
        return see_other("/recover/stop?link=expired");
    };
    let mut response = see_other(HERE);
    let life = Some(super::LINK_COOKIE_LIFE);
    let headers = response.headers_mut();
    cookies::set(&guest.site, headers, cookies::RECOVERY_STOP, token.expose(), life);
    response
}

/// `POST /recover/stop`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    match form.to_show_again().text("by") {
        "session" => by_session(&form).await,
        "reference" => by_reference(&form).await,
        _ => {
            let token = guest.recovery_stop.as_ref().filter(|_| form.of_anybody().is_ok());
            // An old page, or a cookie that went: the page says what there is to do now.
            let Some(token) = token else { return Ok(see_other(HERE)) };
            let answer = stopping::by_link(&guest.site.app, &guest.visit, token).await?;
            answered(guest, answer)
        }
    }
}

async fn by_session(form: &Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    if form.of_session().is_err() {
        return Ok(see_other(HERE));
    }
    let Ok(member) = guest.clone().member().await? else { return Ok(see_other(HERE)) };
    let signed_in = &member.signed_in;
    let answer = stopping::signed_in(&guest.site.app, &guest.visit, signed_in).await?;
    if answer == Answer::Refused(Found::Gone) {
        return Ok(see_other(HERE));
    }
    answered(guest, answer)
}

async fn by_reference(form: &Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let typed: String = form.to_show_again().text("reference").trim().chars().take(40).collect();
    let again = async |key: &str| {
        let f = guest.frame_of_anybody().await;
        let problem = Problem { field: "reference", text: f.t(key) };
        Ok(page(f, About::Named(typed.clone()), Some(problem)))
    };
    if form.of_anybody().is_err() {
        return again("stale").await;
    }
    if typed.is_empty() {
        return again("recover-reference-empty").await;
    }
    let Some(reference) = RecoveryReference::parse(&typed) else {
        return again("recover-reference-format").await;
    };
    let answer = stopping::by_reference(&guest.site.app, &guest.visit, &reference).await?;
    if answer == Answer::Refused(Found::Gone) {
        return again("recover-stop-unknown").await;
    }
    answered(guest, answer)
}

fn answered(guest: &Guest, answer: Answer) -> Result<Response, Trouble> {
    match answer {
        Answer::Stopped => {
            let mut response = see_other("/recover/stop?done=yes");
            let headers = response.headers_mut();
            cookies::forget(&guest.site, headers, cookies::RECOVERY_STOP);
            Ok(response)
        }
        Answer::Refused(found) => Ok(found_page(guest, found)),
        Answer::TooMany { until } => Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    }
}

fn found_page(guest: &Guest, found: Found) -> Response {
    let framed = |zone: Zone| Frame { zone, address: HERE.to_owned(), ..guest.frame() };
    match found {
        Found::Open(matter) => {
            let f = framed(matter.zone);
            page(f, About::This { matter, by_session: false }, None)
        }
        Found::Over(end, at, zone) => page(framed(zone), About::Over(end, at), None),
        Found::Gone => page(framed(Zone::default()), About::Expired, None),
    }
}

fn page(f: Frame, about: About, problem: Option<Problem>) -> Response {
    let f = Frame { address: HERE.to_owned(), ..f };
    let status = match (&about, &problem) {
        (About::Expired, _) => StatusCode::GONE,
        (_, Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let problems = problem.into_iter().collect();
    front::show(status, &Stop { f, about, problems })
}
