//! Ids that count once: whoever writes one first has it.

use payung_domain::keyed::Tag;
use payung_domain::time::Instant;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

/// Notes an id. Of any number at the same time, one gets `true` (O7).
pub async fn use_up(tx: &mut Tx, id: &Tag, expires_at: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "using an id up",
            "insert into oidc_used_ids (id, expires_at) values ($1, $2) on conflict do nothing",
            values![id, expires_at],
        )
        .await?;
    Ok(changed == 1)
}

/// Whether an id was noted.
pub async fn is_used(tx: &mut Tx, id: &Tag) -> Result<bool, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "looking for a used id",
            "select expires_at from oidc_used_ids where id = $1",
            values![id],
        )
        .await?;
    Ok(row.is_some())
}

/// Drops ids that nothing could be done with any more.
pub async fn forget_before(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    tx.run("dropping used ids", "delete from oidc_used_ids where expires_at < $1", values![now])
        .await
}
