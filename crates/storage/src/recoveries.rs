//! Staged recoveries. What one is worth, and what comes next, is `domain::recoveries`' business.
//!
//! Whatever changes one is a single statement that asks whether it may: of a stop and an end at the
//! same time, one happens (L7).

use payung_domain::contact::{Email, Phone};
use payung_domain::ids::{AccountId, RecoveryId};
use payung_domain::language::Language;
use payung_domain::recoveries::{
    Document, End, LIFE, Lost, Officer, Proof, ProofWay, Recorded, Recovery, RecoveryReference,
    STOPPABLE,
};
use payung_domain::second_factor::Destination;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

/// A recovery as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: RecoveryId,
    /// What the member has in hand.
    pub reference: RecoveryReference,
    /// What decides.
    pub recovery: Recovery,
    /// The new contact, which was proved by a code.
    pub contact: Destination,
    /// The language it was asked for in.
    pub language: Language,
    /// How the member wants to prove who they are.
    pub way: ProofWay,
    /// The device it was asked for on, in words.
    pub device: String,
}

#[derive(sqlx::FromRow)]
struct RecoveryRow {
    id: Uuid,
    reference: String,
    account_id: Option<Uuid>,
    language: String,
    channel: String,
    sealed_contact: Vec<u8>,
    lost: String,
    way: String,
    device: String,
    asked_at: i64,
    warned_at: Option<i64>,
    warnings: i64,
    proved_way: Option<String>,
    document: Option<String>,
    proved_lost: Option<String>,
    first_officer: Option<String>,
    first_at: Option<i64>,
    second_officer: Option<String>,
    proved_at: Option<i64>,
    invited_at: Option<i64>,
    ended: Option<String>,
    closed_at: Option<i64>,
}

impl RecoveryRow {
    fn kept(self, vault: &Vault) -> Result<Kept, Fault> {
        let nonsense =
            |what: &str| Fault::new("reading a recovery", format!("recoveries.{what} {}", self.id));
        let id = RecoveryId(self.id);
        let text = vault.open_text(place(&id), &self.sealed_contact)?;
        let proof = self.recorded().ok_or_else(|| nonsense("proof"))?;
        let end = match (self.ended.as_deref(), self.closed_at) {
            (Some(end), Some(at)) => {
                let end = End::named(end).ok_or_else(|| nonsense("ended"))?;
                Some((end, Instant::from_micros(at)))
            }
            _ => None,
        };
        Ok(Kept {
            id,
            reference: RecoveryReference::parse(&self.reference)
                .ok_or_else(|| nonsense("reference"))?,
            recovery: Recovery {
                account: self.account_id.map(AccountId),
                asked_at: Instant::from_micros(self.asked_at),
                lost: Lost::parse(&self.lost).ok_or_else(|| nonsense("lost"))?,
                warned_at: self.warned_at.map(Instant::from_micros),
                warnings: usize::try_from(self.warnings).map_err(|_| nonsense("warnings"))?,
                proof,
                invited_at: self.invited_at.map(Instant::from_micros),
                end,
            },
            contact: destination(&self.channel, &text).ok_or_else(|| nonsense("contact"))?,
            language: Language::tagged(&self.language).ok_or_else(|| nonsense("language"))?,
            way: ProofWay::named(&self.way).ok_or_else(|| nonsense("way"))?,
            device: self.device,
        })
    }

    /// What officers saw, if one did; nothing at all where the row makes no sense.
    #[expect(clippy::option_option, reason = "no proof yet is something else than nonsense")]
    fn recorded(&self) -> Option<Option<Recorded>> {
        let Some(by) = &self.first_officer else { return Some(None) };
        let confirmed = match (&self.second_officer, self.proved_at) {
            (Some(officer), Some(at)) => Some((Officer::parse(officer)?, Instant::from_micros(at))),
            _ => None,
        };
        Some(Some(Recorded {
            proof: Proof {
                way: ProofWay::named(self.proved_way.as_deref()?)?,
                document: Document::named(self.document.as_deref()?)?,
                lost: Lost::parse(self.proved_lost.as_deref()?)?,
            },
            by: Officer::parse(by)?,
            at: Instant::from_micros(self.first_at?),
            confirmed,
        }))
    }
}

macro_rules! read {
    ($which:literal) => {
        concat!(
            "select id, reference, account_id, language, channel, sealed_contact, lost, way, \
             device, asked_at, warned_at, warnings, proved_way, document, proved_lost, \
             first_officer, first_at, second_officer, proved_at, invited_at, ended, closed_at \
             from recoveries where ",
            $which
        )
    };
}

