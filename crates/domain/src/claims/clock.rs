//! How long the law lets a claim take, counted from the day on which it was complete.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::benefits::{Every, Terms};
use crate::programmes::{Citation, Programme, Programmes, Rate, Unit};

use super::Kind;

/// The law's clock of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock<'a> {
    /// The last day on which it is paid in time.
    pub due_on: Date,
    /// How long that is, and the rule that says so.
    pub within: (u32, Unit, Citation<'a>),
    /// What is owed for each day or month after it, where a rule says so.
    pub late: Option<(Rate, Every, Citation<'a>)>,
}

impl Clock<'_> {
    /// Whether the last day has passed.
    #[must_use]
    pub fn has_passed(&self, today: Date) -> bool {
        today > self.due_on
    }
}

/// The clock of a claim that was complete on a day. `None` where no rule says how long it may take.
#[must_use]
pub fn clock(programmes: &Programmes, kind: Kind, complete_on: Date) -> Option<Clock<'_>> {
    clock_of(programmes, kind.programme(), complete_on)
}

/// The same for a programme.
pub(super) fn clock_of(
    programmes: &Programmes,
    programme: Programme,
    complete_on: Date,
) -> Option<Clock<'_>> {
    let terms = Terms::of(programmes, programme, complete_on);
    let within = terms.paid_within?;
    Some(Clock { due_on: after(complete_on, within.0, within.1), within, late: terms.late })
}

/// The day that comes so many of a unit after another one. Working days are Monday to Friday: national
/// holidays are not loaded, so that the day we name is never later than the law's.
#[must_use]
pub fn after(day: Date, count: u32, unit: Unit) -> Date {
    let span = i64::from(count);
    match unit {
        Unit::WorkingDays => {
            let mut at = day;
            for _ in 0..count {
                at = next_working_day(at);
            }
            at
        }
        Unit::Months => day.saturating_add(span.months()),
        Unit::Years => day.saturating_add(span.years()),
        Unit::Hours => day.saturating_add((span / 24).days()),
        Unit::Days | Unit::Times | Unit::Persons | Unit::DayOfMonth => {
            day.saturating_add(span.days())
        }
    }
}

fn next_working_day(day: Date) -> Date {
    let ahead = match day.weekday() {
        Weekday::Friday => 3,
        Weekday::Saturday => 2,
        _ => 1,
    };
    day.saturating_add(ahead.days())
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    #[test]
    fn savings_are_paid_within_five_working_days_and_no_rule_says_what_later_costs() {
        // 25 November 2026 is a Wednesday.
        let clock = clock(&PROGRAMMES, Kind::JhtAge, date(2026, 11, 25)).unwrap();
        assert_eq!(clock.due_on, date(2026, 12, 2));
        assert_eq!((clock.within.2.source, clock.late), ("PP 46/2015 art. 31", None));
    }

    #[test]
    fn a_pension_begins_within_fifteen_days_of_the_calendar() {
        let clock = clock(&PROGRAMMES, Kind::Jp, date(2026, 11, 25)).unwrap();
        assert_eq!(clock.due_on, date(2026, 12, 10));
        assert!(clock.late.is_some());
        assert!(!clock.has_passed(date(2026, 12, 10)) && clock.has_passed(date(2026, 12, 11)));
    }

    #[test]
    fn where_no_rule_says_how_long_there_is_no_clock() {
        assert_eq!(clock(&PROGRAMMES, Kind::Jkp, date(2026, 11, 25)), None);
    }

    proptest! {
        #[test]
        fn working_days_end_on_one_and_more_of_them_end_later(days in 0_i64..3_000, count in 1_u32..30) {
            let begin = date(2024, 1, 1).saturating_add(days.days());
            let end = after(begin, count, Unit::WorkingDays);
            prop_assert!(!matches!(end.weekday(), Weekday::Saturday | Weekday::Sunday));
            prop_assert!(after(begin, count + 1, Unit::WorkingDays) > end);
            let calendar = (end - begin).get_days();
            prop_assert!(i64::from(calendar) >= i64::from(count));
        }
    }
}
