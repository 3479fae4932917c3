//! Rules of the provider that hold at all of its doors.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use payung_domain::language::Language;
use payung_domain::oidc::clients::Definition;
use payung_domain::staff::Officer;
use payung_domain::staff::looks::Reason;
use payung_domain::time::Clock;
use payung_flows::Visit;
use payung_flows::oidc::clients::FAILURES_A_MINUTE;
use payung_flows::staff::apps::{self, ByLine, NotDone};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine, people};
use serde_json::{Value, json};

use crate::provider::{
    CALLBACK, CHALLENGE, OFFLINE, SECRET, agree, asking, call, carried, claims, code_for,
    definition, follow, public, redeem, register, signed_in, text, userinfo,
};

on_each_engine!(
    k06_s3_no_form_is_sent_on_and_no_page_is_framed_or_read,
    k09_every_door_asks_who_calls_and_tells_no_more_than_that,
    k09_two_authorizations_are_none,
    k09_e04_whoever_fails_too_often_has_to_wait,
    k14_an_id_token_says_who_when_how_surely_and_in_which_session,
    k28_nothing_that_is_given_out_can_be_guessed,
    e04_requests_that_wait_are_counted_by_address,
    k19_k20_applications_of_the_programme_are_listed_and_can_be_left,
    k20_an_operator_takes_back_what_one_member_let_an_application_do,
    x10_each_set_of_scopes_is_agreed_to_once_in_whichever_order,
);

const DOORS: [&str; 4] = ["/oidc/token", "/oidc/par", "/oidc/introspect", "/oidc/revoke"];

async fn opened(db: TestStore) -> Bench {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    register(&bench, definition("klaim")).await;
    bench
}

/// A page that no other page may show, and no other origin read.
fn is_closed(page: &Page, what: &str) {
    let policy = page.header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
    assert_eq!(page.header("access-control-allow-origin"), "", "{what}");
}

async fn k06_s3_no_form_is_sent_on_and_no_page_is_framed_or_read(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = Visitor::new(&bench);
    // The origin of a registered client: it may read what programs get, and none of this.
    visitor.headers.push(("origin", "https://klaim.example".to_owned()));
    is_closed(&visitor.get(&asking("nobody", &[])).await, "an error");
    let page = visitor.get(&asking("klaim", &[])).await;
    is_closed(&page, "the door");
    is_closed(&follow(&mut visitor, page).await, "signing in");
    let page = visitor.send(Method::OPTIONS, "/oidc/authorize", None, Body::empty()).await;
    assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED);
    is_closed(&page, "asked before");

    let mut visitor = signed_in(&bench).await;
    is_closed(&visitor.get("/device").await, "the page of devices");
    for decision in ["cancel", "allow"] {
        let page = visitor.get(&asking("klaim", &[])).await;
        let page = follow(&mut visitor, page).await;
        is_closed(&page, "consent");
        let answer = agree(&mut visitor, &page, decision).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "never 307: a form would be sent on");
        assert!(answer.leads_to().starts_with(CALLBACK), "{}", answer.leads_to());
    }
}

/// Calls a door with a header for the client, or with none.
async fn called(
    bench: &Bench,
    door: &str,
    basic: Option<&str>,
    fields: &[(&str, &str)],
) -> (u16, String, Page) {
    let mut program = Visitor::new(bench);
    if let Some(pair) = basic {
        let pair = BASE64.encode(pair.as_bytes());
        program.headers.push(("authorization", format!("Basic {pair}")));
    }
    let page = program.post(door, fields).await;
    let told: Value = serde_json::from_str(&page.html).unwrap_or_default();
    (page.status.as_u16(), told["error"].as_str().unwrap_or_default().to_owned(), page)
}