/// Keeps a recovery. `false` when its account has an open one, or somebody has its reference.
pub async fn add(tx: &mut Tx, vault: &Vault, kept: &Kept) -> Result<bool, Fault> {
    let sealed = vault.seal(place(&kept.id), kept.contact.expose().as_bytes())?;
    let recovery = &kept.recovery;
    let changed = tx
        .run(
            "keeping a recovery",
            "insert into recoveries (id, reference, account_id, language, channel, \
             sealed_contact, lost, way, device, asked_at, warnings, due_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11) on conflict do nothing",
            values![
                kept.id,
                kept.reference.as_str(),
                recovery.account,
                kept.language.tag(),
                channel_of(&kept.contact),
                sealed,
                recovery.lost.to_string(),
                kept.way.name(),
                &*kept.device,
                recovery.asked_at,
                due_at(recovery)
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// The recovery of this id.
pub async fn get(tx: &mut Tx, vault: &Vault, id: RecoveryId) -> Result<Option<Kept>, Fault> {
    let row: Option<RecoveryRow> =
        tx.one("reading a recovery", read!("id = $1"), values![id]).await?;
    row.map(|row| row.kept(vault)).transpose()
}

/// The recovery of this id, its row locked: whoever comes second sees what the first one did.
pub async fn locked(tx: &mut Tx, vault: &Vault, id: RecoveryId) -> Result<Option<Kept>, Fault> {
    let row: Option<RecoveryRow> =
        tx.one_locked("reading a recovery", read!("id = $1"), values![id]).await?;
    row.map(|row| row.kept(vault)).transpose()
}

/// The recovery with this reference.
pub async fn referred(
    tx: &mut Tx,
    vault: &Vault,
    reference: &RecoveryReference,
) -> Result<Option<Kept>, Fault> {
    let row: Option<RecoveryRow> = tx
        .one("looking up a recovery", read!("reference = $1"), values![reference.as_str()])
        .await?;
    row.map(|row| row.kept(vault)).transpose()
}

/// The open recovery of an account.
pub async fn open_of(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
) -> Result<Option<Kept>, Fault> {
    let row: Option<RecoveryRow> = tx
        .one(
            "reading the recovery of an account",
            read!("account_id = $1 and closed_at is null"),
            values![account],
        )
        .await?;
    row.map(|row| row.kept(vault)).transpose()
}

/// Every recovery that was asked for since a moment, newest first; only open ones, if so wished.
pub async fn list(
    tx: &mut Tx,
    vault: &Vault,
    only_open: bool,
    most: u32,
) -> Result<Vec<Kept>, Fault> {
    let rows: Vec<RecoveryRow> = tx
        .all(
            "listing recoveries",
            read!("(closed_at is null or $1 = 0) order by asked_at desc, id limit $2"),
            values![i64::from(only_open), most],
        )
        .await?;
    rows.into_iter().map(|row| row.kept(vault)).collect()
}

/// Recoveries about which something is to be done now, the longest due first.
pub async fn due(tx: &mut Tx, now: Instant, most: u32) -> Result<Vec<RecoveryId>, Fault> {
    let rows: Vec<(Uuid,)> = tx
        .all(
            "looking for recoveries that wait for us",
            "select id from recoveries where due_at <= $1 and closed_at is null \
             order by due_at limit $2",
            values![now, most],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| RecoveryId(id)).collect())
}

/// Notes that the owner was warned, after so many warnings before. Of two workers, one gets `true`.
pub async fn note_warning(
    tx: &mut Tx,
    id: RecoveryId,
    before: usize,
    warned: &Recovery,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "noting that an owner was warned",
            "update recoveries set warned_at = $1, warnings = $2, due_at = $3 \
             where id = $4 and warnings = $5 and closed_at is null",
            values![warned.warned_at, count(warned.warnings), due_at(warned), id, count(before)],
        )
        .await?;
    Ok(changed == 1)
}

/// Notes that the new contact was invited to finish it. Of two workers, one gets `true`.
pub async fn note_invitation(
    tx: &mut Tx,
    id: RecoveryId,
    invited: &Recovery,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "noting that a new contact was invited",
            "update recoveries set invited_at = $1, due_at = $2 \
             where id = $3 and invited_at is null and closed_at is null",
            values![invited.invited_at, due_at(invited), id],
        )
        .await?;
    Ok(changed == 1)
}

