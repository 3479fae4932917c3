//! What officers do with a case (S03): read it, take it, write into it, hand it over, close it. Each act
//! names the version that was seen; when somebody was faster, nothing is done and what was written is
//! kept.
//!
//! Of the member an officer sees what the record page shows, masked, and only while the case is theirs.

use payung_domain::accounts::Account;
use payung_domain::activity::{Event, Line as Happened};
use payung_domain::corrections::Correction;
use payung_domain::ids::{LookId, PersonId, StaffId};
use payung_domain::marks::Mark;
use payung_domain::notify::Notice;
use payung_domain::recoveries::State as Recovered;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::cases::{
    Actor, Case, CaseReference, Closing, DRAFT_LIFE, Entry, Kind, Linked, NoNote, NotDone, State,
    Step, What, note as read_note,
};
use payung_domain::staff::looks::{Reason, Why};
use payung_domain::staff::{Officer, Right, Staff};
use payung_domain::time::Instant;
use payung_domain::transactions::Report;
use payung_storage::staff::looks::View;
use payung_storage::staff::{self as kept, cases};
use payung_storage::{Fault, Tx, accounts, activity, corrections, recoveries, transaction_reports};

use super::super::acts::tell_activity;
use super::super::looks::{self, Masked};
use super::super::{Denied, Line, SignedIn, check, note};
use super::{New, holder, is_own, names};
use crate::recoveries::desk::Hand;
use crate::transactions::desk as reports;
use crate::{App, Visit, notices};

/// What a case is about, as far as there is something to say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Nothing but what is written in it.
    Nothing,
    /// A staged recovery, and where it stands; none when it is gone.
    Recovery(String, Option<Recovered>),
    /// A report of a transaction; none when it is gone.
    Report(String, Option<Box<Report>>),
    /// Something that staff did, by what stands in the member's activity.
    Activity(Option<Happened>, Option<View>),
    /// A request to put the record right; none when it is gone.
    Correction(String, Option<Box<Correction>>),
}

/// A case as somebody at the desk sees it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The case.
    pub case: Case,
    /// Who has it, or had it.
    pub holder: Option<String>,
    /// Whether it should have been answered by now.
    pub is_overdue: bool,
    /// What happened to it, the first line first.
    pub entries: Vec<Entry>,
    /// What it is about.
    pub about: About,
    /// The member, masked; only for the officer who has the case.
    pub member: Option<Masked>,
    /// What this officer has begun to write.
    pub draft: Option<String>,
    /// What this officer may do now.
    pub steps: Steps,
    /// To whom it may be given.
    pub colleagues: Vec<String>,
    /// When it was opened on the page.
    pub seen_at: Instant,
}

/// What may be done to a case, by one officer, now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps(Vec<&'static str>);

impl Steps {
    /// What this officer may do to this case.
    #[must_use]
    pub fn of(case: &Case, actor: Option<Actor>, now: Instant) -> Self {
        let Some(actor) = actor else { return Self::default() };
        let somebody = Some(StaffId(uuid::Uuid::max()));
        let all = [
            ("take", Step::Take),
            ("wait", Step::Wait),
            ("resume", Step::Resume),
            ("note", Step::Note),
            ("hand-over", Step::HandOver(somebody)),
            ("return", Step::HandOver(None)),
            ("close", Step::Close(Closing::Explained)),
        ];
        let allowed = all.into_iter().filter(|(_, step)| case.allows(actor, *step, now));
        Self(allowed.map(|(word, _)| word).collect())
    }

    /// Whether this may be done: `take`, `wait`, `resume`, `note`, `hand-over`, `return`, `close`.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(&word)
    }
}

/// What came of opening a case.
#[derive(Clone, Debug)]
pub enum Opened {
    /// It is open.
    Case(Box<Shown>),
    /// No case has this number.
    Gone,
    /// It is about the officer.
    Own,
    /// It was not allowed.
    Denied(Denied),
}

/// Opens a case. That somebody read it is written down.
pub async fn show(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    reference: &CaseReference,
) -> Result<Opened, Fault> {
    let mut tx = app.store.write().await?;
    let opened = read(app, &mut tx, visit, signed_in, reference).await?;
    tx.commit().await?;
    Ok(opened)
}

