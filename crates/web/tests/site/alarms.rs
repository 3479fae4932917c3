//! Pages on which owners look up, question and stop what happens on their account.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use payung_domain::announcements::Announcement;
use payung_domain::places::Places;
use payung_domain::time::Clock;
use payung_flows::delivery::{Post, deliver_due};
use payung_flows::demo;
use payung_flows::staff::notices;
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine};

on_each_engine!(
    an_owner_secures_the_account_from_the_letter_alone,
    l05_only_our_own_page_secures_an_account,
    s3_another_site_cannot_press_the_button,
    a_link_that_is_none_of_ours_says_what_still_helps,
    r1_the_link_of_a_letter_follows_no_header,
    a_member_secures_the_account_from_the_activity_list,
    s5_a_line_of_another_member_is_not_shown,
    devices_are_listed_and_signed_out,
    h08_a_place_stands_beside_a_device_where_the_operator_vouches_for_it,
    h08_signing_out_devices_asks_for_a_proof,
    s5_another_members_device_stays,
    activity_is_shown_filtered_and_paged,
    l15_activity_can_be_taken_along,
    strange_filters_and_marks_show_everything,
    the_inbox_shows_what_was_sent_and_no_code,
    anybody_asks_whether_a_message_is_ours,
    l4_a_stranger_who_misses_shuts_out_nobody_who_is_in,
    l1_misses_on_one_name_are_counted_across_browsers_and_tabs,
    l12_none_of_these_pages_may_be_kept,
    s7_after_signing_out_none_of_these_pages_opens,
    the_status_page_is_served_without_a_database,
    an_announcement_is_on_every_page_in_both_languages,
);

async fn deliver(bench: &Bench) {
    while deliver_due(&bench.app, &Post::Caught).await.unwrap() > 0 {}
}

/// Signs somebody in and lets a minute pass, so that the next code is the newest.
async fn signed_in(bench: &Bench, name: &str) -> Visitor {
    let mut visitor = Visitor::new(bench);
    assert_eq!(visitor.sign_in(bench, name).await.leads_to(), "/dashboard");
    bench.clock.advance(Duration::from_mins(1));
    visitor
}

/// Path and query of the newest link that was sent and leads here.
async fn link_to(bench: &Bench, path: &str) -> String {
    deliver(bench).await;
    let sent = demo::outbox(&bench.app).await.unwrap();
    let links = sent.into_iter().filter_map(|message| message.link);
    let mut ours =
        links.filter_map(|link| link.strip_prefix("https://payung.example").map(str::to_owned));
    ours.find(|link| link.starts_with(path)).expect("a link was sent")
}

/// Budi at his browser, a thief at another one, and the link in the letter about it.
async fn alarmed(bench: &Bench) -> (Visitor, Visitor, String) {
    people::budi(&bench.app).await;
    let (budi, thief) = (signed_in(bench, "budi").await, signed_in(bench, "budi").await);
    bench.clock.advance(Duration::from_mins(5));
    let link = link_to(bench, "/not-me").await;
    (budi, thief, link)
}

async fn an_owner_secures_the_account_from_the_letter_alone(db: TestStore) {
    let bench = Bench::new(db);
    let (mut budi, mut thief, link) = alarmed(&bench).await;
    let mut reader = Visitor::new(&bench);
    let followed = reader.get(&link).await;
    assert_eq!((followed.status.as_u16(), followed.leads_to()), (303, "/not-me"));
    let page = reader.get("/not-me").await;
    assert!(page.says("Masuk dari perangkat baru") && page.says("Secure my account"));
    assert!(!page.says("token") && !page.says("budi"), "nothing of the link, nothing of whom");
    assert_eq!(thief.get("/dashboard").await.status, 200, "looking changes nothing");

    let done = reader.fill_in(&page, "/not-me", &[]).await;
    assert_eq!((done.status.as_u16(), done.leads_to()), (303, "/not-me?done=yes"));
    assert!(reader.get("/not-me?done=yes").await.says("Your account is secured"));
    for visitor in [&mut budi, &mut thief] {
        assert_eq!(visitor.get("/dashboard").await.status, 303);
    }
    let refused = thief.sign_in_with("budi", PASSWORD).await;
    assert!(refused.says("Those sign-in details do not match"));

    let mut again = Visitor::new(&bench);
    again.get(&link).await;
    assert!(again.get("/not-me").await.says("Your account was secured"));
    assert!(link_to(&bench, "/reset-password").await.contains('?'), "and there is a way back in");
}

