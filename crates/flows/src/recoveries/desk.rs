//! What the support desk does about recoveries. Staff see no code, no link and no password, choose
//! neither the contact nor what is lost, and open nothing: they say what they saw, two of them (G-11,
//! P-03, P-04).

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::ids::PersonId;
use payung_domain::recoveries::{
    End, NotRecorded, Officer, Proof, Recorded, RecoveryNews, RecoveryReference, State,
};
use payung_domain::staff::Right;
use payung_domain::staff::audit::{Act as Written, Outcome};
use payung_domain::staff::cases::Closing;
use payung_domain::staff::looks::{Reason, Why};
use payung_domain::time::Instant;
pub use payung_storage::recoveries::{Act, Kept};
use payung_storage::{Fault, Tx, accounts, members, recoveries};

use super::{end_case, tell_both, warn};
use crate::App;
use crate::staff::Line;
use crate::staff::acts::tell_activity;
use crate::staff::by_line;

/// What an officer gives with every act.
#[derive(Clone, Debug)]
pub struct Hand<'a> {
    /// Who acts.
    pub officer: &'a Officer,
    /// Why: ten characters or more.
    pub reason: &'a str,
}

impl Hand<'_> {
    /// What is kept of something that they do.
    pub(crate) fn act(&self, app: &App, what: &str, now: Instant) -> Act {
        Act {
            id: app.dice.id(),
            at: now,
            officer: self.officer.clone(),
            what: what.to_owned(),
            reason: self.reason.to_owned(),
        }
    }
}

/// Recoveries, newest first: nothing in them says whose they are.
pub async fn list(app: &App, only_open: bool, most: u32) -> Result<Vec<Kept>, Fault> {
    let mut tx = app.store.read().await?;
    recoveries::list(&mut tx, app.store.vault(), only_open, most).await
}

/// A recovery as an officer sees it who has somebody in front of them.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The recovery.
    pub kept: Kept,
    /// How far it is.
    pub state: State,
    /// Whom the account belongs to; none when the details were nobody's.
    pub owner: Option<Owner>,
    /// What officers did before.
    pub acts: Vec<Act>,
}

/// As much of a person as it takes to compare a document with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The name.
    pub name: String,
    /// The population number, masked.
    pub nik: String,
    /// The member numbers, masked.
    pub kpj: Vec<String>,
}

/// A recovery with the account that it is about.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    kept: Kept,
    account: Option<Account>,
}

impl Found {
    /// Whose account it is about; none when the details were nobody's.
    pub(crate) fn person(&self) -> Option<PersonId> {
        self.account.as_ref().map(|account| account.person)
    }
}

/// The recovery of this reference, locked: whoever comes second sees what the first one did.
pub(crate) async fn find(
    app: &App,
    tx: &mut Tx,
    reference: &RecoveryReference,
) -> Result<Option<Found>, Fault> {
    let vault = app.store.vault();
    let Some(found) = recoveries::referred(tx, vault, reference).await? else { return Ok(None) };
    let Some(kept) = recoveries::locked(tx, vault, found.id).await? else { return Ok(None) };
    let account = account_of(tx, &kept).await?;
    Ok(Some(Found { kept, account }))
}

/// Why the command line shows an officer nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotShown {
    /// Nothing has this reference.
    Unknown,
    /// This officer works at the desk, and may not see it, or not their own.
    NotAllowed,
}

/// Shows a recovery, and notes that it was shown. An officer whom the desk knows is held to what the
/// desk allows them.
pub async fn show(
    app: &App,
    hand: &Hand<'_>,
    reference: &RecoveryReference,
) -> Result<Result<Shown, NotShown>, Fault> {
    let now = app.clock.now();
    let mut tx = app.store.write().await?;
    let found = find(app, &mut tx, reference).await?;
    let line = line_of(Written::RecoveryOpened, found.as_ref(), (reference, hand));
    let may = by_line::may(&mut tx, hand.officer, Right::ProveRecovery, line.person).await?;
    let line = if may { line } else { Line { outcome: Outcome::Refused, ..line } };
    by_line::note(app, &mut tx, hand.officer, now, line).await?;
    let shown = match found {
        _ if !may => Err(NotShown::NotAllowed),
        Some(found) => Ok(open(app, &mut tx, hand, found, now).await?),
        None => Err(NotShown::Unknown),
    };
    tx.commit().await?;
    Ok(shown)
}

