//! Chance that repeats itself: the same seed gives the same throws. Good for stories and for
//! nothing that has to stay secret.

use std::sync::atomic::{AtomicU64, Ordering};

use payung_domain::dice::Dice;

/// A splitmix64 generator: a counter, stirred.
pub(super) struct Chance(AtomicU64);

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Chance {
    /// The throws of one life, which do not depend on those of any other.
    pub(super) fn of(seed: u64, number: u32) -> Self {
        Self(AtomicU64::new(stirred(seed) ^ stirred(u64::from(number).wrapping_mul(STEP))))
    }

    /// A number from 0 up to, not including, `end`.
    pub(super) fn below(&self, end: u32) -> u32 {
        let dice: &dyn Dice = self;
        dice.below(end)
    }

    /// A number between two, both included.
    pub(super) fn between(&self, low: i32, high: i32) -> i32 {
        let choices = high.abs_diff(low).saturating_add(1);
        low.saturating_add_unsigned(self.below(choices))
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(super) fn percent(&self, likely: u32) -> bool {
        self.below(100) < likely
    }

    /// One of these, every one as likely as the next.
    pub(super) fn pick<'a, T>(&self, from: &'a [T]) -> &'a T {
        let choices = u32::try_from(from.len()).unwrap_or(u32::MAX);
        &from[usize::try_from(self.below(choices)).unwrap_or(0)]
    }
}

impl Dice for Chance {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let state = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
            chunk.copy_from_slice(&stirred(state).to_le_bytes()[..chunk.len()]);
        }
    }
}

fn stirred(state: u64) -> u64 {
    let once = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let twice = (once ^ (once >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    twice ^ (twice >> 31)
}
