//! What the provider's endpoints cost: the CPU that the server's process spends on a request, and how
//! long a caller waits. `cargo xtask bench` runs it; docs/benchmarks.md says how to read it.
//!
//! The server is the program itself, in a process of its own, so that what this one spends on asking
//! is not counted. No figure is judged here: a busy machine must not make anybody's work red.

mod alone;
mod cases;
mod house;
mod load;
mod report;
mod server;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use crate::house::House;
use crate::report::Results;
use crate::server::Server;

/// What to measure on, and for how long.
#[derive(Debug, Parser)]
#[command(name = "provider", about = "What the provider's endpoints cost")]
struct Wishes {
    /// A PostgreSQL database that is empty or a demonstration's; without one, SQLite is measured
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Where the result goes as JSON
    #[arg(long, value_name = "FILE")]
    result: Option<PathBuf>,
    /// For how many seconds each endpoint is asked; an access token lasts through a minute for each
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=60))]
    seconds: u64,
    /// How many ask at the same time
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=64))]
    callers: u8,
    /// How many codes are made to be redeemed, for each kind of client
    #[arg(long, value_name = "N", default_value_t = 8_000, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    codes: u32,
}

#[tokio::main]
async fn main() -> ExitCode {
    // Cargo tells every benchmark that it is one.
    let words = std::env::args().filter(|word| word != "--bench");
    let wishes = Wishes::parse_from(words);
    let lasts = Duration::from_secs(wishes.seconds);
    let callers = usize::from(wishes.callers);

    let server = Server::start(wishes.database.as_deref());
    let house = House::open(&server).await;
    let mut results = Results::begin(&house, wishes.callers, wishes.seconds);
    alone::measure(&house, lasts, &mut results).await;
    results.idle_is(server.idle(lasts).await);
    for case in cases::all(&house, &server, callers, wishes.codes).await {
        let name = case.name;
        match load::measure(case, &server, callers, lasts).await {
            Ok(measured) => results.add(measured),
            Err(trouble) => results.fail(name, &trouble),
        }
    }
    house.close().await;
    results.finish(wishes.result.as_deref())
}

/// Says something to whoever runs this.
fn say(text: &str) {
    #[expect(clippy::disallowed_methods, reason = "a benchmark has no report to print through")]
    let _ = writeln!(std::io::stdout(), "{text}");
}
