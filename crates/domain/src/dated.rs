//! Values that hold from one day to another, and what held on a given day.

use jiff::civil::Date;

/// A value and the days on which it holds, both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<T> {
    /// The first day.
    pub from: Date,
    /// The last day; open while it holds.
    pub to: Option<Date>,
    /// What holds.
    pub value: T,
}

/// Why dated values do not make a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimelineProblem {
    /// A value ends before it begins.
    #[error("the value from {0} ends before it begins")]
    EndsBeforeItBegins(Date),
    /// Two values would hold on one day.
    #[error("two values hold on {0}")]
    Overlap(Date),
}

/// Values one after the other: never two on one day, with gaps where nothing is known.
///
/// ```
/// use jiff::civil::date;
/// use payung_domain::dated::{Dated, Timeline};
///
/// let ages = Timeline::new(vec![
///     Dated { from: date(2015, 7, 1), to: Some(date(2018, 12, 31)), value: 56 },
///     Dated { from: date(2019, 1, 1), to: None, value: 57 },
/// ])?;
/// assert_eq!(ages.on(date(2018, 12, 31)).map(|age| age.value), Some(56));
/// assert_eq!(ages.on(date(2015, 6, 30)), None);
/// # Ok::<(), payung_domain::dated::TimelineProblem>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline<T>(Vec<Dated<T>>);

impl<T> Timeline<T> {
    /// Puts values in order, whatever order they come in.
    pub fn new(mut values: Vec<Dated<T>>) -> Result<Self, TimelineProblem> {
        values.sort_by_key(|dated| dated.from);
        for dated in &values {
            if dated.to.is_some_and(|to| to < dated.from) {
                return Err(TimelineProblem::EndsBeforeItBegins(dated.from));
            }
        }
        for pair in values.windows(2) {
            if pair[0].to.is_none_or(|to| to >= pair[1].from) {
                return Err(TimelineProblem::Overlap(pair[1].from));
            }
        }
        Ok(Self(values))
    }

    /// What holds on a day, if anything does.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&Dated<T>> {
        let begun = self.0.partition_point(|dated| dated.from <= day);
        let dated = self.0.get(begun.checked_sub(1)?)?;
        dated.to.is_none_or(|to| day <= to).then_some(dated)
    }

    /// The days between two values on which nothing holds, as first and last day.
    #[must_use]
    pub fn gaps(&self) -> Vec<(Date, Date)> {
        let gap = |pair: &[Dated<T>]| {
            let first = pair[0].to?.tomorrow().ok()?;
            let last = pair[1].from.yesterday().ok()?;
            (first <= last).then_some((first, last))
        };
        self.0.windows(2).filter_map(gap).collect()
    }

    /// All values, the earliest first.
    pub fn iter(&self) -> impl Iterator<Item = &Dated<T>> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn from_to<T>(from: Date, to: Date, value: T) -> Dated<T> {
        Dated { from, to: Some(to), value }
    }

    #[test]
    fn both_ends_of_a_value_belong_to_it() {
        let (first, last) = (date(2024, 3, 1), date(2025, 2, 28));
        let line = Timeline::new(vec![from_to(first, last, "ceiling")]).unwrap();
        assert!(line.on(first).is_some() && line.on(last).is_some());
        assert!(line.on(date(2024, 2, 29)).is_none() && line.on(date(2025, 3, 1)).is_none());
    }

    #[test]
    fn two_values_on_one_day_are_refused() {
        let day = date(2024, 3, 1);
        let twice =
            vec![from_to(date(2023, 3, 1), day, 1), Dated { from: day, to: None, value: 2 }];
        assert_eq!(Timeline::new(twice), Err(TimelineProblem::Overlap(day)));
        let open = vec![Dated { from: date(2023, 3, 1), to: None, value: 1 }, from_to(day, day, 2)];
        assert_eq!(Timeline::new(open), Err(TimelineProblem::Overlap(day)));
        let reversed = vec![from_to(day, date(2024, 2, 1), 1)];
        assert_eq!(Timeline::new(reversed), Err(TimelineProblem::EndsBeforeItBegins(day)));
    }

    #[test]
    fn a_gap_is_named_by_its_first_and_last_day() {
        let line = Timeline::new(vec![
            from_to(date(2020, 1, 1), date(2020, 12, 31), 1),
            from_to(date(2022, 1, 1), date(2022, 12, 31), 2),
            from_to(date(2023, 1, 1), date(2023, 12, 31), 3),
        ])
        .unwrap();
        assert_eq!(line.gaps(), [(date(2021, 1, 1), date(2021, 12, 31))]);
        assert!(line.on(date(2021, 6, 1)).is_none());
    }

    proptest! {
        #[test]
        fn a_day_finds_the_one_value_that_covers_it(
            lengths in proptest::collection::vec((1_i64..400, 0_i64..40), 1..12),
            ask in 0_i64..6_000,
        ) {
            let mut next = date(2010, 1, 1);
            let mut values = Vec::new();
            for (value, (days, gap)) in lengths.into_iter().enumerate() {
                let last = next.saturating_add((days - 1).days());
                values.push(from_to(next, last, value));
                next = last.saturating_add((gap + 1).days());
            }
            let day = date(2010, 1, 1).saturating_add(ask.days());
            let covers = |dated: &&Dated<usize>| dated.from <= day && dated.to.is_none_or(|to| day <= to);
            let expected = values.iter().find(covers).cloned();
            let line = Timeline::new(values.into_iter().rev().collect()).unwrap();
            prop_assert_eq!(line.on(day), expected.as_ref());
        }
    }
}
