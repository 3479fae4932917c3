//! Everything of one member, to be taken along: one JSON file, or a table of each kind of row. What
//! each field means is in docs/export.md.
//!
//! What is there is read first, and written out piece by piece.

mod asked;
mod table;

use std::collections::HashMap;
use std::time::Duration;

use jiff::civil::Date;
use payung_domain::activity::{Event, KEPT, Line};
use payung_domain::contact::{Email, Phone};
use payung_domain::contributions::Contribution;
use payung_domain::contributions::wage_answers::WageAnswer;
use payung_domain::employers::{Employer, Employment, Work};
use payung_domain::ids::{EmployerId, MembershipId};
use payung_domain::ledger::Posting;
use payung_domain::members::Membership;
use payung_domain::money::Rupiah;
use payung_domain::notify::Notice;
use payung_domain::reference::Reference;
use payung_domain::staff::looks::Field;
use payung_domain::time::Instant;
use payung_domain::transactions::Report;
use payung_storage::activity::Wanted;
use payung_storage::outbox::Told;
use payung_storage::statements::{self, Listed};
use payung_storage::{Fault, accounts, activity, outbox, transaction_reports};
use serde_json::{Value, json};
use uuid::Uuid;

use self::asked::Asked;
pub use self::table::Table;
use crate::activity::View;
use crate::members::{self, Details, Record};
use crate::oidc::connected::{self, Connected};
use crate::sessions::SignedIn;
use crate::{App, Visit, notices};

/// The version of the file. A field that changes its meaning or goes gets another one; fields may be
/// added without.
pub const VERSION: u32 = 1;

/// Lines of activity, and messages, at most: more than thirteen months of any member bring.
const MOST: u32 = 10_000;

/// How often one member takes it in a day: each time all of it is read, noted and told.
pub const MOST_A_DAY: u32 = 20;

const DAY: Duration = Duration::from_hours(24);

/// What came of asking for everything.
#[derive(Clone, Debug)]
pub enum Taken {
    /// Here it is.
    All(Box<Everything>),
    /// It was taken often enough for a day; the next time is then.
    TooMany(Instant),
}

/// Everything of a member.
#[derive(Clone, Debug)]
pub struct Everything {
    /// When it was read.
    pub at: Instant,
    details: Option<Details>,
    record: Record,
    /// What happened, with what staff said who looked (M-08).
    activity: Vec<(Line, Option<View>)>,
    messages: Vec<Told>,
    reports: Vec<Report>,
    statements: Vec<Listed>,
    applications: Vec<Connected>,
    asked: Asked,
}

