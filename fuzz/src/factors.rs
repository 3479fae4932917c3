//! What people prove who they are with, and what they bring to set it up.

use std::sync::LazyLock;

use data_encoding::BASE64URL_NOPAD;
use payung_domain::accounts::Account;
use payung_domain::keyed::digest;
use payung_domain::passkeys::{LONGEST_NAME, Name};
use payung_domain::passwords::{Familiar, LONGEST, Policy, normalised, strength};
use payung_domain::recovery_codes::RecoveryCode;
use payung_domain::secret::Secret;
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_flows::Visit;
use payung_flows::passkeys::{self, Added, Answer, Answered, Arriving};
use payung_flows::passwords::breached::Breached;
use payung_storage::accounts;
use payung_testkit::Bench;
use payung_testkit::authenticator::Authenticator;
use payung_testkit::people;
use payung_testkit::store::TestStore;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// A code from paper is read as what is shown of it, and shows nothing of itself by accident.
pub fn recovery_code(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    if let Ok(code) = RecoveryCode::parse(&typed) {
        let shown = code.in_groups();
        assert_eq!(shown.expose().len(), "0000-0000-0000-0000".len());
        assert_eq!(RecoveryCode::parse(shown.expose()), Ok(code.clone()));
        assert!(!format!("{code:?}").contains(code.secret().expose()));
    }
}

/// L-07: a name is one short line that turns no text around.
pub fn name(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    let name = Name::or(&typed, "HP");
    let text = name.as_str();
    assert!((1..=LONGEST_NAME).contains(&text.chars().count()));
    assert!(!text.contains(|c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)));
    assert_eq!(Name::or(text, "x"), name);
}

/// any password has a form to be hashed in, and judging one says the same twice.
pub fn password(bytes: &[u8]) {
    let typed = Secret::from(&*String::from_utf8_lossy(bytes));
    match normalised(&typed) {
        // What is composed of several letters may become fewer, and never more.
        Some(password) => {
            assert!(password.expose().chars().count() <= 3 * LONGEST);
            let again = normalised(&password);
            assert!(again.is_none_or(|again| again.expose() == password.expose()));
        }
        None => assert!(typed.expose().chars().count() > LONGEST),
    }
    let familiar = Familiar::default().with_name("Siti Rahayu").with_number("90000000001");
    let verdict = Policy::shipped().accept(&typed, &familiar, false);
    assert_eq!(Policy::shipped().accept(&typed, &familiar, false), verdict);
    let _ = strength(&typed, &familiar);
}

/// A list or a file of leaked passwords is one, or is refused; a file is read as what was written.
pub fn leaked(bytes: &[u8]) {
    let asked = Secret::from("payung-demo-2026");
    if let Ok(list) = Breached::of_lines(String::from_utf8_lossy(bytes).lines()) {
        let file = list.bytes();
        let again = Breached::parse(&file).expect("what was written is read");
        assert_eq!(again.contains(&asked), list.contains(&asked));
    }
    if let Ok(read) = Breached::parse(bytes) {
        let _ = read.contains(&asked);
    }
    // With the checksum that it should have, whatever the content is.
    let file = [&b"payung-leaked-1\n"[..], &digest(bytes), bytes].concat();
    if let Ok(read) = Breached::parse(&file) {
        let _ = read.contains(&asked);
    }
}

/// Budi, signed in, with a passkey.
struct Door {
    bench: Bench,
    runtime: Runtime,
    budi: Account,
    key: Authenticator,
}

