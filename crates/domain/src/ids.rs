//! Numbers and ids that people and programs mix up, each with a type of its own.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::dice::Dice;

macro_rules! random_id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new one, random (F-06).
            #[must_use]
            pub fn new(dice: &dyn Dice) -> Self {
                Self(dice.id())
            }
        }
    )*};
}

random_id! {
    /// An account: somebody who can sign in.
    AccountId,
    /// A person of the programme, with one or more memberships.
    PersonId,
    /// One member number of a person.
    MembershipId,
    /// An employer, or one of its units.
    EmployerId,
    /// A message that is or was on its way to somebody.
    MessageId,
    /// A change of an address or number.
    ChangeId,
    /// A staged recovery.
    RecoveryId,
    /// Somebody who works at the support desk. Never an account: staff are no members here.
    StaffId,
    /// One look that one officer took at one record.
    LookId,
    /// A claim of a member.
    ClaimId,
    /// A document that belongs to a claim.
    DocumentId,
    /// An act of the desk that takes two officers.
    ActId,
    /// One item of the checklist by which the desk makes sure who a member is.
    CheckId,
    /// A case at the support desk.
    CaseId,
}

/// Why a typed number was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberProblem {
    /// Nothing was typed.
    Empty,
    /// It has this many characters, which is too few or too many.
    Length(usize),
    /// It holds characters that such a number never has.
    Characters,
}

/// Drops what people type between digits: spaces, hyphens, dots and characters that show nothing.
#[must_use]
pub(crate) fn without_separators(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !c.is_whitespace()
                && !c.is_control()
                && !matches!(c, '-' | '.' | '\u{2010}'..='\u{2015}' | '\u{200b}'..='\u{200f}'
                    | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}')
        })
        .collect()
}

/// A member number (KPJ). Opaque: eleven characters, leading zeros kept, no arithmetic.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Kpj(String);

impl Kpj {
    /// Reads what a person typed; separators and case are forgiven.
    pub fn parse(text: &str) -> Result<Self, NumberProblem> {
        let kpj = without_separators(text).to_ascii_uppercase();
        match kpj.chars().count() {
            0 => Err(NumberProblem::Empty),
            _ if !kpj.chars().all(|c| c.is_ascii_alphanumeric()) => Err(NumberProblem::Characters),
            11 => Ok(Self(kpj)),
            length => Err(NumberProblem::Length(length)),
        }
    }

    /// The eleven characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last four behind dots, for screens and messages.
    #[must_use]
    pub fn masked(&self) -> String {
        masked_but_four(&self.0)
    }
}

impl fmt::Display for Kpj {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A population number: sixteen digits, for life.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nik(String);

impl Nik {
    /// Reads what a person typed; separators are forgiven.
    pub fn parse(text: &str) -> Result<Self, NumberProblem> {
        let nik = without_separators(text);
        match nik.chars().count() {
            0 => Err(NumberProblem::Empty),
            _ if !nik.chars().all(|c| c.is_ascii_digit()) => Err(NumberProblem::Characters),
            16 => Ok(Self(nik)),
            length => Err(NumberProblem::Length(length)),
        }
    }

    /// The sixteen digits. Personal data: sealed at rest, never logged.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The last four behind dots.
    #[must_use]
    pub fn masked(&self) -> String {
        masked_but_four(&self.0)
    }
}

impl fmt::Debug for Nik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nik({})", self.masked())
    }
}

/// An employer number (NPP) of the programme. Its form is not published, so it is opaque text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Npp(String);

impl Npp {
    /// Reads a number as written; 1 to 20 letters and digits.
    pub fn parse(text: &str) -> Result<Self, NumberProblem> {
        let npp = without_separators(text).to_ascii_uppercase();
        match npp.chars().count() {
            0 => Err(NumberProblem::Empty),
            _ if !npp.chars().all(|c| c.is_ascii_alphanumeric()) => Err(NumberProblem::Characters),
            1..=20 => Ok(Self(npp)),
            length => Err(NumberProblem::Length(length)),
        }
    }

    /// The number as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn masked_but_four(number: &str) -> String {
    let hidden = number.chars().count().saturating_sub(4);
    "•".repeat(hidden) + &number.chars().skip(hidden).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_and_case_are_forgiven_in_a_kpj() {
        assert_eq!(Kpj::parse(" 0812-3456.789 ").unwrap().as_str(), "08123456789");
        assert_eq!(Kpj::parse("ab12345678\u{200b}9").unwrap().as_str(), "AB123456789");
        assert_eq!(Kpj::parse("123"), Err(NumberProblem::Length(3)));
        assert_eq!(Kpj::parse("1234567890!"), Err(NumberProblem::Characters));
        assert_eq!(Kpj::parse("  "), Err(NumberProblem::Empty));
    }

    #[test]
    fn a_nik_shows_four_digits_and_never_prints_whole() {
        let nik = Nik::parse("0001 0141 0790 0003").unwrap();
        assert_eq!(nik.masked(), "••••••••••••0003");
        assert!(!format!("{nik:?}").contains("00010141"));
        assert_eq!(Nik::parse("12345"), Err(NumberProblem::Length(5)));
    }
}
