//! Claims: what a member asks to be paid, the papers for it, and the way from a draft to the money.
//!
//! What somebody has a right to is in `entitlement`, what counts as a paper in `files`, how long the
//! law lets it take in `clock`.

pub mod bank;
pub mod clock;
pub mod entitlement;
pub mod files;
pub mod heirs;

use std::time::Duration;

use jiff::civil::Date;
use uuid::Uuid;

use crate::ids::{AccountId, ClaimId, DocumentId, PersonId, StaffId};
use crate::money::Rupiah;
use crate::programmes::{Citation, Programme, Programmes, keys};
use crate::reference::reference;
use crate::time::Instant;
use crate::words::words;

use self::bank::Bank;
use self::files::{Clean, FileKind};

/// A claim that was begun and not sent is kept so long.
pub const DRAFT_LIFE: Duration = Duration::from_hours(24 * 30);

/// So many claims one account may begin within [`DRAFT_LIFE`]: papers take room.
pub const MOST_BEGUN: usize = 10;

/// So many documents may belong to one claim.
pub const MOST_DOCUMENTS: usize = 12;

/// The longest words that an officer writes to a member, in characters.
pub const LONGEST_WORDS: usize = 2_000;

words! {
    /// What is claimed, and why. Heirs are no members: what they claim is in `heirs`.
    Kind {
        /// All savings: old enough.
        JhtAge "jht-age",
        /// All savings: resigned.
        JhtResigned "jht-resigned",
        /// All savings: laid off.
        JhtLaidOff "jht-laid-off",
        /// All savings: a contract for a fixed time came to its end, or work on the own account did.
        JhtContractEnded "jht-contract-ended",
        /// All savings: totally and permanently disabled.
        JhtDisabled "jht-disabled",
        /// All savings: a foreigner who leaves the country for good.
        JhtLeaving "jht-leaving",
        /// A part of the savings, for a home.
        JhtHome "jht-home",
        /// A part of the savings, for other preparation for retirement.
        JhtOther "jht-other",
        /// The pension.
        Jp "jp",
        /// After a work accident.
        Jkk "jkk",
        /// After a lay-off.
        Jkp "jkp",
    }
}

impl Kind {
    /// The programme that pays.
    #[must_use]
    pub const fn programme(self) -> Programme {
        match self {
            Self::JhtAge
            | Self::JhtResigned
            | Self::JhtLaidOff
            | Self::JhtContractEnded
            | Self::JhtDisabled
            | Self::JhtLeaving
            | Self::JhtHome
            | Self::JhtOther => Programme::Jht,
            Self::Jp => Programme::Jp,
            Self::Jkk => Programme::Jkk,
            Self::Jkp => Programme::Jkp,
        }
    }

    /// Whether it is paid out of the savings, so that we know the amount and pay it ourselves. The
    /// others are followed here, and paid by whoever works the amount out.
    #[must_use]
    pub fn is_paid_here(self) -> bool {
        self.programme() == Programme::Jht
    }

    /// Whether it goes by a day on which something happened.
    #[must_use]
    pub const fn has_event(self) -> bool {
        !matches!(self, Self::JhtAge | Self::JhtHome | Self::JhtOther | Self::Jp)
    }

    /// The papers that must be there, by the words of the rule that names them. Nothing where no list
    /// is published: then the member brings what shows the reason, and staff ask for what is missing.
    #[must_use]
    pub fn documents(
        self,
        programmes: &Programmes,
        on: Date,
    ) -> (Vec<String>, Option<Citation<'_>>) {
        let key = match self {
            Self::JhtResigned => keys::JHT_RESIGNATION_DOCUMENT,
            Self::JhtAge
            | Self::JhtLaidOff
            | Self::JhtContractEnded
            | Self::JhtDisabled
            | Self::JhtLeaving
            | Self::JhtHome
            | Self::JhtOther => keys::JHT_DOCUMENTS,
            Self::Jp => keys::JP_DOCUMENTS,
            Self::Jkk => keys::JKK_DOCUMENTS,
            Self::Jkp => keys::JKP_DOCUMENTS,
        };
        match programmes.list(key, on) {
            Ok((words, rule)) => (words.to_vec(), Some(rule)),
            Err(_) => (Vec::new(), None),
        }
    }
}

