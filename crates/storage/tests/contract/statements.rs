//! Statements that were issued, and their keys.

use std::time::Duration;

use payung_domain::ids::PersonId;
use payung_domain::month::Month;
use payung_domain::reference::StatementCode;
use payung_domain::statements::Period;
use payung_domain::time::Instant;
use payung_storage::statements::{self, Key, Listed, New, PublicKey};
use payung_storage::{Tx, Vault};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::membership::{person, somebody_at_home};

on_each_engine!(
    a_statement_is_found_by_its_owner_and_by_its_code,
    the_same_statement_is_kept_once,
    n01_neither_code_nor_content_of_a_statement_is_readable_in_its_row,
    the_newest_key_signs_and_every_key_is_shown,
    a_key_that_is_not_trusted_signs_no_more_and_says_since_when,
);

fn code(letter: &str) -> StatementCode {
    StatementCode::parse(&letter.repeat(16)).unwrap()
}

fn period(first: i64, last: i64) -> Period {
    let month = |number| Month::try_from(number).unwrap();
    Period { first: month(first), last: month(last) }
}

fn new<'a>(number: u128, code: &'a StatementCode, content: &'a [u8; 32], at: Instant) -> New<'a> {
    New {
        person: person().id,
        id: Uuid::from_u128(number),
        code,
        content,
        period: period(202_501, 202_512),
        document: "signed by us",
        issued_at: at,
    }
}

async fn a_statement_is_found_by_its_owner_and_by_its_code(db: TestStore) {
    let (owner, _) = somebody_at_home(&db).await;
    let (vault, later) = (db.store.vault(), NOON.plus(Duration::from_secs(9)));
    let mut tx = db.store.write().await.unwrap();
    let (first, second) = (code("A"), code("B"));
    assert!(statements::add(&mut tx, vault, &new(1, &first, &[1; 32], NOON)).await.unwrap());
    assert!(statements::add(&mut tx, vault, &new(2, &second, &[2; 32], later)).await.unwrap());
    let listed = |number, issued_at| Listed {
        id: Uuid::from_u128(number),
        period: period(202_501, 202_512),
        issued_at,
    };
    let all = statements::of_person(&mut tx, owner, None, 9).await.unwrap();
    assert_eq!(all, [listed(2, later), listed(1, NOON)]);
    let newest = statements::of_person(&mut tx, owner, None, 1).await.unwrap();
    assert_eq!(newest, [listed(2, later)]);
    let before = Some(newest[0].mark());
    let older = statements::of_person(&mut tx, owner, before, 9).await.unwrap();
    assert_eq!(older, [listed(1, NOON)]);
    let before = Some(older[0].mark());
    assert!(statements::of_person(&mut tx, owner, before, 9).await.unwrap().is_empty());
    assert_eq!(statements::issued_since(&mut tx, owner, NOON).await.unwrap(), (1, Some(later)));
    let before = NOON.minus(Duration::from_secs(1));
    assert_eq!(statements::issued_since(&mut tx, owner, before).await.unwrap(), (2, Some(NOON)));
    let id = Uuid::from_u128(1);
    let kept = statements::document(&mut tx, vault, owner, id).await.unwrap();
    assert_eq!(kept.as_deref(), Some("signed by us"));
    let stranger = PersonId(Uuid::from_u128(9));
    assert_eq!(statements::document(&mut tx, vault, stranger, id).await.unwrap(), None);
    let found = statements::with_code(&mut tx, vault, &first).await.unwrap();
    assert_eq!(found.as_deref(), Some("signed by us"));
    assert_eq!(statements::with_code(&mut tx, vault, &code("C")).await.unwrap(), None);
}

async fn the_same_statement_is_kept_once(db: TestStore) {
    let (owner, _) = somebody_at_home(&db).await;
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    let (first, second, content) = (code("A"), code("B"), [1; 32]);
    assert_eq!(statements::with_content(&mut tx, owner, &content).await.unwrap(), None);
    assert!(statements::add(&mut tx, vault, &new(1, &first, &content, NOON)).await.unwrap());
    assert!(!statements::add(&mut tx, vault, &new(2, &second, &content, NOON)).await.unwrap());
    let kept = statements::with_content(&mut tx, owner, &content).await.unwrap();
    assert_eq!(kept, Some(Uuid::from_u128(1)));
}

async fn n01_neither_code_nor_content_of_a_statement_is_readable_in_its_row(db: TestStore) {
    somebody_at_home(&db).await;
    let mut tx = db.store.write().await.unwrap();
    let first = code("A");
    let kept = new(1, &first, &[1; 32], NOON);
    assert!(statements::add(&mut tx, db.store.vault(), &kept).await.unwrap());
    let sql = "select code_index, sealed_document from statements";
    let row: Option<(Vec<u8>, Vec<u8>)> = tx.one("reading the row", sql, vec![]).await.unwrap();
    let (index, sealed) = row.unwrap();
    let holds =
        |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(!holds(&index, "AAAA") && !holds(&sealed, "signed by us"));
}

async fn the_newest_key_signs_and_every_key_is_shown(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    assert!(statements::newest_key(&mut tx, vault).await.unwrap().is_none());
    two_keys(&mut tx, vault).await;
    let newest = statements::newest_key(&mut tx, vault).await.unwrap().unwrap();
    assert_eq!((&*newest.id, &*newest.private), ("new", &b"new"[..]));
    let shown = statements::public_keys(&mut tx).await.unwrap();
    assert_eq!(shown, [public("new", None), public("old", None)]);
}

async fn two_keys(tx: &mut Tx, vault: &Vault) {
    for (id, made_at) in [("old", NOON), ("new", NOON.plus(Duration::from_secs(1)))] {
        let key = Key {
            id: id.to_owned(),
            public: public(id, None).key,
            private: id.as_bytes().to_vec(),
            made_at,
        };
        statements::add_key(tx, vault, &key).await.unwrap();
    }
}

fn public(id: &str, distrusted_from: Option<Instant>) -> PublicKey {
    PublicKey { key: format!("{{\"kid\":\"{id}\"}}"), distrusted_from }
}

async fn a_key_that_is_not_trusted_signs_no_more_and_says_since_when(db: TestStore) {
    let vault = db.store.vault();
    let (later, earlier) = (NOON.plus(Duration::from_secs(9)), NOON.plus(Duration::from_secs(3)));
    let mut tx = db.store.write().await.unwrap();
    two_keys(&mut tx, vault).await;
    assert!(!statements::distrust_key(&mut tx, "none", later).await.unwrap());
    for (said, since) in [(later, later), (earlier, earlier), (later, earlier)] {
        assert!(statements::distrust_key(&mut tx, "new", said).await.unwrap());
        let shown = statements::public_keys(&mut tx).await.unwrap();
        assert_eq!(shown, [public("new", Some(since)), public("old", None)], "never later");
    }
    let newest = statements::newest_key(&mut tx, vault).await.unwrap().unwrap();
    assert_eq!(newest.id, "old");
    assert!(statements::distrust_key(&mut tx, "old", later).await.unwrap());
    assert!(statements::newest_key(&mut tx, vault).await.unwrap().is_none());
}
