//! Single sign-on for other applications, from the application's request to its tokens and back.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use payung_domain::accounts::Account;
use payung_domain::keyed::digest;
use payung_domain::language::Language;
use payung_domain::oidc::clients::Definition;
use payung_domain::time::{Clock, Instant};
use payung_domain::token::Token;
use payung_flows::Visit;
use payung_flows::sessions::{self, Found};
use payung_storage::accounts as account_rows;
use payung_storage::oidc::{clients as client_rows, grants as grant_rows};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine, people};
use serde_json::{Value, json};

on_each_engine!(
    k19_a_member_signs_in_to_an_application_and_is_asked_once,
    k17_prompt_none_shows_no_page_and_login_signs_in_again,
    k19_who_declines_sends_the_application_away,
    k01_o1_a_foreign_address_ends_on_our_page,
    k03_o3_a_code_without_its_verifier_is_worth_nothing,
    k04_o4_a_code_of_another_client_or_a_second_use_gives_nothing,
    k12_o5_a_refresh_token_that_comes_twice_ends_its_family,
    k15_o6_tokens_are_of_our_own_keys_and_of_their_kind,
    k02_o8_there_is_no_implicit_and_no_password_grant,
    o10_nothing_is_told_beyond_what_was_agreed_to,
    k05_o11_every_answer_names_the_issuer,
    o12_parameters_that_stand_twice_are_refused,
    o13_an_answer_has_no_fragment_and_lands_where_it_was_registered,
    k25_o2_a_logout_leads_to_registered_addresses_only,
    l3_every_grant_dies_with_what_it_hangs_on,
    k08_a_pushed_request_is_opened_until_it_is_answered,
    k20_taking_consent_back_works_at_once,
    k22_introspection_and_revocation_tell_strangers_nothing,
    k24_the_documents_name_the_configured_issuer_and_what_is_there,
    b09_a_code_by_email_is_told_as_one_factor,
    l02_form_post_carries_the_answer_in_a_form,
    l06_only_registered_origins_read_answers,
);

pub(crate) const CALLBACK: &str = "https://klaim.example/cb";
const GOODBYE: &str = "https://klaim.example/keluar";
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub(crate) const SECRET: &str = "a-secret-of-128-random-bits-or-more";

pub(crate) fn definition(id: &str) -> Definition {
    Definition {
        client_id: id.to_owned(),
        client_name: "Klaim Daring".to_owned(),
        redirect_uris: vec![CALLBACK.to_owned()],
        post_logout_redirect_uris: vec![GOODBYE.to_owned()],
        grant_types: ["authorization_code", "refresh_token", "client_credentials"]
            .map(str::to_owned)
            .into(),
        scope: "openid profile email offline_access".to_owned(),
        owner: "Dana Kita".to_owned(),
        purpose_id: "Mengajukan klaim".to_owned(),
        purpose_en: "Filing claims".to_owned(),
        ..Definition::default()
    }
}

pub(crate) fn public(id: &str) -> Definition {
    Definition {
        token_endpoint_auth_method: "none".to_owned(),
        grant_types: ["authorization_code", "refresh_token"].map(str::to_owned).into(),
        ..definition(id)
    }
}

/// A bench with Budi, and clients: one with a secret, a public one, and one more with a secret.
async fn opened(db: TestStore) -> Bench {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    for definition in [definition("klaim"), public("hp"), definition("lain")] {
        register(&bench, definition).await;
    }
    bench
}

