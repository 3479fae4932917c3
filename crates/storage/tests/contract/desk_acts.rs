//! What the desk checks and does for members: checklists, acts of two officers, and their links.

use std::slice;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use payung_domain::contact::Phone;
use payung_domain::ids::{AccountId, ActId, CheckId, StaffId};
use payung_domain::second_factor::Destination;
use payung_domain::staff::acts::{DELAY, DeskAct, End, Hand, Kind, UNAPPROVED};
use payung_domain::staff::looks::{Reason, Why};
use payung_domain::staff::verification::{Item, Method};
use payung_domain::staff::{Officer, Role, Staff};
use payung_storage::staff::acts::{self, Link, Purpose};
use payung_storage::staff::checks::{self, Check};
use payung_storage::{Store, Tx, staff};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::{account, keep};

on_each_engine!(
    p03_a_checklist_is_kept_by_officer_and_the_member_answers_once,
    p04_an_act_is_asked_for_approved_by_another_and_ended_once,
    p04_an_account_has_one_open_act,
    p04_a_new_contact_is_confirmed_once,
    p06_an_act_is_found_by_the_contact_it_brings_while_that_is_not_proved,
    p04_a_link_about_the_desk_is_used_once,
    l7_of_64_officers_at_once_one_approves,
    l7_approvals_and_cancellations_at_once_end_cancelled_and_once,
);

fn hand(number: u128) -> Hand {
    Hand {
        id: StaffId(Uuid::from_u128(number)),
        name: Officer::parse(&format!("officer-{number}")).unwrap(),
    }
}

async fn with_officers(store: &Store, count: u128) -> Tx {
    let mut tx = store.write().await.unwrap();
    for number in 1..=count {
        let Hand { id, name } = hand(number);
        let one = Staff { id, name, role: Role::Verifier, disabled_at: None };
        let handle = Uuid::from_u128(1_000 + number);
        assert!(staff::add(&mut tx, store.vault(), &one, handle, None, NOON).await.unwrap());
    }
    keep(&mut tx, &account(1)).await;
    tx
}

fn whose() -> AccountId {
    account(1).id
}

fn act(number: u128) -> DeskAct {
    DeskAct {
        id: ActId(Uuid::from_u128(number)),
        account: whose(),
        kind: Kind::ReplacePhone,
        new: Some(Destination::Sms(Phone::parse("0800 0000 0009").unwrap())),
        asked_by: hand(1),
        reason: Reason { why: Why::Visit, text: "lost the telephone".to_owned() },
        asked_at: NOON,
        version: [7; 32],
        confirmed_at: Some(NOON),
        approved: None,
        due_at: Some(NOON.plus(UNAPPROVED)),
        ended: None,
    }
}

async fn p03_a_checklist_is_kept_by_officer_and_the_member_answers_once(db: TestStore) {
    let mut tx = with_officers(&db.store, 1).await;
    let asked = Check {
        account: whose(),
        id: CheckId(Uuid::from_u128(1)),
        staff: hand(1).id,
        officer: "officer-1".to_owned(),
        method: Method::Inbox,
        asked_at: NOON,
        done_at: None,
    };
    checks::add(&mut tx, &asked).await.unwrap();
    assert_eq!(checks::get(&mut tx, whose(), asked.id).await.unwrap(), Some(asked.clone()));
    let another = AccountId(Uuid::from_u128(99));
    assert_eq!(checks::get(&mut tx, another, asked.id).await.unwrap(), None);
    assert_eq!(asked.item(), None);
    assert!(checks::answer(&mut tx, whose(), asked.id, NOON).await.unwrap());
    assert!(!checks::answer(&mut tx, whose(), asked.id, NOON).await.unwrap());
    let just_before = NOON.minus(Duration::from_micros(1));
    let list = checks::since(&mut tx, whose(), just_before).await.unwrap();
    let item = Item { method: Method::Inbox, officer: hand(1).id, done_at: NOON };
    assert_eq!(list.iter().filter_map(Check::item).collect::<Vec<_>>(), [item]);
    assert!(checks::since(&mut tx, whose(), NOON).await.unwrap().is_empty());
    assert_eq!(checks::forget_before(&mut tx, NOON).await.unwrap(), 0);
    let later = NOON.plus(Duration::from_micros(1));
    assert_eq!(checks::forget_before(&mut tx, later).await.unwrap(), 1);
}

