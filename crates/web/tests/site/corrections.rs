//! Corrections page by page and without scripts: a member asks, one officer proposes, another agrees,
//! and the member reads all of it.

use axum::http::StatusCode;
use jiff::civil::date;
use payung_domain::contributions::Contribution;
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme;
use payung_domain::staff::{PROOF_LIFE, Role};
use payung_storage::{accounts, contributions, ledger, members};
use payung_testkit::people::{self, Somebody};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine};

use crate::desk::{ASKED, looks_up, officer, opened, siti_on_record};

on_each_engine!(
    a_member_asks_and_two_officers_put_the_name_right,
    a_contribution_is_put_right_and_the_savings_say_how,
    an_officer_asks_in_the_name_of_the_member,
    p02_pages_of_corrections_are_for_those_who_may,
    p01_nobody_and_no_member_sees_a_correction_at_the_desk,
    p04_nobody_decides_about_their_own_proposal,
    l05_no_correction_is_taken_without_its_token,
    s5_what_is_on_another_record_cannot_be_asked_for,
    what_is_not_proved_is_said_at_its_field,
    p01_whoever_decides_uses_the_passkey_before_they_write,
    n06_no_page_of_a_correction_shows_what_stands_on_record_in_full,
    n08_a_request_waits_in_the_queue_until_it_is_decided,
    a_member_takes_a_request_back_with_one_button,
);

/// Budi, on record, signed in.
async fn budi(bench: &Bench) -> (Somebody, Visitor) {
    let budi = people::budi(&bench.app).await;
    people::on_record_with(&bench.app, &budi, 7).await;
    let mut visitor = Visitor::new(bench);
    visitor.sign_in(bench, "budi").await;
    (budi, visitor)
}

const SAID: (&str, &str) = ("said", "My name is another one by now.");

/// Asks, and answers the number of the correction.
async fn asks(visitor: &mut Visitor, of: &str) -> String {
    let page = visitor.get(&format!("/corrections/ask?of={of}")).await;
    assert_eq!(page.status, StatusCode::OK);
    let sent = visitor.fill_in(&page, "/corrections/ask", &[("of", of), SAID]).await;
    assert_eq!(sent.leads_to(), "/corrections?done=yes", "{}", sent.html);
    let list = visitor.get("/corrections?done=yes").await;
    assert!(list.says("We have your request") && list.says("My name is another one"));
    let anchor = list.after("id=\"kor-").unwrap();
    format!("KOR-{}", anchor.to_uppercase())
}

const PROPOSED: [(&str, &str); 10] = [
    ("kind", "person"),
    ("version", "1"),
    ("name", "Laksana Contoh"),
    ("nik", "0001012701990007"),
    ("birth_date", "1999-01-27"),
    ("sex", "female"),
    ("document", "family-card"),
    ("number", "0000 11"),
    ("since", "2026-08-01"),
    ("grounds", "The family card has this name."),
];

async fn proposes(visitor: &mut Visitor, reference: &str, fields: &[(&str, &str)]) -> Page {
    let place = format!("/corrections/{reference}");
    let page = visitor.get(&place).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    visitor.fill_in(&page, &place, fields).await
}

async fn decides(visitor: &mut Visitor, reference: &str, fields: &[(&str, &str)]) -> Page {
    let page = visitor.get(&format!("/corrections/{reference}")).await;
    visitor.fill_in(&page, &format!("/corrections/{reference}/decision"), fields).await
}

const AGREED: [(&str, &str); 3] = [("version", "2"), ("act", "approve"), ("reason", "")];

