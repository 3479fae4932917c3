//! S09 Audit: who did what, when, why and about whom; page by page, and as a file for whoever may take
//! it along. Reading it is a line in it. Whether the chain over it is whole stands on every page of it.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use payung_domain::marks::Mark;
use payung_domain::staff::acts::Kind;
use payung_domain::staff::audit::{About, Act, Entry, Outcome};
use payung_domain::staff::chain::{Head, Verdict};
use payung_domain::staff::looks::{Field, Reason};
use payung_domain::staff::source::{Origin, network_typed, session_typed};
use payung_domain::staff::verification::Method;
use payung_domain::staff::{Officer as Name, Right, Role};
use payung_flows::staff::audit::{self, Choice as Wanted, MOST, Part, Taken};
use payung_flows::staff::chain;
use serde_json::{Value, json};

use super::caller::{Form, Officer};
use super::chain::Chain;
use super::source_words::{origin_words, origins, source_words};
use super::verify::{kind_words, method_words};
use super::{Me, act_words, field_words, outcome_words, reason_problem, role_words, stale};
use crate::form::Fields;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::contributions::history::Choice;
use crate::{front, spreadsheet};

/// The list.
#[derive(Debug, Template)]
#[template(path = "desk/audit.html")]
pub struct Audit {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The officer that was asked for.
    pub officer: String,
    /// What can be asked for.
    pub acts: Vec<Choice>,
    /// What may have come of it.
    pub outcomes: Vec<Choice>,
    /// The member, by the signs that lines show.
    pub about: String,
    /// By which ways it may have come.
    pub origins: Vec<Choice>,
    /// The network and the session, as lines show them.
    pub place: (String, String),
    /// The first day and the last one, as they were typed.
    pub days: (String, String),
    /// The words of the act, the outcome and the way that were asked for, for the file.
    pub chosen: (String, String, String),
    /// Whether the newest lines are unbroken.
    pub chain: Chain,
    /// Newest first.
    pub lines: Vec<Entry>,
    /// Address of the lines before these, if there are some.
    pub older: Option<String>,
    /// Whether this officer may take it along.
    pub may_take: bool,
    /// The reason so far.
    pub reason: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl Audit {
    fn act(&self, entry: &Entry) -> String {
        act_words(&self.f, entry.act)
    }

    fn outcome(&self, entry: &Entry) -> String {
        outcome_words(&self.f, entry.outcome)
    }

    fn role(&self, entry: &Entry) -> String {
        words_of_role(&self.f, entry)
    }

    fn source(&self, entry: &Entry) -> String {
        source_words(&self.f, &entry.source)
    }

    fn about_words(&self, entry: &Entry) -> String {
        let about = about(&self.f, entry);
        if about.is_empty() { "–".to_owned() } else { about }
    }
}

fn words_of_role(f: &Frame, entry: &Entry) -> String {
    Role::named(&entry.role).map(|role| role_words(f, role)).unwrap_or_default()
}

/// By what was looked, which field or colleague, and whose record: by the start of its random id,
/// enough to see that two lines are about the same member.
fn about(f: &Frame, entry: &Entry) -> String {
    let record = entry.person.map(About::short);
    let parts = [Some(detail(f, entry)), record];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

fn detail(f: &Frame, entry: &Entry) -> String {
    let word = &*entry.detail;
    if let Some(field) = Field::named(word) {
        field_words(f, field)
    } else if let Some(kind) = Kind::named(word) {
        kind_words(f, kind)
    } else if let Some(method) = Method::named(word) {
        method_words(f, method)
    } else if entry.act == Act::ActEnded {
        f.t1("desk-acts-over", "end", word)
    } else {
        word.to_owned()
    }
}

/// `GET /audit`
pub async fn show(officer: Officer) -> Result<Response, Trouble> {
    let query = &officer.caller.guest.query;
    let before = query.filled("before").and_then(Mark::parse);
    page(&officer, &Asked::of(query), before, String::new(), None).await
}

/// `GET` of an address that only takes forms: to the list.
pub async fn back() -> Response {
    see_other("/audit")
}

/// `POST /audit.csv`
pub async fn take(officer: Officer, form: Form) -> Result<Response, Trouble> {
    let f = officer.frame();
    take_as(&officer, &form, |lines| table(&f, lines)).await
}

/// `POST /audit.json`
pub async fn take_json(officer: Officer, form: Form) -> Result<Response, Trouble> {
    take_as(&officer, &form, |lines| Ok(document(lines))).await
}

async fn take_as(
    officer: &Officer,
    form: &Form,
    file: impl FnOnce(&[(Head, Entry)]) -> Result<Response, Trouble>,
) -> Result<Response, Trouble> {
    let (typed, f) = (form.to_show_again(), officer.frame());
    let asked = Asked::of(typed);
    let words = Reason::words(typed.text("reason"));
    let reason = words.clone().unwrap_or_else(|_| typed.text("reason").to_owned());
    let problem = match words {
        _ if form.of_session().is_err() => Some(stale(&f, "reason")),
        Ok(_) => None,
        Err(problem) => Some(reason_problem(&f, problem)),
    };
    if problem.is_some() || asked.problem(&f).is_some() {
        return page(officer, &asked, None, reason, problem).await;
    }
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    match audit::take(app, visit, signed_in, &asked.wanted, &reason).await? {
        Taken::Lines(lines) => file(&lines),
        Taken::TooMany => {
            let problem = Problem { field: "from", text: f.t1("desk-audit-too-many", "n", MOST) };
            page(officer, &asked, None, reason, Some(problem)).await
        }
        Taken::Denied(denied) => Err(officer.denied(denied, &address(&asked.wanted, None))),
    }
}

fn table(f: &Frame, lines: &[(Head, Entry)]) -> Result<Response, Trouble> {
    let head = [
        "desk-column-when",
        "desk-column-officer",
        "desk-column-role",
        "desk-column-act",
        "desk-column-outcome",
        "desk-column-about",
        "desk-column-reason",
        "desk-column-source",
        "desk-column-network",
        "desk-column-session",
        "desk-column-place",
        "desk-column-link",
    ];
    let rows = lines.iter().map(|(place, entry)| {
        let (height, link) = place_words(*place);
        [
            entry.mark.at.rfc3339(),
            entry.officer.clone(),
            words_of_role(f, entry),
            act_words(f, entry.act),
            outcome_words(f, entry.outcome),
            about(f, entry),
            entry.reason.clone(),
            entry.source.origin().map(|origin| origin_words(f, origin)).unwrap_or_default(),
            entry.source.network().to_owned(),
            entry.source.session().to_owned(),
            height,
            link,
        ]
    });
    let head = head.map(|key| f.t(key));
    let file = spreadsheet::csv(f.language, std::iter::once(head).chain(rows))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"payung-desk-audit.csv\""),
    ];
    Ok((headers, file).into_response())
}

