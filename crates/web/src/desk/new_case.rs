//! A case for a member who called, came or wrote: from the record that an officer has open.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use payung_domain::staff::Right;
use payung_domain::staff::audit::Act;
use payung_domain::staff::cases::Kind;
use payung_flows::staff::cases::work::{FOR_MEMBERS, ForMember, open_for_member};

use super::caller::{Form, Officer};
use super::case_words::{kind_words, note_problem};
use super::record::{address, named};
use super::{Me, stale};
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::contributions::history::Choice;

/// The question.
#[derive(Debug, Template)]
#[template(path = "desk/new_case.html")]
pub struct NewCase {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The record's address.
    pub record: String,
    /// What it is about, so far.
    pub kind: Option<Kind>,
    /// What the member asks, so far.
    pub note: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl NewCase {
    fn kinds(&self) -> Vec<Choice> {
        let choice = |kind: &Kind| Choice {
            value: kind.name().to_owned(),
            label: kind_words(&self.f, *kind),
            chosen: self.kind == Some(*kind),
        };
        FOR_MEMBERS.iter().map(choice).collect()
    }
}

/// `GET /records/{id}/case`
pub async fn show(officer: Officer, Path(id): Path<String>) -> Result<Response, Trouble> {
    let record = address(named(&id));
    officer.may(Right::HandleCases, Act::CaseOpened, &record).await?;
    Ok(page(&officer, record, (None, String::new()), None))
}

/// `POST /records/{id}/case`
pub async fn submit(
    officer: Officer,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let (look, f) = (named(&id), officer.frame());
    let record = address(look);
    let typed = form.to_show_again();
    let kind = Kind::named(typed.text("kind")).filter(|kind| FOR_MEMBERS.contains(kind));
    let note = typed.text("note").to_owned();
    if form.of_session().is_err() {
        let problem = stale(&f, "note");
        return Ok(page(&officer, record, (kind, note), Some(problem)));
    }
    let Some(kind) = kind else {
        let problem = Problem { field: "kind", text: f.t("desk-new-case-missing") };
        return Ok(page(&officer, record, (None, note), Some(problem)));
    };
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    match open_for_member(app, visit, signed_in, (look, kind), &note).await? {
        ForMember::Case(reference) => Ok(see_other(&format!("/cases/{reference}"))),
        ForMember::Gone => Ok(see_other("/look-up")),
        ForMember::Denied(denied) => Err(officer.denied(denied, &record)),
        ForMember::NoNote(why) => {
            let problem = Problem { field: "note", text: note_problem(&f, why) };
            Ok(page(&officer, record, (Some(kind), note), Some(problem)))
        }
    }
}

fn page(
    officer: &Officer,
    record: String,
    (kind, note): (Option<Kind>, String),
    problem: Option<Problem>,
) -> Response {
    let f = Frame { address: format!("{record}/case"), ..officer.frame() };
    let problems: Problems = problem.into_iter().collect();
    let status = problems.status();
    let me = Some(officer.me());
    front::show(status, &NewCase { f, me, record, kind, note, problems })
}
