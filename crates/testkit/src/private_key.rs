//! A private key on P-256, as the conformance suite has them: it signs assertions and proofs.
//!
//! Written from the JOSE texts and not from the library that checks it, so that the two agree on the
//! standard and not on each other.

use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A private key.
#[derive(Clone, Debug)]
pub struct PrivateKey(SigningKey);

impl PrivateKey {
    /// The key of a JSON Web Key.
    #[must_use]
    pub fn of(key: &Value) -> Self {
        let number = key["d"].as_str().expect("a private key");
        let number = BASE64URL_NOPAD.decode(number.as_bytes()).expect("a number");
        Self(SigningKey::from_slice(&number).expect("a number that is a key"))
    }

    /// A key of its own for each number.
    #[must_use]
    pub fn numbered(number: u8) -> Self {
        Self(SigningKey::from_slice(&[number; 32]).expect("a number that is a key"))
    }

    /// Its public half, as a JSON Web Key.
    #[must_use]
    pub fn public(&self) -> Value {
        let (x, y) = self.point();
        json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y })
    }

    /// The thumbprint of its public half (RFC 7638).
    #[must_use]
    pub fn thumbprint(&self) -> String {
        let (x, y) = self.point();
        let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        BASE64URL_NOPAD.encode(&Sha256::digest(members.as_bytes()))
    }

    /// Signs claims under a header.
    #[must_use]
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let part = |part: &Value| BASE64URL_NOPAD.encode(part.to_string().as_bytes());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature: Signature = self.0.sign(signed.as_bytes());
        format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature.to_bytes()))
    }

    fn point(&self) -> (String, String) {
        let point = self.0.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().expect("a point"), point.y().expect("a whole point"));
        (BASE64URL_NOPAD.encode(x), BASE64URL_NOPAD.encode(y))
    }
}
