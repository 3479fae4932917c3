//! The suite's place: its clients, its browser, and the installation that they look at.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use data_encoding::{BASE64, BASE64URL_NOPAD};
use payung_domain::oidc::clients::Algorithm;
use payung_domain::time::{Clock, Instant};
use payung_flows::demo::conformance::{self, Players, USER_NAME, WithSecret};
use payung_flows::oidc::signing_keys;
use payung_storage::oidc::keys::{self, SigningKey};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, people};
use serde_json::Value;
use tokio::sync::OnceCell;

pub(crate) const SUITE: &str = "https://localhost.emobix.co.uk:8443/";
pub(crate) const CALLBACK: &str = "https://localhost.emobix.co.uk:8443/test/a/payung/callback";
pub(crate) const GOODBYE: &str =
    "https://localhost.emobix.co.uk:8443/test/a/payung/post_logout_redirect";
pub(crate) const ISSUER: &str = "https://payung.example";

/// What an endpoint answered.
pub(crate) type Reply = (StatusCode, Value);

/// The suite in front of an installation.
pub(crate) struct World {
    pub(crate) bench: Bench,
    pub(crate) players: Players,
    pub(crate) browser: Visitor,
    /// How often its browser had to sign in.
    pub(crate) sign_ins: u32,
    in_a_form: bool,
}

/// What came back to the suite's own address.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) address: String,
    pairs: BTreeMap<String, String>,
}

impl Answered {
    /// The answer that a page carries, in its address or in its form, if it carries one.
    pub(crate) fn of(page: &Page) -> Option<Self> {
        if let Some((address, query)) = page.leads_to().split_once('?')
            && address.starts_with("https://")
        {
            let pairs = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            return Some(Self { address: address.to_owned(), pairs });
        }
        let address = page.after("<form id=\"main-form\" method=\"post\" action=\"")?;
        if !address.starts_with("https://") {
            return None;
        }
        let mut pairs = BTreeMap::new();
        for input in page.html.split("<input type=\"hidden\" name=\"").skip(1) {
            let (name, rest) = input.split_once("\" value=\"")?;
            let value = rest.split('"').next()?;
            pairs.insert(name.to_owned(), value.replace("&#39;", "'").replace("&#38;", "&"));
        }
        Some(Self { address, pairs })
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.get(name).map(|value| &**value)
    }

    pub(crate) fn code(&self) -> &str {
        self.get("code").unwrap_or_else(|| panic!("no code: {self:?}"))
    }

    pub(crate) fn error(&self) -> &str {
        self.get("error").unwrap_or_else(|| panic!("no error: {self:?}"))
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        let mut bench = Bench::new(TestStore::in_memory().await);
        let app = Arc::get_mut(&mut bench.app).expect("nobody else has it yet");
        let players = conformance::begin(app, SUITE).await.unwrap();
        lend_key(&bench).await;
        let browser = Visitor::new(&bench);
        Self { bench, players, browser, sign_ins: 0, in_a_form: false }
    }

    pub(crate) async fn answered_in_a_form() -> Self {
        Self { in_a_form: true, ..Self::new().await }
    }

    pub(crate) fn now(&self) -> Instant {
        self.bench.clock.now()
    }

    pub(crate) fn pass(&self, time: Duration) {
        self.bench.clock.advance(time);
    }

    /// The address of a request of the first client, with other parameters in place of, or beside,
    /// its own; `-` leaves one out.
    pub(crate) fn asking(&self, more: &[(&str, &str)]) -> String {
        let response_mode = if self.in_a_form { "form_post" } else { "-" };
        let all = [
            ("client_id", &*self.players.basic.id),
            ("redirect_uri", CALLBACK),
            ("response_type", "code"),
            ("response_mode", response_mode),
            ("scope", "openid"),
            ("state", "staat"),
            ("nonce", "n-0S6"),
        ];
        let is_own = |name: &str| more.iter().all(|(changed, _)| *changed != name);
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(all.iter().filter(|(name, value)| is_own(name) && *value != "-"));
        query.extend_pairs(more.iter().filter(|(_, value)| *value != "-"));
        format!("/oidc/authorize?{}", query.finish())
    }

    /// Sends the browser with a request, through whatever pages there are, back to the suite.
    pub(crate) async fn go(&mut self, more: &[(&str, &str)]) -> Answered {
        let path = self.asking(more);
        let page = self.browser.get(&path).await;
        self.come_back(page).await
    }

    pub(crate) async fn come_back(&mut self, page: Page) -> Answered {
        let page = self.walk(page).await;
        Answered::of(&page)
            .unwrap_or_else(|| panic!("nobody is answered: {} {}", page.status, page.html))
    }

    /// Walks on through our pages as far as they lead.
    pub(crate) async fn walk(&mut self, mut page: Page) -> Page {
        for _ in 0..12 {
            page = if page.leads_to().starts_with('/') {
                self.browser.get(page.leads_to()).await
            } else if page.says("id=\"submit-login\"") {
                self.sign_in(&page).await
            } else if page.says("id=\"consent-allow\"") {
                self.decide(&page, "allow").await
            } else {
                return page;
            };
        }
        page
    }

