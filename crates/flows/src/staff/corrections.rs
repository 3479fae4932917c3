//! Corrections at the desk: one officer says what is right and what they saw, another one agrees, and
//! the record is put right at once. Nobody decides about their own proposal or their own record, and
//! nothing is agreed with that is not there any more (P-04, N-08). The decision ends the case, too.

use payung_domain::activity::Event;
use payung_domain::contributions::Contribution;
use payung_domain::corrections::{
    self as rules, Correction, CorrectionReference, Deed, Field, Grounds, Misread, Move, NoWords,
    NotNow, Proposal, Stage, Step, Subject, Typed, Unproven, Values, Wrong, words_of,
};
use payung_domain::employers::Employer;
use payung_domain::ids::{LookId, Npp};
use payung_domain::ledger::correction::put_right;
use payung_domain::ledger::{LedgerProblem, Posting};
use payung_domain::staff::Right;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::cases::{CaseReference, Linked};
use payung_domain::staff::looks::{Reason, Why};
use payung_domain::time::Zone;
use payung_storage::corrections::{self as kept, Righted};
use payung_storage::staff::{self as colleagues, cases};
use payung_storage::{Fault, Tx, accounts, contributions, imports, ledger, members};

use super::acts::tell_activity;
use super::looks::{has_looked_enough, is_open_already, own_look, tell as tell_of_look};
use super::{Denied, Line, SignedIn, check, note};
use crate::corrections::{Asked, end_case, keep, named, tell};
use crate::{App, Visit};

/// Corrections of each stage on the list.
const MOST: u32 = 100;

/// What is to be done, and by when.
pub async fn list(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
) -> Result<Result<Vec<Correction>, Denied>, Fault> {
    let mut tx = app.store.write().await?;
    let (right, act) = (Right::ProposeCorrection, Act::CorrectionsListed);
    if let Err(denied) = check(app, &mut tx, visit, signed_in, right, act).await? {
        tx.commit().await?;
        return Ok(Err(denied));
    }
    note(app, &mut tx, signed_in, visit.now, Line::done(act)).await?;
    let mut all = Vec::new();
    for stage in [Stage::Proposed, Stage::Returned, Stage::Asked] {
        all.extend(kept::at_stage(&mut tx, stage, MOST).await?);
    }
    tx.commit().await?;
    Ok(Ok(all))
}

/// Contributions that an officer may choose from.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Those of one year, the oldest month first.
    pub rows: Vec<Contribution>,
    /// Whoever paid them.
    pub employers: Vec<Employer>,
}

/// What came of looking for contributions to be put right.
#[derive(Clone, Debug)]
pub enum Found {
    /// These.
    Rows(Box<Rows>),
    /// The record was shut again, or never was this officer's.
    Gone,
    /// It was not allowed.
    Denied(Denied),
}

/// The contributions of one year of a record that is open to this officer.
pub async fn rows(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    (look, year): (LookId, i16),
) -> Result<Found, Fault> {
    let mut tx = app.store.write().await?;
    let found = read_rows(app, &mut tx, visit, signed_in, (look, year)).await?;
    tx.commit().await?;
    Ok(found)
}

async fn read_rows(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (look, year): (LookId, i16),
) -> Result<Found, Fault> {
    let act = Act::Opened;
    let right = Right::ProposeCorrection;
    if let Err(denied) = check(app, tx, visit, signed_in, right, act).await? {
        return Ok(Found::Denied(denied));
    }
    let Some(look) = own_look(app, tx, visit, signed_in, (look, act)).await? else {
        return Ok(Found::Gone);
    };
    let line = Line { person: Some(look.person), detail: "contributions", ..Line::done(act) };
    note(app, tx, signed_in, visit.now, line).await?;
    let mut rows = contributions::of_person(tx, look.person).await?;
    rows.retain(|row| row.month.year() == year);
    let employers = members::employers(tx, look.person).await?;
    Ok(Found::Rows(Box::new(Rows { rows, employers })))
}