async fn a_member_asks_and_two_officers_put_the_name_right(db: TestStore) {
    let bench = opened(db);
    let (_, mut budi) = budi(&bench).await;
    let reference = asks(&mut budi, "person").await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let list = lestari.get("/corrections").await;
    assert!(list.says(&reference) && !list.says("Laksana Rahayu"), "whose it is is not listed");
    let place = format!("/corrections/{reference}");
    let proposed = proposes(&mut lestari, &reference, &PROPOSED).await;
    assert_eq!(proposed.leads_to(), place, "{}", proposed.html);
    let page = bayu.get(&place).await;
    assert!(page.says("Laksana Rahayu") && page.says("Laksana Contoh") && page.says("0000 11"));
    let decided = decides(&mut bayu, &reference, &AGREED).await;
    assert_eq!(decided.leads_to(), place, "{}", decided.html);
    assert!(bayu.get(&place).await.says("On record"));
    let mine = budi.get("/corrections").await;
    assert!(mine.says("Laksana Contoh") && mine.says("Laksana Rahayu") && mine.says("bayu agreed"));
    let details = budi.get("/personal-details").await;
    assert!(details.says("Laksana Contoh") && details.says("From us, since 1 August 2026"));
    let activity = budi.get("/activity").await;
    assert!(activity.says("Staff changed your record") && activity.says("bayu"));
    assert!(activity.says("Correction of your record asked for"));
}

async fn n08_a_request_waits_in_the_queue_until_it_is_decided(db: TestStore) {
    let bench = opened(db);
    let (_, mut budi) = budi(&bench).await;
    let reference = asks(&mut budi, "person").await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let queue = lestari.get("/queue?kind=correction").await;
    let case = format!("/cases/{}", queue.after("href=\"/cases/").expect("a case"));
    let page = lestari.get(&case).await;
    let place = format!("/corrections/{reference}");
    assert!(page.says(&reference) && page.says(&format!("href=\"{place}\"")), "{}", page.html);
    assert!(!page.says("value=\"close\""));
    assert!(lestari.get(&place).await.says(&format!("href=\"{case}\"")), "and back");
    let take = [("version", "1"), ("act", "take")];
    assert_eq!(lestari.fill_in(&page, &case, &take).await.leads_to(), case);
    let page = lestari.get(&case).await;
    assert!(page.says("The case ends with the decision") && !page.says("value=\"close\""));
    let forged = [("version", "2"), ("act", "close"), ("outcome", "refused"), ("closing", "no")];
    let refused = lestari.fill_in(&page, &case, &forged).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("ends when its correction is decided"), "{}", refused.html);
    let (mut citra, _) = officer(&bench, "citra", Role::Auditor).await;
    let audited = citra.get(&case).await;
    assert!(audited.says(&reference) && !audited.says(&place), "no page of theirs");
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let why = ("reason", "The civil registry has it as it is here.");
    let refusal = [("version", "1"), ("act", "refuse"), why];
    assert_eq!(decides(&mut bayu, &reference, &refusal).await.leads_to(), place);
    assert!(!lestari.get("/queue").await.says(&case), "it is over");
    assert!(lestari.get(&case).await.says("Not corrected"));
}

async fn a_member_takes_a_request_back_with_one_button(db: TestStore) {
    let bench = opened(db);
    let (_, mut budi) = budi(&bench).await;
    let reference = asks(&mut budi, "person").await;
    let place = format!("/corrections/{reference}/withdraw");
    let list = budi.get("/corrections").await;
    assert!(list.says(&format!("action=\"{place}\"")), "{}", list.html);
    assert_eq!(budi.post(&place, &[]).await.leads_to(), "/corrections", "L-05, no token");
    assert!(budi.get("/corrections").await.says(&place), "nothing is done");
    assert_eq!(budi.get(&place).await.leads_to(), "/corrections");
    let nobodys = "/corrections/nothing/withdraw";
    assert_eq!(budi.fill_in(&list, nobodys, &[]).await.status, StatusCode::NOT_FOUND);
    let there = format!("/corrections#{}", reference.to_lowercase());
    assert_eq!(budi.fill_in(&list, &place, &[]).await.leads_to(), there);
    let list = budi.get("/corrections").await;
    assert!(list.says("Taken back") && !list.says(&place), "{}", list.html);
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    assert!(!lestari.get("/corrections").await.says(&reference));
    assert!(lestari.get("/queue?kind=correction&state=closed").await.says("/cases/KSS-"));
}

