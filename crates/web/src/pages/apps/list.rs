//! M30 Aplikasi terhubung / Connected apps: who may see what, and letting them no longer.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::language::Language;
use payung_domain::oidc::scopes::Scopes;
use payung_flows::oidc::connected::{self, Connected, Own};

use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::Frame;
use crate::pages::consent::ask::label;

/// The list.
#[derive(Debug, Template)]
#[template(path = "apps/list.html")]
pub struct Apps {
    /// Around the page.
    pub f: Frame,
    /// The latest first.
    pub apps: Vec<Connected>,
    /// Those of the programme itself, which ask for no consent.
    pub own: Vec<Own>,
    /// Whether one has just been taken back.
    pub withdrawn: bool,
}

/// `GET /apps`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let (app, account) = (&member.guest.site.app, member.signed_in.account.id);
    let own = connected::own(app, account).await?;
    let mut apps = connected::list(app, account).await?;
    // One of the programme's own stays among its own, also when it was agreed to.
    apps.retain(|one| own.iter().all(|known| known.id != one.id));
    let withdrawn = member.guest.query.text("withdrawn") == "yes";
    Ok(front::show(StatusCode::OK, &Apps { f: member.frame(), apps, own, withdrawn }))
}

/// `POST /apps`: takes back what one application may. No proof is asked for: taking back harms
/// nobody, and a member in a hurry has a reason.
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let Ok(fields) = form.of_session() else { return Ok(see_other("/apps")) };
    let (app, visit) = (&member.guest.site.app, &member.guest.visit);
    let account = member.signed_in.account.id;
    let done = connected::withdraw(app, visit, account, fields.text("app")).await?;
    Ok(see_other(if done { "/apps?withdrawn=yes" } else { "/apps" }))
}

impl Apps {
    fn sees(&self, app: &Connected) -> Vec<String> {
        self.labels(&app.scopes)
    }

    fn own_sees(&self, app: &Own) -> Vec<String> {
        self.labels(&app.scopes)
    }

    fn labels(&self, scopes: &Scopes) -> Vec<String> {
        scopes.iter().map(|scope| label(&self.f, scope)).collect()
    }

    fn purpose(&self, app: &Own) -> String {
        match self.f.language {
            Language::Id => app.purpose_id.clone(),
            Language::En => app.purpose_en.clone(),
        }
    }
}