/// What came of asking in a member's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskedFor {
    /// The same as if the member had asked.
    Asked(Asked),
    /// The record was shut again, or never was this officer's.
    Gone,
    /// It was not allowed.
    Denied(Denied),
}

/// Asks for a correction in the name of the member whose record is open to this officer.
pub async fn ask_for(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    (look, subject): (LookId, &Subject),
    typed: &str,
) -> Result<AskedFor, Fault> {
    let mut tx = app.store.write().await?;
    let asked = ask(app, &mut tx, visit, signed_in, (look, subject), typed).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(asked)
}

async fn ask(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (look, subject): (LookId, &Subject),
    typed: &str,
) -> Result<AskedFor, Fault> {
    let (staff, now, act) = (&signed_in.staff, visit.now, Act::CorrectionAsked);
    let right = Right::ProposeCorrection;
    if let Err(denied) = check(app, tx, visit, signed_in, right, act).await? {
        return Ok(AskedFor::Denied(denied));
    }
    let Some(look) = own_look(app, tx, visit, signed_in, (look, act)).await? else {
        return Ok(AskedFor::Gone);
    };
    let said = match words_of(typed) {
        Ok(said) => said,
        Err(problem) => return Ok(AskedFor::Asked(Asked::NoWords(problem))),
    };
    let words = (said.clone(), Some(staff.name.as_str().to_owned()));
    let asked = keep(app, tx, (look.person, subject), words, now).await?;
    let (outcome, reference) = match &asked {
        Asked::Kept(reference) => {
            tell(app, tx, look.person, (reference, Stage::Asked), now).await?;
            (Outcome::Done, reference.as_str())
        }
        Asked::Before(reference) => (Outcome::Nothing, reference.as_str()),
        Asked::Full => (Outcome::TooMuch, ""),
        Asked::Unknown | Asked::NoWords(_) => (Outcome::Refused, ""),
    };
    let person = Some(look.person);
    let line = Line { act, outcome, person, detail: reference, reason: &said };
    note(app, tx, signed_in, now, line).await?;
    Ok(AskedFor::Asked(asked))
}

/// A correction as an officer sees it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The correction.
    pub correction: Correction,
    /// Every step of it, the first first.
    pub steps: Vec<Step>,
    /// What stands on record now; none where it has gone elsewhere.
    pub current: Option<Values>,
    /// The member's name.
    pub name: String,
    /// The member numbers, masked.
    pub kpj: Vec<String>,
    /// The employers that are named.
    pub employers: Vec<Employer>,
    /// The case that it is in the queue.
    pub case: Option<CaseReference>,
}

/// What came of opening a correction.
#[derive(Clone, Debug)]
pub enum Opened {
    /// It is open.
    Correction(Box<Shown>),
    /// There is none of this reference.
    Gone,
    /// It is about the officer's own record.
    Own,
    /// The officer has seen too many members already.
    TooMany,
    /// It was not allowed.
    Denied(Denied),
}

/// Opens a correction, with what stands on record. The member reads that it was opened, and by whom.
pub async fn open(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    reference: &CorrectionReference,
) -> Result<Opened, Fault> {
    let mut tx = app.store.write().await?;
    let mut opened = read(app, &mut tx, visit, signed_in, reference).await?;
    if let Opened::Correction(shown) = &opened {
        let correction = shown.correction.clone();
        if !look(app, &mut tx, visit, signed_in, &correction).await? {
            opened = Opened::TooMany;
        }
    }
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(opened)
}

