//! Accounts, the names they go by, and their authenticator apps.

use payung_domain::accounts::{Account, Contacts, StoredPassword};
use payung_domain::contact::{Identifier, Phone, UserName};
use payung_domain::ids::{AccountId, PersonId};
use payung_domain::language::Language;
use payung_domain::passkeys::Name;
use payung_domain::passwords::Doubts;
use payung_domain::second_factor::{Hash, Seed};
use payung_domain::time::{Instant, Zone};
use uuid::Uuid;

use crate::contacts;
use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

#[derive(sqlx::FromRow)]
pub(crate) struct AccountRow {
    pub(crate) id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) password_phc: String,
    pub(crate) password_pepper: i64,
    pub(crate) password_set_at: i64,
    pub(crate) language: String,
    pub(crate) zone: String,
}

impl AccountRow {
    pub(crate) fn account(self) -> Result<Account, Fault> {
        let nonsense =
            |column| Fault::new("reading an account", format!("accounts.{column} {}", self.id));
        Ok(Account {
            id: AccountId(self.id),
            person: PersonId(self.person_id),
            language: Language::tagged(&self.language).ok_or_else(|| nonsense("language"))?,
            zone: Zone::named(&self.zone).ok_or_else(|| nonsense("zone"))?,
            password: StoredPassword {
                pepper: u8::try_from(self.password_pepper)
                    .map_err(|_| nonsense("password_pepper"))?,
                phc: self.password_phc,
            },
            password_set_at: Instant::from_micros(self.password_set_at),
        })
    }
}

/// The account that goes by one of these names at this moment, the likeliest first.
pub async fn find(
    tx: &mut Tx,
    vault: &Vault,
    readings: &[Identifier],
    now: Instant,
) -> Result<Option<Account>, Fault> {
    let sql = "select a.id, a.person_id, a.password_phc, a.password_pepper, a.password_set_at, \
               a.language, a.zone from identifiers i join accounts a on a.id = i.account_id \
               where i.kind = $1 and i.value_index = $2 and i.counts_from <= $3 \
               and (i.counts_until is null or i.counts_until > $3)";
    find_by(tx, vault, readings, now, sql).await
}

/// The account that goes by one of these names, or went by one that still serves recovery.
pub async fn find_to_recover(
    tx: &mut Tx,
    vault: &Vault,
    readings: &[Identifier],
    now: Instant,
) -> Result<Option<Account>, Fault> {
    let sql = "select a.id, a.person_id, a.password_phc, a.password_pepper, a.password_set_at, \
               a.language, a.zone from identifiers i join accounts a on a.id = i.account_id \
               where i.kind = $1 and i.value_index = $2 and i.counts_from <= $3 \
               and (i.recovers_until is null or i.recovers_until > $3)";
    find_by(tx, vault, readings, now, sql).await
}

async fn find_by(
    tx: &mut Tx,
    vault: &Vault,
    readings: &[Identifier],
    now: Instant,
    sql: &'static str,
) -> Result<Option<Account>, Fault> {
    for name in readings {
        let found: Option<AccountRow> = tx
            .one(
                "finding the account of a name",
                sql,
                values![name.kind(), index_of(vault, name), now],
            )
            .await?;
        if let Some(row) = found {
            return row.account().map(Some);
        }
    }
    Ok(None)
}

/// The account of this id.
pub async fn get(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, Fault> {
    tx.one::<AccountRow>(
        "reading an account",
        "select id, person_id, password_phc, password_pepper, password_set_at, language, zone \
         from accounts where id = $1",
        values![id],
    )
    .await?
    .map(AccountRow::account)
    .transpose()
}

/// The account that opens the records of this person.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Option<Account>, Fault> {
    tx.one::<AccountRow>(
        "reading the account of a person",
        "select id, person_id, password_phc, password_pepper, password_set_at, language, zone \
         from accounts where person_id = $1",
        values![person],
    )
    .await?
    .map(AccountRow::account)
    .transpose()
}

/// Keeps an account to this transaction until it ends: whoever opens a session and whoever ends them
/// all wait here for each other, so that no session slips through in between (R7). On PostgreSQL
/// locks are taken in one order: the sign-in or link at hand, the account, counters.
pub async fn hold(tx: &mut Tx, id: AccountId) -> Result<(), Fault> {
    // Not "for update": rows of other tables that name the account would have to wait too.
    tx.run("holding an account", "update accounts set zone = zone where id = $1", values![id])
        .await
        .map(drop)
}

/// Keeps a new account.
pub async fn add(tx: &mut Tx, account: &Account, now: Instant) -> Result<(), Fault> {
    let is_first = open(tx, account, now).await?;
    let twice = || Fault::new("keeping an account", "its person has one already");
    if is_first { Ok(()) } else { Err(twice()) }
}

