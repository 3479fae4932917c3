//! Keyed hashes: how codes, counters and look-ups are kept without keeping what was typed.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// A 256-bit key. It never prints itself and is wiped when it goes.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

/// What a keyed hash gives: tells two inputs apart and nothing else about them.
pub type Tag = [u8; 32];

impl Key {
    /// Takes 32 random bytes as a key.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A key for one purpose, so that no two purposes share one.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Self {
        Self::new(self.tag(&[b"derive", purpose.as_bytes()]))
    }

    /// HMAC-SHA-256 over the parts, each with its length in front, so that `ab`+`c` is not `a`+`bc`.
    #[must_use]
    pub fn tag(&self, parts: &[&[u8]]) -> Tag {
        // HMAC takes a key of any length, so this cannot fail.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&*self.0) else { unreachable!() };
        for part in parts {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// The bare bytes, for libraries that take a key.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

/// SHA-256, for tokens that have 128 random bits or more and so need no key.
#[must_use]
pub fn digest(bytes: &[u8]) -> Tag {
    Sha256::digest(bytes).into()
}

/// Whether two byte strings are the same, in time that does not depend on where they differ (A4).
#[must_use]
pub fn same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_letter_between_parts_changes_the_tag() {
        let key = Key::new([7; 32]);
        assert_ne!(key.tag(&[b"ab", b"c"]), key.tag(&[b"a", b"bc"]));
        assert!(same(&key.tag(&[b"a"]), &key.tag(&[b"a"])));
        assert_ne!(key.derive("codes").bytes(), key.derive("csrf").bytes());
    }
}
