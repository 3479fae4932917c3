//! An invitation to work at the desk: one link, one passkey, once.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::staff::INVITATION_LIFE;
use payung_flows::staff::invitations::{self, Joined, Welcome};

use super::caller::{Caller, Form};
use super::sign_in::{KeyProblem, answered};
use super::{Me, role_words};
use crate::guest::Trouble;
use crate::page::{Frame, Problems};
use crate::{cookies, front};

/// The page of an invitation.
#[derive(Debug, Template)]
#[template(path = "desk/join.html")]
pub struct Join {
    /// Around the page.
    pub f: Frame,
    /// Nobody is signed in here.
    pub me: Option<Me>,
    /// Who was invited, and what their device is asked; none when the link works no more.
    pub welcome: Option<Welcome>,
    /// What needs fixing.
    pub problems: Problems,
}

impl Join {
    fn name(&self) -> &str {
        self.welcome.as_ref().map_or("", |welcome| welcome.staff.name.as_str())
    }

    fn role(&self) -> String {
        self.welcome
            .as_ref()
            .map_or_else(String::new, |welcome| role_words(&self.f, welcome.staff.role))
    }
}

/// `GET /join`: the token leaves the address at once.
pub async fn show(caller: Caller) -> Result<Response, Trouble> {
    if caller.guest.query.filled("token").is_none() {
        return page(&caller, None).await;
    }
    let (name, life) = (cookies::DESK_INVITATION, INVITATION_LIFE);
    Ok(cookies::take_from_address(&caller.guest, name, life, "/join"))
}

/// `POST /join`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let caller = &form.caller;
    let (Ok(fields), Some(token)) = (form.of_anybody(), caller.invitation.as_ref()) else {
        return page(caller, Some(KeyProblem::Old)).await;
    };
    let (app, visit, browser) = (caller.app(), caller.visit(), &caller.guest.browser);
    match invitations::accept(app, visit, browser, token, answered(fields)).await? {
        Joined::SignedIn(session) => Ok(caller.let_in(&session, "/")),
        Joined::Gone => page(caller, None).await,
        Joined::Not(answer) => page(caller, Some(KeyProblem::of(&answer)?)).await,
    }
}

async fn page(caller: &Caller, problem: Option<KeyProblem>) -> Result<Response, Trouble> {
    let f = Frame { address: "/join".to_owned(), ..caller.frame() };
    let (app, visit, browser) = (caller.app(), caller.visit(), &caller.guest.browser);
    let welcome = match &caller.invitation {
        Some(token) => invitations::open(app, visit, browser, token).await?,
        None => None,
    };
    let problem = problem.filter(|_| welcome.is_some());
    let problems: Problems = problem.iter().map(|problem| problem.says(&f)).collect();
    let status = match (&welcome, problems.is_empty()) {
        (None, _) => StatusCode::GONE,
        (Some(_), true) => StatusCode::OK,
        (Some(_), false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(front::show(status, &Join { f, me: None, welcome, problems }))
}