async fn read(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    reference: &CaseReference,
) -> Result<Opened, Fault> {
    let (staff, now, act) = (&signed_in.staff, visit.now, Act::CaseRead);
    if let Err(denied) = check(app, tx, visit, signed_in, Right::ReadCases, act).await? {
        return Ok(Opened::Denied(denied));
    }
    let case = match find(app, tx, signed_in, (reference, act), now).await? {
        Found::Case(case) => *case,
        Found::Nothing => return Ok(Opened::Gone),
        Found::Own => return Ok(Opened::Own),
    };
    note(app, tx, signed_in, now, line(&case, act, Outcome::Done)).await?;
    let names = names(tx).await?;
    let is_mine =
        case.state.holder() == Some(staff.id) && !matches!(case.state, State::Closed { .. });
    let member = match case.person {
        Some(person) if is_mine => looks::masked(app, tx, person, now).await?,
        _ => None,
    };
    let vault = app.store.vault();
    let steps = Steps::of(&case, actor(staff), now);
    Ok(Opened::Case(Box::new(Shown {
        holder: holder(&names, &case),
        is_overdue: case.is_overdue(now),
        entries: cases::entries(tx, vault, case.id).await?,
        about: about(app, tx, &case, now).await?,
        member,
        draft: cases::draft(tx, vault, (case.id, staff.id), now).await?,
        colleagues: if steps.has("hand-over") { colleagues(tx, &case).await? } else { Vec::new() },
        steps,
        seen_at: now,
        case,
    })))
}

fn actor(staff: &Staff) -> Option<Actor> {
    let assigns = staff.role.may(Right::AssignCases);
    staff.role.may(Right::HandleCases).then_some(Actor { staff: staff.id, assigns })
}

fn line(case: &Case, act: Act, outcome: Outcome) -> Line<'_> {
    Line { act, outcome, person: case.person, detail: case.reference.as_str(), reason: "" }
}

/// What came of looking for a case.
enum Found {
    Case(Box<Case>),
    Nothing,
    Own,
}

/// The case with this number, if there is one and it is not about the officer. What is refused is
/// written down.
async fn find(
    app: &App,
    tx: &mut Tx,
    signed_in: &SignedIn,
    (reference, act): (&CaseReference, Act),
    now: Instant,
) -> Result<Found, Fault> {
    let Some(case) = cases::referred(tx, reference).await? else {
        let (outcome, detail) = (Outcome::Nothing, reference.as_str());
        note(app, tx, signed_in, now, Line { outcome, detail, ..Line::done(act) }).await?;
        return Ok(Found::Nothing);
    };
    if is_own(tx, signed_in.staff.id, &case).await? {
        note(app, tx, signed_in, now, line(&case, act, Outcome::Refused)).await?;
        return Ok(Found::Own);
    }
    Ok(Found::Case(Box::new(case)))
}

async fn about(app: &App, tx: &mut Tx, case: &Case, now: Instant) -> Result<About, Fault> {
    let vault = app.store.vault();
    Ok(match &case.linked {
        Linked::Nothing => About::Nothing,
        Linked::Recovery(reference) => {
            let found = recoveries::referred(tx, vault, reference).await?;
            let state = found.map(|kept| kept.recovery.state(now));
            About::Recovery(reference.to_string(), state)
        }
        Linked::Report(reference) => {
            let found = transaction_reports::referred(tx, reference).await?;
            About::Report(reference.to_string(), found.map(Box::new))
        }
        Linked::Activity(mark) => match case.account {
            Some(account) => About::Activity(
                activity::get(tx, account, *mark).await?,
                kept::looks::view(tx, vault, account, mark.id).await?,
            ),
            None => About::Activity(None, None),
        },
        Linked::Correction(reference) => {
            let found = corrections::referred(tx, reference).await?;
            About::Correction(reference.to_string(), found.map(Box::new))
        }
    })
}

/// Whoever could have the case: not shut out, of a role for it, and not the one whose act it contests.
async fn colleagues(tx: &mut Tx, case: &Case) -> Result<Vec<String>, Fault> {
    let all = kept::list(tx).await?;
    let fits = |staff: &&Staff| {
        let is_free = Some(staff.id) != case.state.holder() && Some(staff.id) != case.about;
        is_free && may_have(staff)
    };
    Ok(all.iter().filter(fits).map(|staff| staff.name.as_str().to_owned()).collect())
}

/// Whether somebody works at the desk who could have a case.
pub(super) fn may_have(staff: &Staff) -> bool {
    staff.disabled_at.is_none() && staff.role.may(Right::HandleCases)
}

