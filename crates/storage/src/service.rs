//! When parts of the service were not as they should be. What is over stays: it is the history.

use payung_domain::service::{Condition, Episode, Part, Source};
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

#[derive(sqlx::FromRow)]
struct EpisodeRow {
    id: Uuid,
    part: String,
    source: String,
    state: String,
    indonesian: String,
    english: String,
    set_by: String,
    began_at: i64,
    ended_at: Option<i64>,
}

impl EpisodeRow {
    /// A word that this program does not know is one of a newer or an older one: it is left out.
    fn episode(self) -> Option<Episode> {
        Some(Episode {
            id: self.id,
            part: Part::named(&self.part)?,
            source: Source::named(&self.source)?,
            condition: Condition::named(&self.state)?,
            indonesian: self.indonesian,
            english: self.english,
            set_by: self.set_by,
            began_at: Instant::from_micros(self.began_at),
            ended_at: self.ended_at.map(Instant::from_micros),
        })
    }
}

/// Begins an episode, unless one of this part and source is open; answers whether it was begun.
pub async fn begin(tx: &mut Tx, episode: &Episode) -> Result<bool, Fault> {
    let begun = tx
        .run(
            "noting how a part of the service is",
            "insert into service_episodes (id, part, source, state, indonesian, english, set_by, \
             began_at, ended_at, ended_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '') \
             on conflict (part, source) where ended_at is null do nothing",
            values![
                episode.id,
                episode.part.name(),
                episode.source.name(),
                episode.condition.name(),
                &*episode.indonesian,
                &*episode.english,
                &*episode.set_by,
                episode.began_at,
                episode.ended_at
            ],
        )
        .await?;
    Ok(begun == 1)
}

/// Ends the open episode of a part and source; answers whether there was one.
pub async fn end(
    tx: &mut Tx,
    part: Part,
    source: Source,
    by: &str,
    now: Instant,
) -> Result<bool, Fault> {
    let ended = tx
        .run(
            "noting that a part of the service works again",
            "update service_episodes set ended_at = $1, ended_by = $2 \
             where part = $3 and source = $4 and ended_at is null",
            values![now, by, part.name(), source.name()],
        )
        .await?;
    Ok(ended == 1)
}

/// Every open episode.
pub async fn open(tx: &mut Tx) -> Result<Vec<Episode>, Fault> {
    let rows: Vec<EpisodeRow> = tx
        .all(
            "reading how the service is",
            "select id, part, source, state, indonesian, english, set_by, began_at, ended_at \
             from service_episodes where ended_at is null order by began_at, id",
            Vec::new(),
        )
        .await?;
    Ok(rows.into_iter().filter_map(EpisodeRow::episode).collect())
}

/// The newest episodes since a moment, open or over, newest first.
pub async fn history(tx: &mut Tx, since: Instant, most: u32) -> Result<Vec<Episode>, Fault> {
    let rows: Vec<EpisodeRow> = tx
        .all(
            "reading how the service was",
            "select id, part, source, state, indonesian, english, set_by, began_at, ended_at \
             from service_episodes where began_at >= $1 order by began_at desc, id desc limit $2",
            values![since, most],
        )
        .await?;
    Ok(rows.into_iter().filter_map(EpisodeRow::episode).collect())
}

/// Since when the oldest message by this channel has been due, if one waits.
pub async fn oldest_due(tx: &mut Tx, channel: &str) -> Result<Option<Instant>, Fault> {
    let row: Option<(Option<i64>,)> = tx
        .one(
            "looking for the oldest message that waits",
            "select min(due_at) from outbox where channel = $1 and sent_at is null \
             and given_up_at is null",
            values![channel],
        )
        .await?;
    Ok(row.and_then(|(oldest,)| oldest).map(Instant::from_micros))
}

/// How many messages by this channel, due since a moment, were tried in vain; and how many were sent. A
/// message that is tried again is due later each time, so those that fail are among them.
pub async fn failed_and_sent(
    tx: &mut Tx,
    channel: &str,
    since: Instant,
) -> Result<(i64, i64), Fault> {
    let row: Option<(i64, i64)> = tx
        .one(
            "counting messages that failed",
            "select count(case when sent_at is null and problem is not null then 1 end), \
             count(sent_at) from outbox where channel = $1 and due_at >= $2",
            values![channel, since],
        )
        .await?;
    Ok(row.unwrap_or_default())
}

/// Since when the oldest thing that an application is to be told has been due, if there is one.
pub async fn oldest_untold(tx: &mut Tx) -> Result<Option<Instant>, Fault> {
    let row: Option<(Option<i64>,)> = tx
        .one(
            "looking for the oldest news that an application waits for",
            "select min(due_at) from oidc_deliveries where told_at is null \
             and given_up_at is null",
            Vec::new(),
        )
        .await?;
    Ok(row.and_then(|(oldest,)| oldest).map(Instant::from_micros))
}
