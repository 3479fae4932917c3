//! Whose keys sealed a database, and whether it is a demonstration.

use std::sync::Arc;

use payung_domain::keyed::Key;
use payung_storage::{Vault, installation, passkeys};
use payung_testkit::chance::Seeded;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;

use crate::accounts::{account, keep};
use crate::factors::passkey;

on_each_engine!(
    n03_other_keys_are_noticed_at_once,
    d08_passkeys_keep_their_host,
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

/// A host may change while nobody has a passkey for it. Afterwards it is said which one it was.
async fn d08_passkeys_keep_their_host(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    for host in ["lama.example", "peserta.example", "peserta.example"] {
        let other = installation::passkeys_of_another_host(&mut tx, host).await.unwrap();
        assert_eq!(other, None, "{host}");
    }
    keep(&mut tx, &account(1)).await;
    assert!(passkeys::add(&mut tx, db.store.vault(), b"key", &passkey(1, 1)).await.unwrap());
    for (host, other) in [("peserta.example", None), ("baru.example", Some("peserta.example"))] {
        let told = installation::passkeys_of_another_host(&mut tx, host).await.unwrap();
        assert_eq!(told.as_deref(), other, "{host}");
    }
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