/// What is written down of an act of the command line: done, or there was nothing.
fn line_of<'a>(
    act: Written,
    found: Option<&Found>,
    (reference, hand): (&'a RecoveryReference, &Hand<'a>),
) -> Line<'a> {
    let outcome = if found.is_some() { Outcome::Done } else { Outcome::Nothing };
    let person = found.and_then(Found::person);
    Line { act, outcome, person, detail: reference.as_str(), reason: hand.reason }
}

/// Shows a recovery to an officer. The owner reads who it was, and why.
pub(crate) async fn open(
    app: &App,
    tx: &mut Tx,
    hand: &Hand<'_>,
    Found { kept, account }: Found,
    now: Instant,
) -> Result<Shown, Fault> {
    let owner = match &account {
        Some(account) => {
            tell(app, tx, hand, (account, Event::StaffOpened), now).await?;
            owner(app, tx, account).await?
        }
        None => None,
    };
    let acts = recoveries::acts(tx, app.store.vault(), kept.id).await?;
    act(app, tx, hand, &kept, "shown", now).await?;
    let state = kept.recovery.state(now);
    Ok(Shown { kept, state, owner, acts })
}

/// A line in the owner's activity, and beside it who it was and why (P-07).
pub(crate) async fn tell(
    app: &App,
    tx: &mut Tx,
    hand: &Hand<'_>,
    (account, event): (&Account, Event),
    now: Instant,
) -> Result<(), Fault> {
    let reason = Reason { why: Why::Request, text: hand.reason.to_owned() };
    tell_activity(app, tx, account.id, (event, hand.officer.as_str(), &reason), now).await
}

pub(crate) async fn owner(
    app: &App,
    tx: &mut Tx,
    account: &Account,
) -> Result<Option<Owner>, Fault> {
    let found = members::person(tx, app.store.vault(), account.person).await?;
    let Some((person, _)) = found else { return Ok(None) };
    let memberships = members::memberships(tx, person.id).await?;
    Ok(Some(Owner {
        name: person.name.expose().to_owned(),
        nik: person.nik.masked(),
        kpj: memberships.iter().map(|membership| membership.kpj.masked()).collect(),
    }))
}

/// What came of recording a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proved {
    /// The first officer's word is kept; a second one has to look.
    First(Recorded),
    /// Both have looked.
    Both {
        /// What they saw.
        recorded: Recorded,
        /// From when on the member can finish it, unless the owner stops it.
        opens_at: Option<Instant>,
    },
    /// It was not recorded: why.
    Not(NotRecorded),
    /// No recovery has this reference.
    Unknown,
    /// This officer works at the desk, and may not do this, or not for themselves.
    NotAllowed,
}

/// Records what an officer saw of somebody who wants a recovery. The first time it waits for a second
/// officer; the second time, by another one who saw the same, the recovery is proved, and the owner
/// hears of it by every way.
///
/// By the command line: whoever may run it is trusted to be who they say; an officer whom the desk
/// knows is held to what the desk allows them.
pub async fn record_proof(
    app: &App,
    hand: &Hand<'_>,
    reference: &RecoveryReference,
    proof: Proof,
) -> Result<Proved, Fault> {
    let (now, written) = (app.clock.now(), Written::RecoveryProved);
    let mut tx = app.store.write().await?;
    let mut found = find(app, &mut tx, reference).await?;
    let mut line = line_of(written, found.as_ref(), (reference, hand));
    let may = by_line::may(&mut tx, hand.officer, Right::ProveRecovery, line.person).await?;
    let proved = match &mut found {
        None => Proved::Unknown,
        Some(_) if !may => Proved::NotAllowed,
        Some(found) => record(app, &mut tx, hand, found, proof, now).await?,
    };
    if matches!(proved, Proved::Not(_) | Proved::NotAllowed) {
        line.outcome = Outcome::Refused;
    }
    by_line::note(app, &mut tx, hand.officer, now, line).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(proved)
}

