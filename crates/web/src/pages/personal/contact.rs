//! M23 Ubah data / Change a detail: an address or number comes, for another or beside it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::contact::ContactProblem;
use payung_domain::contact_changes::{Act, Kind, Refusal};
use payung_flows::contact_changes::begin::{self, Begun, Wish};
use payung_flows::contact_changes::confirm::Step;
use payung_flows::contact_changes::{self, Overview};
use payung_flows::sign_in::step::Asked;

use super::{HOME, code, field, masked, refusal};
use crate::form::Fields;
use crate::front;
use crate::guest::{Form, Member, Proved, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// The form.
#[derive(Debug, Template)]
#[template(path = "personal/contact.html")]
pub struct NewContact {
    /// Around the page.
    pub f: Frame,
    /// What kind of contact.
    pub kind: Kind,
    /// The contact it comes for: its handle, and what may be shown of it.
    pub replaces: Option<(String, String)>,
    /// The version of the list when the page was made.
    pub version: String,
    /// What was typed.
    pub typed: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl NewContact {
    fn title(&self) -> String {
        let act = if self.replaces.is_some() { Act::Replace } else { Act::Add };
        self.f.t1("contact-title", "what", format!("{}-{}", act.name(), self.kind.name()))
    }

    fn is_phone(&self) -> bool {
        self.kind == Kind::Phone
    }

    async fn of(member: &Member, kind: Kind, of: &str) -> Result<Option<Self>, Trouble> {
        let guest = &member.guest;
        let id = member.signed_in.account.id;
        let contacts = contact_changes::overview(&guest.site.app, &guest.visit, id).await?;
        let f = member.frame();
        let Some(replaces) = replaced(&f, &contacts, kind, of) else { return Ok(None) };
        let query = if of.is_empty() { String::new() } else { format!("?of={of}") };
        Ok(Some(Self {
            f: Frame { address: format!("{HOME}/{}{query}", kind.name()), ..f },
            kind,
            replaces,
            version: contacts.version,
            typed: String::new(),
            problems: Problems::default(),
        }))
    }
}

/// The contact that a handle names; nothing at all when it names none of the member's. No handle: the
/// new one comes beside what there is.
#[expect(clippy::option_option, reason = "whether one is named, and whether it is there")]
fn replaced(
    f: &Frame,
    contacts: &Overview,
    kind: Kind,
    of: &str,
) -> Option<Option<(String, String)>> {
    if of.is_empty() {
        return Some(None);
    }
    let found = contacts.of_kind(kind).find(|one| one.handle == of)?;
    Some(Some((found.handle.clone(), masked(f, &found.to))))
}

/// `GET /personal-details/email`
pub async fn show_email(Proved(member): Proved) -> Result<Response, Trouble> {
    show(&member, Kind::Email).await
}

/// `GET /personal-details/phone`
pub async fn show_phone(Proved(member): Proved) -> Result<Response, Trouble> {
    show(&member, Kind::Phone).await
}

/// `POST /personal-details/email`
pub async fn submit_email(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    submit(&member, &form, Kind::Email).await
}

/// `POST /personal-details/phone`
pub async fn submit_phone(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    submit(&member, &form, Kind::Phone).await
}

async fn show(member: &Member, kind: Kind) -> Result<Response, Trouble> {
    let kept = member.kept().await?.unwrap_or_default();
    let of = member.guest.query.filled("of").unwrap_or_else(|| kept.text("of"));
    let Some(page) = NewContact::of(member, kind, of).await? else { return Ok(see_other(HOME)) };
    let typed = kept.text(field(kind)).to_owned();
    Ok(front::show(StatusCode::OK, &NewContact { typed, ..page }))
}

async fn submit(member: &Member, form: &Form, kind: Kind) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let Ok((fields, name)) = form.of_session_by_name() else {
        return again(member, kind, form.to_show_again(), |f| f.t("stale")).await;
    };
    let wish = Wish {
        kind,
        typed: fields.text(field(kind)),
        replaces: fields.filled("of"),
        version: fields.text("version"),
        form: &name.0,
    };
    match begin::submit(&guest.site.app, &guest.visit, &member.signed_in, wish).await? {
        Begun::Code(id, Asked::Done | Asked::NotOpen) => Ok(see_other(&code::way(id))),
        Begun::Code(id, asked) => code::not_sent(member, id, asked).await,
        Begun::Unreadable(problem) => {
            again(member, kind, fields, |f| unreadable(f, kind, problem)).await
        }
        Begun::Refused(why) => again(member, kind, fields, |f| refusal(f, kind, why)).await,
        Begun::NotHere => again(member, kind, fields, |f| f.t("contact-no-sms")).await,
        Begun::TooMany { until } => Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    }
}

fn unreadable(f: &Frame, kind: Kind, problem: ContactProblem) -> String {
    match (kind, problem) {
        (Kind::Email, ContactProblem::Empty) => f.t("email-empty"),
        (Kind::Email, ContactProblem::Format) => f.t("email-format"),
        (Kind::Phone, ContactProblem::Empty) => f.t("phone-empty"),
        (Kind::Phone, ContactProblem::Format) => f.t("phone-format"),
    }
}

/// The form once more with what was typed, made from what is true now.
async fn again(
    member: &Member,
    kind: Kind,
    fields: &Fields,
    says: impl FnOnce(&Frame) -> String,
) -> Result<Response, Trouble> {
    shown_again(member, kind, (fields.text("of"), fields.text(field(kind))), says).await
}

async fn shown_again(
    member: &Member,
    kind: Kind,
    (of, typed): (&str, &str),
    says: impl FnOnce(&Frame) -> String,
) -> Result<Response, Trouble> {
    let Some(page) = NewContact::of(member, kind, of).await? else { return Ok(see_other(HOME)) };
    let problems = Problems(vec![Problem { field: field(kind), text: says(&page.f) }]);
    let typed = typed.to_owned();
    let page = NewContact { typed, problems, ..page };
    Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// The form of a contact that somebody else turned out to have: its owner proved it too.
pub(super) async fn taken(member: &Member, step: &Step) -> Result<Response, Trouble> {
    let (kind, of) = (Kind::of(&step.to), step.replaces.as_deref().unwrap_or_default());
    let typed = (of, step.to.expose());
    shown_again(member, kind, typed, |f| f.t1("contact-taken", "contact", kind.name())).await
}

/// The form after the contacts have changed elsewhere: the one it came for may be gone.
pub(super) async fn refused(
    member: &Member,
    step: &Step,
    why: Refusal,
) -> Result<Response, Trouble> {
    let (kind, typed) = (Kind::of(&step.to), ("", step.to.expose()));
    shown_again(member, kind, typed, |f| refusal(f, kind, why)).await
}
