//! What the pages of claims of members and of heirs have in common. Papers are taken along as files: none
//! is ever shown from this address (L-16).

use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use payung_domain::claims::clock::Clock;
use payung_domain::claims::{Document, Happened};
use payung_domain::ids::DocumentId;
use payung_domain::programmes::Citation;
use payung_flows::staff::claim_acts::{Taken, Unreached};
use uuid::Uuid;

use super::caller::{Form, Officer};
use super::stale;
use crate::guest::Trouble;
use crate::page::{Frame, Problem};
use crate::pages::claims::one::size_words;
use crate::pages::claims::{Moment, Reader, cited, clock_words, paper_words};
use crate::pages::problems::problem::Obstacle;

/// The law's clock, a line each.
pub(super) fn clock_lines(f: &Frame, clock: Option<&Clock<'_>>, today: Date) -> Vec<String> {
    clock.map(|clock| clock_words(f, clock, today, Reader::Staff)).unwrap_or_default()
}

/// The rules behind a right, a line each.
pub(super) fn rule_lines(f: &Frame, rules: &[Citation<'_>]) -> Vec<String> {
    cited(f, rules)
        .into_iter()
        .map(|rule| format!("{}: {} ({})", rule.name, rule.source, rule.sure))
        .collect()
}

/// The papers of a claim at this address, with where each is taken along.
pub(super) fn papers(f: &Frame, address: &str, all: &[Document]) -> Vec<(String, String)> {
    let paper = |one: &Document| {
        let (name, kind) = (paper_words(f, &one.slot), one.kind.name());
        let place = format!("{address}/documents/{}", one.id.0.simple());
        (place, format!("{name} ({}, {})", kind.to_uppercase(), size_words(one.size)))
    };
    all.iter().map(paper).collect()
}

/// What happened, as officers read it.
pub(super) fn moments<S: Copy>(
    f: &Frame,
    all: &[Happened<S>],
    step_words: fn(&Frame, S) -> String,
) -> Vec<Moment> {
    let moment = |one: &Happened<S>| {
        let what = step_words(f, one.step);
        Moment {
            when: f.date_time(&one.at),
            what: match &one.officer {
                Some(officer) => format!("{what} ({officer})"),
                None => what,
            },
            words: one.words.clone(),
        }
    };
    all.iter().map(moment).collect()
}

/// What an officer wants done with a claim, or what is wrong with the form.
pub(super) fn deed_in<D>(
    f: &Frame,
    form: &Form,
    named: fn(&str) -> Option<D>,
) -> Result<D, Problem> {
    let fields = form.of_session().map_err(|_| stale(f, "words"))?;
    named(fields.text("deed")).ok_or_else(|| at_words(f.t("desk-claim-deed")))
}

/// What is wrong, said where an officer writes.
pub(super) const fn at_words(text: String) -> Problem {
    Problem { field: "words", text }
}

/// What to answer to an officer who does not get at a claim.
pub(super) fn unreached(officer: &Officer, why: Unreached, here: &str) -> Trouble {
    match why {
        Unreached::Denied(denied) => officer.denied(denied, here),
        // The own claim is nobody's here.
        Unreached::Gone | Unreached::Own => Trouble::Obstacle(Obstacle::NotFound),
    }
}

/// The document of this name.
pub(super) fn document_in(text: &str) -> Result<DocumentId, Trouble> {
    let id = Uuid::try_parse(text).map_err(|_| Trouble::Obstacle(Obstacle::NotFound))?;
    Ok(DocumentId(id))
}

/// Never shown from our own address: taken along, under a name of ours, not sniffed at, and shut in a
/// box of its own should a browser show it all the same.
pub(super) fn attached(taken: Taken) -> Response {
    let Taken { reference, document, bytes } = taken;
    let (id, ending) = (document.id.0.simple().to_string(), document.kind.name());
    let name = format!("attachment; filename=\"{reference}-{}.{ending}\"", &id[..8]);
    let headers = [
        (header::CONTENT_TYPE, document.kind.content_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
    ];
    (headers, bytes).into_response()
}
