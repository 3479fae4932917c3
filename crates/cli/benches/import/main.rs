//! How fast a file of contributions is read in, beside the same rows loaded raw into a table by the
//! database's own tool, and how much memory that takes. `cargo xtask bench` runs it;
//! docs/benchmarks.md says how to read it.
//!
//! No figure is judged here: a busy machine must not make anybody's work red.

#[path = "../../tests/support/installation.rs"]
mod installation;
mod program;
mod raw;
mod report;
mod rows;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};

use crate::program::House;
use crate::raw::Raw;

/// What to measure.
#[derive(Debug, Parser)]
#[command(name = "import", about = "How fast contributions are read in")]
struct Wishes {
    /// Where they are kept; PostgreSQL is found as tests find it
    #[arg(long, value_enum, default_value_t = Engine::Sqlite)]
    engine: Engine,
    /// How many rows; issue 5 asks for its memory at 5,000,000
    #[arg(long, value_name = "N", default_value_t = 200_000, value_parser = clap::value_parser!(u32).range(1_000..=50_000_000))]
    rows: u32,
    /// Where the result goes as JSON
    #[arg(long, value_name = "FILE")]
    result: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    // Cargo tells every benchmark that it is one.
    let words = std::env::args().filter(|word| word != "--bench");
    let wishes = Wishes::parse_from(words);
    let house = House::build(wishes.engine).await;
    rows::write_all(house.folder(), wishes.rows);
    let raw = Raw::measure(&house, wishes.engine).await;
    house.run("migrate up");
    house.run("import employers employers.csv --no-progress");
    house.run("import members members.csv --no-progress");
    let imported = house.run("import contributions rows.csv --no-progress --json");
    report::finish(&wishes, &raw, &imported)
}

/// Says something to whoever runs this.
fn say(text: &str) {
    #[expect(clippy::disallowed_methods, reason = "a benchmark has no report to print through")]
    let _ = writeln!(std::io::stdout(), "{text}");
}
