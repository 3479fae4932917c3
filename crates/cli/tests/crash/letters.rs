//! The sender dies between handing a letter over and noting it. Whether the letter arrived is then
//! unknown, so it goes again; under another id, so that no receiver sees one id twice.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use payung_testkit::on_each_engine;
use payung_testkit::people::PASSWORD;
use payung_testkit::store::TestStore;
use reqwest::Client;
use reqwest::header::HeaderValue;
use serde_json::Value;
use tokio::task::JoinSet;

use crate::browser::{Browser, client};
use crate::post_office::PostOffice;
use crate::server::{PROXY, Server};
use crate::storm;

on_each_engine!(no_letter_arrives_twice_under_one_id_however_often_its_sender_dies);

const ROUNDS: usize = 3;
const AT_ONCE: u8 = 24;

async fn no_letter_arrives_twice_under_one_id_however_often_its_sender_dies(db: TestStore) {
    let office = PostOffice::open(None);
    db.store.close().await;
    let server = Server::new(db, office.port);
    let mailboxes: Vec<String> =
        (1..=AT_ONCE).map(|number| format!("slow.{number}@peserta.example")).collect();
    server.enrol(&mailboxes).await;
    let proxy = client(PROXY);
    let mut program = server.start(&[]).await;
    let mut resent = 0;
    for round in 0..ROUNDS {
        let before = office.letters().len();
        let mut asking: JoinSet<Option<Arc<str>>> = JoinSet::new();
        for (mailbox, number) in mailboxes.iter().zip(1..) {
            let browser = behind(&proxy, &server.site(), number);
            asking.spawn(ask_for_code(browser, Arc::from(&**mailbox)));
        }
        // Sixteen are sent at the same time, and each is acknowledged late: somewhere among them.
        while office.letters().len() < before + 4 + 7 * round {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        program.kill();
        let mut promised = Vec::new();
        while let Some(told) = asking.join_next().await {
            promised.extend(told.expect("what a visitor asserts holds"));
        }

        program = server.start(&[]).await;
        storm::end_leases_of_the_dead(server.app().await.store).await;
        let letters = office.letters();
        let ids: BTreeSet<&str> = letters.iter().map(id).collect();
        assert_eq!(ids.len(), letters.len(), "an id arrived twice");
        resent += letters[before..].iter().filter(|letter| id(letter).contains(".2@")).count();
        for mailbox in promised {
            let came = letters[before..].iter().filter(|letter| letter["to"][0] == *mailbox);
            let codes: BTreeSet<&str> = came.clone().map(code).collect();
            assert_eq!(codes.len(), 1, "{mailbox} was promised a code, and got {codes:?}");
            assert!(came.count() <= 2, "{mailbox} got more than a letter and its repetition");
        }
    }
    assert!(resent > 0, "no letter was under way when its sender died");
    assert_eq!(storm::faults(&program.log()), "");
}

/// Somebody behind the proxy, each from an address of their own.
fn behind(proxy: &Client, site: &str, number: u8) -> Browser {
    let mut browser = Browser::new(proxy, site);
    let from = HeaderValue::try_from(format!("203.0.113.{number}")).expect("an address");
    browser.headers.insert("x-forwarded-for", from);
    browser
}

/// Signs in up to the code; the mailbox, if the program said that a code is on its way.
async fn ask_for_code(mut browser: Browser, mailbox: Arc<str>) -> Option<Arc<str>> {
    browser.get("/sign-in").await.ok()?;
    let form = [("identifier", &*mailbox), ("password", PASSWORD)];
    let page = browser.post("/sign-in", &form).await.ok().filter(|page| page.status != 503)?;
    assert_eq!((page.status, page.leads_to()), (303, "/sign-in/code"), "{}", page.html);
    Some(mailbox)
}

fn id(letter: &Value) -> &str {
    letter["headers"]["message-id"].as_str().expect("an id")
}

/// The six digits of a letter.
fn code(letter: &Value) -> &str {
    let text = letter["text"].as_str().expect("a text");
    let mut words = text.split(|c: char| !c.is_ascii_digit());
    words.find(|word| word.len() == 6).expect("a code")
}