async fn l05_only_our_own_page_secures_an_account(db: TestStore) {
    let bench = Bench::new(db);
    let (mut budi, _, link) = alarmed(&bench).await;
    let mut reader = Visitor::new(&bench);
    reader.get(&link).await;
    for fields in [&[][..], &[("csrf", "nonsense")]] {
        let answer = reader.post("/not-me", fields).await;
        assert_eq!((answer.status.as_u16(), answer.leads_to()), (303, "/not-me"));
    }
    assert_eq!(reader.send(Method::HEAD, "/not-me", None, Body::empty()).await.status, 200);
    assert_eq!(budi.get("/dashboard").await.status, 200);
    // Budi's own browser has a session; without its token that does not count either.
    budi.post("/not-me", &[]).await;
    assert_eq!(budi.get("/dashboard").await.status, 200);
}

async fn s3_another_site_cannot_press_the_button(db: TestStore) {
    let bench = Bench::new(db);
    let (mut budi, _, link) = alarmed(&bench).await;
    let mut reader = Visitor::new(&bench);
    reader.get(&link).await;
    let page = reader.get("/not-me").await;
    reader.headers.push(("sec-fetch-site", "cross-site".to_owned()));
    assert_eq!(reader.fill_in(&page, "/not-me", &[]).await.status, 403);
    assert_eq!(budi.get("/dashboard").await.status, 200);
}

async fn a_link_that_is_none_of_ours_says_what_still_helps(db: TestStore) {
    let bench = Bench::new(db);
    let nobodys = payung_domain::token::Token::of(&[7; 32]);
    for token in [nobodys.expose(), "nonsense", "%3Cscript%3E"] {
        let mut reader = Visitor::new(&bench);
        let way = reader.get(&format!("/not-me?token={token}")).await;
        let page = reader.get(way.leads_to()).await;
        assert!(page.says("This link has run out") && page.says("/forgot-password"), "{token}");
        assert!(!page.says("id=\"main-form\""));
    }
    let page = Visitor::new(&bench).get("/not-me").await;
    assert!(page.says("Choose a way to secure it") && page.says("/sign-in?next=%2Fnot-me"));
}

async fn r1_the_link_of_a_letter_follows_no_header(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    signed_in(&bench, "budi").await;
    let mut thief = Visitor::new(&bench);
    for name in ["host", "x-forwarded-host", "forwarded", "x-forwarded-proto", "x-original-url"] {
        thief.headers.push((name, "evil.example".to_owned()));
    }
    thief.headers.push(("origin", "https://payung.example".to_owned()));
    thief.sign_in(&bench, "budi").await;
    bench.clock.advance(Duration::from_mins(5));
    deliver(&bench).await;
    let sent = demo::outbox(&bench.app).await.unwrap();
    assert!(sent.iter().any(|message| message.kind == "new-device"));
    for message in sent {
        assert!(!message.text.contains("evil"), "{}", message.text);
        let is_ours = |link: &String| link.starts_with("https://payung.example/");
        assert!(message.link.as_ref().is_none_or(is_ours));
    }
}

async fn a_member_secures_the_account_from_the_activity_list(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = signed_in(&bench, "budi").await;
    let list = budi.get("/activity").await;
    let line = list.after("href=\"/not-me?line=").expect("a line can be questioned");
    let page = budi.get(&format!("/not-me?line={line}")).await;
    assert!(page.says("This happened on your account") && page.says("Secure my account"));
    let done = budi.fill_in(&page, "/not-me", &[]).await;
    assert_eq!(done.leads_to(), "/not-me?done=yes");
    assert_eq!(budi.get("/dashboard").await.status, 303);
    let again = budi.sign_in_with("budi", PASSWORD).await;
    assert!(again.says("Those sign-in details do not match"));
}

