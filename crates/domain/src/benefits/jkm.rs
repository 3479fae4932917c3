//! JKM, death that work did not cause, and the scholarships of the children who are left.

use jiff::civil::Date;

use crate::money::Rupiah;
use crate::programmes::Programmes;
use crate::programmes::keys::{self, Amount, Count};

use super::{Condition, Item, Line, Pays, Refused, School, named};

/// What is paid after a death of somebody who still worked and paid.
pub fn death(programmes: &Programmes, on: Date) -> Result<Vec<Line<'_>>, Refused> {
    [
        (keys::JKM_LUMP_SUM, Item::Death),
        (keys::JKM_PERIODIC, Item::Periodic),
        (keys::JKM_FUNERAL, Item::Funeral),
    ]
    .into_iter()
    .map(|(key, item)| Ok(named(programmes.amount(key, on)?, item, Pays::Once)))
    .collect()
}

/// All of it together.
pub fn sum(lines: &[Line<'_>]) -> Result<Rupiah, Refused> {
    Rupiah::checked_sum(lines.iter().map(|line| line.pays.amount())).ok_or(Refused::TooLarge)
}

/// Scholarships after a death that work did not cause: only where contributions were paid for some
/// years. Until December 2019 it was one sum; nothing is said of schools then.
pub fn scholarship<'a>(
    programmes: &'a Programmes,
    on: Date,
    months_paid: u32,
    schools: &[School],
) -> Result<Vec<Line<'a>>, Refused> {
    let (years, rule) = programmes.count(keys::JKM_SCHOLARSHIP_AFTER, on)?;
    let need = years.saturating_mul(12);
    if months_paid < need {
        return Condition::MonthsPaid { have: months_paid, need }.unmet();
    }
    if let Ok(once) = programmes.amount(keys::JKM_SCHOLARSHIP_ONCE, on) {
        return Ok(vec![named(once, Item::ScholarshipOnce, Pays::Once)]);
    }
    let mut lines = scholarship_without_waiting(programmes, on, schools)?;
    for line in &mut lines {
        line.rules.push(rule);
    }
    Ok(lines)
}

/// Scholarships after a work accident: no minimum time was found. One school a child.
pub fn scholarship_without_waiting<'a>(
    programmes: &'a Programmes,
    on: Date,
    schools: &[School],
) -> Result<Vec<Line<'a>>, Refused> {
    let (children, children_rule) = programmes.count(keys::SCHOLARSHIP_CHILDREN, on)?;
    if u32::try_from(schools.len()).map_or(true, |asked| asked > children) {
        return Condition::Children(children).unmet();
    }
    schools
        .iter()
        .map(|&school| {
            let (amount, years) = rules_of(school);
            let (amount, rule) = programmes.amount(amount, on)?;
            let (years, _) = programmes.count(years, on)?;
            let pays = Pays::Yearly(amount, years);
            let rules = vec![rule, children_rule];
            Ok(Line { item: Item::Scholarship(school), pays, working: Vec::new(), rules })
        })
        .collect()
}

const fn rules_of(school: School) -> (Amount, Count) {
    match school {
        School::Kindergarten => {
            (keys::SCHOLARSHIP_KINDERGARTEN, keys::SCHOLARSHIP_KINDERGARTEN_YEARS)
        }
        School::Primary => (keys::SCHOLARSHIP_PRIMARY, keys::SCHOLARSHIP_PRIMARY_YEARS),
        School::LowerSecondary => {
            (keys::SCHOLARSHIP_LOWER_SECONDARY, keys::SCHOLARSHIP_LOWER_SECONDARY_YEARS)
        }
        School::UpperSecondary => {
            (keys::SCHOLARSHIP_UPPER_SECONDARY, keys::SCHOLARSHIP_UPPER_SECONDARY_YEARS)
        }
        School::University => (keys::SCHOLARSHIP_UNIVERSITY, keys::SCHOLARSHIP_UNIVERSITY_YEARS),
    }
}

impl School {
    /// All of them, the youngest first.
    pub const ALL: [Self; 5] = [
        Self::Kindergarten,
        Self::Primary,
        Self::LowerSecondary,
        Self::UpperSecondary,
        Self::University,
    ];
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const ON: Date = date(2026, 11, 23);

    #[test]
    fn a_child_that_goes_all_the_way_has_eighty_seven_million() {
        let programmes = Programmes::shipped().unwrap();
        let all: i64 = School::ALL
            .into_iter()
            .map(|school| {
                let line = &scholarship(&programmes, ON, 36, &[school]).unwrap()[0];
                match line.pays {
                    Pays::Yearly(amount, years) => amount.get() * i64::from(years),
                    other => panic!("{other:?}"),
                }
            })
            .sum();
        assert_eq!(all, 87_000_000);
    }

    #[test]
    fn a_scholarship_takes_three_years_of_contributions_and_two_children_at_most() {
        let programmes = Programmes::shipped().unwrap();
        let ask = |on, months, schools: &[School]| {
            scholarship(&programmes, on, months, schools).map(|lines| lines.len())
        };
        let one = [School::Primary];
        assert_eq!(ask(ON, 35, &one), Condition::MonthsPaid { have: 35, need: 36 }.unmet());
        assert_eq!(ask(ON, 36, &[School::Primary; 2]), Ok(2));
        assert_eq!(ask(ON, 36, &[School::Primary; 3]), Condition::Children(2).unmet());
        assert_eq!(scholarship_without_waiting(&programmes, ON, &one).unwrap().len(), 1);
        // What a school brought is not known before 2021, and was one sum before December 2019.
        assert!(matches!(ask(date(2020, 6, 1), 36, &one), Err(Refused::NotPublished(_))));
        let before = date(2019, 12, 1);
        assert_eq!(ask(before, 59, &one), Condition::MonthsPaid { have: 59, need: 60 }.unmet());
        let in_one_sum = scholarship(&programmes, before, 60, &one).unwrap();
        assert_eq!(in_one_sum[0].pays, Pays::Once(Rupiah::new(12_000_000)));
    }

    #[test]
    fn before_july_2015_nothing_is_published() {
        let programmes = Programmes::shipped().unwrap();
        assert!(death(&programmes, date(2015, 6, 30)).is_err());
    }
}
