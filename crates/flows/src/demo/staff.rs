//! The demonstration's staff, and the passkeys of software that they sign in with. The keys are made
//! anew at each start and live in this process alone: nowhere else is there such a way in.

use std::net::{IpAddr, Ipv4Addr};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use data_encoding::BASE64URL_NOPAD;
use payung_domain::language::Language;
use payung_domain::staff::{Officer, Role};
use payung_domain::token::Token;
use payung_storage::Fault;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::passkeys::Answered;
use crate::staff::SignedIn;
use crate::staff::invitations::{self, Guest, Invited, Joined};
use crate::staff::passkeys::{self, Answer};
use crate::{App, Visit, staff};

/// Who works at the desk of the demonstration.
pub const STAFF: [(&str, Role); 5] = [
    ("lestari", Role::Helpdesk),
    ("eka", Role::Verifier),
    ("bayu", Role::Supervisor),
    ("citra", Role::Auditor),
    ("darma", Role::Administrator),
];

const DOING: &str = "making a passkey of software";

/// The passkeys of everybody.
#[derive(Debug, Default)]
pub struct Keys(Vec<Device>);

/// A device of software with the passkey of one officer.
#[derive(Debug)]
struct Device {
    name: &'static str,
    key: EcdsaKeyPair,
    id: [u8; 16],
    /// The name by which it knows its owner, as it was told.
    handle: Value,
    origin: String,
    host: String,
}

/// Lets everybody in with a new passkey, by the same invitation and the same ceremony as anywhere.
pub async fn register(app: &App) -> Result<Keys, Fault> {
    let mut keys = Keys::default();
    for (name, role) in STAFF {
        if let Some(device) = let_in(app, name, role).await? {
            keys.0.push(device);
        }
    }
    Ok(keys)
}

/// Whoever was shut out of an earlier start stays out.
async fn let_in(app: &App, name: &'static str, role: Role) -> Result<Option<Device>, Fault> {
    let officer = Officer::parse(name).ok_or_else(|| Fault::new(DOING, "a name is none"))?;
    let guest = Guest { name: &officer, role, nik: None, reason: "peragaan / demonstration" };
    let Invited::Link { link, .. } = invitations::invite(app, &guest).await? else {
        return Ok(None);
    };
    let token = link.rsplit('=').next().and_then(Token::parse);
    let token = token.ok_or_else(|| Fault::new(DOING, "an invitation without a token"))?;
    let visit = Visit {
        now: app.clock.now(),
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        device: String::new(),
        browser: None,
        language: Language::default(),
    };
    let browser = Token::new(&*app.dice);
    let Some(welcome) = invitations::open(app, &visit, &browser, &token).await? else {
        return Ok(None);
    };
    let mut device = Device::new(app, name)?;
    let credential = device.register(&welcome.challenge.options)?;
    let answered = Answered { sealed: &welcome.challenge.sealed, credential: &credential };
    match invitations::accept(app, &visit, &browser, &token, answered).await? {
        Joined::SignedIn(session) => staff::sign_out(app, &visit, &session).await?,
        Joined::Gone | Joined::Not(_) => return Err(Fault::new(DOING, "it was not accepted")),
    }
    Ok(Some(device))
}

/// Signs in as one of them; `None` where nobody of this name has such a passkey.
pub async fn sign_in(
    app: &App,
    visit: &Visit,
    browser: &Token,
    name: &str,
    earlier: Option<&Token>,
) -> Result<Option<Answer>, Fault> {
    let Some(device) = device(app, name) else { return Ok(None) };
    let challenge = passkeys::begin_sign_in(app, visit, browser)?;
    let credential = device.sign(&challenge.options)?;
    let answered = Answered { sealed: &challenge.sealed, credential: &credential };
    passkeys::sign_in(app, visit, browser, answered, earlier).await.map(Some)
}

