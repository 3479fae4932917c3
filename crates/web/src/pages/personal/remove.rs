//! M23: an address or number goes.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::contact_changes::{Kind, Refusal};
use payung_flows::contact_changes;
use payung_flows::contact_changes::begin::{self, Removed};

use super::{HOME, masked, refusal};
use crate::front;
use crate::guest::{Form, Member, Proved, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};

/// The question before it goes.
#[derive(Debug, Template)]
#[template(path = "personal/remove.html")]
pub struct RemoveContact {
    /// Around the page.
    pub f: Frame,
    /// What kind of contact.
    pub kind: Kind,
    /// Its handle.
    pub handle: String,
    /// What may be shown of it.
    pub shown: String,
    /// The version of the list when the page was made.
    pub version: String,
    /// Why it stays.
    pub problems: Problems,
}

impl RemoveContact {
    async fn of(member: &Member, of: &str) -> Result<Option<Self>, Trouble> {
        let guest = &member.guest;
        let id = member.signed_in.account.id;
        let contacts = contact_changes::overview(&guest.site.app, &guest.visit, id).await?;
        let Some(one) = contacts.contacts.iter().find(|one| one.handle == of) else {
            return Ok(None);
        };
        let f = member.frame();
        Ok(Some(Self {
            kind: Kind::of(&one.to),
            handle: one.handle.clone(),
            shown: masked(&f, &one.to),
            version: contacts.version.clone(),
            problems: Problems::default(),
            f: Frame { address: format!("{HOME}/remove?of={of}"), ..f },
        }))
    }
}

/// `GET /personal-details/remove`
pub async fn show(Proved(member): Proved) -> Result<Response, Trouble> {
    match RemoveContact::of(&member, member.guest.query.text("of")).await? {
        Some(page) => Ok(front::show(StatusCode::OK, &page)),
        None => Ok(see_other(HOME)),
    }
}

/// `POST /personal-details/remove`
pub async fn submit(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let Ok((fields, name)) = form.of_session_by_name() else { return Ok(see_other(HOME)) };
    let handle = fields.text("of");
    let wanted = (handle, fields.text("version"));
    let (app, visit) = (&guest.site.app, &guest.visit);
    match begin::remove(app, visit, &member.signed_in, wanted, &name.0).await? {
        Removed::GoesAt(_) => Ok(see_other("/personal-details?done=begun")),
        Removed::Refused(why) => refused(&member, handle, why).await,
    }
}

async fn refused(member: &Member, handle: &str, why: Refusal) -> Result<Response, Trouble> {
    let Some(page) = RemoveContact::of(member, handle).await? else { return Ok(see_other(HOME)) };
    let text = refusal(&page.f, page.kind, why);
    let problems = Problems(vec![Problem { field: "remove", text }]);
    Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &RemoveContact { problems, ..page }))
}