/// What an officer wants to do to a case.
#[derive(Clone, Copy, Debug)]
pub enum Wish<'a> {
    /// Take it.
    Take,
    /// Wait for the member.
    Wait,
    /// Work on it again.
    Resume,
    /// Write a note.
    Note(&'a str),
    /// Give it to a colleague, or back to the queue, with a word or none.
    HandOver(Option<&'a Officer>, &'a str),
    /// Close it, and say why.
    Close(Closing, &'a str),
}

impl Wish<'_> {
    const fn act(&self) -> Act {
        match self {
            Self::Take => Act::CaseTaken,
            Self::Wait | Self::Resume => Act::CaseWaits,
            Self::Note(_) => Act::CaseNoted,
            Self::HandOver(..) => Act::CaseHandedOver,
            Self::Close(..) => Act::CaseClosed,
        }
    }

    const fn what(&self) -> What {
        match self {
            Self::Take => What::Taken,
            Self::Wait => What::Waits,
            Self::Resume => What::Resumed,
            Self::Note(_) => What::Noted,
            Self::HandOver(None, _) => What::Returned,
            Self::HandOver(Some(_), _) => What::HandedOver,
            Self::Close(..) => What::Closed,
        }
    }

    const fn typed(&self) -> &str {
        match self {
            Self::Take | Self::Wait | Self::Resume => "",
            Self::Note(text) | Self::HandOver(_, text) | Self::Close(_, text) => text,
        }
    }

    /// What was written, as it is kept. A note and the end of a case say something.
    fn text(&self) -> Result<String, NoNote> {
        let may_be_empty = !matches!(self, Self::Note(_) | Self::Close(..));
        match read_note(self.typed()) {
            Err(NoNote::Empty) if may_be_empty => Ok(String::new()),
            read => read,
        }
    }

    fn detail(&self) -> &str {
        match self {
            Self::HandOver(Some(to), _) => to.as_str(),
            Self::Close(outcome, _) => outcome.name(),
            _ => "",
        }
    }

    const fn step(&self, to: Option<StaffId>) -> Step {
        match self {
            Self::Take => Step::Take,
            Self::Wait => Step::Wait,
            Self::Resume => Step::Resume,
            Self::Note(_) => Step::Note,
            Self::HandOver(..) => Step::HandOver(to),
            Self::Close(outcome, _) => Step::Close(*outcome),
        }
    }
}

/// Which case, and which version of it was seen.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Its number.
    pub reference: &'a CaseReference,
    /// The version on the page.
    pub version: u32,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worked {
    /// It is done.
    Done,
    /// Somebody was faster; what was written is kept.
    Changed,
    /// No case has this number.
    Gone,
    /// It is about the officer.
    Own,
    /// The case does not allow it.
    Not(NotDone),
    /// Nobody who could have the case has this name.
    Nobody,
    /// What was written is no note; it is kept.
    NoNote(NoNote),
    /// The officer has seen too many members already.
    TooMany,
    /// It was not allowed.
    Denied(Denied),
}

/// Does something to a case.
pub async fn work(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    seen: Seen<'_>,
    wish: Wish<'_>,
) -> Result<Worked, Fault> {
    let mut tx = app.store.write().await?;
    let worked = apply(app, &mut tx, visit, signed_in, seen, wish).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(worked)
}

async fn apply(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    seen: Seen<'_>,
    wish: Wish<'_>,
) -> Result<Worked, Fault> {
    let (staff, now, act) = (&signed_in.staff, visit.now, wish.act());
    if let Err(denied) = check(app, tx, visit, signed_in, Right::HandleCases, act).await? {
        return Ok(Worked::Denied(denied));
    }
    let case = match find(app, tx, signed_in, (seen.reference, act), now).await? {
        Found::Case(case) => *case,
        Found::Nothing => return Ok(Worked::Gone),
        Found::Own => return Ok(Worked::Own),
    };
    if matches!(wish, Wish::Take) && looks::has_looked_enough(app, tx, staff, now).await? {
        app.counters.looks_over_limit.count();
        note(app, tx, signed_in, now, line(&case, act, Outcome::TooMuch)).await?;
        return Ok(Worked::TooMany);
    }
    match change(app, tx, (staff, now), &case, seen.version, wish).await? {
        Ok(entry) => {
            cases::add_entry(tx, app.store.vault(), case.id, &entry).await?;
            if !entry.text.is_empty() {
                cases::drop_draft(tx, case.id, staff.id).await?;
            }
            note(app, tx, signed_in, now, line(&case, act, Outcome::Done)).await?;
            tell(app, tx, staff, &case, wish, now).await?;
            Ok(Worked::Done)
        }
        Err(worked) => {
            if !wish.typed().trim().is_empty() {
                keep(app, tx, (&case, staff), wish.typed(), now).await?;
            }
            note(app, tx, signed_in, now, line(&case, act, Outcome::Refused)).await?;
            Ok(worked)
        }
    }
}

