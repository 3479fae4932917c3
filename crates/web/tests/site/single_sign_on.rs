//! What the provider holds when the same thing comes 64 times at once, and what it promises to clients
//! that ask for something of their own.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::StatusCode;
use data_encoding::{BASE64, BASE64URL_NOPAD};
use payung_domain::keyed::digest;
use payung_domain::oidc::assertions;
use payung_domain::oidc::clients::{Algorithm, Definition};
use payung_domain::oidc::tokens::seconds;
use payung_domain::time::Clock;
use payung_flows::oidc::{jose, signing_keys};
use payung_flows::tidying::tidy;
use payung_testkit::client_key::ClientKey;
use payung_testkit::private_key::PrivateKey;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor, newest_code};
use payung_testkit::{Bench, crowd, on_each_engine, people};
use serde_json::{Value, json};

use crate::provider::{
    CALLBACK, CHALLENGE, OFFLINE, SECRET, VERIFIER, agree, asking, call, carried, claims, code_for,
    definition, follow, public, redeem, refresh, register, signed_in, text, userinfo,
};

on_each_engine!(
    l7_k04_of_64_at_once_one_redeems_the_code_and_the_replays_end_its_family,
    l7_o5_of_64_at_once_one_refreshes_and_the_replays_end_its_family,
    l7_k08_of_64_at_once_one_is_answered_for_a_pushed_request,
    k14_userinfo_is_signed_for_who_registered_that,
    k21_clients_of_two_hosts_cannot_compare_their_members,
    k17_a_wished_level_is_reached_by_one_more_proof,
    k17_a_level_out_of_reach_is_gone_without_or_told,
    k17_choosing_who_to_be_is_signing_in,
    x10_a_client_may_ask_for_consent_every_time,
    o6_no_assertion_brings_its_own_key,
    k13_a_client_may_have_its_proofs_carry_our_nonce,
    k16_keys_change_while_everybody_has_both,
    k16_what_a_retired_key_signed_is_worth_nothing,
);

const ISSUER: &str = "https://payung.example";
const MULTI: &str = "urn:payung:acr:multi-factor";

/// A bench with Budi, a client with a secret, and a public one.
async fn opened(db: TestStore) -> Bench {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    for definition in [definition("klaim"), public("hp"), definition("lain")] {
        register(&bench, definition).await;
    }
    bench
}

/// The one answer with tokens, which are worth nothing by now: the others came with what was used.
async fn is_alone_and_over(visitor: &mut Visitor, replies: &[(StatusCode, Value)]) {
    let won: Vec<&Value> = replies
        .iter()
        .filter(|(status, _)| *status == StatusCode::OK)
        .map(|(_, told)| told)
        .collect();
    assert_eq!(won.len(), 1, "{replies:?}");
    let (access, kept) = (text(&won[0]["access_token"]), text(&won[0]["refresh_token"]));
    assert_eq!(userinfo(visitor, access).await.0, StatusCode::UNAUTHORIZED);
    let (status, told) = refresh(visitor, "hp", kept).await;
    assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
}

async fn l7_k04_of_64_at_once_one_redeems_the_code_and_the_replays_end_its_family(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, "hp", &OFFLINE).await;
    let replies = crowd::of_64(|_| {
        let (mut program, code) = (visitor.clone(), code.clone());
        async move { redeem(&mut program, "hp", &code).await }
    })
    .await;
    is_alone_and_over(&mut visitor, &replies).await;
}

async fn l7_o5_of_64_at_once_one_refreshes_and_the_replays_end_its_family(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, "hp", &OFFLINE).await;
    let (_, first) = redeem(&mut visitor, "hp", &code).await;
    let kept = text(&first["refresh_token"]).to_owned();
    let replies = crowd::of_64(|_| {
        let (mut program, kept) = (visitor.clone(), kept.clone());
        async move { refresh(&mut program, "hp", &kept).await }
    })
    .await;
    is_alone_and_over(&mut visitor, &replies).await;
    let access = text(&first["access_token"]);
    assert_eq!(userinfo(&mut visitor, access).await.0, StatusCode::UNAUTHORIZED, "the first too");
}