static DOOR: LazyLock<Door> = LazyLock::new(|| {
    let runtime = Runtime::new().expect("a runtime");
    let (bench, budi, key) = runtime.block_on(async {
        let bench = Bench::with(TestStore::in_memory().await, |settings| {
            settings.limits.sign_ins_per_address = u32::MAX;
            settings.limits.sign_ins_in_all = u32::MAX;
        });
        let id = people::budi(&bench.app).await.id;
        let mut tx = bench.app.store.read().await.expect("a transaction");
        let budi = accounts::get(&mut tx, id).await.expect("a look").expect("Budi is there");
        drop(tx);
        let mut key = Authenticator::new(1);
        let (here, browser, session) = (visit(&bench), browser(), session());
        let challenge =
            passkeys::begin_adding(&bench.app, &here, &browser, id, &session, "Budi").await;
        let challenge = challenge.expect("a challenge");
        let credential = key.register(&challenge.options);
        let answered = Answered { sealed: &challenge.sealed, credential: &credential };
        let name = Name::or("HP", "");
        let added =
            passkeys::add(&bench.app, &here, &browser, &budi, &session, answered, &name).await;
        assert_eq!(added.expect("an answer"), Added::Done);
        (bench, budi, key)
    });
    Door { bench, runtime, budi, key }
});

fn visit(bench: &Bench) -> Visit {
    Visit {
        now: bench.clock.now(),
        address: [127, 0, 0, 1].into(),
        device: "Chrome, Android".to_owned(),
        browser: Some(browser()),
        language: payung_domain::language::Language::Id,
    }
}

fn browser() -> Token {
    Token::of(&[1; 32])
}

fn session() -> Token {
    Token::of(&[2; 32])
}

/// What a browser answers for a passkey: as it came, and inside of an answer that is right but for
/// it. None of it signs anybody in, and none is a fault.
pub fn passkey(bytes: &[u8]) {
    let Door { bench, runtime, budi, key } = &*DOOR;
    let (app, visit) = (&bench.app, visit(bench));
    runtime.block_on(async {
        let signs_in = async |answer: &dyn Fn(&Value) -> String| {
            let challenge = passkeys::begin_sign_in(app, &visit, &browser()).expect("a challenge");
            let options = serde_json::from_str(&challenge.options).expect("options are JSON");
            let credential = answer(&options);
            let answered = Answered { sealed: &challenge.sealed, credential: &credential };
            let arriving = Arriving { earlier: None, next: None, is_shared_device: false };
            let said = passkeys::sign_in(app, &visit, &browser(), answered, arriving).await;
            let said = said.expect("no answer is a fault");
            assert!(!matches!(said, Answer::SignedIn(_)), "somebody is signed in");
        };
        let id = BASE64URL_NOPAD.encode(&key.id);
        let raw = String::from_utf8_lossy(bytes).into_owned();
        signs_in(&|_| raw.clone()).await;
        signs_in(&|options| {
            let data = client_data("webauthn.get", options);
            answered(
                &id,
                &json!({
                    "clientDataJSON": data,
                    "authenticatorData": BASE64URL_NOPAD.encode(bytes),
                    "signature": BASE64URL_NOPAD.encode(bytes),
                    "userHandle": key.handle,
                }),
            )
        })
        .await;
        let adds = async |answer: &dyn Fn(&Value) -> String| {
            let owner = budi.id;
            let begun =
                passkeys::begin_adding(app, &visit, &browser(), owner, &session(), "Budi").await;
            let challenge = begun.expect("a challenge");
            let options = serde_json::from_str(&challenge.options).expect("options are JSON");
            let credential = answer(&options);
            let answered = Answered { sealed: &challenge.sealed, credential: &credential };
            let name = Name::or("HP", "");
            let added =
                passkeys::add(app, &visit, &browser(), budi, &session(), answered, &name).await;
            added.expect("no answer is a fault")
        };
        assert_eq!(adds(&|_| raw.clone()).await, Added::Refused);
        // What nobody attests may be anybody's, so some forms of it are a passkey.
        adds(&|options| {
            let data = client_data("webauthn.create", options);
            answered(
                &id,
                &json!({
                    "clientDataJSON": data,
                    "attestationObject": BASE64URL_NOPAD.encode(bytes),
                }),
            )
        })
        .await;
    });
}

fn client_data(kind: &str, options: &Value) -> String {
    let data = json!({
        "type": kind, "challenge": options["challenge"],
        "origin": "https://payung.example", "crossOrigin": false,
    });
    BASE64URL_NOPAD.encode(data.to_string().as_bytes())
}

fn answered(id: &str, response: &Value) -> String {
    json!({ "id": id, "rawId": id, "type": "public-key", "response": response }).to_string()
}
