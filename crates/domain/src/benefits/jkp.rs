//! JKP, job loss: cash for some months, by the day of the lay-off.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::money::Rupiah;
use crate::programmes::{Programmes, keys};

use super::{Condition, Factor, Item, Line, Pays, Refused, product};

/// What decides on a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayOff {
    /// The day of it.
    pub on: Date,
    /// The day on which it is asked for.
    pub asked_on: Date,
    /// The last wage that was reported.
    pub wage: Rupiah,
    /// Months paid of the last ones, as many as the rule looks back.
    pub months_paid: u32,
    /// Months paid in a row.
    pub months_in_a_row: u32,
    /// Claims before this one.
    pub claims_before: u32,
    /// The age when registered for it.
    pub age_registered: u32,
}

/// How many months a claim looks back.
pub fn window(programmes: &Programmes, on: Date) -> Result<u32, Refused> {
    Ok(programmes.count(keys::JKP_WINDOW, on)?.0)
}

/// The cash after a lay-off. Not for who resigned, retired or can never work again.
pub fn cash<'a>(programmes: &'a Programmes, lay_off: &LayOff) -> Result<Vec<Line<'a>>, Refused> {
    let on = lay_off.on;
    let (within, _) = programmes.count(keys::JKP_CLAIM_WITHIN, on)?;
    let (need, months_rule) = programmes.count(keys::JKP_MONTHS_PAID, on)?;
    let (in_a_row, row_rule) = programmes.count(keys::JKP_IN_A_ROW, on)?;
    let (claims, claims_rule) = programmes.count(keys::JKP_CLAIMS, on)?;
    let (age, age_rule) = programmes.count(keys::JKP_AGE, on)?;
    if lay_off.age_registered >= age {
        return Condition::TooOld(age).unmet();
    }
    let last_day = on.saturating_add(i64::from(within).months());
    if lay_off.asked_on > last_day {
        return Condition::Lapsed(last_day).unmet();
    }
    if lay_off.months_paid < need {
        return Condition::MonthsPaid { have: lay_off.months_paid, need }.unmet();
    }
    if lay_off.months_in_a_row < in_a_row {
        return Condition::MonthsInARow { have: lay_off.months_in_a_row, need: in_a_row }.unmet();
    }
    if lay_off.claims_before >= claims {
        return Condition::Often(claims).unmet();
    }
    let (ceiling, ceiling_rule) = programmes.amount(keys::JKP_CEILING, on)?;
    let base = lay_off.wage.min(ceiling);
    let mut lines = Vec::new();
    for (item, share, months) in [
        (Item::Cash, keys::JKP_FIRST_SHARE, keys::JKP_FIRST_MONTHS),
        (Item::CashLater, keys::JKP_LATER_SHARE, keys::JKP_LATER_MONTHS),
    ] {
        let (share, share_rule) = programmes.share(share, on)?;
        let (months, _) = programmes.count(months, on)?;
        if months > 0 {
            let working = vec![Factor::Share(share), Factor::Amount(base)];
            let pays = Pays::Months(product(base, &working)?, months);
            let mut rules = vec![share_rule, ceiling_rule, months_rule, claims_rule, age_rule];
            rules.extend((in_a_row > 0).then_some(row_rule));
            lines.push(Line { item, pays, working, rules });
        }
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    fn lay_off(on: Date) -> LayOff {
        LayOff {
            on,
            asked_on: on,
            wage: Rupiah::new(7_000_000),
            months_paid: 12,
            months_in_a_row: 6,
            claims_before: 0,
            age_registered: 30,
        }
    }

    fn refused(lay_off: LayOff) -> Refused {
        cash(&PROGRAMMES, &lay_off).unwrap_err()
    }

    #[test]
    fn each_condition_is_named_when_it_is_not_met() {
        let after = lay_off(date(2025, 3, 10));
        let before = lay_off(date(2024, 3, 10));
        let unmet = |condition: Condition| Refused::Condition(condition);
        assert_eq!(
            refused(LayOff { months_paid: 11, ..after }),
            unmet(Condition::MonthsPaid { have: 11, need: 12 })
        );
        assert_eq!(
            refused(LayOff { months_in_a_row: 5, ..before }),
            unmet(Condition::MonthsInARow { have: 5, need: 6 })
        );
        // In 2025 "in a row" went away.
        assert!(cash(&PROGRAMMES, &LayOff { months_in_a_row: 0, ..after }).is_ok());
        assert_eq!(refused(LayOff { claims_before: 3, ..after }), unmet(Condition::Often(3)));
        let old = LayOff { age_registered: 54, ..after };
        assert_eq!(refused(old), unmet(Condition::TooOld(54)));
        let late = LayOff { asked_on: date(2025, 9, 11), ..after };
        assert_eq!(refused(late), unmet(Condition::Lapsed(date(2025, 9, 10))));
        let late = LayOff { asked_on: date(2024, 6, 11), ..before };
        assert_eq!(refused(late), unmet(Condition::Lapsed(date(2024, 6, 10))));
        assert!(matches!(refused(lay_off(date(2021, 2, 1))), Refused::NotPublished(_)));
    }

    proptest! {
        #[test]
        fn more_wage_never_brings_less_and_never_more_than_the_ceiling_allows(
            wage in 0..1_i64 << 40, more in 0..1_i64 << 30, days in 0_i64..2_000,
        ) {
            let on = date(2021, 2, 2).saturating_add(days.days());
            let sum = |wage| -> i64 {
                let asked = LayOff { wage: Rupiah::new(wage), ..lay_off(on) };
                let lines = cash(&PROGRAMMES, &asked).unwrap();
                lines.iter().map(|line| match line.pays {
                    Pays::Months(amount, months) => amount.get() * i64::from(months),
                    other => panic!("{other:?}"),
                }).sum()
            };
            prop_assert!(sum(wage) >= 0 && sum(wage) <= sum(wage + more));
            let most = if on < date(2025, 2, 7) { 10_500_000 } else { 18_000_000 };
            prop_assert!(sum(wage) <= most);
        }
    }
}
