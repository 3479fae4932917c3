//! Changing e-mail, number, address, payout lock and news, page by page and without scripts: who is
//! asked first, what waits, and how the owner of the old address takes it back.

use std::time::Duration;

use payung_flows::contact_changes::ends;
use payung_flows::delivery::{Post, deliver_due};
use payung_flows::demo;
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor, newest_code};
use payung_testkit::{Bench, on_each_engine};

use crate::security::wear_off;

on_each_engine!(
    siti_changes_her_email_and_it_counts_twelve_hours_later,
    h09_who_changes_a_contact_proves_who_they_are_first,
    h09_no_form_of_a_contact_is_taken_without_proof,
    g10_the_old_address_takes_a_change_back_without_signing_in,
    g04_the_undo_link_leaves_the_address_and_opening_it_changes_nothing,
    r1_no_header_moves_the_undo_link_to_another_host,
    an_undo_link_runs_out_after_three_days,
    a_change_is_called_off_from_inside,
    a_slip_is_corrected_in_the_form_it_was_made_in,
    f03_an_address_of_another_account_gets_the_same_page_and_its_owner_hears,
    s5_the_change_of_another_member_is_not_found,
    what_was_typed_wrong_is_named_and_kept,
    an_old_form_changes_nothing_and_keeps_what_was_typed,
    a_number_goes_twelve_hours_later_and_the_last_contact_stays,
    payouts_close_at_once_and_open_twelve_hours_later,
    an_address_is_changed_at_once,
    an_address_kept_in_another_tab_is_not_overwritten,
    what_the_registry_owns_says_who_can_change_it,
    j03_news_are_chosen_and_those_of_the_account_are_not,
    every_address_of_a_form_can_be_opened_too,
);

const OLD: &str = "siti@peserta.example";
const NEW: &str = "baru@peserta.example";
const HOME: &str = "/personal-details";
const CODE: &str = "/personal-details/code";

/// Siti, who is on record and has just signed in.
async fn siti(bench: &Bench) -> Visitor {
    let siti = people::siti(&bench.app).await;
    people::put_on_record(&bench.app, &siti).await;
    sign_in(bench, "siti").await
}

