//! Construction projects: cover for work accident and death, by wages or by the contract's value.

use jiff::civil::Date;

use crate::money::Rupiah;

use super::{Citation, NotPublished, Programmes, Rounding, keys};

/// What a construction project pays for its cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover<'a> {
    /// For work accidents.
    pub jkk: Rupiah,
    /// For deaths.
    pub jkm: Rupiah,
    /// The rules.
    pub rules: [Citation<'a>; 2],
}

impl Programmes {
    /// Where wages are not known: by the value of the contract without VAT, slice by slice.
    pub fn construction(&self, contract: Rupiah, on: Date) -> Result<Cover<'_>, NotPublished> {
        let accident = self.steps(keys::CONSTRUCTION_JKK, on)?;
        let death = self.steps(keys::CONSTRUCTION_JKM, on)?;
        let of = |steps| Rounding::WHOLE_RUPIAH.progressive(contract, steps);
        Ok(Cover { jkk: of(accident.0), jkm: of(death.0), rules: [accident.1, death.1] })
    }

    /// Where wages are known: of all wages.
    pub fn construction_by_wages(
        &self,
        wages: Rupiah,
        on: Date,
    ) -> Result<Cover<'_>, NotPublished> {
        let accident = self.share(keys::CONSTRUCTION_JKK_OF_WAGES, on)?;
        let death = self.share(keys::CONSTRUCTION_JKM_OF_WAGES, on)?;
        let of = |rate| Rounding::WHOLE_RUPIAH.share(wages, &[rate]);
        Ok(Cover { jkk: of(accident.0), jkm: of(death.0), rules: [accident.1, death.1] })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_slices_add_up_as_the_table_of_the_law_does() {
        let programmes = Programmes::shipped().unwrap();
        let of = |contract| {
            let cover = programmes.construction(Rupiah::new(contract), date(2026, 1, 1)).unwrap();
            (cover.jkk.get(), cover.jkm.get())
        };
        assert_eq!(of(100_000_000), (210_000, 30_000));
        assert_eq!(of(500_000_000), (890_000, 110_000));
        assert_eq!(of(1_000_000_000), (1_540_000, 210_000));
        assert_eq!(of(5_000_000_000), (5_940_000, 610_000));
        assert_eq!(of(0), (0, 0));
        let wages = programmes.construction_by_wages(Rupiah::new(1_000_000), date(2026, 1, 1));
        let wages = wages.unwrap();
        assert_eq!((wages.jkk.get(), wages.jkm.get()), (17_400, 3_000));
    }
}
