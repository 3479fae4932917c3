//! Who works at the desk: an administrator shuts somebody out, or lets them in again.

use askama::Template;
use axum::response::Response;
use payung_domain::staff::looks::Reason;
use payung_domain::staff::{Officer as Name, Staff};
use payung_flows::staff::people::{self, Changed};

use super::caller::{Form, Officer};
use super::{Me, reason_problem, role_words, stale};
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};

/// The list.
#[derive(Debug, Template)]
#[template(path = "desk/people.html")]
pub struct People {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// Everybody, by name.
    pub staff: Vec<Staff>,
    /// Whom it was about before.
    pub name: String,
    /// The reason so far.
    pub reason: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl People {
    fn role(&self, staff: &Staff) -> String {
        role_words(&self.f, staff.role)
    }

    fn since(&self, staff: &Staff) -> Option<String> {
        staff.disabled_at.map(|at| self.f.date_time(&at))
    }
}

/// `GET /staff`
pub async fn show(officer: Officer) -> Result<Response, Trouble> {
    page(&officer, String::new(), String::new(), None).await
}

/// `POST /staff`
pub async fn submit(officer: Officer, form: Form) -> Result<Response, Trouble> {
    let (typed, f) = (form.to_show_again(), officer.frame());
    let name = typed.text("name").to_owned();
    let reason = typed.text("reason").to_owned();
    if form.of_session().is_err() {
        return page(&officer, name, reason, Some(stale(&f, "name"))).await;
    }
    let Some(whom) = Name::parse(&name) else {
        let problem = Problem { field: "name", text: f.t("desk-people-nobody") };
        return page(&officer, name, reason, Some(problem)).await;
    };
    let words = match Reason::words(&reason) {
        Ok(words) => words,
        Err(problem) => {
            let problem = reason_problem(&f, problem);
            return page(&officer, name, reason, Some(problem)).await;
        }
    };
    let is_out = typed.text("act") != "enable";
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    let text = match people::switch(app, visit, signed_in, &whom, is_out, &words).await? {
        Changed::Done => return Ok(see_other("/staff")),
        Changed::Denied(denied) => return Err(officer.denied(denied, "/staff")),
        Changed::Nothing => f.t("desk-people-nobody"),
        Changed::Own => f.t("desk-people-own"),
        Changed::Twin => f.t("desk-people-twin"),
    };
    page(&officer, name, reason, Some(Problem { field: "name", text })).await
}

async fn page(
    officer: &Officer,
    name: String,
    reason: String,
    problem: Option<Problem>,
) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let staff = people::list(caller.app(), caller.visit(), &officer.signed_in)
        .await?
        .map_err(|denied| officer.denied(denied, "/staff"))?;
    let f = Frame { address: "/staff".to_owned(), ..officer.frame() };
    let problems: Problems = problem.into_iter().collect();
    let status = problems.status();
    let me = Some(officer.me());
    Ok(front::show(status, &People { f, me, staff, name, reason, problems }))
}
