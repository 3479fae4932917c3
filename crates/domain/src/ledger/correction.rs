//! A contribution put right in the ledger. No line is changed: what was booked is taken back by a line
//! of its own, and what is right is booked by another one.

use jiff::civil::Date;

use crate::contributions::Contribution;
use crate::money::Rupiah;
use crate::programmes::Programme;

use super::end::{LedgerEnd, Movement};
use super::{LedgerProblem, Posting, PostingKind};

/// The lines that make a ledger right: the reversal of what was booked for a contribution, and what is
/// booked instead. None where the ledger says nothing of what differs.
///
/// They are booked on this day, or on the ledger's last one where that is later. Where the savings that
/// the reversal takes back are gone already, what is right is booked first; a ledger that would still
/// end below nothing is refused, and nothing is posted.
pub fn put_right(
    end: LedgerEnd,
    before: &Contribution,
    after: &Contribution,
    today: Date,
) -> Result<Vec<Posting>, LedgerProblem> {
    let (was, is) = (total(before)?, total(after)?);
    if before.programme != Programme::Jht || (was == is && before.month == after.month) {
        return Ok(Vec::new());
    }
    let booked_on = end.last_day().map_or(today, |last| last.max(today));
    let movement = |month, amount| Movement {
        kind: PostingKind::Correction,
        month,
        booked_on,
        amount,
        rate: None,
    };
    let lines = [movement(before.month, was.negated()), movement(after.month, is)];
    let reversed = lines.iter().rev().cloned().collect::<Vec<_>>();
    match post_all(end, lines.into()) {
        Err(LedgerProblem::Overdrawn { .. }) => post_all(end, reversed),
        other => other,
    }
}

fn post_all(mut end: LedgerEnd, movements: Vec<Movement>) -> Result<Vec<Posting>, LedgerProblem> {
    let some = movements.into_iter().filter(|movement| movement.amount != Rupiah::ZERO);
    some.map(|movement| end.post(movement)).collect()
}

fn total(contribution: &Contribution) -> Result<Rupiah, LedgerProblem> {
    let month = contribution.month;
    contribution.total().ok_or(LedgerProblem::ContributionTooLarge { month })
}

/// What left a ledger in a month, as far as it earns nothing in that month.
///
/// Corrections count together: a reversal beside what is booked instead takes no money away from
/// anybody, so only what is less for all of them counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    money: Rupiah,
    corrections: Rupiah,
}

impl Left {
    /// Counts a posting of the month; `None` past what an amount can hold.
    #[must_use]
    pub fn and(self, posting: &Posting) -> Option<Self> {
        let Self { money, corrections } = self;
        Some(if posting.kind == PostingKind::Correction {
            Self { money, corrections: corrections.checked_add(posting.amount)? }
        } else {
            let leaves = posting.amount.min(Rupiah::ZERO);
            Self { money: money.checked_add(leaves)?, corrections }
        })
    }

