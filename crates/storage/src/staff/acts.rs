//! Acts of the desk that take two officers, and the links in letters about them.

use payung_domain::ids::{AccountId, ActId, StaffId};
use payung_domain::keyed::Tag;
use payung_domain::second_factor::Destination;
use payung_domain::staff::Officer;
use payung_domain::staff::acts::{DeskAct, End, Hand, Kind};
use payung_domain::staff::looks::{Reason, Why};
use payung_domain::time::Instant;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::contacts::destination;
use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

#[derive(Serialize, Deserialize)]
struct SealedReason {
    why: String,
    text: String,
}

#[derive(sqlx::FromRow)]
struct ActRow {
    id: Uuid,
    account_id: Uuid,
    kind: String,
    sealed_new: Option<Vec<u8>>,
    sealed_reason: Vec<u8>,
    asked_by: Uuid,
    asked_name: String,
    asked_at: i64,
    version: Vec<u8>,
    confirmed_at: Option<i64>,
    approved_by: Option<Uuid>,
    approved_name: Option<String>,
    approved_at: Option<i64>,
    due_at: Option<i64>,
    ended: Option<String>,
    closed_at: Option<i64>,
}

impl ActRow {
    fn act(self, vault: &Vault) -> Result<DeskAct, Fault> {
        let nonsense =
            |column| Fault::new("reading an act", format!("desk_acts.{column} of {}", self.id));
        let id = ActId(self.id);
        let kind = Kind::named(&self.kind).ok_or_else(|| nonsense("kind"))?;
        let plain = vault.open(place("reason", &id), &self.sealed_reason)?;
        let reason: SealedReason =
            serde_json::from_slice(&plain).map_err(|_| nonsense("sealed_reason"))?;
        let why = Why::named(&reason.why).ok_or_else(|| nonsense("sealed_reason"))?;
        let new = match &self.sealed_new {
            Some(sealed) => {
                let text = vault.open_text(place("new", &id), sealed)?;
                let channel = if kind == Kind::ReplaceEmail { "email" } else { "phone" };
                Some(destination(channel, &text)?)
            }
            None => None,
        };
        let hand = |id: Uuid, name: &str, column| {
            let name = Officer::parse(name).ok_or_else(|| nonsense(column))?;
            Ok::<Hand, Fault>(Hand { id: StaffId(id), name })
        };
        let approved = match (self.approved_by, &self.approved_name, self.approved_at) {
            (Some(id), Some(name), Some(at)) => {
                Some((hand(id, name, "approved_name")?, Instant::from_micros(at)))
            }
            _ => None,
        };
        let ended = match (&self.ended, self.closed_at) {
            (Some(word), Some(at)) => {
                let end = End::named(word).ok_or_else(|| nonsense("ended"))?;
                Some((end, Instant::from_micros(at)))
            }
            _ => None,
        };
        Ok(DeskAct {
            id,
            account: AccountId(self.account_id),
            kind,
            new,
            asked_by: hand(self.asked_by, &self.asked_name, "asked_name")?,
            reason: Reason { why, text: reason.text },
            asked_at: Instant::from_micros(self.asked_at),
            version: Tag::try_from(&*self.version).map_err(|_| nonsense("version"))?,
            confirmed_at: self.confirmed_at.map(Instant::from_micros),
            approved,
            due_at: self.due_at.map(Instant::from_micros),
            ended,
        })
    }
}

macro_rules! read {
    ($which:literal) => {
        concat!(
            "select id, account_id, kind, sealed_new, sealed_reason, asked_by, asked_name, \
             asked_at, version, confirmed_at, approved_by, approved_name, approved_at, due_at, \
             ended, closed_at from desk_acts where ",
            $which
        )
    };
}

