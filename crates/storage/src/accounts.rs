//! Accounts, the names they go by, and their authenticator apps.

use payung_domain::accounts::{Account, Contacts, StoredPassword};
use payung_domain::contact::{Email, Identifier, Phone};
use payung_domain::ids::{AccountId, PersonId};
use payung_domain::language::Language;
use payung_domain::passkeys::Name;
use payung_domain::second_factor::Seed;
use payung_domain::time::{Instant, Zone};
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: Uuid,
    person_id: Uuid,
    password_phc: String,
    password_pepper: i64,
    password_set_at: i64,
    language: String,
    zone: String,
}

impl AccountRow {
    fn account(self) -> Result<Account, Fault> {
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

/// The account that goes by one of these names, the likeliest first.
pub async fn find(
    tx: &mut Tx,
    vault: &Vault,
    readings: &[Identifier],
) -> Result<Option<Account>, Fault> {
    for name in readings {
        let found: Option<AccountRow> = tx
            .one(
                "finding the account of a name",
                "select a.id, a.person_id, a.password_phc, a.password_pepper, a.password_set_at, \
                 a.language, a.zone from identifiers i join accounts a on a.id = i.account_id \
                 where i.kind = $1 and i.value_index = $2",
                values![name.kind(), index_of(vault, name)],
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

/// Keeps a new account.
pub async fn add(tx: &mut Tx, account: &Account, now: Instant) -> Result<(), Fault> {
    tx.run(
        "keeping an account",
        "insert into accounts (id, person_id, password_phc, password_pepper, password_set_at, \
         language, zone, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
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
    .await
    .map(drop)
}

/// Gives an account a name; a contact counts as confirmed from `confirmed_at`.
pub async fn add_name(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    name: &Identifier,
    confirmed_at: Option<Instant>,
) -> Result<(), Fault> {
    let index = index_of(vault, name);
    let sealed = vault.seal(Place("identifiers", "value", &index), name.expose().as_bytes())?;
    tx.run(
        "keeping a name of an account",
        "insert into identifiers (kind, value_index, account_id, sealed_value, confirmed_at) \
         values ($1, $2, $3, $4, $5)",
        values![name.kind(), index, account, sealed, confirmed_at],
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
             order by kind, value_index",
            values![account],
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

/// The confirmed ways to reach the owner.
pub async fn contacts(tx: &mut Tx, vault: &Vault, account: AccountId) -> Result<Contacts, Fault> {
    let rows: Vec<(String, Vec<u8>, Vec<u8>)> = tx
        .all(
            "reading the contacts of an account",
            "select kind, value_index, sealed_value from identifiers \
             where account_id = $1 and confirmed_at is not null and kind in ('email', 'phone')",
            values![account],
        )
        .await?;
    let mut contacts = Contacts::default();
    for (kind, index, sealed) in rows {
        let text = vault.open_text(Place("identifiers", "value", &index), &sealed)?;
        let nonsense = |_| Fault::new("reading a contact", "identifiers.value is no contact");
        match &*kind {
            "email" => contacts.email = Some(Email::parse(&text).map_err(nonsense)?),
            _ => contacts.phone = Some(Phone::parse(&text).map_err(nonsense)?),
        }
    }
    Ok(contacts)
}

/// Sets another password. Its moment is always later than the last one's, even within one
/// microsecond: links and sign-ins know by it which password they belong to.
pub async fn set_password(
    tx: &mut Tx,
    account: AccountId,
    password: &StoredPassword,
    now: Instant,
) -> Result<(), Fault> {
    tx.run(
        "setting a password",
        "update accounts set password_phc = $1, password_pepper = $2, \
         password_distrusted_at = null, password_set_at = \
         case when password_set_at < $3 then $3 else password_set_at + 1 end where id = $4",
        values![&*password.phc, password.pepper, now, account],
    )
    .await
    .map(drop)
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

/// Whether the password was distrusted after it was set: only setting another one helps.
pub async fn password_is_distrusted(tx: &mut Tx, account: AccountId) -> Result<bool, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "asking whether a password is distrusted",
            "select password_set_at from accounts \
             where id = $1 and password_distrusted_at >= password_set_at",
            values![account],
        )
        .await?;
    Ok(row.is_some())
}

/// Binds an authenticator app, in the place of the one before.
pub async fn add_app(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    seed: &Seed,
    now: Instant,
) -> Result<(), Fault> {
    let sealed = vault.seal(app_place(&account), seed)?;
    tx.run(
        "keeping an authenticator app",
        "insert into authenticator_apps (account_id, sealed_seed, last_step, created_at) \
         values ($1, $2, 0, $3) on conflict (account_id) do update set \
         sealed_seed = excluded.sealed_seed, last_step = 0, created_at = excluded.created_at, \
         sealed_name = null",
        values![account, sealed, now],
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

/// What the authenticator app is called, and since when it is bound.
pub async fn app_label(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
) -> Result<Option<(String, Instant)>, Fault> {
    let row: Option<(Option<Vec<u8>>, i64)> = tx
        .one(
            "reading the name of an authenticator app",
            "select sealed_name, created_at from authenticator_apps where account_id = $1",
            values![account],
        )
        .await?;
    let Some((sealed, created_at)) = row else { return Ok(None) };
    let name = match sealed {
        Some(sealed) => vault.open_text(app_name_place(&account), &sealed)?,
        None => String::new(),
    };
    Ok(Some((name, Instant::from_micros(created_at))))
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

/// The seed of the app and the newest half-minute whose code was accepted.
pub async fn app(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
) -> Result<Option<(Seed, i64)>, Fault> {
    let row: Option<(Vec<u8>, i64)> = tx
        .one(
            "reading an authenticator app",
            "select sealed_seed, last_step from authenticator_apps where account_id = $1",
            values![account],
        )
        .await?;
    let Some((sealed, last_step)) = row else { return Ok(None) };
    let seed = Seed::try_from(vault.open(app_place(&account), &sealed)?)
        .map_err(|_| Fault::new("reading an authenticator app", "the seed is not 160 bits"))?;
    Ok(Some((seed, last_step)))
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
