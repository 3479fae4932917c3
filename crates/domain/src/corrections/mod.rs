//! Corrections of a record: what may be put right, by what evidence, and that two officers have to say
//! so. Nothing is ever overwritten: what stood there before stays, with the day it was put right.

mod reading;
mod reference;
mod values;

use std::time::Duration;

use jiff::civil::Date;
use uuid::Uuid;

use crate::contributions::Contribution;
use crate::ids::{EmployerId, MembershipId, PersonId, StaffId};
use crate::month::Month;
use crate::programmes::Programme;
use crate::time::Instant;
use crate::words::words;
use crate::written::one_line;

pub use self::reading::{Misread, Typed, TypedPerson, TypedRow, Wrong, person, row};
pub use self::reference::CorrectionReference;
pub use self::values::{Field, Identity, Line, Shown, Values, lines};

/// Whoever asks for a correction is answered within 3 x 24 hours (UU 27/2022 art. 30, N-08).
pub const ANSWERED_WITHIN: Duration = Duration::from_hours(72);

/// Corrections of one person that may be open at a time.
pub const MOST_OPEN: usize = 20;

/// The shortest word of what is wrong, or why, in characters.
pub const SHORTEST: usize = 10;

/// The longest one.
pub const LONGEST: usize = 500;

/// The longest number of a document.
pub const LONGEST_NUMBER: usize = 40;

words! {
    /// How far a correction is.
    Stage {
        /// Somebody says that something is wrong.
        Asked "asked",
        /// An officer proposes what is right; another one has to agree.
        Proposed "proposed",
        /// The other officer sent it back, and says why.
        Returned "returned",
        /// It is on record.
        InEffect "in-effect",
        /// It stays as it is, and the reason is told.
        Refused "refused",
        /// Its member took it back.
        Withdrawn "withdrawn",
    }
}

impl Stage {
    /// Whether something is still to be done.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Proposed | Self::Returned)
    }
}

words! {
    /// What an officer saw that says what is right.
    Document {
        /// The identity card.
        Ktp "ktp",
        /// The family card.
        FamilyCard "family-card",
        /// The birth certificate.
        BirthCertificate "birth-certificate",
        /// The decision of a court.
        CourtOrder "court-order",
        /// The pay slip.
        PaySlip "pay-slip",
        /// The proof of a payment from a bank.
        BankProof "bank-proof",
        /// The letter of an employer.
        EmployerLetter "employer-letter",
    }
}

impl Document {
    /// Whether it says anything of such a thing: no pay slip proves a name.
    #[must_use]
    pub const fn speaks_of(self, subject: &Subject) -> bool {
        let is_of_register = matches!(
            self,
            Self::Ktp | Self::FamilyCard | Self::BirthCertificate | Self::CourtOrder
        );
        match subject {
            Subject::Person => is_of_register,
            Subject::Row(_) => !is_of_register,
        }
    }
}

/// What an officer saw. No copy of it is kept; who saw it is whoever proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What it was.
    pub document: Document,
    /// The number on it.
    pub number: String,
}

/// What a contribution is found by. Where nobody else paid, there is no employer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Under which member number.
    pub membership: MembershipId,
    /// The month of work it is for.
    pub month: Month,
    /// The programme it went to.
    pub programme: Programme,
    /// Who paid.
    pub employer: Option<EmployerId>,
}

impl Key {
    /// The key of a contribution.
    #[must_use]
    pub const fn of(row: &Contribution) -> Self {
        let Contribution { membership, month, programme, employer, .. } = *row;
        Self { membership, month, programme, employer }
    }

    /// Who paid, as rows name it: the membership itself where nobody else did.
    #[must_use]
    pub const fn payer(&self) -> Uuid {
        match self.employer {
            Some(employer) => employer.0,
            None => self.membership.0,
        }
    }
}

/// What is to be put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Who somebody is: what the population register holds.
    Person,
    /// One contribution.
    Row(Key),
}

/// A correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Its id.
    pub id: Uuid,
    /// What its member has in hand.
    pub reference: CorrectionReference,
    /// Whose record it is about.
    pub person: PersonId,
    /// What of it.
    pub subject: Subject,
    /// How far it is.
    pub stage: Stage,
    /// The number of its last step: whoever acts names the one they saw.
    pub version: i64,
    /// Whose proposal it is, while or since there is one.
    pub proposed_by: Option<StaffId>,
    /// When it was asked for.
    pub asked_at: Instant,
    /// When the last step was made.
    pub changed_at: Instant,
}

/// What an officer does about a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Says what is right.
    Propose,
    /// Agrees.
    Approve,
    /// Sends it back.
    Return,
    /// Leaves the record as it is.
    Refuse,
}

/// Why an officer cannot do that now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// Something happened since they looked.
    Older,
    /// It is not at that stage.
    Stage,
    /// It is their own proposal: a colleague decides.
    Own,
}