/// Proves a session of one of them again; `None` where they have no such passkey.
pub async fn confirm(
    app: &App,
    visit: &Visit,
    browser: &Token,
    signed_in: &SignedIn,
    session: &Token,
) -> Result<Option<Answer>, Fault> {
    let Some(device) = device(app, signed_in.staff.name.as_str()) else { return Ok(None) };
    let challenge = passkeys::begin_confirming(app, visit, browser, session)?;
    let credential = device.sign(&challenge.options)?;
    let answered = Answered { sealed: &challenge.sealed, credential: &credential };
    let id = signed_in.staff.id;
    passkeys::confirm(app, visit, browser, id, session, answered).await.map(Some)
}

fn device<'a>(app: &'a App, name: &str) -> Option<&'a Device> {
    app.demo_staff.as_ref()?.0.iter().find(|device| device.name == name)
}

impl Device {
    fn new(app: &App, name: &'static str) -> Result<Self, Fault> {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING)
            .map_err(|_| Fault::new(DOING, "the library made no key"))?;
        let desk = &app.settings.desk;
        Ok(Self {
            name,
            key,
            id: app.dice.bytes(),
            handle: Value::Null,
            origin: desk.url().to_owned(),
            host: desk.host().to_owned(),
        })
    }

    /// Answers the options of a registration, as a browser would send it.
    fn register(&mut self, options: &str) -> Result<String, Fault> {
        let options: Value = serde_json::from_str(options).map_err(Fault::while_doing(DOING))?;
        self.handle = options["user"]["id"].clone();
        let client = self.client_data("webauthn.create", &options);
        let mut data = self.authenticator_data(HAS_KEY);
        // A device of no make, the length of its id, the id, the key.
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.id);
        data.extend(self.public_key()?);
        // {"fmt": "none", "attStmt": {}, "authData": data}
        let mut attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        let length = u16::try_from(data.len()).map_err(Fault::while_doing(DOING))?;
        attestation.extend(length.to_be_bytes());
        attestation.extend(&data);
        Ok(self.answer(&json!({
            "clientDataJSON": encoded(&client),
            "attestationObject": encoded(&attestation),
        })))
    }

    /// Answers the options of a sign-in.
    fn sign(&self, options: &str) -> Result<String, Fault> {
        let options: Value = serde_json::from_str(options).map_err(Fault::while_doing(DOING))?;
        let client = self.client_data("webauthn.get", &options);
        let data = self.authenticator_data(0);
        let signed = [&data[..], &Sha256::digest(&client)].concat();
        let signature = self
            .key
            .sign(&SystemRandom::new(), &signed)
            .map_err(|_| Fault::new(DOING, "the library did not sign"))?;
        Ok(self.answer(&json!({
            "clientDataJSON": encoded(&client),
            "authenticatorData": encoded(&data),
            "signature": encoded(signature.as_ref()),
            "userHandle": self.handle,
        })))
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

    /// The host, what the device says of itself, and a counter that stays at nothing.
    fn authenticator_data(&self, more: u8) -> Vec<u8> {
        let mut data = Sha256::digest(self.host.as_bytes()).to_vec();
        data.push(PRESENT | VERIFIED | more);
        data.extend([0; 4]);
        data
    }

    /// `{1: 2, 3: -7, -1: 1, -2: x, -3: y}`: a key for ES256.
    fn public_key(&self) -> Result<Vec<u8>, Fault> {
        // A point is written as 4, then both coordinates.
        let point: &[u8] = self.key.public_key().as_ref();
        let (Some(x), Some(y)) = (point.get(1..33), point.get(33..65)) else {
            return Err(Fault::new(DOING, "the library made no point"));
        };
        let head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        Ok([&head[..], x, &[0x22, 0x58, 0x20], y].concat())
    }
}

const PRESENT: u8 = 1;
const VERIFIED: u8 = 1 << 2;
const HAS_KEY: u8 = 1 << 6;

fn encoded(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}