async fn k09_every_door_asks_who_calls_and_tells_no_more_than_that(db: TestStore) {
    let bench = opened(db).await;
    let right = format!("klaim:{SECRET}");
    for door in DOORS {
        let mut told = BTreeSet::new();
        for (basic, fields) in [
            (None, &[("client_id", "klaim")][..]),
            (None, &[("client_id", "nobody")][..]),
            (None, &[][..]),
            (None, &[("client_id", "klaim"), ("client_secret", SECRET)][..]),
            (Some("klaim:wrong"), &[][..]),
            (Some("nobody:wrong"), &[][..]),
        ] {
            let (status, error, page) = called(&bench, door, basic, fields).await;
            assert_eq!((status, &*error), (401, "invalid_client"), "{door} {basic:?} {fields:?}");
            let way = page.header("www-authenticate");
            assert_eq!(way.starts_with("Basic "), basic.is_some(), "{door}: {way}");
            told.insert(page.html);
        }
        assert_eq!(told.len(), 1, "F-01, one answer for the unknown and the wrong: {told:?}");
        let both = [("client_id", "klaim"), ("client_secret", SECRET)];
        let (status, error, _) = called(&bench, door, Some(&right), &both).await;
        assert_eq!((status, &*error), (400, "invalid_request"), "{door}: two ways at once");
        let (_, error, _) = called(&bench, door, Some(&right), &[]).await;
        assert_ne!(error, "invalid_client", "{door}: who proves it is let in");
    }
}

async fn k09_two_authorizations_are_none(db: TestStore) {
    let bench = opened(db).await;
    let with_two = |header: &str| {
        let mut program = Visitor::new(&bench);
        for _ in 0..2 {
            program.headers.push(("authorization", header.to_owned()));
        }
        program
    };
    let pair = BASE64.encode(format!("klaim:{SECRET}").as_bytes());
    for path in DOORS {
        let fields = [("grant_type", "client_credentials"), ("token", "x")];
        let page = with_two(&format!("Basic {pair}")).post(path, &fields).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(page.says("\"error\":\"invalid_request\""), "{path}: {}", page.html);
    }
    let page = with_two("Bearer x").get("/oidc/userinfo").await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.header("www-authenticate").starts_with("Bearer error=\"invalid_request\""));
}

async fn k09_e04_whoever_fails_too_often_has_to_wait(db: TestStore) {
    let bench = opened(db).await;
    for _ in 0..FAILURES_A_MINUTE {
        assert_eq!(called(&bench, "/oidc/token", Some("klaim:wrong"), &[]).await.0, 401);
    }
    let (status, _, page) = called(&bench, "/oidc/introspect", Some("klaim:wrong"), &[]).await;
    assert_eq!(status, 429);
    assert!(page.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds <= 61));
    // It is no lock: whoever has the secret goes on.
    let fields = [("grant_type", "client_credentials")];
    let right = format!("klaim:{SECRET}");
    assert_eq!(called(&bench, "/oidc/token", Some(&right), &fields).await.0, 200, "L4");
}

async fn k14_an_id_token_says_who_when_how_surely_and_in_which_session(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let mut names = BTreeSet::new();
    let mut sessions = BTreeSet::new();
    for _ in 0..2 {
        let code = code_for(&mut visitor, "klaim", &[]).await;
        let (_, tokens) = redeem(&mut visitor, "klaim", &code).await;
        let told = claims(&tokens["id_token"]);
        assert_eq!(
            (&told["iss"], &told["aud"], &told["nonce"]),
            (&json!("https://payung.example"), &json!("klaim"), &json!("n-0S6"))
        );
        let number = |name: &str| told[name].as_i64().unwrap_or_else(|| panic!("no {name}"));
        assert!((1..=300).contains(&(number("exp") - number("iat"))), "five minutes at most");
        assert!(number("auth_time") <= number("iat"));
        for name in ["sub", "sid", "jti", "acr"] {
            assert!(!text(&told[name]).is_empty(), "{name}");
        }
        assert!(told["amr"].as_array().is_some_and(|all| !all.is_empty()));
        names.insert(text(&told["jti"]).to_owned());
        sessions.insert(text(&told["sid"]).to_owned());
        let head = text(&tokens["id_token"]).split('.').next().unwrap();
        let head: Value =
            serde_json::from_slice(&BASE64URL_NOPAD.decode(head.as_bytes()).unwrap()).unwrap();
        assert_eq!((&head["typ"], &head["alg"]), (&json!("JWT"), &json!("ES256")));
        let keys: Value = serde_json::from_str(&visitor.get("/oidc/jwks").await.html).unwrap();
        let keys = keys["keys"].as_array().unwrap();
        assert_eq!(keys.iter().filter(|key| key["kid"] == head["kid"]).count(), 1);
    }
    assert_eq!((names.len(), sessions.len()), (2, 1), "two tokens of one session");
}

