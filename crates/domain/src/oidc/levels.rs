//! How surely somebody is signed in, as applications are told it (`acr`, `amr`).
//!
//! A code by e-mail is a second message, not a second factor (B-09, X-03), and a browser that was
//! remembered proves nothing (H-12): both are told as what they are, one factor.

use crate::second_factor::Way;

/// How surely, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// One factor.
    Single,
    /// Two factors.
    Multi,
    /// Two factors, of which one cannot be given away to a false site.
    PhishingResistant,
}

impl Level {
    /// All, the weakest first.
    pub const ALL: [Self; 3] = [Self::Single, Self::Multi, Self::PhishingResistant];

    /// What a session is worth by the way its second step was done.
    #[must_use]
    pub const fn of(way: Way) -> Self {
        match way {
            Way::Passkey => Self::PhishingResistant,
            Way::Totp | Way::Sms | Way::RecoveryCode => Self::Multi,
            Way::Email | Way::Remembered | Way::Password => Self::Single,
        }
    }

    /// The value of `acr`.
    #[must_use]
    pub const fn acr(self) -> &'static str {
        match self {
            Self::Single => "urn:payung:acr:single-factor",
            Self::Multi => "urn:payung:acr:multi-factor",
            Self::PhishingResistant => "urn:payung:acr:phishing-resistant",
        }
    }

    /// The level with this `acr`.
    #[must_use]
    pub fn named(acr: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.acr() == acr)
    }
}

/// The values of `amr` (RFC 8176) for the way the second step was done.
#[must_use]
pub const fn methods(way: Way) -> &'static [&'static str] {
    match way {
        Way::Passkey => &["pop", "mfa"],
        Way::Totp | Way::RecoveryCode => &["pwd", "otp", "mfa"],
        Way::Sms => &["pwd", "sms", "mfa"],
        Way::Email | Way::Remembered | Way::Password => &["pwd"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b09_a_code_by_email_is_told_as_one_factor() {
        assert_eq!(Level::of(Way::Email), Level::Single);
        assert!(!methods(Way::Email).contains(&"mfa"));
    }

    #[test]
    fn h12_a_remembered_browser_never_raises_the_level() {
        assert_eq!(Level::of(Way::Remembered), Level::Single);
        assert!(!methods(Way::Remembered).contains(&"mfa"));
    }

    #[test]
    fn l10_two_factors_are_told_exactly_where_there_are_two() {
        for way in Way::ALL {
            let is_told = methods(way).contains(&"mfa");
            assert_eq!(is_told, Level::of(way) >= Level::Multi, "{}", way.name());
        }
        for level in Level::ALL {
            assert_eq!(Level::named(level.acr()), Some(level));
        }
        assert_eq!(Level::named("0"), None);
    }
}