async fn s5_a_line_of_another_member_is_not_shown(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    people::siti(&bench.app).await;
    let mut budi = signed_in(&bench, "budi").await;
    let line = budi.get("/activity").await.after("href=\"/not-me?line=").unwrap();
    let mut siti = siti_signed_in(&bench).await;
    for mark in [&*line, "1.nonsense", "", "99999999999999999999.1"] {
        let page = siti.get(&format!("/not-me?line={mark}")).await;
        assert!(!page.says("This happened on your account"), "{mark}");
    }
}

async fn siti_signed_in(bench: &Bench) -> Visitor {
    let mut siti = Visitor::new(bench);
    siti.sign_in_with("siti", PASSWORD).await;
    let page = siti.get("/sign-in/method").await;
    siti.fill_in(&page, "/sign-in/method", &[("method", "email")]).await;
    let page = siti.get("/sign-in/code").await;
    let code = payung_testkit::visitor::newest_code(bench).await;
    let done = siti.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(done.leads_to(), "/dashboard");
    bench.clock.advance(Duration::from_mins(1));
    siti
}

async fn devices_are_listed_and_signed_out(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut others = Vec::new();
    for _ in 0..3 {
        others.push(signed_in(&bench, "budi").await);
    }
    let mut budi = others.remove(0);
    let page = budi.get("/security/devices").await;
    assert_eq!(page.html.matches("name=\"device\"").count(), 2);
    assert_eq!(page.html.matches("This device").count(), 1);
    let handle = page.after("name=\"device\" value=\"").unwrap();
    let fields = [("device", &*handle)];
    let answer = budi.fill_in(&page, "/security/devices", &fields).await;
    assert_eq!(answer.leads_to(), "/security/devices?ended=1");
    assert!(budi.get("/security/devices?ended=1").await.says("1 device was signed out"));
    let again = budi.fill_in(&page, "/security/devices", &fields).await;
    assert_eq!(again.leads_to(), "/security/devices?ended=0");
    let rest = budi.fill_in(&page, "/security/devices", &[]).await;
    assert_eq!(rest.leads_to(), "/security/devices?ended=1");
    for other in &mut others {
        assert_eq!(other.get("/dashboard").await.status, 303);
    }
    let alone = budi.get("/security/devices").await;
    assert!(!alone.says("Sign out all other devices") && alone.says("This device"));
}

async fn h08_a_place_stands_beside_a_device_where_the_operator_vouches_for_it(db: TestStore) {
    let mut bench = Bench::new(db);
    let places = Places::read("203.0.113.0/24,Jawa Barat").unwrap();
    Arc::get_mut(&mut bench.app).unwrap().places = places;
    people::budi(&bench.app).await;
    let mut budi = signed_in(&bench, "budi").await;
    for page in ["/security/devices", "/activity"] {
        assert!(budi.get(page).await.says("· Jawa Barat"), "{page}");
    }
}

async fn h08_signing_out_devices_asks_for_a_proof(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = signed_in(&bench, "budi").await;
    let mut other = signed_in(&bench, "budi").await;
    bench.clock.advance(Duration::from_mins(9));
    let page = budi.get("/security/devices").await;
    let answer = budi.fill_in(&page, "/security/devices", &[]).await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.leads_to(), "/confirm?next=%2Fsecurity%2Fdevices&need=any");
    assert_eq!(other.get("/dashboard").await.status, 200);
}

async fn s5_another_members_device_stays(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    people::siti(&bench.app).await;
    let mut budi = signed_in(&bench, "budi").await;
    signed_in(&bench, "budi").await;
    let handle = budi.get("/security/devices").await.after("name=\"device\" value=\"").unwrap();
    let mut siti = siti_signed_in(&bench).await;
    let page = siti.get("/security/devices").await;
    for device in [&*handle, "nonsense", &"A".repeat(43)] {
        let answer = siti.fill_in(&page, "/security/devices", &[("device", device)]).await;
        assert_eq!(answer.leads_to(), "/security/devices?ended=0");
    }
    let list = budi.get("/security/devices").await;
    assert_eq!(list.html.matches("name=\"device\"").count(), 1);
}