/// Counts and tells that an officer opened a correction; `false` when they have seen as many
/// members as they may. Shown again, with what needs fixing, it is the same look.
async fn look(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    correction: &Correction,
) -> Result<bool, Fault> {
    let (staff, now) = (&signed_in.staff, visit.now);
    let line = line_of(Act::CorrectionOpened, Outcome::Done, correction, "");
    if is_open_already(app, tx, staff, &line, now).await? {
        return Ok(true);
    }
    if has_looked_enough(app, tx, staff, now).await? {
        app.counters.looks_over_limit.count();
        note(app, tx, signed_in, now, Line { outcome: Outcome::TooMuch, ..line }).await?;
        return Ok(false);
    }
    note(app, tx, signed_in, now, line).await?;
    let reason = Reason { why: Why::Request, text: correction.reference.to_string() };
    let why = (&reason, None);
    tell_of_look(app, tx, staff.name.as_str(), correction.person, why, now).await?;
    Ok(true)
}

async fn read(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    reference: &CorrectionReference,
) -> Result<Opened, Fault> {
    let (right, act) = (Right::ProposeCorrection, Act::CorrectionOpened);
    let correction = match find(app, tx, visit, signed_in, (right, act), reference).await? {
        Ok(correction) => correction,
        Err(Barred::Denied(denied)) => return Ok(Opened::Denied(denied)),
        Err(Barred::Gone) => return Ok(Opened::Gone),
        Err(Barred::Own) => return Ok(Opened::Own),
    };
    let vault = app.store.vault();
    let steps = kept::steps(tx, vault, &correction).await?;
    let current = current(app, tx, &correction).await?;
    let name = members::name(tx, vault, correction.person).await?.unwrap_or_default();
    let memberships = members::memberships(tx, correction.person).await?;
    let mut employers = Vec::new();
    named(tx, &correction, &steps, &mut employers).await?;
    let linked = Linked::Correction(correction.reference.clone());
    let case = cases::linked_to(tx, &linked).await?;
    Ok(Opened::Correction(Box::new(Shown {
        kpj: memberships.iter().map(|membership| membership.kpj.masked()).collect(),
        correction,
        steps,
        current,
        name,
        employers,
        case: case.map(|case| case.reference),
    })))
}

/// Why an officer gets no further.
enum Barred {
    Denied(Denied),
    Gone,
    Own,
}

/// The correction of this reference, locked, for an officer who may do this and whose own record it is
/// not. Whatever else is tried is written down.
async fn find(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (right, act): (Right, Act),
    reference: &CorrectionReference,
) -> Result<Result<Correction, Barred>, Fault> {
    let (staff, now) = (&signed_in.staff, visit.now);
    if let Err(denied) = check(app, tx, visit, signed_in, right, act).await? {
        return Ok(Err(Barred::Denied(denied)));
    }
    let Some(correction) = kept::locked(tx, reference).await? else {
        let line = Line { outcome: Outcome::Nothing, ..Line::done(act) };
        note(app, tx, signed_in, now, line).await?;
        return Ok(Err(Barred::Gone));
    };
    if colleagues::is_own(tx, staff.id, correction.person).await? {
        note(app, tx, signed_in, now, line_of(act, Outcome::Refused, &correction, "")).await?;
        return Ok(Err(Barred::Own));
    }
    Ok(Ok(correction))
}

fn line_of<'a>(
    act: Act,
    outcome: Outcome,
    correction: &'a Correction,
    reason: &'a str,
) -> Line<'a> {
    let detail = correction.reference.as_str();
    Line { act, outcome, person: Some(correction.person), detail, reason }
}

/// What stands on record of what a correction is about.
async fn current(app: &App, tx: &mut Tx, correction: &Correction) -> Result<Option<Values>, Fault> {
    match &correction.subject {
        Subject::Person => {
            let found = members::person(tx, app.store.vault(), correction.person).await?;
            Ok(found.map(|(person, _)| Values::Person((&person).into())))
        }
        Subject::Row(key) => Ok(contributions::locked(tx, key).await?.map(Values::Row)),
    }
}

/// A line in the member's activity, and beside it who it was and why.
async fn show_member(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    correction: &Correction,
    (event, why): (Event, &str),
) -> Result<(), Fault> {
    let Some(account) = accounts::of_person(tx, correction.person).await? else { return Ok(()) };
    let text = format!("{} {why}", correction.reference).trim_end().to_owned();
    let reason = Reason { why: Why::Request, text };
    let what = (event, signed_in.staff.name.as_str(), &reason);
    tell_activity(app, tx, account.id, what, visit.now).await
}

