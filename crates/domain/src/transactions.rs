//! Everything that moved, as one list: what the savings ledger holds, and contributions to the other
//! programmes, which have no ledger. A member can say of each row that they do not recognise it.

use std::fmt;

use jiff::civil::Date;
use uuid::Uuid;

use crate::ids::{AccountId, Kpj, MembershipId};
use crate::ledger::PostingKind;
use crate::money::Rupiah;
use crate::month::Month;
use crate::programmes::Programme;
use crate::reference::reference;
use crate::time::Instant;

/// Reports of one account that may be open at a time. Payouts are shut with the first; more of them
/// would only bury staff and the member in letters.
pub const MOST_OPEN: usize = 20;

/// Where a row stands, and what names it: the list goes on after it, however much is added later.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The day it moved.
    pub day: Date,
    /// The member number.
    pub kpj: Kpj,
    /// The programme.
    pub programme: Programme,
    /// The line in the savings ledger; for another programme, the month of the contribution.
    pub number: i64,
    /// Who paid; in the savings ledger, the membership itself.
    pub payer: Uuid,
}

impl Spot {
    /// Reads what stands in an address. Whatever we would not have written is no spot.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let day = parts.next()?.parse().ok()?;
        let kpj = Kpj::parse(parts.next()?).ok()?;
        let programme = Programme::coded(parts.next()?)?;
        let number = parts.next()?.parse().ok()?;
        let payer = Uuid::try_parse(parts.next()?).ok()?;
        let spot = Self { day, kpj, programme, number, payer };
        (spot.to_string() == text).then_some(spot)
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { day, kpj, programme, number, payer } = self;
        write!(f, "{day}.{kpj}.{}.{number}.{}", programme.code(), payer.simple())
    }
}

/// One thing that moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Where it stands.
    pub spot: Spot,
    /// Under which membership.
    pub membership: MembershipId,
    /// What moved.
    pub kind: PostingKind,
    /// The month it is about.
    pub month: Month,
    /// What came; negative when it went.
    pub amount: Rupiah,
    /// What was saved after it; none outside of the savings.
    pub balance: Option<Rupiah>,
    /// For a contribution, who paid it, where that is certain.
    pub paid_by: Option<Uuid>,
}

/// A row that its member does not recognise, as it stood when they said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: Uuid,
    /// What the member has in hand.
    pub reference: ReportReference,
    /// Whose it is.
    pub account: AccountId,
    /// The row.
    pub row: Moved,
    /// On which device it was said, in words.
    pub device: String,
    /// When.
    pub reported_at: Instant,
    /// When staff closed it, and what came of it.
    pub closed: Option<(Instant, Outcome)>,
}

impl Report {
    /// Whether staff have not closed it yet.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.closed.is_none()
    }
}

/// What came of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The row is right, and the member knows now what it is.
    Explained,
    /// The row was a mistake, and is put right by one of its own.
    Corrected,
    /// Somebody else was at work.
    Fraud,
}

impl Outcome {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Explained, Self::Corrected, Self::Fraud];

    /// The word in rows, in messages and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Explained => "explained",
            Self::Corrected => "corrected",
            Self::Fraud => "fraud",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

reference! {
    /// `LPR-7F3K-29QD` ("laporan"), of a report.
    ReportReference "LPR"
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_spot_has_one_spelling() {
        let id = "00000000000000000000000000000001";
        for (text, is_spot) in [
            (format!("2026-07-17.00012345678.JHT.12.{id}"), true),
            (format!("2026-07-17.00012345678.JP.202606.{id}"), true),
            (format!("20260717.00012345678.JHT.12.{id}"), false),
            (format!("2026-02-30.00012345678.JHT.12.{id}"), false),
            (format!("2026-07-17.0001-2345-678.JHT.12.{id}"), false),
            (format!("2026-07-17.00012345678.jht.12.{id}"), false),
            (format!("2026-07-17.00012345678.JHT.+12.{id}"), false),
            (format!("2026-07-17.00012345678.JHT.12.{{{id}}}"), false),
            (format!("2026-07-17.00012345678.JHT.12.{id}."), false),
            ("2026-07-17.00012345678.JHT.12".to_owned(), false),
        ] {
            assert_eq!(Spot::parse(&text).is_some(), is_spot, "{text}");
        }
    }

    #[test]
    fn a_report_is_found_however_its_reference_is_copied() {
        let known = ReportReference::parse("LPR-7F3K-01QD").unwrap();
        assert_eq!(known.as_str(), "LPR-7F3K-01QD");
        for typed in ["lpr 7f3k 01qd", "7F3K-01QD", "7f3kOiqd", " LPR–7F3K.OLQD\u{200b}"] {
            assert_eq!(ReportReference::parse(typed), Some(known.clone()), "{typed}");
        }
        for typed in ["", "LPR", "LPR-7F3K", "7F3K-01QDX", "7F3K-01QU", "7F3K-01Q☂"] {
            assert_eq!(ReportReference::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn every_outcome_is_found_by_its_name() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::named(outcome.name()), Some(outcome));
        }
        assert_eq!(Outcome::named("lost"), None);
    }

    proptest! {
        #[test]
        fn a_spot_reads_back_from_an_address(
            (days, kpj, programme) in (0_i32..40_000, "[0-9A-Z]{11}", 0_usize..5),
            (number, payer) in (1_i64..300_000, any::<u128>()),
        ) {
            use jiff::ToSpan;
            let spot = Spot {
                day: jiff::civil::date(1970, 1, 1).saturating_add(days.days()),
                kpj: Kpj::parse(&kpj).unwrap(),
                programme: Programme::ALL[programme],
                number,
                payer: Uuid::from_u128(payer),
            };
            let written = spot.to_string();
            prop_assert_eq!(Spot::parse(&written), Some(spot));
            prop_assert!(written.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b)));
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,60}") {
            if let Some(spot) = Spot::parse(&text) {
                prop_assert_eq!(spot.to_string(), text.clone());
            }
            if let Some(read) = ReportReference::parse(&text) {
                prop_assert_eq!(ReportReference::parse(read.as_str()), Some(read));
            }
        }
    }
}
