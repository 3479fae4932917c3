//! L6, E-09: who a visitor is for the limits, and who may say so.

use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use reqwest::Client;
use reqwest::header::HeaderValue;

use crate::browser::{Browser, client};
use crate::server::{PROXY, Server};

on_each_engine!(l6_only_a_listed_proxy_says_where_a_visitor_comes_from);

/// Tries that one address has in a minute here, and more than twice as many: a minute that ends
/// among them does not hide that they are over.
const LIMIT: &str = "limits.sign_ins_per_address=5";
const TRIES: u8 = 12;

async fn l6_only_a_listed_proxy_says_where_a_visitor_comes_from(db: TestStore) {
    db.store.close().await;
    let server = Server::new(db, 25);
    let _program = server.start(&["--set", LIMIT]).await;
    let (proxy, stranger) = (client(PROXY), client(PROXY + 1));

    let many = |number: u8| format!("203.0.113.{number}");
    let one = |_| "198.51.100.7".to_owned();
    let lying = |number: u8| format!("192.0.2.{number}, 198.51.100.8");
    assert!(!is_stopped(&server, &proxy, many).await, "everybody behind a proxy is one visitor");
    assert!(is_stopped(&server, &proxy, one).await, "nobody behind a proxy is ever stopped");
    assert!(is_stopped(&server, &proxy, lying).await, "a visitor's own word in front counts");
    assert!(is_stopped(&server, &stranger, many).await, "anybody may say who they are");
}

/// Tries names that nobody has; whether one of the tries was too many for its address.
async fn is_stopped(server: &Server, peer: &Client, says: impl Fn(u8) -> String) -> bool {
    for number in 0..TRIES {
        let mut browser = Browser::new(peer, &server.site());
        let from = HeaderValue::try_from(says(number)).unwrap();
        browser.headers.insert("x-forwarded-for", from);
        browser.get("/sign-in").await.unwrap();
        // Each name is tried four times in all, once from each visitor: too few to be paused.
        let name = format!("nobody.{number}");
        let form = [("identifier", &*name), ("password", "not the one")];
        match browser.post("/sign-in", &form).await.unwrap().status {
            422 => {}
            429 => return true,
            other => panic!("{other} for a wrong password"),
        }
    }
    false
}
