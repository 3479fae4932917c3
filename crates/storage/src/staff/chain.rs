//! The chain over the lines of the desk: a place for each line, in the order they were committed, and
//! one row that knows the end. What a chain is, is `domain::staff::chain`'s business.
//!
//! Places are rows of their own, so that the lines themselves are only ever added (M-05).

use payung_domain::ids::{PersonId, StaffId};
use payung_domain::keyed::{Key, Tag};
use payung_domain::marks::Mark;
use payung_domain::staff::audit::{Act, Entry, Outcome, Wanted};
use payung_domain::staff::chain::{Head, seal};
use payung_domain::staff::source::Source;
use payung_domain::time::Instant;
use uuid::Uuid;

use super::audit::{is_wanted, place, values_of};
use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::Vault;

/// There is one chain, and this is its row.
const DESK: &str = "desk";

/// A line that was added and has no place in the chain yet.
#[derive(Debug)]
pub(crate) struct Loose {
    line: Uuid,
    seal: Tag,
    key: Key,
}

impl Loose {
    /// This line.
    pub(super) fn of(vault: &Vault, entry: &Entry) -> Self {
        let key = vault.chain_key();
        Self { line: entry.mark.id, seal: seal(&key, entry), key }
    }
}

/// Gives lines their places at the end of the chain: one row is locked, in every transaction the same.
pub(crate) async fn append(tx: &mut Tx, lines: Vec<Loose>) -> Result<(), Fault> {
    let mut head = locked_head(tx).await?;
    let mut rows = Vec::with_capacity(lines.len());
    for Loose { line, seal, key } in lines {
        head = head.next(&key, &seal);
        rows.push(values![head.height, line, head.link]);
    }
    tx.insert_many(
        "giving a line its place in the chain",
        "insert into staff_audit_links (height, line_id, link)",
        rows,
        "",
    )
    .await?;
    tx.run(
        "moving the end of the chain",
        "update staff_audit_heads set height = $1, link = $2 where name = $3",
        values![head.height, head.link, DESK],
    )
    .await
    .map(drop)
}

async fn locked_head(tx: &mut Tx) -> Result<Head, Fault> {
    let read = "select height, link from staff_audit_heads where name = $1";
    let doing = "locking the end of the chain";
    let row: Option<(i64, Vec<u8>)> = tx.one_locked(doing, read, values![DESK]).await?;
    if let Some(row) = row {
        return head_of(row);
    }
    // The first line of all. Whoever comes second waits here for the first, and then reads on.
    tx.run(
        "beginning the chain",
        "insert into staff_audit_heads (name, height, link) values ($1, $2, $3) \
         on conflict (name) do nothing",
        values![DESK, Head::START.height, Head::START.link],
    )
    .await?;
    let row: Option<(i64, Vec<u8>)> = tx.one_locked(doing, read, values![DESK]).await?;
    row.map_or_else(|| Err(Fault::new(doing, "the row is gone")), head_of)
}

fn head_of((height, link): (i64, Vec<u8>)) -> Result<Head, Fault> {
    let link = Tag::try_from(link)
        .map_err(|_| Fault::new("reading the end of the chain", "staff_audit_heads.link"))?;
    Ok(Head { height, link })
}

/// Where the chain ends. A row that makes no sense, or is gone, is the end of a chain without lines: the
/// walk along it will tell.
pub async fn head(tx: &mut Tx) -> Result<Head, Fault> {
    let row: Option<(i64, Vec<u8>)> = tx
        .one(
            "reading the end of the chain",
            "select height, link from staff_audit_heads where name = $1",
            values![DESK],
        )
        .await?;
    Ok(row.and_then(|row| head_of(row).ok()).unwrap_or(Head::START))
}

/// The place of this height, if there is one.
pub async fn at(tx: &mut Tx, height: i64) -> Result<Option<Head>, Fault> {
    let row: Option<(i64, Vec<u8>)> = tx
        .one(
            "reading a place in the chain",
            "select height, link from staff_audit_links where height = $1",
            values![height],
        )
        .await?;
    Ok(row.and_then(|row| head_of(row).ok()))
}

