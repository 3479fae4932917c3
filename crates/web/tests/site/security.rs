//! Journeys through the security page: setting up ways, using them, and proving who one is before a
//! protected act.

use std::time::Duration;

use payung_domain::second_factor::{totp_code, totp_step};
use payung_domain::time::Clock;
use payung_testkit::authenticator::Authenticator;
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor, newest_code};
use payung_testkit::{Bench, on_each_engine};

on_each_engine!(
    the_overview_names_the_next_best_step,
    a_member_sets_up_an_app_and_signs_in_with_it,
    c05_a_wrong_first_code_says_so_and_keeps_the_key,
    a_member_saves_recovery_codes_and_uses_one,
    a_passkey_is_added_named_and_removed,
    a_passkey_signs_in_from_the_sign_in_page,
    a_passkey_is_offered_after_the_password_too,
    the_page_says_why_a_passkey_did_not_work,
    h09_a_protected_page_asks_first_and_is_there_afterwards,
    h09_no_protected_form_is_taken_without_proof,
    h12_no_protected_form_is_taken_from_a_remembered_browser,
    h02_the_cookie_of_before_the_proof_is_worth_nothing,
    k07_a_proof_leads_nowhere_but_here,
    s5_the_passkey_of_another_member_is_not_found,
    r8_the_last_way_stays,
    b08_sms_says_its_risk_and_can_be_switched_off,
    h12_a_remembered_browser_reads_and_asks_before_it_changes,
    l9_a_second_tab_does_not_skip_the_second_step,
    every_address_of_a_form_can_be_opened_too,
);

/// Budi, signed in.
pub(crate) async fn budi(bench: &Bench) -> Visitor {
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(bench);
    budi.sign_in(bench, "budi").await;
    budi
}

/// What stands in an attribute of a page, as the browser reads it.
fn attribute(page: &Page, mark: &str) -> String {
    page.after(mark).unwrap_or_default().replace("&#34;", "\"").replace("&#38;", "&")
}

async fn the_overview_names_the_next_best_step(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let page = budi.get("/security").await;
    assert_eq!(page.status, 200);
    assert!(page.says("Add a passkey or an authenticator app. Text messages"));
    let place = |words: &str| page.html.find(words);
    assert!(place("id=\"passkeys-title\"") < place("id=\"password-title\""), "passkeys come first");
    for way in ["/security/password", "/security/devices", "/security/codes", "/security/ways"] {
        assert!(page.says(&format!("href=\"{way}\"")), "{way}");
    }
    let stranger = Visitor::new(&bench).get("/security").await;
    assert!(stranger.leads_to().starts_with("/sign-in?next=%2Fsecurity"));
}

async fn a_member_sets_up_an_app_and_signs_in_with_it(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let intro = budi.get("/security/app").await;
    assert!(!intro.says("<svg"), "nothing is drawn before it is asked for");
    let begun = budi.fill_in(&intro, "/security/app/begin", &[]).await;
    assert_eq!(begun.leads_to(), "/security/app");
    let page = budi.get("/security/app").await;
    assert!(page.says("<svg class=\"qr\" role=\"img\""));
    let seed = seed(&page);
    let code = totp_code(&seed, totp_step(bench.clock.now())).unwrap();
    let fields = [("code", &*code), ("name", "  My <phone> ")];
    let done = budi.fill_in(&page, "/security/app", &fields).await;
    assert_eq!(done.leads_to(), "/security?done=app-added");
    let overview = budi.get("/security?done=app-added").await;
    assert!(overview.says("Your authenticator app is set up"));
    assert!(overview.says("My &#60;phone&#62;"), "what people type stays text");

    bench.clock.advance(Duration::from_mins(1));
    let mut again = Visitor::new(&bench);
    assert_eq!(again.sign_in_with("budi", PASSWORD).await.leads_to(), "/sign-in/method");
    let page = again.get("/sign-in/method").await;
    assert!(page.says("value=\"totp\" checked"), "the strongest is ticked");
    again.fill_in(&page, "/sign-in/method", &[("method", "totp")]).await;
    let page = again.get("/sign-in/code").await;
    let code = totp_code(&seed, totp_step(bench.clock.now())).unwrap();
    let done = again.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(done.leads_to(), "/dashboard");
}

