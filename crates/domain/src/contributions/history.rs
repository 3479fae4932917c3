//! What every month looks like: received, late, missing or still awaited.

use std::cmp::Reverse;
use std::collections::HashSet;

use jiff::civil::Date;

use crate::employers::{Employer, Employment, FirmSize};
use crate::ids::{EmployerId, MembershipId};
use crate::month::Month;
use crate::programmes::{Programme, Programmes};

use super::{Contribution, days_between};

/// How things stand with one programme's contribution for one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MonthState {
    /// It came in time.
    Received,
    /// It came, so many days after its due date.
    Late {
        /// Days after the due date.
        days: u32,
    },
    /// It can still come in time, up to this day.
    Awaited {
        /// The due date.
        until: Date,
    },
    /// It has not come, and its due date is so many days past.
    Missing {
        /// Days since the due date.
        days: u32,
    },
    /// It has not come, and no due date is published to judge it by.
    NotPublished,
}

/// One programme of one employment in one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthRow {
    /// Under which member number.
    pub membership: MembershipId,
    /// The month of work.
    pub month: Month,
    /// Which programme.
    pub programme: Programme,
    /// Whose duty it is; nobody but the member's when self-employed.
    pub employer: Option<EmployerId>,
    /// How things stand.
    pub state: MonthState,
    /// What came, if it did.
    pub contribution: Option<Contribution>,
}

/// What a reader wants to see; what is not named is not narrowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only months of this year.
    pub year: Option<i16>,
    /// Only this programme.
    pub programme: Option<Programme>,
    /// Only this employer.
    pub employer: Option<EmployerId>,
}

/// Every month of somebody's working life, the latest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History(Vec<MonthRow>);

impl History {
    /// Sets what came against what had to come by today.
    ///
    /// Contributions nobody had to pay (the savings of the self-employed, months outside every
    /// employment) are shown too: they are facts. An employer that is not among `employers` owes
    /// what the smallest firm owes.
    #[must_use]
    pub fn of(
        employments: &[Employment],
        employers: &[Employer],
        contributions: &[Contribution],
        today: Date,
        programmes: &Programmes,
    ) -> Self {
        let mut rows: Vec<MonthRow> = contributions.iter().map(received).collect();
        let came: HashSet<_> = rows.iter().map(place).collect();
        for employment in employments {
            let owed = owed(employment, employers);
            for month in employment.months_up_to(Month::of(today)) {
                let absent = owed.iter().filter_map(|&programme| {
                    absent(employment, programme, month, today, programmes)
                });
                rows.extend(absent.filter(|row| !came.contains(&place(row))));
            }
        }
        rows.sort_by_key(|row| (Reverse(row.month), row.programme, row.employer, row.membership));
        Self(rows)
    }

    /// All rows, the latest month first.
    #[must_use]
    pub fn rows(&self) -> &[MonthRow] {
        &self.0
    }

    /// The rows a reader asked for, the latest month first.
    pub fn filtered(&self, filter: Filter) -> impl Iterator<Item = &MonthRow> {
        self.0.iter().filter(move |row| {
            filter.year.is_none_or(|year| row.month.year() == year)
                && filter.programme.is_none_or(|programme| row.programme == programme)
                && filter.employer.is_none_or(|employer| row.employer == Some(employer))
        })
    }

    /// The same history with nothing but the rows a reader asked for.
    #[must_use]
    pub fn only(&self, filter: Filter) -> Self {
        Self(self.filtered(filter).copied().collect())
    }

    /// Everything that has not come although its due date has passed, the latest month first.
    pub fn missing(&self) -> impl Iterator<Item = &MonthRow> {
        self.0.iter().filter(|row| matches!(row.state, MonthState::Missing { .. }))
    }

    /// The contribution for the latest month that came in a programme.
    #[must_use]
    pub fn last_contribution(&self, programme: Programme) -> Option<&Contribution> {
        self.0
            .iter()
            .filter(|row| row.programme == programme)
            .find_map(|row| row.contribution.as_ref())
    }

    /// The years that have rows, the latest first.
    #[must_use]
    pub fn years(&self) -> Vec<i16> {
        let mut years: Vec<i16> = self.0.iter().map(|row| row.month.year()).collect();
        years.dedup();
        years
    }
}

