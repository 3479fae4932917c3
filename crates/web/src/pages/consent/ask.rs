//! M29 Persetujuan / Consent: who asks, for what, with the values of today, what for and how long.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::contact::{Email, Phone};
use payung_domain::language::Language;
use payung_domain::money::Rupiah;
use payung_domain::oidc::scopes::Scope;
use payung_domain::token::Token;
use payung_flows::oidc::authorize::{self, Question};
use serde_json::Value;

use super::authorize::{handle, walk, with_policy};
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::Frame;

/// The question.
#[derive(Debug, Template)]
#[template(path = "consent/ask.html")]
pub struct Consent {
    /// Around the page.
    pub f: Frame,
    /// Names the request in the form.
    pub request: String,
    /// What the application is called.
    pub app: String,
    /// Who answers for it.
    pub owner: String,
    /// What it does with what it learns.
    pub purpose: String,
    /// Whether an operator wrote the application down; members are warned of any other (K-30).
    pub is_vouched_for: bool,
    /// Whose account it is about.
    pub member: String,
    /// What it would see.
    pub items: Vec<Item>,
    /// Whether it goes on while the member is away.
    pub goes_on: bool,
}

/// One thing that an application would see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub label: String,
    /// What it says today; nothing where we know nothing.
    pub value: Option<String>,
}

/// The page for a question.
pub async fn show(
    member: &Member,
    handle: &Token,
    question: &Question,
) -> Result<Response, Trouble> {
    let address = super::authorize::continued(handle);
    let f = Frame { address, ..member.frame() };
    let definition = question.client.definition();
    let purpose = match f.language {
        Language::Id => &definition.purpose_id,
        Language::En => &definition.purpose_en,
    };
    let items = items(&f, question);
    let page = Consent {
        request: handle.expose().to_owned(),
        app: question.client.name().to_owned(),
        owner: definition.owner.clone(),
        purpose: purpose.clone(),
        is_vouched_for: question.client.is_vouched_for,
        member: member.name.clone(),
        goes_on: question.items.has(Scope::OfflineAccess),
        items,
        f,
    };
    let target = authorize::target(&member.guest.site.app, handle).await?;
    let response = front::show(StatusCode::OK, &page);
    Ok(with_policy(&member.guest, target.as_deref(), response))
}

/// `POST /oidc/continue`: the first answer counts.
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let handle = handle(form.to_show_again().text("request"))?;
    let Ok(fields) = form.of_session() else {
        return Ok(see_other(&super::authorize::continued(&handle)));
    };
    // Anything but "allow" is no consent.
    let agrees = fields.text("decision") == "allow";
    let (app, visit, browser) = (&guest.site.app, &guest.visit, &guest.browser);
    let signed_in = &member.signed_in;
    let answer = authorize::answered(app, visit, browser, &handle, signed_in, agrees).await?;
    walk(guest, Some(&member), Some(&handle), answer).await
}

/// What an application would see, in plain words with today's values, masked like everywhere (N-06).
#[must_use]
pub fn items(f: &Frame, question: &Question) -> Vec<Item> {
    let value = |name: &str| question.values.get(name);
    let text = |name: &str| value(name).and_then(Value::as_str).map(str::to_owned);
    let shown = question.items.iter().filter(|scope| *scope != Scope::OfflineAccess);
    shown
        .map(|scope| {
            let value = match scope {
                Scope::OpenId | Scope::OfflineAccess => Some(f.t("consent-included")),
                Scope::Profile => text("name").or_else(|| text("preferred_username")),
                Scope::Email => {
                    text("email").and_then(|email| Email::parse(&email).ok()).map(|e| e.masked())
                }
                Scope::Phone => text("phone_number")
                    .and_then(|phone| Phone::parse(&phone).ok())
                    .map(|phone| f.t1("consent-phone", "ending", phone.ending())),
                Scope::Address => value("address")
                    .and_then(|address| address.get("locality"))
                    .and_then(Value::as_str)
                    .map(str::to_owned),
                Scope::Membership => value("payung_memberships")
                    .and_then(Value::as_array)
                    .map(|numbers| f.t1("consent-memberships", "n", count(numbers.len()))),
                Scope::Contributions => value("payung_contributions")
                    .and_then(|told| told.get("months"))
                    .and_then(Value::as_u64)
                    .map(|n| f.t1("consent-months", "n", u32::try_from(n).unwrap_or(u32::MAX))),
                Scope::Balance => value("payung_balance")
                    .and_then(|told| told.get("jht"))
                    .and_then(Value::as_i64)
                    .map(|jht| f.money(&Rupiah::new(jht))),
            };
            Item { label: label(f, scope), value }
        })
        .collect()
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// A scope in plain words, here and in the list of connected applications.
#[must_use]
pub fn label(f: &Frame, scope: Scope) -> String {
    match scope {
        Scope::OpenId => f.t("scope-openid"),
        Scope::Profile => f.t("scope-profile"),
        Scope::Email => f.t("scope-email"),
        Scope::Phone => f.t("scope-phone"),
        Scope::Address => f.t("scope-address"),
        Scope::Membership => f.t("scope-membership"),
        Scope::Contributions => f.t("scope-contributions"),
        Scope::Balance => f.t("scope-balance"),
        Scope::OfflineAccess => f.t("scope-offline"),
    }
}