/// Keeps a new account, unless its person has one. Of any number at the same time, one gets `true`
/// (L7).
pub async fn open(tx: &mut Tx, account: &Account, now: Instant) -> Result<bool, Fault> {
    let opened = tx
        .run(
            "keeping an account",
            "insert into accounts (id, person_id, password_phc, password_pepper, \
             password_set_at, language, zone, created_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (person_id) do nothing",
            values![
                account.id,
                account.person,
                &*account.password.phc,
                account.password.pepper,
                account.password_set_at,
                account.language.tag(),
                account.zone.name(),
                now
            ],
        )
        .await?;
    Ok(opened == 1)
}

/// Gives an account a name; a contact counts as confirmed from `confirmed_at`.
pub async fn add_name(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    name: &Identifier,
    confirmed_at: Option<Instant>,
) -> Result<(), Fault> {
    let is_first = claim_name(tx, vault, account, name, confirmed_at).await?;
    let twice = || Fault::new("keeping a name of an account", "it names one already");
    if is_first { Ok(()) } else { Err(twice()) }
}

/// Gives an account a name, unless it is one already. Of any number at the same time, one gets
/// `true` (L7).
pub async fn claim_name(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    name: &Identifier,
    confirmed_at: Option<Instant>,
) -> Result<bool, Fault> {
    let index = index_of(vault, name);
    let sealed = vault.seal(Place("identifiers", "value", &index), name.expose().as_bytes())?;
    let claimed = tx
        .run(
            "keeping a name of an account",
            "insert into identifiers (kind, value_index, account_id, sealed_value, confirmed_at) \
             values ($1, $2, $3, $4, $5) on conflict (kind, value_index) do nothing",
            values![name.kind(), index, account, sealed, confirmed_at],
        )
        .await?;
    Ok(claimed == 1)
}

/// The kind of a number that reaches an account without naming it.
pub(crate) const SHARED: &str = "shared-phone";

/// Lets a number reach an account that it does not name, because it names another one: a family has
/// one phone. Its index is the account's own, so that it is found from there alone.
pub async fn share_phone(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    phone: &Phone,
    confirmed_at: Instant,
) -> Result<(), Fault> {
    let index = vault.index(SHARED, &format!("{} {}", account.0, phone.expose()));
    let sealed = vault.seal(Place("identifiers", "value", &index), phone.expose().as_bytes())?;
    tx.run(
        "keeping a shared number of an account",
        "insert into identifiers (kind, value_index, account_id, sealed_value, confirmed_at) \
         values ($1, $2, $3, $4, $5) on conflict (kind, value_index) do nothing",
        values![SHARED, index, account, sealed, confirmed_at],
    )
    .await
    .map(drop)
}

/// Every name an account goes by, confirmed or not.
pub async fn names(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
) -> Result<Vec<Identifier>, Fault> {
    let rows: Vec<(String, Vec<u8>, Vec<u8>)> = tx
        .all(
            "reading the names of an account",
            "select kind, value_index, sealed_value from identifiers where account_id = $1 \
             and kind <> $2 order by kind, value_index",
            values![account, SHARED],
        )
        .await?;
    rows.into_iter()
        .map(|(kind, index, sealed)| {
            let text = vault.open_text(Place("identifiers", "value", &index), &sealed)?;
            Identifier::of_kind(&kind, &text).ok_or_else(|| {
                Fault::new("reading a name of an account", "identifiers.value is no name")
            })
        })
        .collect()
}

/// The name that the owner chose, and the confirmed ways to reach them that count at this moment.
pub async fn user_name_and_contacts(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    now: Instant,
) -> Result<(Option<UserName>, Contacts), Fault> {
    let (names, held) = contacts::user_name_and_held(tx, vault, account).await?;
    Ok((names, contacts::reached_by(&held, |standing| standing.counts(now))))
}

/// The confirmed ways to reach the owner that count at this moment.
pub async fn contacts(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    now: Instant,
) -> Result<Contacts, Fault> {
    let held = contacts::held(tx, vault, account).await?;
    Ok(contacts::reached_by(&held, |standing| standing.counts(now)))
}

/// Lets a shared number reach an account no more.
pub async fn unshare_phone(tx: &mut Tx, account: AccountId) -> Result<(), Fault> {
    tx.run(
        "letting go of a shared number",
        "delete from identifiers where account_id = $1 and kind = $2",
        values![account, SHARED],
    )
    .await
    .map(drop)
}

/// Sets another password in the place of the one that was set `before`; `false` when that is not
/// the present one. Its moment is always later than the last one's, even within one microsecond:
/// links and sign-ins know by it which password they belong to.
pub async fn set_password(
    tx: &mut Tx,
    account: AccountId,
    before: Instant,
    password: &StoredPassword,
    now: Instant,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "setting a password",
            "update accounts set password_phc = $1, password_pepper = $2, \
             password_distrusted_at = null, password_leaked_at = null, password_set_at = \
             case when password_set_at < $3 then $3 else password_set_at + 1 end \
             where id = $4 and password_set_at = $5",
            values![&*password.phc, password.pepper, now, account, before],
        )
        .await?;
    Ok(changed == 1)
}

