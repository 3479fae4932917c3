//! `payung completions`: what a shell needs to complete words.

use clap::{Args, Command};
use clap_complete::Shell;

use crate::report::{Exit, Report};

/// For which shell.
#[derive(Clone, Copy, Debug, Args)]
pub struct CompletionsArgs {
    /// The shell that is to complete words
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Prints the script for a shell.
#[must_use]
pub fn run(args: CompletionsArgs, command: &mut Command, report: &Report) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "payung", &mut script);
    report.verbatim(&String::from_utf8_lossy(&script));
    Exit::Done
}
