//! M07 Dijeda / Paused: the reason, the clock time it ends, and what still works.

use askama::Template;
use payung_domain::time::Instant;

use crate::page::Frame;

/// Shown instead of a form; the same for accounts that exist and that do not.
#[derive(Debug, Template)]
#[template(path = "sign_in/paused.html")]
pub struct Paused {
    /// Around the page.
    pub f: Frame,
    /// What is paused, and until when.
    pub pause: Pause,
}

/// What somebody has to wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// `login.paused`: signing in with a password, until then.
    Password(Instant),
    /// `code.limit`: the second step, until then.
    Code(Instant),
    /// The second step, until a passkey opens it, or somebody does: 100 misses in a row.
    CodeLocked,
    /// Signing in with a password, until somebody opens it again: 100 misses in a row.
    Locked,
}

impl Pause {
    /// The same pause with an end that a clock without seconds can show: whoever comes back at the
    /// minute on the page is not sent away again.
    #[must_use]
    pub fn to_the_next_minute(self) -> Self {
        let ceiled = |until: Instant| {
            let minute = 60_000_000;
            Instant::from_micros((until.micros() + minute - 1).div_euclid(minute) * minute)
        };
        match self {
            Self::Password(until) => Self::Password(ceiled(until)),
            Self::Code(until) => Self::Code(ceiled(until)),
            Self::CodeLocked => Self::CodeLocked,
            Self::Locked => Self::Locked,
        }
    }

    /// The heading.
    #[must_use]
    pub fn title(self, f: &Frame) -> String {
        match self {
            Self::Password(_) => f.t("paused-title"),
            Self::Code(_) => f.t("paused-code-title"),
            Self::CodeLocked => f.t("code-locked-title"),
            Self::Locked => f.t("locked-title"),
        }
    }

    /// The reason and the end.
    #[must_use]
    pub fn text(self, f: &Frame) -> String {
        match self {
            Self::Password(until) => f.t1("paused-until", "time", f.clock(&until)),
            Self::Code(until) => f.t1("code-limit", "time", f.clock(&until)),
            Self::CodeLocked => f.t("code-locked-text"),
            Self::Locked => f.t("locked-text"),
        }
    }
}
