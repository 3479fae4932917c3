//! Passwords that are set anew, and the links that do it.

use std::time::Duration;

use payung_domain::accounts::StoredPassword;
use payung_domain::contact::{Email, Identifier, Phone, UserName};
use payung_domain::ids::Kpj;
use payung_domain::passwords::reset::{LINK_LIFE, ResetLink};
use payung_domain::time::Instant;
use payung_storage::{Tx, accounts, password_resets};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;

use crate::NOON;
use crate::accounts::{account, keep};

on_each_engine!(
    g01_a_link_is_used_once,
    g01_a_link_of_another_password_sets_none,
    a_newer_link_takes_the_place_of_older_ones_of_the_same_account,
    g06_voided_links_have_run_out,
    links_are_dropped_once_nobody_opens_them,
    no_two_passwords_of_an_account_have_the_same_moment,
    a_new_password_is_believed_after_the_old_one_was_disowned,
    every_name_of_an_account_is_read_back,
);

pub(crate) fn link(number: u128) -> ResetLink {
    ResetLink {
        account: account(number).id,
        password_set_at: NOON,
        expires_at: NOON.plus(LINK_LIFE),
        used_at: None,
        replaced_at: None,
    }
}

async fn with_links(db: &TestStore) -> Tx {
    let mut tx = db.store.write().await.unwrap();
    for number in [1, 2] {
        keep(&mut tx, &account(number)).await;
        let id = [u8::try_from(number).unwrap(); 32];
        password_resets::add(&mut tx, &id, &link(number), NOON).await.unwrap();
    }
    tx
}

fn another() -> StoredPassword {
    StoredPassword { phc: "$argon2id$another".to_owned(), pepper: 2 }
}

/// Sets another password in the place of the present one.
async fn replace(tx: &mut Tx, now: Instant) {
    let before = accounts::get(tx, account(1).id).await.unwrap().unwrap().password_set_at;
    assert!(accounts::set_password(tx, account(1).id, before, &another(), now).await.unwrap());
}

async fn g01_a_link_is_used_once(db: TestStore) {
    let mut tx = with_links(&db).await;
    assert_eq!(password_resets::get(&mut tx, &[1; 32]).await.unwrap(), Some(link(1)));
    let late = NOON.plus(LINK_LIFE);
    assert!(!password_resets::redeem(&mut tx, &[1; 32], late).await.unwrap());
    let in_time = late.minus(Duration::from_micros(1));
    assert!(password_resets::redeem(&mut tx, &[1; 32], in_time).await.unwrap());
    assert!(!password_resets::redeem(&mut tx, &[1; 32], in_time).await.unwrap());
    let used = password_resets::get(&mut tx, &[1; 32]).await.unwrap().unwrap();
    assert_eq!(used.used_at, Some(in_time));
    assert!(!password_resets::redeem(&mut tx, &[9; 32], NOON).await.unwrap());
    assert_eq!(password_resets::get(&mut tx, &[9; 32]).await.unwrap(), None);
}

async fn g01_a_link_of_another_password_sets_none(db: TestStore) {
    let mut tx = with_links(&db).await;
    replace(&mut tx, NOON).await;
    assert!(!password_resets::redeem(&mut tx, &[1; 32], NOON).await.unwrap());
    assert!(password_resets::redeem(&mut tx, &[2; 32], NOON).await.unwrap());
}

async fn a_newer_link_takes_the_place_of_older_ones_of_the_same_account(db: TestStore) {
    let mut tx = with_links(&db).await;
    assert_eq!(password_resets::replace(&mut tx, account(1).id, NOON).await.unwrap(), 1);
    let replaced = password_resets::get(&mut tx, &[1; 32]).await.unwrap().unwrap();
    assert_eq!(replaced.replaced_at, Some(NOON));
    assert!(!password_resets::redeem(&mut tx, &[1; 32], NOON).await.unwrap());
    assert!(password_resets::redeem(&mut tx, &[2; 32], NOON).await.unwrap());
    assert_eq!(password_resets::replace(&mut tx, account(2).id, NOON).await.unwrap(), 0);
}

async fn g06_voided_links_have_run_out(db: TestStore) {
    let mut tx = with_links(&db).await;
    assert_eq!(password_resets::void(&mut tx, account(1).id, NOON).await.unwrap(), 1);
    assert!(!password_resets::redeem(&mut tx, &[1; 32], NOON).await.unwrap());
    let voided = password_resets::get(&mut tx, &[1; 32]).await.unwrap().unwrap();
    assert_eq!((voided.expires_at, voided.replaced_at), (NOON, None));
}

async fn links_are_dropped_once_nobody_opens_them(db: TestStore) {
    let mut tx = with_links(&db).await;
    let end = NOON.plus(LINK_LIFE);
    assert_eq!(password_resets::forget_before(&mut tx, end).await.unwrap(), 0);
    let later = end.plus(Duration::from_micros(1));
    assert_eq!(password_resets::forget_before(&mut tx, later).await.unwrap(), 2);
}

async fn no_two_passwords_of_an_account_have_the_same_moment(db: TestStore) {
    let mut tx = with_links(&db).await;
    let mut moments = vec![NOON];
    for now in [NOON, NOON, NOON.plus(Duration::from_secs(1)), NOON] {
        replace(&mut tx, now).await;
        let kept = accounts::get(&mut tx, account(1).id).await.unwrap().unwrap();
        assert_eq!(kept.password, another());
        moments.push(kept.password_set_at);
    }
    assert!(moments.windows(2).all(|pair| pair[0] < pair[1]), "{moments:?}");
    let other = accounts::get(&mut tx, account(2).id).await.unwrap().unwrap();
    assert_eq!((other.password, other.password_set_at), (account(2).password, NOON));
}

async fn a_new_password_is_believed_after_the_old_one_was_disowned(db: TestStore) {
    let mut tx = with_links(&db).await;
    accounts::distrust_password(&mut tx, account(1).id, NOON).await.unwrap();
    assert!(accounts::password_is_distrusted(&mut tx, account(1).id).await.unwrap());
    replace(&mut tx, NOON).await;
    assert!(!accounts::password_is_distrusted(&mut tx, account(1).id).await.unwrap());
}

async fn every_name_of_an_account_is_read_back(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = with_links(&db).await;
    let mut names = vec![
        Identifier::Email(Email::parse("siti@peserta.example").unwrap()),
        Identifier::Phone(Phone::parse("0800 0000 0001").unwrap()),
        Identifier::Kpj(Kpj::parse("90000000001").unwrap()),
        Identifier::UserName(UserName::parse("siti").unwrap()),
    ];
    for name in &names {
        accounts::add_name(&mut tx, vault, account(1).id, name, None).await.unwrap();
    }
    let mut read = accounts::names(&mut tx, vault, account(1).id).await.unwrap();
    names.sort_by_key(Identifier::kind);
    read.sort_by_key(Identifier::kind);
    assert_eq!(read, names);
    assert!(accounts::names(&mut tx, vault, account(2).id).await.unwrap().is_empty());
}
