//! Helping a member at the desk, page by page: locked out, made sure of, let in; a number that two
//! officers exchange and the member keeps; and every page of it as every role.

use std::time::Duration;

use axum::http::StatusCode;
use payung_domain::staff::{Right, Role};
use payung_flows::delivery::{Post, deliver_due};
use payung_flows::demo;
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor, newest_code};
use payung_testkit::{Bench, on_each_engine};

use crate::desk::{ASKED, looks_up, officer, opened, siti_on_record};

on_each_engine!(
    p04_a_member_is_let_in_and_cancels_from_the_letter_what_two_officers_began,
    p04_whoever_is_signed_in_cancels_it_without_a_letter,
    p02_every_page_of_helping_as_every_role,
    p02_every_form_of_helping_as_a_member_and_as_nobody,
    p06_a_code_for_a_new_number_is_typed_by_its_holder_and_sent_again_by_the_desk,
    g04_the_link_of_a_letter_leaves_the_address_and_opening_it_changes_nothing,
    p03_what_was_typed_wrong_is_named,
    p06_no_officer_sees_a_link_that_was_sent_to_a_member,
);

const NOBODYS: &str = "/records/00000000000000000000000000000000";

/// The newest link about the desk, as a browser asks for it.
async fn link(bench: &Bench) -> String {
    while deliver_due(&bench.app, &Post::Caught).await.unwrap() > 0 {}
    let caught = demo::outbox(&bench.app).await.unwrap();
    let token = caught.iter().find_map(|message| {
        let (_, rest) = message.text.split_once("https://payung.example/desk-request?token=")?;
        rest.split_whitespace().next()
    });
    format!("/desk-request?token={}", token.expect("a link was sent"))
}

/// Opens the page of a letter; answers it.
async fn opens(visitor: &mut Visitor, link: &str) -> Page {
    assert_eq!(visitor.get(link).await.leads_to(), "/desk-request");
    visitor.get("/desk-request").await
}

/// Presses the one button there is.
async fn presses(visitor: &mut Visitor, page: &Page) -> Page {
    let request = page.after("name=\"request\" value=\"").unwrap_or_default();
    visitor.fill_in(page, "/desk-request", &[("request", &*request)]).await
}

/// Sends the form of a page that is at the form's own address.
async fn sends(visitor: &mut Visitor, path: &str, fields: &[(&str, &str)]) -> Page {
    let page = visitor.get(path).await;
    visitor.fill_in(&page, path, fields).await
}

/// Whoever holds the new number types the code that went to it.
async fn proves_number(bench: &Bench) {
    let code = newest_code(bench).await;
    let mut holder = Visitor::new(bench);
    let fields = [("phone", "0800 0000 0009"), ("code", &*code)];
    let done = sends(&mut holder, NUMBER, &fields).await;
    assert_eq!(done.leads_to(), "/desk-request/number?done=yes", "{}", done.html);
    assert!(holder.get("/desk-request/number?done=yes").await.says("The number is confirmed"));
}

const NUMBER: &str = "/desk-request/number";

const PHONE: [(&str, &str); 4] = [
    ("kind", "replace-phone"),
    ("contact", "0800 0000 0009"),
    ("called", "yes"),
    ("reason", "has a new number, shown with the card"),
];

