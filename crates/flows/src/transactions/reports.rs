//! "I do not recognise this": payouts are shut at once, and the row goes to staff as it stands.
//!
//! It only takes away, so nothing is asked first. Opening payouts again asks for a proof.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::notify::Notice;
use payung_domain::payout_lock::Payouts;
use payung_domain::staff::cases::{Kind, Linked};
use payung_domain::transactions::{MOST_OPEN, Moved, Report, ReportReference, Spot};
use payung_storage::{Fault, Tx, transaction_reports, transactions};

use crate::sessions::SignedIn;
use crate::staff::cases::{self, New};
use crate::{App, Visit, notices, payouts};

/// A row that somebody looks at closely.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The row.
    pub row: Moved,
    /// The newest report of it.
    pub report: Option<Report>,
    /// Whether anything may be paid out.
    pub payouts: Payouts,
    /// Whether as many reports are open as may be.
    pub is_full: bool,
}

/// What came of reporting a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is reported, under this number.
    Reported(ReportReference),
    /// Payouts are shut, but as many reports are open as may be: this one is for the telephone.
    Full,
    /// There is no such row, or it is another member's.
    Unknown,
}

/// Looks at a row, if it is one of this member's (S5).
pub async fn view(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    spot: &Spot,
) -> Result<Option<Shown>, Fault> {
    let account = &member.account;
    let mut tx = app.store.read().await?;
    let Some(row) = transactions::get(&mut tx, account.person, spot).await? else {
        return Ok(None);
    };
    let reports = transaction_reports::of_account(&mut tx, account.id).await?;
    let is_full = is_full(&reports);
    let report = reports.into_iter().find(|one| one.row.spot == *spot);
    let payouts = payouts::payouts_open_at(app, &mut tx, account.id, visit.now).await?;
    Ok(Some(Shown { row, report, payouts, is_full }))
}

/// Reports a row. Said twice, it is one report, and payouts are shut all the same.
pub async fn submit(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    spot: &Spot,
) -> Result<Answer, Fault> {
    let mut tx = app.store.write().await?;
    let Some(row) = transactions::get(&mut tx, member.account.person, spot).await? else {
        return Ok(Answer::Unknown);
    };
    // First of all, and the lock by which two reports of one account come one after the other.
    payouts::shut(app, &mut tx, visit, &member.account).await?;
    let answer = keep(app, &mut tx, visit, &member.account, row).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(answer)
}

async fn keep(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    row: Moved,
) -> Result<Answer, Fault> {
    let reports = transaction_reports::of_account(tx, account.id).await?;
    if let Some(known) = reports.iter().find(|one| one.is_open() && one.row.spot == row.spot) {
        return Ok(Answer::Reported(known.reference.clone()));
    }
    if is_full(&reports) {
        return Ok(Answer::Full);
    }
    let report = Report {
        id: app.dice.id(),
        reference: ReportReference::new(&*app.dice),
        account: account.id,
        row,
        device: visit.device.clone(),
        reported_at: visit.now,
        closed: None,
    };
    if !transaction_reports::add(tx, &report).await? {
        return Err(Fault::new("keeping a report of a transaction", "its number is taken"));
    }
    let linked = Linked::Report(report.reference.clone());
    let new = New::of(Kind::Transaction, Some(account.id), linked);
    cases::open(app, tx, &new, visit.now).await?;
    notices::note(app, tx, visit, account.id, Event::TransactionReported).await?;
    let (device, at) = (visit.device.clone(), visit.now);
    let reference = report.reference.as_str().to_owned();
    let notice = Notice::TransactionReported { reference, device, at };
    // That payouts are shut was told by every way; of rows there are many, and text messages cost.
    notices::tell_by_letter(app, tx, account, notice, visit.now).await?;
    Ok(Answer::Reported(report.reference))
}

fn is_full(reports: &[Report]) -> bool {
    reports.iter().filter(|one| one.is_open()).count() >= MOST_OPEN
}
