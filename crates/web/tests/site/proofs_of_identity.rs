//! Journeys around a proof: what a form that came too early or too late keeps, what a letter is not
//! enough for, a factor that was lost, and a password that has to be changed.

use std::sync::Arc;
use std::time::Duration;

use payung_domain::second_factor::{totp_code, totp_step};
use payung_domain::time::Clock;
use payung_flows::passwords::breached::Breached;
use payung_testkit::authenticator::Authenticator;
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor, newest_code};
use payung_testkit::{Bench, on_each_engine};

use crate::security::{add, budi, seed, wear_off};

on_each_engine!(
    m36_a_form_without_proof_is_shown_again_with_its_answers,
    m36_a_form_is_never_sent_by_itself_and_forgotten_once_it_arrives,
    r03_a_form_after_the_session_is_kept_for_twenty_minutes,
    m36_no_other_member_and_no_other_browser_sees_what_was_kept,
    m36_nobody_else_puts_words_into_a_form,
    m36_no_code_and_no_password_is_kept,
    m36_the_device_that_was_to_be_signed_out_is_named_again,
    j02_the_page_says_that_a_letter_is_not_enough,
    j06_a_member_suspends_a_lost_passkey_and_finds_it_again,
    j06_a_member_suspends_a_lost_app,
    j01_the_register_shows_what_is_gone,
    a04_a_leaked_password_stands_before_every_page,
    a_code_of_a_way_that_is_gone_leads_back_to_the_choice,
);

/// Proves who Budi is by letter, for whatever asked.
async fn prove(bench: &Bench, budi: &mut Visitor, asked: &Page) -> Page {
    let page = budi.get(asked.leads_to()).await;
    let next = page.after("name=\"next\" value=\"").unwrap();
    let need = page.after("name=\"need\" value=\"").unwrap();
    let fields = [("method", "email"), ("next", &*next), ("need", &*need)];
    budi.fill_in(&page, "/confirm", &fields).await;
    let page = budi.get("/sign-in/code").await;
    let code = newest_code(bench).await;
    budi.fill_in(&page, "/sign-in/code", &[("code", &code)]).await
}

async fn m36_a_form_without_proof_is_shown_again_with_its_answers(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let page = budi.get("/security/ways").await;
    wear_off(&bench, &mut budi).await;
    let fields = [("preferred", "email"), ("email", "yes")];
    let asked = budi.fill_in(&page, "/security/ways", &fields).await;
    assert_eq!(asked.leads_to(), "/confirm?next=%2Fsecurity%2Fways");
    let done = prove(&bench, &mut budi, &asked).await;
    assert_eq!(done.leads_to(), "/security/ways");
    let again = budi.get("/security/ways").await;
    assert!(again.says("Your answers are still here") && again.says("Check them, then send"));
    assert!(again.says("value=\"email\" checked"), "{}", again.html);
}

async fn m36_a_form_is_never_sent_by_itself_and_forgotten_once_it_arrives(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let page = budi.get("/security/ways").await;
    wear_off(&bench, &mut budi).await;
    let fields = [("preferred", "email"), ("email", "yes")];
    let asked = budi.fill_in(&page, "/security/ways", &fields).await;
    prove(&bench, &mut budi, &asked).await;
    let again = budi.get("/security/ways").await;
    let other = budi.get("/activity").await;
    assert!(!other.says("Preferred verification method changed"), "nothing was done");
    let done = budi.fill_in(&again, "/security/ways", &fields).await;
    assert_eq!(done.leads_to(), "/security?done=ways");
    let fresh = budi.get("/security/ways").await;
    assert!(!fresh.says("Your answers are still here"));
}

async fn r03_a_form_after_the_session_is_kept_for_twenty_minutes(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let page = budi.get("/security/ways").await;
    bench.clock.advance(Duration::from_mins(16));
    let fields = [("preferred", "email"), ("email", "yes")];
    let ended = budi.fill_in(&page, "/security/ways", &fields).await;
    assert_eq!(ended.leads_to(), "/sign-in?next=%2Fsecurity%2Fways&reason=session-ended-kept");
    assert!(budi.get(ended.leads_to()).await.says("We keep your answers for 20 minutes"));
    budi.sign_in(&bench, "budi").await;
    assert!(budi.get("/security/ways").await.says("Your answers are still here"));
    bench.clock.advance(Duration::from_mins(9));
    budi.get("/dashboard").await;
    assert!(budi.get("/security/ways").await.says("Your answers are still here"));
    bench.clock.advance(Duration::from_mins(11));
    let asked = budi.get("/security/ways").await;
    prove(&bench, &mut budi, &asked).await;
    assert!(!budi.get("/security/ways").await.says("Your answers are still here"));
}

