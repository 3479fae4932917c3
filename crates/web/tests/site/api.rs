//! What applications read of members who let them.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use data_encoding::BASE64;
use payung_domain::keyed::digest;
use payung_domain::oidc::clients::Definition;
use payung_domain::time::{Clock, Instant};
use payung_flows::api::{CALLS_A_MINUTE, FAILURES_A_MINUTE};
use payung_flows::statements::signing;
use payung_storage::oidc::clients as client_rows;
use payung_testkit::prover::Prover;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine};
use serde_json::{Value, json};

use crate::demonstration::{seeded, signed_in};
use crate::provider::agree;

on_each_engine!(
    k29_l11_each_address_opens_to_a_token_for_it_and_to_no_other,
    k13_a_bound_token_needs_a_proof_for_this_request,
    k27_a_token_in_the_address_is_none,
    l09_each_scope_adds_what_belongs_to_it_and_no_more,
    the_numbers_are_those_of_the_pages,
    every_row_comes_once_whatever_the_limit_is,
    l11_a_place_in_somebody_elses_list_shows_ones_own_rows,
    a_statement_says_what_its_paper_says_and_its_signature_holds,
    a_statement_says_since_when_its_key_is_not_trusted,
    l11_a_statement_opens_to_a_token_of_its_owner_alone,
    every_statement_comes_once_whatever_the_limit_is,
    who_has_an_answer_is_not_sent_it_again,
    problems_are_told_to_programs_in_their_language,
    e04_too_many_calls_have_to_wait,
    l06_no_other_origin_reads_what_is_a_members,
    k24_the_api_says_where_its_tokens_come_from,
    the_document_in_the_tree_is_the_one_that_is_served,
);

const CALLBACK: &str = "https://partner.example/cb";
const SECRET: &str = "a-secret-of-128-random-bits-or-more";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const SITE: &str = "https://payung.example";
const RESOURCE: &str = "https://payung.example/api/v1";
const EVERYTHING: &str = "openid profile email phone address membership contributions balance";

/// Each address, and the scope that opens it.
const ROUTES: [(&str, &str); 5] = [
    ("/api/v1/me", "profile"),
    ("/api/v1/memberships", "membership"),
    ("/api/v1/contributions", "contributions"),
    ("/api/v1/balances", "balance"),
    ("/api/v1/statements", "balance"),
];

/// The people of the demonstration, and an application of the programme.
async fn opened(db: TestStore) -> Bench {
    let bench = seeded(db).await;
    let definition = Definition {
        client_id: "partner".to_owned(),
        client_name: "Aplikasi Peserta".to_owned(),
        redirect_uris: vec![CALLBACK.to_owned()],
        grant_types: ["authorization_code", "client_credentials"].map(str::to_owned).into(),
        scope: EVERYTHING.to_owned(),
        first_party: true,
        resources: vec![RESOURCE.to_owned()],
        owner: "Dana Kita".to_owned(),
        purpose_id: "Melihat iuran".to_owned(),
        purpose_en: "Showing contributions".to_owned(),
        ..Definition::default()
    };
    let client = definition.check().expect("a whole client");
    let mut tx = bench.store.store.write().await.unwrap();
    let (secret, now) = (digest(SECRET.as_bytes()), Instant::from_micros(0));
    client_rows::keep(&mut tx, &client, Some(&secret), now).await.unwrap();
    tx.commit().await.unwrap();
    bench
}

