//! The employer's side of a month: what is due, what came, what is still owed, the penalty for being
//! late, and what it costs the member in each benefit.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::employers::Work;
use crate::members::Segment;
use crate::money::Rupiah;
use crate::month::Month;
use crate::programmes::{
    Citation, Earning, Expected, NotPublished, Penalty, Programme, Programmes, Rounding, Value,
    keys,
};

use super::history::{MonthRow, MonthState};

/// What was owed for a month and programme, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty<'a> {
    /// What it is reckoned from; nothing where no wage was ever reported.
    pub earning: Option<Earning>,
    /// Whether the wage is not this month's but the last one before it.
    pub is_wage_of_before: bool,
    /// What is due, or why that cannot be said.
    pub due: Result<Expected<'a>, NotPublished>,
    /// What came.
    pub paid: Rupiah,
    /// What is still owed; nothing while it can still come in time.
    pub owed: Rupiah,
    /// What the employer owes for being late, where that can be said.
    pub penalty: Option<Penalty<'a>>,
    /// What would be due by the member's word, where that is more.
    pub by_word: Option<ByWord<'a>>,
    /// What it costs the member.
    pub costs: Vec<Cost<'a>>,
}

/// What would be due if the wage were the one that the member says. A word proves nothing: it is added
/// to no sum that the employer owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByWord<'a> {
    /// The wage by the member's word.
    pub wage: Rupiah,
    /// What would be due, or why that cannot be said.
    pub due: Result<Expected<'a>, NotPublished>,
    /// What came is so much less.
    pub missing: Rupiah,
}

