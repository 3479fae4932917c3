//! Memberships on their way to an account, tries to find one, and numbers that a family shares.

use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::activation::{KEPT, WINDOW};
use payung_domain::contact::{Email, Identifier, Phone};
use payung_domain::ids::{Nik, PersonId};
use payung_domain::language::Language;
use payung_domain::time::Instant;
use payung_storage::activations::{self, Activation, Link};
use payung_storage::{Tx, accounts, members};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::account;
use crate::membership::person;

on_each_engine!(
    a_person_is_found_by_the_population_number,
    an_activation_is_found_by_its_token_alone,
    the_same_browser_goes_on_and_another_does_not,
    s1_a_token_that_was_passed_on_is_dead,
    r9_another_contact_is_not_confirmed,
    a_contact_is_confirmed_once_and_only_where_there_is_one,
    r6_a_link_works_once_and_takes_the_token_with_it,
    r2_nothing_opens_without_a_confirmed_contact,
    what_was_given_is_dropped_when_the_account_is_opened,
    codes_are_saved_once_and_the_token_dies_with_it,
    leaving_takes_the_token_and_keeps_the_rest,
    activations_are_dropped_when_their_time_is_over,
    tries_are_kept_by_subject_and_can_be_taken_back,
    a_person_has_one_account,
    one_name_is_claimed_by_one_account,
    a_shared_number_reaches_an_account_and_does_not_name_it,
);

const TOKEN: [u8; 32] = [1; 32];
const BROWSER: [u8; 32] = [7; 32];

pub(crate) fn activation(number: u128) -> Activation {
    Activation {
        id: Uuid::from_u128(number),
        person: person().id,
        language: Language::En,
        seen_at: NOON,
        expires_at: NOON.plus(KEPT),
        email: None,
        phone: None,
        account: None,
        codes_saved_at: None,
    }
}

fn email() -> Email {
    Email::parse("wayan@peserta.example").unwrap()
}

fn phone() -> Phone {
    Phone::parse("0800 0000 0006").unwrap()
}

fn later() -> Instant {
    NOON.plus(Duration::from_mins(1))
}

/// Somebody whose membership was found in a browser.
pub(crate) async fn begun(db: &TestStore) -> Tx {
    let mut tx = db.store.write().await.unwrap();
    members::add_people(&mut tx, db.store.vault(), &[(person(), NOON)]).await.unwrap();
    activations::begin(&mut tx, &activation(1), &TOKEN, &BROWSER).await.unwrap();
    tx
}

/// The same with a confirmed address.
pub(crate) async fn reached(db: &TestStore) -> Tx {
    let mut tx = begun(db).await;
    let vault = db.store.vault();
    activations::set_email(&mut tx, vault, &activation(1), Some(&email())).await.unwrap();
    assert!(activations::confirm_email(&mut tx, &activation(1), NOON).await.unwrap());
    tx
}

async fn read(tx: &mut Tx, db: &TestStore) -> Activation {
    activations::get(tx, db.store.vault(), &TOKEN).await.unwrap().unwrap()
}

async fn a_person_is_found_by_the_population_number(db: TestStore) {
    let mut tx = begun(&db).await;
    let vault = db.store.vault();
    let found = members::by_nik(&mut tx, vault, &person().nik).await.unwrap();
    assert_eq!(found, Some(person()));
    let other = Nik::parse("0001014107900004").unwrap();
    assert_eq!(members::by_nik(&mut tx, vault, &other).await.unwrap(), None);
}

async fn an_activation_is_found_by_its_token_alone(db: TestStore) {
    let mut tx = begun(&db).await;
    let vault = db.store.vault();
    assert_eq!(read(&mut tx, &db).await, activation(1));
    let locked = activations::locked(&mut tx, vault, &TOKEN).await.unwrap();
    assert_eq!(locked, Some(activation(1)));
    assert_eq!(activations::get(&mut tx, vault, &[2; 32]).await.unwrap(), None);
    assert_eq!(activations::get(&mut tx, vault, &BROWSER).await.unwrap(), None);
    activations::touch(&mut tx, &activation(1), later()).await.unwrap();
    assert_eq!(read(&mut tx, &db).await.seen_at, later());
}