pub(crate) async fn register(bench: &Bench, definition: Definition) {
    let client = definition.check().expect("a whole client");
    let secret = client.proof.has_secret().then(|| digest(SECRET.as_bytes()));
    let mut tx = bench.store.store.write().await.unwrap();
    let now = Instant::from_micros(0);
    client_rows::keep(&mut tx, &client, secret.as_ref(), now).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) fn asking(client: &str, more: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let all = [
        ("client_id", client),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid email"),
        ("state", "staat"),
        ("nonce", "n-0S6"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let is_kept = |name: &str| more.iter().all(|(changed, _)| *changed != name);
    query.extend_pairs(all.iter().filter(|(name, _)| is_kept(name)));
    query.extend_pairs(more.iter().filter(|(_, value)| *value != "-"));
    format!("/oidc/authorize?{}", query.finish())
}

/// What an answer in an address carries.
pub(crate) fn carried(page: &Page, name: &str) -> Option<String> {
    let (_, query) = page.leads_to().split_once('?')?;
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

/// Follows redirects of our own.
pub(crate) async fn follow(visitor: &mut Visitor, mut page: Page) -> Page {
    for _ in 0..8 {
        if !page.leads_to().starts_with('/') {
            break;
        }
        page = visitor.get(page.leads_to()).await;
    }
    page
}

/// Agrees on the page of consent.
pub(crate) async fn agree(visitor: &mut Visitor, page: &Page, decision: &str) -> Page {
    let request = page.after("name=\"request\" value=\"").expect("a page of consent");
    let fields = [("request", &*request), ("decision", decision)];
    visitor.fill_in(page, "/oidc/continue", &fields).await
}

/// A code for a client, with a consent where one is asked for.
pub(crate) async fn code_for(visitor: &mut Visitor, client: &str, more: &[(&str, &str)]) -> String {
    let page = visitor.get(&asking(client, more)).await;
    let mut page = follow(visitor, page).await;
    if page.says("consent-allow") {
        page = agree(visitor, &page, "allow").await;
    }
    carried(&page, "code").unwrap_or_else(|| panic!("no code: {} {}", page.status, page.html))
}

/// Calls an endpoint as a client: one with a secret, or a public one.
pub(crate) async fn call(
    visitor: &mut Visitor,
    path: &str,
    client: &str,
    fields: &[(&str, &str)],
) -> (StatusCode, Value) {
    let mut program = visitor.clone();
    program.cookies.clear();
    let mut all = fields.to_vec();
    if client == "hp" {
        all.push(("client_id", client));
    } else {
        let pair = BASE64.encode(format!("{client}:{SECRET}").as_bytes());
        program.headers.push(("authorization", format!("Basic {pair}")));
    }
    let page = program.post(path, &all).await;
    (page.status, serde_json::from_str(&page.html).unwrap_or_default())
}

pub(crate) async fn redeem(visitor: &mut Visitor, client: &str, code: &str) -> (StatusCode, Value) {
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    call(visitor, "/oidc/token", client, &fields).await
}

pub(crate) async fn refresh(
    visitor: &mut Visitor,
    client: &str,
    token: &str,
) -> (StatusCode, Value) {
    let fields = [("grant_type", "refresh_token"), ("refresh_token", token)];
    call(visitor, "/oidc/token", client, &fields).await
}

pub(crate) async fn userinfo(visitor: &mut Visitor, token: &str) -> (StatusCode, Value) {
    let mut program = visitor.clone();
    program.cookies.clear();
    program.headers.push(("authorization", format!("Bearer {token}")));
    let page = program.get("/oidc/userinfo").await;
    (page.status, serde_json::from_str(&page.html).unwrap_or_default())
}

pub(crate) fn claims(token: &Value) -> Value {
    let text = token.as_str().expect("a token");
    let part = text.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).unwrap()).unwrap()
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

pub(crate) async fn signed_in(bench: &Bench) -> Visitor {
    let mut visitor = Visitor::new(bench);
    visitor.sign_in(bench, "budi").await;
    visitor
}

pub(crate) const OFFLINE: [(&str, &str); 2] =
    [("scope", "openid email offline_access"), ("prompt", "consent")];

async fn k19_a_member_signs_in_to_an_application_and_is_asked_once(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = Visitor::new(&bench);
    let page = visitor.get(&asking("klaim", &[("login_hint", "budi")])).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    let page = follow(&mut visitor, page).await;
    assert!(page.says("id=\"submit-login\"") && page.says("value=\"budi\""), "{}", page.html);
    // L-02: the form may end at the application, and nowhere else.
    let policy = page.header("content-security-policy");
    assert!(policy.contains("form-action 'self' https://klaim.example;"), "{policy}");
    let next = page.after("name=\"next\" value=\"").unwrap();
    let fields = [("identifier", "budi"), ("password", people::PASSWORD), ("next", &next)];
    visitor.fill_in(&page, "/sign-in", &fields).await;
    let page = visitor.get("/sign-in/code").await;
    let code = payung_testkit::visitor::newest_code(&bench).await;
    let page = visitor.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    let page = follow(&mut visitor, page).await;
    for words in ["Klaim Daring", "Dana Kita", "Filing claims", "id=\"consent-cancel\""] {
        assert!(page.says(words), "{words} in {}", page.html);
    }
    assert!(!page.says("budi@peserta.example"), "N-06: masked");
    let page = agree(&mut visitor, &page, "allow").await;
    assert!(page.leads_to().starts_with("https://klaim.example/cb?code="));
    assert_eq!(carried(&page, "state").as_deref(), Some("staat"));
    let (status, tokens) = redeem(&mut visitor, "klaim", &carried(&page, "code").unwrap()).await;
    assert_eq!(status, StatusCode::OK, "{tokens}");
    let id = claims(&tokens["id_token"]);
    assert_eq!(
        (&id["iss"], &id["aud"], &id["nonce"]),
        (&json!("https://payung.example"), &json!("klaim"), &json!("n-0S6"))
    );
    let (status, told) = userinfo(&mut visitor, text(&tokens["access_token"])).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!((&told["sub"], &told["email"]), (&id["sub"], &json!("budi@peserta.example")));
    // Asked once: the next time the application gets its code at once.
    let again = visitor.get(&asking("klaim", &[])).await;
    assert!(carried(&again, "code").is_some());
    let more = visitor.get(&asking("klaim", &[("scope", "openid email profile")])).await;
    assert!(follow(&mut visitor, more).await.says("consent-allow"), "more than was agreed to");
}

async fn k17_prompt_none_shows_no_page_and_login_signs_in_again(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = Visitor::new(&bench);
    let silent = asking("klaim", &[("prompt", "none")]);
    let page = visitor.get(&silent).await;
    assert_eq!(carried(&page, "error").as_deref(), Some("login_required"));
    let mut visitor = signed_in(&bench).await;
    let page = visitor.get(&silent).await;
    assert_eq!(carried(&page, "error").as_deref(), Some("consent_required"));
    let code = code_for(&mut visitor, "klaim", &[]).await;
    let first = claims(&redeem(&mut visitor, "klaim", &code).await.1["id_token"]);
    assert!(carried(&visitor.get(&silent).await, "code").is_some());
    bench.clock.advance(Duration::from_mins(1));
    let page = visitor.get(&asking("klaim", &[("prompt", "login")])).await;
    let page = follow(&mut visitor, page).await;
    assert!(page.says("Sign in once more"), "{}", page.html);
    let next = page.after("name=\"next\" value=\"").unwrap();
    let fields = [("identifier", "budi"), ("password", people::PASSWORD), ("next", &next)];
    visitor.fill_in(&page, "/sign-in", &fields).await;
    let page = visitor.get("/sign-in/code").await;
    let code = payung_testkit::visitor::newest_code(&bench).await;
    let page = visitor.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    let page = follow(&mut visitor, page).await;
    let code = carried(&page, "code").unwrap();
    let second = claims(&redeem(&mut visitor, "klaim", &code).await.1["id_token"]);
    assert_eq!(first["sub"], second["sub"]);
    assert!(second["auth_time"].as_i64() > first["auth_time"].as_i64());
}

async fn k19_who_declines_sends_the_application_away(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let page = visitor.get(&asking("klaim", &[])).await;
    let page = follow(&mut visitor, page).await;
    let answer = agree(&mut visitor, &page, "cancel").await;
    assert_eq!(carried(&answer, "error").as_deref(), Some("access_denied"));
    // The first answer counts.
    let second = agree(&mut visitor, &page, "allow").await;
    assert_eq!(second.status, StatusCode::BAD_REQUEST);
}

async fn k01_o1_a_foreign_address_ends_on_our_page(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    for (client, address) in [
        ("klaim", "https://klaim.example/cb/"),
        ("klaim", "https://klaim.example@x.example/cb"),
        ("klaim", "https://KLAIM.example/cb"),
        ("klaim", "https://klaim.example/cb#x"),
        ("klaim", "-"),
        ("nobody", CALLBACK),
    ] {
        let page = visitor.get(&asking(client, &[("redirect_uri", address)])).await;
        assert_eq!((page.status, page.leads_to()), (StatusCode::BAD_REQUEST, ""), "{address}");
        assert!(page.says("We do not know this application"));
    }
}

async fn k03_o3_a_code_without_its_verifier_is_worth_nothing(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    for change in
        [("code_challenge", "-"), ("code_challenge_method", "plain"), ("code_challenge", "")]
    {
        let page = visitor.get(&asking("klaim", &[change])).await;
        assert_eq!(carried(&page, "error").as_deref(), Some("invalid_request"), "{change:?}");
    }
    let code = code_for(&mut visitor, "klaim", &[]).await;
    let base = [("grant_type", "authorization_code"), ("code", &*code), ("redirect_uri", CALLBACK)];
    for verifier in ["", CHALLENGE, "short"] {
        let fields = [&base[..], &[("code_verifier", verifier)]].concat();
        let (status, told) = call(&mut visitor, "/oidc/token", "klaim", &fields).await;
        assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    }
    // Wrong tries end nothing: they may be a stranger's.
    assert_eq!(redeem(&mut visitor, "klaim", &code).await.0, StatusCode::OK);
}

async fn k04_o4_a_code_of_another_client_or_a_second_use_gives_nothing(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, "klaim", &[]).await;
    let (status, told) = redeem(&mut visitor, "lain", &code).await;
    assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    let (_, tokens) = redeem(&mut visitor, "klaim", &code).await;
    let access = text(&tokens["access_token"]).to_owned();
    assert_eq!(userinfo(&mut visitor, &access).await.0, StatusCode::OK);
    bench.clock.advance(Duration::from_secs(30));
    let (status, told) = redeem(&mut visitor, "klaim", &code).await;
    assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    assert_eq!(userinfo(&mut visitor, &access).await.0, StatusCode::UNAUTHORIZED);
    let late = code_for(&mut visitor, "klaim", &[]).await;
    bench.clock.advance(Duration::from_mins(1));
    assert_eq!(redeem(&mut visitor, "klaim", &late).await.0, StatusCode::BAD_REQUEST);
}

async fn k12_o5_a_refresh_token_that_comes_twice_ends_its_family(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, "hp", &OFFLINE).await;
    let (_, first) = redeem(&mut visitor, "hp", &code).await;
    let old = text(&first["refresh_token"]).to_owned();
    let (status, second) = refresh(&mut visitor, "hp", &old).await;
    assert_eq!(status, StatusCode::OK, "{second}");
    assert!(claims(&second["id_token"])["nonce"].is_null());
    let (status, told) = refresh(&mut visitor, "hp", &old).await;
    assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    let newest = text(&second["refresh_token"]).to_owned();
    assert_eq!(refresh(&mut visitor, "hp", &newest).await.0, StatusCode::BAD_REQUEST);
    let access = text(&second["access_token"]).to_owned();
    assert_eq!(userinfo(&mut visitor, &access).await.0, StatusCode::UNAUTHORIZED);
    // A client with a secret keeps its refresh token (X-09).
    let code = code_for(&mut visitor, "klaim", &OFFLINE).await;
    let (_, first) = redeem(&mut visitor, "klaim", &code).await;
    let kept = text(&first["refresh_token"]).to_owned();
    for _ in 0..2 {
        let (status, told) = refresh(&mut visitor, "klaim", &kept).await;
        assert_eq!((status, told.get("refresh_token")), (StatusCode::OK, None));
    }
    assert_eq!(refresh(&mut visitor, "lain", &kept).await.0, StatusCode::BAD_REQUEST);
}