/// Makes the next version of a case, if the one that was seen is the one there is.
async fn change(
    app: &App,
    tx: &mut Tx,
    (staff, now): (&Staff, Instant),
    case: &Case,
    seen: u32,
    wish: Wish<'_>,
) -> Result<Result<Entry, Worked>, Fault> {
    let text = match wish.text() {
        Ok(text) => text,
        Err(problem) => return Ok(Err(Worked::NoNote(problem))),
    };
    let mut to = None;
    if let Wish::HandOver(Some(name), _) = wish {
        to = colleague(tx, name, case).await?;
        if to.is_none() {
            return Ok(Err(Worked::Nobody));
        }
    }
    if case.version != seen {
        return Ok(Err(Worked::Changed));
    }
    let assigns = staff.role.may(Right::AssignCases);
    let mut next = case.clone();
    if let Err(why) = next.apply(Actor { staff: staff.id, assigns }, wish.step(to), now) {
        return Ok(Err(Worked::Not(why)));
    }
    let is_first = if matches!(wish, Wish::Take) {
        cases::take(tx, case.id, staff.id, seen).await?
    } else {
        cases::change(tx, &next, seen).await?
    };
    if !is_first {
        return Ok(Err(Worked::Changed));
    }
    Ok(Ok(Entry {
        mark: Mark { at: now, id: app.dice.id() },
        what: wish.what(),
        author: staff.name.as_str().to_owned(),
        detail: wish.detail().to_owned(),
        version: next.version,
        text,
    }))
}

/// The colleague of this name, if they could have the case.
async fn colleague(tx: &mut Tx, name: &Officer, case: &Case) -> Result<Option<StaffId>, Fault> {
    let Some(staff) = kept::named(tx, name).await?.filter(may_have) else { return Ok(None) };
    Ok((!is_own(tx, staff.id, case).await?).then_some(staff.id))
}

/// The member reads who works on it now, and what came of it in the end.
async fn tell(
    app: &App,
    tx: &mut Tx,
    staff: &Staff,
    case: &Case,
    wish: Wish<'_>,
    now: Instant,
) -> Result<(), Fault> {
    match wish {
        Wish::Take => tell_of_look(app, tx, staff.name.as_str(), case, now).await,
        Wish::HandOver(Some(to), _) => tell_of_look(app, tx, to.as_str(), case, now).await,
        Wish::Close(outcome, words) => {
            tell_of_end(app, tx, case, (outcome, &staff.name, words), now).await
        }
        Wish::HandOver(None, _) | Wish::Wait | Wish::Resume | Wish::Note(_) => Ok(()),
    }
}

/// Whoever has a case sees the member, masked: that is a look, and told like one (P-05).
async fn tell_of_look(
    app: &App,
    tx: &mut Tx,
    officer: &str,
    case: &Case,
    now: Instant,
) -> Result<(), Fault> {
    let Some(person) = case.person else { return Ok(()) };
    let reason = Reason { why: Why::Request, text: case.reference.to_string() };
    looks::tell(app, tx, officer, person, (&reason, None), now).await
}

/// What came of a case is told to its member, unless something else tells it: a recovery has letters
/// of its own, and a report of a transaction is closed with its case, and tells it.
pub(super) async fn tell_of_end(
    app: &App,
    tx: &mut Tx,
    case: &Case,
    (outcome, officer, words): (Closing, &Officer, &str),
    now: Instant,
) -> Result<(), Fault> {
    if let (Linked::Report(reference), Some(outcome)) = (&case.linked, outcome.of_report()) {
        let hand = Hand { officer, reason: words };
        return reports::close_within(app, tx, &hand, reference, outcome, now).await.map(drop);
    }
    if matches!(case.kind, Kind::Recovery | Kind::Transaction) {
        return Ok(());
    }
    let Some(account) = case.account else { return Ok(()) };
    let Some(account) = accounts::get(tx, account).await? else { return Ok(()) };
    // By whom, so that it can be contested; what officers write to each other is theirs.
    let reason = Reason { why: Why::Request, text: case.reference.to_string() };
    let told = (Event::CaseClosed, officer.as_str(), &reason);
    tell_activity(app, tx, account.id, told, now).await?;
    let reference = case.reference.to_string();
    let notice = Notice::CaseClosed { reference, outcome: outcome.name().to_owned(), at: now };
    notices::tell_by_letter(app, tx, &account, notice, now).await
}