/// The key that the page shows in groups of four.
pub(crate) fn seed(page: &Page) -> [u8; 20] {
    let (_, rest) = page.html.split_once("<strong class=\"key\">").expect("a key");
    let key = rest.split('<').next().unwrap_or_default().replace(' ', "");
    data_encoding::BASE32_NOPAD.decode(key.as_bytes()).unwrap().try_into().unwrap()
}

async fn c05_a_wrong_first_code_says_so_and_keeps_the_key(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let intro = budi.get("/security/app").await;
    budi.fill_in(&intro, "/security/app/begin", &[]).await;
    let page = budi.get("/security/app").await;
    for (typed, words) in [
        ("", "Enter the 6-digit code"),
        ("12", "Some digits are missing"),
        ("000000", "Set your phone clock to automatic"),
    ] {
        let fields = [("code", typed), ("name", "HP saya")];
        let wrong = budi.fill_in(&page, "/security/app", &fields).await;
        assert!(wrong.status == 422 && wrong.says(words), "{typed}");
        assert!(wrong.says("value=\"HP saya\"") && seed(&wrong) == seed(&page));
    }
    bench.clock.advance(Duration::from_secs(9 * 60 + 59));
    bench.clock.advance(Duration::from_secs(1));
    let late = budi.fill_in(&page, "/security/app", &[("code", "000000")]).await;
    assert!(late.leads_to().starts_with("/confirm") || late.says("has run out"), "{}", late.status);
}

async fn a_member_saves_recovery_codes_and_uses_one(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let intro = budi.get("/security/codes").await;
    let made = budi.fill_in(&intro, "/security/codes", &[]).await;
    assert_eq!((made.status.as_u16(), made.header("cache-control")), (200, "no-store"));
    assert_eq!(made.html.matches("<li class=\"key\">").count(), 10);
    let codes = attribute(&made, "name=\"codes\" value=\"");
    let first = codes.split_whitespace().next().unwrap().to_owned();
    let file = budi.fill_in(&made, "/security/codes/file", &[("codes", &codes)]).await;
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert!(file.says(&first) && file.html.lines().count() == 12);
    let twisted = [("codes", "<script> 0123")];
    let file = budi.fill_in(&made, "/security/codes/file", &twisted).await;
    assert!(!file.says("script") && !file.says("0123"), "only codes are given back");
    assert!(budi.get("/security").await.says("10 of 10 left"));

    let mut again = Visitor::new(&bench);
    assert_eq!(again.sign_in_with("budi", PASSWORD).await.leads_to(), "/sign-in/code");
    assert!(again.get("/sign-in/code").await.says("href=\"/sign-in/method\""));
    let page = again.get("/sign-in/method").await;
    let chosen = again.fill_in(&page, "/sign-in/method", &[("method", "recovery-code")]).await;
    assert_eq!(chosen.leads_to(), "/sign-in/code");
    let page = again.get("/sign-in/code").await;
    assert_eq!(page.leads_to(), "/sign-in/recovery-code");
    let page = again.get("/sign-in/recovery-code").await;
    for (typed, words) in [
        ("", "Enter your recovery code"),
        ("1234", "That recovery code does not match"),
        ("0000-0000-0000-0000", "That recovery code does not match"),
    ] {
        let wrong = again.fill_in(&page, "/sign-in/recovery-code", &[("code", typed)]).await;
        assert!(wrong.status == 422 && wrong.says(words), "{typed}");
    }
    let done = again.fill_in(&page, "/sign-in/recovery-code", &[("code", &first)]).await;
    // G-08: the one that takes its place is shown, once, on the way in.
    assert_eq!((done.status.as_u16(), done.header("cache-control")), (200, "no-store"));
    let next = done.after("<strong class=\"key\">").unwrap();
    let next = next.split('<').next().unwrap().to_owned();
    assert!(next.len() == 19 && next != first, "{next}");
    assert!(done.says("href=\"/dashboard\"") && done.says("Save the code that takes its place"));
    assert!(again.get("/security").await.says("9 of 10 left"));
    let mut third = Visitor::new(&bench);
    third.sign_in_with("budi", PASSWORD).await;
    let page = third.get("/sign-in/method").await;
    third.fill_in(&page, "/sign-in/method", &[("method", "recovery-code")]).await;
    let page = third.get("/sign-in/recovery-code").await;
    let done = third.fill_in(&page, "/sign-in/recovery-code", &[("code", &next)]).await;
    assert!(done.status == 200 && !done.says(&next), "it works, and is followed by another");
}