async fn k15_o6_tokens_are_of_our_own_keys_and_of_their_kind(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, "klaim", &[]).await;
    let (_, tokens) = redeem(&mut visitor, "klaim", &code).await;
    let (access, id) = (text(&tokens["access_token"]), text(&tokens["id_token"]));
    let body = access.split('.').nth(1).unwrap();
    let header = |header: Value| BASE64URL_NOPAD.encode(header.to_string().as_bytes());
    let signature = access.split('.').nth(2).unwrap();
    let kid = {
        let first = BASE64URL_NOPAD.decode(access.split('.').next().unwrap().as_bytes()).unwrap();
        serde_json::from_slice::<Value>(&first).unwrap()["kid"].clone()
    };
    let forged = [
        id.to_owned(),
        format!("{}.{body}.", header(json!({"alg":"none","typ":"at+jwt","kid":kid}))),
        format!("{}.{body}.{signature}", header(json!({"alg":"HS256","typ":"at+jwt","kid":kid}))),
        format!("{}.{body}.{signature}", header(json!({"alg":"ES256","typ":"at+jwt","kid":"x"}))),
        format!(
            "{}.{body}.{signature}",
            header(json!({"alg":"ES256","typ":"at+jwt","kid":kid,"crit":["x"]}))
        ),
        format!(
            "{}.{}.{signature}",
            access.split('.').next().unwrap(),
            id.split('.').nth(1).unwrap()
        ),
        format!("{access}x"),
        access[..access.len() - 4].to_owned(),
    ];
    // The second time round the good one has been checked before.
    for _ in 0..2 {
        for token in &forged {
            assert_eq!(userinfo(&mut visitor, token).await.0, StatusCode::UNAUTHORIZED, "{token}");
        }
        assert_eq!(userinfo(&mut visitor, access).await.0, StatusCode::OK);
    }
    bench.clock.advance(Duration::from_mins(10));
    assert_eq!(userinfo(&mut visitor, access).await.0, StatusCode::UNAUTHORIZED);
}