/// What a month that did not come in full, or at all, costs the member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cost<'a> {
    /// So much is not among the savings, and earns nothing there.
    Savings(Rupiah),
    /// The pension is so much lower every month, and the month is not among those it takes.
    Pension(Rupiah, Citation<'a>),
    /// It was paid on less than the wage that was reported, so that the pension is so much lower every
    /// month.
    SmallerPension(Rupiah, Citation<'a>),
    /// The month counts as unpaid for cover after an accident or a death.
    Cover(Programme),
    /// The month is not among those that job loss cover asks for.
    JobLoss,
    /// Benefits that follow from the wage are lower; the employer owes the difference.
    LowerWage,
    /// By the member's word so much is not among the savings.
    SavingsByWord(Rupiah),
    /// By the member's word the pension is so much lower every month.
    PensionByWord(Rupiah, Citation<'a>),
}

impl<'a> Duty<'a> {
    /// What was owed for a row of a history.
    ///
    /// A month for which nothing came is reckoned from the last wage that was reported before it.
    #[must_use]
    pub fn of(row: &MonthRow, programmes: &'a Programmes, today: Date) -> Option<Self> {
        let earning = row.earning?;
        let due = programmes.expected(row.programme, row.month, earning);
        let paid = row.contribution.and_then(|came| came.total()).unwrap_or(Rupiah::ZERO);
        let total = due.as_ref().ok().and_then(Expected::total);
        let can_still_come = matches!(row.state, MonthState::Awaited { .. });
        let owed = total
            .filter(|_| !can_still_come)
            .and_then(|total| total.checked_sub(paid))
            .unwrap_or(Rupiah::ZERO)
            .max(Rupiah::ZERO);
        let mut duty = Self {
            earning: Some(earning),
            is_wage_of_before: row.contribution.is_none(),
            due,
            paid,
            owed,
            penalty: None,
            by_word: by_word(row, programmes, earning, paid),
            costs: Vec::new(),
        };
        duty.penalty = duty.penalty_of(row, programmes, today);
        duty.costs = duty.costs_of(row, programmes);
        Some(duty)
    }

    fn segment(&self) -> Segment {
        match self.earning {
            Some(Earning::Income(..)) => Segment::SelfEmployed,
            _ => Segment::WageEarner,
        }
    }

    /// For what came late: of all that came. For what is owed: of all that was due, less what came, up
    /// to today.
    fn penalty_of(
        &self,
        row: &MonthRow,
        programmes: &'a Programmes,
        today: Date,
    ) -> Option<Penalty<'a>> {
        let of = (row.programme, self.segment(), row.month);
        let (amounts, due_on, came_on) = match (row.state, row.contribution) {
            (MonthState::Late { .. }, Some(came)) => {
                ((self.paid, Rupiah::ZERO), came.due_on, came.received_on)
            }
            (MonthState::Missing { .. } | MonthState::Short { .. }, _)
                if self.owed > Rupiah::ZERO =>
            {
                let due = programmes.due_date(row.programme, self.segment(), row.month).ok()?;
                ((self.due.as_ref().ok()?.total()?, self.paid), due.on, today)
            }
            _ => return None,
        };
        programmes.penalty(of, amounts, due_on, came_on).ok().flatten()
    }

    fn costs_of(&self, row: &MonthRow, programmes: &'a Programmes) -> Vec<Cost<'a>> {
        let is_missing = matches!(row.state, MonthState::Missing { .. });
        let mut costs = Vec::new();
        if matches!(row.state, MonthState::Short { .. }) {
            costs.push(Cost::LowerWage);
        }
        costs.extend(self.cost_by_word(row, programmes));
        match row.programme {
            Programme::Jht if self.owed > Rupiah::ZERO => costs.push(Cost::Savings(self.owed)),
            Programme::Jp if is_missing => costs.extend(self.lower_pension(row, programmes)),
            Programme::Jp if matches!(row.state, MonthState::Short { .. }) => {
                costs.extend(self.smaller_pension(row, programmes));
            }
            Programme::Jkk if is_missing => {
                costs.push(Cost::Cover(Programme::Jkk));
                if self.segment() == Segment::WageEarner {
                    costs.push(Cost::JobLoss);
                }
            }
            Programme::Jkm if is_missing => costs.push(Cost::Cover(Programme::Jkm)),
            _ => {}
        }
        costs
    }

    fn lower_pension(&self, row: &MonthRow, programmes: &'a Programmes) -> Option<Cost<'a>> {
        let base = self.due.as_ref().ok()?.base;
        let (lower, rule) = pension_of(base, row.month, programmes)?;
        Some(Cost::Pension(lower, rule))
    }

    /// What the part of the wage is worth that counts by the rules, and was not paid on.
    fn smaller_pension(&self, row: &MonthRow, programmes: &'a Programmes) -> Option<Cost<'a>> {
        let less = self.due.as_ref().ok()?.base.checked_sub(row.contribution?.base)?;
        let (lower, rule) = pension_of(less, row.month, programmes)?;
        (lower > Rupiah::ZERO).then_some(Cost::SmallerPension(lower, rule))
    }

    /// What the wage by the member's word would have brought on top.
    fn cost_by_word(&self, row: &MonthRow, programmes: &'a Programmes) -> Option<Cost<'a>> {
        let word = self.by_word.as_ref()?;
        match row.programme {
            Programme::Jht => {
                let more = word.missing.checked_sub(self.owed)?;
                (more > Rupiah::ZERO).then_some(Cost::SavingsByWord(more))
            }
            Programme::Jp => {
                let by_rule = self.due.as_ref().map_or(Rupiah::ZERO, |due| due.base);
                let known = by_rule.max(row.contribution?.base);
                let more = word.due.as_ref().ok()?.base.checked_sub(known)?;
                let (lower, rule) = pension_of(more, row.month, programmes)?;
                (lower > Rupiah::ZERO).then_some(Cost::PensionByWord(lower, rule))
            }
            _ => None,
        }
    }
}

/// What a month adds to the pension: a twelfth of a year's part of the wage that counts.
fn pension_of(
    base: Rupiah,
    month: Month,
    programmes: &Programmes,
) -> Option<(Rupiah, Citation<'_>)> {
    let (accrual, rule) = programmes.share(keys::JP_ACCRUAL, month.first_day()).ok()?;
    Some((Rounding::WHOLE_RUPIAH.monthly(base, accrual), rule))
}

fn by_word<'a>(
    row: &MonthRow,
    programmes: &'a Programmes,
    earning: Earning,
    paid: Rupiah,
) -> Option<ByWord<'a>> {
    let MonthState::Short { said: Some(wage), .. } = row.state else { return None };
    let due = programmes.expected(row.programme, row.month, earning.with(wage));
    let total = due.as_ref().ok().and_then(Expected::total);
    let missing = total.and_then(|total| total.checked_sub(paid)).unwrap_or_default();
    Some(ByWord { wage, due, missing: missing.max(Rupiah::ZERO) })
}

/// Everything that is owed in a history, and the penalties on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owed {
    /// Contributions that have not come, or not in full.
    pub contributions: Rupiah,
    /// What the employers owe on top for being late with them.
    pub penalties: Rupiah,
}

impl Owed {
    /// Adds up rows; `None` past what an amount can hold. Rows about which nothing can be said add
    /// nothing.
    #[must_use]
    pub fn of<'r>(
        rows: impl Iterator<Item = &'r MonthRow>,
        programmes: &Programmes,
        today: Date,
    ) -> Option<Self> {
        let mut sum = Self::default();
        for duty in rows.filter_map(|row| Duty::of(row, programmes, today)) {
            sum.contributions = sum.contributions.checked_add(duty.owed)?;
            let penalty = duty.penalty.and_then(|penalty| penalty.amount);
            sum.penalties = sum.penalties.checked_add(penalty.unwrap_or_default())?;
        }
        Some(sum)
    }
}

/// What employers owe for having paid late, where that can be said; `None` past what an amount can
/// hold.
#[must_use]
pub fn penalties<'r>(
    rows: impl Iterator<Item = &'r MonthRow>,
    programmes: &Programmes,
    today: Date,
) -> Option<Rupiah> {
    let duties = rows.filter_map(|row| Duty::of(row, programmes, today));
    Rupiah::checked_sum(duties.filter_map(|duty| duty.penalty?.amount))
}