/// One month of savings and of pension, posted.
async fn save(bench: &Bench, who: &Somebody) -> String {
    let mut tx = bench.app.store.write().await.unwrap();
    let person = accounts::get(&mut tx, who.id).await.unwrap().unwrap().person;
    let membership = members::memberships(&mut tx, person).await.unwrap()[0].id;
    let month = Month::new(2026, 3).unwrap();
    let came = Contribution {
        membership,
        month,
        programme: Programme::Jht,
        employer: None,
        wage: Rupiah::new(1_000_000),
        base: Rupiah::new(1_000_000),
        employer_part: Rupiah::ZERO,
        worker_part: Rupiah::new(20_000),
        due_on: date(2026, 4, 15),
        received_on: date(2026, 4, 10),
    };
    contributions::add(&mut tx, &[came]).await.unwrap();
    let line = Posting {
        membership,
        sequence: 1,
        kind: PostingKind::Contribution,
        month,
        booked_on: came.received_on,
        amount: Rupiah::new(20_000),
        balance: Rupiah::new(20_000),
        rate: None,
    };
    ledger::add(&mut tx, &[line]).await.unwrap();
    tx.commit().await.unwrap();
    let id = membership.0.simple();
    format!("202603-JHT-{id}-{id}")
}

const OF_ROW: [(&str, &str); 11] = [
    ("kind", "row"),
    ("version", "1"),
    ("month", "202603"),
    ("wage", "1000000"),
    ("employer_part", "0"),
    ("worker_part", "30000"),
    ("received", "2026-04-10"),
    ("document", "bank-proof"),
    ("number", "TRX 77"),
    ("since", "2026-04-10"),
    ("grounds", "The bank has another amount."),
];

async fn a_contribution_is_put_right_and_the_savings_say_how(db: TestStore) {
    let bench = opened(db);
    let (who, mut budi) = budi(&bench).await;
    let key = save(&bench, &who).await;
    let reference = asks(&mut budi, &key).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let proposed = proposes(&mut lestari, &reference, &OF_ROW).await;
    assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.html);
    let decided = decides(&mut bayu, &reference, &AGREED).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.html);
    let moved = budi.get("/transactions").await;
    assert!(moved.says("data-amount=\"-20000\"") && moved.says("data-amount=\"30000\""));
    assert!(moved.says("data-amount=\"20000\""), "what was booked stays");
    let balance = budi.get("/balance").await;
    assert!(balance.says("data-amount=\"30000\" data-name=\"jht-balance\""), "{}", balance.html);
    assert_eq!(budi.get("/balance/year?of=90000000107-2026").await.status, StatusCode::OK);
}

async fn an_officer_asks_in_the_name_of_the_member(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let place = looks_up(&mut lestari, &ASKED).await.leads_to().to_owned();
    let way = format!("{place}/correction");
    assert!(lestari.get(&place).await.says(&way));
    let page = lestari.get(&format!("{way}?year=2026")).await;
    let nothing = lestari.fill_in(&page, &way, &[("year", "2026"), SAID]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.says("Choose what is wrong") && nothing.says("My name is another one"));
    let short = [("subject", "person"), ("said", "wrong")];
    assert!(lestari.fill_in(&page, &way, &short).await.says("Write 10 characters or more"));
    let asked = lestari.fill_in(&page, &way, &[("subject", "person"), SAID]).await;
    assert!(asked.leads_to().starts_with("/corrections/KOR-"), "{}", asked.html);
    let again = lestari.fill_in(&page, &way, &[("subject", "person"), SAID]).await;
    assert_eq!(again.leads_to(), asked.leads_to(), "one correction");
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    assert_eq!(bayu.get(&way).await.leads_to(), "/look-up", "another officer's record");
}

async fn p02_pages_of_corrections_are_for_those_who_may(db: TestStore) {
    let bench = opened(db);
    let (_, mut budi) = budi(&bench).await;
    let reference = asks(&mut budi, "person").await;
    let place = format!("/corrections/{reference}");
    for (name, role) in [
        ("lestari", Role::Helpdesk),
        ("vina", Role::Verifier),
        ("bayu", Role::Supervisor),
        ("citra", Role::Auditor),
        ("darma", Role::Administrator),
    ] {
        let (mut who, _) = officer(&bench, name, role).await;
        let may = !matches!(role, Role::Auditor | Role::Administrator);
        let expected = if may { StatusCode::OK } else { StatusCode::FORBIDDEN };
        for page in ["/corrections", &*place] {
            assert_eq!(who.get(page).await.status, expected, "{page} as {role:?}");
        }
        // A page of this session's own gives the token; what it is for is refused all the same.
        let page = who.get("/sign-out").await;
        let given = [("version", "9"), ("act", "refuse"), SAID];
        let decided = who.fill_in(&page, &format!("{place}/decision"), &given).await;
        let may_decide = matches!(role, Role::Verifier | Role::Supervisor);
        let expected =
            if may_decide { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::FORBIDDEN };
        assert_eq!(decided.status, expected, "{role:?}");
    }
}

