//! Contributions as they were received.

use payung_domain::contributions::Contribution;
use payung_domain::ids::{EmployerId, MembershipId, PersonId};
use payung_domain::money::Rupiah;
use payung_domain::programmes::Programme;
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
