//! Staged recovery, page by page: four tasks, a reference, the page that says how far it is, the page
//! that stops it, and everything a stranger might try on the way.

use std::time::Duration;

use payung_domain::recoveries::{
    Document, Lost, Officer, Proof, ProofWay, RecoveryReference, Thing,
};
use payung_domain::time::Clock as _;
use payung_flows::delivery::{Post, deliver_due};
use payung_flows::recoveries::desk::Hand;
use payung_flows::recoveries::steps::take_due;
use payung_flows::{demo, recoveries};
use payung_testkit::people::{self, KPJ, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor, newest_code};
use payung_testkit::{Bench, on_each_engine};

on_each_engine!(
    a_member_who_lost_everything_finds_the_way_back,
    a_new_number_gets_a_code_in_place_of_a_link,
    f03_l5_nobodys_details_get_the_same_pages,
    l10_r2_the_tasks_cannot_be_taken_out_of_order,
    r2_a_tab_of_another_browsers_recovery_fills_in_nothing,
    what_was_typed_wrong_is_named_and_kept,
    numbers_are_not_given_back_once_they_are_taken,
    the_owner_stops_it_from_the_letter,
    the_owner_stops_it_from_the_dashboard,
    the_owner_stops_it_with_the_number_in_a_text_message,
    g04_the_links_leave_the_address_and_opening_them_changes_nothing,
    r1_no_header_moves_the_links_to_another_host,
    l1_a_wrong_pair_gets_one_answer_and_is_counted,
    r3_a_spent_link_says_so,
    a_browser_without_cookies_is_told_so,
    j06_what_was_lost_is_removed_with_one_recovery_code,
    every_door_knows_the_way,
);

const NEW: &str = "kuda tangga hujan sore";
async fn siti(bench: &Bench) {
    let siti = people::siti(&bench.app).await;
    people::put_on_record(&bench.app, &siti).await;
}

const BORN: [(&str, &str); 3] = [("birth_day", "14"), ("birth_month", "7"), ("birth_year", "1990")];

async fn give(visitor: &mut Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    let page = visitor.get(path).await;
    visitor.fill_in(&page, path, fields).await
}

/// Does the tasks before the contact.
async fn begin(visitor: &mut Visitor, kpj: &str) {
    assert_eq!(give(visitor, "/recover", &[]).await.leads_to(), "/recover/tasks");
    let fields: Vec<(&str, &str)> = [("kpj", kpj)].into_iter().chain(BORN).collect();
    assert_eq!(give(visitor, "/recover/who", &fields).await.leads_to(), "/recover/tasks");
    let lost = [("lost_phone", "yes"), ("lost_email", "yes"), ("lost_app", "yes")];
    assert_eq!(give(visitor, "/recover/lost", &lost).await.leads_to(), "/recover/tasks");
    let way = [("proof", "branch")];
    assert_eq!(give(visitor, "/recover/proof", &way).await.leads_to(), "/recover/tasks");
}

/// Does all of them and sends it in; answers with the reference.
pub(crate) async fn ask(
    bench: &Bench,
    visitor: &mut Visitor,
    kpj: &str,
    contact: (&str, &str),
) -> String {
    begin(visitor, kpj).await;
    assert_eq!(give(visitor, "/recover/contact", &[contact]).await.leads_to(), "/recover/code");
    let code = newest_code(bench).await;
    let confirmed = give(visitor, "/recover/code", &[("code", &code)]).await;
    assert_eq!(confirmed.leads_to(), "/recover/tasks");
    assert_eq!(give(visitor, "/recover/tasks", &[]).await.leads_to(), "/recover/received");
    let received = visitor.get("/recover/received").await;
    let shown = received.after("data-name=\"recovery-reference\">").unwrap();
    take_due(&bench.app).await.unwrap();
    shown.split('<').next().unwrap().to_owned()
}

