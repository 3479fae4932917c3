//! Keys that tokens are signed with: made, shown, changed, taken out of use.
//!
//! A new key is shown before it signs, for longer than anybody keeps the list, and an old one is
//! shown for a day after its last signature (K-16).

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256,
    RSA_PSS_SHA256, RsaKeyPair, RsaSignatureEncoding,
};
use data_encoding::BASE64;
use jsonwebtoken::jwk::{Jwk, ThumbprintHash};
use jsonwebtoken::{DecodingKey, EncodingKey};
use payung_domain::keyed::Tag;
use payung_domain::oidc::clients::Algorithm;
use payung_domain::time::Instant;
use payung_storage::oidc::keys::{self, SigningKey};
use payung_storage::{Fault, Tx};

use super::jose;
use crate::App;

/// For how long others may keep the list of keys.
pub const LIST_LIFE: Duration = Duration::from_hours(1);

/// For how long a new key is shown before it signs.
const SHOWN_BEFORE: Duration = Duration::from_hours(2);

/// For how long a key is shown after the next one signs.
const SHOWN_AFTER: Duration = Duration::from_hours(24);

/// After this a key is changed by itself (K-16).
const LIFE: Duration = Duration::from_hours(90 * 24);

/// The list in memory is as old as this at most: another node may have changed a key.
const LOOK_AGAIN: Duration = Duration::from_mins(1);

/// A key at work.
pub struct Key {
    /// What is kept of it.
    pub kept: SigningKey,
    /// Its private half, ready to sign.
    pub signs: Signer,
    /// Its public half, ready to check.
    pub checks: DecodingKey,
    /// What it has been found to have signed.
    pub signed: Signed,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.kept.fmt(f)
    }
}

/// Tokens that one of our keys has been found to have signed. To check a signature costs four times
/// what it costs to sign, and an application shows the same token call after call.
///
/// Of each it knows the SHA-256 of all of it, signature included, so that no other token passes for it. It
/// goes with the ring, so that a key that was retired elsewhere is asked for nothing after a minute.
#[derive(Default)]
pub struct Signed(Mutex<HashSet<Tag>>);

impl Signed {
    /// Half a megabyte. When there are as many, all are forgotten, and checked again as they come.
    const MOST: usize = 8_192;

    /// Whether the key was found to have signed this before.
    #[must_use]
    pub fn has(&self, token: &Tag) -> bool {
        self.all().contains(token)
    }

    /// Keeps in mind that it did.
    pub fn add(&self, token: Tag) {
        let mut all = self.all();
        if all.len() >= Self::MOST {
            all.clear();
        }
        all.insert(token);
    }

    fn all(&self) -> MutexGuard<'_, HashSet<Tag>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A private key as it is read once. The JOSE library would read and check it again for every token.
pub enum Signer {
    /// ES256.
    Es256(EcdsaKeyPair),
    /// `EdDSA`.
    EdDsa(Ed25519KeyPair),
    /// PS256.
    Ps256(RsaKeyPair),
    /// RS256.
    Rs256(RsaKeyPair),
}

impl Signer {
    fn read(algorithm: Algorithm, private: &[u8]) -> Result<Self, Fault> {
        match algorithm {
            Algorithm::Es256 => {
                EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, private).map(Self::Es256)
            }
            Algorithm::EdDsa => Ed25519KeyPair::from_pkcs8(private).map(Self::EdDsa),
            Algorithm::Ps256 => RsaKeyPair::from_pkcs8(private).map(Self::Ps256),
            Algorithm::Rs256 => RsaKeyPair::from_pkcs8(private).map(Self::Rs256),
        }
        .map_err(|_| Fault::new("reading a signing key", "the library does not take it"))
    }

    /// The signature of these bytes, as it stands in a token.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Fault> {
        let signed = match self {
            Self::Es256(key) => {
                key.sign(&SystemRandom::new(), message).map(|signature| signature.as_ref().to_vec())
            }
            Self::EdDsa(key) => Ok(key.sign(message).as_ref().to_vec()),
            Self::Ps256(key) => signed_with_rsa(key, &RSA_PSS_SHA256, message),
            Self::Rs256(key) => signed_with_rsa(key, &RSA_PKCS1_SHA256, message),
        };
        signed.map_err(|_| Fault::new("signing a token", "the library did not sign"))
    }
}

