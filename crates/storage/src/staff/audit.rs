//! What was done at the desk. Lines are added and read, never changed: [`super::chain`] would tell.

use payung_domain::ids::{PersonId, StaffId};
use payung_domain::marks::Mark;
use payung_domain::staff::audit::{About, Act, Entry, Outcome, Wanted};
use payung_domain::staff::source::{Origin, Source};
use payung_domain::time::Instant;
use uuid::Uuid;

use super::chain::Loose;
use crate::engine::Tx;
use crate::fault::Fault;
use crate::value::Value;
use crate::values;
use crate::vault::{Place, Vault};

#[derive(sqlx::FromRow)]
struct EntryRow {
    id: Uuid,
    happened_at: i64,
    staff_id: Option<Uuid>,
    officer: String,
    role: String,
    source: String,
    network: String,
    session_mark: String,
    act: String,
    outcome: String,
    person_id: Option<Uuid>,
    detail: String,
    sealed_reason: Vec<u8>,
}

impl EntryRow {
    fn entry(self, vault: &Vault) -> Result<Entry, Fault> {
        let nonsense = |column| {
            Fault::new("reading what was done", format!("staff_audit.{column} of {}", self.id))
        };
        Ok(Entry {
            mark: Mark { at: Instant::from_micros(self.happened_at), id: self.id },
            staff: self.staff_id.map(StaffId),
            source: Source::read(&self.source, &self.network, &self.session_mark)
                .ok_or_else(|| nonsense("source"))?,
            act: Act::named(&self.act).ok_or_else(|| nonsense("act"))?,
            outcome: Outcome::named(&self.outcome).ok_or_else(|| nonsense("outcome"))?,
            person: self.person_id.map(PersonId),
            reason: vault.open_text(place(&self.id), &self.sealed_reason)?,
            officer: self.officer,
            role: self.role,
            detail: self.detail,
        })
    }
}

/// Adds a line. When the transaction ends, it gets its place in the chain.
pub async fn add(tx: &mut Tx, vault: &Vault, entry: &Entry) -> Result<(), Fault> {
    let sealed = vault.seal(place(&entry.mark.id), entry.reason.as_bytes())?;
    tx.run(
        "writing down what was done",
        "insert into staff_audit (id, happened_at, staff_id, officer, role, source, network, \
         session_mark, act, outcome, person_id, detail, sealed_reason) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        values![
            entry.mark.id,
            entry.mark.at,
            entry.staff.map(|staff| staff.0),
            &*entry.officer,
            &*entry.role,
            entry.source.origin().map_or("", Origin::name),
            entry.source.network(),
            entry.source.session(),
            entry.act.name(),
            entry.outcome.name(),
            entry.person.map(|person| person.0),
            &*entry.detail,
            sealed
        ],
    )
    .await?;
    tx.link_at_the_end(Loose::of(vault, entry));
    Ok(())
}

/// Which lines `a` are wanted. What it compares with, `$1` to `$11`, is bound by [`values_of`].
macro_rules! is_wanted {
    () => {
        "a.happened_at >= $1 and a.happened_at < $2 \
         and ($3 = '' or a.officer = $3) and ($4 = '' or a.act = $4) \
         and ($5 = '' or a.outcome = $5) \
         and ($6 = '' or (a.person_id >= $7 and a.person_id <= $8)) \
         and ($9 = '' or a.source = $9) and ($10 = '' or a.network = $10) \
         and ($11 = '' or a.session_mark = $11)"
    };
}
pub(super) use is_wanted;

/// What `is_wanted!` compares with. An empty word asks for all: a value that may be missing has no type on
/// PostgreSQL.
pub(super) fn values_of(wanted: &Wanted) -> Vec<Value> {
    let about = wanted.about.as_ref();
    let (lowest, highest) = about.map_or((Uuid::nil(), Uuid::max()), About::bounds);
    values![
        wanted.from,
        wanted.until,
        wanted.officer.as_deref().unwrap_or_default(),
        wanted.act.map_or("", Act::name),
        wanted.outcome.map_or("", Outcome::name),
        about.map_or("", About::as_str),
        lowest,
        highest,
        wanted.origin.map_or("", Origin::name),
        wanted.network.as_deref().unwrap_or_default(),
        wanted.session.as_deref().unwrap_or_default()
    ]
}

/// At most so many lines, newest first.
pub async fn list(
    tx: &mut Tx,
    vault: &Vault,
    wanted: &Wanted,
    most: u32,
) -> Result<Vec<Entry>, Fault> {
    let before = wanted.before.unwrap_or(Mark::END);
    let mut values = values_of(wanted);
    values.extend(values![before.at, before.id, most]);
    let rows: Vec<EntryRow> = tx
        .all(
            "reading what was done",
            concat!(
                "select id, happened_at, staff_id, officer, role, source, network, session_mark, \
                 act, outcome, person_id, detail, sealed_reason from staff_audit a where ",
                is_wanted!(),
                " and (happened_at, id) < ($12, $13) \
                 order by happened_at desc, id desc limit $14"
            ),
            values,
        )
        .await?;
    rows.into_iter().map(|row| row.entry(vault)).collect()
}

/// How often somebody did something since a moment, found or not. What was stopped as too much is not
/// counted: it would keep itself going.
pub async fn count(tx: &mut Tx, staff: StaffId, act: Act, since: Instant) -> Result<u32, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "counting what an officer did",
            "select count(*) from staff_audit \
             where staff_id = $1 and act = $2 and happened_at >= $3 and outcome <> $4",
            values![staff, act.name(), since, Outcome::TooMuch.name()],
        )
        .await?;
    Ok(row.map_or(0, |(count,)| u32::try_from(count).unwrap_or(u32::MAX)))
}

pub(super) fn place(id: &Uuid) -> Place<'_> {
    Place("staff_audit", "reason", id.as_bytes())
}
