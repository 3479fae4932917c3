//! Forgotten and changed passwords, page by page: the neutral answer, the link that leaves the
//! address, the password that is set once, and everything a stranger might try on the way.

use std::time::Duration;

use payung_flows::delivery::{Post, deliver_due};
use payung_flows::demo;
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine};

on_each_engine!(
    a_member_who_forgot_the_password_sets_a_new_one,
    f03_known_and_unknown_names_get_the_same_pages,
    what_was_typed_wrong_is_named_and_kept,
    the_page_after_asking_knows_what_was_typed_and_says_the_wait,
    what_somebody_typed_is_sealed_in_the_cookie,
    r1_g03_no_header_moves_the_link_to_another_host,
    g04_the_link_leaves_the_address_and_opening_it_changes_nothing,
    g04_the_page_of_a_link_tells_nobody_where_it_comes_from,
    a_browser_that_hides_where_a_form_comes_from_can_still_set_a_password,
    r2_the_steps_cannot_be_taken_out_of_order,
    r2_a_tab_of_another_link_sets_nothing,
    r3_a_spent_link_says_so,
    g01_every_link_that_does_not_work_says_why,
    a_lost_answer_is_said_again,
    a_password_that_is_not_taken_says_why_and_never_comes_back,
    r7_a_browser_that_was_signed_in_is_not_any_more,
    g05_nobody_is_signed_in_by_a_link,
    password_managers_find_the_page,
    a11_a_member_changes_the_password,
    r10_the_present_password_is_asked_for_and_checked,
    h09_changing_a_password_asks_for_a_recent_proof,
    a06_the_meter_answers_pages_that_set_a_password_and_nobody_else,
    a_gentle_reminder_stands_on_the_dashboard,
);

const NEW: &str = "kuda tangga hujan sore";

/// Delivers what is due and reads the newest link out of the demonstration's outbox.
async fn newest_link(bench: &Bench) -> String {
    while deliver_due(&bench.app, &Post::Caught).await.unwrap() > 0 {}
    let caught = demo::outbox(&bench.app).await.unwrap();
    let letter = caught.into_iter().find(|message| message.kind == "reset-link");
    letter.and_then(|message| message.link).expect("a link was sent")
}

/// The path of a link, as a browser asks for it.
fn path_of(link: &str) -> String {
    link.strip_prefix("https://payung.example").expect("the configured host").to_owned()
}

async fn forget(visitor: &mut Visitor, typed: &str) -> Page {
    let page = visitor.get("/forgot-password").await;
    visitor.fill_in(&page, "/forgot-password", &[("identifier", typed)]).await
}

/// A browser at the page where the new password is set.
async fn at_the_new_password(bench: &Bench, typed: &str) -> (Visitor, Page, String) {
    let mut visitor = Visitor::new(bench);
    forget(&mut visitor, typed).await;
    let link = newest_link(bench).await;
    let moved = visitor.get(&path_of(&link)).await;
    assert_eq!((moved.status.as_u16(), moved.leads_to()), (303, "/reset-password"));
    let page = visitor.get("/reset-password").await;
    (visitor, page, link)
}

async fn send(visitor: &mut Visitor, page: &Page, password: &str) -> Page {
    visitor.fill_in(page, "/reset-password", &[("new_password", password)]).await
}

/// A page without what differs by chance.
fn plain(html: &str) -> String {
    let mut text = html.to_owned();
    for mark in ["name=\"csrf\" value=\"", "nonce=\"", "name=\"identifier\" value=\""] {
        let parts: Vec<&str> = text.split(mark).collect();
        let rest = parts[1..].iter().map(|part| part.split_once('"').map_or("", |(_, rest)| rest));
        text = std::iter::once(parts[0]).chain(rest).collect::<Vec<_>>().join(mark);
    }
    text
}

