//! What an employer owes on top of a contribution that came late.
//!
//! The rate is law. How months are counted, whether the penalty grows on itself and whether it ends
//! are not settled by the texts: three rules of `parameters/penalty.toml`, marked as assumed.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::members::Segment;
use crate::money::Rupiah;
use crate::month::Month;

use super::keys::{self, Share};
use super::rows::Postponed;
use super::{Citation, NotPublished, Programme, Programmes, Rate, Relieved, What, published};

/// What is owed for being late, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Penalty<'a> {
    /// What is owed, or `None` past what an amount can hold.
    pub amount: Option<Rupiah>,
    /// What of the contribution was due on the day that is counted from.
    pub of: Rupiah,
    /// How many months count.
    pub months: u32,
    /// The part that a relief let be paid later, and that is late by other months.
    pub later: Option<Later>,
    /// What a month costs.
    pub rate: Rate,
    /// The rules: the rate, the relief that changed it, how months are counted.
    pub rules: Vec<Citation<'a>>,
}

/// A part of a contribution that a relief let be paid later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Later {
    /// That part.
    pub of: Rupiah,
    /// The last day on which it was in time.
    pub until: Date,
    /// How many months count since then.
    pub months: u32,
}

impl Programmes {
    /// Until when most of a contribution could be paid, where a relief let it wait beyond its due date.
    #[must_use]
    pub fn postponed_until(
        &self,
        programme: Programme,
        segment: Segment,
        month: Month,
    ) -> Option<Date> {
        self.postponed_part(programme, segment, month).map(|(postponed, _)| postponed.until)
    }

    fn postponed_part(
        &self,
        programme: Programme,
        segment: Segment,
        month: Month,
    ) -> Option<(Postponed, Citation<'_>)> {
        // Only wage earners have ever been given that.
        let whose = Relieved::WageEarners;
        let rules = self.postponed.get(&(programme, whose));
        let found = published(rules, What::Postponed(programme, whose), month).ok();
        let (postponed, rule) = found.filter(|_| segment == Segment::WageEarner)?;
        Some((*postponed, rule))
    }

    /// What an employer owes for a contribution of a month of which a part, or nothing, was paid by the
    /// day it was due; the rest came, or is still awaited, on another. Nothing is owed by the
    /// self-employed: the texts know no penalty for them.
    pub fn penalty(
        &self,
        (programme, segment, month): (Programme, Segment, Month),
        (due, paid): (Rupiah, Rupiah),
        due_on: Date,
        came_on: Date,
    ) -> Result<Option<Penalty<'_>>, NotPublished> {
        if segment == Segment::SelfEmployed {
            return Ok(None);
        }
        let what = What::Penalty(programme);
        let key = rate_of(programme).ok_or(NotPublished { what, when: month.into() })?;
        let on = month.first_day();
        let (mut rate, citation) = self.share(key, on)?;
        let mut rules = vec![citation];
        let whose = Relieved::WageEarners;
        let relief = self.other_penalties.get(&(programme, whose));
        let what = What::OtherPenalty(programme, whose);
        if let Ok((&other, citation)) = published(relief, what, month) {
            rate = other;
            rules.push(citation);
        }
        let (counted, counting) = self.word(keys::PENALTY_MONTHS_COUNTED, on)?;
        let (growth, growing) = self.word(keys::PENALTY_GROWTH, on)?;
        let (cap, capping) = self.word(keys::PENALTY_CAP, on)?;
        let count: fn(Date, Date) -> u32 = match counted {
            "started" => months_started,
            "full" => full_months,
            _ => return Err(NotPublished { what: counting.what, when: month.into() }),
        };
        if growth != "simple" {
            return Err(NotPublished { what: growing.what, when: month.into() });
        }
        if cap != "none" {
            return Err(NotPublished { what: capping.what, when: month.into() });
        }
        rules.extend([counting, growing, capping]);
        let rounding = self.rounding(month)?;
        let less = |sum: Rupiah, part| sum.checked_sub(part).unwrap_or_default().max(Rupiah::ZERO);
        let (mut of, mut later) = (less(due, paid), None);
        if let Some((postponed, rule)) = self.postponed_part(programme, segment, month) {
            // What was paid went to the part that could not wait.
            let (late, waits) = (of, rounding.share(due, &[postponed.part]));
            of = less(less(due, waits), paid);
            let (until, months) = (postponed.until, count(postponed.until, came_on));
            later = Some(Later { of: less(late, of), until, months });
            rules.push(rule);
        }
        let months = count(due_on, came_on);
        let costs = |of: Rupiah, months: u32| {
            let parts = u64::from(rate.ppm().unsigned_abs()) * u64::from(months);
            rounding.fraction(of, parts, 1_000_000)
        };
        let amount = match later {
            Some(later) => costs(of, months)
                .zip(costs(later.of, later.months))
                .and_then(|(first, second)| first.checked_add(second)),
            None => costs(of, months),
        };
        Ok(Some(Penalty { amount, of, months, later, rate, rules }))
    }
}

