//! Counters of tries, and of requests by address. What a count means is `domain::lockout`'s
//! business.

use payung_domain::keyed::Tag;
use payung_domain::lockout::Counter;
use payung_domain::suspicion::Seen;
use payung_domain::time::Instant;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

/// The counter of a subject, its row locked, so that the next try waits for this one's verdict.
pub async fn locked(tx: &mut Tx, subject: &Tag, now: Instant) -> Result<Counter, Fault> {
    tx.run(
        "beginning to count tries",
        "insert into throttles (subject, misses, paused_until, updated_at) \
         values ($1, 0, 0, $2) on conflict (subject) do nothing",
        values![subject, now],
    )
    .await?;
    let row: Option<(i64, i64)> = tx
        .one_locked(
            "reading a count of tries",
            "select misses, paused_until from throttles where subject = $1",
            values![subject],
        )
        .await?;
    Ok(row.map_or(Counter::NEW, counter))
}

/// The counter of a subject.
pub async fn get(tx: &mut Tx, subject: &Tag) -> Result<Counter, Fault> {
    let row: Option<(i64, i64)> = tx
        .one(
            "reading a count of tries",
            "select misses, paused_until from throttles where subject = $1",
            values![subject],
        )
        .await?;
    Ok(row.map_or(Counter::NEW, counter))
}

/// Keeps a counter.
pub async fn set(tx: &mut Tx, subject: &Tag, counter: Counter, now: Instant) -> Result<(), Fault> {
    tx.run(
        "counting a try",
        "insert into throttles (subject, misses, paused_until, updated_at) \
         values ($1, $2, $3, $4) on conflict (subject) do update set \
         misses = excluded.misses, paused_until = excluded.paused_until, \
         updated_at = excluded.updated_at",
        values![subject, counter.misses, counter.paused_until, now],
    )
    .await
    .map(drop)
}

/// Writes a counter as it is: the same cost as noting a miss of somebody who exists.
pub async fn touch(tx: &mut Tx, subject: &Tag, now: Instant) -> Result<(), Fault> {
    tx.run(
        "touching a count of tries",
        "update throttles set updated_at = $1 where subject = $2",
        values![now, subject],
    )
    .await
    .map(drop)
}

/// Forgets the misses of a subject, after a success.
pub async fn clear(tx: &mut Tx, subject: &Tag) -> Result<(), Fault> {
    tx.run("forgetting misses", "delete from throttles where subject = $1", values![subject])
        .await
        .map(drop)
}

/// Counts a request in its minute; answers how many there are now, this one included.
pub async fn count_request(tx: &mut Tx, subject: &Tag, now: Instant) -> Result<u32, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "counting a request",
            "insert into address_counts (subject, minute, requests) values ($1, $2, 1) \
             on conflict (subject, minute) do update set requests = address_counts.requests + 1 \
             returning requests",
            values![subject, minute_of(now)],
        )
        .await?;
    Ok(row.map_or(1, |(requests,)| u32::try_from(requests).unwrap_or(u32::MAX)))
}

/// Notes that somebody missed on something; the same pair is one, however often.
pub async fn note_miss(tx: &mut Tx, source: &Tag, target: &Tag, now: Instant) -> Result<(), Fault> {
    tx.run(
        "noting who missed on what",
        "insert into misses (source, target, missed_at) values ($1, $2, $3) \
         on conflict (source, target) do update set missed_at = $3",
        values![source, target, now],
    )
    .await
    .map(drop)
}

/// On how many different things somebody missed since a moment.
pub async fn misses_of(tx: &mut Tx, source: &Tag, since: Instant) -> Result<Seen, Fault> {
    let row: Option<(i64, Option<i64>)> = tx
        .one(
            "counting misses",
            "select count(*), min(missed_at) from misses where source = $1 and missed_at > $2",
            values![source, since],
        )
        .await?;
    Ok(row.map_or(Seen::default(), |(count, oldest)| Seen {
        count: u32::try_from(count).unwrap_or(u32::MAX),
        since: oldest.map(Instant::from_micros),
    }))
}

/// Drops misses that are no sign of anything any more.
pub async fn forget_misses_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run("dropping old misses", "delete from misses where missed_at < $1", values![long_ago])
        .await
}

/// Drops counts of minutes that are over.
pub async fn forget_requests_before(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old counts",
        "delete from address_counts where minute < $1",
        values![minute_of(now)],
    )
    .await
}

fn minute_of(now: Instant) -> i64 {
    now.micros().div_euclid(60_000_000)
}

fn counter((misses, paused_until): (i64, i64)) -> Counter {
    Counter {
        misses: u32::try_from(misses).unwrap_or(u32::MAX),
        paused_until: Instant::from_micros(paused_until),
    }
}
