//! Signed requests (RFC 9101), signed answers (JARM) and signed introspection (RFC 9701).

use std::time::Duration;

use axum::http::StatusCode;
use data_encoding::{BASE64, BASE64URL_NOPAD};
use payung_domain::oidc::clients::Definition;
use payung_domain::oidc::tokens::seconds;
use payung_domain::time::Clock;
use payung_flows::oidc::jose;
use payung_testkit::client_key::ClientKey;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine, people};
use serde_json::{Value, json};

use crate::provider::{
    CALLBACK, CHALLENGE, SECRET, agree, asking, call, carried, code_for, definition, follow,
    redeem, register, signed_in, text,
};

on_each_engine!(
    k18_a_signed_request_counts_for_itself_alone,
    o6_a_request_that_its_client_did_not_sign_for_us_is_refused,
    k18_who_registered_no_algorithm_is_answered_as_ever,
    k18_where_requests_have_to_be_signed_plain_ones_are_refused,
    o11_a_signed_answer_names_the_issuer_and_its_client,
    o11_a_refusal_is_signed_where_answers_are,
    k22_introspection_is_signed_for_who_asks_for_that,
    k24_the_documents_tell_what_is_signed,
);

const ISSUER: &str = "https://payung.example";

fn key() -> ClientKey {
    ClientKey::new(7)
}

fn signing(id: &str, must_sign: bool) -> Definition {
    Definition {
        request_object_signing_alg: "ES256".to_owned(),
        require_signed_request_object: must_sign,
        jwks: Some(key().jwks()),
        ..definition(id)
    }
}

/// A bench with Budi, a client that may sign, one that has to, and one that cannot.
async fn opened(db: TestStore) -> Bench {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    for definition in [signing("klaim", false), signing("ketat", true), definition("lain")] {
        register(&bench, definition).await;
    }
    bench
}

fn header() -> Value {
    json!({ "alg": "ES256", "typ": "oauth-authz-req+jwt" })
}

