//! Sessions and the devices they were opened on.

use std::time::Duration;

use payung_domain::ids::AccountId;
use payung_domain::keyed::Tag;
use payung_domain::second_factor::Way;
use payung_domain::sessions::Session;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

#[derive(sqlx::FromRow)]
struct SessionRow {
    account_id: Uuid,
    created_at: i64,
    seen_at: i64,
    expires_at: i64,
    idle_micros: i64,
    way: String,
    device: String,
    ended_at: Option<i64>,
}

/// Keeps a new session under the hash of its token.
pub async fn open(tx: &mut Tx, id: &Tag, session: &Session) -> Result<(), Fault> {
    tx.run(
        "opening a session",
        "insert into sessions (account_id, id, created_at, seen_at, expires_at, idle_micros, way, \
         device) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![
            session.account,
            id,
            session.created_at,
            session.seen_at,
            session.expires_at,
            i64::try_from(session.idle.as_micros()).unwrap_or(i64::MAX),
            session.way.name(),
            &*session.device
        ],
    )
    .await
    .map(drop)
}

/// The session whose token has this hash, live or not.
pub async fn get(tx: &mut Tx, id: &Tag) -> Result<Option<Session>, Fault> {
    let row: Option<SessionRow> = tx
        .one(
            "reading a session",
            "select account_id, created_at, seen_at, expires_at, idle_micros, way, device, \
             ended_at from sessions where id = $1",
            values![id],
        )
        .await?;
    row.map(|row| {
        Ok(Session {
            account: AccountId(row.account_id),
            created_at: Instant::from_micros(row.created_at),
            seen_at: Instant::from_micros(row.seen_at),
            expires_at: Instant::from_micros(row.expires_at),
            idle: Duration::from_micros(u64::try_from(row.idle_micros).unwrap_or(0)),
            way: Way::named(&row.way)
                .ok_or_else(|| Fault::new("reading a session", "sessions.way is unknown"))?,
            device: row.device,
            ended_at: row.ended_at.map(Instant::from_micros),
        })
    })
    .transpose()
}

/// Notes that a page was asked for.
pub async fn touch(tx: &mut Tx, id: &Tag, now: Instant) -> Result<(), Fault> {
    tx.run(
        "noting a page",
        "update sessions set seen_at = $1 where id = $2 and seen_at < $1 and ended_at is null",
        values![now, id],
    )
    .await
    .map(drop)
}

/// Ends a session; `true` for the one who ended it.
pub async fn end(tx: &mut Tx, id: &Tag, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "ending a session",
            "update sessions set ended_at = $1 where id = $2 and ended_at is null",
            values![now, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Ends the oldest live sessions of an account beyond the newest `keep` (H-08).
pub async fn end_beyond(
    tx: &mut Tx,
    account: AccountId,
    keep: u32,
    now: Instant,
) -> Result<u64, Fault> {
    tx.run(
        "ending the oldest sessions",
        "update sessions set ended_at = $1 where account_id = $2 and ended_at is null \
         and id not in (select id from sessions where account_id = $2 and ended_at is null \
         and expires_at > $1 order by created_at desc, id limit $3)",
        values![now, account, keep],
    )
    .await
}

/// Drops sessions that ended long ago.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run("dropping old sessions", "delete from sessions where expires_at < $1", values![long_ago])
        .await
}

/// Whether this browser is new to an account that has been used from others before.
pub async fn meet_device(
    tx: &mut Tx,
    account: AccountId,
    device: &Tag,
    now: Instant,
) -> Result<bool, Fault> {
    let known: Vec<(Vec<u8>,)> = tx
        .all(
            "reading the devices of an account",
            "select id from devices where account_id = $1",
            values![account],
        )
        .await?;
    tx.run(
        "noting a device",
        "insert into devices (account_id, id, first_seen_at, last_seen_at) \
         values ($1, $2, $3, $3) on conflict (account_id, id) do update set last_seen_at = $3",
        values![account, device, now],
    )
    .await?;
    Ok(!known.is_empty() && !known.iter().any(|(id,)| id == device))
}