async fn l7_k08_of_64_at_once_one_is_answered_for_a_pushed_request(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    // Agreed to before, so that opening it is enough for an answer.
    code_for(&mut visitor, "klaim", &[]).await;
    let fields = [
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid email"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let (status, pushed) = call(&mut visitor, "/oidc/par", "klaim", &fields).await;
    assert_eq!(status, StatusCode::CREATED, "{pushed}");
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("client_id", "klaim")
        .append_pair("request_uri", text(&pushed["request_uri"]));
    let path = format!("/oidc/authorize?{}", query.finish());
    let pages = crowd::of_64(|_| {
        let (mut tab, path) = (visitor.clone(), path.clone());
        async move { tab.get(&path).await }
    })
    .await;
    let codes: Vec<String> = pages.iter().filter_map(|page| carried(page, "code")).collect();
    assert_eq!(codes.len(), 1);
    assert_eq!(redeem(&mut visitor, "klaim", &codes[0]).await.0, StatusCode::OK);
    assert_eq!(visitor.get(&path).await.status, StatusCode::BAD_REQUEST);
}

async fn k14_userinfo_is_signed_for_who_registered_that(db: TestStore) {
    let bench = opened(db).await;
    let signed =
        Definition { userinfo_signed_response_alg: "ES256".to_owned(), ..definition("tertanda") };
    register(&bench, signed).await;
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, "tertanda", &[]).await;
    let (_, tokens) = redeem(&mut visitor, "tertanda", &code).await;
    let mut program = Visitor::new(&bench);
    let bearer = format!("Bearer {}", text(&tokens["access_token"]));
    program.headers.push(("authorization", bearer));
    for page in [program.get("/oidc/userinfo").await, program.post("/oidc/userinfo", &[]).await] {
        assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "application/jwt"));
        let now = bench.clock.now();
        let told: Option<Value> = jose::opened(&bench.app, &page.html, "JWT", now).await.unwrap();
        let told = told.expect("signed by us");
        assert_eq!((&told["iss"], &told["aud"]), (&json!(ISSUER), &json!("tertanda")));
        assert_eq!(told["sub"], claims(&tokens["id_token"])["sub"]);
        assert_eq!(told["email"], "budi@peserta.example");
    }
    // What is signed for one purpose is no hint of who signed in.
    let page = program.get("/oidc/userinfo").await;
    let hint = [("id_token_hint", &*page.html), ("prompt", "none")];
    let page = visitor.get(&asking("tertanda", &hint)).await;
    assert_eq!(carried(&page, "error").as_deref(), Some("login_required"), "O6");
}

async fn k21_clients_of_two_hosts_cannot_compare_their_members(db: TestStore) {
    let bench = opened(db).await;
    let (beside, elsewhere) = ("https://klaim.example/dua", "https://lain.example/cb");
    for (id, address) in [("satu", CALLBACK), ("dua", beside), ("tiga", elsewhere)] {
        let pairwise = Definition {
            subject_type: "pairwise".to_owned(),
            redirect_uris: vec![address.to_owned()],
            ..definition(id)
        };
        register(&bench, pairwise).await;
    }
    let mut visitor = signed_in(&bench).await;
    let satu = subject(&mut visitor, "satu", CALLBACK).await;
    assert_eq!(satu, subject(&mut visitor, "satu", CALLBACK).await, "the same for ever");
    assert_eq!(satu, subject(&mut visitor, "dua", beside).await, "of one host");
    let tiga = subject(&mut visitor, "tiga", elsewhere).await;
    let (klaim, lain) = (
        subject(&mut visitor, "klaim", CALLBACK).await,
        subject(&mut visitor, "lain", CALLBACK).await,
    );
    assert_eq!(klaim, lain, "a public number is one number");
    assert!(satu != tiga && satu != klaim && tiga != klaim, "{satu} {tiga} {klaim}");
    assert!([&satu, &tiga, &klaim].iter().all(|subject| subject.len() >= 22), "F-06");
}

/// The number under which a client knows the member, in its ID token and in userinfo.
async fn subject(visitor: &mut Visitor, client: &str, address: &str) -> String {
    let code = code_for(visitor, client, &[("redirect_uri", address)]).await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", &*code),
        ("redirect_uri", address),
        ("code_verifier", VERIFIER),
    ];
    let (status, tokens) = call(visitor, "/oidc/token", client, &fields).await;
    assert_eq!(status, StatusCode::OK, "{tokens}");
    let told = userinfo(visitor, text(&tokens["access_token"])).await.1;
    let named = claims(&tokens["id_token"])["sub"].clone();
    assert_eq!(told["sub"], named);
    text(&named).to_owned()
}

/// Siti, signed in with a code by e-mail although she could do better.
async fn siti_by_email(bench: &Bench) -> Visitor {
    people::siti(&bench.app).await;
    let mut siti = Visitor::new(bench);
    siti.sign_in_with("siti", people::PASSWORD).await;
    let page = siti.get("/sign-in/method").await;
    siti.fill_in(&page, "/sign-in/method", &[("method", "email")]).await;
    let page = siti.get("/sign-in/code").await;
    let code = newest_code(bench).await;
    siti.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    siti
}

