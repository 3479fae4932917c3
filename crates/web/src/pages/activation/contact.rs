//! M13 Aktifkan: kontak / Confirm contact: an address, a number, or both.

use askama::Template;
use axum::response::Response;
use payung_domain::activation::Stage;
use payung_domain::contact::{ContactProblem, Email, Phone};
use payung_domain::second_factor::Sending;
use payung_flows::activation::contacts;

use crate::front;
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};

/// The page with a field for each kind of contact.
#[derive(Debug, Template)]
#[template(path = "activation/contact.html")]
pub struct Contact {
    /// Around the page.
    pub f: Frame,
    /// The address as typed.
    pub email: String,
    /// The number as typed; none where no codes go by text message.
    pub phone: Option<String>,
    /// What needs fixing.
    pub problems: Problems,
}

/// What may need fixing on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactsProblem {
    /// Neither is there.
    Nothing,
    /// `email.format`
    EmailFormat,
    /// `phone.format`
    PhoneFormat,
    /// The address was given to another account meanwhile.
    EmailTaken,
    /// With a password, one of them has to bear the second step.
    NeedsPhone,
    /// `stale`: the form's token is too old.
    Stale,
}

impl ContactsProblem {
    /// The problem in words, at its field.
    #[must_use]
    pub fn says(self, f: &Frame) -> Problem {
        let (field, text) = match self {
            Self::Nothing => ("email", f.t("activate-contact-empty")),
            Self::EmailFormat => ("email", f.t("email-format")),
            Self::PhoneFormat => ("phone", f.t("phone-format")),
            Self::EmailTaken => ("email", f.t("activate-email-taken")),
            Self::NeedsPhone => ("phone", f.t("activate-needs-phone")),
            Self::Stale => ("email", f.t("stale")),
        };
        Problem { field, text }
    }
}

/// While contacts may still be changed.
const OPEN: &[Stage] = &[Stage::Contact, Stage::Code, Stage::Access];

/// `GET /activate/contact`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    let problem = match guest.query.text("reason") {
        "taken" => Some(ContactsProblem::EmailTaken),
        "another-way" => Some(ContactsProblem::NeedsPhone),
        _ => None,
    };
    page(&guest, None, problem).await
}

/// `POST /activate/contact`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let fields = form.to_show_again();
    let text = |name| -> String { fields.text(name).trim().chars().take(254).collect() };
    let typed = (text("email"), text("phone"));
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return page(guest, Some(typed), Some(ContactsProblem::Stale)).await,
        Err(instead) => return Ok(instead),
    };
    let email = match Email::parse(&typed.0) {
        Ok(email) => Some(email),
        Err(ContactProblem::Empty) => None,
        Err(ContactProblem::Format) => {
            return page(guest, Some(typed), Some(ContactsProblem::EmailFormat)).await;
        }
    };
    let phone = match Phone::parse(&typed.1) {
        Ok(phone) => Some(phone),
        Err(ContactProblem::Empty) => None,
        Err(ContactProblem::Format) => {
            return page(guest, Some(typed), Some(ContactsProblem::PhoneFormat)).await;
        }
    };
    if email.is_none() && phone.is_none() {
        return page(guest, Some(typed), Some(ContactsProblem::Nothing)).await;
    }
    let (app, visit) = (&guest.site.app, &guest.visit);
    let set = contacts::set(app, visit, token, email.as_ref(), phone.as_ref()).await?;
    Ok(match super::found(guest, set) {
        // Where no code could leave, the next page says why and until when.
        Ok(Sending::Now | Sending::Wait(_) | Sending::NoMoreToday) => see_other("/activate/code"),
        Err(instead) => instead,
    })
}

async fn page(
    guest: &Guest,
    typed: Option<(String, String)>,
    problem: Option<ContactsProblem>,
) -> Result<Response, Trouble> {
    let (token, view) = match super::at(guest, OPEN).await? {
        Ok(open) => open,
        Err(instead) => return Ok(instead),
    };
    let f = super::framed(guest, &token, "/activate/contact");
    let (email, phone) = typed.unwrap_or_else(|| {
        let given = |contact: Option<payung_flows::activation::Contact>| {
            contact.map(|contact| contact.typed).unwrap_or_default()
        };
        (given(view.email), given(view.phone))
    });
    // Where no text messages go there is no field for a number.
    let is_of_phone = |problem: &ContactsProblem| {
        matches!(problem, ContactsProblem::NeedsPhone | ContactsProblem::PhoneFormat)
    };
    let problem = problem.filter(|problem| view.sms_allowed || !is_of_phone(problem));
    let problems: Problems = problem.iter().map(|problem| problem.says(&f)).collect();
    let status = problems.status();
    let phone = view.sms_allowed.then_some(phone);
    Ok(front::show(status, &Contact { f, email, phone, problems }))
}