pub(crate) async fn prove(bench: &Bench, reference: &str) {
    let reference = RecoveryReference::parse(reference).unwrap();
    let lost = Lost::of([Thing::Phone, Thing::Email]);
    let proof = Proof { way: ProofWay::Branch, document: Document::Ktp, lost };
    for name in ["lestari", "bayu"] {
        let officer = Officer::parse(name).unwrap();
        let hand = Hand { officer: &officer, reason: "KTP asli dilihat di loket" };
        recoveries::record_proof(&bench.app, &hand, &reference, proof).await.unwrap();
    }
}

pub(crate) async fn wait(bench: &Bench, hours: u64) {
    bench.clock.advance(Duration::from_hours(hours));
    while take_due(&bench.app).await.unwrap() > 0 {}
}

/// The newest link of this kind in the demonstration's outbox, as a browser asks for it.
pub(crate) async fn link(bench: &Bench, kind: &str) -> String {
    while deliver_due(&bench.app, &Post::Caught).await.unwrap() > 0 {}
    let caught = demo::outbox(&bench.app).await.unwrap();
    let letter = caught.into_iter().find(|message| message.kind == kind && message.link.is_some());
    let link = letter.and_then(|message| message.link).expect("a link was sent");
    link.strip_prefix("https://payung.example").expect("the configured host").to_owned()
}

async fn status(visitor: &mut Visitor, reference: &str, contact: &str) -> Page {
    let page = visitor.get("/recover/status?other=yes").await;
    let fields = [("reference", reference), ("contact", contact)];
    visitor.fill_in(&page, "/recover/status", &fields).await
}

async fn a_member_who_lost_everything_finds_the_way_back(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let mut visitor = Visitor::new(&bench);
    let start = visitor.get("/recover").await;
    assert!(start.says("href=\"/sign-in\"") && start.says("href=\"/forgot-password\""));
    let reference = ask(&bench, &mut visitor, KPJ, ("email", "baru@peserta.example")).await;
    let received = visitor.get("/recover/received").await;
    assert!(received.says("We have received your request") && received.says("Come to a branch"));
    assert!(received.says("b••••@p••••.example"), "the contact is masked");
    let seen = status(&mut visitor, &reference.to_lowercase(), "BARU@peserta.example ").await;
    assert_eq!((seen.status.as_u16(), seen.leads_to()), (303, "/recover/status"));
    assert!(visitor.get("/recover/status").await.says("waiting for 72 hours to pass"));
    prove(&bench, &reference).await;
    assert!(visitor.get("/recover/status").await.says("Your proof is checked"));
    wait(&bench, 72).await;
    assert!(visitor.get("/recover/status").await.says("you can make a new password"));

    let moved = visitor.get(&link(&bench, "recovery-link").await).await;
    assert_eq!((moved.status.as_u16(), moved.leads_to()), (303, "/recover/password"));
    let page = visitor.get("/recover/password").await;
    assert!(page.says("autocomplete=\"new-password\"") && page.says("Your second step is still"));
    assert!(!page.says("Removed because it is lost"), "officers confirmed neither app nor codes");
    let done = visitor.fill_in(&page, "/recover/password", &[("new_password", NEW)]).await;
    assert_eq!((done.status.as_u16(), done.leads_to()), (303, "/sign-in?reason=password-changed"));
    assert!(visitor.cookies.keys().all(|name| !name.contains("recovery")), "{:?}", visitor.cookies);
    assert_eq!(visitor.sign_in_with("siti", PASSWORD).await.status, 422);
    let next = visitor.sign_in_with("baru@peserta.example", NEW).await;
    assert_eq!(next.leads_to(), "/sign-in/code", "the second step is still asked for");
    let page = visitor.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    let in_ = visitor.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(in_.leads_to(), "/dashboard");
    assert!(visitor.get("/activity").await.says("Account recovery done"));
}

