//! Q-08, L7: what may happen once happens once, however many ask at the same time.

use std::future::Future;
use std::time::Duration;

use payung_domain::ids::MessageId;
use payung_domain::language::Language;
use payung_domain::notify::Notice;
use payung_domain::second_factor::Destination;
use payung_domain::token::Token;
use payung_storage::outbox::Message;
use payung_storage::{Store, accounts as account_rows, outbox, sign_ins};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::{account, keep};
use crate::sign_ins::sign_in;

on_each_engine!(
    l7_of_64_at_once_one_uses_the_code,
    l7_of_64_at_once_one_finishes_the_sign_in,
    l7_of_64_at_once_one_has_its_app_code_accepted,
    no_two_workers_take_the_same_message,
);

/// Runs the same thing 64 times at once and answers how many were told `true`.
async fn winners<F>(store: &Store, thing: impl Fn(Store) -> F) -> usize
where
    F: Future<Output = bool> + Send + 'static,
{
    let tasks: Vec<_> = (0..64).map(|_| tokio::spawn(thing(store.clone()))).collect();
    let mut won = 0;
    for task in tasks {
        won += usize::from(task.await.unwrap());
    }
    won
}

async fn l7_of_64_at_once_one_uses_the_code(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    sign_ins::begin(&mut tx, &sign_in(1), NOON).await.unwrap();
    let id = Uuid::from_u128(1);
    let until = NOON.plus(Duration::from_mins(10));
    sign_ins::add_code(&mut tx, id, &sign_in(1), &[1; 32], NOON, until).await.unwrap();
    tx.commit().await.unwrap();
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = sign_ins::use_code(&mut tx, id, NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_finishes_the_sign_in(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    sign_ins::begin(&mut tx, &sign_in(1), NOON).await.unwrap();
    tx.commit().await.unwrap();
    let won = winners(&db.store, |store| async move {
        let token = Token::of(&[9; 32]);
        let mut tx = store.write().await.unwrap();
        let won = sign_ins::finish(&mut tx, store.vault(), &[1; 32], &token, NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_has_its_app_code_accepted(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    account_rows::add_app(&mut tx, db.store.vault(), account(1).id, &[7; 20], NOON).await.unwrap();
    tx.commit().await.unwrap();
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = account_rows::accept_app_step(&mut tx, account(1).id, 5).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn no_two_workers_take_the_same_message(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    for number in 0..100 {
        let message = Message {
            id: MessageId(Uuid::from_u128(number)),
            account: account(1).id,
            to: Destination::Email(
                payung_domain::contact::Email::parse("siti@peserta.example").unwrap(),
            ),
            language: Language::Id,
            notice: Notice::NewDevice { device: "Chrome".to_owned(), at: NOON },
        };
        outbox::put(&mut tx, db.store.vault(), &message, NOON).await.unwrap();
    }
    tx.commit().await.unwrap();
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let store = db.store.clone();
            tokio::spawn(async move {
                let mut taken = Vec::new();
                loop {
                    let mut tx = store.write().await.unwrap();
                    let lease = NOON.plus(Duration::from_mins(1));
                    let batch = outbox::take(&mut tx, store.vault(), 7, NOON, lease).await.unwrap();
                    tx.commit().await.unwrap();
                    // PostgreSQL's second worker may find only rows that the first one holds.
                    let mut tx = store.read().await.unwrap();
                    let left = outbox::untaken(&mut tx, NOON).await.unwrap();
                    if batch.is_empty() && left == 0 {
                        return taken;
                    }
                    taken.extend(batch.into_iter().map(|t| t.message.id));
                }
            })
        })
        .collect();
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await.unwrap());
    }
    all.sort();
    let count = all.len();
    all.dedup();
    assert_eq!((all.len(), count), (100, 100));
}