/// Adds a passkey; answers with what came back.
pub(crate) async fn add(visitor: &mut Visitor, key: &mut Authenticator, name: &str) -> Page {
    let page = visitor.get("/security/passkeys/add").await;
    let credential = key.register(&attribute(&page, "data-options=\""));
    let challenge = attribute(&page, "name=\"challenge\" value=\"");
    let fields = [("challenge", &*challenge), ("credential", &*credential), ("name", name)];
    visitor.fill_in(&page, "/security/passkeys/add", &fields).await
}

/// Answers the passkey form of a page.
pub(crate) async fn answer(
    visitor: &mut Visitor,
    page: &Page,
    to: &str,
    key: &mut Authenticator,
) -> Page {
    let credential = key.sign(&attribute(page, "data-options=\""));
    let challenge = attribute(page, "name=\"challenge\" value=\"");
    let fields = [("challenge", &*challenge), ("credential", &*credential)];
    visitor.fill_in(page, to, &fields).await
}

async fn a_passkey_is_added_named_and_removed(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let page = budi.get("/security/passkeys/add").await;
    assert!(page.says("Passkeys need a recent browser with JavaScript"), "said without script");
    let mut key = Authenticator::new(1);
    assert_eq!(add(&mut budi, &mut key, "HP").await.leads_to(), "/security?done=passkey-added");
    // J-02: he came in by letter, and has something stronger now.
    let asked = budi.get("/security/passkeys/add").await;
    let page = budi.get(asked.leads_to()).await;
    assert_eq!(answer(&mut budi, &page, "/confirm/passkey", &mut key).await.status, 303);
    let again = add(&mut budi, &mut key, "HP").await;
    assert!(again.status == 422, "a device that ignores the list of known ones");
    let overview = budi.get("/security").await;
    assert!(overview.says("This device only") && overview.says("last used"));
    let one = format!("/security/passkeys/{}", attribute(&overview, "href=\"/security/passkeys/"));
    let page = budi.get(&one).await;
    assert!(page.says("Passkey: HP"));
    let renamed = budi.fill_in(&page, &one, &[("name", "Laptop")]).await;
    assert_eq!(renamed.leads_to(), "/security?done=passkey-renamed");
    assert!(budi.get("/security").await.says("Laptop"));
    let removed = budi.fill_in(&page, &format!("{one}/remove"), &[]).await;
    assert_eq!(removed.leads_to(), "/security?done=passkey-removed");
    assert_eq!(budi.get(&one).await.status, 404);
}

async fn a_passkey_signs_in_from_the_sign_in_page(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&mut budi, &mut key, "HP").await;
    let mut elsewhere = Visitor::new(&bench);
    let page = elsewhere.get("/sign-in?next=/balance").await;
    let mut fields = vec![("next", "/balance".to_owned()), ("shared", "yes".to_owned())];
    fields.push(("challenge", attribute(&page, "name=\"challenge\" value=\"")));
    fields.push(("credential", key.sign(&attribute(&page, "data-options=\""))));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, &**text)).collect();
    let done = elsewhere.fill_in(&page, "/sign-in/passkey", &fields).await;
    assert_eq!((done.status.as_u16(), done.leads_to()), (303, "/balance"));
    let balance = elsewhere.get("/balance").await;
    assert!(balance.status == 200 && balance.says("10 minutes"), "a shared device ends sooner");
    let replayed = elsewhere.fill_in(&page, "/sign-in/passkey", &fields).await;
    assert!(replayed.says("open too long for a passkey"), "P3");
}

