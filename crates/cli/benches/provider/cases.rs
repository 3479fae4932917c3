//! The endpoints, and how each is asked.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use payung_domain::token::Token;
use payung_flows::oidc::paths;
use reqwest::header::COOKIE;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use serde_json::Value;

use crate::house::{CALLBACK, CONFIDENTIAL, House, OLDER, PUBLIC, VERIFIER};
use crate::load::{Ask, Case, Learn};
use crate::server::Server;

const PATIENCE: Duration = Duration::from_secs(30);

/// Nothing is signed or checked.
const NOTHING: &str = "none";

/// Every endpoint that is measured.
pub(crate) async fn all(house: &House, server: &Server, callers: usize, codes: u32) -> Vec<Case> {
    let asker = Asker::new(house, server);
    let count = usize::try_from(codes).unwrap_or(usize::MAX);
    let lasting = house.refresh_tokens(CONFIDENTIAL, callers).await;
    let rotating = house.refresh_tokens(PUBLIC, callers).await;
    let token = asker.access_token(house).await;
    vec![
        Case { asked: Some(0.03), ..asker.page("discovery", "/.well-known/openid-configuration") },
        Case { asked: Some(0.03), ..asker.page("jwks", paths::JWKS) },
        Case {
            name: "token, client_credentials",
            algorithm: "ES256",
            asked: Some(0.15),
            ask: asker.own_account(),
            learn: nothing(),
        },
        Case {
            name: "token, refresh",
            algorithm: "ES256",
            asked: Some(0.6),
            ask: asker.refresh(lasting),
            learn: nothing(),
        },
        asker.rotation(&rotating),
        Case {
            name: "token, code",
            algorithm: "ES256",
            asked: Some(0.6),
            ask: asker.redeem(CONFIDENTIAL, house.codes(CONFIDENTIAL, count).await),
            learn: nothing(),
        },
        Case {
            name: "token, code, older ID token",
            algorithm: "ES256, RS256",
            asked: None,
            ask: asker.redeem(OLDER, house.codes(OLDER, count).await),
            learn: nothing(),
        },
        Case {
            name: "userinfo",
            algorithm: "ES256",
            asked: Some(0.25),
            ask: asker.userinfo(token.clone()),
            learn: nothing(),
        },
        Case {
            name: "introspection",
            algorithm: "ES256",
            asked: Some(0.25),
            ask: asker.introspect(token),
            learn: nothing(),
        },
        asker.page("sign-in page", "/sign-in"),
        asker.dashboard(house),
    ]
}

fn nothing() -> Learn {
    Box::new(|_, _| {})
}

/// What all requests have in common.
struct Asker {
    client: Client,
    site: String,
    secret: String,
}

impl Asker {
    fn new(house: &House, server: &Server) -> Self {
        let client = Client::builder()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            // Only loopback is spoken to, so no certificate of the machine is looked for.
            .tls_certs_only([])
            .build()
            .expect("a client");
        let secret = house.secret.expose().to_owned();
        Self { client, site: server.site.clone(), secret }
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }

    /// A document or a page that everybody may read.
    fn page(&self, name: &'static str, path: &str) -> Case {
        let (client, address) = (self.client.clone(), self.address(path));
        let ask: Ask = Box::new(move |_| Some(client.get(&address)));
        Case { name, algorithm: NOTHING, asked: None, ask, learn: nothing() }
    }

    /// What a confidential client sends to an endpoint.
    fn call(&self, id: &'static str, path: &str) -> impl Fn() -> RequestBuilder + use<> {
        let (client, address, secret) =
            (self.client.clone(), self.address(path), self.secret.clone());
        move || client.post(&address).basic_auth(id, Some(&secret))
    }

    fn own_account(&self) -> Ask {
        let call = self.call(CONFIDENTIAL, paths::TOKEN);
        Box::new(move |_| Some(call().form(&[("grant_type", "client_credentials")])))
    }

    /// Each caller has a refresh token of its own, and uses it every time.
    fn refresh(&self, tokens: Vec<Token>) -> Ask {
        let call = self.call(CONFIDENTIAL, paths::TOKEN);
        Box::new(move |caller| {
            let token = tokens.get(caller)?.expose();
            Some(call().form(&[("grant_type", "refresh_token"), ("refresh_token", token)]))
        })
    }

    /// Each caller uses the refresh token of its last answer.
    fn rotation(&self, tokens: &[Token]) -> Case {
        let (client, address) = (self.client.clone(), self.address(paths::TOKEN));
        let first = tokens.iter().map(|token| token.expose().to_owned());
        let known: Arc<Vec<Mutex<String>>> = Arc::new(first.map(Mutex::new).collect());
        let next = Arc::clone(&known);
        let ask: Ask = Box::new(move |caller| {
            let token = known.get(caller)?.lock().unwrap_or_else(PoisonError::into_inner).clone();
            Some(client.post(&address).form(&[
                ("grant_type", "refresh_token"),
                ("refresh_token", token.as_str()),
                ("client_id", PUBLIC),
            ]))
        });
        let learn: Learn = Box::new(move |caller, body| {
            let Some(place) = next.get(caller) else { return };
            let token = member(body, "refresh_token");
            *place.lock().unwrap_or_else(PoisonError::into_inner) = token;
        });
        let name = "token, refresh that rotates";
        Case { name, algorithm: "ES256", asked: Some(0.6), ask, learn }
    }

    /// Every code is redeemed once.
    fn redeem(&self, id: &'static str, codes: Vec<Token>) -> Ask {
        let call = self.call(id, paths::TOKEN);
        let left = Mutex::new(codes);
        Box::new(move |_| {
            let code = left.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
            Some(call().form(&redeeming(&code)))
        })
    }

    fn userinfo(&self, token: String) -> Ask {
        let (client, address) = (self.client.clone(), self.address(paths::USERINFO));
        Box::new(move |_| Some(client.get(&address).bearer_auth(&token)))
    }

    fn introspect(&self, token: String) -> Ask {
        let call = self.call(CONFIDENTIAL, paths::INTROSPECT);
        Box::new(move |_| Some(call().form(&[("token", token.as_str())])))
    }

    fn dashboard(&self, house: &House) -> Case {
        let (client, address) = (self.client.clone(), self.address("/dashboard"));
        let cookie = format!("payung-session={}", house.session.expose());
        let ask: Ask = Box::new(move |_| Some(client.get(&address).header(COOKIE, &cookie)));
        Case { name: "dashboard", algorithm: NOTHING, asked: None, ask, learn: nothing() }
    }

    /// An access token of the member.
    async fn access_token(&self, house: &House) -> String {
        let codes = house.codes(CONFIDENTIAL, 1).await;
        let code = codes.first().expect("a code");
        let request = self.call(CONFIDENTIAL, paths::TOKEN)().form(&redeeming(code));
        let answer = request.send().await.expect("an answer");
        member(&answer.text().await.expect("a text"), "access_token")
    }
}

fn redeeming(code: &Token) -> [(&'static str, &str); 4] {
    [
        ("grant_type", "authorization_code"),
        ("code", code.expose()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ]
}

/// A text of an answer in JSON.
fn member(body: &str, name: &str) -> String {
    let answer: Value = serde_json::from_str(body).unwrap_or_default();
    let text = answer.get(name).and_then(Value::as_str);
    text.unwrap_or_else(|| panic!("no {name} in {body}")).to_owned()
}
