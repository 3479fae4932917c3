//! The register of everything that ever proved who somebody is, and forms that wait for a proof.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use payung_domain::authenticators::{Entry, Factor, Kind};
use payung_domain::contact::{Identifier, Phone};
use payung_domain::time::Instant;
use payung_storage::authenticators::{self, Bound};
use payung_storage::{Tx, accounts, kept_forms};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::{account, keep};

on_each_engine!(
    j01_a_line_keeps_its_whole_life,
    j01_a_new_one_of_a_single_kind_ends_the_one_before,
    j01_the_register_of_one_account_is_not_anothers,
    b07_a_number_knows_since_when_it_is_there,
    m36_a_form_is_kept_for_one_member_at_one_place_for_its_time,
);

fn at(minute: u64) -> Instant {
    NOON.plus(Duration::from_mins(minute))
}

fn bound(number: u128, kind: Kind, name: &str, at: Instant) -> Bound<'_> {
    let source = Some(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)));
    Bound { id: Uuid::from_u128(number), kind, factor: kind.factor(true), name, source, at }
}

async fn begin(db: &TestStore) -> Tx {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    keep(&mut tx, &account(2)).await;
    tx
}

async fn entries(db: &TestStore, tx: &mut Tx, number: u128) -> Vec<Entry> {
    authenticators::of(tx, db.store.vault(), account(number).id).await.unwrap()
}

async fn j01_a_line_keeps_its_whole_life(db: TestStore) {
    let (vault, owner, id) = (db.store.vault(), account(1).id, Uuid::from_u128(1));
    let mut tx = begin(&db).await;
    let key = bound(1, Kind::Passkey, "HP saya", at(0));
    authenticators::bind(&mut tx, vault, owner, &key).await.unwrap();
    authenticators::used_one(&mut tx, owner, id, at(1)).await.unwrap();
    authenticators::rename(&mut tx, vault, owner, id, "HP lama").await.unwrap();
    authenticators::suspend(&mut tx, owner, id, Some(at(2))).await.unwrap();
    authenticators::suspend(&mut tx, owner, id, None).await.unwrap();
    authenticators::suspend(&mut tx, owner, id, Some(at(3))).await.unwrap();
    authenticators::remove_one(&mut tx, owner, id, at(4)).await.unwrap();
    // What ended does not change any more.
    authenticators::suspend(&mut tx, owner, id, None).await.unwrap();
    authenticators::remove_one(&mut tx, owner, id, at(5)).await.unwrap();
    let entry = Entry {
        id,
        kind: Kind::Passkey,
        factor: Factor::Both,
        resists_phishing: true,
        name: "HP lama".to_owned(),
        bound_at: at(0),
        used_at: Some(at(1)),
        suspended_at: Some(at(3)),
        removed_at: Some(at(4)),
    };
    assert_eq!(entries(&db, &mut tx, 1).await, [entry]);
    let source = authenticators::source(&mut tx, vault, owner, id).await.unwrap();
    assert_eq!(source.as_deref(), Some("192.0.2.7"));
}

async fn j01_a_new_one_of_a_single_kind_ends_the_one_before(db: TestStore) {
    let (vault, owner) = (db.store.vault(), account(1).id);
    let mut tx = begin(&db).await;
    assert!(!authenticators::used(&mut tx, owner, Kind::App, at(0)).await.unwrap());
    for (number, kind) in [(1, Kind::App), (2, Kind::App), (3, Kind::Passkey), (4, Kind::Passkey)] {
        let next = bound(number, kind, "", at(u64::try_from(number).unwrap()));
        authenticators::bind(&mut tx, vault, owner, &next).await.unwrap();
    }
    assert!(authenticators::used(&mut tx, owner, Kind::App, at(9)).await.unwrap());
    let lines: Vec<(u128, Option<Instant>, Option<Instant>)> = entries(&db, &mut tx, 1)
        .await
        .into_iter()
        .map(|entry| (entry.id.as_u128(), entry.used_at, entry.removed_at))
        .collect();
    let (used, ended) = (Some(at(9)), Some(at(2)));
    let expected = [(4, None, None), (3, None, None), (2, used, None), (1, None, ended)];
    assert_eq!(lines, expected, "the newest first");
    authenticators::remove_kind(&mut tx, owner, Kind::App, at(10)).await.unwrap();
    assert!(!authenticators::used(&mut tx, owner, Kind::App, at(11)).await.unwrap());
}

