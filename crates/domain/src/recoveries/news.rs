//! What is told of a staged recovery, and to whom: to every contact the account has, to the new
//! one, or to both.

use serde::{Deserialize, Serialize};

use crate::time::Instant;

/// News of a recovery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum RecoveryNews {
    /// To the owner: somebody asked for it, and how to stop it (J-03, J-04).
    Warning {
        /// The new contact, masked.
        contact: String,
        /// The device it was asked for on, in words.
        device: String,
        /// When.
        at: Instant,
        /// Until when nothing changes, whatever is proved.
        until: Instant,
        /// How far it is.
        stage: Stage,
        /// The token of the link that stops it.
        stop: String,
    },
    /// To the new contact: it was received, and what comes next.
    Received {
        /// Until when the owner can stop it.
        until: Instant,
    },
    /// To the new contact: the link that finishes it.
    Link {
        /// The token in it.
        token: String,
        /// When it stops working.
        until: Instant,
    },
    /// To a new number, where no link goes: it can be finished.
    Ready,
    /// To both: it was stopped.
    Stopped {
        /// When.
        at: Instant,
    },
    /// To both: the support desk refused it.
    Refused {
        /// When.
        at: Instant,
    },
    /// To both: a new password was set.
    Done {
        /// The new contact, masked.
        contact: String,
        /// The device it was done on, in words.
        device: String,
        /// When.
        at: Instant,
    },
}

/// How far a recovery is when its owner is warned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The owner has time, and nothing is proved.
    Asked,
    /// The owner has time, and two officers saw proof.
    Proved,
    /// The owner had the time, and two officers saw proof: it can end any moment.
    Ready,
}

impl Stage {
    /// The word by which texts tell them apart.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Proved => "proved",
            Self::Ready => "ready",
        }
    }
}

impl RecoveryNews {
    /// The word in rows and in the demo's outbox.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Warning { .. } => "recovery-warning",
            Self::Received { .. } => "recovery-received",
            Self::Link { .. } => "recovery-link",
            Self::Ready => "recovery-ready",
            Self::Stopped { .. } => "recovery-stopped",
            Self::Refused { .. } => "recovery-refused",
            Self::Done { .. } => "recovery-done",
        }
    }

    /// Whether it asks "was this you?" with the link of M37. A warning has a link of its own, which
    /// does less and is enough; what goes to the new contact asks nothing.
    #[must_use]
    pub const fn asks_whether_it_was_you(&self) -> bool {
        matches!(self, Self::Stopped { .. } | Self::Done { .. })
    }

    /// The page its one link leads to, if it carries one.
    #[must_use]
    pub fn page(&self) -> Option<String> {
        match self {
            Self::Warning { stop, .. } => Some(format!("/recover/stop?token={stop}")),
            Self::Link { token, .. } => Some(format!("/recover/password?token={token}")),
            _ => None,
        }
    }

    /// After this moment it is of no use and is not sent any more.
    #[must_use]
    pub const fn useless_after(&self) -> Option<Instant> {
        match self {
            Self::Link { until, .. } => Some(*until),
            _ => None,
        }
    }
}
