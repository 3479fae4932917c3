//! An officer asks for an act, after making sure of the member. Nothing is done by it but that it waits
//! for a second officer, and that the member hears of it.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::contact::{ContactProblem, Email, Phone};
use payung_domain::contact_changes::{Kind as ContactKind, Refusal, may_come};
use payung_domain::ids::{AccountId, ActId, LookId};
use payung_domain::notify::DeskStage;
use payung_domain::second_factor::{Destination, Way};
use payung_domain::staff::Right;
use payung_domain::staff::acts::{DeskAct, Hand, Kind, UNAPPROVED};
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::looks::{NoReason, Reason};
use payung_domain::time::Instant;
use payung_storage::staff::acts as kept_acts;
use payung_storage::{Fault, Tx, accounts, contacts, passkeys};

use super::super::helping::is_verified;
use super::super::verification::{Stop, subject};
use super::super::{Line, SignedIn, note, numbers};
use super::news::{tell, tell_activity, tell_new};
use super::version;
use crate::{App, Visit, contact_changes, sign_in};

/// What an officer asks for.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// What is to be done.
    pub kind: Kind,
    /// The new contact as typed, where one comes.
    pub new: &'a str,
    /// Whether the officer called the new number, and the member answered.
    pub is_called: bool,
    /// Why.
    pub reason: &'a str,
}

/// What came of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It waits for a second officer.
    Done(ActId),
    /// The reason is none.
    NoReason(NoReason),
    /// More has to be checked first.
    NotVerified,
    /// The new contact cannot be read.
    Unreadable(ContactProblem),
    /// The new number was not called.
    NotCalled,
    /// The new contact cannot come.
    Refused(Refusal),
    /// The new contact is somebody else's.
    Taken,
    /// There is nothing of this kind to take away.
    Nothing,
    /// No way to sign in would be left (J-07).
    LastWay,
    /// Another act of this account is open.
    Open,
    /// Nothing can be asked for: why.
    Not(Stop),
}

/// Asks for an act of two officers.
pub async fn ask(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    id: LookId,
    wish: Wish<'_>,
) -> Result<Asked, Fault> {
    let act = Act::ActAsked;
    let mut tx = app.store.write().await?;
    let found = subject(app, &mut tx, visit, signed_in, id, (Right::Help, act)).await?;
    let (look, account) = match found {
        Ok(found) => found,
        Err(stop) => {
            tx.commit().await?;
            return Ok(Asked::Not(stop));
        }
    };
    let reason = match Reason::parse(look.reason.why.name(), wish.reason) {
        Ok(reason) => reason,
        Err(why) => return Ok(Asked::NoReason(why)),
    };
    let asked = begin(app, &mut tx, visit, signed_in, &account, (wish, &reason)).await?;
    let outcome = match asked {
        Asked::Done(_) => Outcome::Done,
        Asked::NotVerified => Outcome::Refused,
        _ => Outcome::Nothing,
    };
    let person = Some(look.person);
    let line = Line { act, outcome, person, detail: wish.kind.name(), reason: &reason.text };
    note(app, &mut tx, signed_in, visit.now, line).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(asked)
}

async fn begin(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    account: &Account,
    (wish, reason): (Wish<'_>, &Reason),
) -> Result<Asked, Fault> {
    let (kind, now) = (wish.kind, visit.now);
    if !kind.needs_two() || !is_verified(tx, signed_in, account, kind, now).await? {
        return Ok(Asked::NotVerified);
    }
    contacts::alone(tx, account.id).await?;
    let new = match contact(app, tx, account, wish, now).await? {
        Ok(new) => new,
        Err(asked) => return Ok(asked),
    };
    if let Some(asked) = stands_against(app, tx, account.id, kind, now).await? {
        return Ok(asked);
    }
    // A new contact is proved by whoever holds it, though the officer called it, too: an address by a
    // link, a number by a code.
    let act = DeskAct {
        id: ActId::new(&*app.dice),
        account: account.id,
        kind,
        new,
        asked_by: Hand { id: signed_in.staff.id, name: signed_in.staff.name.clone() },
        reason: reason.clone(),
        asked_at: now,
        version: version(app, tx, account.id, now).await?,
        confirmed_at: (!kind.brings_contact()).then_some(now),
        approved: None,
        due_at: Some(now.plus(UNAPPROVED)),
        ended: None,
    };
    if !kept_acts::add(tx, app.store.vault(), &act).await? {
        return Ok(Asked::Open);
    }
    let told = (asked_event(kind), act.asked_by.name.as_str(), reason);
    tell_activity(app, tx, account.id, told, now).await?;
    tell(app, tx, account, &act, (DeskStage::Asked, act.asked_by.name.as_str()), now).await?;
    tell_new(app, tx, account, &act, now).await?;
    // Where the day's codes are used up, another one can be asked for on the page of the act.
    numbers::send(app, tx, visit, account, &act).await?;
    Ok(Asked::Done(act.id))
}

const fn asked_event(kind: Kind) -> Event {
    match kind {
        Kind::RemovePasskeys => Event::StaffAskedPasskeys,
        Kind::ReplaceEmail => Event::StaffAskedEmail,
        Kind::ReplacePhone => Event::StaffAskedPhone,
        Kind::RemoveApp | Kind::Unlock | Kind::SendReset => Event::StaffAskedApp,
    }
}

/// The new contact, where one comes, or why it cannot.
async fn contact(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    wish: Wish<'_>,
    now: Instant,
) -> Result<Result<Option<Destination>, Asked>, Fault> {
    let read = match wish.kind {
        Kind::ReplaceEmail => Email::parse(wish.new).map(Destination::Email),
        Kind::ReplacePhone => Phone::parse(wish.new).map(Destination::Sms),
        _ => return Ok(Ok(None)),
    };
    let new = match read {
        Ok(new) => new,
        Err(problem) => return Ok(Err(Asked::Unreadable(problem))),
    };
    if matches!(new, Destination::Sms(_)) && !wish.is_called {
        return Ok(Err(Asked::NotCalled));
    }
    let vault = app.store.vault();
    let held = contacts::held(tx, vault, account.id).await?;
    let old = contact_changes::first(&held, ContactKind::of(&new), now);
    if let Err(refusal) = may_come(&held, &new, old.as_ref(), now) {
        return Ok(Err(Asked::Refused(refusal)));
    }
    let owner = contacts::owner(tx, vault, &new, now).await?;
    Ok(if owner.is_some_and(|owner| owner != account.id) {
        Err(Asked::Taken)
    } else {
        Ok(Some(new))
    })
}

/// What stands against taking a factor away, if anything does.
pub(in crate::staff) async fn stands_against(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    kind: Kind,
    now: Instant,
) -> Result<Option<Asked>, Fault> {
    if kind.brings_contact() {
        return Ok(None);
    }
    let mut ways = sign_in::ways(app, tx, account, now).await?;
    let vault = app.store.vault();
    let is_there = if kind == Kind::RemovePasskeys {
        ways.passkeys = 0;
        !passkeys::of(tx, vault, account).await?.is_empty()
    } else {
        ways.has_totp = false;
        accounts::app_label(tx, vault, account).await?.is_some()
    };
    Ok(if !is_there {
        Some(Asked::Nothing)
    } else if ways.open().into_iter().any(Way::is_lasting) {
        None
    } else {
        Some(Asked::LastWay)
    })
}
