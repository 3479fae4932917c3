//! Passkeys, the names they know their owners by, and the challenges that were answered.

use payung_domain::ids::AccountId;
use payung_domain::keyed::{Tag, digest};
use payung_domain::passkeys::{Name, Passkey};
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

/// A passkey with what checks its signatures.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Whose it is.
    pub account: AccountId,
    /// What its owner sees.
    pub passkey: Passkey,
    /// The credential, in the form of whoever checks it.
    pub credential: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct PasskeyRow {
    account_id: Uuid,
    id: Uuid,
    sealed_credential: Vec<u8>,
    sealed_name: Vec<u8>,
    is_backup_eligible: bool,
    is_backed_up: bool,
    added_at: i64,
    used_at: Option<i64>,
    suspended_at: Option<i64>,
}

impl PasskeyRow {
    fn kept(self, vault: &Vault) -> Result<Kept, Fault> {
        let row = row_of(AccountId(self.account_id), self.id);
        let name = vault.open_text(Place("passkeys", "name", &row), &self.sealed_name)?;
        Ok(Kept {
            account: AccountId(self.account_id),
            credential: vault
                .open(Place("passkeys", "credential", &row), &self.sealed_credential)?,
            passkey: Passkey {
                id: self.id,
                name: Name::or(&name, "?"),
                is_backup_eligible: self.is_backup_eligible,
                is_backed_up: self.is_backed_up,
                added_at: Instant::from_micros(self.added_at),
                used_at: self.used_at.map(Instant::from_micros),
                suspended_at: self.suspended_at.map(Instant::from_micros),
            },
        })
    }
}

/// The random name by which passkeys know this account: the one there is, or else `fresh` (D-05).
pub async fn handle(tx: &mut Tx, account: AccountId, fresh: Uuid) -> Result<Uuid, Fault> {
    tx.run(
        "keeping the name that passkeys know",
        "insert into passkey_owners (account_id, handle) values ($1, $2) \
         on conflict (account_id) do nothing",
        values![account, fresh],
    )
    .await?;
    let row: Option<(Uuid,)> = tx
        .one(
            "reading the name that passkeys know",
            "select handle from passkey_owners where account_id = $1",
            values![account],
        )
        .await?;
    Ok(row.map_or(fresh, |(handle,)| handle))
}

/// The account that passkeys know by this name.
pub async fn owner(tx: &mut Tx, handle: Uuid) -> Result<Option<AccountId>, Fault> {
    let row: Option<(Uuid,)> = tx
        .one(
            "finding the owner of a passkey",
            "select account_id from passkey_owners where handle = $1",
            values![handle],
        )
        .await?;
    Ok(row.map(|(account,)| AccountId(account)))
}

/// Keeps a passkey. `false` when its credential belongs to somebody already (D-05, P3).
pub async fn add(
    tx: &mut Tx,
    vault: &Vault,
    credential_id: &[u8],
    kept: &Kept,
) -> Result<bool, Fault> {
    let row = row_of(kept.account, kept.passkey.id);
    let credential = vault.seal(Place("passkeys", "credential", &row), &kept.credential)?;
    let name =
        vault.seal(Place("passkeys", "name", &row), kept.passkey.name.as_str().as_bytes())?;
    let added = tx
        .run(
            "keeping a passkey",
            "insert into passkeys (account_id, id, credential_hash, sealed_credential, \
             sealed_name, is_backup_eligible, is_backed_up, added_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (credential_hash) do nothing",
            values![
                kept.account,
                kept.passkey.id,
                digest(credential_id),
                credential,
                name,
                kept.passkey.is_backup_eligible,
                kept.passkey.is_backed_up,
                kept.passkey.added_at
            ],
        )
        .await?;
    Ok(added == 1)
}

macro_rules! read {
    ($which:literal) => {
        concat!(
            "select account_id, id, sealed_credential, sealed_name, is_backup_eligible, \
             is_backed_up, added_at, used_at, suspended_at from passkeys where ",
            $which
        )
    };
}

/// The passkeys of an account, the oldest first.
pub async fn of(tx: &mut Tx, vault: &Vault, account: AccountId) -> Result<Vec<Kept>, Fault> {
    let sql = read!("account_id = $1 order by added_at, id");
    let rows: Vec<PasskeyRow> =
        tx.all("reading the passkeys of an account", sql, values![account]).await?;
    rows.into_iter().map(|row| row.kept(vault)).collect()
}

