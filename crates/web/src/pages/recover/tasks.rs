//! The list of tasks, each a page of its own, and the button that sends what was filled in.

use askama::Template;
use axum::response::Response;
use payung_domain::second_factor::Destination;
use payung_flows::recoveries::asking::{self, Draft, Found, Submitted};

use crate::front;
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// The list.
#[derive(Debug, Template)]
#[template(path = "recover/tasks.html")]
pub struct Tasks {
    /// Around the page.
    pub f: Frame,
    /// Whether the details were given.
    pub who: bool,
    /// Whether it was said what is lost.
    pub lost: bool,
    /// How far the new contact is.
    pub contact: Contact,
    /// Whether a way to prove it was chosen.
    pub proof: bool,
    /// What needs fixing.
    pub problems: Problems,
}

/// How far the new contact is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    /// None was given.
    Missing,
    /// This one waits for its code.
    Unproved(String),
    /// This one is proved.
    Proved,
}

impl Tasks {
    fn of(f: Frame, draft: &Draft) -> Self {
        let contact = match (&draft.contact, draft.confirmed_at) {
            (None, _) => Contact::Missing,
            (Some(to), None) => Contact::Unproved(Destination::masked(to)),
            (Some(_), Some(_)) => Contact::Proved,
        };
        Self {
            f,
            who: draft.typed.is_some(),
            lost: draft.lost.is_some(),
            contact,
            proof: draft.way.is_some(),
            problems: Problems::default(),
        }
    }

    fn is_complete(&self) -> bool {
        self.who && self.lost && self.contact == Contact::Proved && self.proof
    }

    fn standing(&self, is_done: bool) -> String {
        if is_done { self.f.t("recover-task-done") } else { self.f.t("recover-task-open") }
    }

    /// Where the task of the new contact goes on.
    const fn contact_page(&self) -> &'static str {
        match self.contact {
            Contact::Missing | Contact::Proved => "/recover/contact",
            Contact::Unproved(_) => "/recover/code",
        }
    }
}

/// `GET /recover/tasks`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    page(&guest, None).await
}

/// `POST /recover/tasks`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return page(guest, Some("stale")).await,
        Err(instead) => return Ok(instead),
    };
    match asking::submit(&guest.site.app, &guest.visit, token).await? {
        Found::Open(Submitted::Sent(_)) | Found::Sent(_) => Ok(see_other("/recover/received")),
        Found::Open(Submitted::Incomplete) => page(guest, Some("recover-incomplete")).await,
        Found::Open(Submitted::TooMany { until }) | Found::TooMany { until } => {
            Err(Trouble::Obstacle(Obstacle::TooMany(until)))
        }
        Found::Gone => Ok(super::gone(guest)),
    }
}

async fn page(guest: &Guest, problem: Option<&str>) -> Result<Response, Trouble> {
    let (token, asking) = match super::open(guest).await? {
        Ok(open) => open,
        Err(instead) => return Ok(instead),
    };
    let mut page = Tasks::of(super::framed(guest, token, super::TASKS), &asking.draft);
    page.problems =
        problem.iter().map(|key| Problem { field: "send", text: page.f.t(key) }).collect();
    Ok(front::show(page.problems.status(), &page))
}
