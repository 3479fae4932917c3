//! The short references that people copy: from messages, reports, cases, claims and statements.

use std::fmt;

use crate::dice::Dice;
use crate::ids::without_separators;

/// 32 letters and digits without I, L, O and U: read aloud or off a screen, none is another.
pub(crate) const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The letter of ours that was meant by one that only looks like it.
pub(crate) const fn meant(letter: char) -> char {
    match letter {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

/// So many letters by chance.
pub(crate) fn drawn<const N: usize>(dice: &dyn Dice) -> [char; N] {
    dice.bytes::<N>().map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
}

/// The letters that somebody copied: separators, case, a missing mark, and O, I or L for a digit are
/// forgiven.
pub(crate) fn copied<const N: usize>(mark: &str, typed: &str) -> Option<[char; N]> {
    let plain = without_separators(typed).to_ascii_uppercase();
    let body = plain.strip_prefix(mark).filter(|rest| rest.len() == N).unwrap_or(&plain);
    let letters: Vec<char> = body.chars().map(meant).collect();
    let is_ours = |letter: &char| u8::try_from(*letter).is_ok_and(|b| LETTERS.contains(&b));
    <[char; N]>::try_from(letters).ok().filter(|letters| letters.iter().all(is_ours))
}

/// The mark and the letters, four by four.
pub(crate) fn printed(mark: &str, letters: &[char]) -> String {
    letters
        .chunks(4)
        .fold(mark.to_owned(), |text, four| text + "-" + &four.iter().collect::<String>())
}

/// A reference of eight letters behind a mark: 40 random bits, which name something and open nothing.
macro_rules! reference {
    ($(#[$doc:meta])* $name:ident $mark:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// A new one.
            #[must_use]
            pub fn new(dice: &dyn $crate::dice::Dice) -> Self {
                Self($crate::reference::printed($mark, &$crate::reference::drawn::<8>(dice)))
            }

            /// Reads what somebody copied: separators, case, a missing mark, and O, I or L for a
            /// digit are forgiven.
            #[must_use]
            pub fn parse(typed: &str) -> Option<Self> {
                let letters = $crate::reference::copied::<8>($mark, typed)?;
                Some(Self($crate::reference::printed($mark, &letters)))
            }

            /// As it is printed.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(crate) use reference;

reference! {
    /// `PYG-7F3K-29QD`, on a message: whoever gets one can ask whether it is really ours.
    Reference "PYG"
}

/// What stands in front of the code of a statement.
const STATEMENT_MARK: &str = "PYS";

/// `PYS-7F3K-29QD-0M4T-ZC8W`: 80 random bits on a statement. Whoever has the paper may see its sums
/// again, so a code must not be found by trying.
#[derive(Clone, PartialEq, Eq)]
pub struct StatementCode(String);

impl StatementCode {
    /// A new one.
    #[must_use]
    pub fn new(dice: &dyn Dice) -> Self {
        Self(printed(STATEMENT_MARK, &drawn::<16>(dice)))
    }

    /// Reads what somebody copied, as forgiving as [`Reference::parse`].
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        copied::<16>(STATEMENT_MARK, typed).map(|letters| Self(printed(STATEMENT_MARK, &letters)))
    }

    /// As it is printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for StatementCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StatementCode(…)")
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

    #[test]
    fn the_code_of_a_statement_is_read_however_it_is_copied_and_is_no_reference() {
        let known = StatementCode::parse("PYS-7F3K-01QD-0M4T-ZC8W").unwrap();
        assert_eq!(known.as_str(), "PYS-7F3K-01QD-0M4T-ZC8W");
        for typed in ["pys7f3koiqd0m4tzc8w", "7F3K 01QD 0M4T ZC8W", "PYS.7f3k–OLQD 0m4t-zc8w"] {
            assert_eq!(StatementCode::parse(typed), Some(known.clone()), "{typed}");
        }
        for typed in ["", "PYS", "PYS-7F3K-01QD", "PYG-7F3K-01QD", "7F3K-01QD-0M4T-ZC8U"] {
            assert_eq!(StatementCode::parse(typed), None, "{typed}");
        }
        assert_eq!(Reference::parse(known.as_str()), None);
        assert_eq!(format!("{known:?}"), "StatementCode(…)");
        let made = StatementCode::new(&Counting(7.into()));
        assert_eq!(StatementCode::parse(made.as_str()), Some(made));
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
