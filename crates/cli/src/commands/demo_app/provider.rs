//! What the application asks of the provider, and what it checks before it believes an answer.

use std::collections::HashMap;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use payung_domain::keyed::{digest, same};
use payung_domain::token::Token;
use payung_flows::demo::apps::{ID, SCOPE};
use reqwest::{Client, RequestBuilder, redirect};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// How long to wait for an answer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(10);

/// Why nobody is signed in, in words for whoever builds applications.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error("the provider does not answer: {0}")]
    Away(#[from] reqwest::Error),
    #[error("the provider says: {0}")]
    Refused(String),
    #[error("{0}")]
    Unbelievable(&'static str),
}

/// What the provider says of itself, as far as it is needed here.
#[derive(Deserialize)]
pub(super) struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    pub(super) device_authorization_endpoint: String,
    pub(super) token_endpoint: String,
    userinfo_endpoint: String,
    end_session_endpoint: String,
    jwks_uri: String,
}

/// A sign-in under way: what was sent, and must come back or fit.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) state: Token,
    pub(super) nonce: Token,
    pub(super) verifier: Token,
}

/// What is known of whoever is signed in.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) id_token: String,
    pub(super) claims: Map<String, Value>,
    pub(super) userinfo: Map<String, Value>,
}

/// What the token endpoint gives.
#[derive(Deserialize)]
pub(super) struct Tokens {
    access_token: String,
    id_token: String,
}

/// The provider, as an application sees it.
#[derive(Debug)]
pub(super) struct Provider {
    pub(super) http: Client,
    pub(super) issuer: String,
}

impl Provider {
    /// Gets ready; the provider is first spoken to when somebody signs in.
    pub(super) fn new(issuer: &str) -> Result<Self, reqwest::Error> {
        let http = Client::builder()
            .timeout(ANSWERS_WITHIN)
            .redirect(redirect::Policy::none())
            // It is on this machine: no proxy, no certificates, nothing that an end would wait for.
            .no_proxy()
            .tls_certs_only([])
            .pool_max_idle_per_host(0)
            .build()?;
        Ok(Self { http, issuer: issuer.to_owned() })
    }

    /// Reads the provider's description, which must be of the configured issuer.
    pub(super) async fn metadata(&self) -> Result<Metadata, Trouble> {
        let address = format!("{}/.well-known/openid-configuration", self.issuer);
        let metadata: Metadata = told(self.http.get(address)).await?;
        let is_its_own = metadata.issuer == self.issuer;
        is_its_own.then_some(metadata).ok_or(Trouble::Unbelievable("the issuer is another"))
    }

    /// Signs somebody in with what a browser brought back from the provider.
    pub(super) async fn redeem(
        &self,
        asked: &Asked,
        callback: &str,
        answer: &HashMap<String, String>,
    ) -> Result<Told, Trouble> {
        let given = |name: &str| answer.get(name).map_or("", String::as_str);
        if !same(given("state").as_bytes(), asked.state.expose().as_bytes()) {
            return Err(Trouble::Unbelievable("state is not the one that was sent"));
        }
        // RFC 9207: an answer of another provider is none.
        if given("iss") != self.issuer {
            return Err(Trouble::Unbelievable("iss is another"));
        }
        if let Some(error) = answer.get("error") {
            return Err(Trouble::Refused(error.clone()));
        }
        let metadata = self.metadata().await?;
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", ID),
            ("redirect_uri", callback),
            ("code", given("code")),
            ("code_verifier", asked.verifier.expose()),
        ];
        let request = self.http.post(&metadata.token_endpoint).form(&form);
        let tokens: Tokens = told(request).await?;
        self.believed(&metadata, tokens, ID, Some(&asked.nonce)).await
    }

    /// What tokens say of whoever signed in, once all of it was checked.
    pub(super) async fn believed(
        &self,
        metadata: &Metadata,
        Tokens { access_token, id_token }: Tokens,
        client: &str,
        nonce: Option<&Token>,
    ) -> Result<Told, Trouble> {
        let claims = self.checked(metadata, &id_token, client, nonce).await?;
        let request = self.http.get(&metadata.userinfo_endpoint).bearer_auth(access_token);
        let userinfo: Map<String, Value> = told(request).await?;
        if userinfo.get("sub") != claims.get("sub") {
            return Err(Trouble::Unbelievable("userinfo is of somebody else"));
        }
        Ok(Told { id_token, claims, userinfo })
    }

    /// The claims of an ID token for us, of now, for this very sign-in where that has a nonce, with
    /// the algorithm that was agreed on. Whatever else its header says is not listened to.
    async fn checked(
        &self,
        metadata: &Metadata,
        id_token: &str,
        client: &str,
        nonce: Option<&Token>,
    ) -> Result<Map<String, Value>, Trouble> {
        let keys: JwkSet = told(self.http.get(&metadata.jwks_uri)).await?;
        let id = decode_header(id_token).ok().and_then(|header| header.kid).unwrap_or_default();
        let key = keys.find(&id).and_then(|key| DecodingKey::from_jwk(key).ok());
        let key = key.ok_or(Trouble::Unbelievable("the ID token is signed by no known key"))?;
        let mut must = Validation::new(Algorithm::ES256);
        must.set_issuer(&[&self.issuer]);
        must.set_audience(&[client]);
        must.set_required_spec_claims(&["iss", "sub", "aud", "exp"]);
        let opened = decode::<Map<String, Value>>(id_token, &key, &must);
        let opened = opened.map_err(|_| Trouble::Unbelievable("the ID token does not hold"))?;
        let given = opened.claims.get("nonce").and_then(Value::as_str).unwrap_or_default();
        if nonce.is_some_and(|nonce| !same(given.as_bytes(), nonce.expose().as_bytes())) {
            return Err(Trouble::Unbelievable("nonce is not the one that was sent"));
        }
        Ok(opened.claims)
    }
}

impl Metadata {
    /// Where a browser is sent to sign in.
    pub(super) fn sign_in(&self, asked: &Asked, callback: &str, language: &str) -> String {
        let challenge = BASE64URL_NOPAD.encode(&digest(asked.verifier.expose().as_bytes()));
        let pairs = [
            ("client_id", ID),
            ("response_type", "code"),
            ("redirect_uri", callback),
            ("scope", SCOPE),
            ("state", asked.state.expose()),
            ("nonce", asked.nonce.expose()),
            ("code_challenge", &*challenge),
            ("code_challenge_method", "S256"),
            ("ui_locales", language),
        ];
        with_query(&self.authorization_endpoint, &pairs)
    }

    /// Where a browser is sent to sign out, and from where it comes back.
    pub(super) fn sign_out(&self, id_token: &str, back: &str) -> String {
        let pairs =
            [("client_id", ID), ("id_token_hint", id_token), ("post_logout_redirect_uri", back)];
        with_query(&self.end_session_endpoint, &pairs)
    }
}

fn with_query(endpoint: &str, pairs: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{endpoint}?{query}")
}

/// Sends a request and reads the JSON that comes back; a refusal by its name.
pub(super) async fn told<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Trouble> {
    let answer = request.send().await?;
    if answer.status().is_client_error() {
        let refusal: Map<String, Value> = answer.json().await?;
        let error = refusal.get("error").and_then(Value::as_str).unwrap_or_default();
        return Err(Trouble::Refused(error.to_owned()));
    }
    Ok(answer.error_for_status()?.json().await?)
}
