//! Statements of savings: issued, shown again to their owner, and checked by anybody.
//!
//! A statement is kept as it was signed. What is shown later is read from there, so that the paper,
//! the table and the signed file never say two things.

use std::time::Duration;

use jiff::civil::Date;
use payung_domain::activity::Event;
use payung_domain::ids::PersonId;
use payung_domain::keyed::Tag;
use payung_domain::ledger::Posting;
use payung_domain::marks::Mark;
use payung_domain::notify::Notice;
use payung_domain::reference::StatementCode;
use payung_domain::statements::{Document, Number, Period, Statement};
use payung_domain::time::Instant;
pub use payung_storage::statements::Listed;
use payung_storage::statements::{self, New};
use payung_storage::{Fault, accounts};
use uuid::Uuid;

use crate::apps::{self, Drawing};
use crate::members::{self, Record};
use crate::sessions::SignedIn;
use crate::{App, Visit, gates, notices};

pub mod signing;

/// Statements that one person gets in a day. Each is kept, and nobody reads more of them.
pub const MOST_A_DAY: u32 = 30;

/// Of how many statements the list is.
const LISTED: u32 = 40;

const DAY: Duration = Duration::from_hours(24);

/// What came of asking for a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issued {
    /// It is there, under this name in addresses.
    Done(Uuid),
    /// Enough for one day.
    TooMany(Instant),
}

/// What a person gets to see of a statement.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What was signed.
    pub document: Document,
    /// The signed file itself.
    pub signed: String,
    /// Since when the key that signed it is not trusted, if it is not.
    pub distrusted_from: Option<Instant>,
}

/// Whether a statement is ours.
#[derive(Clone, Debug)]
pub enum Checked {
    /// It is, and this is what it says; and since when its key is not trusted, if it is not.
    Ours(Box<Document>, Option<Instant>),
    /// We issued none with this code.
    Unknown,
    /// Too many questions from this address.
    TooMany(Instant),
}

/// Issues a statement. Asked for the same twice in a day, it is the same statement.
pub async fn issue(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    period: Period,
) -> Result<Issued, Fault> {
    let (account, now) = (&signed_in.account, visit.now);
    let record = members::record(app, account.person).await?;
    let name = members::name(app, account.person).await?.unwrap_or_default();
    let statement = said(&record, name, period)?;
    let key = signing::key(app, now).await?;
    let content = content(app, &statement, &key.id, now.date(account.zone))?;
    if let Some(id) = known(app, account.person, &content).await? {
        return Ok(Issued::Done(id));
    }
    let mut tx = app.store.write().await?;
    // Of several at the same time, each counts those before it, and nothing is signed in vain.
    accounts::hold(&mut tx, account.id).await?;
    let (count, first) = statements::issued_since(&mut tx, account.person, now.minus(DAY)).await?;
    if count >= MOST_A_DAY {
        return Ok(Issued::TooMany(first.unwrap_or(now).plus(DAY)));
    }
    let code = StatementCode::new(&*app.dice);
    let document = Document {
        issuer: app.settings.public_url.clone(),
        issued: now.micros().div_euclid(1_000_000),
        code: code.as_str().to_owned(),
        statement,
    };
    let signed = signing::signed(&key, &document)?;
    let new = New {
        person: account.person,
        id: app.dice.id(),
        code: &code,
        content: &content,
        period,
        document: &signed,
        issued_at: now,
    };
    if !statements::add(&mut tx, app.store.vault(), &new).await? {
        // A second press of the button came first.
        let first = statements::with_content(&mut tx, new.person, &content).await?;
        return Ok(Issued::Done(first.unwrap_or(new.id)));
    }
    notices::note(app, &mut tx, visit, account.id, Event::StatementIssued).await?;
    let notice = Notice::StatementReady { device: visit.device.clone(), at: now };
    notices::tell_gathered(app, &mut tx, account, &notice, "statement", now).await?;
    tx.commit().await?;
    Ok(Issued::Done(new.id))
}

/// The newest statements of a member.
pub async fn list(app: &App, signed_in: &SignedIn) -> Result<Vec<Listed>, Fault> {
    page(app, signed_in.account.person, None, LISTED).await
}

