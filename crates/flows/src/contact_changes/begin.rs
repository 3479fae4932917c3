//! Asking for a change: a contact more, a contact for another, a contact less.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::contact::{ContactProblem, Email, Phone};
use payung_domain::contact_changes::{
    Act, COOLING_OFF, Change, Kind, Refusal, State, UNDOABLE, may_come, may_go,
};
use payung_domain::ids::{AccountId, ChangeId};
use payung_domain::keyed::same;
use payung_domain::notify::{Notice, Stage};
use payung_domain::second_factor::{Destination, Sending, Way};
use payung_domain::time::Instant;
use payung_storage::{Fault, Tx, accounts, contact_changes, contacts, sign_ins};

use super::{change_id, found, tell, undertaking, version};
use crate::gates::{self, Door};
use crate::sessions::SignedIn;
use crate::sign_in::step::{Asked, asked};
use crate::{App, Visit, contact_codes, notices, sign_in};

/// A filled-in form that brings a contact.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// What kind of contact.
    pub kind: Kind,
    /// The new one as typed.
    pub typed: &'a str,
    /// The handle of the one it comes for; none where it comes beside.
    pub replaces: Option<&'a str>,
    /// The version of the list that the page showed.
    pub version: &'a str,
    /// What names this very form in this very browser: sent twice, it is one change.
    pub form: &'a [u8],
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// It waits for the code of the new contact, which is on its way, or has to wait. Whoever the
    /// contact belongs to, the answer is this.
    Code(ChangeId, Asked),
    /// What was typed is no contact.
    Unreadable(ContactProblem),
    /// It cannot be.
    Refused(Refusal),
    /// The operator sends no text messages, so no number can be proved.
    NotHere,
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// Begins a change and sends a code to the new contact.
pub async fn submit(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    wish: Wish<'_>,
) -> Result<Begun, Fault> {
    let (account, vault, now) = (&member.account, app.store.vault(), visit.now);
    let new = match read(wish.kind, wish.typed) {
        Ok(new) => new,
        Err(problem) => return Ok(Begun::Unreadable(problem)),
    };
    if wish.kind == Kind::Phone && !app.settings.sms_codes {
        return Ok(Begun::NotHere);
    }
    if let Some(until) = gates::too_many_by_now(app, visit, Door::Contact).await? {
        return Ok(Begun::TooMany { until });
    }
    let mut tx = app.store.write().await?;
    contacts::alone(&mut tx, account.id).await?;
    let id = change_id(app, account.id, wish.form);
    if contact_changes::get(&mut tx, vault, account.id, id).await?.is_some() {
        return Ok(Begun::Code(id, Asked::Done));
    }
    let held = contacts::held(&mut tx, vault, account.id).await?;
    if !same(version(app, account.id, &held).as_bytes(), wish.version.as_bytes()) {
        return Ok(Begun::Refused(Refusal::Changed));
    }
    let old = match wish.replaces {
        None => None,
        Some(handle) => match found(app, account.id, &held, handle) {
            Some(one) => Some(one.to.clone()),
            None => return Ok(Begun::Refused(Refusal::Changed)),
        },
    };
    if let Err(refusal) = may_come(&held, &new, old.as_ref(), now) {
        return Ok(Begun::Refused(refusal));
    }
    let change = Change {
        id,
        account: account.id,
        act: if old.is_some() { Act::Replace } else { Act::Add },
        kind: wish.kind,
        new: Some(new.clone()),
        old,
        begun_at: now,
        confirmed_at: None,
        cancelled_at: None,
    };
    contact_changes::drop_unconfirmed(&mut tx, account.id, wish.kind).await?;
    contact_changes::begin(&mut tx, vault, &change).await?;
    notices::note(app, &mut tx, visit, account.id, Event::ContactChangeBegun).await?;
    let sending = send(app, &mut tx, visit, account, id, &new).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Begun::Code(id, asked(sending)))
}

fn read(kind: Kind, typed: &str) -> Result<Destination, ContactProblem> {
    match kind {
        Kind::Email => Email::parse(typed).map(Destination::Email),
        Kind::Phone => Phone::parse(typed).map(Destination::Sms),
    }
}

