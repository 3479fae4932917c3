//! Staged recoveries at the desk (M11, G-11): an officer compares a document with the record, says what
//! they saw, and a second one does the same. Nobody does it for the own account, sees a code or a link,
//! or chooses what is lost.
//!
//! The telephone and the inbox on record are what the member lost, so no item of the checklist for
//! those counts here (P-03): only a document does, seen by the way that the member came.

use payung_domain::ids::PersonId;
use payung_domain::members::Person;
use payung_domain::recoveries::{Document, Proof, RecoveryReference};
use payung_domain::staff::Right;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::looks::{NoReason, Reason, Why};
use payung_domain::staff::verification::{birth_date_matches, digits_match};
use payung_storage::staff as kept;
use payung_storage::{Fault, Tx, members};

use super::verification::has_missed_enough;
use super::{Denied, Line, SignedIn, check, note};
use crate::recoveries::desk::{self, Found, Hand, Proved, Refused, Shown};
use crate::{App, Visit};

/// Why an officer gets no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barred {
    /// It is not allowed.
    Denied(Denied),
    /// No recovery has this reference.
    Gone,
    /// It is about the officer's own account.
    Own,
}

/// Shows a recovery. The owner reads that it was looked at, and by whom.
pub async fn show(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    reference: &RecoveryReference,
) -> Result<Result<Box<Shown>, Barred>, Fault> {
    let mut tx = app.store.write().await?;
    let act = Act::RecoveryOpened;
    let shown = match find(app, &mut tx, visit, signed_in, (act, reference)).await? {
        Ok(found) => {
            let (person, detail) = (found.person(), reference.as_str());
            note(app, &mut tx, signed_in, visit.now, Line { person, detail, ..Line::done(act) })
                .await?;
            let hand = Hand { officer: &signed_in.staff.name, reason: detail };
            Ok(Box::new(desk::open(app, &mut tx, &hand, found, visit.now).await?))
        }
        Err(barred) => Err(barred),
    };
    tx.commit().await?;
    Ok(shown)
}

/// The recovery of this reference, locked, for an officer who may prove it and whose own it is not.
/// Whatever else is tried is written down.
async fn find(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (act, reference): (Act, &RecoveryReference),
) -> Result<Result<Found, Barred>, Fault> {
    if let Err(denied) = check(app, tx, visit, signed_in, Right::ProveRecovery, act).await? {
        return Ok(Err(Barred::Denied(denied)));
    }
    let line = Line { detail: reference.as_str(), ..Line::done(act) };
    let Some(found) = desk::find(app, tx, reference).await? else {
        let nothing = Line { outcome: Outcome::Nothing, ..line };
        note(app, tx, signed_in, visit.now, nothing).await?;
        return Ok(Err(Barred::Gone));
    };
    let person = found.person();
    if let Some(owner) = person
        && kept::is_own(tx, signed_in.staff.id, owner).await?
    {
        let refused = Line { outcome: Outcome::Refused, person, ..line };
        note(app, tx, signed_in, visit.now, refused).await?;
        return Ok(Err(Barred::Own));
    }
    Ok(Ok(found))
}

/// What an officer saw, and how they compared it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// How, what, and what is out of reach as far as it convinces.
    pub proof: Proof,
    /// Of an identity card the last digits of its number, of a passport the birth date. They are not
    /// kept.
    pub digits: &'a str,
    /// Why, in the officer's words.
    pub reason: &'a str,
}

/// What came of saying it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The document is the member's: what came of recording it.
    Proved(Proved),
    /// The digits are not those on record.
    Wrong,
    /// Digits were wrong too often.
    TooMany,
    /// The reason is none.
    NoReason(NoReason),
    /// The officer gets no further.
    Barred(Barred),
}

/// Says what an officer saw of somebody who wants a recovery, as the first or the second one.
pub async fn prove(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    reference: &RecoveryReference,
    seen: Seen<'_>,
) -> Result<Said, Fault> {
    let mut tx = app.store.write().await?;
    let said = say(app, &mut tx, visit, signed_in, (reference, seen)).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(said)
}

