//! The lock before payouts (M31). Its owner shuts it at once; it opens half a day after it was asked
//! to, and half a day after a new address, number or bank account, so that whoever took over an
//! account meets its owner first.

use std::time::Duration;

use crate::contact_changes::COOLING_OFF;
use crate::time::Instant;

/// How long opening takes.
pub const OPENING: Duration = COOLING_OFF;

/// The lock of an account that was ever shut by its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lock {
    /// When it was shut.
    pub closed_at: Instant,
    /// From when it is open again; none while nobody asked for that.
    pub opens_at: Option<Instant>,
}

/// Whether anything may be paid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payouts {
    /// It may.
    Open,
    /// It may from this moment on.
    OpensAt(Instant),
    /// It may not until the owner asks for it.
    Closed,
}

/// Whether anything may be paid out at this moment, from the lock and from the moments until which
/// changes of the account keep it shut.
#[must_use]
pub fn payouts(
    lock: Option<Lock>,
    changes: impl IntoIterator<Item = Instant>,
    now: Instant,
) -> Payouts {
    let mut opens_at = None;
    if let Some(lock) = lock {
        match lock.opens_at {
            None => return Payouts::Closed,
            Some(at) => opens_at = Some(at),
        }
    }
    let latest = changes.into_iter().chain(opens_at).max();
    latest.filter(|at| *at > now).map_or(Payouts::Open, Payouts::OpensAt)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    fn at(hours: u64) -> Instant {
        NOON.plus(Duration::from_hours(hours))
    }

    #[test]
    fn a_lock_is_shut_until_half_a_day_after_its_owner_asked() {
        let shut = Lock { closed_at: NOON, opens_at: None };
        assert_eq!(payouts(None, [], NOON), Payouts::Open);
        assert_eq!(payouts(Some(shut), [], at(1_000)), Payouts::Closed);
        let opening = Lock { opens_at: Some(NOON.plus(OPENING)), ..shut };
        assert_eq!(payouts(Some(opening), [], at(11)), Payouts::OpensAt(at(12)));
        assert_eq!(payouts(Some(opening), [], at(12)), Payouts::Open);
    }

    #[test]
    fn a_new_contact_keeps_payouts_shut_too_and_the_last_to_open_decides() {
        assert_eq!(payouts(None, [at(12)], NOON), Payouts::OpensAt(at(12)));
        assert_eq!(payouts(None, [at(12)], at(12)), Payouts::Open);
        let opening = Lock { closed_at: NOON, opens_at: Some(at(5)) };
        assert_eq!(payouts(Some(opening), [at(12), at(3)], NOON), Payouts::OpensAt(at(12)));
        let shut = Lock { closed_at: NOON, opens_at: None };
        assert_eq!(payouts(Some(shut), [at(12)], at(20)), Payouts::Closed);
    }

    proptest! {
        /// Nothing that happens to an account opens its payouts earlier.
        #[test]
        fn no_change_opens_payouts_earlier(
            now in 0_u64..100, opens in proptest::option::of(0_u64..100),
            changes in proptest::collection::vec(0_u64..100, 0..5), one_more in 0_u64..100,
        ) {
            let lock = opens.map(|hours| Lock { closed_at: NOON, opens_at: Some(at(hours)) });
            let rank = |payouts| match payouts {
                Payouts::Open => NOON,
                Payouts::OpensAt(at) => at,
                Payouts::Closed => Instant::from_micros(i64::MAX),
            };
            let moments: Vec<Instant> = changes.into_iter().map(at).collect();
            let before = payouts(lock, moments.clone(), at(now));
            let after = payouts(lock, moments.into_iter().chain([at(one_more)]), at(now));
            prop_assert!(rank(after) >= rank(before));
        }
    }
}
