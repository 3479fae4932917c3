//! A passkey made of software: keeps keys, signs challenges, and lies where a test tells it to.
//!
//! Written from the WebAuthn text and not from the library that checks it, so that the two agree on
//! the standard and not on each other.

use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A device with one passkey.
#[derive(Clone, Debug)]
pub struct Authenticator {
    key: SigningKey,
    /// The id of its credential.
    pub id: Vec<u8>,
    /// The name by which it knows its owner, once it is registered.
    pub handle: Option<String>,
    /// The counter of its signatures; the next one counts one more. Synced keys stay at nothing.
    pub counter: u32,
    /// What it says of itself.
    pub flags: Flags,
    /// The page it believes to be on.
    pub origin: String,
    /// The host that its key is for.
    pub host: String,
}

/// What an authenticator says of itself and of who holds it.
#[expect(clippy::struct_excessive_bools, reason = "they are the bits of one byte")]
#[derive(Clone, Copy, Debug)]
pub struct Flags {
    /// Somebody touched it.
    pub is_present: bool,
    /// It made sure who that is.
    pub is_verified: bool,
    /// Its key may live on several devices.
    pub is_backup_eligible: bool,
    /// It does.
    pub is_backed_up: bool,
}

impl Authenticator {
    /// A device of its own for each number, at the address of the test bench.
    #[must_use]
    pub fn new(number: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[number; 32]).expect("a number that is a key"),
            id: vec![number; 20],
            handle: None,
            counter: 0,
            flags: Flags {
                is_present: true,
                is_verified: true,
                is_backup_eligible: false,
                is_backed_up: false,
            },
            origin: "https://payung.example".to_owned(),
            host: "payung.example".to_owned(),
        }
    }

    /// Answers the options of a registration, as a browser would send it.
    ///
    /// # Panics
    /// When the options are none.
    pub fn register(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).expect("options are JSON");
        self.handle = options["user"]["id"].as_str().map(str::to_owned);
        let client = self.client_data("webauthn.create", &options);
        let mut data = self.authenticator_data(0x40);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).expect("a short id").to_be_bytes());
        data.extend(&self.id);
        data.extend(self.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": data}
        let mut attestation = vec![0xa3, 0x63];
        attestation.extend(b"fmt");
        attestation.push(0x64);
        attestation.extend(b"none");
        attestation.push(0x67);
        attestation.extend(b"attStmt");
        attestation.push(0xa0);
        attestation.push(0x68);
        attestation.extend(b"authData");
        attestation.push(0x59);
        attestation.extend(u16::try_from(data.len()).expect("short data").to_be_bytes());
        attestation.extend(&data);
        self.answer(&json!({
            "clientDataJSON": encoded(&client),
            "attestationObject": encoded(&attestation),
        }))
    }

    /// Answers the options of a sign-in, as a browser would send it.
    ///
    /// # Panics
    /// When the options are none.
    pub fn sign(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).expect("options are JSON");
        let client = self.client_data("webauthn.get", &options);
        let data = self.authenticator_data(0);
        let signed = [&data[..], &Sha256::digest(&client)].concat();
        let signature: Signature = self.key.sign(&signed);
        self.answer(&json!({
            "clientDataJSON": encoded(&client),
            "authenticatorData": encoded(&data),
            "signature": encoded(signature.to_der().as_bytes()),
            "userHandle": self.handle,
        }))
    }

    fn answer(&self, response: &Value) -> String {
        let id = encoded(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response }).to_string()
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let challenge = &options["challenge"];
        let data = json!({
            "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false,
        });
        data.to_string().into_bytes()
    }

    fn authenticator_data(&self, more: u8) -> Vec<u8> {
        let flags = self.flags;
        let bits = u8::from(flags.is_present)
            | u8::from(flags.is_verified) << 2
            | u8::from(flags.is_backup_eligible) << 3
            | u8::from(flags.is_backed_up) << 4
            | more;
        let mut data = Sha256::digest(self.host.as_bytes()).to_vec();
        data.push(bits);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// `{1: 2, 3: -7, -1: 1, -2: x, -3: y}`: an EC key for ES256.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().expect("a point"), point.y().expect("a whole point"));
        let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        key.extend(x);
        key.extend([0x22, 0x58, 0x20]);
        key.extend(y);
        key
    }
}

fn encoded(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}
