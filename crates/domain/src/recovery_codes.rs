//! Recovery codes: ten on paper, each good once, for the day when the phone is gone.
//!
//! They stand in for the second step only; the password is still asked for (R4).

use crate::dice::Dice;
use crate::ids::{AccountId, without_separators};
use crate::keyed::Key;
use crate::secret::Secret;

/// How many a set has.
pub const IN_A_SET: usize = 10;

/// From so few left on, the owner is told to make new ones.
pub const FEW: usize = 3;

/// Sixteen characters of five random bits each (G-08).
const LENGTH: usize = 16;

/// So many of them show that a code was saved.
const ENDING: usize = 4;

/// Digits and letters but I, L, O and U: nothing on paper looks like something else.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 80 random bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryCode(Secret);

/// Why typed text is no recovery code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Nothing was typed.
    Empty,
    /// It is not sixteen of the characters that codes have.
    NotOne,
}

impl RecoveryCode {
    /// A new one.
    #[must_use]
    pub fn new(dice: &dyn Dice) -> Self {
        let letters =
            dice.bytes::<LENGTH>().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
        Self(Secret::new(letters.iter().collect()))
    }

    /// A set whose places all differ, so that each is found by its own.
    #[must_use]
    pub fn new_set(dice: &dyn Dice, key: &Key, account: AccountId) -> Vec<Self> {
        let mut set: Vec<Self> = Vec::with_capacity(IN_A_SET);
        while set.len() < IN_A_SET {
            let code = Self::new(dice);
            if set.iter().all(|other| other.place(key, account) != code.place(key, account)) {
                set.push(code);
            }
        }
        set
    }

    /// Reads what was typed from paper: case, spaces and hyphens are forgiven, and so are the
    /// letters that are none of ours but look like one.
    pub fn parse(typed: &str) -> Result<Self, Unreadable> {
        read(typed, LENGTH).map(Self)
    }

    /// The last four characters, which whoever saved the code can type.
    #[must_use]
    pub fn ending(&self) -> Secret {
        Secret::from(&self.0.expose()[LENGTH - ENDING..])
    }

    /// Reads such an ending, as forgivingly as a code; a whole code has one too.
    pub fn parse_ending(typed: &str) -> Result<Secret, Unreadable> {
        read(typed, ENDING).or_else(|problem| match Self::parse(typed) {
            Ok(whole) => Ok(whole.ending()),
            Err(_) => Err(problem),
        })
    }

    /// The sixteen characters as they are hashed.
    #[must_use]
    pub const fn secret(&self) -> &Secret {
        &self.0
    }

    /// `ABCD-EFGH-JKMN-PQRS`, as it is shown, once.
    #[must_use]
    pub fn in_groups(&self) -> Secret {
        let text = self.0.expose();
        let groups: Vec<&str> = (0..LENGTH / 4).map(|n| &text[n * 4..n * 4 + 4]).collect();
        Secret::new(groups.join("-"))
    }

    /// Where the code stands in its set: 16 bits of a keyed hash, kept beside the slow one.
    ///
    /// It finds the row, so a try costs one Argon2id and not ten. Whoever steals the database and
    /// the key learns 16 of 80 bits; 64 behind Argon2id are left, which is what G-08 asks for.
    #[must_use]
    pub fn place(&self, key: &Key, account: AccountId) -> u32 {
        let tag = key.tag(&[b"recovery code", account.0.as_bytes(), self.0.expose().as_bytes()]);
        u32::from(u16::from_be_bytes([tag[0], tag[1]]))
    }
}

/// So many characters of ours, however they were typed.
fn read(typed: &str, length: usize) -> Result<Secret, Unreadable> {
    let text = without_separators(typed);
    if text.is_empty() {
        return Err(Unreadable::Empty);
    }
    let meant = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let code: String = text.chars().map(meant).collect();
    let is_ours = |byte: u8| ALPHABET.contains(&byte);
    if code.len() == length && code.bytes().all(is_ours) {
        Ok(Secret::new(code))
    } else {
        Err(Unreadable::NotOne)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    struct Counting(AtomicU32);

    impl Dice for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for byte in bytes {
                let drawn = self.0.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b1);
                *byte = drawn.to_be_bytes()[0];
            }
        }
    }

    const SITI: AccountId = AccountId(Uuid::nil());

    #[test]
    fn g08_a_code_is_four_groups_of_four_that_cannot_be_mistaken() {
        let code = RecoveryCode::new(&Counting(0.into()));
        let shown = code.in_groups();
        assert_eq!((shown.expose().len(), shown.expose().matches('-').count()), (19, 3));
        assert!(!shown.expose().contains(['I', 'L', 'O', 'U']));
        assert_eq!(format!("{code:?}"), "RecoveryCode(Secret(…))");
    }

    #[test]
    fn what_people_type_from_paper_is_forgiven() {
        let code = RecoveryCode::parse("0123-4567-89AB-1DEF").unwrap();
        for typed in ["0123456789ab1def", "o123 4567 89ab ldef", " O123-4567.89AB-iDEF\u{200b}"] {
            assert_eq!(RecoveryCode::parse(typed), Ok(code.clone()), "{typed}");
        }
        assert_eq!(RecoveryCode::parse(" - "), Err(Unreadable::Empty));
        for nonsense in ["0123", "0123-4567-89AB-1DEU", "0123-4567-89AB-1DEF0", "☂☂☂☂☂"] {
            assert_eq!(RecoveryCode::parse(nonsense), Err(Unreadable::NotOne), "{nonsense}");
        }
    }

    #[test]
    fn whoever_saved_a_code_can_type_its_end() {
        let code = RecoveryCode::parse("0123-4567-89AB-1DEF").unwrap();
        assert_eq!(code.ending().expose(), "1DEF");
        for typed in ["1def", " LD-EF ", "iDeF", "0123 4567 89AB 1DEF"] {
            assert_eq!(RecoveryCode::parse_ending(typed), Ok(code.ending()), "{typed}");
        }
        assert_eq!(RecoveryCode::parse_ending(" "), Err(Unreadable::Empty));
        for typed in ["1DE", "1DEFG", "1DEU", "☂☂☂☂", "0123-4567-89AB"] {
            assert_eq!(RecoveryCode::parse_ending(typed), Err(Unreadable::NotOne), "{typed}");
        }
    }

    #[test]
    fn a_set_has_ten_codes_in_ten_places() {
        let key = Key::new([1; 32]);
        let set = RecoveryCode::new_set(&Counting(3.into()), &key, SITI);
        let mut places: Vec<u32> = set.iter().map(|code| code.place(&key, SITI)).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!((set.len(), places.len()), (IN_A_SET, IN_A_SET));
    }

    #[test]
    fn a_place_says_nothing_without_the_key_and_nothing_about_another_account() {
        let code = RecoveryCode::parse("0123-4567-89AB-1DEF").unwrap();
        let place = code.place(&Key::new([1; 32]), SITI);
        assert_ne!(place, code.place(&Key::new([2; 32]), SITI));
        assert_ne!(place, code.place(&Key::new([1; 32]), AccountId(Uuid::from_u128(1))));
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_what_is_shown_is_read_back(typed in "\\PC{0,40}", seed: u32) {
            let _ = RecoveryCode::parse(&typed);
            let _ = RecoveryCode::parse_ending(&typed);
            let code = RecoveryCode::new(&Counting(seed.into()));
            prop_assert_eq!(RecoveryCode::parse(code.in_groups().expose()), Ok(code));
        }
    }
}
