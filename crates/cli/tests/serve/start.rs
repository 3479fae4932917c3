//! What a server starts with, and what it refuses to start with.

use payung_storage::installation;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;

use crate::browser::{Browser, client};
use crate::program::Program;
use crate::server::{PROXY, Server};

on_each_engine!(
    a_server_waits_for_its_tables_and_says_when_it_is_ready,
    n03_keys_that_did_not_seal_the_database_are_refused,
    q03_nobody_serves_from_a_demonstration,
);

async fn a_server_waits_for_its_tables_and_says_when_it_is_ready(db: TestStore) {
    db.store.erase().await.expect("the tables go");
    db.store.close().await;
    let server = Server::new(db, 25);
    let (exit, told) = ran(&server, &["serve"]);
    assert_eq!(exit, 2);
    assert!(told.contains("migrations are not applied"), "{told}");
    assert!(told.contains("run `payung migrate up`"), "{told}");

    assert_eq!(ran(&server, &["migrate", "status"]).0, 1, "some are pending");
    assert_eq!(ran(&server, &["migrate", "up"]).0, 0);
    assert_eq!(ran(&server, &["migrate", "status"]).0, 0, "none is");

    let mut program = server.start(&[]).await;
    let mut operator = Browser::new(&client(PROXY), &server.operations());
    assert_eq!(operator.get("/livez").await.unwrap().html, "ok\n");
    let ready = operator.get("/readyz").await.unwrap().html;
    assert!(ready.starts_with(r#"{"checks":["#) && ready.contains(r#""ready":true"#), "{ready}");
    let metrics = operator.get("/metrics").await.unwrap().html;
    assert!(metrics.contains("\npayung_serving 1\n"), "{metrics}");
    // Q-04: what is for operators is not where members are.
    let mut member = Browser::new(&client(PROXY), &server.site());
    for path in ["/livez", "/readyz", "/metrics", "/demo/outbox", "/demo/outbox.json"] {
        assert_eq!(member.get(path).await.unwrap().status, 404, "{path}");
    }
    program.kill();
}

async fn n03_keys_that_did_not_seal_the_database_are_refused(db: TestStore) {
    db.store.close().await;
    let server = Server::new(db, 25);
    server.start(&[]).await.kill();
    server.make_keys();
    let (exit, told) = ran(&server, &["serve"]);
    assert_eq!(exit, 2);
    assert!(told.contains("this database was sealed with other keys"), "{told}");
}

async fn q03_nobody_serves_from_a_demonstration(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    installation::begin_demo(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    db.store.close().await;
    let (exit, told) = ran(&Server::new(db, 25), &["serve"]);
    assert_eq!(exit, 2);
    assert!(told.contains("this database is a demonstration"), "{told}");
}

/// Runs a command to its end: its exit code, and what it said on stderr.
fn ran(server: &Server, words: &[&str]) -> (i32, String) {
    let mut program = Program::start(server.folder.path(), words);
    let status = program.process().wait().expect("it ends");
    (status.code().expect("an exit code"), program.log())
}
