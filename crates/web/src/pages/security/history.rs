//! M24: everything that ever proved who the member is, what is gone too (J-01).

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::authenticators::{Entry, Kind};
use payung_flows::authenticators;

use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;

/// The register.
#[derive(Debug, Template)]
#[template(path = "security/history.html")]
pub struct History {
    /// Around the page.
    pub f: Frame,
    /// Its lines, the newest first.
    pub entries: Vec<Entry>,
}

/// `GET /security/history`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let app = &member.guest.site.app;
    let entries = authenticators::history(app, member.signed_in.account.id).await?;
    Ok(front::show(StatusCode::OK, &History { f: member.frame(), entries }))
}

impl History {
    /// What it is, with the name its owner gave it.
    fn what(&self, entry: &Entry) -> String {
        let kind = self.f.t(match entry.kind {
            Kind::Password => "kind-password",
            Kind::Passkey => "kind-passkey",
            Kind::App => "kind-app",
            Kind::Phone => "kind-phone",
            Kind::Email => "kind-email",
            Kind::RecoveryCodes => "kind-recovery-codes",
        });
        if entry.name.is_empty() { kind } else { format!("{kind}: {}", entry.name) }
    }

    /// What became of it.
    fn state(&self, entry: &Entry) -> String {
        match (entry.removed_at, entry.suspended_at) {
            (Some(at), _) => self.f.t1("history-removed", "date", self.f.day(&at)),
            (None, Some(at)) => self.f.t1("history-suspended", "date", self.f.day(&at)),
            (None, None) => self.f.t("history-in-use"),
        }
    }

    fn used(&self, entry: &Entry) -> String {
        entry.used_at.map_or_else(|| self.f.t("never-used"), |at| self.f.day(&at))
    }
}
