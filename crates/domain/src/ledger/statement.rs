//! The ledger as a member reads it: a balance now, and a row a year.

use std::collections::BTreeSet;

use crate::money::Rupiah;

use super::{LedgerProblem, Posting, PostingKind};

/// A year of savings. What was there, plus what moved, is what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementYear {
    /// Which year.
    pub year: i16,
    /// The balance when it began.
    pub opening: Rupiah,
    /// Contributions received in it.
    pub contributions: Rupiah,
    /// Returns of its months.
    pub returns: Rupiah,
    /// Money paid out; negative.
    pub payouts: Rupiah,
    /// Savings from other member numbers, less those that went there.
    pub transfers: Rupiah,
    /// Mistakes put right.
    pub corrections: Rupiah,
    /// The balance when it ended, or now.
    pub closing: Rupiah,
}

impl StatementYear {
    const fn opened(year: i16, opening: Rupiah) -> Self {
        Self {
            year,
            opening,
            contributions: Rupiah::ZERO,
            returns: Rupiah::ZERO,
            payouts: Rupiah::ZERO,
            transfers: Rupiah::ZERO,
            corrections: Rupiah::ZERO,
            closing: opening,
        }
    }

    /// Everything that moved in the year, or `None` past what an amount can hold.
    #[must_use]
    pub fn movements(&self) -> Option<Rupiah> {
        Rupiah::checked_sum([
            self.contributions,
            self.returns,
            self.payouts,
            self.transfers,
            self.corrections,
        ])
    }

    fn add(&mut self, posting: &Posting) -> Option<()> {
        let column = match posting.kind {
            PostingKind::Contribution => &mut self.contributions,
            PostingKind::Return => &mut self.returns,
            PostingKind::Payout => &mut self.payouts,
            PostingKind::TransferIn | PostingKind::TransferOut => &mut self.transfers,
            PostingKind::Correction => &mut self.corrections,
        };
        *column = column.checked_add(posting.amount)?;
        self.closing = posting.balance;
        Some(())
    }
}

/// Savings under one member number, year by year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// What is there now.
    pub balance: Rupiah,
    /// The years in which something moved, the earliest first.
    pub years: Vec<StatementYear>,
}

impl Statement {
    /// Adds up the postings of one membership, and refuses those that do not follow from each
    /// other: a statement is never a guess about a damaged ledger.
    pub fn of(postings: &[Posting]) -> Result<Self, LedgerProblem> {
        let mut statement = Self::default();
        let mut last: Option<&Posting> = None;
        for posting in postings {
            if !follows(posting, last, statement.balance) {
                return Err(LedgerProblem::DoesNotFollow { sequence: posting.sequence });
            }
            let year = posting.booked_on.year();
            if statement.years.last().is_none_or(|open| open.year != year) {
                statement.years.push(StatementYear::opened(year, statement.balance));
            }
            let added = statement.years.last_mut().and_then(|open| open.add(posting));
            added.ok_or(LedgerProblem::TooLarge { sequence: posting.sequence })?;
            statement.balance = posting.balance;
            last = Some(posting);
        }
        Ok(statement)
    }

    /// The statements of one person's member numbers read as one; `None` past what an amount can
    /// hold. A year in which only one of them moved still opens and closes with all of them.
    #[must_use]
    pub fn together(statements: &[Self]) -> Option<Self> {
        let years: BTreeSet<i16> =
            statements.iter().flat_map(|one| &one.years).map(|row| row.year).collect();
        let row_of_all = |year| {
            let rows: Vec<StatementYear> = statements.iter().map(|one| one.row(year)).collect();
            let sum =
                |column: fn(&StatementYear) -> Rupiah| Rupiah::checked_sum(rows.iter().map(column));
            Some(StatementYear {
                year,
                opening: sum(|row| row.opening)?,
                contributions: sum(|row| row.contributions)?,
                returns: sum(|row| row.returns)?,
                payouts: sum(|row| row.payouts)?,
                transfers: sum(|row| row.transfers)?,
                corrections: sum(|row| row.corrections)?,
                closing: sum(|row| row.closing)?,
            })
        };
        Some(Self {
            balance: Rupiah::checked_sum(statements.iter().map(|one| one.balance))?,
            years: years.into_iter().map(row_of_all).collect::<Option<_>>()?,
        })
    }

    /// The row of a year; a quiet one where nothing moved.
    fn row(&self, year: i16) -> StatementYear {
        let before = || self.years.iter().rev().find(|row| row.year < year);
        let quiet =
            || StatementYear::opened(year, before().map_or(Rupiah::ZERO, |row| row.closing));
        self.year(year).copied().unwrap_or_else(quiet)
    }

    /// The row of a year, if something moved in it.
    #[must_use]
    pub fn year(&self, year: i16) -> Option<&StatementYear> {
        self.years.iter().find(|row| row.year == year)
    }
}

