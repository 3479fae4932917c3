//! Whole rupiah. There are no cents, no floats and no silent overflow.

use serde::{Deserialize, Serialize};

/// An amount in whole rupiah; may be negative in a ledger.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Rupiah(i64);

/// Why a typed amount was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyProblem {
    /// Nothing was typed.
    Empty,
    /// It is no whole amount.
    Characters,
    /// It is past what an amount can hold.
    TooLarge,
}

impl Rupiah {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many rupiah.
    #[must_use]
    pub const fn new(amount: i64) -> Self {
        Self(amount)
    }

    /// Reads what a person typed: `5000000`, `5.000.000`, `Rp 5,000,000`. Groups have three digits, so
    /// that decimals are never read as thousands.
    pub fn parse(text: &str) -> Result<Self, MoneyProblem> {
        let typed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let bare = match typed.get(..2) {
            Some(start) if start.eq_ignore_ascii_case("rp") => typed[2..].trim_start_matches('.'),
            _ => &typed,
        };
        if bare.is_empty() {
            return Err(MoneyProblem::Empty);
        }
        let groups: Vec<&str> = bare.split(['.', ',']).collect();
        let digits = |group: &&str| !group.is_empty() && group.chars().all(|c| c.is_ascii_digit());
        let of_three = |group: &&str| group.len() == 3;
        if !groups.iter().all(digits) || !groups.iter().skip(1).all(of_three) {
            return Err(MoneyProblem::Characters);
        }
        groups.concat().parse().map(Self).map_err(|_| MoneyProblem::TooLarge)
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
    fn an_amount_is_read_as_people_type_it() {
        for typed in
            ["5000000", "5.000.000", "5,000,000", "Rp 5.000.000", "rp5000000", "Rp. 5.000.000"]
        {
            assert_eq!(Rupiah::parse(typed), Ok(Rupiah::new(5_000_000)), "{typed}");
        }
        for (typed, problem) in [
            ("", MoneyProblem::Empty),
            ("Rp ", MoneyProblem::Empty),
            ("5.000,50", MoneyProblem::Characters),
            ("5.00", MoneyProblem::Characters),
            ("-5", MoneyProblem::Characters),
            ("lima", MoneyProblem::Characters),
            ("9999999999999999999", MoneyProblem::TooLarge),
        ] {
            assert_eq!(Rupiah::parse(typed), Err(problem), "{typed}");
        }
    }

    #[test]
    fn a_sum_past_the_end_is_refused_not_wrapped() {
        assert_eq!(Rupiah::new(i64::MAX).checked_add(Rupiah::new(1)), None);
        assert_eq!(Rupiah::checked_sum([Rupiah::new(2), Rupiah::new(3)]), Some(Rupiah::new(5)));
    }
}
