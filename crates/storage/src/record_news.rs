//! What members were told of their records: what was there when somebody last looked. What came since
//! is told, and told once.

use payung_domain::ids::{AccountId, PersonId};
use payung_domain::month::Month;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::members::month;
use crate::values;

/// What was on a record at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// When somebody looked.
    pub at: Instant,
    /// How many contributions there were.
    pub received: i64,
    /// The latest month that had not come although it was due, if there was one.
    pub missing: Option<Month>,
}

/// An account whose record is to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The account.
    pub account: AccountId,
    /// Whose record.
    pub person: PersonId,
    /// The last look; none where this is the first.
    pub last: Option<Look>,
}

#[derive(sqlx::FromRow)]
struct DueRow {
    id: Uuid,
    person_id: Uuid,
    looked_at: Option<i64>,
    received: Option<i64>,
    missing_month: Option<i64>,
}

impl DueRow {
    fn due(self) -> Result<Due, Fault> {
        let last = match (self.looked_at, self.received) {
            (Some(at), Some(received)) => Some(Look {
                at: Instant::from_micros(at),
                received,
                missing: self.missing_month.map(month).transpose()?,
            }),
            _ => None,
        };
        Ok(Due { account: AccountId(self.id), person: PersonId(self.person_id), last })
    }
}

/// Accounts that nobody looked at since a moment, those that wait longest first, at most so many.
pub async fn due(tx: &mut Tx, since: Instant, most: u32) -> Result<Vec<Due>, Fault> {
    let rows: Vec<DueRow> = tx
        .all(
            "listing whose record is to be looked at",
            "select a.id, a.person_id, n.looked_at, n.received, n.missing_month \
             from accounts a left join record_news n on n.account_id = a.id \
             where n.looked_at is null or n.looked_at <= $1 \
             order by coalesce(n.looked_at, 0), a.id limit $2",
            values![since, most],
        )
        .await?;
    rows.into_iter().map(DueRow::due).collect()
}

/// Keeps a look in place of the last one. Of any number that looked at the same time, one gets `true`.
pub async fn keep(tx: &mut Tx, due: &Due, look: &Look) -> Result<bool, Fault> {
    let doing = "keeping what of a record was told";
    let changed = match due.last {
        None => {
            tx.run(
                doing,
                "insert into record_news (account_id, looked_at, received, missing_month) \
                 values ($1, $2, $3, $4) on conflict (account_id) do nothing",
                values![due.account, look.at, look.received, look.missing],
            )
            .await?
        }
        Some(last) => {
            tx.run(
                doing,
                "update record_news set looked_at = $1, received = $2, missing_month = $3 \
                 where account_id = $4 and looked_at = $5",
                values![look.at, look.received, look.missing, due.account, last.at],
            )
            .await?
        }
    };
    Ok(changed == 1)
}
