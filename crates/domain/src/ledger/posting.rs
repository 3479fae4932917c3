//! How postings come about: contributions by receipt, a return a month, payouts.

use jiff::civil::Date;

use crate::contributions::Contribution;
use crate::ids::MembershipId;
use crate::money::Rupiah;
use crate::month::Month;
use crate::programmes::{Programme, Programmes, Rounding};

use super::correction::Left;
use super::end::{LedgerEnd, Movement};
use super::{LedgerProblem, Posting, PostingKind};

/// The whole ledger of a membership, from what was received and what was moved by hand.
///
/// - JHT contributions of the membership are posted on the day they came, whatever month they
///   are for; those that come after `until` are not posted yet.
/// - Each month that is over by `until` earns a return, posted on its last day: a twelfth of the
///   yearly rate on what was in the ledger from its first day to its last. So a contribution
///   earns from the month after its receipt, and money that leaves earns nothing in that month.
/// - Payouts, transfers and corrections in `others` are posted as they are.
pub fn postings(
    membership: MembershipId,
    contributions: &[Contribution],
    others: &[Movement],
    until: Date,
    programmes: &Programmes,
) -> Result<Vec<Posting>, LedgerProblem> {
    let mut movements = Vec::with_capacity(contributions.len() + others.len());
    for contribution in contributions {
        if contribution.membership == membership && contribution.programme == Programme::Jht {
            movements.push(as_movement(contribution)?);
        }
    }
    movements.extend_from_slice(others);
    movements.retain(|movement| movement.booked_on <= until && movement.amount != Rupiah::ZERO);
    // Stable, so that two of one day and month stay in the order they were handed in.
    movements.sort_by_key(|movement| (movement.booked_on, movement.month));

    let mut end = LedgerEnd::empty(membership);
    let mut postings = Vec::with_capacity(movements.len() * 2);
    let mut movements = movements.into_iter().peekable();
    let Some(first) = movements.peek().map(|movement| Month::of(movement.booked_on)) else {
        return Ok(postings);
    };
    for month in first.through(Month::of(until)) {
        let (opening, mut left) = (end.balance(), Left::default());
        while let Some(movement) = movements.next_if(|next| Month::of(next.booked_on) == month) {
            let posting = end.post(movement)?;
            left =
                left.and(&posting).ok_or(LedgerProblem::TooLarge { sequence: posting.sequence })?;
            postings.push(posting);
        }
        // What was there is never below nothing, what left never above: this cannot overflow.
        let stayed = left.stayed(opening).unwrap_or(Rupiah::ZERO);
        if let Some(earned) = month_return(month, stayed, until, programmes)? {
            postings.push(end.post(earned)?);
        }
    }
    Ok(postings)
}

fn as_movement(contribution: &Contribution) -> Result<Movement, LedgerProblem> {
    let month = contribution.month;
    Ok(Movement {
        kind: PostingKind::Contribution,
        month,
        booked_on: contribution.received_on,
        amount: contribution.total().ok_or(LedgerProblem::ContributionTooLarge { month })?,
        rate: None,
    })
}

