//! Passkeys: what they are called, how many there may be, and what each use proves. The ceremony
//! itself is `flows::passkeys`'s business.

use std::time::Duration;

use uuid::Uuid;

use crate::time::Instant;

/// A challenge is good for so long (D-01).
pub const CHALLENGE_LIFE: Duration = Duration::from_mins(5);

/// How many an account may have (D-05 asks for ten at least).
pub const MOST: usize = 20;

/// A passkey as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Its row.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: Name,
    /// Whether it may live on several devices.
    pub is_backup_eligible: bool,
    /// Whether it does.
    pub is_backed_up: bool,
    /// When it was added.
    pub added_at: Instant,
    /// When it was last used.
    pub used_at: Option<Instant>,
    /// Since when it opens nothing, though it may again (J-06).
    pub suspended_at: Option<Instant>,
}

/// What an owner calls an app or a passkey: one line, at most forty characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

/// The longest a name may be.
pub const LONGEST_NAME: usize = 40;

impl Name {
    /// The name as typed, tidied; the stand-in where nothing was typed. Too long is cut, since a
    /// name is worth no question.
    #[must_use]
    pub fn or(typed: &str, stand_in: &str) -> Self {
        let tidy = |text: &str| -> String {
            let spaced: String = text
                .chars()
                .map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c })
                .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'))
                .collect();
            let joined = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
            joined.chars().take(LONGEST_NAME).collect::<String>().trim_end().to_owned()
        };
        let name = tidy(typed);
        Self(if name.is_empty() { tidy(stand_in) } else { name })
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_one_tidy_line() {
        assert_eq!(Name::or("  HP\tsaya \n", "x").as_str(), "HP saya");
        assert_eq!(Name::or(" \u{202e} ", "Chrome, Android").as_str(), "Chrome, Android");
        assert_eq!(Name::or(&"☂".repeat(50), "x").as_str().chars().count(), 40);
    }

    proptest! {
        #[test]
        fn no_name_is_long_or_empty(typed in "\\PC{0,80}") {
            let name = Name::or(&typed, "x");
            prop_assert!((1..=LONGEST_NAME).contains(&name.as_str().chars().count()));
        }
    }
}
