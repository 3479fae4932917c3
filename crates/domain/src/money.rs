//! Whole rupiah. There are no cents, no floats and no silent overflow.

use serde::{Deserialize, Serialize};

/// An amount in whole rupiah; may be negative in a ledger.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Rupiah(i64);

impl Rupiah {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many rupiah.
    #[must_use]
    pub const fn new(amount: i64) -> Self {
        Self(amount)
    }

    /// The bare number, for the databases and for `data-amount`.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The sum, or `None` past what the ledger can hold.
    #[must_use]
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(sum) => Some(Self(sum)),
            None => None,
        }
    }

    /// The difference, or `None` past what the ledger can hold.
    #[must_use]
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(rest) => Some(Self(rest)),
            None => None,
        }
    }

    /// The sum of many, or `None` past what the ledger can hold.
    #[must_use]
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// The same amount with its sign turned: what a reversal posts.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self(-self.0)
    }

    /// Digits in groups of three: `1.250.000` or `1,250,000`, a minus sign in front of a debt.
    #[must_use]
    pub fn grouped(self, separator: char) -> String {
        let digits = self.0.unsigned_abs().to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 3);
        if self.0 < 0 {
            out.push('\u{2212}');
        }
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_from_the_right() {
        for (amount, text) in
            [(0, "0"), (999, "999"), (1_000, "1.000"), (1_250_000, "1.250.000"), (-5_000, "−5.000")]
        {
            assert_eq!(Rupiah::new(amount).grouped('.'), text);
        }
    }

    #[test]
    fn a_sum_past_the_end_is_refused_not_wrapped() {
        assert_eq!(Rupiah::new(i64::MAX).checked_add(Rupiah::new(1)), None);
        assert_eq!(Rupiah::checked_sum([Rupiah::new(2), Rupiah::new(3)]), Some(Rupiah::new(5)));
    }
}