async fn k02_o8_there_is_no_implicit_and_no_password_grant(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    for kind in ["token", "id_token", "code token", "id_token token"] {
        let page = visitor.get(&asking("klaim", &[("response_type", kind)])).await;
        assert_eq!(carried(&page, "error").as_deref(), Some("unsupported_response_type"), "{kind}");
    }
    let fields = [("grant_type", "password"), ("username", "budi"), ("password", people::PASSWORD)];
    let (_, told) = call(&mut visitor, "/oidc/token", "klaim", &fields).await;
    assert_eq!(told["error"], "unsupported_grant_type");
}

async fn o10_nothing_is_told_beyond_what_was_agreed_to(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, "klaim", &[("scope", "openid")]).await;
    let (_, tokens) = redeem(&mut visitor, "klaim", &code).await;
    let (_, told) = userinfo(&mut visitor, text(&tokens["access_token"])).await;
    assert_eq!(told.as_object().unwrap().keys().collect::<Vec<_>>(), ["sub"]);
    let page = visitor.get(&asking("klaim", &[("scope", "openid balance")])).await;
    assert_eq!(carried(&page, "error").as_deref(), Some("invalid_scope"));
    let own = [("grant_type", "client_credentials")];
    let (status, token) = call(&mut visitor, "/oidc/token", "klaim", &own).await;
    assert_eq!(status, StatusCode::OK, "{token}");
    assert_eq!(
        userinfo(&mut visitor, text(&token["access_token"])).await.0,
        StatusCode::UNAUTHORIZED
    );
    let with_scope = [("grant_type", "client_credentials"), ("scope", "openid email")];
    let (_, told) = call(&mut visitor, "/oidc/token", "klaim", &with_scope).await;
    assert_eq!(told["error"], "invalid_scope");
    let (_, told) = call(&mut visitor, "/oidc/token", "hp", &own).await;
    assert_eq!(told["error"], "unauthorized_client");
}

