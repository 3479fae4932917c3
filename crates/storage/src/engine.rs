//! The only file that knows there are two engines.
//!
//! Above it there is one text of SQL: `$n` for values, `returning` and `on conflict` are fine, no
//! clock, no chance, no sequences, no arrays. What the engines spell differently has a name here:
//! a write transaction, a row lock, many rows in one statement, the words of a table definition.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgRow};
use sqlx::query::{Query, QueryAs};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, FromRow, PgPool, Postgres, Sqlite, SqlitePool};

use crate::fault::Fault;
use crate::migrate::MIGRATIONS;
use crate::value::Value;

/// How a database is reached.
#[derive(Clone, Debug)]
pub struct Reach {
    /// `postgres://…`, or anything else as the path of a SQLite file. May hold a password.
    pub url: payung_domain::secret::Secret,
    /// Connections at most.
    pub connections: u32,
    /// How long a request waits for a connection before it is told that the database is not there.
    pub patience: Duration,
}

/// The pools of one database.
#[derive(Clone, Debug)]
pub(crate) enum Pools {
    /// SQLite lets one write at a time, so writers queue here, in order, instead of failing there:
    /// eight connections that began plain transactions lost half of them to "database is locked".
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres(PgPool),
}

/// A transaction. Dropped without [`Tx::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct Tx(Inner);

#[derive(Debug)]
enum Inner {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// A row that both engines can give.
pub trait Row:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static
{
}

impl<R> Row for R where
    R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin + 'static
{
}

impl Pools {
    /// Opens the pools.
    pub(crate) async fn open(reach: &Reach) -> Result<Self, Fault> {
        let (url, connections) = (reach.url.expose(), reach.connections);
        let doing = Fault::while_doing::<sqlx::Error>("opening the database");
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url)
                .map_err(Fault::while_doing("reading the database address"))?
                .application_name("payung");
            let pool = PgPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(reach.patience)
                .connect_with(options)
                .await;
            return pool.map(Self::Postgres).map_err(doing);
        }
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        create_private(path).map_err(Fault::while_doing("creating the database file"))?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: what was acknowledged survives a power cut. NORMAL would lose the last commits.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("secure_delete", "on")
            .pragma("temp_store", "memory");
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(reach.patience)
            .connect_with(options.clone())
            .await
            .map_err(doing)?;
        let read = SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(reach.patience)
            .connect_with(options.read_only(true))
            .await
            .map_err(Fault::while_doing("opening the database for reading"))?;
        Ok(Self::Sqlite { read, write })
    }

    /// A transaction that sees one moment and changes nothing.
    pub(crate) async fn read(&self) -> Result<Tx, Fault> {
        let begun = match self {
            Self::Sqlite { read, .. } => read.begin().await.map(Inner::Sqlite),
            Self::Postgres(pool) => pool
                .begin_with("begin isolation level repeatable read, read only")
                .await
                .map(Inner::Postgres),
        };
        begun.map(Tx).map_err(Fault::while_doing("beginning to read"))
    }

    /// A transaction that may write from its start: SQLite's lock is taken now, not halfway.
    pub(crate) async fn write(&self) -> Result<Tx, Fault> {
        let begun = match self {
            Self::Sqlite { write, .. } => {
                write.begin_with("begin immediate").await.map(Inner::Sqlite)
            }
            Self::Postgres(pool) => pool.begin().await.map(Inner::Postgres),
        };
        begun.map(Tx).map_err(Fault::while_doing("beginning to write"))
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    pub(crate) const fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }
}

/// Runs the expression for the engine at hand; the transaction's connection is `$connection`.
macro_rules! on {
    ($tx:expr, $connection:ident => $run:expr) => {
        match &mut $tx.0 {
            Inner::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $run
            }
            Inner::Postgres(transaction) => {
                let $connection = &mut **transaction;
                $run
            }
        }
    };
}

