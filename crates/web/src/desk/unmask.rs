//! One field in full for five minutes: a passkey used a moment ago, and a reason of its own.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use payung_domain::staff::Right;
use payung_domain::staff::audit::Act;
use payung_domain::staff::looks::Field;
use payung_flows::staff::looks::{self, Unmasked};

use super::caller::{Form, Officer};
use super::record::{address, named};
use super::{Me, field_words, reason_problem, stale};
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};

/// The question.
#[derive(Debug, Template)]
#[template(path = "desk/unmask.html")]
pub struct Unmask {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The record's address.
    pub record: String,
    /// Which field.
    pub field: Field,
    /// The reason so far.
    pub reason: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl Unmask {
    fn label(&self) -> String {
        field_words(&self.f, self.field)
    }
}

/// `GET /records/{id}/unmask?field=…`
pub async fn show(officer: Officer, Path(id): Path<String>) -> Result<Response, Trouble> {
    let record = address(named(&id));
    let Some(field) = Field::named(officer.caller.guest.query.text("field")) else {
        return Ok(see_other(&record));
    };
    officer.may(Right::Unmask, Act::Unmasked, &question(&record, field)).await?;
    Ok(page(&officer, (record, field), String::new(), None))
}

/// `POST /records/{id}/unmask`
pub async fn submit(
    officer: Officer,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let (look, f) = (named(&id), officer.frame());
    let record = address(look);
    let typed = form.to_show_again();
    let reason = typed.text("reason").to_owned();
    let Some(field) = Field::named(typed.text("field")) else { return Ok(see_other(&record)) };
    if form.of_session().is_err() {
        return Ok(page(&officer, (record, field), reason, Some(stale(&f, "reason"))));
    }
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    let problem = match looks::unmask(app, visit, signed_in, (look, field), &reason).await? {
        Unmasked::Done => return Ok(see_other(&record)),
        Unmasked::Gone => return Ok(see_other("/look-up")),
        Unmasked::Denied(denied) => {
            return Err(officer.denied(denied, &question(&record, field)));
        }
        Unmasked::NoReason(problem) => reason_problem(&f, problem),
        Unmasked::TooMany => Problem { field: "reason", text: f.t("desk-too-many-fields") },
    };
    Ok(page(&officer, (record, field), reason, Some(problem)))
}

fn question(record: &str, field: Field) -> String {
    format!("{record}/unmask?field={}", field.name())
}

fn page(
    officer: &Officer,
    (record, field): (String, Field),
    reason: String,
    problem: Option<Problem>,
) -> Response {
    let f = Frame { address: question(&record, field), ..officer.frame() };
    let problems: Problems = problem.into_iter().collect();
    let status = problems.status();
    let me = Some(officer.me());
    front::show(status, &Unmask { f, me, record, field, reason, problems })
}
