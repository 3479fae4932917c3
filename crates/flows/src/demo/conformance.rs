//! What the public conformance suite of OpenID Connect meets: the account that its browser signs in
//! with, and the clients that it plays itself. In a scratch installation only.

use aws_lc_rs::encoding::{AsBigEndian, EcPrivateKeyBin};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use data_encoding::BASE64URL_NOPAD;
use jiff::civil::date;
use payung_domain::accounts::Account;
use payung_domain::contact::{Email, Identifier, Phone, UserName};
use payung_domain::ids::{AccountId, Nik, PersonId};
use payung_domain::keyed::digest;
use payung_domain::language::Language;
use payung_domain::members::{Address, Person, PersonName, Sex};
use payung_domain::oidc::clients::Definition;
use payung_domain::secret::Secret;
use payung_domain::time::Zone;
use payung_domain::token::Token;
use payung_storage::oidc::clients;
use payung_storage::{Fault, accounts, members};
use serde_json::{Map, Value, json};

use super::seeding::PASSWORD;
use crate::App;

/// The name that the suite's browser signs in with, by contract.
pub const USER_NAME: &str = "uji";

/// Everything that the suite's clients ask for.
pub const SCOPE: &str = "openid profile email phone address offline_access";

/// Under this name the suite keeps its addresses.
pub const ALIAS: &str = "payung";

/// The suite lets its second client of FAPI 2.0 come back with a query, to see that it stays.
const QUERY: &str = "?dummy1=lorem&dummy2=ipsum";

const DOING: &str = "preparing for the conformance suite";

/// The account that the suite's browser signs in with. It has every claim of the `profile` group,
/// also those that the register does not have, and that nobody else is asked for.
#[derive(Clone, Debug)]
pub struct Tester {
    /// Which account that is.
    pub account: AccountId,
    /// What it tells besides what everybody tells.
    pub profile: Map<String, Value>,
}

/// A client with a secret.
#[derive(Clone, Debug)]
pub struct WithSecret {
    /// Its name.
    pub id: String,
    /// What it proves itself with.
    pub secret: Secret,
}

/// A client with a key.
#[derive(Clone)]
pub struct WithKey {
    /// Its name.
    pub id: String,
    /// The private key, as JSON Web Key: for the suite, and kept nowhere here.
    pub private: Value,
}

/// The clients that the suite plays.
#[derive(Clone)]
pub struct Players {
    /// Proves itself with `client_secret_basic`.
    pub basic: WithSecret,
    /// Proves itself with `client_secret_post`.
    pub post: WithSecret,
    /// One more of the first kind.
    pub other: WithSecret,
    /// Two under FAPI 2.0.
    pub fapi: [WithKey; 2],
    /// Two under FAPI 2.0 Message Signing.
    pub signing: [WithKey; 2],
}

/// Makes account and clients for a suite at this address.
pub async fn begin(app: &mut App, suite: &str) -> Result<Players, Fault> {
    let account = open_account(app).await?;
    app.conformance = Some(Tester { account, profile: profile(app) });
    Ok(Players {
        basic: add_with_secret(app, suite, "payung-basic", "client_secret_basic").await?,
        post: add_with_secret(app, suite, "payung-post", "client_secret_post").await?,
        other: add_with_secret(app, suite, "payung-basic-2", "client_secret_basic").await?,
        fapi: [
            add_with_key(app, suite, "payung-fapi-1", "fapi-2.0").await?,
            add_with_key(app, suite, "payung-fapi-2", "fapi-2.0").await?,
        ],
        signing: [
            add_with_key(app, suite, "payung-signing-1", "fapi-2.0-message-signing").await?,
            add_with_key(app, suite, "payung-signing-2", "fapi-2.0-message-signing").await?,
        ],
    })
}

/// Where the suite is answered.
#[must_use]
pub fn callback(suite: &str) -> String {
    address(suite, "callback")
}

/// Where its browser goes after signing out.
#[must_use]
pub fn goodbye(suite: &str) -> String {
    address(suite, "post_logout_redirect")
}

fn address(suite: &str, place: &str) -> String {
    format!("{}/test/a/{ALIAS}/{place}", suite.trim_end_matches('/'))
}

/// Signs in with the password alone: the suite's browser reads no letters.
async fn open_account(app: &App) -> Result<AccountId, Fault> {
    let turn = app.hasher.place_in_turn().await.map_err(|_| Fault::new(DOING, "no thread"))?;
    let password = turn.make(Secret::from(PASSWORD)).await?;
    let person = person(app)?;
    let now = app.clock.now();
    let account = Account {
        id: AccountId::new(&*app.dice),
        person: person.id,
        password,
        password_set_at: now,
        language: Language::Id,
        zone: Zone::Wib,
    };
    let names = [
        UserName::parse(USER_NAME).map(Identifier::UserName),
        Email::parse("uji@peserta.example").map(Identifier::Email),
        // Nobody of the demonstration has the number that ends with nothing but noughts.
        Phone::parse("+6280000000000").map(Identifier::Phone),
    ];
    let vault = app.store.vault();
    let mut tx = app.store.write().await?;
    members::add_people(&mut tx, vault, &[(person, now)]).await?;
    accounts::add(&mut tx, &account, now).await?;
    for name in names {
        let name = name.map_err(|_| Fault::new(DOING, "a name is none"))?;
        accounts::add_name(&mut tx, vault, account.id, &name, Some(now)).await?;
    }
    accounts::let_password_be_enough(&mut tx, account.id).await?;
    tx.commit().await?;
    Ok(account.id)
}

