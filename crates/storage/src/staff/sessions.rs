//! Sessions at the desk. They share nothing with those of members.

use payung_domain::ids::StaffId;
use payung_domain::keyed::Tag;
use payung_domain::staff::Session;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

#[derive(sqlx::FromRow)]
struct SessionRow {
    staff_id: Uuid,
    created_at: i64,
    seen_at: i64,
    proved_at: i64,
    ended_at: Option<i64>,
}

impl SessionRow {
    fn session(self) -> Session {
        Session {
            staff: StaffId(self.staff_id),
            created_at: Instant::from_micros(self.created_at),
            seen_at: Instant::from_micros(self.seen_at),
            proved_at: Instant::from_micros(self.proved_at),
            ended_at: self.ended_at.map(Instant::from_micros),
        }
    }
}

/// Opens a session under the hash of its token: seen and proved now.
pub async fn open(tx: &mut Tx, id: &Tag, staff: StaffId, now: Instant) -> Result<(), Fault> {
    tx.run(
        "opening a staff session",
        "insert into staff_sessions (id, staff_id, created_at, seen_at, proved_at) \
         values ($1, $2, $3, $3, $3)",
        values![id, staff, now],
    )
    .await
    .map(drop)
}

/// The session whose token has this hash, live or not.
pub async fn get(tx: &mut Tx, id: &Tag) -> Result<Option<Session>, Fault> {
    let row: Option<SessionRow> = tx
        .one(
            "reading a staff session",
            "select staff_id, created_at, seen_at, proved_at, ended_at from staff_sessions \
             where id = $1",
            values![id],
        )
        .await?;
    Ok(row.map(SessionRow::session))
}

/// Notes that a page was asked for.
pub async fn touch(tx: &mut Tx, id: &Tag, now: Instant) -> Result<(), Fault> {
    tx.run(
        "noting a page at the desk",
        "update staff_sessions set seen_at = $1 \
         where id = $2 and seen_at < $1 and ended_at is null",
        values![now, id],
    )
    .await
    .map(drop)
}

/// Notes that a passkey was used again, under the hash of a new token: the old one is dead from here
/// on (H-02). `false` when the session is over.
pub async fn prove(tx: &mut Tx, id: &Tag, new_id: &Tag, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "noting a proof at the desk",
            "update staff_sessions set id = $1, proved_at = $2, seen_at = $2 \
             where id = $3 and ended_at is null",
            values![new_id, now, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Ends a session; `true` for the one who ended it.
pub async fn end(tx: &mut Tx, id: &Tag, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "ending a staff session",
            "update staff_sessions set ended_at = $1 where id = $2 and ended_at is null",
            values![now, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Ends every session of somebody.
pub async fn end_all(tx: &mut Tx, staff: StaffId, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "ending the sessions of staff",
        "update staff_sessions set ended_at = $1 where staff_id = $2 and ended_at is null",
        values![now, staff],
    )
    .await
}

/// Drops sessions that began long ago: none lasts so long.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old staff sessions",
        "delete from staff_sessions where created_at < $1",
        values![long_ago],
    )
    .await
}