async fn a_member_who_forgot_the_password_sets_a_new_one(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut visitor = Visitor::new(&bench);
    let door = visitor.get("/sign-in").await;
    assert!(door.says("href=\"/forgot-password\""));
    let asked = forget(&mut visitor, "budi@peserta.example").await;
    assert_eq!((asked.status.as_u16(), asked.leads_to()), (303, "/forgot-password/sent"));
    let sent = visitor.get("/forgot-password/sent").await;
    assert!(sent.says("Check your email") && sent.says("Reset your password"));
    let link = newest_link(&bench).await;
    visitor.get(&path_of(&link)).await;
    let page = visitor.get("/reset-password").await;
    assert!(
        page.says("autocomplete=\"new-password\"") && page.says("value=\"budi@peserta.example\"")
    );
    let done = send(&mut visitor, &page, NEW).await;
    assert_eq!((done.status.as_u16(), done.leads_to()), (303, "/sign-in?reason=password-changed"));
    let door = visitor.get("/sign-in?reason=password-changed").await;
    assert!(door.says("Your password was changed"));
    assert_eq!(visitor.sign_in_with("budi", PASSWORD).await.status, 422);
    assert_eq!(visitor.sign_in_with("budi", NEW).await.leads_to(), "/sign-in/code");
}

async fn f03_known_and_unknown_names_get_the_same_pages(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    let (mut one, mut other) = (Visitor::new(&bench), Visitor::new(&bench));
    for _ in 0..3 {
        let pages = [
            forget(&mut one, "siti@peserta.example").await,
            forget(&mut other, "asing@peserta.example").await,
        ];
        assert_eq!(pages[0].status, pages[1].status);
        assert_eq!(pages[0].leads_to(), pages[1].leads_to());
        let names = pages.each_ref().map(|page| {
            page.headers.keys().map(|name| name.as_str().to_owned()).collect::<Vec<_>>()
        });
        assert_eq!(names[0], names[1]);
        let known = one.get("/forgot-password/sent").await;
        let unknown = other.get("/forgot-password/sent").await;
        assert_eq!(plain(&known.html), plain(&unknown.html));
        bench.clock.advance(Duration::from_mins(2));
    }
}

async fn what_was_typed_wrong_is_named_and_kept(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    for (typed, words) in [
        ("  ", "Enter your email, mobile number or membership number (KPJ)"),
        ("siti@", "Enter a full email address with an @"),
    ] {
        let page = forget(&mut visitor, typed).await;
        assert_eq!(page.status, 422, "{typed}");
        assert!(page.says(words) && page.says("error-summary"), "{typed}");
        assert!(page.says(&format!("value=\"{}\"", typed.trim())), "{typed}");
    }
    let old = visitor.get("/forgot-password").await;
    bench.clock.advance(Duration::from_hours(13));
    let fields = [("identifier", "budi")];
    let stale = visitor.fill_in(&old, "/forgot-password", &fields).await;
    assert!(stale.says("This page was open too long") && stale.says("value=\"budi\""));
    visitor.cookies.clear();
    let told = visitor.fill_in(&old, "/forgot-password", &fields).await;
    assert!(told.says("This browser does not keep cookies") && told.says("value=\"budi\""));
}

async fn the_page_after_asking_knows_what_was_typed_and_says_the_wait(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut visitor = Visitor::new(&bench);
    forget(&mut visitor, "budi").await;
    let sent = visitor.get("/forgot-password/sent").await;
    assert!(sent.says("You can ask for another link in 1 minute"));
    assert!(sent.says("name=\"identifier\" value=\"budi\""));
    bench.clock.advance(Duration::from_mins(1));
    let sent = visitor.get("/forgot-password/sent").await;
    assert!(!sent.says("You can ask for another link in"));
    let again = visitor.fill_in(&sent, "/forgot-password", &[("identifier", "budi")]).await;
    assert_eq!(again.leads_to(), "/forgot-password/sent");
    // Without that cookie the page is the same, but for the button that asks again.
    let bare = Visitor::new(&bench).get("/forgot-password/sent").await;
    assert!(bare.says("Check your email") && !bare.says("Send again"));
}

