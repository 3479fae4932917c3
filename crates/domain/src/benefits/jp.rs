//! JP, the pension: of old age, after disability, and of those who are left.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::money::Rupiah;
use crate::programmes::{Citation, NotPublished, Programmes, Rate, keys};

use super::{Condition, Factor, Item, Line, Pays, Refused, product};

/// What a pension is reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    /// Months that were paid.
    pub months: u32,
    /// Months that were due, paid or not.
    pub due: u32,
    /// The average of the wages that counted, by the month.
    pub mean_wage: Rupiah,
    /// The first day of membership.
    pub since: Date,
}

impl Paid {
    /// The same record when every month until then is paid on the same wage.
    #[must_use]
    pub fn going_on(&self, months: u32, wage: Rupiah) -> Option<Self> {
        let all = self.months.checked_add(months)?;
        let before = i128::from(self.mean_wage.get()) * i128::from(self.months);
        let to_come = i128::from(wage.get()) * i128::from(months);
        let mean = (before + to_come).checked_div(i128::from(all))?;
        let mean_wage = Rupiah::new(i64::try_from(mean).ok()?);
        Some(Self { months: all, due: self.due.checked_add(months)?, mean_wage, since: self.since })
    }
}

/// The pension of old age in its first year, before the lowest and the highest are looked at.
pub fn pension<'a>(programmes: &'a Programmes, on: Date, paid: &Paid) -> Result<Line<'a>, Refused> {
    let (need, least_rule) = programmes.count(keys::JP_LEAST_MONTHS, on)?;
    if paid.months < need {
        return Condition::MonthsPaid { have: paid.months, need }.unmet();
    }
    formula(programmes, on, paid.months, paid.mean_wage, Item::Pension, Some(least_rule))
}

/// The pension after total permanent disability. Short records count as fifteen years when most of
/// their months were paid and the event came a month or more after joining.
pub fn disability<'a>(
    programmes: &'a Programmes,
    on: Date,
    paid: &Paid,
) -> Result<Line<'a>, Refused> {
    let (months, joined_rule) = programmes.count(keys::JP_DISABILITY_JOINED, on)?;
    let from = paid.since.saturating_add(i64::from(months).months());
    let (density, _) = programmes.share(keys::JP_DISABILITY_DENSITY, on)?;
    let months = counted(programmes, on, paid, from, density)?;
    formula(programmes, on, months, paid.mean_wage, Item::DisabilityPension, Some(joined_rule))
}

/// The pension that those who are left have their share of, when the member dies before drawing
/// one.
pub fn of_the_deceased<'a>(
    programmes: &'a Programmes,
    on: Date,
    paid: &Paid,
) -> Result<Line<'a>, Refused> {
    let (years, joined_rule) = programmes.count(keys::JP_SURVIVOR_JOINED, on)?;
    let from = paid.since.saturating_add(i64::from(years).years());
    let (density, _) = programmes.share(keys::JP_SURVIVOR_DENSITY, on)?;
    let months = counted(programmes, on, paid, from, density)?;
    formula(programmes, on, months, paid.mean_wage, Item::Pension, Some(joined_rule))
}

/// The months of a record, or fifteen years where a shorter one counts as that.
fn counted(
    programmes: &Programmes,
    on: Date,
    paid: &Paid,
    from: Date,
    need: Rate,
) -> Result<u32, Refused> {
    let (as_if, _) = programmes.count(keys::JP_COUNTED_AS, on)?;
    if paid.months >= as_if {
        return Ok(paid.months);
    }
    if on < from {
        return Condition::From(from).unmet();
    }
    let enough = u64::from(paid.months) * 1_000_000
        >= u64::from(paid.due) * u64::from(need.ppm().unsigned_abs());
    if enough && paid.months > 0 {
        Ok(as_if)
    } else {
        Condition::Density { have: density(paid), need }.unmet()
    }
}

/// Months paid of months due, to a hundredth of a percent.
fn density(paid: &Paid) -> Rate {
    let hundredths = u64::from(paid.months) * 10_000 / u64::from(paid.due.max(1));
    let text = format!("{}.{:02}%", hundredths / 100, hundredths % 100);
    Rate::parse(&text).unwrap_or(Rate::ALL)
}

/// One percent of the average wage for each twelve months.
fn formula<'a>(
    programmes: &'a Programmes,
    on: Date,
    months: u32,
    mean_wage: Rupiah,
    item: Item,
    other_rule: Option<Citation<'a>>,
) -> Result<Line<'a>, Refused> {
    let (accrual, rule) = programmes.share(keys::JP_ACCRUAL, on)?;
    let working = vec![Factor::Share(accrual), Factor::Part(months, 12), Factor::Amount(mean_wage)];
    let pays = Pays::Monthly(product(mean_wage, &working)?);
    let rules = std::iter::once(rule).chain(other_rule).collect();
    Ok(Line { item, pays, working, rules })
}

/// Who is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Survivor {
    /// A widow or widower.
    Widow,
    /// A child, when there is no spouse.
    Child,
    /// A child, after the spouse died or married again.
    ChildAfterWidow,
    /// A parent, when there is neither spouse nor child.
    Parent,
}