/// A list of the JSON file: its name, and how it is made when its turn comes.
type Section = (&'static str, fn(&Everything) -> Vec<Value>);

/// The lists of the JSON file, in order.
const SECTIONS: [Section; 18] = [
    ("memberships", |all| all.record.memberships.iter().map(membership).collect()),
    ("employers", |all| all.record.employers.iter().map(employer).collect()),
    ("employments", Everything::employments),
    ("contributions", |all| all.rows(Table::Contributions)),
    ("wage_answers", |all| all.rows(Table::WageAnswers)),
    ("savings", |all| all.rows(Table::Savings)),
    ("activity", |all| all.rows(Table::Activity)),
    ("messages", |all| all.rows(Table::Messages)),
    ("reports", |all| all.rows(Table::Reports)),
    ("claims", |all| all.rows(Table::Claims)),
    ("claim_documents", |all| all.rows(Table::ClaimDocuments)),
    ("claim_steps", |all| all.rows(Table::ClaimSteps)),
    ("corrections", |all| all.rows(Table::Corrections)),
    ("correction_steps", |all| all.rows(Table::CorrectionSteps)),
    ("correction_lines", |all| all.rows(Table::CorrectionLines)),
    ("cases", |all| all.rows(Table::Cases)),
    ("statements", |all| all.statements.iter().map(statement).collect()),
    ("applications", |all| all.applications.iter().map(application).collect()),
];

/// Reads everything. That it was taken is noted first, so that the file says so too, and told.
pub async fn everything(app: &App, visit: &Visit, member: &SignedIn) -> Result<Taken, Fault> {
    let account = &member.account;
    let (device, at) = (visit.device.clone(), visit.now);
    let mut tx = app.store.write().await?;
    // Of several at the same time, each counts those before it.
    accounts::hold(&mut tx, account.id).await?;
    let day_ago = at.minus(DAY);
    let (count, first) = activity::count(&mut tx, account.id, Event::DataExported, day_ago).await?;
    if count >= MOST_A_DAY {
        return Ok(Taken::TooMany(first.unwrap_or(at).plus(DAY)));
    }
    notices::note(app, &mut tx, visit, account.id, Event::DataExported).await?;
    let notice = Notice::DataExported { device, at };
    notices::tell_gathered(app, &mut tx, account, &notice, "export", at).await?;
    tx.commit().await?;
    let details = members::details(app, visit, account.id, account.person).await?;
    let record = members::record(app, account.person).await?;
    let applications = connected::list(app, account.id).await?;
    let asked = Asked::read(app, member).await?;
    let wanted = Wanted {
        group: None,
        from: at.minus(KEPT),
        until: Instant::from_micros(i64::MAX),
        before: None,
    };
    let mut tx = app.store.read().await?;
    let lines = activity::list(&mut tx, account.id, &wanted, MOST).await?;
    let messages = outbox::told(&mut tx, account.id, None, MOST).await?;
    let reports = transaction_reports::of_account(&mut tx, account.id).await?;
    let statements = statements::of_person(&mut tx, account.person, None, MOST).await?;
    drop(tx);
    let views = crate::activity::views(app, account.id, &lines).await?;
    let mut views: HashMap<Uuid, View> = views.into_iter().collect();
    let activity = lines.into_iter().map(|(mark, line)| (line, views.remove(&mark.id))).collect();
    Ok(Taken::All(Box::new(Everything {
        at,
        details,
        record,
        activity,
        messages,
        reports,
        statements,
        applications,
        asked,
    })))
}

impl Everything {
    /// The JSON file, piece by piece: a row is a piece and stands on a line of its own.
    pub fn into_json(self) -> impl Iterator<Item = String> + Send + 'static {
        let head = format!(
            "{{\"format\":\"payung-export\",\"version\":{VERSION},\"made_at\":{},\n\"person\":{}",
            json!(self.at.rfc3339()),
            self.details.as_ref().map_or(Value::Null, person),
        );
        let body = SECTIONS.into_iter().flat_map(move |(name, rows)| {
            let rows = rows(&self).into_iter().enumerate().map(|(place, row)| {
                let joint = if place == 0 { "" } else { "," };
                format!("{joint}\n{row}")
            });
            let begin = std::iter::once(format!(",\n\"{name}\":["));
            begin.chain(rows).chain(std::iter::once("]".to_owned()))
        });
        std::iter::once(head).chain(body).chain(std::iter::once("\n}\n".to_owned()))
    }

    /// The cells of a table under its columns, row by row.
    pub fn cells(&self, table: Table) -> impl Iterator<Item = Vec<String>> {
        let columns = table.columns();
        self.rows(table)
            .into_iter()
            .map(move |row| columns.iter().map(|name| cell(&row[*name])).collect())
    }

    fn rows(&self, table: Table) -> Vec<Value> {
        let record = &self.record;
        match table {
            Table::Contributions => {
                record.contributions.iter().map(|one| self.contribution(one)).collect()
            }
            Table::WageAnswers => self.wage_answers(),
            Table::Savings => record.postings.iter().map(|one| self.posting(one)).collect(),
            Table::Activity => self.activity.iter().map(line).collect(),
            Table::Messages => self.messages.iter().map(message).collect(),
            Table::Reports => self.reports.iter().map(report).collect(),
            Table::Claims => self.asked.claims(),
            Table::ClaimDocuments => self.asked.claim_documents(),
            Table::ClaimSteps => self.asked.claim_steps(),
            Table::Corrections => self.asked.corrections(|id| self.kpj(id)),
            Table::CorrectionSteps => self.asked.correction_steps(),
            Table::CorrectionLines => self.asked.correction_lines(),
            Table::Cases => self.asked.cases(),
        }
    }

    fn employments(&self) -> Vec<Value> {
        let one = |work: &Employment| {
            let trade = match work.work {
                Work::For(_) => None,
                Work::Own(trade) => Some(trade.code()),
            };
            json!({
                "kpj": self.kpj(work.membership),
                "npp": self.npp(work.employer()),
                "trade": trade,
                "from": work.from.to_string(),
                "until": work.until.map(|month| month.to_string()),
            })
        };
        self.record.employments.iter().map(one).collect()
    }

    fn contribution(&self, paid: &Contribution) -> Value {
        json!({
            "kpj": self.kpj(paid.membership),
            "month": paid.month.to_string(),
            "programme": paid.programme.code(),
            "npp": self.npp(paid.employer),
            "wage": paid.wage.get(),
            "base": paid.base.get(),
            "employer_part": paid.employer_part.get(),
            "worker_part": paid.worker_part.get(),
            "due_on": day(paid.due_on),
            "received_on": day(paid.received_on),
        })
    }

    fn wage_answers(&self) -> Vec<Value> {
        let one = |answer: &WageAnswer| {
            json!({
                "kpj": self.kpj(answer.membership),
                "month": answer.month.to_string(),
                "npp": self.npp(Some(answer.employer)),
                "reported": answer.reported.get(),
                "real_wage": answer.says.real().map(Rupiah::get),
                "answered_at": answer.answered_at.rfc3339(),
            })
        };
        self.record.wage_answers.iter().map(one).collect()
    }

    /// What came and what went are two fields: a cell that begins with a minus is no number to every
    /// spreadsheet (L-15).
    fn posting(&self, posting: &Posting) -> Value {
        let amount = posting.amount.get();
        json!({
            "kpj": self.kpj(posting.membership),
            "line": posting.sequence,
            "kind": posting.kind.code(),
            "month": posting.month.to_string(),
            "booked_on": day(posting.booked_on),
            "came": amount.max(0),
            "went": amount.min(0).unsigned_abs(),
            "balance": posting.balance.get(),
            "rate": posting.rate,
        })
    }

    fn kpj(&self, id: MembershipId) -> Option<&str> {
        let found = self.record.memberships.iter().find(|membership| membership.id == id);
        found.map(|membership| membership.kpj.as_str())
    }

    fn npp(&self, id: Option<EmployerId>) -> Option<&str> {
        let found = self.record.employers.iter().find(|employer| Some(employer.id) == id);
        found.map(|employer| employer.npp.as_str())
    }
}

