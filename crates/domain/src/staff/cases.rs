//! Cases: what members ask of the desk, each with a number, a time by which it is due, and one officer
//! at most who works on it.
//!
//! Whoever acts has seen some version of a case. When somebody was faster, nothing is done.

use std::time::Duration;

use uuid::Uuid;

use crate::corrections::CorrectionReference;
use crate::ids::{AccountId, CaseId, PersonId, StaffId};
use crate::marks::Mark;
use crate::recoveries::{RecoveryReference, STOPPABLE};
use crate::reference::reference;
use crate::time::Instant;
use crate::transactions::{Outcome, ReportReference};
use crate::words::words;
use crate::written::lines;

/// The longest note, in characters (`staff.note`).
pub const LONGEST_NOTE: usize = 2_000;

/// A note that was begun is kept so long for whoever began it.
pub const DRAFT_LIFE: Duration = Duration::from_hours(8);

/// "3 x 24 jam" from the moment it comes in: UU 27/2022 art. 30 for corrections; N-08 asks the same of
/// everything that members may ask about the use of their data.
pub const THREE_DAYS: Duration = Duration::from_hours(72);

words! {
    /// What a case is about.
    Kind {
        /// Somebody asked for a staged recovery.
        Recovery "recovery",
        /// A member does not recognise a transaction.
        Transaction "transaction",
        /// A member contests what staff did.
        Contested "contested",
        /// A member asks for something in the record to be put right.
        Correction "correction",
        /// Anything else that a member asks.
        Question "question",
    }
}

words! {
    /// What came of a case.
    Closing {
        /// What was asked for is done.
        Helped "helped",
        /// Everything was right, and the member knows now why.
        Explained "explained",
        /// Something was wrong, and is put right.
        Corrected "corrected",
        /// It could not be done.
        Refused "refused",
        /// The member wants it no longer.
        Withdrawn "withdrawn",
        /// Somebody else was at work.
        Fraud "fraud",
    }
}

impl Closing {
    /// What came of the report that a case is about.
    #[must_use]
    pub const fn of_report(self) -> Option<Outcome> {
        match self {
            Self::Explained => Some(Outcome::Explained),
            Self::Corrected => Some(Outcome::Corrected),
            Self::Fraud => Some(Outcome::Fraud),
            Self::Helped | Self::Refused | Self::Withdrawn => None,
        }
    }

    /// The other way round.
    #[must_use]
    pub const fn by_report(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Explained => Self::Explained,
            Outcome::Corrected => Self::Corrected,
            Outcome::Fraud => Self::Fraud,
        }
    }
}

impl Kind {
    /// What may come of such a case. A transaction is right, or put right, or somebody else's work.
    #[must_use]
    pub const fn closings(self) -> &'static [Closing] {
        match self {
            Self::Transaction => &[Closing::Explained, Closing::Corrected, Closing::Fraud],
            Self::Recovery | Self::Contested | Self::Correction | Self::Question => &[
                Closing::Helped,
                Closing::Explained,
                Closing::Corrected,
                Closing::Refused,
                Closing::Withdrawn,
            ],
        }
    }
}

words! {
    /// Words for a note that are needed again and again.
    Template {
        /// Something is missing, and the member was asked for it.
        Missing "missing",
        /// The member was called back at the number on record.
        CalledBack "called-back",
        /// Nobody answered.
        NoAnswer "no-answer",
        /// What the member asked about was explained.
        Explained "explained",
        /// A look was checked: who, when, for what.
        LookChecked "look-checked",
    }
}

words! {
    /// What happened to a case, for its timeline.
    What {
        /// It was opened.
        Opened "opened",
        /// Somebody took it.
        Taken "taken",
        /// It waits for the member.
        Waits "waits",
        /// It is worked on again.
        Resumed "resumed",
        /// A note was written.
        Noted "noted",
        /// It was given to somebody else.
        HandedOver "handed-over",
        /// It was given back to the queue.
        Returned "returned",
        /// It was closed.
        Closed "closed",
    }
}

