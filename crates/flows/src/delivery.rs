//! Messages on their way out: an outbox row becomes words in a language, and goes to a courier.

use async_trait::async_trait;
use payung_domain::contact::{Email, Phone};

/// What a courier carries: words that are ready to be sent.
#[derive(Clone, Debug)]
pub enum Parcel {
    /// A letter with a plain and a light HTML part.
    Mail {
        /// Names this send for ever: the receiver may drop a second one with the same id.
        id: String,
        /// To whom.
        to: Email,
        /// The subject line, free of line breaks.
        subject: String,
        /// `text/plain`.
        text: String,
        /// Light HTML: no images, no tracking.
        html: String,
    },
    /// A text message of one segment.
    Sms {
        /// Names this send for ever, as with mail.
        id: String,
        /// To whom.
        to: Phone,
        /// At most 160 characters of GSM-7.
        text: String,
    },
}

/// Why a parcel did not leave.
#[derive(Debug, thiserror::Error)]
pub enum Undelivered {
    /// The other side was not reachable or asked to wait: try again.
    #[error("not delivered now: {0}")]
    Later(String),
    /// The other side refuses this very parcel: do not try again.
    #[error("refused for good: {0}")]
    Never(String),
}

/// The one way to the outside. Everything else in the product is a concrete type.
#[async_trait]
pub trait Courier: Send + Sync {
    /// Hands the parcel over. `Ok` means that the other side has taken it.
    async fn send(&self, parcel: &Parcel) -> Result<(), Undelivered>;
}
