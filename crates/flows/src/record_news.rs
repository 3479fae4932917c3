//! Telling members what is new on their record: contributions that came, and a month that did not.
//!
//! Files bring a record forward by millions of rows, so nobody is told while one is read in. Each
//! record is looked at once a day, and what is new since the last look is told in one message.

use std::sync::Arc;
use std::time::Duration;

use payung_domain::contributions::Contribution;
use payung_domain::month::Month;
use payung_domain::notify::Notice;
use payung_domain::time::{Instant, Zone};
use payung_storage::record_news::{self, Due, Look};
use payung_storage::{Fault, accounts};

use crate::{App, members, notices};

/// How often each record is looked at.
pub const EVERY: Duration = Duration::from_hours(24);

/// How long to wait once every record was looked at.
const PAUSE: Duration = Duration::from_mins(10);

/// Records that are looked at in one turn.
const AT_ONCE: u32 = 100;

/// Looks at every record whose turn it is; answers how many messages that made.
pub async fn tell(app: &App) -> Result<u64, Fault> {
    let mut told = 0;
    loop {
        let now = app.clock.now();
        let mut tx = app.store.read().await?;
        let due = record_news::due(&mut tx, now.minus(EVERY), AT_ONCE).await?;
        drop(tx);
        let mut seen = Vec::new();
        for one in &due {
            match look(app, one, now).await {
                Ok(look) => seen.push((one, look)),
                Err(fault) if fault.is_unreachable() => return Err(fault),
                // One record that cannot be read keeps nobody else from their news.
                Err(fault) => {
                    tracing::error!(cause = ?std::error::Error::source(&fault), "no news, {fault}");
                }
            }
        }
        if seen.is_empty() {
            return Ok(told);
        }
        told += keep(app, &seen).await?;
    }
}

/// What is on a record now, and the month of what came last.
async fn look(app: &App, due: &Due, now: Instant) -> Result<(Look, Option<Month>), Fault> {
    let record = members::record(app, due.person).await?;
    let history = record.history(app, now.date(Zone::default()));
    let missing = history.missing().map(|row| row.month).max();
    let known = due.last.and_then(|last| last.missing);
    let received = i64::try_from(record.contributions.len()).unwrap_or(i64::MAX);
    let look = Look { at: now, received, missing: missing.max(known) };
    Ok((look, newest(&record.contributions)))
}

/// Keeps looks, and tells what came since the ones before. The first look of an account tells nothing:
/// all of it is on the member's pages.
async fn keep(app: &App, seen: &[(&Due, (Look, Option<Month>))]) -> Result<u64, Fault> {
    let mut told = 0;
    let mut tx = app.store.write().await?;
    for (due, (look, newest)) in seen {
        // Of several programs that look, one tells.
        if !record_news::keep(&mut tx, due, look).await? {
            continue;
        }
        let Some(last) = due.last else { continue };
        let news = news(&last, look, *newest);
        if news.is_empty() {
            continue;
        }
        let Some(account) = accounts::get(&mut tx, due.account).await? else { continue };
        for notice in news {
            // By letter where there is one: a text message to everybody each month would be dear.
            notices::tell_by_letter(app, &mut tx, &account, notice, look.at).await?;
            told += 1;
        }
    }
    tx.commit().await?;
    if told > 0 {
        app.outbox.notify_one();
    }
    Ok(told)
}

fn news(last: &Look, look: &Look, newest: Option<Month>) -> Vec<Notice> {
    let at = look.at;
    let came = newest.filter(|_| look.received > last.received);
    let missed = look.missing.filter(|_| look.missing > last.missing);
    let came = came.map(|month| Notice::ContributionReceived { month, at });
    let missed = missed.map(|month| Notice::ContributionMissing { month, at });
    came.into_iter().chain(missed).collect()
}

/// The month of what came last.
fn newest(contributions: &[Contribution]) -> Option<Month> {
    contributions.iter().max_by_key(|one| (one.received_on, one.month)).map(|one| one.month)
}

/// Looks and tells, until the returned future is dropped.
pub async fn keep_looking(app: Arc<App>) {
    loop {
        if let Err(fault) = tell(&app).await {
            tracing::error!(cause = ?std::error::Error::source(&fault), "no news, {fault}");
        }
        tokio::time::sleep(PAUSE).await;
    }
}
