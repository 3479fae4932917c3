//! Statements: issued once, kept as they were signed, checked by whoever has the code.

use std::sync::Arc;

use payung_domain::activity::Event;
use payung_domain::month::Month;
use payung_domain::notify::GATHERING;
use payung_domain::reference::StatementCode;
use payung_domain::statements::Period;
use payung_domain::time::{Clock, Instant};
use payung_flows::activity::{self, Choice};
use payung_flows::sessions::{self, Found, SignedIn};
use payung_flows::statements::signing::{self, Verdict};
use payung_flows::statements::{self, Checked, Issued, MOST_A_DAY};
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};
use uuid::Uuid;

use crate::payouts::told;
use crate::{signed_in, visit};

on_each_engine!(
    the_same_statement_is_issued_once_a_day,
    statements_that_are_ready_are_told_in_one_letter,
    a_statement_says_the_same_to_its_owner_and_to_who_has_its_code,
    another_key_signs_and_the_earlier_statements_stay_good,
    a_key_that_somebody_else_had_signs_no_more_and_the_list_says_so,
    nobody_fills_the_tables_with_statements,
    q08_of_statements_at_the_same_time_no_more_than_a_days_are_issued,
);

async fn budi(bench: &Bench) -> SignedIn {
    let who = people::budi(&bench.app).await;
    people::put_on_record(&bench.app, &who).await;
    let session = signed_in(bench).await;
    match sessions::find(&bench.app, &visit(bench), &session).await.unwrap() {
        Found::Live(member) => *member,
        other => panic!("not signed in: {other:?}"),
    }
}

fn of_month(number: i32) -> Period {
    let month = Month::new(2020, 1).unwrap().plus(number);
    Period { first: month, last: month }
}

async fn issue(bench: &Bench, member: &SignedIn, period: Period) -> Issued {
    statements::issue(&bench.app, &visit(bench), member, period).await.unwrap()
}

async fn made(bench: &Bench, member: &SignedIn, period: Period) -> Uuid {
    match issue(bench, member, period).await {
        Issued::Done(id) => id,
        Issued::TooMany(_) => panic!("too many statements"),
    }
}

async fn the_same_statement_is_issued_once_a_day(db: TestStore) {
    let bench = Bench::new(db);
    let member = budi(&bench).await;
    let first = made(&bench, &member, of_month(0)).await;
    assert_eq!(made(&bench, &member, of_month(0)).await, first);
    assert_ne!(made(&bench, &member, of_month(1)).await, first);
    assert_eq!(statements::list(&bench.app, &member).await.unwrap().len(), 2);
    let part = activity::page(&bench.app, &visit(&bench), &member, Choice::default(), None).await;
    let lines = part.unwrap().lines;
    let noted = lines.iter().filter(|(_, line)| line.event == Event::StatementIssued).count();
    assert_eq!(noted, 2);
}

async fn statements_that_are_ready_are_told_in_one_letter(db: TestStore) {
    let bench = Bench::new(db);
    let member = budi(&bench).await;
    told(&bench).await;
    for number in [0, 0, 1] {
        made(&bench, &member, of_month(number)).await;
    }
    bench.clock.advance(GATHERING);
    let letters = told(&bench).await;
    assert_eq!(letters.matches("Pernyataan saldo Anda dibuat: Chrome, Android").count(), 1);
    assert!(letters.contains("/not-me?token="), "somebody else may have done it: {letters}");
}

async fn a_statement_says_the_same_to_its_owner_and_to_who_has_its_code(db: TestStore) {
    let bench = Bench::new(db);
    let member = budi(&bench).await;
    let id = made(&bench, &member, of_month(0)).await;
    let shown = statements::show(&bench.app, &member, id).await.unwrap().unwrap();
    let code = StatementCode::parse(&shown.document.code).unwrap();
    match statements::check(&bench.app, &visit(&bench), &code).await.unwrap() {
        Checked::Ours(document, None) => assert_eq!(*document, shown.document),
        other => panic!("not ours: {other:?}"),
    }
    let strange = StatementCode::parse("PYS-0000-0000-0000-0000").unwrap();
    let answer = statements::check(&bench.app, &visit(&bench), &strange).await.unwrap();
    assert!(matches!(answer, Checked::Unknown));
    let nothing = statements::show(&bench.app, &member, Uuid::from_u128(1)).await.unwrap();
    assert!(nothing.is_none());
}

