//! Codes that prove a contact outside of a sign-in.

use std::time::Duration;

use payung_domain::time::Instant;
use payung_storage::contact_codes::{self, Belonging};
use payung_storage::{Store, Tx};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;

on_each_engine!(
    b02_a_contact_code_is_used_once_and_for_ten_minutes,
    b03_codes_are_found_by_undertaking_and_destination_together,
    b04_misses_void_the_codes_of_an_undertaking_or_of_a_destination,
    contact_codes_are_dropped_once_nobody_can_type_them,
);

pub(crate) const HERS: Belonging<'static> =
    Belonging { undertaking: &[1; 32], destination: &[5; 32] };
const HER_OTHER: Belonging<'static> = Belonging { undertaking: &[1; 32], destination: &[6; 32] };
const SOMEBODYS: Belonging<'static> = Belonging { undertaking: &[2; 32], destination: &[5; 32] };

async fn add(tx: &mut Tx, number: u8, belonging: Belonging<'_>, at: Instant) {
    let until = at.plus(Duration::from_mins(10));
    let id = Uuid::from_u128(number.into());
    contact_codes::add(tx, id, belonging, &[number; 32], at, until).await.unwrap();
}

/// Keeps one code.
pub(crate) async fn keep(store: &Store) {
    let mut tx = store.write().await.unwrap();
    add(&mut tx, 1, HERS, NOON).await;
    tx.commit().await.unwrap();
}

async fn good(tx: &mut Tx, belonging: Belonging<'_>) -> Vec<u8> {
    let codes = contact_codes::of(tx, belonging).await.unwrap();
    codes.into_iter().filter(|(code, _)| code.is_good(NOON)).map(|(_, tag)| tag[0]).collect()
}

async fn b02_a_contact_code_is_used_once_and_for_ten_minutes(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    add(&mut tx, 1, HERS, NOON).await;
    let (undertaking, id) = (HERS.undertaking, Uuid::from_u128(1));
    let late = NOON.plus(Duration::from_mins(10));
    assert!(!contact_codes::use_up(&mut tx, undertaking, id, late).await.unwrap());
    assert!(!contact_codes::use_up(&mut tx, &[2; 32], id, NOON).await.unwrap());
    assert!(contact_codes::use_up(&mut tx, undertaking, id, NOON).await.unwrap());
    assert!(!contact_codes::use_up(&mut tx, undertaking, id, NOON).await.unwrap());
    let (code, _) = contact_codes::of(&mut tx, HERS).await.unwrap().remove(0);
    assert!(!code.is_good(NOON) && !code.is_late(late));
}

async fn b03_codes_are_found_by_undertaking_and_destination_together(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    add(&mut tx, 1, HERS, NOON).await;
    add(&mut tx, 2, HERS, NOON.plus(Duration::from_secs(1))).await;
    add(&mut tx, 3, HER_OTHER, NOON).await;
    add(&mut tx, 4, SOMEBODYS, NOON).await;
    assert_eq!(good(&mut tx, HERS).await, [2, 1], "newest first");
    assert_eq!(good(&mut tx, HER_OTHER).await, [3]);
    assert_eq!(good(&mut tx, SOMEBODYS).await, [4]);
}

async fn b04_misses_void_the_codes_of_an_undertaking_or_of_a_destination(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    add(&mut tx, 1, HERS, NOON).await;
    add(&mut tx, 3, HER_OTHER, NOON).await;
    add(&mut tx, 4, SOMEBODYS, NOON).await;
    assert_eq!(contact_codes::void_to(&mut tx, HERS.destination, NOON).await.unwrap(), 2);
    assert!(good(&mut tx, HERS).await.is_empty() && good(&mut tx, SOMEBODYS).await.is_empty());
    assert_eq!(contact_codes::void_of(&mut tx, HERS.undertaking, NOON).await.unwrap(), 1);
    assert!(good(&mut tx, HER_OTHER).await.is_empty());
    let id = Uuid::from_u128(3);
    assert!(!contact_codes::use_up(&mut tx, HERS.undertaking, id, NOON).await.unwrap());
}

async fn contact_codes_are_dropped_once_nobody_can_type_them(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    add(&mut tx, 1, HERS, NOON).await;
    let end = NOON.plus(Duration::from_mins(10));
    assert_eq!(contact_codes::forget_before(&mut tx, end).await.unwrap(), 0);
    let later = end.plus(Duration::from_micros(1));
    assert_eq!(contact_codes::forget_before(&mut tx, later).await.unwrap(), 1);
    assert!(contact_codes::of(&mut tx, HERS).await.unwrap().is_empty());
}
