//! What became of a device that asked to sign in, for whoever looks at the phone and not at it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use crate::front;
use crate::guest::Member;
use crate::page::Frame;

/// The page after the answer.
#[derive(Debug, Template)]
#[template(path = "device/done.html")]
pub struct Done {
    /// Around the page.
    pub f: Frame,
    /// Whether the answer was yes.
    pub is_allowed: bool,
}

impl Done {
    fn title(&self) -> String {
        if self.is_allowed { self.f.t("device-allowed") } else { self.f.t("device-refused") }
    }

    fn text(&self) -> String {
        if self.is_allowed {
            self.f.t("device-allowed-text")
        } else {
            self.f.t("device-refused-text")
        }
    }
}

/// The address of the page after an answer.
#[must_use]
pub const fn address(is_allowed: bool) -> &'static str {
    if is_allowed { "/device/done?answer=allowed" } else { "/device/done?answer=refused" }
}

/// `GET /device/done`
pub async fn show(member: Member) -> Response {
    let is_allowed = member.guest.query.text("answer") == "allowed";
    front::show(StatusCode::OK, &Done { f: member.frame(), is_allowed })
}