async fn a_new_number_gets_a_code_in_place_of_a_link(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let mut visitor = Visitor::new(&bench);
    let reference = ask(&bench, &mut visitor, KPJ, ("phone", "0800 0000 0077")).await;
    prove(&bench, &reference).await;
    status(&mut visitor, &reference, "+62 800 0000 0077").await;
    let early = give(&mut visitor, "/recover/status", &[]).await;
    assert_eq!(early.status, 422, "there is nothing to send yet");
    assert_eq!(visitor.get("/recover/status/code").await.leads_to(), "/recover/status");
    wait(&bench, 72).await;
    let page = visitor.get("/recover/status").await;
    let sent = visitor.fill_in(&page, "/recover/status/send", &[]).await;
    assert_eq!(sent.leads_to(), "/recover/status/code?sent=again");
    let page = visitor.get("/recover/status/code").await;
    assert!(page.says("number ending in 77"));
    let code = newest_code(&bench).await;
    let again = visitor.fill_in(&page, "/recover/status/send", &[]).await;
    assert!(again.status == 422 && again.says("before asking for another code"));
    for (typed, words) in [("", "Enter the 6-digit code"), ("12", "Some digits are missing")] {
        let wrong = visitor.fill_in(&page, "/recover/status/code", &[("code", typed)]).await;
        assert!(wrong.status == 422 && wrong.says(words), "{typed}");
    }
    let right = visitor.fill_in(&page, "/recover/status/code", &[("code", &code)]).await;
    assert_eq!(right.leads_to(), "/recover/password");
    let page = visitor.get("/recover/password").await;
    let done = visitor.fill_in(&page, "/recover/password", &[("new_password", NEW)]).await;
    assert_eq!(done.leads_to(), "/sign-in?reason=password-changed");
}

/// A page without what differs by chance.
fn plain(page: &Page, reference: &str) -> String {
    let mut text = page.html.replace(reference, "REFERENCE");
    for mark in ["name=\"csrf\" value=\"", "nonce=\""] {
        let parts: Vec<&str> = text.split(mark).collect();
        let rest = parts[1..].iter().map(|part| part.split_once('"').map_or("", |(_, rest)| rest));
        text = std::iter::once(parts[0]).chain(rest).collect::<Vec<_>>().join(mark);
    }
    text
}

async fn f03_l5_nobodys_details_get_the_same_pages(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let (mut one, mut other) = (Visitor::new(&bench), Visitor::new(&bench));
    let mut references = Vec::new();
    for (visitor, kpj) in [(&mut one, KPJ), (&mut other, "99999999999")] {
        // The same new contact, so that nothing but the account differs.
        let reference = ask(&bench, visitor, kpj, ("email", "baru@peserta.example")).await;
        status(visitor, &reference, "baru@peserta.example").await;
        references.push(reference);
    }
    for hours in [0, 24, 48, 48] {
        wait(&bench, hours).await;
        for path in ["/recover/received", "/recover/status"] {
            let pages = [one.get(path).await, other.get(path).await];
            assert_eq!(pages[0].status, pages[1].status, "{path}");
            let names = pages.each_ref().map(|page| {
                page.headers.keys().map(|name| name.as_str().to_owned()).collect::<Vec<_>>()
            });
            assert_eq!(names[0], names[1], "{path}");
            let html = [plain(&pages[0], &references[0]), plain(&pages[1], &references[1])];
            assert_eq!(html[0], html[1], "{path} after {hours} hours");
        }
        if hours > 0 {
            // What was filled in is kept for a day, and what was asked about for less.
            status(&mut one, &references[0], "baru@peserta.example").await;
            status(&mut other, &references[1], "baru@peserta.example").await;
        }
    }
}

