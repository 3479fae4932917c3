//! The statements that the member made on the site: which there are, and what each says. Each is read
//! from what was signed, as on the page.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::ledger::PostingKind;
use payung_domain::marks::Mark;
use payung_domain::money::Rupiah;
use payung_domain::oidc::scopes::{Scope, Scopes};
use payung_domain::statements::{Line, Number};
use payung_domain::time::Instant;
use payung_flows::oidc;
use payung_flows::statements::{self, Listed, Shown};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::call::Call;
use super::paging::{self, one};
use super::problem::Stop;
use super::shapes::{Field, Kind, Moment, Shapes, YearMonth, described, shape};
use super::{Parameter, STATEMENT, STATEMENTS};
use crate::guest::Trouble;
use crate::pages::problems::problem::Obstacle;

/// What the address of the list may ask for.
pub const QUERY: &[Parameter] = &[paging::LIMIT, paging::CURSOR];

/// What stands in the address of one.
pub const NAME: &[Parameter] = &[Parameter {
    name: "id",
    about: "Which one: the `id` in the list.",
    schema: || json!({ "type": "string", "format": "uuid" }),
}];

shape! {
    /// Some statements, and where the next ones are.
    Statements {
        /// The newest first.
        items: Vec<StatementRow>,
        /// The address of the statements after these, where there are some.
        /// It is in the header `Link` too.
        next: Option<String>,
    }
}

shape! {
    /// A statement, as the list has it.
    StatementRow {
        /// Its name in addresses, which opens nothing by itself.
        id: String,
        /// The first month that it is about.
        first_month: YearMonth,
        /// The last month that it is about.
        last_month: YearMonth,
        /// When it was issued.
        issued_at: Moment,
        /// Since when the key that signed it is not to be trusted.
        /// Left out where it is trusted.
        distrusted_from: Option<Moment>,
    }
}

shape! {
    /// What a statement of old-age savings says. Amounts are whole rupiah.
    Statement {
        /// Its name in addresses.
        id: String,
        /// The first month that it is about.
        first_month: YearMonth,
        /// The last month that it is about.
        last_month: YearMonth,
        /// When it was issued.
        issued_at: Moment,
        /// Since when the key that signed it is not to be trusted.
        /// Left out where it is trusted.
        distrusted_from: Option<Moment>,
        /// The person, with the scope `profile`.
        name: Option<String>,
        /// Each member number, the oldest first.
        numbers: Vec<StatementNumber>,
        /// The code that stands on it, with the scopes `profile` and `membership`.
        /// Whoever has it may check the statement.
        code: Option<String>,
        /// The signed file, with the scopes `profile` and `membership`.
        /// It holds the name and every member number.
        signed: Option<String>,
    }
}

shape! {
    /// The savings under one member number.
    StatementNumber {
        /// The member number, with the scope `membership`.
        number: Option<String>,
        /// The employer it runs with or ran with last, with the scope `membership`.
        employer: Option<String>,
        /// The balance when the first month began.
        opening: Rupiah,
        /// Everything that moved, in order.
        lines: Vec<StatementLine>,
        /// The balance when the last month ended, or when it was issued.
        closing: Rupiah,
    }
}

shape! {
    /// One movement.
    StatementLine {
        /// The day it was booked.
        day: Date,
        /// What moved the money.
        kind: PostingKind,
        /// The month it is about.
        month: YearMonth,
        /// What was added: negative when money left.
        amount: Rupiah,
        /// The balance after it.
        balance: Rupiah,
    }
}

/// `GET /api/v1/statements`
pub async fn list(call: Call) -> Response {
    let told = tell_all(&call).await;
    let next = told.as_ref().ok().and_then(|page| page.next.clone());
    paging::answer(&call, told, next)
}

