//! M05 Isi kode / Enter the code: one field, whichever way the code came.

use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::second_factor::{CODE_LIFE, CodeProblem as Unreadable};
use payung_domain::token::Token;
use payung_flows::sign_in::Opened;
use payung_flows::sign_in::code::{self, Answer};
use payung_flows::sign_in::step::{self, Asked, Found, Step};
use std::time::Duration;

use askama::Template;
use payung_domain::time::Instant;

use super::Way;
use super::paused::Pause;
use crate::front;
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// The code page.
#[derive(Debug, Template)]
#[template(path = "sign_in/code.html")]
pub struct Code {
    /// Around the page.
    pub f: Frame,
    /// Where the code is.
    pub way: Way,
    /// How long the newest code is good for: until when, and how long that still is. `None` with an
    /// authenticator app.
    pub good_for: Option<(Instant, Duration)>,
    /// How long to wait before the next code may be asked for; zero when it may be now.
    pub wait: Duration,
    /// Whether a new code has just been sent because it was asked for.
    pub sent_again: bool,
    /// Whether the account has another way.
    pub other_ways: bool,
    /// Whether this browser may be remembered.
    pub may_remember: bool,
    /// What needs fixing.
    pub problems: Problems,
}

impl Code {
    fn waits(&self) -> bool {
        !self.wait.is_zero()
    }
}

/// What may need fixing on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeProblem {
    /// `code.empty`
    Empty,
    /// `code.short`
    Short,
    /// `code.long`
    Long,
    /// `code.chars`
    Characters,
    /// `code.wrong`, or `code.totp` with an authenticator app.
    Wrong,
    /// `code.expired`: it was good for so many minutes, and a new one is on its way.
    Expired(u32),
    /// `send.wait`: so many seconds before another code.
    SendWait(u32),
    /// `send.day`
    SendDay,
    /// `send.fail`
    SendFail,
    /// `stale`: the form's token is too old.
    Stale,
}

impl CodeProblem {
    /// The problem in words, at the field or at the button that sends again.
    #[must_use]
    pub fn says(self, f: &Frame, way: &Way) -> Problem {
        let (field, text) = match self {
            Self::Empty => ("code", f.t("code-empty")),
            Self::Short => ("code", f.t("code-short")),
            Self::Long => ("code", f.t("code-long")),
            Self::Characters => ("code", f.t("code-chars")),
            Self::Wrong if *way == Way::Totp => ("code", f.t("code-totp")),
            Self::Wrong => ("code", f.t1("code-wrong", "way", way.method())),
            Self::Expired(minutes) => ("code", f.t1("code-expired", "n", minutes)),
            Self::SendWait(seconds) => ("send-again", f.t1("send-wait", "n", seconds)),
            Self::SendDay => ("send-again", f.t("send-day")),
            Self::SendFail => ("send-again", f.t("send-fail")),
            Self::Stale => ("code", f.t("stale")),
        };
        Problem { field, text }
    }
}

/// `GET /sign-in/code`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    let sent_again = guest.query.text("sent") == "again";
    again(&guest, StatusCode::OK, |page| page.sent_again = sent_again, &[]).await
}

/// `POST /sign-in/code`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let Ok((fields, token)) = form.of_sign_in() else {
        return match &guest.sign_in {
            // The answer to a double click has taken the cookie away, or there never was one.
            None => Ok(super::gone(guest)),
            Some(_) => refused(guest, CodeProblem::Stale).await,
        };
    };
    let (typed, ending) = (fields.text("code"), super::ending(guest, fields));
    let answer = match code::submit(&guest.site.app, &guest.visit, token, typed, ending).await? {
        Found::Open(answer) => answer,
        Found::Finished(at) => return super::finished(guest, at).await,
        Found::Gone => return Ok(super::gone(guest)),
    };
    match answer {
        Answer::SignedIn { session, landing } => {
            Ok(super::let_in(guest, &Opened { session, landing }))
        }
        Answer::Unreadable(problem) => refused(guest, problem.into()).await,
        Answer::Wrong(_) => refused(guest, CodeProblem::Wrong).await,
        Answer::Expired(Asked::NoMoreToday) => refused(guest, CodeProblem::SendDay).await,
        Answer::Expired(_) => {
            let minutes = u32::try_from(CODE_LIFE.as_secs() / 60).unwrap_or(u32::MAX);
            refused(guest, CodeProblem::Expired(minutes)).await
        }
        Answer::Closed => Ok(see_other("/sign-in/method")),
        Answer::Paused(until) => Ok(super::password::paused(guest, Pause::Code(until))),
        Answer::Locked => Ok(super::password::paused(guest, Pause::CodeLocked)),
        Answer::TooMany { until } => Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    }
}

/// `POST /sign-in/code/resend`
pub async fn resend(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let Ok((_, token)) = form.of_sign_in() else {
        return match &guest.sign_in {
            None => Ok(super::gone(guest)),
            Some(_) => refused(guest, CodeProblem::Stale).await,
        };
    };
    match step::resend(&guest.site.app, &guest.visit, token).await? {
        Found::Open(Asked::Done) => Ok(see_other("/sign-in/code?sent=again")),
        Found::Open(Asked::Wait(until)) => {
            let seconds = u32::try_from(until.since(guest.visit.now).as_secs()).unwrap_or(u32::MAX);
            refused(guest, CodeProblem::SendWait(seconds.saturating_add(1))).await
        }
        Found::Open(Asked::NoMoreToday) => refused(guest, CodeProblem::SendDay).await,
        Found::Open(Asked::NotOpen) => Ok(see_other("/sign-in/method")),
        Found::Finished(at) => super::finished(guest, at).await,
        Found::Gone => Ok(super::gone(guest)),
    }
}

async fn refused(guest: &Guest, problem: CodeProblem) -> Result<Response, Trouble> {
    again(guest, StatusCode::UNPROCESSABLE_ENTITY, |_| {}, &[problem]).await
}

async fn again(
    guest: &Guest,
    status: StatusCode,
    change: impl FnOnce(&mut Code),
    problems: &[CodeProblem],
) -> Result<Response, Trouble> {
    let (token, step) = match super::open_step(guest).await? {
        Ok(open) => open,
        Err(instead) => return Ok(instead),
    };
    if let Some(pause) = super::pause(&step) {
        return Ok(super::password::paused(guest, pause));
    }
    let Some(way) = step.chosen.as_ref().and_then(Way::of) else {
        return Ok(see_other("/sign-in/method"));
    };
    if way == Way::RecoveryCode {
        return Ok(see_other("/sign-in/recovery-code"));
    }
    let mut page = Code::of(guest, token, &step, way);
    change(&mut page);
    page.problems = problems.iter().map(|problem| problem.says(&page.f, &page.way)).collect();
    Ok(front::show(status, &page))
}

impl Code {
    fn of(guest: &Guest, token: &Token, step: &Step, way: Way) -> Self {
        let now = guest.visit.now;
        Self {
            f: super::framed(guest, token, step),
            way,
            good_for: step.code_until.map(|until| (until, until.since(now))),
            wait: step.resend_at.since(now),
            sent_again: false,
            other_ways: step.ways.len() > 1,
            may_remember: step.may_remember,
            problems: Problems::default(),
        }
    }
}

impl From<Unreadable> for CodeProblem {
    fn from(problem: Unreadable) -> Self {
        match problem {
            Unreadable::Empty => Self::Empty,
            Unreadable::Short => Self::Short,
            Unreadable::Long => Self::Long,
            Unreadable::Characters => Self::Characters,
        }
    }
}
