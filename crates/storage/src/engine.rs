//! The only file that knows there are two engines.
//!
//! Above it there is one text of SQL: `$n` for values, `returning` and `on conflict` are fine, no
//! clock, no chance, no sequences, no arrays. What the engines spell differently has a name here:
//! a write transaction, a row lock, many rows in one statement, the words of a table definition.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgRow};
use sqlx::query::{Query, QueryAs};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteRow, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, FromRow, PgConnection, Postgres, Sqlite};

use crate::fault::Fault;
use crate::migrate::MIGRATIONS;
use crate::pool::{Lent, Pool};
use crate::staff::chain::{self, Loose};
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
        read: Pool<Sqlite>,
        write: Pool<Sqlite>,
    },
    Postgres(Pool<Postgres>),
}

/// A transaction. Dropped without [`Tx::commit`], it leaves nothing behind. Lines that were written
/// down in it wait in it for their place in the chain.
#[derive(Debug)]
pub struct Tx(Inner, Vec<Loose>);

#[derive(Debug)]
enum Inner {
    Sqlite(Lent<Sqlite>),
    Postgres(Lent<Postgres>),
}

/// A table that lasts as long as a transaction.
#[derive(Debug)]
pub(crate) struct Stage {
    /// Its name.
    pub(crate) table: &'static str,
    /// `insert into` and its name.
    pub(crate) insert: &'static str,
    /// Its columns, in the shared words.
    pub(crate) columns: &'static str,
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
                .application_name("payung")
                .disable_statement_logging();
            let pool = Pool::open(options, connections, reach.patience).await;
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
            .pragma("temp_store", "memory")
            // It would print whole statements, and ours that add many rows are a hundred kilobytes.
            .disable_statement_logging();
        let writes = options
            .clone()
            // In KiB. An import comes month by month, and so to a page of every member in turn: with the
            // usual two megabytes each row read a page and wrote one.
            .pragma("cache_size", "-65536")
            // In pages. A page that changes often is copied into the file once for many commits.
            .pragma("wal_autocheckpoint", "8192");
        let write = Pool::open(writes, 1, reach.patience).await.map_err(doing)?;
        let read = Pool::open(options.read_only(true), connections, reach.patience)
            .await
            .map_err(Fault::while_doing("opening the database for reading"))?;
        Ok(Self::Sqlite { read, write })
    }

    /// A transaction that sees one moment and changes nothing.
    pub(crate) async fn read(&self) -> Result<Tx, Fault> {
        let begun = match self {
            Self::Sqlite { read, .. } => read.begin("begin").await.map(Inner::Sqlite),
            Self::Postgres(pool) => {
                let words = "begin isolation level repeatable read, read only";
                pool.begin(words).await.map(Inner::Postgres)
            }
        };
        begun.map(Tx::begun).map_err(Fault::while_doing("beginning to read"))
    }

    /// One statement that reads. It sees one moment by itself, so nothing is begun and nothing ended.
    pub(crate) async fn look(&self) -> Result<Tx, Fault> {
        let lent = match self {
            Self::Sqlite { read, .. } => read.lend().await.map(Inner::Sqlite),
            Self::Postgres(pool) => pool.lend().await.map(Inner::Postgres),
        };
        lent.map(Tx::begun).map_err(Fault::while_doing("beginning to look"))
    }

    /// A transaction that may write from its start: SQLite's lock is taken now, not halfway.
    pub(crate) async fn write(&self) -> Result<Tx, Fault> {
        let begun = match self {
            Self::Sqlite { write, .. } => write.begin("begin immediate").await.map(Inner::Sqlite),
            Self::Postgres(pool) => pool.begin("begin").await.map(Inner::Postgres),
        };
        begun.map(Tx::begun).map_err(Fault::while_doing("beginning to write"))
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
            Inner::Sqlite(lent) => {
                let done = match lent.connection() {
                    Ok($connection) => $run,
                    Err(gone) => Err(gone),
                };
                lent.went(done)
            }
            Inner::Postgres(lent) => {
                let done = match lent.connection() {
                    Ok($connection) => $run,
                    Err(gone) => Err(gone),
                };
                lent.went(done)
            }
        }
    };
}

