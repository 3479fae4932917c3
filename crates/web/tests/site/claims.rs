//! Claims in a browser without scripts: made, filled in, sent, decided at the desk; every bad file; and
//! nobody else's claim.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use payung_domain::money::Rupiah;
use payung_domain::staff::Role;
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor, WITH_A_FILE};
use payung_testkit::{Bench, on_each_engine};

use crate::desk::{officer, opened};
use crate::security::wear_off;

on_each_engine!(
    a_claim_is_made_without_scripts_sent_and_followed,
    r03_a_claim_begun_too_late_is_kept_for_checking,
    who_has_no_right_is_told_why_and_by_which_rule,
    l16_no_bad_file_is_taken_whatever_it_is_called,
    s5_a_claim_of_another_member_is_not_there,
    l05_nothing_of_a_claim_is_done_without_the_token_of_its_page,
    j02_a_claim_is_sent_after_a_proof_only,
    p02_claims_are_decided_by_roles_that_may_and_papers_are_files,
);

const PAGES: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n";

/// Budi, on record, with ten million saved and no work; signed in.
async fn budi(bench: &Bench) -> Visitor {
    let budi = people::budi(&bench.app).await;
    people::on_record_with(&bench.app, &budi, 1).await;
    people::save(&bench.app, &budi, Rupiah::new(10_000_000)).await;
    let mut visitor = Visitor::new(bench);
    visitor.sign_in(bench, "budi").await;
    visitor
}

const RESIGNED: [(&str, &str); 4] =
    [("reason", "jht-resigned"), ("event_day", "30"), ("event_month", "6"), ("event_year", "2026")];

/// Begins a claim; answers where it is.
async fn begin(budi: &mut Visitor) -> String {
    let page = budi.get("/claims/new").await;
    let begun = budi.fill_in(&page, "/claims/new", &RESIGNED).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.html);
    begun.leads_to().to_owned()
}

const BANK: [(&str, &str); 3] =
    [("bank", "Bank Contoh"), ("bank_number", "1234-567-890"), ("bank_owner", "LAKSANA RAHAYU")];

/// A claim with everything that it needs.
async fn complete(budi: &mut Visitor) -> String {
    let here = begin(budi).await;
    let place = format!("{here}/documents/resignation-statement");
    let page = budi.get(&place).await;
    let kept = budi.upload(&page, &place, PAGES).await;
    assert_eq!(kept.leads_to(), here, "{}", kept.html);
    let place = format!("{here}/account");
    let page = budi.get(&place).await;
    let kept = budi.fill_in(&page, &place, &BANK).await;
    assert_eq!(kept.leads_to(), here, "{}", kept.html);
    here
}

async fn send(budi: &mut Visitor, here: &str) -> Page {
    let place = format!("{here}/send");
    let page = budi.get(&place).await;
    budi.fill_in(&page, &place, &[("confirm", "yes")]).await
}

async fn a_claim_is_made_without_scripts_sent_and_followed(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    assert!(budi.get("/claims").await.says("You have made no claim"));
    let here = begin(&mut budi).await;
    assert_eq!(begin(&mut budi).await, here, "sent twice, it is one");
    let page = budi.get(&here).await;
    assert!(page.says("To do") && page.says("statement of resignation"), "{}", page.html);
    assert!(page.says("data-amount=\"10000000\" data-name=\"claim-gross\""));
    let early = budi.get(&format!("{here}/send")).await;
    assert!(early.says("Still missing") && !early.says("Send the claim"));
    assert_eq!(complete(&mut budi).await, here);
    let place = format!("{here}/send");
    let page = budi.get(&place).await;
    assert!(page.says("••••7890") && !page.says("1234567890"), "{}", page.html);
    let unticked = budi.fill_in(&page, &place, &[]).await;
    assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = send(&mut budi, &here).await;
    assert_eq!(sent.leads_to(), format!("{here}?done=sent"));
    let page = budi.get(&format!("{here}?done=sent")).await;
    assert!(
        page.says("We have your claim") && page.says("KLM-") && page.says("PP 46/2015 art. 31")
    );
    assert!(page.says("24 August 2026"), "five working days: {}", page.html);
    assert!(!page.says("/account\""), "it is with staff now");
    assert!(budi.get("/claims").await.says("Received"));
    assert!(budi.get("/activity").await.says("Claim sent"));
    let back = budi.fill_in(&page, &format!("{here}/withdraw"), &[]).await;
    assert_eq!(back.leads_to(), here);
    assert!(budi.get(&here).await.says("Withdrawn"));
    assert_ne!(begin(&mut budi).await, here, "another one may be made");
}