/// Which correction an officer acts on, and the version of it that they saw.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Which one.
    pub reference: &'a CorrectionReference,
    /// The version.
    pub version: i64,
}

/// What came of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposed {
    /// A colleague decides now.
    Done,
    /// There is no such correction, or what it is about is gone.
    Gone,
    /// It is about the officer's own record.
    Own,
    /// It cannot be done now.
    NotNow(NotNow),
    /// A field cannot be read.
    Misread(Misread),
    /// It is not proved.
    Unproven(Unproven),
    /// It was not allowed.
    Denied(Denied),
}

/// Proposes what is right.
pub async fn propose(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    seen: Seen<'_>,
    (typed, grounds): (Typed<'_>, Grounds<'_>),
) -> Result<Proposed, Fault> {
    let mut tx = app.store.write().await?;
    let proposed = put(app, &mut tx, visit, signed_in, seen, (typed, grounds)).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(proposed)
}

async fn put(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    seen: Seen<'_>,
    (typed, grounds): (Typed<'_>, Grounds<'_>),
) -> Result<Proposed, Fault> {
    let (staff, now, act) = (&signed_in.staff, visit.now, Act::CorrectionProposed);
    let allowed = (Right::ProposeCorrection, act);
    let correction = match find(app, tx, visit, signed_in, allowed, seen.reference).await? {
        Ok(correction) => correction,
        Err(Barred::Denied(denied)) => return Ok(Proposed::Denied(denied)),
        Err(Barred::Gone) => return Ok(Proposed::Gone),
        Err(Barred::Own) => return Ok(Proposed::Own),
    };
    let next = match correction.after(Move::Propose, staff.id, seen.version, now) {
        Ok(next) => next,
        Err(not_now) => {
            note(app, tx, signed_in, now, line_of(act, Outcome::Refused, &correction, "")).await?;
            return Ok(Proposed::NotNow(not_now));
        }
    };
    let Some(before) = current(app, tx, &correction).await? else { return Ok(Proposed::Gone) };
    let after = match right(app, tx, visit, &before, typed).await? {
        Ok(after) => after,
        Err(misread) => return Ok(Proposed::Misread(misread)),
    };
    let today = now.date(Zone::default());
    let proposal = match Proposal::of((before, after), grounds, today) {
        Ok(proposal) => proposal,
        Err(unproven) => return Ok(Proposed::Unproven(unproven)),
    };
    let why = proposal.why.clone();
    if !step(app, tx, visit, signed_in, &next, Deed::Proposed(Box::new(proposal))).await? {
        return Ok(Proposed::NotNow(NotNow::Older));
    }
    note(app, tx, signed_in, now, line_of(act, Outcome::Done, &next, &why)).await?;
    tell(app, tx, next.person, (&next.reference, Stage::Proposed), now).await?;
    Ok(Proposed::Done)
}

/// Reads what should stand there.
async fn right(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    before: &Values,
    typed: Typed<'_>,
) -> Result<Result<Values, Misread>, Fault> {
    let today = visit.now.date(Zone::default());
    let read = match (before, typed) {
        (Values::Person(person), Typed::Person(typed)) => rules::person(person, typed, today),
        (Values::Row(row), Typed::Row(typed)) => {
            let numbered = match Npp::parse(typed.npp) {
                Ok(npp) => members::employer_numbered(tx, &npp).await?.map(|found| found.id),
                Err(_) => None,
            };
            // Whoever pays alone has no employer, whatever is typed.
            let employer = row.employer.and(numbered);
            rules::row(row, typed, employer, &app.programmes, today)
        }
        // The form of something else: there is nothing in it that could be read.
        _ => Err(Misread { field: Field::Name, wrong: Wrong::Form }),
    };
    Ok(read)
}