async fn a_passkey_is_offered_after_the_password_too(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&mut budi, &mut key, "HP").await;
    let mut elsewhere = Visitor::new(&bench);
    assert_eq!(elsewhere.sign_in_with("budi", PASSWORD).await.leads_to(), "/sign-in/method");
    let page = elsewhere.get("/sign-in/method").await;
    assert!(page.says("data-passkey=\"get\"") && !page.says("value=\"passkey\""));
    let done = answer(&mut elsewhere, &page, "/sign-in/method/passkey", &mut key).await;
    assert_eq!(done.leads_to(), "/dashboard");
}

async fn the_page_says_why_a_passkey_did_not_work(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let mut key = Authenticator::new(1);
    key.flags.is_verified = false;
    add(&mut budi, &mut key, "HP").await;
    let mut elsewhere = Visitor::new(&bench);
    let page = elsewhere.get("/sign-in").await;
    let refused = answer(&mut elsewhere, &page, "/sign-in/passkey", &mut key).await;
    assert!(refused.status == 422 && refused.says("did not make sure that it is you"));
    let page = elsewhere.get("/sign-in").await;
    let mut strange = Authenticator::new(9);
    let refused = answer(&mut elsewhere, &page, "/sign-in/passkey", &mut strange).await;
    assert!(refused.says("That passkey is not known here"));
    let page = elsewhere.get("/sign-in").await;
    bench.clock.advance(Duration::from_mins(6));
    let refused = answer(&mut elsewhere, &page, "/sign-in/passkey", &mut key).await;
    assert!(refused.says("open too long for a passkey"));
    let garbled = elsewhere.fill_in(&page, "/sign-in/passkey", &[("credential", "{")]).await;
    assert_eq!(garbled.status, 422);
}

/// Lets so much time pass that a proof is worn off, and the session is kept alive.
pub(crate) async fn wear_off(bench: &Bench, visitor: &mut Visitor) {
    bench.clock.advance(Duration::from_mins(8));
    visitor.get("/dashboard").await;
    bench.clock.advance(Duration::from_mins(3));
}

async fn h09_a_protected_page_asks_first_and_is_there_afterwards(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    wear_off(&bench, &mut budi).await;
    let asked = budi.get("/security/app").await;
    assert_eq!(asked.leads_to(), "/confirm?next=%2Fsecurity%2Fapp");
    let page = budi.get("/confirm?next=%2Fsecurity%2Fapp").await;
    assert!(page.says("Confirm it is you") && page.says("before changing your authenticator app"));
    let fields = [("method", "email"), ("next", "/security/app")];
    let nothing = budi.fill_in(&page, "/confirm", &[("next", "/security/app")]).await;
    assert!(nothing.says("Choose how to verify") && nothing.says("error-summary"));
    let sent = budi.fill_in(&page, "/confirm", &fields).await;
    assert_eq!(sent.leads_to(), "/sign-in/code");
    let page = budi.get("/sign-in/code").await;
    assert!(!page.says("id=\"remember\""), "nothing to remember in a session");
    let code = newest_code(&bench).await;
    let done = budi.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(done.leads_to(), "/security/app");
    assert_eq!(budi.get("/security/app").await.status, 200);
    assert_eq!(budi.get("/confirm?next=/security/codes").await.leads_to(), "/security/codes");
}

async fn h09_no_protected_form_is_taken_without_proof(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let page = budi.get("/security/codes").await;
    wear_off(&bench, &mut budi).await;
    nothing_is_taken(&mut budi, &page).await;
}