words! {
    /// Whose cases are listed.
    Whose {
        /// The officer's own.
        Own "own",
        /// Those that colleagues have.
        Team "team",
        /// Those that nobody has.
        Nobody "nobody",
    }
}

words! {
    /// Where a case stands, as a filter says it.
    Standing {
        /// Nobody has it.
        Open "open",
        /// Somebody works on it.
        Taken "taken",
        /// It waits for the member.
        Waiting "waiting",
        /// It is over.
        Closed "closed",
    }
}

words! {
    /// How old a case is, as a filter says it.
    Age {
        /// It is past its due time.
        Overdue "overdue",
        /// It is a day old or more.
        Day "day",
        /// It is three days old or more.
        ThreeDays "three-days",
        /// It is a week old or more.
        Week "week",
    }
}

impl Age {
    /// How long ago such a case came in, at least; none where that does not matter.
    #[must_use]
    pub const fn least(self) -> Duration {
        match self {
            Self::Overdue => Duration::ZERO,
            Self::Day => Duration::from_hours(24),
            Self::ThreeDays => Duration::from_hours(72),
            Self::Week => Duration::from_hours(24 * 7),
        }
    }
}

/// How long a case of this kind may take. `otherwise` is for those that no rule has a time for.
#[must_use]
pub const fn due_after(kind: Kind, otherwise: Duration) -> Duration {
    match kind {
        // Then the owner has had the time to stop it, and the desk has to know whose it is.
        Kind::Recovery => STOPPABLE,
        Kind::Contested | Kind::Correction => THREE_DAYS,
        Kind::Transaction | Kind::Question => otherwise,
    }
}

/// What a case is about, where it has a place of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Linked {
    /// It stands for itself.
    Nothing,
    /// A staged recovery.
    Recovery(RecoveryReference),
    /// A report of a transaction.
    Report(ReportReference),
    /// A line of the member's activity.
    Activity(Mark),
    /// A request to put the record right.
    Correction(CorrectionReference),
}

impl Linked {
    /// The word in rows.
    #[must_use]
    pub const fn sort(&self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Recovery(_) => "recovery",
            Self::Report(_) => "report",
            Self::Activity(_) => "activity",
            Self::Correction(_) => "correction",
        }
    }

    /// What finds it.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Recovery(reference) => reference.to_string(),
            Self::Report(reference) => reference.to_string(),
            Self::Activity(mark) => mark.to_string(),
            Self::Correction(reference) => reference.to_string(),
        }
    }

    /// Reads a row.
    #[must_use]
    pub fn read(sort: &str, key: &str) -> Option<Self> {
        match sort {
            "nothing" => Some(Self::Nothing),
            "recovery" => RecoveryReference::parse(key).map(Self::Recovery),
            "report" => ReportReference::parse(key).map(Self::Report),
            "activity" => Mark::parse(key).map(Self::Activity),
            "correction" => CorrectionReference::parse(key).map(Self::Correction),
            _ => None,
        }
    }

    /// Whether the case ends with the decision about it, and by nobody's hand before: the member's
    /// clock runs until then (N-08).
    #[must_use]
    pub const fn is_decided_elsewhere(&self) -> bool {
        matches!(self, Self::Correction(_))
    }
}

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has it.
    Open,
    /// Somebody works on it.
    Taken(StaffId),
    /// Somebody has it and waits for the member.
    Waiting(StaffId),
    /// It is over.
    Closed {
        /// Who closed it; none where the command line did.
        by: Option<StaffId>,
        /// What came of it.
        outcome: Closing,
        /// When.
        at: Instant,
    },
}

impl State {
    /// The word in rows and filters.
    #[must_use]
    pub const fn standing(self) -> Standing {
        match self {
            Self::Open => Standing::Open,
            Self::Taken(_) => Standing::Taken,
            Self::Waiting(_) => Standing::Waiting,
            Self::Closed { .. } => Standing::Closed,
        }
    }