async fn what_somebody_typed_is_sealed_in_the_cookie(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    forget(&mut visitor, "budi@peserta.example").await;
    let sealed = visitor.cookies["__Host-payung-forgotten"].clone();
    assert!(sealed.len() < 500);
    let bytes = data_encoding::BASE64URL_NOPAD.decode(sealed.as_bytes()).unwrap();
    assert!(!bytes.windows(4).any(|four| four == b"budi"), "sealed, not only written otherwise");
    let mut thief = Visitor::new(&bench);
    thief.get("/forgot-password").await;
    thief.cookies.insert("__Host-payung-forgotten".to_owned(), sealed);
    assert!(!thief.get("/forgot-password/sent").await.says("budi"));
    let mut talker = Visitor::new(&bench);
    assert_eq!(forget(&mut talker, &"a".repeat(20_000)).await.status, 303);
    assert!(!talker.cookies.contains_key("__Host-payung-forgotten"));
    for forged in ["", "x", "AAAA"] {
        thief.cookies.insert("__Host-payung-forgotten".to_owned(), forged.to_owned());
        assert_eq!(thief.get("/forgot-password/sent").await.status, 200);
    }
}

/// R1: whatever a request says of its host, every link of every letter begins with the configured
/// address.
async fn r1_g03_no_header_moves_the_link_to_another_host(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    for (name, value) in [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("x-forwarded-port", "8443"),
        ("x-forwarded-server", "evil.example"),
        ("x-forwarded-prefix", "/evil"),
        ("x-host", "evil.example"),
        ("x-original-host", "evil.example"),
        ("x-original-url", "https://evil.example/"),
        ("x-rewrite-url", "https://evil.example/"),
        ("forwarded", "host=evil.example;proto=http;for=198.51.100.1"),
        ("x-http-host-override", "evil.example"),
    ] {
        let mut visitor = Visitor::new(&bench);
        visitor.headers.push((name, value.to_owned()));
        forget(&mut visitor, "siti").await;
        let link = newest_link(&bench).await;
        assert!(link.starts_with("https://payung.example/reset-password?token="), "{name}: {link}");
        for message in demo::outbox(&bench.app).await.unwrap() {
            assert!(!message.text.contains("evil"), "{name}: {}", message.text);
        }
        bench.clock.advance(Duration::from_hours(3));
    }
}

