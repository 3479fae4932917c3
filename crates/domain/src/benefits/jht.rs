//! JHT, old-age savings: what they may grow to, and the part that can be had before.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::money::Rupiah;
use crate::month::Month;
use crate::programmes::{Earning, Programme, Programmes, Rate, Rounding, Standing, keys};

use super::{Assumption, Condition, Factor, Item, Line, Pays, Refused, named, tax};

/// What somebody means to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Today.
    pub today: Date,
    /// The day of birth.
    pub birth_date: Date,
    /// The age at which work ends.
    pub stop_age: u32,
    /// What is saved today.
    pub balance: Rupiah,
    /// What a month brings, where it is paid on; nothing for somebody who pays no more savings.
    pub earning: Option<Earning>,
    /// How much that rises every January.
    pub raise: Rate,
}

/// What the savings may be when work ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection<'a> {
    /// The day on which work ends and savings can be had.
    pub on: Date,
    /// Months of contributions until then.
    pub months: u32,
    /// The savings, what they are made of, the tax and the rest.
    pub lines: Vec<Line<'a>>,
    /// What is taken for granted.
    pub assumptions: Vec<Assumption>,
}

/// What a part of the savings is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A home.
    Home,
    /// Other preparation for retirement.
    Other,
}

/// The savings when work ends: today's, what is paid until then, and what it all earns.
///
/// Contributions of a month are added in the month after it, and earn from the month after that, as
/// they do in the ledger.
pub fn projection<'a>(programmes: &'a Programmes, plan: &Plan) -> Result<Projection<'a>, Refused> {
    let on = plan.birth_date.saturating_add(i64::from(plan.stop_age).years()).max(plan.today);
    let (first, last) = (Month::of(plan.today), Month::of(on));
    let (mut balance, mut earning) = (plan.balance, plan.earning);
    let (mut paid, mut earned, mut months) = (Rupiah::ZERO, Rupiah::ZERO, 0);
    let plus = |sum: Rupiah, more: Rupiah| sum.checked_add(more).ok_or(Refused::TooLarge);
    for month in first.through(last.previous()) {
        let (rate, _) = programmes.yearly_return(month)?;
        let earns = Rounding::WHOLE_RUPIAH.monthly(balance, rate.yearly);
        balance = plus(balance, earns)?;
        earned = plus(earned, earns)?;
        let Some(before) = earning else { continue };
        let mut now = before;
        if month.number() == 1 && month > first {
            let wage = before.amount();
            now = before.with(plus(wage, Rounding::WHOLE_RUPIAH.share(wage, &[plan.raise]))?);
        }
        let expected = programmes.expected(Programme::Jht, month, now)?;
        let contribution = plus(expected.employer_part, expected.worker_part)?;
        balance = plus(balance, contribution)?;
        paid = plus(paid, contribution)?;
        months += 1;
        earning = Some(now);
    }

    let (rate, return_rule) = programmes.yearly_return(first)?;
    let rates = match plan.earning {
        Some(earning) => programmes.expected(Programme::Jht, first, earning)?.rules,
        None => Vec::new(),
    };
    let line = |item, pays, rules| Line { item, pays, working: Vec::new(), rules };
    let mut lines = vec![
        line(Item::SavedToday, Pays::Once(plan.balance), Vec::new()),
        line(Item::ContributionsToCome, Pays::Once(paid), rates),
        line(Item::ReturnsToCome, Pays::Once(earned), vec![return_rule]),
        line(Item::Savings, Pays::Once(balance), Vec::new()),
    ];
    // Rules of a day to come are not known: today's are shown, and said to be.
    let taxed = tax::withheld(programmes, &[(plan.today, balance)], true)?;
    if let Some(taxed) = taxed.into_iter().next() {
        let rest = balance.checked_sub(taxed.tax).ok_or(Refused::TooLarge)?;
        lines.push(line(Item::Tax, Pays::Less(taxed.tax), taxed.rules));
        lines.push(line(Item::AfterTax, Pays::Once(rest), Vec::new()));
    }
    let assumed = match rate.standing(return_rule.mark) {
        Standing::Estimated => Assumption::ReturnAssumed(rate.yearly),
        Standing::Supposed => Assumption::ReturnSupposed(rate.yearly),
        Standing::Declared => Assumption::ReturnDeclared(rate.yearly),
    };
    let paying = match plan.earning {
        Some(_) => vec![Assumption::EveryMonthPaid, Assumption::WageRises(plan.raise)],
        None => vec![Assumption::NothingMorePaid],
    };
    let others = vec![assumed, Assumption::RulesStay, Assumption::OneSum];
    let assumptions = [paying, others].concat();
    Ok(Projection { on, months, lines, assumptions })
}