async fn another_key_signs_and_the_earlier_statements_stay_good(db: TestStore) {
    let bench = Bench::new(db);
    let member = budi(&bench).await;
    let before = made(&bench, &member, of_month(0)).await;
    let now = bench.clock.now().plus(std::time::Duration::from_secs(1));
    signing::rotate(&bench.app, now).await.unwrap();
    let after = made(&bench, &member, of_month(1)).await;
    let list = signing::list(&bench.app).await.unwrap();
    let list = serde_json::from_value(list).unwrap();
    for id in [before, after] {
        let shown = statements::show(&bench.app, &member, id).await.unwrap().unwrap();
        let genuine = Verdict::Genuine(Box::new(shown.document));
        assert_eq!(signing::verdict(&list, &shown.signed), genuine);
    }
}

async fn a_key_that_somebody_else_had_signs_no_more_and_the_list_says_so(db: TestStore) {
    let bench = Bench::new(db);
    let member = budi(&bench).await;
    let before = made(&bench, &member, of_month(0)).await;
    let list = signing::list(&bench.app).await.unwrap();
    let leaked = list["keys"][0]["kid"].as_str().unwrap().to_owned();
    let from = bench.clock.now();
    assert!(!signing::distrust(&bench.app, "none", from).await.unwrap());
    assert!(signing::distrust(&bench.app, &leaked, from).await.unwrap());
    let after = made(&bench, &member, of_month(0)).await;
    assert_ne!(after, before, "the same is signed anew, on the same day too");
    let list = signing::list(&bench.app).await.unwrap();
    let list = serde_json::from_value(list).unwrap();
    let old = statements::show(&bench.app, &member, before).await.unwrap().unwrap();
    let since = Instant::from_micros(from.micros().div_euclid(1_000_000) * 1_000_000);
    let distrusted = Verdict::Distrusted(Box::new(old.document.clone()), since);
    assert_eq!(signing::verdict(&list, &old.signed), distrusted);
    let new = statements::show(&bench.app, &member, after).await.unwrap().unwrap();
    assert!(matches!(signing::verdict(&list, &new.signed), Verdict::Genuine(_)));
    for (document, expected) in [(&old.document, Some(since)), (&new.document, None)] {
        let code = StatementCode::parse(&document.code).unwrap();
        match statements::check(&bench.app, &visit(&bench), &code).await.unwrap() {
            Checked::Ours(found, distrusted) => {
                assert_eq!((&*found, distrusted), (document, expected), "the row is ours");
            }
            other => panic!("not ours: {other:?}"),
        }
    }
}

async fn nobody_fills_the_tables_with_statements(db: TestStore) {
    let bench = Bench::new(db);
    let member = budi(&bench).await;
    for (number, _) in (0..).zip(0..MOST_A_DAY) {
        made(&bench, &member, of_month(number)).await;
    }
    let one_more = issue(&bench, &member, of_month(99)).await;
    assert!(matches!(one_more, Issued::TooMany(_)), "{one_more:?}");
    // What is there already is there still.
    made(&bench, &member, of_month(0)).await;
}

async fn q08_of_statements_at_the_same_time_no_more_than_a_days_are_issued(db: TestStore) {
    let bench = Bench::new(db);
    let member = budi(&bench).await;
    for (number, _) in (0..).zip(1..MOST_A_DAY) {
        made(&bench, &member, of_month(number)).await;
    }
    let asked = (60..68).map(|number| {
        let (app, here, member) = (Arc::clone(&bench.app), visit(&bench), member.clone());
        tokio::spawn(async move {
            statements::issue(&app, &here, &member, of_month(number)).await.unwrap()
        })
    });
    let asked: Vec<_> = asked.collect();
    let mut done = 0;
    for issued in asked {
        if matches!(issued.await.unwrap(), Issued::Done(_)) {
            done += 1;
        }
    }
    assert_eq!(done, 1);
}