/// Records what the first officer saw.
pub async fn record_first(tx: &mut Tx, id: RecoveryId, recorded: &Recorded) -> Result<bool, Fault> {
    let proof = recorded.proof;
    let changed = tx
        .run(
            "recording a proof",
            "update recoveries set proved_way = $1, document = $2, proved_lost = $3, \
             first_officer = $4, first_at = $5 \
             where id = $6 and first_officer is null and closed_at is null \
             and account_id is not null",
            values![
                proof.way.name(),
                proof.document.name(),
                proof.lost.to_string(),
                recorded.by.as_str(),
                recorded.at,
                id
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// Records that a second officer, who is another one, saw the same.
pub async fn record_second(
    tx: &mut Tx,
    id: RecoveryId,
    officer: &Officer,
    proved: &Recovery,
    now: Instant,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "recording the second look at a proof",
            "update recoveries set second_officer = $1, proved_at = $2, due_at = $3 \
             where id = $4 and first_officer is not null and first_officer <> $1 \
             and proved_at is null and closed_at is null",
            values![officer.as_str(), now, due_at(proved), id],
        )
        .await?;
    Ok(changed == 1)
}

/// Ends a recovery without opening anything. Of any number at the same time, one gets `true`.
pub async fn close(tx: &mut Tx, id: RecoveryId, end: End, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "closing a recovery",
            "update recoveries set ended = $1, closed_at = $2, due_at = null \
             where id = $3 and closed_at is null",
            values![end.name(), now, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Ends a recovery with a new password. Only one that is proved, whose owner was warned 72 hours
/// ago, and that nobody stopped, all in one statement, so that nothing comes between (G-07, L7).
pub async fn finish(tx: &mut Tx, id: RecoveryId, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "finishing a recovery",
            "update recoveries set ended = $1, closed_at = $2, due_at = null \
             where id = $3 and closed_at is null and account_id is not null \
             and proved_at is not null and second_officer <> first_officer \
             and warned_at <= $4 and asked_at > $5",
            values![End::Done.name(), now, id, now.minus(STOPPABLE), now.minus(LIFE)],
        )
        .await?;
    Ok(changed == 1)
}

/// The recovery that an account was last opened with, if it was since that moment.
pub async fn last_done(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    since: Instant,
) -> Result<Option<Kept>, Fault> {
    let row: Option<RecoveryRow> = tx
        .one(
            "asking how an account was recovered",
            read!(
                "account_id = $1 and ended = $2 and closed_at > $3 \
                 order by closed_at desc limit 1"
            ),
            values![account, End::Done.name(), since],
        )
        .await?;
    row.map(|row| row.kept(vault)).transpose()
}

/// Notes that the owner undid a recovery that was done. Of any number at the same time, one gets
/// `true`.
pub async fn note_undone(tx: &mut Tx, id: RecoveryId) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "noting that a recovery was undone",
            "update recoveries set ended = $1 where id = $2 and ended = $3",
            values![End::Undone.name(), id, End::Done.name()],
        )
        .await?;
    Ok(changed == 1)
}

/// Keeps what an officer did about a recovery.
pub async fn add_act(tx: &mut Tx, vault: &Vault, id: RecoveryId, act: &Act) -> Result<(), Fault> {
    let sealed = vault.seal(act_place(&act.id), act.reason.as_bytes())?;
    tx.run(
        "keeping what an officer did",
        "insert into recovery_acts (recovery_id, happened_at, id, officer, act, sealed_reason) \
         values ($1, $2, $3, $4, $5, $6)",
        values![id, act.at, act.id, act.officer.as_str(), &*act.what, sealed],
    )
    .await
    .map(drop)
}

/// Something an officer did about a recovery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Instant,
    /// Who.
    pub officer: Officer,
    /// What: `shown`, `proved`, `confirmed`, `refused`.
    pub what: String,
    /// Why. Personal data may be in it.
    pub reason: String,
}

/// What officers did about a recovery, the first first.
pub async fn acts(tx: &mut Tx, vault: &Vault, id: RecoveryId) -> Result<Vec<Act>, Fault> {
    let rows: Vec<(Uuid, i64, String, String, Vec<u8>)> = tx
        .all(
            "reading what officers did",
            "select id, happened_at, officer, act, sealed_reason from recovery_acts \
             where recovery_id = $1 order by happened_at, id",
            values![id],
        )
        .await?;
    rows.into_iter()
        .map(|(id, at, officer, what, sealed)| {
            let officer = Officer::parse(&officer).ok_or_else(|| {
                Fault::new("reading what officers did", format!("recovery_acts.officer {id}"))
            })?;
            let reason = vault.open_text(act_place(&id), &sealed)?;
            Ok(Act { id, at: Instant::from_micros(at), officer, what, reason })
        })
        .collect()
}

/// Drops recoveries that ended long ago.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old recoveries",
        "delete from recoveries where closed_at < $1",
        values![long_ago],
    )
    .await
}

/// The word for a kind of contact.
pub(crate) const fn channel_of(to: &Destination) -> &'static str {
    match to {
        Destination::Sms(_) => "sms",
        Destination::Email(_) => "email",
    }
}

/// The contact of this kind that is written so.
pub(crate) fn destination(channel: &str, text: &str) -> Option<Destination> {
    match channel {
        "sms" => Phone::parse(text).ok().map(Destination::Sms),
        "email" => Email::parse(text).ok().map(Destination::Email),
        _ => None,
    }
}

fn due_at(recovery: &Recovery) -> Option<Instant> {
    recovery.next_step().map(|(_, at)| at)
}

fn count(warnings: usize) -> u32 {
    u32::try_from(warnings).unwrap_or(u32::MAX)
}

fn place(id: &RecoveryId) -> Place<'_> {
    Place("recoveries", "contact", id.0.as_bytes())
}

fn act_place(id: &Uuid) -> Place<'_> {
    Place("recovery_acts", "reason", id.as_bytes())
}