/// What all of it costs the member, added up. What is the case by the member's word only is not in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Toll {
    /// So much is not among the savings.
    pub savings: Rupiah,
    /// The pension is so much lower every month.
    pub pension: Rupiah,
    /// So many months count as unpaid for cover after an accident or a death.
    pub months_of_cover: u32,
    /// So many months are not among those that job loss cover asks for.
    pub months_of_job_loss: u32,
    /// In so many months the wage that was reported is to be looked at.
    pub months_of_lower_wage: u32,
}

impl Toll {
    /// Adds up rows; `None` past what an amount can hold.
    #[must_use]
    pub fn of<'r>(
        rows: impl Iterator<Item = &'r MonthRow>,
        programmes: &Programmes,
        today: Date,
    ) -> Option<Self> {
        let mut sum = Self::default();
        let mut cover = BTreeSet::new();
        let mut job_loss = BTreeSet::new();
        let mut lower_wage = BTreeSet::new();
        for row in rows {
            let Some(duty) = Duty::of(row, programmes, today) else { continue };
            for cost in duty.costs {
                match cost {
                    Cost::Savings(amount) => sum.savings = sum.savings.checked_add(amount)?,
                    Cost::Pension(amount, _) | Cost::SmallerPension(amount, _) => {
                        sum.pension = sum.pension.checked_add(amount)?;
                    }
                    Cost::Cover(_) => {
                        cover.insert(row.month);
                    }
                    Cost::JobLoss => {
                        job_loss.insert(row.month);
                    }
                    Cost::LowerWage => {
                        lower_wage.insert(row.month);
                    }
                    Cost::SavingsByWord(_) | Cost::PensionByWord(..) => {}
                }
            }
        }
        let count = |months: BTreeSet<Month>| u32::try_from(months.len()).unwrap_or(u32::MAX);
        sum.months_of_cover = count(cover);
        sum.months_of_job_loss = count(job_loss);
        sum.months_of_lower_wage = count(lower_wage);
        Some(sum)
    }

    /// Whether nothing was lost.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// What the law asks of an employer beside the money, what it threatens, and where somebody can complain,