async fn j01_the_register_of_one_account_is_not_anothers(db: TestStore) {
    let (vault, owner, other) = (db.store.vault(), account(1).id, account(2).id);
    let mut tx = begin(&db).await;
    let phone = bound(1, Kind::Phone, "", at(0));
    authenticators::bind(&mut tx, vault, owner, &phone).await.unwrap();
    let id = Uuid::from_u128(1);
    authenticators::used_one(&mut tx, other, id, at(1)).await.unwrap();
    authenticators::remove_one(&mut tx, other, id, at(1)).await.unwrap();
    authenticators::remove_kind(&mut tx, other, Kind::Phone, at(1)).await.unwrap();
    assert!(entries(&db, &mut tx, 2).await.is_empty());
    let kept = entries(&db, &mut tx, 1).await;
    assert_eq!((kept[0].used_at, kept[0].removed_at), (None, None));
    assert_eq!(authenticators::source(&mut tx, vault, other, id).await.unwrap(), None);
}

async fn b07_a_number_knows_since_when_it_is_there(db: TestStore) {
    let owner = account(1).id;
    let mut tx = begin(&db).await;
    assert_eq!(accounts::number_since(&mut tx, owner, at(9)).await.unwrap(), None);
    let phone = Identifier::Phone(Phone::parse("0800 0000 0001").unwrap());
    accounts::add_name(&mut tx, db.store.vault(), owner, &phone, Some(at(5))).await.unwrap();
    let (confirmed_at, since) =
        accounts::number_since(&mut tx, owner, at(9)).await.unwrap().unwrap();
    assert_eq!(confirmed_at, at(5));
    assert!(since < confirmed_at);
}

async fn m36_a_form_is_kept_for_one_member_at_one_place_for_its_time(db: TestStore) {
    let (vault, owner, other) = (db.store.vault(), account(1).id, account(2).id);
    let mut tx = begin(&db).await;
    let (place, elsewhere) = ([1; 32], [2; 32]);
    kept_forms::keep(&mut tx, vault, owner, &place, b"first", at(20)).await.unwrap();
    kept_forms::keep(&mut tx, vault, owner, &place, b"again", at(21)).await.unwrap();
    for (account, place, now, kept) in [
        (owner, place, at(20), Some(b"again".to_vec())),
        (owner, place, at(21), None),
        (owner, elsewhere, at(1), None),
        (other, place, at(1), None),
    ] {
        assert_eq!(kept_forms::get(&mut tx, vault, account, &place, now).await.unwrap(), kept);
    }
    kept_forms::forget(&mut tx, other, &place).await.unwrap();
    assert!(kept_forms::get(&mut tx, vault, owner, &place, at(1)).await.unwrap().is_some());
    kept_forms::forget(&mut tx, owner, &place).await.unwrap();
    assert_eq!(kept_forms::get(&mut tx, vault, owner, &place, at(1)).await.unwrap(), None);
    for number in [3, 4] {
        kept_forms::keep(&mut tx, vault, owner, &[number; 32], b"x", at(1)).await.unwrap();
    }
    assert_eq!(kept_forms::forget_before(&mut tx, at(2)).await.unwrap(), 2);
    kept_forms::keep(&mut tx, vault, owner, &place, b"x", at(20)).await.unwrap();
    kept_forms::forget_of(&mut tx, owner).await.unwrap();
    assert_eq!(kept_forms::get(&mut tx, vault, owner, &place, at(1)).await.unwrap(), None);
}
