//! Q-08, L7: what may happen once happens once, however many ask at the same time.

use std::future::Future;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::contact::{Email, Identifier};
use payung_domain::ids::MessageId;
use payung_domain::language::Language;
use payung_domain::notify::Notice;
use payung_domain::second_factor::{Destination, Hash, Way};
use payung_domain::staff::cases::Closing;
use payung_domain::token::Token;
use payung_storage::outbox::Message;
use payung_storage::staff::cases;
use payung_storage::{
    Store, accounts as account_rows, activations, contact_changes, contact_codes, contacts,
    factors, members, not_me, outbox, passkeys, password_resets, recoveries, sessions, sign_ins,
};
use payung_testkit::store::TestStore;
use payung_testkit::{crowd, on_each_engine};
use uuid::Uuid;

use crate::NOON;
use crate::accounts::{account, keep};
use crate::activations::{activation, reached};
use crate::factors::{hash, passkey};
use crate::password_resets::link;
use crate::sign_ins::{session, sign_in};

on_each_engine!(
    l7_of_64_at_once_one_uses_the_code,
    l7_of_64_at_once_one_uses_the_contact_code,
    l7_of_64_at_once_one_account_gets_the_contact,
    l7_of_64_at_once_one_confirms_the_change,
    l7_of_64_at_once_one_takes_the_change_back,
    l7_of_64_at_once_one_uses_the_undo_link,
    of_64_workers_at_once_one_tells_the_end_of_a_change,
    of_64_tabs_at_once_one_changes_the_address,
    l7_of_64_at_once_one_finishes_the_sign_in,
    l7_of_64_at_once_one_has_its_app_code_accepted,
    l7_of_64_at_once_one_says_this_was_not_me,
    l7_of_64_at_once_one_sets_the_password,
    l7_of_64_at_once_one_uses_the_recovery_code,
    l7_of_64_at_once_one_answers_the_challenge,
    l7_of_64_at_once_one_binds_the_app,
    l7_of_64_at_once_one_keeps_the_passkey,
    l7_of_64_at_once_one_proves_the_session,
    l7_of_64_stops_and_ends_of_a_recovery_one_happens,
    l7_of_64_at_once_one_finishes_the_recovery,
    l7_of_64_at_once_one_uses_the_link_of_a_recovery,
    l7_of_64_at_once_one_sends_the_draft,
    l7_of_64_officers_at_once_two_record_the_proof,
    l7_of_64_at_once_one_opens_a_recovery,
    l7_of_64_at_once_one_goes_on_with_the_link,
    l7_of_64_at_once_one_opens_the_account,
    l7_of_64_at_once_one_claims_the_name,
    l7_of_64_at_once_one_saves_the_codes,
    of_64_officers_at_once_one_takes_the_case,
    of_64_officers_at_once_one_changes_the_case,
    no_two_workers_take_the_same_message,
);

