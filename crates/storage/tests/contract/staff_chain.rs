//! M-05: the chain over the desk's lines, on both engines.

use payung_domain::ids::PersonId;
use payung_domain::staff::audit::{About, Act, Entry, Outcome, Wanted};
use payung_domain::staff::chain::{Break, Head, Verdict, Walk};
use payung_domain::time::Instant;
use payung_storage::staff::{audit, chain};
use payung_storage::value::Value;
use payung_storage::{Store, values};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::staff::entry;

on_each_engine!(
    m05_of_64_lines_at_once_one_chain_is_made,
    m05_lines_of_one_transaction_follow_each_other,
    m05_a_transaction_that_is_dropped_leaves_no_place_behind,
    m05_tampering_with_any_column_of_any_row_is_found,
    m05_a_chain_that_is_cut_short_is_found,
    m05_lines_that_are_slipped_in_are_found,
    p05_lines_are_taken_along_with_their_places,
);

/// Walks the whole chain.
async fn walk(store: &Store) -> Verdict {
    let mut tx = store.read().await.unwrap();
    let key = store.vault().chain_key();
    let head = chain::head(&mut tx).await.unwrap();
    let mut walk = Walk::from(&key, Head::START, None);
    loop {
        let met = chain::after(&mut tx, store.vault(), walk.at().height, 3).await.unwrap();
        if met.is_empty() {
            return walk.end(head, chain::loose(&mut tx).await.unwrap());
        }
        for linked in met {
            if let Err(broken) = walk.step(linked.head, linked.line.as_ref()) {
                return walk.stop(head, broken);
            }
        }
    }
}

fn line(number: u128) -> Entry {
    let person = Some(PersonId(Uuid::from_u128(3)));
    Entry { person, ..entry(number, Act::LookedUp, Outcome::Done) }
}

