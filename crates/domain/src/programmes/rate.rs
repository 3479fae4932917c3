//! Rates as exact parts of a million, and the one place where an amount is rounded.

use serde::Deserialize;

use crate::money::Rupiah;

use super::Step;

const MILLION: i32 = 1_000_000;

/// A part of something, between nothing and all of it, exact to a ten-thousandth of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Rate(i32);

/// The text is not a percentage such as `0.24%`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a percentage from 0% to 100% with at most four decimals")]
pub struct NotARate(pub String);

impl Rate {
    /// Nothing of it.
    pub const NOTHING: Self = Self(0);
    /// All of it.
    pub const ALL: Self = Self(MILLION);

    /// Reads a percentage as the data files write it: `5.70%`.
    pub fn parse(text: &str) -> Result<Self, NotARate> {
        Self::read(text).ok_or_else(|| NotARate(text.to_owned()))
    }

    fn read(text: &str) -> Option<Self> {
        let percent = text.strip_suffix('%')?.trim_end();
        let (whole, decimals) = percent.split_once('.').unwrap_or((percent, ""));
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || whole.len() > 3 || decimals.len() > 4 {
            return None;
        }
        let parts =
            whole.parse::<i32>().ok()? * 10_000 + format!("{decimals:0<4}").parse::<i32>().ok()?;
        (parts <= MILLION).then_some(Self(parts))
    }

    /// Parts of a million: 57 000 of 5.70 %.
    #[must_use]
    pub const fn ppm(self) -> i32 {
        self.0
    }
}

impl TryFrom<String> for Rate {
    type Error = NotARate;

    fn try_from(text: String) -> Result<Self, NotARate> {
        Self::parse(&text)
    }
}

/// How an amount is rounded: half up, to whole multiples of so many rupiah.
///
/// Nobody has published how contributions are rounded, so this is a parameter with a date and a
/// source like any other (data/programmes/rounding.toml).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "InFile")]
pub struct Rounding {
    to: i64,
}

/// `to_rupiah = 1`, as the data file has it.
#[derive(Deserialize)]
struct InFile {
    to_rupiah: i64,
}

impl TryFrom<InFile> for Rounding {
    type Error = &'static str;

    fn try_from(file: InFile) -> Result<Self, Self::Error> {
        Self::to_multiples_of(file.to_rupiah).ok_or("amounts are rounded to at least one rupiah")
    }
}

impl Rounding {
    /// Half up to whole rupiah.
    pub const WHOLE_RUPIAH: Self = Self { to: 1 };

    /// So many rupiah.
    #[must_use]
    pub const fn step(self) -> Rupiah {
        Rupiah::new(self.to)
    }

    /// Half up to whole multiples of so many rupiah, if that is at least one.
    #[must_use]
    pub fn to_multiples_of(rupiah: i64) -> Option<Self> {
        (rupiah >= 1).then_some(Self { to: rupiah })
    }

    /// These rates of an amount, taken one of the other and rounded once at the end.
    #[must_use]
    pub fn share(self, amount: Rupiah, rates: &[Rate]) -> Rupiah {
        let (mut numerator, mut denominator) = (i128::from(amount.get()), 1);
        // Parts of a part of a part is as deep as rules go; four still fit an i128.
        for rate in rates.iter().take(3) {
            numerator *= i128::from(rate.0);
            denominator *= i128::from(MILLION);
        }
        self.divided(numerator, denominator)
    }

    /// A twelfth of this yearly rate of an amount: what a month brings.
    #[must_use]
    pub fn monthly(self, amount: Rupiah, yearly: Rate) -> Rupiah {
        self.divided(i128::from(amount.get()) * i128::from(yearly.0), 12 * i128::from(MILLION))
    }

    /// An amount times one number and divided by another, rounded once. `None` past what an amount
    /// can hold, and for a division by nothing.
    #[must_use]
    pub fn fraction(self, amount: Rupiah, numerator: u64, denominator: u64) -> Option<Rupiah> {
        let step = i128::from(denominator).checked_mul(i128::from(self.to)).filter(|s| *s > 0)?;
        let product = i128::from(amount.get()).checked_mul(i128::from(numerator))?;
        let multiples = product.checked_mul(2)?.checked_add(step)?.div_euclid(2 * step);
        i64::try_from(multiples.checked_mul(i128::from(self.to))?).ok().map(Rupiah::new)
    }