/// Replaces the password hash, if it still is the one that was checked.
pub async fn rehash(
    tx: &mut Tx,
    account: AccountId,
    old: &StoredPassword,
    new: &StoredPassword,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "keeping a stronger password hash",
            "update accounts set password_phc = $1, password_pepper = $2 \
             where id = $3 and password_phc = $4",
            values![&*new.phc, new.pepper, account, &*old.phc],
        )
        .await?;
    Ok(changed == 1)
}

/// Notes that the owner did not do what was done with the password: it is believed no more.
pub async fn distrust_password(tx: &mut Tx, account: AccountId, now: Instant) -> Result<(), Fault> {
    tx.run(
        "distrusting a password",
        "update accounts set password_distrusted_at = $1 where id = $2",
        values![now, account],
    )
    .await
    .map(drop)
}

/// Whether the password was distrusted: only setting another one helps. No moment is compared, since
/// a clock may be put back between the two.
pub async fn password_is_distrusted(tx: &mut Tx, account: AccountId) -> Result<bool, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "asking whether a password is distrusted",
            "select password_set_at from accounts \
             where id = $1 and password_distrusted_at is not null",
            values![account],
        )
        .await?;
    Ok(row.is_some())
}

/// Notes that the password stands on a list of leaked ones; `false` when that is known already.
pub async fn password_has_leaked(
    tx: &mut Tx,
    account: AccountId,
    now: Instant,
) -> Result<bool, Fault> {
    let noted = tx
        .run(
            "noting that a password has leaked",
            "update accounts set password_leaked_at = $1 \
             where id = $2 and (password_leaked_at is null or password_leaked_at < password_set_at)",
            values![now, account],
        )
        .await?;
    Ok(noted == 1)
}

/// What was learnt about the password of an account. Whether it still holds is
/// `domain::passwords`'s business.
pub async fn doubts(tx: &mut Tx, account: AccountId) -> Result<Doubts, Fault> {
    let row: Option<(Option<i64>, Option<i64>)> = tx
        .one(
            "reading what is known of a password",
            "select password_distrusted_at, password_leaked_at from accounts where id = $1",
            values![account],
        )
        .await?;
    let (disowned_at, leaked_at) = row.unwrap_or_default();
    Ok(Doubts {
        disowned_at: disowned_at.map(Instant::from_micros),
        leaked_at: leaked_at.map(Instant::from_micros),
    })
}

/// Lets an account sign in with its password alone. For accounts that test an installation.
pub async fn let_password_be_enough(tx: &mut Tx, account: AccountId) -> Result<(), Fault> {
    tx.run(
        "letting a password be enough",
        "update accounts set is_password_enough = $1 where id = $2",
        values![true, account],
    )
    .await
    .map(drop)
}

/// Whether the password alone lets in.
pub async fn password_is_enough(tx: &mut Tx, account: AccountId) -> Result<bool, Fault> {
    let row: Option<(bool,)> = tx
        .one(
            "asking whether a password is enough",
            "select is_password_enough from accounts where id = $1",
            values![account],
        )
        .await?;
    Ok(row.is_some_and(|(is_enough,)| is_enough))
}

/// When the number that codes of an account go to at this moment was confirmed, and since when there
/// is the account.
pub async fn number_since(
    tx: &mut Tx,
    account: AccountId,
    now: Instant,
) -> Result<Option<(Instant, Instant)>, Fault> {
    let row: Option<(i64, i64)> = tx
        .one(
            "reading since when there is a number",
            "select i.confirmed_at, a.created_at from identifiers i \
             join accounts a on a.id = i.account_id \
             where i.account_id = $1 and i.kind = 'phone' and i.confirmed_at is not null \
             and i.counts_from <= $2 and (i.counts_until is null or i.counts_until > $2) \
             order by i.place, i.counts_from, i.value_index limit 1",
            values![account, now],
        )
        .await?;
    Ok(row.map(|(number, since)| (Instant::from_micros(number), Instant::from_micros(since))))
}

/// Binds an authenticator app that makes its codes with the hash every app knows, in the place of
/// the one before.
pub async fn add_app(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    seed: &Seed,
    now: Instant,
) -> Result<(), Fault> {
    add_app_with(tx, vault, account, (seed, Hash::Sha1), now).await
}

