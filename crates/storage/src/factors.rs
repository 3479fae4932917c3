//! Authenticator apps on their way, recovery codes, and what a member chose among the ways.

use payung_domain::accounts::StoredPassword;
use payung_domain::ids::AccountId;
use payung_domain::second_factor::{Hash, Seed, Way};
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
    (seed, hash): (&Seed, Hash),
    now: Instant,
    expires_at: Instant,
) -> Result<(), Fault> {
    let sealed = vault.seal(pending_place(&account), seed)?;
    tx.run(
        "beginning to bind an app",
        "insert into pending_apps (account_id, sealed_seed, begun_at, expires_at, hash) \
         values ($1, $2, $3, $4, $5) on conflict (account_id) do update set \
         sealed_seed = excluded.sealed_seed, begun_at = excluded.begun_at, \
         expires_at = excluded.expires_at, hash = excluded.hash",
        values![account, sealed, now, expires_at, hash.name()],
    )
    .await
    .map(drop)
}

/// An app on its way.
#[derive(Clone, Copy)]
pub struct PendingApp {
    /// Shared with the app.
    pub seed: Seed,
    /// The hash it makes its codes with.
    pub hash: Hash,
    /// Until when its first code is waited for.
    pub until: Instant,
}

/// The app that waits for its first code.
pub async fn pending_app(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    now: Instant,
) -> Result<Option<PendingApp>, Fault> {
    let row: Option<(Vec<u8>, i64, String)> = tx
        .one(
            "reading an app on its way",
            "select sealed_seed, expires_at, hash from pending_apps \
             where account_id = $1 and expires_at > $2",
            values![account, now],
        )
        .await?;
    let Some((sealed, until, hash)) = row else { return Ok(None) };
    let nonsense = |what| Fault::new("reading an app on its way", what);
    let seed = Seed::try_from(vault.open(pending_place(&account), &sealed)?)
        .map_err(|_| nonsense("the seed is not 160 bits"))?;
    let hash = Hash::named(&hash).ok_or_else(|| nonsense("pending_apps.hash is unknown"))?;
    Ok(Some(PendingApp { seed, hash, until: Instant::from_micros(until) }))
}

/// Forgets the app that an account was about to bind.
pub async fn forget_pending_app(tx: &mut Tx, account: AccountId) -> Result<(), Fault> {
    tx.run(
        "forgetting an app on its way",
        "delete from pending_apps where account_id = $1",
        values![account],
    )
    .await
    .map(drop)
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

/// The places that codes of an account have had, used ones too: a new code needs one of its own.
pub async fn places(tx: &mut Tx, account: AccountId) -> Result<Vec<u32>, Fault> {
    let rows: Vec<(i64,)> = tx
        .all(
            "reading the places of recovery codes",
            "select place from recovery_codes where account_id = $1",
            values![account],
        )
        .await?;
    Ok(rows.into_iter().filter_map(|(place,)| u32::try_from(place).ok()).collect())
}

/// Adds a code in the place of one that was used (G-08). `false` when its place is taken.
pub async fn add_code(
    tx: &mut Tx,
    account: AccountId,
    place: u32,
    hash: &StoredPassword,
    now: Instant,
) -> Result<bool, Fault> {
    let added = tx
        .run(
            "keeping one more recovery code",
            "insert into recovery_codes (account_id, place, code_phc, code_pepper, made_at) \
             values ($1, $2, $3, $4, $5) on conflict (account_id, place) do nothing",
            values![account, place, &*hash.phc, hash.pepper, now],
        )
        .await?;
    Ok(added == 1)
}

/// Drops the recovery codes of an account; answers how many those were.
pub async fn drop_codes(tx: &mut Tx, account: AccountId) -> Result<u64, Fault> {
    tx.run(
        "dropping recovery codes",
        "delete from recovery_codes where account_id = $1",
        values![account],
    )
    .await
}

/// Drops the codes that were made from a moment on; answers how many those were.
pub async fn drop_codes_since(
    tx: &mut Tx,
    account: AccountId,
    since: Instant,
) -> Result<u64, Fault> {
    tx.run(
        "dropping new recovery codes",
        "delete from recovery_codes where account_id = $1 and made_at >= $2",
        values![account, since],
    )
    .await
}

/// What there is of recovery codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodesLeft {
    /// How many are good.
    pub left: usize,
    /// How many of these were made together, on the sheet that was saved. The others were shown one
    /// by one when a code was used, and may never have been written down.
    pub on_sheet: usize,
    /// When the sheet was made.
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
    let Some(sheet) = rows.iter().map(|(made_at, _)| *made_at).min() else { return Ok(None) };
    let good = || rows.iter().filter(|(_, used_at)| used_at.is_none());
    Ok(Some(CodesLeft {
        left: good().count(),
        on_sheet: good().filter(|(made_at, _)| *made_at == sheet).count(),
        made_at: Instant::from_micros(sheet),
    }))
}

impl CodesLeft {
    /// How many can be relied on: those of the sheet, and one more if any other is good.
    #[must_use]
    pub fn to_rely_on(&self) -> usize {
        self.on_sheet.max(self.left.min(1))
    }
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
