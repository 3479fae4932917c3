//! Two member numbers of one person made one, and taken apart again: a pair of transfers each time, so
//! that nothing is lost, nothing is rewritten, and both ledgers say what happened.

use jiff::civil::Date;

use crate::money::Rupiah;
use crate::month::Month;

use super::end::{LedgerEnd, Movement};
use super::{LedgerProblem, Posting, PostingKind};

/// The two lines that move so much from one ledger to another, the one that goes out first. Either
/// both follow from the ledgers, or neither is posted.
///
/// They are booked on this day, or on the last day of either ledger where that is later.
pub fn transfer(
    from: &mut LedgerEnd,
    into: &mut LedgerEnd,
    amount: Rupiah,
    today: Date,
) -> Result<[Posting; 2], LedgerProblem> {
    let days = [from.last_day(), into.last_day()];
    let booked_on = days.into_iter().flatten().fold(today, Date::max);
    let movement = |kind, amount| Movement {
        kind,
        month: Month::of(booked_on),
        booked_on,
        amount,
        rate: None,
    };
    let (mut source, mut target) = (*from, *into);
    let went = source.post(movement(PostingKind::TransferOut, amount.negated()))?;
    let came = target.post(movement(PostingKind::TransferIn, amount))?;
    (*from, *into) = (source, target);
    Ok([went, came])
}

/// How much a merge moved from one ledger to the other, if the first one ends with it: what was booked
/// since is not part of it.
#[must_use]
pub fn merged(from: &[Posting], into: &[Posting]) -> Option<Rupiah> {
    let went = from.last().filter(|last| last.kind == PostingKind::TransferOut)?;
    let amount = went.amount.negated();
    let is_its = |posting: &&Posting| {
        posting.kind == PostingKind::TransferIn
            && posting.booked_on == went.booked_on
            && posting.amount == amount
    };
    into.iter().find(is_its).map(|_| amount)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::ids::MembershipId;
    use crate::ledger::statement::Statement;

    const TODAY: Date = date(2026, 8, 17);

    /// A ledger of so many contributions.
    fn ledger(number: u128, amounts: &[i64]) -> (LedgerEnd, Vec<Posting>) {
        let mut end = LedgerEnd::empty(MembershipId(Uuid::from_u128(number)));
        let lines = amounts.iter().map(|amount| {
            let movement = Movement {
                kind: PostingKind::Contribution,
                month: Month::new(2026, 1).unwrap(),
                booked_on: date(2026, 2, 10),
                amount: Rupiah::new(*amount),
                rate: None,
            };
            end.post(movement).unwrap()
        });
        let lines = lines.collect();
        (end, lines)
    }

    #[test]
    fn more_than_there_is_or_nothing_at_all_moves_nothing() {
        let ((mut one, _), (mut other, _)) = (ledger(1, &[500]), ledger(2, &[]));
        let before = (one, other);
        for amount in [501, 0, -1] {
            assert!(transfer(&mut one, &mut other, Rupiah::new(amount), TODAY).is_err());
            assert_eq!((one, other), before, "{amount}");
        }
    }

    #[test]
    fn it_is_booked_on_the_last_day_of_both() {
        let ((mut one, _), (mut other, _)) = (ledger(1, &[500]), ledger(2, &[1]));
        let early = date(2026, 1, 1);
        let lines = transfer(&mut one, &mut other, Rupiah::new(500), early).unwrap();
        assert!(lines.iter().all(|line| line.booked_on == date(2026, 2, 10)));
    }

    proptest! {
        /// Merged and taken apart again and again, no rupiah comes or goes, and each ledger follows.
        #[test]
        fn a_merge_is_taken_back_to_the_rupiah(
            first in proptest::collection::vec(1_i64..9_000_000, 1..20),
            second in proptest::collection::vec(1_i64..9_000_000, 0..20),
            times in 1_usize..6,
        ) {
            let (mut one, mut of_one) = ledger(1, &first);
            let (mut other, mut of_other) = ledger(2, &second);
            let (saved, before) = (one.balance(), other.balance());
            for _ in 0..times {
                prop_assert_eq!(merged(&of_one, &of_other), None);
                let [went, came] = transfer(&mut one, &mut other, saved, TODAY).unwrap();
                of_one.push(went);
                of_other.push(came);
                prop_assert_eq!(one.balance(), Rupiah::ZERO);
                prop_assert_eq!(other.balance(), before.checked_add(saved).unwrap());
                let moved = merged(&of_one, &of_other).unwrap();
                let [went, came] = transfer(&mut other, &mut one, moved, TODAY).unwrap();
                of_other.push(went);
                of_one.push(came);
                prop_assert_eq!((one.balance(), other.balance()), (saved, before));
            }
            prop_assert!(Statement::of(&of_one).is_ok() && Statement::of(&of_other).is_ok());
        }
    }
}
