//! Whose keys sealed a database, and whether it is a demonstration.

use std::sync::Arc;

use payung_domain::keyed::Key;
use payung_storage::{Vault, installation};
use payung_testkit::chance::Seeded;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;

on_each_engine!(
    n03_other_keys_are_noticed_at_once,
    a_demonstration_is_marked_once_its_people_are_there,
    an_erased_database_is_as_good_as_new,
);

async fn n03_other_keys_are_noticed_at_once(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    assert!(installation::fits(&mut tx, db.store.vault()).await.unwrap());
    assert!(installation::fits(&mut tx, db.store.vault()).await.unwrap());
    let sealing = vec![(1, Key::new([1; 32]))];
    let other = Vault::new(sealing, Key::new([99; 32]), Arc::new(Seeded::new(1)));
    assert!(!installation::fits(&mut tx, &other).await.unwrap());
}

async fn a_demonstration_is_marked_once_its_people_are_there(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    assert!(!installation::has_people(&mut tx).await.unwrap());
    assert_eq!(installation::demo(&mut tx).await.unwrap(), None);
    assert!(!installation::is_demo(&mut tx).await.unwrap());
    installation::begin_demo(&mut tx).await.unwrap();
    assert!(installation::is_demo(&mut tx).await.unwrap());
    assert_eq!(installation::demo(&mut tx).await.unwrap(), None);
    installation::complete_demo(&mut tx, vec![3]).await.unwrap();
    assert_eq!(installation::demo(&mut tx).await.unwrap(), Some(vec![3]));
}

async fn an_erased_database_is_as_good_as_new(db: TestStore) {
    db.store.erase().await.unwrap();
    assert!(!db.store.has_table("people").await.unwrap());
    assert!(!db.store.pending_migrations().await.unwrap().is_empty());
    db.store.migrate(crate::NOON).await.unwrap();
    assert!(db.store.has_table("people").await.unwrap());
}
