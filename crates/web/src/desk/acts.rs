//! What takes two officers: what waits, and one of them with before and after side by side (P-04).

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::ids::ActId;
use payung_domain::second_factor::Destination;
use payung_domain::staff::Right;
use payung_domain::staff::acts::{DeskAct, Kind, NotApproved};
use payung_domain::staff::audit::Act;
use payung_flows::staff::acts::{self, Decided, NotShown, Shown};
use payung_flows::staff::numbers::{self, Again};
use payung_flows::staff::verification::Check;
use uuid::Uuid;

use super::caller::{Form, Officer};
use super::verify::{kind_words, method_words};
use super::{Me, reason_problem, stale, why_words};
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::desk_request::number;

/// The list.
#[derive(Debug, Template)]
#[template(path = "desk/acts.html")]
pub struct Acts {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// What waits, the oldest first.
    pub lines: Vec<DeskAct>,
}

impl Acts {
    fn what(&self, act: &DeskAct) -> String {
        kind_words(&self.f, act.kind)
    }

    fn state(&self, act: &DeskAct) -> String {
        state_words(&self.f, act)
    }

    fn address(act: &DeskAct) -> String {
        address(act.id)
    }

    fn when(&self, act: &DeskAct) -> String {
        self.f.date_time(&act.asked_at)
    }
}

/// How far an act is, in words.
#[must_use]
pub fn state_words(f: &Frame, act: &DeskAct) -> String {
    let time = f.date_time(&act.due_at.unwrap_or(act.asked_at));
    match (&act.ended, &act.approved) {
        (Some((end, _)), _) => f.t1("desk-acts-over", "end", end.name()),
        (None, Some((by, _))) => {
            f.t2("desk-acts-approved", "officer", by.name.as_str(), "time", time)
        }
        (None, None) => f.t1("desk-acts-waiting", "time", time),
    }
}

/// Where an act is.
pub(super) fn address(act: ActId) -> String {
    format!("/acts/{}", act.0.simple())
}

/// The act that an address names. Whatever is none is nobody's.
fn named(typed: &str) -> ActId {
    ActId(Uuid::try_parse(typed).unwrap_or(Uuid::nil()))
}

/// `GET /acts`
pub async fn list(officer: Officer) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let lines = acts::list(caller.app(), caller.visit(), &officer.signed_in)
        .await?
        .map_err(|denied| officer.denied(denied, "/acts"))?;
    let (f, me) = (officer.frame(), Some(officer.me()));
    Ok(front::show(StatusCode::OK, &Acts { f, me, lines }))
}