async fn tell_all(call: &Call) -> Result<Statements, Stop> {
    let reader = call.reader(&STATEMENTS).await?;
    let (app, query) = (call.app(), &call.guest.query);
    let most = paging::most(query)?;
    let before = one(query, "cursor", cursor)?;
    let and_one = u32::try_from(most).unwrap_or(u32::MAX).saturating_add(1);
    let mut rows = statements::page(app, reader.account.person, before, and_one).await?;
    let goes_on = rows.len() > most;
    rows.truncate(most);
    let last = rows.last().filter(|_| goes_on).map(Listed::mark);
    let next = last.map(|mark| oidc::address(app, &going_on_after(most, mark)));
    let distrusted = statements::distrusted(app, reader.account.person, &rows).await?;
    let items = rows.iter().map(|row| StatementRow::of(row, &distrusted)).collect();
    Ok(Statements { items, next })
}

/// A place in the list, spelled as we spell it.
fn cursor(text: &str) -> Option<Mark> {
    Mark::parse(text).filter(|mark| mark.to_string() == text)
}

fn going_on_after(most: usize, mark: Mark) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("limit", &most.to_string()).append_pair("cursor", &mark.to_string());
    format!("{}?{}", STATEMENTS.path, query.finish())
}

/// `GET /api/v1/statements/{id}`
pub async fn show(id: Result<Path<String>, PathRejection>, call: Call) -> Response {
    let id = id.ok().and_then(|Path(text)| name(&text));
    call.answer(tell(&call, id).await)
}

/// A name in addresses, spelled as we spell it: proofs are for one spelling of an address.
fn name(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok().filter(|id| id.to_string() == text)
}

async fn tell(call: &Call, id: Option<Uuid>) -> Result<Statement, Stop> {
    let nowhere = || Stop::Trouble(Trouble::Obstacle(Obstacle::NotFound));
    let id = id.ok_or_else(nowhere)?;
    let reader = call.reader_at(&STATEMENT, &format!("{}/{id}", STATEMENTS.path)).await?;
    // L-11: somebody else's is as good as none.
    let shown = statements::of(call.app(), reader.account.person, id).await?;
    Ok(Statement::of(id, shown.ok_or_else(nowhere)?, &reader.scopes))
}

impl StatementRow {
    fn of(known: &Listed, distrusted: &[(Uuid, Instant)]) -> Self {
        let since = distrusted.iter().find(|(id, _)| *id == known.id);
        Self {
            id: known.id.to_string(),
            first_month: YearMonth(known.period.first),
            last_month: YearMonth(known.period.last),
            issued_at: Moment(known.issued_at),
            distrusted_from: since.map(|(_, since)| Moment(*since)),
        }
    }
}

impl Statement {
    /// L-09: each scope adds what belongs to it. The file and the code show all of it at once.
    fn of(id: Uuid, shown: Shown, scopes: &Scopes) -> Self {
        let Shown { document, signed, distrusted_from } = shown;
        let statement = document.statement;
        let (may_name, may_number) = (scopes.has(Scope::Profile), scopes.has(Scope::Membership));
        let is_whole = may_name && may_number;
        let numbers = statement.numbers.into_iter();
        Self {
            id: id.to_string(),
            first_month: YearMonth(statement.period.first),
            last_month: YearMonth(statement.period.last),
            issued_at: Moment(Instant::from_micros(document.issued.saturating_mul(1_000_000))),
            distrusted_from: distrusted_from.map(Moment),
            name: may_name.then_some(statement.name),
            numbers: numbers.map(|number| StatementNumber::of(number, may_number)).collect(),
            code: is_whole.then_some(document.code),
            signed: is_whole.then_some(signed),
        }
    }
}

impl StatementNumber {
    fn of(known: Number, may_number: bool) -> Self {
        Self {
            number: may_number.then_some(known.kpj),
            employer: known.employer.filter(|_| may_number),
            opening: known.opening,
            lines: known.lines.iter().map(StatementLine::of).collect(),
            closing: known.closing,
        }
    }
}

impl StatementLine {
    const fn of(known: &Line) -> Self {
        Self {
            day: known.day,
            kind: known.kind,
            month: YearMonth(known.month),
            amount: known.amount,
            balance: known.balance,
        }
    }
}