async fn the_same_browser_goes_on_and_another_does_not(db: TestStore) {
    let mut tx = begun(&db).await;
    let vault = db.store.vault();
    let newer = Activation { seen_at: later(), ..activation(2) };
    activations::begin(&mut tx, &newer, &[2; 32], &BROWSER).await.unwrap();
    let mut found = async |who: PersonId, browser, now| {
        let found = activations::begun_in(&mut tx, vault, who, browser, now).await.unwrap();
        found.map(|activation| activation.id)
    };
    assert_eq!(found(person().id, &BROWSER, NOON).await, Some(newer.id), "the newest one");
    assert_eq!(found(person().id, &[8; 32], NOON).await, None);
    assert_eq!(found(PersonId(Uuid::from_u128(9)), &BROWSER, NOON).await, None);
    assert_eq!(found(person().id, &BROWSER, NOON.plus(KEPT)).await, None);
}

async fn s1_a_token_that_was_passed_on_is_dead(db: TestStore) {
    let mut tx = reached(&db).await;
    let vault = db.store.vault();
    assert!(activations::pass_on(&mut tx, &activation(1), &[2; 32], later()).await.unwrap());
    assert_eq!(activations::get(&mut tx, vault, &TOKEN).await.unwrap(), None);
    let passed = activations::get(&mut tx, vault, &[2; 32]).await.unwrap().unwrap();
    assert_eq!((passed.id, passed.seen_at), (activation(1).id, later()));
    assert!(passed.email.is_some_and(|given| given.confirmed_at == Some(NOON)));
    open(&mut tx, 1).await;
    // Whoever opened the account saves its codes, and nobody who comes later.
    assert!(!activations::pass_on(&mut tx, &activation(1), &[3; 32], later()).await.unwrap());
}

async fn r9_another_contact_is_not_confirmed(db: TestStore) {
    let mut tx = reached(&db).await;
    let vault = db.store.vault();
    let mine = activation(1);
    let other = Email::parse("lain@peserta.example").unwrap();
    activations::set_email(&mut tx, vault, &mine, Some(&other)).await.unwrap();
    let given = read(&mut tx, &db).await.email.unwrap();
    assert_eq!((given.value, given.confirmed_at), (other, None));
    activations::set_phone(&mut tx, vault, &mine, Some(&phone())).await.unwrap();
    assert!(activations::confirm_phone(&mut tx, &mine, NOON).await.unwrap());
    activations::set_phone(&mut tx, vault, &mine, Some(&phone())).await.unwrap();
    assert_eq!(read(&mut tx, &db).await.phone.unwrap().confirmed_at, None);
    activations::set_phone(&mut tx, vault, &mine, None).await.unwrap();
    activations::set_email(&mut tx, vault, &mine, None).await.unwrap();
    assert_eq!(read(&mut tx, &db).await, mine);
}

async fn a_contact_is_confirmed_once_and_only_where_there_is_one(db: TestStore) {
    let mut tx = begun(&db).await;
    let mine = activation(1);
    assert!(!activations::confirm_email(&mut tx, &mine, NOON).await.unwrap());
    assert!(!activations::confirm_phone(&mut tx, &mine, NOON).await.unwrap());
    let vault = db.store.vault();
    activations::set_email(&mut tx, vault, &mine, Some(&email())).await.unwrap();
    activations::set_phone(&mut tx, vault, &mine, Some(&phone())).await.unwrap();
    assert!(activations::confirm_email(&mut tx, &mine, NOON).await.unwrap());
    assert!(!activations::confirm_email(&mut tx, &mine, later()).await.unwrap());
    assert!(activations::confirm_phone(&mut tx, &mine, later()).await.unwrap());
    assert!(!activations::confirm_phone(&mut tx, &mine, later()).await.unwrap());
    let (email, phone) = (read(&mut tx, &db).await.email, read(&mut tx, &db).await.phone);
    assert_eq!(email.unwrap().confirmed_at, Some(NOON));
    assert_eq!(phone.unwrap().confirmed_at, Some(later()));
}

