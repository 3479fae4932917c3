//! S06 Verifikasi identitas / Verify identity: what was checked, by channel, and what may be done now.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use payung_domain::ids::LookId;
use payung_domain::staff::acts::Kind;
use payung_domain::staff::verification::{Channel, Method};
use payung_domain::time::Instant;
use payung_flows::staff::verification::{self, Check, Checked, Checklist, Step, Stop};

use super::caller::{Form, Officer};
use super::record::{address, named};
use super::{Me, stale};
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::contributions::history::Choice;

/// The checklist.
#[derive(Debug, Template)]
#[template(path = "desk/verify.html")]
pub struct Verify {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The record's address.
    pub record: String,
    /// The checklist.
    pub list: Checklist,
    /// What was chosen before.
    pub chosen: Option<Method>,
    /// What needs fixing.
    pub problems: Problems,
}

impl Verify {
    fn methods(&self) -> Vec<Choice> {
        let contact = |method: Method| match method.channel() {
            Channel::Phone => self.list.phone.as_deref(),
            Channel::Inbox => self.list.email.as_deref(),
            Channel::Branch => Some(""),
        };
        let choice = |method: Method| {
            let contact = contact(method)?;
            let f = &self.f;
            let label = match method {
                Method::CallBack => f.t1("desk-verify-method-call-back", "contact", contact),
                Method::Inbox => f.t1("desk-verify-method-inbox", "contact", contact),
                Method::Ktp => f.t("desk-verify-method-ktp"),
                Method::DrivingLicence => f.t("desk-verify-method-driving-licence"),
            };
            let (value, chosen) = (method.name().to_owned(), self.chosen == Some(method));
            Some(Choice { value, label, chosen })
        };
        Method::ALL.into_iter().filter_map(choice).collect()
    }

    fn done(&self, check: &Check) -> String {
        match &check.done_at {
            Some(at) => self.f.clock(at),
            None => self.f.t("desk-verify-waits"),
        }
    }

    fn method(&self, check: &Check) -> String {
        method_words(&self.f, check.method)
    }

    /// What may be done now, and what has to be checked first for the rest.
    fn open(&self) -> Vec<String> {
        let f = &self.f;
        let line = |(kind, until): &(Kind, Option<Instant>)| {
            let when = match until {
                Some(until) => f.t1("desk-verify-until", "time", f.clock(until)),
                None if kind.needs_two() => f.t("desk-verify-more-two"),
                None => f.t("desk-verify-more-one"),
            };
            format!("{}: {when}", kind_words(f, *kind))
        };
        self.list.open.iter().map(line).collect()
    }

    fn may_help(&self) -> bool {
        self.list.open.iter().any(|(_, until)| until.is_some())
    }

    fn help_place(&self) -> String {
        format!("{}/help", self.record)
    }

    fn waiting(&self) -> Option<String> {
        self.list.waiting.as_ref().map(|act| super::acts::address(act.id))
    }
}

/// A method in words.
#[must_use]
pub fn method_words(f: &Frame, method: Method) -> String {
    f.t(match method {
        Method::CallBack => "desk-method-call-back",
        Method::Inbox => "desk-method-inbox",
        Method::Ktp => "desk-method-ktp",
        Method::DrivingLicence => "desk-method-driving-licence",
    })
}

/// What the desk does for a member, in words.
#[must_use]
pub fn kind_words(f: &Frame, kind: Kind) -> String {
    f.t(match kind {
        Kind::Unlock => "desk-kind-unlock",
        Kind::SendReset => "desk-kind-send-reset",
        Kind::RemoveApp => "desk-kind-remove-app",
        Kind::RemovePasskeys => "desk-kind-remove-passkeys",
        Kind::ReplaceEmail => "desk-kind-replace-email",
        Kind::ReplacePhone => "desk-kind-replace-phone",
    })
}

/// What to answer where nothing can be done for whoever a look found.
pub(super) fn stopped(officer: &Officer, stop: Stop, back: &str) -> Result<Response, Trouble> {
    match stop {
        Stop::Denied(denied) => Err(officer.denied(denied, back)),
        // The record says whether there is an account, and is not shown for one's own.
        Stop::Gone | Stop::NoAccount | Stop::Own => Ok(see_other("/look-up")),
    }
}

/// `GET /records/{id}/verify`
pub async fn show(officer: Officer, Path(id): Path<String>) -> Result<Response, Trouble> {
    page(&officer, named(&id), None, None).await
}

/// `POST /records/{id}/verify`
pub async fn submit(
    officer: Officer,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let (look, f) = (named(&id), officer.frame());
    let typed = form.to_show_again();
    let chosen = Method::named(typed.text("method"));
    if form.of_session().is_err() {
        return page(&officer, look, chosen, Some(stale(&f, "method"))).await;
    }
    let Some(method) = chosen else {
        let problem = Problem { field: "method", text: f.t("desk-verify-method-missing") };
        return page(&officer, look, None, Some(problem)).await;
    };
    let step = match method {
        Method::CallBack => Step::CallBack,
        Method::Inbox => Step::AskInbox,
        Method::Ktp | Method::DrivingLicence => Step::Document(method, typed.text("digits")),
    };
    let caller = &officer.caller;
    let taken =
        verification::take(caller.app(), caller.visit(), &officer.signed_in, look, step).await?;
    let here = place(look);
    let problem = match taken {
        Checked::Done => return Ok(see_other(&here)),
        Checked::Not(why) => return stopped(&officer, why, &here),
        Checked::NoContact => Problem { field: "method", text: f.t("desk-verify-no-contact") },
        Checked::Wrong => Problem { field: "digits", text: f.t("desk-verify-wrong") },
        Checked::TooMany => Problem { field: "digits", text: f.t("desk-verify-too-many") },
    };
    page(&officer, look, chosen, Some(problem)).await
}

/// Where the checklist of a look is.
pub(super) fn place(look: LookId) -> String {
    format!("{}/verify", address(look))
}

async fn page(
    officer: &Officer,
    look: LookId,
    chosen: Option<Method>,
    problem: Option<Problem>,
) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let here = place(look);
    let shown = verification::show(caller.app(), caller.visit(), &officer.signed_in, look).await?;
    let list = match shown {
        Ok(list) => *list,
        Err(stop) => return stopped(officer, stop, &here),
    };
    let f = Frame { address: here, ..officer.frame() };
    let problems: Problems = problem.into_iter().collect();
    let status = problems.status();
    let (me, record) = (Some(officer.me()), address(look));
    Ok(front::show(status, &Verify { f, me, record, list, chosen, problems }))
}