/// Proves more on the page that an application's request led to, and goes back to the request.
async fn prove_by_text(bench: &Bench, visitor: &mut Visitor, page: &Page) -> Page {
    let next =
        page.after("name=\"next\" value=\"").expect("where it goes on").replace("&#38;", "&");
    let fields = [("method", "sms"), ("next", &*next)];
    assert_eq!(visitor.fill_in(page, "/confirm", &fields).await.leads_to(), "/sign-in/code");
    let page = visitor.get("/sign-in/code").await;
    let code = newest_code(bench).await;
    let proved = visitor.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    follow(visitor, proved).await
}

async fn k17_a_wished_level_is_reached_by_one_more_proof(db: TestStore) {
    let bench = opened(db).await;
    let mut siti = siti_by_email(&bench).await;
    let code = code_for(&mut siti, "klaim", &[]).await;
    let before = claims(&redeem(&mut siti, "klaim", &code).await.1["id_token"]);
    assert_eq!(before["acr"], "urn:payung:acr:single-factor");
    bench.clock.advance(Duration::from_mins(3));
    let page = siti.get(&asking("klaim", &[("acr_values", MULTI)])).await;
    let page = follow(&mut siti, page).await;
    assert!(page.says("Confirm it is you"), "{}", page.html);
    let page = prove_by_text(&bench, &mut siti, &page).await;
    let code = carried(&page, "code").unwrap_or_else(|| panic!("no code: {}", page.html));
    let after = claims(&redeem(&mut siti, "klaim", &code).await.1["id_token"]);
    assert_eq!((&after["acr"], &after["amr"]), (&json!(MULTI), &json!(["pwd", "sms", "mfa"])));
    assert!(after["auth_time"].as_i64() > before["auth_time"].as_i64());
    assert_eq!(after["sub"], before["sub"]);
}

async fn k17_a_level_out_of_reach_is_gone_without_or_told(db: TestStore) {
    let bench = opened(db).await;
    let mut budi = signed_in(&bench).await;
    // Budi has nothing but e-mail: a wish is gone without.
    let code = code_for(&mut budi, "klaim", &[("acr_values", MULTI)]).await;
    let told = claims(&redeem(&mut budi, "klaim", &code).await.1["id_token"]);
    assert_eq!(told["acr"], "urn:payung:acr:single-factor");
    // Siti could, but no page may be shown: a wish is gone without, a demand takes a page.
    let mut siti = siti_by_email(&bench).await;
    code_for(&mut siti, "klaim", &[]).await;
    let page = siti.get(&asking("klaim", &[("acr_values", MULTI), ("prompt", "none")])).await;
    assert!(carried(&page, "code").is_some(), "{}", page.leads_to());
    let demand = json!({ "id_token": { "acr": { "essential": true, "value": MULTI } } });
    let demand = demand.to_string();
    let page = siti.get(&asking("klaim", &[("claims", &demand), ("prompt", "none")])).await;
    let error = carried(&page, "error");
    assert_eq!(error.as_deref(), Some("interaction_required"));
    // No page would help Budi.
    let page = budi.get(&asking("klaim", &[("claims", &demand), ("prompt", "none")])).await;
    let error = carried(&page, "error");
    assert_eq!(error.as_deref(), Some("unmet_authentication_requirements"));
}

async fn k17_choosing_who_to_be_is_signing_in(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    code_for(&mut visitor, "klaim", &[]).await;
    bench.clock.advance(Duration::from_secs(2));
    let page = visitor.get(&asking("klaim", &[("prompt", "select_account")])).await;
    let page = follow(&mut visitor, page).await;
    assert!(page.says("id=\"submit-login\""), "{}", page.html);
    let page = visitor.get(&asking("klaim", &[("prompt", "none select_account")])).await;
    assert_eq!(carried(&page, "error").as_deref(), Some("invalid_request"));
}

async fn x10_a_client_may_ask_for_consent_every_time(db: TestStore) {
    let bench = opened(db).await;
    let anew = Definition { consent_every_time: true, ..definition("tiap") };
    register(&bench, anew).await;
    let mut visitor = signed_in(&bench).await;
    for _ in 0..2 {
        let page = visitor.get(&asking("tiap", &[])).await;
        let page = follow(&mut visitor, page).await;
        assert!(page.says("id=\"consent-allow\""), "{}", page.html);
        assert!(carried(&agree(&mut visitor, &page, "allow").await, "code").is_some());
    }
    let page = visitor.get(&asking("tiap", &[("prompt", "none")])).await;
    assert_eq!(carried(&page, "error").as_deref(), Some("consent_required"));
}