async fn say(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (reference, seen): (&RecoveryReference, Seen<'_>),
) -> Result<Said, Fault> {
    let act = Act::RecoveryProved;
    let mut found = match find(app, tx, visit, signed_in, (act, reference)).await? {
        Ok(found) => found,
        Err(barred) => return Ok(Said::Barred(barred)),
    };
    let reason = match Reason::parse(Why::Request.name(), seen.reason) {
        Ok(reason) => reason,
        Err(why) => return Ok(Said::NoReason(why)),
    };
    let person = found.person();
    if let Some(owner) = person {
        match compare(app, tx, visit, signed_in, owner, (seen, &reason)).await? {
            Outcome::Done => {}
            Outcome::TooMuch => return Ok(Said::TooMany),
            Outcome::Nothing | Outcome::Refused => return Ok(Said::Wrong),
        }
    }
    let hand = Hand { officer: &signed_in.staff.name, reason: &reason.text };
    let proved = desk::record(app, tx, &hand, &mut found, seen.proof, visit.now).await?;
    let is_done = matches!(proved, Proved::First(_) | Proved::Both { .. });
    let outcome = if is_done { Outcome::Done } else { Outcome::Refused };
    let detail = reference.as_str();
    let line = Line { act, outcome, person, detail, reason: &reason.text };
    note(app, tx, signed_in, visit.now, line).await?;
    Ok(Said::Proved(proved))
}

/// Holds what an officer read from a document against the record, and writes down what came of it. Wrong
/// digits count together with those of the checklist: digits are not to be guessed.
async fn compare(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    owner: PersonId,
    (seen, reason): (Seen<'_>, &Reason),
) -> Result<Outcome, Fault> {
    let document = seen.proof.document;
    let outcome = if has_missed_enough(app, tx, visit, signed_in).await? {
        Outcome::TooMuch
    } else {
        let known = members::person(tx, app.store.vault(), owner).await?;
        let is_right = known.is_some_and(|(owner, _)| fits(&owner, document, seen.digits));
        if is_right { Outcome::Done } else { Outcome::Refused }
    };
    let line = Line {
        act: Act::Verified,
        outcome,
        person: Some(owner),
        detail: document.name(),
        reason: &reason.text,
    };
    note(app, tx, signed_in, visit.now, line).await?;
    Ok(outcome)
}

/// A passport carries no population number, so its birth date is compared.
fn fits(owner: &Person, document: Document, digits: &str) -> bool {
    match document {
        Document::Ktp => digits_match(owner.nik.expose(), digits),
        Document::Passport => birth_date_matches(owner.birth_date, digits),
    }
}

/// What came of refusing at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnedDown {
    /// As by the command line.
    Said(Refused),
    /// The reason is none.
    NoReason(NoReason),
    /// The officer gets no further.
    Barred(Barred),
}

/// Refuses a recovery. One officer is enough: everything stays as it is.
pub async fn refuse(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    (reference, typed): (&RecoveryReference, &str),
) -> Result<TurnedDown, Fault> {
    let mut tx = app.store.write().await?;
    let turned_down = turn_down(app, &mut tx, visit, signed_in, (reference, typed)).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(turned_down)
}

async fn turn_down(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (reference, typed): (&RecoveryReference, &str),
) -> Result<TurnedDown, Fault> {
    let act = Act::RecoveryRefused;
    let mut found = match find(app, tx, visit, signed_in, (act, reference)).await? {
        Ok(found) => found,
        Err(barred) => return Ok(TurnedDown::Barred(barred)),
    };
    let reason = match Reason::parse(Why::Request.name(), typed) {
        Ok(reason) => reason,
        Err(why) => return Ok(TurnedDown::NoReason(why)),
    };
    let hand = Hand { officer: &signed_in.staff.name, reason: &reason.text };
    let refused = desk::close(app, tx, &hand, &mut found, visit.now).await?;
    let (outcome, person) = (desk::outcome_of(refused), found.person());
    let line = Line { act, outcome, person, detail: reference.as_str(), reason: &reason.text };
    note(app, tx, signed_in, visit.now, line).await?;
    Ok(TurnedDown::Said(refused))
}
