//! The locks before payouts, and which news members want.

use std::time::Duration;

use payung_domain::notice_choices::{Channel, Choices, Topic};
use payung_domain::payout_lock::{Lock, OPENING};
use payung_storage::{notice_choices, payout_locks};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;

use crate::NOON;
use crate::accounts::{account, keep};

on_each_engine!(
    a_lock_is_shut_opened_and_shut_again,
    only_an_opening_that_is_under_way_is_stopped,
    what_is_switched_off_is_kept_for_each_member,
);

async fn a_lock_is_shut_opened_and_shut_again(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    let id = account(1).id;
    assert_eq!(payout_locks::get(&mut tx, id).await.unwrap(), None);
    let opens_at = NOON.plus(OPENING);
    assert!(!payout_locks::open(&mut tx, id, opens_at).await.unwrap(), "it was never shut");
    assert!(payout_locks::close(&mut tx, id, NOON).await.unwrap());
    let later = NOON.plus(Duration::from_secs(1));
    assert!(!payout_locks::close(&mut tx, id, later).await.unwrap());
    let shut = Lock { closed_at: NOON, opens_at: None };
    assert_eq!(payout_locks::get(&mut tx, id).await.unwrap(), Some(shut));
    assert!(payout_locks::open(&mut tx, id, opens_at).await.unwrap());
    let hasty = NOON.plus(Duration::from_secs(5));
    assert!(!payout_locks::open(&mut tx, id, hasty).await.unwrap());
    let opening = Lock { opens_at: Some(opens_at), ..shut };
    assert_eq!(payout_locks::get(&mut tx, id).await.unwrap(), Some(opening));
    assert!(payout_locks::close(&mut tx, id, later).await.unwrap());
    let again = Lock { closed_at: later, opens_at: None };
    assert_eq!(payout_locks::get(&mut tx, id).await.unwrap(), Some(again));
}

async fn only_an_opening_that_is_under_way_is_stopped(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    let (id, opens_at) = (account(1).id, NOON.plus(OPENING));
    assert!(!payout_locks::stop_opening(&mut tx, id, NOON).await.unwrap());
    payout_locks::close(&mut tx, id, NOON).await.unwrap();
    assert!(!payout_locks::stop_opening(&mut tx, id, NOON).await.unwrap());
    payout_locks::open(&mut tx, id, opens_at).await.unwrap();
    assert!(!payout_locks::stop_opening(&mut tx, id, opens_at).await.unwrap(), "it is open");
    assert!(payout_locks::stop_opening(&mut tx, id, NOON).await.unwrap());
    let shut = Lock { closed_at: NOON, opens_at: None };
    assert_eq!(payout_locks::get(&mut tx, id).await.unwrap(), Some(shut));
}

async fn what_is_switched_off_is_kept_for_each_member(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    keep(&mut tx, &account(2)).await;
    let (hers, his) = (account(1).id, account(2).id);
    let off = [(Topic::Claims, Channel::Sms), (Topic::Statements, Channel::Email)];
    let choices = Choices::without(off);
    notice_choices::set(&mut tx, hers, &choices).await.unwrap();
    assert_eq!(notice_choices::get(&mut tx, hers).await.unwrap(), choices);
    assert_eq!(notice_choices::get(&mut tx, his).await.unwrap(), Choices::default());
    notice_choices::set(&mut tx, hers, &Choices::default()).await.unwrap();
    assert_eq!(notice_choices::get(&mut tx, hers).await.unwrap(), Choices::default());
}
