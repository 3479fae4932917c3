//! The same rows, loaded raw: by the tool that comes with the database, or, where that is not there,
//! by COPY and prepared statements of our own. Once into a table without a key, once into one that
//! has the key of a contribution, which is the least that tells a row that is there already.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, Sqlite, SqliteConnection,
};
use tokio::time::Instant;

use crate::Engine;
use crate::program::House;

/// Both loads.
pub(crate) struct Raw {
    /// What loaded them.
    pub(crate) tool: &'static str,
    pub(crate) bare: Duration,
    pub(crate) keyed: Duration,
}

const COLUMNS: &str = "kpj text, npp text, month text, programme text, wage bigint, base bigint, \
                       employer_part bigint, worker_part bigint, received_on text";

const KEY: &str = ", primary key (kpj, month, programme, npp)";

/// Rows in one of our own statements for SQLite, and columns of a row.
const AT_ONCE: usize = 500;
const WIDTH: usize = 9;

impl Raw {
    pub(crate) async fn measure(house: &House, engine: Engine) -> Self {
        let (program, tool) = match engine {
            Engine::Sqlite => ("sqlite3", "sqlite3 .import"),
            Engine::Postgres => ("psql", "psql \\copy"),
        };
        let is_there = Command::new(program).arg("--version").output().is_ok();
        let tool = match (is_there, engine) {
            (true, _) => tool,
            (false, Engine::Sqlite) => "prepared inserts (no sqlite3 here)",
            (false, Engine::Postgres) => "COPY through sqlx (no psql here)",
        };
        let mut times = [Duration::ZERO; 2];
        for (time, key) in times.iter_mut().zip(["", KEY]) {
            let create = format!("create table raw_rows ({COLUMNS}{key})");
            *time = match (engine, is_there) {
                (Engine::Sqlite, true) => by_sqlite3(house.folder(), &create),
                (Engine::Sqlite, false) => by_inserts(house.folder(), create).await,
                (Engine::Postgres, true) => by_psql(house, &create),
                (Engine::Postgres, false) => by_copy(house, create).await,
            };
        }
        let [bare, keyed] = times;
        Self { tool, bare, keyed }
    }
}

fn timed(command: &mut Command) -> Duration {
    let began = Instant::now();
    let output = command.output().expect("the tool runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{said}");
    began.elapsed()
}

fn by_sqlite3(folder: &Path, create: &str) -> Duration {
    let _ = fs::remove_file(folder.join("raw.db"));
    let sqlite = |more: &[&str]| {
        timed(Command::new("sqlite3").current_dir(folder).args(["-csv", "raw.db"]).args(more))
    };
    sqlite(&[create]);
    sqlite(&[".import --skip 1 rows.csv raw_rows"])
}

fn by_psql(house: &House, create: &str) -> Duration {
    let psql = |line: &str| {
        let mut command = Command::new("psql");
        command.current_dir(house.folder()).arg(&house.database);
        timed(command.args(["-q", "-X", "-v", "ON_ERROR_STOP=1", "-c", line]))
    };
    psql(create);
    let took = psql("\\copy raw_rows from 'rows.csv' with (format csv, header)");
    psql("drop table raw_rows");
    took
}

async fn by_copy(house: &House, create: String) -> Duration {
    let mut connection = PgConnection::connect(&house.database).await.expect("the server answers");
    sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut connection).await.expect("a table");
    let began = Instant::now();
    let mut file = fs::File::open(house.folder().join("rows.csv")).expect("the rows");
    let mut copy = connection
        .copy_in_raw("copy raw_rows from stdin with (format csv, header)")
        .await
        .expect("COPY begins");
    let mut buffer = vec![0; 1 << 18];
    loop {
        let length = file.read(&mut buffer).expect("rows");
        if length == 0 {
            break;
        }
        copy.send(&buffer[..length]).await.expect("rows are sent");
    }
    copy.finish().await.expect("COPY ends");
    let took = began.elapsed();
    sqlx::raw_sql("drop table raw_rows").execute(&mut connection).await.expect("it goes");
    took
}

async fn by_inserts(folder: &Path, create: String) -> Duration {
    let path = folder.join("raw.db");
    let _ = fs::remove_file(&path);
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut connection: SqliteConnection = options.connect().await.expect("a database");
    run(&mut connection, create).await;
    let began = Instant::now();
    let text = fs::read_to_string(folder.join("rows.csv")).expect("the rows");
    let lines: Vec<&str> = text.lines().skip(1).collect();
    run(&mut connection, "begin".to_owned()).await;
    for lines in lines.chunks(AT_ONCE) {
        let row = format!("({})", ["?"; WIDTH].join(","));
        let sql = format!("insert into raw_rows values {}", vec![row; lines.len()].join(","));
        let cells = lines.iter().flat_map(|line| line.split(','));
        let query = cells.fold(sqlx::query::<Sqlite>(AssertSqlSafe(sql)), |query, cell| {
            query.bind(cell.to_owned())
        });
        query.execute(&mut connection).await.expect("rows are kept");
    }
    run(&mut connection, "commit".to_owned()).await;
    began.elapsed()
}

async fn run(connection: &mut SqliteConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.expect("the database obeys");
}