const fn rate_of(programme: Programme) -> Option<Share> {
    match programme {
        Programme::Jht => Some(keys::PENALTY_JHT),
        Programme::Jp => Some(keys::PENALTY_JP),
        Programme::Jkk => Some(keys::PENALTY_JKK),
        Programme::Jkm => Some(keys::PENALTY_JKM),
        Programme::Jkp => None,
    }
}

/// Whole months that have passed since a day.
fn full_months(from: Date, to: Date) -> u32 {
    let years = i32::from(to.year()) - i32::from(from.year());
    let months = years * 12 + i32::from(to.month()) - i32::from(from.month());
    // The last of them is over on the day of the same number, or the last day of a shorter month.
    let not_yet = from.saturating_add(months.months()) > to;
    u32::try_from(months - i32::from(not_yet)).unwrap_or(0)
}

/// Months that have begun since a day, which are all that passed and the one under way.
fn months_started(from: Date, to: Date) -> u32 {
    let full = full_months(from, to);
    let passed = from.saturating_add(i64::from(full).months());
    full.saturating_add(u32::from(to > passed))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    fn owed(programme: Programme, month: i64, due_on: Date, came_on: Date) -> (u32, i64) {
        let of = (programme, Segment::WageEarner, Month::try_from(month).unwrap());
        let whole = (Rupiah::new(342_000), Rupiah::ZERO);
        let penalty = PROGRAMMES.penalty(of, whole, due_on, came_on);
        let penalty = penalty.unwrap().unwrap();
        (penalty.months, penalty.amount.unwrap().get())
    }

    #[test]
    fn a_month_that_has_begun_counts_whole() {
        let due = date(2026, 2, 16);
        for (came, months, amount) in [
            (date(2026, 2, 16), 0, 0),
            (date(2026, 2, 17), 1, 6_840),
            (date(2026, 3, 16), 1, 6_840),
            (date(2026, 3, 17), 2, 13_680),
            (date(2027, 2, 16), 12, 82_080),
        ] {
            assert_eq!(owed(Programme::Jht, 202_601, due, came), (months, amount), "{came}");
        }
    }

    #[test]
    fn the_pandemic_cost_a_quarter() {
        let (due, came) = (date(2020, 9, 30), date(2020, 10, 1));
        assert_eq!(owed(Programme::Jht, 202_008, due, came), (1, 1_710));
        let (due, came) = (date(2020, 8, 15), date(2020, 8, 16));
        assert_eq!(owed(Programme::Jp, 202_007, due, came), (1, 6_840));
    }

    #[test]
    fn what_was_postponed_is_late_from_the_day_until_which_it_was() {
        let due = date(2020, 9, 30);
        let of = (Programme::Jp, Segment::WageEarner, Month::new(2020, 8).unwrap());
        let ask_after = |paid, came| {
            let whole = (Rupiah::new(300_000), Rupiah::new(paid));
            let penalty = PROGRAMMES.penalty(of, whole, due, came).unwrap().unwrap();
            (
                penalty.of.get(),
                penalty.months,
                penalty.later.unwrap(),
                penalty.amount.unwrap().get(),
            )
        };
        let ask = |came| ask_after(0, came);
        let later = |months| Later { of: Rupiah::new(297_000), until: date(2022, 4, 30), months };
        // One percent of it, half a percent a month: 15 rupiah.
        assert_eq!(ask(date(2020, 10, 1)), (3_000, 1, later(0), 15));
        assert_eq!(ask(date(2022, 4, 30)), (3_000, 19, later(0), 285));
        assert_eq!(ask(date(2022, 5, 1)), (3_000, 20, later(1), 300 + 1_485));
        // What was paid in time was the part that could not wait.
        assert_eq!(ask_after(3_000, date(2022, 5, 1)), (0, 20, later(1), 1_485));
        assert_eq!(ask_after(1_000, date(2022, 5, 1)), (2_000, 20, later(1), 200 + 1_485));
        let until = |programme, segment, number| {
            PROGRAMMES.postponed_until(programme, segment, Month::try_from(number).unwrap())
        };
        let (paid, alone) = (Segment::WageEarner, Segment::SelfEmployed);
        assert_eq!(until(Programme::Jp, paid, 202_101), Some(date(2022, 4, 30)));
        assert_eq!(until(Programme::Jp, paid, 202_102), None);
        assert_eq!(until(Programme::Jp, alone, 202_101), None);
        assert_eq!(until(Programme::Jht, paid, 202_101), None);
    }

    #[test]
    fn what_the_texts_leave_open_is_marked_as_assumed() {
        let of = (Programme::Jkk, Segment::WageEarner, Month::new(2026, 1).unwrap());
        let (due, came) = (date(2026, 2, 16), date(2026, 5, 1));
        let penalty =
            PROGRAMMES.penalty(of, (Rupiah::new(1), Rupiah::ZERO), due, came).unwrap().unwrap();
        let marks: Vec<_> = penalty.rules.iter().map(|rule| rule.mark.code()).collect();
        assert_eq!(marks, ["A", "assumption", "assumption", "assumption"]);
    }

    #[test]
    fn the_self_employed_owe_no_penalty_and_before_2015_none_is_known() {
        let of = |segment, month| (Programme::Jkk, segment, Month::try_from(month).unwrap());
        let (due, came) = (date(2026, 2, 16), date(2026, 5, 1));
        let ask = |of| PROGRAMMES.penalty(of, (Rupiah::new(1), Rupiah::ZERO), due, came);
        assert_eq!(ask(of(Segment::SelfEmployed, 202_601)), Ok(None));
        assert!(ask(of(Segment::WageEarner, 201_506)).is_err());
    }

    proptest! {
        #[test]
        fn waiting_longer_or_owing_more_never_costs_less(
            days in 0_i64..4_000, more in 0_i64..400, due in 0..1_i64 << 50, above in 0..1_i64 << 40,
        ) {
            let due_on = date(2015, 8, 15);
            let of = (Programme::Jht, Segment::WageEarner, Month::new(2015, 7).unwrap());
            let owed = |due, days: i64| {
                let came = due_on.saturating_add(days.days());
                let whole = (Rupiah::new(due), Rupiah::ZERO);
                let penalty = PROGRAMMES.penalty(of, whole, due_on, came);
                penalty.unwrap().unwrap().amount.unwrap()
            };
            prop_assert!(owed(due, days) >= Rupiah::ZERO);
            prop_assert!(owed(due, days) <= owed(due, days + more));
            prop_assert!(owed(due, days) <= owed(due + above, days));
        }
    }
}
