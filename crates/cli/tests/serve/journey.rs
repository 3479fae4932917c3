//! A whole sign-in with a code from a real letter, by somebody whose requests lie about the host,
//! and what the log may say of it.

use std::time::Duration;

use payung_testkit::on_each_engine;
use payung_testkit::people::PASSWORD;
use payung_testkit::store::TestStore;
use reqwest::header::HeaderValue;

use crate::browser::{Browser, Page, client};
use crate::post_office::PostOffice;
use crate::server::{PROXY, PUBLIC, Server};

on_each_engine!(
    r1_no_header_reaches_a_letter_or_a_redirect,
    m04_a_whole_sign_in_leaves_nothing_of_it_in_the_log,
);

const MAILBOX: &str = "siti.rahayu@peserta.example";
const EVIL: &str = "evil.test";
const WRONG: &str = "kata-sandi-yang-keliru";

async fn r1_no_header_reaches_a_letter_or_a_redirect(db: TestStore) {
    let office = PostOffice::open(None);
    let server = house(db, &office).await;
    let _program = server.start(&[]).await;
    let mut browser = Browser::new(&client(PROXY), &server.site());
    for (name, value) in [
        ("host", EVIL),
        ("x-forwarded-host", EVIL),
        ("x-forwarded-server", EVIL),
        ("x-original-host", EVIL),
        ("x-forwarded-proto", "http"),
        ("x-forwarded-port", "6666"),
        ("forwarded", "for=203.0.113.9;host=evil.test;proto=http"),
        ("x-original-url", "//evil.test/"),
        ("x-rewrite-url", "//evil.test/"),
    ] {
        browser.headers.insert(name, HeaderValue::from_static(value));
    }
    for page in signs_in(&mut browser, &office).await {
        let leads_here = page.leads_to().is_empty() || page.leads_to().starts_with('/');
        assert!(leads_here, "{}", page.leads_to());
        assert!(!page.html.contains(EVIL), "{}", page.html);
        assert!(!format!("{:?}", page.headers).contains(EVIL), "{:?}", page.headers);
        let has_tls = page.new_cookies().all(|(name, _)| name.starts_with("__Host-"));
        assert!(has_tls, "a header took TLS away from the cookies");
    }
    let letter = &office.letters()[0];
    assert!(!letter.to_string().contains(EVIL), "{letter}");
    let host = PUBLIC.trim_start_matches("https://");
    assert!(letter["text"].as_str().unwrap().contains(host), "{letter}");
}

async fn m04_a_whole_sign_in_leaves_nothing_of_it_in_the_log(db: TestStore) {
    let office = PostOffice::open(None);
    let server = house(db, &office).await;
    let mut program = server.start(&["--verbose"]).await;
    let mut browser = Browser::new(&client(PROXY), &server.site());
    let pages = signs_in(&mut browser, &office).await;
    let log = program.log();
    assert!(log.lines().count() > 10, "there is no log to look into:\n{log}");
    let code = office.letters()[0]["text"].as_str().map(six_digits).unwrap();
    let mut secrets = vec![PASSWORD, WRONG, MAILBOX, "siti.rahayu", "Siti Rahayu", &code];
    secrets.push("0000014107900001");
    secrets.extend(pages.iter().flat_map(Page::new_cookies).map(|(_, value)| value));
    for secret in secrets.into_iter().filter(|secret| secret.len() > 4) {
        let found = log.lines().find(|line| line.contains(secret));
        assert_eq!(found, None, "{secret} is in the log");
    }
    program.kill();
}

async fn house(db: TestStore, office: &PostOffice) -> Server {
    db.store.close().await;
    let server = Server::new(db, office.port);
    server.enrol(&[MAILBOX.to_owned()]).await;
    server
}

/// A miss, the password, a wrong code, the right one, every page, and out again.
async fn signs_in(browser: &mut Browser, office: &PostOffice) -> Vec<Page> {
    let mut pages = vec![browser.get("/sign-in?next=%2Fbalance").await.unwrap()];
    for (password, status) in [(WRONG, 422), (PASSWORD, 303)] {
        let form = [("identifier", MAILBOX), ("password", password), ("next", "/balance")];
        pages.push(browser.post("/sign-in", &form).await.unwrap());
        assert_eq!(last(&pages).status, status, "{}", last(&pages).html);
    }
    assert_eq!(last(&pages).leads_to(), "/sign-in/code");
    pages.push(browser.get("/sign-in/code").await.unwrap());
    while office.letters().is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let code = six_digits(office.letters()[0]["text"].as_str().unwrap());
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for (code, status) in [(wrong, 422), (&*code, 303)] {
        pages.push(browser.post("/sign-in/code", &[("code", code)]).await.unwrap());
        assert_eq!(last(&pages).status, status, "{}", last(&pages).html);
    }
    assert!(last(&pages).gives_a_session());
    assert_eq!(last(&pages).leads_to(), "/balance");
    for path in ["/balance", "/dashboard", "/contributions", "/personal-details", "/sign-out"] {
        pages.push(browser.get(path).await.unwrap());
        assert_eq!(last(&pages).status, 200, "{path}");
    }
    pages.push(browser.post("/sign-out", &[]).await.unwrap());
    assert_eq!(last(&pages).leads_to(), "/sign-in?reason=signed-out");
    pages
}

fn last(pages: &[Page]) -> &Page {
    pages.last().expect("a page")
}

fn six_digits(text: &str) -> String {
    let mut words = text.split(|c: char| !c.is_ascii_digit());
    words.find(|word| word.len() == 6).expect("a code").to_owned()
}