/// A code for some scopes, for the API or for nothing in particular.
async fn code(visitor: &mut Visitor, scope: &str, resource: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs([
        ("client_id", "partner"),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", scope),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    query.extend_pairs(resource.map(|resource| ("resource", resource)));
    let mut page = visitor.get(&format!("/oidc/authorize?{}", query.finish())).await;
    for _ in 0..8 {
        if !page.leads_to().starts_with('/') {
            break;
        }
        page = visitor.get(page.leads_to()).await;
    }
    // H-10: also the programme's own application asks once.
    if page.says("id=\"consent-allow\"") {
        page = agree(visitor, &page, "allow").await;
    }
    let (_, query) = page.leads_to().split_once('?').expect("an answer");
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let found = pairs.find(|(name, _)| name == "code").map(|(_, code)| code.into_owned());
    found.unwrap_or_else(|| panic!("no code: {}", page.leads_to()))
}

/// Asks the provider as the application does.
async fn called(
    visitor: &Visitor,
    path: &str,
    fields: &[(&str, &str)],
    proof: Option<String>,
) -> (StatusCode, Value) {
    let mut program = program(visitor);
    let pair = BASE64.encode(format!("partner:{SECRET}").as_bytes());
    program.headers.push(("authorization", format!("Basic {pair}")));
    program.headers.extend(proof.map(|proof| ("dpop", proof)));
    let page = program.post(path, fields).await;
    (page.status, serde_json::from_str(&page.html).unwrap_or_default())
}

async fn redeemed(visitor: &Visitor, code: &str, proof: Option<String>) -> String {
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let (status, told) = called(visitor, "/oidc/token", &fields, proof).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    told["access_token"].as_str().expect("a token").to_owned()
}

/// An access token for the API.
async fn token(visitor: &mut Visitor, scope: &str) -> String {
    let code = code(visitor, scope, Some(RESOURCE)).await;
    redeemed(visitor, &code, None).await
}

/// The same machine without the browser's cookies.
fn program(visitor: &Visitor) -> Visitor {
    let mut program = visitor.clone();
    program.cookies.clear();
    program
}

async fn asked(visitor: &Visitor, path: &str, headers: &[(&'static str, String)]) -> Page {
    let mut program = program(visitor);
    program.headers.extend(headers.iter().cloned());
    program.get(path).await
}

async fn read(visitor: &Visitor, path: &str, token: &str) -> Page {
    asked(visitor, path, &[("authorization", format!("Bearer {token}"))]).await
}

/// What is told at an address, as it must be.
async fn told(visitor: &Visitor, path: &str, token: &str) -> Value {
    let page = read(visitor, path, token).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.html);
    assert_eq!(page.header("content-type"), "application/json");
    assert_eq!(page.header("cache-control"), "no-store", "L-12");
    parsed(&page)
}

fn parsed(page: &Page) -> Value {
    serde_json::from_str(&page.html).unwrap_or_else(|_| panic!("no JSON: {}", page.html))
}

/// The problem of an answer.
fn problem(page: &Page) -> String {
    assert_eq!(page.header("content-type"), "application/problem+json", "{}", page.html);
    let told = parsed(page);
    assert_eq!(told["status"], json!(page.status.as_u16()));
    for words in ["title", "detail"] {
        assert!(told[words].as_str().is_some_and(|said| said.len() > 5), "{told}");
    }
    let kind = told["type"].as_str().expect("a type");
    kind.strip_prefix("urn:payung:problem:").expect("one of ours").to_owned()
}

fn items(told: &Value) -> Vec<Value> {
    told["items"].as_array().expect("items").clone()
}

async fn k29_l11_each_address_opens_to_a_token_for_it_and_to_no_other(db: TestStore) {
    let bench = opened(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let good = token(&mut siti, EVERYTHING).await;
    let elsewhere = {
        let code = code(&mut siti, EVERYTHING, None).await;
        redeemed(&siti, &code, None).await
    };
    let fields = [("grant_type", "client_credentials"), ("resource", RESOURCE)];
    let (_, own) = called(&siti, "/oidc/token", &fields, None).await;
    let own = own["access_token"].as_str().expect("a token").to_owned();
    for (path, scope) in ROUTES {
        let page = asked(&siti, path, &[]).await;
        assert_eq!((page.status.as_u16(), &*problem(&page)), (401, "missing_token"));
        let challenge = page.header("www-authenticate").to_owned();
        assert!(!challenge.contains("error="), "RFC 6750 section 3.1: {challenge}");
        for part in ["DPoP algs=\"ES256 EdDSA PS256\"", "Bearer", "resource_metadata=\"https://"] {
            assert!(challenge.contains(part), "{part} in {challenge}");
        }
        for bad in ["x", "a.b.c", &*elsewhere, &good[..good.len() - 4]] {
            let page = read(&siti, path, bad).await;
            assert_eq!((page.status.as_u16(), &*problem(&page)), (401, "invalid_token"), "{bad}");
            let challenge = page.header("www-authenticate");
            assert!(challenge.starts_with("Bearer error=\"invalid_token\""), "{challenge}");
        }
        let others = EVERYTHING.split(' ').filter(|other| *other != scope);
        let narrow = token(&mut siti, &others.collect::<Vec<_>>().join(" ")).await;
        for narrow in [&narrow, &own] {
            let page = read(&siti, path, narrow).await;
            assert_eq!((page.status.as_u16(), &*problem(&page)), (403, "insufficient_scope"));
            let challenge = page.header("www-authenticate");
            assert!(challenge.contains(&format!("scope=\"{scope}\"")), "{challenge}");
        }
        told(&siti, path, &good).await;
        let just_this = token(&mut siti, scope).await;
        told(&siti, path, &just_this).await;
    }
    let (status, _) = called(&siti, "/oidc/revoke", &[("token", &good)], None).await;
    assert_eq!(status, StatusCode::OK);
    for (path, _) in ROUTES {
        assert_eq!(problem(&read(&siti, path, &good).await), "invalid_token", "revoked");
    }
    let late = token(&mut siti, EVERYTHING).await;
    told(&siti, "/api/v1/me", &late).await;
    bench.clock.advance(Duration::from_mins(10));
    for (path, _) in ROUTES {
        assert_eq!(problem(&read(&siti, path, &late).await), "invalid_token", "expired");
    }
}

async fn k13_a_bound_token_needs_a_proof_for_this_request(db: TestStore) {
    let bench = opened(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let (mut prover, mut thief) = (Prover::new(5), Prover::new(6));
    let now = bench.clock.now();
    let code = code(&mut siti, EVERYTHING, Some(RESOURCE)).await;
    let proof = prover.prove("POST", &format!("{SITE}/oidc/token"), None, now);
    let bound = redeemed(&siti, &code, Some(proof)).await;
    let under = |proof: Option<String>| {
        let mut headers = vec![("authorization", format!("DPoP {bound}"))];
        headers.extend(proof.map(|proof| ("dpop", proof)));
        headers
    };
    for (path, _) in ROUTES {
        let page = read(&siti, path, &bound).await;
        assert_eq!((page.status.as_u16(), &*problem(&page)), (401, "invalid_token"), "as Bearer");
        let page = asked(&siti, path, &under(None)).await;
        assert_eq!((page.status.as_u16(), &*problem(&page)), (401, "invalid_token"), "no proof");
        let challenge = page.header("www-authenticate");
        assert!(challenge.starts_with("DPoP error=\"invalid_token\""), "{challenge}");
        assert!(challenge.contains("algs=\"ES256 EdDSA PS256\""), "{challenge}");
        let here = format!("{SITE}{path}");
        let elsewhere = format!("{here}/x");
        for (method, address, token) in [
            ("POST", &here, Some(&*bound)),
            ("GET", &elsewhere, Some(&*bound)),
            ("GET", &here, Some("other")),
            ("GET", &here, None),
        ] {
            let proof = prover.prove(method, address, token, now);
            let page = asked(&siti, path, &under(Some(proof))).await;
            assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{method} {address}");
            assert_eq!(problem(&page), "invalid_dpop_proof");
            let challenge = page.header("www-authenticate");
            assert!(challenge.starts_with("DPoP error=\"invalid_dpop_proof\""), "{challenge}");
        }
        let stolen = thief.prove("GET", &here, Some(&bound), now);
        assert_eq!(problem(&asked(&siti, path, &under(Some(stolen))).await), "invalid_token");
        let proof = prover.prove("GET", &here, Some(&bound), now);
        let page = asked(&siti, &format!("{path}?lang=id"), &under(Some(proof.clone()))).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.html);
        let page = asked(&siti, path, &under(Some(proof))).await;
        assert_eq!(problem(&page), "invalid_dpop_proof", "a proof counts once");
        let mut head = program(&siti);
        let proof = prover.prove("HEAD", &here, Some(&bound), now);
        head.headers.extend(under(Some(proof)));
        assert_eq!(head.send(Method::HEAD, path, None, Body::empty()).await.status, StatusCode::OK);
    }
}

async fn k27_a_token_in_the_address_is_none(db: TestStore) {
    let bench = opened(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let good = token(&mut siti, EVERYTHING).await;
    let page = asked(&siti, &format!("/api/v1/me?access_token={good}"), &[]).await;
    assert_eq!(problem(&page), "missing_token");
    let basic = [("authorization", format!("Basic {good}"))];
    assert_eq!(problem(&asked(&siti, "/api/v1/me", &basic).await), "missing_token");
    let twice = [&*good, "x"].map(|token| ("authorization", format!("Bearer {token}")));
    let page = asked(&siti, "/api/v1/me", &twice).await;
    assert_eq!((page.status.as_u16(), &*problem(&page)), (400, "invalid_request"));
    // A session opens pages, never the API.
    assert_eq!(siti.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED);
}

async fn l09_each_scope_adds_what_belongs_to_it_and_no_more(db: TestStore) {
    let bench = opened(db).await;
    let mut dewi = signed_in(&bench, "dewi").await;
    let fields_of = |told: &Value| {
        let fields = told.as_object().expect("an object");
        fields.keys().cloned().collect::<BTreeSet<String>>()
    };
    let least = token(&mut dewi, "openid profile").await;
    let told_least = told(&dewi, "/api/v1/me", &least).await;
    let expected = ["subject", "language", "name", "birth_date", "sex"].map(str::to_owned);
    assert_eq!(fields_of(&told_least), expected.into());
    let all = token(&mut dewi, EVERYTHING).await;
    let told_all = told(&dewi, "/api/v1/me", &all).await;
    assert_eq!(told_all["email"], "dewi@peserta.example");
    assert_eq!(told_all["subject"], told_least["subject"]);
    assert!(told_all["address"]["postcode"].is_string(), "{told_all}");
    let fewer = token(&mut dewi, "balance contributions").await;
    let (balances, with) = (
        told(&dewi, "/api/v1/balances", &fewer).await,
        told(&dewi, "/api/v1/balances", &all).await,
    );
    assert_eq!(balances["total"], with["total"]);
    assert_eq!(with["memberships"].as_array().map(Vec::len), Some(2), "two member numbers");
    let numbers: BTreeSet<String> = items(&told(&dewi, "/api/v1/memberships", &all).await)
        .iter()
        .map(|one| one["number"].as_str().expect("a number").to_owned())
        .collect();
    assert_eq!(numbers.len(), 2);
    let rows = told(&dewi, "/api/v1/contributions", &fewer).await;
    let named = told(&dewi, "/api/v1/contributions", &all).await;
    for number in &numbers {
        assert!(with.to_string().contains(number));
        assert!(!balances.to_string().contains(number), "{balances}");
        assert!(!rows.to_string().contains(number), "{rows}");
    }
    assert!(items(&named).iter().all(|row| row["membership_number"].is_string()));
}

/// The amount with this name on a page.
fn amount(page: &Page, name: &str) -> i64 {
    let before = page.html.split_once(&format!("\" data-name=\"{name}\""));
    let (before, _) = before.unwrap_or_else(|| panic!("no amount {name}"));
    before.rsplit('"').next().unwrap().parse().unwrap()
}

async fn the_numbers_are_those_of_the_pages(db: TestStore) {
    let bench = opened(db).await;
    for name in ["siti", "budi", "agus"] {
        let mut member = signed_in(&bench, name).await;
        let token = token(&mut member, EVERYTHING).await;
        let balances = told(&member, "/api/v1/balances", &token).await;
        let page = member.get("/balance").await;
        assert_eq!(balances["total"], json!(amount(&page, "jht-balance")), "{name}");
        for year in balances["years"].as_array().expect("years") {
            for (field, column) in [
                ("opening", "opening"),
                ("contributions", "contributions"),
                ("returns", "return"),
                ("payouts", "payouts"),
                ("closing", "closing"),
            ] {
                let shown = amount(&page, &format!("jht-{column}-{}", year["year"]));
                assert_eq!(year[field], json!(shown), "{name}: {field} of {}", year["year"]);
            }
            let part = |field: &str| year[field].as_i64().expect("whole rupiah");
            let moved = ["contributions", "returns", "payouts", "transfers", "corrections"];
            let moved: i64 = moved.into_iter().map(part).sum();
            assert_eq!(part("opening") + moved, part("closing"));
        }
        let page = member.get("/contributions").await;
        let rows = items(&told(&member, "/api/v1/contributions?limit=24", &token).await);
        assert!(!rows.is_empty(), "{name}");
        for row in &rows {
            let month = row["month"].as_str().expect("a month").replace('-', "");
            let programme = row["programme"].as_str().expect("a programme").to_lowercase();
            let payer = row["employer"]["number"].as_str().map(|npp| format!("-{npp}"));
            let payer = payer.unwrap_or_default().to_lowercase();
            for part in ["own", "employer"] {
                let shown = amount(&page, &format!("{part}-{programme}-{month}{payer}"));
                assert_eq!(row[format!("{part}_part")], json!(shown), "{name}: {row}");
            }
            if let Some(wage) = row.get("wage") {
                let shown = amount(&page, &format!("wage-{programme}-{month}{payer}"));
                assert_eq!(wage, &json!(shown));
            }
        }
        let numbers = items(&told(&member, "/api/v1/memberships", &token).await);
        let page = member.get("/dashboard").await;
        for number in numbers {
            assert!(page.says(number["number"].as_str().expect("a number")), "{name}: {number}");
        }
    }
}

/// Every row, page after page.
async fn walked(visitor: &Visitor, token: &str, first: &str) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut path = first.to_owned();
    for _ in 0..80 {
        let page = read(visitor, &path, token).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.html);
        let told = parsed(&page);
        rows.extend(items(&told));
        let Some(next) = told.get("next") else {
            assert_eq!(page.header("link"), "");
            return rows;
        };
        let next = next.as_str().expect("an address");
        assert_eq!(page.header("link"), format!("<{next}>; rel=\"next\""));
        next.strip_prefix(SITE).expect("an address of ours").clone_into(&mut path);
    }
    panic!("{first} has no end");
}

async fn every_row_comes_once_whatever_the_limit_is(db: TestStore) {
    let bench = opened(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let token = token(&mut siti, EVERYTHING).await;
    let all = walked(&siti, &token, "/api/v1/contributions?limit=200").await;
    let months: Vec<&str> = all.iter().map(|row| row["month"].as_str().unwrap()).collect();
    assert!(months.is_sorted_by(|one, next| one >= next), "the latest month first");
    let names: BTreeSet<String> = all
        .iter()
        .map(|row| format!("{} {} {}", row["month"], row["programme"], row["employer"]["number"]))
        .collect();
    assert_eq!(names.len(), all.len(), "no row comes twice");
    for limit in ["", "?limit=23", "?limit=199", "?unknown=1&limit=&cursor="] {
        // The calls of a minute are counted.
        bench.clock.advance(Duration::from_mins(1));
        let rows = walked(&siti, &token, &format!("/api/v1/contributions{limit}")).await;
        assert_eq!(rows, all, "{limit}");
    }
    let of_2025: Vec<Value> = all
        .iter()
        .filter(|row| row["month"].as_str().unwrap().starts_with("2025"))
        .cloned()
        .collect();
    assert!(of_2025.len() > 12);
    for limit in [1, 2, 7, 100] {
        bench.clock.advance(Duration::from_mins(1));
        let first = format!("/api/v1/contributions?year=2025&limit={limit}");
        assert_eq!(walked(&siti, &token, &first).await, of_2025, "{limit}");
    }
    let first = "/api/v1/contributions?year=2025&programme=JHT&limit=5";
    let of_jht = walked(&siti, &token, first).await;
    assert!(of_jht.len() > 5 && of_jht.iter().all(|row| row["programme"] == "JHT"));
    for wrong in [
        "limit=0",
        "limit=201",
        "limit=x",
        "year=MMXXV",
        "programme=JHTX",
        "cursor=x",
        "cursor=MjAyNjA3LkpIVA",
    ] {
        let page = read(&siti, &format!("/api/v1/contributions?{wrong}"), &token).await;
        assert_eq!((page.status.as_u16(), &*problem(&page)), (400, "invalid_parameter"), "{wrong}");
        let name = wrong.split('=').next().unwrap();
        assert!(parsed(&page)["detail"].as_str().unwrap().contains(name), "{}", page.html);
    }
}

async fn l11_a_place_in_somebody_elses_list_shows_ones_own_rows(db: TestStore) {
    let bench = opened(db).await;
    let (mut siti, mut agus) = (signed_in(&bench, "siti").await, signed_in(&bench, "agus").await);
    let (hers, his) = (token(&mut siti, EVERYTHING).await, token(&mut agus, EVERYTHING).await);
    let page = told(&siti, "/api/v1/contributions?limit=3", &hers).await;
    let next = page["next"].as_str().unwrap().strip_prefix(SITE).unwrap().to_owned();
    let own = walked(&agus, &his, "/api/v1/contributions?limit=200").await;
    let shown = items(&told(&agus, &next, &his).await);
    assert!(shown.iter().all(|row| own.contains(row)), "{shown:?}");
    let subject = async |visitor: &Visitor, token: &str| {
        told(visitor, "/api/v1/me", token).await["subject"].clone()
    };
    assert_ne!(subject(&siti, &hers).await, subject(&agus, &his).await);
    // Whose the browser is does not matter, only whose the token is.
    assert_eq!(subject(&agus, &hers).await, subject(&siti, &hers).await);
}

/// Has the member make a statement of a year on the site; answers with its name in addresses.
async fn made(visitor: &mut Visitor, year: i16) -> String {
    let page = visitor.get("/statements").await;
    let made = visitor.fill_in(&page, "/statements", &[("year", &year.to_string())]).await;
    made.leads_to().strip_prefix("/statements/").expect("a statement").to_owned()
}

async fn a_statement_says_what_its_paper_says_and_its_signature_holds(db: TestStore) {
    let bench = opened(db).await;
    let mut dewi = signed_in(&bench, "dewi").await;
    let id = made(&mut dewi, 2025).await;
    let path = format!("/api/v1/statements/{id}");
    let all = token(&mut dewi, EVERYTHING).await;
    let listed = items(&told(&dewi, "/api/v1/statements", &all).await);
    assert_eq!(listed.len(), 1);
    let statement = told(&dewi, &path, &all).await;
    for name in ["id", "first_month", "last_month", "issued_at"] {
        assert_eq!(statement[name], listed[0][name], "{name}");
    }
    assert_eq!((&statement["id"], &statement["first_month"]), (&json!(id), &json!("2025-01")));
    let paper = dewi.get(&format!("/statements/{id}")).await;
    let (mut opening, mut closing) = (0, 0);
    for number in statement["numbers"].as_array().expect("numbers") {
        let amount = |of: &Value| of.as_i64().expect("whole rupiah");
        let lines = number["lines"].as_array().expect("lines");
        let moved: i64 = lines.iter().map(|line| amount(&line["amount"])).sum();
        assert_eq!(amount(&number["opening"]) + moved, amount(&number["closing"]));
        opening += amount(&number["opening"]);
        closing += amount(&number["closing"]);
        assert!(paper.says(number["number"].as_str().expect("a number")));
    }
    assert_eq!((opening, closing), (amount(&paper, "opening"), amount(&paper, "closing")));
    assert!(paper.says(statement["code"].as_str().expect("a code")));
    let signed = dewi.get(&format!("/statements/{id}/signed")).await;
    assert_eq!(statement["signed"], json!(signed.html.trim_end()));
    // L-09: the sums alone, where a token is for nothing else.
    for scope in ["balance", "balance profile", "balance membership"] {
        let fewer = token(&mut dewi, scope).await;
        let fewer = told(&dewi, &path, &fewer).await;
        assert_eq!((fewer.get("signed"), fewer.get("code")), (None, None), "{scope}");
        assert_eq!(fewer.get("name").is_some(), scope.contains("profile"), "{scope}");
        for number in fewer["numbers"].as_array().expect("numbers") {
            let is_named = number.get("number").is_some() || number.get("employer").is_some();
            assert_eq!(is_named, scope.contains("membership"), "{scope}");
        }
    }
}

async fn a_statement_says_since_when_its_key_is_not_trusted(db: TestStore) {
    let bench = opened(db).await;
    let mut dewi = signed_in(&bench, "dewi").await;
    let path = format!("/api/v1/statements/{}", made(&mut dewi, 2025).await);
    let all = token(&mut dewi, EVERYTHING).await;
    assert_eq!(told(&dewi, &path, &all).await.get("distrusted_from"), None);
    let keys = signing::list(&bench.app).await.unwrap();
    let key = keys["keys"][0]["kid"].as_str().unwrap();
    assert!(signing::distrust(&bench.app, key, bench.app.clock.now()).await.unwrap());
    let since = told(&dewi, &path, &all).await["distrusted_from"].clone();
    assert!(since.is_string(), "{since}");
    let listed = items(&told(&dewi, "/api/v1/statements", &all).await);
    assert_eq!(listed[0]["distrusted_from"], since);
}

async fn l11_a_statement_opens_to_a_token_of_its_owner_alone(db: TestStore) {
    let bench = opened(db).await;
    let (mut siti, mut agus) = (signed_in(&bench, "siti").await, signed_in(&bench, "agus").await);
    let id = made(&mut siti, 2025).await;
    let path = format!("/api/v1/statements/{id}");
    let (hers, his) = (token(&mut siti, EVERYTHING).await, token(&mut agus, EVERYTHING).await);
    told(&siti, &path, &hers).await;
    let page = read(&agus, &path, &his).await;
    assert_eq!((page.status.as_u16(), &*problem(&page)), (404, "not_found"));
    assert!(items(&told(&agus, "/api/v1/statements", &his).await).is_empty());
    assert_eq!(problem(&asked(&siti, &path, &[]).await), "missing_token");
    assert_eq!(problem(&read(&siti, &path, "x").await), "invalid_token");
    let others = token(&mut siti, "openid profile membership contributions").await;
    let page = read(&siti, &path, &others).await;
    assert_eq!((page.status.as_u16(), &*problem(&page)), (403, "insufficient_scope"));
    // A proof is for this very statement.
    let (mut prover, now) = (Prover::new(7), bench.clock.now());
    let code = code(&mut siti, EVERYTHING, Some(RESOURCE)).await;
    let proof = prover.prove("POST", &format!("{SITE}/oidc/token"), None, now);
    let bound = redeemed(&siti, &code, Some(proof)).await;
    for (address, expected) in [
        (format!("{SITE}{path}"), StatusCode::OK),
        (format!("{SITE}/api/v1/statements"), StatusCode::UNAUTHORIZED),
        (format!("{SITE}/api/v1/statements/{{id}}"), StatusCode::UNAUTHORIZED),
    ] {
        let proof = prover.prove("GET", &address, Some(&bound), now);
        let headers = [("authorization", format!("DPoP {bound}")), ("dpop", proof)];
        assert_eq!(asked(&siti, &path, &headers).await.status, expected, "{address}");
    }
}

async fn every_statement_comes_once_whatever_the_limit_is(db: TestStore) {
    let bench = opened(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let mut ids = Vec::new();
    // Two of them in the same moment.
    for (year, later) in [(2022, 0), (2023, 0), (2024, 60), (2025, 60)] {
        bench.clock.advance(Duration::from_secs(later));
        ids.push(made(&mut siti, year).await);
    }
    let token = token(&mut siti, "balance").await;
    let all = walked(&siti, &token, "/api/v1/statements").await;
    let shown: Vec<&str> = all.iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(shown[..2], [&*ids[3], &*ids[2]], "the newest first");
    let (shown, made): (BTreeSet<&str>, BTreeSet<&str>) =
        (shown.into_iter().collect(), ids.iter().map(|id| &**id).collect());
    assert_eq!(shown, made);
    for limit in 1..=4 {
        let first = format!("/api/v1/statements?limit={limit}");
        assert_eq!(walked(&siti, &token, &first).await, all, "{limit}");
    }
    for wrong in ["limit=0", "limit=201", "cursor=x", "cursor=1.x", "cursor=+1.0"] {
        let page = read(&siti, &format!("/api/v1/statements?{wrong}"), &token).await;
        assert_eq!((page.status.as_u16(), &*problem(&page)), (400, "invalid_parameter"), "{wrong}");
    }
}

async fn who_has_an_answer_is_not_sent_it_again(db: TestStore) {
    let bench = opened(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let token = token(&mut siti, EVERYTHING).await;
    let bearer = ("authorization", format!("Bearer {token}"));
    let all = ROUTES.map(|(path, _)| path);
    let described = ["/api/v1/openapi.json", "/.well-known/oauth-protected-resource/api/v1"];
    for path in all.into_iter().chain(described) {
        let first = asked(&siti, path, std::slice::from_ref(&bearer)).await;
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\"") && tag.len() > 20, "{path}: {tag}");
        for known in [&*tag, &tag[2..], "*", &format!("\"x\", {tag}")] {
            let headers = [bearer.clone(), ("if-none-match", known.to_owned())];
            let page = asked(&siti, path, &headers).await;
            assert_eq!((page.status.as_u16(), &*page.html), (304, ""), "{path} {known}");
            assert_eq!(page.header("etag"), tag);
        }
        let headers = [bearer.clone(), ("if-none-match", "\"x\"".to_owned())];
        let page = asked(&siti, path, &headers).await;
        assert_eq!((page.status.as_u16(), page.html), (200, first.html), "{path}");
    }
    for path in all {
        let page = asked(&siti, path, &[("if-none-match", "*".to_owned())]).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED, "a tag opens nothing");
        assert_eq!((page.header("etag"), page.header("cache-control")), ("", "no-store"));
    }
    let (one, other) = (
        read(&siti, "/api/v1/contributions?limit=1", &token).await,
        read(&siti, "/api/v1/contributions?limit=2", &token).await,
    );
    assert_ne!(one.header("etag"), other.header("etag"));
}

async fn problems_are_told_to_programs_in_their_language(db: TestStore) {
    let bench = opened(db).await;
    let siti = signed_in(&bench, "siti").await;
    for (path, status, name) in [
        ("/api/v1/claims", 404, "not_found"),
        ("/api/v1/statements/x", 404, "not_found"),
        ("/api/v1/statements/%ff", 404, "not_found"),
        ("/api/v1/statements/67E55044-10B1-426F-9247-BB680E5FE0C8", 404, "not_found"),
        ("/api/v1/me/", 404, "not_found"),
        ("/api/v2/me", 404, "not_found"),
        ("/api/v1/contributions?limit=1&limit=2", 400, "invalid_request"),
        ("/api/v1/contributions?cursor=%ff", 400, "invalid_request"),
        ("/api/v1/me", 401, "missing_token"),
    ] {
        let mut titles = BTreeSet::new();
        for language in ["en", "id"] {
            let mut program = program(&siti);
            program.headers.retain(|(name, _)| *name != "accept-language");
            program.headers.push(("accept-language", language.to_owned()));
            let page = program.get(path).await;
            assert_eq!((page.status.as_u16(), &*problem(&page)), (status, name), "{path}");
            assert_eq!(page.header("content-language"), language);
            titles.insert(parsed(&page)["title"].to_string());
        }
        assert_eq!(titles.len(), 2, "{titles:?}");
    }
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
        let mut program = program(&siti);
        let page = program.send(method.clone(), "/api/v1/me", None, Body::empty()).await;
        assert_eq!((page.status.as_u16(), &*problem(&page)), (405, "method_not_allowed"));
        assert!(page.header("allow").contains("GET"), "{method}");
    }
}

async fn e04_too_many_calls_have_to_wait(db: TestStore) {
    let bench = opened(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let (token, other) =
        (token(&mut siti, EVERYTHING).await, token(&mut siti, "openid profile").await);
    for _ in 0..CALLS_A_MINUTE {
        assert_eq!(read(&siti, "/api/v1/me", &token).await.status, StatusCode::OK);
    }
    let page = read(&siti, "/api/v1/me", &token).await;
    assert_eq!((page.status.as_u16(), &*problem(&page)), (429, "too_many_calls"));
    assert!(page.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds <= 61));
    assert_eq!(read(&siti, "/api/v1/me", &other).await.status, StatusCode::OK, "counted apart");
    for _ in 0..FAILURES_A_MINUTE {
        assert_eq!(problem(&read(&siti, "/api/v1/me", "x").await), "invalid_token");
    }
    assert_eq!(problem(&read(&siti, "/api/v1/me", "x").await), "too_many_calls");
    assert_eq!(
        read(&siti, "/api/v1/me", &other).await.status,
        StatusCode::OK,
        "who has a good one"
    );
    bench.clock.advance(Duration::from_mins(1));
    assert_eq!(read(&siti, "/api/v1/me", &token).await.status, StatusCode::OK);
}

async fn l06_no_other_origin_reads_what_is_a_members(db: TestStore) {
    let bench = opened(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let token = token(&mut siti, EVERYTHING).await;
    siti.headers.push(("origin", "https://partner.example".to_owned()));
    for (path, _) in ROUTES {
        let page = read(&siti, path, &token).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.header("access-control-allow-origin"), "", "{path}");
    }
    let page = asked(&siti, "/.well-known/oauth-protected-resource/api/v1", &[]).await;
    assert_eq!(page.header("access-control-allow-origin"), "https://partner.example");
}

async fn k24_the_api_says_where_its_tokens_come_from(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = Visitor::new(&bench);
    visitor.headers.push(("host", "evil.example".to_owned()));
    let page = visitor.get("/.well-known/oauth-protected-resource/api/v1").await;
    assert_eq!(page.header("content-type"), "application/json");
    let told = parsed(&page);
    assert_eq!(told["resource"], RESOURCE);
    assert_eq!(told["authorization_servers"], json!([SITE]));
    assert!(!page.says("evil"));
    let provider = parsed(&visitor.get("/.well-known/openid-configuration").await);
    assert_eq!(provider["issuer"], told["authorization_servers"][0]);
    let known = provider["scopes_supported"].as_array().unwrap();
    assert!(told["scopes_supported"].as_array().unwrap().iter().all(|scope| known.contains(scope)));
    let document = told["resource_documentation"].as_str().unwrap().strip_prefix(SITE).unwrap();
    assert_eq!(visitor.get(document).await.status, StatusCode::OK);
}

async fn the_document_in_the_tree_is_the_one_that_is_served(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    let page = visitor.get("/api/v1/openapi.json").await;
    assert_eq!(page.header("cache-control"), "public, max-age=3600");
    let served = parsed(&page);
    assert_eq!(served["openapi"], "3.1.0");
    let kept: Value = serde_json::from_str(include_str!("../../../../docs/openapi.json")).unwrap();
    if served != kept {
        let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/openapi.json");
        let text = serde_json::to_string_pretty(&served).unwrap();
        std::fs::write(path, text + "\n").unwrap();
        panic!("docs/openapi.json is out of date: look at {path}, and put it there");
    }
    // Every address in it is there, and asks for a token.
    for (path, operation) in served["paths"].as_object().unwrap() {
        let here = path.replace("{id}", "67e55044-10b1-426f-9247-bb680e5fe0c8");
        assert_eq!(visitor.get(&here).await.status, StatusCode::UNAUTHORIZED, "{path}");
        let scope = operation["get"]["security"][0]["provider"][0].as_str().unwrap();
        let (whole, _) = path.split_once("/{id}").unwrap_or((path, ""));
        assert!(ROUTES.contains(&(whole, scope)), "{path} {scope}");
    }
    assert_eq!(served["paths"].as_object().unwrap().len(), ROUTES.len() + 1, "and one statement");
    let text = served.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let place = reference.split('"').next().unwrap();
        assert!(served.pointer(place).is_some(), "{place} leads nowhere");
    }
}