async fn o6_no_assertion_brings_its_own_key(db: TestStore) {
    let bench = opened(db).await;
    let (own, other) = (ClientKey::new(7), ClientKey::new(8));
    let with_key = Definition {
        token_endpoint_auth_method: "private_key_jwt".to_owned(),
        jwks: Some(own.jwks()),
        ..definition("kunci")
    };
    register(&bench, with_key).await;
    let mut program = Visitor::new(&bench);
    let mut names = 0;
    let mut claims = || {
        names += 1;
        let now = seconds(bench.clock.now());
        json!({
            "iss": "kunci", "sub": "kunci", "aud": ISSUER, "exp": now + 60,
            "jti": format!("name-{names}"),
        })
    };
    let [mine, others] = [&own, &other].map(|key| key.jwks()["keys"][0].clone());
    let there = "https://kunci.example/keys";
    let headers = [
        json!({ "alg": "ES256" }),
        json!({ "alg": "ES256", "jwk": others }),
        json!({ "alg": "ES256", "jku": there }),
        json!({ "alg": "ES256", "x5u": there }),
        json!({ "alg": "ES256", "kid": "../../keys/other" }),
    ];
    for header in &headers {
        for (key, expected) in [(&own, StatusCode::OK), (&other, StatusCode::UNAUTHORIZED)] {
            let assertion = key.sign(header, &claims());
            let status = introspected(&mut program, &assertion).await;
            assert_eq!(status, expected, "{header}");
        }
    }
    for header in [
        json!({ "alg": "HS256" }),
        json!({ "alg": "none" }),
        json!({ "alg": "RS256", "jwk": mine }),
        json!({ "alg": "ES256", "crit": ["x"] }),
    ] {
        let assertion = own.sign(&header, &claims());
        let status = introspected(&mut program, &assertion).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{header}");
    }
}

async fn introspected(program: &mut Visitor, assertion: &str) -> StatusCode {
    let fields = [
        ("token", "x"),
        ("client_assertion_type", assertions::TYPE),
        ("client_assertion", assertion),
    ];
    program.post("/oidc/introspect", &fields).await.status
}

/// A proof with a nonce in it, or with none.
fn proof(bench: &Bench, method: &str, path: &str, token: Option<&str>, nonce: &str) -> String {
    let key = PrivateKey::numbered(11);
    let header = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": key.public() });
    let id = bench.app.dice.id().simple().to_string();
    let mut claims = json!({
        "jti": id, "htm": method, "htu": format!("{ISSUER}{path}"),
        "iat": seconds(bench.clock.now()),
    });
    if let Some(token) = token {
        claims["ath"] = json!(BASE64URL_NOPAD.encode(&digest(token.as_bytes())));
    }
    if !nonce.is_empty() {
        claims["nonce"] = json!(nonce);
    }
    key.sign(&header, &claims)
}

async fn k13_a_client_may_have_its_proofs_carry_our_nonce(db: TestStore) {
    let bench = opened(db).await;
    let fresh = Definition {
        dpop_bound_access_tokens: true,
        require_dpop_nonce: true,
        ..definition("segar")
    };
    register(&bench, fresh).await;
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, "segar", &[]).await;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", &*code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let redeemed = async |nonce: &str| {
        let mut program = Visitor::new(&bench);
        let pair = BASE64.encode(format!("segar:{SECRET}").as_bytes());
        program.headers.push(("authorization", format!("Basic {pair}")));
        program.headers.push(("dpop", proof(&bench, "POST", "/oidc/token", None, nonce)));
        program.post("/oidc/token", &fields).await
    };
    let mut nonce = String::new();
    for wrong in ["", "AAAAAAAAAAAAAAAAAAAAAA"] {
        let page = redeemed(wrong).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert!(page.says("\"error\":\"use_dpop_nonce\""), "{}", page.html);
        page.header("dpop-nonce").clone_into(&mut nonce);
        assert_eq!(nonce.len(), 22, "K-28");
    }
    // What came with such a proof was not used up by it.
    let page = redeemed(&nonce).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    let tokens: Value = serde_json::from_str(&page.html).unwrap();
    let access = text(&tokens["access_token"]);
    let told = async |nonce: &str| {
        let mut program = Visitor::new(&bench);
        program.headers.push(("authorization", format!("DPoP {access}")));
        let proof = proof(&bench, "GET", "/oidc/userinfo", Some(access), nonce);
        program.headers.push(("dpop", proof));
        program.get("/oidc/userinfo").await
    };
    let page = told("").await;
    assert_eq!((page.status, page.header("dpop-nonce")), (StatusCode::UNAUTHORIZED, &*nonce));
    let challenge = page.header("www-authenticate");
    assert!(challenge.starts_with("DPoP error=\"use_dpop_nonce\""), "{challenge}");
    assert_eq!(told(&nonce).await.status, StatusCode::OK);
    bench.clock.advance(Duration::from_mins(5));
    assert_eq!(told(&nonce).await.status, StatusCode::OK, "the one before is taken as well");
    bench.clock.advance(Duration::from_mins(4));
    let newest = told("").await.header("dpop-nonce").to_owned();
    assert_ne!(newest, nonce);
    assert_eq!(told(&newest).await.status, StatusCode::OK);
    bench.clock.advance(Duration::from_mins(6));
    assert!(redeemed(&nonce).await.says("use_dpop_nonce"), "an old one is none");
}

