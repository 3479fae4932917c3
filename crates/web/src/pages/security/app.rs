//! M25: an authenticator app, from the QR code to its first right code, and its removal.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::passkeys::Name;
use payung_flows::apps::{self, Completed, Pending};
use payung_flows::security::{self, Removed};

use super::HOME;
use super::overview::Done;
use crate::front;
use crate::guest::{Form, Member, Proved, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::sign_in::Way;
use crate::pages::sign_in::code::CodeProblem;

/// Where it is set up.
const HERE: &str = "/security/app";

/// The page that sets an app up.
#[derive(Debug, Template)]
#[template(path = "security/app.html")]
pub struct App {
    /// Around the page.
    pub f: Frame,
    /// What is to be scanned; none before it was begun.
    pub pending: Option<Pending>,
    /// Whether there is an app already, which the new one replaces.
    pub replaces: bool,
    /// What the app is to be called.
    pub name: String,
    /// What needs fixing.
    pub problems: Problems,
}

/// `GET /security/app`
pub async fn show(Proved(member): Proved) -> Result<Response, Trouble> {
    page(&member, "", &[]).await
}

/// `POST /security/app/begin`: draws a new key.
pub async fn begin(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    if form.of_session().is_ok() {
        let guest = &member.guest;
        apps::begin(&guest.site.app, &guest.visit, &member.signed_in.account).await?;
    }
    Ok(see_other(HERE))
}

/// `GET` of an address that only takes forms: back to the page that has them.
pub async fn back() -> Response {
    see_other(HERE)
}

/// `POST /security/app`: the first code.
pub async fn submit(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let Ok(fields) = form.of_session() else {
        return page(&member, form.to_show_again().text("name"), &[CodeProblem::Stale]).await;
    };
    let (typed, name) = (fields.text("code"), fields.text("name"));
    let called = Name::or(name, "");
    let account = &member.signed_in.account;
    match apps::complete(&guest.site.app, &guest.visit, account, typed, &called).await? {
        Completed::Done => Ok(Done::AppAdded.shown()),
        Completed::Unreadable(problem) => page(&member, name, &[problem.into()]).await,
        Completed::Wrong => page(&member, name, &[CodeProblem::Wrong]).await,
        Completed::Gone => {
            let mut page = view(&member, "").await?;
            let text = page.f.t("app-gone");
            page.problems = Problems(vec![Problem { field: "begin", text }]);
            Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
    }
}

async fn page(member: &Member, name: &str, problems: &[CodeProblem]) -> Result<Response, Trouble> {
    let mut page = view(member, name).await?;
    // Without a key there is no field to say it at: the page that begins says what to do.
    if page.pending.is_some() {
        page.problems = problems.iter().map(|p| p.says(&page.f, &Way::Totp)).collect();
    }
    let is_fine = problems.is_empty();
    Ok(front::show(if is_fine { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &page))
}

async fn view(member: &Member, name: &str) -> Result<App, Trouble> {
    let (guest, account) = (&member.guest, &member.signed_in.account);
    let app = &guest.site.app;
    Ok(App {
        f: Frame { address: HERE.to_owned(), ..member.frame() },
        pending: apps::pending(app, &guest.visit, account, &member.name).await?,
        replaces: security::overview(app, &guest.visit, account).await?.app.is_some(),
        name: name.to_owned(),
        problems: Problems::default(),
    })
}

/// The question before the app is removed.
#[derive(Debug, Template)]
#[template(path = "security/app_remove.html")]
pub struct RemoveApp {
    /// Around the page.
    pub f: Frame,
    /// Whether it is the last way, which stays.
    pub problems: Problems,
}

/// `GET /security/app/remove`
pub async fn ask(Proved(member): Proved) -> Response {
    front::show(StatusCode::OK, &RemoveApp { f: member.frame(), problems: Problems::default() })
}

/// `POST /security/app/remove`
pub async fn remove(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    if form.of_session().is_err() {
        return Ok(see_other("/security/app/remove"));
    }
    Ok(match apps::remove(&guest.site.app, &guest.visit, &member.signed_in.account).await? {
        Removed::Done => Done::AppRemoved.shown(),
        Removed::Gone => see_other(HOME),
        Removed::Last => {
            let f = member.frame();
            let text = f.t("factor-last");
            let problems = Problems(vec![Problem { field: "remove", text }]);
            front::show(StatusCode::UNPROCESSABLE_ENTITY, &RemoveApp { f, problems })
        }
    })
}
