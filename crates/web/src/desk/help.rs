//! S07 Buka jeda / Unlock and reset help, and asking for what takes two officers.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::ids::LookId;
use payung_domain::staff::Right;
use payung_domain::staff::acts::Kind;
use payung_domain::staff::audit::Act;
use payung_flows::staff::acts::{self, Asked, Wish};
use payung_flows::staff::helping::{self, Helped};

use super::acts::address as act_address;
use super::caller::{Form, Officer};
use super::record::{address, named};
use super::verify::{kind_words, place as checklist, stopped};
use super::{Me, reason_problem, stale};
use crate::form::Fields;
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::contributions::history::Choice;

/// The question.
#[derive(Debug, Template)]
#[template(path = "desk/help.html")]
pub struct Help {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The record's address.
    pub record: String,
    /// What was chosen and typed before.
    pub typed: Typed,
    /// What needs fixing.
    pub problems: Problems,
}

/// What was chosen and typed. The new contact is typed anew each time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// What to do.
    pub kind: Option<Kind>,
    /// Whether the new number was called.
    pub is_called: bool,
    /// Why.
    pub reason: String,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        Self {
            kind: Kind::named(fields.text("kind")),
            is_called: fields.text("called") == "yes",
            reason: fields.text("reason").to_owned(),
        }
    }
}

impl Help {
    fn kinds(&self) -> Vec<Choice> {
        let choice = |kind: Kind| Choice {
            value: kind.name().to_owned(),
            label: kind_words(&self.f, kind),
            chosen: self.typed.kind == Some(kind),
        };
        Kind::ALL.into_iter().map(choice).collect()
    }
}

/// What was done at once.
#[derive(Debug, Template)]
#[template(path = "desk/helped.html")]
pub struct HelpDone {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The record's address.
    pub record: String,
    /// What was done.
    pub kind: Kind,
}

impl HelpDone {
    fn text(&self) -> String {
        self.f.t(if self.kind == Kind::SendReset {
            "desk-help-done-send-reset"
        } else {
            "desk-help-done-unlock"
        })
    }
}

fn here(look: LookId) -> String {
    format!("{}/help", address(look))
}

/// `GET /records/{id}/help`
pub async fn show(officer: Officer, Path(id): Path<String>) -> Result<Response, Trouble> {
    let look = named(&id);
    officer.may(Right::Help, Act::ActAsked, &here(look)).await?;
    let done = officer.caller.guest.query.text("done");
    if let Some(kind) = Kind::named(done).filter(|kind| !kind.needs_two()) {
        let f = Frame { address: here(look), ..officer.frame() };
        let page = HelpDone { f, me: Some(officer.me()), record: address(look), kind };
        return Ok(front::show(StatusCode::OK, &page));
    }
    Ok(page(&officer, look, Typed::default(), None))
}

/// `POST /records/{id}/help`
pub async fn submit(
    officer: Officer,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let (look, f) = (named(&id), officer.frame());
    let fields = form.to_show_again();
    let typed = Typed::of(fields);
    if form.of_session().is_err() {
        return Ok(page(&officer, look, typed, Some(stale(&f, "kind"))));
    }
    let Some(kind) = typed.kind else {
        let problem = Problem { field: "kind", text: f.t("desk-help-kind-missing") };
        return Ok(page(&officer, look, typed, Some(problem)));
    };
    if kind.needs_two() {
        return ask(&officer, look, (kind, fields.text("contact")), typed).await;
    }
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    let helped = helping::help(app, visit, signed_in, look, (kind, &typed.reason)).await?;
    let problem = match helped {
        Helped::Done => {
            return Ok(see_other(&format!("{}?done={}", here(look), kind.name())));
        }
        Helped::Not(stop) => return stopped(&officer, stop, &here(look)),
        Helped::NotVerified => return Ok(see_other(&checklist(look))),
        Helped::NoReason(problem) => reason_problem(&f, problem),
        Helped::Nothing => Problem { field: "kind", text: f.t("desk-help-nothing") },
        Helped::NoAddress => Problem { field: "kind", text: f.t("desk-help-no-address") },
    };
    Ok(page(&officer, look, typed, Some(problem)))
}

async fn ask(
    officer: &Officer,
    look: LookId,
    (kind, contact): (Kind, &str),
    typed: Typed,
) -> Result<Response, Trouble> {
    let (caller, f) = (&officer.caller, officer.frame());
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    let wish = Wish { kind, new: contact, is_called: typed.is_called, reason: &typed.reason };
    let (field, key) = match acts::ask(app, visit, signed_in, look, wish).await? {
        Asked::Done(act) => return Ok(see_other(&act_address(act))),
        Asked::Not(stop) => return stopped(officer, stop, &here(look)),
        Asked::NoReason(problem) => {
            let problem = reason_problem(&f, problem);
            return Ok(page(officer, look, typed, Some(problem)));
        }
        Asked::NotVerified => ("kind", "desk-help-not-verified"),
        Asked::Unreadable(_) => ("contact", "desk-help-contact-format"),
        Asked::NotCalled => ("called", "desk-help-called-missing"),
        Asked::Refused(_) => ("contact", "desk-help-cannot"),
        Asked::Taken => ("contact", "desk-help-taken"),
        Asked::Nothing => ("kind", "desk-help-nothing-there"),
        Asked::LastWay => ("kind", "desk-help-last"),
        Asked::Open => ("kind", "desk-help-open"),
    };
    Ok(page(officer, look, typed, Some(Problem { field, text: f.t(key) })))
}

fn page(officer: &Officer, look: LookId, typed: Typed, problem: Option<Problem>) -> Response {
    let f = Frame { address: here(look), ..officer.frame() };
    let problems: Problems = problem.into_iter().collect();
    let status = problems.status();
    let (me, record) = (Some(officer.me()), address(look));
    front::show(status, &Help { f, me, record, typed, problems })
}
