//! "Ask for a correction": what is wrong, in the member's own words. What is right is for two officers
//! to say, by a document.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::corrections::{Key, Subject};
use payung_flows::corrections::{self, Asked};
use payung_flows::members::{self, Record};

use super::words::{key_of, subject_words, words_hint, words_problem};
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// The question.
#[derive(Debug, Template)]
#[template(path = "corrections/ask.html")]
pub struct AskCorrection {
    /// Around the page.
    pub f: Frame,
    /// Names what it is about.
    pub of: String,
    /// What it is about, in words.
    pub what: String,
    /// Whether it is who somebody is, which the civil registry has to put right first.
    pub is_person: bool,
    /// What was written so far.
    pub said: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl AskCorrection {
    fn hint(&self) -> String {
        words_hint(&self.f)
    }

    fn back(&self) -> &'static str {
        if self.is_person { "/personal-details" } else { "/contributions" }
    }
}

/// Where a correction of a contribution is asked for.
#[must_use]
pub fn address(key: &Key) -> String {
    format!("{HERE}?of={}", key_of(key))
}

const HERE: &str = "/corrections/ask";

/// The word in addresses for who somebody is.
const PERSON: &str = "person";

/// `GET /corrections/ask?of=…`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let kept = member.kept().await?.unwrap_or_default();
    let of = member.guest.query.filled("of").unwrap_or_else(|| kept.text("of")).to_owned();
    let said = if kept.text("of") == of { kept.text("said").to_owned() } else { String::new() };
    let record = of_member(&member).await?;
    let subject = find(&record, &of).ok_or(Trouble::Obstacle(Obstacle::NotFound))?;
    Ok(page(&member, &record, (&subject, of), said, None))
}

/// `POST /corrections/ask`
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let typed = form.to_show_again();
    let (of, said) = (typed.text("of").to_owned(), typed.text("said").to_owned());
    let record = of_member(&member).await?;
    let subject = find(&record, &of).ok_or(Trouble::Obstacle(Obstacle::NotFound))?;
    let f = member.frame();
    let at = |text| Problem { field: "said", text };
    if form.of_session().is_err() {
        return Ok(page(&member, &record, (&subject, of), said, Some(at(f.t("stale")))));
    }
    let (app, visit) = (&member.guest.site.app, &member.guest.visit);
    let problem = match corrections::ask(app, visit, &member.signed_in, &subject, &said).await? {
        Asked::Kept(_) => return Ok(see_other("/corrections?done=yes")),
        Asked::Before(reference) => {
            let anchor = reference.as_str().to_lowercase();
            return Ok(see_other(&format!("/corrections#{anchor}")));
        }
        Asked::NoWords(problem) => words_problem(&f, "said", problem),
        Asked::Full => {
            let help = &f.help;
            at(f.t2("correction-full", "phone", &*help.phone, "hours", &*help.hours))
        }
        Asked::Unknown => return Err(Trouble::Obstacle(Obstacle::NotFound)),
    };
    Ok(page(&member, &record, (&subject, of), said, Some(problem)))
}

async fn of_member(member: &Member) -> Result<Record, Trouble> {
    let app = &member.guest.site.app;
    Ok(members::record(app, member.signed_in.account.person).await?)
}

/// What an address names, on this record and on no other (S5).
fn find(record: &Record, of: &str) -> Option<Subject> {
    if of == PERSON {
        return Some(Subject::Person);
    }
    let mut keys = record.contributions.iter().map(Key::of);
    keys.find(|key| key_of(key) == of).map(Subject::Row)
}

fn page(
    member: &Member,
    record: &Record,
    (subject, of): (&Subject, String),
    said: String,
    problem: Option<Problem>,
) -> Response {
    let f = Frame { address: format!("{HERE}?of={of}"), ..member.frame() };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = AskCorrection {
        what: subject_words(&f, subject, &record.employers),
        is_person: *subject == Subject::Person,
        problems: problem.into_iter().collect(),
        of,
        said,
        f,
    };
    front::show(status, &page)
}