impl Tx {
    const fn begun(inner: Inner) -> Self {
        Self(inner, Vec::new())
    }

    /// Keeps a line that was added until its place in the chain is known, which is at the end.
    pub(crate) fn link_at_the_end(&mut self, loose: Loose) {
        self.1.push(loose);
    }

    /// The row, if there is one.
    pub async fn one<R: Row>(
        &mut self,
        doing: &'static str,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<R>, Fault> {
        self.may_ask(doing, sql)?;
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
        // The lock of a look would be over before anybody reads the row.
        self.may_write(doing)?;
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
        self.may_ask(doing, sql)?;
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
        self.may_write(doing)?;
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
        self.may_write(doing)?;
        let Some(width) = rows.first().map(Vec::len) else { return Ok(0) };
        let per_statement = (MOST_VALUES / width.max(1)).max(1);
        let (mut rows, mut changed) = (rows.into_iter().peekable(), 0);
        while rows.peek().is_some() {
            let batch: Vec<Vec<Value>> = rows.by_ref().take(per_statement).collect();
            let place = match self.0 {
                Inner::Sqlite(_) => unnumbered,
                Inner::Postgres(_) => numbered,
            };
            let places = places(batch.len(), width, place);
            let sql = AssertSqlSafe(format!("{head} values {places} {tail}"));
            let flat = batch.into_iter().flatten().collect();
            changed += on!(self, c => sqlx::query(sql).bind_all(flat).execute(c).await.map(|r| r.rows_affected()))
                .map_err(Fault::while_doing(doing))?;
        }
        Ok(changed)
    }

    /// Inserts rows of which each one is new, as [`Tx::insert_many`] does. Many of them go by COPY on
    /// PostgreSQL, which costs it a fraction.
    pub(crate) async fn load(
        &mut self,
        doing: &'static str,
        head: &'static str,
        rows: Vec<Vec<Value>>,
    ) -> Result<u64, Fault> {
        /// For fewer, COPY costs more than it gains: its end waits some 40 ms for the answer to its
        /// rows, as small pieces of TCP do.
        const MANY: usize = 500;
        self.may_write(doing)?;
        if rows.len() >= MANY
            && let Inner::Postgres(lent) = &mut self.0
        {
            let into = head.strip_prefix("insert into ").unwrap_or(head);
            let copied = match lent.connection() {
                Ok(connection) => copy_into(connection, into, &rows).await,
                Err(gone) => Err(gone),
            };
            return lent.went(copied).map_err(Fault::while_doing(doing));
        }
        self.insert_many(doing, head, rows, "").await
    }

    /// Puts rows into a table of this transaction's own, to be joined with what is kept: as [`Tx::load`]
    /// does on PostgreSQL, some hundreds a statement on SQLite.
    pub(crate) async fn stage(
        &mut self,
        doing: &'static str,
        stage: &Stage,
        rows: Vec<Vec<Value>>,
    ) -> Result<(), Fault> {
        let &Stage { table, insert, columns } = stage;
        if let Inner::Postgres(lent) = &mut self.0 {
            let made = match lent.connection() {
                Ok(connection) => make_stage(connection, stage).await,
                Err(gone) => Err(gone),
            };
            lent.went(made).map_err(Fault::while_doing(doing))?;
            return self.load(doing, insert, rows).await.map(drop);
        }
        // One connection writes, so that the table may be there already, with earlier rows.
        let create = format!("create temporary table if not exists {table} (\n{columns}\n);\n");
        self.define(&format!("{create}delete from {table};")).await?;
        self.insert_many(doing, insert, rows, "").await.map(drop)
    }