/// Somebody of region 00, which is nowhere.
fn person(app: &App) -> Result<Person, Fault> {
    let invented = |what| Fault::new(DOING, what);
    Ok(Person {
        id: PersonId::new(&*app.dice),
        nik: Nik::parse("0001001702900001").map_err(|_| invented("a NIK is none"))?,
        name: PersonName::parse("Uji Coba Kesesuaian").map_err(|_| invented("a name is none"))?,
        birth_date: date(1990, 2, 17),
        sex: Sex::Male,
        address: Address {
            street: "Jalan Contoh 1".to_owned(),
            village: "Sukamaju".to_owned(),
            district: "Sukamaju".to_owned(),
            regency: "Kota Contoh".to_owned(),
            province: "Contoh".to_owned(),
            postcode: "00100".to_owned(),
        },
    })
}

/// The claims of the `profile` group that the register does not have.
fn profile(app: &App) -> Map<String, Value> {
    let site = &app.settings.public_url;
    let page = |path: &str| format!("{site}{path}");
    [
        ("given_name", "Uji".to_owned()),
        ("middle_name", "Coba".to_owned()),
        ("family_name", "Kesesuaian".to_owned()),
        ("nickname", "Uji".to_owned()),
        ("profile", page("/help")),
        ("picture", page("/favicon.ico")),
        ("website", page("/")),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), json!(value)))
    .collect()
}

/// What all of the suite's clients have in common.
fn definition(suite: &str, id: &str, proof: &str) -> Definition {
    Definition {
        client_id: id.to_owned(),
        client_name: format!("OpenID conformance suite: {id}"),
        redirect_uris: vec![callback(suite)],
        post_logout_redirect_uris: vec![goodbye(suite)],
        backchannel_logout_uri: address(suite, "backchannel_logout"),
        grant_types: ["authorization_code", "refresh_token"].map(str::to_owned).into(),
        token_endpoint_auth_method: proof.to_owned(),
        scope: SCOPE.to_owned(),
        owner: "OpenID Foundation".to_owned(),
        purpose_id: "Menguji layanan ini terhadap standar".to_owned(),
        purpose_en: "Testing this service against the standards".to_owned(),
        ..Definition::default()
    }
}

/// A client of OpenID Connect Basic. Its tests send no PKCE and want RS256.
async fn add_with_secret(
    app: &App,
    suite: &str,
    id: &str,
    proof: &str,
) -> Result<WithSecret, Fault> {
    let definition = Definition {
        without_pkce: true,
        id_token_signed_response_alg: "RS256".to_owned(),
        ..definition(suite, id, proof)
    };
    let secret = Token::new(&*app.dice);
    keep(app, definition, Some(&secret)).await?;
    Ok(WithSecret { id: id.to_owned(), secret: Secret::from(secret.expose()) })
}

/// A client of FAPI 2.0. It asks its member every time, so that every test can be declined.
async fn add_with_key(app: &App, suite: &str, id: &str, profile: &str) -> Result<WithKey, Fault> {
    let (public, private) = key(id)?;
    let back = callback(suite);
    let definition = Definition {
        redirect_uris: vec![back.clone(), format!("{back}{QUERY}")],
        jwks: Some(json!({ "keys": [public] })),
        profile: profile.to_owned(),
        consent_every_time: true,
        ..definition(suite, id, "private_key_jwt")
    };
    keep(app, definition, None).await?;
    Ok(WithKey { id: id.to_owned(), private })
}

/// A new key on P-256, public and private, as JSON Web Keys.
fn key(id: &str) -> Result<(Value, Value), Fault> {
    let failed = |_| Fault::new(DOING, "the library made no key");
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(failed)?;
    let secret: EcPrivateKeyBin<'_> = pair.private_key().as_be_bytes().map_err(failed)?;
    // A point is written as 4, then both coordinates.
    let point: &[u8] = pair.public_key().as_ref();
    let (Some(x), Some(y)) = (point.get(1..33), point.get(33..65)) else {
        return Err(Fault::new(DOING, "the library made no point"));
    };
    let written = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    let public = json!({
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": id,
        "x": written(x), "y": written(y),
    });
    let mut private = public.clone();
    private["d"] = json!(written(secret.as_ref()));
    Ok((public, private))
}

async fn keep(app: &App, definition: Definition, secret: Option<&Token>) -> Result<(), Fault> {
    let client = definition.check().map_err(|faults| {
        let all: Vec<String> =
            faults.iter().map(|fault| format!("{} {}", fault.field, fault.fault)).collect();
        Fault::new(DOING, all.join("; "))
    })?;
    let hash = secret.map(|secret| digest(secret.expose().as_bytes()));
    let mut tx = app.store.write().await?;
    clients::keep(&mut tx, &client, hash.as_ref(), app.clock.now()).await?;
    tx.commit().await
}
