//! What every month looks like: received, late, too little, missing or still awaited.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use crate::employers::{Employer, Employment, FirmSize};
use crate::ids::{EmployerId, MembershipId};
use crate::members::Segment;
use crate::money::Rupiah;
use crate::month::Month;
use crate::programmes::{Earning, Programme, Programmes};

use super::duty::earning;
use super::place::Place;
use super::wage_answers::{About, WageAnswer};
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
    /// It came, and it is less than is due on the wage that was reported, or that wage is below the
    /// one before it, or below what the member says.
    Short {
        /// The wage before it, where the wage fell and the member did not say that this is right.
        before: Option<Rupiah>,
        /// The wage by the member's word, where it is above the one that was reported.
        said: Option<Rupiah>,
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
    /// What is due is reckoned from this: the wage that was reported, or the last one before it.
    pub earning: Option<Earning>,
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
        let wages = wages(contributions);
        let judge = Judge { employments, employers, wages: &wages, programmes };
        let mut rows: Vec<MonthRow> = contributions.iter().map(|c| judge.received(c)).collect();
        let came: HashSet<_> = rows.iter().map(place).collect();
        for employment in employments {
            let owed = owed(employment, employers);
            for month in employment.months_up_to(Month::of(today)) {
                let absent = owed
                    .iter()
                    .filter_map(|&programme| judge.absent(employment, programme, month, today));
                rows.extend(absent.filter(|row| !came.contains(&place(row))));
            }
        }
        rows.sort_by_key(Place::of);
        Self(rows)
    }

    /// The same history, with the member heard about the wages: one that they say is right has not
    /// fallen, and one that is below what they say they earned is too little.
    #[must_use]
    pub fn heard(mut self, answers: &[WageAnswer], programmes: &Programmes) -> Self {
        let answers: BTreeMap<About, &WageAnswer> =
            answers.iter().map(|answer| (answer.about(), answer)).collect();
        for row in &mut self.0 {
            let (Some(came), Some(employer)) = (row.contribution, row.employer) else { continue };
            let of_it = answers.get(&(row.membership, row.month, employer));
            let Some(answer) = of_it.filter(|answer| answer.still_answers(came.wage)) else {
                continue;
            };
            let before = match row.state {
                MonthState::Short { before, .. } if !answer.agrees(came.wage) => before,
                _ => None,
            };
            let said = answer.above(came.wage);
            row.state = judged(&came, row.earning, before, said, programmes);
        }
        self
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

    /// Everything that came and is too little, the latest month first.
    pub fn short(&self) -> impl Iterator<Item = &MonthRow> {
        self.0.iter().filter(|row| matches!(row.state, MonthState::Short { .. }))
    }

    /// Everything that came after its due date, the latest month first.
    pub fn late(&self) -> impl Iterator<Item = &MonthRow> {
        self.0.iter().filter(|row| matches!(row.state, MonthState::Late { .. }))
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

/// Every wage that was reported under a member number by an employer, the highest of a month.
type Wages = BTreeMap<(MembershipId, Option<EmployerId>, Month), Rupiah>;

fn wages(contributions: &[Contribution]) -> Wages {
    let mut wages = Wages::new();
    for c in contributions {
        let wage = wages.entry((c.membership, c.employer, c.month)).or_insert(c.wage);
        *wage = c.wage.max(*wage);
    }
    wages
}

/// What a month is judged by.
struct Judge<'a> {
    employments: &'a [Employment],
    employers: &'a [Employer],
    wages: &'a Wages,
    programmes: &'a Programmes,
}

impl Judge<'_> {
    /// The last wage that was reported before a month.
    fn wage_before(
        &self,
        membership: MembershipId,
        employer: Option<EmployerId>,
        month: Month,
    ) -> Option<Rupiah> {
        let ever = Month::of(Date::MIN).min(month);
        let range = (membership, employer, ever)..(membership, employer, month);
        self.wages.range(range).next_back().map(|(_, wage)| *wage)
    }

    /// What came for a month: in time, late, or too little.
    fn received(&self, contribution: &Contribution) -> MonthRow {
        let &Contribution { membership, month, programme, employer, wage, .. } = contribution;
        let covers = |job: &&Employment| {
            job.membership == membership
                && job.employer() == employer
                && job.from <= month
                && job.until.is_none_or(|until| month <= until)
        };
        let job = self.employments.iter().find(covers);
        let earning = job.and_then(|job| earning(wage, job.work, self.employers));
        // Incomes of the self-employed rise and fall, and they state them themselves.
        let before = employer
            .and_then(|_| self.wage_before(membership, employer, month))
            .filter(|before| wage < *before);
        let state = judged(contribution, earning, before, None, self.programmes);
        let contribution = Some(*contribution);
        MonthRow { membership, month, programme, employer, state, contribution, earning }
    }

    /// How a month stands for which nothing came; nothing where the programme had no rate yet.
    fn absent(
        &self,
        employment: &Employment,
        programme: Programme,
        month: Month,
        today: Date,
    ) -> Option<MonthRow> {
        let (segment, membership) = (employment.segment(), employment.membership);
        let state = match self.programmes.due_date(programme, segment, month) {
            Ok(due) if today <= due.on => MonthState::Awaited { until: due.on },
            Ok(due) => MonthState::Missing { days: days_between(due.on, today) },
            Err(_) => MonthState::NotPublished,
        };
        let employer = employment.employer();
        let wage = self.wages.get(&(membership, employer, month)).copied();
        let wage = wage.or_else(|| self.wage_before(membership, employer, month));
        self.programmes.has_rate(programme, segment, month).then(|| MonthRow {
            membership,
            month,
            programme,
            employer,
            state,
            contribution: None,
            earning: wage.and_then(|wage| earning(wage, employment.work, self.employers)),
        })
    }
}

