//! What officers do with claims of members and of heirs alike: who gets at one, what is written down of
//! it, which words will do, and how a paper is taken along.

use payung_domain::claims::heirs::HeirClaim;
use payung_domain::claims::{Claim, Document, LONGEST_WORDS};
use payung_domain::ids::PersonId;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::looks::SHORTEST_REASON;
use payung_storage::staff as kept;
use payung_storage::{Fault, Tx};

use super::{Denied, Line, SignedIn, note};
use crate::{App, Visit};

/// A claim of either kind: which one, and about whose record.
pub(crate) trait Claimed {
    fn reference(&self) -> &str;
    fn person(&self) -> PersonId;
}

impl Claimed for Claim {
    fn reference(&self) -> &str {
        self.reference.as_str()
    }

    fn person(&self) -> PersonId {
        self.person
    }
}

impl Claimed for HeirClaim {
    fn reference(&self) -> &str {
        self.reference.as_str()
    }

    fn person(&self) -> PersonId {
        self.person
    }
}

/// Why an officer does not get at a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreached {
    /// There is none of this id that was ever sent.
    Gone,
    /// It is the officer's own (P-05).
    Own,
    /// It was not allowed.
    Denied(Denied),
}

/// The claim that was found, unless it is the officer's own. That there is none, and that it is their
/// own, is written down.
pub(crate) async fn hand_over<C: Claimed>(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    act: Act,
    found: Option<C>,
) -> Result<Result<C, Unreached>, Fault> {
    let Some(claim) = found else {
        let nothing = Line { outcome: Outcome::Nothing, ..Line::done(act) };
        note(app, tx, signed_in, visit.now, nothing).await?;
        return Ok(Err(Unreached::Gone));
    };
    if kept::is_own(tx, signed_in.staff.id, claim.person()).await? {
        let what = (&claim, act, Outcome::Refused);
        write_down(app, tx, visit, signed_in, what, ("", "")).await?;
        return Ok(Err(Unreached::Own));
    }
    Ok(Ok(claim))
}

/// Writes down an act about a claim.
pub(crate) async fn write_down(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (claim, act, outcome): (&impl Claimed, Act, Outcome),
    (deed, words): (&str, &str),
) -> Result<(), Fault> {
    let joint = if deed.is_empty() { "" } else { " " };
    let detail = format!("{}{joint}{deed}", claim.reference());
    let line = Line { act, outcome, person: Some(claim.person()), detail: &detail, reason: words };
    note(app, tx, signed_in, visit.now, line).await
}

/// What an officer wrote with a deed. `None` where it is too long, or too short and somebody has to
/// read why.
pub(crate) fn words_in(typed: &str, are_needed: bool) -> Option<&str> {
    let words = typed.trim();
    let shortest = if are_needed { SHORTEST_REASON } else { 0 };
    (shortest..=LONGEST_WORDS).contains(&words.chars().count()).then_some(words)
}

/// A document that is taken along.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Of which claim.
    pub reference: String,
    /// Which.
    pub document: Document,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The document that was found, to take along. It is written down.
pub(crate) async fn take_along(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    claim: &impl Claimed,
    found: Option<(Document, Vec<u8>)>,
) -> Result<Result<Taken, Unreached>, Fault> {
    let Some((document, bytes)) = found else { return Ok(Err(Unreached::Gone)) };
    let what = (claim, Act::DocumentTaken, Outcome::Done);
    write_down(app, tx, visit, signed_in, what, (document.slot.as_str(), "")).await?;
    Ok(Ok(Taken { reference: claim.reference().to_owned(), document, bytes }))
}
