//! The savings ledger: lines are added, never changed.

use payung_domain::ids::{MembershipId, PersonId};
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::money::Rupiah;
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
    tx.insert_many(
        "adding to the ledger",
        "insert into postings (membership_id, sequence, kind, month, booked_on, amount, balance, \
         rate)",
        rows.collect(),
        "",
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

/// The last line of each member number of a person: the balance, without reading thirty years.
pub async fn latest_of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Posting>, Fault> {
    let rows: Vec<PostingRow> = tx
        .all(
            "reading the balances of a person",
            "select p.membership_id, p.sequence, p.kind, p.month, p.booked_on, p.amount, \
             p.balance, p.rate from postings p join memberships m on m.id = p.membership_id \
             where m.person_id = $1 and p.sequence = \
             (select max(sequence) from postings where membership_id = m.id)",
            values![person],
        )
        .await?;
    rows.into_iter().map(PostingRow::posting).collect()
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