/// What somebody who is left gets of a pension, before the lowest pension is looked at: whether it
/// holds for them is not settled by the texts.
pub fn survivor(
    programmes: &Programmes,
    on: Date,
    pension: Rupiah,
    who: Survivor,
) -> Result<Line<'_>, Refused> {
    let (widow, widow_rule) = programmes.share(keys::JP_WIDOW, on)?;
    let (item, working, rules) = match who {
        Survivor::Widow => (Item::WidowPension, vec![Factor::Share(widow)], vec![widow_rule]),
        Survivor::Child => {
            let (child, rule) = programmes.share(keys::JP_CHILD, on)?;
            (Item::ChildPension, vec![Factor::Share(child)], vec![rule])
        }
        Survivor::ChildAfterWidow => {
            let (child, rule) = programmes.share(keys::JP_CHILD, on)?;
            let working = vec![Factor::Share(child), Factor::Share(widow)];
            (Item::ChildAfterWidowPension, working, vec![rule, widow_rule])
        }
        Survivor::Parent => {
            let (parent, rule) = programmes.share(keys::JP_PARENT, on)?;
            (Item::ParentPension, vec![Factor::Share(parent)], vec![rule])
        }
    };
    let amount = product(pension, &working)?;
    let working = working.into_iter().chain([Factor::Amount(pension)]).collect();
    Ok(Line { item, pays: Pays::Monthly(amount), working, rules })
}

/// A pension within the lowest and the highest of its year; `None` where those are not published. Only
/// that of old age: whether they hold for others is not settled by the texts.
#[must_use]
pub fn within_bounds<'a>(
    programmes: &'a Programmes,
    on: Date,
    line: &Line<'_>,
) -> Option<Line<'a>> {
    let (amount, rules) = bounded(programmes, on, line.pays.amount()).ok()?;
    let pays = Pays::Monthly(amount);
    Some(Line { item: Item::PensionBounded, pays, working: Vec::new(), rules: rules.to_vec() })
}

/// A pension raised to the lowest and cut to the highest of its year.
pub fn bounded(
    programmes: &Programmes,
    on: Date,
    pension: Rupiah,
) -> Result<(Rupiah, [Citation<'_>; 2]), NotPublished> {
    let (lowest, lowest_rule) = programmes.amount(keys::JP_MINIMUM, on)?;
    let (highest, highest_rule) = programmes.amount(keys::JP_MAXIMUM, on)?;
    Ok((pension.max(lowest).min(highest), [lowest_rule, highest_rule]))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());
    const ON: Date = date(2026, 11, 23);

    fn paid(months: u32, due: u32, mean_wage: i64) -> Paid {
        Paid { months, due, mean_wage: Rupiah::new(mean_wage), since: date(2025, 1, 1) }
    }

    fn monthly(line: Result<Line<'_>, Refused>) -> Result<i64, Refused> {
        line.map(|line| line.pays.amount().get())
    }

    #[test]
    fn a_short_record_counts_as_fifteen_years_when_it_was_paid() {
        let of = |months, due| monthly(disability(&PROGRAMMES, ON, &paid(months, due, 5_000_000)));
        assert_eq!(of(8, 10), Ok(750_000));
        assert_eq!(
            of(7, 10),
            Condition::Density {
                have: Rate::parse("70%").unwrap(),
                need: Rate::parse("80%").unwrap()
            }
            .unmet()
        );
        assert_eq!(of(240, 400), Ok(1_000_000));
        let young = Paid { since: date(2026, 11, 1), ..paid(1, 1, 5_000_000) };
        assert_eq!(
            monthly(disability(&PROGRAMMES, ON, &young)),
            Condition::From(date(2026, 12, 1)).unmet()
        );
        let half_a_year = Paid { since: date(2026, 5, 1), ..paid(6, 6, 5_000_000) };
        assert!(disability(&PROGRAMMES, ON, &half_a_year).is_ok());
        assert!(of_the_deceased(&PROGRAMMES, ON, &half_a_year).is_err());
    }

    #[test]
    fn bounds_hold_where_they_are_published_and_nowhere_else() {
        let in_2024 = |pension| {
            bounded(&PROGRAMMES, date(2024, 6, 1), Rupiah::new(pension)).map(|(it, _)| it.get())
        };
        assert_eq!(
            [in_2024(1), in_2024(500_000), in_2024(9_000_000)],
            [Ok(393_500), Ok(500_000), Ok(4_718_200)]
        );
        for day in [date(2018, 1, 1), date(2025, 3, 1), ON] {
            assert!(bounded(&PROGRAMMES, day, Rupiah::new(500_000)).is_err(), "{day}");
        }
        assert!(pension(&PROGRAMMES, date(2015, 6, 30), &paid(200, 200, 1)).is_err());
        let small = pension(&PROGRAMMES, ON, &paid(180, 180, 1_000_000)).unwrap();
        let raised = within_bounds(&PROGRAMMES, date(2024, 6, 1), &small).unwrap();
        assert_eq!((small.pays.amount().get(), raised.pays.amount().get()), (150_000, 393_500));
        assert_eq!(raised.rules.len(), 2);
        assert_eq!(within_bounds(&PROGRAMMES, ON, &small), None);
    }

    proptest! {
        #[test]
        fn more_months_or_wage_never_bring_less(
            months in 180_u32..600, more in 0_u32..60, wage in 0..1_i64 << 40, above in 0..1_i64 << 30,
        ) {
            let of = |months, wage| {
                monthly(pension(&PROGRAMMES, ON, &paid(months, months, wage))).unwrap()
            };
            let amount = of(months, wage);
            prop_assert!(amount >= 0);
            prop_assert!(amount <= of(months + more, wage) && amount <= of(months, wage + above));
            for who in [Survivor::Widow, Survivor::Child, Survivor::ChildAfterWidow, Survivor::Parent] {
                let line = survivor(&PROGRAMMES, ON, Rupiah::new(amount), who).unwrap();
                let left = line.pays.amount().get();
                prop_assert!(left >= 0 && left <= amount);
            }
        }
    }
}
