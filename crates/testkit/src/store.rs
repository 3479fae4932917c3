//! A database of its own for each test, on either engine.
//!
//! SQLite: a file in a folder that goes with the test. PostgreSQL: a database copied from a
//! template that is migrated once, in the throw-away server that `cargo xtask test` starts.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use payung_domain::keyed::{Key, digest};
use payung_domain::time::Instant;
use payung_storage::migrate::MIGRATIONS;
use payung_storage::{Reach, Store, Vault};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

use crate::chance::Seeded;

/// Names the throw-away PostgreSQL server.
pub const POSTGRES: &str = "PAYUNG_TEST_POSTGRES";

/// A migrated, empty database.
pub struct TestStore {
    /// The store.
    pub store: Store,
    /// Its address: a path or `postgres://…`.
    pub url: String,
    _folder: Option<TempDir>,
}

impl TestStore {
    /// On SQLite.
    pub async fn sqlite() -> Self {
        Self::sqlite_in(tempfile::tempdir()).await
    }

    /// On SQLite, in memory where the machine keeps files there: for tests that write so much that
    /// waiting for a disk would be most of what they do. Nothing else is different.
    pub async fn in_memory() -> Self {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        Self::sqlite_in(folder).await
    }

    async fn sqlite_in(folder: std::io::Result<TempDir>) -> Self {
        let folder = folder.expect("a folder for the database");
        let url = folder.path().join("payung.db").display().to_string();
        let store = open(&url).await;
        store.migrate(Instant::from_micros(0)).await.expect("the migrations apply");
        Self { store, url, _folder: Some(folder) }
    }

    /// On PostgreSQL. Without a server this fails: an engine is never skipped.
    pub async fn postgres() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let server = postgres_server();
        let template = template(&server).await;
        let number = NEXT.fetch_add(1, Ordering::SeqCst);
        let name = format!("payung_{}_{number}", std::process::id());
        let mut admin = PgConnection::connect(&server).await.expect("the server answers");
        run(&mut admin, format!("create database {name} template {template}")).await;
        let url = beside(&server, &name);
        Self { store: open(&url).await, url, _folder: None }
    }
}

/// The address of the throw-away server.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn postgres_server() -> String {
    #[expect(clippy::disallowed_methods, reason = "the runner says where its server is")]
    std::env::var(POSTGRES).unwrap_or_else(|_| {
        panic!("{POSTGRES} is not set: run `cargo xtask test`, which starts a PostgreSQL server")
    })
}

/// The keys of test stores. Anybody can read them; nothing real is ever sealed with them.
#[must_use]
pub fn vault() -> Vault {
    let sealing = vec![(1, Key::new([1; 32]))];
    Vault::new(sealing, Key::new([2; 32]), Arc::new(Seeded::new(77)))
}

async fn open(url: &str) -> Store {
    let reach = Reach { url: url.into(), connections: 8, patience: Duration::from_secs(15) };
    Store::open(&reach, vault()).await.expect("the database opens")
}

/// A database with every migration applied, made by whichever test comes first.
async fn template(server: &str) -> String {
    let all: String = MIGRATIONS.iter().map(|migration| migration.sql).collect();
    let digest = digest(all.as_bytes());
    let mark = u64::from_be_bytes(std::array::from_fn(|place| digest[place]));
    let name = format!("payung_template_{mark:016x}");
    let mut admin = PgConnection::connect(server).await.expect("the server answers");
    run(&mut admin, "select pg_advisory_lock(4711)".to_owned()).await;
    let exists: Option<(i32,)> =
        sqlx::query_as("select 1 from pg_database where datname = $1 and datistemplate")
            .bind(&name)
            .fetch_optional(&mut admin)
            .await
            .expect("the server lists its databases");
    if exists.is_none() {
        run(&mut admin, format!("drop database if exists {name}")).await;
        run(&mut admin, format!("create database {name}")).await;
        let store = open(&beside(server, &name)).await;
        store.migrate(Instant::from_micros(0)).await.expect("the migrations apply");
        store.close().await;
        run(&mut admin, format!("alter database {name} is_template true")).await;
    }
    run(&mut admin, "select pg_advisory_unlock(4711)".to_owned()).await;
    name
}

async fn run(connection: &mut PgConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.expect("the server obeys");
}

/// The address of another database on the same server.
fn beside(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').unwrap_or((server, ""));
    let (host, _) = base.rsplit_once('/').expect("the address names a database");
    if query.is_empty() { format!("{host}/{name}") } else { format!("{host}/{name}?{query}") }
}
