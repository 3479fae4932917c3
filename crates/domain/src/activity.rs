//! What happened on an account, in words the member gets to read.

use crate::time::Instant;

/// A kind of thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Signed in, both steps done.
    SignedIn,
    /// Signed out by hand.
    SignedOut,
    /// A wrong password.
    PasswordWrong,
    /// The password path was paused after too many misses.
    PasswordPaused,
    /// The right password, then a wrong code.
    CodeWrong,
    /// The second step was paused after too many misses.
    CodePaused,
    /// A code was sent.
    CodeSent,
}

impl Event {
    const ALL: [Self; 7] = [
        Self::SignedIn,
        Self::SignedOut,
        Self::PasswordWrong,
        Self::PasswordPaused,
        Self::CodeWrong,
        Self::CodePaused,
        Self::CodeSent,
    ];

    /// The word in rows and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignedOut => "signed-out",
            Self::PasswordWrong => "password-wrong",
            Self::PasswordPaused => "password-paused",
            Self::CodeWrong => "code-wrong",
            Self::CodePaused => "code-paused",
            Self::CodeSent => "code-sent",
        }
    }

    /// The event of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.name() == name)
    }
}

/// One line of the activity list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: Instant,
    /// What.
    pub event: Event,
    /// On which device, in words.
    pub device: String,
}