async fn keep(
    app: &App,
    tx: &mut Tx,
    (case, staff): (&Case, &Staff),
    text: &str,
    now: Instant,
) -> Result<(), Fault> {
    let until = now.plus(DRAFT_LIFE);
    cases::keep_draft(tx, app.store.vault(), (case.id, staff.id), text, until).await
}

/// Keeps what an officer has begun to write, for eight hours.
pub async fn keep_draft(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    reference: &CaseReference,
    text: &str,
) -> Result<Worked, Fault> {
    let mut tx = app.store.write().await?;
    let (staff, now, act) = (&signed_in.staff, visit.now, Act::CaseNoted);
    let worked = match check(app, &mut tx, visit, signed_in, Right::HandleCases, act).await? {
        Err(denied) => Worked::Denied(denied),
        Ok(()) => match find(app, &mut tx, signed_in, (reference, act), now).await? {
            Found::Nothing => Worked::Gone,
            Found::Own => Worked::Own,
            Found::Case(case) => {
                let case = *case;
                keep(app, &mut tx, (&case, staff), text, now).await?;
                Worked::Done
            }
        },
    };
    tx.commit().await?;
    Ok(worked)
}

/// What came of opening a case for a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForMember {
    /// It is in the queue.
    Case(CaseReference),
    /// The record was shut again, or it never was this officer's.
    Gone,
    /// What was written is no note.
    NoNote(NoNote),
    /// It was not allowed.
    Denied(Denied),
}

/// What an officer may open a case for: the rest comes from members themselves.
pub const FOR_MEMBERS: [Kind; 2] = [Kind::Question, Kind::Correction];

/// Opens a case for the member whose record an officer has open.
pub async fn open_for_member(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    (look, kind): (LookId, Kind),
    typed: &str,
) -> Result<ForMember, Fault> {
    let words = match read_note(typed) {
        Ok(words) => words,
        Err(problem) => return Ok(ForMember::NoNote(problem)),
    };
    let mut tx = app.store.write().await?;
    let (staff, now, act) = (&signed_in.staff, visit.now, Act::CaseOpened);
    if let Err(denied) = check(app, &mut tx, visit, signed_in, Right::HandleCases, act).await? {
        tx.commit().await?;
        return Ok(ForMember::Denied(denied));
    }
    let Some(look) = looks::own_look(app, &mut tx, visit, signed_in, (look, act)).await? else {
        tx.commit().await?;
        return Ok(ForMember::Gone);
    };
    let account = accounts::of_person(&mut tx, look.person).await?;
    let new = New {
        person: Some(look.person),
        author: staff.name.as_str(),
        words: &words,
        ..New::of(kind, account.as_ref().map(|account| account.id), Linked::Nothing)
    };
    let reference = super::open(app, &mut tx, &new, now).await?;
    if let Some(account) = &account {
        tell_of_beginning(app, &mut tx, staff, account, &reference, now).await?;
    }
    let done = Line { person: Some(look.person), detail: reference.as_str(), ..Line::done(act) };
    note(app, &mut tx, signed_in, now, done).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(ForMember::Case(reference))
}

/// The member has the number in hand, and reads who wrote down what they asked.
async fn tell_of_beginning(
    app: &App,
    tx: &mut Tx,
    staff: &Staff,
    account: &Account,
    reference: &CaseReference,
    now: Instant,
) -> Result<(), Fault> {
    let officer = staff.name.as_str();
    let reason = Reason { why: Why::Request, text: reference.to_string() };
    let told = (Event::StaffOpenedCase, officer, &reason);
    tell_activity(app, tx, account.id, told, now).await?;
    let (reference, officer) = (reference.to_string(), officer.to_owned());
    let notice = Notice::CaseByStaff { reference, officer, at: now };
    notices::tell_by_letter(app, tx, account, notice, now).await
}

/// The cases about a member, for whoever has the record open: numbers and where they stand.
pub(crate) async fn of_member(tx: &mut Tx, person: PersonId) -> Result<Vec<Case>, Fault> {
    cases::of_person(tx, person, 10).await
}
