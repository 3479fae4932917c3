//! S05 Peserta / Member record: masked, open to the officer who looked it up, for half an hour.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::ids::LookId;
use payung_domain::staff::cases::Case;
use payung_domain::staff::looks::Field;
use payung_flows::staff::looks::{self, Opened, Record as Found, Shown};
use uuid::Uuid;

use super::caller::Officer;
use super::case_words::{kind_words, standing_words};
use super::{Me, field_words, why_words};
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::Frame;

/// A record.
#[derive(Debug, Template)]
#[template(path = "desk/record.html")]
pub struct Record {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The record.
    pub found: Found,
    /// Its fields, as the page shows them.
    pub lines: Vec<Line>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub label: String,
    /// What stands in it, masked or not.
    pub value: String,
    /// Until when it is shown in full, in words.
    pub until: Option<String>,
    /// Where it can be asked for in full.
    pub link: Option<String>,
}

impl Record {
    /// The page of a record.
    #[must_use]
    pub fn of(f: Frame, me: Me, found: Found) -> Self {
        let lines = found.fields.iter().map(|(field, shown)| line(&f, &found, *field, shown));
        let lines = lines.collect();
        Self { f, me: Some(me), found, lines }
    }

    fn new_case(&self) -> String {
        format!("{}/case", address(self.found.look.id))
    }

    fn case_words(&self, case: &Case) -> String {
        let state = standing_words(&self.f, case.state.standing());
        format!("{} · {state}", kind_words(&self.f, case.kind))
    }

    fn why(&self) -> String {
        why_words(&self.f, self.found.look.reason.why)
    }

    fn verify(&self) -> String {
        format!("{}/verify", address(self.found.look.id))
    }

    /// Where a correction is asked for, by whoever may.
    fn correct(&self) -> Option<String> {
        let may = self.me.as_ref().is_some_and(Me::corrects);
        may.then(|| format!("{}/correction", address(self.found.look.id)))
    }

    /// Where a claim of heirs is opened, by whoever may.
    fn heirs(&self) -> Option<String> {
        let may = self.me.as_ref().is_some_and(Me::handles_claims);
        may.then(|| format!("{}/heirs", address(self.found.look.id)))
    }

    fn officer(&self) -> &str {
        self.me.as_ref().map_or("", |me| &*me.name)
    }
}

fn line(f: &Frame, found: &Found, field: Field, shown: &Shown) -> Line {
    let label = field_words(f, field);
    let (value, until, is_masked) = match shown {
        Shown::Nothing => ("–".to_owned(), None, false),
        Shown::Masked(text) => (text.clone(), None, true),
        Shown::Text(text, until) => (text.clone(), Some(until), false),
        Shown::Day(day, until) => (f.date(day), Some(until), false),
    };
    let until = until.map(|until| f.t1("desk-unmasked-until", "time", f.clock(until)));
    let link =
        is_masked.then(|| format!("{}/unmask?field={}", address(found.look.id), field.name()));
    Line { label, value, until, link }
}

/// The fields of a member beside a case: masked, and nothing there to see more of them.
pub(super) fn lines_of(f: &Frame, fields: &[(Field, Shown)]) -> Vec<Line> {
    let line = |(field, shown): &(Field, Shown)| {
        let value = match shown {
            Shown::Nothing => "–".to_owned(),
            Shown::Masked(text) | Shown::Text(text, _) => text.clone(),
            Shown::Day(day, _) => f.date(day),
        };
        Line { label: field_words(f, *field), value, until: None, link: None }
    };
    fields.iter().map(line).collect()
}

/// Where a record is, for the officer who looked it up.
pub(super) fn address(look: LookId) -> String {
    format!("/records/{}", look.0.simple())
}

/// The look that an address names. Whatever is none is nobody's.
pub(super) fn named(typed: &str) -> LookId {
    LookId(Uuid::try_parse(typed).unwrap_or(Uuid::nil()))
}

/// `GET /records/{id}`
pub async fn show(officer: Officer, Path(id): Path<String>) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let look = named(&id);
    match looks::record(caller.app(), caller.visit(), &officer.signed_in, look).await? {
        Opened::Record(found) => {
            let page = Record::of(officer.frame(), officer.me(), *found);
            Ok(front::show(StatusCode::OK, &page))
        }
        Opened::Gone => Ok(see_other("/look-up")),
        Opened::Denied(denied) => Err(officer.denied(denied, "/look-up")),
    }
}
