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
    /// The oldest device was signed out, because one more was signed in than a member may have.
    OldestSessionEnded {
        /// The device in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// Too many wrong passwords: the password path is paused.
    PasswordPaused {
        /// It opens again by itself then.
        until: Instant,
    },
    /// Far too many wrong passwords: the password path is shut until somebody opens it.
    PasswordLocked,
    /// The password path was opened before its time.
    PasswordOpened,
    /// The password was right, the second step was not.
    SecondStepFailed {
        /// How often in a row.
        times: u32,
        /// The device in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// A link to set a new password with, for whoever asked for one.
    ResetLink {
        /// The token in it.
        token: String,
        /// When it stops working.
        until: Instant,
    },
    /// Somebody asked for a new password, and the account has no address a link could go to.
    ResetWithoutAddress,
    /// Somebody asked for a new password with an address that no account has. Sent to that address.
    NoAccount,
    /// Another password was set.
    PasswordChanged {
        /// Whether a link set it, after the old one was forgotten.
        by_link: bool,
        /// Whether every other device was signed out.
        others_ended: bool,
        /// The device in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// A way to prove who one is was added, taken away or used up.
    FactorChanged {
        /// What happened to it.
        change: FactorChange,
        /// The device it was done on, in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// The owner said "this was not me", and the account was secured.
    NotMe {
        /// When.
        at: Instant,
    },
}

/// What can happen to a way to prove who one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactorChange {
    /// An authenticator app was bound.
    AppAdded,
    /// The authenticator app was taken away.
    AppRemoved,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was taken away.
    PasskeyRemoved,
    /// A passkey counted backwards: there may be a copy of it (D-06).
    PasskeyCopied,
    /// Codes no longer go by this way, or do again.
    WaysChanged,
    /// A new set of recovery codes was made, and the old one is dead.
    CodesMade,
    /// A recovery code was used.
    CodeUsed {
        /// How many are left.
        left: u32,
    },
}

impl FactorChange {
    /// The word by which texts tell them apart.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AppAdded => "app-added",
            Self::AppRemoved => "app-removed",
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::PasskeyCopied => "passkey-copied",
            Self::WaysChanged => "ways-changed",
            Self::CodesMade => "codes-made",
            Self::CodeUsed { .. } => "code-used",
        }
    }
}

impl Notice {
    /// The word in rows and in the demo's outbox.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SignInCode { .. } => "sign-in-code",
            Self::NewDevice { .. } => "new-device",
            Self::OldestSessionEnded { .. } => "oldest-session-ended",
            Self::PasswordPaused { .. } => "password-paused",
            Self::PasswordLocked => "password-locked",
            Self::PasswordOpened => "password-opened",
            Self::SecondStepFailed { .. } => "second-step-failed",
            Self::ResetLink { .. } => "reset-link",
            Self::ResetWithoutAddress => "reset-without-address",
            Self::NoAccount => "no-account",
            Self::PasswordChanged { .. } => "password-changed",
            Self::FactorChanged { .. } => "factor-changed",
            Self::NotMe { .. } => "not-me",
        }
    }

    /// Whether it asks its reader "was this you?" and so carries the link of M37. A code is asked
    /// for by whoever types it in, and the answer to "this was not me" asks nothing more.
    #[must_use]
    pub fn asks_whether_it_was_you(&self) -> bool {
        let kind = self.kind();
        Sort::of(kind) != Sort::Code && !matches!(self, Self::NotMe { .. } | Self::NoAccount)
    }

    /// The code in it, if it carries one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::SignInCode { code, .. } => Some(code),
            _ => None,
        }
    }

    /// The page its one link leads to, if it carries one. The host is the public address, whoever
    /// asked (R1).
    #[must_use]
    pub fn page(&self) -> Option<String> {
        match self {
            Self::ResetLink { token, .. } => Some(format!("/reset-password?token={token}")),
            _ => None,
        }
    }

    /// After this moment the message is of no use and is not sent any more.
    #[must_use]
    pub const fn useless_after(&self) -> Option<Instant> {
        match self {
            Self::SignInCode { until, .. } | Self::ResetLink { until, .. } => Some(*until),
            _ => None,
        }
    }
}

/// What kind of thing a message is, as anybody may be told who holds its reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// It holds a code to type in.
    Code,
    /// It holds a link to go on with something that was asked for.
    Link,
    /// It tells what happened on the account.
    News,
}

impl Sort {
    /// The sort of a kind, by how kinds are named: `…-code` holds a code, `…-link` a link.
    #[must_use]
    pub fn of(kind: &str) -> Self {
        if kind.ends_with("-code") {
            Self::Code
        } else if kind.ends_with("-link") {
            Self::Link
        } else {
            Self::News
        }
    }
}

/// New devices are told after this, so that a burst of sign-ins is one letter.
pub const GATHERING: std::time::Duration = std::time::Duration::from_mins(5);

/// Misses of the second step in a row that are worth a letter: the password is in wrong hands.
pub const STEP_MISSES_WORTH_A_LETTER: u32 = 3;

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
    fn news_asks_whether_it_was_you_and_a_code_does_not() {
        let at = Instant::from_micros(0);
        let code = Notice::SignInCode { code: "123456".to_owned(), until: at };
        let news = Notice::NewDevice { device: "Chrome".to_owned(), at };
        assert!(!code.asks_whether_it_was_you() && news.asks_whether_it_was_you());
        assert!(!Notice::NotMe { at }.asks_whether_it_was_you());
        assert_eq!([Sort::of("reset-link"), Sort::of("paused")], [Sort::Link, Sort::News]);
    }

    #[test]
    fn waiting_doubles_up_to_an_hour() {
        let seconds: Vec<u64> = (1..=12).map(|n| retry_after(n).as_secs()).collect();
        assert_eq!(seconds, [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
    }
}