async fn l10_r2_the_tasks_cannot_be_taken_out_of_order(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let mut stranger = Visitor::new(&bench);
    for path in ["/recover/tasks", "/recover/who", "/recover/lost", "/recover/contact"] {
        assert_eq!(stranger.get(path).await.leads_to(), "/recover?reason=old", "{path}");
        let sent = stranger.post(path, &[("csrf", "x")]).await;
        assert_eq!(sent.leads_to(), "/recover?reason=old", "{path}");
    }
    assert!(stranger.get("/recover?reason=old").await.says("no longer kept"));
    assert_eq!(stranger.get("/recover/received").await.leads_to(), "/recover");
    let mut visitor = Visitor::new(&bench);
    give(&mut visitor, "/recover", &[]).await;
    assert_eq!(visitor.get("/recover/code").await.leads_to(), "/recover/tasks", "no contact yet");
    let early = give(&mut visitor, "/recover/tasks", &[]).await;
    assert!(early.status == 422 && early.says("Finish all four parts first"));
    assert_eq!(visitor.get("/recover/received").await.leads_to(), "/recover/tasks");
    let over = visitor.get("/recover/password").await;
    assert!(over.status == 410 && over.says("This link has run out"));
}

async fn r2_a_tab_of_another_browsers_recovery_fills_in_nothing(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let (mut one, mut other) = (Visitor::new(&bench), Visitor::new(&bench));
    give(&mut one, "/recover", &[]).await;
    give(&mut other, "/recover", &[]).await;
    let page = one.get("/recover/proof").await;
    let stale = other.fill_in(&page, "/recover/proof", &[("proof", "branch")]).await;
    assert!(stale.status == 422 && stale.says("open too long"));
    // The same browser that began anew: a tab of the earlier one changes nothing of the later one.
    give(&mut one, "/recover", &[]).await;
    let stale = one.fill_in(&page, "/recover/proof", &[("proof", "video")]).await;
    assert_eq!(stale.status, 422);
    assert_eq!(one.get("/recover/tasks").await.html.matches("Not filled in").count(), 4);
}

async fn what_was_typed_wrong_is_named_and_kept(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    give(&mut visitor, "/recover", &[]).await;
    for (fields, words) in [
        (vec![("kpj", ""), ("nik", "")], "Enter your membership number (KPJ) or your NIK"),
        (vec![("kpj", "123")], "must be 11 characters. You entered 3"),
        (vec![("kpj", "1234567890!")], "has digits and letters only"),
        (vec![("nik", "12345")], "NIK must be 16 digits. You entered 5"),
        (vec![("nik", "123456789012345x")], "NIK has digits only"),
        (vec![("kpj", KPJ), ("birth_day", "14"), ("birth_year", "1990")], "must include a month"),
        (
            vec![("kpj", KPJ), ("birth_day", "31"), ("birth_month", "2"), ("birth_year", "1990")],
            "must be a real date in the past",
        ),
    ] {
        let page = give(&mut visitor, "/recover/who", &fields).await;
        assert!(page.status == 422 && page.says(words), "{words} in {}", page.html);
        assert!(page.says("error-summary"), "{words}");
    }
    let kept = give(&mut visitor, "/recover/who", &[("kpj", "9000"), ("birth_year", "1990")]).await;
    assert!(kept.says("value=\"9000\"") && kept.says("value=\"1990\""));
    let nothing = give(&mut visitor, "/recover/lost", &[]).await;
    assert!(nothing.status == 422 && nothing.says("Tick at least one"));
    let nothing = give(&mut visitor, "/recover/proof", &[("proof", "by-name")]).await;
    assert!(nothing.status == 422 && nothing.says("Choose how to prove who you are"));
    for (fields, words) in [
        (vec![], "Enter a mobile number or email that you can open now"),
        (vec![("phone", "0800 0000 0077"), ("email", "a@b.example")], "one of them only"),
        (vec![("phone", "021 5551234")], "must be 10 to 13 digits"),
        (vec![("email", "baru@")], "Enter a full email address"),
    ] {
        let page = give(&mut visitor, "/recover/contact", &fields).await;
        assert!(page.status == 422 && page.says(words), "{words}");
    }
}