async fn p06_an_act_is_found_by_the_contact_it_brings_while_that_is_not_proved(db: TestStore) {
    let mut tx = with_officers(&db.store, 1).await;
    let vault = db.store.vault();
    let waiting = DeskAct { confirmed_at: None, ..act(1) };
    let to = waiting.new.clone().unwrap();
    let other = Destination::Sms(Phone::parse("0800 0000 0010").unwrap());
    assert!(acts::bringing(&mut tx, vault, &to, 9).await.unwrap().is_empty());
    assert!(acts::add(&mut tx, vault, &waiting).await.unwrap());
    let found = acts::bringing(&mut tx, vault, &to, 9).await.unwrap();
    assert_eq!(found, slice::from_ref(&waiting));
    assert!(acts::bringing(&mut tx, vault, &other, 9).await.unwrap().is_empty());
    assert!(acts::confirm(&mut tx, waiting.id, NOON).await.unwrap());
    assert!(acts::bringing(&mut tx, vault, &to, 9).await.unwrap().is_empty());
}

async fn p04_an_act_is_asked_for_approved_by_another_and_ended_once(db: TestStore) {
    let mut tx = with_officers(&db.store, 2).await;
    let (vault, act) = (db.store.vault(), act(1));
    assert!(acts::add(&mut tx, vault, &act).await.unwrap());
    assert_eq!(acts::get(&mut tx, vault, act.id).await.unwrap(), Some(act.clone()));
    assert_eq!(acts::locked(&mut tx, vault, act.id).await.unwrap(), Some(act.clone()));
    assert_eq!(acts::open_of(&mut tx, vault, whose()).await.unwrap(), Some(act.clone()));
    assert_eq!(acts::open(&mut tx, vault, 9).await.unwrap(), slice::from_ref(&act));
    let due_at = NOON.plus(DELAY);
    let own = acts::approve(&mut tx, act.id, &hand(1), due_at, NOON).await.unwrap();
    assert!(!own, "not even by hand");
    let late = NOON.plus(UNAPPROVED);
    assert!(!acts::approve(&mut tx, act.id, &hand(2), due_at, late).await.unwrap());
    assert!(acts::approve(&mut tx, act.id, &hand(2), due_at, NOON).await.unwrap());
    assert!(!acts::approve(&mut tx, act.id, &hand(2), due_at, NOON).await.unwrap());
    let just_before = due_at.minus(Duration::from_micros(1));
    assert!(acts::due(&mut tx, just_before, 9).await.unwrap().is_empty());
    assert_eq!(acts::due(&mut tx, due_at, 9).await.unwrap(), [act.id]);
    assert!(acts::close(&mut tx, act.id, End::Done, due_at).await.unwrap());
    assert!(!acts::close(&mut tx, act.id, End::Cancelled, due_at).await.unwrap());
    let over = DeskAct {
        approved: Some((hand(2), NOON)),
        due_at: None,
        ended: Some((End::Done, due_at)),
        ..act
    };
    assert_eq!(acts::get(&mut tx, vault, over.id).await.unwrap(), Some(over.clone()));
    assert_eq!(acts::open_of(&mut tx, vault, whose()).await.unwrap(), None);
    assert!(acts::due(&mut tx, late, 9).await.unwrap().is_empty());
    assert!(!acts::approve(&mut tx, over.id, &hand(2), due_at, NOON).await.unwrap());
}

async fn p04_an_account_has_one_open_act(db: TestStore) {
    let mut tx = with_officers(&db.store, 1).await;
    let vault = db.store.vault();
    assert!(acts::add(&mut tx, vault, &act(1)).await.unwrap());
    let second = DeskAct { kind: Kind::RemoveApp, new: None, ..act(2) };
    assert!(!acts::add(&mut tx, vault, &second).await.unwrap());
    assert!(acts::close(&mut tx, act(1).id, End::Refused, NOON).await.unwrap());
    assert!(acts::add(&mut tx, vault, &second).await.unwrap());
    assert_eq!(acts::get(&mut tx, vault, second.id).await.unwrap(), Some(second));
}