async fn k05_o11_every_answer_names_the_issuer(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let refused = visitor.get(&asking("klaim", &[("prompt", "none")])).await;
    let page = visitor.get(&asking("klaim", &[])).await;
    let page = follow(&mut visitor, page).await;
    let agreed = agree(&mut visitor, &page, "allow").await;
    for page in [refused, agreed] {
        assert_eq!(carried(&page, "iss").as_deref(), Some("https://payung.example"));
    }
}

async fn o12_parameters_that_stand_twice_are_refused(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let twice = format!("{}&state=other", asking("klaim", &[]));
    let page = visitor.get(&twice).await;
    assert_eq!((page.status, page.leads_to()), (StatusCode::BAD_REQUEST, ""));
    let fields = [("grant_type", "client_credentials"), ("grant_type", "client_credentials")];
    let (status, told) = call(&mut visitor, "/oidc/token", "klaim", &fields).await;
    assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_request")));
}

async fn o13_an_answer_has_no_fragment_and_lands_where_it_was_registered(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    code_for(&mut visitor, "klaim", &[]).await;
    let state = "#<script>&x=1\u{2603}".repeat(40);
    let page = visitor.get(&asking("klaim", &[("state", &state)])).await;
    assert!(page.leads_to().starts_with("https://klaim.example/cb?"));
    assert!(!page.leads_to().contains('#') && !page.leads_to().contains('<'));
    assert_eq!(carried(&page, "state"), Some(state));
}

