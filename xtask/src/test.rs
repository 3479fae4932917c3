//! All tests: Rust's on both engines, then the browser's.

use std::process::Command;

use crate::machine::{in_path, prepare, root};
use crate::postgres::Postgres;
use crate::steps::{Count, Steps, must, run_counting, tally_of_cargo, tally_of_playwright};

/// Which tests to run.
pub(crate) struct Which {
    rust: bool,
    browser: bool,
}

impl Which {
    pub(crate) fn read(words: &[&str]) -> Result<Self, String> {
        if words.is_empty() {
            return Ok(Self { rust: true, browser: true });
        }
        let mut which = Self { rust: false, browser: false };
        for pair in words.chunks(2) {
            match pair {
                ["--only", "rust"] => which.rust = true,
                ["--only", "browser"] => which.browser = true,
                _ => return Err("cargo xtask test [--only rust|browser]…".to_owned()),
            }
        }
        Ok(which)
    }
}

/// Runs the chosen tests and says how they went.
pub(crate) fn run(which: &Which) -> Result<(), String> {
    let mut steps = Steps::begin();
    steps.step("what the tests need", || {
        prepare(which.rust, which.browser).map(|()| Count::default())
    });
    let is_prepared = steps.is_well_so_far();
    if is_prepared && which.rust {
        steps.step("Rust, both engines", rust);
    }
    if is_prepared && which.browser {
        steps.step("browser", browser);
    }
    steps.finish()
}

fn rust() -> Result<Count, String> {
    let postgres = Postgres::start()?;
    let mut cargo = cargo();
    cargo.args(["test", "--workspace", "--no-fail-fast"]);
    // Snapshots are compared, never written.
    cargo.env("INSTA_UPDATE", "no").env("PAYUNG_TEST_POSTGRES", postgres.url());
    run_counting(&mut cargo, tally_of_cargo)
}

/// The browser tests start the program themselves; they are told where it and the browser are.
fn browser() -> Result<Count, String> {
    let folder = root().join("tests/browser");
    if !folder.join("package.json").is_file() {
        return Err("tests/browser/package.json is missing".to_owned());
    }
    let postgres = Postgres::start()?;
    // The same programs that the other tests build, so that nothing is built twice.
    must(cargo().args(["build", "--workspace", "--bins", "--examples"]))?;
    let gallery = root().join("target/gallery");
    must(Command::new(root().join("target/debug/examples/gallery")).arg(&gallery))?;
    must(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    let chromium = in_path("chromium").ok_or("missing: apt-get install chromium")?;
    let mut playwright = Command::new("npx");
    playwright
        .args(["playwright", "test", "--reporter=list"])
        .current_dir(&folder)
        .env("PAYUNG_PROGRAM", root().join("target/debug/payung"))
        .env("PAYUNG_CHROMIUM", chromium)
        .env("PAYUNG_GALLERY", gallery)
        .env("PAYUNG_TEST_POSTGRES", postgres.url());
    run_counting(&mut playwright, tally_of_playwright)
}

/// Cargo, at the root of the workspace.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root());
    cargo
}