fn signed_with_rsa(
    key: &RsaKeyPair,
    padding: &'static RsaSignatureEncoding,
    message: &[u8],
) -> Result<Vec<u8>, Unspecified> {
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(padding, &SystemRandom::new(), message, &mut signature)?;
    Ok(signature)
}

/// Every key, the one that signs latest first.
#[derive(Debug, Default)]
pub struct Ring(Vec<Key>);

/// The ring in memory. May be forgotten at any time.
#[derive(Debug, Default)]
pub struct Cached(RwLock<Memory>);

#[derive(Debug, Default)]
struct Memory {
    /// When it was read, and what was read.
    ring: Option<(Instant, Arc<Ring>)>,
    /// How often it was forgotten.
    changes: u64,
}

impl Cached {
    /// The ring, if it was read a moment ago; else how often it was forgotten so far, for
    /// [`Cached::keep`].
    fn get(&self, now: Instant) -> Result<Arc<Ring>, u64> {
        let memory = self.0.read().unwrap_or_else(PoisonError::into_inner);
        match &memory.ring {
            Some((read_at, ring)) if *read_at <= now && now.since(*read_at) < LOOK_AGAIN => {
                Ok(Arc::clone(ring))
            }
            _ => Err(memory.changes),
        }
    }

    /// Keeps what was read, unless a key changed while it was.
    fn keep(&self, changes: u64, now: Instant, ring: &Arc<Ring>) {
        let mut memory = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if memory.changes == changes {
            memory.ring = Some((now, Arc::clone(ring)));
        }
    }

    fn forget(&self) {
        let mut memory = self.0.write().unwrap_or_else(PoisonError::into_inner);
        memory.ring = None;
        memory.changes = memory.changes.wrapping_add(1);
    }
}

impl Ring {
    /// The key that signs now.
    #[must_use]
    pub fn signing(&self, algorithm: Algorithm, now: Instant) -> Option<&Key> {
        self.0.iter().find(|key| {
            key.kept.algorithm == algorithm
                && key.kept.signs_from <= now
                && key.kept.retired_at.is_none()
        })
    }

    /// The key of this name, as long as it is in use or was.
    #[must_use]
    pub fn named(&self, id: &str) -> Option<&Key> {
        self.0.iter().find(|key| key.kept.id == id && key.kept.retired_at.is_none())
    }

    /// The keys that others are shown.
    pub fn shown(&self, now: Instant) -> impl Iterator<Item = &Key> {
        self.0.iter().filter(move |key| {
            let next = self.0.iter().rfind(|other| {
                other.kept.algorithm == key.kept.algorithm
                    && other.kept.signs_from > key.kept.signs_from
            });
            let is_over = next.is_some_and(|next| now >= next.kept.signs_from.plus(SHOWN_AFTER));
            key.kept.retired_at.is_none() && !is_over
        })
    }

    /// The list that others are shown, in JSON (RFC 7517). A key is kept as it stands there.
    #[must_use]
    pub fn list(&self, now: Instant) -> String {
        let keys: Vec<&str> = self.shown(now).map(|key| &*key.kept.public).collect();
        format!("{{\"keys\":[{}]}}", keys.join(","))
    }
}

/// Every key there is.
pub async fn ring(app: &App, now: Instant) -> Result<Arc<Ring>, Fault> {
    let changes = match app.provider.get(now) {
        Ok(ring) => return Ok(ring),
        Err(changes) => changes,
    };
    let mut tx = app.store.read().await?;
    let kept = keys::all(&mut tx, app.store.vault()).await?;
    let keys = kept.into_iter().map(at_work).collect::<Result<_, _>>()?;
    let ring = Arc::new(Ring(keys));
    app.provider.keep(changes, now, &ring);
    Ok(ring)
}