/// The same for an app of any hash.
pub async fn add_app_with(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    (seed, hash): (&Seed, Hash),
    now: Instant,
) -> Result<(), Fault> {
    let sealed = vault.seal(app_place(&account), seed)?;
    tx.run(
        "keeping an authenticator app",
        "insert into authenticator_apps (account_id, sealed_seed, last_step, created_at, hash) \
         values ($1, $2, 0, $3, $4) on conflict (account_id) do update set \
         sealed_seed = excluded.sealed_seed, last_step = 0, created_at = excluded.created_at, \
         hash = excluded.hash, sealed_name = null, suspended_at = null",
        values![account, sealed, now, hash.name()],
    )
    .await
    .map(drop)
}

/// Names the authenticator app of an account.
pub async fn name_app(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    name: &Name,
) -> Result<(), Fault> {
    let sealed = vault.seal(app_name_place(&account), name.as_str().as_bytes())?;
    tx.run(
        "naming an authenticator app",
        "update authenticator_apps set sealed_name = $1 where account_id = $2",
        values![sealed, account],
    )
    .await
    .map(drop)
}

/// An authenticator app as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppLabel {
    /// What it is called; nothing where it has no name.
    pub name: String,
    /// Since when it is bound.
    pub since: Instant,
    /// Since when it opens nothing, though it may again (J-06).
    pub suspended_at: Option<Instant>,
}

/// The authenticator app of an account, as its owner sees it.
pub async fn app_label(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
) -> Result<Option<AppLabel>, Fault> {
    let row: Option<(Option<Vec<u8>>, i64, Option<i64>)> = tx
        .one(
            "reading the name of an authenticator app",
            "select sealed_name, created_at, suspended_at from authenticator_apps \
             where account_id = $1",
            values![account],
        )
        .await?;
    let Some((sealed, since, suspended_at)) = row else { return Ok(None) };
    let name = match sealed {
        Some(sealed) => vault.open_text(app_name_place(&account), &sealed)?,
        None => String::new(),
    };
    let suspended_at = suspended_at.map(Instant::from_micros);
    Ok(Some(AppLabel { name, since: Instant::from_micros(since), suspended_at }))
}

/// Suspends the authenticator app from a moment on, or switches it on again; `false` when there is
/// none.
pub async fn suspend_app(
    tx: &mut Tx,
    account: AccountId,
    since: Option<Instant>,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "suspending an authenticator app",
            "update authenticator_apps set suspended_at = $1 where account_id = $2",
            values![since, account],
        )
        .await?;
    Ok(changed == 1)
}

/// Takes the authenticator app away; `false` when there is none.
pub async fn remove_app(tx: &mut Tx, account: AccountId) -> Result<bool, Fault> {
    let removed = tx
        .run(
            "removing an authenticator app",
            "delete from authenticator_apps where account_id = $1",
            values![account],
        )
        .await?;
    Ok(removed == 1)
}

/// What the codes of an authenticator app are checked with.
#[derive(Clone, Copy)]
pub struct BoundApp {
    /// Shared with the app.
    pub seed: Seed,
    /// The hash it makes its codes with.
    pub hash: Hash,
    /// The newest half-minute whose code was accepted.
    pub last_step: i64,
    /// Whether it opens nothing now.
    pub is_suspended: bool,
}

/// The authenticator app of an account, suspended or not.
pub async fn app(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
) -> Result<Option<BoundApp>, Fault> {
    let row: Option<(Vec<u8>, i64, String, Option<i64>)> = tx
        .one(
            "reading an authenticator app",
            "select sealed_seed, last_step, hash, suspended_at from authenticator_apps \
             where account_id = $1",
            values![account],
        )
        .await?;
    let Some((sealed, last_step, hash, suspended_at)) = row else { return Ok(None) };
    let nonsense = |what| Fault::new("reading an authenticator app", what);
    let seed = Seed::try_from(vault.open(app_place(&account), &sealed)?)
        .map_err(|_| nonsense("the seed is not 160 bits"))?;
    let hash = Hash::named(&hash).ok_or_else(|| nonsense("authenticator_apps.hash is unknown"))?;
    Ok(Some(BoundApp { seed, hash, last_step, is_suspended: suspended_at.is_some() }))
}

/// Accepts a half-minute once: of two requests with the same code, one gets `true` (C-03).
pub async fn accept_app_step(tx: &mut Tx, account: AccountId, step: i64) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "accepting a code of an app",
            "update authenticator_apps set last_step = $1 where account_id = $2 and last_step < $1",
            values![step, account],
        )
        .await?;
    Ok(changed == 1)
}

fn index_of(vault: &Vault, name: &Identifier) -> payung_domain::keyed::Tag {
    vault.index(name.kind(), name.expose())
}

fn app_name_place(account: &AccountId) -> Place<'_> {
    Place("authenticator_apps", "name", account.0.as_bytes())
}

fn app_place(account: &AccountId) -> Place<'_> {
    Place("authenticator_apps", "seed", account.0.as_bytes())
}
