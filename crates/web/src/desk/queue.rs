//! S02 Antrean / Queue: what is due first comes first, fifty at a time.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::marks::Mark;
use payung_domain::staff::Officer as Name;
use payung_domain::staff::cases::{Age, CaseReference, Kind, Standing, Whose};
use payung_domain::time::Instant;
use payung_flows::staff::cases::queue::{self, Choice as Wanted, Given, Part, Row};

use super::caller::{Form, Officer};
use super::case_words::{
    age_words, due_words, kind_words, length_words, standing_words, state_words, whose_words,
};
use super::{Me, stale};
use crate::form::Fields;
use crate::front;
use crate::guest::Trouble;
use crate::page::{Frame, Problem, Problems};
use crate::pages::contributions::history::Choice;

/// The list.
#[derive(Debug, Template)]
#[template(path = "desk/queue.html")]
pub struct Queue {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// Whose cases can be asked for.
    pub whose: Vec<Choice>,
    /// What they may be about.
    pub kinds: Vec<Choice>,
    /// Where they may stand.
    pub standings: Vec<Choice>,
    /// How old they may be.
    pub ages: Vec<Choice>,
    /// What is due first first.
    pub lines: Vec<Line>,
    /// Address of the cases after these, if there are some.
    pub next: Option<String>,
    /// Address of the first ones, when these are not they.
    pub first: Option<String>,
    /// To whom many may be given at once.
    pub colleagues: Vec<Choice>,
    /// What came of giving many.
    pub given: Option<Given>,
    /// What needs fixing.
    pub problems: Problems,
}

/// One case of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number.
    pub reference: String,
    /// What it is about.
    pub kind: String,
    /// Where it stands, and with whom.
    pub state: String,
    /// How old it is.
    pub age: String,
    /// When it is due.
    pub due: String,
    /// Whether it should have been answered by now.
    pub is_overdue: bool,
    /// Its version.
    pub version: u32,
}

impl Line {
    fn of(f: &Frame, row: &Row, now: Instant) -> Self {
        let case = &row.case;
        Self {
            reference: case.reference.to_string(),
            kind: kind_words(f, case.kind),
            state: state_words(f, case.state, row.holder.as_deref()),
            age: length_words(f, now.since(case.opened_at)),
            due: due_words(f, case, now),
            is_overdue: row.is_overdue,
            version: case.version,
        }
    }
}

impl Queue {
    /// The page of a part of the list.
    #[must_use]
    pub fn of(
        f: Frame,
        me: Me,
        (wanted, after): (&Wanted, Option<Mark>),
        part: &Part,
        now: Instant,
    ) -> Self {
        Self {
            me: Some(me),
            whose: choices(Whose::ALL, wanted.whose, |one| (one.name(), whose_words(&f, one))),
            kinds: choices(Kind::ALL, wanted.kind, |one| (one.name(), kind_words(&f, one))),
            standings: choices(Standing::ALL, wanted.standing, |one| {
                (one.name(), standing_words(&f, one))
            }),
            ages: choices(Age::ALL, wanted.age, |one| (one.name(), age_words(&f, one))),
            lines: part.rows.iter().map(|row| Line::of(&f, row, now)).collect(),
            next: part.next.map(|mark| address(*wanted, Some(mark))),
            first: after.map(|_| address(*wanted, None)),
            colleagues: part.colleagues.iter().map(|name| colleague(name)).collect(),
            given: None,
            problems: Problems::default(),
            f,
        }
    }

    fn done(&self) -> u32 {
        self.given.map_or(0, |given| given.done)
    }

    fn not_done(&self) -> u32 {
        self.given.map_or(0, |given| given.not_done)
    }
}

fn colleague(name: &str) -> Choice {
    Choice { value: name.to_owned(), label: name.to_owned(), chosen: false }
}

fn choices<T: Copy + PartialEq>(
    all: &[T],
    chosen: Option<T>,
    words: impl Fn(T) -> (&'static str, String),
) -> Vec<Choice> {
    let choice = |one: &T| {
        let (value, label) = words(*one);
        Choice { value: value.to_owned(), label, chosen: chosen == Some(*one) }
    };
    all.iter().map(choice).collect()
}

/// `GET /queue`
pub async fn show(officer: Officer) -> Result<Response, Trouble> {
    page(&officer, None, None).await
}

/// `POST /queue`: many cases to one officer.
pub async fn submit(officer: Officer, form: Form) -> Result<Response, Trouble> {
    let f = officer.frame();
    let Ok(fields) = form.of_session() else {
        return page(&officer, None, Some(stale(&f, "officer"))).await;
    };
    let Some(to) = Name::parse(fields.text("officer")) else {
        let problem = Problem { field: "officer", text: f.t("desk-case-hand-missing") };
        return page(&officer, None, Some(problem)).await;
    };
    let seen = chosen(fields);
    let caller = &officer.caller;
    let (app, visit) = (caller.app(), caller.visit());
    let given = queue::assign(app, visit, &officer.signed_in, &to, &seen)
        .await?
        .map_err(|denied| officer.denied(denied, "/queue"))?;
    page(&officer, Some(given), None).await
}

/// The cases that were ticked, each with the version that the page showed.
fn chosen(fields: &Fields) -> Vec<(CaseReference, u32)> {
    let ticked = fields.names().filter_map(|name| {
        let reference = CaseReference::parse(name).filter(|one| one.as_str() == name)?;
        Some((reference, fields.text(name).parse().ok()?))
    });
    ticked.collect()
}

async fn page(
    officer: &Officer,
    given: Option<Given>,
    problem: Option<Problem>,
) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let query = &caller.guest.query;
    let (wanted, after) = (wanted(query), query.filled("after").and_then(Mark::parse));
    let (app, visit) = (caller.app(), caller.visit());
    let part = queue::page(app, visit, &officer.signed_in, &wanted, after)
        .await?
        .map_err(|denied| officer.denied(denied, "/queue"))?;
    let f = Frame { address: address(wanted, after), ..officer.frame() };
    let status = if problem.is_none() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Queue {
        given,
        problems: problem.into_iter().collect(),
        ..Queue::of(f, officer.me(), (&wanted, after), &part, visit.now)
    };
    Ok(front::show(status, &page))
}

/// What an address asks for. A choice that is none chooses everything.
fn wanted(fields: &Fields) -> Wanted {
    Wanted {
        whose: Whose::named(fields.text("whose")),
        kind: Kind::named(fields.text("kind")),
        standing: Standing::named(fields.text("state")),
        age: Age::named(fields.text("age")),
    }
}

fn address(wanted: Wanted, after: Option<Mark>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let words = [
        ("whose", wanted.whose.map(Whose::name)),
        ("kind", wanted.kind.map(Kind::name)),
        ("state", wanted.standing.map(Standing::name)),
        ("age", wanted.age.map(Age::name)),
    ];
    for (name, word) in words {
        if let Some(word) = word {
            query.append_pair(name, word);
        }
    }
    if let Some(after) = after {
        query.append_pair("after", &after.to_string());
    }
    format!("/queue?{}", query.finish())
}