/// The slot of a document that no rule names.
pub const OTHER_DOCUMENT: &str = "other";

words! {
    /// How far a claim is.
    Stage {
        /// Begun, and not sent.
        Draft "draft",
        /// Sent; nobody has taken it.
        Sent "sent",
        /// An officer checks it.
        InReview "in-review",
        /// The member was asked for more.
        Asked "asked",
        /// One officer would pay it; a second one has to see it.
        Proposed "proposed",
        /// It will be paid.
        Approved "approved",
        /// The right is accepted; another place works out the amount and pays.
        Granted "granted",
        /// It is paid.
        Paid "paid",
        /// It was refused.
        Refused "refused",
        /// The member took it back.
        Withdrawn "withdrawn",
    }
}

words! {
    /// What somebody does with a claim.
    Step {
        /// The member begins it.
        Begin "begin",
        /// The member sends it, or what was asked for.
        Send "send",
        /// The member takes it back.
        Withdraw "withdraw",
        /// An officer takes it.
        Take "take",
        /// An officer asks for more.
        Ask "ask",
        /// An officer would pay it, and may not alone.
        Propose "propose",
        /// A second officer is not convinced: the first one looks again.
        Return "return",
        /// It will be paid.
        Approve "approve",
        /// The right is accepted.
        Grant "grant",
        /// It is refused.
        Refuse "refuse",
        /// It is paid.
        Pay "pay",
    }
}

impl Step {
    /// Whether its member is told of it: how officers agree is the desk's business.
    #[must_use]
    pub const fn is_told(self) -> bool {
        !matches!(self, Self::Propose | Self::Return)
    }

    /// Whether what was written with it is for the member.
    #[must_use]
    pub const fn has_words_for_the_member(self) -> bool {
        matches!(self, Self::Ask | Self::Refuse)
    }
}

impl Stage {
    /// As its member is told: that a second officer looks is the desk's business.
    #[must_use]
    pub const fn told(self) -> Self {
        match self {
            Self::Proposed => Self::InReview,
            other => other,
        }
    }

    /// Whether nothing more happens.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Granted | Self::Paid | Self::Refused | Self::Withdrawn)
    }

    /// Whether the member may still change it.
    #[must_use]
    pub const fn is_with_the_member(self) -> bool {
        matches!(self, Self::Draft | Self::Asked)
    }

    /// Whether the law's clock runs: it is complete, and not decided.
    #[must_use]
    pub const fn runs(self) -> bool {
        matches!(self, Self::Sent | Self::InReview | Self::Proposed | Self::Approved)
    }

    /// Where a step leads, if it can be taken here.
    #[must_use]
    pub const fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::Draft, Step::Send) => Some(Self::Sent),
            (Self::Sent, Step::Take)
            | (Self::Asked, Step::Send)
            | (Self::Proposed, Step::Return) => Some(Self::InReview),
            (Self::InReview, Step::Ask) => Some(Self::Asked),
            (Self::InReview, Step::Propose) => Some(Self::Proposed),
            (Self::InReview | Self::Proposed, Step::Approve) => Some(Self::Approved),
            (Self::InReview | Self::Proposed, Step::Grant) => Some(Self::Granted),
            (Self::InReview | Self::Proposed, Step::Refuse) => Some(Self::Refused),
            (Self::Approved, Step::Pay) => Some(Self::Paid),
            (
                Self::Draft | Self::Sent | Self::InReview | Self::Asked | Self::Proposed,
                Step::Withdraw,
            ) => Some(Self::Withdrawn),
            _ => None,
        }
    }
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its name in addresses.
    pub id: ClaimId,
    /// What member and officer call it.
    pub reference: ClaimReference,
    /// Whose account sent it.
    pub account: AccountId,
    /// Whose it is.
    pub person: PersonId,
    /// What is claimed.
    pub kind: Kind,
    /// How far it is.
    pub stage: Stage,
    /// The day on which it happened, where it goes by one.
    pub event_on: Option<Date>,
    /// Whether the member says they have a tax number.
    pub has_tax_number: bool,
    /// Where the money goes, and since when the member says so.
    pub bank: Option<(Bank, Instant)>,
    /// When it was begun.
    pub began_at: Instant,
    /// When it was last complete: sent, or sent again with what was asked for.
    pub complete_at: Option<Instant>,
    /// When it was over.
    pub closed_at: Option<Instant>,
    /// Who checks it.
    pub taken_by: Option<StaffId>,
    /// Who would pay it, where that takes two.
    pub proposed_by: Option<StaffId>,
    /// What was paid before tax, and the tax.
    pub paid: Option<(Rupiah, Rupiah)>,
}

