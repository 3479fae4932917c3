//! M02 Masuk / Sign in: one page for both fields. M33 Sesi berakhir / Session ended is this page
//! with a reason on top.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use payung_domain::second_factor::STEP_LIFE;
use payung_domain::sign_in::landing;
use payung_domain::time::Instant;
use payung_flows::passkeys::{self, Challenge};
use payung_flows::sessions::Found;
use payung_flows::sign_in::password::{self, Answer, Attempt, NextPage};
use std::time::Duration;

use askama::Template;

use super::paused::{Pause, Paused};
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;
use crate::{cookies, front};

/// The sign-in page. The password never comes back into it.
#[derive(Debug, Template)]
#[template(path = "sign_in/password.html")]
pub struct SignIn {
    /// Around the page.
    pub f: Frame,
    /// What was typed as e-mail, number or name; kept when the form is shown again.
    pub identifier: String,
    /// Whether this was called a shared device.
    pub shared: bool,
    /// Path within this site to go on to afterwards, already checked.
    pub next: Option<String>,
    /// Why people find themselves here, when they did not ask for it.
    pub reason: Option<Reason>,
    /// Whether a proxy such as Opera Mini's reads along (`X-OperaMini-*` headers).
    pub through_proxy: bool,
    /// What the browser is asked for a passkey: the same for everybody.
    pub passkey: Challenge,
    /// What needs fixing.
    pub problems: Problems,
}

/// Why the sign-in page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Signed out, as asked.
    SignedOut,
    /// A new password was set with a link.
    PasswordChanged,
    /// The account was opened a moment ago.
    Activated,
    /// M33: the session ended by itself.
    SessionEnded,
    /// M33, and what was typed is kept.
    SessionEndedKept,
    /// The steps after the password took too long.
    StepOld,
    /// An application wants whoever is signed in to sign in once more.
    Again,
    /// The browser keeps no cookies, without which nobody can be signed in.
    CookiesOff,
}

impl Reason {
    /// The look of the message: good news, news, or something to do.
    #[must_use]
    pub const fn look(self) -> &'static str {
        match self {
            Self::SignedOut | Self::PasswordChanged | Self::Activated => "ok",
            Self::SessionEnded | Self::SessionEndedKept | Self::StepOld | Self::Again => "info",
            Self::CookiesOff => "warn",
        }
    }

    /// The reason in one sentence.
    #[must_use]
    pub fn title(self, f: &Frame) -> String {
        match self {
            Self::SignedOut => f.t("signed-out"),
            Self::PasswordChanged => f.t("reset-done"),
            Self::Activated => f.t("reason-activated"),
            Self::SessionEnded | Self::SessionEndedKept => f.t("session-ended"),
            Self::StepOld => f.t("step-old"),
            Self::Again => f.t("sign-in-again"),
            Self::CookiesOff => f.t("cookies-off"),
        }
    }

    /// What else there is to know.
    #[must_use]
    pub fn text(self, f: &Frame) -> Option<String> {
        match self {
            Self::SignedOut => Some(f.t("signed-out-text")),
            Self::PasswordChanged => Some(f.t("reset-done-text")),
            Self::Activated => Some(f.t("reason-activated-text")),
            Self::SessionEnded => Some(f.t("session-ended-text")),
            Self::SessionEndedKept => Some(f.t("session-ended-kept-text")),
            Self::StepOld => None,
            Self::Again => Some(f.t("sign-in-again-text")),
            Self::CookiesOff => Some(f.t("cookies-off-text")),
        }
    }
}

/// What may need fixing on this page. The same for accounts that exist and that do not (F-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInProblem {
    /// `id.empty`
    IdentifierEmpty,
    /// `pw.empty`
    PasswordEmpty,
    /// `login.wrong`
    Wrong,
    /// `login.wrong` and `login.left`
    Left(u32),
    /// Tries come too fast: the wait before the next one.
    Wait(Duration),
    /// `key.none`: that passkey is nobody's here.
    KeyNone,
    /// The passkey did not make sure that it is its owner, so it is one factor only (D-03).
    KeyNotVerified,
    /// The page was open for too long to answer with a passkey.
    KeyOld,
    /// `stale`: the form's token is too old.
    Stale,
    /// Too many requests from there, whoever made them: none before this moment.
    TooMany(Instant),
}

impl SignInProblem {
    /// The problem in words, at its field.
    #[must_use]
    pub fn says(self, f: &Frame) -> Problem {
        let (field, text) = match self {
            Self::IdentifierEmpty => ("identifier", f.t("id-empty")),
            Self::PasswordEmpty => ("password", f.t("pw-empty")),
            Self::Wrong => ("password", f.t("login-wrong")),
            Self::Left(tries) => {
                ("password", format!("{}. {}", f.t("login-wrong"), f.t1("login-left", "n", tries)))
            }
            Self::Wait(wait) => ("password", f.t1("login-wait", "wait", f.duration(&wait))),
            Self::KeyNone => ("identifier", f.t("key-none")),
            Self::KeyNotVerified => ("identifier", f.t("key-not-verified")),
            Self::KeyOld => ("identifier", f.t("key-old")),
            Self::Stale => ("password", f.t("stale")),
            Self::TooMany(until) => ("password", f.t1("too-many", "time", f.clock(&until))),
        };
        Problem { field, text }
    }
}