/// The return of a month, if the month is over and there was something that could earn.
fn month_return(
    month: Month,
    stayed: Rupiah,
    until: Date,
    programmes: &Programmes,
) -> Result<Option<Movement>, LedgerProblem> {
    let last_day = month.first_day().last_of_month();
    if last_day > until || stayed <= Rupiah::ZERO {
        return Ok(None);
    }
    let (rate, _) = programmes.yearly_return(month)?;
    let amount = Rounding::WHOLE_RUPIAH.monthly(stayed, rate.yearly);
    Ok((amount > Rupiah::ZERO).then(|| Movement {
        kind: PostingKind::Return,
        month,
        booked_on: last_day,
        amount,
        rate: Some(rate.version.clone()),
    }))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    const MEMBERSHIP: MembershipId = MembershipId(Uuid::from_u128(1));

    fn month(number: i64) -> Month {
        Month::try_from(number).unwrap()
    }

    fn saved(of: i64, amount: i64, received_on: Date) -> Contribution {
        Contribution {
            membership: MEMBERSHIP,
            month: month(of),
            programme: Programme::Jht,
            employer: None,
            wage: Rupiah::new(amount),
            base: Rupiah::new(amount),
            employer_part: Rupiah::ZERO,
            worker_part: Rupiah::new(amount),
            due_on: received_on,
            received_on,
        }
    }

    fn payout(on: Date, amount: i64) -> Movement {
        Movement {
            kind: PostingKind::Payout,
            month: Month::of(on),
            booked_on: on,
            amount: Rupiah::new(-amount),
            rate: None,
        }
    }

    fn ledger(
        contributions: &[Contribution],
        others: &[Movement],
        until: Date,
    ) -> Result<Vec<Posting>, LedgerProblem> {
        postings(MEMBERSHIP, contributions, others, until, &PROGRAMMES)
    }

    #[test]
    fn a_contribution_earns_from_the_month_after_its_receipt() {
        let contributions = [saved(202_512, 1_200_000, date(2026, 1, 15))];
        let lines: Vec<_> = ledger(&contributions, &[], date(2026, 3, 30))
            .unwrap()
            .into_iter()
            .map(|line| {
                (line.sequence, line.kind, line.booked_on, line.amount.get(), line.balance.get())
            })
            .collect();
        // A twelfth of 5 % of 1 200 000; March is not over yet.
        assert_eq!(
            lines,
            [
                (1, PostingKind::Contribution, date(2026, 1, 15), 1_200_000, 1_200_000),
                (2, PostingKind::Return, date(2026, 2, 28), 5_000, 1_205_000),
            ]
        );
    }

    #[test]
    fn a_return_names_the_version_of_its_rate_and_is_rounded_half_up() {
        let contributions = [saved(202_512, 1_000_000, date(2026, 1, 15))];
        let lines = ledger(&contributions, &[], date(2026, 3, 31)).unwrap();
        assert_eq!(lines[1].amount, Rupiah::new(4_167));
        assert_eq!(lines[2].amount, Rupiah::new(4_184));
        let rule = PROGRAMMES.return_version(lines[1].rate.as_deref().unwrap()).unwrap();
        assert_eq!(rule.mark, crate::programmes::Mark::Assumption);
        assert_eq!(lines[0].rate, None);
    }

    #[test]
    fn money_that_leaves_earns_nothing_in_its_month_and_a_full_payout_leaves_nothing() {
        let contributions = [saved(202_512, 1_000_000, date(2026, 1, 15))];
        let part = ledger(&contributions, &[payout(date(2026, 2, 10), 400_000)], date(2026, 2, 28));
        assert_eq!(part.unwrap()[2].amount, Rupiah::new(2_500));
        let all =
            ledger(&contributions, &[payout(date(2026, 2, 10), 1_000_000)], date(2026, 12, 31));
        assert_eq!(all.unwrap().last().unwrap().balance, Rupiah::ZERO);
    }

    #[test]
    fn a_late_contribution_is_booked_when_it_came_and_keeps_its_month() {
        let contributions =
            [saved(202_601, 10, date(2026, 5, 2)), saved(202_602, 20, date(2026, 3, 2))];
        let lines = ledger(&contributions, &[], date(2026, 5, 3)).unwrap();
        let of: Vec<i64> = lines.iter().map(|line| line.month.get()).collect();
        assert_eq!(of, [202_602, 202_601]);
    }

    #[test]
    fn more_than_there_is_cannot_leave() {
        let contributions = [saved(202_512, 100, date(2026, 1, 15))];
        let problem = ledger(&contributions, &[payout(date(2026, 1, 20), 101)], date(2026, 1, 31));
        assert_eq!(problem, Err(LedgerProblem::Overdrawn { sequence: 2 }));
    }

    #[test]
    fn an_amount_past_the_end_is_an_error_not_a_panic() {
        let huge = saved(202_512, i64::MAX, date(2026, 1, 15));
        assert_eq!(
            ledger(&[huge, saved(202_601, 1, date(2026, 2, 15))], &[], date(2026, 2, 20)),
            Err(LedgerProblem::TooLarge { sequence: 2 })
        );
        let shares = Contribution { employer_part: Rupiah::new(1), ..huge };
        assert_eq!(
            ledger(&[shares], &[], date(2026, 2, 20)),
            Err(LedgerProblem::ContributionTooLarge { month: month(202_512) })
        );
    }

    #[test]
    fn other_programmes_and_other_memberships_are_not_savings() {
        let cover =
            Contribution { programme: Programme::Jkk, ..saved(202_512, 100, date(2026, 1, 15)) };
        let other = Contribution {
            membership: MembershipId(Uuid::nil()),
            ..saved(202_512, 100, date(2026, 1, 15))
        };
        assert_eq!(ledger(&[cover, other], &[], date(2026, 12, 31)), Ok(Vec::new()));
    }

    proptest! {
        #[test]
        fn the_ledger_is_the_same_however_the_contributions_are_handed_in(
            paid in proptest::collection::vec((0_i32..240, 1_i64..5_000_000), 0..60),
        ) {
            let mut contributions: Vec<Contribution> = paid
                .iter()
                .enumerate()
                // A day of its own for each, so that there is one right order.
                .map(|(place, &(ahead, amount))| {
                    let days = i64::try_from(place).unwrap_or(0) * 7 + i64::from(ahead % 7);
                    let of = month(200_001).plus(ahead).get();
                    saved(of, amount, date(2010, 1, 1).saturating_add(days.days()))
                })
                .collect();
            let forwards = ledger(&contributions, &[], date(2024, 6, 30)).unwrap();
            contributions.reverse();
            let backwards = ledger(&contributions, &[], date(2024, 6, 30)).unwrap();
            prop_assert_eq!(&forwards, &backwards);
            // A later day only ever adds lines.
            let later = ledger(&contributions, &[], date(2026, 6, 30)).unwrap();
            prop_assert_eq!(&later[..forwards.len()], &forwards[..]);
        }
    }
}
