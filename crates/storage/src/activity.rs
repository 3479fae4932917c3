//! What happened on an account, line by line.

use payung_domain::activity::{Event, Group, Line};
use payung_domain::ids::AccountId;
use payung_domain::marks::Mark;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

/// Which lines are wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Only what has to do with this.
    pub group: Option<Group>,
    /// From this moment on.
    pub from: Instant,
    /// Before this one.
    pub until: Instant,
    /// Only older lines than this one.
    pub before: Option<Mark>,
}

#[derive(sqlx::FromRow)]
struct LineRow {
    id: Uuid,
    happened_at: i64,
    event: String,
    device: String,
}

impl LineRow {
    fn line(self) -> Result<(Mark, Line), Fault> {
        let at = Instant::from_micros(self.happened_at);
        let event = Event::named(&self.event).ok_or_else(|| {
            Fault::new("reading what happened", format!("activity.event of {}", self.id))
        })?;
        Ok((Mark { at, id: self.id }, Line { at, event, device: self.device }))
    }
}

/// Adds a line.
pub async fn add(tx: &mut Tx, account: AccountId, id: Uuid, line: &Line) -> Result<(), Fault> {
    tx.run(
        "noting what happened",
        "insert into activity (account_id, happened_at, id, event, device) \
         values ($1, $2, $3, $4, $5)",
        values![account, line.at, id, line.event.name(), &*line.device],
    )
    .await
    .map(drop)
}

/// At most so many lines, newest first.
pub async fn list(
    tx: &mut Tx,
    account: AccountId,
    wanted: &Wanted,
    most: u32,
) -> Result<Vec<(Mark, Line)>, Fault> {
    let before = wanted.before.unwrap_or(Mark::END);
    // There are no arrays on both engines, so the names go as one text, each between commas.
    let events: String = Event::ALL
        .iter()
        .filter(|event| wanted.group.is_none_or(|group| event.group() == group))
        .fold(",".to_owned(), |all, event| all + event.name() + ",");
    let rows: Vec<LineRow> = tx
        .all(
            "reading what happened",
            "select id, happened_at, event, device from activity \
             where account_id = $1 and happened_at >= $2 and happened_at < $3 \
             and (happened_at, id) < ($4, $5) and $6 like '%,' || event || ',%' \
             order by happened_at desc, id desc limit $7",
            values![account, wanted.from, wanted.until, before.at, before.id, events, most],
        )
        .await?;
    rows.into_iter().map(LineRow::line).collect()
}

/// The line that stands here, if it is one of this account.
pub async fn get(tx: &mut Tx, account: AccountId, mark: Mark) -> Result<Option<Line>, Fault> {
    let row: Option<LineRow> = tx
        .one(
            "reading one thing that happened",
            "select id, happened_at, event, device from activity \
             where account_id = $1 and happened_at = $2 and id = $3",
            values![account, mark.at, mark.id],
        )
        .await?;
    row.map(|row| row.line().map(|(_, line)| line)).transpose()
}

/// The newest lines of one kind before a moment.
pub async fn latest(
    tx: &mut Tx,
    account: AccountId,
    event: Event,
    before: Instant,
) -> Result<Option<Line>, Fault> {
    let row: Option<(i64, String)> = tx
        .one(
            "reading what happened last",
            "select happened_at, device from activity \
             where account_id = $1 and event = $2 and happened_at < $3 \
             order by happened_at desc limit 1",
            values![account, event.name(), before],
        )
        .await?;
    Ok(row.map(|(at, device)| Line { at: Instant::from_micros(at), event, device }))
}

/// How often something happened on an account from a moment on, and when it did first.
pub async fn count(
    tx: &mut Tx,
    account: AccountId,
    event: Event,
    since: Instant,
) -> Result<(u32, Option<Instant>), Fault> {
    let row: Option<(i64, Option<i64>)> = tx
        .one(
            "counting what happened",
            "select count(*), min(happened_at) from activity \
             where account_id = $1 and event = $2 and happened_at >= $3",
            values![account, event.name(), since],
        )
        .await?;
    Ok(row.map_or((0, None), |(count, first)| {
        (u32::try_from(count).unwrap_or(u32::MAX), first.map(Instant::from_micros))
    }))
}

/// Drops lines that are too old to be kept.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old activity",
        "delete from activity where happened_at < $1",
        values![long_ago],
    )
    .await
}