async fn r03_a_claim_begun_too_late_is_kept_for_checking(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let page = budi.get("/claims/new").await;
    bench.clock.advance(Duration::from_mins(16));
    let ended = budi.fill_in(&page, "/claims/new", &RESIGNED).await;
    let way = "/sign-in?next=%2Fclaims%2Fnew&reason=session-ended-kept";
    assert_eq!(ended.leads_to(), way);
    budi.sign_in(&bench, "budi").await;
    assert!(budi.get("/claims").await.says("You have made no claim"), "nothing is sent by itself");
    let again = budi.get("/claims/new").await;
    assert!(again.says("Your answers are still here"));
    assert!(again.says("value=\"jht-resigned\" checked"), "{}", again.html);
    assert!(again.says("name=\"event_year\" type=\"text\" value=\"2026\""), "{}", again.html);
    assert_eq!(budi.fill_in(&again, "/claims/new", &RESIGNED).await.status, StatusCode::SEE_OTHER);
    assert!(!budi.get("/claims/new").await.says("Your answers are still here"));
}

async fn who_has_no_right_is_told_why_and_by_which_rule(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let page = budi.get("/claims/new").await;
    let young = budi.fill_in(&page, "/claims/new", &[("reason", "jht-age")]).await;
    assert_eq!(young.status, StatusCode::OK);
    assert!(young.says("You cannot claim this now") && young.says("PP 46/2015 art. 22"));
    let nothing = budi.fill_in(&page, "/claims/new", &[]).await;
    assert!(nothing.says("error-summary") && nothing.says("Choose the reason for the claim"));
    for (day, said) in [("", "Enter the day"), ("31", "Enter the day"), ("x", "Enter the day")] {
        let fields = [
            ("reason", "jht-laid-off"),
            ("event_day", day),
            ("event_month", "6"),
            ("event_year", "2026"),
        ];
        assert!(budi.fill_in(&page, "/claims/new", &fields).await.says(said), "{day}");
    }
    let fields = [
        ("reason", "jht-laid-off"),
        ("event_day", "18"),
        ("event_month", "8"),
        ("event_year", "2026"),
    ];
    let to_come = budi.fill_in(&page, "/claims/new", &fields).await;
    assert!(to_come.says("must not be in the future"));
    let unknown = budi.fill_in(&page, "/claims/new", &[("reason", "jkm")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "heirs have no account");
    // Who leaves for good has waited long enough on the day itself.
    let fields = [
        ("reason", "jht-leaving"),
        ("event_day", "16"),
        ("event_month", "8"),
        ("event_year", "2026"),
    ];
    let begun = budi.fill_in(&page, "/claims/new", &fields).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.html);
    let claim = budi.get(begun.leads_to()).await;
    assert!(claim.says("I am a foreigner leaving for good"));
}