async fn m36_no_other_member_and_no_other_browser_sees_what_was_kept(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    people::dewi(&bench.app).await;
    let page = budi.get("/security/ways").await;
    bench.clock.advance(Duration::from_mins(16));
    let fields = [("preferred", "email"), ("email", "yes")];
    budi.fill_in(&page, "/security/ways", &fields).await;
    let mut elsewhere = Visitor::new(&bench);
    elsewhere.sign_in(&bench, "budi").await;
    assert!(!elsewhere.get("/security/ways").await.says("Your answers are still here"));
    // Dewi sits down at the browser that Budi left.
    budi.sign_in_with("dewi", PASSWORD).await;
    let page = budi.get("/sign-in/method").await;
    budi.fill_in(&page, "/sign-in/method", &[("method", "totp")]).await;
    let page = budi.get("/sign-in/code").await;
    let code = people::dewis_code(bench.clock.now());
    budi.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    let hers = budi.get("/security/ways").await;
    assert!(hers.status == 200 && !hers.says("Your answers are still here"));
}

async fn m36_nobody_else_puts_words_into_a_form(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    wear_off(&bench, &mut budi).await;
    // Another site makes his browser send this: it cannot have the token of his page.
    let planted = [("preferred", "email"), ("email", "yes"), ("csrf", "A")];
    budi.post("/security/ways", &planted).await;
    let asked = budi.get("/security/ways").await;
    prove(&bench, &mut budi, &asked).await;
    assert!(!budi.get("/security/ways").await.says("Your answers are still here"));
}

async fn m36_no_code_and_no_password_is_kept(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let begin = budi.get("/security/app").await;
    budi.fill_in(&begin, "/security/app/begin", &[]).await;
    let page = budi.get("/security/app").await;
    let change = budi.get("/security/password").await;
    bench.clock.advance(Duration::from_mins(8));
    budi.get("/dashboard").await;
    bench.clock.advance(Duration::from_mins(3));
    let fields = [("code", "135790"), ("name", "HP biru")];
    let asked = budi.fill_in(&page, "/security/app", &fields).await;
    let secret = [("password", "rahasia-satu-dua"), ("new_password", "rahasia-tiga-empat")];
    budi.fill_in(&change, "/security/password", &secret).await;
    prove(&bench, &mut budi, &asked).await;
    for path in ["/security/app", "/security/password"] {
        let again = budi.get(path).await;
        assert_eq!(again.status, 200);
        assert!(!again.says("135790") && !again.says("rahasia"), "{path}");
    }
}

async fn m36_the_device_that_was_to_be_signed_out_is_named_again(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let mut other = Visitor::new(&bench);
    bench.clock.advance(Duration::from_secs(31));
    other.sign_in(&bench, "budi").await;
    bench.clock.advance(Duration::from_mins(8));
    other.get("/dashboard").await;
    let page = budi.get("/security/devices").await;
    let handle = page.after("name=\"device\" value=\"").unwrap();
    bench.clock.advance(Duration::from_mins(3));
    let asked = budi.fill_in(&page, "/security/devices", &[("device", &handle)]).await;
    assert_eq!(asked.leads_to(), "/confirm?next=%2Fsecurity%2Fdevices&need=any");
    assert!(budi.get(asked.leads_to()).await.says("before signing out devices"));
    prove(&bench, &mut budi, &asked).await;
    let again = budi.get("/security/devices").await;
    assert!(again.says("It was not done. Check it, then press the button"));
    assert_eq!(other.get("/dashboard").await.status, 200, "not by itself");
    let done = budi.fill_in(&again, "/security/devices", &[("device", &handle)]).await;
    assert_eq!(done.leads_to(), "/security/devices?ended=1");
}

/// Binds an app on the pages.
async fn bind_app(bench: &Bench, visitor: &mut Visitor) -> [u8; 20] {
    let begin = visitor.get("/security/app").await;
    visitor.fill_in(&begin, "/security/app/begin", &[]).await;
    let page = visitor.get("/security/app").await;
    let seed = seed(&page);
    let code = totp_code(&seed, totp_step(bench.clock.now())).unwrap();
    let done = visitor.fill_in(&page, "/security/app", &[("code", &code)]).await;
    assert_eq!(done.leads_to(), "/security?done=app-added");
    seed
}

async fn j02_the_page_says_that_a_letter_is_not_enough(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let seed = bind_app(&bench, &mut budi).await;
    let asked = budi.get("/security/codes").await;
    assert_eq!(asked.leads_to(), "/confirm?next=%2Fsecurity%2Fcodes");
    let page = budi.get(asked.leads_to()).await;
    assert!(page.says("A code by email is not enough for this"));
    assert!(page.says("value=\"totp\"") && !page.says("value=\"email\""));
    let fields = [("method", "email"), ("next", "/security/codes")];
    let refused = budi.fill_in(&page, "/confirm", &fields).await;
    assert!(refused.says("Choose how to verify") && refused.status == 422);
    bench.clock.advance(Duration::from_secs(30));
    let fields = [("method", "totp"), ("next", "/security/codes")];
    budi.fill_in(&page, "/confirm", &fields).await;
    let page = budi.get("/sign-in/code").await;
    let code = totp_code(&seed, totp_step(bench.clock.now())).unwrap();
    let done = budi.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(done.leads_to(), "/security/codes");
    assert_eq!(budi.get("/security/codes").await.status, 200);
    // What only takes away asks for any one way.
    assert_eq!(budi.get("/security/password").await.status, 200);
}

