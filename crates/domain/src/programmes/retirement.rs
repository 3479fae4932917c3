//! When the pension begins: the age rises, so the day depends on the year of birth.

use jiff::ToSpan;
use jiff::civil::Date;

use super::value::Value;
use super::{Citation, Mark, NotPublished, Programmes, Rule, Rules, What, When, keys};

/// The first day on which somebody is old enough for the pension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retirement<'a> {
    /// That day.
    pub on: Date,
    /// The age that is in force then.
    pub age: u32,
    /// The rule.
    pub rule: Citation<'a>,
}

impl Programmes {
    /// The first day on which somebody's age is at least the one then in force.
    ///
    /// That reading of PP 45/2015 art. 15 is derived, not written there (programme.md 4).
    pub fn retirement(&self, birth_date: Date) -> Result<Retirement<'_>, NotPublished> {
        let name = keys::JP_AGE.0;
        let what = What::Parameter(name);
        let rows = self.parameters.get(name).into_iter().flat_map(Rules::iter);
        for dated in rows {
            let Rule { value, source, mark } = &dated.value;
            let &Value::Count(age, _) = value else { continue };
            let birthday = birth_date.saturating_add(i64::from(age).years());
            let on = birthday.max(dated.from);
            if *mark != Mark::U && dated.to.is_none_or(|to| on <= to) {
                let (from, to) = (dated.from, dated.to);
                let rule = Citation { what, source, mark: *mark, from, to };
                return Ok(Retirement { on, age, rule });
            }
        }
        Err(NotPublished { what, when: When::Day(birth_date) })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    #[test]
    fn the_age_follows_from_the_year_of_birth() {
        for (years, age) in [
            (1955..=1962, 56),
            (1963..=1964, 57),
            (1965..=1966, 58),
            (1967..=1968, 59),
            (1969..=1970, 60),
            (1971..=1972, 61),
            (1973..=1974, 62),
            (1975..=1976, 63),
            (1977..=1978, 64),
            (1979..=2020, 65),
        ] {
            for year in years {
                for born in [date(year, 1, 1), date(year, 12, 31)] {
                    assert_eq!(PROGRAMMES.retirement(born).unwrap().age, age, "{born}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn who_is_born_later_never_retires_earlier(ahead in 0_i64..20_000, more in 0_i64..2_000) {
            let born = date(1950, 1, 1).saturating_add(ahead.days());
            let day = |born| PROGRAMMES.retirement(born).unwrap().on;
            prop_assert!(day(born) <= day(born.saturating_add(more.days())));
        }
    }
}
