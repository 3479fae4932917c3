//! Cases on the command line, for the operator of an installation: listed, shown and closed, each with
//! a reason that stands in the desk's audit.

use payung_domain::ids::StaffId;
use payung_domain::marks::Mark;
use payung_domain::staff::Officer;
use payung_domain::staff::audit::Act;
use payung_domain::staff::cases::{
    Case, CaseReference, Closing, Entry, Kind, NotDone, Standing, What,
};
use payung_domain::time::Instant;
use payung_storage::staff::cases::{self, Wanted};
use payung_storage::{Fault, Tx};
use uuid::Uuid;

use super::super::Line;
use super::super::operator::{self, OPERATOR};
use super::work::tell_of_end;
use super::{holder, names};
use crate::App;

/// A case, and who has it or had it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The case.
    pub case: Case,
    /// Who has it, or had it.
    pub holder: Option<String>,
}

/// Cases, what is due first first: nothing in them says whose they are.
pub async fn list(
    app: &App,
    (kind, standing): (Option<Kind>, Option<Standing>),
    most: u32,
) -> Result<Vec<Listed>, Fault> {
    let end = Instant::from_micros(i64::MAX);
    let wanted = Wanted {
        staff: StaffId(Uuid::nil()),
        whose: None,
        kind,
        standing,
        opened_until: end,
        due_until: end,
        after: None,
    };
    let mut tx = app.store.read().await?;
    let found = cases::queue(&mut tx, &wanted, most).await?;
    let names = names(&mut tx).await?;
    Ok(found.into_iter().map(|case| Listed { holder: holder(&names, &case), case }).collect())
}

/// A case with its timeline. `None` when no case has this number.
pub async fn show(
    app: &App,
    reference: &CaseReference,
    reason: &str,
) -> Result<Option<(Listed, Vec<Entry>)>, Fault> {
    let now = app.clock.now();
    let mut tx = app.store.write().await?;
    let Some(case) = cases::referred(&mut tx, reference).await? else { return Ok(None) };
    let entries = cases::entries(&mut tx, app.store.vault(), case.id).await?;
    let names = names(&mut tx).await?;
    write_down(app, &mut tx, (Act::CaseRead, &case), reason, now).await?;
    tx.commit().await?;
    Ok(Some((Listed { holder: holder(&names, &case), case }, entries)))
}

/// What came of closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It is closed.
    Done,
    /// It was over before, or somebody changed it at this very moment.
    Not(NotDone),
    /// No case has this number.
    Unknown,
}

/// Closes a case, whoever has it.
pub async fn close(
    app: &App,
    reference: &CaseReference,
    outcome: Closing,
    reason: &str,
) -> Result<Closed, Fault> {
    let now = app.clock.now();
    let mut tx = app.store.write().await?;
    let Some(mut case) = cases::referred(&mut tx, reference).await? else {
        return Ok(Closed::Unknown);
    };
    if case.linked.is_decided_elsewhere() {
        return Ok(Closed::Not(NotDone::Undecided));
    }
    if !case.kind.closings().contains(&outcome) {
        return Ok(Closed::Not(NotDone::Unfit));
    }
    let seen = case.version;
    if let Err(why) = case.end(outcome, now) {
        return Ok(Closed::Not(why));
    }
    if !cases::change(&mut tx, &case, seen).await? {
        return Ok(Closed::Not(NotDone::Taken));
    }
    let entry = Entry {
        mark: Mark { at: now, id: app.dice.id() },
        what: What::Closed,
        author: app.operator.clone(),
        detail: outcome.name().to_owned(),
        version: case.version,
        text: reason.to_owned(),
    };
    cases::add_entry(&mut tx, app.store.vault(), case.id, &entry).await?;
    write_down(app, &mut tx, (Act::CaseClosed, &case), reason, now).await?;
    let officer = Officer::parse(OPERATOR);
    let officer = officer.ok_or_else(|| Fault::new("closing a case", "a name is none"))?;
    tell_of_end(app, &mut tx, &case, (outcome, &officer, reason), now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Closed::Done)
}

async fn write_down(
    app: &App,
    tx: &mut Tx,
    (act, case): (Act, &Case),
    reason: &str,
    now: Instant,
) -> Result<(), Fault> {
    let detail = case.reference.to_string();
    let line = Line { person: case.person, detail: &detail, reason, ..Line::done(act) };
    operator::note(app, tx, now, line).await
}
