//! Benchmarks: what the provider costs on each engine, and how fast contributions are read in. They
//! judge nothing; docs/benchmarks.md says how to read what they write.

use crate::machine::{prepare, root};
use crate::postgres::Postgres;
use crate::steps::{Count, Steps, must};
use crate::test::cargo;

/// What members are served by is what is measured, though it takes long to build.
const AS_SHIPPED: [&str; 5] = ["bench", "--profile", "dist", "--package", "payung"];

/// Which engines to measure, and how many rows an import has.
pub(crate) struct Which {
    sqlite: bool,
    postgres: bool,
    rows: Option<u32>,
}

impl Which {
    pub(crate) fn read(words: &[&str]) -> Result<Self, String> {
        let wrong = || "cargo xtask bench [--only sqlite|postgres] [--rows N]".to_owned();
        let mut which = Self { sqlite: true, postgres: true, rows: None };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match (*word, words.next().copied()) {
                ("--only", Some("sqlite")) => which.postgres = false,
                ("--only", Some("postgres")) => which.sqlite = false,
                ("--rows", Some(count)) => {
                    which.rows = Some(count.parse().map_err(|_| wrong())?);
                }
                _ => return Err(wrong()),
            }
        }
        if which.sqlite || which.postgres { Ok(which) } else { Err(wrong()) }
    }
}

/// Measures, and leaves the results in `target/bench`.
pub(crate) fn run(which: &Which) -> Result<(), String> {
    let mut steps = Steps::begin();
    if which.sqlite {
        steps.step("provider, SQLite", || provider("sqlite", None));
        steps.step("import, SQLite", || import("sqlite", which.rows, None));
    }
    if which.postgres {
        steps.step("provider, PostgreSQL", || {
            prepare(false, false)?;
            let postgres = Postgres::start_durable()?;
            provider("postgres", Some(&postgres.url()))
        });
        steps.step("import, PostgreSQL", || {
            prepare(false, false)?;
            let postgres = Postgres::start_durable()?;
            import("postgres", which.rows, Some(&postgres.url()))
        });
    }
    steps.finish()
}

fn provider(engine: &str, database: Option<&str>) -> Result<Count, String> {
    let result = root().join(format!("target/bench/provider-{engine}.json"));
    let mut cargo = cargo();
    cargo.args(AS_SHIPPED).args(["--bench", "provider", "--", "--result"]).arg(result);
    if let Some(url) = database {
        cargo.args(["--database", url]);
    }
    must(&mut cargo).map(|()| Count::default())
}

fn import(engine: &str, rows: Option<u32>, server: Option<&str>) -> Result<Count, String> {
    let result = root().join(format!("target/bench/import-{engine}.json"));
    let mut cargo = cargo();
    cargo.args(AS_SHIPPED).args(["--bench", "import", "--", "--engine", engine]);
    cargo.arg("--result").arg(result);
    if let Some(rows) = rows {
        cargo.args(["--rows", &rows.to_string()]);
    }
    if let Some(url) = server {
        // It makes a database of its own there, as tests do.
        cargo.env("PAYUNG_TEST_POSTGRES", url);
    }
    must(&mut cargo).map(|()| Count::default())
}
