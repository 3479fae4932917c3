//! JKK, work accident and occupational disease: what is paid in cash. Care has no limit in the text.

use jiff::civil::Date;

use crate::money::Rupiah;
use crate::programmes::{Programmes, Rate, keys};

use super::{Factor, Item, Line, Loss, Pays, Refused, named, product};

/// Wage while unable to work for so many months: all of it at first, less after a year.
pub fn unable_to_work(
    programmes: &Programmes,
    on: Date,
    wage: Rupiah,
    months: u32,
) -> Result<Vec<Line<'_>>, Refused> {
    let (first, first_rule) = programmes.share(keys::JKK_STMB_FIRST, on)?;
    let (first_months, _) = programmes.count(keys::JKK_STMB_FIRST_MONTHS, on)?;
    let (second, second_rule) = programmes.share(keys::JKK_STMB_SECOND, on)?;
    let (second_months, _) = programmes.count(keys::JKK_STMB_SECOND_MONTHS, on)?;
    let (later, later_rule) = programmes.share(keys::JKK_STMB_LATER, on)?;
    let in_first = months.min(first_months);
    let in_second = (months - in_first).min(second_months);
    let in_later = months - in_first - in_second;
    let stages = [
        (in_first, first, first_rule),
        (in_second, second, second_rule),
        (in_later, later, later_rule),
    ];
    let lines = stages.into_iter().filter(|(months, ..)| *months > 0);
    lines
        .map(|(months, share, rule)| {
            let working = vec![Factor::Share(share), Factor::Amount(wage)];
            let pays = Pays::Months(product(wage, &working)?, months);
            Ok(Line { item: Item::UnableToWork, pays, working, rules: vec![rule] })
        })
        .collect()
}

/// Total permanent disability.
pub fn total_disability(
    programmes: &Programmes,
    on: Date,
    wage: Rupiah,
) -> Result<Vec<Line<'_>>, Refused> {
    let (share, share_rule) = programmes.share(keys::JKK_TOTAL, on)?;
    let mut line = of_wages(programmes, on, wage, Item::TotalDisability, &[share])?;
    line.rules.insert(0, share_rule);
    let periodic = named(programmes.amount(keys::JKK_PERIODIC, on)?, Item::Periodic, Pays::Once);
    Ok(vec![line, periodic])
}

/// Part of the body lost: its percentage in the table of the law.
pub fn part_lost(
    programmes: &Programmes,
    on: Date,
    wage: Rupiah,
    table: Rate,
) -> Result<Line<'_>, Refused> {
    of_wages(programmes, on, wage, Item::PartLost, &[table])
}

/// Every part of the body of which the percentage is known. The whole table of the law is not loaded,
/// so that others are worked out by whoever decides.
pub fn parts_known(
    programmes: &Programmes,
    on: Date,
    wage: Rupiah,
) -> Result<Vec<Line<'_>>, Refused> {
    [
        (keys::JKK_LOSS_BOTH_EYES, Loss::BothEyes),
        (keys::JKK_LOSS_ONE_EYE, Loss::OneEye),
        (keys::JKK_LOSS_BOTH_EARS, Loss::BothEars),
        (keys::JKK_LOSS_ONE_EAR, Loss::OneEar),
        (keys::JKK_LOSS_RIGHT_ARM, Loss::RightArm),
        (keys::JKK_LOSS_LEFT_ARM, Loss::LeftArm),
    ]
    .into_iter()
    .map(|(key, loss)| {
        let (table, rule) = programmes.share(key, on)?;
        let mut line = of_wages(programmes, on, wage, Item::Lost(loss), &[table])?;
        line.rules.insert(0, rule);
        Ok(line)
    })
    .collect()
}

/// Part of the body that works less: how much of its function is lost, of its percentage.
pub fn part_weaker(
    programmes: &Programmes,
    on: Date,
    wage: Rupiah,
    table: Rate,
    lost: Rate,
) -> Result<Line<'_>, Refused> {
    of_wages(programmes, on, wage, Item::PartWeaker, &[lost, table])
}