async fn numbers_are_not_given_back_once_they_are_taken(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    give(&mut visitor, "/recover", &[]).await;
    let nik = "0001015407900003";
    let fields: Vec<(&str, &str)> = [("nik", nik), ("kpj", KPJ)].into_iter().chain(BORN).collect();
    assert_eq!(give(&mut visitor, "/recover/who", &fields).await.leads_to(), "/recover/tasks");
    let again = visitor.get("/recover/who").await;
    assert!(!again.says(nik) && !again.says(KPJ) && !again.says("1990\""));
}

async fn the_owner_stops_it_from_the_letter(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let mut thief = Visitor::new(&bench);
    let reference = ask(&bench, &mut thief, KPJ, ("email", "baru@peserta.example")).await;
    let mut owner = Visitor::new(&bench);
    let moved = owner.get(&link(&bench, "recovery-warning").await).await;
    assert_eq!((moved.status.as_u16(), moved.leads_to()), (303, "/recover/stop"));
    let page = owner.get("/recover/stop").await;
    assert!(page.says(&reference) && page.says("b••••@p••••.example"));
    let done = owner.fill_in(&page, "/recover/stop", &[("by", "link")]).await;
    assert_eq!(done.leads_to(), "/recover/stop?done=yes");
    assert!(owner.get("/recover/stop?done=yes").await.says("The recovery is stopped"));
    status(&mut thief, &reference, "baru@peserta.example").await;
    assert!(thief.get("/recover/status").await.says("stopped this recovery. Nothing has changed"));
    owner.get(&link(&bench, "recovery-warning").await).await;
    let again = owner.get("/recover/stop").await;
    assert!(again.says("was stopped before") && !again.says("name=\"by\""));
}

async fn the_owner_stops_it_from_the_dashboard(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let mut owner = Visitor::new(&bench);
    owner.sign_in_with("siti", PASSWORD).await;
    let page = owner.get("/sign-in/method").await;
    owner.fill_in(&page, "/sign-in/method", &[("method", "sms")]).await;
    let page = owner.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    owner.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert!(!owner.get("/dashboard").await.says("recover your account"));
    // Later than her own code, so that the outbox can tell which is the newest.
    bench.clock.advance(Duration::from_mins(1));
    let mut thief = Visitor::new(&bench);
    let reference = ask(&bench, &mut thief, KPJ, ("email", "baru@peserta.example")).await;
    for path in ["/dashboard", "/inbox"] {
        let page = owner.get(path).await;
        assert!(page.says("Somebody asked to recover your account"), "{path}");
        assert!(page.says("href=\"/recover/stop\""), "{path}");
    }
    assert!(owner.get("/inbox").await.says("Ada yang meminta memulihkan akun Anda"));
    let page = owner.get("/recover/stop").await;
    assert!(page.says(&reference));
    let done = owner.fill_in(&page, "/recover/stop", &[("by", "session")]).await;
    assert_eq!(done.leads_to(), "/recover/stop?done=yes");
    assert!(!owner.get("/dashboard").await.says("recover your account"));
    let nothing = owner.fill_in(&page, "/recover/stop", &[("by", "session")]).await;
    assert_eq!(nothing.leads_to(), "/recover/stop");
    let mut stranger = Visitor::new(&bench);
    let form = stranger.get("/recover/stop").await;
    let refused = stranger.fill_in(&form, "/recover/stop", &[("by", "session")]).await;
    assert_eq!(refused.leads_to(), "/recover/stop", "nobody is signed in");
}

