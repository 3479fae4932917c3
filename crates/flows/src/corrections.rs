//! What a member says is wrong on record, and how far it is. Each request is a case at the desk, too.
//! What staff do about it is `staff::corrections`' business; nothing changes here.

use payung_domain::activity::Event;
use payung_domain::corrections::{
    Correction, CorrectionReference, Deed, MOST_OPEN, NoWords, Stage, Step, Subject, Values,
    words_of,
};
use payung_domain::employers::Employer;
use payung_domain::ids::{EmployerId, PersonId};
use payung_domain::notify::Notice;
use payung_domain::staff::cases::{Closing, Kind, Linked};
use payung_domain::time::Instant;
use payung_storage::{Fault, Tx, accounts, contributions, corrections, members};

use crate::sessions::SignedIn;
use crate::staff::cases::{self, New};
use crate::{App, Visit, notices};

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It is kept, under this number.
    Kept(CorrectionReference),
    /// It was asked before, and is not answered yet.
    Before(CorrectionReference),
    /// What is wrong was not said, or at too great a length.
    NoWords(NoWords),
    /// As many are open as may be.
    Full,
    /// There is no such thing on this record.
    Unknown,
}

/// A correction as its member follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The correction.
    pub correction: Correction,
    /// Every step of it, the first first.
    pub steps: Vec<Step>,
}

/// Everything a member asked for, or staff for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct All {
    /// The latest first.
    pub corrections: Vec<Followed>,
    /// The employers that they name.
    pub employers: Vec<Employer>,
}

/// Asks for something of the own record to be put right. Asked twice, it is one correction.
pub async fn ask(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    subject: &Subject,
    typed: &str,
) -> Result<Asked, Fault> {
    let said = match words_of(typed) {
        Ok(said) => said,
        Err(problem) => return Ok(Asked::NoWords(problem)),
    };
    let account = &member.account;
    let mut tx = app.store.write().await?;
    // The lock by which two requests of one account come one after the other.
    accounts::hold(&mut tx, account.id).await?;
    let asked = keep(app, &mut tx, (account.person, subject), (said, None), visit.now).await?;
    if let Asked::Kept(reference) = &asked {
        notices::note(app, &mut tx, visit, account.id, Event::CorrectionAsked).await?;
        let news = (reference, Stage::Asked);
        tell(app, &mut tx, account.person, news, visit.now).await?;
    }
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(asked)
}

/// Keeps a new correction: what is wrong, and the officer who says so for the member, if one does. It is
/// in the desk's queue from the same moment.
pub(crate) async fn keep(
    app: &App,
    tx: &mut Tx,
    (person, subject): (PersonId, &Subject),
    (said, officer): (String, Option<String>),
    now: Instant,
) -> Result<Asked, Fault> {
    if !is_on_record(app, tx, person, subject).await? {
        return Ok(Asked::Unknown);
    }
    let all = corrections::of_person(tx, person).await?;
    let mut open = all.iter().filter(|one| one.stage.is_open());
    if let Some(known) = open.clone().find(|one| one.subject == *subject) {
        return Ok(Asked::Before(known.reference.clone()));
    }
    if open.nth(MOST_OPEN - 1).is_some() {
        return Ok(Asked::Full);
    }
    let correction = Correction {
        id: app.dice.id(),
        reference: CorrectionReference::new(&*app.dice),
        person,
        subject: *subject,
        stage: Stage::Asked,
        version: 1,
        proposed_by: None,
        asked_at: now,
        changed_at: now,
    };
    let step = Step { number: 1, at: now, officer, deed: Deed::Asked(said) };
    if !corrections::add(tx, app.store.vault(), &correction, &step).await? {
        return Err(Fault::new("keeping a correction", "its number is taken"));
    }
    open_case(app, tx, &correction, step.officer.as_deref()).await?;
    Ok(Asked::Kept(correction.reference))
}

/// What is wrong is not said twice: an officer reads it in the correction, and the member is told.
async fn open_case(
    app: &App,
    tx: &mut Tx,
    correction: &Correction,
    officer: Option<&str>,
) -> Result<(), Fault> {
    let account = accounts::of_person(tx, correction.person).await?;
    let linked = Linked::Correction(correction.reference.clone());
    let new = New {
        person: Some(correction.person),
        author: officer.unwrap_or_default(),
        ..New::of(Kind::Correction, account.map(|account| account.id), linked)
    };
    cases::open(app, tx, &new, correction.asked_at).await.map(drop)
}

