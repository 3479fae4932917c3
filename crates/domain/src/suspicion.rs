//! Signs of somebody who tries many doors (E-07). What one door bears is `lockout`'s business.
//!
//! Three signs, all about sign-ins that missed: one address with many names (spraying), one name
//! from many addresses (stuffing), and forms sent faster than a person fills them in.

use std::time::Duration;

use crate::time::Instant;

/// Signs older than this are no signs any more.
pub const WINDOW: Duration = Duration::from_mins(10);

/// Nobody fills in a form in less (E-07). A manager of passwords may, and gets in: only misses
/// count.
const QUICKEST: Duration = Duration::from_secs(1);

/// How much is taken for chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Names that one address may miss on. Many people share one address on a mobile network.
    pub names_per_address: u32,
    /// Addresses that may miss on one name.
    pub addresses_per_name: u32,
    /// Forms that one address may send faster than a person could.
    pub quick_forms_per_address: u32,
}

/// What was seen of an address, or of a name, inside the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// How many different ones.
    pub count: u32,
    /// Since when the oldest of them counts.
    pub since: Option<Instant>,
}

impl Seen {
    /// Until when the source waits, if it has gone too far: the oldest sign has left the window
    /// then.
    #[must_use]
    pub fn waits_until(self, threshold: u32) -> Option<Instant> {
        let since = self.since?;
        (self.count >= threshold).then(|| since.plus(WINDOW))
    }
}

/// Whether a form came back faster than a person could fill it in.
#[must_use]
pub fn is_quick(taken: Duration) -> bool {
    taken < QUICKEST
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    #[test]
    fn e07_whoever_goes_too_far_waits_until_the_oldest_sign_is_gone() {
        let seen = |count| Seen { count, since: Some(NOON) };
        assert_eq!(seen(29).waits_until(30), None);
        assert_eq!(seen(30).waits_until(30), Some(NOON.plus(WINDOW)));
        assert_eq!(Seen::default().waits_until(0), None);
    }

    #[test]
    fn e07_a_second_is_the_quickest_a_person_can_be() {
        assert!(is_quick(Duration::from_millis(999)));
        assert!(!is_quick(Duration::from_secs(1)));
    }

    proptest! {
        #[test]
        fn nobody_waits_for_longer_than_the_window(count in 0_u32..1000, threshold in 1_u32..1000) {
            let until = Seen { count, since: Some(NOON) }.waits_until(threshold);
            prop_assert_eq!(until.is_some(), count >= threshold);
            prop_assert!(until.is_none_or(|until| until.since(NOON) <= WINDOW));
        }
    }
}