/// A browser where somebody with two ways has just signed in, with the stronger one (J-02).
async fn sign_in(bench: &Bench, name: &str) -> Visitor {
    let mut visitor = Visitor::new(bench);
    visitor.sign_in_with(name, PASSWORD).await;
    give(&mut visitor, "/sign-in/method", &[("method", "sms")]).await;
    let code = newest_code(bench).await;
    let in_ = give(&mut visitor, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(in_.leads_to(), "/dashboard");
    visitor
}

/// Asks for a page and sends its form.
async fn give(visitor: &mut Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    let page = visitor.get(path).await;
    visitor.fill_in(&page, path, fields).await
}

/// The way from the list to the form that exchanges this kind of contact.
async fn way_to_change(visitor: &mut Visitor, kind: &str) -> String {
    let page = visitor.get(HOME).await;
    let handle = page.after(&format!("href=\"{HOME}/{kind}?of=")).expect("it can be changed");
    format!("{HOME}/{kind}?of={handle}")
}

/// What a form carries beside what is typed.
fn hidden(page: &Page, name: &str) -> String {
    page.after(&format!("name=\"{name}\" value=\"")).unwrap_or_default()
}

/// Sends the form that exchanges the e-mail; answers where that leads.
async fn exchange(visitor: &mut Visitor, email: &str) -> String {
    let way = way_to_change(visitor, "email").await;
    let page = visitor.get(&way).await;
    let (of, version) = (hidden(&page, "of"), hidden(&page, "version"));
    let fields = [("email", email), ("of", &*of), ("version", &*version)];
    let path = format!("{HOME}/email");
    visitor.fill_in(&page, &path, &fields).await.leads_to().to_owned()
}

/// Enters the code of a change on the page of this address.
async fn enter(visitor: &mut Visitor, way: &str, code: &str) -> Page {
    let page = visitor.get(way).await;
    let change = hidden(&page, "change");
    visitor.fill_in(&page, CODE, &[("change", &*change), ("code", code)]).await
}

/// Exchanges the e-mail, code and all.
async fn exchanged(bench: &Bench, visitor: &mut Visitor) {
    let way = exchange(visitor, NEW).await;
    assert!(way.starts_with("/personal-details/code?change="), "{way}");
    let code = newest_code(bench).await;
    let begun = enter(visitor, &way, &code).await;
    assert_eq!((begun.status.as_u16(), begun.leads_to()), (303, "/personal-details?done=begun"));
}

/// The newest link that takes a change back, as a browser asks for it.
async fn undo_link(bench: &Bench) -> String {
    while deliver_due(&bench.app, &Post::Caught).await.unwrap() > 0 {}
    let caught = demo::outbox(&bench.app).await.unwrap();
    let token = caught.iter().find_map(|message| {
        let (_, rest) = message.text.split_once("https://payung.example/undo-change?token=")?;
        rest.split_whitespace().next()
    });
    format!("/undo-change?token={}", token.expect("a link was sent"))
}

/// What was sent so far, by kind.
async fn sent(bench: &Bench) -> Vec<String> {
    while deliver_due(&bench.app, &Post::Caught).await.unwrap() > 0 {}
    let caught = demo::outbox(&bench.app).await.unwrap();
    caught.into_iter().map(|message| message.kind).collect()
}

async fn siti_changes_her_email_and_it_counts_twelve_hours_later(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    let way = way_to_change(&mut siti, "email").await;
    let page = siti.get(&way).await;
    assert!(page.says("Change your email") && page.says("At present: s••••@p••••.example."));
    assert!(page.says("The change takes effect 12 hours later"));
    let way = exchange(&mut siti, NEW).await;
    let page = siti.get(&way).await;
    assert!(page.says("We sent a code to baru@peserta.example"), "a slip can be seen");
    assert!(siti.get(HOME).await.says("Waits for the code, until"));
    for (typed, words) in [("", "Enter the 6-digit code"), ("12", "Some digits are missing")] {
        let wrong = enter(&mut siti, &way, typed).await;
        assert!(wrong.status == 422 && wrong.says(words), "{typed}");
    }
    let code = newest_code(&bench).await;
    let begun = enter(&mut siti, &way, &code).await;
    assert_eq!((begun.status.as_u16(), begun.leads_to()), (303, "/personal-details?done=begun"));
    // Noon UTC is seven in the evening in Jakarta.
    let page = siti.get(begun.leads_to()).await;
    assert!(page.says("The change is recorded"));
    assert!(page.says("The change takes effect 18 August 2026, 7:00 am WIB"), "{}", page.html);
    assert!(page.says("b••••@p••••.example") && !page.says(NEW), "masked from now on");
    assert!(siti.get("/security/payouts").await.says("Payouts are closed, and open 18 August"));
    let again = siti.get(&way).await;
    assert_eq!(again.leads_to(), "/personal-details?done=again", "its code is used up");
    assert!(siti.get(again.leads_to()).await.says("7:00 am WIB"));

    bench.clock.advance(Duration::from_hours(12));
    while ends::tell(&bench.app).await.unwrap() > 0 {}
    let mut visitor = Visitor::new(&bench);
    assert_eq!(visitor.sign_in_with(OLD, PASSWORD).await.status, 422);
    assert!(visitor.sign_in_with(NEW, PASSWORD).await.leads_to().starts_with("/sign-in/"));
}

async fn h09_who_changes_a_contact_proves_who_they_are_first(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    wear_off(&bench, &mut siti).await;
    let way = way_to_change(&mut siti, "email").await;
    let asked = siti.get(&way).await;
    assert!(asked.leads_to().starts_with("/confirm?next=%2Fpersonal-details%2Femail%3Fof%3D"));
    let page = siti.get(asked.leads_to()).await;
    assert!(page.says("Confirm it is you"));
    let fields = [("method", "sms"), ("next", &*way)];
    assert_eq!(siti.fill_in(&page, "/confirm", &fields).await.leads_to(), "/sign-in/code");
    let code = newest_code(&bench).await;
    let proved = give(&mut siti, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(proved.leads_to(), way, "back to what was begun");
    assert!(siti.get(&way).await.says("Change your email"));
}

async fn h09_no_form_of_a_contact_is_taken_without_proof(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    let page = siti.get(HOME).await;
    let way = way_to_change(&mut siti, "email").await;
    let form = siti.get(&way).await;
    let (of, version) = (hidden(&form, "of"), hidden(&form, "version"));
    wear_off(&bench, &mut siti).await;
    for path in ["/email", "/phone", "/remove", "/address"] {
        let fields = [("of", &*of), ("version", &*version), ("email", NEW), ("street", "Lain 2")];
        let path = format!("{HOME}{path}");
        let refused = siti.fill_in(&page, &path, &fields).await;
        assert!(refused.leads_to().starts_with("/confirm?next="), "{path}");
    }
    let opening = siti.fill_in(&page, "/security/payouts/open", &[]).await;
    assert!(opening.leads_to().starts_with("/confirm?next="));
    assert!(!siti.get(HOME).await.says("Changes under way"));
}

async fn g10_the_old_address_takes_a_change_back_without_signing_in(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    exchanged(&bench, &mut siti).await;
    let link = undo_link(&bench).await;
    bench.clock.advance(Duration::from_hours(24));
    while ends::tell(&bench.app).await.unwrap() > 0 {}
    // Whoever took over the account has shut her out: another browser, not signed in.
    let mut owner = Visitor::new(&bench);
    let moved = owner.get(&link).await;
    assert_eq!((moved.status.as_u16(), moved.leads_to()), (303, "/undo-change"));
    let page = owner.get("/undo-change").await;
    assert!(page.says("This change was made on your account"));
    assert!(page.says("b••••@p••••.example") && !page.says(NEW));
    let change = hidden(&page, "change");
    let other = "00000000-0000-0000-0000-000000000001";
    for (fields, path) in [
        ([("change", &*change), ("csrf", "x")], "/undo-change"),
        ([("change", &*change), ("other", "")], "/undo-change"),
    ] {
        let old = owner.post(path, &fields).await;
        assert_eq!((old.status.as_u16(), old.leads_to()), (303, "/undo-change"));
    }
    let tab = owner.fill_in(&page, "/undo-change", &[("change", other)]).await;
    assert_eq!(tab.leads_to(), "/undo-change", "a tab of another letter takes nothing back");
    assert!(owner.get("/undo-change").await.says("name=\"change\""), "nothing has changed yet");

    let done = owner.fill_in(&page, "/undo-change", &[("change", &change)]).await;
    assert_eq!((done.status.as_u16(), done.leads_to()), (303, "/undo-change?done=yes"));
    let told = owner.get("/undo-change?done=yes").await;
    assert!(told.says("The change was cancelled") && told.says("href=\"/not-me\""));
    owner.get(&link).await;
    let again = owner.get("/undo-change").await;
    assert!(again.status == 200 && again.says("This change was cancelled 18 August 2026"));
    assert_eq!(owner.sign_in_with(NEW, PASSWORD).await.status, 422);
    assert!(owner.sign_in_with(OLD, PASSWORD).await.leads_to().starts_with("/sign-in/"));
}

async fn g04_the_undo_link_leaves_the_address_and_opening_it_changes_nothing(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    exchanged(&bench, &mut siti).await;
    let link = undo_link(&bench).await;
    let token = link.split_once("token=").unwrap().1;
    // As programs that read mail do: without a cookie, again and again.
    for _ in 0..3 {
        let mut robot = Visitor::new(&bench);
        let moved = robot.get(&link).await;
        assert!(!moved.leads_to().contains(token));
        let page = robot.get(moved.leads_to()).await;
        assert!(page.status == 200 && !page.says(token));
    }
    let mut robot = Visitor::new(&bench);
    assert_eq!(robot.get("/undo-change?token=x").await.leads_to(), "/undo-change");
    assert_eq!(robot.get("/undo-change").await.status, 410);
    assert!(siti.get(HOME).await.says("The change takes effect 18 August 2026, 7:00 am WIB"));
}

async fn r1_no_header_moves_the_undo_link_to_another_host(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    for (name, value) in [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
        ("x-forwarded-proto", "http"),
    ] {
        siti.headers.push((name, value.to_owned()));
    }
    exchanged(&bench, &mut siti).await;
    // It is taken off the configured host inside.
    undo_link(&bench).await;
    let caught = demo::outbox(&bench.app).await.unwrap();
    assert!(caught.iter().all(|message| !message.text.contains("evil.example")));
}

async fn an_undo_link_runs_out_after_three_days(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    exchanged(&bench, &mut siti).await;
    let link = undo_link(&bench).await;
    let mut owner = Visitor::new(&bench);
    bench.clock.advance(Duration::from_hours(72) - Duration::from_secs(1));
    owner.get(&link).await;
    let page = owner.get("/undo-change").await;
    assert_eq!(page.status, 200);
    bench.clock.advance(Duration::from_secs(1));
    let change = hidden(&page, "change");
    let late = owner.fill_in(&page, "/undo-change", &[("change", &change)]).await;
    assert!(late.status == 410 && late.says("This link has run out"));
    assert_eq!(owner.sign_in_with(OLD, PASSWORD).await.status, 422, "the change stays");
}

async fn a_change_is_called_off_from_inside(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    exchanged(&bench, &mut siti).await;
    // It only takes away: nothing is asked first.
    wear_off(&bench, &mut siti).await;
    let page = siti.get(HOME).await;
    let change = hidden(&page, "change");
    let old = siti.post("/personal-details/cancel", &[("change", &change), ("csrf", "x")]).await;
    assert_eq!(old.leads_to(), HOME);
    assert!(siti.get(HOME).await.says("Cancel the change"), "an old form changes nothing");
    let fields = [("change", &*change)];
    let off = siti.fill_in(&page, "/personal-details/cancel", &fields).await;
    assert_eq!(off.leads_to(), "/personal-details?done=cancelled");
    let told = siti.get(off.leads_to()).await;
    assert!(told.says("The old details stay") && !told.says("b••••@p••••.example"));
    let again = siti.fill_in(&page, "/personal-details/cancel", &fields).await;
    assert_eq!(again.leads_to(), "/personal-details?done=cancelled", "pressed twice");
    assert!(siti.get("/security/payouts").await.says("Payouts are open."));
}

async fn a_slip_is_corrected_in_the_form_it_was_made_in(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    let form = way_to_change(&mut siti, "email").await;
    let way = exchange(&mut siti, "bari@peserta.example").await;
    let page = siti.get(&way).await;
    assert!(page.says("Wrong address? Enter it again") && page.says(&format!("href=\"{form}\"")));
    exchanged(&bench, &mut siti).await;
    let page = siti.get(HOME).await;
    assert!(!page.says("Waits for the code"), "the slip is forgotten");
}

async fn f03_an_address_of_another_account_gets_the_same_page_and_its_owner_hears(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    people::budi(&bench.app).await;
    let way = exchange(&mut siti, "budi@peserta.example").await;
    let page = siti.get(&way).await;
    assert!(page.status == 200 && page.says("We sent a code to budi@peserta.example"));
    let sent = sent(&bench).await;
    assert!(sent.contains(&"contact-taken".to_owned()), "{sent:?}");
    assert!(!sent.contains(&"contact-code".to_owned()), "{sent:?}");
}

async fn s5_the_change_of_another_member_is_not_found(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    let way = exchange(&mut siti, NEW).await;
    let form = way_to_change(&mut siti, "phone").await;
    let id = way.split_once("change=").unwrap().1;
    // The code that is on its way to her new address is none of his.
    sent(&bench).await;
    let mut budi = crate::security::budi(&bench).await;
    for path in [&*way, &*form, "/personal-details/code?change=x", "/personal-details/remove?of=x"]
    {
        assert_eq!(budi.get(path).await.leads_to(), HOME, "{path}");
    }
    let page = budi.get("/personal-details/email").await;
    for path in ["/code", "/code/resend", "/cancel"] {
        let path = format!("{HOME}{path}");
        let fields = [("change", id), ("code", "123456")];
        assert_eq!(budi.fill_in(&page, &path, &fields).await.leads_to(), HOME, "{path}");
    }
    assert!(siti.get(HOME).await.says("Waits for the code"));
}

async fn what_was_typed_wrong_is_named_and_kept(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    for (kind, typed, words) in [
        ("email", "", "Enter your email address"),
        ("email", "baru@", "Enter a full email address"),
        ("email", OLD, "This address is on your account already"),
        ("phone", "", "Enter your mobile number"),
        ("phone", "021 5551234", "must be 10 to 13 digits"),
        ("phone", "0800 0000 0001", "This number is on your account already"),
    ] {
        let way = way_to_change(&mut siti, kind).await;
        let form = siti.get(&way).await;
        let (of, version) = (hidden(&form, "of"), hidden(&form, "version"));
        let fields = [(kind, typed), ("of", &*of), ("version", &*version)];
        let page = siti.fill_in(&form, &format!("{HOME}/{kind}"), &fields).await;
        assert!(page.status == 422 && page.says(words), "{words} in {}", page.html);
        assert!(page.says("error-summary") && page.says(&format!("value=\"{typed}\"")), "{words}");
        assert_eq!(hidden(&page, "of"), of, "it still comes for the same one");
    }
}

async fn an_old_form_changes_nothing_and_keeps_what_was_typed(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    let way = way_to_change(&mut siti, "email").await;
    let form = siti.get(&way).await;
    let (of, version) = (hidden(&form, "of"), hidden(&form, "version"));
    let fields = [("email", NEW), ("of", &*of), ("version", &*version)];
    for csrf in [Some("x"), None] {
        let all: Vec<_> = fields.into_iter().chain(csrf.map(|csrf| ("csrf", csrf))).collect();
        let page = siti.post("/personal-details/email", &all).await;
        assert!(page.status == 422 && page.says("open too long"));
        assert!(page.says(&format!("value=\"{NEW}\"")) && hidden(&page, "of") == of);
    }
    let older = [("email", NEW), ("of", &*of), ("version", "older")];
    let page = siti.fill_in(&form, "/personal-details/email", &older).await;
    assert!(page.status == 422 && page.says("This was just changed elsewhere"));
    assert!(page.says(&format!("value=\"{NEW}\"")));
    assert!(!siti.get(HOME).await.says("Changes under way"));
    let way = exchange(&mut siti, NEW).await;
    let change = way.split_once("change=").unwrap().1;
    let code = newest_code(&bench).await;
    for path in [CODE, "/personal-details/code/resend"] {
        let fields = [("change", change), ("code", &*code), ("csrf", "x")];
        let page = siti.post(path, &fields).await;
        assert!(page.status == 422 && page.says("open too long"), "{path}");
    }
    assert_eq!(enter(&mut siti, &way, &code).await.leads_to(), "/personal-details?done=begun");
}

async fn a_number_goes_twelve_hours_later_and_the_last_contact_stays(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    let list = siti.get(HOME).await;
    // The number stands before the e-mail.
    let phone = list.after("href=\"/personal-details/remove?of=").unwrap();
    let way = format!("/personal-details/remove?of={phone}");
    let page = siti.get(&way).await;
    assert!(page.says("Remove a mobile number") && page.says("ending in 01"));
    let (of, version) = (hidden(&page, "of"), hidden(&page, "version"));
    let fields = [("of", &*of), ("version", &*version)];
    let gone = siti.fill_in(&page, "/personal-details/remove", &fields).await;
    assert_eq!((gone.status.as_u16(), gone.leads_to()), (303, "/personal-details?done=begun"));
    let list = siti.get(gone.leads_to()).await;
    assert!(list.says("Used until 18 August 2026, 7:00 am WIB"), "{}", list.html);
    let email = list.after("href=\"/personal-details/remove?of=").unwrap();
    let page = siti.get(&format!("/personal-details/remove?of={email}")).await;
    let (of, version) = (hidden(&page, "of"), hidden(&page, "version"));
    let fields = [("of", &*of), ("version", &*version)];
    let refused = siti.fill_in(&page, "/personal-details/remove", &fields).await;
    assert!(refused.status == 422 && refused.says("Add another contact first"));
}

async fn payouts_close_at_once_and_open_twelve_hours_later(db: TestStore) {
    const LOCK: &str = "/security/payouts";
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    wear_off(&bench, &mut siti).await;
    let page = siti.get(LOCK).await;
    assert!(page.says("Payouts are open.") && page.says("Close payouts"));
    let old = siti.post(LOCK, &[("csrf", "x")]).await;
    assert_eq!(old.leads_to(), LOCK);
    assert!(siti.get(LOCK).await.says("Payouts are open."), "an old form changes nothing");
    let closed = siti.fill_in(&page, LOCK, &[]).await;
    assert_eq!((closed.status.as_u16(), closed.leads_to()), (303, "/security/payouts?done=closed"));
    let page = siti.get(closed.leads_to()).await;
    assert!(page.says("Payouts have been closed since 17 August 2026"));
    assert!(page.says("href=\"/security/payouts/open\""));

    let asked = siti.get("/security/payouts/open").await;
    let page = siti.get(asked.leads_to()).await;
    assert!(page.says("Confirm it is you") && page.says("opening payouts"));
    let fields = [("method", "sms"), ("next", "/security/payouts/open")];
    siti.fill_in(&page, "/confirm", &fields).await;
    let code = newest_code(&bench).await;
    let proved = give(&mut siti, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(proved.leads_to(), "/security/payouts/open");
    let page = siti.get("/security/payouts/open").await;
    assert!(page.says("Payouts open 12 hours after you press this button"));
    let opening = siti.fill_in(&page, "/security/payouts/open", &[]).await;
    assert_eq!(opening.leads_to(), "/security/payouts?done=opening");
    // Eleven minutes of waiting were spent on the way here.
    let page = siti.get(opening.leads_to()).await;
    assert!(page.says("Payouts are closed, and open 18 August 2026, 7:11 am WIB"), "{}", page.html);
    let sent = sent(&bench).await;
    for kind in ["payouts-closed", "payouts-opening"] {
        assert!(sent.contains(&kind.to_owned()), "{kind}");
    }
    bench.clock.advance(Duration::from_hours(12));
    let mut later = sign_in(&bench, "siti").await;
    assert!(later.get(LOCK).await.says("Payouts are open."));
}

const LINES: [(&str, &str); 6] = [
    ("street", "Jalan Mawar 7, RT 03 RW 02"),
    ("village", "Sukasari"),
    ("district", "Sukasari"),
    ("regency", "Kota Contoh"),
    ("province", "Contoh"),
    ("postcode", "12345"),
];

/// Sends the form of the address with these lines typed over.
async fn move_to(visitor: &mut Visitor, form: &Page, others: &[(&str, &str)]) -> Page {
    let version = hidden(form, "version");
    let typed = LINES.iter().map(|(name, text)| {
        let other = others.iter().find(|(other, _)| other == name);
        (*name, other.map_or(*text, |(_, text)| *text))
    });
    let fields: Vec<(&str, &str)> = typed.chain([("version", &*version)]).collect();
    visitor.fill_in(form, "/personal-details/address", &fields).await
}

async fn an_address_is_changed_at_once(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    let form = siti.get("/personal-details/address").await;
    assert!(form.says(">Jalan Melati 1</textarea>") && form.says("value=\"Sukamaju\""));
    for (field, typed, words) in [
        ("street", "", "Enter your address: street, number, RT and RW"),
        ("village", "", "Enter your village or ward"),
        ("district", "", "Enter your district"),
        ("regency", "", "Enter your regency or city"),
        ("province", "", "Enter your province"),
        ("postcode", "123", "Postcode must be 5 digits"),
    ] {
        let wrong = move_to(&mut siti, &form, &[(field, typed)]).await;
        assert!(wrong.status == 422 && wrong.says(words), "{words}");
        assert!(wrong.says("value=\"Contoh\"") || field == "province", "{field}");
        assert!(wrong.says("Jalan Mawar 7") || field == "street", "the rest is kept: {field}");
    }
    let old = siti.post("/personal-details/address", &[("street", "Jauh 1"), ("csrf", "x")]).await;
    assert!(old.status == 422 && old.says("open too long") && old.says("Jauh 1"));
    let saved = move_to(&mut siti, &form, &[]).await;
    assert_eq!((saved.status.as_u16(), saved.leads_to()), (303, "/personal-details?done=address"));
    let page = siti.get(saved.leads_to()).await;
    assert!(page.says("Your address is saved") && page.says("Jalan Mawar 7, RT 03 RW 02"));
    assert!(page.says("From you, since 17 August 2026"), "{}", page.html);
    assert!(sent(&bench).await.contains(&"address-changed".to_owned()));
}

async fn an_address_kept_in_another_tab_is_not_overwritten(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    let (one, other) =
        (siti.get("/personal-details/address").await, siti.get("/personal-details/address").await);
    move_to(&mut siti, &one, &[]).await;
    // Not by way of a slip that is mended first, either.
    let slip = move_to(&mut siti, &other, &[("street", "Lain 9"), ("postcode", "1")]).await;
    assert!(slip.says("Postcode must be 5 digits"));
    let refused = move_to(&mut siti, &slip, &[("street", "Lain 9")]).await;
    assert!(refused.status == 422 && refused.says("This was just changed elsewhere"));
    assert!(refused.says("Lain 9"), "what was typed is still there");
    let sure = move_to(&mut siti, &refused, &[("street", "Lain 9")]).await;
    assert_eq!(sure.leads_to(), "/personal-details?done=address", "now it was seen");
}

async fn what_the_registry_owns_says_who_can_change_it(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    let page = siti.get(HOME).await;
    assert!(page.says("Laksana Rahayu") && page.says("From your employer, since"));
    assert!(!page.says("0001015407900003"), "the NIK is masked");
    assert_eq!(page.html.matches("Follows the population register").count(), 3);
    assert_eq!(page.html.matches("href=\"#registry\"").count(), 3);
    assert!(page.says("Only the civil registry office of your regency or city can"));
    for field in ["name", "nik", "birth_date"] {
        assert!(!page.says(&format!("name=\"{field}\"")), "{field}");
    }
}

async fn j03_news_are_chosen_and_those_of_the_account_are_not(db: TestStore) {
    const NEWS: &str = "/inbox/notices";
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    let page = siti.get(NEWS).await;
    assert!(page.says("It cannot be switched off") && !page.says("name=\"security-email\""));
    assert_eq!(page.html.matches("type=\"checkbox\"").count(), 6);
    assert_eq!(
        page.html.matches("value=\"yes\" checked").count(),
        6,
        "all go until said otherwise"
    );
    assert!(page.says("To s••••@p••••.example.") && page.says("To the number ending in 01."));
    let chosen = [("claims-email", "yes"), ("statements-sms", "yes")];
    let old = siti.post(NEWS, &[chosen[0], chosen[1], ("csrf", "x")]).await;
    assert!(old.status == 422 && old.says("open too long"));
    assert_eq!(old.html.matches("value=\"yes\" checked").count(), 2, "the choice is still there");
    assert_eq!(siti.get(NEWS).await.html.matches("value=\"yes\" checked").count(), 6);
    let kept = siti.fill_in(&page, NEWS, &chosen).await;
    assert_eq!((kept.status.as_u16(), kept.leads_to()), (303, "/inbox/notices?done=yes"));
    let page = siti.get(kept.leads_to()).await;
    assert!(page.says("Your choice is saved"));
    for name in ["claims-email", "statements-sms"] {
        assert!(page.says(&format!("name=\"{name}\" value=\"yes\" checked")), "{name}");
    }
    assert_eq!(page.html.matches("value=\"yes\" checked").count(), 2);
}

async fn every_address_of_a_form_can_be_opened_too(db: TestStore) {
    let bench = Bench::new(db);
    let mut siti = siti(&bench).await;
    for path in ["/cancel", "/code", "/code/resend", "/remove"] {
        let path = format!("{HOME}{path}");
        assert_eq!(siti.get(&path).await.leads_to(), HOME, "{path}");
    }
    let way = exchange(&mut siti, NEW).await;
    let id = way.split_once("change=").unwrap().1;
    let back = siti.get(&format!("/personal-details/code/resend?change={id}")).await;
    assert_eq!(back.leads_to(), way);
}
