//! Contribution months, kept as one integer like 202607.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A month of a year, between January 1900 and December 2999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Month(i32);

/// The number is not a month, for instance 202613.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a month")]
pub struct NotAMonth(pub i64);

impl Month {
    /// The month, if there is one such.
    #[must_use]
    pub fn new(year: i16, month: i8) -> Option<Self> {
        ((1900..=2999).contains(&year) && (1..=12).contains(&month))
            .then(|| Self(i32::from(year) * 100 + i32::from(month)))
    }

    /// The month a day is in.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self(i32::from(date.year()) * 100 + i32::from(date.month()))
    }

    /// 2026 of 202607.
    #[must_use]
    pub fn year(self) -> i16 {
        i16::try_from(self.0 / 100).unwrap_or(i16::MAX)
    }

    /// 7 of 202607.
    #[must_use]
    pub fn number(self) -> i8 {
        i8::try_from(self.0 % 100).unwrap_or(1)
    }

    /// 202607, as the databases keep it.
    #[must_use]
    pub fn get(self) -> i64 {
        i64::from(self.0)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        jiff::civil::date(self.year(), self.number(), 1)
    }

    /// The month after it.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// The month before it.
    #[must_use]
    pub fn previous(self) -> Self {
        self.plus(-1)
    }

    /// So many months later, or earlier with a minus.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        let count = (self.0 / 100) * 12 + self.0 % 100 - 1 + months;
        Self(count.div_euclid(12) * 100 + count.rem_euclid(12) + 1)
    }

    /// How many months later than `earlier` this is; negative when it is before it.
    #[must_use]
    pub fn months_since(self, earlier: Self) -> i32 {
        let count = |month: Self| (month.0 / 100) * 12 + month.0 % 100;
        count(self) - count(earlier)
    }

    /// Every month from this one to `last`, both included.
    pub fn through(self, last: Self) -> impl Iterator<Item = Self> {
        (0..=last.months_since(self)).map(move |ahead| self.plus(ahead))
    }
}

impl TryFrom<i64> for Month {
    type Error = NotAMonth;

    fn try_from(number: i64) -> Result<Self, NotAMonth> {
        let part = |n: i64| i16::try_from(n).ok();
        part(number.div_euclid(100))
            .zip(i8::try_from(number.rem_euclid(100)).ok())
            .and_then(|(year, month)| Self::new(year, month))
            .ok_or(NotAMonth(number))
    }
}

impl From<Month> for i64 {
    fn from(month: Month) -> Self {
        month.get()
    }
}

impl fmt::Display for Month {
    /// `2026-07`, for machines.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn december_is_followed_by_january_of_the_next_year() {
        let december = Month::new(2025, 12).unwrap();
        assert_eq!(december.next().get(), 202_601);
        assert_eq!(december.next().previous(), december);
        assert_eq!(december.plus(-24).get(), 202_312);
    }

    #[test]
    fn months_are_counted_across_years() {
        let (first, last) = (Month::new(2024, 11).unwrap(), Month::new(2025, 2).unwrap());
        assert_eq!(last.months_since(first), 3);
        let all: Vec<i64> = first.through(last).map(Month::get).collect();
        assert_eq!(all, [202_411, 202_412, 202_501, 202_502]);
        assert_eq!(last.through(first).count(), 0);
    }

    #[test]
    fn a_thirteenth_month_is_refused() {
        assert_eq!(Month::try_from(202_613), Err(NotAMonth(202_613)));
        assert_eq!(Month::try_from(-1), Err(NotAMonth(-1)));
    }
}
