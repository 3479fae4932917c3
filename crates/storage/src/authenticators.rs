//! The register of everything that ever proved who a member is (J-01). Lines end and stay.

use std::net::IpAddr;

use payung_domain::authenticators::{Entry, Factor, Kind};
use payung_domain::ids::AccountId;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

/// An authenticator that begins to count.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'a> {
    /// Its id: that of the passkey, where it is one.
    pub id: Uuid,
    /// What it is.
    pub kind: Kind,
    /// What it proves by itself.
    pub factor: Factor,
    /// What its owner calls it; nothing where it has no name.
    pub name: &'a str,
    /// The address it was bound from, where that is known.
    pub source: Option<IpAddr>,
    /// When.
    pub at: Instant,
}

/// Begins a line. Where an account may have one of the kind only, the line before ends.
pub async fn bind(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    bound: &Bound<'_>,
) -> Result<(), Fault> {
    if !bound.kind.may_be_many() {
        remove_kind(tx, account, bound.kind, bound.at).await?;
    }
    let row = row_of(account, bound.id);
    let seal =
        |column, text: &str| vault.seal(Place("authenticators", column, &row), text.as_bytes());
    let name = Some(bound.name).filter(|name| !name.is_empty());
    let name = name.map(|name| seal("name", name)).transpose()?;
    let source = bound.source.map(|address| seal("source", &address.to_string())).transpose()?;
    tx.run(
        "registering an authenticator",
        "insert into authenticators (account_id, id, kind, factor, resists_phishing, sealed_name, \
         sealed_source, bound_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![
            account,
            bound.id,
            bound.kind.name(),
            bound.factor.name(),
            bound.kind.resists_phishing(),
            name,
            source,
            bound.at
        ],
    )
    .await
    .map(drop)
}

/// Notes the use of the one authenticator of a kind; `false` when the register has none such.
pub async fn used(
    tx: &mut Tx,
    account: AccountId,
    kind: Kind,
    now: Instant,
) -> Result<bool, Fault> {
    let noted = tx
        .run(
            "noting the use of an authenticator",
            "update authenticators set used_at = $1 \
             where account_id = $2 and kind = $3 and removed_at is null",
            values![now, account, kind.name()],
        )
        .await?;
    Ok(noted > 0)
}

/// Notes the use of one authenticator of several.
pub async fn used_one(
    tx: &mut Tx,
    account: AccountId,
    id: Uuid,
    now: Instant,
) -> Result<(), Fault> {
    tx.run(
        "noting the use of an authenticator",
        "update authenticators set used_at = $1 where account_id = $2 and id = $3",
        values![now, account, id],
    )
    .await
    .map(drop)
}

/// Ends the lines of a kind that are not ended.
pub async fn remove_kind(
    tx: &mut Tx,
    account: AccountId,
    kind: Kind,
    now: Instant,
) -> Result<(), Fault> {
    tx.run(
        "ending lines of the register",
        "update authenticators set removed_at = $1 \
         where account_id = $2 and kind = $3 and removed_at is null",
        values![now, account, kind.name()],
    )
    .await
    .map(drop)
}

/// Ends one line.
pub async fn remove_one(
    tx: &mut Tx,
    account: AccountId,
    id: Uuid,
    now: Instant,
) -> Result<(), Fault> {
    tx.run(
        "ending a line of the register",
        "update authenticators set removed_at = $1 \
         where account_id = $2 and id = $3 and removed_at is null",
        values![now, account, id],
    )
    .await
    .map(drop)
}

/// Notes since when an authenticator does not count; nothing when it counts again.
pub async fn suspend(
    tx: &mut Tx,
    account: AccountId,
    id: Uuid,
    since: Option<Instant>,
) -> Result<(), Fault> {
    tx.run(
        "suspending an authenticator",
        "update authenticators set suspended_at = $1 \
         where account_id = $2 and id = $3 and removed_at is null",
        values![since, account, id],
    )
    .await
    .map(drop)
}

/// Calls an authenticator by another name.
pub async fn rename(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    id: Uuid,
    name: &str,
) -> Result<(), Fault> {
    let row = row_of(account, id);
    let sealed = vault.seal(Place("authenticators", "name", &row), name.as_bytes())?;
    tx.run(
        "renaming an authenticator",
        "update authenticators set sealed_name = $1 where account_id = $2 and id = $3",
        values![sealed, account, id],
    )
    .await
    .map(drop)
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    id: Uuid,
    kind: String,
    factor: String,
    resists_phishing: bool,
    sealed_name: Option<Vec<u8>>,
    bound_at: i64,
    used_at: Option<i64>,
    suspended_at: Option<i64>,
    removed_at: Option<i64>,
}

impl EntryRow {
    fn entry(self, vault: &Vault, account: AccountId) -> Result<Entry, Fault> {
        let nonsense = |column| {
            Fault::new("reading the register", format!("authenticators.{column} of {}", self.id))
        };
        let row = row_of(account, self.id);
        Ok(Entry {
            id: self.id,
            kind: Kind::named(&self.kind).ok_or_else(|| nonsense("kind"))?,
            factor: Factor::named(&self.factor).ok_or_else(|| nonsense("factor"))?,
            resists_phishing: self.resists_phishing,
            name: match &self.sealed_name {
                Some(sealed) => vault.open_text(Place("authenticators", "name", &row), sealed)?,
                None => String::new(),
            },
            bound_at: Instant::from_micros(self.bound_at),
            used_at: self.used_at.map(Instant::from_micros),
            suspended_at: self.suspended_at.map(Instant::from_micros),
            removed_at: self.removed_at.map(Instant::from_micros),
        })
    }
}

/// The whole register of an account, the newest line first.
pub async fn of(tx: &mut Tx, vault: &Vault, account: AccountId) -> Result<Vec<Entry>, Fault> {
    let rows: Vec<EntryRow> = tx
        .all(
            "reading the register",
            "select id, kind, factor, resists_phishing, sealed_name, bound_at, used_at, \
             suspended_at, removed_at from authenticators where account_id = $1 \
             order by bound_at desc, id",
            values![account],
        )
        .await?;
    rows.into_iter().map(|row| row.entry(vault, account)).collect()
}

/// The address an authenticator was bound from. For whoever looks into a theft; no page shows it.
pub async fn source(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    id: Uuid,
) -> Result<Option<String>, Fault> {
    let row: Option<(Option<Vec<u8>>,)> = tx
        .one(
            "reading where an authenticator was bound from",
            "select sealed_source from authenticators where account_id = $1 and id = $2",
            values![account, id],
        )
        .await?;
    let Some((Some(sealed),)) = row else { return Ok(None) };
    let row = row_of(account, id);
    vault.open_text(Place("authenticators", "source", &row), &sealed).map(Some)
}

fn row_of(account: AccountId, id: Uuid) -> Vec<u8> {
    [account.0.into_bytes(), id.into_bytes()].concat()
}