async fn j06_a_member_suspends_a_lost_passkey_and_finds_it_again(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&mut budi, &mut key, "HP saya").await;
    let overview = budi.get("/security").await;
    let page = format!("/security/passkeys/{}", overview.after("/security/passkeys/").unwrap());
    let one = budi.get(&page).await;
    assert!(one.says("Lost or stolen?"), "a letter is enough for the page, and for this");
    let done = budi.fill_in(&one, &format!("{page}/suspend"), &[]).await;
    assert_eq!(done.leads_to(), "/security?done=suspended");
    let overview = budi.get(done.leads_to()).await;
    assert!(overview.says("It is suspended") && overview.says("Suspended 17"), "{}", overview.html);
    let one = budi.get(&page).await;
    assert!(one.says("Switch on again") && !one.says("Lost or stolen?"));
    let asked = budi.fill_in(&one, &format!("{page}/resume"), &[]).await;
    assert!(asked.leads_to().starts_with("/confirm?next="), "that adds a way in again");
    assert!(budi.get(asked.leads_to()).await.says("The way that is asked for is gone"));
}

async fn j06_a_member_suspends_a_lost_app(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    bind_app(&bench, &mut budi).await;
    let page = budi.get("/security/app/remove").await;
    let done = budi.fill_in(&page, "/security/app/suspend", &[]).await;
    assert_eq!(done.leads_to(), "/security?done=suspended");
    assert!(budi.get("/security/app/remove").await.says("Switch on again"));
    let history = budi.get("/security/history").await;
    assert!(history.says("Authenticator app") && history.says("Suspended 17"));
}

async fn j01_the_register_shows_what_is_gone(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&mut budi, &mut key, "HP <saya>").await;
    let overview = budi.get("/security").await;
    assert!(overview.says("href=\"/security/history\""));
    let history = budi.get("/security/history").await;
    assert!(history.says("Passkey: HP &#60;saya&#62;") && history.says("In use"));
    assert!(history.says("Password") && history.says("Codes by email"));
    let stranger = Visitor::new(&bench).get("/security/history").await;
    assert_eq!(stranger.leads_to(), "/sign-in?next=%2Fsecurity%2Fhistory");
}

async fn a04_a_leaked_password_stands_before_every_page(db: TestStore) {
    let mut bench = Bench::new(db);
    // The SHA-1 of everybody's password here.
    let leaked = "1DEEA513A4391EDD887829DCF0420BC6281BDD25";
    Arc::get_mut(&mut bench.app).unwrap().breached =
        Some(Breached::of_lines([leaked].into_iter()).unwrap());
    let mut budi = budi(&bench).await;
    for path in ["/dashboard", "/balance", "/security", "/security/ways", "/activity", "/inbox"] {
        assert_eq!(budi.get(path).await.leads_to(), "/security/password", "{path}");
    }
    let page = budi.get("/security/password").await;
    assert!(page.says("Your password has to be changed now") && page.says("have leaked"));
    let fields =
        [("password", PASSWORD), ("new_password", "kuda tangga hujan sore"), ("end_others", "yes")];
    let done = budi.fill_in(&page, "/security/password", &fields).await;
    assert_eq!(done.leads_to(), "/security/password?reason=done");
    assert_eq!(budi.get("/dashboard").await.status, 200);
}

async fn a_code_of_a_way_that_is_gone_leads_back_to_the_choice(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    let mut siti = Visitor::new(&bench);
    siti.sign_in_with("siti", PASSWORD).await;
    let page = siti.get("/sign-in/method").await;
    siti.fill_in(&page, "/sign-in/method", &[("method", "email")]).await;
    let page = siti.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    siti.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    bench.clock.advance(Duration::from_secs(31));
    let mut other = Visitor::new(&bench);
    other.sign_in_with("siti", PASSWORD).await;
    let page = other.get("/sign-in/method").await;
    other.fill_in(&page, "/sign-in/method", &[("method", "email")]).await;
    let step = other.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    // She came in by letter, and has a number: the letter alone proves too little to change that.
    let asked = siti.get("/security/ways").await;
    let page = siti.get(asked.leads_to()).await;
    let fields = [("method", "sms"), ("next", "/security/ways")];
    siti.fill_in(&page, "/confirm", &fields).await;
    let page = siti.get("/sign-in/code").await;
    let by_sms = newest_code(&bench).await;
    siti.fill_in(&page, "/sign-in/code", &[("code", &by_sms)]).await;
    let page = siti.get("/security/ways").await;
    siti.fill_in(&page, "/security/ways", &[("preferred", "strongest"), ("sms", "yes")]).await;
    let closed = other.fill_in(&step, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(closed.leads_to(), "/sign-in/method");
}