/// The ring with a key that signs so, which is made where there is none yet.
pub async fn ring_with(app: &App, algorithm: Algorithm, now: Instant) -> Result<Arc<Ring>, Fault> {
    let known = ring(app, now).await?;
    if known.signing(algorithm, now).is_some() {
        return Ok(known);
    }
    make(app, algorithm, now, now).await?;
    ring(app, now).await
}

/// Makes what is missing: a key for each algorithm that is on offer.
pub async fn make_missing(app: &App, now: Instant) -> Result<(), Fault> {
    for algorithm in Algorithm::ALL {
        ring_with(app, algorithm, now).await?;
    }
    Ok(())
}

/// Makes the next key of an algorithm; it signs once everybody has seen it. Answers its name.
pub async fn rotate(app: &App, algorithm: Algorithm, now: Instant) -> Result<String, Fault> {
    let has_one = ring(app, now).await?.signing(algorithm, now).is_some();
    let from = if has_one { now.plus(SHOWN_BEFORE) } else { now };
    make(app, algorithm, from, now).await
}

/// Changes every key that is old, unless its next one is made already.
pub async fn rotate_old(app: &App, now: Instant) -> Result<(), Fault> {
    for algorithm in Algorithm::ALL {
        let ring = ring(app, now).await?;
        let newest = ring
            .0
            .iter()
            .find(|key| key.kept.algorithm == algorithm && key.kept.retired_at.is_none());
        if newest.is_some_and(|key| now.since(key.kept.signs_from) >= LIFE) {
            rotate(app, algorithm, now).await?;
        }
    }
    Ok(())
}

/// Takes a key out of use: what it signed is worth nothing from here on, on other nodes and in other
/// programs within a minute. `false` where there is none of this name.
pub async fn retire(app: &App, id: &str, now: Instant) -> Result<bool, Fault> {
    let mut tx = app.store.write().await?;
    let is_retired = keys::retire(&mut tx, id, now).await?;
    tx.commit().await?;
    app.provider.forget();
    Ok(is_retired)
}

async fn make(
    app: &App,
    algorithm: Algorithm,
    signs_from: Instant,
    now: Instant,
) -> Result<String, Fault> {
    let Fresh { id, public, private } = fresh(algorithm).await?;
    let key = SigningKey {
        id: id.clone(),
        algorithm,
        public,
        private,
        created_at: now,
        signs_from,
        retired_at: None,
    };
    let mut tx: Tx = app.store.write().await?;
    keys::add(&mut tx, app.store.vault(), &key).await?;
    tx.commit().await?;
    app.provider.forget();
    Ok(id)
}

/// A key that was made just now.
pub(crate) struct Fresh {
    /// The thumbprint of its public half.
    pub(crate) id: String,
    /// The public half, a JSON Web Key that says its name.
    pub(crate) public: String,
    /// The private half, PKCS #8.
    pub(crate) private: Vec<u8>,
}

/// Makes a key and keeps it nowhere.
pub(crate) async fn fresh(algorithm: Algorithm) -> Result<Fresh, Fault> {
    // Large primes take a while, and no transaction waits for them.
    let private = tokio::task::spawn_blocking(move || private_key(algorithm))
        .await
        .map_err(Fault::while_doing("making a signing key"))??;
    let mut public =
        Jwk::from_encoding_key(&encoding(algorithm, &private)?, jose::joses(algorithm))
            .map_err(Fault::while_doing("making a signing key"))?;
    let id = public
        .thumbprint(ThumbprintHash::SHA256)
        .map_err(Fault::while_doing("naming a signing key"))?;
    public.common.key_id = Some(id.clone());
    public.common.public_key_use = Some(jsonwebtoken::jwk::PublicKeyUse::Signature);
    let public =
        serde_json::to_string(&public).map_err(Fault::while_doing("writing a signing key"))?;
    Ok(Fresh { id, public, private })
}

