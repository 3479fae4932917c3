//! The server's database seen from here: applications, grants, codes and a session to measure with.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use payung::commands::house;
use payung::secrets::{KeyFiles, Secrets};
use payung::settings::serving::Database;
use payung_domain::accounts::Account;
use payung_domain::contact::{Identifier, UserName};
use payung_domain::keyed::digest;
use payung_domain::oidc::claims::Asked;
use payung_domain::oidc::clients::{Algorithm, Definition};
use payung_domain::oidc::grants::{Code, Grant, Refresh, Surroundings};
use payung_domain::oidc::requests::{Mode, Prompts, Request, WayBack};
use payung_domain::oidc::scopes::Scopes;
use payung_domain::second_factor::Way;
use payung_domain::secret::Secret;
use payung_domain::sessions::Session;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_flows::App;
use payung_flows::settings::Settings;
use payung_storage::Tx;
use payung_storage::oidc::{clients, grants, keys};
use payung_storage::{accounts, sessions};

use crate::server::Server;

/// A confidential client whose ID tokens are signed with ES256.
pub(crate) const CONFIDENTIAL: &str = "bench";
/// The same with RS256, as OpenID Connect Basic wants it offered.
pub(crate) const OLDER: &str = "bench-rs256";
/// A client on people's own devices: its refresh tokens are used once.
pub(crate) const PUBLIC: &str = "bench-public";
/// Where codes are sent to.
pub(crate) const CALLBACK: &str = "https://bench.example/callback";
/// What redeems the codes.
pub(crate) const VERIFIER: &str = "a-verifier-that-is-long-enough-and-the-same-all-day";
/// How many rows are added in one transaction.
const AT_ONCE: usize = 500;

/// The house from within.
pub(crate) struct House {
    /// Its parts, with the server's own keys and database.
    pub(crate) app: App,
    account: Account,
    opened_at: Instant,
    /// The token of a session of the member.
    pub(crate) session: Token,
    /// What the confidential clients prove themselves with.
    pub(crate) secret: Token,
}

impl House {
    /// Opens it, and lets the clients and a session in.
    pub(crate) async fn open(server: &Server) -> Self {
        let secrets = Secrets::read(&KeyFiles::inside(&server.keys())).expect("the keys are there");
        let url = Secret::from(&*server.database);
        let patience = Duration::from_secs(15);
        let database = Database { url, connections: 2, patience };
        let store = house::open_store(&database, &secrets).await.expect("the database opens");
        let settings = Settings::shipped(&server.issuer);
        let app = house::build(store, &secrets, settings).expect("the parts fit");
        let opened_at = app.clock.now();
        let name = Identifier::UserName(UserName::parse("siti").expect("a name"));
        let mut tx = app.store.write().await.expect("it can be written");
        let account = accounts::find(&mut tx, app.store.vault(), &[name], opened_at).await;
        let account = account.expect("it can be read").expect("siti is in every demonstration");
        let secret = Token::new(&*app.dice);
        for id in [CONFIDENTIAL, OLDER, PUBLIC] {
            add_client(&mut tx, id, &secret, opened_at).await;
        }
        let session = Token::new(&*app.dice);
        sessions::open(&mut tx, &session.hash(), &session_of(&account, opened_at))
            .await
            .expect("a session");
        tx.commit().await.expect("a commit");
        let house = Self { app, account, opened_at, session, secret };
        house.wait_for_keys().await;
        house
    }

