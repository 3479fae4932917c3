//! Cases in a browser: the queue, taking, writing, handing over and closing; two officers at once; and
//! a member who contests what staff did.

use axum::http::StatusCode;
use payung_domain::staff::Role;
use payung_domain::staff::cases::{CaseReference, Kind, Linked};
use payung_domain::time::Clock;
use payung_flows::staff::cases::{self, New};
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine};

use crate::desk::{ASKED, looks_up, officer, opened, siti_on_record};

on_each_engine!(
    an_officer_takes_a_case_writes_into_it_and_closes_it,
    of_two_officers_the_slower_one_reads_both_texts,
    p02_every_role_gets_its_pages_of_cases_and_no_other,
    a_supervisor_gives_many_cases_to_whoever_has_time,
    s5_a_number_that_is_made_up_is_no_page,
    l05_nothing_is_done_to_a_case_without_its_token,
    a_draft_and_a_template_are_kept_without_a_script,
    an_officer_opens_a_case_from_a_record,
    p07_a_member_contests_a_look_from_the_activity,
    s5_a_member_contests_no_line_of_somebody_else,
);

/// A question of Siti's.
async fn question(bench: &Bench) -> String {
    let siti = people::siti(&bench.app).await;
    people::put_on_record(&bench.app, &siti).await;
    let new = New {
        words: "why is May missing?",
        ..New::of(Kind::Question, Some(siti.id), Linked::Nothing)
    };
    let mut tx = bench.app.store.write().await.unwrap();
    let reference = cases::open(&bench.app, &mut tx, &new, bench.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    format!("/cases/{reference}")
}

/// Presses a button of a case's page, with the version that the page showed.
async fn press(visitor: &mut Visitor, page: &Page, place: &str, fields: &[(&str, &str)]) -> Page {
    let version = page.after("name=\"version\" value=\"").unwrap_or_default();
    let mut all = vec![("version", &*version)];
    all.extend(fields);
    visitor.fill_in(page, place, &all).await
}

async fn an_officer_takes_a_case_writes_into_it_and_closes_it(db: TestStore) {
    let bench = opened(db);
    let place = question(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let queue = lestari.get("/queue?whose=nobody&kind=question").await;
    assert!(queue.says(&place) && queue.says("Question"), "{}", queue.html);
    assert!(!queue.says("Laksana"), "whose it is, is not in the queue");
    let page = lestari.get(&place).await;
    assert!(page.says("why is May missing?") && !page.says("Laksana Rahayu"));
    let taken = press(&mut lestari, &page, &place, &[("act", "take")]).await;
    assert_eq!((taken.status, taken.leads_to()), (StatusCode::SEE_OTHER, &*place));
    let page = lestari.get(&place).await;
    assert!(page.says("Laksana Rahayu") && !page.says("0001015407900003"), "masked");
    let note = [("act", "note"), ("note", "called the employer"), ("template", "")];
    assert_eq!(press(&mut lestari, &page, &place, &note).await.leads_to(), place);
    let page = lestari.get(&place).await;
    assert!(page.says("called the employer"));
    let bare = [("act", "close"), ("outcome", ""), ("closing", "it came")];
    let refused = press(&mut lestari, &page, &place, &bare).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("error-summary") && refused.says("it came"), "what was typed is there");
    let close = [("act", "close"), ("outcome", "explained"), ("closing", "it came on Monday")];
    assert_eq!(press(&mut lestari, &page, &place, &close).await.leads_to(), place);
    let page = lestari.get(&place).await;
    assert!(page.says("it came on Monday") && !page.says("name=\"act\""), "{}", page.html);
    assert!(!lestari.get("/queue").await.says(&place));
    assert!(lestari.get("/queue?state=closed").await.says(&place));
}

async fn of_two_officers_the_slower_one_reads_both_texts(db: TestStore) {
    let bench = opened(db);
    let place = question(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let (hers, his) = (lestari.get(&place).await, bayu.get(&place).await);
    let take = [("act", "take")];
    assert_eq!(press(&mut lestari, &hers, &place, &take).await.status, StatusCode::SEE_OTHER);
    let slower = press(&mut bayu, &his, &place, &take).await;
    assert_eq!(slower.status, StatusCode::CONFLICT);
    assert!(slower.says("just changed elsewhere") && slower.says("lestari"), "{}", slower.html);
    let note = [("act", "note"), ("note", "I was about to call"), ("template", "")];
    let slower = press(&mut bayu, &his, &place, &note).await;
    assert_eq!(slower.status, StatusCode::CONFLICT);
    assert!(slower.says("I was about to call") && slower.says("Taken"));
    assert!(bayu.get(&place).await.says("I was about to call"), "the draft is kept");
    // The page that shows both has the newer version in it.
    let again = press(&mut bayu, &slower, &place, &note).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.html);
    let forged = [("act", "note"), ("note", "no version"), ("version", "☂")];
    let page = bayu.get(&place).await;
    assert_eq!(bayu.fill_in(&page, &place, &forged).await.status, StatusCode::CONFLICT);
}

async fn p02_every_role_gets_its_pages_of_cases_and_no_other(db: TestStore) {
    let bench = opened(db);
    let place = question(&bench).await;
    for (name, role) in [
        ("lestari", Role::Helpdesk),
        ("vera", Role::Verifier),
        ("bayu", Role::Supervisor),
        ("citra", Role::Auditor),
        ("darma", Role::Administrator),
    ] {
        let (mut who, _) = officer(&bench, name, role).await;
        let reads = role != Role::Administrator;
        let status = if reads { StatusCode::OK } else { StatusCode::FORBIDDEN };
        assert_eq!(who.get("/queue").await.status, status, "{role:?}");
        let page = who.get(&place).await;
        assert_eq!(page.status, status, "{role:?}");
        let handles = reads && role != Role::Auditor;
        assert_eq!(page.says("value=\"take\""), handles, "{role:?}");
        assert_eq!(page.says("value=\"hand-over\""), role == Role::Supervisor, "{role:?}");
        if handles {
            continue;
        }
        // A page with a token of theirs, and a form that it never showed.
        let leaving = who.get("/sign-out").await;
        let forms: [&[(&str, &str)]; 6] = [
            &[("act", "take"), ("version", "1")],
            &[("act", "note"), ("note", "a note"), ("version", "1")],
            &[("act", "draft"), ("note", "a note"), ("version", "1")],
            &[("act", "wait"), ("version", "1")],
            &[("act", "hand-over"), ("officer", "lestari"), ("version", "1")],
            &[("act", "close"), ("outcome", "helped"), ("closing", "done"), ("version", "1")],
        ];
        for fields in forms {
            let answer = who.fill_in(&leaving, &place, fields).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role:?} {fields:?}");
        }
        let nobodys = "/records/00000000000000000000000000000000/case";
        assert_eq!(who.get(nobodys).await.status, StatusCode::FORBIDDEN, "{role:?}");
    }
    let mut nobody = Visitor::at_the_desk(&bench, false);
    for place in ["/queue", &*place] {
        assert!(nobody.get(place).await.leads_to().starts_with("/sign-in"), "{place}");
    }
    let mut member = Visitor::in_production(&bench);
    for place in ["/queue", &*place] {
        assert_eq!(member.get(place).await.status, StatusCode::NOT_FOUND, "{place}");
    }
}