fn person(details: &Details) -> Value {
    let (person, contacts) = (&details.person, &details.contacts);
    json!({
        "name": person.name.expose(),
        "nik": person.nik.expose(),
        "birth_date": day(person.birth_date),
        "sex": person.sex.code(),
        "address": person.address,
        "address_set_at": details.address_set_at.map(Instant::rfc3339),
        "email": contacts.email.as_ref().map(Email::expose),
        "phone": contacts.phone.as_ref().map(Phone::expose),
        "recorded_at": details.recorded_at.rfc3339(),
    })
}

fn membership(one: &Membership) -> Value {
    json!({
        "kpj": one.kpj.as_str(),
        "segment": one.segment.code(),
        "since": one.since.to_string(),
        "ended": one.ended.map(|month| month.to_string()),
    })
}

fn employer(one: &Employer) -> Value {
    json!({
        "npp": one.npp.as_str(),
        "name": one.name,
        "risk_class": one.risk_class.code(),
        "size": one.size.code(),
    })
}

fn line((one, view): &(Line, Option<View>)) -> Value {
    let view = view.as_ref();
    json!({
        "at": one.at.rfc3339(),
        "event": one.event.name(),
        "device": one.device,
        "officer": view.map(|view| &*view.officer),
        "why": view.map(|view| view.reason.why.name()),
        "field": view.and_then(|view| view.field).map(Field::name),
        "reason": view.map(|view| &*view.reason.text),
    })
}

fn message(one: &Told) -> Value {
    json!({
        "at": one.at.rfc3339(),
        "sent_at": one.sent_at.map(Instant::rfc3339),
        "channel": if one.is_sms { "sms" } else { "email" },
        "kind": one.kind,
        "subject": one.subject,
        "to": one.masked_to,
        "reference": one.reference.as_ref().map(Reference::as_str),
    })
}

fn report(one: &Report) -> Value {
    let spot = &one.row.spot;
    json!({
        "reference": one.reference.as_str(),
        "reported_at": one.reported_at.rfc3339(),
        "closed_at": one.closed.map(|(at, _)| at.rfc3339()),
        "outcome": one.closed.map(|(_, outcome)| outcome.name()),
        "kpj": spot.kpj.as_str(),
        "programme": spot.programme.code(),
        "kind": one.row.kind.code(),
        "moved_on": day(spot.day),
        "amount": one.row.amount.get(),
    })
}

fn statement(one: &Listed) -> Value {
    json!({
        "first": one.period.first.to_string(),
        "last": one.period.last.to_string(),
        "issued_at": one.issued_at.rfc3339(),
    })
}

fn application(one: &Connected) -> Value {
    json!({
        "id": one.id,
        "name": one.name,
        "owner": one.owner,
        "scopes": one.scopes.to_string(),
        "since": one.since.rfc3339(),
        "used_at": one.used_at.map(Instant::rfc3339),
    })
}

/// `2026-08-17`
fn day(date: Date) -> String {
    date.to_string()
}

/// A field as a cell: nothing where there is none.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
