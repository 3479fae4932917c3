//! The end of a ledger, where the next posting goes.

use jiff::civil::Date;

use crate::ids::MembershipId;
use crate::money::Rupiah;
use crate::month::Month;

use super::{LedgerProblem, Posting, PostingKind};

/// The end of a ledger: what a next posting follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LedgerEnd {
    membership: MembershipId,
    sequence: i64,
    balance: Rupiah,
    booked_on: Option<Date>,
}

/// A movement that has no number and no balance yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// What moves the money.
    pub kind: PostingKind,
    /// The month it is about.
    pub month: Month,
    /// The day it is booked.
    pub booked_on: Date,
    /// What is added; negative when money leaves.
    pub amount: Rupiah,
    /// For a return, the version of its rate.
    pub rate: Option<String>,
}

impl LedgerEnd {
    /// Of a membership without any posting.
    #[must_use]
    pub const fn empty(membership: MembershipId) -> Self {
        Self { membership, sequence: 0, balance: Rupiah::ZERO, booked_on: None }
    }

    /// After this posting.
    #[must_use]
    pub const fn after(last: &Posting) -> Self {
        Self {
            membership: last.membership,
            sequence: last.sequence,
            balance: last.balance,
            booked_on: Some(last.booked_on),
        }
    }

    /// What is there now.
    #[must_use]
    pub const fn balance(&self) -> Rupiah {
        self.balance
    }

    /// The day of the last posting: no later one is booked before it.
    #[must_use]
    pub const fn last_day(&self) -> Option<Date> {
        self.booked_on
    }

    /// Adds a posting. A balance below nothing, a day before the last one and an amount with the
    /// wrong sign are refused, and nothing changes.
    pub fn post(&mut self, movement: Movement) -> Result<Posting, LedgerProblem> {
        let Movement { kind, month, booked_on, amount, rate } = movement;
        let membership = self.membership;
        let sequence = self
            .sequence
            .checked_add(1)
            .ok_or(LedgerProblem::TooLarge { sequence: self.sequence })?;
        if self.booked_on.is_some_and(|last| booked_on < last) {
            return Err(LedgerProblem::DoesNotFollow { sequence });
        }
        if !kind.allows(amount) {
            return Err(LedgerProblem::WrongSign { sequence });
        }
        let balance =
            self.balance.checked_add(amount).ok_or(LedgerProblem::TooLarge { sequence })?;
        if balance < Rupiah::ZERO {
            return Err(LedgerProblem::Overdrawn { sequence });
        }
        *self = Self { membership, sequence, balance, booked_on: Some(booked_on) };
        Ok(Posting { membership, sequence, kind, month, booked_on, amount, balance, rate })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_posting_that_does_not_follow_changes_nothing() {
        let movement = |kind, day, amount| Movement {
            kind,
            month: Month::of(day),
            booked_on: day,
            amount: Rupiah::new(amount),
            rate: None,
        };
        let mut end = LedgerEnd::empty(MembershipId(Uuid::nil()));
        let line = end.post(movement(PostingKind::TransferIn, date(2026, 1, 2), 5)).unwrap();
        assert_eq!(end, LedgerEnd::after(&line));
        for (kind, day, amount, problem) in [
            (PostingKind::Return, 1, 5, LedgerProblem::DoesNotFollow { sequence: 2 }),
            (PostingKind::Payout, 3, 5, LedgerProblem::WrongSign { sequence: 2 }),
            (PostingKind::Correction, 3, 0, LedgerProblem::WrongSign { sequence: 2 }),
            (PostingKind::Payout, 3, -6, LedgerProblem::Overdrawn { sequence: 2 }),
            (PostingKind::Return, 3, i64::MAX, LedgerProblem::TooLarge { sequence: 2 }),
        ] {
            assert_eq!(end.post(movement(kind, date(2026, 1, day), amount)), Err(problem));
            assert_eq!(end, LedgerEnd::after(&line));
        }
    }
}
