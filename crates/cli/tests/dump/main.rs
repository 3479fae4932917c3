//! A full dump of either database, after members have done what members do, gives nothing away.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../support/browser.rs"]
mod browser;
#[path = "../support/demo.rs"]
mod demo;
#[path = "../support/dump.rs"]
mod dump;
#[path = "../support/program.rs"]
mod program;

use std::time::Duration;

use payung_testkit::on_each_engine;
use payung_testkit::people::PASSWORD;
use payung_testkit::store::TestStore;
use serde_json::Value;

use crate::browser::{Browser, client};
use crate::demo::Demo;

on_each_engine!(n02_a_stolen_database_gives_nothing_to_sell);

const MEMBERS: u32 = 30;

async fn n02_a_stolen_database_gives_nothing_to_sell(db: TestStore) {
    let demo = Demo::new(db, MEMBERS).await;
    let (mut program, site) = demo.start();
    let mut codes = Vec::new();
    for (name, way) in [
        ("siti", Some("sms")),
        ("Siti@Peserta.example", Some("email")),
        ("budi", None),
        ("agus@peserta.example", Some("email")),
    ] {
        let mut browser = Browser::new(&client(1), &site);
        browser.get("/sign-in?next=%2Fpersonal-details").await.unwrap();
        for (password, status) in [("keliru sama sekali", 422), (PASSWORD, 303)] {
            let form = [("identifier", name), ("password", password)];
            let page = browser.post("/sign-in", &form).await.unwrap();
            assert_eq!(page.status, status, "{}", page.html);
        }
        if let Some(way) = way {
            browser.get("/sign-in/method").await.unwrap();
            let page = browser.post("/sign-in/method", &[("method", way)]).await.unwrap();
            assert_eq!(page.leads_to(), "/sign-in/code");
        }
        browser.get("/sign-in/code").await.unwrap();
        let code = new_code(&mut browser, &codes).await;
        let page = browser.post("/sign-in/code", &[("code", "000 000")]).await.unwrap();
        assert!(code == "000000" || page.status == 422, "{}", page.html);
        let page = browser.post("/sign-in/code", &[("code", &code)]).await.unwrap();
        assert!(page.gives_a_session(), "{}", page.html);
        for path in ["/dashboard", "/contributions", "/balance", "/personal-details"] {
            assert_eq!(browser.get(path).await.unwrap().status, 200);
        }
        // Some sessions are over, some are not.
        if way.is_none() {
            browser.get("/sign-out").await.unwrap();
            browser.post("/sign-out", &[]).await.unwrap();
        }
        codes.push(code);
    }
    // Half a sign-in, a locked account, and somebody nobody knows.
    for name in ["wayan@peserta.example", "rina", "m010", "siapa.saja@peserta.example"] {
        let mut browser = Browser::new(&client(2), &site);
        browser.get("/sign-in").await.unwrap();
        let form = [("identifier", name), ("password", PASSWORD)];
        browser.post("/sign-in", &form).await.unwrap();
    }
    // While it runs the newest rows of SQLite stand in its log; afterwards in its file.
    dump::holds_nothing_of_anybody(&demo, codes.iter().map(|code| &**code)).await;
    program.kill();
    dump::holds_nothing_of_anybody(&demo, codes.iter().map(|code| &**code)).await;
    let log = program.log();
    assert!(codes.iter().all(|code| !log.contains(&**code)), "a code is in the log");
}

/// The newest code that was sent, once it is another one than those before.
async fn new_code(browser: &mut Browser, before: &[String]) -> String {
    loop {
        let page = browser.get("/demo/outbox.json").await.unwrap();
        let messages: Vec<Value> = serde_json::from_str(&page.html).unwrap();
        let codes: Vec<&str> = messages.iter().filter_map(|m| m["code"].as_str()).collect();
        if codes.len() > before.len() {
            return codes[0].to_owned();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
