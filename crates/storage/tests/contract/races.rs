//! Q-08, L7: what may happen once happens once, however many ask at the same time.

use std::future::Future;
use std::time::Duration;

use payung_domain::ids::MessageId;
use payung_domain::language::Language;
use payung_domain::notify::Notice;
use payung_domain::second_factor::{Destination, Way};
use payung_domain::token::Token;
use payung_storage::outbox::Message;
use payung_storage::{
    Store, accounts as account_rows, factors, not_me, outbox, passkeys, password_resets, sessions,
    sign_ins,
};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::{account, keep};
use crate::factors::{hash, passkey};
use crate::password_resets::link;
use crate::sign_ins::{session, sign_in};

on_each_engine!(
    l7_of_64_at_once_one_uses_the_code,
    l7_of_64_at_once_one_finishes_the_sign_in,
    l7_of_64_at_once_one_has_its_app_code_accepted,
    l7_of_64_at_once_one_says_this_was_not_me,
    l7_of_64_at_once_one_sets_the_password,
    l7_of_64_at_once_one_uses_the_recovery_code,
    l7_of_64_at_once_one_answers_the_challenge,
    l7_of_64_at_once_one_binds_the_app,
    l7_of_64_at_once_one_keeps_the_passkey,
    l7_of_64_at_once_one_proves_the_session,
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

async fn l7_of_64_at_once_one_says_this_was_not_me(db: TestStore) {
    crate::alarms::keep_link(&db, &[5; 32]).await;
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = not_me::use_up(&mut tx, &[5; 32], NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_sets_the_password(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    password_resets::add(&mut tx, &[1; 32], &link(1), NOON).await.unwrap();
    tx.commit().await.unwrap();
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = password_resets::redeem(&mut tx, &[1; 32], NOON).await.unwrap();
        if won {
            // As the flow does, within the same transaction.
            let password = account(1).password;
            let (id, now) = (account(1).id, NOON);
            account_rows::set_password(&mut tx, id, &password, now).await.unwrap();
        }
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_uses_the_recovery_code(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    factors::replace_codes(&mut tx, account(1).id, &[(5, hash(1))], NOON).await.unwrap();
    tx.commit().await.unwrap();
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let id = account(1).id;
        let won = factors::use_code_at(&mut tx, id, 5, &hash(1), NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_answers_the_challenge(db: TestStore) {
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let until = NOON.plus(Duration::from_mins(5));
        let won = passkeys::use_challenge(&mut tx, &[7; 32], until).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_binds_the_app(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    let until = NOON.plus(Duration::from_mins(10));
    let id = account(1).id;
    factors::begin_app(&mut tx, db.store.vault(), id, &[7; 20], NOON, until).await.unwrap();
    tx.commit().await.unwrap();
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = factors::end_app(&mut tx, account(1).id, NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_keeps_the_passkey(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    keep(&mut tx, &account(2)).await;
    tx.commit().await.unwrap();
    let number = std::sync::atomic::AtomicU64::new(0);
    let won = winners(&db.store, |store| {
        let number = number.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move {
            let kept = passkey(u128::from(number % 2 + 1), u128::from(number));
            let mut tx = store.write().await.unwrap();
            let won = passkeys::add(&mut tx, store.vault(), b"one", &kept).await.unwrap();
            tx.commit().await.unwrap();
            won
        }
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_proves_the_session(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    sessions::open(&mut tx, &[1; 32], &session(NOON)).await.unwrap();
    tx.commit().await.unwrap();
    let number = std::sync::atomic::AtomicU8::new(100);
    let won = winners(&db.store, |store| {
        let number = number.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move {
            let mut tx = store.write().await.unwrap();
            let new = [number; 32];
            let won = sessions::prove(&mut tx, &[1; 32], &new, Way::Totp, NOON).await.unwrap();
            tx.commit().await.unwrap();
            won
        }
    });
    assert_eq!(won.await, 1);
}

async fn no_two_workers_take_the_same_message(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    for number in 0..100 {
        let message = Message {
            id: MessageId(Uuid::from_u128(number)),
            account: Some(account(1).id),
            to: Destination::Email(
                payung_domain::contact::Email::parse("siti@peserta.example").unwrap(),
            ),
            language: Language::Id,
            notice: Notice::NewDevice { device: "Chrome".to_owned(), at: NOON },
            subject: "New sign-in".to_owned(),
            reference: None,
            not_me: None,
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