/// Sends the code; where the contact is somebody else's, all is as if, and its owner hears of it
/// (F-03).
pub(super) async fn send(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    id: ChangeId,
    new: &Destination,
) -> Result<Sending, Fault> {
    let undertaking = undertaking(account, id);
    match contacts::owner(tx, app.store.vault(), new, visit.now).await? {
        Some(owner) if owner != account.id => {
            let sending = contact_codes::feign(app, tx, visit, &undertaking, new).await?;
            if sending == Sending::Now {
                tell_owner(app, tx, visit, owner, new).await?;
            }
            Ok(sending)
        }
        _ => contact_codes::send(app, tx, visit, &undertaking, new).await,
    }
}

/// Tells the owner of a contact that somebody wanted it: by letter, once a day.
pub(crate) async fn tell_owner(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    owner: AccountId,
    wanted: &Destination,
) -> Result<(), Fault> {
    let Some(owner) = accounts::get(tx, owner).await? else { return Ok(()) };
    let subject = app.keys.counters.tag(&[b"contact wanted", wanted.expose().as_bytes()]);
    if !sign_ins::sendings(tx, &subject, visit.now).await?.is_empty() {
        return Ok(());
    }
    sign_ins::note_sending(tx, &[subject], app.dice.id(), visit.now).await?;
    let contact = Kind::of(wanted).name().to_owned();
    let notice = Notice::ContactTaken { contact, at: visit.now };
    notices::tell_by_letter(app, tx, &owner, notice, visit.now).await
}

/// What came of wanting a contact gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    /// It goes at this moment.
    GoesAt(Instant),
    /// It cannot be.
    Refused(Refusal),
}

/// Takes a contact away, half a day from now.
pub async fn remove(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    (handle, shown): (&str, &str),
    form: &[u8],
) -> Result<Removed, Fault> {
    let (account, vault, now) = (&member.account, app.store.vault(), visit.now);
    let mut tx = app.store.write().await?;
    contacts::alone(&mut tx, account.id).await?;
    let id = change_id(app, account.id, form);
    if let Some(change) = contact_changes::get(&mut tx, vault, account.id, id).await? {
        return Ok(match change.state(now) {
            State::CoolingOff { effective_at } => Removed::GoesAt(effective_at),
            _ => Removed::Refused(Refusal::Changed),
        });
    }
    let held = contacts::held(&mut tx, vault, account.id).await?;
    let is_as_shown = same(version(app, account.id, &held).as_bytes(), shown.as_bytes());
    let Some(old) = found(app, account.id, &held, handle).filter(|_| is_as_shown) else {
        return Ok(Removed::Refused(Refusal::Changed));
    };
    if let Err(refusal) = may_go(&held, &old.to, now) {
        return Ok(Removed::Refused(refusal));
    }
    let change = Change {
        id,
        account: account.id,
        act: Act::Remove,
        kind: Kind::of(&old.to),
        new: None,
        old: Some(old.to.clone()),
        begun_at: now,
        confirmed_at: Some(now),
        cancelled_at: None,
    };
    contacts::set_end(&mut tx, vault, account.id, &old.to, &old.standing.leaving(now)).await?;
    if !leaves_a_way(app, &mut tx, account.id, now).await? {
        return Ok(Removed::Refused(Refusal::LastWay));
    }
    contact_changes::begin(&mut tx, vault, &change).await?;
    notices::note(app, &mut tx, visit, account.id, Event::ContactChangeBegun).await?;
    tell(app, &mut tx, account, &change, Stage::Begun, (now, &visit.device)).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Removed::GoesAt(now.plus(COOLING_OFF)))
}

/// Whether the account can still be signed in to day after day once everything under way is done.
async fn leaves_a_way(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    now: Instant,
) -> Result<bool, Fault> {
    let left = sign_in::ways(app, tx, account, now.plus(UNDOABLE)).await?;
    Ok(left.open().into_iter().any(Way::is_lasting))
}
