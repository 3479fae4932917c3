//! Requests that are hardly any: paths that climb, methods nobody has, headers without an end.

use std::time::Duration;

use payung_domain::language::Language;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use tokio::io::AsyncWriteExt;

use crate::house::{House, read, request};

on_each_engine!(
    l12_no_path_leads_to_anything_that_is_not_listed,
    l14_what_is_hardly_a_request_is_refused_or_gets_a_page,
    l14_who_sends_headers_byte_by_byte_is_hung_up_on,
);

async fn l12_no_path_leads_to_anything_that_is_not_listed(db: TestStore) {
    let mut house = House::open(db).await;
    let long = format!("/{}", "a".repeat(8_000));
    for language in Language::ALL {
        for path in [
            "/nowhere",
            "//evil.test",
            "//",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/../../etc/passwd",
            "/assets/../Cargo.toml",
            "/assets/%2e%2e%2fCargo.toml",
            "/assets/..%5cCargo.toml",
            "/assets/",
            "/%00",
            "/dashboard%00",
            "/dashboard/",
            "/Dashboard",
            "/dashboard;a=1",
            "/%64ashboard%2f",
            "/sign-in/code/../../dashboard",
            "/.git/config",
            "/.env",
            "/payung.toml",
            "/%ff%fe",
            "/☂",
            &long,
        ] {
            let bytes = request(&format!("GET {path}"), language, "");
            let answer = house.answers(&bytes).await;
            answer.is_page(404, "problem-not-found", language);
            assert!(!answer.body.contains("href=\"//"), "a link leads away: {}", answer.body);
        }
    }
    house.is_unharmed();
}

async fn l14_what_is_hardly_a_request_is_refused_or_gets_a_page(db: TestStore) {
    let mut house = House::open(db).await;
    for language in Language::ALL {
        for line in ["TRACE /", "BREW /", "PUT /sign-in", "DELETE /dashboard", "PATCH /help"] {
            let answer = house.answers(&request(line, language, "")).await;
            answer.is_page(405, "problem-wrong-method", language);
            let allowed = answer.header("allow").unwrap_or_default();
            assert!(allowed.contains("GET"), "{line}: allow {allowed:?}");
        }
    }
    // Older and stranger, but whole.
    for bytes in [
        &b"GET / HTTP/1.0\r\n\r\n"[..],
        b"GET /help HTTP/1.0\r\nconnection: close\r\n\r\n",
        b"GET http://evil.test/help HTTP/1.1\r\nhost: evil.test\r\nconnection: close\r\n\r\n",
        b"GET /help HTTP/1.1\r\nconnection: close\r\n\r\n",
        b"GET /help HTTP/1.1\r\nhost: a\r\nhost: b\r\nconnection: close\r\n\r\n",
        b"GET /help HTTP/1.1\r\nhost: evil.test:99999\r\nconnection: close\r\n\r\n",
    ] {
        let answer = house.answers(bytes).await;
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(bytes));
        assert!(!answer.body.contains("evil.test"), "a header reached the page");
    }
    // No request at all. The parser answers these, not a page: without a body, or not at all.
    let flood = "x-a: 1\r\n".repeat(500);
    let wide = format!("x-a: {}\r\n", "a".repeat(60_000));
    let far = format!("/{}", "a".repeat(70_000));
    for bytes in [
        b"GET /\r\n\r\n".to_vec(),
        b"\0\0\0\0\r\n\r\n".to_vec(),
        b"GET / HTTP/9.9\r\n\r\n".to_vec(),
        b"GET /\0 HTTP/1.1\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n".to_vec(),
        b"GET / HTTP/1.1\r\nx: a\0b\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".repeat(20),
        b"POST /sign-in HTTP/1.1\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!".to_vec(),
        b"POST /sign-in HTTP/1.1\r\ncontent-length: -1\r\n\r\n".to_vec(),
        b"POST /sign-in HTTP/1.1\r\ntransfer-encoding: gzip\r\n\r\n".to_vec(),
        request("GET /", Language::En, &flood),
        request("GET /", Language::En, &wide),
        request(&format!("GET {far}"), Language::En, ""),
    ] {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        if let Some(answer) = house.thrown(&bytes).await {
            assert!(matches!(answer.status, 400 | 414 | 431), "{} for {shown}", answer.status);
            assert_eq!(answer.body, "", "{shown}");
        }
    }
    // Two lengths for one body: whoever stands in front may have read the other one.
    let body = "0\r\n\r\nGET /dashboard HTTP/1.1\r\nhost: a\r\n\r\n";
    let both = format!("content-length: {}\r\ntransfer-encoding: chunked\r\n", body.len());
    let bytes = [request("POST /sign-in", Language::En, &both), body.into()].concat();
    if let Some(answer) = house.thrown(&bytes).await {
        assert!(!answer.body.contains("HTTP/1.1"), "one request had two answers");
        assert_eq!(answer.status, 400);
    }
    // A chunk that is none: half a form is no form.
    let form = "content-type: application/x-www-form-urlencoded\r\ntransfer-encoding: chunked\r\n";
    let bytes =
        [request("POST /sign-in", Language::En, form), b"zz\r\nidentifier".to_vec()].concat();
    if let Some(answer) = house.thrown(&bytes).await {
        assert!((400..500).contains(&answer.status), "{}", answer.status);
    }
    house.is_unharmed();
}

async fn l14_who_sends_headers_byte_by_byte_is_hung_up_on(db: TestStore) {
    let mut house = House::open(db).await;
    let mut silent = house.line().await;
    let mut slow = house.line().await;
    slow.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ").await.unwrap();
    let dripping = async {
        // Far longer than headers may take; a byte now and then buys no time.
        for _ in 0..80 {
            tokio::time::sleep(Duration::from_millis(500)).await;
            if slow.write_all(b"a").await.is_err() {
                return true;
            }
        }
        false
    };
    let (was_hung_up, _) = tokio::join!(dripping, read(&mut silent));
    assert!(was_hung_up, "slow headers hold a place for ever");
    house.is_unharmed();
}