/// One act.
#[derive(Debug, Template)]
#[template(path = "desk/act.html")]
pub struct ActPage {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The act, and what there is now.
    pub shown: Shown,
    /// Where whoever holds a new number types the code that went to it.
    pub number_page: String,
    /// The reason so far.
    pub reason: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl ActPage {
    fn officer(&self) -> &str {
        self.shown.act.asked_by.name.as_str()
    }

    fn place(&self) -> String {
        address(self.shown.act.id)
    }

    fn what(&self) -> String {
        kind_words(&self.f, self.shown.act.kind)
    }

    fn state(&self) -> String {
        state_words(&self.f, &self.shown.act)
    }

    fn before(&self) -> String {
        let is_none = matches!(&*self.shown.before, "0" | "–");
        if is_none { self.f.t("desk-act-page-none") } else { self.shown.before.clone() }
    }

    fn after(&self) -> String {
        match &self.shown.act.new {
            Some(to) => Destination::masked(to),
            None => self.f.t("desk-act-page-none"),
        }
    }

    fn why(&self) -> String {
        why_words(&self.f, self.shown.act.reason.why)
    }

    fn check(&self, check: &Check) -> String {
        let at = check.done_at.unwrap_or(check.asked_at);
        format!("{}, {}", method_words(&self.f, check.method), self.f.date_time(&at))
    }

    const fn is_unconfirmed(&self) -> bool {
        matches!(self.shown.act.kind, Kind::ReplaceEmail) && self.shown.act.confirmed_at.is_none()
    }

    fn waits_for_code(&self) -> bool {
        self.is_open() && self.shown.act.waits_for_code()
    }

    const fn is_open(&self) -> bool {
        self.shown.act.ended.is_none()
    }

    fn is_own(&self) -> bool {
        self.me.as_ref().is_some_and(|me| me.name == self.officer())
    }
}

/// `GET /acts/{id}`. Whoever may approve is asked for the passkey before they read, so that nothing
/// they write gets lost.
pub async fn show(officer: Officer, Path(id): Path<String>) -> Result<Response, Trouble> {
    let act = named(&id);
    if officer.signed_in.staff.role.may(Right::Approve) {
        officer.may(Right::Approve, Act::ActApproved, &address(act)).await?;
    }
    page(&officer, act, String::new(), None).await
}

/// `POST /acts/{id}`
pub async fn submit(
    officer: Officer,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let (act, f) = (named(&id), officer.frame());
    let typed = form.to_show_again();
    let reason = typed.text("reason").to_owned();
    if form.of_session().is_err() {
        return page(&officer, act, reason, Some(stale(&f, "reason"))).await;
    }
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    if typed.text("act") == "code" {
        return another_code(&officer, act, reason).await;
    }
    let decided = if typed.text("act") == "approve" {
        acts::approve(app, visit, signed_in, act, &reason).await?
    } else {
        acts::refuse(app, visit, signed_in, act, &reason).await?
    };
    let problem = match decided {
        Decided::Approved(_) | Decided::Refused => return Ok(see_other("/acts")),
        Decided::NotShown(why) => return not_shown(&officer, why, act),
        Decided::NoReason(problem) => reason_problem(&f, problem),
        // It has ended: its page says how.
        Decided::Not(NotApproved::Over(_) | NotApproved::Changed) => {
            return Ok(see_other(&address(act)));
        }
        Decided::Not(NotApproved::SameOfficer) => {
            Problem { field: "reason", text: f.t("desk-act-self") }
        }
        Decided::Not(NotApproved::Unproved) => {
            Problem { field: "reason", text: f.t("desk-act-unproved") }
        }
        Decided::Not(NotApproved::Already) => {
            Problem { field: "reason", text: f.t("desk-act-already") }
        }
    };
    page(&officer, act, reason, Some(problem)).await
}

/// Has another code sent to a new number. Nobody here sees it (P-06).
async fn another_code(officer: &Officer, act: ActId, reason: String) -> Result<Response, Trouble> {
    let (caller, f) = (&officer.caller, officer.frame());
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    let text = match numbers::send_again(app, visit, signed_in, act).await? {
        Again::Sent | Again::Nothing => return Ok(see_other(&address(act))),
        Again::NotShown(why) => return not_shown(officer, why, act),
        Again::Wait(until) => f.t1("desk-act-code-wait", "time", f.clock(&until)),
        Again::NoMoreToday => f.t("desk-act-code-day"),
    };
    page(officer, act, reason, Some(Problem { field: "send-again", text })).await
}

fn not_shown(officer: &Officer, why: NotShown, act: ActId) -> Result<Response, Trouble> {
    match why {
        NotShown::Denied(denied) => Err(officer.denied(denied, &address(act))),
        NotShown::Gone | NotShown::Own => Ok(see_other("/acts")),
    }
}

async fn page(
    officer: &Officer,
    act: ActId,
    reason: String,
    problem: Option<Problem>,
) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let found = acts::show(caller.app(), caller.visit(), &officer.signed_in, act).await?;
    let shown = match found {
        Ok(shown) => *shown,
        Err(why) => return not_shown(officer, why, act),
    };
    let f = Frame { address: address(act), ..officer.frame() };
    let problems: Problems = problem.into_iter().collect();
    let status = problems.status();
    let me = Some(officer.me());
    let number_page = format!("{}{}", caller.app().settings.public_url, number::HERE);
    Ok(front::show(status, &ActPage { f, me, shown, number_page, reason, problems }))
}
