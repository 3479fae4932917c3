//! From when and until when a contact counts, and for what.

use super::{COOLING_OFF, UNDOABLE};
use crate::second_factor::Destination;
use crate::time::Instant;

/// From when and until when a contact counts, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// It signs in and gets codes and news from then on.
    pub counts_from: Instant,
    /// It serves recovery from then on.
    pub recovers_from: Instant,
    /// It stops signing in then; none while it stays.
    pub counts_until: Option<Instant>,
    /// It stops serving recovery then, and is nobody's any more.
    pub recovers_until: Option<Instant>,
}

impl Standing {
    /// Of a contact that came with the account.
    pub const SINCE_EVER: Self = Self {
        counts_from: Instant::from_micros(0),
        recovers_from: Instant::from_micros(0),
        counts_until: None,
        recovers_until: None,
    };

    /// Of a contact whose code was right at this moment.
    #[must_use]
    pub fn confirmed(at: Instant) -> Self {
        Self {
            counts_from: at.plus(COOLING_OFF),
            recovers_from: at.plus(UNDOABLE),
            counts_until: None,
            recovers_until: None,
        }
    }

    /// The same contact, after it was decided at this moment that it goes.
    #[must_use]
    pub fn leaving(self, decided_at: Instant) -> Self {
        Self {
            counts_until: Some(decided_at.plus(COOLING_OFF)),
            recovers_until: Some(decided_at.plus(UNDOABLE)),
            ..self
        }
    }

    /// The same contact, after it was decided that it stays.
    #[must_use]
    pub const fn staying(self) -> Self {
        Self { counts_until: None, recovers_until: None, ..self }
    }

    /// Whether it signs in, and gets codes, at this moment.
    #[must_use]
    pub fn counts(&self, now: Instant) -> bool {
        self.counts_from <= now && self.counts_until.is_none_or(|end| now < end)
    }

    /// Whether it serves recovery at this moment. An old one does until the new one may, so that
    /// there is no hour without any.
    #[must_use]
    pub fn recovers(&self, now: Instant) -> bool {
        self.recovers_from <= now && !self.is_gone(now)
    }

    /// Whether it gets news of the account at this moment: an old one for as long as it can undo.
    #[must_use]
    pub fn hears(&self, now: Instant) -> bool {
        self.counts_from <= now && !self.is_gone(now)
    }

    /// Whether it does not count yet.
    #[must_use]
    pub fn is_cooling(&self, now: Instant) -> bool {
        now < self.counts_from
    }

    /// Whether it goes, or has gone.
    #[must_use]
    pub const fn is_leaving(&self) -> bool {
        self.counts_until.is_some()
    }

    /// Whether it is nobody's any more.
    #[must_use]
    pub fn is_gone(&self, now: Instant) -> bool {
        self.recovers_until.is_some_and(|end| end <= now)
    }
}

/// A contact of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Where it reaches.
    pub to: Destination,
    /// From when and until when it counts.
    pub standing: Standing,
    /// Its place among those of its kind: codes go to the lowest that counts.
    pub place: u32,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    #[test]
    fn g10_the_old_contact_recovers_until_the_very_moment_the_new_one_may() {
        let (new, old) = (Standing::confirmed(NOON), Standing::SINCE_EVER.leaving(NOON));
        let effect = NOON.plus(COOLING_OFF);
        assert!(!new.counts(effect.minus(std::time::Duration::from_micros(1))));
        assert!(new.counts(effect) && !old.counts(effect));
        assert!(old.recovers(effect) && !new.recovers(effect) && old.hears(effect));
        let end = NOON.plus(UNDOABLE);
        assert!(new.recovers(end) && old.is_gone(end) && !old.hears(end));
        assert_eq!(old.staying(), Standing::SINCE_EVER);
    }

    proptest! {
        /// Of an exchange, exactly one of the two counts, and exactly one recovers, at any moment.
        #[test]
        fn g10_an_exchange_leaves_no_gap_and_no_overlap(after in 0_u64..400_000) {
            let now = NOON.plus(std::time::Duration::from_secs(after));
            let (new, old) = (Standing::confirmed(NOON), Standing::SINCE_EVER.leaving(NOON));
            prop_assert!(new.counts(now) != old.counts(now));
            prop_assert!(new.recovers(now) != old.recovers(now));
            prop_assert!(new.counts(now) != new.is_cooling(now));
            prop_assert!(old.hears(now) != old.is_gone(now));
        }
    }
}
