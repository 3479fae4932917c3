//! When a contribution is due.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use serde::Deserialize;

use crate::members::Segment;
use crate::month::Month;

use super::{Citation, NotPublished, Programme, Programmes, Relieved, What, published};

/// A day of a month, counted from the month of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct DueRule {
    pub(super) day: i8,
    pub(super) months_after: i32,
    pub(super) rolls_over: bool,
}

/// A due date and the rules it follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueDate<'a> {
    /// The last day that is in time.
    pub on: Date,
    /// The rule, then the relief that moved it, if any.
    pub rules: Vec<Citation<'a>>,
}

impl Programmes {
    /// The last day on which a month's contribution is in time.
    ///
    /// A due date on a Saturday or Sunday moves to Monday where the text says "next working day";
    /// JP has no such clause. National holidays are not loaded, so a due date on one stays.
    pub fn due_date(
        &self,
        programme: Programme,
        segment: Segment,
        month: Month,
    ) -> Result<DueDate<'_>, NotPublished> {
        let what = What::DueDate(programme, segment);
        let (rule, citation) = published(self.due.get(&(programme, segment)), what, month)?;
        let mut rules = vec![citation];
        let mut day = rule.day;
        // Only wage earners have ever been given another day.
        if segment == Segment::WageEarner {
            let whose = Relieved::WageEarners;
            let moved = self.other_due_days.get(&(programme, whose));
            let what = What::OtherDueDay(programme, whose);
            if let Ok((&other, citation)) = published(moved, what, month) {
                day = other;
                rules.push(citation);
            }
        }
        let on = day_of(month.plus(rule.months_after), day);
        Ok(DueDate { on: if rule.rolls_over { working_day(on) } else { on }, rules })
    }
}

/// That day of a month, or its last one where the month is shorter.
fn day_of(month: Month, day: i8) -> Date {
    let first = month.first_day();
    let ahead = day.clamp(1, first.days_in_month()) - 1;
    first.saturating_add(Span::new().days(ahead))
}

fn working_day(day: Date) -> Date {
    let ahead = match day.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        _ => 0,
    };
    day.saturating_add(ahead.days())
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    fn due(programme: Programme, segment: Segment, month: i64) -> Result<Date, NotPublished> {
        let month = Month::try_from(month).unwrap();
        PROGRAMMES.due_date(programme, segment, month).map(|due| due.on)
    }

    #[test]
    fn the_self_employed_pay_for_cover_in_the_month_and_for_savings_after_it() {
        assert_eq!(due(Programme::Jkk, Segment::SelfEmployed, 202_607), Ok(date(2026, 7, 15)));
        assert_eq!(due(Programme::Jht, Segment::SelfEmployed, 202_606), Ok(date(2026, 7, 15)));
        // 15 August 2026 is a Saturday.
        assert_eq!(due(Programme::Jkm, Segment::SelfEmployed, 202_608), Ok(date(2026, 8, 17)));
    }

    #[test]
    fn the_pandemic_moved_the_fifteenth_to_the_thirtieth() {
        assert_eq!(due(Programme::Jp, Segment::WageEarner, 202_007), Ok(date(2020, 8, 15)));
        assert_eq!(due(Programme::Jp, Segment::WageEarner, 202_008), Ok(date(2020, 9, 30)));
        assert_eq!(due(Programme::Jkk, Segment::WageEarner, 202_009), Ok(date(2020, 10, 30)));
        // February 2021 has no thirtieth, and its last day is a Sunday.
        assert_eq!(due(Programme::Jp, Segment::WageEarner, 202_101), Ok(date(2021, 2, 28)));
        assert_eq!(due(Programme::Jht, Segment::WageEarner, 202_101), Ok(date(2021, 3, 1)));
        assert_eq!(due(Programme::Jp, Segment::WageEarner, 202_102), Ok(date(2021, 3, 15)));
    }

    #[test]
    fn before_july_2015_no_due_date_is_published() {
        let problem = due(Programme::Jht, Segment::WageEarner, 201_506).unwrap_err();
        assert_eq!(problem.to_string(), "the JHT due date for PU of 2015-06 is not published");
        assert!(due(Programme::Jp, Segment::SelfEmployed, 202_601).is_err());
        assert!(due(Programme::Jkp, Segment::WageEarner, 202_601).is_err());
    }
}
