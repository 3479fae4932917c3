//! The code of the new contact: with it a change is certain, and begins to cool off.

use payung_domain::accounts::Account;
use payung_domain::contact_changes::{COOLING_OFF, Change, Refusal, Standing, State, may_come};
use payung_domain::ids::ChangeId;
use payung_domain::notify::Stage;
use payung_domain::second_factor::{CodeProblem, Destination};
use payung_domain::time::Instant;
use payung_storage::contacts::Coming;
use payung_storage::{Fault, Tx, contact_changes, contacts};

use super::{begin, handle, tell, undertaking};
use crate::contact_codes::{Checked, Waiting};
use crate::gates::{self, Door};
use crate::sessions::SignedIn;
use crate::sign_in::step::{Asked, asked};
use crate::{App, Visit, contact_codes};

/// What a change is worth to the page that asks for its code.
#[derive(Clone, Debug)]
pub enum Found<T> {
    /// It waits for its code.
    Open(T),
    /// It is certain since this moment, and takes effect at the other: the answer was lost, or the
    /// button pressed twice.
    Confirmed(Instant, Instant),
    /// It took too long, was called off, or is none of this member's.
    Gone,
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Step {
    /// The new contact.
    pub to: Destination,
    /// The handle of the contact it comes for; none where it comes beside.
    pub replaces: Option<String>,
    /// How far its code is.
    pub waiting: Waiting,
}

/// Looks at a change that waits for its code.
pub async fn view(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    id: ChangeId,
) -> Result<Found<Step>, Fault> {
    let account = &member.account;
    let mut tx = app.store.read().await?;
    let (change, to) = match open(app, &mut tx, visit, account, id).await? {
        Found::Open(open) => open,
        Found::Confirmed(at, effective_at) => return Ok(Found::Confirmed(at, effective_at)),
        Found::Gone => return Ok(Found::Gone),
        Found::TooMany { until } => return Ok(Found::TooMany { until }),
    };
    let replaces = change.old.as_ref().map(|old| handle(app, account.id, old));
    let of = undertaking(account, id);
    let waiting = contact_codes::view(app, &mut tx, visit, &of, &to).await?;
    Ok(Found::Open(Step { to, replaces, waiting }))
}

/// Sends another code to the new contact.
pub async fn resend(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    id: ChangeId,
) -> Result<Found<Asked>, Fault> {
    if let Some(until) = gates::too_many_by_now(app, visit, Door::Contact).await? {
        return Ok(Found::TooMany { until });
    }
    let account = &member.account;
    let mut tx = app.store.write().await?;
    contacts::alone(&mut tx, account.id).await?;
    let to = match open(app, &mut tx, visit, account, id).await? {
        Found::Open((_, to)) => to,
        Found::Confirmed(at, effective_at) => return Ok(Found::Confirmed(at, effective_at)),
        Found::Gone => return Ok(Found::Gone),
        Found::TooMany { until } => return Ok(Found::TooMany { until }),
    };
    let sending = begin::send(app, &mut tx, visit, account, id, &to).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Found::Open(asked(sending)))
}

/// What follows a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The change is certain, and takes effect at this moment.
    CoolsOff(Instant),
    /// What was typed is no code. Costs no try.
    Unreadable(CodeProblem),
    /// It does not match.
    Wrong,
    /// It matched, but its time was over; another one was sent, or could not be.
    Expired(Asked),
    /// Too many misses: no try before this moment.
    Paused(Instant),
    /// The contact belongs to another account. Whoever is told so has proved that it is theirs too.
    Taken,
    /// The contacts are others than when the change was begun.
    Refused(Refusal),
}

/// Checks the code of the new contact. Everything it changes is one transaction.
pub async fn submit(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    id: ChangeId,
    typed: &str,
) -> Result<Found<Answer>, Fault> {
    if let Some(until) = gates::too_many_by_now(app, visit, Door::Contact).await? {
        return Ok(Found::TooMany { until });
    }
    let account = &member.account;
    let mut tx = app.store.write().await?;
    contacts::alone(&mut tx, account.id).await?;
    let (change, to) = match open(app, &mut tx, visit, account, id).await? {
        Found::Open(open) => open,
        Found::Confirmed(at, effective_at) => return Ok(Found::Confirmed(at, effective_at)),
        Found::Gone => return Ok(Found::Gone),
        Found::TooMany { until } => return Ok(Found::TooMany { until }),
    };
    let of = undertaking(account, id);
    let answer = match contact_codes::check(app, &mut tx, visit, &of, &to, typed).await? {
        Checked::Right => take(app, &mut tx, visit, account, &change, &to).await?,
        Checked::Late => {
            let sending = begin::send(app, &mut tx, visit, account, id, &to).await?;
            Answer::Expired(asked(sending))
        }
        Checked::Wrong => Answer::Wrong,
        Checked::Paused(until) => Answer::Paused(until),
        Checked::Unreadable(problem) => Answer::Unreadable(problem),
    };
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Found::Open(answer))
}

async fn open(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    id: ChangeId,
) -> Result<Found<(Change, Destination)>, Fault> {
    // S5: looked for among the member's own.
    let change = contact_changes::get(tx, app.store.vault(), account.id, id).await?;
    let Some(change) = change else { return Ok(Found::Gone) };
    Ok(match (change.state(visit.now), change.new.clone(), change.confirmed_at) {
        (State::Unconfirmed { .. }, Some(to), _) => Found::Open((change, to)),
        (State::CoolingOff { .. } | State::Undoable { .. } | State::Settled, _, Some(at)) => {
            Found::Confirmed(at, at.plus(COOLING_OFF))
        }
        _ => Found::Gone,
    })
}

/// Gives the contact to the account. Of any number of accounts that want the same one, the first to
/// prove it gets it: never two accounts with one name.
async fn take(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    change: &Change,
    to: &Destination,
) -> Result<Answer, Fault> {
    let (vault, now) = (app.store.vault(), visit.now);
    let held = contacts::held(tx, vault, account.id).await?;
    let place = match may_come(&held, to, change.old.as_ref(), now) {
        Ok(place) => place,
        Err(refusal) => {
            contact_changes::cancel(tx, account.id, change.id, now).await?;
            return Ok(Answer::Refused(refusal));
        }
    };
    let coming = Coming { to, standing: Standing::confirmed(now), place };
    if !contacts::claim(tx, vault, account.id, coming, now).await? {
        contact_changes::cancel(tx, account.id, change.id, now).await?;
        return Ok(Answer::Taken);
    }
    if let Some(old) = held.iter().find(|one| Some(&one.to) == change.old.as_ref()) {
        contacts::set_end(tx, vault, account.id, &old.to, &old.standing.leaving(now)).await?;
    }
    contact_changes::confirm(tx, account.id, change.id, now).await?;
    let certain = Change { confirmed_at: Some(now), ..change.clone() };
    tell(app, tx, account, &certain, Stage::Begun, (now, &visit.device)).await?;
    Ok(Answer::CoolsOff(now.plus(COOLING_OFF)))
}