/// How many lines have no place in the chain.
pub async fn loose(tx: &mut Tx) -> Result<i64, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "counting lines in no chain",
            "select count(*) from staff_audit a where not exists \
             (select 1 from staff_audit_links l where l.line_id = a.id)",
            Vec::new(),
        )
        .await?;
    Ok(row.map_or(0, |(count,)| count))
}

/// A place with the line that stands there, if it is there and can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The place.
    pub head: Head,
    /// The line.
    pub line: Option<Entry>,
}

#[derive(sqlx::FromRow)]
struct LinkedRow {
    height: Option<i64>,
    link: Option<Vec<u8>>,
    id: Option<Uuid>,
    happened_at: Option<i64>,
    staff_id: Option<Uuid>,
    officer: Option<String>,
    role: Option<String>,
    source: Option<String>,
    network: Option<String>,
    session_mark: Option<String>,
    act: Option<String>,
    outcome: Option<String>,
    person_id: Option<Uuid>,
    detail: Option<String>,
    sealed_reason: Option<Vec<u8>>,
}

impl LinkedRow {
    /// Here nonsense is no fault: it is what is looked for.
    fn linked(self, vault: &Vault) -> Linked {
        // A mark of another length is a changed one, and no mark is all zeros.
        let link = self.link.as_deref().and_then(|link| Tag::try_from(link).ok());
        let head = Head { height: self.height.unwrap_or(0), link: link.unwrap_or_default() };
        Linked { head, line: self.line(vault) }
    }

    fn line(self, vault: &Vault) -> Option<Entry> {
        let id = self.id?;
        let reason = vault.open_text(place(&id), &self.sealed_reason?).ok()?;
        Some(Entry {
            mark: Mark { at: Instant::from_micros(self.happened_at?), id },
            staff: self.staff_id.map(StaffId),
            officer: self.officer?,
            role: self.role?,
            source: Source::read(&self.source?, &self.network?, &self.session_mark?)?,
            act: Act::named(&self.act?)?,
            outcome: Outcome::named(&self.outcome?)?,
            person: self.person_id.map(PersonId),
            detail: self.detail?,
            reason,
        })
    }
}

/// The columns of a place `l` with the line `a` that stands there.
macro_rules! linked {
    () => {
        "l.height, l.link, a.id, a.happened_at, a.staff_id, a.officer, a.role, a.source, a.network, \
         a.session_mark, a.act, a.outcome, a.person_id, a.detail, a.sealed_reason"
    };
}

/// At most so many places after a height, in their order.
pub async fn after(
    tx: &mut Tx,
    vault: &Vault,
    height: i64,
    most: u32,
) -> Result<Vec<Linked>, Fault> {
    let rows: Vec<LinkedRow> = tx
        .all(
            "reading the chain",
            concat!(
                "select ",
                linked!(),
                " from staff_audit_links l left join staff_audit a on a.id = l.line_id \
                 where l.height > $1 order by l.height limit $2"
            ),
            values![height, most],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.linked(vault)).collect())
}

/// Lines as they are taken along, newest first, each with its place; one without a place is at none.
/// A line that cannot be read is left out of no file: it is a fault.
pub async fn taken(
    tx: &mut Tx,
    vault: &Vault,
    wanted: &Wanted,
    most: u32,
) -> Result<Vec<(Head, Entry)>, Fault> {
    let doing = "taking along what was done";
    let mut values = values_of(wanted);
    values.extend(values![most]);
    let rows: Vec<LinkedRow> = tx
        .all(
            doing,
            concat!(
                "select ",
                linked!(),
                " from staff_audit a left join staff_audit_links l on l.line_id = a.id where ",
                is_wanted!(),
                " order by a.happened_at desc, a.id desc limit $12"
            ),
            values,
        )
        .await?;
    let read = |row: LinkedRow| {
        let Linked { head, line } = row.linked(vault);
        let line = line.ok_or_else(|| Fault::new(doing, "a line of staff_audit was changed"))?;
        Ok((head, line))
    };
    rows.into_iter().map(read).collect()
}

/// The place of a line, if it has one.
pub async fn of_line(tx: &mut Tx, line: Uuid) -> Result<Option<Head>, Fault> {
    let row: Option<(i64, Vec<u8>)> = tx
        .one(
            "reading the place of a line",
            "select height, link from staff_audit_links where line_id = $1",
            values![line],
        )
        .await?;
    Ok(row.and_then(|row| head_of(row).ok()))
}