async fn g04_the_link_leaves_the_address_and_opening_it_changes_nothing(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    forget(&mut budi, "budi").await;
    let link = newest_link(&bench).await;
    // Programs that read mail open it, some of them often and with HEAD.
    for _ in 0..5 {
        let moved = Visitor::new(&bench).get(&path_of(&link)).await;
        assert_eq!((moved.status.as_u16(), moved.leads_to()), (303, "/reset-password"));
        assert!(!moved.says("token"));
        let cookie = moved
            .headers
            .get_all("set-cookie")
            .iter()
            .find_map(|line| line.to_str().ok().filter(|line| line.contains("payung-reset")))
            .expect("the link moves into a cookie")
            .to_owned();
        for part in
            ["__Host-", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure", "Max-Age=1800"]
        {
            assert!(cookie.contains(part), "{cookie}");
        }
    }
    budi.get(&path_of(&link)).await;
    let page = budi.get("/reset-password").await;
    let (_, token) = link.split_once("token=").unwrap();
    assert!(!page.says(token), "the page does not hold it either");
    assert_eq!(send(&mut budi, &page, NEW).await.leads_to(), "/sign-in?reason=password-changed");
    assert!(!budi.cookies.contains_key("__Host-payung-reset"));
}

async fn g04_the_page_of_a_link_tells_nobody_where_it_comes_from(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (mut budi, page, link) = at_the_new_password(&bench, "budi").await;
    let moved = budi.get(&path_of(&link)).await;
    let refused = send(&mut budi, &page, "pendek").await;
    let over = Visitor::new(&bench).get("/reset-password").await;
    for answer in [&moved, &page, &refused, &over] {
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

async fn a_browser_that_hides_where_a_form_comes_from_can_still_set_a_password(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (mut budi, page, _) = at_the_new_password(&bench, "budi").await;
    // `no-referrer` makes browsers before `Sec-Fetch-Site` say so.
    budi.headers.push(("origin", "null".to_owned()));
    let done = send(&mut budi, &page, NEW).await;
    assert_eq!(done.leads_to(), "/sign-in?reason=password-changed");
    let refused = budi.post("/sign-in", &[]).await;
    assert_eq!(refused.status, 403, "nowhere else");
}

async fn r2_the_steps_cannot_be_taken_out_of_order(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut stranger = Visitor::new(&bench);
    let door = stranger.get("/sign-in").await;
    for token in ["", "x", &"A".repeat(43), &"A".repeat(44)] {
        let fields = [("new_password", NEW), ("token", token)];
        let page = stranger.fill_in(&door, "/reset-password", &fields).await;
        assert_eq!(page.status, 410, "{token}");
        stranger.get(&format!("/reset-password?token={token}")).await;
        let page = stranger.get("/reset-password").await;
        assert_eq!(page.status, 410, "{token}");
        assert!(page.says("This link has run out"), "{token}");
    }
    // A link that is on its way is no session and no sign-in, and neither of those is a link.
    forget(&mut stranger, "budi").await;
    let link = newest_link(&bench).await;
    let (_, token) = link.split_once("token=").unwrap();
    for name in ["session", "sign-in"] {
        stranger.cookies.insert(format!("__Host-payung-{name}"), token.to_owned());
    }
    for path in ["/dashboard", "/security/password", "/sign-in/code"] {
        assert!(stranger.get(path).await.leads_to().starts_with("/sign-in?"), "{path}");
    }
    assert_eq!(
        Visitor::new(&bench).sign_in_with("budi", PASSWORD).await.leads_to(),
        "/sign-in/code"
    );
}

async fn r2_a_tab_of_another_link_sets_nothing(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    people::siti(&bench.app).await;
    let (mut browser, budis_tab, _) = at_the_new_password(&bench, "budi").await;
    bench.clock.advance(Duration::from_mins(1));
    forget(&mut browser, "siti").await;
    let sitis = newest_link(&bench).await;
    browser.get(&path_of(&sitis)).await;
    // The browser holds Siti's link now; what Budi's tab sends counts for nobody.
    let page = send(&mut browser, &budis_tab, NEW).await;
    assert_eq!(page.status, 422);
    assert!(page.says("This page was open too long") && page.says("siti@peserta.example"));
    for name in ["budi", "siti"] {
        assert_eq!(Visitor::new(&bench).sign_in_with(name, PASSWORD).await.status, 303, "{name}");
    }
}

async fn r3_a_spent_link_says_so(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (mut budi, page, link) = at_the_new_password(&bench, "budi").await;
    send(&mut budi, &page, NEW).await;
    let mut thief = Visitor::new(&bench);
    thief.get(&path_of(&link)).await;
    let spent = thief.get("/reset-password").await;
    assert_eq!(spent.status, 410);
    assert!(spent.says("This link has been used") && !spent.says("new_password"));
    assert!(spent.says("Your password was changed at"), "whoever lost the answer hears it here");
}

async fn g01_every_link_that_does_not_work_says_why(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (mut older, _, _) = at_the_new_password(&bench, "budi").await;
    bench.clock.advance(Duration::from_mins(2));
    let (mut newer, _, _) = at_the_new_password(&bench, "budi").await;
    let page = older.get("/reset-password").await;
    assert!(page.says("There is a newer link") && page.says("href=\"/forgot-password\""));
    bench.clock.advance(Duration::from_mins(30));
    assert!(newer.get("/reset-password").await.says("This link has run out"));
}

async fn a_lost_answer_is_said_again(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (mut budi, page, _) = at_the_new_password(&bench, "budi").await;
    // The answer to the first one never arrives, so the browser still holds the link.
    let mut lost = budi.clone();
    send(&mut lost, &page, NEW).await;
    bench.clock.advance(Duration::from_mins(1));
    let again = send(&mut budi, &page, NEW).await;
    assert_eq!(again.status, 200);
    assert!(
        again.says("Your password was changed at 7:00 pm WIB") && again.says("href=\"/sign-in\"")
    );
}

async fn a_password_that_is_not_taken_says_why_and_never_comes_back(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (mut budi, mut page, _) = at_the_new_password(&bench, "budi").await;
    let long = "kuda ".repeat(30);
    for (typed, words) in [
        ("", "Enter your password"),
        ("pendek", "Password must be 12 characters or more"),
        (&*long, "Password must be 128 characters or less"),
        ("qwertyuiop123", "This password is common or has been leaked"),
        ("budi@peserta.example", "This password matches your personal details"),
        (PASSWORD, "The new password is the same as the old one"),
    ] {
        page = send(&mut budi, &page, typed).await;
        assert_eq!(page.status, 422, "{typed}");
        assert!(page.says(words) && page.says("<title>Error: "), "{typed}");
        assert!(
            typed.is_empty() || !page.says(&format!("value=\"{typed}\"")) || typed.contains('@')
        );
        if typed == "qwertyuiop123" {
            assert!(page.says("Password strength: weak."), "the meter says so too");
        }
    }
    assert_eq!(send(&mut budi, &page, NEW).await.status, 303);
}

async fn r7_a_browser_that_was_signed_in_is_not_any_more(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut elsewhere = Visitor::new(&bench);
    elsewhere.sign_in(&bench, "budi").await;
    assert_eq!(elsewhere.get("/dashboard").await.status, 200);
    let (mut budi, page, _) = at_the_new_password(&bench, "budi").await;
    send(&mut budi, &page, NEW).await;
    let back = elsewhere.get("/dashboard").await;
    assert_eq!(back.leads_to(), "/sign-in?next=%2Fdashboard&reason=session-ended");
}

async fn g05_nobody_is_signed_in_by_a_link(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (mut budi, page, _) = at_the_new_password(&bench, "budi").await;
    send(&mut budi, &page, NEW).await;
    assert!(!budi.cookies.contains_key("__Host-payung-session"));
    assert!(!budi.cookies.contains_key("__Host-payung-sign-in"));
    assert!(budi.get("/dashboard").await.leads_to().starts_with("/sign-in?"));
}

async fn password_managers_find_the_page(db: TestStore) {
    let bench = Bench::new(db);
    let page = Visitor::new(&bench).get("/.well-known/change-password").await;
    assert_eq!((page.status.as_u16(), page.leads_to()), (302, "/security/password"));
}

async fn a11_a_member_changes_the_password(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (mut here, mut elsewhere) = (Visitor::new(&bench), Visitor::new(&bench));
    elsewhere.sign_in(&bench, "budi").await;
    bench.clock.advance(Duration::from_mins(1));
    here.sign_in(&bench, "budi").await;
    let page = here.get("/security/password").await;
    assert!(page.says("name=\"end_others\" value=\"yes\" checked"), "on by default");
    let fields = [("password", PASSWORD), ("new_password", NEW), ("end_others", "yes")];
    let done = here.fill_in(&page, "/security/password", &fields).await;
    assert_eq!(done.leads_to(), "/security/password?reason=done");
    assert!(here.get("/security/password?reason=done").await.says("Your password was changed"));
    assert!(elsewhere.get("/dashboard").await.leads_to().starts_with("/sign-in?"));
    assert_eq!(Visitor::new(&bench).sign_in_with("budi", NEW).await.leads_to(), "/sign-in/code");
}

async fn r10_the_present_password_is_asked_for_and_checked(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in(&bench, "budi").await;
    let mut page = budi.get("/security/password").await;
    for (present, new, words) in [
        ("", "", "Enter your password"),
        ("salah sekali ini", NEW, "Your present password does not match"),
        (PASSWORD, "pendek", "Password must be 12 characters or more"),
        (PASSWORD, PASSWORD, "The new password is the same as the old one"),
    ] {
        let fields = [("password", present), ("new_password", new)];
        page = budi.fill_in(&page, "/security/password", &fields).await;
        assert_eq!(page.status, 422, "{words}");
        assert!(page.says(words), "{words}");
        assert!(!page.says(NEW) && !page.says(&format!("value=\"{PASSWORD}\"")));
        assert!(!page.says("value=\"yes\" checked"), "the choice is kept");
    }
    let missing = budi.fill_in(&page, "/security/password", &[("new_password", NEW)]).await;
    assert_eq!(missing.status, 422);
    let others = Visitor::new(&bench).get("/sign-in").await.csrf();
    let fields = [("password", PASSWORD), ("new_password", NEW), ("csrf", &*others)];
    assert!(budi.post("/security/password", &fields).await.says("This page was open too long"));
    assert_eq!(Visitor::new(&bench).sign_in_with("budi", PASSWORD).await.status, 303);
}

async fn h09_changing_a_password_asks_for_a_recent_proof(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    assert!(budi.get("/security/password").await.leads_to().starts_with("/sign-in?"));
    budi.sign_in(&bench, "budi").await;
    let page = budi.get("/security/password").await;
    bench.clock.advance(Duration::from_mins(11));
    let asked = budi.get("/security/password").await;
    assert_eq!(asked.leads_to(), "/confirm?next=%2Fsecurity%2Fpassword&need=any");
    let fields = [("password", PASSWORD), ("new_password", NEW)];
    let asked = budi.fill_in(&page, "/security/password", &fields).await;
    assert!(asked.leads_to().starts_with("/confirm?"));
    assert_eq!(Visitor::new(&bench).sign_in_with("budi", PASSWORD).await.status, 303);
}

async fn a06_the_meter_answers_pages_that_set_a_password_and_nobody_else(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (mut budi, page, _) = at_the_new_password(&bench, "budi").await;
    for (typed, words) in [
        ("", ""),
        ("qwertyuiop123", "Password strength: weak. "),
        ("kuda-laut-biru-tangga", "Password strength: very strong."),
    ] {
        let said = budi.fill_in(&page, "/password/strength", &[("new_password", typed)]).await;
        assert_eq!(said.status, 200, "{typed}");
        assert!(said.html.starts_with(words), "{typed}: {}", said.html);
        assert!(said.header("content-type").starts_with("text/plain"));
    }
    let mut stranger = Visitor::new(&bench);
    let door = stranger.get("/sign-in").await;
    let said = stranger.fill_in(&door, "/password/strength", &[("new_password", NEW)]).await;
    assert_eq!(said.status, 400);
    let mut last = 200;
    for _ in 0..130 {
        let said = budi.fill_in(&page, "/password/strength", &[("new_password", "x")]).await;
        last = said.status.as_u16();
    }
    assert_eq!(last, 429);
}

async fn a_gentle_reminder_stands_on_the_dashboard(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in(&bench, "budi").await;
    assert!(!budi.get("/dashboard").await.says("You have used your password"));
    bench.clock.advance(Duration::from_hours(180 * 24));
    let mut budi = Visitor::new(&bench);
    let done = budi.sign_in(&bench, "budi").await;
    assert_eq!(done.leads_to(), "/dashboard", "nothing stands in the way");
    let page = budi.get("/dashboard").await;
    assert!(page.says("You have used your password for 180 days"));
    assert!(page.says("href=\"/security/password\""));
}
