//! What somebody fills in before a recovery is asked for, page by page.

use payung_domain::ids::{AccountId, RecoveryId};
use payung_domain::keyed::Tag;
use payung_domain::recoveries::{Lost, ProofWay};
use payung_domain::second_factor::Destination;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::recoveries::{channel_of, destination};
use crate::values;
use crate::vault::{Place, Vault};

/// What has been filled in so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The hash of the token in the browser's cookie.
    pub id: Tag,
    /// Whose details were given; none when they are nobody's, or none were given yet.
    pub account: Option<AccountId>,
    /// What such requests are counted on, once details were given.
    pub typed: Option<Tag>,
    /// What is out of reach, once that was said.
    pub lost: Option<Lost>,
    /// The new contact, once it was given.
    pub contact: Option<Destination>,
    /// When it was proved by a code.
    pub confirmed_at: Option<Instant>,
    /// How the member wants to prove who they are, once that was chosen.
    pub way: Option<ProofWay>,
    /// It is kept until then.
    pub expires_at: Instant,
    /// What it became, once it was sent.
    pub recovery: Option<RecoveryId>,
}

impl Draft {
    /// Whether everything is there.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.typed.is_some()
            && self.lost.is_some()
            && self.confirmed_at.is_some()
            && self.way.is_some()
    }
}

#[derive(sqlx::FromRow)]
struct DraftRow {
    account_id: Option<Uuid>,
    typed: Option<Vec<u8>>,
    lost: Option<String>,
    channel: Option<String>,
    sealed_contact: Option<Vec<u8>>,
    confirmed_at: Option<i64>,
    way: Option<String>,
    expires_at: i64,
    recovery_id: Option<Uuid>,
}

impl DraftRow {
    fn draft(self, vault: &Vault, id: Tag) -> Result<Draft, Fault> {
        let nonsense =
            |what| Fault::new("reading a draft of a recovery", format!("recovery_drafts.{what}"));
        let contact = match (self.channel, self.sealed_contact) {
            (Some(channel), Some(sealed)) => {
                let text = vault.open_text(place(&id), &sealed)?;
                Some(destination(&channel, &text).ok_or_else(|| nonsense("contact"))?)
            }
            _ => None,
        };
        let typed = self.typed.map(|tag| Tag::try_from(tag).map_err(|_| nonsense("typed")));
        let lost = self.lost.map(|words| Lost::parse(&words).ok_or_else(|| nonsense("lost")));
        let way = self.way.map(|way| ProofWay::named(&way).ok_or_else(|| nonsense("way")));
        Ok(Draft {
            id,
            account: self.account_id.map(AccountId),
            typed: typed.transpose()?,
            lost: lost.transpose()?,
            contact,
            confirmed_at: self.confirmed_at.map(Instant::from_micros),
            way: way.transpose()?,
            expires_at: Instant::from_micros(self.expires_at),
            recovery: self.recovery_id.map(RecoveryId),
        })
    }
}

const READ: &str = "select account_id, typed, lost, channel, sealed_contact, confirmed_at, way, \
                    expires_at, recovery_id from recovery_drafts where id = $1";

/// Begins one. The same form sent twice gives the same id, and the first one stays.
pub async fn begin(tx: &mut Tx, id: &Tag, now: Instant, expires_at: Instant) -> Result<(), Fault> {
    tx.run(
        "beginning a draft of a recovery",
        "insert into recovery_drafts (id, begun_at, expires_at) values ($1, $2, $3) \
         on conflict (id) do nothing",
        values![id, now, expires_at],
    )
    .await
    .map(drop)
}

/// The draft of this id.
pub async fn get(tx: &mut Tx, vault: &Vault, id: &Tag) -> Result<Option<Draft>, Fault> {
    let row: Option<DraftRow> = tx.one("reading a draft of a recovery", READ, values![id]).await?;
    row.map(|row| row.draft(vault, *id)).transpose()
}

/// The draft of this id, its row locked: whoever comes second sees what the first one did.
pub async fn locked(tx: &mut Tx, vault: &Vault, id: &Tag) -> Result<Option<Draft>, Fault> {
    let row: Option<DraftRow> =
        tx.one_locked("reading a draft of a recovery", READ, values![id]).await?;
    row.map(|row| row.draft(vault, *id)).transpose()
}

/// Keeps whose details were given.
pub async fn name(
    tx: &mut Tx,
    id: &Tag,
    typed: &Tag,
    account: Option<AccountId>,
) -> Result<(), Fault> {
    tx.run(
        "noting whose recovery it is",
        "update recovery_drafts set typed = $1, account_id = $2 \
         where id = $3 and recovery_id is null",
        values![typed, account, id],
    )
    .await
    .map(drop)
}

/// Keeps what is out of reach.
pub async fn lose(tx: &mut Tx, id: &Tag, lost: Lost) -> Result<(), Fault> {
    tx.run(
        "noting what is out of reach",
        "update recovery_drafts set lost = $1 where id = $2 and recovery_id is null",
        values![lost.to_string(), id],
    )
    .await
    .map(drop)
}

/// Keeps a new contact, which is to be proved.
pub async fn reach(tx: &mut Tx, vault: &Vault, id: &Tag, to: &Destination) -> Result<(), Fault> {
    let sealed = vault.seal(place(id), to.expose().as_bytes())?;
    tx.run(
        "noting a new contact",
        "update recovery_drafts set channel = $1, sealed_contact = $2, confirmed_at = null \
         where id = $3 and recovery_id is null",
        values![channel_of(to), sealed, id],
    )
    .await
    .map(drop)
}

/// Notes that the new contact was proved.
pub async fn confirm(tx: &mut Tx, id: &Tag, now: Instant) -> Result<(), Fault> {
    tx.run(
        "noting that a new contact was proved",
        "update recovery_drafts set confirmed_at = $1 where id = $2 and recovery_id is null",
        values![now, id],
    )
    .await
    .map(drop)
}

/// Keeps how the member wants to prove who they are.
pub async fn choose(tx: &mut Tx, id: &Tag, way: ProofWay) -> Result<(), Fault> {
    tx.run(
        "noting how somebody will prove who they are",
        "update recovery_drafts set way = $1 where id = $2 and recovery_id is null",
        values![way.name(), id],
    )
    .await
    .map(drop)
}

/// Notes what the draft became. Of any number at the same time, one gets `true` (L7). The contact
/// has no more business here.
pub async fn send(tx: &mut Tx, id: &Tag, recovery: RecoveryId) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "noting what a draft became",
            "update recovery_drafts set recovery_id = $1, channel = null, sealed_contact = null \
             where id = $2 and recovery_id is null",
            values![recovery, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Drops drafts whose time is over.
pub async fn forget_before(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old drafts of recoveries",
        "delete from recovery_drafts where expires_at < $1",
        values![now],
    )
    .await
}

fn place(id: &Tag) -> Place<'_> {
    Place("recovery_drafts", "contact", id)
}
