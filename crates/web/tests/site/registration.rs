//! Applications that register themselves, by invitation (RFC 7591, RFC 7592).

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use data_encoding::BASE64;
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_storage::oidc::invites;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, crowd, on_each_engine, people};
use serde_json::{Value, json};

use crate::provider::{
    CALLBACK, VERIFIER, agree, asking, carried, code_for, definition, follow, register, signed_in,
    text, userinfo,
};

on_each_engine!(
    k30_registration_is_off_unless_a_setting_says_otherwise,
    k30_an_application_registers_itself_and_members_are_warned_of_it,
    k30_without_an_invite_nobody_registers,
    k30_of_64_at_once_one_registers_with_one_invite,
    k30_what_only_an_operator_says_is_refused_with_every_other_fault,
    o9_no_address_is_fetched_for_an_application,
    k30_a_registration_is_read_changed_and_ended,
    k30_a_token_manages_its_own_registration_only,
    k19_a_changed_application_is_asked_about_anew,
);

const REGISTER: &str = "/oidc/register";

async fn opened(db: TestStore) -> Bench {
    let bench = Bench::with(db, |settings| settings.client_registration = true);
    people::budi(&bench.app).await;
    bench
}

async fn invite(bench: &Bench, uses: u32) -> String {
    let token = Token::new(&*bench.app.dice);
    let now = bench.clock.now();
    let mut tx = bench.store.store.write().await.unwrap();
    let until = now.plus(Duration::from_hours(1));
    invites::add(&mut tx, &token.hash(), uses, now, until).await.unwrap();
    tx.commit().await.unwrap();
    token.expose().to_owned()
}

fn itself() -> Value {
    json!({
        "client_name": "Pinjam Cepat",
        "redirect_uris": [CALLBACK],
        "grant_types": ["authorization_code", "refresh_token"],
        "scope": "openid email offline_access",
        "owner": "PT Pinjam",
        "purpose_id": "Menilai pinjaman",
        "purpose_en": "Judging loans",
        "tos_uri": "https://klaim.example/tos",
    })
}

/// What is written with one thing changed.
fn with(name: &str, value: Value) -> Value {
    let mut body = itself();
    body[name] = value;
    body
}

async fn ask(
    bench: &Bench,
    method: Method,
    path: &str,
    token: &str,
    body: Option<&Value>,
) -> (Page, Value) {
    let mut program = Visitor::new(bench);
    program.headers.push(("authorization", format!("Bearer {token}")));
    let kind = body.map(|_| "application/json");
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let page = program.send(method, path, kind, body).await;
    let told = serde_json::from_str(&page.html).unwrap_or_default();
    (page, told)
}

/// Registers an application; answers what it was told.
async fn registered(bench: &Bench) -> Value {
    let token = invite(bench, 1).await;
    let (page, told) = ask(bench, Method::POST, REGISTER, &token, Some(&itself())).await;
    assert_eq!(page.status, StatusCode::CREATED, "{}", page.html);
    told
}

fn home(told: &Value) -> String {
    let address = text(&told["registration_client_uri"]);
    address.strip_prefix("https://payung.example").unwrap().to_owned()
}

async fn tokens(visitor: &Visitor, told: &Value, code: &str) -> (StatusCode, Value) {
    let (id, secret) = (text(&told["client_id"]), text(&told["client_secret"]));
    let mut program = visitor.clone();
    program.cookies.clear();
    let pair = BASE64.encode(format!("{id}:{secret}").as_bytes());
    program.headers.push(("authorization", format!("Basic {pair}")));
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let page = program.post("/oidc/token", &fields).await;
    (page.status, serde_json::from_str(&page.html).unwrap_or_default())
}

async fn k30_registration_is_off_unless_a_setting_says_otherwise(db: TestStore) {
    let bench = Bench::new(db);
    let token = invite(&bench, 1).await;
    let (page, _) = ask(&bench, Method::POST, REGISTER, &token, Some(&itself())).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    let page = Visitor::new(&bench).get("/.well-known/openid-configuration").await;
    assert!(!page.says("registration_endpoint"), "{}", page.html);
}

