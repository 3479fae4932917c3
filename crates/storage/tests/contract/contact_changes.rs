//! Changes of contacts on their way, and the links that take them back.

use std::time::Duration;

use payung_domain::contact_changes::{Act, COOLING_OFF, Change, Kind, UNDOABLE, UNFINISHED};
use payung_domain::ids::ChangeId;
use payung_domain::time::Instant;
use payung_storage::contact_changes::{self, UndoLink};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::{account, keep};
use crate::contacts::email;

on_each_engine!(
    a_change_reads_back_and_the_same_form_is_one,
    s5_a_change_is_found_by_its_owner_only,
    a_change_is_confirmed_once_within_its_hour,
    a_change_is_taken_back_once_within_its_three_days,
    a_newer_change_takes_the_place_of_an_unconfirmed_one_of_its_kind,
    what_took_effect_or_lapsed_is_told_once,
    an_undo_link_works_once_and_until_its_end,
    old_changes_go_with_their_links,
);

fn change(number: u128, begun_at: Instant) -> Change {
    Change {
        id: ChangeId(Uuid::from_u128(number)),
        account: account(1).id,
        act: Act::Replace,
        kind: Kind::Email,
        new: Some(email("baru")),
        old: Some(email("lama")),
        begun_at,
        confirmed_at: None,
        cancelled_at: None,
    }
}

/// Keeps one change with an undo link, confirmed or not.
pub(crate) async fn keep_one(db: &TestStore, confirmed_at: Option<Instant>) -> ChangeId {
    let kept = Change { confirmed_at, ..change(1, NOON) };
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    assert!(contact_changes::begin(&mut tx, db.store.vault(), &kept).await.unwrap());
    contact_changes::add_link(&mut tx, &[7; 32], &link()).await.unwrap();
    tx.commit().await.unwrap();
    kept.id
}

fn link() -> UndoLink {
    let expires_at = NOON.plus(UNDOABLE);
    UndoLink { account: account(1).id, change: change(1, NOON).id, expires_at, used_at: None }
}

async fn a_change_reads_back_and_the_same_form_is_one(db: TestStore) {
    keep_one(&db, None).await;
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    let (id, kept) = (account(1).id, change(1, NOON));
    let again = Change { new: Some(email("lain")), ..kept.clone() };
    assert!(!contact_changes::begin(&mut tx, vault, &again).await.unwrap());
    let read = contact_changes::get(&mut tx, vault, id, kept.id).await.unwrap();
    assert_eq!(read, Some(kept.clone()));
    let gone = Change {
        act: Act::Remove,
        new: None,
        confirmed_at: Some(NOON),
        ..change(2, NOON.plus(Duration::from_secs(1)))
    };
    assert!(contact_changes::begin(&mut tx, vault, &gone).await.unwrap());
    let now = NOON.plus(UNDOABLE);
    let recent = contact_changes::recent(&mut tx, vault, id, now).await.unwrap();
    assert_eq!(recent, [gone, kept], "the newest first");
    let long_after = now.plus(UNFINISHED + UNDOABLE);
    assert!(contact_changes::recent(&mut tx, vault, id, long_after).await.unwrap().is_empty());
}

async fn s5_a_change_is_found_by_its_owner_only(db: TestStore) {
    let id = keep_one(&db, Some(NOON)).await;
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    let stranger = account(2).id;
    assert!(contact_changes::get(&mut tx, vault, stranger, id).await.unwrap().is_none());
    assert!(!contact_changes::cancel(&mut tx, stranger, id, NOON).await.unwrap());
    assert!(!contact_changes::confirm(&mut tx, stranger, id, NOON).await.unwrap());
}

async fn a_change_is_confirmed_once_within_its_hour(db: TestStore) {
    let id = keep_one(&db, None).await;
    let mut tx = db.store.write().await.unwrap();
    let hers = account(1).id;
    let late = NOON.plus(UNFINISHED);
    assert!(!contact_changes::confirm(&mut tx, hers, id, late).await.unwrap());
    assert!(contact_changes::confirm(&mut tx, hers, id, NOON).await.unwrap());
    assert!(!contact_changes::confirm(&mut tx, hers, id, NOON).await.unwrap());
}

