//! Forms of members that come after their session has ended, or before a proof: what was typed is
//! kept for twenty minutes and shown again on the form's own page, for checking. It is never sent by
//! itself (M36, section 0 of the interface, R-03).

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::Method;
use axum::http::request::Parts;
use payung_domain::token::Token;
use payung_flows::{Fault, kept_forms};

use crate::csrf::{self, Bound};
use crate::form::Fields;
use crate::guest::{Guest, Member, is_from_our_pages};

/// The fields that may be kept of each form. Whatever is not named here is forgotten: a password, a
/// code, a NIK or a bank number is safe until somebody writes it down here.
///
/// The page of a form shows them again with [`Member::kept`]. A form without a line has nothing that
/// was typed: its page is shown again, and the button is pressed again.
pub const MAY_BE_KEPT: &[(&str, &[&str])] = &[
    ("/security/ways", &["preferred", "sms", "email"]),
    ("/security/app", &["name"]),
    ("/security/passkeys/add", &["name"]),
    ("/security/passkeys/{id}", &["name"]),
    ("/security/password", &["end_others"]),
    ("/security/devices", &["device"]),
    ("/device", &["user_code"]),
    ("/personal-details/email", &["email", "of"]),
    ("/personal-details/phone", &["phone", "of"]),
    (
        "/personal-details/address",
        &["street", "village", "district", "regency", "province", "postcode"],
    ),
    ("/contributions/wage", &["of", "answer", "wage"]),
    ("/claims/new", &["reason", "event_day", "event_month", "event_year", "tax_number"]),
    ("/corrections/ask", &["of", "said"]),
    ("/statements", &["year", "from_month", "from_year", "until_month", "until_year"]),
    (
        "/inbox/notices",
        &[
            "contributions-email",
            "contributions-sms",
            "claims-email",
            "claims-sms",
            "statements-email",
            "statements-sms",
        ],
    ),
];

/// The body of a form, as it was sent: read before anybody knows whether its sender is signed in.
#[derive(Clone, Debug)]
pub struct Sent(pub Arc<Bytes>);

/// Keeps what may be kept of a form that cannot be taken now; answers whether anything was.
///
/// Only a form that our page gave to this very session: nobody else may put words into it.
pub async fn keep(parts: &Parts, guest: &Guest) -> Result<bool, Fault> {
    let (Some(session), Some(Sent(bytes))) = (&guest.session, parts.extensions.get()) else {
        return Ok(false);
    };
    let path = parts.uri.path();
    let Some(names) = may_be_kept(path).filter(|_| parts.method == Method::POST) else {
        return Ok(false);
    };
    let Ok(fields) = Fields::parse(bytes) else { return Ok(false) };
    if !is_from_our_pages(&parts.headers, path, &guest.site) || !is_ours(guest, session, &fields) {
        return Ok(false);
    }
    if names.iter().all(|name| fields.filled(name).is_none()) {
        return Ok(false);
    }
    let kept: kept_forms::Fields =
        names.iter().map(|name| ((*name).to_owned(), fields.text(name).to_owned())).collect();
    let app = &guest.site.app;
    kept_forms::keep(app, &guest.visit, &guest.browser, session, path, &kept).await
}

fn is_ours(guest: &Guest, session: &Token, fields: &Fields) -> bool {
    let (key, now) = (&guest.site.app.keys.forms, guest.visit.now);
    let token = fields.text("csrf");
    csrf::check(key, &guest.browser, Bound::Session(session), token, now).is_some()
}

/// A form has arrived: what was kept of it has no more business here.
pub async fn forget(parts: &Parts, member: &Member) -> Result<(), Fault> {
    let path = parts.uri.path();
    if parts.method != Method::POST || may_be_kept(path).is_none() {
        return Ok(());
    }
    let guest = &member.guest;
    let app = &guest.site.app;
    kept_forms::forget(app, &guest.visit, &guest.browser, &member.signed_in, path).await
}

impl Member {
    /// What this member sent from this browser to this page's address a while ago, when it could not
    /// be taken. The page shows it again, and says so.
    pub async fn kept(&self) -> Result<Option<Fields>, Fault> {
        let guest = &self.guest;
        let path = guest.address.split('?').next().unwrap_or_default();
        let (app, visit, browser) = (&guest.site.app, &guest.visit, &guest.browser);
        let kept = kept_forms::find(app, visit, browser, &self.signed_in, path).await?;
        Ok(kept.map(Fields::of))
    }
}

fn may_be_kept(path: &str) -> Option<&'static [&'static str]> {
    MAY_BE_KEPT.iter().find(|(form, _)| fits(form, path)).map(|(_, names)| *names)
}

/// Whether a path is the one of a form, where `{id}` stands for any one part.
fn fits(form: &str, path: &str) -> bool {
    let (mut form, mut path) = (form.split('/'), path.split('/'));
    loop {
        match (form.next(), path.next()) {
            (None, None) => return true,
            (Some(part), Some(given)) if part == given || part == "{id}" => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_found_by_its_address_and_no_other() {
        assert!(fits("/security/passkeys/{id}", "/security/passkeys/7"));
        for other in ["/security/passkeys", "/security/passkeys/7/remove", "/security/ways", "/"] {
            assert!(!fits("/security/passkeys/{id}", other), "{other}");
        }
        assert_eq!(may_be_kept("/security/codes"), None);
    }

    #[test]
    fn m36_no_secret_is_ever_kept() {
        let secret = [
            "password",
            "new_password",
            "code",
            "codes",
            "nik",
            "credential",
            "challenge",
            "csrf",
            "bank_number",
            "account_number",
            "kpj",
        ];
        for (form, names) in MAY_BE_KEPT {
            assert!(names.iter().all(|name| !secret.contains(name)), "{form}");
        }
    }
}
