//! The reference of a staged recovery: what somebody without phone and e-mail has in their hand.

use std::fmt;

use crate::dice::Dice;
use crate::ids::without_separators;
use crate::reference::{LETTERS, meant};

/// What stands in front: "pemulihan".
const MARK: &str = "PLH";

/// Seven letters by chance and one that checks them.
const LENGTH: usize = 8;

/// `PLH-7F3K-29QD`: 35 random bits and a check letter, so that one wrong letter, or two that changed
/// places, name no other recovery. It names a recovery and proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecoveryReference(String);

impl RecoveryReference {
    /// A new one.
    #[must_use]
    pub fn new(dice: &dyn Dice) -> Self {
        let drawn = dice.bytes::<{ LENGTH - 1 }>().map(|byte| byte % 32);
        let values: Vec<u8> = drawn.into_iter().chain([check(&drawn)]).collect();
        Self::of(&values)
    }

    /// Reads what somebody copied: separators, case, a missing mark, and O, I or L for a digit are
    /// forgiven. A wrong letter is not.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let plain = without_separators(typed).to_ascii_uppercase();
        let body = plain.strip_prefix(MARK).filter(|rest| rest.len() == LENGTH).unwrap_or(&plain);
        let values: Option<Vec<u8>> = body.chars().map(|letter| value_of(meant(letter))).collect();
        let values = values.filter(|values| values.len() == LENGTH)?;
        let (drawn, last) = values.split_at(LENGTH - 1);
        (last == [check(drawn)]).then(|| Self::of(&values))
    }

    fn of(values: &[u8]) -> Self {
        let letters: String =
            values.iter().map(|value| char::from(LETTERS[usize::from(value % 32)])).collect();
        let (first, last) = letters.split_at(LENGTH / 2);
        Self(format!("{MARK}-{first}-{last}"))
    }

    /// As it is printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RecoveryReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn value_of(letter: char) -> Option<u8> {
    let place = LETTERS.iter().position(|ours| char::from(*ours) == letter)?;
    u8::try_from(place).ok()
}

/// The sum of the letters in the field of 32, each weighed by another power of its generator: a
/// change of one letter, or of two places, always changes the sum.
fn check(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| times_the_generator(sum ^ value))
}

const fn times_the_generator(value: u8) -> u8 {
    // x⁵ + x² + 1, which is primitive.
    let doubled = value << 1;
    if doubled & 0b10_0000 == 0 { doubled } else { doubled ^ 0b10_0101 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    struct Fixed([u8; LENGTH - 1]);

    impl Dice for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.copy_from_slice(&self.0);
        }
    }

    #[test]
    fn a_reference_is_read_however_it_is_copied() {
        let made = RecoveryReference::new(&Fixed([7, 15, 3, 19, 1, 0, 22]));
        let shown = made.as_str().to_owned();
        assert!(shown.starts_with("PLH-7F3K-10P") && shown.len() == 13, "{shown}");
        let last = shown.chars().last().unwrap();
        for typed in [
            shown.to_lowercase(),
            format!("7F3K-10P{last}"),
            format!("plh 7f3k lop{last}"),
            format!(" PLH–7F3K.IOP{last}\u{200b}"),
        ] {
            assert_eq!(RecoveryReference::parse(&typed), Some(made.clone()), "{typed}");
        }
        for typed in ["", "PLH", "PLH-7F3K", "PYG-7F3K-29QD", "7F3K-29QU", "7F3K-29Q☂"] {
            assert_eq!(RecoveryReference::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn the_generator_reaches_every_value_but_zero() {
        let mut seen = std::collections::BTreeSet::new();
        let mut value = 1;
        while seen.insert(value) {
            value = times_the_generator(value);
        }
        assert_eq!(seen.len(), 31);
    }

    proptest! {
        #[test]
        fn one_wrong_letter_or_two_that_changed_places_are_noticed(
            drawn in any::<[u8; LENGTH - 1]>(),
            place in 0..LENGTH,
            other in 0..LENGTH,
            letter in 0..32_usize,
        ) {
            let made = RecoveryReference::new(&Fixed(drawn));
            let letters: Vec<char> = made.as_str()[4..].chars().filter(|c| *c != '-').collect();
            let mut wrong = letters.clone();
            wrong[place] = char::from(LETTERS[letter]);
            let mut swapped = letters.clone();
            swapped.swap(place, other);
            for changed in [wrong, swapped] {
                let read = RecoveryReference::parse(&changed.iter().collect::<String>());
                prop_assert_eq!(read.is_some(), changed == letters);
            }
        }

        #[test]
        fn reading_never_panics_and_gives_one_spelling(typed in "\\PC{0,20}") {
            if let Some(read) = RecoveryReference::parse(&typed) {
                prop_assert_eq!(RecoveryReference::parse(read.as_str()), Some(read));
            }
        }
    }
}