async fn l16_no_bad_file_is_taken_whatever_it_is_called(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let here = begin(&mut budi).await;
    let place = format!("{here}/documents/other");
    let page = budi.get(&place).await;
    let archive = [PAGES, b"PK\x05\x06", &[0; 18]].concat();
    let runs = String::from_utf8(PAGES.to_vec()).unwrap().replace("/Type", "/JavaScript /Type");
    for (file, said) in [
        (&b""[..], "Choose a photo or PDF"),
        (b"<script>alert(1)</script>", "File must be a JPG, PNG or PDF"),
        (b"<svg onload=\"alert(1)\"/>", "File must be a JPG, PNG or PDF"),
        (b"PK\x03\x04", "File must be a JPG, PNG or PDF"),
        (&archive, "File must be a JPG, PNG or PDF"),
        (b"\xff\xd8\xff\xe0", "We could not read the file"),
        (b"\x89PNG\r\n\x1a\n", "We could not read the file"),
        (runs.as_bytes(), "holds programs"),
        (&vec![b'x'; 5 * 1024 * 1024 + 1], "File must be 5 MB or smaller"),
        (&vec![b'x'; 6 * 1024 * 1024], "File must be 5 MB or smaller"),
    ] {
        let refused = budi.upload(&page, &place, file).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(refused.says(said) && refused.says("error-summary"), "{said}: {}", refused.html);
    }
    assert!(!budi.get(&here).await.says("Another paper:"), "nothing was kept");
    let strange = format!("{here}/documents/passport");
    assert_eq!(budi.get(&strange).await.status, StatusCode::NOT_FOUND);
    let strange = budi.upload(&page, &strange, PAGES).await;
    assert_eq!(strange.status, StatusCode::NOT_FOUND);
    for number in 0..12 {
        let file =
            String::from_utf8(PAGES.to_vec()).unwrap().replace("1 0", &format!("{number} 0"));
        let kept = budi.upload(&page, &place, file.as_bytes()).await;
        assert_eq!(kept.leads_to(), here, "{number}: {}", kept.html);
    }
    let full = budi.upload(&page, &place, PAGES).await;
    assert!(full.says("A claim takes 12 files"), "{}", full.html);
    let listed = budi.get(&here).await;
    let document = listed.after("name=\"document\" value=\"").unwrap();
    let path = format!("{here}/remove");
    budi.fill_in(&listed, &path, &[("document", &document)]).await;
    assert!(!budi.get(&here).await.says(&document));
    let torn = budi.send(Method::POST, &place, Some(WITH_A_FILE), Body::from("--X\r\n")).await;
    assert_eq!(torn.status, StatusCode::BAD_REQUEST);
    let plain = budi.post(&place, &[("file", "x")]).await;
    assert_eq!(plain.status, StatusCode::BAD_REQUEST);
}

