//! `fapi2-security-profile-final-test-plan`: `private_key_jwt`, `DPoP`, OpenID Connect.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use data_encoding::BASE64URL_NOPAD;
use payung_domain::keyed::digest;
use payung_flows::demo::conformance::{SCOPE, WithKey};
use payung_testkit::private_key::PrivateKey;
use payung_testkit::visitor::Page;
use serde_json::{Value, json};

use super::World;
use super::world::{Answered, CALLBACK, ISSUER, Reply, claims, header, json_of, text};

pub(super) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(super) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The suite with the keys of its two clients, and one more that tokens are bound to.
pub(super) struct Fapi {
    pub(super) world: World,
    clients: [WithKey; 2],
    pub(super) keys: [PrivateKey; 2],
    pub(super) bound: PrivateKey,
    names: u32,
}

/// Changes to something that is otherwise right: `-`, or nothing in JSON, leaves a part out.
pub(super) type Fields<'a> = &'a [(&'a str, &'a str)];
pub(super) type Parts<'a> = &'a [(&'a str, Value)];

pub(super) fn changed(mut whole: Value, change: Parts<'_>) -> Value {
    for (name, value) in change {
        if value.is_null() {
            whole.as_object_mut().expect("an object").remove(*name);
        } else {
            whole[*name] = value.clone();
        }
    }
    whole
}

fn with<'a>(own: Fields<'a>, change: Fields<'a>) -> Vec<(&'a str, &'a str)> {
    let is_own = |name: &str| change.iter().all(|(changed, _)| *changed != name);
    let own = own.iter().filter(|(name, _)| is_own(name));
    own.chain(change).copied().collect()
}

impl Fapi {
    pub(super) async fn new() -> Self {
        let world = World::new().await;
        let clients = world.players.fapi.clone();
        Self::with(world, clients)
    }

    /// The suite as two other clients with keys.
    pub(super) fn with(world: World, clients: [WithKey; 2]) -> Self {
        let keys = clients.each_ref().map(|client| PrivateKey::of(&client.private));
        Self { world, clients, keys, bound: PrivateKey::numbered(9), names: 0 }
    }

    pub(super) fn id(&self, client: usize) -> String {
        self.clients[client].id.clone()
    }

    pub(super) fn seconds(&self) -> i64 {
        self.world.now().micros() / 1_000_000
    }

    pub(super) fn name(&mut self) -> String {
        self.names += 1;
        format!("name-{}", self.names)
    }

    /// An assertion of who a client is.
    pub(super) fn assertion(&mut self, client: usize, change: Parts<'_>) -> String {
        let (id, now, name) = (self.id(client), self.seconds(), self.name());
        let right = json!({
            "iss": id, "sub": id, "aud": ISSUER, "jti": name,
            "iat": now, "nbf": now, "exp": now + 60,
        });
        let header = json!({ "alg": "ES256", "typ": "JWT", "kid": id });
        self.keys[client].sign(&header, &changed(right, change))
    }

    /// A proof that the key is there.
    pub(super) fn proof(&mut self, method: &str, path: &str, change: Parts<'_>) -> String {
        let (now, name) = (self.seconds(), self.name());
        let right = json!({
            "jti": name, "htm": method, "htu": format!("{ISSUER}{path}"), "iat": now,
        });
        let header = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": self.bound.public() });
        self.bound.sign(&header, &changed(right, change))
    }

    /// Calls an endpoint as a client; with a proof where there is one.
    pub(super) async fn call(
        &mut self,
        client: usize,
        path: &str,
        proof: Option<String>,
        fields: Fields<'_>,
    ) -> Page {
        let (id, assertion) = (self.id(client), self.assertion(client, &[]));
        let own = [
            ("client_id", &*id),
            ("client_assertion_type", ASSERTION),
            ("client_assertion", &*assertion),
        ];
        let headers: Vec<_> = proof.into_iter().map(|proof| ("dpop", proof)).collect();
        let mut fields = with(&own, fields);
        fields.retain(|(_, value)| *value != "-");
        self.world.call(path, &headers, &fields).await
    }

    /// Pushes a request.
    pub(super) async fn push_with(
        &mut self,
        client: usize,
        proof: Option<String>,
        change: Fields<'_>,
    ) -> Reply {
        let right = [
            ("redirect_uri", CALLBACK),
            ("response_type", "code"),
            ("scope", SCOPE),
            ("state", "staat"),
            ("nonce", "n-0S6"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let fields = with(&right, change);
        let page = self.call(client, "/oidc/par", proof, &fields).await;
        (page.status, json_of(&page))
    }

    /// Pushes a request that is taken; answers under which name.
    pub(super) async fn push(&mut self, client: usize, change: Fields<'_>) -> String {
        let (status, pushed) = self.push_with(client, None, change).await;
        assert_eq!((status, &pushed["expires_in"]), (StatusCode::CREATED, &json!(60)), "{pushed}");
        text(&pushed["request_uri"]).to_owned()
    }

    /// Pushes a request that is refused; answers with which error.
    pub(super) async fn pushed_in_vain(&mut self, change: Fields<'_>) -> String {
        let (status, told) = self.push_with(0, None, change).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{told}");
        text(&told["error"]).to_owned()
    }

    /// Opens a pushed request in the browser, and nothing more.
    pub(super) async fn open(&mut self, client: usize, request_uri: &str) -> Page {
        let id = self.id(client);
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("client_id", &id).append_pair("request_uri", request_uri);
        let path = format!("/oidc/authorize?{}", query.finish());
        self.world.browser.get(&path).await
    }

    /// Pushes a request and walks through our pages back to the suite.
    pub(super) async fn go(&mut self, client: usize, change: Fields<'_>) -> Answered {
        let request_uri = self.push(client, change).await;
        let page = self.open(client, &request_uri).await;
        self.world.come_back(page).await
    }

    pub(super) async fn code(&mut self) -> String {
        self.go(0, &[]).await.code().to_owned()
    }

    /// Redeems a code with a proof of the bound key.
    pub(super) async fn redeem(&mut self, client: usize, code: &str, change: Fields<'_>) -> Reply {
        let proof = self.proof("POST", "/oidc/token", &[]);
        self.redeem_with(client, code, Some(proof), change).await
    }

    pub(super) async fn redeem_with(
        &mut self,
        client: usize,
        code: &str,
        proof: Option<String>,
        change: Fields<'_>,
    ) -> Reply {
        let right = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        let fields = with(&right, change);
        let page = self.call(client, "/oidc/token", proof, &fields).await;
        (page.status, json_of(&page))
    }

    pub(super) async fn tokens(&mut self) -> Value {
        let code = self.code().await;
        let (status, tokens) = self.redeem(0, &code, &[]).await;
        assert_eq!((status, &tokens["token_type"]), (StatusCode::OK, &json!("DPoP")), "{tokens}");
        tokens
    }

    /// Asks the resource, which is userinfo.
    pub(super) async fn resource(
        &mut self,
        scheme: &str,
        token: &Value,
        change: Parts<'_>,
    ) -> Page {
        let hash = BASE64URL_NOPAD.encode(&digest(text(token).as_bytes()));
        let ath = [("ath", json!(hash))];
        let proof = self.proof("GET", "/oidc/userinfo", &[&ath[..], change].concat());
        self.resource_with(scheme, token, Some(proof)).await
    }

    pub(super) async fn resource_with(
        &self,
        scheme: &str,
        token: &Value,
        proof: Option<String>,
    ) -> Page {
        let mut program = self.world.browser.clone();
        program.cookies.clear();
        program.headers.push(("authorization", format!("{scheme} {}", text(token))));
        program.headers.extend(proof.map(|proof| ("dpop", proof)));
        program.get("/oidc/userinfo").await
    }

    /// Whether the resource is given for a token.
    pub(super) async fn is_served(&mut self, token: &Value) -> bool {
        self.resource("DPoP", token, &[]).await.status == StatusCode::OK
    }
}

pub(super) fn refusal(reply: &Reply) -> (u16, &str) {
    (reply.0.as_u16(), text(&reply.1["error"]))
}

/// The browser is led nowhere, and our page says why.
fn is_over(page: &Page) {
    assert_eq!((page.status, page.leads_to()), (StatusCode::BAD_REQUEST, ""), "{}", page.html);
    assert!(page.says("request is over or too old"), "{}", page.html);
}

#[tokio::test]
async fn fapi2_security_profile_final_discovery_end_point_verification() {
    let mut fapi = Fapi::new().await;
    let told = json_of(&fapi.world.browser.get("/.well-known/openid-configuration").await);
    let has = |name: &str, value: &str| {
        let all = told[name].as_array().unwrap_or_else(|| panic!("no {name}"));
        assert!(all.iter().any(|one| one == value), "{value} in {name}: {all:?}");
    };
    has("token_endpoint_auth_methods_supported", "private_key_jwt");
    has("token_endpoint_auth_signing_alg_values_supported", "ES256");
    has("dpop_signing_alg_values_supported", "ES256");
    has("code_challenge_methods_supported", "S256");
    has("id_token_signing_alg_values_supported", "ES256");
    has("grant_types_supported", "authorization_code");
    assert_eq!(told["authorization_response_iss_parameter_supported"], true);
    assert_eq!(text(&told["pushed_authorization_request_endpoint"]), format!("{ISSUER}/oidc/par"));
}

#[tokio::test]
async fn fapi2_security_profile_final_happy_flow() {
    let mut fapi = Fapi::new().await;
    let answered = fapi.go(0, &[]).await;
    assert_eq!((answered.get("state"), answered.get("iss")), (Some("staat"), Some(ISSUER)));
    let (status, tokens) = fapi.redeem(0, answered.code(), &[]).await;
    assert_eq!(status, StatusCode::OK, "{tokens}");
    assert!(tokens["expires_in"].as_i64() <= Some(300));
    assert_eq!(header(&tokens["id_token"])["alg"], "ES256", "X-08");
    assert_eq!(claims(&tokens["id_token"])["nonce"], "n-0S6");
    let key = claims(&tokens["access_token"])["cnf"]["jkt"].clone();
    assert_eq!(key, json!(fapi.bound.thumbprint()));
    let page = fapi.resource("DPoP", &tokens["access_token"], &[]).await;
    assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "application/json"));
    // The second client comes back with a query of its own.
    let back = format!("{CALLBACK}?dummy1=lorem&dummy2=ipsum");
    let answered = fapi.go(1, &[("redirect_uri", &back)]).await;
    assert_eq!((&*answered.address, answered.get("dummy2")), (CALLBACK, Some("ipsum")));
    let (status, told) = fapi.redeem(1, answered.code(), &[("redirect_uri", &back)]).await;
    assert_eq!(status, StatusCode::OK, "{told}");
}

#[tokio::test]
async fn fapi2_security_profile_final_user_rejects_authentication() {
    let mut fapi = Fapi::new().await;
    fapi.code().await;
    for client in [0, 1] {
        let request_uri = fapi.push(client, &[]).await;
        let page = fapi.open(client, &request_uri).await;
        let page = fapi.world.look(page).await;
        assert!(page.says("id=\"consent-cancel\""), "asked every time: {}", page.html);
        let page = fapi.world.decide(&page, "cancel").await;
        let answered = Answered::of(&page).expect("an answer");
        assert_eq!((answered.error(), answered.get("state")), ("access_denied", Some("staat")));
    }
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_authorization_request_without_state_success() {
    let mut fapi = Fapi::new().await;
    let answered = fapi.go(0, &[("state", "-")]).await;
    assert_eq!((answered.get("state"), answered.code().len()), (None, 43));
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_authorization_request_without_nonce_success() {
    let mut fapi = Fapi::new().await;
    let answered = fapi.go(0, &[("nonce", "-")]).await;
    let (_, tokens) = fapi.redeem(0, answered.code(), &[]).await;
    assert_eq!(claims(&tokens["id_token"]).get("nonce"), None);
}

async fn comes_back_whole(nonce: &str, state: &str) {
    let mut fapi = Fapi::new().await;
    let answered = fapi.go(0, &[("nonce", nonce), ("state", state)]).await;
    assert_eq!(answered.get("state"), Some(state));
    let (_, tokens) = fapi.redeem(0, answered.code(), &[]).await;
    assert_eq!(claims(&tokens["id_token"])["nonce"], nonce);
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_authorization_request_with_64_char_nonce_success() {
    comes_back_whole(&"n".repeat(64), "staat").await;
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_authorization_request_with_long_nonce() {
    comes_back_whole(&"n".repeat(384), "staat").await;
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_authorization_request_with_long_state() {
    comes_back_whole("n-0S6", &"s".repeat(1_000)).await;
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_other_scope_order_succeeds() {
    let mut fapi = Fapi::new().await;
    let answered = fapi.go(0, &[("scope", "email offline_access openid")]).await;
    let (_, tokens) = fapi.redeem(0, answered.code(), &[]).await;
    assert!(tokens["id_token"].is_string() && tokens["refresh_token"].is_string(), "{tokens}");
}

#[tokio::test]
async fn fapi2_security_profile_final_test_claims_parameter_identity_claims() {
    let mut fapi = Fapi::new().await;
    let wish = r#"{"userinfo":{"name":{"essential":true},"email":null,"shoe_size":null}}"#;
    let answered = fapi.go(0, &[("scope", "openid"), ("claims", wish)]).await;
    let (_, tokens) = fapi.redeem(0, answered.code(), &[]).await;
    let told = json_of(&fapi.resource("DPoP", &tokens["access_token"], &[]).await);
    assert!(told["name"].is_string() && told["email"].is_string(), "{told}");
    assert_eq!(told.get("phone_number"), None, "O10");
}

#[tokio::test]
async fn fapi2_security_profile_final_access_token_type_header_case_sensitivity() {
    let mut fapi = Fapi::new().await;
    let tokens = fapi.tokens().await;
    for scheme in ["DPoP", "dpop", "DPOP"] {
        let page = fapi.resource(scheme, &tokens["access_token"], &[]).await;
        assert_eq!(page.status, StatusCode::OK, "{scheme}");
    }
}

#[tokio::test]
async fn fapi2_security_profile_final_check_dpop_proof_nbf_exp() {
    let mut fapi = Fapi::new().await;
    let tokens = fapi.tokens().await;
    let now = fapi.seconds();
    let times = [("nbf", json!(now - 10)), ("exp", json!(now + 60))];
    let page = fapi.resource("DPoP", &tokens["access_token"], &times).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
}

async fn a_proof_of_another_second_is_taken(ahead: i64) {
    let mut fapi = Fapi::new().await;
    let code = fapi.code().await;
    let iat = [("iat", json!(fapi.seconds() + ahead))];
    let proof = fapi.proof("POST", "/oidc/token", &iat);
    let (status, tokens) = fapi.redeem_with(0, &code, Some(proof), &[]).await;
    assert_eq!(status, StatusCode::OK, "{tokens}");
    let page = fapi.resource("DPoP", &tokens["access_token"], &iat).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_dpopproof_with_iat_10seconds_before_succeeds() {
    a_proof_of_another_second_is_taken(-10).await;
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_dpopproof_with_iat_10seconds_after_succeeds() {
    a_proof_of_another_second_is_taken(10).await;
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_mismatched_dpop_jkt_fails() {
    let mut fapi = Fapi::new().await;
    let proof = fapi.proof("POST", "/oidc/par", &[]);
    let other = PrivateKey::numbered(8).thumbprint();
    let reply = fapi.push_with(0, Some(proof), &[("dpop_jkt", &other)]).await;
    assert_eq!(refusal(&reply), (400, "invalid_dpop_proof"));
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_token_endpoint_fails_with_mismatched_dpop_proof_jkt() {
    let mut fapi = Fapi::new().await;
    let proof = fapi.proof("POST", "/oidc/par", &[]);
    let (_, pushed) = fapi.push_with(0, Some(proof), &[]).await;
    let page = fapi.open(0, text(&pushed["request_uri"])).await;
    let code = fapi.world.come_back(page).await.code().to_owned();
    fapi.bound = PrivateKey::numbered(8);
    assert_eq!(refusal(&fapi.redeem(0, &code, &[]).await), (400, "invalid_grant"));
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_token_endpoint_fails_with_mismatched_dpop_jkt() {
    let mut fapi = Fapi::new().await;
    let other = PrivateKey::numbered(8).thumbprint();
    let code = fapi.go(0, &[("dpop_jkt", &other)]).await.code().to_owned();
    assert_eq!(refusal(&fapi.redeem(0, &code, &[]).await), (400, "invalid_grant"));
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_dpopproof_at_par_endpoint_binding_success() {
    let mut fapi = Fapi::new().await;
    let proof = fapi.proof("POST", "/oidc/par", &[]);
    let (status, pushed) = fapi.push_with(0, Some(proof), &[]).await;
    assert_eq!(status, StatusCode::CREATED, "{pushed}");
    let page = fapi.open(0, text(&pushed["request_uri"])).await;
    let code = fapi.world.come_back(page).await.code().to_owned();
    assert_eq!(fapi.redeem(0, &code, &[]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_dpop_auth_code_binding_success() {
    let mut fapi = Fapi::new().await;
    let own = fapi.bound.thumbprint();
    let code = fapi.go(0, &[("dpop_jkt", &own)]).await.code().to_owned();
    assert_eq!(fapi.redeem(0, &code, &[]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn fapi2_security_profile_final_state_only_outside_request_object_not_used() {
    let mut fapi = Fapi::new().await;
    let request_uri = fapi.push(0, &[("state", "-")]).await;
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs([("client_id", "payung-fapi-1"), ("request_uri", &*request_uri)]);
    let path = format!("/oidc/authorize?{}&state=outside", query.finish());
    let page = fapi.world.browser.get(&path).await;
    assert_eq!(fapi.world.come_back(page).await.get("state"), None);
}

/// What a member is led to who opens a pushed request with something more beside it.
async fn beside(fapi: &mut Fapi, more: Fields<'_>) -> Answered {
    let request_uri = fapi.push(0, &[]).await;
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs([("client_id", "payung-fapi-1"), ("request_uri", &*request_uri)]);
    query.extend_pairs(more);
    let page = fapi.world.browser.get(&format!("/oidc/authorize?{}", query.finish())).await;
    fapi.world.come_back(page).await
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_different_nonce_inside_and_outside_request_object() {
    let mut fapi = Fapi::new().await;
    let answered = beside(&mut fapi, &[("nonce", "outside")]).await;
    let (_, tokens) = fapi.redeem(0, answered.code(), &[]).await;
    assert_eq!(claims(&tokens["id_token"])["nonce"], "n-0S6", "the one outside counts for nothing");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_different_state_inside_and_outside_request_object() {
    let mut fapi = Fapi::new().await;
    let answered = beside(&mut fapi, &[("state", "outside")]).await;
    assert_eq!(answered.get("state"), Some("staat"), "the one outside counts for nothing");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_registered_redirect_uri() {
    let mut fapi = Fapi::new().await;
    let strange = format!("{CALLBACK}/OTHER");
    assert_eq!(fapi.pushed_in_vain(&[("redirect_uri", &strange)]).await, "invalid_request");
}

#[tokio::test]
async fn fapi2_security_profile_final_plain_fapi_tolerate_unregistered_redirect_uri() {
    let mut fapi = Fapi::new().await;
    // May be tolerated of clients that are known; we do not.
    let strange = [("redirect_uri", "https://localhost.emobix.co.uk:8443/test/a/other/callback")];
    assert_eq!(fapi.pushed_in_vain(&strange).await, "invalid_request");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_unsigned_authorization_request_without_using_par_fails()
 {
    let mut fapi = Fapi::new().await;
    let more = [
        ("client_id", "payung-fapi-1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let page = fapi.world.browser.get(&fapi.world.asking(&more)).await;
    let answered = Answered::of(&page).expect("an answer at once");
    assert_eq!(answered.error(), "invalid_request");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_redirect_uri_in_authorization_request() {
    let mut fapi = Fapi::new().await;
    assert_eq!(fapi.pushed_in_vain(&[("redirect_uri", "-")]).await, "invalid_request");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_request_object_without_redirect_uri_fails() {
    let mut fapi = Fapi::new().await;
    assert_eq!(fapi.pushed_in_vain(&[("redirect_uri", "")]).await, "invalid_request");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_response_type_code_idtoken_fails() {
    let mut fapi = Fapi::new().await;
    let error = fapi.pushed_in_vain(&[("response_type", "code id_token")]).await;
    assert_eq!(error, "unsupported_response_type");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_response_type_token_fails() {
    let mut fapi = Fapi::new().await;
    let error = fapi.pushed_in_vain(&[("response_type", "token")]).await;
    assert_eq!(error, "unsupported_response_type");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_client_id_in_token_endpoint() {
    let mut fapi = Fapi::new().await;
    let code = fapi.code().await;
    let reply = fapi.redeem(0, &code, &[("client_id", "payung-fapi-2")]).await;
    assert_eq!(refusal(&reply), (401, "invalid_client"));
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_holder_of_key_required() {
    let mut fapi = Fapi::new().await;
    let code = fapi.code().await;
    let reply = fapi.redeem_with(0, &code, None, &[]).await;
    assert_eq!(refusal(&reply), (400, "invalid_dpop_proof"));
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_authorization_code_is_bound_to_client() {
    let mut fapi = Fapi::new().await;
    let code = fapi.code().await;
    assert_eq!(refusal(&fapi.redeem(1, &code, &[]).await), (400, "invalid_grant"));
}

#[tokio::test]
async fn fapi2_security_profile_final_attempt_reuse_authorization_code_after_one_second() {
    let mut fapi = Fapi::new().await;
    let code = fapi.code().await;
    let (_, tokens) = fapi.redeem(0, &code, &[]).await;
    assert!(fapi.is_served(&tokens["access_token"]).await);
    fapi.world.pass(Duration::from_secs(1));
    assert_eq!(refusal(&fapi.redeem(0, &code, &[]).await), (400, "invalid_grant"));
    assert!(!fapi.is_served(&tokens["access_token"]).await, "K-04");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_token_endpoint_fails_with_expired_auth_code() {
    let mut fapi = Fapi::new().await;
    let code = fapi.code().await;
    fapi.world.pass(Duration::from_mins(1));
    assert_eq!(refusal(&fapi.redeem(0, &code, &[]).await), (400, "invalid_grant"));
}

/// A client with another assertion than its own is nobody, neither here nor there.
async fn is_nobody(fapi: &mut Fapi, assertion: &str) {
    let code = fapi.code().await;
    let change = [("client_assertion", assertion)];
    let reply = fapi.redeem(0, &code, &change).await;
    assert_eq!(refusal(&reply), (401, "invalid_client"));
    let reply = fapi.push_with(0, None, &change).await;
    assert_eq!(refusal(&reply), (401, "invalid_client"));
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_signed_client_assertion_with_rs256_fails() {
    let mut fapi = Fapi::new().await;
    let right = fapi.assertion(0, &[]);
    let (_, rest) = right.split_once('.').expect("three parts");
    let header = json!({ "alg": "RS256", "typ": "JWT", "kid": "payung-fapi-1" });
    let other = BASE64URL_NOPAD.encode(header.to_string().as_bytes());
    is_nobody(&mut fapi, &format!("{other}.{rest}")).await;
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_client_assertion_in_token_endpoint() {
    let mut fapi = Fapi::new().await;
    let code = fapi.code().await;
    let none = [("client_assertion", "-"), ("client_assertion_type", "-")];
    assert_eq!(refusal(&fapi.redeem(0, &code, &none).await), (401, "invalid_client"));
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_client_assertion_with_exp_is_5_minutes_in_past_fails()
{
    let mut fapi = Fapi::new().await;
    let past = fapi.seconds() - 300;
    let assertion = fapi.assertion(0, &[("exp", json!(past))]);
    is_nobody(&mut fapi, &assertion).await;
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_client_assertion_with_wrong_aud_fails() {
    let mut fapi = Fapi::new().await;
    for aud in
        [json!("https://other.example"), json!([ISSUER]), json!(format!("{ISSUER}/oidc/par"))]
    {
        let assertion = fapi.assertion(0, &[("aud", aud)]);
        is_nobody(&mut fapi, &assertion).await;
    }
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_client_assertion_with_no_sub_fails() {
    let mut fapi = Fapi::new().await;
    let assertion = fapi.assertion(0, &[("sub", Value::Null)]);
    is_nobody(&mut fapi, &assertion).await;
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_invalid_client_assertions_fail() {
    let mut fapi = Fapi::new().await;
    let (now, other) = (fapi.seconds(), json!("payung-fapi-2"));
    for change in [
        ("iss", Value::Null),
        ("iss", other.clone()),
        ("sub", other),
        ("aud", Value::Null),
        ("exp", Value::Null),
        ("jti", Value::Null),
        ("nbf", json!(now + 61)),
        ("iat", json!(now + 61)),
    ] {
        let assertion = fapi.assertion(0, &[change]);
        is_nobody(&mut fapi, &assertion).await;
    }
    // A clock that is 8 seconds ahead is none of that.
    let ahead = [("nbf", json!(now + 8)), ("iat", json!(now + 8))];
    let assertion = fapi.assertion(0, &ahead);
    let code = fapi.code().await;
    let (status, told) = fapi.redeem(0, &code, &[("client_assertion", &assertion)]).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    // Nor is it taken twice.
    let code = fapi.code().await;
    let reply = fapi.redeem(0, &code, &[("client_assertion", &assertion)]).await;
    assert_eq!(refusal(&reply), (401, "invalid_client"), "O7");
}

#[tokio::test]
async fn fapi2_security_profile_final_dpop_negative_tests() {
    let mut fapi = Fapi::new().await;
    let tokens = fapi.tokens().await;
    let token = &tokens["access_token"];
    let now = fapi.seconds();
    for change in [
        ("htm", json!("PUT")),
        ("htm", Value::Null),
        ("htu", json!("https://other.example/oidc/userinfo")),
        ("htu", Value::Null),
        ("ath", json!("AAAA")),
        ("ath", Value::Null),
        ("jti", Value::Null),
        ("iat", Value::Null),
        ("iat", json!(now - 3_600)),
        ("iat", json!(now + 3_600)),
    ] {
        let what = format!("{change:?}");
        let page = fapi.resource("DPoP", token, &[change]).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{what}");
        assert!(page.header("www-authenticate").starts_with("DPoP "), "{what}");
    }
    let page = fapi.resource_with("DPoP", token, None).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED, "no proof");
    let page = fapi.resource("Bearer", token, &[]).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED, "as if it were not bound");
    fapi.bound = PrivateKey::numbered(8);
    let page = fapi.resource("DPoP", token, &[]).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED, "another key");
    let code = fapi.code().await;
    let proof = fapi.proof("GET", "/oidc/token", &[]);
    let reply = fapi.redeem_with(0, &code, Some(proof), &[]).await;
    assert_eq!(refusal(&reply), (400, "invalid_dpop_proof"));
}

#[tokio::test]
async fn fapi2_security_profile_final_refresh_token() {
    let mut fapi = Fapi::new().await;
    let tokens = fapi.tokens().await;
    let kept = text(&tokens["refresh_token"]).to_owned();
    let fields = [("grant_type", "refresh_token"), ("refresh_token", &*kept)];
    // The former one still works 30 seconds later: nothing is changed under such a client (X-09).
    for _ in 0..2 {
        let proof = fapi.proof("POST", "/oidc/token", &[]);
        let page = fapi.call(0, "/oidc/token", Some(proof), &fields).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        let fresh = json_of(&page);
        assert!(fapi.is_served(&fresh["access_token"]).await);
        fapi.world.pass(Duration::from_secs(30));
    }
    let proof = fapi.proof("POST", "/oidc/token", &[]);
    let page = fapi.call(1, "/oidc/token", Some(proof), &fields).await;
    assert_eq!(refusal(&(page.status, json_of(&page))), (400, "invalid_grant"));
}

#[tokio::test]
async fn fapi2_security_profile_final_par_ensure_reused_request_uri_prior_to_auth_completion_succeeds()
 {
    let mut fapi = Fapi::new().await;
    let request_uri = fapi.push(0, &[]).await;
    let page = fapi.open(0, &request_uri).await;
    let page = fapi.world.look(page).await;
    assert!(page.says("id=\"submit-login\""), "{}", page.html);
    let page = fapi.open(0, &request_uri).await;
    let code = fapi.world.come_back(page).await.code().to_owned();
    assert_eq!(fapi.redeem(0, &code, &[]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn fapi2_security_profile_final_par_attempt_reuse_request_uri() {
    let mut fapi = Fapi::new().await;
    let request_uri = fapi.push(0, &[]).await;
    let page = fapi.open(0, &request_uri).await;
    fapi.world.come_back(page).await.code();
    is_over(&fapi.open(0, &request_uri).await);
}

#[tokio::test]
async fn fapi2_security_profile_final_par_attempt_to_use_expired_request_uri() {
    let mut fapi = Fapi::new().await;
    let request_uri = fapi.push(0, &[]).await;
    fapi.world.pass(Duration::from_mins(1));
    is_over(&fapi.open(0, &request_uri).await);
}

#[tokio::test]
async fn fapi2_security_profile_final_par_attempt_to_use_request_uri_for_different_client() {
    let mut fapi = Fapi::new().await;
    let request_uri = fapi.push(0, &[]).await;
    is_over(&fapi.open(1, &request_uri).await);
}

#[tokio::test]
async fn fapi2_security_profile_final_par_authorization_request_containing_request_uri_form_param()
{
    let mut fapi = Fapi::new().await;
    let request_uri = fapi.push(0, &[]).await;
    assert_eq!(fapi.pushed_in_vain(&[("request_uri", &request_uri)]).await, "invalid_request");
}

#[tokio::test]
async fn fapi2_security_profile_final_par_authorization_request_containing_request_uri() {
    let mut fapi = Fapi::new().await;
    let strange = [("request_uri", "urn:ietf:params:oauth:request_uri:other")];
    assert_eq!(fapi.pushed_in_vain(&strange).await, "invalid_request");
}

#[tokio::test]
async fn fapi2_security_profile_final_par_attempt_invalid_http_method() {
    let mut fapi = Fapi::new().await;
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let what = method.to_string();
        let page = fapi.world.browser.send(method, "/oidc/par", None, Body::empty()).await;
        assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED, "{what}");
    }
}

#[tokio::test]
async fn fapi2_security_profile_final_par_ensure_pkce_required() {
    let mut fapi = Fapi::new().await;
    let none = [("code_challenge", "-"), ("code_challenge_method", "-")];
    assert_eq!(fapi.pushed_in_vain(&none).await, "invalid_request");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_pkce_code_verifier_required() {
    let mut fapi = Fapi::new().await;
    let code = fapi.code().await;
    let reply = fapi.redeem(0, &code, &[("code_verifier", "-")]).await;
    assert_eq!(refusal(&reply), (400, "invalid_grant"));
}

#[tokio::test]
async fn fapi2_security_profile_final_incorrect_pkce_code_verifier_rejected() {
    let mut fapi = Fapi::new().await;
    let code = fapi.code().await;
    let reply = fapi.redeem(0, &code, &[("code_verifier", CHALLENGE)]).await;
    assert_eq!(refusal(&reply), (400, "invalid_grant"));
}

#[tokio::test]
async fn fapi2_security_profile_final_par_plain_pkce_rejected() {
    let mut fapi = Fapi::new().await;
    let plain = [("code_challenge", VERIFIER), ("code_challenge_method", "plain")];
    assert_eq!(fapi.pushed_in_vain(&plain).await, "invalid_request");
}

#[tokio::test]
async fn fapi2_security_profile_final_par_without_duplicate_parameters() {
    // Nothing but client_id and request_uri: as every request here is opened.
    let mut fapi = Fapi::new().await;
    assert_eq!(fapi.code().await.len(), 43);
}