/// A part of the savings while membership lasts: once, after ten years.
pub fn part(
    programmes: &Programmes,
    on: Date,
    member_since: Date,
    balance: Rupiah,
    purpose: Purpose,
    taken_before: u32,
) -> Result<Line<'_>, Refused> {
    let (years, after_rule) = programmes.count(keys::JHT_PART_AFTER, on)?;
    let (times, times_rule) = programmes.count(keys::JHT_PART_TIMES, on)?;
    let (key, item) = match purpose {
        Purpose::Home => (keys::JHT_PART_HOME, Item::PartForHome),
        Purpose::Other => (keys::JHT_PART_OTHER, Item::PartForOther),
    };
    let (share, share_rule) = programmes.share(key, on)?;
    let from = member_since.saturating_add(i64::from(years).years());
    if on < from {
        return Condition::From(from).unmet();
    }
    if taken_before >= times {
        return Condition::Often(times).unmet();
    }
    // Down to whole rupiah: "at most" is never exceeded by rounding.
    let most = Rounding::WHOLE_RUPIAH.share(balance, &[share]);
    let exact = i128::from(balance.get()) * i128::from(share.ppm());
    let over = i128::from(most.get()) * 1_000_000 > exact;
    let most = if over { Rupiah::new(most.get() - 1) } else { most };
    Ok(Line {
        item,
        pays: Pays::AtMost(most),
        working: vec![Factor::Share(share), Factor::Amount(balance)],
        rules: vec![share_rule, after_rule, times_rule],
    })
}