async fn s5_a_claim_of_another_member_is_not_there(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let here = complete(&mut budi).await;
    let ratna = people::ratna(&bench.app).await;
    people::on_record_with(&bench.app, &ratna, 2).await;
    let mut other = Visitor::new(&bench);
    other.sign_in(&bench, "ratna").await;
    for place in ["", "/account", "/documents/other", "/send", "/withdraw", "/remove"] {
        let page = other.get(&format!("{here}{place}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{place}");
    }
    let blank = other.get("/claims/new").await;
    for (place, fields) in
        [("/account", &BANK[..]), ("/send", &[("confirm", "yes")]), ("/withdraw", &[])]
    {
        let page = other.fill_in(&blank, &format!("{here}{place}"), fields).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{place}");
    }
    let place = format!("{here}/documents/other");
    assert_eq!(other.upload(&blank, &place, PAGES).await.status, StatusCode::NOT_FOUND);
    let mine = budi.get(&here).await;
    let document = mine.after("name=\"document\" value=\"").unwrap();
    other.fill_in(&blank, &format!("{here}/remove"), &[("document", &document)]).await;
    assert!(budi.get(&here).await.says(&document), "it is still there");
    for nobodys in ["/claims/1", "/claims/00000000000000000000000000000009", "/claims/.."] {
        assert_eq!(budi.get(nobodys).await.status, StatusCode::NOT_FOUND, "{nobodys}");
    }
}

async fn l05_nothing_of_a_claim_is_done_without_the_token_of_its_page(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let bare = budi.post("/claims/new", &RESIGNED).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(budi.get("/claims").await.says("You have made no claim"));
    let here = complete(&mut budi).await;
    let stranger = Visitor::new(&bench).get("/sign-in").await;
    let place = format!("{here}/documents/other");
    let old = budi.upload(&stranger, &place, PAGES).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = budi.get(&place).await;
    budi.headers.push(("sec-fetch-site", "cross-site".to_owned()));
    let elsewhere = budi.upload(&page, &place, PAGES).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    budi.headers.pop();
    assert!(!budi.get(&here).await.says("Another paper:"), "nothing was kept");
    budi.post(&format!("{here}/send"), &[("confirm", "yes")]).await;
    budi.post(&format!("{here}/withdraw"), &[]).await;
    assert!(budi.get(&here).await.says("Not sent yet"));
    let mut nobody = Visitor::new(&bench);
    let unread = nobody.upload(&page, &place, PAGES).await;
    assert!(unread.leads_to().starts_with("/sign-in"), "{}", unread.html);
}

async fn j02_a_claim_is_sent_after_a_proof_only(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let here = complete(&mut budi).await;
    let page = budi.get(&format!("{here}/send")).await;
    wear_off(&bench, &mut budi).await;
    let place = format!("{here}/send");
    for answer in [budi.get(&place).await, budi.fill_in(&page, &place, &[("confirm", "yes")]).await]
    {
        assert!(answer.leads_to().starts_with("/confirm?next=%2Fclaims"), "{}", answer.html);
    }
    assert!(budi.get(&here).await.says("Not sent yet"));
}

async fn p02_claims_are_decided_by_roles_that_may_and_papers_are_files(db: TestStore) {
    let bench = opened(db);
    let mut budi = budi(&bench).await;
    let here = complete(&mut budi).await;
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    assert!(bayu.get("/claims").await.says("No claim waits"), "a draft is its member's own");
    assert_eq!(bayu.get(&here).await.status, StatusCode::NOT_FOUND);
    send(&mut budi, &here).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    for place in ["/claims", &here] {
        assert_eq!(lestari.get(place).await.status, StatusCode::FORBIDDEN, "{place}");
    }
    let list = bayu.get("/claims").await;
    assert!(list.says("KLM-") && list.says(&format!("href=\"{here}\"")));
    assert!(!list.says("Laksana"), "a list says of nobody whose claims they are");
    let page = bayu.get(&here).await;
    assert!(page.says("Laksana Rahayu") && page.says("data-name=\"claim-gross\""));
    assert!(!page.says("1234567890"), "masked");
    let paper = page.after(&format!("href=\"{here}/documents/")).unwrap();
    let file = bayu.get(&format!("{here}/documents/{paper}")).await;
    assert_eq!(file.header("content-type"), "application/pdf");
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"KLM-"));
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.header("content-security-policy"), "sandbox; default-src 'none'");
    assert_eq!(file.html.as_bytes(), PAGES);
    let none = bayu.get(&format!("{here}/documents/00000000000000000000000000000001")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let taken = bayu.fill_in(&page, &here, &[("deed", "take"), ("words", "")]).await;
    assert_eq!(taken.leads_to(), here, "{}", taken.html);
    let page = bayu.get(&here).await;
    let short = bayu.fill_in(&page, &here, &[("deed", "ask"), ("words", "short")]).await;
    assert!(short.says("Write 10 to 2,000 characters"));
    let unknown = bayu.fill_in(&page, &here, &[("deed", "burn")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let bare = bayu.post(&here, &[("deed", "approve")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    let approved = bayu.fill_in(&page, &here, &[("deed", "approve"), ("words", "")]).await;
    assert_eq!(approved.leads_to(), here, "{}", approved.html);
    let seen = budi.get(&here).await;
    assert!(seen.says("Approved, waiting to be paid"), "the new account cools off");
    assert!(budi.get("/activity").await.says("Staff opened your record"));
    let audit = bayu.get("/audit?act=document-taken").await;
    assert!(audit.says("Downloaded a paper of a claim") && audit.says("KLM-"));
}