    /// Whose it is, or was when it was closed.
    #[must_use]
    pub const fn holder(self) -> Option<StaffId> {
        match self {
            Self::Open => None,
            Self::Taken(by) | Self::Waiting(by) => Some(by),
            Self::Closed { by, .. } => by,
        }
    }
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// What its member has in hand.
    pub reference: CaseReference,
    /// What it is about.
    pub kind: Kind,
    /// Whose account it is about; none when it is nobody's, or there is no account yet.
    pub account: Option<AccountId>,
    /// Which member it is about.
    pub person: Option<PersonId>,
    /// Whose act it contests. They never handle it.
    pub about: Option<StaffId>,
    /// What it is about, where that has a place of its own.
    pub linked: Linked,
    /// When it came in.
    pub opened_at: Instant,
    /// By when it is to be answered.
    pub due_at: Instant,
    /// Where it stands.
    pub state: State,
    /// How often it has changed.
    pub version: u32,
}

/// Somebody at the desk, as far as a case asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub staff: StaffId,
    /// Whether they give cases to others.
    pub assigns: bool,
}

/// What can be done to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Take it from the queue.
    Take,
    /// Wait for the member.
    Wait,
    /// Work on it again.
    Resume,
    /// Write a note.
    Note,
    /// Give it to somebody, or back to the queue.
    HandOver(Option<StaffId>),
    /// Close it.
    Close(Closing),
}

/// Why a step was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDone {
    /// It is about the officer's own act, or about theirs to whom it should go.
    Own,
    /// Somebody has it already.
    Taken,
    /// It is not this officer's, or not in the state for it.
    NotYours,
    /// It is so already.
    Already,
    /// It is over.
    Closed,
    /// This does not come of such a case.
    Unfit,
    /// It ends when what it is about is decided.
    Undecided,
}

impl Case {
    /// Takes a step, where it may be taken. Each one makes a new version.
    pub fn apply(&mut self, actor: Actor, step: Step, now: Instant) -> Result<(), NotDone> {
        self.state = self.after(actor, step, now)?;
        self.version = self.version.saturating_add(1);
        Ok(())
    }

    /// Whether a step may be taken.
    #[must_use]
    pub fn allows(&self, actor: Actor, step: Step, now: Instant) -> bool {
        self.after(actor, step, now).is_ok()
    }

    /// Closes it whoever has it: for the operator, or because what it is about came to its end.
    pub fn end(&mut self, outcome: Closing, now: Instant) -> Result<(), NotDone> {
        if let State::Closed { .. } = self.state {
            return Err(NotDone::Closed);
        }
        self.state = State::Closed { by: self.state.holder(), outcome, at: now };
        self.version = self.version.saturating_add(1);
        Ok(())
    }

    fn after(&self, actor: Actor, step: Step, now: Instant) -> Result<State, NotDone> {
        let me = actor.staff;
        if self.about == Some(me) {
            return Err(NotDone::Own);
        }
        let holder = self.state.holder();
        match (step, self.state) {
            (_, State::Closed { .. }) => Err(NotDone::Closed),
            (Step::Take, State::Open) => Ok(State::Taken(me)),
            (Step::Take, _) => Err(NotDone::Taken),
            (Step::Note, state) => Ok(state),
            (Step::Close(_), _) if self.linked.is_decided_elsewhere() => Err(NotDone::Undecided),
            (Step::Close(outcome), _) if !self.kind.closings().contains(&outcome) => {
                Err(NotDone::Unfit)
            }
            (Step::HandOver(to), _) if to.is_some() && to == self.about => Err(NotDone::Own),
            (Step::HandOver(to), _) if to == holder => Err(NotDone::Already),
            (Step::HandOver(to), _) if holder == Some(me) || actor.assigns => {
                Ok(to.map_or(State::Open, State::Taken))
            }
            (Step::Wait, State::Taken(by)) if by == me => Ok(State::Waiting(me)),
            (Step::Resume, State::Waiting(by)) if by == me => Ok(State::Taken(me)),
            (Step::Close(outcome), State::Taken(by) | State::Waiting(by)) if by == me => {
                Ok(State::Closed { by: Some(me), outcome, at: now })
            }
            _ => Err(NotDone::NotYours),
        }
    }