fn follows(posting: &Posting, last: Option<&Posting>, balance: Rupiah) -> bool {
    let in_order = match last {
        None => posting.sequence == 1,
        Some(last) => {
            posting.membership == last.membership
                && last.sequence.checked_add(1) == Some(posting.sequence)
                && posting.booked_on >= last.booked_on
        }
    };
    in_order && balance.checked_add(posting.amount) == Some(posting.balance)
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::super::end::{LedgerEnd, Movement};
    use super::*;
    use crate::ids::MembershipId;
    use crate::month::Month;

    proptest! {
        /// Whatever moved under whichever number, the years of all of them chain and add up.
        #[test]
        fn several_numbers_read_as_one(
            one in proptest::collection::vec((1_i64..9_000, 0_i64..700), 0..30),
            other in proptest::collection::vec((1_i64..9_000, 0_i64..700), 0..30),
        ) {
            let of = |movements: &[(i64, i64)]| {
                let kinds: Vec<_> =
                    movements.iter().map(|(a, d)| (PostingKind::Contribution, *a, *d)).collect();
                Statement::of(&ledger(&kinds)).unwrap()
            };
            let (one, other) = (of(&one), of(&other));
            let all = Statement::together(&[one.clone(), other.clone()]).unwrap();
            prop_assert_eq!(Some(all.balance), one.balance.checked_add(other.balance));
            let mut balance = Rupiah::ZERO;
            for row in &all.years {
                prop_assert_eq!(row.opening, balance);
                prop_assert_eq!(row.opening.checked_add(row.movements().unwrap()), Some(row.closing));
                balance = row.closing;
            }
            prop_assert_eq!(balance, all.balance);
            prop_assert_eq!(Statement::together(std::slice::from_ref(&one)), Some(one));
        }
    }

    /// Postings of these kinds and amounts, some days apart; what the ledger refuses is left out.
    fn ledger(movements: &[(PostingKind, i64, i64)]) -> Vec<Posting> {
        let mut end = LedgerEnd::empty(MembershipId(Uuid::nil()));
        let mut booked_on = date(2020, 1, 1);
        let mut postings = Vec::new();
        for &(kind, amount, days) in movements {
            booked_on = booked_on.saturating_add(days.days());
            let (month, amount) = (Month::of(booked_on), Rupiah::new(amount));
            postings.extend(end.post(Movement { kind, month, booked_on, amount, rate: None }).ok());
        }
        postings
    }

    #[test]
    fn a_year_opens_with_what_the_one_before_closed_with() {
        let statement = Statement::of(&ledger(&[
            (PostingKind::Contribution, 1_000, 10),
            (PostingKind::Return, 4, 30),
            (PostingKind::TransferIn, 500, 400),
            (PostingKind::Payout, -300, 1),
            (PostingKind::Correction, -4, 1),
        ]))
        .unwrap();
        let [first, second] = statement.years[..] else { panic!("{statement:?}") };
        assert_eq!((first.opening.get(), first.closing.get()), (0, 1_004));
        assert_eq!((second.opening.get(), second.closing.get()), (1_004, 1_200));
        assert_eq!((second.transfers.get(), second.payouts.get()), (500, -300));
        assert_eq!(statement.balance, Rupiah::new(1_200));
        assert_eq!(statement.year(2021), Some(&second));
        assert_eq!(Statement::of(&[]).unwrap(), Statement::default());
    }

    #[test]
    fn a_damaged_ledger_is_refused_where_it_breaks() {
        let whole = ledger(&[
            (PostingKind::Contribution, 10, 1),
            (PostingKind::Contribution, 10, 1),
            (PostingKind::Contribution, 10, 1),
        ]);
        let mut changed = whole.clone();
        changed[1].amount = Rupiah::new(11);
        assert_eq!(Statement::of(&changed), Err(LedgerProblem::DoesNotFollow { sequence: 2 }));
        let mut lost = whole.clone();
        lost.remove(1);
        assert_eq!(Statement::of(&lost), Err(LedgerProblem::DoesNotFollow { sequence: 3 }));
        let mut mixed = whole.clone();
        mixed[2].membership = MembershipId(Uuid::from_u128(9));
        assert_eq!(Statement::of(&mixed), Err(LedgerProblem::DoesNotFollow { sequence: 3 }));
        let mut backwards = whole;
        backwards[2].booked_on = date(2019, 1, 1);
        assert_eq!(Statement::of(&backwards), Err(LedgerProblem::DoesNotFollow { sequence: 3 }));
    }

    proptest! {
        #[test]
        fn postings_always_balance_and_years_chain(
            movements in proptest::collection::vec(
                (proptest::sample::select(PostingKind::ALL.to_vec()), -9_000_i64..9_000, 0_i64..200),
                0..80,
            ),
        ) {
            let postings = ledger(&movements);
            let statement = Statement::of(&postings).unwrap();

            let sum: i64 = postings.iter().map(|posting| posting.amount.get()).sum();
            prop_assert_eq!(statement.balance.get(), sum);
            let mut running = 0;
            for (place, posting) in postings.iter().enumerate() {
                running += posting.amount.get();
                prop_assert_eq!(posting.balance.get(), running);
                prop_assert!(posting.balance >= Rupiah::ZERO);
                prop_assert_eq!(posting.sequence, i64::try_from(place).unwrap() + 1);
            }

            let mut closed = Rupiah::ZERO;
            for row in &statement.years {
                prop_assert_eq!(row.opening, closed);
                prop_assert_eq!(row.movements().and_then(|moved| row.opening.checked_add(moved)), Some(row.closing));
                closed = row.closing;
            }
            prop_assert_eq!(closed, statement.balance);
        }
    }
}
