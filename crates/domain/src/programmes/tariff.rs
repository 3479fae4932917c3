//! How an amount follows from its base, as the data files write it.

use serde::Deserialize;

use crate::employers::RiskClass;
use crate::money::Rupiah;

use super::Rate;

/// How an amount follows from its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Tariff {
    /// A share each.
    Shares { employer: Rate, worker: Rate },
    /// The employer pays, by risk class.
    ByClass { class: Classes },
    /// The self-employed pay all of it.
    OfBase { rate: Rate },
    /// The same for everybody.
    Flat { rupiah: Rupiah },
}

/// A rate for each risk class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE", deny_unknown_fields)]
pub(super) struct Classes {
    i: Rate,
    ii: Rate,
    iii: Rate,
    iv: Rate,
    v: Rate,
}

impl Classes {
    pub(super) const fn of(self, class: RiskClass) -> Rate {
        match class {
            RiskClass::I => self.i,
            RiskClass::II => self.ii,
            RiskClass::III => self.iii,
            RiskClass::IV => self.iv,
            RiskClass::V => self.v,
        }
    }
}

/// The highest wage that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Ceiling {
    pub(super) rupiah: Rupiah,
}

/// Which base a stated income stands for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Bands {
    pub(super) steps: Vec<Band>,
    pub(super) above: Rupiah,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Band {
    pub(super) up_to: Rupiah,
    pub(super) base: Rupiah,
}

impl Bands {
    /// The first band that reaches the income, cut to whole thousands: the printed bands leave
    /// gaps of 999 rupiah between them.
    pub(super) fn base_of(&self, income: Rupiah) -> Rupiah {
        let cut = Rupiah::new(income.get() - income.get().rem_euclid(1_000));
        self.steps.iter().find(|band| cut <= band.up_to).map_or(self.above, |band| band.base)
    }
}

/// How next year's JP ceiling follows from this year's: plus the growth of the economy, cut down
/// to whole multiples of `cut_to` (the rule `jp.ceiling-rounding`). `None` past what an amount can
/// hold, or where there is nothing to cut to.
///
/// Cut, not rounded to the nearest: the published ceiling of 2024 shows it (programme.md 4).
#[must_use]
pub fn indexed_ceiling(ceiling: Rupiah, growth: Rate, cut_to: Rupiah) -> Option<Rupiah> {
    let grown = i128::from(ceiling.get()) * (1_000_000 + i128::from(growth.ppm())) / 1_000_000;
    let over = grown.checked_rem_euclid(i128::from(cut_to.get()))?;
    i64::try_from(grown - over).ok().map(Rupiah::new)
}

/// How next year's lowest and highest pension follow from this year's: plus general inflation, rounded up
/// to whole multiples of `up_to` (the rule `jp.bounds-rounding`). `None` past what an amount can hold, or
/// where there is nothing to round to.
///
/// Up, not to the nearest: the published lowest pension of 2024 shows it (programme.md 6).
#[must_use]
pub fn indexed_bound(bound: Rupiah, inflation: Rate, up_to: Rupiah) -> Option<Rupiah> {
    let step = i128::from(up_to.get()).checked_mul(1_000_000).filter(|step| *step > 0)?;
    let grown = i128::from(bound.get()) * (1_000_000 + i128::from(inflation.ppm()));
    let multiples = (grown + step - 1).div_euclid(step);
    i64::try_from(multiples * i128::from(up_to.get())).ok().map(Rupiah::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ceiling_that_cannot_be_reckoned_is_none() {
        let growth = Rate::parse("5.05%").unwrap();
        let ceiling = |amount, cut_to| {
            indexed_ceiling(Rupiah::new(amount), growth, Rupiah::new(cut_to)).map(Rupiah::get)
        };
        assert_eq!(ceiling(1_000, 100), Some(1_000));
        assert_eq!(ceiling(i64::MAX, 100), None);
        assert_eq!(ceiling(1_000, 0), None);
    }

    #[test]
    fn bounds_of_the_pension_are_rounded_up_as_those_of_2024_were() {
        let inflation = Rate::parse("2.61%").unwrap();
        let next = |amount, up_to| {
            indexed_bound(Rupiah::new(amount), inflation, Rupiah::new(up_to)).map(Rupiah::get)
        };
        assert_eq!(next(383_400, 100), Some(393_500));
        assert_eq!(next(4_598_100, 100), Some(4_718_200));
        assert_eq!(next(0, 100), Some(0));
        assert_eq!(next(i64::MAX, 100), None);
        assert_eq!(next(1_000, 0), None);
        // What comes to whole steps stays: 2016 was exact.
        let exact = Rate::parse("3.35%").unwrap();
        let of_2016 = indexed_bound(Rupiah::new(300_000), exact, Rupiah::new(10));
        assert_eq!(of_2016, Some(Rupiah::new(310_050)));
    }
}
