//! Chance from the operating system: the only place that asks for it.

use payung_domain::dice::Dice;

/// The operating system's generator (N-04).
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemDice;

impl Dice for SystemDice {
    /// # Panics
    ///
    /// When the system has no chance to give: to go on without would hand out keys and codes
    /// that can be guessed.
    fn fill(&self, bytes: &mut [u8]) {
        #[expect(clippy::disallowed_methods, reason = "these are the dice that are handed in")]
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}