async fn k25_o2_a_logout_leads_to_registered_addresses_only(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, "klaim", &[]).await;
    let (_, tokens) = redeem(&mut visitor, "klaim", &code).await;
    let hint = text(&tokens["id_token"]).to_owned();
    let leave = |pairs: &[(&str, &str)]| {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        format!("/oidc/logout?{query}")
    };
    let forged = format!("{}x", &hint[..hint.len() - 2]);
    for broken in [
        &[("id_token_hint", &*hint), ("post_logout_redirect_uri", "https://x.example/")][..],
        &[("id_token_hint", &hint), ("post_logout_redirect_uri", "https://klaim.example/keluar/")],
        &[("id_token_hint", &forged), ("post_logout_redirect_uri", GOODBYE)],
        &[("id_token_hint", text(&tokens["access_token"]))],
        &[("client_id", "klaim"), ("post_logout_redirect_uri", GOODBYE)],
        &[("id_token_hint", &hint), ("client_id", "lain")],
    ] {
        let page = visitor.get(&leave(broken)).await;
        assert_eq!((page.status, page.leads_to()), (StatusCode::BAD_REQUEST, ""), "{broken:?}");
    }
    assert_eq!(visitor.get("/dashboard").await.status, StatusCode::OK, "still signed in");
    // Without a hint the member is asked.
    let page = visitor.get(&leave(&[("state", "x")])).await;
    assert!(page.says("id=\"logout-confirm\""), "{}", page.html);
    let good = [("id_token_hint", &*hint), ("post_logout_redirect_uri", GOODBYE), ("state", "a b")];
    let page = visitor.get(&leave(&good)).await;
    assert_eq!(page.leads_to(), "https://klaim.example/keluar?state=a%20b");
    assert_ne!(visitor.get("/dashboard").await.status, StatusCode::OK, "signed out");
    let access = text(&tokens["access_token"]).to_owned();
    assert_eq!(userinfo(&mut visitor, &access).await.0, StatusCode::UNAUTHORIZED);
}

/// The account that a browser is signed in to.
async fn account_of(bench: &Bench, visitor: &Visitor) -> Account {
    let cookie = visitor.cookies.iter().find(|(name, _)| name.ends_with("payung-session"));
    let token = Token::parse(cookie.expect("a session").1).expect("a token");
    let visit = Visit {
        now: bench.clock.now(),
        address: visitor.address.ip(),
        device: String::new(),
        browser: None,
        language: Language::En,
    };
    match sessions::find(&bench.app, &visit, &token).await.unwrap() {
        Found::Live(live) => live.account,
        other => panic!("not signed in: {other:?}"),
    }
}

async fn l3_every_grant_dies_with_what_it_hangs_on(db: TestStore) {
    let bench = opened(db).await;
    for what in ["client", "session", "password", "consent"] {
        let mut visitor = signed_in(&bench).await;
        let offline = what != "session";
        let more: &[(&str, &str)] = if offline { &OFFLINE } else { &[] };
        let unused = code_for(&mut visitor, "klaim", more).await;
        let code = code_for(&mut visitor, "klaim", more).await;
        let (_, tokens) = redeem(&mut visitor, "klaim", &code).await;
        let access = text(&tokens["access_token"]).to_owned();
        let account = account_of(&bench, &visitor).await;
        let now = bench.clock.now();
        let mut tx = bench.store.store.write().await.unwrap();
        let id = account.id;
        match what {
            "client" => {
                assert!(client_rows::disable(&mut tx, "klaim", Some(now)).await.unwrap());
            }
            "session" => {
                payung_storage::sessions::end_all(&mut tx, id, now).await.unwrap();
            }
            "password" => {
                let (before, password) = (account.password_set_at, &account.password);
                let is_set = account_rows::set_password(&mut tx, id, before, password, now).await;
                assert!(is_set.unwrap());
            }
            _ => {
                let ended = grant_rows::end_for_client(&mut tx, id, "klaim", now).await.unwrap();
                assert_ne!(ended, 0);
            }
        }
        tx.commit().await.unwrap();
        assert_eq!(userinfo(&mut visitor, &access).await.0, StatusCode::UNAUTHORIZED, "{what}");
        assert_ne!(redeem(&mut visitor, "klaim", &unused).await.0, StatusCode::OK, "{what}");
        if let Some(token) = tokens["refresh_token"].as_str() {
            assert_ne!(refresh(&mut visitor, "klaim", token).await.0, StatusCode::OK, "{what}");
        }
        let mut tx = bench.store.store.write().await.unwrap();
        client_rows::disable(&mut tx, "klaim", None).await.unwrap();
        tx.commit().await.unwrap();
        bench.clock.advance(Duration::from_mins(2));
    }
}