    /// Keeps every other import out until this transaction ends.
    pub(crate) async fn lock_imports(&mut self) -> Result<(), Fault> {
        // SQLite's write transaction is that lock already. The number is "import" on a phone.
        match self.0 {
            Inner::Sqlite(_) => Ok(()),
            Inner::Postgres(_) => {
                let sql = "select pg_advisory_xact_lock(467678)";
                self.run("waiting for another import", sql, Vec::new()).await.map(drop)
            }
        }
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
        match self.0 {
            Inner::Sqlite(_) => Ok(()),
            Inner::Postgres(_) => {
                let sql = "select pg_advisory_xact_lock(729864)";
                self.run("waiting for another migration", sql, Vec::new()).await.map(drop)
            }
        }
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
    pub async fn commit(mut self) -> Result<(), Fault> {
        // The end of the chain is the last row that is locked, and for as long as a commit takes: who
        // holds it waits for nobody, so that no two wait for each other.
        let loose = std::mem::take(&mut self.1);
        if !loose.is_empty() {
            chain::append(&mut self, loose).await?;
        }
        match self.0 {
            Inner::Sqlite(lent) => lent.commit().await,
            Inner::Postgres(lent) => lent.commit().await,
        }
        .map_err(Fault::while_doing("committing"))
    }

    /// What answers rows may write too, as `insert … returning` does.
    fn may_ask(&self, doing: &'static str, sql: &str) -> Result<(), Fault> {
        if sql.starts_with("select ") { Ok(()) } else { self.may_write(doing) }
    }

    /// What is written belongs into a transaction, so that it lasts as a whole or not at all.
    fn may_write(&self, doing: &'static str) -> Result<(), Fault> {
        let is_begun = match &self.0 {
            Inner::Sqlite(lent) => lent.is_begun(),
            Inner::Postgres(lent) => lent.is_begun(),
        };
        if is_begun { Ok(()) } else { Err(Fault::new(doing, "a look changes nothing")) }
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

/// `($1,$2),($3,$4)` for two rows of two, each place as the engine likes it in long statements.
fn places(rows: usize, width: usize, place: fn(&mut String, usize)) -> String {
    let mut text = String::with_capacity(rows * (width * 6 + 3));
    for at in 0..rows * width {
        text.push_str(match (at % width, at) {
            (0, 0) => "(",
            (0, _) => "),(",
            _ => ",",
        });
        place(&mut text, at + 1);
    }
    text.push(')');
    text
}

fn numbered(text: &mut String, number: usize) {
    text.push('$');
    text.push_str(&number.to_string());
}

/// SQLite takes `$7` for a name and looks through all of its names for each of them, twice: a statement
/// of some thousand values took ten times as long.
fn unnumbered(text: &mut String, _: usize) {
    text.push('?');
}

/// Until the transaction ends, each staged row is looked up by its key. Left to itself PostgreSQL reads
/// all of a table for some thousands of rows, so that each chunk would take longer than the one before.
const BY_KEY: &str = "set local enable_hashjoin = off;\nset local enable_mergejoin = off";

/// Makes the table on PostgreSQL.
async fn make_stage(
    connection: &mut PgConnection,
    &Stage { table, columns, .. }: &Stage,
) -> Result<(), sqlx::Error> {
    // Dropped at the end, so that no statement keeps a plan that was made while the tables beside it
    // were empty.
    let create =
        format!("create temporary table {table} (\n{columns}\n) on commit drop;\n{BY_KEY}");
    sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut *connection).await.map(drop)
}

/// Fills a table, or these columns of it: `contributions (month, wage)`.
async fn copy_into(
    connection: &mut PgConnection,
    into: &str,
    rows: &[Vec<Value>],
) -> Result<u64, sqlx::Error> {
    let mut copy = connection.copy_in_raw(&format!("copy {into} from stdin")).await?;
    copy.send(copy_text(rows).as_bytes()).await?;
    copy.finish().await
}

/// Rows as PostgreSQL's COPY reads them: tabs between the values, `\N` for none.
fn copy_text(rows: &[Vec<Value>]) -> String {
    let mut text = String::with_capacity(rows.len() * 96);
    for row in rows {
        for (place, value) in row.iter().enumerate() {
            if place > 0 {
                text.push('\t');
            }
            push_copied(&mut text, value);
        }
        text.push('\n');
    }
    text
}

fn push_copied(text: &mut String, value: &Value) {
    match value {
        Value::Int(Some(number)) => text.push_str(&number.to_string()),
        Value::Text(Some(words)) => {
            for letter in words.chars() {
                match letter {
                    '\\' => text.push_str(r"\\"),
                    '\n' => text.push_str(r"\n"),
                    '\r' => text.push_str(r"\r"),
                    '\t' => text.push_str(r"\t"),
                    other => text.push(other),
                }
            }
        }
        Value::Bytes(Some(bytes)) => {
            text.push_str(r"\\x");
            text.extend(
                bytes
                    .iter()
                    .flat_map(|byte| [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]),
            );
        }
        Value::Bool(Some(truth)) => text.push(if *truth { 't' } else { 'f' }),
        Value::Id(Some(id)) => text.push_str(&id.to_string()),
        Value::Int(None)
        | Value::Text(None)
        | Value::Bytes(None)
        | Value::Bool(None)
        | Value::Id(None) => text.push_str(r"\N"),
    }
}

const HEX: [char; 16] =
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];

/// Tables whose rows are short and come in great numbers. On SQLite they lie in the order of their key: what
/// is one member's lies together, and there is no second tree that every row has to be put into. No table
/// with papers: without a rowid each comparison on the way to a row reads a whole row, however long.
const SORTED: [&str; 3] = ["contributions", "postings", "unposted_contributions"];

/// PostgreSQL's words for types are the shared ones; strict SQLite tables know only these four.
fn sqlite_words(ddl: &str) -> String {
    let typed = ddl
        .replace(" uuid", " blob")
        .replace(" bytea", " blob")
        .replace(" bigint", " integer")
        .replace(" boolean", " integer");
    let tables = typed.split_inclusive("\n);").map(|table| {
        let is_sorted = SORTED.iter().any(|name| table.contains(&format!("create table {name} (")));
        let end = if is_sorted { "\n) strict, without rowid;" } else { "\n) strict;" };
        table.replace("\n);", end)
    });
    tables.collect()
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
        assert_eq!(places(2, 3, numbered), "($1,$2,$3),($4,$5,$6)");
        assert_eq!(places(2, 2, unnumbered), "(?,?),(?,?)");
    }

    #[test]
    fn copied_rows_keep_what_copy_would_read_as_a_sign() {
        let rows = [
            crate::values![7_i64, "a\tb\\\n", vec![0_u8, 255]],
            crate::values![None::<i64>, true, uuid::Uuid::nil()],
        ];
        let expected = "7\ta\\tb\\\\\\n\t\\\\x00ff\n\\N\tt\t00000000-0000-0000-0000-000000000000\n";
        assert_eq!(copy_text(&rows), expected);
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
        let shared = "create table postings (\n    id uuid,\n    primary key (id)\n);";
        let sorted =
            "create table postings (\n    id blob,\n    primary key (id)\n) strict, without rowid;";
        assert_eq!(sqlite_words(shared), sorted);
    }

    #[test]
    fn what_lies_in_the_order_of_its_key_has_short_rows() {
        for name in SORTED {
            let begins = format!("create table {name} (");
            let table = MIGRATIONS.iter().find_map(|one| one.sql.split_once(&*begins)).unwrap().1;
            let table = table.split("\n);").next().unwrap();
            assert!(!table.contains("sealed_") && !table.contains("bytea"), "{name}: {table}");
        }
    }
}