impl Correction {
    /// What comes of an act of this officer, who saw the correction at this version.
    pub fn after(&self, act: Move, by: StaffId, seen: i64, now: Instant) -> Result<Self, NotNow> {
        if seen != self.version {
            return Err(NotNow::Older);
        }
        let stage = match (act, self.stage) {
            (Move::Propose, Stage::Asked | Stage::Returned) => Stage::Proposed,
            (Move::Approve, Stage::Proposed) => Stage::InEffect,
            (Move::Return, Stage::Proposed) => Stage::Returned,
            (Move::Refuse, Stage::Asked | Stage::Proposed | Stage::Returned) => Stage::Refused,
            _ => return Err(NotNow::Stage),
        };
        if self.stage == Stage::Proposed && self.proposed_by == Some(by) {
            return Err(NotNow::Own);
        }
        let proposed_by = if act == Move::Propose { Some(by) } else { self.proposed_by };
        let version = self.version.saturating_add(1);
        Ok(Self { stage, version, proposed_by, changed_at: now, ..self.clone() })
    }

    /// What comes of its member taking it back; none once it is decided.
    #[must_use]
    pub fn withdrawn(&self, now: Instant) -> Option<Self> {
        let version = self.version.saturating_add(1);
        let next = || Self { stage: Stage::Withdrawn, version, changed_at: now, ..self.clone() };
        self.stage.is_open().then(next)
    }

    /// Until when the member is to be answered.
    #[must_use]
    pub fn due_at(&self) -> Instant {
        self.asked_at.plus(ANSWERED_WITHIN)
    }
}

/// What is right, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What stands there.
    pub before: Values,
    /// What should stand there.
    pub after: Values,
    /// What was seen.
    pub evidence: Evidence,
    /// Since when it is so, by the evidence.
    pub since: Date,
    /// Why, in the officer's words. The member reads it.
    pub why: String,
}

/// One step, never changed and never taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its number: the version of the correction after it.
    pub number: i64,
    /// When.
    pub at: Instant,
    /// Who; none where the member did.
    pub officer: Option<String>,
    /// What.
    pub deed: Deed,
}

/// What a step did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Said what is wrong.
    Asked(String),
    /// Proposed.
    Proposed(Box<Proposal>),
    /// Sent it back, for this reason.
    Returned(String),
    /// The record had changed since the proposal, so that it went back by itself.
    Outdated,
    /// Agreed: it is on record.
    Approved,
    /// Left the record as it is, for this reason.
    Refused(String),
    /// Took it back.
    Withdrawn,
}

/// The proposal that stands, if there is one: the last that was made.
#[must_use]
pub fn proposal(steps: &[Step]) -> Option<&Proposal> {
    steps.iter().rev().find_map(|step| match &step.deed {
        Deed::Proposed(proposal) => Some(&**proposal),
        _ => None,
    })
}

/// What is wrong with a proposal, besides its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unproven {
    /// Everything stays as it is.
    Nothing,
    /// No document was named, or one that says nothing of this.
    Document,
    /// The document has no number, or none that fits.
    Number,
    /// Since when it is so is no day, or has not come yet.
    Since,
    /// The reason is too short or too long.
    Why(NoWords),
}

/// How an officer says that something is right, as it was typed.
#[derive(Clone, Copy, Debug)]
pub struct Grounds<'a> {
    /// The word of a document.
    pub document: &'a str,
    /// The number on it.
    pub number: &'a str,
    /// Since when it is so, like 2026-07-14.
    pub since: &'a str,
    /// Why.
    pub why: &'a str,
}

impl Proposal {
    /// Puts a proposal together.
    pub fn of(
        (before, after): (Values, Values),
        grounds: Grounds<'_>,
        today: Date,
    ) -> Result<Self, Unproven> {
        if before == after {
            return Err(Unproven::Nothing);
        }
        let document = Document::named(grounds.document).ok_or(Unproven::Document)?;
        if !document.speaks_of(&before.subject()) {
            return Err(Unproven::Document);
        }
        let number = one_line(grounds.number);
        if !(1..=LONGEST_NUMBER).contains(&number.chars().count()) {
            return Err(Unproven::Number);
        }
        let since = reading::since(grounds.since).filter(|day| *day <= today);
        let since = since.ok_or(Unproven::Since)?;
        let why = words_of(grounds.why).map_err(Unproven::Why)?;
        Ok(Self { before, after, evidence: Evidence { document, number }, since, why })
    }
}

/// Why somebody's words are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoWords {
    /// Too few.
    Short,
    /// Too many.
    Long,
}