async fn r6_a_link_works_once_and_takes_the_token_with_it(db: TestStore) {
    let mut tx = reached(&db).await;
    let vault = db.store.vault();
    let (link, new, browser) = ([5; 32], [6; 32], [8; 32]);
    assert_eq!(activations::link(&mut tx, &link).await.unwrap(), None);
    activations::set_link(&mut tx, &activation(1), &link).await.unwrap();
    let known = Link { used_at: None, is_open: false, expires_at: NOON.plus(KEPT) };
    assert_eq!(activations::link(&mut tx, &link).await.unwrap(), Some(known));
    let late = NOON.plus(KEPT);
    assert!(!activations::use_link(&mut tx, &link, &new, &browser, late).await.unwrap());
    assert!(activations::use_link(&mut tx, &link, &new, &browser, later()).await.unwrap());
    assert!(!activations::use_link(&mut tx, &link, &[9; 32], &browser, later()).await.unwrap());
    assert_eq!(activations::get(&mut tx, vault, &TOKEN).await.unwrap(), None, "S1");
    assert!(activations::get(&mut tx, vault, &new).await.unwrap().is_some());
    let used = activations::link(&mut tx, &link).await.unwrap().unwrap();
    assert_eq!(used.used_at, Some(later()));
    let found = activations::begun_in(&mut tx, vault, person().id, &browser, NOON).await.unwrap();
    assert!(found.is_some(), "the browser that used it goes on with the same data too");
    // A newer one works; once an account is opened none does.
    activations::set_link(&mut tx, &activation(1), &[4; 32]).await.unwrap();
    open(&mut tx, 1).await;
    assert!(!activations::use_link(&mut tx, &[4; 32], &new, &browser, later()).await.unwrap());
    assert!(activations::link(&mut tx, &[4; 32]).await.unwrap().unwrap().is_open);
}

async fn open(tx: &mut Tx, number: u128) {
    let opened = Account { person: person().id, ..account(number) };
    accounts::add(tx, &opened, NOON).await.unwrap();
    assert!(activations::open(tx, &activation(1), opened.id, later()).await.unwrap());
}

async fn r2_nothing_opens_without_a_confirmed_contact(db: TestStore) {
    let mut tx = begun(&db).await;
    let mine = activation(1);
    let opened = Account { person: person().id, ..account(1) };
    accounts::add(&mut tx, &opened, NOON).await.unwrap();
    assert!(!activations::open(&mut tx, &mine, opened.id, NOON).await.unwrap());
    assert!(!activations::finish(&mut tx, &mine, NOON).await.unwrap());
    let vault = db.store.vault();
    activations::set_phone(&mut tx, vault, &mine, Some(&phone())).await.unwrap();
    assert!(!activations::open(&mut tx, &mine, opened.id, NOON).await.unwrap());
    assert!(activations::confirm_phone(&mut tx, &mine, NOON).await.unwrap());
    assert!(!activations::open(&mut tx, &mine, opened.id, NOON.plus(KEPT)).await.unwrap());
    assert!(activations::open(&mut tx, &mine, opened.id, NOON).await.unwrap());
}

async fn what_was_given_is_dropped_when_the_account_is_opened(db: TestStore) {
    let mut tx = reached(&db).await;
    open(&mut tx, 1).await;
    let opened = read(&mut tx, &db).await;
    assert_eq!((opened.email, opened.account), (None, Some(account(1).id)));
    assert_eq!(opened.seen_at, later());
    // Nothing can be given or confirmed any more.
    let vault = db.store.vault();
    activations::set_email(&mut tx, vault, &activation(1), Some(&email())).await.unwrap();
    assert!(!activations::confirm_email(&mut tx, &activation(1), later()).await.unwrap());
    let found = activations::begun_in(&mut tx, vault, person().id, &BROWSER, NOON).await.unwrap();
    assert_eq!(found, None);
}

async fn codes_are_saved_once_and_the_token_dies_with_it(db: TestStore) {
    let mut tx = reached(&db).await;
    let mine = activation(1);
    assert!(!activations::finish(&mut tx, &mine, NOON).await.unwrap(), "no account yet");
    open(&mut tx, 1).await;
    assert!(activations::finish(&mut tx, &mine, later()).await.unwrap());
    assert!(!activations::finish(&mut tx, &mine, later()).await.unwrap());
    assert_eq!(activations::get(&mut tx, db.store.vault(), &TOKEN).await.unwrap(), None);
}

async fn leaving_takes_the_token_and_keeps_the_rest(db: TestStore) {
    let mut tx = reached(&db).await;
    activations::leave(&mut tx, &TOKEN).await.unwrap();
    let vault = db.store.vault();
    assert_eq!(activations::get(&mut tx, vault, &TOKEN).await.unwrap(), None);
    let found = activations::begun_in(&mut tx, vault, person().id, &BROWSER, NOON).await.unwrap();
    assert!(found.is_some_and(|activation| activation.email.is_some()));
}

