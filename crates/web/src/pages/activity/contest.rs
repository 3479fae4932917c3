//! A member contests what staff did: one line of the activity, a reason, and the number of the case.

use askama::Template;
use axum::response::Response;
use payung_domain::marks::Mark;
use payung_domain::staff::cases::NoNote;
use payung_flows::staff::cases::contests::{self, Answer, Contestable};

use super::list::{view_words, words};
use crate::desk::case_words::closing_words;
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// The question, or the number of the case.
#[derive(Debug, Template)]
#[template(path = "activity/contest.html")]
pub struct Contest {
    /// Around the page.
    pub f: Frame,
    /// Where the line stands.
    pub mark: Mark,
    /// What staff did.
    pub found: Contestable,
    /// The reason so far.
    pub reason: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl Contest {
    fn what(&self) -> String {
        words(&self.f, self.found.line.event)
    }

    fn view(&self) -> Option<String> {
        self.found.view.as_ref().map(|view| view_words(&self.f, view))
    }

    fn reference(&self) -> String {
        self.found.case.as_ref().map(|case| case.reference.to_string()).unwrap_or_default()
    }

    /// What came of the case; nothing while it is open.
    fn outcome(&self) -> Option<String> {
        let (outcome, at) = self.found.case.as_ref()?.closed?;
        let (outcome, time) = (closing_words(&self.f, outcome), self.f.date_time(&at));
        Some(self.f.t2("contest-closed-text", "outcome", outcome, "time", time))
    }
}

/// What is wrong with a reason.
#[must_use]
pub fn problem(f: &Frame, why: NoNote) -> Problem {
    let text = match why {
        NoNote::Empty => f.t("contest-empty"),
        NoNote::Long => f.t("note-long"),
    };
    Problem { field: "reason", text }
}

/// `GET /activity/contest?line=…`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let Some(named) = member.guest.query.filled("line") else { return Ok(see_other("/activity")) };
    let mark = Mark::parse(named).ok_or(Trouble::Obstacle(Obstacle::NotFound))?;
    page(&member, mark, String::new(), None).await
}

/// `POST /activity/contest`
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let typed = form.to_show_again();
    let mark = Mark::parse(typed.text("line")).ok_or(Trouble::Obstacle(Obstacle::NotFound))?;
    let (f, reason) = (member.frame(), typed.text("reason").to_owned());
    if form.of_session().is_err() {
        let problem = Problem { field: "reason", text: f.t("stale") };
        return page(&member, mark, reason, Some(problem)).await;
    }
    let (app, visit) = (&member.guest.site.app, &member.guest.visit);
    match contests::submit(app, visit, &member.signed_in, mark, &reason).await? {
        Answer::Case(_) => Ok(see_other(&address(mark))),
        Answer::NoReason(why) => page(&member, mark, reason, Some(problem(&f, why))).await,
        Answer::Unknown => Err(Trouble::Obstacle(Obstacle::NotFound)),
    }
}

fn address(mark: Mark) -> String {
    format!("/activity/contest?line={mark}")
}

async fn page(
    member: &Member,
    mark: Mark,
    reason: String,
    problem: Option<Problem>,
) -> Result<Response, Trouble> {
    let found = contests::view(&member.guest.site.app, &member.signed_in, mark).await?;
    let found = found.ok_or(Trouble::Obstacle(Obstacle::NotFound))?;
    let f = Frame { address: address(mark), ..member.frame() };
    let problems: Problems = problem.into_iter().collect();
    let status = problems.status();
    Ok(front::show(status, &Contest { f, mark, found, reason, problems }))
}