/// The day on which the savings can be had in full because of age.
pub fn full_from(
    programmes: &Programmes,
    birth_date: Date,
    today: Date,
) -> Result<Line<'_>, Refused> {
    let (age, rule) = programmes.count(keys::JHT_AGE, today)?;
    let from = birth_date.saturating_add(i64::from(age).years());
    if today < from {
        return Condition::From(from).unmet();
    }
    Ok(named((Rupiah::ZERO, rule), Item::Savings, Pays::Once))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::employers::{RiskClass, Trade};

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    fn plan(balance: i64, wage: i64, stop_age: u32) -> Plan {
        Plan {
            today: date(2026, 11, 23),
            birth_date: date(1991, 4, 12),
            stop_age,
            balance: Rupiah::new(balance),
            earning: Some(Earning::Wage(Rupiah::new(wage), RiskClass::I)),
            raise: Rate::NOTHING,
        }
    }

    fn amount(projection: &Projection<'_>, item: Item) -> i64 {
        projection.lines.iter().find(|line| line.item == item).unwrap().pays.amount().get()
    }

    #[test]
    fn a_projection_adds_up_month_by_month() {
        let projection = projection(&PROGRAMMES, &plan(12_000_000, 10_000_000, 36)).unwrap();
        assert_eq!((projection.on, projection.months), (date(2027, 4, 12), 5));
        assert_eq!(amount(&projection, Item::ContributionsToCome), 5 * 570_000);
        // 5 % a year: 50 000 in the first month, and a little more each month after it.
        assert_eq!(amount(&projection, Item::ReturnsToCome), 275_940);
        assert_eq!(amount(&projection, Item::Savings), 12_000_000 + 2_850_000 + 275_940);
        assert_eq!(amount(&projection, Item::Tax), 0);
        assert!(
            projection.assumptions.contains(&Assumption::ReturnAssumed(Rate::parse("5%").unwrap()))
        );
    }

    #[test]
    fn what_the_demonstration_takes_as_declared_is_not_said_to_be_declared() {
        let earlier = Plan { today: date(2024, 11, 23), ..plan(12_000_000, 10_000_000, 36) };
        let said = projection(&PROGRAMMES, &earlier).unwrap().assumptions;
        let rate = Rate::parse("5%").unwrap();
        assert!(said.contains(&Assumption::ReturnSupposed(rate)));
        assert!(!said.contains(&Assumption::ReturnDeclared(rate)));
    }

    #[test]
    fn the_self_employed_save_two_percent_of_their_band_and_nobody_pays_for_them() {
        // 3 200 000 lies in the band of 3 450 000, and so is paid as vector 4 says.
        let earning = Some(Earning::Income(Rupiah::new(3_200_000), Trade::Transport));
        let own = Plan { earning, ..plan(0, 0, 36) };
        let projected = projection(&PROGRAMMES, &own).unwrap();
        assert_eq!(amount(&projected, Item::ContributionsToCome), 5 * 69_000);
        let nothing = projection(&PROGRAMMES, &Plan { earning: None, ..own }).unwrap();
        assert_eq!((nothing.months, amount(&nothing, Item::Savings)), (0, 0));
        assert!(nothing.assumptions.contains(&Assumption::NothingMorePaid));
        assert!(!nothing.assumptions.contains(&Assumption::EveryMonthPaid));
    }

    #[test]
    fn who_is_old_enough_has_what_is_there() {
        let projection = projection(&PROGRAMMES, &plan(60_000_000, 10_000_000, 30)).unwrap();
        assert_eq!(projection.months, 0);
        assert_eq!(amount(&projection, Item::Savings), 60_000_000);
        assert_eq!(amount(&projection, Item::Tax), 500_000);
        assert_eq!(amount(&projection, Item::AfterTax), 59_500_000);
        let full = |birth| full_from(&PROGRAMMES, birth, date(2026, 11, 23));
        assert_eq!(full(date(1970, 11, 24)), Condition::From(date(2026, 11, 24)).unmet());
        assert!(full(date(1970, 11, 23)).is_ok());
    }

    #[test]
    fn savings_past_the_end_are_an_error_not_a_panic() {
        assert_eq!(
            projection(&PROGRAMMES, &plan(i64::MAX, 10_000_000, 56)),
            Err(Refused::TooLarge)
        );
    }

    proptest! {
        // Each case is a working life, month by month, four times over.
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn more_wage_savings_or_time_never_bring_less(
            balance in 0..1_i64 << 40,
            wage in 0..1_i64 << 32,
            age in 36_u32..60,
            more in 0..1_i64 << 30,
        ) {
            let saved = |balance, wage, age| {
                let projection = projection(&PROGRAMMES, &plan(balance, wage, age)).unwrap();
                (amount(&projection, Item::Savings), amount(&projection, Item::AfterTax))
            };
            let (savings, rest) = saved(balance, wage, age);
            prop_assert!(savings >= balance && rest >= 0);
            for (other_savings, other_rest) in [
                saved(balance + more, wage, age),
                saved(balance, wage + more, age),
                saved(balance, wage, age + 1),
            ] {
                prop_assert!(other_savings >= savings && other_rest >= rest);
            }
        }
    }

    proptest! {
        #[test]
        fn a_part_is_never_more_than_its_share(balance in 0..=i64::MAX) {
            let since = date(2010, 1, 1);
            let line = part(
                &PROGRAMMES, date(2026, 1, 1), since, Rupiah::new(balance), Purpose::Home, 0,
            ).unwrap();
            let most = i128::from(line.pays.amount().get());
            prop_assert!(most >= 0 && most * 100 <= i128::from(balance) * 30);
        }
    }
}