/// Reads what somebody wrote, as one line.
pub fn words_of(typed: &str) -> Result<String, NoWords> {
    let text = one_line(typed);
    match text.chars().count() {
        ..SHORTEST => Err(NoWords::Short),
        SHORTEST..=LONGEST => Ok(text),
        _ => Err(NoWords::Long),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    const LESTARI: StaffId = StaffId(Uuid::from_u128(1));
    const BAYU: StaffId = StaffId(Uuid::from_u128(2));

    fn asked() -> Correction {
        Correction {
            id: Uuid::nil(),
            reference: CorrectionReference::parse("KOR-7F3K-29QD").unwrap(),
            person: PersonId(Uuid::nil()),
            subject: Subject::Person,
            stage: Stage::Asked,
            version: 1,
            proposed_by: None,
            asked_at: NOON,
            changed_at: NOON,
        }
    }

    fn key() -> Key {
        Key {
            membership: MembershipId(Uuid::from_u128(3)),
            month: Month::try_from(202_605).unwrap(),
            programme: Programme::Jht,
            employer: None,
        }
    }

    #[test]
    fn p04_a_proposal_is_decided_by_a_colleague() {
        let proposed = asked().after(Move::Propose, LESTARI, 1, NOON).unwrap();
        assert_eq!((proposed.stage, proposed.version), (Stage::Proposed, 2));
        for act in [Move::Approve, Move::Return, Move::Refuse] {
            assert_eq!(proposed.after(act, LESTARI, 2, NOON), Err(NotNow::Own), "{act:?}");
            assert!(proposed.after(act, BAYU, 2, NOON).is_ok(), "{act:?}");
        }
        let returned = proposed.after(Move::Return, BAYU, 2, NOON).unwrap();
        let again = returned.after(Move::Propose, BAYU, 3, NOON).unwrap();
        assert_eq!(again.after(Move::Approve, BAYU, 4, NOON), Err(NotNow::Own));
        let done = again.after(Move::Approve, LESTARI, 4, NOON).unwrap();
        assert_eq!((done.stage, done.proposed_by), (Stage::InEffect, Some(BAYU)));
    }

    #[test]
    fn every_act_of_every_stage_is_taken_or_refused() {
        for (stage, allowed) in [
            (Stage::Asked, &[Move::Propose, Move::Refuse][..]),
            (Stage::Proposed, &[Move::Approve, Move::Return, Move::Refuse][..]),
            (Stage::Returned, &[Move::Propose, Move::Refuse][..]),
            (Stage::InEffect, &[][..]),
            (Stage::Refused, &[][..]),
            (Stage::Withdrawn, &[][..]),
        ] {
            let one = Correction { stage, proposed_by: Some(LESTARI), ..asked() };
            assert_eq!(stage.is_open(), !allowed.is_empty(), "{stage:?}");
            let back = one.withdrawn(NOON).map(|back| (back.stage, back.version));
            assert_eq!(back, stage.is_open().then_some((Stage::Withdrawn, 2)), "{stage:?}");
            for act in [Move::Propose, Move::Approve, Move::Return, Move::Refuse] {
                let may = one.after(act, BAYU, 1, NOON);
                assert_eq!(may.is_ok(), allowed.contains(&act), "{act:?} at {stage:?}");
                assert_eq!(one.after(act, BAYU, 2, NOON), Err(NotNow::Older));
            }
        }
    }

    #[test]
    fn a_document_proves_what_it_speaks_of() {
        for document in Document::ALL {
            let (of_person, of_row) =
                (document.speaks_of(&Subject::Person), document.speaks_of(&Subject::Row(key())));
            assert_ne!(of_person, of_row, "{document:?}");
            assert_eq!(Document::named(document.name()), Some(*document));
        }
        assert!(Stage::ALL.iter().all(|stage| Stage::named(stage.name()) == Some(*stage)));
        assert_eq!(key().payer(), key().membership.0);
    }

    #[test]
    fn a_proposal_needs_a_change_a_document_a_day_and_a_reason() {
        let siti = |name| {
            Values::Person(Identity {
                name: crate::members::PersonName::parse(name).unwrap(),
                nik: crate::ids::Nik::parse("0001014107900003").unwrap(),
                birth_date: jiff::civil::date(1990, 7, 1),
                sex: crate::members::Sex::Female,
            })
        };
        let today = jiff::civil::date(2026, 8, 17);
        let good = Grounds {
            document: "family-card",
            number: " 0000 11 ",
            since: "2026-08-01",
            why: "The card has another name.",
        };
        let of = |grounds| Proposal::of((siti("Siti"), siti("Siti Rahayu")), grounds, today);
        assert_eq!(of(good).unwrap().evidence.number, "0000 11");
        for (grounds, problem) in [
            (Grounds { document: "", ..good }, Unproven::Document),
            (Grounds { document: "pay-slip", ..good }, Unproven::Document),
            (Grounds { number: " ", ..good }, Unproven::Number),
            (Grounds { since: "2026-08-18", ..good }, Unproven::Since),
            (Grounds { since: "soon", ..good }, Unproven::Since),
            (Grounds { why: "so", ..good }, Unproven::Why(NoWords::Short)),
        ] {
            assert_eq!(of(grounds), Err(problem));
        }
        let same = Proposal::of((siti("Siti"), siti("Siti")), good, today);
        assert_eq!(same, Err(Unproven::Nothing));
    }

    #[test]
    fn n08_an_answer_is_due_in_three_days() {
        assert_eq!(asked().due_at().since(NOON), Duration::from_hours(72));
    }

    #[test]
    fn words_are_one_line_and_not_too_many() {
        assert_eq!(words_of(" May is\n missing "), Ok("May is missing".to_owned()));
        assert_eq!(words_of("too few"), Err(NoWords::Short));
        assert_eq!(words_of(&"a".repeat(501)), Err(NoWords::Long));
    }
}
