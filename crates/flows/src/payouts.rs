//! The lock before payouts (M31): shut at once, opened with a proof and half a day later. Staff cannot
//! open it.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::ids::AccountId;
use payung_domain::notify::Notice;
use payung_domain::payout_lock::{OPENING, Payouts, payouts};
use payung_domain::time::Instant;
use payung_storage::staff::acts;
use payung_storage::{Fault, Tx, contact_changes, payout_locks};

use crate::sessions::SignedIn;
use crate::{App, Visit, notices};

/// From when anything may be paid out of an account. Whoever pays asks, in the transaction that does.
pub async fn payouts_open_at(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    now: Instant,
) -> Result<Payouts, Fault> {
    let lock = payout_locks::get(tx, account).await?;
    let changes = contact_changes::recent(tx, app.store.vault(), account, now).await?;
    let waiting = acts::open_of(tx, app.store.vault(), account).await?;
    let until = changes
        .iter()
        .filter_map(|change| change.locks_payouts_until(now))
        .chain(waiting.and_then(|act| act.locks_payouts_until()));
    Ok(payouts(lock, until, now))
}

/// What the owner sees of the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Whether anything may be paid out.
    pub payouts: Payouts,
    /// Since when the owner keeps it shut; none where they do not, or asked to open it.
    pub closed_at: Option<Instant>,
}

/// Looks at the lock.
pub async fn view(app: &App, visit: &Visit, account: AccountId) -> Result<View, Fault> {
    let mut tx = app.store.read().await?;
    let payouts = payouts_open_at(app, &mut tx, account, visit.now).await?;
    let lock = payout_locks::get(&mut tx, account).await?;
    let shut = lock.filter(|lock| lock.opens_at.is_none());
    Ok(View { payouts, closed_at: shut.map(|lock| lock.closed_at) })
}

/// Shuts payouts. It only takes away, so nothing is asked first; a second press changes nothing.
pub async fn close(app: &App, visit: &Visit, member: &SignedIn) -> Result<(), Fault> {
    let mut tx = app.store.write().await?;
    if shut(app, &mut tx, visit, &member.account).await? {
        tx.commit().await?;
        app.outbox.notify_one();
    }
    Ok(())
}

/// Shuts payouts with whatever else a transaction does; `false` where they were shut already.
pub(crate) async fn shut(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
) -> Result<bool, Fault> {
    let is_new = payout_locks::close(tx, account.id, visit.now).await?;
    if is_new {
        notices::note(app, tx, visit, account.id, Event::PayoutsClosed).await?;
        let (device, at) = (visit.device.clone(), visit.now);
        let notice = Notice::PayoutLock { opens_at: None, device, at };
        notices::tell_everywhere(app, tx, account, &notice, visit.now).await?;
    }
    Ok(is_new)
}

/// Opens payouts half a day from now; answers from when they are open. A second press neither hastens
/// nor delays it.
pub async fn open(app: &App, visit: &Visit, member: &SignedIn) -> Result<Payouts, Fault> {
    let account = &member.account;
    let mut tx = app.store.write().await?;
    let opens_at = visit.now.plus(OPENING);
    if payout_locks::open(&mut tx, account.id, opens_at).await? {
        notices::note(app, &mut tx, visit, account.id, Event::PayoutsOpening).await?;
        let (device, at) = (visit.device.clone(), visit.now);
        let notice = Notice::PayoutLock { opens_at: Some(opens_at), device, at };
        notices::tell_everywhere(app, &mut tx, account, &notice, visit.now).await?;
    }
    let payouts = payouts_open_at(app, &mut tx, account.id, visit.now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(payouts)
}