/// A place in the chain: the height, and the mark as it is noted elsewhere.
fn place_words(place: Head) -> (String, String) {
    let both = place.to_string();
    let (height, link) = both.split_once(':').unwrap_or_default();
    (height.to_owned(), link.to_owned())
}

/// For machines: words of ours, not of a language.
fn document(lines: &[(Head, Entry)]) -> Response {
    let lines: Vec<Value> = lines.iter().map(|(place, entry)| object(*place, entry)).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"payung-desk-audit.json\""),
    ];
    (headers, json!({ "schema": 1, "lines": lines }).to_string()).into_response()
}

/// What is not there is none, not an empty word.
fn said_of(word: &str) -> Option<&str> {
    Some(word).filter(|word| !word.is_empty())
}

fn object(place: Head, entry: &Entry) -> Value {
    let (_, link) = place_words(place);
    json!({
        "id": entry.mark.id,
        "at": entry.mark.at.rfc3339(),
        "officer": entry.officer,
        "role": entry.role,
        "act": entry.act.name(),
        "outcome": entry.outcome.name(),
        "about": entry.person.map(About::short),
        "detail": entry.detail,
        "reason": entry.reason,
        "source": entry.source.origin().map(Origin::name),
        "network": said_of(entry.source.network()),
        "session": said_of(entry.source.session()),
        "place": place.height,
        "link": link,
    })
}

/// What an address or a form asks for, and how it was typed.
#[derive(Clone, Debug)]
struct Asked {
    wanted: Wanted,
    about: String,
    place: (String, String),
    days: (String, String),
}

impl Asked {
    /// A choice that is none chooses everything; a name or a member that is none is nobody's.
    fn of(fields: &Fields) -> Self {
        let day = |name: &str| fields.text(name).trim().parse::<Date>().ok();
        let nobody = || About::parse(&"f".repeat(32));
        let about = fields.filled("about").and_then(|signs| About::parse(signs).or_else(nobody));
        Self {
            wanted: Wanted {
                officer: fields.filled("officer").map(officer_named),
                act: Act::named(fields.text("act")),
                outcome: Outcome::named(fields.text("outcome")),
                about,
                origin: Origin::named(fields.text("source")),
                network: fields.filled("network").map(network_typed),
                session: fields.filled("session").map(session_typed),
                from: day("from"),
                until: day("until"),
            },
            about: fields.text("about").to_owned(),
            place: (fields.text("network").to_owned(), fields.text("session").to_owned()),
            days: (fields.text("from").to_owned(), fields.text("until").to_owned()),
        }
    }