/// H-12: a remembered browser opens for reading, so each of these asks first.
async fn h12_no_protected_form_is_taken_from_a_remembered_browser(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in_with("budi", PASSWORD).await;
    let page = budi.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    budi.fill_in(&page, "/sign-in/code", &[("code", &code), ("remember", "yes")]).await;
    let page = budi.get("/sign-out").await;
    budi.fill_in(&page, "/sign-out", &[]).await;
    budi.sign_in_with("budi", PASSWORD).await;
    let page = budi.get("/security").await;
    assert_eq!(page.status, 200);
    nothing_is_taken(&mut budi, &page).await;
}

async fn nothing_is_taken(budi: &mut Visitor, page: &Page) {
    for path in [
        "/security/app",
        "/security/app/suspend",
        "/security/app/resume",
        "/security/passkeys/00000000-0000-0000-0000-000000000001/suspend",
        "/security/passkeys/00000000-0000-0000-0000-000000000001/resume",
        "/security/password",
        "/security/devices",
        "/security/app/begin",
        "/security/app/remove",
        "/security/passkeys/add",
        "/security/passkeys/00000000-0000-0000-0000-000000000001",
        "/security/passkeys/00000000-0000-0000-0000-000000000001/remove",
        "/security/codes",
        "/security/ways",
    ] {
        let refused = budi.fill_in(page, path, &[]).await;
        assert!(refused.leads_to().starts_with("/confirm?next="), "{path}: {}", refused.status);
    }
}

async fn h02_the_cookie_of_before_the_proof_is_worth_nothing(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    wear_off(&bench, &mut budi).await;
    let mut thief = budi.clone();
    let page = budi.get("/confirm?next=/security/app").await;
    let fields = [("method", "email"), ("next", "/security/app")];
    budi.fill_in(&page, "/confirm", &fields).await;
    let page = budi.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    budi.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(budi.get("/security/app").await.status, 200);
    assert!(thief.get("/dashboard").await.leads_to().starts_with("/sign-in"));
}

async fn k07_a_proof_leads_nowhere_but_here(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    for foreign in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example"] {
        let proved = budi.get(&format!("/confirm?next={foreign}")).await;
        assert_eq!(proved.leads_to(), "/dashboard");
    }
    wear_off(&bench, &mut budi).await;
    let page = budi.get("/confirm?next=%2F%2Fevil.example").await;
    assert!(page.says("name=\"next\" value=\"/dashboard\"") && !page.says("evil"));
}

async fn s5_the_passkey_of_another_member_is_not_found(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    add(&mut budi, &mut Authenticator::new(1), "HP").await;
    let overview = budi.get("/security").await;
    let his = format!("/security/passkeys/{}", attribute(&overview, "href=\"/security/passkeys/"));
    people::dewi(&bench.app).await;
    let mut dewi = Visitor::new(&bench);
    dewi.sign_in_with("dewi", PASSWORD).await;
    let page = dewi.get("/sign-in/method").await;
    dewi.fill_in(&page, "/sign-in/method", &[("method", "totp")]).await;
    let page = dewi.get("/sign-in/code").await;
    let code = people::dewis_code(bench.clock.now());
    dewi.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    let hers = dewi.get("/security/codes").await;
    assert_eq!(dewi.fill_in(&hers, &his, &[("name", "Mine")]).await.status, 404);
    // As for one that was removed a moment ago.
    let refused = dewi.fill_in(&hers, &format!("{his}/remove"), &[]).await;
    assert_eq!(refused.leads_to(), "/security");
    assert_eq!(dewi.get(&his).await.status, 404);
    assert_eq!(dewi.get("/security/passkeys/nonsense").await.status, 404);
    assert!(budi.get("/security").await.says("HP"));
}

async fn r8_the_last_way_stays(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let page = budi.get("/security/ways").await;
    assert!(page.says("name=\"email\" value=\"yes\" checked"));
    let refused = budi.fill_in(&page, "/security/ways", &[("preferred", "strongest")]).await;
    assert!(refused.status == 422 && refused.says("Add another way first"));
    let kept = budi.fill_in(&page, "/security/ways", &[("email", "yes")]).await;
    assert_eq!(kept.leads_to(), "/security?done=ways");
}