fn received(contribution: &Contribution) -> MonthRow {
    MonthRow {
        membership: contribution.membership,
        month: contribution.month,
        programme: contribution.programme,
        employer: contribution.employer,
        state: match contribution.days_late() {
            0 => MonthState::Received,
            days => MonthState::Late { days },
        },
        contribution: Some(*contribution),
    }
}

/// How a month stands for which nothing came; nothing where the programme had no rate yet.
fn absent(
    employment: &Employment,
    programme: Programme,
    month: Month,
    today: Date,
    programmes: &Programmes,
) -> Option<MonthRow> {
    let segment = employment.segment();
    let state = match programmes.due_date(programme, segment, month) {
        Ok(due) if today <= due.on => MonthState::Awaited { until: due.on },
        Ok(due) => MonthState::Missing { days: days_between(due.on, today) },
        Err(_) => MonthState::NotPublished,
    };
    programmes.has_rate(programme, segment, month).then_some(MonthRow {
        membership: employment.membership,
        month,
        programme,
        employer: employment.employer(),
        state,
        contribution: None,
    })
}

/// What makes two rows be about the same thing.
fn place(row: &MonthRow) -> (MembershipId, Month, Programme, Option<EmployerId>) {
    (row.membership, row.month, row.programme, row.employer)
}