async fn p04_a_member_is_let_in_and_cancels_from_the_letter_what_two_officers_began(db: TestStore) {
    let bench = opened(db);
    let budi = people::budi(&bench.app).await;
    let claim = people::on_record_with(&bench.app, &budi, 7).await;
    let mut browser = Visitor::new(&bench);
    for _ in 0..5 {
        browser.sign_in_with("budi", "salah sekali ini").await;
    }
    let page = browser.sign_in_with("budi", people::PASSWORD).await;
    assert_ne!(page.leads_to(), "/sign-in/code", "paused");

    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let reason = ("reason", "stands here and cannot sign in");
    let asked = [("why", "visit"), reason, ("kind", "kpj"), ("query", claim.kpj.as_str())];
    let record = looks_up(&mut lestari, &asked).await.leads_to().to_owned();
    let (verify, help) = (format!("{record}/verify"), format!("{record}/help"));
    assert!(lestari.get(&record).await.says(&verify));
    let unlock = [("kind", "unlock"), reason];
    assert_eq!(sends(&mut lestari, &help, &unlock).await.leads_to(), verify, "first who it is");
    let seen = [("method", "ktp"), ("digits", "990007")];
    assert_eq!(sends(&mut lestari, &verify, &seen).await.leads_to(), verify);
    let page = lestari.get(&verify).await;
    assert!(page.says("KTP seen") && page.says("until "), "{}", page.html);
    let done = sends(&mut lestari, &help, &unlock).await;
    assert_eq!(done.leads_to(), format!("{help}?done=unlock"), "{}", done.html);
    browser.sign_in(&bench, "budi").await;
    assert_eq!(browser.get("/dashboard").await.status, StatusCode::OK);

    let place = sends(&mut lestari, &help, &PHONE).await.leads_to().to_owned();
    assert!(place.starts_with("/acts/"), "{place}");
    let own = lestari.get(&place).await;
    assert!(own.says("You asked for this yourself") && !own.says("value=\"approve\""));
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    assert!(bayu.get("/acts").await.says("Replace the mobile number"));
    let page = bayu.get(&place).await;
    assert!(page.says("Laksana Rahayu") && page.says("KTP seen"));
    assert!(!page.says("value=\"approve\"") && page.says("Never let anyone read you the code"));
    let approve = [("act", "approve"), ("reason", "saw the card on the screen")];
    let early = bayu.fill_in(&page, &place, &approve).await;
    assert!(early.says("The new number is not proved yet"), "{}", early.html);
    proves_number(&bench).await;
    let page = bayu.get(&place).await;
    assert!(page.says("value=\"approve\""), "{}", page.html);
    assert!(!page.says("08000000009") && !page.says("0800 0000 0009"), "masked");
    assert_eq!(bayu.fill_in(&page, &place, &approve).await.leads_to(), "/acts");

    let mut anybody = Visitor::new(&bench);
    let page = opens(&mut anybody, &link(&bench).await).await;
    assert!(page.says("Replace the mobile number") && page.says("lestari"), "{}", page.html);
    let done = presses(&mut anybody, &page).await;
    assert_eq!(done.leads_to(), "/desk-request?done=cancelled", "{}", done.html);
    assert!(!bayu.get("/acts").await.says("Replace the mobile number"));
    let activity = browser.get("/activity").await;
    for words in [
        "Staff checked who you are",
        "Staff opened your sign-in again",
        "Staff asked to replace your mobile number",
        "A second officer approved it",
        "What staff asked for ended, nothing has changed",
        "stands here and cannot sign in",
        "By bayu",
    ] {
        assert!(activity.says(words), "{words}: {}", activity.html);
    }
}

async fn p04_whoever_is_signed_in_cancels_it_without_a_letter(db: TestStore) {
    let bench = opened(db);
    let budi = people::budi(&bench.app).await;
    let claim = people::on_record_with(&bench.app, &budi, 7).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let reason = ("reason", "stands here with a new number");
    let asked = [("why", "visit"), reason, ("kind", "kpj"), ("query", claim.kpj.as_str())];
    let record = looks_up(&mut lestari, &asked).await.leads_to().to_owned();
    let (verify, help) = (format!("{record}/verify"), format!("{record}/help"));
    sends(&mut lestari, &verify, &[("method", "ktp"), ("digits", "990007")]).await;
    let own = "/desk-request/own";
    let mut browser = Visitor::new(&bench);
    assert!(browser.get(own).await.leads_to().starts_with("/sign-in"), "a member's own");
    browser.sign_in(&bench, "budi").await;
    let place = sends(&mut lestari, &help, &PHONE).await.leads_to().to_owned();
    assert!(place.starts_with("/acts/"), "{place}");
    let page = browser.get(own).await;
    assert!(page.says("Replace the mobile number"), "{}", page.html);
    let another = browser.fill_in(&page, own, &[("request", "another")]).await;
    assert_eq!(another.leads_to(), own);
    assert!(browser.get(own).await.says("Replace the mobile number"), "not this one");
    let request = page.after("name=\"request\" value=\"").unwrap();
    assert_eq!(browser.fill_in(&page, own, &[("request", &*request)]).await.leads_to(), own);
    assert!(!browser.get(own).await.says("Replace the mobile number"));
    assert!(lestari.get("/acts").await.says("Nothing waits"));
}

