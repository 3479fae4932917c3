//! Journeys through the door, and everything that can go wrong on the way. Each bad input gets the
//! words that are meant for it, never a fault, never a hint that an account exists.

use std::time::Duration;

use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Visitor, newest_code};
use payung_testkit::{Bench, on_each_engine};

on_each_engine!(
    a_member_signs_in_with_a_code_by_mail,
    a_member_chooses_the_text_message,
    empty_fields_are_named,
    f01_known_and_unknown_names_get_the_same_page,
    a_wrong_code_says_so_and_keeps_the_way,
    an_expired_code_is_replaced,
    a_used_code_opens_nothing,
    a_tab_left_open_for_a_day_keeps_what_was_typed,
    l05_a_form_without_our_token_does_nothing,
    l05_a_form_from_another_site_is_refused,
    a_browser_without_cookies_is_told,
    h01_forged_cookies_are_worth_nothing,
    two_tabs_in_two_sign_ins_do_not_mix,
    a_double_click_is_one_sign_in,
    l12_nothing_of_a_member_may_be_kept_by_the_browser,
    h06_after_signing_out_no_page_opens,
    h03_cookies_are_as_tight_as_they_can_be,
    k07_after_signing_in_members_land_where_they_were_going,
    s1_the_session_is_a_new_one_at_every_sign_in,
    a_short_wait_is_said_in_words_and_a_long_one_by_the_clock,
    e04_where_there_are_too_many_requests_the_form_stays_with_what_was_typed,
    the_language_follows_the_visitor,
    the_theme_is_remembered,
    a_session_that_ended_says_why,
);

async fn a_member_signs_in_with_a_code_by_mail(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    let sent = budi.sign_in_with("budi", PASSWORD).await;
    assert_eq!((sent.status.as_u16(), sent.leads_to()), (303, "/sign-in/code"));
    let page = budi.get("/sign-in/code").await;
    assert!(page.says("b••••@p••••.example") && page.says("autocomplete=\"one-time-code\""));
    let code = newest_code(&bench).await;
    let done = budi.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!((done.status.as_u16(), done.leads_to()), (303, "/dashboard"));
    let dashboard = budi.get("/dashboard").await;
    assert_eq!(dashboard.status, 200);
    assert!(dashboard.says("data-name=\"jht-balance\""));
}

async fn a_member_chooses_the_text_message(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    let mut siti = Visitor::new(&bench);
    assert_eq!(siti.sign_in_with("siti", PASSWORD).await.leads_to(), "/sign-in/method");
    let page = siti.get("/sign-in/method").await;
    let nothing = siti.fill_in(&page, "/sign-in/method", &[]).await;
    assert!(nothing.says("Choose how to verify") && nothing.says("error-summary"));
    let strange = siti.fill_in(&page, "/sign-in/method", &[("method", "pigeon")]).await;
    assert!(strange.says("error-summary"));
    let chosen = siti.fill_in(&page, "/sign-in/method", &[("method", "sms")]).await;
    assert_eq!(chosen.leads_to(), "/sign-in/code");
    let page = siti.get("/sign-in/code").await;
    assert!(page.says("ending in 01"));
    let code = newest_code(&bench).await;
    let done = siti.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(done.leads_to(), "/dashboard");
}

async fn empty_fields_are_named(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    let page = visitor.sign_in_with("  ", "").await;
    assert_eq!(page.status, 422);
    assert!(page.says("Enter your email, mobile number or membership number (KPJ)"));
    assert!(page.says("Enter your password") && page.says("<title>Error: "));
}

/// A page without what differs by chance or by what was typed.
fn plain(html: &str, typed: &str) -> String {
    let mut text = html.replace(typed, "NAME");
    let by_chance =
        ["name=\"csrf\" value=\"", "nonce=\"", "name=\"challenge\" value=\"", "data-options=\""];
    for mark in by_chance {
        let parts: Vec<&str> = text.split(mark).collect();
        let rest = parts[1..].iter().map(|part| part.split_once('"').map_or("", |(_, rest)| rest));
        text = std::iter::once(parts[0]).chain(rest).collect::<Vec<_>>().join(mark);
    }
    text
}

async fn f01_known_and_unknown_names_get_the_same_page(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    let (mut one, mut other) = (Visitor::new(&bench), Visitor::new(&bench));
    for _ in 0..12 {
        let known = one.sign_in_with("siti@peserta.example", "salah sekali").await;
        let unknown = other.sign_in_with("asing@peserta.example", "salah sekali").await;
        assert_eq!(known.status, unknown.status);
        let names: [Vec<&str>; 2] = [&known, &unknown]
            .map(|page| page.headers.keys().map(axum::http::HeaderName::as_str).collect());
        assert_eq!(names[0], names[1]);
        assert_eq!(
            plain(&known.html, "siti@peserta.example"),
            plain(&unknown.html, "asing@peserta.example")
        );
    }
}

