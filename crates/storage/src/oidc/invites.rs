//! Invites to register an application (initial access tokens, RFC 7591).

use payung_domain::keyed::Tag;
use payung_domain::time::Instant;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

/// Keeps an invite under its hash.
pub async fn add(
    tx: &mut Tx,
    id: &Tag,
    uses: u32,
    now: Instant,
    expires_at: Instant,
) -> Result<(), Fault> {
    tx.run(
        "keeping an invite",
        "insert into oidc_invites (id, uses_left, created_at, expires_at) \
         values ($1, $2, $3, $4)",
        values![id, uses, now, expires_at],
    )
    .await
    .map(drop)
}

/// Whether an invite is good still.
pub async fn is_good(tx: &mut Tx, id: &Tag, now: Instant) -> Result<bool, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "reading an invite",
            "select uses_left from oidc_invites where id = $1 and uses_left > 0 \
             and expires_at > $2",
            values![id, now],
        )
        .await?;
    Ok(row.is_some())
}

/// Uses an invite once. Of any number at the same time, as many get `true` as it has uses left (L7).
pub async fn use_once(tx: &mut Tx, id: &Tag, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "using an invite",
            "update oidc_invites set uses_left = uses_left - 1 where id = $1 and uses_left > 0 \
             and expires_at > $2",
            values![id, now],
        )
        .await?;
    Ok(changed == 1)
}

/// Drops invites that are over.
pub async fn forget_before(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    tx.run("dropping old invites", "delete from oidc_invites where expires_at < $1", values![now])
        .await
}