async fn the_owner_stops_it_with_the_number_in_a_text_message(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let mut thief = Visitor::new(&bench);
    let reference = ask(&bench, &mut thief, KPJ, ("email", "baru@peserta.example")).await;
    let mut owner = Visitor::new(&bench);
    assert!(owner.get("/help").await.says("href=\"/recover/stop\""));
    let other = {
        let dice = &*bench.app.dice;
        RecoveryReference::new(dice).to_string()
    };
    for (typed, words) in [
        ("", "Enter the recovery number"),
        ("PLH-0000-0001", "That recovery number does not match"),
        (&*other, "There is no recovery with this number"),
    ] {
        let fields = [("by", "reference"), ("reference", typed)];
        let page = give(&mut owner, "/recover/stop", &fields).await;
        assert!(page.status == 422 && page.says(words), "{typed}");
    }
    let fields = [("by", "reference"), ("reference", &*reference.to_lowercase())];
    let done = give(&mut owner, "/recover/stop", &fields).await;
    assert_eq!(done.leads_to(), "/recover/stop?done=yes");
    let again = give(&mut owner, "/recover/stop", &fields).await;
    assert!(again.status == 200 && again.says("was stopped before"));
}

async fn g04_the_links_leave_the_address_and_opening_them_changes_nothing(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let mut visitor = Visitor::new(&bench);
    let reference = ask(&bench, &mut visitor, KPJ, ("email", "baru@peserta.example")).await;
    let stop = link(&bench, "recovery-warning").await;
    prove(&bench, &reference).await;
    wait(&bench, 72).await;
    let finish = link(&bench, "recovery-link").await;
    for path in [&stop, &finish] {
        let token = path.split_once("token=").unwrap().1;
        // As programs that read mail do: without a cookie, again and again.
        for _ in 0..3 {
            let mut robot = Visitor::new(&bench);
            let moved = robot.get(path).await;
            assert!(!moved.leads_to().contains(token));
            let page = robot.get(moved.leads_to()).await;
            assert!(page.status == 200 && !page.says(token), "{path}");
        }
    }
    let mut robot = Visitor::new(&bench);
    assert_eq!(robot.get("/recover/stop?token=x").await.leads_to(), "/recover/stop?link=expired");
    assert_eq!(robot.get("/recover/stop?link=expired").await.status, 410);
    status(&mut visitor, &reference, "baru@peserta.example").await;
    assert!(visitor.get("/recover/status").await.says("you can make a new password"));
}

async fn r1_no_header_moves_the_links_to_another_host(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let mut visitor = Visitor::new(&bench);
    for (name, value) in [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("forwarded", "host=evil.example"),
        ("x-forwarded-proto", "http"),
    ] {
        visitor.headers.push((name, value.to_owned()));
    }
    let reference = ask(&bench, &mut visitor, KPJ, ("email", "baru@peserta.example")).await;
    prove(&bench, &reference).await;
    wait(&bench, 72).await;
    // Each of them is taken off the configured host inside.
    link(&bench, "recovery-warning").await;
    link(&bench, "recovery-link").await;
    let caught = demo::outbox(&bench.app).await.unwrap();
    assert!(caught.iter().all(|message| !message.text.contains("evil.example")));
}

async fn l1_a_wrong_pair_gets_one_answer_and_is_counted(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let mut visitor = Visitor::new(&bench);
    let reference = ask(&bench, &mut visitor, KPJ, ("email", "baru@peserta.example")).await;
    let other = RecoveryReference::new(&*bench.app.dice).to_string();
    let mut stranger = Visitor::new(&bench);
    let mut answers = Vec::new();
    for (typed, contact) in [
        (&*reference, "asing@peserta.example"),
        (&*other, "baru@peserta.example"),
        ("PLH-0000-0001", "baru@peserta.example"),
        (&*reference, "not a contact"),
    ] {
        let page = status(&mut stranger, typed, contact).await;
        assert_eq!(page.status, 422);
        assert!(page.says("There is no recovery with this number and this contact"));
        answers.push(plain(&page, typed).replace(contact, "CONTACT"));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "the same words whatever is wrong");
    for _ in 0..8 {
        status(&mut stranger, &reference, "asing@peserta.example").await;
    }
    let paused = status(&mut stranger, &reference, "baru@peserta.example").await;
    assert!(paused.status == 429 && paused.says("Too many did not match"), "{}", paused.html);
}