    /// Follows redirects of our own to a page.
    pub(crate) async fn look(&mut self, mut page: Page) -> Page {
        while page.leads_to().starts_with('/') {
            page = self.browser.get(page.leads_to()).await;
        }
        page
    }

    async fn sign_in(&mut self, page: &Page) -> Page {
        self.sign_ins += 1;
        let next = page.after("name=\"next\" value=\"").expect("where it goes on");
        let fields = [("identifier", USER_NAME), ("password", people::PASSWORD), ("next", &*next)];
        self.browser.fill_in(page, "/sign-in", &fields).await
    }

    /// Answers the page of consent.
    pub(crate) async fn decide(&mut self, page: &Page, decision: &str) -> Page {
        let request = page.after("name=\"request\" value=\"").expect("a page of consent");
        let fields = [("request", &*request), ("decision", decision)];
        self.browser.fill_in(page, "/oidc/continue", &fields).await
    }

    /// Calls an endpoint as a program does: with headers of its own and no cookies.
    pub(crate) async fn call(
        &self,
        path: &str,
        headers: &[(&'static str, String)],
        fields: &[(&str, &str)],
    ) -> Page {
        let mut program = self.browser.clone();
        program.cookies.clear();
        program.headers.extend(headers.iter().cloned());
        program.post(path, fields).await
    }

    pub(crate) async fn redeem_as(&self, client: &WithSecret, fields: &[(&str, &str)]) -> Reply {
        let page = self.call("/oidc/token", &[basic(client)], fields).await;
        if page.status == StatusCode::OK {
            assert_eq!(page.header("cache-control"), "no-store", "K-27");
        }
        (page.status, json_of(&page))
    }

    /// Redeems a code of the first client.
    pub(crate) async fn redeem(&self, code: &str) -> Reply {
        let fields =
            [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK)];
        self.redeem_as(&self.players.basic, &fields).await
    }

    /// The tokens that a request of the first client comes to.
    pub(crate) async fn tokens(&mut self, more: &[(&str, &str)]) -> Value {
        let code = self.go(more).await.code().to_owned();
        let (status, tokens) = self.redeem(&code).await;
        assert_eq!(status, StatusCode::OK, "{tokens}");
        tokens
    }

    pub(crate) async fn refresh_as(&self, client: &WithSecret, token: &str) -> Reply {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", token)];
        self.redeem_as(client, &fields).await
    }

    pub(crate) async fn userinfo(&self, token: &Value) -> Reply {
        let mut program = self.browser.clone();
        program.cookies.clear();
        program.headers.push(("authorization", format!("Bearer {}", text(token))));
        let page = program.get("/oidc/userinfo").await;
        (page.status, json_of(&page))
    }

    /// What userinfo tells for a scope.
    pub(crate) async fn told(&mut self, more: &[(&str, &str)]) -> Value {
        let tokens = self.tokens(more).await;
        let (status, told) = self.userinfo(&tokens["access_token"]).await;
        assert_eq!(status, StatusCode::OK, "{told}");
        assert_eq!(told["sub"], claims(&tokens["id_token"])["sub"]);
        told
    }
}

pub(crate) fn basic(client: &WithSecret) -> (&'static str, String) {
    let pair = BASE64.encode(format!("{}:{}", client.id, client.secret.expose()).as_bytes());
    ("authorization", format!("Basic {pair}"))
}

pub(crate) fn json_of(page: &Page) -> Value {
    serde_json::from_str(&page.html).unwrap_or_default()
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// What a token says.
pub(crate) fn claims(token: &Value) -> Value {
    part(token, 1)
}

/// The header of a token.
pub(crate) fn header(token: &Value) -> Value {
    part(token, 0)
}

fn part(token: &Value, place: usize) -> Value {
    let part = text(token).split('.').nth(place).expect("a part of a token");
    let bytes = BASE64URL_NOPAD.decode(part.as_bytes()).expect("it is written as tokens are");
    serde_json::from_slice(&bytes).expect("it is JSON")
}

/// Large primes take long to find, so one key serves every world.
async fn lend_key(bench: &Bench) {
    static KEY: OnceCell<SigningKey> = OnceCell::const_new();
    let key = KEY.get_or_init(|| make_key(bench)).await;
    let (store, vault) = (&bench.app.store, bench.app.store.vault());
    let mut tx = store.write().await.unwrap();
    let known = keys::all(&mut tx, vault).await.unwrap();
    if known.iter().all(|known| known.id != key.id) {
        keys::add(&mut tx, vault, key).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn make_key(bench: &Bench) -> SigningKey {
    let app = &bench.app;
    signing_keys::ring_with(app, Algorithm::Rs256, bench.clock.now()).await.unwrap();
    let mut tx = app.store.read().await.unwrap();
    let all = keys::all(&mut tx, app.store.vault()).await.unwrap();
    all.into_iter().find(|key| key.algorithm == Algorithm::Rs256).expect("it was made")
}
