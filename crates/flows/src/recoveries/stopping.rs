//! Stopping a recovery: from the link of a warning, from a live session, or with the reference that
//! every warning names. It only ever keeps things as they are, so nothing more is asked for.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::recoveries::{End, RecoveryNews, RecoveryReference, State};
use payung_domain::staff::cases::Closing;
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_storage::recoveries::Kept;
use payung_storage::recovery_links::{self, Purpose};
use payung_storage::{Fault, Tx, accounts, recoveries};

use super::{end_case, note, tell_both};
use crate::gates::{self, Door};
use crate::sessions::SignedIn;
use crate::{App, Visit};

/// An open recovery, as its owner gets to see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matter {
    /// Its reference.
    pub reference: RecoveryReference,
    /// When it was asked for.
    pub asked_at: Instant,
    /// On which device, in words.
    pub device: String,
    /// The new contact, masked.
    pub contact: String,
    /// Until when nothing changes, whatever is proved.
    pub until: Instant,
    /// Whether it could end any moment.
    pub is_ready: bool,
    /// In which zone its owner reads the clock.
    pub zone: Zone,
}

/// What a link, a session or a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A recovery that can be stopped.
    Open(Matter),
    /// It is over: how, and since when.
    Over(End, Instant, Zone),
    /// The link's time is over, or it was never ours: the same words, so that nobody learns by
    /// guessing.
    Gone,
}

/// Looks at the link of a warning. Changes nothing: programs that read mail follow links too.
pub async fn view(app: &App, visit: &Visit, token: &Token) -> Result<Found, Fault> {
    let mut tx = app.store.read().await?;
    let Some(link) = recovery_links::get(&mut tx, &token.hash(), Purpose::Stop).await? else {
        return Ok(Found::Gone);
    };
    let kept = recoveries::get(&mut tx, app.store.vault(), link.recovery).await?;
    match kept {
        Some(kept) => found(&mut tx, visit, &kept).await,
        None => Ok(Found::Gone),
    }
}

/// The open recovery of an account, for every page that should warn of it.
pub async fn open_of(app: &App, account: &Account, now: Instant) -> Result<Option<Matter>, Fault> {
    let mut tx = app.store.read().await?;
    let kept = recoveries::open_of(&mut tx, app.store.vault(), account.id).await?;
    Ok(kept.and_then(|kept| matter(&kept, account.zone, now)))
}

/// What came of stopping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is stopped.
    Stopped,
    /// There is nothing to stop: why.
    Refused(Found),
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// Stops the recovery a link belongs to. Of two at the same time, one does it.
pub async fn by_link(app: &App, visit: &Visit, token: &Token) -> Result<Answer, Fault> {
    let id = token.hash();
    let mut tx = app.store.write().await?;
    let Some(link) = recovery_links::get(&mut tx, &id, Purpose::Stop).await? else {
        return Ok(Answer::Refused(Found::Gone));
    };
    let Some(kept) = recoveries::locked(&mut tx, app.store.vault(), link.recovery).await? else {
        return Ok(Answer::Refused(Found::Gone));
    };
    if !recovery_links::use_up(&mut tx, &id, Purpose::Stop, visit.now).await? {
        return found(&mut tx, visit, &kept).await.map(Answer::Refused);
    }
    stop(app, tx, visit, &kept).await
}

/// Stops the open recovery of somebody who is signed in.
pub async fn signed_in(app: &App, visit: &Visit, member: &SignedIn) -> Result<Answer, Fault> {
    let mut tx = app.store.write().await?;
    let open = recoveries::open_of(&mut tx, app.store.vault(), member.account.id).await?;
    match open {
        Some(kept) => stop(app, tx, visit, &kept).await,
        None => Ok(Answer::Refused(Found::Gone)),
    }
}

/// Stops the recovery with this reference: for owners whose warning came as a text message, where no
/// link goes. References are drawn by chance, and guessing is counted.
pub async fn by_reference(
    app: &App,
    visit: &Visit,
    reference: &RecoveryReference,
) -> Result<Answer, Fault> {
    let mut tx = app.store.write().await?;
    if let Some(until) = gates::too_many(app, &mut tx, visit, Door::Recovery).await? {
        tx.commit().await?;
        return Ok(Answer::TooMany { until });
    }
    let kept = recoveries::referred(&mut tx, app.store.vault(), reference).await?;
    let Some(kept) = kept else {
        // The guess stays counted.
        tx.commit().await?;
        return Ok(Answer::Refused(Found::Gone));
    };
    stop(app, tx, visit, &kept).await
}

/// Stops it, unless it has ended: a stop and an end at the same time are one of the two.
async fn stop(app: &App, mut tx: Tx, visit: &Visit, kept: &Kept) -> Result<Answer, Fault> {
    let answer = if close(app, &mut tx, visit, kept).await? {
        Answer::Stopped
    } else {
        let kept = recoveries::get(&mut tx, app.store.vault(), kept.id).await?;
        Answer::Refused(match kept {
            Some(kept) => found(&mut tx, visit, &kept).await?,
            None => Found::Gone,
        })
    };
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(answer)
}

/// Stops the open recovery of an account, if there is one, because its owner says that something was
/// not them.
pub(crate) async fn with_the_account(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
) -> Result<(), Fault> {
    if let Some(kept) = recoveries::open_of(tx, app.store.vault(), account.id).await? {
        close(app, tx, visit, &kept).await?;
    }
    Ok(())
}

async fn close(app: &App, tx: &mut Tx, visit: &Visit, kept: &Kept) -> Result<bool, Fault> {
    let now = visit.now;
    let is_open = !matches!(kept.recovery.state(now), State::Over(..));
    if !is_open || !recoveries::close(tx, kept.id, End::Stopped, now).await? {
        return Ok(false);
    }
    end_case(app, tx, kept, (Closing::Withdrawn, ""), now).await?;
    let account = owner(tx, kept).await?;
    if let Some(account) = &account {
        note(app, tx, account.id, Event::RecoveryStopped, &visit.device, now).await?;
        app.counters.recoveries_stopped.count();
    }
    let news = RecoveryNews::Stopped { at: now };
    tell_both(app, tx, account.as_ref(), kept, news, now).await?;
    Ok(true)
}

async fn found(tx: &mut Tx, visit: &Visit, kept: &Kept) -> Result<Found, Fault> {
    let zone = owner(tx, kept).await?.map(|account| account.zone).unwrap_or_default();
    Ok(match (matter(kept, zone, visit.now), kept.recovery.state(visit.now)) {
        (Some(matter), _) => Found::Open(matter),
        (None, State::Over(end, at)) => Found::Over(end, at, zone),
        (None, _) => Found::Gone,
    })
}

fn matter(kept: &Kept, zone: Zone, now: Instant) -> Option<Matter> {
    let state = kept.recovery.state(now);
    (!matches!(state, State::Over(..))).then(|| Matter {
        reference: kept.reference.clone(),
        asked_at: kept.recovery.asked_at,
        device: kept.device.clone(),
        contact: kept.contact.masked(),
        until: kept.recovery.stoppable_until(),
        is_ready: state == State::Ready,
        zone,
    })
}

async fn owner(tx: &mut Tx, kept: &Kept) -> Result<Option<Account>, Fault> {
    match kept.recovery.account {
        Some(account) => accounts::get(tx, account).await,
        None => Ok(None),
    }
}