async fn p06_a_code_for_a_new_number_is_typed_by_its_holder_and_sent_again_by_the_desk(
    db: TestStore,
) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let record = looks_up(&mut lestari, &ASKED).await.leads_to().to_owned();
    let (verify, help) = (format!("{record}/verify"), format!("{record}/help"));
    sends(&mut lestari, &verify, &[("method", "ktp"), ("digits", "900003")]).await;
    let place = sends(&mut lestari, &help, &PHONE).await.leads_to().to_owned();
    let page = lestari.get(&place).await;
    assert!(page.says("https://payung.example/desk-request/number"), "{}", page.html);
    let early = lestari.fill_in(&page, &place, &[("act", "code")]).await;
    assert!(early.says("Another code can be sent at"), "{}", early.html);
    let first = newest_code(&bench).await;
    assert!(!lestari.get(&place).await.says(&first), "no officer sees it");
    bench.clock.advance(Duration::from_mins(1));
    assert_eq!(lestari.fill_in(&page, &place, &[("act", "code")]).await.leads_to(), place);
    let mut holder = Visitor::new(&bench);
    let wrong = if first == "123456" { "654321" } else { "123456" };
    for (phone, code, words) in [
        ("", &*first, "Enter the whole mobile number"),
        ("0800 0000 0009", "12", "Enter the 6 digits"),
        ("0800 0000 0009", wrong, "Number and code do not match"),
        ("0800 0000 0010", &*first, "Number and code do not match"),
    ] {
        let page = sends(&mut holder, NUMBER, &[("phone", phone), ("code", code)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{phone} {code}");
        assert!(page.says(words), "{phone} {code}: {}", page.html);
    }
    proves_number(&bench).await;
    let used = [("phone", "0800 0000 0009"), ("code", &*first)];
    assert!(sends(&mut holder, NUMBER, &used).await.says("Number and code do not match"));
    let page = lestari.get(&place).await;
    assert!(!page.says("value=\"code\""), "there is nothing left to send");
}

async fn p02_every_page_of_helping_as_every_role(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let mut act = "/acts/00000000000000000000000000000000".to_owned();
    let mut auditor = None;
    for role in Role::ALL {
        let (mut who, _) = officer(&bench, &format!("a-{}", role.name()), role).await;
        let found = looks_up(&mut who, &ASKED).await;
        let record = Some(found.leads_to().to_owned())
            .filter(|place| place.starts_with("/records/"))
            .unwrap_or_else(|| NOBODYS.to_owned());
        let (verify, help) = (format!("{record}/verify"), format!("{record}/help"));
        let is_refused = |page: &Page| page.status == StatusCode::FORBIDDEN;
        // A page of theirs gives the token that every form of this session needs.
        let own = who.get("/sign-out").await;

        let (may_verify, may_help) = (role.may(Right::Verify), role.may(Right::Help));
        assert_eq!(is_refused(&who.get(&verify).await), !may_verify, "{role:?}");
        let seen = [("method", "ktp"), ("digits", "900003")];
        let page = who.fill_in(&own, &verify, &seen).await;
        assert_eq!(is_refused(&page), !may_verify, "{role:?}");
        assert_eq!(is_refused(&who.get(&help).await), !may_help, "{role:?}");
        for kind in ["unlock", "send-reset", "remove-app", "remove-passkeys", "replace-email"] {
            let fields = [("kind", kind), ("contact", "x"), ("reason", "stands here with a card")];
            let page = who.fill_in(&own, &help, &fields).await;
            assert_eq!(is_refused(&page), !may_help, "{role:?} {kind}");
        }
        let page = who.fill_in(&own, &help, &PHONE).await;
        assert_eq!(is_refused(&page), !may_help, "{role:?}");
        if page.leads_to().starts_with("/acts/") {
            assert_eq!(role, Role::Helpdesk, "an account has one open act");
            act = page.leads_to().to_owned();
            proves_number(&bench).await;
        }
        assert_eq!(is_refused(&who.get("/acts").await), !may_verify, "{role:?}");
        assert_eq!(is_refused(&who.get(&act).await), !may_verify, "{role:?}");
        let approve = [("act", "approve"), ("reason", "saw the card too")];
        let page = who.fill_in(&own, &act, &approve).await;
        assert_eq!(is_refused(&page), !role.may(Right::Approve), "{role:?}");
        // The first who may is the verifier; the supervisor comes too late.
        let is_first = page.leads_to() == "/acts";
        assert_eq!(is_first, role == Role::Verifier, "{role:?}: {}", page.html);
        if !may_help {
            let refuse = [("act", "refuse"), ("reason", "is none of theirs")];
            assert!(is_refused(&who.fill_in(&own, &act, &refuse).await), "{role:?}");
        }
        if role == Role::Auditor {
            auditor = Some(who);
        }
    }
    let mut auditor = auditor.unwrap();
    for what in ["verified", "unlocked", "reset-sent", "act-asked", "act-approved", "act-refused"] {
        let page = auditor.get(&format!("/audit?act={what}&outcome=refused")).await;
        assert!(page.says("a-administrator"), "{what} was refused and written down");
    }
}

async fn p02_every_form_of_helping_as_a_member_and_as_nobody(db: TestStore) {
    let bench = opened(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in(&bench, "budi").await;
    let mut nobody = Visitor::at_the_desk(&bench, false);
    let mut member = Visitor::at_the_desk(&bench, false);
    member.cookies = budi.cookies.clone();
    for place in ["verify", "help"].map(|page| format!("{NOBODYS}/{page}")) {
        for visitor in [&mut nobody, &mut member] {
            let page = visitor.post(&place, &PHONE).await;
            assert!(page.leads_to().starts_with("/sign-in"), "{place}: {}", page.html);
        }
    }
    let act = "/acts/00000000000000000000000000000000";
    for visitor in [&mut nobody, &mut member] {
        let page = visitor.post(act, &[("act", "approve"), ("reason", "it is my own")]).await;
        assert!(page.leads_to().starts_with("/sign-in"), "{}", page.html);
    }
    for place in ["/acts", act] {
        assert_eq!(budi.get(place).await.status, StatusCode::NOT_FOUND, "{place}");
    }
}

async fn g04_the_link_of_a_letter_leaves_the_address_and_opening_it_changes_nothing(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let record = looks_up(&mut lestari, &ASKED).await.leads_to().to_owned();
    let verify = format!("{record}/verify");
    assert_eq!(sends(&mut lestari, &verify, &[("method", "inbox")]).await.leads_to(), verify);
    assert!(lestari.get(&verify).await.says("waits for the member"));
    let mut siti = Visitor::new(&bench);
    let link = link(&bench).await;
    let page = opens(&mut siti, &link).await;
    assert!(page.says("Are you in touch") && page.says("lestari"), "{}", page.html);
    let token = link.split_once('=').unwrap().1;
    assert!(!page.says(token), "it left the address and is on no page");
    assert!(lestari.get(&verify).await.says("waits for the member"), "looking changes nothing");
    assert_eq!(presses(&mut siti, &page).await.leads_to(), "/desk-request?done=checked");
    assert!(!lestari.get(&verify).await.says("waits for the member"));
    let mut again = Visitor::new(&bench);
    assert!(opens(&mut again, &link).await.says("This is settled"));
    let gone = opens(&mut again, "/desk-request?token=nonsense").await;
    assert_eq!(gone.status, StatusCode::GONE);
}

async fn p03_what_was_typed_wrong_is_named(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let record = looks_up(&mut lestari, &ASKED).await.leads_to().to_owned();
    let (verify, help) = (format!("{record}/verify"), format!("{record}/help"));
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    for (fields, words) in [
        (&[("method", "")][..], "Choose what you did"),
        (&[("method", "ktp"), ("digits", "0003")], "not the digits on record"),
    ] {
        let page = sends(&mut lestari, &verify, fields).await;
        assert!(page.status == wrong && page.says(words), "{words}: {}", page.html);
    }
    let seen = [("method", "ktp"), ("digits", "900003")];
    assert_eq!(sends(&mut lestari, &verify, &seen).await.leads_to(), verify);
    let why = ("reason", "stands here with a card");
    for (fields, words) in [
        (&[("kind", ""), why][..], "Choose what to do"),
        (&[("kind", "unlock"), ("reason", "short")], "10 characters or more"),
        (&[("kind", "unlock"), why], "Nothing is paused or locked"),
        (&[("kind", "remove-app"), why], "nothing of this kind"),
        (&[("kind", "replace-email"), ("contact", "x"), why], "Write a whole email"),
        (&[("kind", "replace-phone"), ("contact", "0800 0000 0009"), why], "Call the new number"),
    ] {
        let page = sends(&mut lestari, &help, fields).await;
        assert!(page.status == wrong && page.says(words), "{words}: {}", page.html);
    }
}

async fn p06_no_officer_sees_a_link_that_was_sent_to_a_member(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let record = looks_up(&mut lestari, &ASKED).await.leads_to().to_owned();
    let (verify, help) = (format!("{record}/verify"), format!("{record}/help"));
    let why = ("reason", "stands here with a card");
    let mut seen = String::new();
    let mut last = String::new();
    for (place, fields) in [
        (&verify, &[("method", "inbox")][..]),
        (&verify, &[("method", "ktp"), ("digits", "900003")]),
        (&help, &[("kind", "send-reset"), why]),
        (&help, &[("kind", "replace-email"), ("contact", "baru@peserta.example"), why]),
    ] {
        let page = lestari.get(place).await;
        let sent = lestari.fill_in(&page, place, fields).await;
        sent.leads_to().clone_into(&mut last);
        let next = lestari.get(&last).await;
        seen += &[page.html, sent.html, next.html].concat();
    }
    assert!(last.starts_with("/acts/"), "{last}");
    seen += &bayu.get(&last).await.html;
    while deliver_due(&bench.app, &Post::Caught).await.unwrap() > 0 {}
    let caught = demo::outbox(&bench.app).await.unwrap();
    let of = |text: &str| -> Vec<String> {
        let ends = |rest: &str| rest.split_whitespace().next().map(str::to_owned);
        text.split("token=").skip(1).filter_map(ends).collect()
    };
    let tokens: Vec<String> = caught.iter().flat_map(|message| of(&message.text)).collect();
    // Whether it is the member, a new password, cancel this, and this address is mine.
    assert!(tokens.len() >= 4, "{tokens:?}");
    for token in tokens {
        assert!(token.len() > 20 && !seen.contains(&token), "{token}");
    }
}