async fn k28_nothing_that_is_given_out_can_be_guessed(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let mut all = BTreeSet::new();
    for _ in 0..2 {
        let fields = [
            ("redirect_uri", CALLBACK),
            ("response_type", "code"),
            ("scope", "openid"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let (_, pushed) = call(&mut visitor, "/oidc/par", "klaim", &fields).await;
        let handle = text(&pushed["request_uri"]).rsplit(':').next().unwrap().to_owned();
        let code = code_for(&mut visitor, "klaim", &OFFLINE).await;
        let (_, tokens) = redeem(&mut visitor, "klaim", &code).await;
        let refresh = text(&tokens["refresh_token"]).to_owned();
        for given in [handle, code, refresh] {
            // 43 letters of base64url are 256 bits.
            assert_eq!(BASE64URL_NOPAD.decode(given.as_bytes()).unwrap().len(), 32, "{given}");
            assert!(all.insert(given), "twice the same");
        }
        let name = text(&claims(&tokens["access_token"])["jti"]).to_owned();
        assert!(name.len() >= 32 && all.insert(name), "128 bits in sixteen kinds of letters");
    }
}

async fn k19_k20_applications_of_the_programme_are_listed_and_can_be_left(db: TestStore) {
    let bench = opened(db).await;
    let own = Definition {
        client_name: "Aplikasi Peserta".to_owned(),
        first_party: true,
        ..definition("milik")
    };
    register(&bench, own).await;
    let mut visitor = signed_in(&bench).await;
    let page = visitor.get("/apps").await;
    for words in ["Our own applications", "Aplikasi Peserta", "Filing claims"] {
        assert!(page.says(words), "{words}: {}", page.html);
    }
    let is_offered = |page: &Page| page.says("name=\"app\" value=\"milik\"");
    assert!(!is_offered(&page), "it holds nothing yet");
    assert!(!page.says("Klaim Daring"), "others are there once they were agreed to");
    bench.clock.advance(Duration::from_mins(1));
    // H-10: nothing happens in silence before the member did something for it, once.
    let silent = asking("milik", &[("prompt", "none")]);
    let page = asked(&mut visitor, &silent).await;
    let error = carried(&page, "error");
    assert_eq!(error.as_deref(), Some("interaction_required"), "{} {}", page.leads_to(), page.html);
    code_for(&mut visitor, "milik", &[]).await;
    let code = carried(&asked(&mut visitor, &silent).await, "code").expect("a code at once");
    let (_, tokens) = redeem(&mut visitor, "milik", &code).await;
    let access = text(&tokens["access_token"]).to_owned();
    assert_eq!(userinfo(&mut visitor, &access).await.0, StatusCode::OK);
    let page = visitor.get("/apps").await;
    assert!(is_offered(&page) && page.says("Our own applications"));
    let left = visitor.fill_in(&page, "/apps", &[("app", "milik")]).await;
    assert_eq!(left.leads_to(), "/apps?withdrawn=yes");
    assert_eq!(userinfo(&mut visitor, &access).await.0, StatusCode::UNAUTHORIZED, "K-20");
    assert!(!is_offered(&visitor.get("/apps").await));
    let error = carried(&asked(&mut visitor, &silent).await, "error");
    assert_eq!(error.as_deref(), Some("interaction_required"), "as if it had never been");
}

async fn k20_an_operator_takes_back_what_one_member_let_an_application_do(db: TestStore) {
    let bench = opened(db).await;
    register(&bench, definition("lain")).await;
    let mut visitor = signed_in(&bench).await;
    let mut tokens = Vec::new();
    for client in ["klaim", "lain"] {
        let code = code_for(&mut visitor, client, &[]).await;
        let (_, told) = redeem(&mut visitor, client, &code).await;
        tokens.push(text(&told["access_token"]).to_owned());
    }
    let officer = Officer::parse("lestari").expect("a name");
    let here = Visit {
        now: bench.clock.now(),
        address: visitor.address.ip(),
        device: String::new(),
        browser: None,
        language: Language::En,
    };
    let reason = Reason::parse("suspicion", "the application sells what it sees").unwrap();
    let line = ByLine { member: "budi@peserta.example", officer: &officer, reason: &reason };
    let app = &bench.app;
    let listed = apps::list(app, &here, &line).await.unwrap().unwrap();
    let mut names: Vec<&str> = listed.connected.iter().map(|one| &*one.id).collect();
    names.sort_unstable();
    assert_eq!((names, listed.own.len()), (vec!["klaim", "lain"], 0));
    assert_eq!(apps::take_back(app, &here, &line, "klaim").await.unwrap(), Ok(true));
    assert_eq!(userinfo(&mut visitor, &tokens[0]).await.0, StatusCode::UNAUTHORIZED, "at once");
    assert_eq!(userinfo(&mut visitor, &tokens[1]).await.0, StatusCode::OK, "no other's");
    let page = visitor.get("/activity").await;
    for words in ["Staff took back what you let an application do", "lestari"] {
        assert!(page.says(words), "P-07: {words}: {}", page.html);
    }
    for nothing in ["klaim", "nobody"] {
        assert_eq!(apps::take_back(app, &here, &line, nothing).await.unwrap(), Ok(false));
    }
    let stranger = ByLine { member: "nobody@peserta.example", ..line };
    let told = apps::take_back(app, &here, &stranger, "lain").await.unwrap();
    assert_eq!(told, Err(NotDone::Nobody));
}

async fn x10_each_set_of_scopes_is_agreed_to_once_in_whichever_order(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let sets = ["openid profile", "openid email"];
    for scope in sets {
        code_for(&mut visitor, "klaim", &[("scope", scope)]).await;
        bench.clock.advance(Duration::from_secs(2));
    }
    for scope in sets {
        let silent = asking("klaim", &[("scope", scope), ("prompt", "none")]);
        let page = asked(&mut visitor, &silent).await;
        assert!(carried(&page, "code").is_some(), "{scope}: {}", page.leads_to());
    }
    // Both at once is a set of its own.
    let silent = asking("klaim", &[("scope", "openid profile email"), ("prompt", "none")]);
    let error = carried(&asked(&mut visitor, &silent).await, "error");
    assert_eq!(error.as_deref(), Some("consent_required"));
}

/// What an application hears at its own address.
async fn asked(visitor: &mut Visitor, request: &str) -> Page {
    let page = visitor.get(request).await;
    follow(visitor, page).await
}

async fn e04_requests_that_wait_are_counted_by_address(db: TestStore) {
    let bench = opened(db).await;
    register(&bench, public("hp")).await;
    let mut visitor = Visitor::new(&bench);
    for _ in 0..bench.app.settings.limits.sign_ins_per_address {
        let page = visitor.get(&asking("klaim", &[])).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
    }
    let page = visitor.get(&asking("klaim", &[])).await;
    assert_eq!((page.status, page.leads_to()), (StatusCode::TOO_MANY_REQUESTS, ""));
    let fields = [
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let (status, _) = call(&mut visitor, "/oidc/par", "hp", &fields).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "a client that cannot prove who it is");
    let (status, _) = call(&mut visitor, "/oidc/par", "klaim", &fields).await;
    assert_eq!(status, StatusCode::CREATED, "one that does");
    let mut elsewhere = Visitor::new(&bench);
    elsewhere.address = SocketAddr::from(([198, 51, 100, 7], 40_000));
    assert_eq!(elsewhere.get(&asking("klaim", &[])).await.status, StatusCode::SEE_OTHER);
    bench.clock.advance(Duration::from_mins(1));
    assert_eq!(visitor.get(&asking("klaim", &[])).await.status, StatusCode::SEE_OTHER);
}