async fn r3_a_spent_link_says_so(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let mut visitor = Visitor::new(&bench);
    let reference = ask(&bench, &mut visitor, KPJ, ("email", "baru@peserta.example")).await;
    prove(&bench, &reference).await;
    wait(&bench, 72).await;
    let finish = link(&bench, "recovery-link").await;
    visitor.get(&finish).await;
    let page = visitor.get("/recover/password").await;
    for (typed, words) in [("", "Enter your password"), ("pendek", "12 characters or more")] {
        let refused = visitor.fill_in(&page, "/recover/password", &[("new_password", typed)]).await;
        assert!(refused.status == 422 && refused.says(words), "{typed}");
        assert!(!refused.says("pendek"), "a password came back");
    }
    let mut twin = visitor.clone();
    visitor.fill_in(&page, "/recover/password", &[("new_password", NEW)]).await;
    let again = twin.fill_in(&page, "/recover/password", &[("new_password", NEW)]).await;
    assert!(again.status == 200 && again.says("Your password was changed at"));
    let mut late = Visitor::new(&bench);
    late.get(&finish).await;
    assert!(late.get("/recover/password").await.says("Your password was changed at"));
}

async fn a_browser_without_cookies_is_told_so(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    let page = visitor.get("/recover").await;
    visitor.cookies.clear();
    let told = visitor.fill_in(&page, "/recover", &[]).await;
    assert!(told.status == 422 && told.says("does not keep cookies"));
}

/// J-06: the phone with the app is gone, one recovery code is left: in with it, and the app away.
async fn j06_what_was_lost_is_removed_with_one_recovery_code(db: TestStore) {
    let bench = Bench::new(db);
    people::dewi(&bench.app).await;
    let mut dewi = Visitor::new(&bench);
    dewi.sign_in_with("dewi", PASSWORD).await;
    let page = dewi.get("/sign-in/method").await;
    dewi.fill_in(&page, "/sign-in/method", &[("method", "totp")]).await;
    let page = dewi.get("/sign-in/code").await;
    let code = people::dewis_code(bench.clock.now());
    dewi.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    let intro = dewi.get("/security/codes").await;
    let made = dewi.fill_in(&intro, "/security/codes", &[]).await;
    let codes = made.after("name=\"codes\" value=\"").unwrap();
    let codes: Vec<&str> = codes.split_whitespace().collect();

    let security = dewi.get("/security").await;
    assert!(
        security.says("Is something lost or stolen?") && security.says("a recovery code will do")
    );
    bench.clock.advance(Duration::from_mins(11));
    let asked = dewi.get("/security/app/remove").await;
    assert!(asked.leads_to().starts_with("/confirm?next="), "{}", asked.leads_to());
    let page = dewi.get(asked.leads_to()).await;
    let way = [("method", "recovery-code"), ("next", "/security/app/remove")];
    dewi.fill_in(&page, "/confirm", &way).await;
    let page = dewi.get("/sign-in/recovery-code").await;
    let proved = dewi.fill_in(&page, "/sign-in/recovery-code", &[("code", codes[0])]).await;
    assert!(proved.says("href=\"/security/app/remove\""), "the act goes on after it");
    let page = dewi.get("/security/app/remove").await;
    let removed = dewi.fill_in(&page, "/security/app/remove", &[]).await;
    assert_eq!(removed.leads_to(), "/security?done=app-removed");
}

async fn every_door_knows_the_way(db: TestStore) {
    let bench = Bench::new(db);
    let mut visitor = Visitor::new(&bench);
    for path in ["/sign-in", "/forgot-password", "/forgot-password/sent", "/help"] {
        assert!(visitor.get(path).await.says("href=\"/recover\""), "{path}");
    }
    for path in ["/help", "/recover"] {
        let page = visitor.get(path).await;
        for link in ["/recover/stop", "/recover/status", "/forgot-password"] {
            assert!(page.says(&format!("href=\"{link}\"")), "{link} on {path}");
        }
    }
}
