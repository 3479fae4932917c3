//! Claims of heirs in a browser: opened at the desk, followed with what is on paper by a family that
//! has no account, and ended by a member who is alive.

use std::time::Duration;

use axum::http::StatusCode;
use payung_domain::month::Month;
use payung_domain::staff::{PROOF_LIFE, Right, Role};
use payung_flows::delivery::{Post, deliver_due};
use payung_flows::demo;
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine};

use crate::desk::{ASKED, looks_up, officer, opened};

on_each_engine!(
    a_family_follows_what_two_officers_decide,
    whoever_is_alive_ends_it_with_one_button,
    whoever_is_alive_ends_it_when_signed_in,
    e03_a_wrong_pair_gets_one_answer,
    p02_every_page_of_heirs_as_every_role,
    p01_the_passkey_is_asked_for_before_anything_is_typed,
    l16_a_file_that_is_none_is_said_so_at_the_desk,
);

const PAGES: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n";
const FOLLOW: &str = "/claims/follow";

const WISH: [(&str, &str); 8] = [
    ("died_day", "15"),
    ("died_month", "8"),
    ("died_year", "2026"),
    ("relation", "spouse-or-child"),
    ("heir_name", "Budi Santosa"),
    ("heir_phone", "0800 0000 0009"),
    ("bank", "Bank Contoh"),
    ("bank_number", "1234-567-890"),
];
const REASON: (&str, &str) = ("reason", "the husband came with the certificate");

/// Siti on record, at work and paid for.
async fn covered(bench: &Bench) {
    let siti = people::siti(&bench.app).await;
    people::put_on_record(&bench.app, &siti).await;
    people::at_work(&bench.app, &siti, august()).await;
}

fn august() -> Month {
    Month::new(2026, 8).unwrap()
}

/// The text between two marks.
fn between(html: &str, mark: &str, end: &str) -> String {
    let rest = html.split_once(mark).unwrap_or_else(|| panic!("no {mark} in {html}")).1;
    rest.split_once(end).unwrap().0.to_owned()
}

/// Opens a claim; answers where it is, its reference and its code.
async fn opens(who: &mut Visitor) -> (String, String, String) {
    opens_on(who, &ASKED).await
}

async fn opens_on(who: &mut Visitor, asked: &[(&str, &str)]) -> (String, String, String) {
    let record = looks_up(who, asked).await.leads_to().to_owned();
    let place = format!("{record}/heirs");
    assert!(who.get(&record).await.says(&place), "the record leads there");
    let page = who.get(&place).await;
    let fields: Vec<(&str, &str)> = WISH.into_iter().chain([REASON]).collect();
    let paper = who.fill_in(&page, &place, &fields).await;
    assert_eq!(paper.status, StatusCode::OK, "{}", paper.html);
    let at = |mark: &str, end: &str| between(&paper.html, mark, end);
    // The first link there is in the other language.
    let claim = format!("/heirs/{}", at("href=\"/heirs/", "?"));
    let reference = format!("KLW-{}", at("<strong class=\"key\">KLW-", "<"));
    let code = format!("IKT-{}", at("<strong class=\"key\">IKT-", "<"));
    (claim, reference, code)
}

async fn does(who: &mut Visitor, claim: &str, deed: &str) -> Page {
    let page = who.get(claim).await;
    let fields = [("deed", deed), ("words", "the papers were compared")];
    who.fill_in(&page, claim, &fields).await
}

async fn follows(who: &mut Visitor, reference: &str, code: &str) -> Page {
    let page = who.get(FOLLOW).await;
    who.fill_in(&page, FOLLOW, &[("reference", reference), ("code", code)]).await
}

async fn a_family_follows_what_two_officers_decide(db: TestStore) {
    let bench = opened(db);
    covered(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Verifier).await;
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let (claim, reference, code) = opens(&mut lestari).await;
    let mut family = Visitor::new(&bench);
    let page = follows(&mut family, &reference, &code).await;
    assert!(page.says("Papers are gathered") && page.says("death certificate"), "{}", page.html);
    assert!(!page.says("Laksana") && !page.says("Budi Santosa") && !page.says(&code));
    for slot in ["death-certificate", "heir-certificate", "member-card"] {
        let place = format!("{claim}/papers/{slot}");
        let page = lestari.get(&place).await;
        let kept = lestari.upload(&page, &place, PAGES).await;
        assert_eq!(kept.leads_to(), claim, "{}", kept.html);
    }
    assert_eq!(does(&mut lestari, &claim, "complete").await.leads_to(), claim);
    let own = does(&mut lestari, &claim, "approve").await;
    assert!(own.says("Ask a colleague to agree"), "{}", own.html);
    let page = bayu.get("/heirs").await;
    assert!(page.says(&reference) && page.says("Complete, being checked"));
    let page = bayu.get(&claim).await;
    assert!(page.says("Rp42,000,000") && page.says("PP 44/2015 art. 40"), "{}", page.html);
    assert!(!page.says("1234567890"), "the account is masked");
    let file = format!("{claim}/documents/{}", between(&page.html, "/documents/", "\""));
    let taken = bayu.get(&file).await;
    assert!(taken.header("content-disposition").contains(&reference), "{:?}", taken.headers);
    assert_eq!(taken.header("content-type"), "application/pdf");
    assert_eq!(does(&mut bayu, &claim, "approve").await.leads_to(), claim);
    let early = does(&mut bayu, &claim, "pay").await;
    assert!(early.says("It can be paid from"), "{}", early.html);
    let page = follows(&mut family, &reference.to_lowercase(), &code.replace('-', " ")).await;
    assert!(page.says("Approved, waiting to be paid") && page.says("It is paid from"));
}

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