async fn k30_an_application_registers_itself_and_members_are_warned_of_it(db: TestStore) {
    let bench = opened(db).await;
    let page = Visitor::new(&bench).get("/.well-known/openid-configuration").await;
    let document: Value = serde_json::from_str(&page.html).unwrap();
    assert_eq!(document["registration_endpoint"], "https://payung.example/oidc/register");
    let told = registered(&bench).await;
    assert_eq!(
        (&told["client_secret_expires_at"], &told["token_endpoint_auth_method"]),
        (&json!(0), &json!("client_secret_basic"))
    );
    assert_eq!(told.get("tos_uri"), None, "what is not known is not kept");
    let id = text(&told["client_id"]);
    let mut visitor = signed_in(&bench).await;
    let page = visitor.get(&asking(id, &[])).await;
    let page = follow(&mut visitor, page).await;
    for words in ["We have not checked this application", "Pinjam Cepat", "PT Pinjam"] {
        assert!(page.says(words), "{words} in {}", page.html);
    }
    let page = agree(&mut visitor, &page, "allow").await;
    let code = carried(&page, "code").unwrap();
    let (status, given) = tokens(&visitor, &told, &code).await;
    assert_eq!(status, StatusCode::OK, "{given}");
    let access = text(&given["access_token"]);
    assert_eq!(userinfo(&mut visitor, access).await.0, StatusCode::OK);
    // O3: nobody who registered themselves goes without PKCE.
    let page = visitor.get(&asking(id, &[("code_challenge", "-")])).await;
    assert_eq!(carried(&page, "error").as_deref(), Some("invalid_request"));
    // An operator's application is not warned of.
    register(&bench, definition("klaim")).await;
    let page = visitor.get(&asking("klaim", &[])).await;
    let page = follow(&mut visitor, page).await;
    assert!(page.says("consent-allow") && !page.says("We have not checked"), "{}", page.html);
}

async fn k30_without_an_invite_nobody_registers(db: TestStore) {
    let bench = opened(db).await;
    let (late, twice) = (invite(&bench, 1).await, invite(&bench, 2).await);
    let strange = Token::of(&[9; 32]).expose().to_owned();
    for token in ["", "x", &strange] {
        let (page, told) = ask(&bench, Method::POST, REGISTER, token, Some(&itself())).await;
        assert_eq!(
            (page.status, &told["error"]),
            (StatusCode::UNAUTHORIZED, &json!("invalid_token"))
        );
        assert!(page.header("www-authenticate").starts_with("Bearer error=\"invalid_token\""));
    }
    // RFC 6750 section 3.1: who brings nothing is told the way, and no fault.
    let (mut nobody, body) = (Visitor::new(&bench), Body::from(itself().to_string()));
    let page = nobody.send(Method::POST, REGISTER, Some("application/json"), body).await;
    assert_eq!(
        (page.status, page.header("www-authenticate")),
        (StatusCode::UNAUTHORIZED, "Bearer")
    );
    for expected in [StatusCode::CREATED, StatusCode::CREATED, StatusCode::UNAUTHORIZED] {
        let (page, _) = ask(&bench, Method::POST, REGISTER, &twice, Some(&itself())).await;
        assert_eq!(page.status, expected);
    }
    bench.clock.advance(Duration::from_hours(1));
    let (page, _) = ask(&bench, Method::POST, REGISTER, &late, Some(&itself())).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
}

async fn k30_of_64_at_once_one_registers_with_one_invite(db: TestStore) {
    let bench = opened(db).await;
    let token = invite(&bench, 1).await;
    let mut program = Visitor::new(&bench);
    program.headers.push(("authorization", format!("Bearer {token}")));
    let answers = crowd::of_64(|_| {
        let mut program = program.clone();
        let body = Body::from(itself().to_string());
        let kind = Some("application/json");
        async move { program.send(Method::POST, REGISTER, kind, body).await.status }
    })
    .await;
    let mut won = 0;
    for answer in answers {
        won += usize::from(answer == StatusCode::CREATED);
    }
    assert_eq!(won, 1);
}

async fn k30_what_only_an_operator_says_is_refused_with_every_other_fault(db: TestStore) {
    let bench = opened(db).await;
    let token = invite(&bench, 1).await;
    let mut body = with("first_party", json!(true));
    body["without_pkce"] = json!(true);
    body["resources"] = json!(["https://api.example"]);
    body["owner"] = Value::Null;
    body["grant_types"] = json!("authorization_code");
    let (page, told) = ask(&bench, Method::POST, REGISTER, &token, Some(&body)).await;
    assert_eq!(
        (page.status, &told["error"]),
        (StatusCode::BAD_REQUEST, &json!("invalid_client_metadata"))
    );
    for field in ["first_party", "without_pkce", "resources", "owner", "grant_types"] {
        assert!(text(&told["error_description"]).contains(field), "{field} in {told}");
    }
    let bad_address =
        with("redirect_uris", json!(["http://klaim.example/cb", "https://x.example#"]));
    let (_, told) = ask(&bench, Method::POST, REGISTER, &token, Some(&bad_address)).await;
    assert_eq!(told["error"], "invalid_redirect_uri");
    let (page, told) = ask(&bench, Method::POST, REGISTER, &token, Some(&json!([1]))).await;
    assert_eq!(
        (page.status, &told["error"]),
        (StatusCode::BAD_REQUEST, &json!("invalid_client_metadata"))
    );
    // A fault costs no use of the invite.
    let (page, _) = ask(&bench, Method::POST, REGISTER, &token, Some(&itself())).await;
    assert_eq!(page.status, StatusCode::CREATED);
}

