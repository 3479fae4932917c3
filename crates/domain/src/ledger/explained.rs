//! Why a balance is what it is: every posting of a year, and for a return what it was worked out
//! from, so that a pencil comes to the same.

use crate::money::Rupiah;
use crate::month::Month;
use crate::programmes::{Programmes, Rule, YearlyReturn};

use super::correction::Left;
use super::{LedgerProblem, Posting, PostingKind};

/// A posting and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained<'a> {
    /// The posting.
    pub posting: &'a Posting,
    /// For a return, what it was worked out from.
    pub basis: Option<Basis<'a>>,
}

/// What a month's return was worked out from, or what a year's was made up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis<'a> {
    /// What was there from the first day of the month to its last; of a year, in each of its months
    /// together.
    pub stayed: Rupiah,
    /// What had been booked for that already: nothing, but for a year that is made up for.
    pub booked: Rupiah,
    /// The yearly rate that the posting names, with its source and mark.
    pub rule: &'a Rule<YearlyReturn>,
}

/// The postings of a year under one member number. A rate that the rules no longer know is a
/// damaged ledger, not a guess.
pub fn year<'a>(
    postings: &'a [Posting],
    year: i16,
    programmes: &'a Programmes,
) -> Result<Vec<Explained<'a>>, LedgerProblem> {
    let stays = stays(postings)?;
    let mut explained = Vec::new();
    for (place, (posting, stayed)) in postings.iter().zip(&stays).enumerate() {
        if posting.booked_on.year() != year {
            continue;
        }
        let sequence = posting.sequence;
        let known = |version| {
            let rule = programmes.return_version(version);
            rule.ok_or(LedgerProblem::DoesNotFollow { sequence })
        };
        let basis = match (posting.kind, posting.rate.as_deref()) {
            (PostingKind::Return, Some(version)) => {
                Some(Basis { stayed: *stayed, booked: Rupiah::ZERO, rule: known(version)? })
            }
            (PostingKind::Correction, Some(version)) => {
                let of_year = worked_out(&postings[..place], &stays, posting.month.year());
                let (stayed, booked) = of_year.ok_or(LedgerProblem::TooLarge { sequence })?;
                Some(Basis { stayed, booked, rule: known(version)? })
            }
            _ => None,
        };
        explained.push(Explained { posting, basis });
    }
    Ok(explained)
}

/// Beside each posting, what stayed of its month up to there where it is a return, else nothing.
pub(super) fn stays(postings: &[Posting]) -> Result<Vec<Rupiah>, LedgerProblem> {
    let mut stays = Vec::with_capacity(postings.len());
    let (mut month, mut opening, mut left) = (None, Rupiah::ZERO, Left::default());
    for posting in postings {
        let sequence = posting.sequence;
        let too_large = || LedgerProblem::TooLarge { sequence };
        let before = posting.balance.checked_sub(posting.amount).ok_or_else(too_large)?;
        if month != Some(Month::of(posting.booked_on)) {
            (month, opening, left) = (Some(Month::of(posting.booked_on)), before, Left::default());
        }
        stays.push(if posting.kind == PostingKind::Return {
            left.stayed(opening).ok_or_else(too_large)?
        } else {
            Rupiah::ZERO
        });
        left = left.and(posting).ok_or_else(too_large)?;
    }
    Ok(stays)
}

/// What the returns of a year were worked out from, month by month together, and what was booked for
/// them, with what made up for them since. `None` past what an amount can hold.
pub(super) fn worked_out(
    postings: &[Posting],
    stays: &[Rupiah],
    year: i16,
) -> Option<(Rupiah, Rupiah)> {
    let (mut stayed, mut booked) = (Rupiah::ZERO, Rupiah::ZERO);
    for (posting, of_month) in postings.iter().zip(stays) {
        if posting.rate.is_some() && posting.month.year() == year {
            stayed = stayed.checked_add(*of_month)?;
            booked = booked.checked_add(posting.amount)?;
        }
    }
    Some((stayed, booked))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::super::end::Movement;
    use super::super::posting::postings;
    use super::*;
    use crate::ids::MembershipId;
    use crate::programmes::Rounding;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    proptest! {
        /// Whatever moved, every return follows from the numbers beside it, and a year's postings
        /// make its closing balance out of its opening one.
        #[test]
        fn a_pencil_comes_to_the_same(
            moved in proptest::collection::vec((1_i64..5_000_000, 0_i64..60, any::<bool>()), 1..40),
        ) {
            let (mut day, mut saved) = (date(2020, 1, 3), 0);
            let movements: Vec<Movement> = moved
                .into_iter()
                .map(|(amount, days, leaves)| {
                    day = day.saturating_add(days.days());
                    // Never more than was put in, so that the ledger takes it.
                    let leaves = leaves && saved >= amount;
                    saved += if leaves { -amount } else { amount };
                    let kind =
                        if leaves { PostingKind::Payout } else { PostingKind::Contribution };
                    let amount = Rupiah::new(if leaves { -amount } else { amount });
                    Movement { kind, month: Month::of(day), booked_on: day, amount, rate: None }
                })
                .collect();
            let until = date(2026, 6, 30);
            let membership = MembershipId(Uuid::nil());
            let ledger = postings(membership, &[], &movements, until, &PROGRAMMES).unwrap();
            let mut count = 0;
            for of in 2020..=2026 {
                for one in year(&ledger, of, &PROGRAMMES).unwrap() {
                    count += 1;
                    prop_assert_eq!(one.basis.is_some(), one.posting.kind == PostingKind::Return);
                    if let Some(basis) = one.basis {
                        let yearly = basis.rule.value.yearly;
                        let earned = Rounding::WHOLE_RUPIAH.monthly(basis.stayed, yearly);
                        prop_assert_eq!(earned, one.posting.amount);
                    }
                }
            }
            let booked = ledger.iter().filter(|posting| posting.booked_on <= until).count();
            prop_assert_eq!(count, booked);
        }
    }

    #[test]
    fn a_rate_that_nobody_knows_is_a_damaged_ledger() {
        let posting = Posting {
            membership: MembershipId(Uuid::nil()),
            sequence: 1,
            kind: PostingKind::Return,
            month: Month::new(2026, 1).unwrap(),
            booked_on: date(2026, 1, 31),
            amount: Rupiah::new(1),
            balance: Rupiah::new(1),
            rate: Some("no-such-version".to_owned()),
        };
        let problem = year(std::slice::from_ref(&posting), 2026, &PROGRAMMES);
        assert_eq!(problem, Err(LedgerProblem::DoesNotFollow { sequence: 1 }));
    }
}
