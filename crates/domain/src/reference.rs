//! The short reference in every message: whoever gets one can ask whether it is really ours.

use std::fmt;

use crate::dice::Dice;
use crate::ids::without_separators;

/// What stands in front, so that people know what they are looking for.
const MARK: &str = "PYG";

/// 32 letters and digits without I, L, O and U: read aloud or off a screen, none is another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// `PYG-7F3K-29QD`: 40 random bits. It opens nothing; it only names a message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference(String);

impl Reference {
    /// A new one.
    #[must_use]
    pub fn new(dice: &dyn Dice) -> Self {
        let letters = dice.bytes::<8>().map(|byte| LETTERS[usize::from(byte % 32)]);
        Self::of(&letters.map(char::from))
    }

    /// Reads what somebody copied: separators, case, a missing mark, and O, I or L for a digit are
    /// forgiven.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let plain = without_separators(typed).to_ascii_uppercase();
        let body = plain.strip_prefix(MARK).filter(|rest| rest.len() == 8).unwrap_or(&plain);
        let letters: Vec<char> = body
            .chars()
            .map(|letter| match letter {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let is_ours = |letter: &char| u8::try_from(*letter).is_ok_and(|b| LETTERS.contains(&b));
        let letters = <[char; 8]>::try_from(letters).ok()?;
        letters.iter().all(is_ours).then(|| Self::of(&letters))
    }

    fn of(letters: &[char; 8]) -> Self {
        let (first, last) = letters.split_at(4);
        let text = |part: &[char]| part.iter().collect::<String>();
        Self(format!("{MARK}-{}-{}", text(first), text(last)))
    }

    /// As it is printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    struct Counting(std::sync::atomic::AtomicU8);

    impl Dice for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for byte in bytes {
                *byte = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
        }
    }

    #[test]
    fn a_reference_is_read_however_it_is_copied() {
        let known = Reference::parse("PYG-7F3K-01QD").unwrap();
        assert_eq!(known.as_str(), "PYG-7F3K-01QD");
        for typed in ["pyg 7f3k 01qd", "7F3K-01QD", "7f3kOiqd", " PYG–7F3K.OLQD\u{200b}"] {
            assert_eq!(Reference::parse(typed), Some(known.clone()), "{typed}");
        }
        for typed in ["", "PYG", "PYG-7F3K", "7F3K-01QDX", "7F3K-01QU", "7F3K-01Q☂"] {
            assert_eq!(Reference::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_new_reference_reads_back() {
        let dice = Counting(0.into());
        for _ in 0..64 {
            let made = Reference::new(&dice);
            assert_eq!(Reference::parse(made.as_str()), Some(made));
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_gives_one_spelling(typed in "\\PC{0,20}") {
            if let Some(read) = Reference::parse(&typed) {
                prop_assert_eq!(Reference::parse(read.as_str()), Some(read));
            }
        }
    }
}
