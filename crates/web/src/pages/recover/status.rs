//! Where a recovery stands, for whoever has its reference and its new contact; and from here, once it
//! is ready, the way to its end.

use std::time::Duration;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use payung_domain::ids::RecoveryId;
use payung_domain::recoveries::{End, LINK_LIFE, RecoveryReference, State};
use payung_domain::second_factor::{Destination, Sending};
use payung_domain::time::Instant;
use payung_flows::contact_codes::Checked;
use payung_flows::recoveries::finishing::{self, Entered};
use payung_flows::recoveries::status::{self, Answer, Standing};

use super::code::{Code, FINISHING, problem_of, problem_of_sending};
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;
use crate::pages::sign_in::code::CodeProblem;
use crate::{cookies, front};

/// Where it is asked.
const HERE: &str = "/recover/status";

/// So long this browser need not give the pair again.
const REMEMBERED: Duration = Duration::from_mins(20);

/// The page that asks for the pair.
#[derive(Debug, Template)]
#[template(path = "recover/status_ask.html")]
pub struct Ask {
    /// Around the page.
    pub f: Frame,
    /// The reference as typed.
    pub reference: String,
    /// The contact as typed.
    pub contact: String,
    /// What needs fixing.
    pub problems: Problems,
}

/// What may need fixing on the page that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskProblem {
    /// No reference is there.
    NoReference,
    /// No contact is there.
    NoContact,
    /// No recovery has this reference and this contact, whatever is wrong with them.
    Wrong,
    /// Too many wrong pairs: none is compared before this moment.
    Paused(Instant),
    /// `stale`: the form's token is too old.
    Stale,
}

impl AskProblem {
    /// The problem in words, at its field.
    #[must_use]
    pub fn says(self, f: &Frame) -> Problem {
        let (field, text) = match self {
            Self::NoReference => ("reference", f.t("recover-reference-empty")),
            Self::NoContact => ("contact", f.t("recover-status-contact-empty")),
            Self::Wrong => ("reference", f.t("recover-status-wrong")),
            Self::Paused(until) => {
                ("reference", f.t1("recover-status-paused", "time", f.clock(&until)))
            }
            Self::Stale => ("reference", f.t("stale")),
        };
        Problem { field, text }
    }
}

/// The page that says how far it is.
#[derive(Debug, Template)]
#[template(path = "recover/status.html")]
pub struct Status {
    /// Around the page.
    pub f: Frame,
    /// How far it is.
    pub standing: Standing,
    /// Whether another link is on its way.
    pub sent: bool,
    /// What needs fixing.
    pub problems: Problems,
}

impl Status {
    /// How far it is, in one sentence.
    fn headline(&self) -> String {
        match self.standing.state {
            State::Waiting { is_proved: false, .. } => self.f.t("recover-state-waiting"),
            State::Waiting { is_proved: true, .. } => self.f.t("recover-state-proved"),
            State::Unproved => self.f.t("recover-state-unproved"),
            State::Ready => self.f.t("recover-state-ready"),
            State::Over(End::Stopped, _) => self.f.t("recover-state-stopped"),
            State::Over(End::Refused, _) => self.f.t("recover-state-refused"),
            State::Over(End::Done, _) => self.f.t("recover-state-done"),
            State::Over(End::Undone, _) => self.f.t("recover-state-undone"),
            State::Over(End::Expired, _) => self.f.t("recover-state-expired"),
        }
    }

