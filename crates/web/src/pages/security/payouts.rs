//! M31 Kunci pencairan / Payout lock: shut with one press, opened with a proof and half a day later.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::payout_lock::Payouts;
use payung_domain::time::Instant;
use payung_flows::payouts;

use crate::front;
use crate::guest::{Form, Member, Proved, Trouble, see_other};
use crate::page::Frame;

/// Where the lock is.
const HERE: &str = "/security/payouts";

/// The lock.
#[derive(Debug, Template)]
#[template(path = "security/payouts.html")]
pub struct PayoutLock {
    /// Around the page.
    pub f: Frame,
    /// What was just done.
    pub done: Option<Done>,
    /// Whether anything may be paid out.
    pub payouts: Payouts,
    /// Since when its owner keeps it shut.
    pub closed_at: Option<Instant>,
}

/// The question before it opens.
#[derive(Debug, Template)]
#[template(path = "security/payouts_open.html")]
pub struct OpenPayouts {
    /// Around the page.
    pub f: Frame,
}

/// What was just done, as the address says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It was shut.
    Closed,
    /// It is on its way to open.
    Opening,
}

impl Done {
    fn title(self, f: &Frame) -> String {
        match self {
            Self::Closed => f.t("done-payouts-closed"),
            Self::Opening => f.t("done-payouts-opening"),
        }
    }
}

/// Whether anything may be paid out, in words.
pub(super) fn in_words(f: &Frame, payouts: Payouts, closed_at: Option<Instant>) -> String {
    match (payouts, closed_at) {
        (Payouts::Open, _) => f.t("payouts-open"),
        (Payouts::OpensAt(at), _) => f.t1("payouts-opens-at", "time", f.date_time(&at)),
        (Payouts::Closed, Some(at)) => f.t1("payouts-closed", "date", f.day(&at)),
        (Payouts::Closed, None) => f.t("done-payouts-closed"),
    }
}

impl PayoutLock {
    fn says(&self) -> String {
        in_words(&self.f, self.payouts, self.closed_at)
    }

    fn is_shut_by_its_owner(&self) -> bool {
        self.payouts == Payouts::Closed
    }
}

/// `GET /security/payouts`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let id = member.signed_in.account.id;
    let view = payouts::view(&guest.site.app, &guest.visit, id).await?;
    let done = match guest.query.text("done") {
        "closed" => Some(Done::Closed),
        "opening" => Some(Done::Opening),
        _ => None,
    };
    let page =
        PayoutLock { f: member.frame(), done, payouts: view.payouts, closed_at: view.closed_at };
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /security/payouts`: shuts it. It only takes away, so nothing is asked first.
pub async fn close(member: Member, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    if form.of_session().is_err() {
        return Ok(see_other(HERE));
    }
    payouts::close(&guest.site.app, &guest.visit, &member.signed_in).await?;
    Ok(see_other("/security/payouts?done=closed"))
}

/// `GET /security/payouts/open`
pub async fn ask(Proved(member): Proved) -> Response {
    front::show(StatusCode::OK, &OpenPayouts { f: member.frame() })
}

/// `POST /security/payouts/open`
pub async fn open(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    if form.of_session().is_err() {
        return Ok(see_other("/security/payouts/open"));
    }
    payouts::open(&guest.site.app, &guest.visit, &member.signed_in).await?;
    Ok(see_other("/security/payouts?done=opening"))
}
