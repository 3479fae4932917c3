//! A year's returns brought to what was declared, by the command line: one line for each ledger that
//! earned something. What breaks off goes on when it is run again, since nothing is booked twice.

use payung_domain::ids::MembershipId;
use payung_domain::ledger::LedgerProblem;
use payung_domain::ledger::true_up::true_up;
use payung_domain::month::Month;
use payung_domain::programmes::{Standing, YearlyReturn};
use payung_domain::staff::audit::Act;
use payung_domain::time::{Instant, Zone};
use payung_storage::{Fault, Tx, imports, ledger};

use super::{Line, operator};
use crate::App;

/// Ledgers that are brought up in one transaction.
const BATCH: u32 = 200;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrueUp {
    /// It is done.
    Done(Sum),
    /// The year is not over yet.
    NotOver,
    /// No return is declared for the year: what the rules have is an assumption, or nothing.
    NotDeclared,
}

/// How many ledgers there were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// The version of the declared return.
    pub version: String,
    /// Ledgers that earned something in the year.
    pub looked_at: u64,
    /// Ledgers that got a line.
    pub booked: u64,
    /// Ledgers with too little left to take back what was estimated too high: they stay as they are.
    pub short: u64,
}

/// Brings the returns of a year to what was declared.
pub async fn make_up(app: &App, year: i16, reason: &str) -> Result<TrueUp, Fault> {
    let now = app.clock.now();
    if now.date(Zone::default()).year() <= year {
        return Ok(TrueUp::NotOver);
    }
    let (Some(first), Some(last)) = (Month::new(year, 1), Month::new(year, 12)) else {
        return Ok(TrueUp::NotDeclared);
    };
    let Some(declared) = declared(app, first, last) else { return Ok(TrueUp::NotDeclared) };
    let mut sum = Sum { version: declared.version.clone(), ..Sum::default() };
    let mut after = None;
    loop {
        let mut tx = app.store.write().await?;
        // No file is posted meanwhile: both add to the ends of ledgers.
        imports::take_turn(&mut tx).await?;
        let some = ledger::with_returns(&mut tx, (first, last), after, BATCH).await?;
        let Some(newest) = some.last().copied() else { break };
        for id in some {
            book(&mut tx, (id, year), declared, now, &mut sum).await?;
        }
        tx.commit().await?;
        after = Some(newest);
    }
    let mut tx = app.store.write().await?;
    let detail = format!("{year} {}", declared.version);
    let line = Line { detail: &detail, reason, ..Line::done(Act::ReturnsMadeUp) };
    operator::note(app, &mut tx, now, line).await?;
    tx.commit().await?;
    Ok(TrueUp::Done(sum))
}

/// The return that was declared for a year: one for all of it, and no assumption, not even one that
/// the demonstration takes as declared. Money is made up by what a fund decided, never by a row that
/// only shows what such a decision looks like.
fn declared(app: &App, first: Month, last: Month) -> Option<&YearlyReturn> {
    let (of_first, _) = app.programmes.yearly_return(first).ok()?;
    let (of_last, source) = app.programmes.yearly_return(last).ok()?;
    let is_declared = of_last.standing(source.mark) == Standing::Declared;
    (of_first == of_last && is_declared).then_some(of_last)
}

async fn book(
    tx: &mut Tx,
    (id, year): (MembershipId, i16),
    declared: &YearlyReturn,
    now: Instant,
    sum: &mut Sum,
) -> Result<(), Fault> {
    ledger::end_locked(tx, id).await?;
    let postings = ledger::of_membership(tx, id).await?;
    sum.looked_at += 1;
    match true_up(&postings, year, declared, now.date(Zone::default())) {
        Ok(None) => {}
        Ok(Some(line)) => {
            ledger::add(tx, &[line]).await?;
            sum.booked += 1;
        }
        Err(LedgerProblem::Overdrawn { .. }) => sum.short += 1,
        Err(problem) => return Err(Fault::new("making up for a year's returns", problem)),
    }
    Ok(())
}