async fn whoever_is_alive_ends_it_with_one_button(db: TestStore) {
    let bench = opened(db);
    covered(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Verifier).await;
    let (claim, reference, code) = opens(&mut lestari).await;
    let mut anybody = Visitor::new(&bench);
    let link = link(&bench).await;
    assert_eq!(anybody.get(&link).await.leads_to(), "/desk-request");
    let page = anybody.get("/desk-request").await;
    assert!(page.says("I am alive") && page.says("lestari"), "{}", page.html);
    let request = page.after("name=\"request\" value=\"").unwrap();
    let done = anybody.fill_in(&page, "/desk-request", &[("request", &*request)]).await;
    assert_eq!(done.leads_to(), "/desk-request?done=alive", "{}", done.html);
    assert!(anybody.get("/desk-request?done=alive").await.says("Nothing is paid"));
    assert!(lestari.get(&claim).await.says("The member is alive, and said so"));
    let page = follows(&mut anybody, &reference, &code).await;
    assert!(page.says("Stopped") && !page.says("alive, and said"), "{}", page.html);
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    assert!(bayu.get("/queue").await.says("KSS-"), "others look into it");
}

async fn whoever_is_alive_ends_it_when_signed_in(db: TestStore) {
    let bench = opened(db);
    let who = people::budi(&bench.app).await;
    let known = people::on_record_with(&bench.app, &who, 7).await;
    people::at_work(&bench.app, &who, august()).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Verifier).await;
    let asked = [("why", "visit"), REASON, ("kind", "kpj"), ("query", known.kpj.as_str())];
    let (claim, ..) = opens_on(&mut lestari, &asked).await;
    let own = "/desk-request/own";
    let mut budi = Visitor::new(&bench);
    budi.sign_in(&bench, "budi").await;
    let page = budi.get(own).await;
    assert!(page.says("I am alive"), "{}", page.html);
    let request = page.after("name=\"request\" value=\"").unwrap();
    assert_eq!(budi.fill_in(&page, own, &[("request", &*request)]).await.leads_to(), own);
    assert!(!budi.get(own).await.says("I am alive"));
    assert!(lestari.get(&claim).await.says("Stopped"));
    assert!(budi.get("/activity").await.says("Staff were told that you have died"));
}

async fn e03_a_wrong_pair_gets_one_answer(db: TestStore) {
    let bench = opened(db);
    covered(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Verifier).await;
    let (_, reference, code) = opens(&mut lestari).await;
    let mut stranger = Visitor::new(&bench);
    let other = "IKT-0000-0000-0000-0000-0000-0000-0000";
    let wrong = [
        (&*reference, other),
        ("KLW-0000-0000", &*code),
        ("KLW-0000-0000", other),
        (&*reference, "nonsense"),
        ("nonsense", &*code),
    ];
    for (typed, secret) in wrong {
        let page = follows(&mut stranger, typed, secret).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.says("No claim has this number and this code"), "{typed} {}", page.html);
        assert!(!page.says(secret), "a code is never shown again");
    }
    let empty = follows(&mut stranger, "", "").await;
    assert!(empty.says("Enter the claim number and the code"));
    let old = stranger.post(FOLLOW, &[("reference", &*reference), ("code", &*code)]).await;
    assert!(!old.says("Papers are gathered"), "not without the page's token");
}

async fn p02_every_page_of_heirs_as_every_role(db: TestStore) {
    let bench = opened(db);
    covered(&bench).await;
    let nobodys = "/heirs/00000000000000000000000000000001";
    let open = "/records/00000000000000000000000000000000/heirs";
    let paper = format!("{nobodys}/papers/other");
    let file = format!("{nobodys}/documents/00000000000000000000000000000001");
    let pages = ["/heirs", nobodys, open, &*paper, &*file];
    let mut nobody = Visitor::at_the_desk(&bench, false);
    for place in pages {
        assert!(nobody.get(place).await.leads_to().starts_with("/sign-in"), "{place}");
    }
    for role in Role::ALL {
        let (mut who, _) = officer(&bench, role.name(), role).await;
        for place in pages {
            let is_refused = who.get(place).await.status == StatusCode::FORBIDDEN;
            assert_eq!(is_refused, !role.may(Right::HandleClaims), "{role:?} asks for {place}");
        }
        let page = who.get("/sign-out").await;
        let sent = who.fill_in(&page, nobodys, &[("deed", "approve")]).await;
        let is_refused = sent.status == StatusCode::FORBIDDEN;
        assert_eq!(is_refused, !role.may(Right::DecideClaims), "{role:?}");
    }
}

async fn p01_the_passkey_is_asked_for_before_anything_is_typed(db: TestStore) {
    let bench = opened(db);
    covered(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Verifier).await;
    let record = looks_up(&mut lestari, &ASKED).await.leads_to().to_owned();
    bench.clock.advance(PROOF_LIFE + Duration::from_secs(1));
    let page = lestari.get(&format!("{record}/heirs")).await;
    assert!(page.leads_to().starts_with("/confirm?next="), "{}", page.leads_to());
}

async fn l16_a_file_that_is_none_is_said_so_at_the_desk(db: TestStore) {
    let bench = opened(db);
    covered(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Verifier).await;
    let (claim, ..) = opens(&mut lestari).await;
    let place = format!("{claim}/papers/death-certificate");
    let page = lestari.get(&place).await;
    let page = lestari.upload(&page, &place, b"<html><script>alert(1)</script>").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.says("File must be a JPG, PNG or PDF"), "{}", page.html);
    let strange = lestari.get(&format!("{claim}/papers/resignation-statement")).await;
    assert_eq!(strange.status, StatusCode::NOT_FOUND);
    let missing = does(&mut lestari, &claim, "complete").await;
    assert!(missing.says("Papers are missing"), "{}", missing.html);
}