    /// What comes next.
    fn next(&self) -> String {
        let (f, standing) = (&self.f, &self.standing);
        match standing.state {
            State::Waiting { is_proved: false, .. } | State::Unproved => {
                super::way_text(f, standing.way)
            }
            State::Waiting { is_proved: true, .. } => {
                f.t1("recover-next-proved", "time", f.date_time(&standing.until))
            }
            State::Ready => {
                let contact = standing.contact.masked();
                match standing.contact {
                    Destination::Email(_) => f.t1("recover-next-link", "contact", &contact),
                    Destination::Sms(_) => f.t1("recover-next-code", "contact", &contact),
                }
            }
            State::Over(End::Done, _) => f.t("recover-next-done"),
            State::Over(End::Stopped | End::Refused | End::Undone | End::Expired, _) => {
                f.t2("recover-next-over", "phone", &f.help.phone, "hours", &f.help.hours)
            }
        }
    }

    fn is_waiting(&self) -> bool {
        matches!(self.standing.state, State::Waiting { .. })
    }

    fn is_ready(&self) -> bool {
        self.standing.state == State::Ready
    }

    fn is_over(&self) -> bool {
        matches!(self.standing.state, State::Over(..))
    }

    fn send_button(&self) -> String {
        match self.standing.contact {
            Destination::Email(_) => self.f.t("recover-link-again-button"),
            Destination::Sms(_) => self.f.t("recover-code-button"),
        }
    }

    fn way(&self) -> String {
        super::way_label(&self.f, self.standing.way)
    }
}

/// `GET /recover/status`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    let standing = match remembered(&guest) {
        Some(id) if guest.query.text("other") != "yes" => {
            status::view(&guest.site.app, &guest.visit, id).await?
        }
        _ => None,
    };
    let sent = guest.query.text("sent") == "again";
    Ok(match standing {
        Some(standing) => Status::of(&guest, standing, sent, None),
        None => ask(&guest, "", "", &[]),
    })
}

/// `POST /recover/status`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let fields = form.to_show_again();
    let text = |name| -> String { fields.text(name).trim().chars().take(254).collect() };
    let (reference, contact) = (text("reference"), text("contact"));
    let again = |problems: &[AskProblem]| Ok(ask(guest, &reference, &contact, problems));
    if form.of_anybody().is_err() {
        return again(&[AskProblem::Stale]);
    }
    let missing: Vec<AskProblem> =
        [(&reference, AskProblem::NoReference), (&contact, AskProblem::NoContact)]
            .into_iter()
            .filter(|(typed, _)| typed.is_empty())
            .map(|(_, problem)| problem)
            .collect();
    if !missing.is_empty() {
        return again(&missing);
    }
    let read = RecoveryReference::parse(&reference);
    let to = super::destination(&contact);
    let (app, visit) = (&guest.site.app, &guest.visit);
    match status::ask(app, visit, read.as_ref(), to.as_ref()).await? {
        Answer::Right(id) => {
            let mut response = see_other(HERE);
            let value = BASE64URL_NOPAD.encode(&status::seal(app, &guest.browser, id)?);
            let headers = response.headers_mut();
            cookies::set(&guest.site, headers, cookies::RECOVERY_SEEN, &value, Some(REMEMBERED));
            Ok(response)
        }
        Answer::Wrong => again(&[AskProblem::Wrong]),
        Answer::Paused(until) => again(&[AskProblem::Paused(until)]),
        Answer::TooMany { until } => Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    }
}

/// `POST /recover/status/send`: another link to a new address, or a code to a new number.
pub async fn send(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let (app, visit) = (&guest.site.app, &guest.visit);
    let Some(id) = remembered(guest).filter(|_| form.of_anybody().is_ok()) else {
        return Ok(see_other(HERE));
    };
    let Some(standing) = status::view(app, visit, id).await? else { return Ok(see_other(HERE)) };
    let Some(sending) = finishing::send(app, visit, id).await? else { return Ok(see_other(HERE)) };
    match standing.contact {
        // A code that must wait may be on its way already.
        Destination::Sms(_) => match problem_of_sending(sending, visit.now) {
            None => Ok(see_other("/recover/status/code?sent=again")),
            problem => code(guest, problem).await,
        },
        Destination::Email(_) => Ok(match sending {
            Sending::Now => see_other("/recover/status?sent=again"),
            other => Status::of(guest, standing, false, Some(other)),
        }),
    }
}

