//! What should be paid for a month, and by which rules.

use crate::employers::{RiskClass, Trade};
use crate::members::Segment;
use crate::money::Rupiah;
use crate::month::Month;

use super::tariff::Tariff;
use super::{
    Citation, NotPublished, Programme, Programmes, Rate, Relieved, Rounding, What, published,
};

/// What somebody earned in a month, and what else a rate depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earning {
    /// Basic wage and fixed allowances, from a firm of this risk class.
    Wage(Rupiah, RiskClass),
    /// The income that a self-employed person of this trade states.
    Income(Rupiah, Trade),
}

impl Earning {
    /// The wage or the income.
    #[must_use]
    pub const fn amount(self) -> Rupiah {
        match self {
            Self::Wage(amount, _) | Self::Income(amount, _) => amount,
        }
    }

    /// The same with another amount.
    #[must_use]
    pub const fn with(self, amount: Rupiah) -> Self {
        match self {
            Self::Wage(_, class) => Self::Wage(amount, class),
            Self::Income(_, trade) => Self::Income(amount, trade),
        }
    }

    const fn segment(self) -> Segment {
        match self {
            Self::Wage(..) => Segment::WageEarner,
            Self::Income(..) => Segment::SelfEmployed,
        }
    }

    const fn relieved(self) -> Relieved {
        match self {
            Self::Wage(..) => Relieved::WageEarners,
            Self::Income(_, trade) => Relieved::Trade(trade),
        }
    }
}

/// What should be paid for one programme and month, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected<'a> {
    /// What the rates are applied to; nothing where the amount is flat.
    pub base: Rupiah,
    /// The employer's share.
    pub employer_part: Rupiah,
    /// The worker's share; all of it when self-employed.
    pub worker_part: Rupiah,
    /// The rates of the employer and the worker; none where the amount is flat or there is no share.
    pub rates: [Option<Rate>; 2],
    /// The part that a relief leaves.
    pub relief: Option<Rate>,
    /// The rules, in the order they were applied.
    pub rules: Vec<Citation<'a>>,
}

impl Expected<'_> {
    /// Both shares together, or `None` past what an amount can hold.
    #[must_use]
    pub const fn total(&self) -> Option<Rupiah> {
        self.employer_part.checked_add(self.worker_part)
    }
}