/// Keeps an act that was asked for; `false` when another one of this account is open.
pub async fn add(tx: &mut Tx, vault: &Vault, act: &DeskAct) -> Result<bool, Fault> {
    let reason =
        SealedReason { why: act.reason.why.name().to_owned(), text: act.reason.text.clone() };
    let plain = serde_json::to_vec(&reason)
        .map_err(Fault::while_doing("writing down the reason of an act"))?;
    let sealed_reason = vault.seal(place("reason", &act.id), &plain)?;
    let sealed_new = match &act.new {
        Some(to) => Some(vault.seal(place("new", &act.id), to.expose().as_bytes())?),
        None => None,
    };
    let new_index = act.new.as_ref().map(|to| index_of(vault, to).to_vec());
    let kept = tx
        .run(
            "keeping an act of the desk",
            "insert into desk_acts (id, account_id, kind, sealed_new, sealed_reason, asked_by, \
             asked_name, asked_at, version, confirmed_at, due_at, new_index) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
             on conflict do nothing",
            values![
                act.id,
                act.account,
                act.kind.name(),
                sealed_new,
                sealed_reason,
                act.asked_by.id,
                act.asked_by.name.as_str(),
                act.asked_at,
                act.version,
                act.confirmed_at,
                act.due_at,
                new_index
            ],
        )
        .await?;
    Ok(kept == 1)
}

/// The act of this id.
pub async fn get(tx: &mut Tx, vault: &Vault, id: ActId) -> Result<Option<DeskAct>, Fault> {
    let row: Option<ActRow> =
        tx.one("reading an act of the desk", read!("id = $1"), values![id]).await?;
    row.map(|row| row.act(vault)).transpose()
}

/// The same, with the row locked.
pub async fn locked(tx: &mut Tx, vault: &Vault, id: ActId) -> Result<Option<DeskAct>, Fault> {
    let row: Option<ActRow> =
        tx.one_locked("reading an act of the desk", read!("id = $1"), values![id]).await?;
    row.map(|row| row.act(vault)).transpose()
}

/// The open act of an account.
pub async fn open_of(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
) -> Result<Option<DeskAct>, Fault> {
    let sql = read!("account_id = $1 and closed_at is null");
    let row: Option<ActRow> =
        tx.one("reading the open act of an account", sql, values![account]).await?;
    row.map(|row| row.act(vault)).transpose()
}

/// At most so many open acts that bring this contact and wait for it to be proved, the newest first.
pub async fn bringing(
    tx: &mut Tx,
    vault: &Vault,
    to: &Destination,
    most: u32,
) -> Result<Vec<DeskAct>, Fault> {
    let rows: Vec<ActRow> = tx
        .all(
            "looking for acts that bring a contact",
            read!(
                "new_index = $1 and confirmed_at is null and closed_at is null \
                 order by asked_at desc, id limit $2"
            ),
            values![index_of(vault, to), most],
        )
        .await?;
    rows.into_iter().map(|row| row.act(vault)).collect()
}

fn index_of(vault: &Vault, to: &Destination) -> Tag {
    vault.index("desk-act", to.expose())
}

/// At most so many acts that are open, the oldest first.
pub async fn open(tx: &mut Tx, vault: &Vault, most: u32) -> Result<Vec<DeskAct>, Fault> {
    let rows: Vec<ActRow> = tx
        .all(
            "listing open acts of the desk",
            read!("closed_at is null order by asked_at, id limit $1"),
            values![most],
        )
        .await?;
    rows.into_iter().map(|row| row.act(vault)).collect()
}

/// At most so many acts for which something is due, the oldest first.
pub async fn due(tx: &mut Tx, now: Instant, most: u32) -> Result<Vec<ActId>, Fault> {
    let rows: Vec<(Uuid,)> = tx
        .all(
            "looking for acts that are due",
            "select id from desk_acts where due_at <= $1 order by due_at, id limit $2",
            values![now, most],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| ActId(id)).collect())
}