async fn k08_a_pushed_request_is_opened_until_it_is_answered(db: TestStore) {
    let bench = opened(db).await;
    let must_push =
        Definition { require_pushed_authorization_requests: true, ..definition("lain") };
    register(&bench, must_push).await;
    let mut visitor = signed_in(&bench).await;
    let page = visitor.get(&asking("lain", &[])).await;
    assert_eq!(carried(&page, "error").as_deref(), Some("invalid_request"));
    let fields = [
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let (status, pushed) = call(&mut visitor, "/oidc/par", "lain", &fields).await;
    assert_eq!((status, &pushed["expires_in"]), (StatusCode::CREATED, &json!(60)), "{pushed}");
    let open = |client: &str| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("client_id", client)
            .append_pair("request_uri", text(&pushed["request_uri"]));
        format!("/oidc/authorize?{}", query.finish())
    };
    assert_eq!(
        visitor.get(&open("klaim")).await.status,
        StatusCode::BAD_REQUEST,
        "another client's"
    );
    let reloaded = visitor.get(&open("lain")).await;
    let reloaded = follow(&mut visitor, reloaded).await;
    let page = visitor.get(&open("lain")).await;
    let page = follow(&mut visitor, page).await;
    assert!(carried(&agree(&mut visitor, &page, "allow").await, "code").is_some());
    assert_eq!(agree(&mut visitor, &reloaded, "allow").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(visitor.get(&open("lain")).await.status, StatusCode::BAD_REQUEST, "answered");
    let again = [&fields[..], &[("request_uri", "urn:x")]].concat();
    let (status, _) = call(&mut visitor, "/oidc/par", "lain", &again).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

async fn k20_taking_consent_back_works_at_once(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, "klaim", &OFFLINE).await;
    let (_, tokens) = redeem(&mut visitor, "klaim", &code).await;
    let page = visitor.get("/apps").await;
    assert!(page.says("Klaim Daring") && page.says("E-mail address"), "{}", page.html);
    let answer = visitor.fill_in(&page, "/apps", &[("app", "klaim")]).await;
    assert_eq!(answer.leads_to(), "/apps?withdrawn=yes");
    assert_eq!(
        userinfo(&mut visitor, text(&tokens["access_token"])).await.0,
        StatusCode::UNAUTHORIZED
    );
    let (status, _) = refresh(&mut visitor, "klaim", text(&tokens["refresh_token"])).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(visitor.get("/apps").await.says("No other application"));
    let page = visitor.get(&asking("klaim", &[])).await;
    assert!(follow(&mut visitor, page).await.says("consent-allow"), "asked anew");
}

async fn k22_introspection_and_revocation_tell_strangers_nothing(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, "klaim", &OFFLINE).await;
    let (_, tokens) = redeem(&mut visitor, "klaim", &code).await;
    let (access, kept) = (text(&tokens["access_token"]), text(&tokens["refresh_token"]));
    for token in [access, kept] {
        let (_, own) = call(&mut visitor, "/oidc/introspect", "klaim", &[("token", token)]).await;
        assert_eq!((&own["active"], &own["client_id"]), (&json!(true), &json!("klaim")));
        let (_, other) = call(&mut visitor, "/oidc/introspect", "lain", &[("token", token)]).await;
        assert_eq!(other, json!({ "active": false }));
        let (status, _) = call(&mut visitor, "/oidc/revoke", "lain", &[("token", token)]).await;
        assert_eq!(status, StatusCode::OK);
    }
    let (status, _) = call(&mut visitor, "/oidc/introspect", "hp", &[("token", access)]).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(userinfo(&mut visitor, access).await.0, StatusCode::OK, "strangers revoke nothing");
    call(&mut visitor, "/oidc/revoke", "klaim", &[("token", access)]).await;
    assert_eq!(userinfo(&mut visitor, access).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(refresh(&mut visitor, "klaim", kept).await.0, StatusCode::OK);
    call(&mut visitor, "/oidc/revoke", "klaim", &[("token", kept)]).await;
    assert_eq!(refresh(&mut visitor, "klaim", kept).await.0, StatusCode::BAD_REQUEST);
}

async fn k24_the_documents_name_the_configured_issuer_and_what_is_there(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = Visitor::new(&bench);
    visitor.headers.push(("host", "evil.example".to_owned()));
    visitor.headers.push(("x-forwarded-host", "evil.example".to_owned()));
    for path in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"] {
        let page = visitor.get(path).await;
        let told: Value = serde_json::from_str(&page.html).unwrap();
        assert_eq!(told["issuer"], "https://payung.example");
        assert!(!page.says("evil"));
        for (name, address) in told.as_object().unwrap() {
            if !(name.ends_with("_endpoint") || name == "jwks_uri") {
                continue;
            }
            let path = text(address).strip_prefix("https://payung.example").unwrap();
            assert_ne!(visitor.get(path).await.status, StatusCode::NOT_FOUND, "{name}");
        }
    }
    call(&mut visitor, "/oidc/token", "klaim", &[("grant_type", "client_credentials")]).await;
    let keys: Value = serde_json::from_str(&visitor.get("/oidc/jwks").await.html).unwrap();
    assert_eq!(
        (&keys["keys"][0]["alg"], keys["keys"][0].get("d")),
        (&json!("ES256"), None),
        "{keys}"
    );
}

