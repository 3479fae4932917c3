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
    proved_at: i64,
    expires_at: i64,
    idle_micros: i64,
    way: String,
    device: String,
    ended_at: Option<i64>,
}

impl SessionRow {
    fn session(self) -> Result<Session, Fault> {
        Ok(Session {
            account: AccountId(self.account_id),
            created_at: Instant::from_micros(self.created_at),
            seen_at: Instant::from_micros(self.seen_at),
            proved_at: Instant::from_micros(self.proved_at),
            expires_at: Instant::from_micros(self.expires_at),
            idle: Duration::from_micros(u64::try_from(self.idle_micros).unwrap_or(0)),
            way: Way::named(&self.way)
                .ok_or_else(|| Fault::new("reading a session", "sessions.way is unknown"))?,
            device: self.device,
            ended_at: self.ended_at.map(Instant::from_micros),
        })
    }
}

/// Keeps a new session under the hash of its token.
pub async fn open(tx: &mut Tx, id: &Tag, session: &Session) -> Result<(), Fault> {
    tx.run(
        "opening a session",
        "insert into sessions (account_id, id, created_at, seen_at, proved_at, expires_at, \
         idle_micros, way, device) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        values![
            session.account,
            id,
            session.created_at,
            session.seen_at,
            session.proved_at,
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
            "select account_id, created_at, seen_at, proved_at, expires_at, idle_micros, way, \
             device, ended_at from sessions where id = $1",
            values![id],
        )
        .await?;
    row.map(SessionRow::session).transpose()
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

/// Notes that the member proved again who they are, under the hash of a new token: the old one is
/// dead from here on (H-02). `false` when the session is over.
pub async fn prove(
    tx: &mut Tx,
    id: &Tag,
    new_id: &Tag,
    way: Way,
    now: Instant,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "noting a proof",
            "update sessions set id = $1, way = $2, proved_at = $3, seen_at = $3 \
             where id = $4 and ended_at is null and expires_at > $3",
            values![new_id, way.name(), now, id],
        )
        .await?;
    Ok(changed == 1)
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

/// The live sessions of an account with the hashes of their tokens, the newest first.
pub async fn live(
    tx: &mut Tx,
    account: AccountId,
    now: Instant,
) -> Result<Vec<(Tag, Session)>, Fault> {
    #[derive(sqlx::FromRow)]
    struct Row {
        id: Vec<u8>,
        #[sqlx(flatten)]
        session: SessionRow,
    }
    let rows: Vec<Row> = tx
        .all(
            "listing the sessions of an account",
            "select id, account_id, created_at, seen_at, proved_at, expires_at, idle_micros, way, \
             device, ended_at from sessions where account_id = $1 and ended_at is null \
             and expires_at > $2 and seen_at + idle_micros > $2 order by created_at desc, id",
            values![account, now],
        )
        .await?;
    rows.into_iter()
        .map(|row| {
            let id = Tag::try_from(row.id).map_err(|_| {
                Fault::new("listing the sessions of an account", "sessions.id is no hash")
            })?;
            Ok((id, row.session.session()?))
        })
        .collect()
}

/// Ends every session of an account but one; answers how many of them were live.
///
/// Quiet ones end too: a page that was asked for a moment ago may still be about to keep one up.
pub async fn end_others(
    tx: &mut Tx,
    account: AccountId,
    kept: &Tag,
    now: Instant,
) -> Result<u64, Fault> {
    let others = live(tx, account, now).await?.into_iter().filter(|(id, _)| id != kept).count();
    tx.run(
        "ending the other sessions",
        "update sessions set ended_at = $1 \
         where account_id = $2 and id <> $3 and ended_at is null",
        values![now, account, kept],
    )
    .await?;
    Ok(u64::try_from(others).unwrap_or(u64::MAX))
}

/// Ends every session of an account, quiet ones too.
pub async fn end_all(tx: &mut Tx, account: AccountId, now: Instant) -> Result<(), Fault> {
    tx.run(
        "ending all sessions",
        "update sessions set ended_at = $1 where account_id = $2 and ended_at is null",
        values![now, account],
    )
    .await
    .map(drop)
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

/// Forgets every browser an account was signed in from: each of them is a new one again.
pub async fn forget_devices(tx: &mut Tx, account: AccountId) -> Result<u64, Fault> {
    tx.run(
        "forgetting the devices of an account",
        "delete from devices where account_id = $1",
        values![account],
    )
    .await
}