    /// A new server makes its signing keys in the background; that is not to be counted with what is
    /// measured first.
    async fn wait_for_keys(&self) {
        loop {
            let mut tx = self.app.store.read().await.expect("it can be read");
            let made = keys::all(&mut tx, self.app.store.vault()).await.expect("its keys");
            if made.len() >= Algorithm::ALL.len() {
                return;
            }
            drop(tx);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// As many codes as these, for a client.
    pub(crate) async fn codes(&self, client: &str, count: usize) -> Vec<Token> {
        let codes: Vec<Token> = (0..count).map(|_| Token::new(&*self.app.dice)).collect();
        for some in codes.chunks(AT_ONCE) {
            let mut tx = self.app.store.write().await.expect("it can be written");
            for code in some {
                let grant = self.grant(&mut tx, client).await;
                let kept = Code {
                    grant: grant.id,
                    account: grant.account,
                    expires_at: self.opened_at.plus(Duration::from_hours(1)),
                    used_at: None,
                };
                grants::add_code(&mut tx, &code.hash(), &kept).await.expect("a code");
            }
            tx.commit().await.expect("a commit");
        }
        codes
    }

    /// As many refresh tokens as these, each of a grant of its own.
    pub(crate) async fn refresh_tokens(&self, client: &str, count: usize) -> Vec<Token> {
        let mut tx = self.app.store.write().await.expect("it can be written");
        let mut tokens = Vec::new();
        for _ in 0..count {
            let (grant, token) = (self.grant(&mut tx, client).await, Token::new(&*self.app.dice));
            let kept = Refresh {
                grant: grant.id,
                account: grant.account,
                made_at: self.opened_at,
                used_at: None,
                is_used_up: false,
                key: None,
            };
            grants::add_refresh(&mut tx, &token.hash(), &kept).await.expect("a refresh token");
            tokens.push(token);
        }
        tx.commit().await.expect("a commit");
        tokens
    }

    /// Lets go of the database.
    pub(crate) async fn close(self) {
        self.app.store.close().await;
    }

    async fn grant(&self, tx: &mut Tx, client: &str) -> Grant {
        let way_back = WayBack { address: CALLBACK.to_owned(), mode: Mode::Query, state: None };
        let grant = Grant {
            id: self.app.dice.id(),
            account: self.account.id,
            client: client.to_owned(),
            request: Request {
                client: client.to_owned(),
                way_back,
                scopes: Scopes::parse("openid profile email offline_access"),
                claims: Asked::default(),
                nonce: Some("a-nonce-of-the-application".to_owned()),
                challenge: Some(BASE64URL_NOPAD.encode(&digest(VERIFIER.as_bytes()))),
                key: None,
                resource: None,
                prompts: Prompts::default(),
                max_age: None,
                levels: Vec::new(),
                language: None,
                login_hint: None,
                hint: None,
            },
            given_at: self.opened_at,
            proved_at: self.opened_at,
            way: Way::Sms,
            session_opened_at: self.opened_at,
            ended_at: None,
            surroundings: Surroundings {
                is_password_the_same: true,
                is_session_over: false,
                is_client_disabled: false,
            },
        };
        let vault = self.app.store.vault();
        grants::add(tx, vault, &grant, self.account.password_set_at).await.expect("a grant");
        grant
    }
}

fn session_of(account: &Account, opened_at: Instant) -> Session {
    let whole_day = Duration::from_hours(24);
    Session {
        account: account.id,
        created_at: opened_at,
        // In use already: the first page of a session is worth a write of its own.
        seen_at: opened_at.plus(Duration::from_micros(1)),
        proved_at: opened_at,
        expires_at: opened_at.plus(whole_day),
        idle: whole_day,
        way: Way::Sms,
        device: "benchmark".to_owned(),
        ended_at: None,
    }
}

async fn add_client(tx: &mut Tx, id: &str, secret: &Token, now: Instant) {
    let is_public = id == PUBLIC;
    let grants: &[&str] = if is_public {
        &["authorization_code", "refresh_token"]
    } else {
        &["authorization_code", "refresh_token", "client_credentials"]
    };
    let definition = Definition {
        client_id: id.to_owned(),
        client_name: "Benchmark".to_owned(),
        redirect_uris: vec![CALLBACK.to_owned()],
        grant_types: grants.iter().map(|grant| (*grant).to_owned()).collect(),
        token_endpoint_auth_method: if is_public { "none" } else { "client_secret_basic" }
            .to_owned(),
        id_token_signed_response_alg: if id == OLDER { "RS256" } else { "ES256" }.to_owned(),
        scope: "openid profile email offline_access".to_owned(),
        owner: "Payung".to_owned(),
        purpose_id: "Mengukur".to_owned(),
        purpose_en: "Measuring".to_owned(),
        ..Definition::default()
    };
    let client = definition.check().expect("a whole client");
    let hash = (!is_public).then(|| digest(secret.expose().as_bytes()));
    clients::keep(tx, &client, hash.as_ref(), now).await.expect("a client");
}
