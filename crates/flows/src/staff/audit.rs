//! Reading what was done at the desk, page by page or as a file. That somebody read it is written down
//! too, whoever it was, the operator's command line among them.

use std::time::Duration;

use jiff::civil::Date;
use payung_domain::marks::Mark;
use payung_domain::staff::Right;
use payung_domain::staff::audit::{About, Act, Entry, Outcome, Wanted};
use payung_domain::staff::chain::Head;
use payung_domain::staff::source::Origin;
use payung_domain::time::{Instant, Zone};
use payung_storage::staff::{audit as lines, chain as places};
use payung_storage::{Fault, Tx};

use super::{Denied, Line, SignedIn, check, note, operator};
use crate::{App, Visit};

/// Lines on one page.
const PAGE: u32 = 50;

/// Lines in one file. Whoever wants more takes several, each of fewer days.
pub const MOST: u32 = 10_000;

/// What somebody asked to see. Days are those of western Indonesia, as the pages of the desk show them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Only of this officer, by the whole name.
    pub officer: Option<String>,
    /// Only this act.
    pub act: Option<Act>,
    /// Only with this outcome.
    pub outcome: Option<Outcome>,
    /// Only about this member.
    pub about: Option<About>,
    /// Only what came by this way.
    pub origin: Option<Origin>,
    /// Only what came from this network, as lines show it.
    pub network: Option<String>,
    /// Only what was done in this session, as lines show it.
    pub session: Option<String>,
    /// From this day on.
    pub from: Option<Date>,
    /// To this day, and not beyond it.
    pub until: Option<Date>,
}

impl Choice {
    /// Whether the last day is before the first one.
    #[must_use]
    pub fn is_backwards(&self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until < from)
    }

    fn wanted(&self, before: Option<Mark>) -> Wanted {
        let start = |day| Instant::start_of(day, Zone::default());
        let from = self.from.map_or(Instant::from_micros(0), start);
        let end = Instant::from_micros(i64::MAX);
        let until = self.until.map_or(end, |day| start(day).plus(Duration::from_hours(24)));
        Wanted {
            officer: self.officer.clone(),
            act: self.act,
            outcome: self.outcome,
            about: self.about.clone(),
            origin: self.origin,
            network: self.network.clone(),
            session: self.session.clone(),
            from,
            until,
            before,
        }
    }
}

/// Part of the list, newest first.
#[derive(Clone, Debug)]
pub struct Part {
    /// The lines.
    pub lines: Vec<Entry>,
    /// Where the lines before these begin, if there are some.
    pub older: Option<Mark>,
}

/// The lines of a page.
pub async fn page(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    choice: &Choice,
    before: Option<Mark>,
) -> Result<Result<Part, Denied>, Fault> {
    let mut tx = app.store.write().await?;
    let (right, act) = (Right::ReadAudit, Act::AuditRead);
    if let Err(denied) = check(app, &mut tx, visit, signed_in, right, act).await? {
        tx.commit().await?;
        return Ok(Err(denied));
    }
    let part = part(app, &mut tx, choice, before, PAGE).await?;
    note(app, &mut tx, signed_in, visit.now, Line::done(act)).await?;
    tx.commit().await?;
    Ok(Ok(part))
}

/// The newest lines for the operator, for a reason.
pub async fn page_by_operator(
    app: &App,
    choice: &Choice,
    most: u32,
    reason: &str,
) -> Result<Part, Fault> {
    let mut tx = app.store.write().await?;
    let part = part(app, &mut tx, choice, None, most).await?;
    let line = Line { reason, ..Line::done(Act::AuditRead) };
    operator::note(app, &mut tx, app.clock.now(), line).await?;
    tx.commit().await?;
    Ok(part)
}

async fn part(
    app: &App,
    tx: &mut Tx,
    choice: &Choice,
    before: Option<Mark>,
    most: u32,
) -> Result<Part, Fault> {
    // One more than fits tells whether there is another page.
    let (wanted, one_more) = (choice.wanted(before), most.saturating_add(1));
    let mut found = lines::list(tx, app.store.vault(), &wanted, one_more).await?;
    let has_more = found.len() > usize::try_from(most).unwrap_or(usize::MAX);
    if has_more {
        found.pop();
    }
    let older = found.last().map(|entry| entry.mark).filter(|_| has_more);
    Ok(Part { lines: found, older })
}

/// What came of taking it along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The lines, newest first, each with its place in the chain.
    Lines(Vec<(Head, Entry)>),
    /// There are more than a file may hold.
    TooMany,
    /// It was not allowed.
    Denied(Denied),
}

/// Everything that was chosen, to be taken along, for a reason.
pub async fn take(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    choice: &Choice,
    reason: &str,
) -> Result<Taken, Fault> {
    let mut tx = app.store.write().await?;
    let (right, act) = (Right::ExportAudit, Act::AuditTaken);
    if let Err(denied) = check(app, &mut tx, visit, signed_in, right, act).await? {
        tx.commit().await?;
        return Ok(Taken::Denied(denied));
    }
    let taken = collect(app, &mut tx, choice).await?;
    let line = Line { outcome: outcome_of(&taken), reason, ..Line::done(act) };
    note(app, &mut tx, signed_in, visit.now, line).await?;
    tx.commit().await?;
    Ok(taken)
}

/// The same for the operator.
pub async fn take_by_operator(app: &App, choice: &Choice, reason: &str) -> Result<Taken, Fault> {
    let mut tx = app.store.write().await?;
    let taken = collect(app, &mut tx, choice).await?;
    let line = Line { reason, ..Line::done(Act::AuditTaken) };
    operator::note(app, &mut tx, app.clock.now(), line).await?;
    tx.commit().await?;
    Ok(taken)
}

async fn collect(app: &App, tx: &mut Tx, choice: &Choice) -> Result<Taken, Fault> {
    let (vault, wanted) = (app.store.vault(), choice.wanted(None));
    let found = places::taken(tx, vault, &wanted, MOST.saturating_add(1)).await?;
    let is_too_much = found.len() > usize::try_from(MOST).unwrap_or(usize::MAX);
    Ok(if is_too_much { Taken::TooMany } else { Taken::Lines(found) })
}

const fn outcome_of(taken: &Taken) -> Outcome {
    match taken {
        Taken::Lines(_) => Outcome::Done,
        Taken::TooMany => Outcome::TooMuch,
        Taken::Denied(_) => Outcome::Refused,
    }
}