/// The case at the desk ends with its correction, whoever had it. What only goes from one officer to
/// another is not over.
pub(crate) async fn end_case(
    app: &App,
    tx: &mut Tx,
    correction: &Correction,
    officer: &str,
) -> Result<(), Fault> {
    let outcome = match correction.stage {
        Stage::InEffect => Closing::Corrected,
        Stage::Refused => Closing::Refused,
        Stage::Withdrawn => Closing::Withdrawn,
        Stage::Asked | Stage::Proposed | Stage::Returned => return Ok(()),
    };
    let linked = Linked::Correction(correction.reference.clone());
    cases::end(app, tx, &linked, (outcome, officer), correction.changed_at).await
}

/// Whether there is such a thing on this person's record, and not on another's (S5).
async fn is_on_record(
    app: &App,
    tx: &mut Tx,
    person: PersonId,
    subject: &Subject,
) -> Result<bool, Fault> {
    let Subject::Row(key) = subject else {
        return Ok(members::name(tx, app.store.vault(), person).await?.is_some());
    };
    let memberships = members::memberships(tx, person).await?;
    let is_theirs = memberships.iter().any(|membership| membership.id == key.membership);
    Ok(is_theirs && contributions::locked(tx, key).await?.is_some())
}

/// Takes a request back: what staff proposed meanwhile comes to nothing, and its case ends. `false` when
/// this member has no such request (S5), or it is decided.
pub async fn withdraw(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    reference: &CorrectionReference,
) -> Result<bool, Fault> {
    let account = &member.account;
    let mut tx = app.store.write().await?;
    let found = corrections::locked(&mut tx, reference).await?;
    let own = found.filter(|one| one.person == account.person);
    let Some(next) = own.and_then(|one| one.withdrawn(visit.now)) else { return Ok(false) };
    let step = Step { number: next.version, at: visit.now, officer: None, deed: Deed::Withdrawn };
    if !corrections::advance(&mut tx, app.store.vault(), &next, &step).await? {
        return Ok(false);
    }
    end_case(app, &mut tx, &next, "").await?;
    notices::note(app, &mut tx, visit, account.id, Event::CorrectionWithdrawn).await?;
    tell(app, &mut tx, account.person, (&next.reference, next.stage), visit.now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(true)
}

/// Everything of a member's, with every step.
pub async fn of_member(app: &App, member: &SignedIn) -> Result<All, Fault> {
    let mut tx = app.store.read().await?;
    let mut followed = Vec::new();
    for correction in corrections::of_person(&mut tx, member.account.person).await? {
        let steps = corrections::steps(&mut tx, app.store.vault(), &correction).await?;
        followed.push(Followed { correction, steps });
    }
    let mut employers = Vec::new();
    for one in &followed {
        named(&mut tx, &one.correction, &one.steps, &mut employers).await?;
    }
    Ok(All { corrections: followed, employers })
}

/// Adds the employers that a correction names and that are not among these yet.
pub(crate) async fn named(
    tx: &mut Tx,
    correction: &Correction,
    steps: &[Step],
    employers: &mut Vec<Employer>,
) -> Result<(), Fault> {
    let of_subject = match correction.subject {
        Subject::Row(key) => key.employer,
        Subject::Person => None,
    };
    let mut ids: Vec<EmployerId> = of_subject.into_iter().collect();
    for step in steps {
        if let Deed::Proposed(proposal) = &step.deed {
            ids.extend(employer_of(&proposal.before));
            ids.extend(employer_of(&proposal.after));
        }
    }
    for id in ids {
        if employers.iter().all(|known| known.id != id) {
            employers.extend(members::employer_of(tx, id).await?);
        }
    }
    Ok(())
}

const fn employer_of(values: &Values) -> Option<EmployerId> {
    match values {
        Values::Row(row) => row.employer,
        Values::Person(_) => None,
    }
}

/// Tells the member how far a correction is: by every way once it is decided, before that by letter, and
/// so when it is the member who ends it.
/// Whoever has no account is told nothing.
pub(crate) async fn tell(
    app: &App,
    tx: &mut Tx,
    person: PersonId,
    (reference, stage): (&CorrectionReference, Stage),
    now: Instant,
) -> Result<(), Fault> {
    let Some(account) = accounts::of_person(tx, person).await? else { return Ok(()) };
    let (reference, stage_word) = (reference.as_str().to_owned(), stage.name().to_owned());
    let notice = Notice::Correction { reference, stage: stage_word, at: now };
    if stage.is_open() || stage == Stage::Withdrawn {
        notices::tell_by_letter(app, tx, &account, notice, now).await
    } else {
        notices::tell_everywhere(app, tx, &account, &notice, now).await
    }
}