impl Tx {
    /// The row, if there is one.
    pub async fn one<R: Row>(
        &mut self,
        doing: &'static str,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<R>, Fault> {
        on!(self, c => sqlx::query_as(sql).bind_all(values).fetch_optional(c).await)
            .map_err(Fault::while_doing(doing))
    }

    /// The row, locked until the transaction ends. SQLite needs no lock: it has one writer.
    pub async fn one_locked<R: Row>(
        &mut self,
        doing: &'static str,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<R>, Fault> {
        if matches!(self.0, Inner::Sqlite(_)) {
            return self.one(doing, sql, values).await;
        }
        let locking = AssertSqlSafe(format!("{sql} for update"));
        on!(self, c => sqlx::query_as(locking).bind_all(values).fetch_optional(c).await)
            .map_err(Fault::while_doing(doing))
    }

    /// All the rows.
    pub async fn all<R: Row>(
        &mut self,
        doing: &'static str,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<R>, Fault> {
        on!(self, c => sqlx::query_as(sql).bind_all(values).fetch_all(c).await)
            .map_err(Fault::while_doing(doing))
    }

    /// Runs a statement; answers how many rows it changed.
    pub async fn run(
        &mut self,
        doing: &'static str,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64, Fault> {
        on!(self, c => sqlx::query(sql).bind_all(values).execute(c).await.map(|r| r.rows_affected()))
            .map_err(Fault::while_doing(doing))
    }

    /// Inserts many rows, some hundreds a statement. `head` ends before the word `values`, `tail`
    /// comes after the rows, for instance `on conflict do nothing`.
    pub async fn insert_many(
        &mut self,
        doing: &'static str,
        head: &'static str,
        rows: Vec<Vec<Value>>,
        tail: &'static str,
    ) -> Result<u64, Fault> {
        /// Of SQLite's 32,766 values a statement; more rows at once gained nothing when measured.
        const MOST_VALUES: usize = 6_000;
        let Some(width) = rows.first().map(Vec::len) else { return Ok(0) };
        let per_statement = (MOST_VALUES / width.max(1)).max(1);
        let (mut rows, mut changed) = (rows.into_iter().peekable(), 0);
        while rows.peek().is_some() {
            let batch: Vec<Vec<Value>> = rows.by_ref().take(per_statement).collect();
            let sql = AssertSqlSafe(format!("{head} values {} {tail}", places(batch.len(), width)));
            let flat = batch.into_iter().flatten().collect();
            changed += on!(self, c => sqlx::query(sql).bind_all(flat).execute(c).await.map(|r| r.rows_affected()))
                .map_err(Fault::while_doing(doing))?;
        }
        Ok(changed)
    }

    /// Runs the statements of a migration, written in the shared words.
    pub(crate) async fn define(&mut self, ddl: &str) -> Result<(), Fault> {
        let text = match self.0 {
            Inner::Sqlite(_) => AssertSqlSafe(sqlite_words(ddl)),
            Inner::Postgres(_) => AssertSqlSafe(ddl.to_owned()),
        };
        on!(self, c => sqlx::raw_sql(text).execute(c).await.map(|_| ()))
            .map_err(Fault::while_doing("changing the tables"))
    }

    /// Keeps every other migration out until this transaction ends.
    pub(crate) async fn lock_migrations(&mut self) -> Result<(), Fault> {
        // SQLite's write transaction is that lock already. The number is "payung" on a phone.
        if let Inner::Postgres(transaction) = &mut self.0 {
            sqlx::query("select pg_advisory_xact_lock(729864)")
                .execute(&mut **transaction)
                .await
                .map_err(Fault::while_doing("waiting for another migration"))?;
        }
        Ok(())
    }

    /// Drops every table a migration defines, the newest first.
    pub(crate) async fn drop_tables(&mut self) -> Result<(), Fault> {
        let tables = MIGRATIONS.iter().flat_map(|migration| {
            migration.sql.lines().filter_map(|line| line.strip_prefix("create table "))
        });
        let names: Vec<&str> = tables.filter_map(|line| line.split_whitespace().next()).collect();
        let drops: Vec<String> = std::iter::once("migrations")
            .chain(names)
            .rev()
            .map(|name| format!("drop table if exists {name};"))
            .collect();
        self.define(&drops.join("\n")).await
    }