/// How many passkeys an account has that count, and how many that are suspended.
pub async fn count(tx: &mut Tx, account: AccountId) -> Result<(usize, usize), Fault> {
    let row: Option<(i64, i64)> = tx
        .one(
            "counting passkeys",
            "select count(*), count(suspended_at) from passkeys where account_id = $1",
            values![account],
        )
        .await?;
    let (all, suspended) = row.unwrap_or((0, 0));
    let count = |number: i64| usize::try_from(number).unwrap_or(0);
    Ok((count(all - suspended), count(suspended)))
}

/// The passkey of this credential, its row locked: the next use waits for this one's verdict.
pub async fn locked(
    tx: &mut Tx,
    vault: &Vault,
    credential_id: &[u8],
) -> Result<Option<Kept>, Fault> {
    let sql = read!("credential_hash = $1");
    let row: Option<PasskeyRow> =
        tx.one_locked("reading a passkey", sql, values![digest(credential_id)]).await?;
    row.map(|row| row.kept(vault)).transpose()
}

/// Notes that a passkey was used, with what the use changed in it.
pub async fn note_use(tx: &mut Tx, vault: &Vault, kept: &Kept, now: Instant) -> Result<(), Fault> {
    let row = row_of(kept.account, kept.passkey.id);
    let credential = vault.seal(Place("passkeys", "credential", &row), &kept.credential)?;
    tx.run(
        "noting the use of a passkey",
        "update passkeys set sealed_credential = $1, is_backed_up = $2, used_at = $3 \
         where account_id = $4 and id = $5",
        values![credential, kept.passkey.is_backed_up, now, kept.account, kept.passkey.id],
    )
    .await
    .map(drop)
}

/// Calls a passkey by another name; `false` when the account has none such.
pub async fn rename(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    id: Uuid,
    name: &Name,
) -> Result<bool, Fault> {
    let row = row_of(account, id);
    let sealed = vault.seal(Place("passkeys", "name", &row), name.as_str().as_bytes())?;
    let changed = tx
        .run(
            "renaming a passkey",
            "update passkeys set sealed_name = $1 where account_id = $2 and id = $3",
            values![sealed, account, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Whether an account has such a passkey, and it is suspended.
pub async fn is_suspended(tx: &mut Tx, account: AccountId, id: Uuid) -> Result<bool, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "asking whether a passkey is suspended",
            "select suspended_at from passkeys \
             where account_id = $1 and id = $2 and suspended_at is not null",
            values![account, id],
        )
        .await?;
    Ok(row.is_some())
}

/// Suspends a passkey from a moment on, or switches it on again; `false` when the account has none
/// such.
pub async fn suspend(
    tx: &mut Tx,
    account: AccountId,
    id: Uuid,
    since: Option<Instant>,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "suspending a passkey",
            "update passkeys set suspended_at = $1 where account_id = $2 and id = $3",
            values![since, account, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Takes a passkey away; `false` when the account has none such.
pub async fn remove(tx: &mut Tx, account: AccountId, id: Uuid) -> Result<bool, Fault> {
    let removed = tx
        .run(
            "removing a passkey",
            "delete from passkeys where account_id = $1 and id = $2",
            values![account, id],
        )
        .await?;
    Ok(removed == 1)
}

/// Removes every passkey of an account; answers how many there were.
pub async fn remove_all(tx: &mut Tx, account: AccountId) -> Result<u64, Fault> {
    tx.run(
        "removing every passkey of an account",
        "delete from passkeys where account_id = $1",
        values![account],
    )
    .await
}

/// Uses a challenge up. Of two answers at the same time, one gets `true` (D-01, L7).
pub async fn use_challenge(tx: &mut Tx, id: &Tag, expires_at: Instant) -> Result<bool, Fault> {
    let used = tx
        .run(
            "using a challenge",
            "insert into used_challenges (id, expires_at) values ($1, $2) \
             on conflict (id) do nothing",
            values![id, expires_at],
        )
        .await?;
    Ok(used == 1)
}

/// Drops challenges that have run out: their time alone refuses them now.
pub async fn forget_before(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old challenges",
        "delete from used_challenges where expires_at < $1",
        values![now],
    )
    .await
}

fn row_of(account: AccountId, id: Uuid) -> Vec<u8> {
    [account.0.into_bytes(), id.into_bytes()].concat()
}
