//! The checklist by which the desk makes sure who a member is.

use payung_domain::ids::{AccountId, CheckId, StaffId};
use payung_domain::staff::verification::{Item, Method};
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

/// One item of a checklist, done or asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Whose checklist.
    pub account: AccountId,
    /// Names it.
    pub id: CheckId,
    /// Who checks.
    pub staff: StaffId,
    /// The name they had then.
    pub officer: String,
    /// What is checked.
    pub method: Method,
    /// When it was begun.
    pub asked_at: Instant,
    /// When it was done; none while the member has not answered.
    pub done_at: Option<Instant>,
}

impl Check {
    /// As an item that counts; none while it does not.
    #[must_use]
    pub fn item(&self) -> Option<Item> {
        let (method, officer) = (self.method, self.staff);
        self.done_at.map(|done_at| Item { method, officer, done_at })
    }
}

#[derive(sqlx::FromRow)]
struct CheckRow {
    account_id: Uuid,
    id: Uuid,
    staff_id: Uuid,
    officer: String,
    method: String,
    asked_at: i64,
    done_at: Option<i64>,
}

impl CheckRow {
    fn check(self) -> Result<Check, Fault> {
        let nonsense =
            || Fault::new("reading a checklist", format!("staff_checks.method of {}", self.id));
        Ok(Check {
            account: AccountId(self.account_id),
            id: CheckId(self.id),
            staff: StaffId(self.staff_id),
            method: Method::named(&self.method).ok_or_else(nonsense)?,
            asked_at: Instant::from_micros(self.asked_at),
            done_at: self.done_at.map(Instant::from_micros),
            officer: self.officer,
        })
    }
}

/// Keeps an item.
pub async fn add(tx: &mut Tx, check: &Check) -> Result<(), Fault> {
    tx.run(
        "keeping an item of a checklist",
        "insert into staff_checks (account_id, id, staff_id, officer, method, asked_at, done_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        values![
            check.account,
            check.id,
            check.staff,
            &*check.officer,
            check.method.name(),
            check.asked_at,
            check.done_at
        ],
    )
    .await
    .map(drop)
}

/// One item of an account.
pub async fn get(tx: &mut Tx, account: AccountId, id: CheckId) -> Result<Option<Check>, Fault> {
    let row: Option<CheckRow> = tx
        .one(
            "reading an item of a checklist",
            "select account_id, id, staff_id, officer, method, asked_at, done_at \
             from staff_checks where account_id = $1 and id = $2",
            values![account, id],
        )
        .await?;
    row.map(CheckRow::check).transpose()
}

/// The items of an account that were begun since a moment, newest first.
pub async fn since(tx: &mut Tx, account: AccountId, since: Instant) -> Result<Vec<Check>, Fault> {
    let rows: Vec<CheckRow> = tx
        .all(
            "reading a checklist",
            "select account_id, id, staff_id, officer, method, asked_at, done_at \
             from staff_checks where account_id = $1 and asked_at > $2 \
             order by asked_at desc, id desc",
            values![account, since],
        )
        .await?;
    rows.into_iter().map(CheckRow::check).collect()
}

/// Notes that the member answered. Of any number at the same time, one gets `true`.
pub async fn answer(
    tx: &mut Tx,
    account: AccountId,
    id: CheckId,
    now: Instant,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "noting an answer of a checklist",
            "update staff_checks set done_at = $1 \
             where account_id = $2 and id = $3 and done_at is null",
            values![now, account, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Drops items that count for nothing any more. What auditors read of them stays.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old checklists",
        "delete from staff_checks where asked_at < $1",
        values![long_ago],
    )
    .await
}
