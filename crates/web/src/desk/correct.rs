//! A correction asked for in the name of the member whose record is open.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::corrections::{Key, Subject};
use payung_domain::ids::LookId;
use payung_domain::time::Zone;
use payung_flows::corrections::Asked;
use payung_flows::staff::corrections::{self, AskedFor, Found, Rows};

use super::caller::{Form, Officer};
use super::record::{address, named};
use super::{Me, stale};
use crate::form::Fields;
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::contributions::history::Choice;
use crate::pages::corrections::words::{key_of, row_words, words_hint, words_problem};

/// The question.
#[derive(Debug, Template)]
#[template(path = "desk/correct.html")]
pub struct Correct {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The record's address.
    pub record: String,
    /// Of which year contributions are offered.
    pub year: i16,
    /// What may be put right.
    pub subjects: Vec<Choice>,
    /// What is wrong, so far.
    pub said: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl Correct {
    fn hint(&self) -> String {
        words_hint(&self.f)
    }
}

/// The word in forms for who somebody is.
const PERSON: &str = "person";

/// What may be put right of a year.
#[must_use]
pub fn subjects(f: &Frame, rows: &Rows, chosen: &str) -> Vec<Choice> {
    let choice = |value: String, label: String| {
        let chosen = chosen == value;
        Choice { value, label, chosen }
    };
    let mut all = vec![choice(PERSON.to_owned(), f.t("correction-about-person"))];
    all.extend(rows.rows.iter().map(|row| {
        let key = Key::of(row);
        choice(key_of(&key), row_words(f, &key, &rows.employers))
    }));
    all
}

/// `GET /records/{id}/correction?year=…`
pub async fn show(officer: Officer, Path(id): Path<String>) -> Result<Response, Trouble> {
    let look = named(&id);
    let year = year(&officer, &officer.caller.guest.query);
    let rows = rows(&officer, look, year).await?;
    Ok(page(&officer, (look, year), &rows, ("", String::new()), None))
}

/// `POST /records/{id}/correction`
pub async fn submit(
    officer: Officer,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let (look, typed, f) = (named(&id), form.to_show_again(), officer.frame());
    let (year, chosen) = (year(&officer, typed), typed.text("subject"));
    let said = typed.text("said").to_owned();
    let rows = rows(&officer, look, year).await?;
    let again =
        |problem| Ok(page(&officer, (look, year), &rows, (chosen, said.clone()), Some(problem)));
    if form.of_session().is_err() {
        return again(stale(&f, "subject"));
    }
    let mut keys = rows.rows.iter().map(Key::of);
    let subject = match chosen {
        PERSON => Some(Subject::Person),
        key => keys.find(|one| key_of(one) == key).map(Subject::Row),
    };
    let at = |text| Problem { field: "subject", text };
    let Some(subject) = subject else { return again(at(f.t("desk-correct-nothing"))) };
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    let about = (look, &subject);
    match corrections::ask_for(app, visit, signed_in, about, &said).await? {
        AskedFor::Asked(Asked::Kept(reference) | Asked::Before(reference)) => {
            Ok(see_other(&format!("/corrections/{reference}")))
        }
        AskedFor::Asked(Asked::NoWords(problem)) => again(words_problem(&f, "said", problem)),
        AskedFor::Asked(Asked::Full) => again(at(f.t("desk-correct-full"))),
        AskedFor::Asked(Asked::Unknown) => again(at(f.t("desk-correct-nothing"))),
        AskedFor::Gone => Ok(see_other("/look-up")),
        AskedFor::Denied(denied) => Err(officer.denied(denied, &address(look))),
    }
}

/// The year that is asked for, else this one.
fn year(officer: &Officer, fields: &Fields) -> i16 {
    let this = officer.caller.visit().now.date(Zone::default()).year();
    let asked = fields.text("year").parse::<i16>().ok();
    asked.filter(|year| (1900..=2999).contains(year)).unwrap_or(this)
}

async fn rows(officer: &Officer, look: LookId, year: i16) -> Result<Rows, Trouble> {
    let caller = &officer.caller;
    let (app, visit) = (caller.app(), caller.visit());
    match corrections::rows(app, visit, &officer.signed_in, (look, year)).await? {
        Found::Rows(rows) => Ok(*rows),
        Found::Gone => Err(Trouble::Instead(Box::new(see_other("/look-up")))),
        Found::Denied(denied) => Err(officer.denied(denied, "/look-up")),
    }
}

fn page(
    officer: &Officer,
    (look, year): (LookId, i16),
    rows: &Rows,
    (chosen, said): (&str, String),
    problem: Option<Problem>,
) -> Response {
    let record = address(look);
    let f = Frame { address: format!("{record}/correction?year={year}"), ..officer.frame() };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let subjects = subjects(&f, rows, chosen);
    let (me, problems) = (Some(officer.me()), problem.into_iter().collect());
    front::show(status, &Correct { f, me, record, year, subjects, said, problems })
}