    /// The columns of every table, to compare the engines with each other.
    pub async fn columns(&mut self) -> Result<Vec<(String, String)>, Fault> {
        let sql = match self.0 {
            Inner::Sqlite(_) => {
                "select m.name, c.name from sqlite_schema m, pragma_table_info(m.name) c \
                 where m.type = 'table' order by m.name, c.cid"
            }
            Inner::Postgres(_) => {
                "select table_name::text, column_name::text from information_schema.columns \
                 where table_schema = 'public' order by table_name, ordinal_position"
            }
        };
        self.all("listing the columns", sql, Vec::new()).await
    }

    /// Makes everything last.
    pub async fn commit(self) -> Result<(), Fault> {
        match self.0 {
            Inner::Sqlite(transaction) => transaction.commit().await,
            Inner::Postgres(transaction) => transaction.commit().await,
        }
        .map_err(Fault::while_doing("committing"))
    }
}

/// Binding a list of values, on either kind of query and either engine.
trait BindAll {
    fn bind_all(self, values: Vec<Value>) -> Self;
}

macro_rules! bind_all {
    ($($query:ty, $engine:ty, [$($generic:tt)*];)*) => {$(
        impl<'q, $($generic)*> BindAll for $query {
            fn bind_all(self, values: Vec<Value>) -> Self {
                values.into_iter().fold(self, |query, value| match value {
                    Value::Int(value) => query.bind(value),
                    Value::Text(value) => query.bind(value),
                    Value::Bytes(value) => query.bind(value),
                    Value::Bool(value) => query.bind(value),
                    Value::Id(value) => query.bind(value),
                })
            }
        }
    )*};
}

bind_all! {
    Query<'q, Sqlite, <Sqlite as sqlx::Database>::Arguments>, Sqlite, [];
    Query<'q, Postgres, <Postgres as sqlx::Database>::Arguments>, Postgres, [];
    QueryAs<'q, Sqlite, R, <Sqlite as sqlx::Database>::Arguments>, Sqlite, [R];
    QueryAs<'q, Postgres, R, <Postgres as sqlx::Database>::Arguments>, Postgres, [R];
}

/// `($1,$2),($3,$4)` for two rows of two.
fn places(rows: usize, width: usize) -> String {
    let row = |first: usize| {
        let numbers: Vec<String> = (first..first + width).map(|n| format!("${n}")).collect();
        format!("({})", numbers.join(","))
    };
    let all: Vec<String> = (0..rows).map(|n| row(n * width + 1)).collect();
    all.join(",")
}

/// PostgreSQL's words for types are the shared ones; strict SQLite tables know only these four.
fn sqlite_words(ddl: &str) -> String {
    let typed = ddl
        .replace(" uuid", " blob")
        .replace(" bytea", " blob")
        .replace(" bigint", " integer")
        .replace(" boolean", " integer");
    typed.replace("\n);", "\n) strict;")
}

/// Makes the file readable by its owner alone before anything is in it, and refuses one that
/// others may read (N-05).
fn create_private(path: &str) -> std::io::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let file = std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        let why = format!("others may read {path}: run `chmod 600 {path}`");
        return Err(std::io::Error::other(why));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_get_their_places() {
        assert_eq!(places(2, 3), "($1,$2,$3),($4,$5,$6)");
    }

    #[test]
    fn n05_a_database_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("payung.db");
        let path = path.to_str().unwrap();
        create_private(path).unwrap();
        create_private(path).unwrap();
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(create_private(path).unwrap_err().to_string().contains("chmod 600"));
    }

    #[test]
    fn tables_are_strict_on_sqlite() {
        let shared = "create table a (\n    id uuid primary key,\n    at bigint not null\n);";
        let strict =
            "create table a (\n    id blob primary key,\n    at integer not null\n) strict;";
        assert_eq!(sqlite_words(shared), strict);
    }
}
