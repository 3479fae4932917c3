//! How the service is doing, as members and operators may ask: part by part, measured now, beside what
//! staff said of it. What was not as it should be is noted, so that it can be told later since when.

use std::pin::pin;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use payung_domain::service::{
    COUNTED, Condition, Episode, Part, Source, Standing, is_late, of_channel, standing,
};
use payung_domain::time::Instant;
use payung_storage::{Fault, Tx, service as episodes};

use crate::staff::chain;
use crate::{App, Visit};

/// How often it is looked whether all parts work.
const EVERY: Duration = Duration::from_secs(30);

/// A database that takes longer than this for a handful of questions is slow.
const SLOW: Duration = Duration::from_secs(1);

/// Pages that people need most while something is broken wait no longer for the database.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the status page tells of the past.
const REMEMBERED: Duration = Duration::from_hours(24 * 30);

/// So many episodes of the past are told.
const MOST: u32 = 20;

/// Parts that nobody can use while the database is away.
const NEED_DATABASE: [Part; 7] = [
    Part::SignIn,
    Part::Records,
    Part::Statements,
    Part::Applications,
    Part::Sms,
    Part::Email,
    Part::Claims,
];

/// What this process remembers while the database is away.
#[derive(Debug, Default)]
pub struct Known(RwLock<Remembered>);

#[derive(Clone, Debug, Default)]
struct Remembered {
    open: Vec<Episode>,
    gone_since: Option<Instant>,
}

impl Known {
    fn now(&self) -> Remembered {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The database did not answer at this moment. What is noted later is the first such moment.
    pub fn went_away(&self, at: Instant) {
        self.change(|known| known.gone_since = known.gone_since.or(Some(at)));
    }

    fn change(&self, change: impl FnOnce(&mut Remembered)) {
        change(&mut self.0.write().unwrap_or_else(PoisonError::into_inner));
    }
}

/// What the database says, if it says it soon.
pub async fn soon<T>(asked: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    tokio::time::timeout(PATIENCE, asked)
        .await
        .unwrap_or_else(|late| Err(Fault::new("waiting for the database", late)))
}

/// How every part stands, and what was the matter before.
#[derive(Clone, Debug)]
pub struct Standings {
    /// Part by part.
    pub parts: Vec<Standing>,
    /// What is over, newest first.
    pub history: Vec<Episode>,
}

/// Looks at every part once.
pub async fn standings(app: &App, visit: &Visit) -> Standings {
    let looked = Looked::at(app, visit.now).await;
    let remembered = app.service.now();
    let parts = Part::ALL.into_iter().filter(|part| is_offered(app, *part)).map(|part| {
        let mut standing = standing(part, looked.measured(app, part), &remembered.open);
        if looked.seen.is_none() && NEED_DATABASE.contains(&part) {
            standing.since = standing.since.or(remembered.gone_since);
        }
        standing
    });
    let parts = parts.collect();
    let history = looked.seen.map_or_else(Vec::new, |seen| seen.history);
    Standings { parts, history }
}

/// A channel that this installation does not have is no part of its service.
fn is_offered(app: &App, part: Part) -> bool {
    match part {
        Part::Sms => app.settings.sms_codes,
        Part::Email => app.settings.email_codes,
        _ => true,
    }
}

/// What there was to see.
struct Looked {
    /// What the database said; nothing while it is away.
    seen: Option<Seen>,
    /// Whether it took its time.
    is_slow: bool,
}

struct Seen {
    sms: Condition,
    email: Condition,
    applications: Condition,
    open: Vec<Episode>,
    history: Vec<Episode>,
}

impl Looked {
    async fn at(app: &App, now: Instant) -> Self {
        let mut asked = pin!(ask(app, now));
        let quick = tokio::time::timeout(SLOW, &mut asked).await;
        let (seen, is_slow) = match quick {
            Ok(answer) => (answer.ok(), false),
            Err(_) => (soon(asked).await.ok(), true),
        };
        match &seen {
            Some(seen) => app.service.change(|known| known.open.clone_from(&seen.open)),
            None => app.service.went_away(now),
        }
        Self { seen, is_slow }
    }

    /// How a part is, as far as it can be measured here and now.
    fn measured(&self, app: &App, part: Part) -> Condition {
        // How crowded this very process is, is no news of the others: it is shown, and not noted.
        if part == Part::SignIn && app.hasher.is_crowded() {
            return self.shared(part).max(Condition::Slow);
        }
        self.shared(part)
    }