async fn a_supervisor_gives_many_cases_to_whoever_has_time(db: TestStore) {
    let bench = opened(db);
    let place = question(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let reference = place.strip_prefix("/cases/").unwrap();
    let queue = bayu.get("/queue").await;
    assert!(queue.says(&format!("type=\"checkbox\" id=\"{reference}\"")), "{}", queue.html);
    let fields = [(reference, "1"), ("KSS-7777-7777", "1"), ("officer", "lestari")];
    let refused = lestari.get("/queue").await;
    assert!(!refused.says("type=\"checkbox\""));
    let leaving = lestari.get("/sign-out").await;
    let refused = lestari.fill_in(&leaving, "/queue", &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let nobody = bayu.fill_in(&queue, "/queue", &[(reference, "1"), ("officer", "")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    let given = bayu.fill_in(&queue, "/queue", &fields).await;
    assert!(given.says("1 case was given") && given.says("Not given: 1"), "{}", given.html);
    let page = lestari.get(&place).await;
    assert!(page.says("Handed over to lestari") && page.says("Laksana Rahayu"));
    let again = bayu.fill_in(&queue, "/queue", &fields).await;
    assert!(again.says("0 cases were given") && again.says("Not given: 2"), "an old version");
}

async fn s5_a_number_that_is_made_up_is_no_page(db: TestStore) {
    let bench = opened(db);
    question(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let page = lestari.get("/look-up").await;
    for place in ["/cases/KSS-7777-7777", "/cases/LPR-7F3K-29QD", "/cases/siti", "/cases/%00"] {
        assert_eq!(lestari.get(place).await.status, StatusCode::NOT_FOUND, "{place}");
        let fields = [("act", "take"), ("version", "1")];
        let answer = lestari.fill_in(&page, place, &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{place}");
    }
}

async fn l05_nothing_is_done_to_a_case_without_its_token(db: TestStore) {
    let bench = opened(db);
    let place = question(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    for act in ["take", "note", "draft", "template", "close"] {
        let fields = [("act", act), ("version", "1"), ("note", "half a note")];
        let answer = lestari.post(&place, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
        assert!(answer.says("open too long") && answer.says("half a note"), "{act}");
    }
    let page = lestari.get(&place).await;
    assert!(page.says("value=\"take\"") && !page.says("half a note"), "nothing was done");
}

async fn a_draft_and_a_template_are_kept_without_a_script(db: TestStore) {
    let bench = opened(db);
    let place = question(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let page = lestari.get(&place).await;
    let draft = [("act", "draft"), ("note", "half a note"), ("template", "")];
    let kept = press(&mut lestari, &page, &place, &draft).await;
    assert_eq!(kept.leads_to(), format!("{place}#note"));
    assert!(lestari.get(&place).await.says("half a note"));
    let template = [("act", "template"), ("note", "half a note"), ("template", "no-answer")];
    press(&mut lestari, &page, &place, &template).await;
    let page = lestari.get(&place).await;
    assert!(page.says("half a note") && page.says("Nobody answered."), "{}", page.html);
    let long = "☂".repeat(2_001);
    let note = [("act", "note"), ("note", &*long), ("template", "")];
    let refused = press(&mut lestari, &page, &place, &note).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("2,000 letters or less") && refused.says(&long));
}

async fn an_officer_opens_a_case_from_a_record(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let record = looks_up(&mut lestari, &ASKED).await.leads_to().to_owned();
    let place = format!("{record}/case");
    let page = lestari.get(&place).await;
    let wrong = lestari.fill_in(&page, &place, &[("kind", "recovery"), ("note", "hm")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("kind", "correction"), ("note", "the birth date is wrong")];
    let opened = lestari.fill_in(&page, &place, &fields).await;
    let case = opened.leads_to().to_owned();
    let reference = case.strip_prefix("/cases/").and_then(CaseReference::parse);
    assert!(reference.is_some(), "{}", opened.html);
    assert!(lestari.get(&record).await.says(&case), "the record leads to it");
    assert!(lestari.get(&case).await.says("the birth date is wrong"));
}

async fn p07_a_member_contests_a_look_from_the_activity(db: TestStore) {
    let bench = opened(db);
    let budi = people::budi(&bench.app).await;
    let claim = people::on_record_with(&bench.app, &budi, 7).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let asked = [
        ("why", "call"),
        ("reason", "asks why May is missing"),
        ("kind", "kpj"),
        ("query", claim.kpj.as_str()),
    ];
    assert!(looks_up(&mut lestari, &asked).await.leads_to().starts_with("/records/"));
    let mut budi = Visitor::new(&bench);
    budi.sign_in(&bench, "budi").await;
    let line = budi.get("/activity").await.after("href=\"/activity/contest?line=").unwrap();
    let place = format!("/activity/contest?line={line}");
    let page = budi.get(&place).await;
    assert!(page.says("lestari") && page.says("asks why May is missing"));
    let none = [("line", &*line), ("reason", " ")];
    let refused = budi.fill_in(&page, "/activity/contest", &none).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("error-summary"));
    let stale = budi.post("/activity/contest", &[("line", &*line), ("reason", "not me")]).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.says("not me"), "what was typed is there");
    let fields = [("line", &*line), ("reason", "I never called anybody")];
    let sent = budi.fill_in(&page, "/activity/contest", &fields).await;
    assert_eq!(sent.leads_to(), place);
    let done = budi.get(&place).await;
    let number = done.after("KSS-").expect("a number");
    assert!(!done.says("name=\"reason\""), "{number}");
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let queue = bayu.get("/queue?kind=contested").await;
    let case = format!("/cases/{}", queue.after("href=\"/cases/").unwrap());
    assert!(bayu.get(&case).await.says("I never called anybody"));
    assert_eq!(lestari.get(&case).await.status, StatusCode::FORBIDDEN, "it is about her");
}

async fn s5_a_member_contests_no_line_of_somebody_else(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    looks_up(&mut lestari, &ASKED).await;
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in(&bench, "budi").await;
    let page = budi.get("/activity").await;
    assert!(!page.says("/activity/contest"), "nobody looked at his");
    let now = bench.clock.now().micros();
    for line in ["", "☂", "1.2", &format!("{now}.{}", uuid::Uuid::nil().simple())] {
        let fields = [("line", line), ("reason", "why?")];
        let answer = budi.fill_in(&page, "/activity/contest", &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{line}");
    }
    assert_eq!(budi.get("/activity/contest").await.leads_to(), "/activity");
}
