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

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::Mutex;

    use super::*;
    use crate::ids::{AccountId, MessageId, PersonId};

    /// Falls as told.
    struct Loaded(Mutex<VecDeque<u32>>);

    impl Dice for Loaded {
        fn fill(&self, bytes: &mut [u8]) {
            for four in bytes.chunks_mut(4) {
                let drawn = self.0.lock().unwrap().pop_front().unwrap();
                four.copy_from_slice(&drawn.to_le_bytes()[..four.len()]);
            }
        }
    }

    fn loaded(draws: &[u32]) -> Loaded {
        Loaded(Mutex::new(draws.iter().copied().collect()))
    }

    #[test]
    fn b01_no_number_is_likelier_than_another() {
        // Of 2^32 draws the last 967,296 would favour small codes: they are drawn again.
        let last_fair = u32::MAX - u32::MAX % 1_000_000 - 1;
        let dice = loaded(&[last_fair + 1, u32::MAX, last_fair, 0, 999_999, 1_000_000]);
        let dice: &dyn Dice = &dice;
        let drawn: Vec<u32> = (0..4).map(|_| dice.below(1_000_000)).collect();
        assert_eq!(drawn, [999_999, 0, 999_999, 0]);
    }

    #[test]
    fn f06_an_id_is_made_of_chance_and_of_nothing_else() {
        let draws = [0x1234_5678, 0x9abc_def0, 0x0fed_cba9, 0x8765_4321];
        let twice: Vec<u32> = draws.iter().chain(&draws).chain(&[1, 2, 3, 4]).copied().collect();
        let dice = loaded(&twice);
        let (account, person) = (AccountId::new(&dice), PersonId::new(&dice));
        assert_eq!(account.0, person.0, "the same chance gives the same id, whatever it names");
        assert_ne!(account.0, MessageId::new(&dice).0);
        assert_eq!(account.0.get_version_num(), 4, "122 random bits");
    }
}
