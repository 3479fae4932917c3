//! Which message goes when, and what it says; the words are in `texts`.

use serde::{Deserialize, Serialize};

use crate::time::Instant;

/// A message to a person, with what its words need. Kept sealed: a code is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Notice {
    /// The code of a sign-in.
    SignInCode {
        /// The six digits.
        code: String,
        /// When they stop being good.
        until: Instant,
    },
    /// Somebody signed in from a device that was not seen before.
    NewDevice {
        /// The device in words.
        device: String,
        /// When.
        at: Instant,
    },
}

impl Notice {
    /// The word in rows and in the demo's outbox.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SignInCode { .. } => "sign-in-code",
            Self::NewDevice { .. } => "new-device",
        }
    }

    /// The code in it, if it carries one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::SignInCode { code, .. } => Some(code),
            Self::NewDevice { .. } => None,
        }
    }

    /// After this moment the message is of no use and is not sent any more.
    #[must_use]
    pub const fn useless_after(&self) -> Option<Instant> {
        match self {
            Self::SignInCode { until, .. } => Some(*until),
            Self::NewDevice { .. } => None,
        }
    }
}

/// The pause before a failed sending is tried again: 5 s, doubling up to an hour.
#[must_use]
pub fn retry_after(attempts: u32) -> std::time::Duration {
    std::time::Duration::from_secs((5_u64 << attempts.saturating_sub(1).min(10)).min(3600))
}

/// Tries after which a message is given up.
pub const MOST_ATTEMPTS: u32 = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_up_to_an_hour() {
        let seconds: Vec<u64> = (1..=12).map(|n| retry_after(n).as_secs()).collect();
        assert_eq!(seconds, [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
    }
}