    fn problem(&self, f: &Frame) -> Option<Problem> {
        let Wanted { from, until, .. } = self.wanted;
        let is_day = |typed: &str, read: Option<Date>| typed.trim().is_empty() || read.is_some();
        if !is_day(&self.days.0, from) {
            Some(Problem { field: "from", text: f.t("desk-day-format") })
        } else if !is_day(&self.days.1, until) {
            Some(Problem { field: "until", text: f.t("desk-day-format") })
        } else if self.wanted.is_backwards() {
            Some(Problem { field: "until", text: f.t("desk-range-order") })
        } else {
            None
        }
    }
}

/// The officer of this name. Whatever is no name is nobody's.
fn officer_named(typed: &str) -> String {
    Name::parse(typed).map_or_else(|| "?".to_owned(), |name| name.as_str().to_owned())
}

fn address(wanted: &Wanted, before: Option<Mark>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(officer) = &wanted.officer {
        query.append_pair("officer", officer);
    }
    if let Some(act) = wanted.act {
        query.append_pair("act", act.name());
    }
    if let Some(outcome) = wanted.outcome {
        query.append_pair("outcome", outcome.name());
    }
    if let Some(about) = &wanted.about {
        query.append_pair("about", about.as_str());
    }
    if let Some(origin) = wanted.origin {
        query.append_pair("source", origin.name());
    }
    for (name, part) in [("network", &wanted.network), ("session", &wanted.session)] {
        if let Some(part) = part {
            query.append_pair(name, part);
        }
    }
    for (name, day) in [("from", wanted.from), ("until", wanted.until)] {
        if let Some(day) = day {
            query.append_pair(name, &day.to_string());
        }
    }
    if let Some(before) = before {
        query.append_pair("before", &before.to_string());
    }
    format!("/audit?{}", query.finish())
}

async fn page(
    officer: &Officer,
    asked: &Asked,
    before: Option<Mark>,
    reason: String,
    problem: Option<Problem>,
) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    let wanted = &asked.wanted;
    let Part { lines, older } = audit::page(app, visit, signed_in, wanted, before)
        .await?
        .map_err(|denied| officer.denied(denied, "/audit"))?;
    let verdict: Verdict = chain::recent(&app.store).await?;
    let f = Frame { address: address(wanted, before), ..officer.frame() };
    let problems: Problems = asked.problem(&f).into_iter().chain(problem).collect();
    let status = problems.status();
    let page = Audit {
        officer: wanted.officer.clone().unwrap_or_default(),
        acts: acts(&f, wanted.act),
        outcomes: outcomes(&f, wanted.outcome),
        about: asked.about.clone(),
        origins: origins(&f, wanted.origin),
        place: asked.place.clone(),
        days: asked.days.clone(),
        chosen: (
            wanted.act.map_or("", Act::name).to_owned(),
            wanted.outcome.map_or("", Outcome::name).to_owned(),
            wanted.origin.map_or("", Origin::name).to_owned(),
        ),
        chain: Chain::of(&f, &verdict),
        lines,
        older: older.map(|mark| address(wanted, Some(mark))),
        may_take: signed_in.staff.role.may(Right::ExportAudit),
        me: Some(officer.me()),
        reason,
        problems,
        f,
    };
    Ok(front::show(status, &page))
}

/// The acts that can be asked for.
#[must_use]
pub fn acts(f: &Frame, chosen: Option<Act>) -> Vec<Choice> {
    let choice = |act: &Act| Choice {
        value: act.name().to_owned(),
        label: act_words(f, *act),
        chosen: chosen == Some(*act),
    };
    Act::ALL.iter().map(choice).collect()
}

/// The outcomes that can be asked for.
#[must_use]
pub fn outcomes(f: &Frame, chosen: Option<Outcome>) -> Vec<Choice> {
    let choice = |outcome: &Outcome| Choice {
        value: outcome.name().to_owned(),
        label: outcome_words(f, *outcome),
        chosen: chosen == Some(*outcome),
    };
    Outcome::ALL.iter().map(choice).collect()
}
