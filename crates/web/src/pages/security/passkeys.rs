//! M25: adding a passkey, naming it, removing it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::passkeys::Name;
use payung_flows::passkeys::{self, Added, Answered, Challenge};
use payung_flows::security::{self, Device, Removed};
use uuid::Uuid;

use super::HOME;
use super::overview::Done;
use crate::front;
use crate::guest::{Confirmed, Form, Member, Proved, Trouble, see_other};
use crate::page::{Frame, Kept, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// Where passkeys are added.
const ADD: &str = "/security/passkeys/add";

/// The page that adds one. Without script it says what to do instead.
#[derive(Debug, Template)]
#[template(path = "security/passkey_add.html")]
pub struct AddPasskey {
    /// Around the page.
    pub f: Frame,
    /// What the browser is asked.
    pub passkey: Challenge,
    /// What the passkey is to be called.
    pub name: String,
    /// What needs fixing.
    pub problems: Problems,
}

/// What may need fixing when a passkey is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddProblem {
    /// `key.exists`: it is registered already.
    Exists,
    /// There are as many as there may be.
    Full,
    /// Nothing usable came back.
    Refused,
    /// The page was open for too long.
    Old,
}

impl AddProblem {
    /// The problem in words.
    #[must_use]
    pub fn says(self, f: &Frame) -> Problem {
        let text = match self {
            Self::Exists => f.t("key-exists"),
            Self::Full => f.t("key-full"),
            Self::Refused => f.t("key-not-added"),
            Self::Old => f.t("key-old"),
        };
        Problem { field: "name", text }
    }
}

