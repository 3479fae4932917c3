//! JKP, job loss: how it is paid for without a line on anybody's bill.

use serde::Deserialize;

use crate::money::Rupiah;
use crate::month::Month;

use super::{Citation, NotPublished, Programmes, Rate, What, published};

/// The parts JKP is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct JobLossRates {
    pub(super) ceiling: Rupiah,
    pub(super) state: Rate,
    pub(super) out_of_jkk: Rate,
    pub(super) out_of_jkm: Rate,
}

/// What goes to JKP for one worker and month, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobLossSplit<'a> {
    /// The wage up to its ceiling.
    pub base: Rupiah,
    /// What the State adds.
    pub state: Rupiah,
    /// What is taken out of the JKK contribution.
    pub out_of_jkk: Rupiah,
    /// What is taken out of the JKM contribution.
    pub out_of_jkm: Rupiah,
    /// The rule.
    pub rule: Citation<'a>,
}

impl Programmes {
    /// How JKP is paid for a month; nobody is billed for it.
    pub fn job_loss_split(
        &self,
        month: Month,
        wage: Rupiah,
    ) -> Result<JobLossSplit<'_>, NotPublished> {
        let (rates, rule) = published(Some(&self.splits), What::JobLossSplit, month)?;
        let rounding = self.rounding(month)?;
        let base = wage.min(rates.ceiling);
        let share = |rate| rounding.share(base, &[rate]);
        Ok(JobLossSplit {
            base,
            state: share(rates.state),
            out_of_jkk: share(rates.out_of_jkk),
            out_of_jkm: share(rates.out_of_jkm),
            rule,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    fn split(of: i64, wage: i64) -> Result<[i64; 4], NotPublished> {
        let split = PROGRAMMES.job_loss_split(Month::try_from(of).unwrap(), Rupiah::new(wage))?;
        Ok([split.base, split.state, split.out_of_jkk, split.out_of_jkm].map(Rupiah::get))
    }

    #[test]
    fn a_month_goes_by_its_first_day() {
        assert_eq!(split(202_502, 1_000_000).map(|split| split[3]), Ok(1_000));
        assert_eq!(split(202_503, 1_000_000).map(|split| split[3]), Ok(0));
        assert!(split(202_102, 1_000_000).is_err());
        assert!(split(202_103, 1_000_000).is_ok());
    }
}
