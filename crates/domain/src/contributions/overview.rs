//! A history at a glance: twelve cells a year, and sums for the chart.

use std::collections::BTreeMap;

use crate::money::Rupiah;
use crate::programmes::Programme;

use super::history::{History, MonthState};

/// A year of one programme, January first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GridYear {
    /// Which year.
    pub year: i16,
    /// How each month stands; nothing where none was owed and none came.
    pub months: [Option<MonthState>; 12],
}

/// What a year brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearSum {
    /// The year of work, whenever the money came.
    pub year: i16,
    /// The employers' shares.
    pub employer_part: Rupiah,
    /// The worker's own shares.
    pub worker_part: Rupiah,
}

/// A sum is past what an amount can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the contributions of {0} are more than an amount can hold")]
pub struct TooLarge(pub i16);

impl History {
    /// The months of a programme, or of all, twelve to a year, the latest year first.
    ///
    /// With several employers or programmes in one month the cell shows what needs looking at most.
    #[must_use]
    pub fn grid(&self, programme: Option<Programme>) -> Vec<GridYear> {
        let mut years: Vec<GridYear> = Vec::new();
        let rows = self.rows().iter().filter(|row| programme.is_none_or(|of| row.programme == of));
        for row in rows {
            let year = row.month.year();
            if years.last().is_none_or(|last| last.year != year) {
                years.push(GridYear { year, months: [None; 12] });
            }
            let cell = usize::try_from(row.month.number() - 1)
                .ok()
                .zip(years.last_mut())
                .and_then(|(place, last)| last.months.get_mut(place));
            if let Some(cell) = cell {
                let worse = cell.is_none_or(|shown| urgency(row.state) > urgency(shown));
                *cell = if worse { Some(row.state) } else { *cell };
            }
        }
        years
    }

    /// What came for each year of work, the earliest first; of one programme, or of all.
    pub fn yearly_sums(&self, programme: Option<Programme>) -> Result<Vec<YearSum>, TooLarge> {
        let mut sums: BTreeMap<i16, YearSum> = BTreeMap::new();
        let rows = self.rows().iter().filter(|row| programme.is_none_or(|of| row.programme == of));
        for contribution in rows.filter_map(|row| row.contribution.as_ref()) {
            let year = contribution.month.year();
            let none = YearSum { year, employer_part: Rupiah::ZERO, worker_part: Rupiah::ZERO };
            let sum = sums.entry(year).or_insert(none);
            let plus = |sum: Rupiah, part| sum.checked_add(part).ok_or(TooLarge(year));
            sum.employer_part = plus(sum.employer_part, contribution.employer_part)?;
            sum.worker_part = plus(sum.worker_part, contribution.worker_part)?;
        }
        Ok(sums.into_values().collect())
    }
}

/// How much a state needs looking at, the most urgent highest; more days are more urgent.
const fn urgency(state: MonthState) -> (u8, u32) {
    match state {
        MonthState::Received => (0, 0),
        MonthState::Awaited { .. } => (1, 0),
        MonthState::NotPublished => (2, 0),
        MonthState::Late { days } => (3, days),
        MonthState::Short { .. } => (4, 0),
        MonthState::Missing { days } => (5, days),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::contributions::Contribution;
    use crate::employers::{Employment, Trade, Work};
    use crate::ids::MembershipId;
    use crate::month::Month;
    use crate::programmes::Programmes;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    fn month(number: i64) -> Month {
        Month::try_from(number).unwrap()
    }

    fn paid(of: i64, programme: Programme, amount: i64) -> Contribution {
        let due_on = month(of).first_day().last_of_month();
        Contribution {
            membership: MembershipId(Uuid::nil()),
            month: month(of),
            programme,
            employer: None,
            wage: Rupiah::new(amount),
            base: Rupiah::new(amount),
            employer_part: Rupiah::ZERO,
            worker_part: Rupiah::new(amount),
            due_on,
            received_on: due_on,
        }
    }

    fn history(contributions: &[Contribution]) -> History {
        let own = Employment {
            membership: MembershipId(Uuid::nil()),
            work: Work::Own(Trade::Other),
            from: month(202_511),
            until: None,
        };
        History::of(&[own], &[], contributions, date(2026, 2, 10), &PROGRAMMES)
    }

    #[test]
    fn a_year_has_twelve_cells_and_those_before_the_work_began_are_empty() {
        let grid = history(&[paid(202_512, Programme::Jkk, 10_000)]).grid(Some(Programme::Jkk));
        assert_eq!(grid.iter().map(|row| row.year).collect::<Vec<_>>(), [2026, 2025]);
        let [january, february, march, ..] = grid[0].months;
        assert!(matches!(january, Some(MonthState::Missing { .. })));
        assert_eq!(february, Some(MonthState::Awaited { until: date(2026, 2, 16) }));
        assert_eq!(march, None);
        assert_eq!(grid[1].months[9], None);
        assert!(matches!(grid[1].months[10], Some(MonthState::Missing { .. })));
        assert_eq!(grid[1].months[11], Some(MonthState::Received));
    }

    #[test]
    fn a_cell_shows_the_most_urgent_of_several_employers() {
        let late = Contribution {
            employer: Some(crate::ids::EmployerId(Uuid::nil())),
            received_on: date(2026, 3, 1),
            ..paid(202_511, Programme::Jkk, 10_000)
        };
        for both in [
            [paid(202_511, Programme::Jkk, 10_000), late],
            [late, paid(202_511, Programme::Jkk, 10_000)],
        ] {
            let grid = history(&both).grid(Some(Programme::Jkk));
            assert_eq!(grid[1].months[10], Some(MonthState::Late { days: 91 }));
        }
    }

    #[test]
    fn sums_are_of_a_programme_or_of_all_and_never_wrap() {
        let history = history(&[
            paid(202_511, Programme::Jkk, 10_000),
            paid(202_512, Programme::Jkm, 6_800),
            paid(202_601, Programme::Jkk, 10_000),
        ]);
        let sums = |programme| -> Vec<(i16, i64)> {
            let sums = history.yearly_sums(programme).unwrap();
            sums.iter().map(|sum| (sum.year, sum.worker_part.get())).collect()
        };
        assert_eq!(sums(None), [(2025, 16_800), (2026, 10_000)]);
        assert_eq!(sums(Some(Programme::Jkm)), [(2025, 6_800)]);

        let huge = [paid(202_511, Programme::Jkk, i64::MAX), paid(202_512, Programme::Jkk, 1)];
        assert_eq!(self::history(&huge).yearly_sums(None), Err(TooLarge(2025)));
    }
}