/// Makes a step, which ends the case where it decides; `false` when another one was made first.
async fn step(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    next: &Correction,
    deed: Deed,
) -> Result<bool, Fault> {
    let officer = Some(signed_in.staff.name.as_str().to_owned());
    let step = Step { number: next.version, at: visit.now, officer, deed };
    let is_first = kept::advance(tx, app.store.vault(), next, &step).await?;
    if is_first {
        end_case(app, tx, next, signed_in.staff.name.as_str()).await?;
    }
    Ok(is_first)
}

/// What an officer decides about a colleague's proposal, or about a request.
#[derive(Clone, Copy, Debug)]
pub enum Decision<'a> {
    /// It is right.
    Approve,
    /// It goes back, for this reason.
    Return(&'a str),
    /// The record stays as it is, for this reason (N-09).
    Refuse(&'a str),
}

impl Decision<'_> {
    const fn act(self) -> (Move, Act) {
        match self {
            Self::Approve => (Move::Approve, Act::CorrectionApproved),
            Self::Return(_) => (Move::Return, Act::CorrectionReturned),
            Self::Refuse(_) => (Move::Refuse, Act::CorrectionRefused),
        }
    }
}

/// What came of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// It is so.
    Done,
    /// There is no such correction.
    Gone,
    /// It is about the officer's own record.
    Own,
    /// It cannot be done now.
    NotNow(NotNow),
    /// The record has changed since the proposal, which went back.
    Changed,
    /// What should stand there belongs to another person, or there is such a contribution already.
    Taken,
    /// The contribution still waits to be posted.
    Waiting,
    /// The savings that would be taken back are gone.
    Overdrawn,
    /// The reason is none.
    NoWords(NoWords),
    /// It was not allowed.
    Denied(Denied),
}

/// Decides. Agreeing puts the record right, in the ledger too, in one commit.
pub async fn decide(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    seen: Seen<'_>,
    decision: Decision<'_>,
) -> Result<Decided, Fault> {
    let mut tx = app.store.write().await?;
    let decided = choose(app, &mut tx, visit, signed_in, seen, decision).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(decided)
}

async fn choose(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    seen: Seen<'_>,
    decision: Decision<'_>,
) -> Result<Decided, Fault> {
    let (staff, now, (moves, act)) = (&signed_in.staff, visit.now, decision.act());
    let allowed = (Right::DecideCorrection, act);
    let correction = match find(app, tx, visit, signed_in, allowed, seen.reference).await? {
        Ok(correction) => correction,
        Err(Barred::Denied(denied)) => return Ok(Decided::Denied(denied)),
        Err(Barred::Gone) => return Ok(Decided::Gone),
        Err(Barred::Own) => return Ok(Decided::Own),
    };
    let next = match correction.after(moves, staff.id, seen.version, now) {
        Ok(next) => next,
        Err(not_now) => {
            note(app, tx, signed_in, now, line_of(act, Outcome::Refused, &correction, "")).await?;
            return Ok(Decided::NotNow(not_now));
        }
    };
    let (deed, why) = match decision {
        Decision::Approve => return approve(app, tx, visit, signed_in, (&correction, &next)).await,
        Decision::Return(typed) => match words_of(typed) {
            Ok(why) => (Deed::Returned(why.clone()), why),
            Err(problem) => return Ok(Decided::NoWords(problem)),
        },
        Decision::Refuse(typed) => match words_of(typed) {
            Ok(why) => (Deed::Refused(why.clone()), why),
            Err(problem) => return Ok(Decided::NoWords(problem)),
        },
    };
    if !step(app, tx, visit, signed_in, &next, deed).await? {
        return Ok(Decided::NotNow(NotNow::Older));
    }
    note(app, tx, signed_in, now, line_of(act, Outcome::Done, &next, &why)).await?;
    if next.stage == Stage::Refused {
        tell(app, tx, next.person, (&next.reference, next.stage), now).await?;
    }
    Ok(Decided::Done)
}

