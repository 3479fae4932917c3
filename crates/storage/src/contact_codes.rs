//! Codes that prove a contact outside of a sign-in. What they are worth is decided in the flow.

use payung_domain::keyed::Tag;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::sign_ins::SentCode;
use crate::values;

/// Where a code belongs.
#[derive(Clone, Copy, Debug)]
pub struct Belonging<'a> {
    /// The undertaking it was asked for in.
    pub undertaking: &'a Tag,
    /// The keyed index of where it went.
    pub destination: &'a Tag,
}

/// Keeps the tag of a code.
pub async fn add(
    tx: &mut Tx,
    id: Uuid,
    belonging: Belonging<'_>,
    tag: &Tag,
    now: Instant,
    expires_at: Instant,
) -> Result<(), Fault> {
    let Belonging { undertaking, destination } = belonging;
    tx.run(
        "keeping a code for a contact",
        "insert into contact_codes (undertaking, id, destination, code_tag, sent_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6)",
        values![undertaking, id, destination, tag, now, expires_at],
    )
    .await
    .map(drop)
}

/// The codes that went to one destination in one undertaking, newest first.
pub async fn of(tx: &mut Tx, belonging: Belonging<'_>) -> Result<Vec<(SentCode, Vec<u8>)>, Fault> {
    #[derive(sqlx::FromRow)]
    struct CodeRow {
        #[sqlx(flatten)]
        sent: SentCode,
        code_tag: Vec<u8>,
    }
    let rows: Vec<CodeRow> = tx
        .all(
            "reading the codes for a contact",
            "select id, sent_at, expires_at, used_at, voided_at, code_tag from contact_codes \
             where undertaking = $1 and destination = $2 order by sent_at desc",
            values![belonging.undertaking, belonging.destination],
        )
        .await?;
    Ok(rows.into_iter().map(|row| (row.sent, row.code_tag)).collect())
}

/// Uses a code up. Of any number at the same time, one gets `true` (L7).
pub async fn use_up(tx: &mut Tx, undertaking: &Tag, id: Uuid, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "using a code for a contact",
            "update contact_codes set used_at = $1 where undertaking = $2 and id = $3 \
             and used_at is null and voided_at is null and expires_at > $1",
            values![now, undertaking, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Voids every code of an undertaking that would still count (B-04).
pub async fn void_of(tx: &mut Tx, undertaking: &Tag, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "voiding the codes of an undertaking",
        "update contact_codes set voided_at = $1 where undertaking = $2 and expires_at > $1 \
         and used_at is null and voided_at is null",
        values![now, undertaking],
    )
    .await
}

/// Voids every code that went to a destination and would still count, whoever asked for it.
pub async fn void_to(tx: &mut Tx, destination: &Tag, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "voiding the codes for a contact",
        "update contact_codes set voided_at = $1 where destination = $2 and expires_at > $1 \
         and used_at is null and voided_at is null",
        values![now, destination],
    )
    .await
}

/// Drops codes that nobody can type in any more.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old codes for contacts",
        "delete from contact_codes where expires_at < $1",
        values![long_ago],
    )
    .await
}
