//! What staff say of a part of the service, where the program cannot know it or not explain it.

use payung_domain::announcements::Unfit;
use payung_domain::service::{Condition, Episode, Part, Source};
use payung_domain::staff::Right;
use payung_domain::staff::audit::Act;
use payung_storage::{Fault, Tx, service as episodes};

use super::operator::{self, OPERATOR};
use super::{Denied, Line, SignedIn, check, note};
use crate::service::{Standings, standings};
use crate::{App, Visit};

/// What somebody says of a part.
#[derive(Clone, Copy, Debug)]
pub struct Saying<'a> {
    /// Of which part.
    pub part: Part,
    /// How it is.
    pub condition: Condition,
    /// What members read of it in Indonesian. Of a part that works, nothing is said.
    pub indonesian: &'a str,
    /// The same in English.
    pub english: &'a str,
}

/// What came of saying it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Members read it.
    Done,
    /// It cannot be shown as it is.
    Unfit(Unfit),
    /// It was not allowed.
    Denied(Denied),
}

/// Says how a part is, in place of what was said of it before. A part that works again ends what was
/// said; what is measured goes its own way.
pub async fn say(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    saying: &Saying<'_>,
) -> Result<Said, Fault> {
    let (act, staff) = (Act::StatusSaid, &signed_in.staff);
    let mut tx = app.store.write().await?;
    if let Err(denied) = check(app, &mut tx, visit, signed_in, Right::Announce, act).await? {
        tx.commit().await?;
        return Ok(Said::Denied(denied));
    }
    if let Err(unfit) = keep(app, &mut tx, saying, staff.name.as_str()).await? {
        return Ok(Said::Unfit(unfit));
    }
    let detail = detail(saying);
    let line = Line { detail: &detail, reason: saying.english.trim(), ..Line::done(act) };
    note(app, &mut tx, signed_in, visit.now, line).await?;
    tx.commit().await?;
    Ok(Said::Done)
}

/// The same by the operator, for a reason.
pub async fn say_by_operator(
    app: &App,
    saying: &Saying<'_>,
    reason: &str,
) -> Result<Result<(), Unfit>, Fault> {
    let mut tx = app.store.write().await?;
    if let Err(unfit) = keep(app, &mut tx, saying, OPERATOR).await? {
        return Ok(Err(unfit));
    }
    let (detail, now) = (detail(saying), app.clock.now());
    let line = Line { detail: &detail, reason, ..Line::done(Act::StatusSaid) };
    operator::note(app, &mut tx, now, line).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// How every part stands, for an officer who may say so.
pub async fn list(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
) -> Result<Result<Standings, Denied>, Fault> {
    let checked = super::may(app, visit, signed_in, Right::Announce, Act::StatusSaid).await?;
    if let Err(denied) = checked {
        return Ok(Err(denied));
    }
    Ok(Ok(standings(app, visit).await))
}

async fn keep(
    app: &App,
    tx: &mut Tx,
    saying: &Saying<'_>,
    by: &str,
) -> Result<Result<(), Unfit>, Fault> {
    let now = app.clock.now();
    let said = Episode {
        id: app.dice.id(),
        part: saying.part,
        source: Source::Said,
        condition: saying.condition,
        indonesian: saying.indonesian.trim().to_owned(),
        english: saying.english.trim().to_owned(),
        set_by: by.to_owned(),
        began_at: now,
        ended_at: None,
    };
    let is_wrong = saying.condition != Condition::Works;
    if is_wrong && let Err(unfit) = said.check() {
        return Ok(Err(unfit));
    }
    episodes::end(tx, saying.part, Source::Said, by, now).await?;
    if is_wrong && !episodes::begin(tx, &said).await? {
        // A colleague said something a moment ago. The later word counts.
        episodes::end(tx, saying.part, Source::Said, by, now).await?;
        episodes::begin(tx, &said).await?;
    }
    Ok(Ok(()))
}

fn detail(saying: &Saying<'_>) -> String {
    format!("{} {}", saying.part.name(), saying.condition.name())
}