async fn a_wrong_code_says_so_and_keeps_the_way(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in_with("budi", PASSWORD).await;
    let page = budi.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    for (typed, words) in [
        ("", "Enter the 6-digit code"),
        ("12", "Some digits are missing"),
        ("12345678", "Too many digits"),
        ("12a456", "The code has digits only"),
        (if code == "000000" { "000001" } else { "000000" }, "That code does not match"),
    ] {
        let answer = budi.fill_in(&page, "/sign-in/code", &[("code", typed)]).await;
        assert_eq!(answer.status, 422);
        assert!(answer.says(words) && answer.says("b••••@p••••.example"), "{typed}");
    }
    let done = budi.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(done.leads_to(), "/dashboard");
}

async fn an_expired_code_is_replaced(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in_with("budi", PASSWORD).await;
    let page = budi.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    bench.clock.advance(Duration::from_mins(11));
    let answer = budi.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert!(answer.says("That code is more than 10 minutes old. We have sent you a new one"));
    let newer = newest_code(&bench).await;
    assert_ne!(newer, code);
    let done = budi.fill_in(&answer, "/sign-in/code", &[("code", &newer)]).await;
    assert_eq!(done.leads_to(), "/dashboard");
}

async fn a_used_code_opens_nothing(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in_with("budi", PASSWORD).await;
    let page = budi.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    let mut thief = budi.clone();
    budi.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    bench.clock.advance(Duration::from_secs(1));
    budi.get("/dashboard").await;
    let again = thief.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert!(again.says("We received this at") && !again.headers.contains_key("set-cookie"));
    let resumed = thief.fill_in(&again, "/sign-in/resume", &[]).await;
    assert_eq!(resumed.leads_to(), "/dashboard");
    assert!(thief.get("/dashboard").await.leads_to().starts_with("/sign-in"));

    let mut elsewhere = Visitor::new(&bench);
    elsewhere.sign_in_with("budi", PASSWORD).await;
    let page = elsewhere.get("/sign-in/code").await;
    let refused = elsewhere.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(refused.status, 422);
}

async fn a_tab_left_open_for_a_day_keeps_what_was_typed(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    let old = budi.get("/sign-in?next=/balance").await;
    bench.clock.advance(Duration::from_hours(24));
    let fields = [("identifier", "budi"), ("password", PASSWORD), ("next", "/balance")];
    let stale = budi.fill_in(&old, "/sign-in", &fields).await;
    assert!(stale.says("This page was open too long. Send it again; your answers are still here"));
    assert!(stale.says("value=\"budi\"") && stale.says("value=\"/balance\""));
    assert!(!stale.says(PASSWORD), "a password never comes back");
    let sent = budi.fill_in(&stale, "/sign-in", &fields).await;
    assert_eq!(sent.leads_to(), "/sign-in/code");
    let old = budi.get("/sign-in/code").await;
    bench.clock.advance(Duration::from_mins(20));
    let late = budi.fill_in(&old, "/sign-in/code", &[("code", "123456")]).await;
    assert_eq!(late.leads_to(), "/sign-in?reason=step-old");
    let start = budi.get("/sign-in?reason=step-old").await;
    assert!(start.says("This step took too long. Sign in again from the start"));
}

async fn l05_a_form_without_our_token_does_nothing(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.get("/sign-in").await;
    let others = Visitor::new(&bench).get("/sign-in").await.csrf();
    for token in ["", "x", &others] {
        let fields = [("identifier", "budi"), ("password", PASSWORD), ("csrf", token)];
        let page = budi.post("/sign-in", &fields).await;
        assert!(page.says("This page was open too long"), "{token}");
        assert!(!budi.cookies.contains_key("__Host-payung-sign-in"));
    }
    budi.sign_in(&bench, "budi").await;
    let ended = budi.post("/sign-out", &[("csrf", &others)]).await;
    assert_eq!(ended.leads_to(), "/sign-out");
    assert_eq!(budi.get("/dashboard").await.status, 200, "still signed in");
}

async fn l05_a_form_from_another_site_is_refused(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    for header in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let mut budi = Visitor::new(&bench);
        let page = budi.get("/sign-in").await;
        budi.headers.push((header.0, header.1.to_owned()));
        let fields = [("identifier", "budi"), ("password", PASSWORD)];
        let refused = budi.fill_in(&page, "/sign-in", &fields).await;
        assert_eq!(refused.status, 403, "{header:?}");
        assert!(refused.says("You do not have access to this page"));
    }
}