/// Notes the second officer's approval. Of any number at the same time, one gets `true` (L7), and
/// none once it is over.
pub async fn approve(
    tx: &mut Tx,
    id: ActId,
    by: &Hand,
    due_at: Instant,
    now: Instant,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "approving an act of the desk",
            "update desk_acts set approved_by = $1, approved_name = $2, approved_at = $3, \
             due_at = $4 where id = $5 and approved_at is null and closed_at is null \
             and due_at > $3 and asked_by <> $1",
            values![by.id, by.name.as_str(), now, due_at, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Notes that the new contact is the member's, as they said in its inbox.
pub async fn confirm(tx: &mut Tx, id: ActId, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "confirming the new contact of an act",
            "update desk_acts set confirmed_at = $1 \
             where id = $2 and confirmed_at is null and closed_at is null",
            values![now, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Ends an act. Of any number of ends at the same time, one gets `true` (L7).
pub async fn close(tx: &mut Tx, id: ActId, end: End, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "ending an act of the desk",
            "update desk_acts set ended = $1, closed_at = $2, due_at = null \
             where id = $3 and closed_at is null",
            values![end.name(), now, id],
        )
        .await?;
    Ok(changed == 1)
}

/// What a link is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The member says "yes, it is me" for a checklist.
    Check,
    /// The member cancels an act.
    Cancel,
    /// Whoever reads a new address says that it is theirs.
    Confirm,
    /// A member who is said to have died says that they are alive.
    Alive,
}

impl Purpose {
    const ALL: [Self; 4] = [Self::Check, Self::Cancel, Self::Confirm, Self::Alive];

    const fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Cancel => "cancel",
            Self::Confirm => "confirm",
            Self::Alive => "alive",
        }
    }

    fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == word)
    }
}

/// A link, and what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is good for.
    pub purpose: Purpose,
    /// Whose account.
    pub account: AccountId,
    /// The id of the check, of the act or of the claim.
    pub subject: Uuid,
    /// It works until then.
    pub expires_at: Instant,
    /// When it was used.
    pub used_at: Option<Instant>,
}

/// Keeps a link under the hash of its token.
pub async fn add_link(tx: &mut Tx, id: &Tag, link: &Link) -> Result<(), Fault> {
    tx.run(
        "keeping a link about the desk",
        "insert into desk_links (id, purpose, account_id, subject_id, expires_at) \
         values ($1, $2, $3, $4, $5)",
        values![id, link.purpose.name(), link.account, link.subject, link.expires_at],
    )
    .await
    .map(drop)
}

/// The link whose token has this hash.
pub async fn link(tx: &mut Tx, id: &Tag) -> Result<Option<Link>, Fault> {
    let row: Option<(String, Uuid, Uuid, i64, Option<i64>)> = tx
        .one(
            "reading a link about the desk",
            "select purpose, account_id, subject_id, expires_at, used_at from desk_links \
             where id = $1",
            values![id],
        )
        .await?;
    let Some((word, account, subject, expires_at, used_at)) = row else { return Ok(None) };
    let purpose = Purpose::named(&word)
        .ok_or_else(|| Fault::new("reading a link about the desk", "desk_links.purpose"))?;
    Ok(Some(Link {
        purpose,
        account: AccountId(account),
        subject,
        expires_at: Instant::from_micros(expires_at),
        used_at: used_at.map(Instant::from_micros),
    }))
}

/// Uses a link up. Of any number at the same time, one gets `true` (L7).
pub async fn use_link(tx: &mut Tx, id: &Tag, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "using a link about the desk",
            "update desk_links set used_at = $1 \
             where id = $2 and used_at is null and expires_at > $1",
            values![now, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Drops links that ended long ago.
pub async fn forget_links_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old links about the desk",
        "delete from desk_links where expires_at < $1",
        values![long_ago],
    )
    .await
}

fn place<'a>(column: &'static str, id: &'a ActId) -> Place<'a> {
    Place("desk_acts", column, id.0.as_bytes())
}
