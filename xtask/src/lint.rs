//! Formatting, clippy, the dependencies, and whether a test proves every must: what CI asks before any
//! test.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::machine::{in_path, root};
use crate::standards;
use crate::steps::{Count, Steps, must, say};
use crate::test::cargo;

/// The cargo-deny that is installed where there is none. A fixed one: a new release may not
/// turn yesterday's green into red.
const CARGO_DENY: &str = "0.20.2";

/// Runs every check, also after one has failed, and says how each went.
pub(crate) fn run() -> Result<(), String> {
    let quietly = |command: &mut Command| must(command).map(|()| Count::default());
    let mut steps = Steps::begin();
    steps.step("formatting", || quietly(cargo().args(["fmt", "--all", "--check"])));
    steps.step("clippy", || {
        let everything = ["clippy", "--workspace", "--all-targets", "--locked"];
        quietly(cargo().args(everything).args(["--", "-D", "warnings"]))
    });
    steps.step("dependencies", || dependencies().map(|()| Count::default()));
    steps.step("standards", || standards::check().map(|()| Count::default()));
    steps.finish()
}

/// Licences, bans and sources are known from the lock file. Advisories are news, so their list
/// has to be fetched: where it cannot be, the rest is checked all the same and the gap is said.
fn dependencies() -> Result<(), String> {
    let deny = cargo_deny()?;
    let deny = |words: &[&str]| {
        let mut command = Command::new(&deny);
        command.args(words).current_dir(root());
        command
    };
    must(&mut deny(&[
        "--workspace",
        "check",
        "--hide-inclusion-graph",
        "bans",
        "licenses",
        "sources",
    ]))?;
    if must(&mut deny(&["fetch", "db"])).is_err() {
        say("advisories: NOT CHECKED, their list cannot be fetched from here");
        return Ok(());
    }
    must(&mut deny(&["--workspace", "--offline", "check", "advisories"]))
}

/// cargo-deny, which is built once where there is none: a minute or two on two cores, since it is quick
/// enough without optimisation. It is kept outside the workspace's own target, beside it in the cache
/// that CI keeps.
fn cargo_deny() -> Result<PathBuf, String> {
    if let Some(installed) = in_path("cargo-deny") {
        return Ok(installed);
    }
    let tools = root().join("target/tools");
    let built = tools.join("bin/cargo-deny");
    if !built.is_file() {
        must(
            cargo()
                .args(["install", "cargo-deny", "--locked", "--version", CARGO_DENY, "--debug"])
                .args([Path::new("--root"), &tools])
                .env("CARGO_PROFILE_DEV_DEBUG", "0"),
        )?;
    }
    Ok(built)
}