async fn p04_a_new_contact_is_confirmed_once(db: TestStore) {
    let mut tx = with_officers(&db.store, 1).await;
    let act = DeskAct { confirmed_at: None, ..act(1) };
    assert!(acts::add(&mut tx, db.store.vault(), &act).await.unwrap());
    assert!(acts::confirm(&mut tx, act.id, NOON).await.unwrap());
    assert!(!acts::confirm(&mut tx, act.id, NOON).await.unwrap());
}

async fn p04_a_link_about_the_desk_is_used_once(db: TestStore) {
    let mut tx = with_officers(&db.store, 1).await;
    let end = NOON.plus(Duration::from_hours(1));
    for (number, purpose) in [(1, Purpose::Check), (2, Purpose::Cancel), (3, Purpose::Confirm)] {
        let subject = Uuid::from_u128(5);
        let link = Link { purpose, account: whose(), subject, expires_at: end, used_at: None };
        acts::add_link(&mut tx, &[number; 32], &link).await.unwrap();
        assert_eq!(acts::link(&mut tx, &[number; 32]).await.unwrap(), Some(link));
        assert!(!acts::use_link(&mut tx, &[number; 32], end).await.unwrap(), "too late");
        assert!(acts::use_link(&mut tx, &[number; 32], NOON).await.unwrap());
        assert!(!acts::use_link(&mut tx, &[number; 32], NOON).await.unwrap(), "used");
    }
    assert_eq!(acts::link(&mut tx, &[9; 32]).await.unwrap(), None);
    assert_eq!(acts::forget_links_before(&mut tx, end).await.unwrap(), 0);
    let later = end.plus(Duration::from_micros(1));
    assert_eq!(acts::forget_links_before(&mut tx, later).await.unwrap(), 3);
}

async fn asked_for(db: &TestStore, officers: u128) {
    let mut tx = with_officers(&db.store, officers).await;
    assert!(acts::add(&mut tx, db.store.vault(), &act(1)).await.unwrap());
    tx.commit().await.unwrap();
}

async fn approves(store: Store, number: u128) -> bool {
    let mut tx = store.write().await.unwrap();
    let due_at = NOON.plus(DELAY);
    let won = acts::approve(&mut tx, act(1).id, &hand(number), due_at, NOON).await.unwrap();
    tx.commit().await.unwrap();
    won
}

async fn l7_of_64_officers_at_once_one_approves(db: TestStore) {
    asked_for(&db, 65).await;
    let tasks: Vec<_> =
        (2..=65).map(|number| tokio::spawn(approves(db.store.clone(), number))).collect();
    let mut won = 0;
    for task in tasks {
        won += usize::from(task.await.unwrap());
    }
    assert_eq!(won, 1);
}

/// An approval is followed by a cancellation or not at all: once it is cancelled nobody approves.
async fn l7_approvals_and_cancellations_at_once_end_cancelled_and_once(db: TestStore) {
    asked_for(&db, 34).await;
    let cancelled = Arc::new(AtomicU32::new(0));
    let tasks: Vec<_> = (2..=33_u128)
        .map(|number| {
            let (store, cancelled) = (db.store.clone(), Arc::clone(&cancelled));
            tokio::spawn(async move {
                if number.is_multiple_of(2) {
                    return approves(store, number).await;
                }
                let mut tx = store.write().await.unwrap();
                let won = acts::close(&mut tx, act(1).id, End::Cancelled, NOON).await.unwrap();
                tx.commit().await.unwrap();
                cancelled.fetch_add(u32::from(won), Ordering::SeqCst);
                false
            })
        })
        .collect();
    let mut approved = 0;
    for task in tasks {
        approved += usize::from(task.await.unwrap());
    }
    assert!(approved <= 1);
    assert_eq!(cancelled.load(Ordering::SeqCst), 1);
    assert!(!approves(db.store.clone(), 34).await, "it is over");
    let mut tx = db.store.read().await.unwrap();
    let kept = acts::get(&mut tx, db.store.vault(), act(1).id).await.unwrap().unwrap();
    assert_eq!(kept.ended, Some((End::Cancelled, NOON)));
    assert_eq!(kept.due_at, None);
}