async fn activity_is_shown_filtered_and_paged(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = signed_in(&bench, "budi").await;
    for _ in 0..30 {
        let page = budi.get("/activity").await;
        budi.fill_in(&page, "/activity.csv", &[]).await;
        bench.clock.advance(Duration::from_secs(1));
    }
    let first = budi.get("/activity").await;
    let rows = |page: &Page| page.html.matches("<th scope=\"row\"").count();
    assert_eq!(rows(&first), 25);
    let older = first.after("<a href=\"/activity?before=").unwrap();
    let second = budi.get(&format!("/activity?before={older}")).await;
    assert!(rows(&second) >= 7 && second.says("Back to the newest"));
    assert!(second.says("Signed in") && second.says("Code sent"));
    let chosen = budi.get("/activity?kind=sign-in&month=202608").await;
    assert!(chosen.says("Signed in") && !chosen.says("Activity downloaded</th>"));
    assert!(chosen.says("<option value=\"sign-in\" selected>"));
    assert!(chosen.says("<option value=\"202608\" selected>August 2026<"));
    assert!(budi.get("/activity?month=202607").await.says("Nothing in this choice"));
}

async fn l15_activity_can_be_taken_along(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = signed_in(&bench, "budi").await;
    let page = budi.get("/activity").await;
    let file = budi.fill_in(&page, "/activity.csv", &[("kind", "sign-in"), ("month", "")]).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let name = "attachment; filename=\"payung-activity-2026-08-17.csv\"";
    assert_eq!(file.header("content-disposition"), name);
    let expected = "\u{feff}When,Time zone,What happened,Device\r\n\
                    2026-08-17 19:00:00,WIB,Signed in,Another device\r\n";
    assert_eq!(file.html, expected);
    let page = budi.get("/activity?lang=id").await;
    let file = budi.fill_in(&page, "/activity.csv", &[]).await;
    assert!(file.says("Waktu;Zona waktu;Kejadian;Perangkat\r\n"));
    let bare = budi.post("/activity.csv", &[]).await;
    assert_eq!((bare.status.as_u16(), bare.leads_to()), (303, "/activity"));
}

