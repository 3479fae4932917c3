//! Forms that were just sent, so that a double click or a retry over a bad line counts one try.
//!
//! Kept in memory only: what is remembered includes the password, under a key that dies with the
//! process. On another node, or after a restart, a retry counts again, which costs a try and no more.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use payung_domain::dice::Dice;
use payung_domain::keyed::{Key, Tag};
use payung_domain::time::Instant;

const REMEMBERED: Duration = Duration::from_mins(2);

/// More than this is forgotten from the oldest on.
const MOST: usize = 20_000;

/// The forms of the last two minutes.
#[derive(Debug)]
pub(crate) struct Retries {
    key: Key,
    seen: Mutex<HashMap<Tag, Instant>>,
}

impl Retries {
    /// Nothing seen yet.
    #[must_use]
    pub(crate) fn new(dice: &dyn Dice) -> Self {
        Self { key: Key::new(dice.bytes()), seen: Mutex::default() }
    }

    /// Whether exactly this was counted a moment ago; notes it if not. To be asked of a try that may
    /// be made and of no other: what was refused would else be free when it is sent again.
    pub(crate) fn is_repeated(&self, parts: &[&[u8]], now: Instant) -> bool {
        let tag = self.key.tag(parts);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= MOST {
            seen.retain(|_, at| now.since(*at) < REMEMBERED);
        }
        if seen.len() >= MOST {
            seen.clear();
        }
        let before = seen.insert(tag, now);
        before.is_some_and(|at| now.since(at) < REMEMBERED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;

    impl Dice for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[test]
    fn the_same_form_with_another_password_is_another_try() {
        let retries = Retries::new(&Fixed);
        let noon = Instant::from_micros(1_800_000_000_000_000);
        assert!(!retries.is_repeated(&[b"form", b"one"], noon));
        assert!(retries.is_repeated(&[b"form", b"one"], noon));
        assert!(!retries.is_repeated(&[b"form", b"two"], noon));
        assert!(!retries.is_repeated(&[b"form", b"two"], noon.plus(REMEMBERED)));
    }
}
