//! Messages on their way out.

use std::time::Duration;

use payung_domain::contact::Phone;
use payung_domain::ids::MessageId;
use payung_domain::language::Language;
use payung_domain::notify::Notice;
use payung_domain::reference::Reference;
use payung_domain::second_factor::Destination;
use payung_storage::outbox::{self, Caught, Message};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::{account, keep};

on_each_engine!(
    a_message_is_taken_sent_and_emptied,
    a_message_whose_worker_died_is_taken_again_under_the_next_number,
    a_message_put_off_waits,
    a_message_given_up_is_not_taken,
    the_demo_catches_a_message_once,
    a_message_may_be_about_no_account,
);

pub(crate) fn message() -> Message {
    Message {
        id: MessageId(Uuid::from_u128(1)),
        account: Some(account(1).id),
        to: Destination::Sms(Phone::parse("0800 0000 0001").unwrap()),
        language: Language::En,
        notice: Notice::SignInCode {
            code: "123456".to_owned(),
            until: NOON.plus(Duration::from_mins(10)),
        },
        subject: "Your sign-in code".to_owned(),
        reference: Reference::parse("PYG-7F3K-29QD"),
        not_me: None,
    }
}

async fn with_message(db: &TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    outbox::put(&mut tx, db.store.vault(), &message(), NOON).await.unwrap();
    tx.commit().await.unwrap();
}

async fn take(db: &TestStore, minute: u64) -> Vec<outbox::Taken> {
    let now = NOON.plus(Duration::from_mins(minute));
    let mut tx = db.store.write().await.unwrap();
    let taken =
        outbox::take(&mut tx, db.store.vault(), 10, now, now.plus(Duration::from_mins(1))).await;
    tx.commit().await.unwrap();
    taken.unwrap()
}

async fn a_message_is_taken_sent_and_emptied(db: TestStore) {
    with_message(&db).await;
    let taken = take(&db, 0).await.remove(0);
    assert_eq!((taken.attempt, taken.message.id), (1, message().id));
    assert_eq!((taken.message.to, taken.message.notice), (message().to, message().notice));
    assert!(take(&db, 0).await.is_empty(), "a leased message is left alone");
    let mut tx = db.store.write().await.unwrap();
    assert_eq!(outbox::waiting(&mut tx).await.unwrap(), (1, Some(NOON)));
    outbox::sent(&mut tx, message().id, NOON).await.unwrap();
    assert_eq!(outbox::waiting(&mut tx).await.unwrap(), (0, None));
    tx.commit().await.unwrap();
    assert!(take(&db, 5).await.is_empty());
    let mut tx = db.store.write().await.unwrap();
    assert_eq!(outbox::forget_before(&mut tx, NOON.plus(Duration::from_mins(1))).await.unwrap(), 1);
}

async fn a_message_whose_worker_died_is_taken_again_under_the_next_number(db: TestStore) {
    with_message(&db).await;
    assert_eq!(take(&db, 0).await[0].attempt, 1);
    assert_eq!(take(&db, 2).await[0].attempt, 2);
}

async fn a_message_put_off_waits(db: TestStore) {
    with_message(&db).await;
    take(&db, 0).await;
    let mut tx = db.store.write().await.unwrap();
    outbox::later(&mut tx, message().id, NOON.plus(Duration::from_mins(3)), "not reachable")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(take(&db, 2).await.is_empty());
    assert_eq!(take(&db, 3).await[0].attempt, 2);
}

async fn a_message_given_up_is_not_taken(db: TestStore) {
    with_message(&db).await;
    let mut tx = db.store.write().await.unwrap();
    outbox::give_up(&mut tx, message().id, NOON, "refused").await.unwrap();
    tx.commit().await.unwrap();
    assert!(take(&db, 9).await.is_empty());
}

async fn a_message_may_be_about_no_account(db: TestStore) {
    let to_nobody = Message { account: None, notice: Notice::NoAccount, ..message() };
    let mut tx = db.store.write().await.unwrap();
    outbox::put(&mut tx, db.store.vault(), &to_nobody, NOON).await.unwrap();
    tx.commit().await.unwrap();
    let taken = take(&db, 0).await.remove(0).message;
    assert_eq!((taken.account, taken.notice), (None, Notice::NoAccount));
}

async fn the_demo_catches_a_message_once(db: TestStore) {
    let vault = db.store.vault();
    let caught = Caught {
        id: "one".to_owned(),
        at: NOON,
        channel: "sms".to_owned(),
        kind: "sign-in-code".to_owned(),
        to: "+6280000000001".to_owned(),
        subject: String::new(),
        text: "123456".to_owned(),
        code: Some("123456".to_owned()),
        link: None,
    };
    let mut tx = db.store.write().await.unwrap();
    outbox::catch(&mut tx, vault, &caught).await.unwrap();
    outbox::catch(&mut tx, vault, &caught).await.unwrap();
    let later =
        Caught { id: "two".to_owned(), at: NOON.plus(Duration::from_mins(1)), ..caught.clone() };
    outbox::catch(&mut tx, vault, &later).await.unwrap();
    let all = outbox::caught(&mut tx, vault, 10).await.unwrap();
    let ids: Vec<&str> = all.iter().map(|caught| &*caught.id).collect();
    assert_eq!(ids, ["two", "one"]);
    assert_eq!(all[1].code.as_deref(), Some("123456"));
}