async fn o9_no_address_is_fetched_for_an_application(db: TestStore) {
    let bench = opened(db).await;
    let token = invite(&bench, 1).await;
    for name in ["jwks_uri", "logo_uri", "sector_identifier_uri", "request_uris"] {
        let body = with(name, json!("http://169.254.169.254/latest/meta-data"));
        let (page, told) = ask(&bench, Method::POST, REGISTER, &token, Some(&body)).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{name}");
        assert!(text(&told["error_description"]).contains(name), "{told}");
    }
}

async fn k30_a_registration_is_read_changed_and_ended(db: TestStore) {
    let bench = opened(db).await;
    let told = registered(&bench).await;
    let (home, first) = (home(&told), text(&told["registration_access_token"]));
    let (page, read) = ask(&bench, Method::GET, &home, first, None).await;
    assert_eq!((page.status, &read["client_name"]), (StatusCode::OK, &json!("Pinjam Cepat")));
    assert!(read.get("client_secret").is_none(), "shown once");
    let mut visitor = signed_in(&bench).await;
    let id = text(&told["client_id"]);
    let code = code_for(&mut visitor, id, &[]).await;
    let access = text(&tokens(&visitor, &told, &code).await.1["access_token"]).to_owned();
    for wrong in [
        itself(),
        with("client_id", json!("klaim")),
        json!({ "client_id": id, "client_name": "Pinjam" }),
    ] {
        let (page, _) = ask(&bench, Method::PUT, &home, first, Some(&wrong)).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    let mut changed = with("client_id", json!(id));
    changed["client_secret"] = json!("another");
    let (page, _) = ask(&bench, Method::PUT, &home, first, Some(&changed)).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    changed["client_secret"] = told["client_secret"].clone();
    changed["default_max_age"] = json!(3_600);
    let (page, written) = ask(&bench, Method::PUT, &home, first, Some(&changed)).await;
    assert_eq!((page.status, &written["default_max_age"]), (StatusCode::OK, &json!(3_600)));
    let next = text(&written["registration_access_token"]);
    assert_ne!(first, next);
    for method in [Method::GET, Method::DELETE] {
        let (page, _) = ask(&bench, method, &home, first, None).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED, "the next token counts");
    }
    assert_eq!(userinfo(&mut visitor, &access).await.0, StatusCode::OK, "the secret stays");
    let (page, _) = ask(&bench, Method::DELETE, &home, next, None).await;
    assert_eq!(page.status, StatusCode::NO_CONTENT);
    assert_eq!(userinfo(&mut visitor, &access).await.0, StatusCode::UNAUTHORIZED);
    let (page, _) = ask(&bench, Method::GET, &home, next, None).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    let page = visitor.get(&asking(id, &[])).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
}

async fn k30_a_token_manages_its_own_registration_only(db: TestStore) {
    let bench = opened(db).await;
    register(&bench, definition("klaim")).await;
    let (one, other) = (registered(&bench).await, registered(&bench).await);
    let token = text(&one["registration_access_token"]);
    for path in [&*home(&other), "/oidc/register/klaim", "/oidc/register/%00", "/oidc/register/x"] {
        let (page, _) = ask(&bench, Method::GET, path, token, None).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{path}");
        let (page, _) = ask(&bench, Method::DELETE, path, token, None).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let (page, _) = ask(&bench, Method::GET, &home(&one), token, None).await;
    assert_eq!(page.status, StatusCode::OK);
}

async fn k19_a_changed_application_is_asked_about_anew(db: TestStore) {
    let bench = opened(db).await;
    let told = registered(&bench).await;
    let id = text(&told["client_id"]);
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, id, &[]).await;
    let access = text(&tokens(&visitor, &told, &code).await.1["access_token"]).to_owned();
    assert!(carried(&visitor.get(&asking(id, &[])).await, "code").is_some(), "asked once");
    let mut changed = with("client_name", json!("Kementerian"));
    changed["client_id"] = json!(id);
    let token = text(&told["registration_access_token"]);
    let (page, _) = ask(&bench, Method::PUT, &home(&told), token, Some(&changed)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(userinfo(&mut visitor, &access).await.0, StatusCode::UNAUTHORIZED);
    let page = visitor.get(&asking(id, &[])).await;
    assert!(follow(&mut visitor, page).await.says("consent-allow"), "asked anew");
}
