//! Where the money of a claim goes: an account in the member's own name.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::without_separators;

/// An account at a bank. Personal data as a whole: sealed at rest, never logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bank {
    /// The bank, as its customers call it.
    pub bank: String,
    /// The number of the account.
    pub number: String,
    /// In whose name it is.
    pub owner: String,
}

/// What is wrong with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BankProblem {
    /// `bank.choose`
    Bank,
    /// `bank.number`
    Number,
    /// `bank.owner`: it is not in the member's name.
    Owner,
}

impl Bank {
    /// Reads what was typed, and compares the name with the member's.
    pub fn parse(
        bank: &str,
        number: &str,
        owner: &str,
        member: &str,
    ) -> Result<Self, Vec<BankProblem>> {
        let line = |typed: &str| typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let (bank, number, owner) = (line(bank), without_separators(number), line(owner));
        let is_bank = (2..=60).contains(&bank.chars().count()) && !bank.contains(char::is_control);
        let is_number =
            (6..=20).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        let problems: Vec<BankProblem> = [
            (is_bank, BankProblem::Bank),
            (is_number, BankProblem::Number),
            (is_same_name(&owner, member), BankProblem::Owner),
        ]
        .into_iter()
        .filter(|(is_fine, _)| !is_fine)
        .map(|(_, problem)| problem)
        .collect();
        if problems.is_empty() { Ok(Self { bank, number, owner }) } else { Err(problems) }
    }

    /// The number behind dots, but for its last four.
    #[must_use]
    pub fn masked(&self) -> String {
        let shown = self.number.get(self.number.len().saturating_sub(4)..).unwrap_or_default();
        format!("••••{shown}")
    }
}

/// Banks write names in capitals, and leave dots and commas of titles away.
fn is_same_name(one: &str, other: &str) -> bool {
    let plain = |name: &str| {
        let letters = name.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace());
        let folded = letters.collect::<String>().to_lowercase();
        folded.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    !plain(one).is_empty() && plain(one) == plain(other)
}

impl fmt::Debug for Bank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bank(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_in_the_members_own_name() {
        let read = |bank, number, owner| Bank::parse(bank, number, owner, "Siti Rahayu");
        let good = read(" Bank  Contoh ", "1234-5678 90", "SITI RAHAYU").unwrap();
        assert_eq!((&*good.bank, &*good.number), ("Bank Contoh", "1234567890"));
        assert_eq!((good.masked(), format!("{good:?}")), ("••••7890".into(), "Bank(…)".into()));
        assert_eq!(read("Bank Contoh", "123456", "Budi"), Err(vec![BankProblem::Owner]));
        assert_eq!(
            read("", "12a456", ""),
            Err(vec![BankProblem::Bank, BankProblem::Number, BankProblem::Owner])
        );
        for number in ["12345", "123456789012345678901", "１２３４５６"] {
            assert_eq!(read("Bank", number, "Siti Rahayu"), Err(vec![BankProblem::Number]));
        }
    }
}
