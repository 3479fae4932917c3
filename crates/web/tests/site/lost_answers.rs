//! What was typed is not lost: not with an old page, and not when an answer of ours never arrived
//! (section 0 of the interface). What outlives a session or waits for a proof is in
//! `proofs_of_identity`.

use std::time::Duration;

use payung_domain::second_factor::{totp_code, totp_step};
use payung_domain::time::Clock;
use payung_testkit::authenticator::Authenticator;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine};

use crate::security::{add, answer, budi, seed};

on_each_engine!(
    what_another_site_sends_is_not_kept,
    an_old_page_keeps_what_was_typed,
    an_app_that_is_bound_twice_by_one_form_is_bound_once,
    a_passkey_that_is_sent_twice_is_added_once,
    a_passkey_that_is_removed_twice_is_gone,
    an_account_that_is_secured_twice_says_the_same,
);

const WAYS: &str = "/security/ways";
const SESSION: &str = "__Host-payung-session";

/// Budi with a passkey, by which he has just proved who he is: whatever he adds to it, he has proved
/// enough.
async fn budi_with_a_passkey(bench: &Bench) -> Visitor {
    let mut budi = budi(bench).await;
    let mut key = Authenticator::new(1);
    add(&mut budi, &mut key, "HP").await;
    let asked = budi.get("/security/passkeys/add").await;
    let page = budi.get(asked.leads_to()).await;
    let proved = answer(&mut budi, &page, "/confirm/passkey", &mut key).await;
    assert_eq!(proved.status, 303);
    budi
}

/// The address of the page of his one passkey.
async fn one_passkey(budi: &mut Visitor) -> String {
    let overview = budi.get("/security").await;
    format!("/security/passkeys/{}", overview.after("href=\"/security/passkeys/").unwrap())
}

async fn what_another_site_sends_is_not_kept(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let page = budi.get(WAYS).await;
    bench.clock.advance(Duration::from_mins(15));
    budi.headers.push(("sec-fetch-site", "cross-site".to_owned()));
    let lost = budi.fill_in(&page, WAYS, &[("preferred", "email")]).await;
    assert_eq!(lost.leads_to(), "/sign-in?reason=session-ended");
    budi.headers.pop();
    let flood = "x".repeat(40_000);
    let refused = budi.fill_in(&page, "/security/app", &[("name", &*flood)]).await;
    assert_eq!(refused.status, 413);
}

async fn an_old_page_keeps_what_was_typed(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi_with_a_passkey(&bench).await;
    let old = [("csrf", "AAAA"), ("preferred", "email"), ("email", "yes")];
    let page = budi.post(WAYS, &old).await;
    assert!(page.status == 422 && page.says("This page was open too long"));
    assert!(page.says("value=\"email\" checked") && page.says("error-summary"));
    let one = one_passkey(&mut budi).await;
    let page = budi.post(&one, &[("csrf", "AAAA"), ("name", "Laptop")]).await;
    assert!(page.status == 422 && page.says("value=\"Laptop\""));
}

async fn an_app_that_is_bound_twice_by_one_form_is_bound_once(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi_with_a_passkey(&bench).await;
    let intro = budi.get("/security/app").await;
    budi.fill_in(&intro, "/security/app/begin", &[]).await;
    let page = budi.get("/security/app").await;
    let code = totp_code(&seed(&page), totp_step(bench.clock.now())).unwrap();
    let mut told = Vec::new();
    for _ in 0..2 {
        let done = budi.fill_in(&page, "/security/app", &[("code", &*code)]).await;
        assert_eq!(done.leads_to(), "/security?done=app-added");
        let lines = budi.get("/activity").await;
        told.push(lines.html.matches("Verification method added").count());
    }
    assert!(told[0] > 0 && told[0] == told[1], "{told:?}");
}

/// A page that adds a passkey, and what the browser sends from it.
async fn a_passkey_to_send(
    visitor: &mut Visitor,
    key: &mut Authenticator,
) -> (Page, Vec<(&'static str, String)>) {
    let page = visitor.get("/security/passkeys/add").await;
    let attribute = |mark| page.after(mark).unwrap().replace("&#34;", "\"").replace("&#38;", "&");
    let credential = key.register(&attribute("data-options=\""));
    let challenge = attribute("name=\"challenge\" value=\"");
    let fields = vec![("challenge", challenge), ("credential", credential)];
    (page, fields)
}

async fn a_passkey_that_is_sent_twice_is_added_once(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi_with_a_passkey(&bench).await;
    let (page, fields) = a_passkey_to_send(&mut budi, &mut Authenticator::new(2)).await;
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, &**value)).collect();
    for _ in 0..2 {
        let done = budi.fill_in(&page, "/security/passkeys/add", &fields).await;
        assert_eq!(done.leads_to(), "/security?done=passkey-added");
    }
    let overview = budi.get("/security").await;
    // The other one has just proved who he is.
    assert_eq!(overview.html.matches("never used").count(), 1);
}

async fn a_passkey_that_is_removed_twice_is_gone(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi_with_a_passkey(&bench).await;
    let one = one_passkey(&mut budi).await;
    let page = budi.get(&one).await;
    let remove = format!("{one}/remove");
    let done = budi.fill_in(&page, &remove, &[]).await;
    assert_eq!(done.leads_to(), "/security?done=passkey-removed");
    assert_eq!(budi.fill_in(&page, &remove, &[]).await.leads_to(), "/security");
}

async fn an_account_that_is_secured_twice_says_the_same(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let mut other_device = Visitor::new(&bench);
    bench.clock.advance(Duration::from_mins(1));
    other_device.sign_in(&bench, "budi").await;
    let mut late = other_device.clone();
    let page = budi.get("/not-me").await;
    let session = budi.cookies[SESSION].clone();
    for _ in 0..2 {
        // The answer with its cookies never arrived the first time.
        budi.cookies.insert(SESSION.to_owned(), session.clone());
        let done = budi.fill_in(&page, "/not-me", &[]).await;
        assert_eq!(done.leads_to(), "/not-me?done=yes");
    }
    for browser in [&mut budi, &mut late] {
        browser.cookies.entry(SESSION.to_owned()).or_insert(session.clone());
        let page = browser.get("/not-me").await;
        assert!(page.says("Your account is secured"), "and so does every device it signed out");
    }
    let stranger = Visitor::new(&bench).get("/not-me").await;
    assert!(stranger.says("Choose a way to secure it"));
}
