//! M08 Lupa kata sandi / Forgot password, and M09 Periksa email / Check your email: the same two
//! pages for accounts that exist and for those that do not (F-03).

use std::time::Duration;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use payung_domain::contact::Identifier;
use payung_domain::passwords::reset::LINK_LIFE;
use payung_domain::second_factor::Sending;
use payung_domain::time::Instant;
use payung_flows::passwords::forgot::{self, Answer};

use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::{cookies, front};

/// M08: who are you?
#[derive(Debug, Template)]
#[template(path = "passwords/forgot.html")]
pub struct Forgot {
    /// Around the page.
    pub f: Frame,
    /// What was typed; kept when the form is shown again.
    pub identifier: String,
    /// Whether the browser keeps no cookies, without which no form of ours counts.
    pub cookies_off: bool,
    /// What needs fixing.
    pub problems: Problems,
}

/// What may need fixing on M08.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForgotProblem {
    /// `id.empty`
    Empty,
    /// `email.format`
    EmailFormat,
    /// `stale`: the form's token is too old.
    Stale,
    /// Too many requests from there, whoever made them: none before this moment.
    TooMany(Instant),
}

impl ForgotProblem {
    /// The problem in words, at the field.
    #[must_use]
    pub fn says(self, f: &Frame) -> Problem {
        let text = match self {
            Self::Empty => f.t("id-empty"),
            Self::EmailFormat => f.t("email-format"),
            Self::Stale => f.t("stale"),
            Self::TooMany(until) => f.t1("too-many-kept", "time", f.clock(&until)),
        };
        Problem { field: "identifier", text }
    }
}

/// M09: what to look for, and what else to do.
#[derive(Debug, Template)]
#[template(path = "passwords/check_email.html")]
pub struct CheckEmail {
    /// Around the page.
    pub f: Frame,
    /// What was typed, for asking once more; nothing once that is forgotten.
    pub identifier: Option<String>,
    /// How long a link works.
    pub life: Duration,
    /// When more can be asked for.
    pub again: Again,
    /// Whether a code from a text message can be given here.
    pub by_code: bool,
}

/// When another link can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Now.
    Now,
    /// After this.
    In(Duration),
    /// Not today.
    Tomorrow,
}

/// What the field takes.
const LONGEST_NAME: usize = 254;

/// So long the page after it knows what was typed.
const REMEMBERED: Duration = Duration::from_mins(20);

/// `GET /forgot-password`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    Ok(Forgot::of(&guest).with(&[]))
}

/// `POST /forgot-password`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let typed = form.to_show_again().text("identifier").trim();
    let again = || Forgot { identifier: typed.to_owned(), ..Forgot::of(guest) };
    if guest.visit.browser.is_none() {
        let page = Forgot { cookies_off: true, ..again() };
        return Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    if form.of_anybody().is_err() {
        return Ok(again().with(&[ForgotProblem::Stale]));
    }
    if typed.is_empty() {
        return Ok(again().with(&[ForgotProblem::Empty]));
    }
    if typed.contains('@') && Identifier::readings(typed).is_empty() {
        return Ok(again().with(&[ForgotProblem::EmailFormat]));
    }
    let site = &guest.site;
    match forgot::ask(&site.app, &guest.visit, typed).await? {
        Answer::Heard => {
            let mut response = see_other("/forgot-password/sent");
            // Longer than any name is: the page after it can do without, a cookie could not.
            if typed.len() <= LONGEST_NAME {
                let sealed = forgot::seal(&site.app, &guest.browser, typed)?;
                let value = BASE64URL_NOPAD.encode(&sealed);
                let headers = response.headers_mut();
                cookies::set(site, headers, cookies::FORGOTTEN, &value, Some(REMEMBERED));
            }
            Ok(response)
        }
        Answer::TooMany { until } => {
            let mut page = again();
            page.problems = Problems(vec![ForgotProblem::TooMany(until).says(&page.f)]);
            Ok(front::show_until(&page, until, guest.visit.now))
        }
    }
}

/// `GET /forgot-password/sent`
pub async fn sent(guest: Guest) -> Result<Response, Trouble> {
    let app = &guest.site.app;
    let identifier = typed_before(&guest);
    let again = match &identifier {
        None => Again::Now,
        Some(typed) => match forgot::next_try(app, &guest.visit, typed).await? {
            Sending::Now => Again::Now,
            Sending::Wait(until) => Again::In(until.since(guest.visit.now)),
            Sending::NoMoreToday => Again::Tomorrow,
        },
    };
    Ok(front::show(
        StatusCode::OK,
        &CheckEmail {
            f: guest.frame(),
            by_code: identifier.is_some() && app.settings.sms_codes,
            identifier,
            life: LINK_LIFE,
            again,
        },
    ))
}

/// What this browser typed when it forgot the password, while it is remembered.
pub(super) fn typed_before(guest: &Guest) -> Option<String> {
    let sealed = BASE64URL_NOPAD.decode(guest.forgotten.as_deref()?.as_bytes()).ok()?;
    forgot::unseal(&guest.site.app, &guest.browser, &sealed)
}

impl Forgot {
    fn of(guest: &Guest) -> Self {
        Self {
            f: Frame { address: "/forgot-password".to_owned(), ..guest.frame() },
            identifier: String::new(),
            cookies_off: false,
            problems: Problems::default(),
        }
    }

    fn with(mut self, problems: &[ForgotProblem]) -> Response {
        let status = match problems {
            [] => StatusCode::OK,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        self.problems = problems.iter().map(|problem| problem.says(&self.f)).collect();
        front::show(status, &self)
    }
}