async fn a_browser_without_cookies_is_told(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    let page = budi.get("/sign-in").await;
    budi.cookies.clear();
    let fields = [("identifier", "budi"), ("password", PASSWORD)];
    let told = budi.fill_in(&page, "/sign-in", &fields).await;
    assert!(told.says("cookies") && told.says("value=\"budi\""));
    for path in ["/", "/help", "/status"] {
        budi.cookies.clear();
        assert_eq!(budi.get(path).await.status, 200, "{path}");
    }
}

async fn h01_forged_cookies_are_worth_nothing(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in(&bench, "budi").await;
    let session = budi.cookies["__Host-payung-session"].clone();
    let forged = [
        "",
        "x",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "☂",
        &session[1..],
        &"A".repeat(5000),
    ];
    for value in forged {
        let mut stranger = Visitor::new(&bench);
        if value.is_ascii() {
            for name in ["session", "sign-in", "browser"] {
                stranger.cookies.insert(format!("__Host-payung-{name}"), value.to_owned());
            }
        }
        for path in ["/dashboard", "/balance", "/sign-in/code", "/sign-in/method"] {
            let answer = stranger.get(path).await;
            assert_eq!(answer.status, 303, "{path} with {value}");
            assert!(answer.leads_to().starts_with("/sign-in?"));
        }
    }
    // A session is no sign-in, and a sign-in is no session.
    let mut mixed = Visitor::new(&bench);
    mixed.cookies.insert("__Host-payung-sign-in".to_owned(), session);
    assert_eq!(mixed.get("/sign-in/code").await.leads_to(), "/sign-in?reason=step-old");
}

async fn two_tabs_in_two_sign_ins_do_not_mix(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    people::dewi(&bench.app).await;
    let mut browser = Visitor::new(&bench);
    browser.sign_in_with("budi", PASSWORD).await;
    let budis_tab = browser.get("/sign-in/code").await;
    let budis_code = newest_code(&bench).await;
    browser.sign_in_with("dewi", PASSWORD).await;
    // The browser is in Dewi's sign-in now; what Budi's tab sends counts for nobody.
    let page = browser.fill_in(&budis_tab, "/sign-in/code", &[("code", &budis_code)]).await;
    assert!(!browser.cookies.contains_key("__Host-payung-session"));
    assert_eq!(page.leads_to(), "/sign-in/method", "on with the sign-in this browser is in");
}

async fn a_double_click_is_one_sign_in(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    let page = budi.get("/sign-in").await;
    let fields = [("identifier", "budi"), ("password", PASSWORD)];
    let mut lost = budi.clone();
    lost.fill_in(&page, "/sign-in", &fields).await;
    budi.fill_in(&page, "/sign-in", &fields).await;
    assert_eq!(budi.cookies, lost.cookies, "one sign-in, whichever answer arrives");
    let page = budi.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    // The first answer is lost; the browser has only what the second one says.
    let mut first = budi.clone();
    first.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    let second = budi.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert!(second.says("We received this at"));
    budi.fill_in(&second, "/sign-in/resume", &[]).await;
    assert_eq!(budi.get("/dashboard").await.status, 200);
}

async fn l12_nothing_of_a_member_may_be_kept_by_the_browser(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in(&bench, "budi").await;
    for path in
        ["/", "/dashboard", "/contributions", "/balance", "/personal-details", "/sign-out", "/help"]
    {
        let page = budi.get(path).await;
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
    }
}

async fn h06_after_signing_out_no_page_opens(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in(&bench, "budi").await;
    let kept = budi.cookies.clone();
    let page = budi.get("/sign-out").await;
    let out = budi.fill_in(&page, "/sign-out", &[]).await;
    assert_eq!(out.leads_to(), "/sign-in?reason=signed-out");
    assert!(out.header("clear-site-data").contains("cache"));
    assert!(!budi.cookies.contains_key("__Host-payung-session"));
    budi.cookies = kept;
    let back = budi.get("/balance").await;
    assert_eq!(back.leads_to(), "/sign-in?next=%2Fbalance&reason=session-ended");
}

async fn h03_cookies_are_as_tight_as_they_can_be(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    let done = budi.sign_in(&bench, "budi").await;
    let lines: Vec<&str> =
        done.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap()).collect();
    let session = lines.iter().find(|line| line.starts_with("__Host-payung-session=")).unwrap();
    for part in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(session.contains(part), "{session}");
    }
    assert!(!session.contains("Max-Age") && !session.contains("Domain") && session.len() < 200);
}

async fn k07_after_signing_in_members_land_where_they_were_going(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    for (next, landing) in [
        ("/contributions?year=2025", "/contributions?year=2025"),
        ("https://evil.example", "/dashboard"),
        ("//evil.example", "/dashboard"),
        ("/\\evil.example", "/dashboard"),
    ] {
        let mut budi = Visitor::new(&bench);
        let page = budi.get("/sign-in").await;
        let fields = [("identifier", "budi"), ("password", PASSWORD), ("next", next)];
        budi.fill_in(&page, "/sign-in", &fields).await;
        let page = budi.get("/sign-in/code").await;
        let code = newest_code(&bench).await;
        let done = budi.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
        assert_eq!(done.leads_to(), landing);
        bench.clock.advance(Duration::from_mins(30));
    }
}