/// How something that came stands: too little, late, or fine.
fn judged(
    came: &Contribution,
    earning: Option<Earning>,
    before: Option<Rupiah>,
    said: Option<Rupiah>,
    programmes: &Programmes,
) -> MonthState {
    let due = earning
        .and_then(|earning| programmes.expected(came.programme, came.month, earning).ok())
        .and_then(|expected| expected.total());
    let is_too_little = due.zip(came.total()).is_some_and(|(due, came)| came < due);
    let segment = came.employer.map_or(Segment::SelfEmployed, |_| Segment::WageEarner);
    // Most of it could wait until then, and nothing says that the rest did not come before.
    let could_wait = programmes
        .postponed_until(came.programme, segment, came.month)
        .is_some_and(|until| came.received_on <= until);
    match came.days_late() {
        _ if is_too_little || before.is_some() || said.is_some() => {
            MonthState::Short { before, said }
        }
        days if days == 0 || could_wait => MonthState::Received,
        days => MonthState::Late { days },
    }
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
    fn what_the_pandemic_let_wait_is_not_late_until_then() {
        let state = |programme, received_on| {
            let employers = [firm(FirmSize::Large)];
            let came = [came(202_008, programme, received_on)];
            let today = date(2026, 9, 1);
            let history = History::of(&[job(202_008)], &employers, &came, today, &PROGRAMMES);
            let filter = Filter { programme: Some(programme), ..Filter::default() };
            history.filtered(filter).last().map(|row| row.state)
        };
        assert_eq!(state(Programme::Jp, date(2022, 4, 30)), Some(MonthState::Received));
        // Due on 30 September 2020, and later than April 2022 for all of it.
        let late = Some(MonthState::Late { days: 578 });
        assert_eq!(state(Programme::Jp, date(2022, 5, 1)), late);
        let late = Some(MonthState::Late { days: 1 });
        assert_eq!(state(Programme::Jht, date(2020, 10, 1)), late);
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

    #[test]
    fn the_members_word_about_a_wage_is_heard() {
        use crate::contributions::wage_answers::Says;
        let wage = |of, wage| Contribution {
            wage: Rupiah::new(wage),
            ..came(of, Programme::Jht, date(2026, 5, 10))
        };
        let paid = [wage(202_604, 6_000_000), wage(202_605, 4_000_000)];
        let firms = [firm(FirmSize::Small)];
        let today = date(2026, 8, 17);
        let of = |says| {
            let answer = WageAnswer {
                membership: MEMBERSHIP,
                month: month(202_605),
                employer: FIRM,
                reported: Rupiah::new(4_000_000),
                says,
                answered_at: crate::time::Instant::from_micros(1),
            };
            let history = History::of(&[job(202_604)], &firms, &paid, today, &PROGRAMMES);
            let heard = history.heard(&[answer], &PROGRAMMES);
            heard
                .rows()
                .iter()
                .find(|row| row.month == month(202_605) && row.contribution.is_some())
                .map(|row| row.state)
        };
        let fell = Some(Rupiah::new(6_000_000));
        let state = of(Says::Wrong(Rupiah::new(5_000_000)));
        let said = Some(Rupiah::new(5_000_000));
        assert_eq!(state, Some(MonthState::Short { before: fell, said }));
        // Less than was reported is kept, and nobody owes more because of it.
        let state = of(Says::Wrong(Rupiah::new(3_000_000)));
        assert_eq!(state, Some(MonthState::Short { before: fell, said: None }));
        assert!(!matches!(of(Says::Right), Some(MonthState::Short { before: Some(_), .. })));
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