/// A document of a claim, without what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its name in addresses.
    pub id: DocumentId,
    /// The word of the paper it is said to be, or [`OTHER_DOCUMENT`].
    pub slot: String,
    /// What it really is.
    pub kind: FileKind,
    /// How many bytes.
    pub size: u32,
    /// When it was added.
    pub added_at: Instant,
}

impl Document {
    /// A document as it comes in.
    #[must_use]
    pub fn of(id: DocumentId, slot: &str, content: &Clean, now: Instant) -> Self {
        Self {
            id,
            slot: slot.to_owned(),
            kind: content.kind,
            // No longer than a file may be, so it fits.
            size: u32::try_from(content.bytes.len()).unwrap_or(u32::MAX),
            added_at: now,
        }
    }
}

/// Something that happened to a claim; claims of heirs take other steps than those of members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened<S = Step> {
    /// Its random id.
    pub id: Uuid,
    /// When.
    pub at: Instant,
    /// What was done.
    pub step: S,
    /// The officer who did it, by name; none where the member did.
    pub officer: Option<String>,
    /// What was written with it.
    pub words: String,
}

/// The papers of a list that are still missing.
#[must_use]
pub fn missing(required: &[String], documents: &[Document]) -> Vec<String> {
    let is_there = |slot: &String| documents.iter().any(|one| one.slot == *slot);
    required.iter().filter(|slot| !is_there(slot)).cloned().collect()
}

/// Why one officer may not approve what another one proposed, or a claim at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sole {
    /// Alone is enough.
    Enough,
    /// A second officer has to see it.
    TwoNeeded,
    /// The same officer proposed it.
    Same,
}

/// Whether this officer's word is enough: alone up to a limit, above it as the second of two. An
/// amount that is not known is above every limit.
#[must_use]
pub fn enough(
    claim: &Claim,
    officer: StaffId,
    amount: Option<Rupiah>,
    alone_up_to: Rupiah,
) -> Sole {
    match claim.proposed_by {
        _ if amount.is_some_and(|amount| amount <= alone_up_to) => Sole::Enough,
        None => Sole::TwoNeeded,
        Some(first) if first == officer => Sole::Same,
        Some(_) => Sole::Enough,
    }
}

