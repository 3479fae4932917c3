//! An application with a key of its own, that signs proofs of possession (RFC 9449).

use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use payung_domain::oidc::tokens::seconds;
use payung_domain::time::Instant;
use serde_json::json;
use sha2::{Digest, Sha256};

/// Whoever holds the key.
#[derive(Clone, Debug)]
pub struct Prover {
    key: SigningKey,
    made: u32,
}

impl Prover {
    /// A key of its own for each number but nought.
    #[must_use]
    pub fn new(number: u8) -> Self {
        let key = SigningKey::from_slice(&[number; 32]).expect("a number that is a key");
        Self { key, made: 0 }
    }

    /// A proof for one request, beside the access token that goes with it.
    pub fn prove(
        &mut self,
        method: &str,
        address: &str,
        token: Option<&str>,
        now: Instant,
    ) -> String {
        self.made += 1;
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().expect("a point"), point.y().expect("a whole point"));
        let key = json!({ "kty": "EC", "crv": "P-256", "x": encoded(x), "y": encoded(y) });
        let header = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": key });
        let mut claims = json!({
            "jti": format!("proof-{}", self.made),
            "htm": method,
            "htu": address,
            "iat": seconds(now),
        });
        if let Some(token) = token {
            claims["ath"] = json!(encoded(&Sha256::digest(token.as_bytes())));
        }
        let signed = [header, claims].map(|part| encoded(part.to_string().as_bytes())).join(".");
        let signature: Signature = self.key.sign(signed.as_bytes());
        format!("{signed}.{}", encoded(&signature.to_bytes()))
    }
}

fn encoded(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}