/// `GET /security/passkeys/add`
pub async fn show_add(Proved(member): Proved) -> Result<Response, Trouble> {
    let kept = member.kept().await?;
    let name = kept.as_ref().map_or("", |fields| fields.text("name"));
    let mut page = AddPasskey::of(&member, name).await?;
    page.f.kept = kept.map(|_| Kept::Answers);
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /security/passkeys/add`
pub async fn add(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let Ok(fields) = form.of_session() else {
        return again(&member, form.to_show_again().text("name"), AddProblem::Old).await;
    };
    let name = fields.text("name");
    let answered =
        Answered { sealed: fields.text("challenge"), credential: fields.text("credential") };
    let called = Name::or(name, &guest.visit.device);
    let (app, account) = (&guest.site.app, &member.signed_in.account);
    let (visit, browser, token) = (&guest.visit, &guest.browser, &member.token);
    let added = passkeys::add(app, visit, browser, account, token, answered, &called).await?;
    let problem = match added {
        Added::Done => return Ok(Done::PasskeyAdded.shown()),
        Added::Known => AddProblem::Exists,
        Added::Full => AddProblem::Full,
        Added::Refused => AddProblem::Refused,
        Added::Stale => AddProblem::Old,
    };
    again(&member, name, problem).await
}

async fn again(member: &Member, name: &str, problem: AddProblem) -> Result<Response, Trouble> {
    let mut page = AddPasskey::of(member, name).await?;
    page.problems = Problems(vec![problem.says(&page.f)]);
    Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

impl AddPasskey {
    async fn of(member: &Member, name: &str) -> Result<Self, Trouble> {
        let (guest, account) = (&member.guest, member.signed_in.account.id);
        let (app, visit, browser) = (&guest.site.app, &guest.visit, &guest.browser);
        let owner = &member.name;
        let passkey =
            passkeys::begin_adding(app, visit, browser, account, &member.token, owner).await?;
        let f = Frame { address: ADD.to_owned(), ..member.frame() };
        Ok(Self { f, passkey, name: name.to_owned(), problems: Problems::default() })
    }
}

/// The page of one passkey.
#[derive(Debug, Template)]
#[template(path = "security/passkey.html")]
pub struct OnePasskey {
    /// Around the page.
    pub f: Frame,
    /// Its row.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Whether it is suspended.
    pub is_suspended: bool,
    /// What needs fixing.
    pub problems: Problems,
}

/// `GET /security/passkeys/{id}`
pub async fn show(
    Confirmed(member): Confirmed,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let mut page = OnePasskey::of(&member, &id).await?;
    if let Some(fields) = member.kept().await? {
        fields.text("name").clone_into(&mut page.name);
        page.f.kept = Some(Kept::Answers);
    }
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /security/passkeys/{id}/suspend`: at once, by any way that is left (J-06).
pub async fn suspend(
    Confirmed(member): Confirmed,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let page = OnePasskey::of(&member, &id).await?;
    if form.of_session().is_err() {
        return Ok(see_other(&page.f.address));
    }
    let (app, account) = (&guest.site.app, &member.signed_in.account);
    let device = Device::Passkey(page.id);
    Ok(match security::suspend(app, &guest.visit, account, device).await? {
        Removed::Done => Done::Suspended.shown(),
        Removed::Gone => see_other(HOME),
        Removed::Last => page.last(),
    })
}

/// `POST /security/passkeys/{id}/resume`
pub async fn resume(
    Proved(member): Proved,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let page = OnePasskey::of(&member, &id).await?;
    if form.of_session().is_err() {
        return Ok(see_other(&page.f.address));
    }
    let (app, account) = (&guest.site.app, &member.signed_in.account);
    security::resume(app, &guest.visit, account, Device::Passkey(page.id)).await?;
    Ok(Done::Resumed.shown())
}

/// `POST /security/passkeys/{id}`: another name.
pub async fn rename(
    Proved(member): Proved,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let mut page = OnePasskey::of(&member, &id).await?;
    let Ok(fields) = form.of_session() else {
        form.to_show_again().text("name").clone_into(&mut page.name);
        page.problems = Problems(vec![Problem { field: "name", text: page.f.t("stale") }]);
        return Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let name = Name::or(fields.text("name"), &page.name);
    passkeys::rename(&member.guest.site.app, member.signed_in.account.id, page.id, &name).await?;
    Ok(Done::PasskeyRenamed.shown())
}

/// `GET` of the address that removes: back to the page that asks.
pub async fn back(Path(id): Path<String>) -> Result<Response, Trouble> {
    let id: Uuid = id.parse().map_err(|_| Trouble::Obstacle(Obstacle::NotFound))?;
    Ok(see_other(&address(id)))
}

/// `POST /security/passkeys/{id}/remove`
pub async fn remove(
    Proved(member): Proved,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let page = match OnePasskey::of(&member, &id).await {
        Ok(page) => page,
        // Removed a moment ago, and the answer was lost: what was wanted is so.
        Err(Trouble::Obstacle(Obstacle::NotFound)) => return Ok(see_other(HOME)),
        Err(trouble) => return Err(trouble),
    };
    if form.of_session().is_err() {
        return Ok(see_other(&page.f.address));
    }
    let account = &member.signed_in.account;
    Ok(match passkeys::remove(&guest.site.app, &guest.visit, account, page.id).await? {
        Removed::Done => Done::PasskeyRemoved.shown(),
        Removed::Gone => see_other(HOME),
        Removed::Last => page.last(),
    })
}

impl OnePasskey {
    /// A passkey of somebody else is as good as none (S5).
    async fn of(member: &Member, id: &str) -> Result<Self, Trouble> {
        let (guest, account) = (&member.guest, &member.signed_in.account);
        let overview = security::overview(&guest.site.app, &guest.visit, account).await?;
        let wanted = id.parse::<Uuid>().ok();
        let found = overview.passkeys.into_iter().find(|key| Some(key.id) == wanted);
        let Some(key) = found else { return Err(Trouble::Obstacle(Obstacle::NotFound)) };
        let f = Frame { address: address(key.id), ..member.frame() };
        let name = key.name.as_str().to_owned();
        let is_suspended = key.suspended_at.is_some();
        Ok(Self { f, id: key.id, name, is_suspended, problems: Problems::default() })
    }

    /// The last way stays: another one first.
    fn last(mut self) -> Response {
        let text = self.f.t("factor-last");
        self.problems = Problems(vec![Problem { field: "remove", text }]);
        front::show(StatusCode::UNPROCESSABLE_ENTITY, &self)
    }
}

fn address(id: Uuid) -> String {
    format!("/security/passkeys/{id}")
}
