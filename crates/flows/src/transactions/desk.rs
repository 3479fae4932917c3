//! What staff do about reports of transactions, each of which is a case too. They read the row as
//! it stood and say what came of it; they neither change the ledger here nor open payouts.

use payung_domain::activity::Event;
use payung_domain::ids::{AccountId, PersonId};
use payung_domain::notify::Notice;
use payung_domain::payout_lock::Payouts;
use payung_domain::staff::Right;
use payung_domain::staff::audit::{Act as Written, Outcome as CameOf};
use payung_domain::staff::cases::{Closing, Linked};
use payung_domain::time::Instant;
use payung_domain::transactions::{Outcome, Report, ReportReference};
use payung_storage::transaction_reports::{self as reports, Act};
use payung_storage::{Fault, Tx, accounts};

use crate::recoveries::desk::{Hand, NotShown, Owner, owner, tell};
use crate::staff::{Line as About, by_line, cases};
use crate::{App, notices, payouts};

/// Reports, the latest first: nothing in them but the member number says whose they are.
pub async fn list(app: &App, only_open: bool, most: u32) -> Result<Vec<Report>, Fault> {
    let mut tx = app.store.read().await?;
    reports::list(&mut tx, only_open, most).await
}

/// A report as an officer sees it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The report, with the row as it stood.
    pub report: Report,
    /// Whom it is of; none when the record is gone.
    pub owner: Option<Owner>,
    /// Whether anything may be paid out now.
    pub payouts: Payouts,
    /// What officers did before.
    pub acts: Vec<Act>,
}

/// Shows a report, and notes that it was shown, beside the member's activity and in the audit. An
/// officer whom the desk knows is held to what the desk allows them.
pub async fn show(
    app: &App,
    hand: &Hand<'_>,
    reference: &ReportReference,
) -> Result<Result<Shown, NotShown>, Fault> {
    let now = app.clock.now();
    let mut tx = app.store.write().await?;
    let Some(report) = reports::referred(&mut tx, reference).await? else {
        let about = about(Written::CaseRead, CameOf::Nothing, None, (hand, reference));
        by_line::note(app, &mut tx, hand.officer, now, about).await?;
        tx.commit().await?;
        return Ok(Err(NotShown::Unknown));
    };
    let account = accounts::get(&mut tx, report.account).await?;
    let person = account.as_ref().map(|account| account.person);
    let may = by_line::may(&mut tx, hand.officer, Right::HandleCases, person).await?;
    let outcome = if may { CameOf::Done } else { CameOf::Refused };
    let about = about(Written::CaseRead, outcome, person, (hand, reference));
    by_line::note(app, &mut tx, hand.officer, now, about).await?;
    if !may {
        tx.commit().await?;
        return Ok(Err(NotShown::NotAllowed));
    }
    let owner = match &account {
        Some(account) => {
            tell(app, &mut tx, hand, (account, Event::StaffOpened), now).await?;
            owner(app, &mut tx, account).await?
        }
        None => None,
    };
    let payouts = payouts::payouts_open_at(app, &mut tx, report.account, now).await?;
    let acts = reports::acts(&mut tx, app.store.vault(), &report).await?;
    act(app, &mut tx, hand, &report, "shown", now).await?;
    tx.commit().await?;
    Ok(Ok(Shown { report, owner, payouts, acts }))
}

/// What came of closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It is closed.
    Done,
    /// It was closed before, and this is what had come of it.
    Before(Outcome),
    /// No report has this reference.
    Unknown,
    /// This officer works at the desk, and may not do this, or not for themselves.
    NotAllowed,
}

/// Closes a report; its member is told what came of it. Payouts stay as they are: their owner opens
/// them. An officer whom the desk knows is held to what the desk allows them.
pub async fn close(
    app: &App,
    hand: &Hand<'_>,
    reference: &ReportReference,
    outcome: Outcome,
) -> Result<Closed, Fault> {
    let now = app.clock.now();
    let mut tx = app.store.write().await?;
    let person = match reports::referred(&mut tx, reference).await? {
        Some(report) => person_of(&mut tx, report.account).await?,
        None => None,
    };
    let about = |outcome| about(Written::CaseClosed, outcome, person, (hand, reference));
    if !by_line::may(&mut tx, hand.officer, Right::HandleCases, person).await? {
        by_line::note(app, &mut tx, hand.officer, now, about(CameOf::Refused)).await?;
        tx.commit().await?;
        return Ok(Closed::NotAllowed);
    }
    // The case first, as whoever closes that one does: two that wait for each other would never end.
    let linked = Linked::Report(reference.clone());
    let end = (Closing::by_report(outcome), hand.officer.as_str());
    cases::end(app, &mut tx, &linked, end, now).await?;
    let closed = close_within(app, &mut tx, hand, reference, outcome, now).await?;
    if closed == Closed::Done {
        by_line::note(app, &mut tx, hand.officer, now, about(CameOf::Done)).await?;
        tx.commit().await?;
        app.outbox.notify_one();
        return Ok(closed);
    }
    // Nothing of it is kept but that it was tried.
    drop(tx);
    let mut tx = app.store.write().await?;
    by_line::note(app, &mut tx, hand.officer, now, about(CameOf::Nothing)).await?;
    tx.commit().await?;
    Ok(closed)
}

/// The same inside what closes it: the case that it is.
pub(crate) async fn close_within(
    app: &App,
    tx: &mut Tx,
    hand: &Hand<'_>,
    reference: &ReportReference,
    outcome: Outcome,
    now: Instant,
) -> Result<Closed, Fault> {
    if reports::referred(tx, reference).await?.is_none() {
        return Ok(Closed::Unknown);
    }
    let is_first = reports::close(tx, reference, outcome, now).await?;
    // Read after the row is ours, so that of two officers the second sees what the first one said.
    let Some(report) = reports::referred(tx, reference).await? else {
        return Ok(Closed::Unknown);
    };
    if !is_first {
        return Ok(Closed::Before(report.closed.map_or(outcome, |(_, outcome)| outcome)));
    }
    act(app, tx, hand, &report, "closed", now).await?;
    notices::note_without_device(app, tx, report.account, Event::ReportClosed, now).await?;
    if let Some(account) = accounts::get(tx, report.account).await? {
        let (reference, outcome) = (reference.as_str().to_owned(), outcome.name().to_owned());
        let notice = Notice::ReportClosed { reference, outcome, at: now };
        notices::tell_everywhere(app, tx, &account, &notice, now).await?;
    }
    Ok(Closed::Done)
}

/// What is written down of an act of the command line.
fn about<'a>(
    act: Written,
    outcome: CameOf,
    person: Option<PersonId>,
    (hand, reference): (&Hand<'a>, &'a ReportReference),
) -> About<'a> {
    About { act, outcome, person, detail: reference.as_str(), reason: hand.reason }
}

async fn person_of(tx: &mut Tx, account: AccountId) -> Result<Option<PersonId>, Fault> {
    Ok(accounts::get(tx, account).await?.map(|account| account.person))
}

async fn act(
    app: &App,
    tx: &mut Tx,
    hand: &Hand<'_>,
    report: &Report,
    what: &str,
    now: Instant,
) -> Result<(), Fault> {
    reports::add_act(tx, app.store.vault(), report, &hand.act(app, what, now)).await
}