impl Programmes {
    /// What should be paid for one programme and month.
    ///
    /// Rounded per programme, per worker, per month. JKP is on nobody's bill and has no rate here:
    /// see [`Programmes::job_loss_split`].
    ///
    /// ```
    /// # use payung_domain::{employers::RiskClass, money::Rupiah, month::Month};
    /// # use payung_domain::programmes::{Earning, Programme, Programmes};
    /// let programmes = Programmes::shipped()?;
    /// let wage = Earning::Wage(Rupiah::new(6_000_000), RiskClass::II);
    /// let march = Month::new(2026, 3).unwrap();
    /// let expected = programmes.expected(Programme::Jht, march, wage)?;
    /// assert_eq!(expected.employer_part, Rupiah::new(222_000));
    /// assert_eq!(expected.rules[0].source, "PP 46/2015 art. 16");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn expected(
        &self,
        programme: Programme,
        month: Month,
        earning: Earning,
    ) -> Result<Expected<'_>, NotPublished> {
        self.expected_of(programme, month, earning, earning.relieved())
    }

    /// The same for a wage earner of labour-intensive industry, in a firm that is large enough for
    /// the relief of 2025. No record holds the industry yet, so only whoever knows it can ask.
    pub fn expected_of_labour_intensive(
        &self,
        programme: Programme,
        month: Month,
        wage: Rupiah,
        class: RiskClass,
    ) -> Result<Expected<'_>, NotPublished> {
        let earning = Earning::Wage(wage, class);
        let whose = match published(
            self.relief.get(&(programme, Relieved::LabourIntensive)),
            What::Relief(programme, Relieved::LabourIntensive),
            month,
        ) {
            Ok(_) => Relieved::LabourIntensive,
            Err(_) => earning.relieved(),
        };
        self.expected_of(programme, month, earning, whose)
    }

    fn expected_of(
        &self,
        programme: Programme,
        month: Month,
        earning: Earning,
        whose: Relieved,
    ) -> Result<Expected<'_>, NotPublished> {
        let what = What::Rate(programme, earning.segment());
        let rates = self.rates.get(&(programme, earning.segment()));
        let (&tariff, rate_rule) = published(rates, what, month)?;
        let (base, base_rule) = self.base(programme, month, earning, tariff)?;
        let (part, relief_rule) = self.part_still_paid(programme, month, whose);

        // Relief is a part of the rate, so that the amount is rounded once.
        let rounding = self.rounding(month)?;
        let share = |rate| rounding.share(base, &[rate, part]);
        let (employer_part, worker_part) = match (tariff, earning) {
            (Tariff::Shares { employer, worker }, _) => (share(employer), share(worker)),
            (Tariff::ByClass { class }, Earning::Wage(_, of)) => {
                (share(class.of(of)), Rupiah::ZERO)
            }
            (Tariff::OfBase { rate }, _) => (Rupiah::ZERO, share(rate)),
            (Tariff::Flat { rupiah }, _) => (Rupiah::ZERO, rounding.share(rupiah, &[part])),
            // The self-employed have no risk class, so such a row would be no rule for them.
            (Tariff::ByClass { .. }, Earning::Income(..)) => {
                return Err(NotPublished { what, when: month.into() });
            }
        };
        let rates = match (tariff, earning) {
            (Tariff::Shares { employer, worker }, _) => {
                [Some(employer), (worker > Rate::NOTHING).then_some(worker)]
            }
            (Tariff::ByClass { class }, Earning::Wage(_, of)) => [Some(class.of(of)), None],
            (Tariff::OfBase { rate }, _) => [None, Some(rate)],
            _ => [None, None],
        };
        let relief = relief_rule.map(|_| part);
        let rules = [Some(rate_rule), base_rule, relief_rule].into_iter().flatten().collect();
        Ok(Expected { base, employer_part, worker_part, rates, relief, rules })
    }

    /// What a rate is applied to, and the rule that says so where it is not simply the wage.
    fn base(
        &self,
        programme: Programme,
        month: Month,
        earning: Earning,
        tariff: Tariff,
    ) -> Result<(Rupiah, Option<Citation<'_>>), NotPublished> {
        match (earning, tariff) {
            (_, Tariff::Flat { .. }) => Ok((Rupiah::ZERO, None)),
            (Earning::Wage(wage, _), _) if programme == Programme::Jp => {
                let (ceiling, rule) = published(Some(&self.ceilings), What::Ceiling, month)?;
                Ok((wage.min(ceiling.rupiah), Some(rule)))
            }
            (Earning::Wage(wage, _), _) => Ok((wage, None)),
            (Earning::Income(income, _), _) => {
                let (bands, rule) = published(Some(&self.bands), What::Bands, month)?;
                Ok((bands.base_of(income), Some(rule)))
            }
        }
    }

    /// All of it, unless a relief leaves a part.
    fn part_still_paid(
        &self,
        programme: Programme,
        month: Month,
        whose: Relieved,
    ) -> (Rate, Option<Citation<'_>>) {
        let reliefs = self.relief.get(&(programme, whose));
        published(reliefs, What::Relief(programme, whose), month)
            .map_or((Rate::ALL, None), |(&part, rule)| (part, Some(rule)))
    }

    /// How contributions of a month are rounded.
    pub(super) fn rounding(&self, month: Month) -> Result<Rounding, NotPublished> {
        published(Some(&self.rounding), What::Rounding, month).map(|(&rounding, _)| rounding)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    fn month(number: i64) -> Month {
        Month::try_from(number).unwrap()
    }

    fn wage(amount: i64) -> Earning {
        Earning::Wage(Rupiah::new(amount), RiskClass::II)
    }

    /// Employer's and worker's part.
    fn parts(programme: Programme, of: i64, earning: Earning) -> (i64, i64) {
        let expected = PROGRAMMES.expected(programme, month(of), earning).unwrap();
        (expected.employer_part.get(), expected.worker_part.get())
    }

    #[test]
    fn the_pandemic_left_one_percent_of_cover_to_pay_and_savings_as_they_were() {
        assert_eq!(parts(Programme::Jkm, 202_007, wage(10_000_000)), (30_000, 0));
        assert_eq!(parts(Programme::Jkm, 202_008, wage(10_000_000)), (300, 0));
        assert_eq!(parts(Programme::Jkk, 202_101, wage(10_000_000)), (540, 0));
        assert_eq!(parts(Programme::Jht, 202_101, wage(10_000_000)), (370_000, 200_000));
    }

    #[test]
    fn a_ceiling_without_a_source_is_not_reckoned_with() {
        for of in [202_203, 202_302] {
            let problem = PROGRAMMES.expected(Programme::Jp, month(of), wage(5_000_000));
            assert_eq!(problem, Err(NotPublished { what: What::Ceiling, when: month(of).into() }));
        }
        for of in [202_202, 202_303] {
            assert!(PROGRAMMES.expected(Programme::Jp, month(of), wage(5_000_000)).is_ok());
        }
        // The other programmes know no ceiling.
        assert!(PROGRAMMES.expected(Programme::Jht, month(202_204), wage(5_000_000)).is_ok());
    }

    #[test]
    fn what_never_was_is_not_published_either() {
        let income = Earning::Income(Rupiah::new(3_200_000), Trade::Other);
        assert!(PROGRAMMES.expected(Programme::Jp, month(202_601), income).is_err());
        assert!(PROGRAMMES.expected(Programme::Jkp, month(202_601), wage(1)).is_err());
        assert!(PROGRAMMES.expected(Programme::Jp, month(201_506), wage(1)).is_err());
        assert!(PROGRAMMES.expected(Programme::Jht, month(199_312), wage(1)).is_err());
    }

    #[test]
    fn every_number_names_its_rules() {
        let courier = Earning::Income(Rupiah::new(3_200_000), Trade::Transport);
        let expected = PROGRAMMES.expected(Programme::Jkk, month(202_602), courier).unwrap();
        let what: Vec<What> = expected.rules.iter().map(|rule| rule.what).collect();
        let rate = What::Rate(Programme::Jkk, Segment::SelfEmployed);
        assert_eq!(
            what,
            [rate, What::Bands, What::Relief(Programme::Jkk, Relieved::Trade(Trade::Transport))]
        );
        assert_eq!(expected.base, Rupiah::new(3_450_000));
    }

    #[test]
    fn an_income_between_two_printed_bands_belongs_to_the_lower_one() {
        let base = |income| {
            let earning = Earning::Income(Rupiah::new(income), Trade::Other);
            PROGRAMMES.expected(Programme::Jht, month(202_001), earning).unwrap().base.get()
        };
        assert_eq!(base(0), 1_000_000);
        assert_eq!(base(1_099_000), 1_000_000);
        assert_eq!(base(1_099_999), 1_000_000);
        assert_eq!(base(1_100_000), 1_200_000);
        assert_eq!(base(20_199_999), 19_700_000);
        assert_eq!(base(20_200_000), 20_700_000);
        assert_eq!(base(i64::MAX), 20_700_000);
    }

    #[test]
    fn half_of_jkk_for_labour_intensive_industry_lasted_a_year() {
        let jkk = |of| {
            let wage = Rupiah::new(10_000_000);
            let expected = PROGRAMMES.expected_of_labour_intensive(
                Programme::Jkk,
                month(of),
                wage,
                RiskClass::I,
            );
            expected.unwrap().employer_part.get()
        };
        assert_eq!([202_501, 202_502, 202_508, 202_601, 202_602].map(jkk), {
            [24_000, 12_000, 12_000, 12_000, 24_000]
        });
        // Whoever does not say so pays all of it.
        assert_eq!(parts(Programme::Jkk, 202_502, wage(10_000_000)), (54_000, 0));
    }

    proptest! {
        #[test]
        fn nobody_is_asked_for_more_than_was_earned(
            amount in 0..=i64::MAX,
            ahead in 0..=390,
            class in proptest::sample::select(RiskClass::ALL.to_vec()),
        ) {
            let of = month(199_401).plus(ahead);
            for programme in Programme::ALL {
                let earning = Earning::Wage(Rupiah::new(amount), class);
                if let Ok(expected) = PROGRAMMES.expected(programme, of, earning) {
                    let both = expected.employer_part.checked_add(expected.worker_part).unwrap();
                    prop_assert!(both <= expected.base && expected.base <= Rupiah::new(amount));
                    prop_assert!(both >= Rupiah::ZERO);
                }
            }
        }
    }
}
