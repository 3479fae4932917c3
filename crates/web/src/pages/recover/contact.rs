//! The third task: an address or a number where the member can be reached from now on.

use askama::Template;
use axum::response::Response;
use payung_domain::contact::{ContactProblem, Email, Phone};
use payung_domain::second_factor::{Destination, Sending};
use payung_flows::recoveries::asking::{self, Found, Reached};

use crate::front;
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// The page with one field for each kind of contact that bears the second step here.
#[derive(Debug, Template)]
#[template(path = "recover/contact.html")]
pub struct Contact {
    /// Around the page.
    pub f: Frame,
    /// The number as typed; none where no codes go by text message.
    pub phone: Option<String>,
    /// The address as typed; none where no codes go by e-mail.
    pub email: Option<String>,
    /// What needs fixing.
    pub problems: Problems,
}

/// What may need fixing on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReachProblem {
    /// Neither is there.
    Nothing,
    /// Both are there: one at a time.
    Both,
    /// `phone.format`
    PhoneFormat,
    /// `email.format`
    EmailFormat,
    /// `send.day`: nothing goes there any more today.
    NoMoreToday,
    /// `stale`: the form's token is too old.
    Stale,
}

impl ReachProblem {
    /// The problem in words, at its field.
    #[must_use]
    pub fn says(self, f: &Frame, first: &'static str) -> Problem {
        let (field, text) = match self {
            Self::Nothing => (first, f.t("recover-contact-empty")),
            Self::Both => (first, f.t("recover-contact-both")),
            Self::PhoneFormat => ("phone", f.t("phone-format")),
            Self::EmailFormat => ("email", f.t("email-format")),
            Self::NoMoreToday => (first, f.t("contact-send-day")),
            Self::Stale => (first, f.t("stale")),
        };
        Problem { field, text }
    }
}

/// `GET /recover/contact`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    page(&guest, "", "", None).await
}

/// `POST /recover/contact`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let fields = form.to_show_again();
    let text = |name| -> String { fields.text(name).trim().chars().take(254).collect() };
    let (phone, email) = (text("phone"), text("email"));
    let again = |problem| page(guest, &phone, &email, Some(problem));
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return again(ReachProblem::Stale).await,
        Err(instead) => return Ok(instead),
    };
    let to = match (Phone::parse(&phone), Email::parse(&email)) {
        (Err(ContactProblem::Empty), Err(ContactProblem::Empty)) => {
            return again(ReachProblem::Nothing).await;
        }
        (Ok(phone), Err(ContactProblem::Empty)) => Destination::Sms(phone),
        (Err(ContactProblem::Empty), Ok(email)) => Destination::Email(email),
        (Err(ContactProblem::Format), _) => return again(ReachProblem::PhoneFormat).await,
        (_, Err(ContactProblem::Format)) => return again(ReachProblem::EmailFormat).await,
        (Ok(_), Ok(_)) => return again(ReachProblem::Both).await,
    };
    match asking::reach(&guest.site.app, &guest.visit, token, &to).await? {
        Found::Open(Reached::Code(Sending::NoMoreToday)) => again(ReachProblem::NoMoreToday).await,
        Found::Open(Reached::Code(Sending::Now | Sending::Wait(_))) => {
            Ok(see_other("/recover/code"))
        }
        Found::Open(Reached::NotHere) => again(ReachProblem::Nothing).await,
        Found::Open(Reached::TooMany { until }) | Found::TooMany { until } => {
            Err(Trouble::Obstacle(Obstacle::TooMany(until)))
        }
        Found::Sent(_) => Ok(see_other("/recover/received")),
        Found::Gone => Ok(super::gone(guest)),
    }
}

async fn page(
    guest: &Guest,
    phone: &str,
    email: &str,
    problem: Option<ReachProblem>,
) -> Result<Response, Trouble> {
    let (token, _) = match super::open(guest).await? {
        Ok(open) => open,
        Err(instead) => return Ok(instead),
    };
    let settings = &guest.site.app.settings;
    let f = super::framed(guest, token, "/recover/contact");
    let first = if settings.sms_codes { "phone" } else { "email" };
    let page = Contact {
        phone: settings.sms_codes.then(|| phone.to_owned()),
        email: settings.email_codes.then(|| email.to_owned()),
        problems: problem.iter().map(|problem| problem.says(&f, first)).collect(),
        f,
    };
    Ok(front::show(page.problems.status(), &page))
}