/// Death by a work accident: never less than the lump sum after any other death.
pub fn death(programmes: &Programmes, on: Date, wage: Rupiah) -> Result<Vec<Line<'_>>, Refused> {
    let (share, share_rule) = programmes.share(keys::JKK_DEATH, on)?;
    let (least, least_rule) = programmes.amount(keys::JKM_LUMP_SUM, on)?;
    let mut line = of_wages(programmes, on, wage, Item::DeathAtWork, &[share])?;
    line.rules.insert(0, share_rule);
    if line.pays.amount() < least {
        line = named((least, least_rule), Item::DeathAtWork, Pays::Once);
    }
    Ok(vec![
        line,
        named(programmes.amount(keys::JKK_PERIODIC, on)?, Item::Periodic, Pays::Once),
        named(programmes.amount(keys::JKK_FUNERAL, on)?, Item::Funeral, Pays::Once),
    ])
}

/// Transport to the hospital or home; several means add up.
pub fn transport(programmes: &Programmes, on: Date) -> Result<Vec<Line<'_>>, Refused> {
    [
        (keys::JKK_TRANSPORT_LAND, Item::TransportLand),
        (keys::JKK_TRANSPORT_SEA, Item::TransportSea),
        (keys::JKK_TRANSPORT_AIR, Item::TransportAir),
    ]
    .into_iter()
    .map(|(key, item)| Ok(named(programmes.amount(key, on)?, item, Pays::AtMost)))
    .collect()
}

/// Shares of so many monthly wages.
fn of_wages<'a>(
    programmes: &'a Programmes,
    on: Date,
    wage: Rupiah,
    item: Item,
    shares: &[Rate],
) -> Result<Line<'a>, Refused> {
    let (wages, rule) = programmes.count(keys::JKK_WAGES, on)?;
    let shares = shares.iter().copied().map(Factor::Share);
    let working: Vec<_> = shares.chain([Factor::Times(wages), Factor::Amount(wage)]).collect();
    let pays = Pays::Once(product(wage, &working)?);
    Ok(Line { item, pays, working, rules: vec![rule] })
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());
    const ON: Date = date(2026, 11, 23);

    #[test]
    fn a_death_is_never_worth_less_than_any_other() {
        let least = death(&PROGRAMMES, ON, Rupiah::new(400_000)).unwrap();
        assert_eq!(least[0].pays, Pays::Once(Rupiah::new(20_000_000)));
        let sum = Rupiah::checked_sum(least.iter().map(|line| line.pays.amount()));
        assert_eq!(sum, Some(Rupiah::new(42_000_000)));
    }

    #[test]
    fn each_part_of_the_body_that_is_known_has_its_own_rule() {
        let wage = Rupiah::new(5_000_000);
        let lines = parts_known(&PROGRAMMES, ON, wage).unwrap();
        let paid: Vec<i64> = lines.iter().map(|line| line.pays.amount().get()).collect();
        assert_eq!(paid, [70, 35, 40, 20, 40, 35].map(|percent| percent * 80 * 50_000));
        assert!(lines.iter().all(|line| line.rules.len() == 2));
        let sources: Vec<&str> = lines.iter().map(|line| line.rules[0].source).collect();
        assert!(sources.iter().all(|source| source.contains("seputarpabrik")));
    }

    #[test]
    fn what_was_paid_before_december_2019_is_not_published() {
        let before = date(2019, 12, 1);
        assert!(unable_to_work(&PROGRAMMES, before, Rupiah::new(1), 1).is_err());
        assert!(death(&PROGRAMMES, before, Rupiah::new(1)).is_err());
        assert!(transport(&PROGRAMMES, before).is_err());
        assert_eq!(transport(&PROGRAMMES, ON).unwrap().len(), 3);
    }

    proptest! {
        #[test]
        fn more_wage_or_months_never_bring_less(
            wage in 0..1_i64 << 40, more in 0..1_i64 << 30, months in 0_u32..60, longer in 0_u32..30,
        ) {
            let sum = |wage, months| -> i64 {
                let lines = unable_to_work(&PROGRAMMES, ON, Rupiah::new(wage), months).unwrap();
                lines
                    .iter()
                    .map(|line| match line.pays {
                        Pays::Months(amount, months) => amount.get() * i64::from(months),
                        other => panic!("{other:?}"),
                    })
                    .sum()
            };
            prop_assert!(sum(wage, months) >= 0);
            prop_assert!(sum(wage, months) <= sum(wage + more, months));
            prop_assert!(sum(wage, months) <= sum(wage, months + longer));
            let of = |wage| death(&PROGRAMMES, ON, Rupiah::new(wage)).unwrap()[0].pays.amount();
            prop_assert!(of(wage) <= of(wage + more));
        }
    }
}