async fn b09_a_code_by_email_is_told_as_one_factor(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, "klaim", &[]).await;
    let id = claims(&redeem(&mut visitor, "klaim", &code).await.1["id_token"]);
    assert_eq!((&id["acr"], &id["amr"]), (&json!("urn:payung:acr:single-factor"), &json!(["pwd"])));
    let demand = r#"{"id_token":{"acr":{"essential":true,"value":"urn:payung:acr:multi-factor"}}}"#;
    let page = visitor.get(&asking("klaim", &[("claims", demand)])).await;
    let error = carried(&page, "error");
    assert_eq!(error.as_deref(), Some("unmet_authentication_requirements"));
}

async fn l02_form_post_carries_the_answer_in_a_form(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    code_for(&mut visitor, "klaim", &[]).await;
    let state = "\"><script>alert(1)</script>";
    let asked = asking("klaim", &[("response_mode", "form_post"), ("state", state)]);
    let page = visitor.get(&asked).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.says("action=\"https://klaim.example/cb\"") && page.says("name=\"code\""));
    assert!(!page.says("<script>alert"), "S6: {}", page.html);
    assert!(
        page.header("content-security-policy")
            .contains("form-action 'self' https://klaim.example;")
    );
    // A cross-site form comes without cookies and is brought again with a GET.
    let query = asked.split_once('?').unwrap().1.as_bytes().to_vec();
    let mut stranger = Visitor::new(&bench);
    stranger.headers.push(("origin", "https://klaim.example".to_owned()));
    let page = stranger.post_raw("/oidc/authorize", query).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert!(page.leads_to().starts_with("/oidc/authorize?client_id=klaim"));
}

async fn l06_only_registered_origins_read_answers(db: TestStore) {
    let bench = opened(db).await;
    for (origin, expected) in
        [("https://klaim.example", "https://klaim.example"), ("https://x.example", "")]
    {
        let mut visitor = Visitor::new(&bench);
        visitor.headers.push(("origin", origin.to_owned()));
        let page = visitor.get("/oidc/jwks").await;
        assert_eq!(page.header("access-control-allow-origin"), expected);
        let page = visitor.send(Method::OPTIONS, "/oidc/token", None, Body::empty()).await;
        assert_eq!(page.header(header::ACCESS_CONTROL_ALLOW_ORIGIN.as_str()), expected);
        let page = visitor.get("/oidc/authorize").await;
        assert_eq!(page.header("access-control-allow-origin"), "", "K-06");
    }
}
