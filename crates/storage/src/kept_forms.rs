//! Forms that came without a proof, or after their session had ended, for twenty minutes. What may
//! be kept of one is decided in `web`, who gets it back in `flows`.

use payung_domain::ids::AccountId;
use payung_domain::keyed::Tag;
use payung_domain::time::Instant;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

/// Keeps the fields of a form, in the place of what was kept there before.
pub async fn keep(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    place: &Tag,
    fields: &[u8],
    expires_at: Instant,
) -> Result<(), Fault> {
    let sealed = vault.seal(Place("kept_forms", "fields", &row_of(account, place)), fields)?;
    tx.run(
        "keeping a form",
        "insert into kept_forms (account_id, place, sealed_fields, expires_at) \
         values ($1, $2, $3, $4) on conflict (account_id, place) do update set \
         sealed_fields = excluded.sealed_fields, expires_at = excluded.expires_at",
        values![account, place, sealed, expires_at],
    )
    .await
    .map(drop)
}

/// What is kept at this place for this account.
pub async fn get(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    place: &Tag,
    now: Instant,
) -> Result<Option<Vec<u8>>, Fault> {
    let row: Option<(Vec<u8>,)> = tx
        .one(
            "looking for a kept form",
            "select sealed_fields from kept_forms \
             where account_id = $1 and place = $2 and expires_at > $3",
            values![account, place, now],
        )
        .await?;
    let Some((sealed,)) = row else { return Ok(None) };
    vault.open(Place("kept_forms", "fields", &row_of(account, place)), &sealed).map(Some)
}

/// Forgets what is kept at this place.
pub async fn forget(tx: &mut Tx, account: AccountId, place: &Tag) -> Result<(), Fault> {
    tx.run(
        "forgetting a kept form",
        "delete from kept_forms where account_id = $1 and place = $2",
        values![account, place],
    )
    .await
    .map(drop)
}

/// Forgets everything that is kept for an account.
pub async fn forget_of(tx: &mut Tx, account: AccountId) -> Result<(), Fault> {
    tx.run(
        "forgetting the kept forms of an account",
        "delete from kept_forms where account_id = $1",
        values![account],
    )
    .await
    .map(drop)
}

/// Drops forms whose time is over.
pub async fn forget_before(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    tx.run("dropping kept forms", "delete from kept_forms where expires_at < $1", values![now])
        .await
}

fn row_of(account: AccountId, place: &Tag) -> Vec<u8> {
    [&account.0.into_bytes()[..], place].concat()
}