async fn activations_are_dropped_when_their_time_is_over(db: TestStore) {
    let mut tx = begun(&db).await;
    let end = NOON.plus(KEPT);
    assert_eq!(activations::forget_before(&mut tx, end).await.unwrap(), 0);
    let after = end.plus(Duration::from_micros(1));
    assert_eq!(activations::forget_before(&mut tx, after).await.unwrap(), 1);
}

async fn tries_are_kept_by_subject_and_can_be_taken_back(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    let subjects = [[1; 32], [2; 32]];
    for minute in 0..3 {
        let at = NOON.plus(Duration::from_mins(minute));
        let id = Uuid::from_u128(minute.into());
        activations::note_try(&mut tx, &subjects, id, at).await.unwrap();
    }
    let since = NOON.minus(WINDOW);
    assert_eq!(activations::tries(&mut tx, &[1; 32], since).await.unwrap().len(), 3);
    assert_eq!(activations::tries(&mut tx, &[1; 32], NOON).await.unwrap().len(), 2);
    assert!(activations::tries(&mut tx, &[3; 32], since).await.unwrap().is_empty());
    let first = &subjects[..1];
    activations::forget_try(&mut tx, first, Uuid::from_u128(1), later()).await.unwrap();
    let left = [NOON, NOON.plus(Duration::from_mins(2))];
    assert_eq!(activations::tries(&mut tx, &[1; 32], since).await.unwrap(), left);
    assert_eq!(activations::tries(&mut tx, &[2; 32], since).await.unwrap().len(), 3);
    assert_eq!(activations::forget_tries_before(&mut tx, later()).await.unwrap(), 2);
}

async fn a_person_has_one_account(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    let first = account(1);
    let second = Account { person: first.person, ..account(2) };
    assert!(accounts::of_person(&mut tx, first.person).await.unwrap().is_none());
    assert!(accounts::open(&mut tx, &first, NOON).await.unwrap());
    assert!(!accounts::open(&mut tx, &second, NOON).await.unwrap());
    let found = accounts::of_person(&mut tx, first.person).await.unwrap().unwrap();
    assert_eq!(found.id, first.id);
    assert!(accounts::add(&mut tx, &second, NOON).await.is_err());
}

async fn one_name_is_claimed_by_one_account(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    for number in [1, 2] {
        accounts::add(&mut tx, &account(number), NOON).await.unwrap();
    }
    let name = Identifier::Email(email());
    let mut claim = async |number| {
        accounts::claim_name(&mut tx, vault, account(number).id, &name, Some(NOON)).await.unwrap()
    };
    assert!(claim(1).await);
    assert!(!claim(2).await && !claim(1).await);
    let found = accounts::find(&mut tx, vault, &[name], NOON).await.unwrap().unwrap();
    assert_eq!(found.id, account(1).id);
}

async fn a_shared_number_reaches_an_account_and_does_not_name_it(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    for number in [1, 2] {
        accounts::add(&mut tx, &account(number), NOON).await.unwrap();
    }
    let name = Identifier::Phone(phone());
    accounts::add_name(&mut tx, vault, account(1).id, &name, Some(NOON)).await.unwrap();
    let second = account(2).id;
    let other = Phone::parse("0800 0000 0099").unwrap();
    for _ in 0..2 {
        accounts::share_phone(&mut tx, vault, second, &phone(), NOON).await.unwrap();
        let contacts = accounts::contacts(&mut tx, vault, second, NOON).await.unwrap();
        assert_eq!(contacts.phone, Some(phone()));
    }
    let found = accounts::find(&mut tx, vault, &[name], NOON).await.unwrap().unwrap();
    assert_eq!(found.id, account(1).id);
    assert!(accounts::names(&mut tx, vault, second).await.unwrap().is_empty());
    // A number of one's own goes before a shared one.
    let own = Identifier::Phone(other.clone());
    accounts::add_name(&mut tx, vault, second, &own, Some(NOON)).await.unwrap();
    let contacts = accounts::contacts(&mut tx, vault, second, NOON).await.unwrap();
    assert_eq!(contacts.phone, Some(other));
}
