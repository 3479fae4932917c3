//! Chance, handed in: codes, tokens and ids are made from dice that the caller gives.

use uuid::Uuid;

/// Where chance comes from. The program asks the operating system, tests load the dice.
pub trait Dice: Send + Sync {
    /// Fills the whole slice with bytes that nobody can foresee.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Dice + '_ {
    /// `N` bytes nobody can foresee.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A random id: 122 bits, never sequential, made from nothing (F-06).
    #[must_use]
    pub fn id(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// A number from 0 up to, not including, `end`, every one as likely as the next (B-01).
    ///
    /// Draws again where a plain remainder would favour small numbers.
    #[must_use]
    pub fn below(&self, end: u32) -> u32 {
        let fair = u32::MAX - u32::MAX % end;
        loop {
            let drawn = u32::from_le_bytes(self.bytes());
            if drawn < fair {
                return drawn % end;
            }
        }
    }
}