    /// The same for what every process would measure.
    fn shared(&self, part: Part) -> Condition {
        if !NEED_DATABASE.contains(&part) {
            return Condition::Works;
        }
        let Some(seen) = &self.seen else { return Condition::Closed };
        match part {
            Part::Sms => seen.sms,
            Part::Email => seen.email,
            Part::Applications => seen.applications,
            _ if self.is_slow => Condition::Slow,
            _ => Condition::Works,
        }
    }
}

async fn ask(app: &App, now: Instant) -> Result<Seen, Fault> {
    let mut tx = app.store.read().await?;
    let is_late = is_late(episodes::oldest_untold(&mut tx).await?, now);
    let history = episodes::history(&mut tx, now.minus(REMEMBERED), MOST).await?;
    Ok(Seen {
        sms: channel(&mut tx, "sms", now).await?,
        email: channel(&mut tx, "email", now).await?,
        applications: if is_late { Condition::Slow } else { Condition::Works },
        open: episodes::open(&mut tx).await?,
        history: history.into_iter().filter(|one| one.ended_at.is_some()).collect(),
    })
}

async fn channel(tx: &mut Tx, name: &str, now: Instant) -> Result<Condition, Fault> {
    let oldest = episodes::oldest_due(tx, name).await?;
    let (failed, sent) = episodes::failed_and_sent(tx, name, now.minus(COUNTED)).await?;
    Ok(of_channel(oldest, failed, sent, now))
}

/// Looks at every part, and notes what began and what is over. Of many processes that see the same, one
/// notes it.
pub async fn watch(app: &App) -> Result<(), Fault> {
    let now = app.clock.now();
    let looked = Looked::at(app, now).await;
    let Some(seen) = &looked.seen else { return Ok(()) };
    let news: Vec<(Part, Condition)> = Part::ALL
        .into_iter()
        .filter(|part| is_offered(app, *part))
        .map(|part| (part, looked.shared(part)))
        .filter(|(part, condition)| noted(&seen.open, *part) != *condition)
        .collect();
    let gone_since = app.service.now().gone_since;
    if news.is_empty() && gone_since.is_none() {
        return Ok(());
    }
    let mut tx = app.store.write().await?;
    if let Some(since) = gone_since {
        note_outage(app, &mut tx, since, now).await?;
    }
    for (part, condition) in news {
        episodes::end(&mut tx, part, Source::Measured, "", now).await?;
        if condition != Condition::Works {
            episodes::begin(&mut tx, &measured(app, part, condition, now)).await?;
        }
    }
    let open = episodes::open(&mut tx).await?;
    tx.commit().await?;
    app.service.change(|known| *known = Remembered { open, gone_since: None });
    Ok(())
}

/// How a part was when it was last noted.
fn noted(open: &[Episode], part: Part) -> Condition {
    let is_it = |one: &&Episode| one.part == part && one.source == Source::Measured;
    open.iter().find(is_it).map_or(Condition::Works, |one| one.condition)
}

/// The database was away, and nobody could note it then. Another process may have done so by now.
async fn note_outage(app: &App, tx: &mut Tx, since: Instant, now: Instant) -> Result<(), Fault> {
    let lately = episodes::history(tx, since.minus(EVERY * 4), MOST).await?;
    let is_noted = |part| {
        let is_it = |one: &Episode| one.part == part && one.condition == Condition::Closed;
        lately.iter().any(|one| is_it(one) && one.source == Source::Measured)
    };
    let is_news = |part: &Part| is_offered(app, *part) && !is_noted(*part);
    for part in NEED_DATABASE.into_iter().filter(is_news) {
        let mut outage = measured(app, part, Condition::Closed, since);
        outage.ended_at = Some(now);
        episodes::begin(tx, &outage).await?;
    }
    Ok(())
}

fn measured(app: &App, part: Part, condition: Condition, began_at: Instant) -> Episode {
    Episode {
        id: app.dice.id(),
        part,
        source: Source::Measured,
        condition,
        indonesian: String::new(),
        english: String::new(),
        set_by: String::new(),
        began_at,
        ended_at: None,
    }
}

/// Watches the parts, and the audit of the desk, until the returned future is dropped.
pub async fn keep_watching(app: Arc<App>) {
    loop {
        let watched = match watch(&app).await {
            Ok(()) => chain::watch(&app).await,
            failed => failed,
        };
        if let Err(fault) = watched {
            tracing::warn!(cause = ?std::error::Error::source(&fault), "not watched, {fault}");
        }
        tokio::time::sleep(EVERY).await;
    }
}
