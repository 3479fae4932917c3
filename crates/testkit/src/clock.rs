//! A clock that stands still until the test moves it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use payung_domain::time::{Clock, Instant};

/// Stands at a moment.
#[derive(Debug)]
pub struct Stopped(AtomicI64);

impl Stopped {
    /// At noon, UTC, on 17 August 2026.
    #[must_use]
    pub const fn at_noon() -> Self {
        Self(AtomicI64::new(1_786_968_000_000_000))
    }

    /// Moves on.
    pub fn advance(&self, by: Duration) {
        let micros = i64::try_from(by.as_micros()).unwrap_or(0);
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for Stopped {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }
}