    /// Each slice of an amount at its own rate, added up and rounded once.
    #[must_use]
    pub fn progressive(self, amount: Rupiah, steps: &[Step]) -> Rupiah {
        let (mut numerator, mut below) = (0, Rupiah::ZERO);
        for step in steps {
            let end = step.up_to.map_or(amount, |up_to| up_to.min(amount));
            if end > below {
                let slice = i128::from(end.get()) - i128::from(below.get());
                numerator += slice * i128::from(step.percent.0);
                below = end;
            }
        }
        self.divided(numerator, i128::from(MILLION))
    }

    fn divided(self, numerator: i128, denominator: i128) -> Rupiah {
        let step = denominator * i128::from(self.to);
        let multiples = (2 * numerator + step).div_euclid(2 * step);
        // A part of an amount is never larger than the amount, so this fits.
        Rupiah::new(i64::try_from(multiples * i128::from(self.to)).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn percentages_are_read_exactly_or_not_at_all() {
        for (text, ppm) in
            [("0.24%", 2_400), ("5.70%", 57_000), ("0.0024%", 24), ("0%", 0), ("100%", 1_000_000)]
        {
            assert_eq!(Rate::parse(text).map(Rate::ppm), Ok(ppm), "{text}");
        }
        for text in ["", "%", "5", "5,7%", "-1%", "0.00001%", "100.0001%", ".5.%", "0x1%"] {
            assert!(Rate::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn half_a_rupiah_is_rounded_up() {
        let half = Rate::parse("50%").unwrap();
        let share = |amount| Rounding::WHOLE_RUPIAH.share(Rupiah::new(amount), &[half]).get();
        assert_eq!((share(1), share(2), share(3)), (1, 1, 2));
        let to_hundred = Rounding::to_multiples_of(100).unwrap();
        assert_eq!(to_hundred.share(Rupiah::new(149), &[Rate::ALL]).get(), 100);
        assert_eq!(to_hundred.share(Rupiah::new(150), &[Rate::ALL]).get(), 200);
        assert_eq!(Rounding::to_multiples_of(0), None);
    }

    #[test]
    fn a_part_of_a_part_is_rounded_once() {
        let rates = [Rate::parse("50%").unwrap(), Rate::parse("50%").unwrap()];
        // Rounded twice, 5 would become 3 and then 2.
        assert_eq!(Rounding::WHOLE_RUPIAH.share(Rupiah::new(5), &rates).get(), 1);
    }

    #[test]
    fn a_fraction_is_rounded_once_and_never_wraps() {
        let whole = Rounding::WHOLE_RUPIAH;
        assert_eq!(whole.fraction(Rupiah::new(10), 1, 3), Some(Rupiah::new(3)));
        assert_eq!(whole.fraction(Rupiah::new(10), 1, 4), Some(Rupiah::new(3)));
        assert_eq!(whole.fraction(Rupiah::new(10), 1, 0), None);
        assert_eq!(whole.fraction(Rupiah::new(i64::MAX), 2, 1), None);
        assert_eq!(whole.fraction(Rupiah::new(i64::MAX), u64::MAX, 1), None);
    }

    proptest! {
        #[test]
        fn more_of_an_amount_never_costs_less_in_slices(
            amount in 0..=i64::MAX / 2, more in 0..1_000_000_i64, end in 1..1_000_000_000_i64,
        ) {
            let step = |up_to, ppm| Step { up_to, percent: Rate(ppm) };
            let steps = [step(Some(Rupiah::new(end)), 2_100), step(None, 900)];
            let of = |amount| Rounding::WHOLE_RUPIAH.progressive(Rupiah::new(amount), &steps);
            prop_assert!(of(amount) <= of(amount + more));
            prop_assert!(of(amount) >= Rupiah::ZERO && of(amount).get() <= amount);
        }

        #[test]
        fn a_share_is_between_nothing_and_the_whole(amount in 0..=i64::MAX, ppm in 0..=MILLION) {
            let amount = Rupiah::new(amount);
            let share = Rounding::WHOLE_RUPIAH.share(amount, &[Rate(ppm), Rate::ALL, Rate::ALL]);
            prop_assert!(share >= Rupiah::ZERO && share <= amount);
            prop_assert!(Rounding::WHOLE_RUPIAH.monthly(amount, Rate(ppm)) <= share);
        }

        #[test]
        fn rounding_is_never_off_by_more_than_half_a_rupiah(amount in 0..=1_i64 << 50, ppm in 0..=MILLION) {
            let share = Rounding::WHOLE_RUPIAH.share(Rupiah::new(amount), &[Rate(ppm)]);
            let off = i128::from(share.get()) * 1_000_000 - i128::from(amount) * i128::from(ppm);
            prop_assert!((-500_000..=500_000).contains(&off) && off != -500_000);
        }
    }
}
