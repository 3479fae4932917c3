//! A key that an application signs with, written from the standard and not from the library that
//! checks it.

use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};

/// A key of an application.
#[derive(Clone, Debug)]
pub struct ClientKey(SigningKey);

impl ClientKey {
    /// A key of its own for each number.
    #[must_use]
    pub fn new(number: u8) -> Self {
        Self(SigningKey::from_slice(&[number; 32]).expect("a number that is a key"))
    }

    /// Its public half, as a client registers it (RFC 7517).
    #[must_use]
    pub fn jwks(&self) -> Value {
        let point = self.0.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().expect("a point"), point.y().expect("a whole point"));
        let (x, y) = (BASE64URL_NOPAD.encode(x), BASE64URL_NOPAD.encode(y));
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "alg": "ES256", "x": x, "y": y }] })
    }

    /// Claims, signed under this header (RFC 7515).
    #[must_use]
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature: Signature = self.0.sign(signed.as_bytes());
        format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature.to_bytes()))
    }
}
