//! The code that proves the new contact: while a recovery is asked for, and once more at a new number
//! when it is finished.

use std::time::Duration;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::second_factor::{CODE_LIFE, Destination, Sending};
use payung_domain::time::Instant;
use payung_flows::contact_codes::{Checked, Waiting};
use payung_flows::recoveries::asking::{self, Found};

use crate::front;
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;
use crate::pages::sign_in::Way;
use crate::pages::sign_in::code::CodeProblem;

/// Where the page's forms go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The code.
    pub code: &'static str,
    /// The wish for another one.
    pub resend: &'static str,
    /// Back to where the page came from.
    pub back: &'static str,
    /// The wish to go on without this contact, where there is one.
    pub skip: Option<&'static str>,
}

/// While it is asked for.
pub const ASKING: Paths = Paths {
    code: "/recover/code",
    resend: "/recover/code/resend",
    back: "/recover/contact",
    skip: None,
};

/// When it is finished.
pub const FINISHING: Paths = Paths {
    code: "/recover/status/code",
    resend: "/recover/status/send",
    back: "/recover/status",
    skip: None,
};

/// The page with one field for the code.
#[derive(Debug, Template)]
#[template(path = "recover/code.html")]
pub struct Code {
    /// Around the page.
    pub f: Frame,
    /// Where the code is.
    pub way: Way,
    /// How long the newest code is good for.
    pub good_for: Option<(Instant, Duration)>,
    /// How long to wait before the next code may be asked for; zero when it may be now.
    pub wait: Duration,
    /// Whether a new code has just been sent because it was asked for.
    pub sent_again: bool,
    /// No try is taken before this moment.
    pub paused_until: Option<Instant>,
    /// Where the forms go.
    pub paths: Paths,
    /// What needs fixing.
    pub problems: Problems,
}

impl Code {
    /// The page for a contact whose code is so far.
    #[must_use]
    pub fn of(f: Frame, to: &Destination, waiting: Waiting, now: Instant, paths: Paths) -> Self {
        Self {
            f,
            way: way_of(to),
            good_for: waiting.code_until.map(|until| (until, until.since(now))),
            wait: waiting.resend_at.since(now),
            sent_again: false,
            paused_until: waiting.paused_until,
            paths,
            problems: Problems::default(),
        }
    }

    /// The same page with something to fix.
    #[must_use]
    pub fn with(mut self, problem: Option<CodeProblem>) -> Self {
        // Where no code is taken, the page says until when, and has no field to say anything at.
        let said = problem.filter(|_| self.paused_until.is_none());
        self.problems = said.iter().map(|problem| self.says(*problem)).collect();
        self
    }

    fn says(&self, problem: CodeProblem) -> Problem {
        match problem {
            CodeProblem::SendDay => {
                Problem { field: "send-again", text: self.f.t("contact-send-day") }
            }
            other => other.says(&self.f, &self.way),
        }
    }

    fn waits(&self) -> bool {
        !self.wait.is_zero()
    }

    /// The page as an answer.
    #[must_use]
    pub fn shown(&self) -> Response {
        let status = match self.paused_until {
            Some(_) => StatusCode::TOO_MANY_REQUESTS,
            None => self.problems.status(),
        };
        front::show(status, self)
    }
}

fn way_of(to: &Destination) -> Way {
    match to {
        Destination::Sms(phone) => Way::Sms { ending: phone.ending().to_owned() },
        Destination::Email(email) => Way::Email { masked: email.masked() },
    }
}

/// What a checked code leaves to fix; nothing when it was right.
pub(super) fn problem_of(checked: Checked) -> Option<CodeProblem> {
    match checked {
        Checked::Right => None,
        Checked::Unreadable(problem) => Some(problem.into()),
        Checked::Wrong | Checked::Paused(_) => Some(CodeProblem::Wrong),
        Checked::Late => {
            Some(CodeProblem::Expired(u32::try_from(CODE_LIFE.as_secs() / 60).unwrap_or(u32::MAX)))
        }
    }
}

/// What a wish for another code leaves to fix; nothing when one is on its way.
pub(crate) fn problem_of_sending(sending: Sending, now: Instant) -> Option<CodeProblem> {
    match sending {
        Sending::Now => None,
        Sending::Wait(until) => {
            let seconds = u32::try_from(until.since(now).as_secs()).unwrap_or(u32::MAX);
            Some(CodeProblem::SendWait(seconds.saturating_add(1)))
        }
        Sending::NoMoreToday => Some(CodeProblem::SendDay),
    }
}

/// `GET /recover/code`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    page(&guest, None).await
}

/// `POST /recover/code`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return page(guest, Some(CodeProblem::Stale)).await,
        Err(instead) => return Ok(instead),
    };
    let typed = form.to_show_again().text("code");
    let (app, visit) = (&guest.site.app, &guest.visit);
    let checked = match asking::confirm(app, visit, token, typed).await? {
        Found::Open(Some(checked)) => checked,
        Found::Open(None) => return Ok(see_other(super::TASKS)),
        Found::Sent(_) => return Ok(see_other("/recover/received")),
        Found::Gone => return Ok(super::gone(guest)),
        Found::TooMany { until } => return Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    };
    if checked == Checked::Late {
        // A right code deserves another one in its place, as at signing in.
        let sent = asking::resend(app, visit, token).await?;
        let is_sent = sent == Found::Open(Some(Sending::Now));
        let problem = if is_sent { problem_of(checked) } else { Some(CodeProblem::SendDay) };
        return page(guest, problem).await;
    }
    match problem_of(checked) {
        None => Ok(see_other(super::TASKS)),
        problem => page(guest, problem).await,
    }
}

/// `GET` of the address that only sends again.
pub async fn back() -> Response {
    see_other(ASKING.code)
}

/// `POST /recover/code/resend`
pub async fn resend(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return page(guest, Some(CodeProblem::Stale)).await,
        Err(instead) => return Ok(instead),
    };
    match asking::resend(&guest.site.app, &guest.visit, token).await? {
        Found::Open(Some(sending)) => match problem_of_sending(sending, guest.visit.now) {
            None => Ok(see_other("/recover/code?sent=again")),
            problem => page(guest, problem).await,
        },
        Found::Open(None) => Ok(see_other(super::TASKS)),
        Found::Sent(_) => Ok(see_other("/recover/received")),
        Found::Gone => Ok(super::gone(guest)),
        Found::TooMany { until } => Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    }
}

async fn page(guest: &Guest, problem: Option<CodeProblem>) -> Result<Response, Trouble> {
    let (token, asking) = match super::open(guest).await? {
        Ok(open) => open,
        Err(instead) => return Ok(instead),
    };
    let (Some(to), Some(waiting)) = (&asking.draft.contact, asking.code) else {
        return Ok(see_other(super::TASKS));
    };
    let f = super::framed(guest, token, ASKING.code);
    let mut page = Code::of(f, to, waiting, guest.visit.now, ASKING).with(problem);
    page.sent_again = problem.is_none() && guest.query.text("sent") == "again";
    Ok(page.shown())
}