/// The statements of a person, newest first; only older ones than `before`, where that is given.
pub async fn page(
    app: &App,
    person: PersonId,
    before: Option<Mark>,
    most: u32,
) -> Result<Vec<Listed>, Fault> {
    let mut tx = app.store.read().await?;
    statements::of_person(&mut tx, person, before, most).await
}

/// Which of these statements of a person were signed by a key that is not trusted, and since when. They
/// are opened only where there is such a key.
pub async fn distrusted(
    app: &App,
    person: PersonId,
    listed: &[Listed],
) -> Result<Vec<(Uuid, Instant)>, Fault> {
    let keys = signing::keys(app).await?;
    let mut found = Vec::new();
    if keys.are_trusted() {
        return Ok(found);
    }
    let mut tx = app.store.read().await?;
    for one in listed {
        let signed = statements::document(&mut tx, app.store.vault(), person, one.id).await?;
        let since = signed.and_then(|signed| keys.distrusted_since(&signed));
        found.extend(since.map(|since| (one.id, since)));
    }
    Ok(found)
}

/// A statement of a member; of nobody else's.
pub async fn show(app: &App, signed_in: &SignedIn, id: Uuid) -> Result<Option<Shown>, Fault> {
    of(app, signed_in.account.person, id).await
}

/// A statement of a person; of nobody else's.
pub async fn of(app: &App, person: PersonId, id: Uuid) -> Result<Option<Shown>, Fault> {
    let mut tx = app.store.read().await?;
    let found = statements::document(&mut tx, app.store.vault(), person, id).await?;
    drop(tx);
    let Some(signed) = found else { return Ok(None) };
    let (document, distrusted_from) = signing::read(app, &signed).await?;
    Ok(Some(Shown { document, signed, distrusted_from }))
}

/// What we know of the statement with this code. Anybody may ask who has it, but not all day long.
pub async fn check(app: &App, visit: &Visit, code: &StatementCode) -> Result<Checked, Fault> {
    if let Some(until) = gates::too_many_questions(app, visit).await? {
        return Ok(Checked::TooMany(until));
    }
    let mut tx = app.store.read().await?;
    let found = statements::with_code(&mut tx, app.store.vault(), code).await?;
    drop(tx);
    let Some(signed) = found else { return Ok(Checked::Unknown) };
    let (document, distrusted_from) = signing::read(app, &signed).await?;
    Ok(Checked::Ours(Box::new(document), distrusted_from))
}

/// Where anybody checks the statement with this code.
#[must_use]
pub fn check_address(document: &Document) -> String {
    format!("{}/check?reference={}", document.issuer, document.code)
}

/// The same as a QR code.
pub fn drawing(document: &Document) -> Result<Drawing, Fault> {
    apps::draw(&check_address(document))
}

/// The statement of a record. One that does not add up is a fault, not a statement.
fn said(record: &Record, name: String, period: Period) -> Result<Statement, Fault> {
    let numbers = record.memberships.iter().map(|membership| {
        let of_it = record.postings.iter().filter(|posting| posting.membership == membership.id);
        let postings: Vec<Posting> = of_it.cloned().collect();
        let employer = record.last_employer_of(membership.id);
        Number::of(membership.kpj.as_str().to_owned(), employer, &postings, period)
    });
    let statement = Statement { name, period, numbers: numbers.collect() };
    if statement.adds_up() {
        return Ok(statement);
    }
    Err(Fault::new("writing a statement", "the ledger does not add up"))
}

/// What tells a statement from every other: what it says, the day it was asked for, and the key that
/// signs it. Where a key is not trusted any more, the same is signed anew.
fn content(app: &App, statement: &Statement, key: &str, day: Date) -> Result<Tag, Fault> {
    let text =
        serde_json::to_string(statement).map_err(Fault::while_doing("writing a statement"))?;
    Ok(app.store.vault().index("statement content", &format!("{day} {key} {text}")))
}

async fn known(app: &App, person: PersonId, content: &Tag) -> Result<Option<Uuid>, Fault> {
    let mut tx = app.store.read().await?;
    statements::with_content(&mut tx, person, content).await
}