fn owed(employment: &Employment, employers: &[Employer]) -> &'static [Programme] {
    match employment.employer() {
        None => Programme::of_the_self_employed(),
        Some(id) => {
            let known = employers.iter().find(|employer| employer.id == id);
            Programme::of_firm(known.map_or(FirmSize::Micro, |employer| employer.size))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::employers::{RiskClass, Trade, Work};
    use crate::ids::Npp;
    use crate::members::Segment;
    use crate::money::Rupiah;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    const MEMBERSHIP: MembershipId = MembershipId(Uuid::from_u128(1));
    const FIRM: EmployerId = EmployerId(Uuid::from_u128(2));

    fn month(number: i64) -> Month {
        Month::try_from(number).unwrap()
    }

    fn firm(size: FirmSize) -> Employer {
        let npp = Npp::parse("CONTOH01").unwrap();
        Employer { id: FIRM, npp, name: "PT Contoh".to_owned(), risk_class: RiskClass::I, size }
    }

    fn job(from: i64) -> Employment {
        Employment { membership: MEMBERSHIP, work: Work::For(FIRM), from: month(from), until: None }
    }

    fn came(of: i64, programme: Programme, received_on: Date) -> Contribution {
        let due_on = PROGRAMMES.due_date(programme, Segment::WageEarner, month(of)).unwrap().on;
        let amount = Rupiah::new(100);
        Contribution {
            membership: MEMBERSHIP,
            month: month(of),
            programme,
            employer: Some(FIRM),
            wage: amount,
            base: amount,
            employer_part: amount,
            worker_part: amount,
            due_on,
            received_on,
        }
    }

    /// The savings months of a small firm, the latest first.
    fn savings(today: Date, contributions: &[Contribution]) -> Vec<(i64, MonthState)> {
        let employers = [firm(FirmSize::Small)];
        let history = History::of(&[job(202_605)], &employers, contributions, today, &PROGRAMMES);
        let filter = Filter { programme: Some(Programme::Jht), ..Filter::default() };
        history.filtered(filter).map(|row| (row.month.get(), row.state)).collect()
    }

    #[test]
    fn a_month_is_in_time_late_missing_or_awaited() {
        let contributions = [
            came(202_605, Programme::Jht, date(2026, 6, 15)),
            came(202_606, Programme::Jht, date(2026, 7, 16)),
        ];
        assert_eq!(
            savings(date(2026, 9, 1), &contributions),
            [
                (202_609, MonthState::Awaited { until: date(2026, 10, 15) }),
                (202_608, MonthState::Awaited { until: date(2026, 9, 15) }),
                (202_607, MonthState::Missing { days: 15 }),
                (202_606, MonthState::Late { days: 1 }),
                (202_605, MonthState::Received),
            ]
        );
    }

    #[test]
    fn the_due_date_itself_is_still_in_time() {
        let on_the_day = savings(date(2026, 6, 15), &[]);
        assert_eq!(on_the_day[1], (202_605, MonthState::Awaited { until: date(2026, 6, 15) }));
        let the_day_after = savings(date(2026, 6, 16), &[]);
        assert_eq!(the_day_after[1], (202_605, MonthState::Missing { days: 1 }));
    }

    #[test]
    fn a_firm_owes_what_its_size_asks_for_and_jp_only_since_it_exists() {
        let owed = |size, from| -> Vec<Programme> {
            let today = month(from).first_day();
            let history = History::of(&[job(from)], &[firm(size)], &[], today, &PROGRAMMES);
            history.rows().iter().map(|row| row.programme).collect()
        };
        assert_eq!(owed(FirmSize::Micro, 202_601), [Programme::Jkk, Programme::Jkm]);
        assert_eq!(owed(FirmSize::Large, 202_601), Programme::ALL[..4]);
        assert_eq!(
            owed(FirmSize::Large, 201_506),
            [Programme::Jht, Programme::Jkk, Programme::Jkm]
        );
    }

    #[test]
    fn a_month_without_a_published_due_date_is_not_called_missing() {
        let job = Employment { until: Some(month(201_506)), ..job(201_506) };
        let employers = [firm(FirmSize::Small)];
        let history = History::of(&[job], &employers, &[], date(2026, 1, 1), &PROGRAMMES);
        assert_eq!(history.missing().count(), 0);
        assert!(history.rows().iter().all(|row| row.state == MonthState::NotPublished));
    }

    #[test]
    fn the_savings_of_the_self_employed_are_shown_and_never_missing() {
        let own = Employment { work: Work::Own(Trade::Other), ..job(202_601) };
        let paid =
            Contribution { employer: None, ..came(202_601, Programme::Jht, date(2026, 1, 20)) };
        let history = History::of(&[own], &[], &[paid], date(2026, 3, 1), &PROGRAMMES);
        let of = |programme| history.rows().iter().filter(|row| row.programme == programme).count();
        assert_eq!([Programme::Jht, Programme::Jkk, Programme::Jkm].map(of), [1, 3, 3]);
        assert!(history.missing().all(|row| row.programme != Programme::Jht));
        assert_eq!(history.last_contribution(Programme::Jht), Some(&paid));
    }

    #[test]
    fn a_reader_narrows_by_year_programme_and_employer() {
        let (jobs, firms) = ([job(202_411)], [firm(FirmSize::Small)]);
        let history = History::of(&jobs, &firms, &[], date(2026, 2, 1), &PROGRAMMES);
        let count = |filter| history.filtered(filter).count();
        let all = Filter::default();
        assert_eq!(count(all), 16 * 3);
        assert_eq!(count(Filter { year: Some(2024), ..all }), 2 * 3);
        assert_eq!(count(Filter { programme: Some(Programme::Jp), ..all }), 0);
        assert_eq!(count(Filter { employer: Some(FIRM), year: Some(2025), ..all }), 12 * 3);
        assert_eq!(count(Filter { employer: Some(EmployerId(Uuid::nil())), ..all }), 0);
        assert_eq!(history.years(), [2026, 2025, 2024]);
    }

    proptest! {
        #[test]
        fn every_owed_month_has_one_row_whatever_came(
            length in 0..40,
            delays in proptest::collection::vec(proptest::option::of(0_i64..90), 40),
        ) {
            let last = month(202_001).plus(length);
            let contributions: Vec<Contribution> = month(202_001)
                .through(last)
                .zip(delays)
                .filter_map(|(of, delay)| {
                    let received_on = of.next().first_day().saturating_add(jiff::Span::new().days(delay?));
                    Some(came(of.get(), Programme::Jht, received_on))
                })
                .collect();
            let job = Employment { until: Some(last), ..job(202_001) };
            let firms = [firm(FirmSize::Small)];
            let history = History::of(&[job], &firms, &contributions, date(2026, 1, 1), &PROGRAMMES);
            let filter = Filter { programme: Some(Programme::Jht), ..Filter::default() };
            let months: Vec<Month> = history.filtered(filter).map(|row| row.month).collect();
            let mut expected: Vec<Month> = job.months_up_to(last).collect();
            expected.reverse();
            prop_assert_eq!(months, expected);
            let missing = history.missing().filter(|row| row.programme == Programme::Jht).count();
            prop_assert_eq!(missing + contributions.len(), usize::try_from(length + 1).unwrap());
        }
    }
}