async fn a_change_is_taken_back_once_within_its_three_days(db: TestStore) {
    let id = keep_one(&db, Some(NOON)).await;
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    let (hers, end) = (account(1).id, NOON.plus(UNDOABLE));
    let in_time = end.minus(Duration::from_micros(1));
    assert!(!contact_changes::cancel(&mut tx, hers, id, end).await.unwrap());
    assert!(contact_changes::cancel(&mut tx, hers, id, in_time).await.unwrap());
    assert!(!contact_changes::cancel(&mut tx, hers, id, in_time).await.unwrap());
    let read = contact_changes::get(&mut tx, vault, hers, id).await.unwrap().unwrap();
    assert_eq!(read.cancelled_at, Some(in_time));
    let untold = contact_changes::untold(&mut tx, vault, end, 10).await.unwrap();
    assert!(untold.is_empty(), "whoever took it back has told it");
}

async fn a_newer_change_takes_the_place_of_an_unconfirmed_one_of_its_kind(db: TestStore) {
    let id = keep_one(&db, None).await;
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    let hers = account(1).id;
    let dropped = contact_changes::drop_unconfirmed(&mut tx, hers, Kind::Phone).await.unwrap();
    assert_eq!(dropped, 0);
    let certain = Change { confirmed_at: Some(NOON), ..change(2, NOON) };
    contact_changes::begin(&mut tx, vault, &certain).await.unwrap();
    let dropped = contact_changes::drop_unconfirmed(&mut tx, hers, Kind::Email).await.unwrap();
    assert_eq!(dropped, 1);
    assert!(contact_changes::get(&mut tx, vault, hers, id).await.unwrap().is_none());
    assert!(contact_changes::get(&mut tx, vault, hers, certain.id).await.unwrap().is_some());
}

async fn what_took_effect_or_lapsed_is_told_once(db: TestStore) {
    let lapses = keep_one(&db, None).await;
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    let certain = Change { confirmed_at: Some(NOON), ..change(2, NOON) };
    contact_changes::begin(&mut tx, vault, &certain).await.unwrap();
    let (hour, effect) = (NOON.plus(UNFINISHED), NOON.plus(COOLING_OFF));
    let just = |at: Instant| at.minus(Duration::from_micros(1));
    for (now, expected) in [(just(hour), 0), (hour, 1), (just(effect), 1), (effect, 2)] {
        let untold = contact_changes::untold(&mut tx, vault, now, 10).await.unwrap();
        assert_eq!(untold.len(), expected, "{now:?}");
    }
    let hers = account(1).id;
    assert!(contact_changes::tell_end(&mut tx, hers, lapses, effect).await.unwrap());
    assert!(!contact_changes::tell_end(&mut tx, hers, lapses, effect).await.unwrap());
    let untold = contact_changes::untold(&mut tx, vault, effect, 10).await.unwrap();
    assert_eq!(untold, [certain]);
}

async fn an_undo_link_works_once_and_until_its_end(db: TestStore) {
    keep_one(&db, Some(NOON)).await;
    let mut tx = db.store.write().await.unwrap();
    assert_eq!(contact_changes::link(&mut tx, &[7; 32]).await.unwrap(), Some(link()));
    assert_eq!(contact_changes::link(&mut tx, &[8; 32]).await.unwrap(), None);
    let end = NOON.plus(UNDOABLE);
    assert!(!contact_changes::use_link(&mut tx, &[7; 32], end).await.unwrap());
    assert!(contact_changes::use_link(&mut tx, &[7; 32], NOON).await.unwrap());
    assert!(!contact_changes::use_link(&mut tx, &[7; 32], NOON).await.unwrap());
    let used = contact_changes::link(&mut tx, &[7; 32]).await.unwrap().unwrap();
    assert_eq!(used.used_at, Some(NOON));
}

async fn old_changes_go_with_their_links(db: TestStore) {
    let id = keep_one(&db, Some(NOON)).await;
    let mut tx = db.store.write().await.unwrap();
    let later = NOON.plus(Duration::from_hours(24 * 31));
    assert_eq!(contact_changes::forget_before(&mut tx, later).await.unwrap(), 0, "it is untold");
    contact_changes::tell_end(&mut tx, account(1).id, id, NOON).await.unwrap();
    assert_eq!(contact_changes::forget_before(&mut tx, NOON).await.unwrap(), 0);
    assert_eq!(contact_changes::forget_before(&mut tx, later).await.unwrap(), 1);
    assert_eq!(contact_changes::link(&mut tx, &[7; 32]).await.unwrap(), None);
}