/// Runs the same thing 64 times at once and answers how many were told `true`.
pub(crate) async fn winners<F>(store: &Store, thing: impl Fn(Store) -> F) -> usize
where
    F: Future<Output = bool> + Send + 'static,
{
    let answers = crowd::of_64(|_| thing(store.clone())).await;
    answers.into_iter().filter(|has_won| *has_won).count()
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

async fn l7_of_64_at_once_one_uses_the_contact_code(db: TestStore) {
    crate::contact_codes::keep(&db.store).await;
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let (undertaking, id) = (crate::contact_codes::HERS.undertaking, Uuid::from_u128(1));
        let won = contact_codes::use_up(&mut tx, undertaking, id, NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_account_gets_the_contact(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    for number in 1..=64 {
        keep(&mut tx, &account(number)).await;
    }
    tx.commit().await.unwrap();
    let number = std::sync::atomic::AtomicU64::new(1);
    let won = winners(&db.store, |store| {
        let number = number.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move {
            let to = crate::contacts::email("diperebutkan");
            let id = account(u128::from(number)).id;
            let mut tx = store.write().await.unwrap();
            let coming = crate::contacts::coming(&to, NOON);
            let won = contacts::claim(&mut tx, store.vault(), id, coming, NOON).await.unwrap();
            tx.commit().await.unwrap();
            won
        }
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_confirms_the_change(db: TestStore) {
    let change = crate::contact_changes::keep_one(&db, None).await;
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let id = account(1).id;
        let won = contact_changes::confirm(&mut tx, id, change, NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_takes_the_change_back(db: TestStore) {
    let change = crate::contact_changes::keep_one(&db, Some(NOON)).await;
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let id = account(1).id;
        let won = contact_changes::cancel(&mut tx, id, change, NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_uses_the_undo_link(db: TestStore) {
    crate::contact_changes::keep_one(&db, Some(NOON)).await;
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = contact_changes::use_link(&mut tx, &[7; 32], NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn of_64_workers_at_once_one_tells_the_end_of_a_change(db: TestStore) {
    let change = crate::contact_changes::keep_one(&db, Some(NOON)).await;
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let id = account(1).id;
        let won = contact_changes::tell_end(&mut tx, id, change, NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn of_64_tabs_at_once_one_changes_the_address(db: TestStore) {
    let (person, before) = crate::membership::somebody_at_home(&db).await;
    let won = winners(&db.store, |store| {
        let before = before.clone();
        async move {
            let mut tx = store.write().await.unwrap();
            let (vault, address) = (store.vault(), crate::membership::address("Jalan Baru 9"));
            let won = members::set_address(&mut tx, vault, person, &address, &before, NOON).await;
            tx.commit().await.unwrap();
            won.unwrap()
        }
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
            let (id, before, password) =
                (account(1).id, account(1).password_set_at, account(1).password);
            account_rows::set_password(&mut tx, id, before, &password, NOON).await.unwrap();
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
    factors::begin_app(&mut tx, db.store.vault(), id, (&[7; 20], Hash::Sha1), NOON, until)
        .await
        .unwrap();
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

/// Half stop it, half finish it: one of all of them does, and the row says which.
async fn l7_of_64_stops_and_ends_of_a_recovery_one_happens(db: TestStore) {
    use payung_domain::recoveries::End;
    crate::recoveries::with_proved(&db).await.commit().await.unwrap();
    let later = NOON.plus(Duration::from_hours(72));
    let number = std::sync::atomic::AtomicU64::new(0);
    let stops = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0));
    let won = winners(&db.store, |store| {
        let number = number.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let stops = std::sync::Arc::clone(&stops);
        async move {
            let id = crate::recoveries::id(1);
            let mut tx = store.write().await.unwrap();
            let stopping = number.is_multiple_of(2);
            let won = if stopping {
                recoveries::close(&mut tx, id, End::Stopped, later).await.unwrap()
            } else {
                recoveries::finish(&mut tx, id, later).await.unwrap()
            };
            tx.commit().await.unwrap();
            if won && stopping {
                stops.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            }
            won
        }
    });
    assert_eq!(won.await, 1);
    let mut tx = db.store.read().await.unwrap();
    let id = crate::recoveries::id(1);
    let kept = recoveries::get(&mut tx, db.store.vault(), id).await.unwrap().unwrap();
    let expected = match stops.load(std::sync::atomic::Ordering::SeqCst) {
        1 => End::Stopped,
        _ => End::Done,
    };
    assert_eq!(kept.recovery.end, Some((expected, later)));
}

async fn l7_of_64_at_once_one_finishes_the_recovery(db: TestStore) {
    crate::recoveries::with_proved(&db).await.commit().await.unwrap();
    let later = NOON.plus(Duration::from_hours(72));
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = recoveries::finish(&mut tx, crate::recoveries::id(1), later).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_uses_the_link_of_a_recovery(db: TestStore) {
    use payung_storage::recovery_links::{self, Purpose};
    let mut tx = crate::recoveries::with_warned(&db).await;
    let until = NOON.plus(Duration::from_hours(24));
    let id = crate::recoveries::id(1);
    recovery_links::add(&mut tx, &[5; 32], Purpose::Finish, id, until).await.unwrap();
    tx.commit().await.unwrap();
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = recovery_links::use_up(&mut tx, &[5; 32], Purpose::Finish, NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_sends_the_draft(db: TestStore) {
    use payung_storage::recovery_drafts;
    let mut tx = db.store.write().await.unwrap();
    let until = NOON.plus(Duration::from_hours(24));
    recovery_drafts::begin(&mut tx, &[5; 32], NOON, until).await.unwrap();
    tx.commit().await.unwrap();
    let number = std::sync::atomic::AtomicU64::new(1);
    let won = winners(&db.store, |store| {
        let number = number.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move {
            let id = crate::recoveries::id(u128::from(number));
            let mut tx = store.write().await.unwrap();
            let won = recovery_drafts::send(&mut tx, &[5; 32], id).await.unwrap();
            tx.commit().await.unwrap();
            won
        }
    });
    assert_eq!(won.await, 1);
}

/// Four people at sixteen desks each: one is the first, another one is the second.
async fn l7_of_64_officers_at_once_two_record_the_proof(db: TestStore) {
    use payung_domain::recoveries::Recorded;
    crate::recoveries::with_warned(&db).await.commit().await.unwrap();
    let number = std::sync::atomic::AtomicUsize::new(0);
    let won = winners(&db.store, |store| {
        let number = number.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move {
            let name = ["lestari", "bayu", "wati", "joko"][number % 4];
            let officer = crate::recoveries::officer(name);
            let id = crate::recoveries::id(1);
            let mut tx = store.write().await.unwrap();
            let kept = recoveries::get(&mut tx, store.vault(), id).await.unwrap().unwrap();
            let first = Recorded { by: officer.clone(), ..crate::recoveries::recorded() };
            let won = recoveries::record_first(&mut tx, id, &first).await.unwrap()
                || recoveries::record_second(&mut tx, id, &officer, &kept.recovery, NOON)
                    .await
                    .unwrap();
            tx.commit().await.unwrap();
            won
        }
    });
    assert_eq!(won.await, 2);
    let mut tx = db.store.read().await.unwrap();
    let id = crate::recoveries::id(1);
    let kept = recoveries::get(&mut tx, db.store.vault(), id).await.unwrap().unwrap();
    let proof = kept.recovery.proof.unwrap();
    assert_ne!(Some(&proof.by), proof.confirmed.as_ref().map(|(officer, _)| officer));
}

async fn l7_of_64_at_once_one_opens_a_recovery(db: TestStore) {
    crate::recoveries::with_accounts(&db).await.commit().await.unwrap();
    let number = std::sync::atomic::AtomicU64::new(1);
    let won = winners(&db.store, |store| {
        let number = number.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move {
            let kept = crate::recoveries::kept(u128::from(number));
            let mut tx = store.write().await.unwrap();
            let won = recoveries::add(&mut tx, store.vault(), &kept).await.unwrap();
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

async fn l7_of_64_at_once_one_goes_on_with_the_link(db: TestStore) {
    let mut tx = reached(&db).await;
    activations::set_link(&mut tx, &activation(1), &[5; 32]).await.unwrap();
    tx.commit().await.unwrap();
    let token = AtomicU8::new(10);
    let won = winners(&db.store, |store| {
        let token = [token.fetch_add(1, Ordering::Relaxed); 32];
        async move {
            let mut tx = store.write().await.unwrap();
            let won = activations::use_link(&mut tx, &[5; 32], &token, &[8; 32], NOON).await;
            tx.commit().await.unwrap();
            won.unwrap()
        }
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_opens_the_account(db: TestStore) {
    reached(&db).await.commit().await.unwrap();
    let number = AtomicU8::new(1);
    let won = winners(&db.store, |store| {
        let number = number.fetch_add(1, Ordering::Relaxed).into();
        let opened = Account { person: activation(1).person, ..account(number) };
        async move {
            let mut tx = store.write().await.unwrap();
            if !account_rows::open(&mut tx, &opened, NOON).await.unwrap() {
                return false;
            }
            let won = activations::open(&mut tx, &activation(1), opened.id, NOON).await.unwrap();
            tx.commit().await.unwrap();
            won
        }
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_claims_the_name(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    for number in 1..=64 {
        keep(&mut tx, &account(number)).await;
    }
    tx.commit().await.unwrap();
    let number = AtomicU8::new(1);
    let won = winners(&db.store, |store| {
        let who = account(number.fetch_add(1, Ordering::Relaxed).into()).id;
        async move {
            let name = Identifier::Email(Email::parse("wayan@peserta.example").unwrap());
            let mut tx = store.write().await.unwrap();
            let won = account_rows::claim_name(&mut tx, store.vault(), who, &name, None).await;
            tx.commit().await.unwrap();
            won.unwrap()
        }
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_saves_the_codes(db: TestStore) {
    let mut tx = reached(&db).await;
    let opened = Account { person: activation(1).person, ..account(1) };
    keep(&mut tx, &opened).await;
    assert!(activations::open(&mut tx, &activation(1), opened.id, NOON).await.unwrap());
    tx.commit().await.unwrap();
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = activations::finish(&mut tx, &activation(1), NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn of_64_officers_at_once_one_takes_the_case(db: TestStore) {
    let (case, officer) = crate::cases::kept(&db.store).await;
    let id = case.id;
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = cases::take(&mut tx, id, officer, 1).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn of_64_officers_at_once_one_changes_the_case(db: TestStore) {
    let (mut case, _) = crate::cases::kept(&db.store).await;
    case.end(Closing::Refused, NOON).unwrap();
    let won = winners(&db.store, |store| {
        let case = case.clone();
        async move {
            let mut tx = store.write().await.unwrap();
            let won = cases::change(&mut tx, &case, 1).await.unwrap();
            tx.commit().await.unwrap();
            won
        }
    });
    assert_eq!(won.await, 1);
}
