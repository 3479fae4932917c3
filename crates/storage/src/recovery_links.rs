//! Links that stop a recovery, and links that finish it, each under the hash of its token.

use payung_domain::ids::RecoveryId;
use payung_domain::keyed::Tag;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

/// What a link is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The owner stops the recovery.
    Stop,
    /// The new contact sets a password.
    Finish,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Finish => "finish",
        }
    }
}

/// A link, and what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The recovery.
    pub recovery: RecoveryId,
    /// It works until then.
    pub expires_at: Instant,
    /// When it was used.
    pub used_at: Option<Instant>,
    /// When a newer one took its place.
    pub replaced_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct LinkRow {
    recovery_id: Uuid,
    expires_at: i64,
    used_at: Option<i64>,
    replaced_at: Option<i64>,
}

/// Keeps a link.
pub async fn add(
    tx: &mut Tx,
    id: &Tag,
    purpose: Purpose,
    recovery: RecoveryId,
    expires_at: Instant,
) -> Result<(), Fault> {
    tx.run(
        "keeping a link of a recovery",
        "insert into recovery_links (id, recovery_id, purpose, expires_at) \
         values ($1, $2, $3, $4)",
        values![id, recovery, purpose.name(), expires_at],
    )
    .await
    .map(drop)
}

/// The link for this purpose whose token has this hash.
pub async fn get(tx: &mut Tx, id: &Tag, purpose: Purpose) -> Result<Option<Link>, Fault> {
    let row: Option<LinkRow> = tx
        .one(
            "reading a link of a recovery",
            "select recovery_id, expires_at, used_at, replaced_at from recovery_links \
             where id = $1 and purpose = $2",
            values![id, purpose.name()],
        )
        .await?;
    Ok(row.map(|row| Link {
        recovery: RecoveryId(row.recovery_id),
        expires_at: Instant::from_micros(row.expires_at),
        used_at: row.used_at.map(Instant::from_micros),
        replaced_at: row.replaced_at.map(Instant::from_micros),
    }))
}

/// Uses a link up. Of any number at the same time, one gets `true` (L7).
pub async fn use_up(tx: &mut Tx, id: &Tag, purpose: Purpose, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "using a link of a recovery",
            "update recovery_links set used_at = $1 where id = $2 and purpose = $3 \
             and used_at is null and replaced_at is null and expires_at > $1",
            values![now, id, purpose.name()],
        )
        .await?;
    Ok(changed == 1)
}

/// Puts a newer link in the place of every one for this purpose that still works.
pub async fn replace(
    tx: &mut Tx,
    recovery: RecoveryId,
    purpose: Purpose,
    now: Instant,
) -> Result<u64, Fault> {
    tx.run(
        "replacing older links of a recovery",
        "update recovery_links set replaced_at = $1 where recovery_id = $2 and purpose = $3 \
         and used_at is null and replaced_at is null and expires_at > $1",
        values![now, recovery, purpose.name()],
    )
    .await
}
