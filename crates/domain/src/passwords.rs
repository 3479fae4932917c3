//! Passwords as they are typed. How they are hashed is `flows::hashing`'s business.

use unicode_normalization::UnicodeNormalization;

use crate::secret::Secret;

/// The most code points a password may have.
pub const LONGEST: usize = 128;

/// The password in the one form that is hashed: NFC and nothing else changed.
///
/// `None` when it is longer than any password can be: it is wrong, and hashing a megabyte to say
/// so would serve an attacker.
#[must_use]
pub fn normalised(typed: &Secret) -> Option<Secret> {
    let within = typed.expose().chars().nth(LONGEST).is_none();
    within.then(|| Secret::new(typed.expose().nfc().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_typed_two_ways_is_one_password() {
        let composed = normalised(&Secret::from("caf\u{e9}"));
        assert_eq!(composed, normalised(&Secret::from("cafe\u{301}")));
    }

    #[test]
    fn spaces_and_case_stay_as_typed() {
        assert_eq!(normalised(&Secret::from(" A b ")).unwrap().expose(), " A b ");
    }

    #[test]
    fn a_code_point_is_one_however_many_bytes_it_takes() {
        assert!(normalised(&Secret::new("☂".repeat(LONGEST))).is_some());
        assert!(normalised(&Secret::new("☂".repeat(LONGEST + 1))).is_none());
    }
}