async fn s1_the_session_is_a_new_one_at_every_sign_in(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in(&bench, "budi").await;
    let first = budi.cookies["__Host-payung-session"].clone();
    budi.cookies.remove("__Host-payung-session");
    bench.clock.advance(Duration::from_mins(1));
    budi.sign_in(&bench, "budi").await;
    assert_ne!(budi.cookies["__Host-payung-session"], first);
}

async fn a_short_wait_is_said_in_words_and_a_long_one_by_the_clock(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    for _ in 0..4 {
        visitor.sign_in_with("asing", "salah").await;
    }
    let fifth = visitor.sign_in_with("asing", "salah").await;
    assert_eq!(fifth.status, 429);
    assert!(fifth.says("Wait 30 seconds") && fifth.says("value=\"asing\""));
    for pause in [30, 60, 120, 240, 480] {
        bench.clock.advance(Duration::from_secs(pause));
        visitor.sign_in_with("asing", "salah").await;
    }
    let paused = visitor.sign_in_with("asing", "salah").await;
    assert_eq!(paused.status, 429);
    assert!(paused.says("Password sign-in is paused until") && paused.says("pm WIB"));
    assert_eq!(paused.header("retry-after"), "901");
}

async fn e04_where_there_are_too_many_requests_the_form_stays_with_what_was_typed(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.sign_ins_per_address = 0);
    let mut visitor = Visitor::new(&bench);
    let wayan = [
        ("nik", "0001012701990006"),
        ("kpj", "90000000106"),
        ("birth_day", "27"),
        ("birth_month", "1"),
        ("birth_year", "1999"),
    ];
    let stranger = [("identifier", "asing"), ("password", "salah")];
    for (path, fields, stays) in [
        ("/sign-in", &stranger[..], "value=\"asing\""),
        ("/activate", &wayan[..], "value=\"90000000106\""),
        ("/forgot-password", &stranger[..1], "value=\"asing\""),
        ("/recover", &[], "<button"),
    ] {
        let page = visitor.get(path).await;
        let again = visitor.fill_in(&page, path, fields).await;
        assert_eq!(again.status, 429, "{path}");
        assert!(again.says("Too many requests. Try again at "), "{path}: {}", again.html);
        assert!(again.says(stays) && !again.says("salah"), "{path}: {}", again.html);
        assert!(!again.header("retry-after").is_empty(), "{path}");
    }
}

async fn the_language_follows_the_visitor(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    assert!(visitor.get("/sign-in").await.says("<html lang=\"en\""));
    assert!(visitor.get("/sign-in?lang=id").await.says("<html lang=\"id\""));
    assert!(visitor.get("/help").await.says("<html lang=\"id\""), "the choice is kept");
    assert!(visitor.get("/nowhere").await.says("Halaman tidak ditemukan"));
    assert!(visitor.get("/sign-in?lang=xx").await.says("<html lang=\"id\""));
    let mut silent = Visitor::new(&bench);
    silent.headers.clear();
    assert!(silent.get("/").await.says("<html lang=\"id\""), "Indonesian when nothing is known");
}

async fn the_theme_is_remembered(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    let page = visitor.get("/help").await;
    let fields = [("theme", "dark"), ("next", "/help")];
    assert_eq!(visitor.fill_in(&page, "/preferences", &fields).await.leads_to(), "/help");
    assert!(visitor.get("/sign-in").await.says("data-theme=\"dark\""));
    let fields = [("theme", "auto"), ("next", "//evil.example")];
    assert_eq!(visitor.fill_in(&page, "/preferences", &fields).await.leads_to(), "/");
    assert!(!visitor.get("/sign-in").await.says("data-theme"));
}

async fn a_session_that_ended_says_why(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in(&bench, "budi").await;
    let page = budi.get("/balance").await;
    let left = budi.fill_in(&page, "/session/extend", &[]).await;
    assert_eq!((left.status.as_u16(), &*left.html), (200, "900"));
    bench.clock.advance(Duration::from_mins(15));
    let over = budi.get("/contributions?year=2025").await;
    let way = "/sign-in?next=%2Fcontributions%3Fyear%3D2025&reason=session-ended";
    assert_eq!(over.leads_to(), way);
    let page = budi.get(way).await;
    assert!(page.says("value=\"/contributions?year=2025\""));
    assert!(!budi.cookies.contains_key("__Host-payung-session"));
}