reference! {
    /// `KLM-7F3K-29QD` ("klaim"), of a claim.
    ClaimReference "KLM"
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    fn claim(proposed_by: Option<u128>) -> Claim {
        Claim {
            id: ClaimId(Uuid::from_u128(1)),
            reference: ClaimReference::parse("KLM-7F3K-29QD").unwrap(),
            account: AccountId(Uuid::from_u128(2)),
            person: PersonId(Uuid::from_u128(3)),
            kind: Kind::JhtAge,
            stage: Stage::InReview,
            event_on: None,
            has_tax_number: false,
            bank: None,
            began_at: NOON,
            complete_at: Some(NOON),
            closed_at: None,
            taken_by: None,
            proposed_by: proposed_by.map(|id| StaffId(Uuid::from_u128(id))),
            paid: None,
        }
    }

    #[test]
    fn every_word_is_found_by_itself() {
        assert!(Kind::ALL.iter().all(|one| Kind::named(one.name()) == Some(*one)));
        assert!(Stage::ALL.iter().all(|one| Stage::named(one.name()) == Some(*one)));
        assert!(Step::ALL.iter().all(|one| Step::named(one.name()) == Some(*one)));
        assert_eq!(Kind::named("jkm"), None, "heirs have no account");
    }

    #[test]
    fn nothing_is_paid_that_nobody_approved_and_nothing_happens_after_the_end() {
        for stage in Stage::ALL.iter().copied() {
            for step in Step::ALL.iter().copied() {
                let next = stage.after(step);
                if next == Some(Stage::Paid) {
                    assert_eq!((stage, step), (Stage::Approved, Step::Pay));
                }
                if stage.is_over() {
                    assert_eq!(next, None, "{stage:?} {step:?}");
                }
            }
        }
        assert_eq!(Stage::Approved.after(Step::Withdraw), None, "the money may be on its way");
    }

    #[test]
    fn above_the_limit_it_takes_two_and_never_the_same_one_twice() {
        let officer = |id| StaffId(Uuid::from_u128(id));
        let limit = Rupiah::new(15_000_000);
        let enough = |first, amount: Option<i64>| {
            enough(&claim(first), officer(7), amount.map(Rupiah::new), limit)
        };
        assert_eq!(enough(None, Some(15_000_000)), Sole::Enough);
        assert_eq!(enough(None, Some(15_000_001)), Sole::TwoNeeded);
        assert_eq!(enough(None, None), Sole::TwoNeeded);
        assert_eq!(enough(Some(7), Some(15_000_001)), Sole::Same);
        assert_eq!(enough(Some(8), Some(15_000_001)), Sole::Enough);
        assert_eq!(enough(Some(7), None), Sole::Same);
    }

    #[test]
    fn where_no_list_of_papers_is_published_none_is_made_up() {
        let programmes = Programmes::shipped().unwrap();
        let on = jiff::civil::date(2026, 11, 1);
        let of = |kind: Kind| kind.documents(&programmes, on);
        assert_eq!(of(Kind::JhtAge), (Vec::new(), None));
        let (words, rule) = of(Kind::JhtResigned);
        assert_eq!(words, ["resignation-statement"]);
        assert!(rule.unwrap().source.contains("4/2022"));
        assert_eq!(of(Kind::Jkk).0.len(), 2);
        assert_eq!(missing(&words, &[]), words);
    }

    #[test]
    fn a_claim_is_found_however_its_reference_is_copied() {
        let known = ClaimReference::parse("KLM-7F3K-01QD").unwrap();
        for typed in ["klm 7f3k 01qd", "7F3K-01QD", "7f3kOiqd", " KLM–7F3K.OLQD\u{200b}"] {
            assert_eq!(ClaimReference::parse(typed), Some(known.clone()), "{typed}");
        }
        for typed in ["", "KLM", "KLM-7F3K", "7F3K-01QDX", "7F3K-01QU", "7F3K-01Q☂"] {
            assert_eq!(ClaimReference::parse(typed), None, "{typed}");
        }
    }

    proptest! {
        /// However the steps come, a claim is paid once at most, and after an approval only.
        #[test]
        fn however_the_steps_come_a_claim_is_paid_once(
            steps in proptest::collection::vec(0_usize..Step::ALL.len(), 0..60),
        ) {
            let (mut stage, mut paid, mut approved) = (Stage::Draft, 0, 0);
            for step in steps.into_iter().map(|place| Step::ALL[place]) {
                let Some(next) = stage.after(step) else { continue };
                stage = next;
                approved += u32::from(stage == Stage::Approved);
                paid += u32::from(stage == Stage::Paid);
            }
            prop_assert!(paid <= 1 && paid <= approved);
        }
    }
}