    /// Whether its time is over and it is not.
    #[must_use]
    pub fn is_overdue(&self, now: Instant) -> bool {
        now >= self.due_at && !matches!(self.state, State::Closed { .. })
    }
}

/// One line of a case's timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When, and what tells it from others of the same moment.
    pub mark: Mark,
    /// What happened.
    pub what: What,
    /// Who did it; nobody's name where it was the member, or the program for them.
    pub author: String,
    /// To whom it was given, or the word of what came of it.
    pub detail: String,
    /// The version that it made.
    pub version: u32,
    /// What was written. Personal data may be in it.
    pub text: String,
}

impl Entry {
    /// The first line of a case.
    #[must_use]
    pub fn opened(id: Uuid, now: Instant, author: &str, text: &str) -> Self {
        Self {
            mark: Mark { at: now, id },
            what: What::Opened,
            author: author.to_owned(),
            detail: String::new(),
            version: 1,
            text: text.to_owned(),
        }
    }
}

/// Why a note is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoNote {
    /// Nothing was written.
    Empty,
    /// It is too long.
    Long,
}

/// Reads a note: lines are kept, the space around it is not.
pub fn note(typed: &str) -> Result<String, NoNote> {
    let text = lines(typed);
    match text.chars().count() {
        0 => Err(NoNote::Empty),
        1..=LONGEST_NOTE => Ok(text),
        _ => Err(NoNote::Long),
    }
}

