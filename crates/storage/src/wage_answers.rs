//! What members say about the wages that employers reported.

use payung_domain::contributions::wage_answers::{Says, WageAnswer};
use payung_domain::ids::{EmployerId, MembershipId, PersonId};
use payung_domain::money::Rupiah;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::members::month;
use crate::values;

#[derive(sqlx::FromRow)]
struct AnswerRow {
    membership_id: Uuid,
    month: i64,
    employer_id: Uuid,
    reported: i64,
    real_wage: Option<i64>,
    answered_at: i64,
}

/// Keeps an answer, in the place of the one that was given before.
pub async fn set(tx: &mut Tx, answer: &WageAnswer) -> Result<(), Fault> {
    tx.run(
        "keeping an answer about a wage",
        "insert into wage_answers (membership_id, month, employer_id, reported, real_wage, \
         answered_at) values ($1, $2, $3, $4, $5, $6) \
         on conflict (membership_id, month, employer_id) do update set \
         reported = excluded.reported, real_wage = excluded.real_wage, \
         answered_at = excluded.answered_at",
        values![
            answer.membership,
            answer.month,
            answer.employer,
            answer.reported,
            answer.says.real(),
            answer.answered_at
        ],
    )
    .await
    .map(drop)
}

/// Every answer of a person under any member number, the latest month first.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<WageAnswer>, Fault> {
    let rows: Vec<AnswerRow> = tx
        .all(
            "reading the answers about wages",
            "select a.membership_id, a.month, a.employer_id, a.reported, a.real_wage, \
             a.answered_at from wage_answers a join memberships m on m.id = a.membership_id \
             where m.person_id = $1 order by a.month desc, a.membership_id, a.employer_id",
            values![person],
        )
        .await?;
    rows.into_iter().map(AnswerRow::answer).collect()
}

impl AnswerRow {
    fn answer(self) -> Result<WageAnswer, Fault> {
        Ok(WageAnswer {
            membership: MembershipId(self.membership_id),
            month: month(self.month)?,
            employer: EmployerId(self.employer_id),
            reported: Rupiah::new(self.reported),
            says: self.real_wage.map_or(Says::Right, |real| Says::Wrong(Rupiah::new(real))),
            answered_at: Instant::from_micros(self.answered_at),
        })
    }
}
