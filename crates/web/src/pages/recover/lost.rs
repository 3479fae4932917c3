//! The second task: what is out of reach. The same list for everybody, so that it tells nothing about
//! an account (F-04). Only what is said here, and what officers confirm, is ever taken away.

use askama::Template;
use axum::response::Response;
use payung_domain::recoveries::{Lost as Things, Thing};
use payung_flows::recoveries::asking;

use crate::front;
use crate::guest::{Form, Guest, Trouble};
use crate::page::{Frame, Problem, Problems};

/// The page with one box for each thing.
#[derive(Debug, Template)]
#[template(path = "recover/lost.html")]
pub struct Lost {
    /// Around the page.
    pub f: Frame,
    /// What is ticked.
    pub ticked: Things,
    /// What needs fixing.
    pub problems: Problems,
}

impl Lost {
    /// Each thing: its field, its name, a hint, whether it is ticked.
    fn boxes(&self) -> Vec<(&'static str, String, String, bool)> {
        Thing::ALL
            .iter()
            .map(|thing| {
                let (label, ticked) =
                    (super::thing_label(&self.f, *thing), self.ticked.has(*thing));
                (field_of(*thing), label, self.hint(*thing), ticked)
            })
            .collect()
    }

    fn hint(&self, thing: Thing) -> String {
        match thing {
            Thing::Phone => self.f.t("recover-thing-phone-hint"),
            Thing::Email => self.f.t("recover-thing-email-hint"),
            Thing::App => self.f.t("recover-thing-app-hint"),
            Thing::Passkeys => self.f.t("recover-thing-passkeys-hint"),
            Thing::Codes => self.f.t("recover-thing-codes-hint"),
        }
    }
}

/// The field that a lost thing is ticked in.
pub(crate) const fn field_of(thing: Thing) -> &'static str {
    match thing {
        Thing::Phone => "lost_phone",
        Thing::Email => "lost_email",
        Thing::App => "lost_app",
        Thing::Passkeys => "lost_passkeys",
        Thing::Codes => "lost_codes",
    }
}

/// `GET /recover/lost`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    page(&guest, None, None).await
}

/// `POST /recover/lost`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let fields = form.to_show_again();
    let is_ticked = |thing: &Thing| fields.filled(field_of(*thing)).is_some();
    let lost = Things::of(Thing::ALL.iter().copied().filter(is_ticked));
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return page(guest, Some(lost), Some("stale")).await,
        Err(instead) => return Ok(instead),
    };
    if lost.is_empty() {
        return page(guest, Some(lost), Some("recover-lost-empty")).await;
    }
    let found = asking::lose(&guest.site.app, &guest.visit, token, lost).await?;
    super::after(guest, &found)
}

async fn page(
    guest: &Guest,
    ticked: Option<Things>,
    problem: Option<&str>,
) -> Result<Response, Trouble> {
    let (token, asking) = match super::open(guest).await? {
        Ok(open) => open,
        Err(instead) => return Ok(instead),
    };
    let f = super::framed(guest, token, "/recover/lost");
    let ticked = ticked.or(asking.draft.lost).unwrap_or_default();
    let problems: Problems =
        problem.iter().map(|key| Problem { field: "lost_phone", text: f.t(key) }).collect();
    Ok(front::show(problems.status(), &Lost { f, ticked, problems }))
}