/// The claims of a good request, some of them changed.
fn claims(bench: &Bench, client: &str, changes: &[(&str, Value)]) -> Value {
    let now = seconds(bench.clock.now());
    let mut claims = json!({
        "iss": client, "aud": ISSUER, "nbf": now, "exp": now + 300, "client_id": client,
        "redirect_uri": CALLBACK, "response_type": "code", "scope": "openid email",
        "state": "inside", "nonce": "n-0S6", "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    });
    for (name, value) in changes {
        claims[*name] = value.clone();
    }
    claims
}

fn signed(bench: &Bench, client: &str, changes: &[(&str, Value)]) -> String {
    key().sign(&header(), &claims(bench, client, changes))
}

/// The address for a signed request, with more beside it.
fn carrying(client: &str, request: &str, more: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("client_id", client).append_pair("request", request).extend_pairs(more);
    format!("/oidc/authorize?{}", query.finish())
}

async fn answer(visitor: &mut Visitor, address: &str) -> Page {
    let page = visitor.get(address).await;
    let page = follow(visitor, page).await;
    if page.says("consent-allow") { agree(visitor, &page, "allow").await } else { page }
}

/// What a signed answer holds, with the signature checked.
async fn opened_answer(bench: &Bench, page: &Page) -> Value {
    let token = carried(page, "response").expect("a signed answer");
    let now = bench.clock.now();
    jose::opened(&bench.app, &token, "JWT", now).await.unwrap().expect("signed by us")
}

async fn k18_a_signed_request_counts_for_itself_alone(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let request = signed(&bench, "klaim", &[]);
    let beside = [
        ("redirect_uri", "https://x.example/cb"),
        ("scope", "openid profile offline_access"),
        ("state", "beside"),
        ("response_type", "token"),
        ("response_mode", "form_post"),
    ];
    let page = answer(&mut visitor, &carrying("klaim", &request, &beside)).await;
    assert!(page.leads_to().starts_with("https://klaim.example/cb?"), "{}", page.html);
    assert_eq!(carried(&page, "state").as_deref(), Some("inside"));
    let code = carried(&page, "code").expect("a code");
    let (status, tokens) = redeem(&mut visitor, "klaim", &code).await;
    assert_eq!((status, &tokens["scope"]), (StatusCode::OK, &json!("openid email")), "{tokens}");
    // Pushed, it counts the same.
    let fields = [("request", &*request), ("scope", "openid profile")];
    let (status, pushed) = call(&mut visitor, "/oidc/par", "klaim", &fields).await;
    assert_eq!(status, StatusCode::CREATED, "{pushed}");
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("client_id", "klaim")
        .append_pair("request_uri", text(&pushed["request_uri"]));
    let page = answer(&mut visitor, &format!("/oidc/authorize?{}", query.finish())).await;
    assert_eq!(carried(&page, "state").as_deref(), Some("inside"));
    // The client may sign, and need not.
    code_for(&mut visitor, "klaim", &[]).await;
}

async fn o6_a_request_that_its_client_did_not_sign_for_us_is_refused(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let good = claims(&bench, "klaim", &[]);
    let now = seconds(bench.clock.now());
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let whole = signed(&bench, "klaim", &[]);
    let signature = whole.split('.').nth(2).unwrap();
    let other = ClientKey::new(8);
    let with_key = json!({ "alg": "ES256", "jwk": other.jwks()["keys"][0] });
    let bad = [
        format!("{}.{}.", part(&json!({ "alg": "none" })), part(&good)),
        format!("{}.{}.{signature}", part(&json!({ "alg": "HS256" })), part(&good)),
        format!("{}.{}.{signature}", part(&header()), part(&json!({ "iss": "klaim" }))),
        other.sign(&header(), &good),
        other.sign(&with_key, &good),
        key().sign(&json!({ "alg": "ES256", "typ": "at+jwt" }), &good),
        key().sign(&json!({ "alg": "ES256", "crit": ["x"] }), &good),
        signed(&bench, "lain", &[]),
        signed(&bench, "klaim", &[("aud", json!("https://other.example"))]),
        signed(&bench, "klaim", &[("exp", json!(now))]),
        signed(&bench, "klaim", &[("exp", json!(now + 3_601))]),
        signed(&bench, "klaim", &[("exp", Value::Null)]),
        signed(&bench, "klaim", &[("nbf", json!(now + 60))]),
        signed(&bench, "klaim", &[("sub", json!("klaim"))]),
        signed(&bench, "klaim", &[("request", json!(whole))]),
        signed(&bench, "klaim", &[("request_uri", json!("https://klaim.example/request"))]),
        "x.y.z".to_owned(),
        "x".to_owned(),
    ];
    for request in &bad {
        let beside = [("redirect_uri", CALLBACK), ("state", "beside")];
        let page = visitor.get(&carrying("klaim", request, &beside)).await;
        let error = carried(&page, "error");
        assert_eq!(error.as_deref(), Some("invalid_request_object"), "{request} {}", page.html);
        let page = visitor.get(&carrying("klaim", request, &[])).await;
        assert_eq!((page.status, page.leads_to()), (StatusCode::BAD_REQUEST, ""), "{request}");
        let fields = [("request", &**request)];
        let (status, told) = call(&mut visitor, "/oidc/par", "klaim", &fields).await;
        assert_eq!(
            (status, &told["error"]),
            (StatusCode::BAD_REQUEST, &json!("invalid_request_object")),
            "{request}"
        );
    }
    // What is signed may still ask for too much, or for an answer elsewhere.
    let request = signed(&bench, "klaim", &[("scope", json!("openid phone"))]);
    let page = visitor.get(&carrying("klaim", &request, &[])).await;
    assert_eq!(carried(&page, "error").as_deref(), Some("invalid_scope"));
    let request = signed(&bench, "klaim", &[("redirect_uri", json!("https://x.example/cb"))]);
    let page = visitor.get(&carrying("klaim", &request, &[("redirect_uri", CALLBACK)])).await;
    assert_eq!((page.status, page.leads_to()), (StatusCode::BAD_REQUEST, ""));
}

async fn k18_who_registered_no_algorithm_is_answered_as_ever(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let request = signed(&bench, "lain", &[]);
    let page = visitor.get(&asking("lain", &[("request", &request)])).await;
    assert_eq!(carried(&page, "error").as_deref(), Some("request_not_supported"));
    for client in ["lain", "klaim"] {
        let address = asking(client, &[("request_uri", "https://klaim.example/request")]);
        let page = visitor.get(&address).await;
        assert_eq!(carried(&page, "error").as_deref(), Some("request_uri_not_supported"));
    }
    let fields = [("request", &*request)];
    let (status, _) = call(&mut visitor, "/oidc/par", "lain", &fields).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

async fn k18_where_requests_have_to_be_signed_plain_ones_are_refused(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let page = visitor.get(&asking("ketat", &[])).await;
    assert_eq!(carried(&page, "error").as_deref(), Some("invalid_request"));
    let plain = [("redirect_uri", CALLBACK), ("response_type", "code"), ("scope", "openid")];
    let (status, told) = call(&mut visitor, "/oidc/par", "ketat", &plain).await;
    assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_request")));
    let kept = signed(&bench, "ketat", &[("nbf", Value::Null)]);
    let (status, told) = call(&mut visitor, "/oidc/par", "ketat", &[("request", &kept)]).await;
    let expected = json!("invalid_request_object");
    assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &expected));
    // O7: one that has an id is pushed once.
    let once = signed(&bench, "ketat", &[("jti", json!("a"))]);
    for expected in [StatusCode::CREATED, StatusCode::BAD_REQUEST] {
        let (status, told) = call(&mut visitor, "/oidc/par", "ketat", &[("request", &once)]).await;
        assert_eq!(status, expected, "{told}");
    }
    let request = signed(&bench, "ketat", &[]);
    let page = answer(&mut visitor, &carrying("ketat", &request, &[])).await;
    assert!(carried(&page, "code").is_some(), "{}", page.html);
}

async fn o11_a_signed_answer_names_the_issuer_and_its_client(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    for mode in ["jwt", "query.jwt"] {
        let page = answer(&mut visitor, &asking("lain", &[("response_mode", mode)])).await;
        assert_eq!(carried(&page, "code"), None, "{mode}");
        let told = opened_answer(&bench, &page).await;
        assert_eq!(
            (&told["iss"], &told["aud"], &told["state"]),
            (&json!(ISSUER), &json!("lain"), &json!("staat"))
        );
        assert_eq!(told["exp"], seconds(bench.clock.now().plus(Duration::from_mins(10))));
        let (status, tokens) = redeem(&mut visitor, "lain", text(&told["code"])).await;
        assert_eq!(status, StatusCode::OK, "{tokens}");
    }
    let page = answer(&mut visitor, &asking("lain", &[("response_mode", "form_post.jwt")])).await;
    assert!(page.says("name=\"response\"") && !page.says("name=\"code\""), "{}", page.html);
    // A signed answer is no token of another kind.
    let page = answer(&mut visitor, &asking("lain", &[("response_mode", "jwt")])).await;
    let token = carried(&page, "response").unwrap();
    let page = visitor.get(&asking("lain", &[("id_token_hint", &token), ("prompt", "none")])).await;
    assert_eq!(carried(&page, "error").as_deref(), Some("login_required"));
}

async fn o11_a_refusal_is_signed_where_answers_are(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = Visitor::new(&bench);
    for (change, error) in [
        (("prompt", "none"), "login_required"),
        (("scope", "openid phone"), "invalid_scope"),
        (("code_challenge", "-"), "invalid_request"),
    ] {
        let page = visitor.get(&asking("lain", &[change, ("response_mode", "jwt")])).await;
        assert_eq!(carried(&page, "error"), None);
        let told = opened_answer(&bench, &page).await;
        assert_eq!((&told["error"], &told["state"]), (&json!(error), &json!("staat")));
    }
    let page = visitor.get(&asking("lain", &[("response_mode", "fragment.jwt")])).await;
    assert_eq!(carried(&page, "error").as_deref(), Some("invalid_request"));
}

async fn k22_introspection_is_signed_for_who_asks_for_that(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, "lain", &[]).await;
    let (_, tokens) = redeem(&mut visitor, "lain", &code).await;
    let mut program = Visitor::new(&bench);
    let pair = BASE64.encode(format!("lain:{SECRET}").as_bytes());
    program.headers.push(("authorization", format!("Basic {pair}")));
    program.headers.push(("accept", "application/token-introspection+jwt".to_owned()));
    for (token, is_active) in [(text(&tokens["access_token"]), true), ("x", false)] {
        let page = program.post("/oidc/introspect", &[("token", token)]).await;
        assert_eq!(page.header("content-type"), "application/token-introspection+jwt");
        let now = bench.clock.now();
        let told: Option<Value> =
            jose::opened(&bench.app, &page.html, "token-introspection+jwt", now).await.unwrap();
        let told = told.expect("signed by us");
        assert_eq!((&told["iss"], &told["aud"]), (&json!(ISSUER), &json!("lain")));
        assert_eq!(told["token_introspection"]["active"], is_active);
        assert!(told.get("sub").is_none() && told.get("exp").is_none(), "{told}");
    }
}

async fn k24_the_documents_tell_what_is_signed(db: TestStore) {
    let bench = opened(db).await;
    let page = Visitor::new(&bench).get("/.well-known/openid-configuration").await;
    let told: Value = serde_json::from_str(&page.html).unwrap();
    assert_eq!(told["request_parameter_supported"], true);
    assert_eq!(told["request_uri_parameter_supported"], false);
    let modes = json!(["query", "form_post", "query.jwt", "form_post.jwt", "jwt"]);
    assert_eq!(told["response_modes_supported"], modes);
    for name in ["request_object", "authorization", "introspection"] {
        let name = format!("{name}_signing_alg_values_supported");
        let all = told[&name].as_array().unwrap_or_else(|| panic!("no {name}"));
        assert!(all.contains(&json!("ES256")) && !all.contains(&json!("none")), "{all:?}");
    }
}
