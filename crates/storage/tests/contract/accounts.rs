//! Accounts and the names they go by.

use payung_domain::accounts::{Account, StoredPassword};
use payung_domain::contact::{Email, Identifier, Phone, UserName};
use payung_domain::ids::{AccountId, PersonId};
use payung_domain::language::Language;
use payung_domain::time::Zone;
use payung_storage::{Tx, accounts};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;

on_each_engine!(
    an_account_is_found_by_each_of_its_names,
    only_confirmed_contacts_get_messages,
    one_name_belongs_to_one_account,
    a_hash_is_replaced_only_while_it_is_the_one_that_was_checked,
    c03_a_half_minute_is_accepted_once,
);

pub(crate) fn account(number: u128) -> Account {
    Account {
        id: AccountId(Uuid::from_u128(number)),
        person: PersonId(Uuid::from_u128(number + 1_000_000)),
        password: StoredPassword { phc: "$argon2id$…".to_owned(), pepper: 1 },
        password_set_at: NOON,
        language: Language::En,
        zone: Zone::Wita,
    }
}

pub(crate) async fn keep(tx: &mut Tx, account: &Account) {
    accounts::add(tx, account, NOON).await.unwrap();
}

fn email() -> Identifier {
    Identifier::Email(Email::parse("siti@peserta.example").unwrap())
}

fn phone() -> Identifier {
    Identifier::Phone(Phone::parse("0800 0000 0001").unwrap())
}

async fn an_account_is_found_by_each_of_its_names(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    let siti = account(1);
    keep(&mut tx, &siti).await;
    let name = Identifier::UserName(UserName::parse("siti").unwrap());
    for identifier in [email(), phone(), name] {
        accounts::add_name(&mut tx, vault, siti.id, &identifier, None).await.unwrap();
        let found = accounts::find(&mut tx, vault, &[identifier], NOON).await.unwrap().unwrap();
        assert_eq!((found.id, found.language, found.zone), (siti.id, Language::En, Zone::Wita));
        assert_eq!(found.password, siti.password);
    }
    let stranger = Identifier::Email(Email::parse("orang@peserta.example").unwrap());
    assert!(accounts::find(&mut tx, vault, &[stranger], NOON).await.unwrap().is_none());
    assert_eq!(accounts::get(&mut tx, siti.id).await.unwrap().unwrap().person, siti.person);
}

async fn only_confirmed_contacts_get_messages(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    let siti = account(1);
    keep(&mut tx, &siti).await;
    accounts::add_name(&mut tx, vault, siti.id, &email(), Some(NOON)).await.unwrap();
    accounts::add_name(&mut tx, vault, siti.id, &phone(), None).await.unwrap();
    let contacts = accounts::contacts(&mut tx, vault, siti.id, NOON).await.unwrap();
    assert_eq!(contacts.email.map(Identifier::Email), Some(email()));
    assert_eq!(contacts.phone, None);
}

async fn one_name_belongs_to_one_account(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    for number in [1, 2] {
        keep(&mut tx, &account(number)).await;
    }
    accounts::add_name(&mut tx, vault, account(1).id, &email(), None).await.unwrap();
    assert!(accounts::add_name(&mut tx, vault, account(2).id, &email(), None).await.is_err());
}

async fn a_hash_is_replaced_only_while_it_is_the_one_that_was_checked(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    let siti = account(1);
    keep(&mut tx, &siti).await;
    let newer = |phc: &str| StoredPassword { phc: phc.to_owned(), pepper: 2 };
    assert!(accounts::rehash(&mut tx, siti.id, &siti.password, &newer("one")).await.unwrap());
    assert!(!accounts::rehash(&mut tx, siti.id, &siti.password, &newer("two")).await.unwrap());
    let kept = accounts::get(&mut tx, siti.id).await.unwrap().unwrap();
    assert_eq!(kept.password, newer("one"));
}

async fn c03_a_half_minute_is_accepted_once(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    let dewi = account(3);
    keep(&mut tx, &dewi).await;
    accounts::add_app(&mut tx, vault, dewi.id, &[7; 20], NOON).await.unwrap();
    let app = accounts::app(&mut tx, vault, dewi.id).await.unwrap().unwrap();
    assert_eq!((app.seed, app.last_step), ([7; 20], 0));
    assert!(accounts::accept_app_step(&mut tx, dewi.id, 100).await.unwrap());
    assert!(!accounts::accept_app_step(&mut tx, dewi.id, 100).await.unwrap());
    assert!(!accounts::accept_app_step(&mut tx, dewi.id, 99).await.unwrap());
    assert!(accounts::accept_app_step(&mut tx, dewi.id, 101).await.unwrap());
}