/// The same inside what does it, for an officer who may.
pub(crate) async fn record(
    app: &App,
    tx: &mut Tx,
    hand: &Hand<'_>,
    Found { kept, account }: &mut Found,
    proof: Proof,
    now: Instant,
) -> Result<Proved, Fault> {
    let recorded = match kept.recovery.record(hand.officer.clone(), proof, now) {
        Ok(recorded) => recorded.clone(),
        Err(why) => {
            // What was tried is kept too.
            act(app, tx, hand, kept, "proof refused", now).await?;
            return Ok(Proved::Not(why));
        }
    };
    let is_complete = recorded.confirmed.is_some();
    let is_kept = if is_complete {
        recoveries::record_second(tx, kept.id, hand.officer, &kept.recovery, now).await?
    } else {
        recoveries::record_first(tx, kept.id, &recorded).await?
    };
    if !is_kept {
        return Ok(Proved::Not(NotRecorded::Already));
    }
    let what = if is_complete { "confirmed" } else { "proved" };
    act(app, tx, hand, kept, what, now).await?;
    if let Some(account) = account.as_ref() {
        let event = if is_complete { Event::RecoveryProved } else { Event::StaffChanged };
        tell(app, tx, hand, (account, event), now).await?;
        if is_complete {
            warn(app, tx, account, kept, now).await?;
        }
    }
    let opens_at = kept.recovery.opens_at();
    Ok(if is_complete { Proved::Both { recorded, opens_at } } else { Proved::First(recorded) })
}

/// What came of refusing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It is refused.
    Done,
    /// It was over before: how.
    Over(End),
    /// No recovery has this reference.
    Unknown,
    /// This officer works at the desk, and may not do this, or not for themselves.
    NotAllowed,
}

/// Refuses a recovery: whoever came could not prove who they are, or somebody else had asked for it.
/// One officer is enough, since it leaves everything as it is.
pub async fn refuse(
    app: &App,
    hand: &Hand<'_>,
    reference: &RecoveryReference,
) -> Result<Refused, Fault> {
    let (now, written) = (app.clock.now(), Written::RecoveryRefused);
    let mut tx = app.store.write().await?;
    let mut found = find(app, &mut tx, reference).await?;
    let mut line = line_of(written, found.as_ref(), (reference, hand));
    let may = by_line::may(&mut tx, hand.officer, Right::ProveRecovery, line.person).await?;
    let refused = match &mut found {
        None => Refused::Unknown,
        Some(_) if !may => Refused::NotAllowed,
        Some(found) => close(app, &mut tx, hand, found, now).await?,
    };
    line.outcome = outcome_of(refused);
    by_line::note(app, &mut tx, hand.officer, now, line).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(refused)
}

/// What is written down of it.
pub(crate) const fn outcome_of(refused: Refused) -> Outcome {
    match refused {
        Refused::Done => Outcome::Done,
        Refused::Over(_) | Refused::Unknown => Outcome::Nothing,
        Refused::NotAllowed => Outcome::Refused,
    }
}

/// The same inside what does it, for an officer who may.
pub(crate) async fn close(
    app: &App,
    tx: &mut Tx,
    hand: &Hand<'_>,
    Found { kept, account }: &mut Found,
    now: Instant,
) -> Result<Refused, Fault> {
    if let Err(end) = kept.recovery.refuse(now) {
        return Ok(Refused::Over(end));
    }
    if !recoveries::close(tx, kept.id, End::Refused, now).await? {
        return Ok(Refused::Over(End::Refused));
    }
    end_case(app, tx, kept, (Closing::Refused, hand.officer.as_str()), now).await?;
    act(app, tx, hand, kept, "refused", now).await?;
    if let Some(account) = account.as_ref() {
        tell(app, tx, hand, (account, Event::RecoveryRefused), now).await?;
    }
    let news = RecoveryNews::Refused { at: now };
    tell_both(app, tx, account.as_ref(), kept, news, now).await?;
    Ok(Refused::Done)
}

async fn act(
    app: &App,
    tx: &mut Tx,
    hand: &Hand<'_>,
    kept: &Kept,
    what: &str,
    now: Instant,
) -> Result<(), Fault> {
    recoveries::add_act(tx, app.store.vault(), kept.id, &hand.act(app, what, now)).await
}

async fn account_of(tx: &mut Tx, kept: &Kept) -> Result<Option<Account>, Fault> {
    match kept.recovery.account {
        Some(account) => accounts::get(tx, account).await,
        None => Ok(None),
    }
}
