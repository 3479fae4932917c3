//! The savings ledger: lines are added, never changed.

use payung_domain::ids::{MembershipId, PersonId};
use payung_domain::ledger::end::LedgerEnd;
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::members::{date, month};
use crate::values;

#[derive(sqlx::FromRow)]
struct PostingRow {
    membership_id: Uuid,
    sequence: i64,
    kind: String,
    month: i64,
    booked_on: i64,
    amount: i64,
    balance: i64,
    rate: Option<String>,
}

/// Adds lines. A sequence number that is taken refuses all of them.
pub async fn add(tx: &mut Tx, postings: &[Posting]) -> Result<u64, Fault> {
    let rows = postings.iter().map(|p| {
        values![
            p.membership,
            p.sequence,
            p.kind.code(),
            p.month,
            p.booked_on,
            p.amount,
            p.balance,
            p.rate.as_deref()
        ]
    });
    tx.load(
        "adding to the ledger",
        "insert into postings (membership_id, sequence, kind, month, booked_on, amount, balance, \
         rate)",
        rows.collect(),
    )
    .await
}

/// Every line of a person under any member number, in the order of each ledger.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Posting>, Fault> {
    let rows: Vec<PostingRow> = tx
        .all(
            "reading the ledger of a person",
            "select p.membership_id, p.sequence, p.kind, p.month, p.booked_on, p.amount, \
             p.balance, p.rate from postings p join memberships m on m.id = p.membership_id \
             where m.person_id = $1 order by p.membership_id, p.sequence",
            values![person],
        )
        .await?;
    rows.into_iter().map(PostingRow::posting).collect()
}

/// Every line of one ledger, in order.
pub async fn of_membership(tx: &mut Tx, membership: MembershipId) -> Result<Vec<Posting>, Fault> {
    let rows: Vec<PostingRow> = tx
        .all(
            "reading a ledger",
            "select membership_id, sequence, kind, month, booked_on, amount, balance, rate \
             from postings where membership_id = $1 order by sequence",
            values![membership],
        )
        .await?;
    rows.into_iter().map(PostingRow::posting).collect()
}

/// Member numbers whose savings earned a return in one of these months, by their ids, those after one
/// of them, at most so many.
pub async fn with_returns(
    tx: &mut Tx,
    (first, last): (Month, Month),
    after: Option<MembershipId>,
    most: u32,
) -> Result<Vec<MembershipId>, Fault> {
    let rows: Vec<(Uuid,)> = tx
        .all(
            "listing the ledgers that earned something",
            "select distinct membership_id from postings \
             where kind = 'return' and month between $1 and $2 and membership_id > $3 \
             order by membership_id limit $4",
            values![first, last, after.map_or(Uuid::nil(), |id| id.0), most],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| MembershipId(id)).collect())
}

/// The last line of each ledger to which savings wait to be posted, of the first so many member
/// numbers of `unposted_contributions`.
pub async fn ends_of_waiting(tx: &mut Tx, most: u32) -> Result<Vec<Posting>, Fault> {
    let rows: Vec<PostingRow> = tx
        .all(
            "reading the ends of ledgers",
            "select p.membership_id, p.sequence, p.kind, p.month, p.booked_on, p.amount, \
             p.balance, p.rate from postings p \
             where p.membership_id in (select distinct membership_id from unposted_contributions \
             order by membership_id limit $1) and p.sequence = ( \
             select max(q.sequence) from postings q where q.membership_id = p.membership_id)",
            values![most],
        )
        .await?;
    rows.into_iter().map(PostingRow::posting).collect()
}

/// The end of the ledger of a membership. Whoever else asks for it waits until this transaction ends, so
/// that no two add to it at the same time.
pub async fn end_locked(tx: &mut Tx, membership: MembershipId) -> Result<LedgerEnd, Fault> {
    let _: Option<(Uuid,)> = tx
        .one_locked(
            "waiting for a ledger",
            "select id from memberships where id = $1",
            values![membership],
        )
        .await?;
    let row: Option<PostingRow> = tx
        .one(
            "reading the end of a ledger",
            "select membership_id, sequence, kind, month, booked_on, amount, balance, rate \
             from postings where membership_id = $1 order by sequence desc limit 1",
            values![membership],
        )
        .await?;
    let last = row.map(PostingRow::posting).transpose()?;
    Ok(last.map_or_else(|| LedgerEnd::empty(membership), |last| LedgerEnd::after(&last)))
}

impl PostingRow {
    fn posting(self) -> Result<Posting, Fault> {
        let kind = PostingKind::coded(&self.kind)
            .ok_or_else(|| Fault::new("reading the ledger", "postings.kind is unknown"))?;
        Ok(Posting {
            membership: MembershipId(self.membership_id),
            sequence: self.sequence,
            kind,
            month: month(self.month)?,
            booked_on: date(self.booked_on)?,
            amount: Rupiah::new(self.amount),
            balance: Rupiah::new(self.balance),
            rate: self.rate,
        })
    }
}