    /// What stayed the whole month of what was there when it began.
    #[must_use]
    pub fn stayed(self, opening: Rupiah) -> Option<Rupiah> {
        opening.checked_add(self.money)?.checked_add(self.corrections.min(Rupiah::ZERO))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::ids::MembershipId;
    use crate::ledger::statement::Statement;
    use crate::month::Month;

    const MEMBERSHIP: MembershipId = MembershipId(Uuid::from_u128(1));

    fn came(month: i64, amount: i64) -> Contribution {
        Contribution {
            membership: MEMBERSHIP,
            month: Month::try_from(month).unwrap(),
            programme: Programme::Jht,
            employer: None,
            wage: Rupiah::new(amount),
            base: Rupiah::new(amount),
            employer_part: Rupiah::ZERO,
            worker_part: Rupiah::new(amount),
            due_on: date(2026, 6, 15),
            received_on: date(2026, 6, 10),
        }
    }

    fn moved(kind: PostingKind, amount: i64) -> Movement {
        Movement {
            kind,
            month: Month::try_from(202_605).unwrap(),
            booked_on: date(2026, 6, 10),
            amount: Rupiah::new(amount),
            rate: None,
        }
    }

    const TODAY: Date = date(2026, 8, 17);

    #[test]
    fn what_was_booked_is_taken_back_and_what_is_right_is_booked() {
        let mut end = LedgerEnd::empty(MEMBERSHIP);
        end.post(moved(PostingKind::Contribution, 100)).unwrap();
        let lines = put_right(end, &came(202_605, 100), &came(202_606, 120), TODAY).unwrap();
        let seen: Vec<_> = lines
            .iter()
            .map(|line| (line.sequence, line.month.get(), line.amount.get(), line.balance.get()))
            .collect();
        assert_eq!(seen, [(2, 202_605, -100, 0), (3, 202_606, 120, 120)]);
        assert!(lines.iter().all(|line| line.booked_on == TODAY));
    }

    #[test]
    fn savings_that_are_gone_are_not_taken_back_twice() {
        let mut end = LedgerEnd::empty(MEMBERSHIP);
        end.post(moved(PostingKind::Contribution, 100)).unwrap();
        end.post(moved(PostingKind::Payout, -100)).unwrap();
        let (before, more, less) = (came(202_605, 100), came(202_605, 120), came(202_605, 90));
        let lines = put_right(end, &before, &more, TODAY).unwrap();
        assert_eq!(lines.last().unwrap().balance, Rupiah::new(20));
        let refused = put_right(end, &before, &less, TODAY);
        assert!(matches!(refused, Err(LedgerProblem::Overdrawn { .. })));
    }

    #[test]
    fn what_the_ledger_does_not_say_needs_no_line() {
        let end = LedgerEnd::empty(MEMBERSHIP);
        let (before, other) = (came(202_605, 100), came(202_605, 100));
        let other_wage = Contribution { wage: Rupiah::new(7), ..other };
        assert_eq!(put_right(end, &before, &other_wage, TODAY), Ok(Vec::new()));
        let pension = |one| Contribution { programme: Programme::Jp, ..one };
        let lines = put_right(end, &pension(before), &pension(came(202_606, 9)), TODAY);
        assert_eq!(lines, Ok(Vec::new()));
    }

    proptest! {
        #[test]
        fn the_balance_is_the_sum_of_the_postings_however_often_it_is_put_right(
            saved in 0_i64..3_000_000,
            amounts in proptest::collection::vec((0_i64..5_000_000, 1_i64..=12), 2..12),
        ) {
            let mut ledger = Vec::new();
            let mut end = LedgerEnd::empty(MEMBERSHIP);
            let first = amounts[0];
            for amount in [saved, first.0] {
                ledger.extend(end.post(moved(PostingKind::Contribution, amount)).ok());
            }
            let mut now = came(202_600 + first.1, first.0);
            for &(amount, month) in &amounts[1..] {
                let after = came(202_600 + month, amount);
                let lines = put_right(end, &now, &after, TODAY).unwrap();
                if let Some(last) = lines.last() {
                    end = LedgerEnd::after(last);
                }
                ledger.extend(lines);
                now = after;
            }
            let statement = Statement::of(&ledger).unwrap();
            let sum: i64 = ledger.iter().map(|line| line.amount.get()).sum();
            prop_assert_eq!(statement.balance.get(), sum);
            prop_assert_eq!(sum, saved + now.worker_part.get());
        }

        #[test]
        fn a_reversal_with_as_much_beside_it_costs_nobody_a_return(amount in 1_i64..5_000_000) {
            let line = |amount| Posting {
                membership: MEMBERSHIP,
                sequence: 1,
                kind: PostingKind::Correction,
                month: Month::try_from(202_605).unwrap(),
                booked_on: TODAY,
                amount: Rupiah::new(amount),
                balance: Rupiah::ZERO,
                rate: None,
            };
            let opening = Rupiah::new(9_000_000);
            let both = Left::default().and(&line(-amount)).unwrap().and(&line(amount)).unwrap();
            prop_assert_eq!(both.stayed(opening), Some(opening));
            let one = Left::default().and(&line(-amount)).unwrap();
            prop_assert_eq!(one.stayed(opening), opening.checked_sub(Rupiah::new(amount)));
        }
    }
}