async fn strange_filters_and_marks_show_everything(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = signed_in(&bench, "budi").await;
    for query in [
        "kind=%25",
        "kind=drop+table",
        "month=0",
        "month=202613",
        "month=99999999999999",
        "month=-1",
        "before=1",
        "before=9223372036854775807.ffffffffffffffffffffffffffffffff",
        "before=-9223372036854775808.x",
    ] {
        let page = budi.get(&format!("/activity?{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        assert!(page.says("Signed in"), "{query}");
        assert_eq!(budi.get(&format!("/inbox?{query}")).await.status, 200, "{query}");
    }
}

async fn the_inbox_shows_what_was_sent_and_no_code(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = signed_in(&bench, "budi").await;
    let code = demo::outbox(&bench.app).await.unwrap()[0].code.clone().unwrap();
    let page = budi.get("/inbox").await;
    assert!(page.says("Kode masuk Payung") && page.says("lang=\"id\"") && page.says("PYG-"));
    assert!(page.says("b••••@p••••.example") && !page.says("budi@") && !page.says(&code));
}

async fn anybody_asks_whether_a_message_is_ours(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.checks_per_address = 5);
    people::budi(&bench.app).await;
    signed_in(&bench, "budi").await;
    let text = demo::outbox(&bench.app).await.unwrap()[0].text.clone();
    let reference = &text[text.find("PYG-").unwrap()..][..13];
    let mut asker = Visitor::new(&bench);
    assert!(asker.get("/check").await.says("Is this message from us?"));
    let ours = asker.get(&format!("/check?reference={}", reference.to_lowercase())).await;
    assert!(ours.says("Yes, Payung sent this message") && ours.says("A code. By email"));
    assert!(!ours.says("budi") && !ours.says("b••••"), "never to whom");
    let unknown = asker.get("/check?reference=PYG-0000-0000").await;
    assert!(unknown.says("We know of no message with this code"));
    let strange = asker.get("/check?reference=%3Cscript%3E").await;
    assert_eq!(strange.status, 422);
    assert!(strange.says("error-summary") && !strange.says("<script>\""));
    for _ in 0..3 {
        asker.get("/check?reference=PYG-0000-0000").await;
    }
    let too_many = asker.get("/check?reference=PYG-0000-0000").await;
    assert_eq!(too_many.status, 429);
    assert!(!too_many.header("retry-after").is_empty());
}

async fn l4_a_stranger_who_misses_shuts_out_nobody_who_is_in(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = signed_in(&bench, "budi").await;
    let mut stranger = Visitor::new(&bench);
    for _ in 0..10 {
        stranger.sign_in_with("budi", "salah sekali").await;
        bench.clock.advance(Duration::from_mins(8));
        assert_eq!(budi.get("/dashboard").await.status, 200, "live sessions stay");
    }
    deliver(&bench).await;
    let sent = demo::outbox(&bench.app).await.unwrap();
    let told: Vec<_> = sent.iter().filter(|m| m.kind == "password-paused").collect();
    assert_eq!(told.len(), 1, "the owner hears of it once");
    assert!(told[0].text.contains("/forgot-password"), "and of the ways that stay open");
    assert!(budi.get("/activity").await.says("Password sign-in paused"));
    let mut owner = Visitor::new(&bench);
    assert_eq!(owner.get("/forgot-password").await.status, 200);
}

async fn l1_misses_on_one_name_are_counted_across_browsers_and_tabs(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut last = None;
    for number in 0..5_u8 {
        let mut stranger = Visitor::new(&bench);
        stranger.address = std::net::SocketAddr::from(([198, 51, 100, number], 40_000));
        last = Some(stranger.sign_in_with("budi", "salah sekali").await);
    }
    assert_eq!(last.unwrap().status, 429, "the fifth miss waits, whoever made the others");
}

const PAGES: [&str; 4] = ["/security/devices", "/activity", "/inbox", "/not-me"];

async fn l12_none_of_these_pages_may_be_kept(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = signed_in(&bench, "budi").await;
    for path in PAGES {
        let page = budi.get(path).await;
        assert_eq!((page.status.as_u16(), page.header("cache-control")), (200, "no-store"));
    }
}

async fn s7_after_signing_out_none_of_these_pages_opens(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut budi = signed_in(&bench, "budi").await;
    let kept = budi.cookies.clone();
    let page = budi.get("/sign-out").await;
    budi.fill_in(&page, "/sign-out", &[]).await;
    // Even with every cookie the browser had before.
    budi.cookies = kept;
    for path in &PAGES[..3] {
        assert_eq!(budi.get(path).await.status, 303, "{path}");
    }
    assert!(!budi.get("/not-me").await.says("main-form"));
}

async fn the_status_page_is_served_without_a_database(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    assert!(visitor.get("/status").await.says("Everything is working as usual"));
    people::budi(&bench.app).await;
    let mut member = signed_in(&bench, "budi").await;
    announce(&bench).await;
    bench.app.store.close().await;
    let page = visitor.get("/status").await;
    assert_eq!(page.status, 200);
    assert!(page.says("Part of the service is having trouble") && page.says("Closed"));
    assert!(page.says("Closed tonight."), "what the operator said is still said");
    for path in ["/", "/sign-in", "/help", "/check", "/forgot-password"] {
        assert_eq!(visitor.get(path).await.status, 200, "{path} needs no database");
    }
    for path in ["/", "/help", "/check", "/status", "/sign-out"] {
        assert_eq!(member.get(path).await.status, 200, "{path}, for a member too");
    }
    let page = member.get("/dashboard").await;
    assert!(page.status == 503 && page.says("href=\"/status\""), "{}", page.status);
}

async fn announce(bench: &Bench) {
    let now = bench.clock.now();
    let announcement = Announcement {
        id: bench.app.dice.id(),
        indonesian: "Ditutup malam ini.".to_owned(),
        english: "Closed tonight.".to_owned(),
        begins_at: now,
        ends_at: now.plus(Duration::from_hours(1)),
    };
    let reason = "planned work on the database";
    let announced = notices::set_by_operator(&bench.app, &announcement, reason).await.unwrap();
    assert_eq!(announced, Ok(()));
}

async fn an_announcement_is_on_every_page_in_both_languages(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    announce(&bench).await;
    for path in ["/", "/sign-in", "/help", "/status", "/check", "/nowhere"] {
        assert!(visitor.get(path).await.says("Closed tonight."), "{path}");
    }
    assert!(visitor.get("/help?lang=id").await.says("Ditutup malam ini."));
    bench.clock.advance(Duration::from_hours(1));
    assert!(!visitor.get("/").await.says("Ditutup malam ini."));
}
