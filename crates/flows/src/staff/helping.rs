//! What one officer may do for a member who was made sure of: end a pause or open a lock, and send a
//! link for a new password to where the member reads it. The officer sees no link and no code, and
//! sets nothing (P-06, G-11).

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::contact::Identifier;
use payung_domain::ids::LookId;
use payung_domain::lockout::FIRM;
use payung_domain::notify::Notice;
use payung_domain::staff::acts::Kind;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::looks::{NoReason, Reason};
use payung_domain::staff::verification::{Item, Method, VERIFIED, verified_until};
use payung_domain::staff::{Officer, Right};
use payung_domain::time::Instant;
use payung_storage::staff::checks::{self, Check};
use payung_storage::{Fault, Tx, accounts, contacts, throttles};

use super::acts::tell_activity;
use super::verification::{Stop, subject};
use super::{Line, SignedIn, by_line, note};
use crate::passwords::forgot;
use crate::{App, Visit, notices, sign_in};

/// What came of helping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Helped {
    /// It is done, and the member hears of it.
    Done,
    /// Nothing was paused or locked.
    Nothing,
    /// The member has no address that a link could go to.
    NoAddress,
    /// More has to be checked first.
    NotVerified,
    /// The reason is none.
    NoReason(NoReason),
    /// Nothing can be done: why.
    Not(Stop),
}

/// Helps the member that a look found: [`Kind::Unlock`] or [`Kind::SendReset`].
pub async fn help(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    id: LookId,
    (kind, typed): (Kind, &str),
) -> Result<Helped, Fault> {
    let act = act_of(kind);
    let mut tx = app.store.write().await?;
    let found = subject(app, &mut tx, visit, signed_in, id, (Right::Help, act)).await?;
    let (look, account) = match found {
        Ok(found) => found,
        Err(stop) => {
            tx.commit().await?;
            return Ok(Helped::Not(stop));
        }
    };
    let reason = match Reason::parse(look.reason.why.name(), typed) {
        Ok(reason) => reason,
        Err(why) => return Ok(Helped::NoReason(why)),
    };
    let is_sure = is_verified(&mut tx, signed_in, &account, kind, visit.now).await?;
    let helped = if is_sure {
        let officer = signed_in.staff.name.as_str();
        act_now(app, &mut tx, visit, &account, (kind, officer, &reason)).await?
    } else {
        Helped::NotVerified
    };
    let line = Line {
        act,
        outcome: outcome_of(helped),
        person: Some(look.person),
        detail: kind.name(),
        reason: &reason.text,
    };
    note(app, &mut tx, signed_in, visit.now, line).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(helped)
}

/// Whether this officer has made sure of the member lately, enough for this.
pub(super) async fn is_verified(
    tx: &mut Tx,
    signed_in: &SignedIn,
    account: &Account,
    kind: Kind,
    now: Instant,
) -> Result<bool, Fault> {
    let items = checks::since(tx, account.id, now.minus(VERIFIED * 2)).await?;
    let done: Vec<Item> = items.iter().filter_map(Check::item).collect();
    Ok(verified_until(&done, signed_in.staff.id, kind, now).is_some())
}

const fn act_of(kind: Kind) -> Act {
    if matches!(kind, Kind::SendReset) { Act::ResetSent } else { Act::Unlocked }
}

const fn outcome_of(helped: Helped) -> Outcome {
    match helped {
        Helped::Done => Outcome::Done,
        Helped::Nothing | Helped::NoAddress => Outcome::Nothing,
        Helped::NotVerified | Helped::NoReason(_) | Helped::Not(_) => Outcome::Refused,
    }
}

async fn act_now(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    (kind, officer, reason): (Kind, &str, &Reason),
) -> Result<Helped, Fault> {
    let (event, helped) = match kind {
        Kind::SendReset => (Event::StaffSentReset, send_reset(app, tx, visit, account).await?),
        _ => (Event::StaffUnlocked, unlock(app, tx, account, visit.now).await?),
    };
    if helped != Helped::Done {
        return Ok(helped);
    }
    tell_activity(app, tx, account.id, (event, officer, reason), visit.now).await?;
    let notice = Notice::DeskHelped {
        what: kind.name().to_owned(),
        officer: officer.to_owned(),
        why: reason.why.name().to_owned(),
        at: visit.now,
    };
    notices::tell_everywhere(app, tx, account, &notice, visit.now).await?;
    Ok(Helped::Done)
}

/// Forgets every miss that stands before the account's password and its second step (E-05).
async fn unlock(app: &App, tx: &mut Tx, account: &Account, now: Instant) -> Result<Helped, Fault> {
    let mut subjects = sign_in::password_subjects(app, tx, account).await?;
    subjects.push(sign_in::code_subject(app, account.id));
    let mut was_shut = false;
    for subject in subjects {
        let counter = throttles::locked(tx, &subject, now).await?;
        was_shut |= counter.misses >= FIRM || now < counter.paused_until;
        throttles::clear(tx, &subject).await?;
    }
    Ok(if was_shut { Helped::Done } else { Helped::Nothing })
}

/// Sends the same link that the member could have asked for, to an address that was there before.
async fn send_reset(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
) -> Result<Helped, Fault> {
    let held = contacts::held(tx, app.store.vault(), account.id).await?;
    if contacts::reached_by(&held, |standing| standing.recovers(visit.now)).email.is_none() {
        return Ok(Helped::NoAddress);
    }
    // The officer's device is none of the member's.
    let quiet = Visit { device: String::new(), ..visit.clone() };
    forgot::send_link(app, tx, &quiet, account).await?;
    Ok(Helped::Done)
}

/// What the operator's command line says of a member who was made sure of.
#[derive(Clone, Copy, Debug)]
pub struct ByLine<'a> {
    /// The member number, address or phone number, as typed.
    pub member: &'a str,
    /// Who acts.
    pub officer: &'a Officer,
    /// How they made sure of the member.
    pub method: Method,
    /// Why.
    pub reason: &'a Reason,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// As for an officer at the desk.
    Helped(Helped),
    /// Nobody with an account has this number or address.
    Nobody,
    /// This officer works at the desk, and may not do this, or not for themselves.
    NotAllowed,
}

/// The same by the command line. Whoever may run it is trusted to be who they say; an officer whom
/// the desk knows is held to what the desk allows them.
pub async fn help_by_line(
    app: &App,
    visit: &Visit,
    kind: Kind,
    line: &ByLine<'_>,
) -> Result<Said, Fault> {
    let (vault, now) = (app.store.vault(), visit.now);
    let mut tx = app.store.write().await?;
    let readings = Identifier::readings(line.member);
    let found = accounts::find_to_recover(&mut tx, vault, &readings, now).await?;
    let person = found.as_ref().map(|account| account.person);
    let said = match &found {
        None => Said::Nobody,
        Some(account) => {
            if by_line::may(&mut tx, line.officer, Right::Help, person).await? {
                let done = (kind, line.officer.as_str(), line.reason);
                Said::Helped(act_now(app, &mut tx, visit, account, done).await?)
            } else {
                Said::NotAllowed
            }
        }
    };
    let about = Line {
        act: act_of(kind),
        outcome: match said {
            Said::Helped(helped) => outcome_of(helped),
            Said::Nobody => Outcome::Nothing,
            Said::NotAllowed => Outcome::Refused,
        },
        person,
        detail: line.method.name(),
        reason: &line.reason.text,
    };
    by_line::note(app, &mut tx, line.officer, now, about).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(said)
}
