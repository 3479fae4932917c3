//! What applications have yet to be told.

use std::time::Duration;

use payung_domain::oidc::back_channel::{Event, News};
use payung_domain::time::Instant;
use payung_storage::oidc::deliveries::{self, Delivery, Taken};
use payung_storage::oidc::grants;
use payung_storage::sessions;
use payung_testkit::store::TestStore;
use payung_testkit::{crowd, on_each_engine};
use serde_json::Map;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::account;
use crate::oidc::with_grant;

on_each_engine!(
    k26_applications_that_got_tokens_are_found_by_session_and_account,
    k26_a_delivery_is_taken_told_and_dropped,
    k26_a_delivery_put_off_waits_and_one_given_up_is_not_taken,
    k26_a_delivery_whose_worker_died_is_taken_again,
    l7_of_64_workers_at_once_one_takes_the_delivery,
);

fn delivery() -> Delivery {
    let mut about = Map::new();
    about.insert("credential_type".to_owned(), "password".into());
    Delivery {
        id: Uuid::from_u128(1),
        account: account(1).id,
        client: "klaim".to_owned(),
        news: News::Event(Event::CredentialChange),
        about,
        session_opened_at: Some(NOON),
        at: NOON,
    }
}

async fn with_delivery(db: &TestStore) {
    with_grant(db).await;
    let mut tx = db.store.write().await.unwrap();
    deliveries::put(&mut tx, &delivery()).await.unwrap();
    tx.commit().await.unwrap();
}

fn minute(minute: u64) -> Instant {
    NOON.plus(Duration::from_mins(minute))
}

async fn take(db: &TestStore, now: Instant) -> Vec<Taken> {
    let mut tx = db.store.write().await.unwrap();
    let lease = now.plus(Duration::from_mins(2));
    let taken = deliveries::take(&mut tx, 10, now, lease).await.unwrap();
    tx.commit().await.unwrap();
    taken
}

async fn k26_applications_that_got_tokens_are_found_by_session_and_account(db: TestStore) {
    with_grant(&db).await;
    let who = account(1).id;
    let mut tx = db.store.write().await.unwrap();
    let later = minute(1);
    // Whoever redeems the code at this very moment is told as well.
    assert_eq!(deliveries::clients_in(&mut tx, who, NOON, NOON).await.unwrap(), ["klaim"]);
    let found = deliveries::clients_in(&mut tx, who, NOON, later).await.unwrap();
    assert!(found.is_empty(), "only a code, and its time is over");
    assert!(deliveries::clients_of(&mut tx, who, later).await.unwrap().is_empty());
    assert!(deliveries::clients_in_open_sessions(&mut tx, who, later).await.unwrap().is_empty());
    assert!(deliveries::sessions_with(&mut tx, who, "klaim", later).await.unwrap().is_empty());
    assert!(grants::use_code(&mut tx, &[5; 32], NOON).await.unwrap());
    assert_eq!(deliveries::clients_in(&mut tx, who, NOON, later).await.unwrap(), ["klaim"]);
    assert_eq!(deliveries::clients_of(&mut tx, who, later).await.unwrap(), ["klaim"]);
    assert_eq!(deliveries::sessions_with(&mut tx, who, "klaim", later).await.unwrap(), [NOON]);
    assert!(deliveries::sessions_with(&mut tx, who, "lain", later).await.unwrap().is_empty());
    assert!(deliveries::clients_in(&mut tx, who, later, later).await.unwrap().is_empty());
    let open = [("klaim".to_owned(), NOON)];
    assert_eq!(deliveries::clients_in_open_sessions(&mut tx, who, later).await.unwrap(), open);
    assert!(sessions::end(&mut tx, &[1; 32], later).await.unwrap());
    assert!(deliveries::clients_in_open_sessions(&mut tx, who, later).await.unwrap().is_empty());
    // The one that ends a session asks for it by name.
    assert_eq!(deliveries::clients_in(&mut tx, who, NOON, later).await.unwrap(), ["klaim"]);
    assert_eq!(grants::end_for_client(&mut tx, who, "klaim", NOON).await.unwrap(), 1);
    assert!(deliveries::sessions_with(&mut tx, who, "klaim", later).await.unwrap().is_empty());
}

async fn k26_a_delivery_is_taken_told_and_dropped(db: TestStore) {
    with_delivery(&db).await;
    let mut tx = db.store.write().await.unwrap();
    assert_eq!(deliveries::untaken(&mut tx, NOON).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(take(&db, NOON).await, [Taken { delivery: delivery(), attempt: 1 }]);
    assert!(take(&db, NOON).await.is_empty(), "a leased one is left alone");
    let mut tx = db.store.write().await.unwrap();
    assert_eq!(deliveries::untaken(&mut tx, NOON).await.unwrap(), 0);
    assert_eq!(deliveries::forget_before(&mut tx, minute(1)).await.unwrap(), 0, "it waits");
    deliveries::told(&mut tx, delivery().id, minute(1)).await.unwrap();
    tx.commit().await.unwrap();
    assert!(take(&db, minute(9)).await.is_empty());
    let mut tx = db.store.write().await.unwrap();
    assert_eq!(deliveries::forget_before(&mut tx, NOON).await.unwrap(), 0);
    assert_eq!(deliveries::forget_before(&mut tx, minute(1)).await.unwrap(), 1);
}

async fn k26_a_delivery_put_off_waits_and_one_given_up_is_not_taken(db: TestStore) {
    with_delivery(&db).await;
    take(&db, NOON).await;
    let mut tx = db.store.write().await.unwrap();
    deliveries::later(&mut tx, delivery().id, minute(3), "not reachable").await.unwrap();
    tx.commit().await.unwrap();
    assert!(take(&db, minute(2)).await.is_empty());
    assert_eq!(take(&db, minute(3)).await[0].attempt, 2);
    let mut tx = db.store.write().await.unwrap();
    deliveries::give_up(&mut tx, delivery().id, minute(3), "refused").await.unwrap();
    tx.commit().await.unwrap();
    assert!(take(&db, minute(60)).await.is_empty());
    let mut tx = db.store.write().await.unwrap();
    assert_eq!(deliveries::forget_before(&mut tx, minute(1)).await.unwrap(), 1);
}

async fn k26_a_delivery_whose_worker_died_is_taken_again(db: TestStore) {
    with_delivery(&db).await;
    assert_eq!(take(&db, NOON).await[0].attempt, 1);
    assert!(take(&db, minute(1)).await.is_empty());
    assert_eq!(take(&db, minute(2)).await[0].attempt, 2);
}

async fn l7_of_64_workers_at_once_one_takes_the_delivery(db: TestStore) {
    with_delivery(&db).await;
    let taken = crowd::of_64(|_| {
        let store = db.store.clone();
        async move {
            let mut tx = store.write().await.unwrap();
            let taken = deliveries::take(&mut tx, 10, NOON, minute(2)).await.unwrap();
            tx.commit().await.unwrap();
            taken.len()
        }
    })
    .await;
    assert_eq!(taken.iter().sum::<usize>(), 1);
}
