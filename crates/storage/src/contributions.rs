//! Contributions as they were received.

use payung_domain::contributions::Contribution;
use payung_domain::corrections::Key;
use payung_domain::ids::{EmployerId, MembershipId, PersonId};
use payung_domain::money::Rupiah;
use payung_domain::programmes::Programme;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::members::{date, month};
use crate::values;

#[derive(sqlx::FromRow)]
struct ContributionRow {
    membership_id: Uuid,
    month: i64,
    programme: String,
    employer_id: Option<Uuid>,
    wage: i64,
    base: i64,
    employer_part: i64,
    worker_part: i64,
    due_on: i64,
    received_on: i64,
}

/// Keeps contributions; one that is there already stays as it is. Answers how many were new.
pub async fn add(tx: &mut Tx, contributions: &[Contribution]) -> Result<u64, Fault> {
    let rows = contributions.iter().map(|c| {
        let payer = c.employer.map_or(c.membership.0, |employer| employer.0);
        values![
            c.membership,
            c.month,
            c.programme.code(),
            payer,
            c.employer,
            c.wage,
            c.base,
            c.employer_part,
            c.worker_part,
            c.due_on,
            c.received_on
        ]
    });
    tx.insert_many(
        "keeping contributions",
        "insert into contributions (membership_id, month, programme, payer, employer_id, wage, \
         base, employer_part, worker_part, due_on, received_on)",
        rows.collect(),
        "on conflict (membership_id, month, programme, payer) do nothing",
    )
    .await
}

/// Every contribution of a person under any member number, the oldest month first.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Contribution>, Fault> {
    let rows: Vec<ContributionRow> = tx
        .all(
            "reading the contributions of a person",
            "select c.membership_id, c.month, c.programme, c.employer_id, c.wage, c.base, \
             c.employer_part, c.worker_part, c.due_on, c.received_on from contributions c \
             join memberships m on m.id = c.membership_id \
             where m.person_id = $1 order by c.month, c.programme, c.payer",
            values![person],
        )
        .await?;
    rows.into_iter().map(ContributionRow::contribution).collect()
}

/// The contribution of this key, locked until the transaction ends.
pub async fn locked(tx: &mut Tx, key: &Key) -> Result<Option<Contribution>, Fault> {
    let row: Option<ContributionRow> = tx
        .one_locked(
            "reading a contribution",
            "select membership_id, month, programme, employer_id, wage, base, employer_part, \
             worker_part, due_on, received_on from contributions \
             where membership_id = $1 and month = $2 and programme = $3 and payer = $4",
            values![key.membership, key.month, key.programme.code(), key.payer()],
        )
        .await?;
    row.map(ContributionRow::contribution).transpose()
}

/// A contribution as it stood, and when it was put right.
#[derive(sqlx::FromRow)]
struct EarlierRow {
    #[sqlx(flatten)]
    row: ContributionRow,
    replaced_at: i64,
}

/// What contributions of a person said before they were put right, the latest first.
pub(crate) async fn earlier(
    tx: &mut Tx,
    person: PersonId,
) -> Result<Vec<(Contribution, Instant)>, Fault> {
    let rows: Vec<EarlierRow> = tx
        .all(
            "reading what contributions said",
            "select c.membership_id, c.month, c.programme, c.employer_id, c.wage, c.base, \
             c.employer_part, c.worker_part, c.due_on, c.received_on, c.replaced_at \
             from earlier_contributions c join memberships m on m.id = c.membership_id \
             where m.person_id = $1 order by c.replaced_at desc, c.membership_id, c.correction_id",
            values![person],
        )
        .await?;
    rows.into_iter()
        .map(|one| Ok((one.row.contribution()?, Instant::from_micros(one.replaced_at))))
        .collect()
}

impl ContributionRow {
    fn contribution(self) -> Result<Contribution, Fault> {
        let programme = Programme::coded(&self.programme).ok_or_else(|| {
            Fault::new("reading a contribution", "contributions.programme is unknown")
        })?;
        Ok(Contribution {
            membership: MembershipId(self.membership_id),
            month: month(self.month)?,
            programme,
            employer: self.employer_id.map(EmployerId),
            wage: Rupiah::new(self.wage),
            base: Rupiah::new(self.base),
            employer_part: Rupiah::new(self.employer_part),
            worker_part: Rupiah::new(self.worker_part),
            due_on: date(self.due_on)?,
            received_on: date(self.received_on)?,
        })
    }
}
