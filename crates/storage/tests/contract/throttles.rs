//! Counters of tries and of requests.

use std::time::Duration;

use payung_domain::lockout::Counter;
use payung_storage::throttles;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;

use crate::NOON;

on_each_engine!(
    a_counter_is_kept_and_forgotten,
    e04_requests_are_counted_by_the_minute,
    e03_counting_in_parallel_loses_nothing,
);

async fn a_counter_is_kept_and_forgotten(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    let subject = [5; 32];
    assert_eq!(throttles::locked(&mut tx, &subject, NOON).await.unwrap(), Counter::NEW);
    let counted = Counter { misses: 3, paused_until: NOON.plus(Duration::from_mins(1)) };
    throttles::set(&mut tx, &subject, counted, NOON).await.unwrap();
    throttles::touch(&mut tx, &subject, NOON).await.unwrap();
    assert_eq!(throttles::get(&mut tx, &subject).await.unwrap(), counted);
    throttles::clear(&mut tx, &subject).await.unwrap();
    assert_eq!(throttles::get(&mut tx, &subject).await.unwrap(), Counter::NEW);
}

async fn e04_requests_are_counted_by_the_minute(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    for expected in 1..=3 {
        let count = throttles::count_request(&mut tx, &[6; 32], NOON).await.unwrap();
        assert_eq!(count, expected);
    }
    let later = NOON.plus(Duration::from_mins(1));
    assert_eq!(throttles::count_request(&mut tx, &[6; 32], later).await.unwrap(), 1);
    assert_eq!(throttles::count_request(&mut tx, &[7; 32], later).await.unwrap(), 1);
    assert_eq!(throttles::forget_requests_before(&mut tx, later).await.unwrap(), 1);
}

async fn e03_counting_in_parallel_loses_nothing(db: TestStore) {
    let subject = [8; 32];
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let store = db.store.clone();
            tokio::spawn(async move {
                for _ in 0..25 {
                    let mut tx = store.write().await.unwrap();
                    let mut counter = throttles::locked(&mut tx, &subject, NOON).await.unwrap();
                    counter.misses += 1;
                    throttles::set(&mut tx, &subject, counter, NOON).await.unwrap();
                    tx.commit().await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let mut tx = db.store.read().await.unwrap();
    assert_eq!(throttles::get(&mut tx, &subject).await.unwrap().misses, 200);
}
