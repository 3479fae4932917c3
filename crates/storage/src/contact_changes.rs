//! Changes of contacts on their way, and the links that take them back.

use payung_domain::contact_changes::{Act, COOLING_OFF, Change, Kind, UNDOABLE, UNFINISHED};
use payung_domain::ids::{AccountId, ChangeId};
use payung_domain::keyed::Tag;
use payung_domain::second_factor::Destination;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::contacts::destination;
use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

#[derive(sqlx::FromRow)]
struct ChangeRow {
    account_id: Uuid,
    id: Uuid,
    act: String,
    kind: String,
    sealed_new: Option<Vec<u8>>,
    sealed_old: Option<Vec<u8>>,
    begun_at: i64,
    confirmed_at: Option<i64>,
    cancelled_at: Option<i64>,
}

impl ChangeRow {
    fn change(self, vault: &Vault) -> Result<Change, Fault> {
        let nonsense = |column: &str| {
            Fault::new("reading a change", format!("contact_changes.{column} of {}", self.id))
        };
        let contact = |column, sealed: Option<&Vec<u8>>| {
            let Some(sealed) = sealed else { return Ok(None) };
            let text = vault.open_text(place(column, &ChangeId(self.id)), sealed)?;
            destination(&self.kind, &text).map(Some)
        };
        Ok(Change {
            id: ChangeId(self.id),
            account: AccountId(self.account_id),
            act: Act::named(&self.act).ok_or_else(|| nonsense("act"))?,
            kind: Kind::named(&self.kind).ok_or_else(|| nonsense("kind"))?,
            new: contact("new", self.sealed_new.as_ref())?,
            old: contact("old", self.sealed_old.as_ref())?,
            begun_at: Instant::from_micros(self.begun_at),
            confirmed_at: self.confirmed_at.map(Instant::from_micros),
            cancelled_at: self.cancelled_at.map(Instant::from_micros),
        })
    }
}

/// Keeps a change. The same form sent twice gives the same id, and the first one stays: `false` then.
pub async fn begin(tx: &mut Tx, vault: &Vault, change: &Change) -> Result<bool, Fault> {
    let seal = |column, contact: Option<&Destination>| {
        contact.map(|to| vault.seal(place(column, &change.id), to.expose().as_bytes())).transpose()
    };
    let kept = tx
        .run(
            "keeping a change of contacts",
            "insert into contact_changes (account_id, id, act, kind, sealed_new, sealed_old, \
             begun_at, confirmed_at) values ($1, $2, $3, $4, $5, $6, $7, $8) \
             on conflict (account_id, id) do nothing",
            values![
                change.account,
                change.id,
                change.act.name(),
                change.kind.name(),
                seal("new", change.new.as_ref())?,
                seal("old", change.old.as_ref())?,
                change.begun_at,
                change.confirmed_at
            ],
        )
        .await?;
    Ok(kept == 1)
}

macro_rules! read {
    ($which:literal) => {
        concat!(
            "select account_id, id, act, kind, sealed_new, sealed_old, begun_at, confirmed_at, \
             cancelled_at from contact_changes where ",
            $which
        )
    };
}

/// A change of this account.
pub async fn get(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    id: ChangeId,
) -> Result<Option<Change>, Fault> {
    let sql = read!("account_id = $1 and id = $2");
    let row: Option<ChangeRow> =
        tx.one("reading a change of contacts", sql, values![account, id]).await?;
    row.map(|row| row.change(vault)).transpose()
}

/// The changes of an account that were begun after `since`, the newest first.
pub async fn since(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    since: Instant,
) -> Result<Vec<Change>, Fault> {
    let rows: Vec<ChangeRow> = tx
        .all(
            "reading the changes of an account",
            read!("account_id = $1 and begun_at > $2 order by begun_at desc, id desc"),
            values![account, since],
        )
        .await?;
    rows.into_iter().map(|row| row.change(vault)).collect()
}

/// The changes of an account that may still be under way or undone at this moment, newest first.
pub async fn recent(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    now: Instant,
) -> Result<Vec<Change>, Fault> {
    // An unfinished one may wait an hour before its seventy-two begin.
    since(tx, vault, account, now.minus(UNDOABLE + UNFINISHED)).await
}

