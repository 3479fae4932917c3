//! Authenticator apps on their way, recovery codes, and what a member chose among the ways.

use payung_domain::accounts::StoredPassword;
use payung_domain::ids::AccountId;
use payung_domain::second_factor::{Seed, Way};
use payung_domain::time::Instant;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

/// Begins to bind an app; whatever was begun before is forgotten.
pub async fn begin_app(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    seed: &Seed,
    now: Instant,
    expires_at: Instant,
) -> Result<(), Fault> {
    let sealed = vault.seal(pending_place(&account), seed)?;
    tx.run(
        "beginning to bind an app",
        "insert into pending_apps (account_id, sealed_seed, begun_at, expires_at) \
         values ($1, $2, $3, $4) on conflict (account_id) do update set \
         sealed_seed = excluded.sealed_seed, begun_at = excluded.begun_at, \
         expires_at = excluded.expires_at",
        values![account, sealed, now, expires_at],
    )
    .await
    .map(drop)
}

/// The app that waits for its first code, and until when.
pub async fn pending_app(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    now: Instant,
) -> Result<Option<(Seed, Instant)>, Fault> {
    let row: Option<(Vec<u8>, i64)> = tx
        .one(
            "reading an app on its way",
            "select sealed_seed, expires_at from pending_apps \
             where account_id = $1 and expires_at > $2",
            values![account, now],
        )
        .await?;
    let Some((sealed, expires_at)) = row else { return Ok(None) };
    let seed = Seed::try_from(vault.open(pending_place(&account), &sealed)?)
        .map_err(|_| Fault::new("reading an app on its way", "the seed is not 160 bits"))?;
    Ok(Some((seed, Instant::from_micros(expires_at))))
}

/// Ends the binding. Of two requests at the same time, one gets `true` (L7).
pub async fn end_app(tx: &mut Tx, account: AccountId, now: Instant) -> Result<bool, Fault> {
    let ended = tx
        .run(
            "ending the binding of an app",
            "delete from pending_apps where account_id = $1 and expires_at > $2",
            values![account, now],
        )
        .await?;
    Ok(ended == 1)
}

/// Keeps a new set of recovery codes, each hashed and with its place; the old set is dead (G-08).
pub async fn replace_codes(
    tx: &mut Tx,
    account: AccountId,
    set: &[(u32, StoredPassword)],
    now: Instant,
) -> Result<(), Fault> {
    tx.run(
        "dropping old recovery codes",
        "delete from recovery_codes where account_id = $1",
        values![account],
    )
    .await?;
    for (place, hash) in set {
        tx.run(
            "keeping a recovery code",
            "insert into recovery_codes (account_id, place, code_phc, code_pepper, made_at) \
             values ($1, $2, $3, $4, $5)",
            values![account, *place, &*hash.phc, hash.pepper, now],
        )
        .await?;
    }
    Ok(())
}

/// The unused code at this place.
pub async fn code_at(
    tx: &mut Tx,
    account: AccountId,
    place: u32,
) -> Result<Option<StoredPassword>, Fault> {
    let row: Option<(String, i64)> = tx
        .one(
            "reading a recovery code",
            "select code_phc, code_pepper from recovery_codes \
             where account_id = $1 and place = $2 and used_at is null",
            values![account, place],
        )
        .await?;
    row.map(|(phc, pepper)| {
        let pepper = u8::try_from(pepper)
            .map_err(|_| Fault::new("reading a recovery code", "recovery_codes.code_pepper"))?;
        Ok(StoredPassword { phc, pepper })
    })
    .transpose()
}

/// Uses up the very code that was checked. Of two requests at the same time, one gets `true`, and
/// a new set made in between has other codes (G-08, L7).
pub async fn use_code_at(
    tx: &mut Tx,
    account: AccountId,
    place: u32,
    checked: &StoredPassword,
    now: Instant,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "using a recovery code",
            "update recovery_codes set used_at = $1 where account_id = $2 and place = $3 \
             and code_phc = $4 and used_at is null",
            values![now, account, place, &*checked.phc],
        )
        .await?;
    Ok(changed == 1)
}

/// What there is of recovery codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodesLeft {
    /// How many were not used.
    pub left: usize,
    /// When the set was made.
    pub made_at: Instant,
}

/// How many recovery codes are left, if a set was ever made.
pub async fn codes_left(tx: &mut Tx, account: AccountId) -> Result<Option<CodesLeft>, Fault> {
    let rows: Vec<(i64, Option<i64>)> = tx
        .all(
            "counting recovery codes",
            "select made_at, used_at from recovery_codes where account_id = $1",
            values![account],
        )
        .await?;
    Ok(rows.first().map(|(made_at, _)| CodesLeft {
        left: rows.iter().filter(|(_, used_at)| used_at.is_none()).count(),
        made_at: Instant::from_micros(*made_at),
    }))
}

/// What a member chose among the ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The way to be asked for first.
    pub preferred: Option<Way>,
    /// No codes by text message, though the number stays.
    pub is_sms_off: bool,
    /// No codes by e-mail, though the address stays.
    pub is_email_off: bool,
}

/// What a member chose; nothing is off before that.
pub async fn choices(tx: &mut Tx, account: AccountId) -> Result<Choices, Fault> {
    let row: Option<(Option<String>, bool, bool)> = tx
        .one(
            "reading the choice of ways",
            "select preferred, is_sms_off, is_email_off from second_step_choices \
             where account_id = $1",
            values![account],
        )
        .await?;
    Ok(row.map_or_else(Choices::default, |(preferred, is_sms_off, is_email_off)| Choices {
        preferred: preferred.as_deref().and_then(Way::named),
        is_sms_off,
        is_email_off,
    }))
}

/// Keeps what a member chose.
pub async fn choose(tx: &mut Tx, account: AccountId, choices: &Choices) -> Result<(), Fault> {
    tx.run(
        "keeping the choice of ways",
        "insert into second_step_choices (account_id, preferred, is_sms_off, is_email_off) \
         values ($1, $2, $3, $4) on conflict (account_id) do update set \
         preferred = excluded.preferred, is_sms_off = excluded.is_sms_off, \
         is_email_off = excluded.is_email_off",
        values![
            account,
            choices.preferred.map(Way::name),
            choices.is_sms_off,
            choices.is_email_off
        ],
    )
    .await
    .map(drop)
}

/// Drops apps that were never bound.
pub async fn forget_before(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping apps that were never bound",
        "delete from pending_apps where expires_at < $1",
        values![now],
    )
    .await
}

fn pending_place(account: &AccountId) -> Place<'_> {
    Place("pending_apps", "seed", account.0.as_bytes())
}
