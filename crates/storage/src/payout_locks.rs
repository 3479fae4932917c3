//! The locks before payouts. What one means is `domain::payout_lock`'s business.

use payung_domain::ids::AccountId;
use payung_domain::payout_lock::Lock;
use payung_domain::time::Instant;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

/// The lock of an account, if its owner ever shut it.
pub async fn get(tx: &mut Tx, account: AccountId) -> Result<Option<Lock>, Fault> {
    let row: Option<(i64, Option<i64>)> = tx
        .one(
            "reading the lock before payouts",
            "select closed_at, opens_at from payout_locks where account_id = $1",
            values![account],
        )
        .await?;
    Ok(row.map(|(closed_at, opens_at)| Lock {
        closed_at: Instant::from_micros(closed_at),
        opens_at: opens_at.map(Instant::from_micros),
    }))
}

/// Shuts payouts. `false` when they were shut already; one that is on its way to open, or open again,
/// is shut anew.
pub async fn close(tx: &mut Tx, account: AccountId, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "shutting payouts",
            "insert into payout_locks (account_id, closed_at) values ($1, $2) \
             on conflict (account_id) do update set closed_at = excluded.closed_at, \
             opens_at = null where payout_locks.opens_at is not null",
            values![account, now],
        )
        .await?;
    Ok(changed == 1)
}

/// Opens payouts from a moment on. `false` when they were not shut: a second press of the button
/// neither hastens nor delays.
pub async fn open(tx: &mut Tx, account: AccountId, opens_at: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "opening payouts",
            "update payout_locks set opens_at = $1 where account_id = $2 and opens_at is null",
            values![opens_at, account],
        )
        .await?;
    Ok(changed == 1)
}

/// Shuts payouts again that are on their way to open; `false` when none are.
pub async fn stop_opening(tx: &mut Tx, account: AccountId, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "stopping the opening of payouts",
            "update payout_locks set opens_at = null where account_id = $1 and opens_at > $2",
            values![account, now],
        )
        .await?;
    Ok(changed == 1)
}