/// in that order.
const ASKED_OF_EMPLOYERS: &[&str] = &[
    "clock.registration",
    "clock.change-reported",
    "penalty.difference-notice",
    "penalty.withheld-prison",
    "penalty.withheld-fine",
    "penalty.warnings",
    "penalty.warning-time",
    "penalty.unregistered-fine",
    "clock.complaints",
];

/// What the law asks of an employer beside the money, on a day.
#[must_use]
pub fn asked_of_employers(programmes: &Programmes, on: Date) -> Vec<(&Value, Citation<'_>)> {
    programmes.named(ASKED_OF_EMPLOYERS, on)
}

/// What a rate depends on, for a wage and the work it was for.
pub(super) fn earning(
    wage: Rupiah,
    work: Work,
    employers: &[crate::employers::Employer],
) -> Option<Earning> {
    match work {
        Work::Own(trade) => Some(Earning::Income(wage, trade)),
        Work::For(id) => {
            let known = employers.iter().find(|employer| employer.id == id)?;
            Some(Earning::Wage(wage, known.risk_class))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::contributions::Contribution;
    use crate::contributions::history::{Filter, History};
    use crate::contributions::wage_answers::{Says, WageAnswer};
    use crate::employers::{Employer, Employment, FirmSize, RiskClass};
    use crate::ids::{EmployerId, MembershipId, Npp};
    use crate::time::Instant;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());
    const MEMBERSHIP: MembershipId = MembershipId(Uuid::from_u128(1));
    const FIRM: EmployerId = EmployerId(Uuid::from_u128(2));
    const TODAY: Date = date(2026, 8, 17);

    fn month(number: i64) -> Month {
        Month::try_from(number).unwrap()
    }

    fn paid(of: i64, programme: Programme, wage: i64, received_on: Date) -> Contribution {
        let earning = Earning::Wage(Rupiah::new(wage), RiskClass::II);
        let expected = PROGRAMMES.expected(programme, month(of), earning).unwrap();
        let due = PROGRAMMES.due_date(programme, Segment::WageEarner, month(of)).unwrap();
        Contribution {
            membership: MEMBERSHIP,
            month: month(of),
            programme,
            employer: Some(FIRM),
            wage: Rupiah::new(wage),
            base: expected.base,
            employer_part: expected.employer_part,
            worker_part: expected.worker_part,
            due_on: due.on,
            received_on,
        }
    }

    fn history(contributions: &[Contribution]) -> History {
        let work = Work::For(FIRM);
        let job = Employment { membership: MEMBERSHIP, work, from: month(202_603), until: None };
        let firm = Employer {
            id: FIRM,
            npp: Npp::parse("CONTOH01").unwrap(),
            name: "PT Contoh".to_owned(),
            risk_class: RiskClass::II,
            size: FirmSize::Large,
        };
        History::of(&[job], &[firm], contributions, TODAY, &PROGRAMMES)
    }

    fn duty(history: &History, programme: Programme, of: i64) -> (MonthState, Duty<'static>) {
        let filter = Filter { programme: Some(programme), ..Filter::default() };
        let row = history.filtered(filter).find(|row| row.month == month(of)).unwrap();
        (row.state, Duty::of(row, &PROGRAMMES, TODAY).unwrap())
    }

    #[test]
    fn a_missing_month_is_reckoned_from_the_wage_before_it() {
        let first = date(2026, 4, 10);
        let history = history(&[
            paid(202_603, Programme::Jht, 6_000_000, first),
            paid(202_603, Programme::Jp, 6_000_000, first),
            paid(202_603, Programme::Jkk, 6_000_000, first),
        ]);
        let (_, jht) = duty(&history, Programme::Jht, 202_605);
        assert!(jht.is_wage_of_before);
        assert_eq!(jht.owed, Rupiah::new(342_000));
        // Due on 15 June: three months have begun by 17 August.
        assert_eq!(jht.penalty.unwrap().amount, Some(Rupiah::new(20_520)));
        assert_eq!(jht.costs, [Cost::Savings(Rupiah::new(342_000))]);
        let (_, jp) = duty(&history, Programme::Jp, 202_605);
        assert!(matches!(jp.costs[..], [Cost::Pension(lower, _)] if lower == Rupiah::new(5_000)));
        let (_, jkk) = duty(&history, Programme::Jkk, 202_605);
        assert_eq!(jkk.costs, [Cost::Cover(Programme::Jkk), Cost::JobLoss]);
    }

    #[test]
    fn everything_that_is_asked_of_employers_is_a_rule() {
        let asked = asked_of_employers(&PROGRAMMES, TODAY);
        assert_eq!(asked.len(), ASKED_OF_EMPLOYERS.len());
        assert_eq!(asked[0].1.source, "PP 45/2015 art. 4");
        assert!(matches!(asked.last(), Some((Value::List(route), _)) if route.len() == 3));
    }

    #[test]
    fn a_month_that_can_still_come_costs_nothing() {
        let history = history(&[paid(202_603, Programme::Jht, 6_000_000, date(2026, 4, 10))]);
        let (state, awaited) = duty(&history, Programme::Jht, 202_608);
        assert!(matches!(state, MonthState::Awaited { .. }));
        assert_eq!((awaited.owed, awaited.penalty, awaited.costs.len()), (Rupiah::ZERO, None, 0));
    }

    #[test]
    fn a_late_month_costs_the_employer_and_not_the_member() {
        let history = history(&[paid(202_603, Programme::Jht, 6_000_000, date(2026, 4, 17))]);
        let (state, late) = duty(&history, Programme::Jht, 202_603);
        assert_eq!(state, MonthState::Late { days: 2 });
        assert_eq!((late.owed, late.costs.len()), (Rupiah::ZERO, 0));
        assert_eq!(late.penalty.unwrap().amount, Some(Rupiah::new(6_840)));
        assert_eq!(penalties(history.late(), &PROGRAMMES, TODAY), Some(Rupiah::new(6_840)));
    }

    #[test]
    fn less_than_is_due_is_short_and_so_is_a_wage_that_fell() {
        let on = date(2026, 5, 10);
        let cheap = Contribution {
            employer_part: Rupiah::new(200_000),
            ..paid(202_604, Programme::Jht, 6_000_000, on)
        };
        let fell = paid(202_605, Programme::Jht, 4_000_000, date(2026, 6, 10));
        let history =
            history(&[paid(202_603, Programme::Jht, 6_000_000, date(2026, 4, 10)), cheap, fell]);
        let (state, short) = duty(&history, Programme::Jht, 202_604);
        assert_eq!(state, MonthState::Short { before: None, said: None });
        assert_eq!(short.owed, Rupiah::new(22_000));
        assert_eq!(short.costs, [Cost::LowerWage, Cost::Savings(Rupiah::new(22_000))]);
        assert!(short.penalty.is_some());
        let (state, fell) = duty(&history, Programme::Jht, 202_605);
        let before = Some(Rupiah::new(6_000_000));
        assert_eq!(state, MonthState::Short { before, said: None });
        // What is due on the wage that was reported did come: only the wage has to be asked about.
        assert_eq!((fell.owed, fell.costs), (Rupiah::ZERO, vec![Cost::LowerWage]));
    }

    #[test]
    fn a_pension_that_was_paid_on_less_than_the_wage_is_smaller() {
        let cheap = Contribution {
            base: Rupiah::new(4_000_000),
            employer_part: Rupiah::new(80_000),
            worker_part: Rupiah::new(40_000),
            ..paid(202_603, Programme::Jp, 6_000_000, date(2026, 4, 10))
        };
        let history = history(&[cheap]);
        let (_, short) = duty(&history, Programme::Jp, 202_603);
        assert_eq!(short.owed, Rupiah::new(60_000));
        // A twelfth of a percent of 2 000 000, rounded half up.
        let lower = Rupiah::new(1_667);
        assert!(matches!(
            short.costs[..],
            [Cost::LowerWage, Cost::SmallerPension(amount, _)] if amount == lower
        ));
        let toll = Toll::of(history.short(), &PROGRAMMES, TODAY).unwrap();
        assert_eq!((toll.pension, toll.months_of_lower_wage), (lower, 1));
    }

    #[test]
    fn a_month_whose_rule_is_not_published_owes_nothing_that_could_be_said() {
        let row = MonthRow {
            membership: MEMBERSHIP,
            month: month(202_206),
            programme: Programme::Jp,
            employer: Some(FIRM),
            state: MonthState::Missing { days: 9 },
            contribution: None,
            earning: Some(Earning::Wage(Rupiah::new(6_000_000), RiskClass::II)),
        };
        let duty = Duty::of(&row, &PROGRAMMES, TODAY).unwrap();
        assert!(duty.due.is_err() && duty.penalty.is_none() && duty.costs.is_empty());
        assert_eq!(duty.owed, Rupiah::ZERO);
        let owed = Owed::of([row].iter(), &PROGRAMMES, TODAY).unwrap();
        assert_eq!(owed, Owed::default());
    }

    #[test]
    fn what_the_member_says_costs_is_told_and_added_to_nothing() {
        let on = date(2026, 5, 10);
        let answer = WageAnswer {
            membership: MEMBERSHIP,
            month: month(202_604),
            employer: FIRM,
            reported: Rupiah::new(6_000_000),
            says: Says::Wrong(Rupiah::new(7_000_000)),
            answered_at: Instant::from_micros(1),
        };
        let paid = [
            paid(202_604, Programme::Jht, 6_000_000, on),
            paid(202_604, Programme::Jp, 6_000_000, on),
        ];
        let history = history(&paid).heard(&[answer], &PROGRAMMES);
        let said = Some(Rupiah::new(7_000_000));
        let (state, jht) = duty(&history, Programme::Jht, 202_604);
        assert_eq!(state, MonthState::Short { before: None, said });
        // 5.7 % of the million that was not reported.
        assert_eq!(jht.by_word.as_ref().unwrap().missing, Rupiah::new(57_000));
        assert_eq!((jht.owed, jht.penalty), (Rupiah::ZERO, None));
        assert_eq!(jht.costs, [Cost::LowerWage, Cost::SavingsByWord(Rupiah::new(57_000))]);
        let (_, jp) = duty(&history, Programme::Jp, 202_604);
        // A twelfth of 1 % of that million.
        let Some(Cost::PensionByWord(lower, _)) = jp.costs.last() else { panic!("{jp:?}") };
        assert_eq!(*lower, Rupiah::new(833));
        let toll = Toll::of(history.short(), &PROGRAMMES, TODAY).unwrap();
        assert_eq!(toll, Toll { months_of_lower_wage: 1, ..Toll::default() });
    }

    #[test]
    fn what_missing_months_cost_is_added_up() {
        let on = date(2026, 4, 10);
        let history = history(&[
            paid(202_603, Programme::Jht, 6_000_000, on),
            paid(202_603, Programme::Jp, 6_000_000, on),
            paid(202_603, Programme::Jkk, 6_000_000, on),
            paid(202_603, Programme::Jkm, 6_000_000, on),
        ]);
        // April, May and June are past their due dates on 17 August. July was due on the 15th, a
        // Saturday: only JP has no clause that moves it.
        let toll = Toll::of(history.missing(), &PROGRAMMES, TODAY).unwrap();
        assert_eq!(toll.savings, Rupiah::new(342_000 * 3));
        assert_eq!(toll.pension, Rupiah::new(5_000 * 4));
        assert_eq!(toll.months_of_cover, 3);
        assert_eq!((toll.months_of_job_loss, toll.months_of_lower_wage), (3, 0));
        assert!(!toll.is_nothing() && Toll::default().is_nothing());
    }
}
