//! Returns that were estimated, made up for once the return of the year is declared. No line is
//! changed: one line brings a year's returns to what was declared.

use jiff::civil::Date;

use crate::money::Rupiah;
use crate::month::Month;
use crate::programmes::{Rounding, YearlyReturn};

use super::end::{LedgerEnd, Movement};
use super::explained::{stays, worked_out};
use super::{LedgerProblem, Posting, PostingKind};

/// The line that makes a year's returns what was declared: a twelfth of the declared rate on what
/// stayed in each month that earned one, less what was booked for that. `None` where nothing earned
/// anything, where it is so already, and where no rupiah is missing.
///
/// A ledger that has too little left to take back is refused.
pub fn true_up(
    postings: &[Posting],
    year: i16,
    declared: &YearlyReturn,
    today: Date,
) -> Result<Option<Posting>, LedgerProblem> {
    let Some(last) = postings.last() else { return Ok(None) };
    let is_done = |posting: &Posting| {
        posting.kind == PostingKind::Correction
            && posting.month.year() == year
            && posting.rate.as_deref() == Some(&*declared.version)
    };
    if postings.iter().any(is_done) {
        return Ok(None);
    }
    let sequence = last.sequence;
    let too_large = || LedgerProblem::TooLarge { sequence };
    let stays = stays(postings)?;
    let (stayed, booked) = worked_out(postings, &stays, year).ok_or_else(too_large)?;
    let due = Rounding::WHOLE_RUPIAH.monthly(stayed, declared.yearly);
    let amount = due.checked_sub(booked).ok_or_else(too_large)?;
    if amount == Rupiah::ZERO {
        return Ok(None);
    }
    let booked_on = today.max(last.booked_on);
    let movement = Movement {
        kind: PostingKind::Correction,
        month: Month::new(year, 12).unwrap_or_else(|| Month::of(booked_on)),
        booked_on,
        amount,
        rate: Some(declared.version.clone()),
    };
    LedgerEnd::after(last).post(movement).map(Some)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::ids::MembershipId;
    use crate::ledger::explained::year as explained;
    use crate::ledger::posting::postings;
    use crate::ledger::statement::Statement;
    use crate::programmes::{Programmes, Rate};

    static SHIPPED: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    const TODAY: Date = date(2026, 3, 20);

    fn declared(yearly: &str) -> YearlyReturn {
        YearlyReturn {
            yearly: Rate::parse(yearly).unwrap(),
            version: format!("declared-{yearly}"),
            declared: false,
        }
    }

    /// The rules once 2025 is declared.
    fn rules(of_2025: &YearlyReturn, yearly: &str) -> Programmes {
        let row = |from: &str, to: &str, yearly: &str, version: &str, mark: &str| {
            format!(
                "[[return]]\nfrom = {from}\n{to}yearly = \"{yearly}\"\nversion = \"{version}\"\n\
                 source = \"test\"\nmark = \"{mark}\"\n"
            )
        };
        let text = [
            row("1994-01-01", "to = 2024-12-31\n", "5.00%", "assumption-1", "assumption"),
            row("2025-01-01", "to = 2025-12-31\n", yearly, &of_2025.version, "A"),
            row("2026-01-01", "", "5.00%", "assumption-2", "assumption"),
        ];
        Programmes::shipped().unwrap().with_returns(&text.concat()).unwrap()
    }

    /// A ledger with estimated returns, of money that came and went in 2025.
    fn ledger(moved: &[(i64, i8, bool)]) -> Vec<Posting> {
        let mut saved = 0;
        let mut movements: Vec<Movement> = Vec::new();
        let mut sorted = moved.to_vec();
        sorted.sort_by_key(|(_, month, _)| *month);
        for (amount, month, leaves) in sorted {
            let leaves = leaves && saved >= amount;
            saved += if leaves { -amount } else { amount };
            let kind = if leaves { PostingKind::Payout } else { PostingKind::Contribution };
            let day = date(2025, month, 10);
            movements.push(Movement {
                kind,
                month: Month::of(day),
                booked_on: day,
                amount: Rupiah::new(if leaves { -amount } else { amount }),
                rate: None,
            });
        }
        let membership = MembershipId(Uuid::nil());
        postings(membership, &[], &movements, date(2026, 2, 28), &SHIPPED).unwrap()
    }

    #[test]
    fn twelve_million_for_a_year_at_six_instead_of_five_percent() {
        let lines = ledger(&[(12_000_000, 1, false)]);
        // Eleven months, and the return of each earned with it.
        let stays = stays(&lines).unwrap();
        let (stayed, booked) = worked_out(&lines, &stays, 2025).unwrap();
        let line = true_up(&lines, 2025, &declared("6.00%"), TODAY).unwrap().unwrap();
        assert_eq!(line.amount.get(), (stayed.get() * 6 + 600) / 1_200 - booked.get());
        assert_eq!((line.kind, line.month.get()), (PostingKind::Correction, 202_512));
        assert_eq!((line.booked_on, line.rate.as_deref()), (TODAY, Some("declared-6.00%")));
        assert!(line.amount > Rupiah::ZERO);
    }

    #[test]
    fn what_left_is_not_asked_back() {
        let mut lines = ledger(&[(12_000_000, 1, false)]);
        let last = lines.last().unwrap().clone();
        let movement = Movement {
            kind: PostingKind::Payout,
            month: Month::of(TODAY),
            booked_on: TODAY,
            amount: last.balance.negated(),
            rate: None,
        };
        lines.push(LedgerEnd::after(&last).post(movement).unwrap());
        let less = true_up(&lines, 2025, &declared("1.00%"), TODAY);
        assert!(matches!(less, Err(LedgerProblem::Overdrawn { .. })));
        assert!(true_up(&lines, 2025, &declared("9.00%"), TODAY).unwrap().is_some());
        assert_eq!(true_up(&[], 2025, &declared("9.00%"), TODAY), Ok(None));
        assert_eq!(true_up(&lines, 2020, &declared("9.00%"), TODAY), Ok(None), "nothing earned");
    }

    proptest! {
        /// Whatever moved: afterwards the year's returns are a pencil's, once is once, and each line
        /// follows from the one before it.
        #[test]
        fn a_year_comes_to_what_was_declared(
            moved in proptest::collection::vec((1_i64..50_000_000, 1_i8..=12, any::<bool>()), 1..20),
            hundredths in 1_u16..=1_200,
        ) {
            let yearly = format!("{}.{:02}%", hundredths / 100, hundredths % 100);
            let declared = declared(&yearly);
            let mut lines = ledger(&moved);
            let Ok(Some(line)) = true_up(&lines, 2025, &declared, TODAY) else { return Ok(()) };
            lines.push(line);
            let stays = stays(&lines).unwrap();
            let (stayed, booked) = worked_out(&lines, &stays, 2025).unwrap();
            prop_assert_eq!(booked, Rounding::WHOLE_RUPIAH.monthly(stayed, declared.yearly));
            prop_assert_eq!(true_up(&lines, 2025, &declared, TODAY), Ok(None));
            prop_assert!(Statement::of(&lines).is_ok());
            let rules = rules(&declared, &yearly);
            let all = explained(&lines, 2026, &rules).unwrap();
            let basis = all.last().unwrap().basis.as_ref().unwrap();
            let due = Rounding::WHOLE_RUPIAH.monthly(basis.stayed, basis.rule.value.yearly);
            let amount = lines.last().unwrap().amount;
            prop_assert_eq!(due.checked_sub(basis.booked), Some(amount));
        }
    }
}
