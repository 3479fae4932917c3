//! E400 to E503: one page for all that stands in the way of a page. No red, no number in the text.

use askama::Template;
use payung_domain::time::Instant;

use crate::page::Frame;

/// What stands in the way, and what to do.
#[derive(Debug, Template)]
#[template(path = "problems/problem.html")]
pub struct ProblemPage {
    /// Around the page.
    pub f: Frame,
    /// What stands in the way.
    pub obstacle: Obstacle,
}

/// What stands in the way of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The request cannot be read: a field twice, or text that is no text.
    Unreadable,
    /// E403, with the reference number to quote.
    NotAllowed(String),
    /// An application sent somebody here that is none of ours, or wants the answer sent to an address
    /// that is not its own. Nobody is sent anywhere.
    UnknownApplication,
    /// What an application asked for is not there any more: answered, or too long ago.
    RequestGone,
    /// An application asked for a sign-out in a way that cannot be trusted.
    LogoutRefused,
    /// E404
    NotFound,
    /// The address exists, but not for what was done to it.
    WrongMethod,
    /// More was sent than a form ever holds.
    TooLarge,
    /// E429, with the time from which it works again.
    TooMany(Instant),
    /// E500, with the reference number to quote.
    Broken {
        /// The number that is in the log too.
        reference: String,
        /// Whether what was typed has been kept.
        kept: bool,
    },
    /// All hands are busy; worth another try in a moment.
    Busy,
    /// E503, with the time it opens again.
    Closed(Instant),
}

impl Obstacle {
    /// The status of the answer.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Unreadable
            | Self::UnknownApplication
            | Self::RequestGone
            | Self::LogoutRefused => 400,
            Self::NotAllowed(_) => 403,
            Self::NotFound => 404,
            Self::WrongMethod => 405,
            Self::TooLarge => 413,
            Self::TooMany(_) => 429,
            Self::Broken { .. } => 500,
            Self::Busy | Self::Closed(_) => 503,
        }
    }

    /// Whether it is for the service to mend, so that its state is what people want to know.
    #[must_use]
    pub const fn is_ours(&self) -> bool {
        matches!(self, Self::Broken { .. } | Self::Busy | Self::Closed(_))
    }

    /// The heading.
    #[must_use]
    pub fn title(&self, f: &Frame) -> String {
        match self {
            Self::Unreadable => f.t("problem-unreadable"),
            Self::NotAllowed(_) => f.t("problem-not-allowed"),
            Self::UnknownApplication => f.t("problem-application"),
            Self::RequestGone => f.t("problem-request-gone"),
            Self::LogoutRefused => f.t("problem-logout"),
            Self::NotFound => f.t("problem-not-found"),
            Self::WrongMethod => f.t("problem-wrong-method"),
            Self::TooLarge => f.t("problem-too-large"),
            Self::TooMany(_) => f.t("problem-too-many"),
            Self::Broken { .. } => f.t("problem-broken"),
            Self::Busy => f.t("problem-busy"),
            Self::Closed(_) => f.t("problem-closed"),
        }
    }

    /// What to do.
    #[must_use]
    pub fn text(&self, f: &Frame) -> String {
        match self {
            Self::Unreadable => f.t("problem-unreadable-text"),
            Self::NotAllowed(reference) => f.t1("problem-not-allowed-text", "reference", reference),
            Self::UnknownApplication => f.t("problem-application-text"),
            Self::RequestGone => f.t("problem-request-gone-text"),
            Self::LogoutRefused => f.t("problem-logout-text"),
            Self::NotFound => f.t("problem-not-found-text"),
            Self::WrongMethod => f.t("problem-wrong-method-text"),
            Self::TooLarge => f.t("problem-too-large-text"),
            Self::TooMany(until) => f.t1("problem-too-many-text", "time", f.clock(until)),
            Self::Broken { reference, kept } => f.t2(
                "problem-broken-text",
                "reference",
                reference,
                "kept",
                if *kept { "yes" } else { "no" },
            ),
            Self::Busy => f.t("problem-busy-text"),
            Self::Closed(until) => {
                f.t2("problem-closed-text", "time", f.date_time(until), "phone", &f.help.phone)
            }
        }
    }
}
