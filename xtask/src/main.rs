//! Chores of the workspace. No dependency, so that a fresh machine has it in seconds.

mod bench;
mod lint;
mod machine;
mod postgres;
mod standards;
mod steps;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
Chores of the workspace.

  cargo xtask test [--only rust|browser]…     all tests, on both engines and in the browser
  cargo xtask bench [--only sqlite|postgres] [--rows N]
                                              what the provider and an import cost, into target/bench
  cargo xtask lint                            formatting, clippy, dependencies, standards
  cargo xtask standards                       writes docs/standards.md: which test proves what

`test` installs what is missing when it may (root, apt), starts a PostgreSQL of its own and stops
it again. It fails when an engine or the browser is missing; it never skips.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test", which @ ..] => test::Which::read(which).and_then(|which| test::run(&which)),
        ["bench", which @ ..] => bench::Which::read(which).and_then(|which| bench::run(&which)),
        ["lint"] => lint::run(),
        ["standards"] => standards::write(),
        ["help" | "--help" | "-h"] => {
            steps::say(USAGE);
            return ExitCode::SUCCESS;
        }
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            steps::say(&trouble);
            ExitCode::FAILURE
        }
    }
}