/// Notes that the code of the new contact was right. Of two at the same time, one gets `true`.
pub async fn confirm(
    tx: &mut Tx,
    account: AccountId,
    id: ChangeId,
    now: Instant,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "confirming a change of contacts",
            "update contact_changes set confirmed_at = $1 where account_id = $2 and id = $3 \
             and confirmed_at is null and cancelled_at is null and begun_at > $4",
            values![now, account, id, now.minus(UNFINISHED)],
        )
        .await?;
    Ok(changed == 1)
}

/// Takes a change back, while that can be done. Of two at the same time, one gets `true` (L7).
pub async fn cancel(
    tx: &mut Tx,
    account: AccountId,
    id: ChangeId,
    now: Instant,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "taking a change of contacts back",
            "update contact_changes set cancelled_at = $1, told_at = $1 \
             where account_id = $2 and id = $3 and cancelled_at is null \
             and (confirmed_at is null or confirmed_at > $4)",
            values![now, account, id, now.minus(UNDOABLE)],
        )
        .await?;
    Ok(changed == 1)
}

/// Drops the changes of a kind that still wait for their code: a newer one takes their place.
pub async fn drop_unconfirmed(tx: &mut Tx, account: AccountId, kind: Kind) -> Result<u64, Fault> {
    tx.run(
        "dropping unconfirmed changes",
        "delete from contact_changes where account_id = $1 and kind = $2 \
         and confirmed_at is null and cancelled_at is null",
        values![account, kind.name()],
    )
    .await
}

/// At most so many changes whose end was reached and not told yet: in effect, or lapsed.
pub async fn untold(
    tx: &mut Tx,
    vault: &Vault,
    now: Instant,
    most: u32,
) -> Result<Vec<Change>, Fault> {
    let rows: Vec<ChangeRow> = tx
        .all(
            "looking for changes that took effect",
            read!(
                "told_at is null and begun_at <= $1 \
                 and (confirmed_at is null or confirmed_at <= $2) order by begun_at limit $3"
            ),
            values![now.minus(UNFINISHED), now.minus(COOLING_OFF), most],
        )
        .await?;
    rows.into_iter().map(|row| row.change(vault)).collect()
}

/// Notes that the end of a change is told now. Of two workers, one gets `true`.
pub async fn tell_end(
    tx: &mut Tx,
    account: AccountId,
    id: ChangeId,
    now: Instant,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "noting that the end of a change is told",
            "update contact_changes set told_at = $1 \
             where account_id = $2 and id = $3 and told_at is null",
            values![now, account, id],
        )
        .await?;
    Ok(changed == 1)
}

/// A link that takes a change back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UndoLink {
    /// Whose contacts.
    pub account: AccountId,
    /// The change.
    pub change: ChangeId,
    /// It works until then.
    pub expires_at: Instant,
    /// When it was used.
    pub used_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct LinkRow {
    account_id: Uuid,
    change_id: Uuid,
    expires_at: i64,
    used_at: Option<i64>,
}

/// Keeps a link under the hash of its token.
pub async fn add_link(tx: &mut Tx, id: &Tag, link: &UndoLink) -> Result<(), Fault> {
    tx.run(
        "keeping a link that undoes a change",
        "insert into undo_links (id, account_id, change_id, expires_at) values ($1, $2, $3, $4)",
        values![id, link.account, link.change, link.expires_at],
    )
    .await
    .map(drop)
}

/// The link whose token has this hash.
pub async fn link(tx: &mut Tx, id: &Tag) -> Result<Option<UndoLink>, Fault> {
    let row: Option<LinkRow> = tx
        .one(
            "reading a link that undoes a change",
            "select account_id, change_id, expires_at, used_at from undo_links where id = $1",
            values![id],
        )
        .await?;
    Ok(row.map(|row| UndoLink {
        account: AccountId(row.account_id),
        change: ChangeId(row.change_id),
        expires_at: Instant::from_micros(row.expires_at),
        used_at: row.used_at.map(Instant::from_micros),
    }))
}

/// Uses a link up. Of any number at the same time, one gets `true` (L7).
pub async fn use_link(tx: &mut Tx, id: &Tag, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "using a link that undoes a change",
            "update undo_links set used_at = $1 \
             where id = $2 and used_at is null and expires_at > $1",
            values![now, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Drops changes that were over long ago, with their links.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old changes of contacts",
        "delete from contact_changes where begun_at < $1 and told_at < $1",
        values![long_ago],
    )
    .await
}

fn place<'a>(column: &'static str, id: &'a ChangeId) -> Place<'a> {
    Place("contact_changes", column, id.0.as_bytes())
}
