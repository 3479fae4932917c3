//! M25: an authenticator app, from the QR code to its first right code, and its removal.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::passkeys::Name;
use payung_flows::apps::{self, Completed, Pending};
use payung_flows::security::{self, Device, Removed};

use super::HOME;
use super::overview::Done;
use crate::front;
use crate::guest::{Confirmed, Form, Member, Proved, Trouble, see_other};
use crate::page::{Frame, Kept, Problem, Problems};
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
    let kept = member.kept().await?;
    let mut page = view(&member, kept.as_ref().map_or("", |fields| fields.text("name"))).await?;
    page.f.kept = kept.map(|_| Kept::Answers).filter(|_| page.pending.is_some());
    Ok(front::show(StatusCode::OK, &page))
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

/// What can be done with the app: suspend it, switch it on again, remove it.
#[derive(Debug, Template)]
#[template(path = "security/app_remove.html")]
pub struct RemoveApp {
    /// Around the page.
    pub f: Frame,
    /// Whether it is suspended.
    pub is_suspended: bool,
    /// Whether it is the last way, which stays.
    pub problems: Problems,
}

impl RemoveApp {
    async fn of(member: &Member) -> Result<Self, Trouble> {
        let (guest, account) = (&member.guest, &member.signed_in.account);
        let overview = security::overview(&guest.site.app, &guest.visit, account).await?;
        let is_suspended = overview.app.is_some_and(|app| app.suspended_at.is_some());
        let f = Frame { address: REMOVE.to_owned(), ..member.frame() };
        Ok(Self { f, is_suspended, problems: Problems::default() })
    }

    /// The last way stays: another one first.
    fn last(mut self) -> Response {
        let text = self.f.t("factor-last");
        self.problems = Problems(vec![Problem { field: "remove", text }]);
        front::show(StatusCode::UNPROCESSABLE_ENTITY, &self)
    }
}

/// Where it is managed.
const REMOVE: &str = "/security/app/remove";

/// `GET /security/app/remove`
pub async fn ask(Confirmed(member): Confirmed) -> Result<Response, Trouble> {
    Ok(front::show(StatusCode::OK, &RemoveApp::of(&member).await?))
}

/// `GET` of an address that only takes forms: back to the page that has them.
pub async fn back_to_managing() -> Response {
    see_other(REMOVE)
}

/// `POST /security/app/suspend`: at once, by any way that is left (J-06).
pub async fn suspend(Confirmed(member): Confirmed, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    if form.of_session().is_err() {
        return Ok(see_other(REMOVE));
    }
    let (app, account) = (&guest.site.app, &member.signed_in.account);
    Ok(match security::suspend(app, &guest.visit, account, Device::App).await? {
        Removed::Done => Done::Suspended.shown(),
        Removed::Gone => see_other(HOME),
        Removed::Last => RemoveApp::of(&member).await?.last(),
    })
}

/// `POST /security/app/resume`
pub async fn resume(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    if form.of_session().is_err() {
        return Ok(see_other(REMOVE));
    }
    let (app, account) = (&guest.site.app, &member.signed_in.account);
    security::resume(app, &guest.visit, account, Device::App).await?;
    Ok(Done::Resumed.shown())
}

/// `POST /security/app/remove`
pub async fn remove(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    if form.of_session().is_err() {
        return Ok(see_other(REMOVE));
    }
    Ok(match apps::remove(&guest.site.app, &guest.visit, &member.signed_in.account).await? {
        Removed::Done => Done::AppRemoved.shown(),
        Removed::Gone => see_other(HOME),
        Removed::Last => RemoveApp::of(&member).await?.last(),
    })
}
