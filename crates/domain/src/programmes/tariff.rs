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
    steps: Vec<Band>,
    above: Rupiah,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Band {
    up_to: Rupiah,
    base: Rupiah,
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
/// to Rp 100. `None` past what an amount can hold.
///
/// Cut, not rounded to the nearest: the published ceiling of 2024 shows it (programme.md 4).
#[must_use]
pub fn indexed_ceiling(ceiling: Rupiah, growth: Rate) -> Option<Rupiah> {
    let grown = i128::from(ceiling.get()) * (1_000_000 + i128::from(growth.ppm())) / 1_000_000;
    i64::try_from(grown - grown.rem_euclid(100)).ok().map(Rupiah::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vector_3_a_ceiling_is_cut_to_a_hundred_never_rounded_up() {
        let growth = Rate::parse("5.05%").unwrap();
        let next = indexed_ceiling(Rupiah::new(9_559_600), growth);
        assert_eq!(next, Some(Rupiah::new(10_042_300)));
        assert_eq!(indexed_ceiling(Rupiah::new(i64::MAX), growth), None);
    }
}