reference! {
    /// `KSS-7F3K-29QD` ("kasus"), of a case.
    CaseReference "KSS"
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);
    const CONTESTED: StaffId = StaffId(Uuid::from_u128(9));

    fn case() -> Case {
        Case {
            id: CaseId(Uuid::nil()),
            reference: CaseReference::parse("KSS-7F3K-29QD").unwrap(),
            kind: Kind::Contested,
            account: None,
            person: None,
            about: Some(CONTESTED),
            linked: Linked::Nothing,
            opened_at: NOON,
            due_at: NOON.plus(due_after(Kind::Contested, Duration::ZERO)),
            state: State::Open,
            version: 1,
        }
    }

    fn officer(number: u128) -> Actor {
        Actor { staff: StaffId(Uuid::from_u128(number)), assigns: false }
    }

    fn leader(number: u128) -> Actor {
        Actor { assigns: true, ..officer(number) }
    }

    #[test]
    fn every_word_is_found_by_itself() {
        assert!(Kind::ALL.iter().all(|one| Kind::named(one.name()) == Some(*one)));
        assert!(Closing::ALL.iter().all(|one| Closing::named(one.name()) == Some(*one)));
        assert!(Template::ALL.iter().all(|one| Template::named(one.name()) == Some(*one)));
        assert!(What::ALL.iter().all(|one| What::named(one.name()) == Some(*one)));
        assert!(Whose::ALL.iter().all(|one| Whose::named(one.name()) == Some(*one)));
        assert!(Standing::ALL.iter().all(|one| Standing::named(one.name()) == Some(*one)));
        assert!(Age::ALL.iter().all(|one| Age::named(one.name()) == Some(*one)));
    }

    #[test]
    fn n08_a_case_is_due_when_the_rule_says_or_else_the_setting() {
        let own = Duration::from_hours(24);
        let due = |kind| due_after(kind, own).as_secs() / 3600;
        assert_eq!(
            Kind::ALL.iter().map(|kind| due(*kind)).collect::<Vec<_>>(),
            [72, 24, 72, 72, 24]
        );
        assert!(!case().is_overdue(NOON) && case().is_overdue(NOON.plus(THREE_DAYS)));
    }

    #[test]
    fn of_two_officers_one_takes_a_case() {
        let mut case = case();
        assert_eq!(case.apply(officer(1), Step::Take, NOON), Ok(()));
        assert_eq!(case.apply(officer(2), Step::Take, NOON), Err(NotDone::Taken));
        assert_eq!((case.state, case.version), (State::Taken(officer(1).staff), 2));
    }

    #[test]
    fn p07_nobody_handles_what_contests_their_own_act() {
        let me = Actor { staff: CONTESTED, assigns: true };
        for step in [Step::Take, Step::Note, Step::HandOver(None), Step::Close(Closing::Refused)] {
            assert_eq!(case().apply(me, step, NOON), Err(NotDone::Own), "{step:?}");
        }
        let to_them = Step::HandOver(Some(CONTESTED));
        assert_eq!(case().apply(leader(1), to_them, NOON), Err(NotDone::Own));
    }

    #[test]
    fn a_case_is_handed_on_by_its_officer_or_by_whoever_assigns() {
        let mut case = case();
        let to = |number| Step::HandOver(Some(officer(number).staff));
        assert_eq!(case.apply(officer(1), to(2), NOON), Err(NotDone::NotYours));
        assert_eq!(case.apply(leader(5), to(2), NOON), Ok(()));
        assert_eq!(case.apply(officer(2), to(2), NOON), Err(NotDone::Already));
        assert_eq!(case.apply(officer(3), Step::HandOver(None), NOON), Err(NotDone::NotYours));
        assert_eq!(case.apply(officer(2), Step::HandOver(None), NOON), Ok(()));
        assert_eq!(case.state, State::Open);
        assert_eq!(case.apply(officer(2), Step::HandOver(None), NOON), Err(NotDone::Already));
    }

    #[test]
    fn only_its_officer_waits_goes_on_and_closes() {
        let mut case = case();
        let close = Step::Close(Closing::Explained);
        assert_eq!(case.apply(officer(1), close, NOON), Err(NotDone::NotYours));
        case.apply(officer(1), Step::Take, NOON).unwrap();
        assert_eq!(case.apply(officer(2), Step::Wait, NOON), Err(NotDone::NotYours));
        case.apply(officer(1), Step::Wait, NOON).unwrap();
        assert_eq!(case.apply(officer(1), Step::Wait, NOON), Err(NotDone::NotYours));
        assert_eq!(case.apply(officer(2), close, NOON), Err(NotDone::NotYours));
        case.apply(officer(1), Step::Resume, NOON).unwrap();
        case.apply(officer(1), close, NOON).unwrap();
        assert_eq!(case.state.standing(), Standing::Closed);
        assert_eq!(case.end(Closing::Refused, NOON), Err(NotDone::Closed));
    }

    #[test]
    fn what_comes_of_a_transaction_comes_of_its_report() {
        for kind in Kind::ALL {
            let is_of_report = kind.closings().iter().all(|one| one.of_report().is_some());
            assert_eq!(is_of_report, *kind == Kind::Transaction, "{kind:?}");
        }
        for outcome in Outcome::ALL {
            assert_eq!(Closing::by_report(outcome).of_report(), Some(outcome));
        }
        let mut case = Case { kind: Kind::Transaction, ..case() };
        case.apply(officer(1), Step::Take, NOON).unwrap();
        assert_eq!(case.apply(officer(1), Step::Close(Closing::Helped), NOON), Err(NotDone::Unfit));
        assert_eq!(case.apply(officer(1), Step::Close(Closing::Fraud), NOON), Ok(()));
    }

    #[test]
    fn n08_the_case_of_a_correction_ends_with_its_decision_and_not_before() {
        let linked = CorrectionReference::parse("KOR-7F3K-29QD").map(Linked::Correction).unwrap();
        let mut case = Case { kind: Kind::Correction, linked, ..case() };
        case.apply(officer(1), Step::Take, NOON).unwrap();
        for outcome in Kind::Correction.closings() {
            let close = Step::Close(*outcome);
            assert_eq!(case.apply(officer(1), close, NOON), Err(NotDone::Undecided));
        }
        assert_eq!(case.apply(officer(1), Step::Note, NOON), Ok(()));
        assert_eq!(case.end(Closing::Corrected, NOON), Ok(()));
        assert_eq!(case.state.holder(), Some(officer(1).staff));
    }

    #[test]
    fn a_note_is_counted_in_characters() {
        assert_eq!(note(" \r\n "), Err(NoNote::Empty));
        assert_eq!(note("a\r\nb ").unwrap(), "a\nb");
        assert!(note(&"☂".repeat(LONGEST_NOTE)).is_ok());
        assert_eq!(note(&"a".repeat(LONGEST_NOTE + 1)), Err(NoNote::Long));
    }

    #[test]
    fn a_reference_is_read_however_it_is_copied_and_is_no_other() {
        let known = CaseReference::parse("KSS-7F3K-01QD").unwrap();
        for typed in ["kss 7f3k 01qd", "7F3K-O1QD", "7f3k0iqd"] {
            assert_eq!(CaseReference::parse(typed), Some(known.clone()), "{typed}");
        }
        for typed in ["", "KSS", "LPR-7F3K-01QD", "KSS-7F3K", "KSS-7F3K-01QU"] {
            assert_eq!(CaseReference::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_a_case_is_about_reads_back() {
        let report = ReportReference::parse("LPR-7F3K-29QD").map(Linked::Report).unwrap();
        let line = Linked::Activity(Mark { at: NOON, id: Uuid::from_u128(3) });
        let correction = CorrectionReference::parse("KOR-7F3K-29QD").map(Linked::Correction);
        for linked in [Linked::Nothing, report, line, correction.unwrap()] {
            assert_eq!(Linked::read(linked.sort(), &linked.key()), Some(linked));
        }
        assert_eq!(Linked::read("report", "PLH"), None);
        assert_eq!(Linked::read("moon", ""), None);
    }

    fn any_step() -> impl Strategy<Value = Step> {
        prop_oneof![
            Just(Step::Take),
            Just(Step::Wait),
            Just(Step::Resume),
            Just(Step::Note),
            Just(Step::HandOver(None)),
            (1_u128..4).prop_map(|to| Step::HandOver(Some(StaffId(Uuid::from_u128(to))))),
            Just(Step::Close(Closing::Helped)),
        ]
    }

    proptest! {
        #[test]
        fn whatever_is_tried_a_case_stays_sound(
            tried in proptest::collection::vec((1_u128..5, any::<bool>(), any_step()), 0..40)
        ) {
            let mut case = case();
            for (number, assigns, step) in tried {
                let before = case.clone();
                let actor = Actor { assigns, ..officer(number) };
                let allowed = case.allows(actor, step, NOON);
                let done = case.apply(actor, step, NOON);
                prop_assert_eq!(done.is_ok(), allowed);
                if done.is_err() {
                    prop_assert_eq!(&case, &before, "a step that is refused changes nothing");
                    continue;
                }
                prop_assert_eq!(case.version, before.version + 1);
                prop_assert!(!matches!(before.state, State::Closed { .. }), "over is over");
                prop_assert_ne!(case.state.holder(), case.about);
                let had = before.state.holder();
                if had.is_some() && case.state.holder() != had {
                    prop_assert!(had == Some(actor.staff) || assigns, "taken away by a stranger");
                }
                if case.state == State::Open {
                    prop_assert!(case.state.holder().is_none());
                }
            }
        }

        #[test]
        fn reading_never_panics_and_gives_one_spelling(typed in "\\PC{0,20}") {
            if let Some(read) = CaseReference::parse(&typed) {
                prop_assert_eq!(CaseReference::parse(read.as_str()), Some(read));
            }
        }
    }
}