async fn p01_nobody_and_no_member_sees_a_correction_at_the_desk(db: TestStore) {
    let bench = opened(db);
    let (_, mut budi) = budi(&bench).await;
    let reference = asks(&mut budi, "person").await;
    let mut nobody = Visitor::at_the_desk(&bench, false);
    let mut member = Visitor::at_the_desk(&bench, false);
    member.cookies = budi.cookies.clone();
    for place in [
        "/corrections".to_owned(),
        format!("/corrections/{reference}"),
        "/records/00000000000000000000000000000000/correction".to_owned(),
    ] {
        for visitor in [&mut nobody, &mut member] {
            let page = visitor.get(&place).await;
            assert!(page.leads_to().starts_with("/sign-in"), "{place}: {}", page.leads_to());
        }
    }
    let mut stranger = Visitor::new(&bench);
    for place in ["/corrections", "/corrections/ask?of=person"] {
        assert!(stranger.get(place).await.leads_to().starts_with("/sign-in"), "{place}");
    }
}

async fn p04_nobody_decides_about_their_own_proposal(db: TestStore) {
    let bench = opened(db);
    let (_, mut budi) = budi(&bench).await;
    let reference = asks(&mut budi, "person").await;
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    proposes(&mut bayu, &reference, &PROPOSED).await;
    let page = bayu.get(&format!("/corrections/{reference}")).await;
    assert!(page.says("This is your own proposal") && !page.says("value=\"approve\""));
    let page = bayu.get("/sign-out").await;
    let place = format!("/corrections/{reference}/decision");
    let refused = bayu.fill_in(&page, &place, &AGREED).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(budi.get("/personal-details").await.says("Laksana Rahayu"));
    let (mut other, _) = officer(&bench, "vina", Role::Verifier).await;
    let returned = [("version", "2"), ("act", "return"), ("reason", "The number is not there.")];
    assert_eq!(decides(&mut other, &reference, &returned).await.status, StatusCode::SEE_OTHER);
    assert!(bayu.get(&format!("/corrections/{reference}")).await.says("The number is not there."));
    assert!(!budi.get("/corrections").await.says("The number is not there."), "between officers");
    let refused = [("version", "3"), ("act", "refuse"), ("reason", "The register has it so.")];
    assert_eq!(decides(&mut other, &reference, &refused).await.status, StatusCode::SEE_OTHER);
    assert!(budi.get("/corrections").await.says("The register has it so."));
}

async fn l05_no_correction_is_taken_without_its_token(db: TestStore) {
    let bench = opened(db);
    let (_, mut budi) = budi(&bench).await;
    let page = budi.post("/corrections/ask", &[("of", "person"), SAID]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.says("My name is another one"), "what was written is not lost");
    let reference = asks(&mut budi, "person").await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let place = format!("/corrections/{reference}");
    let page = lestari.post(&place, &PROPOSED).await;
    assert!(page.says("open too long") && page.says("Laksana Contoh"));
    assert!(
        budi.get("/activity").await.says("By lestari"),
        "the page showed the record all the same"
    );
    proposes(&mut lestari, &reference, &PROPOSED).await;
    let page = bayu.post(&format!("{place}/decision"), &AGREED).await;
    assert!(page.says("open too long"));
    assert!(budi.get("/personal-details").await.says("Laksana Rahayu"));
}