async fn write(store: &Store, numbers: impl IntoIterator<Item = u128>) {
    for number in numbers {
        let mut tx = store.write().await.unwrap();
        audit::add(&mut tx, store.vault(), &line(number)).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn run(store: &Store, sql: &'static str, values: Vec<Value>) {
    let mut tx = store.write().await.unwrap();
    assert_eq!(tx.run("tampering", sql, values).await.unwrap(), 1, "{sql}");
    tx.commit().await.unwrap();
}

async fn m05_of_64_lines_at_once_one_chain_is_made(db: TestStore) {
    let tasks: Vec<_> = (1..=64_u128)
        .map(|number| {
            let store = db.store.clone();
            tokio::spawn(async move { write(&store, [number]).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let verdict = walk(&db.store).await;
    assert_eq!((verdict.head.height, verdict.checked, verdict.broken), (64, 64, None));
}

async fn m05_lines_of_one_transaction_follow_each_other(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    for number in 1..=3 {
        audit::add(&mut tx, db.store.vault(), &line(number)).await.unwrap();
    }
    tx.commit().await.unwrap();
    write(&db.store, [4]).await;
    assert_eq!(walk(&db.store).await.checked, 4);
    let mut tx = db.store.read().await.unwrap();
    for number in 1..=4_u128 {
        let place = chain::of_line(&mut tx, Uuid::from_u128(number)).await.unwrap().unwrap();
        assert_eq!(place.height, i64::try_from(number).unwrap());
        assert_eq!(chain::at(&mut tx, place.height).await.unwrap(), Some(place));
    }
    assert_eq!(chain::at(&mut tx, 5).await.unwrap(), None);
    assert_eq!(chain::of_line(&mut tx, Uuid::from_u128(9)).await.unwrap(), None);
}

async fn m05_a_transaction_that_is_dropped_leaves_no_place_behind(db: TestStore) {
    write(&db.store, [1]).await;
    let mut tx = db.store.write().await.unwrap();
    audit::add(&mut tx, db.store.vault(), &line(2)).await.unwrap();
    drop(tx);
    write(&db.store, [3]).await;
    let verdict = walk(&db.store).await;
    assert_eq!((verdict.head.height, verdict.broken), (2, None));
}

/// Every column of a line, with something else to stand in it.
fn columns() -> Vec<(&'static str, Value)> {
    let other = Uuid::from_u128(99);
    let text = || Value::from("auditor");
    vec![
        ("update staff_audit set id = $1 where id = $2", other.into()),
        ("update staff_audit set happened_at = $1 where id = $2", 1_i64.into()),
        ("update staff_audit set staff_id = $1 where id = $2", other.into()),
        ("update staff_audit set officer = $1 where id = $2", text()),
        ("update staff_audit set role = $1 where id = $2", text()),
        ("update staff_audit set source = $1 where id = $2", Value::from("program")),
        ("update staff_audit set source = $1 where id = $2", Value::from("")),
        ("update staff_audit set network = $1 where id = $2", Value::from("203.0.114.*")),
        ("update staff_audit set session_mark = $1 where id = $2", Value::from("b7b7b7b7")),
        ("update staff_audit set session_mark = $1 where id = $2", Value::from("A7A7A7A7")),
        ("update staff_audit set session_mark = $1 where id = $2", Value::from("")),
        ("update staff_audit set act = $1 where id = $2", Value::from("opened")),
        ("update staff_audit set outcome = $1 where id = $2", Value::from("refused")),
        ("update staff_audit set person_id = $1 where id = $2", None::<Uuid>.into()),
        ("update staff_audit set detail = $1 where id = $2", text()),
        ("update staff_audit set sealed_reason = $1 where id = $2", vec![7_u8; 60].into()),
        ("update staff_audit_links set line_id = $1 where line_id = $2", other.into()),
        ("update staff_audit_links set link = $1 where line_id = $2", vec![0_u8; 32].into()),
        ("update staff_audit_links set link = $1 where line_id = $2", vec![0_u8; 3].into()),
        ("update staff_audit_links set height = $1 where line_id = $2", 99_i64.into()),
    ]
}

async fn m05_tampering_with_any_column_of_any_row_is_found(db: TestStore) {
    let mut height = 0;
    for (sql, other) in columns() {
        for whose in 0..3_i64 {
            // Five more lines, one of them changed; then the whole chain is thrown away.
            write(&db.store, 1..=5).await;
            assert_eq!(walk(&db.store).await.broken, None, "before {sql}");
            height = 2 * whose + 1;
            let id = Uuid::from_u128(u128::try_from(height).unwrap());
            run(&db.store, sql, vec![other.clone(), id.into()]).await;
            let broken = walk(&db.store).await.broken;
            let at = broken.map(Break::number);
            assert_eq!(at, Some(height), "{sql} of line {height}: {broken:?}");
            for table in ["delete from staff_audit", "delete from staff_audit_links"] {
                let mut tx = db.store.write().await.unwrap();
                tx.run("beginning anew", table, Vec::new()).await.unwrap();
                tx.commit().await.unwrap();
            }
            run(&db.store, "delete from staff_audit_heads where name = $1", values!["desk"]).await;
        }
    }
    assert_eq!(height, 5);
}

async fn m05_a_chain_that_is_cut_short_is_found(db: TestStore) {
    write(&db.store, 1..=5).await;
    let head = walk(&db.store).await.head;
    let last = values![Uuid::from_u128(5)];
    run(&db.store, "delete from staff_audit where id = $1", last.clone()).await;
    assert_eq!(walk(&db.store).await.broken, Some(Break::Changed(5)));
    run(&db.store, "delete from staff_audit_links where line_id = $1", last).await;
    assert_eq!(walk(&db.store).await.broken, Some(Break::CutOff(4, 5)));
    // With the end moved back, it is whole in itself: only what was noted elsewhere tells.
    let mut tx = db.store.read().await.unwrap();
    let four = chain::at(&mut tx, 4).await.unwrap().unwrap();
    drop(tx);
    let back = "update staff_audit_heads set height = $1, link = $2 where name = 'desk'";
    run(&db.store, back, values![four.height, four.link]).await;
    let verdict = walk(&db.store).await;
    assert_eq!((verdict.head, verdict.broken), (four, None));
    assert!(verdict.head != head);
}

async fn m05_lines_that_are_slipped_in_are_found(db: TestStore) {
    write(&db.store, 1..=2).await;
    let slip = "insert into staff_audit (id, happened_at, officer, role, act, outcome, detail, \
                sealed_reason) values ($1, $2, 'bayu', 'auditor', 'opened', 'done', '', $3)";
    let id = Uuid::from_u128(7);
    run(&db.store, slip, values![id, 1_i64, vec![1_u8; 60]]).await;
    assert_eq!(walk(&db.store).await.broken, Some(Break::Loose(1)));
    let place = "insert into staff_audit_links (height, line_id, link) values (3, $1, $2)";
    run(&db.store, place, values![id, vec![1_u8; 32]]).await;
    assert_eq!(walk(&db.store).await.broken, Some(Break::Changed(3)));
}

async fn p05_lines_are_taken_along_with_their_places(db: TestStore) {
    write(&db.store, 1..=3).await;
    let mut tx = db.store.read().await.unwrap();
    let vault = db.store.vault();
    let all = Wanted {
        officer: Some("lestari".to_owned()),
        act: Some(Act::LookedUp),
        outcome: Some(Outcome::Done),
        about: About::parse("00000000"),
        origin: None,
        network: None,
        session: None,
        from: Instant::from_micros(0),
        until: Instant::from_micros(i64::MAX),
        before: None,
    };
    let taken = chain::taken(&mut tx, vault, &all, 2).await.unwrap();
    let heights: Vec<i64> = taken.iter().map(|(head, _)| head.height).collect();
    assert_eq!(heights, [3, 2]);
    assert_eq!(taken[0].1, line(3));
    assert_eq!(Some(taken[0].0), chain::at(&mut tx, 3).await.unwrap());
    for nobodys in [
        Wanted { officer: Some("bayu".to_owned()), ..all.clone() },
        Wanted { act: Some(Act::Opened), ..all.clone() },
        Wanted { outcome: Some(Outcome::Refused), ..all.clone() },
        Wanted { about: About::parse("00000001"), ..all.clone() },
        Wanted { until: Instant::from_micros(1), ..all.clone() },
    ] {
        assert!(chain::taken(&mut tx, vault, &nobodys, 9).await.unwrap().is_empty());
    }
}
