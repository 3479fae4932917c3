//! Sealing personal data before it reaches a row, and finding it again without opening it.
//!
//! XChaCha20-Poly1305 with a random nonce; the row it belongs to is associated data, so that a
//! sealed value moved to another row does not open there (N-02). The key never touches the
//! database.

use std::sync::Arc;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use payung_domain::dice::Dice;
use payung_domain::keyed::{Key, Tag};

use crate::fault::Fault;

const NONCE: usize = 24;

/// The keys of an installation at work.
#[derive(Clone)]
pub struct Vault {
    /// Newest first: it seals; the older ones still open.
    sealing: Arc<[(u8, Key)]>,
    index: Key,
    dice: Arc<dyn Dice>,
}

/// Where a sealed value belongs: table, column and the key of its row.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a>(pub &'static str, pub &'static str, pub &'a [u8]);

/// Why sealed bytes did not open.
#[derive(Debug, thiserror::Error)]
enum Unopened {
    #[error("{0}.{1}: no key of version {2}")]
    NoKey(&'static str, &'static str, u8),
    #[error("{0}.{1}: the sealed value was changed or moved, or the key is wrong")]
    Broken(&'static str, &'static str),
}

impl Vault {
    /// A vault with these sealing keys, newest first, and this key for blind indexes.
    ///
    /// # Panics
    /// Without a single sealing key.
    #[must_use]
    pub fn new(sealing: Vec<(u8, Key)>, index: Key, dice: Arc<dyn Dice>) -> Self {
        assert!(!sealing.is_empty(), "a vault needs a sealing key");
        Self { sealing: sealing.into(), index, dice }
    }

    /// Seals a value for its place: key version, nonce, sealed bytes.
    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let (version, key) = &self.sealing[0];
        let nonce: [u8; NONCE] = self.dice.bytes();
        let payload = Payload { msg: plain, aad: &bound_to(place, *version) };
        let sealed = cipher(key)
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Fault::new("sealing personal data", "the value is too long"))?;
        Ok([&[*version], &nonce[..], &sealed].concat())
    }

    /// Opens what was sealed for this very place.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        let broken = || Fault::new("opening personal data", Unopened::Broken(place.0, place.1));
        let (version, rest) = sealed.split_first().ok_or_else(broken)?;
        let (nonce, body) = rest.split_at_checked(NONCE).ok_or_else(broken)?;
        let nonce = <[u8; NONCE]>::try_from(nonce).map_err(|_| broken())?;
        let (_, key) =
            self.sealing.iter().find(|(known, _)| known == version).ok_or_else(|| {
                Fault::new("opening personal data", Unopened::NoKey(place.0, place.1, *version))
            })?;
        let payload = Payload { msg: body, aad: &bound_to(place, *version) };
        cipher(key).decrypt(&XNonce::from(nonce), payload).map_err(|_| broken())
    }

    /// Opens text.
    pub fn open_text(&self, place: Place<'_>, sealed: &[u8]) -> Result<String, Fault> {
        String::from_utf8(self.open(place, sealed)?)
            .map_err(Fault::while_doing("reading opened text"))
    }

    /// The blind index of a value: finds the row of an exact value, tells nothing else.
    #[must_use]
    pub fn index(&self, kind: &str, value: &str) -> Tag {
        self.index.tag(&[b"index", kind.as_bytes(), value.as_bytes()])
    }

    /// The key of the chain over what is written down at the desk.
    #[must_use]
    pub fn chain_key(&self) -> Key {
        self.index.derive("staff audit chain")
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.bytes().into())
}

fn bound_to(Place(table, column, row): Place<'_>, version: u8) -> Vec<u8> {
    [&[version], table.as_bytes(), b".", column.as_bytes(), b".", row].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::sync::atomic::AtomicU8);

    impl Dice for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        }
    }

    fn vault(versions: &[u8]) -> Vault {
        let sealing = versions.iter().map(|v| (*v, Key::new([*v; 32]))).collect();
        Vault::new(sealing, Key::new([9; 32]), Arc::new(Counting(0.into())))
    }

    const HOME: Place<'_> = Place("people", "name", b"row");

    #[test]
    fn n02_c04_d08_a_sealed_value_opens_only_where_it_belongs() {
        let vault = vault(&[1]);
        let sealed = vault.seal(HOME, b"Siti").unwrap();
        assert_eq!(vault.open(HOME, &sealed).unwrap(), b"Siti");
        for elsewhere in [
            Place("people", "name", b"other"),
            Place("people", "nik", b"row"),
            Place("accounts", "name", b"row"),
        ] {
            assert!(vault.open(elsewhere, &sealed).is_err());
        }
    }

    #[test]
    fn n02_the_same_value_never_looks_the_same_twice() {
        let vault = vault(&[1]);
        assert_ne!(vault.seal(HOME, b"Siti").unwrap(), vault.seal(HOME, b"Siti").unwrap());
        assert_eq!(vault.index("nik", "1"), vault.index("nik", "1"));
        assert_ne!(vault.index("nik", "1"), vault.index("kpj", "1"));
    }

    #[test]
    fn n03_an_older_key_still_opens_what_it_sealed() {
        let sealed = vault(&[1]).seal(HOME, b"Siti").unwrap();
        assert_eq!(vault(&[2, 1]).open(HOME, &sealed).unwrap(), b"Siti");
        assert!(vault(&[2]).open(HOME, &sealed).is_err());
    }

    #[test]
    fn every_flipped_or_missing_byte_is_noticed() {
        let vault = vault(&[1]);
        let sealed = vault.seal(HOME, b"Siti").unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(vault.open(HOME, &changed).is_err(), "byte {at}");
            assert!(vault.open(HOME, &sealed[..at]).is_err(), "cut at {at}");
        }
    }
}
