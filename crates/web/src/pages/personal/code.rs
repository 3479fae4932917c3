//! M23, the code of a new contact. Nothing changes before it is right.

use std::time::Duration;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::contact_changes::Kind;
use payung_domain::ids::ChangeId;
use payung_domain::second_factor::{CODE_LIFE, Destination};
use payung_domain::time::Instant;
use payung_flows::contact_changes::confirm::{self, Answer, Found, Step};
use payung_flows::sign_in::step::Asked;
use uuid::Uuid;

use super::{HOME, contact};
use crate::form::Fields;
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;
use crate::pages::sign_in::Way;
use crate::pages::sign_in::code::CodeProblem;

/// The code page.
#[derive(Debug, Template)]
#[template(path = "personal/code.html")]
pub struct ContactCode {
    /// Around the page.
    pub f: Frame,
    /// The change it is for.
    pub id: ChangeId,
    /// What kind of contact it went to.
    pub kind: Kind,
    /// The handle of the contact it comes for, so that a slip can be corrected in the same form.
    pub replaces: Option<String>,
    /// The contact, as typed: whoever sees a slip can correct it.
    pub to: String,
    /// How long the newest code is good for: until when, and how long that still is.
    pub good_for: Option<(Instant, Duration)>,
    /// How long to wait before the next code may be asked for; zero when it may be now.
    pub wait: Duration,
    /// Whether a new code has just been sent because it was asked for.
    pub sent_again: bool,
    /// Until when no try is taken.
    pub paused_until: Option<Instant>,
    /// What needs fixing.
    pub problems: Problems,
}

impl ContactCode {
    /// The word by which texts tell the two apart.
    fn method(&self) -> &'static str {
        match self.kind {
            Kind::Phone => "sms",
            Kind::Email => "email",
        }
    }

    fn whereabouts(&self) -> String {
        self.f.t2("contact-code-sent", "kind", self.kind.name(), "contact", &self.to)
    }

    fn waits(&self) -> bool {
        !self.wait.is_zero()
    }

    fn of(member: &Member, id: ChangeId, step: &Step) -> Self {
        let (now, waiting) = (member.guest.visit.now, step.waiting);
        Self {
            f: Frame { address: way(id), ..member.frame() },
            id,
            kind: Kind::of(&step.to),
            replaces: step.replaces.clone(),
            to: step.to.expose().to_owned(),
            good_for: waiting.code_until.map(|until| (until, until.since(now))),
            wait: waiting.resend_at.since(now),
            sent_again: false,
            paused_until: waiting.paused_until,
            problems: Problems::default(),
        }
    }
}

/// The address of the page of a change.
pub(super) fn way(id: ChangeId) -> String {
    format!("{HOME}/code?change={}", id.0)
}

/// `GET /personal-details/code`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let Some(id) = named(&member.guest.query) else { return Ok(see_other(HOME)) };
    let sent_again = member.guest.query.text("sent") == "again";
    page(&member, id, |page| page.sent_again = sent_again, &[]).await
}

/// `POST /personal-details/code`
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let Some(id) = named(form.to_show_again()) else { return Ok(see_other(HOME)) };
    let Ok(fields) = form.of_session() else {
        return page(&member, id, |_| {}, &[CodeProblem::Stale]).await;
    };
    let (app, visit, signed_in) = (&guest.site.app, &guest.visit, &member.signed_in);
    let step = match confirm::view(app, visit, signed_in, id).await? {
        Found::Open(step) => step,
        other => return elsewhere(&other),
    };
    let answer = match confirm::submit(app, visit, signed_in, id, fields.text("code")).await? {
        Found::Open(answer) => answer,
        other => return elsewhere(&other),
    };
    let problem = match answer {
        Answer::CoolsOff(_) => return Ok(see_other("/personal-details?done=begun")),
        Answer::Taken => return contact::taken(&member, &step).await,
        Answer::Refused(why) => return contact::refused(&member, &step, why).await,
        Answer::Unreadable(problem) => problem.into(),
        Answer::Wrong => CodeProblem::Wrong,
        Answer::Expired(Asked::NoMoreToday) => CodeProblem::SendDay,
        Answer::Expired(_) => {
            CodeProblem::Expired(u32::try_from(CODE_LIFE.as_secs() / 60).unwrap_or(u32::MAX))
        }
        Answer::Paused(_) => return page(&member, id, |_| {}, &[]).await,
    };
    page(&member, id, |_| {}, &[problem]).await
}

/// `GET` of the address that only sends again.
pub async fn back(member: Member) -> Response {
    named(&member.guest.query).map_or_else(|| see_other(HOME), |id| see_other(&way(id)))
}

/// `POST /personal-details/code/resend`
pub async fn resend(member: Member, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let Some(id) = named(form.to_show_again()) else { return Ok(see_other(HOME)) };
    if form.of_session().is_err() {
        return page(&member, id, |_| {}, &[CodeProblem::Stale]).await;
    }
    match confirm::resend(&guest.site.app, &guest.visit, &member.signed_in, id).await? {
        Found::Open(Asked::Done | Asked::NotOpen) => {
            Ok(see_other(&format!("{}&sent=again", way(id))))
        }
        Found::Open(asked) => not_sent(&member, id, asked).await,
        other => elsewhere(&other),
    }
}

/// The page of a code that was not sent now.
pub(super) async fn not_sent(
    member: &Member,
    id: ChangeId,
    asked: Asked,
) -> Result<Response, Trouble> {
    let problem = match asked {
        Asked::Wait(until) => {
            let wait = until.since(member.guest.visit.now).as_secs();
            CodeProblem::SendWait(u32::try_from(wait).unwrap_or(u32::MAX).saturating_add(1))
        }
        Asked::Done | Asked::NoMoreToday | Asked::NotOpen => CodeProblem::SendDay,
    };
    page(member, id, |_| {}, &[problem]).await
}

fn named(fields: &Fields) -> Option<ChangeId> {
    Uuid::try_parse(fields.text("change")).ok().map(ChangeId)
}

/// Where a change is that waits for no code: certain already, or gone. Or why no code is taken.
fn elsewhere<T>(found: &Found<T>) -> Result<Response, Trouble> {
    match found {
        Found::Confirmed(..) => Ok(see_other("/personal-details?done=again")),
        Found::Open(_) | Found::Gone => Ok(see_other(HOME)),
        Found::TooMany { until } => Err(Trouble::Obstacle(Obstacle::TooMany(*until))),
    }
}

async fn page(
    member: &Member,
    id: ChangeId,
    change: impl FnOnce(&mut ContactCode),
    problems: &[CodeProblem],
) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let step = match confirm::view(&guest.site.app, &guest.visit, &member.signed_in, id).await? {
        Found::Open(step) => step,
        other => return elsewhere(&other),
    };
    let mut page = ContactCode::of(member, id, &step);
    change(&mut page);
    let by = match &step.to {
        Destination::Sms(phone) => Way::Sms { ending: phone.ending().to_owned() },
        Destination::Email(email) => Way::Email { masked: email.masked() },
    };
    page.problems = problems
        .iter()
        .map(|problem| match problem {
            CodeProblem::SendDay => {
                Problem { field: "send-again", text: page.f.t("contact-send-day") }
            }
            other => other.says(&page.f, &by),
        })
        // Where no code is taken there is no field to say anything at.
        .filter(|problem| problem.field != "code" || page.paused_until.is_none())
        .collect();
    let status = match (&page.paused_until, page.problems.is_empty()) {
        (Some(_), _) => StatusCode::TOO_MANY_REQUESTS,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    Ok(front::show(status, &page))
}
