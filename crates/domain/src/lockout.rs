//! The ladder: may this try be made, and what follows a miss (E-01, E-02, E-03).
//!
//! Tries are counted before the secret is checked, so parallel guesses share one limit. Which
//! counters a try touches is decided in `flows::sign_in`.

use std::time::Duration;

use crate::time::Instant;

/// After so many misses in a row the way in stays shut until somebody opens it (E-01).
pub const FIRM: u32 = 100;

/// Misses in one round of the ladder; the last of a round pauses for longest.
pub const ROUND: u32 = 10;

/// From so many misses in a row on a right password alone forgets none of them: the second step has
/// to pass too. What a reset leaves of a firm lock are the tries above this.
pub const GUARDED: u32 = FIRM - ROUND;

/// What a counter knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counter {
    /// Misses in a row, tries under way included.
    pub misses: u32,
    /// No try before this moment.
    pub paused_until: Instant,
}

impl Counter {
    /// A counter nothing has been counted on.
    pub const NEW: Self = Self { misses: 0, paused_until: Instant::from_micros(0) };
}

/// Whether a try may be made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may; the counter is to be kept as given, with this try counted as a miss until it is
    /// known to be none.
    Try(Counter),
    /// Not before this moment.
    Paused(Instant),
    /// Not until somebody opens it.
    Locked,
}

/// Asks for one try of a password and, where it may be made, counts it.
#[must_use]
pub fn may_try(counter: Counter, now: Instant) -> Verdict {
    counted(counter, now, pause_after)
}

/// Asks for one try and, where it may be made, counts it, on a ladder whose misses cost so much.
#[must_use]
pub fn counted(counter: Counter, now: Instant, pause_after: fn(u32) -> Duration) -> Verdict {
    if counter.misses >= FIRM {
        Verdict::Locked
    } else if now < counter.paused_until {
        Verdict::Paused(counter.paused_until)
    } else {
        let misses = counter.misses + 1;
        Verdict::Try(Counter { misses, paused_until: now.plus(pause_after(misses)) })
    }
}

/// The counter of somebody who has set a new password: what was guessed at is gone, so nothing is
/// left of a pause. A firm lock leaves one round of tries, and opens when a sign-in passes its second
/// step: whoever reads the owner's mail does not open it.
#[must_use]
pub const fn after_reset(counter: Counter) -> Counter {
    let misses = if counter.misses < GUARDED { 0 } else { GUARDED };
    Counter { misses, paused_until: Counter::NEW.paused_until }
}

/// Whether a right password forgets the misses before it, or only the whole sign-in does.
#[must_use]
pub const fn password_forgets(misses: u32) -> bool {
    misses <= GUARDED
}

/// How many tries are left before the long pause that ends the round.
#[must_use]
pub const fn tries_left(misses: u32) -> u32 {
    ROUND - misses % ROUND
}

/// The pause that the `misses`th miss in a row brings.
///
/// In each round of ten the fifth miss costs 30 s, each one after it twice as much, and the tenth
/// 15 minutes, which double from round to round up to a day.
#[must_use]
pub fn pause_after(misses: u32) -> Duration {
    let (rounds, step) = (misses.saturating_sub(1) / ROUND, misses.saturating_sub(1) % ROUND + 1);
    match step {
        _ if misses == 0 => Duration::ZERO,
        1..=4 => Duration::ZERO,
        5..=9 => Duration::from_secs(30 << (step - 5)),
        _ => Duration::from_mins(15)
            .saturating_mul(1 << rounds.min(16))
            .min(Duration::from_hours(24)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    #[test]
    fn e02_the_fifth_miss_waits_thirty_seconds_and_the_tenth_a_quarter_of_an_hour() {
        let seconds: Vec<u64> = (0..=20).map(|n| pause_after(n).as_secs()).collect();
        assert_eq!(seconds[..11], [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900]);
        assert_eq!(seconds[11..], [0, 0, 0, 0, 30, 60, 120, 240, 480, 1800]);
    }

    #[test]
    fn the_long_pause_stops_growing_at_a_day() {
        assert_eq!(pause_after(70), Duration::from_hours(16));
        assert_eq!(pause_after(80), Duration::from_hours(24));
        assert_eq!(pause_after(u32::MAX), Duration::from_secs(30));
    }

    #[test]
    fn e01_the_hundredth_miss_in_a_row_is_the_last() {
        let nearly = Counter { misses: FIRM - 1, paused_until: NOON };
        assert!(matches!(may_try(nearly, NOON), Verdict::Try(Counter { misses: FIRM, .. })));
        let shut = Counter { misses: FIRM, paused_until: NOON };
        assert_eq!(may_try(shut, NOON.plus(Duration::from_hours(1000))), Verdict::Locked);
    }

    #[test]
    fn a_try_in_a_pause_costs_nothing_and_says_when() {
        let paused = Counter { misses: 5, paused_until: NOON.plus(Duration::from_mins(1)) };
        assert_eq!(may_try(paused, NOON), Verdict::Paused(NOON.plus(Duration::from_mins(1))));
        assert!(matches!(may_try(paused, NOON.plus(Duration::from_mins(1))), Verdict::Try(_)));
    }

    #[test]
    fn the_page_counts_down_to_the_long_pause() {
        assert_eq!([0, 1, 9, 10, 19].map(tries_left), [10, 9, 1, 10, 1]);
    }

    #[test]
    fn a_reset_ends_a_pause_and_leaves_one_round_of_a_firm_lock() {
        let paused = Counter { misses: 47, paused_until: NOON.plus(Duration::from_hours(24)) };
        assert_eq!(after_reset(paused), Counter::NEW);
        let mut counter = after_reset(Counter { misses: FIRM, paused_until: NOON });
        let (mut now, mut tries) = (NOON, 0);
        while let Verdict::Try(next) = may_try(counter, now) {
            assert!(!password_forgets(next.misses), "a right password alone does not open it");
            (counter, now, tries) = (next, next.paused_until, tries + 1);
        }
        assert_eq!(tries, ROUND);
        assert_eq!(may_try(counter, now), Verdict::Locked);
        assert!(password_forgets(1) && password_forgets(GUARDED));
    }

    proptest! {
        /// However patient a guesser is, a hundred tries are all there are.
        #[test]
        fn e01_no_waiting_buys_more_than_a_hundred_tries(waits in proptest::collection::vec(0_u64..200_000, 1..400)) {
            let (mut counter, mut now, mut tries) = (Counter::NEW, NOON, 0);
            for wait in waits {
                now = now.plus(Duration::from_secs(wait));
                if let Verdict::Try(next) = may_try(counter, now) {
                    counter = next;
                    tries += 1;
                }
            }
            prop_assert!(tries <= FIRM);
            prop_assert_eq!(counter.misses, tries);
        }
    }
}
