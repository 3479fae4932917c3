//! Requests that no page of ours makes: each gets a page that says what to do.

use axum::body::Body;
use axum::http::Method;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::Visitor;
use payung_testkit::{Bench, on_each_engine, people};

on_each_engine!(
    o12_a_field_that_stands_twice_is_refused,
    what_is_no_text_is_refused,
    a_body_that_is_too_large_is_refused,
    another_kind_of_body_is_refused,
    what_is_not_there_has_a_page,
    what_cannot_be_done_there_has_a_page,
    every_answer_has_the_same_guards,
    members_pages_show_the_way_in,
    only_the_three_files_are_served,
    a_report_of_the_policy_is_taken_quietly,
    q10_a_finder_is_told_where_to_write,
    the_demos_outbox_is_there_in_the_demo_only,
);

async fn o12_a_field_that_stands_twice_is_refused(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    let csrf = visitor.get("/sign-in").await.csrf();
    let twice = format!("identifier=a&identifier=b&password=c&csrf={csrf}");
    let page = visitor.post_raw("/sign-in", twice.into_bytes()).await;
    assert_eq!(page.status, 400);
    assert!(page.says("An answer was sent twice or was damaged on the way"));
    assert_eq!(visitor.get("/sign-in?next=/a&next=/b").await.status, 400);
}

async fn what_is_no_text_is_refused(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    visitor.get("/sign-in").await;
    for body in [&b"identifier=%ff&password=x"[..], b"identifier=\xff", b"\x00\xc3\x28=1"] {
        assert_eq!(visitor.post_raw("/sign-in", body.to_vec()).await.status, 400);
    }
    assert_eq!(visitor.get("/sign-in?next=%ff").await.status, 400);
}

async fn a_body_that_is_too_large_is_refused(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    visitor.get("/sign-in").await;
    let page = visitor.post_raw("/sign-in", vec![b'a'; 100_000]).await;
    assert_eq!(page.status, 413);
    assert!(page.says("That was too large"));
    let many: Vec<String> = (0..100).map(|n| format!("f{n}=1")).collect();
    assert_eq!(visitor.post_raw("/sign-in", many.join("&").into_bytes()).await.status, 413);
}

async fn another_kind_of_body_is_refused(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    for kind in [
        None,
        Some("application/json"),
        Some("application/x-www-form-urlencodedX"),
        Some("multipart/form-data; boundary=x"),
    ] {
        let page = visitor.send(Method::POST, "/sign-in", kind, Body::from("{}")).await;
        assert_eq!(page.status, 400, "{kind:?}");
    }
}

async fn what_is_not_there_has_a_page(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    for path in ["/nowhere", "/sign-in/", "/dashboard/1", "/../etc/passwd", "/%2e%2e/x", "/api"] {
        let page = visitor.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.says("Page not found") && page.says("<h1"));
    }
}

async fn what_cannot_be_done_there_has_a_page(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    for (method, path) in [
        (Method::POST, "/dashboard"),
        (Method::DELETE, "/sign-in"),
        (Method::TRACE, "/"),
        (Method::GET, "/session/extend"),
    ] {
        let page = visitor.send(method.clone(), path, None, Body::empty()).await;
        assert_eq!(page.status, 405, "{method} {path}");
        assert!(!page.header("allow").is_empty());
        assert!(page.says("This page cannot be opened that way"));
    }
}

async fn every_answer_has_the_same_guards(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    let mut nonces = std::collections::BTreeSet::new();
    for path in ["/", "/sign-in", "/dashboard", "/nowhere", "/help", "/status", "/robots.txt"] {
        let page = visitor.get(path).await;
        let policy = page.header("content-security-policy").to_owned();
        let is_page = path != "/robots.txt";
        for part in [
            "default-src 'none'",
            "base-uri 'none'",
            "object-src 'none'",
            "frame-ancestors 'none'",
            if is_page { "form-action 'self'" } else { "form-action 'none'" },
            "report-uri /csp-report",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        if is_page {
            nonces.insert(policy.split("nonce-").nth(1).unwrap()[..22].to_owned());
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(page.header(name), value, "{path}");
        }
    }
    assert_eq!(nonces.len(), 6, "each page has a nonce of its own");
}

async fn members_pages_show_the_way_in(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    for path in ["/dashboard", "/contributions", "/balance", "/personal-details"] {
        let page = visitor.get(path).await;
        assert_eq!(page.status, 303);
        assert_eq!(page.leads_to(), format!("/sign-in?next=%2F{}", &path[1..]));
    }
    let page = visitor.post("/session/extend", &[]).await;
    assert_eq!((page.status.as_u16(), page.leads_to()), (303, "/sign-in"));
}

async fn only_the_three_files_are_served(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    let style = visitor.get("/").await.after("rel=\"stylesheet\" href=\"").unwrap();
    let file = visitor.get(&style).await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(file.header("content-type").starts_with("text/css"));
    let newcomer = Visitor::new(&bench).get(&style).await;
    assert!(!newcomer.headers.contains_key("set-cookie"), "caches keep this file for everybody");
    for path in ["/assets/payung.css", "/assets/..%2fCargo.toml", "/assets/", "/.git/config"] {
        assert_eq!(visitor.get(path).await.status, 404, "{path}");
    }
}

async fn a_report_of_the_policy_is_taken_quietly(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    let report = r#"{"csp-report":{"violated-directive":"script-src","blocked-uri":"x\n y"}}"#;
    let kind = Some("application/csp-report");
    for (body, status) in
        [(report.to_owned(), 204), ("nonsense".to_owned(), 204), ("a".repeat(9000), 413)]
    {
        let answer = visitor.send(Method::POST, "/csp-report", kind, Body::from(body)).await;
        assert_eq!(answer.status, status);
    }
}

async fn q10_a_finder_is_told_where_to_write(db: TestStore) {
    let bench = Bench::new(db);
    let page = Visitor::new(&bench).get("/.well-known/security.txt").await;
    assert!(page.says("Contact: mailto:bantuan@payung.example\n"));
    assert!(page.says("Expires: 2027-02-13T12:00:00Z\n"));
}

async fn the_demos_outbox_is_there_in_the_demo_only(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut visitor = Visitor::new(&bench);
    visitor.sign_in(&bench, "budi").await;
    let list = visitor.get("/demo/outbox.json?to=budi@peserta.example").await;
    assert_eq!(list.header("content-type"), "application/json");
    for part in [
        "\"channel\":\"email\"",
        "\"kind\":\"sign-in-code\"",
        "\"link\":null",
        "\"code\":\"",
        "\"at\":\"2026-08-17T12:00:00Z\"",
    ] {
        assert!(list.says(part), "{part} in {}", list.html);
    }
    assert_eq!(visitor.get("/demo/outbox.json?to=nobody").await.html, "[]");
    assert!(visitor.get("/demo/outbox").await.says("budi@peserta.example"));
    let mut production = Visitor::in_production(&bench);
    for path in ["/demo/outbox", "/demo/outbox.json"] {
        assert_eq!(production.get(path).await.status, 404);
    }
}