async fn b08_sms_says_its_risk_and_can_be_switched_off(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    let mut siti = Visitor::new(&bench);
    siti.sign_in_with("siti", PASSWORD).await;
    let page = siti.get("/sign-in/method").await;
    siti.fill_in(&page, "/sign-in/method", &[("method", "sms")]).await;
    let page = siti.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    siti.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    let overview = siti.get("/security").await;
    assert!(overview.says("Text messages can be diverted") && overview.says("are stronger"));
    let page = siti.get("/security/ways").await;
    let fields = [("preferred", "email"), ("email", "yes")];
    let done = siti.fill_in(&page, "/security/ways", &fields).await;
    assert_eq!(done.leads_to(), "/security?done=ways");
    let overview = siti.get("/security").await;
    assert!(
        overview.says("You switched it off. Other messages still go to the number ending in 01")
    );
    let mut again = Visitor::new(&bench);
    assert_eq!(again.sign_in_with("siti", PASSWORD).await.leads_to(), "/sign-in/code");
}

async fn h12_a_remembered_browser_reads_and_asks_before_it_changes(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in_with("budi", PASSWORD).await;
    let page = budi.get("/sign-in/code").await;
    assert!(page.says("Remember this device for 30 days"));
    let code = newest_code(&bench).await;
    let fields = [("code", &*code), ("remember", "yes")];
    budi.fill_in(&page, "/sign-in/code", &fields).await;
    let page = budi.get("/sign-out").await;
    budi.fill_in(&page, "/sign-out", &[]).await;
    let done = budi.sign_in_with("budi", PASSWORD).await;
    assert_eq!(done.leads_to(), "/dashboard", "the second step is left out");
    assert_eq!(budi.get("/balance").await.status, 200);
    assert!(budi.get("/security/app").await.leads_to().starts_with("/confirm"));
    let mut elsewhere = Visitor::new(&bench);
    assert_eq!(elsewhere.sign_in_with("budi", PASSWORD).await.leads_to(), "/sign-in/code");
    let overview = budi.get("/security").await;
    assert!(overview.says("1 device may sign in without the second step"));
    let forgotten = budi.fill_in(&overview, "/security/remembered/forget", &[]).await;
    assert_eq!(forgotten.leads_to(), "/security?done=forgotten");
    let page = budi.get("/sign-out").await;
    budi.fill_in(&page, "/sign-out", &[]).await;
    assert_eq!(budi.sign_in_with("budi", PASSWORD).await.leads_to(), "/sign-in/code");
}

async fn l9_a_second_tab_does_not_skip_the_second_step(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    wear_off(&bench, &mut budi).await;
    // One tab begins to prove; the other one only opens the page of the act.
    let page = budi.get("/confirm?next=/security/app").await;
    budi.fill_in(&page, "/confirm", &[("method", "email"), ("next", "/security/app")]).await;
    assert!(budi.get("/security/app").await.leads_to().starts_with("/confirm"));
    let page = budi.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    // The step without the session it was begun in is worth nothing.
    let mut thief = budi.clone();
    thief.cookies.remove("__Host-payung-session");
    let refused = thief.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(refused.leads_to(), "/sign-in?reason=step-old");
    assert!(!thief.cookies.contains_key("__Host-payung-session"));
}

async fn every_address_of_a_form_can_be_opened_too(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    // Whoever had to prove who they are comes back with GET to wherever the form was sent.
    for path in [
        "/security/app",
        "/security/app/begin",
        "/security/app/remove",
        "/security/app/suspend",
        "/security/app/resume",
        "/security/passkeys/add",
        "/security/passkeys/00000000-0000-0000-0000-000000000001/remove",
        "/security/passkeys/00000000-0000-0000-0000-000000000001/suspend",
        "/security/passkeys/00000000-0000-0000-0000-000000000001/resume",
        "/security/codes",
        "/security/codes/file",
        "/security/ways",
        "/confirm/passkey",
        "/sign-in/passkey",
        "/sign-in/method/passkey",
    ] {
        let status = budi.get(path).await.status.as_u16();
        assert!([200, 303].contains(&status), "{path}: {status}");
    }
}