/// A new access token of a client on its own account, and the name of the key that signed it.
async fn signed_by(visitor: &mut Visitor) -> (String, String) {
    let fields = [("grant_type", "client_credentials")];
    let (status, told) = call(visitor, "/oidc/token", "klaim", &fields).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let token = text(&told["access_token"]).to_owned();
    let header = token.split('.').next().expect("three parts");
    let header: Value =
        serde_json::from_slice(&BASE64URL_NOPAD.decode(header.as_bytes()).unwrap()).unwrap();
    (text(&header["kid"]).to_owned(), token)
}

/// The names of the keys that others are shown.
async fn shown(visitor: &mut Visitor) -> BTreeSet<String> {
    let page = visitor.get("/oidc/jwks").await;
    let told: Value = serde_json::from_str(&page.html).unwrap();
    let keys = told["keys"].as_array().expect("keys");
    keys.iter().map(|key| text(&key["kid"]).to_owned()).collect()
}

fn names(all: &[&String]) -> BTreeSet<String> {
    all.iter().map(|&name| name.clone()).collect()
}

async fn k16_keys_change_while_everybody_has_both(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = Visitor::new(&bench);
    let (first, _) = signed_by(&mut visitor).await;
    let now = bench.clock.now();
    let second = signing_keys::rotate(&bench.app, Algorithm::Es256, now).await.unwrap();
    assert_eq!(shown(&mut visitor).await, names(&[&first, &second]), "before it signs");
    // Whoever keeps the list for an hour has seen it by then.
    bench.clock.advance(Duration::from_mins(119));
    assert_eq!(signed_by(&mut visitor).await.0, first);
    bench.clock.advance(Duration::from_mins(1));
    assert_eq!(signed_by(&mut visitor).await.0, second);
    bench.clock.advance(Duration::from_hours(23));
    assert_eq!(shown(&mut visitor).await, names(&[&first, &second]), "while its tokens live");
    bench.clock.advance(Duration::from_hours(1));
    assert_eq!(shown(&mut visitor).await, names(&[&second]));
    // After ninety days the next one is made without anybody asking for it, and only one.
    bench.clock.advance(Duration::from_hours(90 * 24));
    for _ in 0..2 {
        tidy(&bench.app).await.unwrap();
        assert_eq!(shown(&mut visitor).await.len(), 2);
    }
    assert_eq!(signed_by(&mut visitor).await.0, second);
    bench.clock.advance(Duration::from_hours(2));
    let (third, _) = signed_by(&mut visitor).await;
    assert!(third != second && third != first);
}

async fn k16_what_a_retired_key_signed_is_worth_nothing(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = Visitor::new(&bench);
    let (lost, token) = signed_by(&mut visitor).await;
    let fields = [("token", &*token)];
    let (_, told) = call(&mut visitor, "/oidc/introspect", "klaim", &fields).await;
    assert_eq!(told["active"], true);
    let now = bench.clock.now();
    assert!(signing_keys::retire(&bench.app, &lost, now).await.unwrap());
    assert!(!signing_keys::retire(&bench.app, "nobody", now).await.unwrap());
    let (_, told) = call(&mut visitor, "/oidc/introspect", "klaim", &fields).await;
    assert_eq!(told["active"], false);
    assert!(!shown(&mut visitor).await.contains(&lost));
    assert_ne!(signed_by(&mut visitor).await.0, lost, "another one takes its place at once");
}