/// `GET /sign-in`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    let next = guest.query.filled("next").map(|path| landing(Some(path)).to_owned());
    let reason = match guest.query.text("reason") {
        "signed-out" => Some(Reason::SignedOut),
        "password-changed" => Some(Reason::PasswordChanged),
        "activated" => Some(Reason::Activated),
        "session-ended" => Some(Reason::SessionEnded),
        "session-ended-kept" => Some(Reason::SessionEndedKept),
        "step-old" => Some(Reason::StepOld),
        "again" => Some(Reason::Again),
        _ => None,
    };
    let found = guest.find_session().await?;
    let is_live = matches!(found, Some(Found::Live(_)));
    if is_live && reason != Some(Reason::Again) {
        return Ok(see_other(next.as_deref().unwrap_or("/dashboard")));
    }
    let identifier = guest.query.text("hint").to_owned();
    let page = SignIn { identifier, next, reason, ..SignIn::empty(&guest)? };
    let mut response = front::show(StatusCode::OK, &page);
    if found.is_some() && !is_live {
        cookies::forget(&guest.site, response.headers_mut(), cookies::SESSION);
    }
    Ok(response)
}

/// `POST /sign-in`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    if guest.visit.browser.is_none() {
        let page = SignIn { reason: Some(Reason::CookiesOff), ..SignIn::again(&form)? };
        return Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let Ok((fields, form_name)) = form.of_anybody() else {
        return Ok(SignIn::again(&form)?.with(&[SignInProblem::Stale]));
    };
    let (typed, secret) = (fields.text("identifier").trim(), fields.secret("password"));
    let empty = [
        (typed.is_empty(), SignInProblem::IdentifierEmpty),
        (secret.expose().is_empty(), SignInProblem::PasswordEmpty),
    ];
    let missing: Vec<SignInProblem> =
        empty.into_iter().filter(|(is_empty, _)| *is_empty).map(|(_, problem)| problem).collect();
    if !missing.is_empty() {
        return Ok(SignIn::again(&form)?.with(&missing));
    }
    let attempt = Attempt {
        typed,
        password: &secret,
        form: &[guest.browser.expose().as_bytes(), &form_name.0].concat(),
        next: fields.filled("next"),
        is_shared_device: !fields.text("shared").is_empty(),
        earlier: guest.session.as_ref(),
        taken: form.taken(),
    };
    let answer = password::submit(&guest.site.app, &guest.visit, &attempt).await?;
    Ok(match answer {
        Answer::Right { token, next } => {
            let mut response = see_other(match next {
                NextPage::Choose => "/sign-in/method",
                NextPage::Enter(_) => "/sign-in/code",
            });
            let headers = response.headers_mut();
            cookies::set(&guest.site, headers, cookies::SIGN_IN, token.expose(), Some(STEP_LIFE));
            response
        }
        Answer::SignedIn(opened) => super::let_in(guest, &opened),
        Answer::Wrong { left } if left <= TRIES_WORTH_A_WARNING => {
            SignIn::again(&form)?.with(&[SignInProblem::Left(left)])
        }
        Answer::Wrong { .. } => SignIn::again(&form)?.with(&[SignInProblem::Wrong]),
        Answer::Paused(until) if until.since(guest.visit.now) < WORTH_A_CLOCK => {
            let wait = SignInProblem::Wait(until.since(guest.visit.now));
            SignIn::again(&form)?.with_status(StatusCode::TOO_MANY_REQUESTS, &[wait])
        }
        Answer::Paused(until) => paused(guest, Pause::Password(until)),
        Answer::Locked | Answer::NoWay => paused(guest, Pause::Locked),
        Answer::TooMany { until } => {
            let mut page = SignIn::again(&form)?;
            page.problems = Problems(vec![SignInProblem::TooMany(until).says(&page.f)]);
            front::show_until(&page, until, guest.visit.now)
        }
        Answer::Busy => return Err(Trouble::Obstacle(Obstacle::Busy)),
    })
}

/// From so few tries left on, the page says how many.
const TRIES_WORTH_A_WARNING: u32 = 6;

/// A shorter wait is said in minutes or seconds, beside the form; a longer one by the clock.
const WORTH_A_CLOCK: Duration = Duration::from_mins(10);

/// The page that says until when, with a status that machines understand too.
pub(super) fn paused(guest: &Guest, pause: Pause) -> Response {
    let page = Paused { f: guest.frame(), pause: pause.to_the_next_minute() };
    let mut response = front::show(StatusCode::TOO_MANY_REQUESTS, &page);
    if let Pause::Password(until) | Pause::Code(until) = pause {
        let seconds = until.since(guest.visit.now).as_secs() + 1;
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

impl SignIn {
    fn empty(guest: &Guest) -> Result<Self, Trouble> {
        let passkey = passkeys::begin_sign_in(&guest.site.app, &guest.visit, &guest.browser)?;
        Ok(Self {
            f: guest.frame(),
            identifier: String::new(),
            shared: false,
            next: None,
            reason: None,
            through_proxy: guest.is_proxied_browser,
            passkey,
            problems: Problems::default(),
        })
    }

    /// The page with everything typed still there, but for the password.
    pub(super) fn again(form: &Form) -> Result<Self, Trouble> {
        let fields = form.to_show_again();
        Ok(Self {
            identifier: fields.text("identifier").to_owned(),
            shared: !fields.text("shared").is_empty(),
            next: fields.filled("next").map(|path| landing(Some(path)).to_owned()),
            ..Self::empty(&form.guest)?
        })
    }

    pub(super) fn with(self, problems: &[SignInProblem]) -> Response {
        self.with_status(StatusCode::UNPROCESSABLE_ENTITY, problems)
    }

    fn with_status(mut self, status: StatusCode, problems: &[SignInProblem]) -> Response {
        self.problems = problems.iter().map(|problem| problem.says(&self.f)).collect();
        front::show(status, &self)
    }
}