async fn approve(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (correction, next): (&Correction, &Correction),
) -> Result<Decided, Fault> {
    let (staff, now, act) = (&signed_in.staff, visit.now, Act::CorrectionApproved);
    let steps = kept::steps(tx, app.store.vault(), correction).await?;
    let Some(proposal) = rules::proposal(&steps) else { return Ok(Decided::Gone) };
    let righted = set(app, tx, visit, next, proposal).await?;
    if righted != Set::Done {
        note(app, tx, signed_in, now, line_of(act, Outcome::Refused, correction, "")).await?;
    }
    match righted {
        Set::Done => {}
        Set::Changed => {
            let back = correction.after(Move::Return, staff.id, correction.version, now);
            if let Ok(back) = back {
                step(app, tx, visit, signed_in, &back, Deed::Outdated).await?;
            }
            return Ok(Decided::Changed);
        }
        Set::Taken => return Ok(Decided::Taken),
        Set::Waiting => return Ok(Decided::Waiting),
        Set::Overdrawn => return Ok(Decided::Overdrawn),
    }
    if !step(app, tx, visit, signed_in, next, Deed::Approved).await? {
        // The row is locked, so this cannot be; were it so, nothing of it may last.
        return Err(Fault::new("putting a record right", "another step was made first"));
    }
    note(app, tx, signed_in, now, line_of(act, Outcome::Done, next, "")).await?;
    let changed = (Event::StaffChanged, &*proposal.why);
    show_member(app, tx, visit, signed_in, next, changed).await?;
    tell(app, tx, next.person, (&next.reference, next.stage), now).await?;
    Ok(Decided::Done)
}

/// What came of putting the record right. Nothing is written unless it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Done,
    Changed,
    Taken,
    Waiting,
    Overdrawn,
}

impl From<Righted> for Set {
    fn from(righted: Righted) -> Self {
        match righted {
            Righted::Done => Self::Done,
            Righted::Changed => Self::Changed,
            Righted::Taken => Self::Taken,
        }
    }
}

async fn set(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    next: &Correction,
    proposal: &Proposal,
) -> Result<Set, Fault> {
    match (&proposal.before, &proposal.after) {
        (Values::Person(before), Values::Person(after)) => {
            let (vault, whose) = (app.store.vault(), (next.person, next.id));
            let both = (before, after);
            let set = kept::set_person(tx, vault, whose, both, proposal.since, visit.now).await?;
            Ok(set.into())
        }
        (Values::Row(before), Values::Row(after)) => {
            set_row(tx, visit, next, (before, after)).await
        }
        _ => Err(Fault::new("putting a record right", "a person is no contribution")),
    }
}

async fn set_row(
    tx: &mut Tx,
    visit: &Visit,
    next: &Correction,
    (before, after): (&Contribution, &Contribution),
) -> Result<Set, Fault> {
    let key = rules::Key::of(before);
    // What is not in the ledger yet cannot be taken back there.
    if imports::is_waiting(tx, key.membership, key.month, key.payer()).await? {
        return Ok(Set::Waiting);
    }
    let lines = match lines(tx, visit, (before, after)).await? {
        Ok(lines) => lines,
        Err(LedgerProblem::Overdrawn { .. }) => return Ok(Set::Overdrawn),
        Err(problem) => return Err(Fault::new("putting a ledger right", problem)),
    };
    let set: Set = kept::set_contribution(tx, next.id, (before, after), visit.now).await?.into();
    if set == Set::Done {
        ledger::add(tx, &lines).await?;
    }
    Ok(set)
}

async fn lines(
    tx: &mut Tx,
    visit: &Visit,
    (before, after): (&Contribution, &Contribution),
) -> Result<Result<Vec<Posting>, LedgerProblem>, Fault> {
    let end = ledger::end_locked(tx, before.membership).await?;
    Ok(put_right(end, before, after, visit.now.date(Zone::default())))
}
