//! The list of migrations is applied once, in order, whoever comes first.

use payung_domain::time::Instant;
use payung_storage::migrate::MIGRATIONS;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;

on_each_engine!(
    q09_applying_twice_changes_nothing,
    q09_four_programs_that_start_together_migrate_once,
    q09_a_migration_from_the_future_is_refused,
    a_transaction_that_is_dropped_leaves_nothing_behind,
    a_reader_cannot_write,
);

async fn q09_applying_twice_changes_nothing(db: TestStore) {
    assert!(db.store.pending_migrations().await.unwrap().is_empty());
    assert!(db.store.migrate(Instant::from_micros(1)).await.unwrap().is_empty());
}

async fn q09_four_programs_that_start_together_migrate_once(db: TestStore) {
    let all = (0..4).map(|_| {
        let store = db.store.clone();
        tokio::spawn(async move { store.migrate(Instant::from_micros(1)).await })
    });
    for task in all.collect::<Vec<_>>() {
        assert!(task.await.unwrap().unwrap().is_empty());
    }
}

async fn q09_a_migration_from_the_future_is_refused(db: TestStore) {
    let future = MIGRATIONS.last().unwrap().version + 1;
    let mut tx = db.store.write().await.unwrap();
    tx.run(
        "pretending to be newer",
        "insert into migrations (version, name, digest, applied_at) values ($1, 'later', $2, 0)",
        vec![future.into(), vec![0_u8; 32].into()],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let refused = db.store.migrate(Instant::from_micros(1)).await.unwrap_err();
    let cause = std::error::Error::source(&refused).unwrap().to_string();
    assert!(cause.contains("newer"), "{cause}");
}

async fn a_transaction_that_is_dropped_leaves_nothing_behind(db: TestStore) {
    let subject = [1; 32];
    let mut tx = db.store.write().await.unwrap();
    payung_storage::throttles::count_request(&mut tx, &subject, crate::NOON).await.unwrap();
    drop(tx);
    let mut tx = db.store.write().await.unwrap();
    let count = payung_storage::throttles::count_request(&mut tx, &subject, crate::NOON).await;
    assert_eq!(count.unwrap(), 1);
}

async fn a_reader_cannot_write(db: TestStore) {
    let mut tx = db.store.read().await.unwrap();
    assert!(payung_storage::throttles::clear(&mut tx, &[1; 32]).await.is_err());
}