async fn s5_what_is_on_another_record_cannot_be_asked_for(db: TestStore) {
    let bench = opened(db);
    let siti = people::siti(&bench.app).await;
    people::put_on_record(&bench.app, &siti).await;
    let hers = save(&bench, &siti).await;
    let (_, mut budi) = budi(&bench).await;
    for of in [&*hers, "", "202603-JHT", "persons"] {
        let page = budi.get(&format!("/corrections/ask?of={of}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{of}");
    }
    let page = budi.get("/corrections/ask?of=person").await;
    let sent = budi.fill_in(&page, "/corrections/ask", &[("of", &*hers), SAID]).await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
    assert!(budi.get("/corrections").await.says("You have not asked"));
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    for place in ["/corrections/KOR-7F3K-29QD", "/corrections/nonsense"] {
        assert_eq!(lestari.get(place).await.status, StatusCode::NOT_FOUND, "{place}");
    }
}

async fn what_is_not_proved_is_said_at_its_field(db: TestStore) {
    let bench = opened(db);
    let (_, mut budi) = budi(&bench).await;
    let reference = asks(&mut budi, "person").await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    for (field, value, says) in [
        ("document", "pay-slip", "Choose the document you saw"),
        ("number", "", "Write the number of the document"),
        ("since", "2999-01-01", "Write since when this is right"),
        ("grounds", "short", "Write 10 characters or more"),
        ("birth_date", "27 January", "Date of birth: write it as the hint says"),
        ("name", "Laksana Rahayu", "Nothing is changed"),
    ] {
        let mut fields = PROPOSED;
        for one in &mut fields {
            if one.0 == field {
                one.1 = value;
            }
        }
        let page = proposes(&mut lestari, &reference, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(page.says(says) && page.says("error-summary"), "{field}: {}", page.html);
    }
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let short = [("version", "1"), ("act", "refuse"), ("reason", "no")];
    let page = decides(&mut bayu, &reference, &short).await;
    assert!(page.says("Write 10 characters or more") && page.says("value=\"Laksana Rahayu\""));
    let mut older = PROPOSED;
    older[1].1 = "7";
    assert!(proposes(&mut lestari, &reference, &older).await.says("Something happened since"));
}

async fn n06_no_page_of_a_correction_shows_what_stands_on_record_in_full(db: TestStore) {
    let bench = opened(db);
    let (_, mut budi) = budi(&bench).await;
    let reference = asks(&mut budi, "person").await;
    let place = format!("/corrections/{reference}");
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let hides = |page: &Page| {
        assert!(page.says("••••0007") && page.says("••-••-1999"), "{}", page.html);
        assert!(!page.says("0001012701990007") && !page.says("27 January 1999"), "{}", page.html);
        assert!(!page.says("1999-01-27"), "{}", page.html);
    };
    hides(&lestari.get(&place).await);
    // What the officer leaves empty stays as it is.
    let mut fields = PROPOSED;
    for one in &mut fields {
        if matches!(one.0, "nik" | "birth_date") {
            one.1 = "";
        }
    }
    let proposed = proposes(&mut lestari, &reference, &fields).await;
    assert_eq!(proposed.leads_to(), place, "{}", proposed.html);
    hides(&bayu.get(&place).await);
    let returned = [("version", "2"), ("act", "return"), ("reason", "The number is wrong too.")];
    assert_eq!(decides(&mut bayu, &reference, &returned).await.leads_to(), place);
    // What is to come is compared with a document, digit by digit.
    for one in &mut fields {
        match one.0 {
            "nik" => one.1 = "0001012701990009",
            "version" => one.1 = "3",
            _ => {}
        }
    }
    assert_eq!(proposes(&mut lestari, &reference, &fields).await.leads_to(), place);
    let page = bayu.get(&place).await;
    hides(&page);
    assert!(page.says("0001012701990009"), "{}", page.html);
    let agreed = [("version", "4"), ("act", "approve"), ("reason", "")];
    let decided = decides(&mut bayu, &reference, &agreed).await;
    assert_eq!(decided.leads_to(), place, "{}", decided.html);
}

async fn p01_whoever_decides_uses_the_passkey_before_they_write(db: TestStore) {
    let bench = opened(db);
    let (_, mut budi) = budi(&bench).await;
    let reference = asks(&mut budi, "person").await;
    let place = format!("/corrections/{reference}");
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    bench.clock.advance(PROOF_LIFE);
    assert_eq!(lestari.get(&place).await.status, StatusCode::OK, "a proposal changes nothing yet");
    let asked = bayu.get(&place).await;
    assert_eq!(asked.leads_to(), format!("/confirm?next=%2Fcorrections%2F{reference}"));
}
