//! The savings ledger of JHT: postings that are only ever added, each with the balance after it.
//! How they come about is in `posting`, how they are shown in `statement`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::MembershipId;
use crate::money::Rupiah;
use crate::month::Month;

pub mod correction;
pub mod end;
pub mod explained;
pub mod merging;
pub mod posting;
pub mod statement;
pub mod true_up;

/// What moved the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostingKind {
    /// A contribution that was received, both shares together.
    Contribution,
    /// The month's return on the savings.
    Return,
    /// Money paid out to the member or the heirs.
    Payout,
    /// Savings that came from another member number of the same person.
    TransferIn,
    /// Savings that went to another member number of the same person.
    TransferOut,
    /// A mistake put right by an entry of its own; nothing is ever rewritten.
    Correction,
}

impl PostingKind {
    /// All of them, in the order a statement lists them.
    pub const ALL: [Self; 6] = [
        Self::Contribution,
        Self::Return,
        Self::Payout,
        Self::TransferIn,
        Self::TransferOut,
        Self::Correction,
    ];

    /// The word it is kept under.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Contribution => "contribution",
            Self::Return => "return",
            Self::Payout => "payout",
            Self::TransferIn => "transfer_in",
            Self::TransferOut => "transfer_out",
            Self::Correction => "correction",
        }
    }

    /// The kind that is kept under this word.
    #[must_use]
    pub fn coded(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether an amount with this sign can be such a movement; nothing at all is never posted.
    #[must_use]
    pub fn allows(self, amount: Rupiah) -> bool {
        match self {
            Self::Contribution | Self::Return | Self::TransferIn => amount > Rupiah::ZERO,
            Self::Payout | Self::TransferOut => amount < Rupiah::ZERO,
            Self::Correction => amount != Rupiah::ZERO,
        }
    }
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Whose savings.
    pub membership: MembershipId,
    /// The line's number within the membership, from 1, without gaps.
    pub sequence: i64,
    /// What moved the money.
    pub kind: PostingKind,
    /// The month it is about: of work for a contribution, of earning for a return, else of booking.
    pub month: Month,
    /// The day it was booked. Years of a statement go by this day.
    pub booked_on: Date,
    /// What was added; negative when money left.
    pub amount: Rupiah,
    /// The balance after it.
    pub balance: Rupiah,
    /// For a return, and for what makes up for a year of them, the version of the rate it was reckoned
    /// with.
    pub rate: Option<String>,
}

/// Why the ledger refuses a line or a list of lines.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerProblem {
    /// The sum is past what the ledger can hold.
    #[error("posting {sequence} is past what the ledger can hold")]
    TooLarge {
        /// The line at which it happens.
        sequence: i64,
    },
    /// The shares of a contribution are past what the ledger can hold.
    #[error("the contribution for {month} is past what the ledger can hold")]
    ContributionTooLarge {
        /// The month it is for.
        month: Month,
    },
    /// More would leave than there is.
    #[error("posting {sequence} would take out more than there is")]
    Overdrawn {
        /// The line at which it happens.
        sequence: i64,
    },
    /// The amount has a sign that such a movement never has.
    #[error("posting {sequence} has the wrong sign for its kind")]
    WrongSign {
        /// The line at which it happens.
        sequence: i64,
    },
    /// The lines do not follow each other: a number, a date, an owner or a balance is off.
    #[error("posting {sequence} does not follow from the one before it")]
    DoesNotFollow {
        /// The line at which it happens.
        sequence: i64,
    },
    /// A month's return cannot be reckoned.
    #[error(transparent)]
    NotPublished(#[from] crate::programmes::NotPublished),
}