/// A new private key. Its chance comes from the library, which takes no other.
fn private_key(algorithm: Algorithm) -> Result<Vec<u8>, Fault> {
    let failed = || Fault::new("making a signing key", "the library made none");
    match algorithm {
        Algorithm::Es256 => {
            let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
                .and_then(|key| key.to_pkcs8v1().map(|der| der.as_ref().to_vec()));
            key.map_err(|_| failed())
        }
        Algorithm::EdDsa => {
            // Version 1, without the public half: the library knows the curve by the length.
            let key = Ed25519KeyPair::generate()
                .and_then(|key| key.to_pkcs8v1().map(|der| der.as_ref().to_vec()));
            key.map_err(|_| failed())
        }
        Algorithm::Ps256 | Algorithm::Rs256 => {
            let key = aws_lc_rs::rsa::KeyPair::generate(KeySize::Rsa3072).and_then(|key| {
                AsDer::<aws_lc_rs::encoding::Pkcs8V1Der<'_>>::as_der(&key)
                    .map(|der| der.as_ref().to_vec())
            });
            key.map_err(|_| failed())
        }
    }
}

fn at_work(kept: SigningKey) -> Result<Key, Fault> {
    let public: Jwk =
        serde_json::from_str(&kept.public).map_err(Fault::while_doing("reading a signing key"))?;
    let checks =
        DecodingKey::from_jwk(&public).map_err(Fault::while_doing("reading a signing key"))?;
    let signs = Signer::read(kept.algorithm, &kept.private)?;
    Ok(Key { kept, signs, checks, signed: Signed::default() })
}

pub(crate) fn encoding(algorithm: Algorithm, private: &[u8]) -> Result<EncodingKey, Fault> {
    match algorithm {
        Algorithm::Es256 => Ok(EncodingKey::from_ec_der(private)),
        Algorithm::EdDsa => Ok(EncodingKey::from_ed_der(private)),
        // The library wants an RSA key without its PKCS #8 shell, and takes the shell off a PEM.
        Algorithm::Ps256 | Algorithm::Rs256 => {
            let pem = format!(
                "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
                BASE64.encode(private)
            );
            EncodingKey::from_rsa_pem(pem.as_bytes())
                .map_err(Fault::while_doing("reading a signing key"))
        }
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64URL_NOPAD;

    use super::*;

    #[test]
    fn what_a_key_signs_is_checked_with_its_public_half() {
        for algorithm in Algorithm::ALL {
            let private = private_key(algorithm).unwrap();
            let signer = Signer::read(algorithm, &private).unwrap();
            let signature = BASE64URL_NOPAD.encode(&signer.sign(b"a.b").unwrap());
            let name = jose::joses(algorithm);
            let public = Jwk::from_encoding_key(&encoding(algorithm, &private).unwrap(), name);
            let checks = DecodingKey::from_jwk(&public.unwrap()).unwrap();
            let is_ours = |bytes| jsonwebtoken::crypto::verify(&signature, bytes, &checks, name);
            assert!(is_ours(b"a.b").unwrap(), "{}", algorithm.name());
            assert!(!is_ours(b"a.c").unwrap(), "{}", algorithm.name());
        }
    }

    #[test]
    fn k16_a_list_that_was_read_before_a_change_is_not_kept() {
        let (cached, now) = (Cached::default(), Instant::from_micros(0));
        let changes = cached.get(now).unwrap_err();
        cached.forget();
        cached.keep(changes, now, &Arc::default());
        let changes = cached.get(now).unwrap_err();
        cached.keep(changes, now, &Arc::default());
        assert!(cached.get(now).is_ok());
        assert!(cached.get(now.plus(LOOK_AGAIN)).is_err(), "another node may have changed one");
    }

    #[test]
    fn tokens_that_were_checked_are_known_until_there_are_too_many() {
        let (signed, number) = (Signed::default(), |of: usize| {
            let mut tag = [0; 32];
            tag[..8].copy_from_slice(&of.to_be_bytes());
            tag
        });
        (0..Signed::MOST).for_each(|of| signed.add(number(of)));
        assert!(signed.has(&number(0)) && !signed.has(&number(Signed::MOST)));
        signed.add(number(Signed::MOST));
        assert!(signed.has(&number(Signed::MOST)) && !signed.has(&number(0)));
    }

    #[test]
    fn bytes_that_are_no_key_sign_nothing() {
        for algorithm in Algorithm::ALL {
            assert!(Signer::read(algorithm, b"no key").is_err());
        }
    }
}
