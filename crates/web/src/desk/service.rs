//! How the service is, part by part, as staff see it and say it: what the program measures stands beside
//! it, and is not theirs to change.

use askama::Template;
use axum::response::Response;
use payung_domain::service::{Condition, Part};
use payung_domain::written::one_line;
use payung_flows::service::Standings;
use payung_flows::staff::service::{self, Said, Saying};

use super::caller::{Form, Officer};
use super::notices::{longest, unfit_problem};
use super::{Me, stale};
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::contributions::history::Choice;
use crate::pages::help::status::{Line, Past, condition_words, part_words};

/// The page.
#[derive(Debug, Template)]
#[template(path = "desk/service.html")]
pub struct Service {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// Part by part, as members read it.
    pub lines: Vec<Line>,
    /// What is over.
    pub history: Vec<Past>,
    /// The parts that something can be said of.
    pub parts: Vec<Choice>,
    /// How they may be.
    pub conditions: Vec<Choice>,
    /// What was typed, in Indonesian and in English.
    pub typed: (String, String),
    /// What needs fixing.
    pub problems: Problems,
}

impl Service {
    fn hint(&self) -> String {
        self.f.t1("desk-service-text-hint", "n", longest())
    }
}

/// `GET /service`
pub async fn show(officer: Officer) -> Result<Response, Trouble> {
    page(&officer, (None, None), (String::new(), String::new()), None).await
}

/// `POST /service`
pub async fn submit(officer: Officer, form: Form) -> Result<Response, Trouble> {
    let (f, fields) = (officer.frame(), form.to_show_again());
    let chosen = (Part::named(fields.text("part")), Condition::named(fields.text("condition")));
    let typed = (one_line(fields.text("indonesian")), one_line(fields.text("english")));
    let missing = |field, key| Problem { field, text: f.t(key) };
    let problem = match chosen {
        _ if form.of_session().is_err() => stale(&f, "part"),
        (None, _) => missing("part", "desk-service-part-missing"),
        (_, None) => missing("condition", "desk-service-condition-missing"),
        (Some(part), Some(condition)) => {
            let saying = Saying { part, condition, indonesian: &typed.0, english: &typed.1 };
            let caller = &officer.caller;
            let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
            match service::say(app, visit, signed_in, &saying).await? {
                Said::Done => return Ok(see_other("/service")),
                Said::Denied(denied) => return Err(officer.denied(denied, "/service")),
                Said::Unfit(unfit) => unfit_problem(&f, unfit, &typed.0),
            }
        }
    };
    page(&officer, chosen, typed, Some(problem)).await
}

/// The parts that can be chosen.
#[must_use]
pub fn parts(f: &Frame, chosen: Option<Part>) -> Vec<Choice> {
    let choice = |part: Part| Choice {
        value: part.name().to_owned(),
        label: part_words(f, part),
        chosen: chosen == Some(part),
    };
    Part::ALL.into_iter().map(choice).collect()
}

/// How a part may be.
#[must_use]
pub fn conditions(f: &Frame, chosen: Option<Condition>) -> Vec<Choice> {
    let choice = |condition: Condition| Choice {
        value: condition.name().to_owned(),
        label: condition_words(f, condition),
        chosen: chosen == Some(condition),
    };
    Condition::ALL.into_iter().map(choice).collect()
}

async fn page(
    officer: &Officer,
    (part, condition): (Option<Part>, Option<Condition>),
    typed: (String, String),
    problem: Option<Problem>,
) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let Standings { parts: standings, history } =
        service::list(caller.app(), caller.visit(), &officer.signed_in)
            .await?
            .map_err(|denied| officer.denied(denied, "/service"))?;
    let f = Frame { address: "/service".to_owned(), ..officer.frame() };
    let problems: Problems = problem.into_iter().collect();
    let status = problems.status();
    let page = Service {
        lines: standings.iter().map(|standing| Line::of(&f, standing)).collect(),
        history: history.iter().map(|episode| Past::of(&f, episode)).collect(),
        parts: parts(&f, part),
        conditions: conditions(&f, condition),
        typed,
        problems,
        me: Some(officer.me()),
        f,
    };
    Ok(front::show(status, &page))
}
