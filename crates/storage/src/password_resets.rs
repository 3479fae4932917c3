//! Links that set a new password. What one is worth is `domain::passwords::reset`'s business.

use payung_domain::ids::AccountId;
use payung_domain::keyed::Tag;
use payung_domain::passwords::reset::ResetLink;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

#[derive(sqlx::FromRow)]
struct ResetRow {
    account_id: Uuid,
    password_set_at: i64,
    expires_at: i64,
    used_at: Option<i64>,
    replaced_at: Option<i64>,
}

/// Keeps a link under the hash of its token.
pub async fn add(tx: &mut Tx, id: &Tag, link: &ResetLink, now: Instant) -> Result<(), Fault> {
    tx.run(
        "keeping a reset link",
        "insert into password_resets (account_id, id, password_set_at, asked_at, expires_at) \
         values ($1, $2, $3, $4, $5)",
        values![link.account, id, link.password_set_at, now, link.expires_at],
    )
    .await
    .map(drop)
}

/// Puts a newer link in the place of every one that still works.
pub async fn replace(tx: &mut Tx, account: AccountId, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "replacing older reset links",
        "update password_resets set replaced_at = $1 where account_id = $2 \
         and used_at is null and replaced_at is null and expires_at > $1",
        values![now, account],
    )
    .await
}

/// Ends every link of an account that still works (G-06).
pub async fn void(tx: &mut Tx, account: AccountId, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "voiding reset links",
        "update password_resets set expires_at = $1 where account_id = $2 \
         and used_at is null and expires_at > $1",
        values![now, account],
    )
    .await
}

/// The link whose token has this hash, whatever it is worth.
pub async fn get(tx: &mut Tx, id: &Tag) -> Result<Option<ResetLink>, Fault> {
    let row: Option<ResetRow> = tx
        .one(
            "reading a reset link",
            "select account_id, password_set_at, expires_at, used_at, replaced_at \
             from password_resets where id = $1",
            values![id],
        )
        .await?;
    Ok(row.map(|row| ResetLink {
        account: AccountId(row.account_id),
        password_set_at: Instant::from_micros(row.password_set_at),
        expires_at: Instant::from_micros(row.expires_at),
        used_at: row.used_at.map(Instant::from_micros),
        replaced_at: row.replaced_at.map(Instant::from_micros),
    }))
}

/// Uses a link up. Of any number at the same time, one gets `true`, and only while the password is
/// the one the link was made for: all in one statement, so nothing comes between (G-01, L7).
pub async fn redeem(tx: &mut Tx, id: &Tag, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "using a reset link",
            "update password_resets set used_at = $1 where id = $2 and used_at is null \
             and replaced_at is null and expires_at > $1 and exists \
             (select 1 from accounts a where a.id = password_resets.account_id \
             and a.password_set_at = password_resets.password_set_at)",
            values![now, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Drops links that nobody will open any more.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old reset links",
        "delete from password_resets where expires_at < $1",
        values![long_ago],
    )
    .await
}
