//! Whether a yearly return was declared, or is an estimate until it is.

use super::{Mark, Rule, YearlyReturn};

/// How far a yearly return can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// An estimate until the year's return is declared.
    Estimated,
    /// Taken as declared by the demonstration: an assumption all the same.
    Supposed,
    /// Declared.
    Declared,
}

impl YearlyReturn {
    /// How it stands, with the mark of its row.
    #[must_use]
    pub const fn standing(&self, mark: Mark) -> Standing {
        match (mark, self.declared) {
            (Mark::Assumption, false) => Standing::Estimated,
            (Mark::Assumption, true) => Standing::Supposed,
            _ => Standing::Declared,
        }
    }
}

impl Rule<YearlyReturn> {
    /// How the return stands.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        self.value.standing(self.mark)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Programmes;
    use super::*;
    use crate::month::Month;

    fn of(programmes: &Programmes, month: i64) -> (Standing, &str) {
        let month = Month::try_from(month).unwrap();
        let (rate, source) = programmes.yearly_return(month).unwrap();
        let rule = programmes.return_version(&rate.version).unwrap();
        assert_eq!(rule.standing(), rate.standing(source.mark));
        (rule.standing(), rate.version.as_str())
    }

    #[test]
    fn the_demonstration_takes_years_until_2024_as_declared_and_estimates_those_since() {
        let shipped = Programmes::shipped().unwrap();
        assert_eq!(of(&shipped, 199_401), (Standing::Supposed, "supposed-1"));
        assert_eq!(of(&shipped, 202_412), (Standing::Supposed, "supposed-1"));
        assert_eq!(of(&shipped, 202_501), (Standing::Estimated, "assumption-1"));
        let yearly = |month| {
            let month = Month::try_from(month).unwrap();
            shipped.yearly_return(month).unwrap().0.yearly
        };
        assert_eq!(yearly(202_412), yearly(202_501), "one assumed rate, whoever declares it");
    }

    #[test]
    fn what_has_another_mark_was_declared() {
        let text = "[[return]]\nfrom = 1994-01-01\nyearly = \"5.00%\"\nversion = \"declared\"\n\
                    source = \"test\"\nmark = \"A\"\n";
        let rules = Programmes::shipped().unwrap().with_returns(text).unwrap();
        assert_eq!(of(&rules, 202_501), (Standing::Declared, "declared"));
    }
}