/// `GET` of the address that only sends.
pub async fn back() -> Response {
    see_other(HERE)
}

/// `GET /recover/status/code`
pub async fn show_code(guest: Guest) -> Result<Response, Trouble> {
    code(&guest, None).await
}

/// `POST /recover/status/code`
pub async fn submit_code(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let (app, visit) = (&guest.site.app, &guest.visit);
    let Some(id) = remembered(guest) else { return Ok(see_other(HERE)) };
    if form.of_anybody().is_err() {
        return code(guest, Some(CodeProblem::Stale)).await;
    }
    let typed = form.to_show_again().text("code");
    match finishing::enter(app, visit, id, typed).await? {
        None => Ok(see_other(HERE)),
        Some(Entered::Right(token)) => {
            let mut response = see_other("/recover/password");
            let headers = response.headers_mut();
            let (name, life) = (cookies::RECOVERY_LINK, Some(LINK_LIFE));
            cookies::set(&guest.site, headers, name, token.expose(), life);
            Ok(response)
        }
        Some(Entered::Not(Checked::Late)) => {
            // A right code deserves another one in its place.
            let sent = finishing::send(app, visit, id).await?;
            let problem = match sent {
                Some(Sending::Now) => problem_of(Checked::Late),
                _ => Some(CodeProblem::SendDay),
            };
            code(guest, problem).await
        }
        Some(Entered::Not(checked)) => code(guest, problem_of(checked)).await,
        Some(Entered::TooMany { until }) => Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    }
}

async fn code(guest: &Guest, problem: Option<CodeProblem>) -> Result<Response, Trouble> {
    let (app, visit) = (&guest.site.app, &guest.visit);
    let Some(id) = remembered(guest) else { return Ok(see_other(HERE)) };
    let standing = status::view(app, visit, id).await?;
    let waiting = finishing::waiting(app, visit, id).await?;
    let (Some(standing), Some(waiting)) = (standing, waiting) else { return Ok(see_other(HERE)) };
    let f = Frame { address: FINISHING.code.to_owned(), ..guest.frame() };
    let mut page = Code::of(f, &standing.contact, waiting, visit.now, FINISHING).with(problem);
    page.sent_again = problem.is_none() && guest.query.text("sent") == "again";
    Ok(page.shown())
}

fn remembered(guest: &Guest) -> Option<RecoveryId> {
    let sealed = BASE64URL_NOPAD.decode(guest.recovery_seen.as_deref()?.as_bytes()).ok()?;
    status::unseal(&guest.site.app, &guest.browser, &sealed)
}

fn ask(guest: &Guest, reference: &str, contact: &str, problems: &[AskProblem]) -> Response {
    let f = Frame { address: HERE.to_owned(), ..guest.frame() };
    let page = Ask {
        reference: reference.to_owned(),
        contact: contact.to_owned(),
        problems: problems.iter().map(|problem| problem.says(&f)).collect(),
        f,
    };
    let is_paused = problems.iter().any(|problem| matches!(problem, AskProblem::Paused(_)));
    let status = if is_paused { StatusCode::TOO_MANY_REQUESTS } else { page.problems.status() };
    front::show(status, &page)
}

impl Status {
    fn of(guest: &Guest, standing: Standing, sent: bool, not_sent: Option<Sending>) -> Response {
        let f = Frame { address: HERE.to_owned(), ..guest.frame() };
        let text = match not_sent {
            None => None,
            Some(Sending::Wait(until)) => Some(f.t1("recover-link-wait", "time", f.clock(&until))),
            Some(_) => Some(f.t("recover-link-day")),
        };
        let problems = text.into_iter().map(|text| Problem { field: "send", text }).collect();
        let page = Self { f, standing, sent, problems };
        front::show(page.problems.status(), &page)
    }
}
