//! `payung password-filter build`: a list of leaked passwords made small enough to be kept in
//! memory. The server reads what comes out through `passwords.breached_filter`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use payung_flows::passwords::breached::{Breached, NoFilter};
use serde_json::json;

use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::said::Said;

/// What to do with a list.
#[derive(Clone, Debug, Subcommand)]
pub enum PasswordFilterCommand {
    /// Make a filter of a list: one SHA-1 a line, as Have I Been Pwned hands it out
    Build(BuildArgs),
}

/// From where to where.
#[derive(Clone, Debug, Args)]
pub struct BuildArgs {
    /// The list: 40 hexadecimal digits a line; what follows them is not looked at
    pub list: PathBuf,
    /// The filter to write
    pub filter: PathBuf,
}

/// Builds a filter.
pub fn build(args: &BuildArgs, report: &Report) -> Result<Exit, Failure> {
    let list = fs::read_to_string(&args.list).map_err(|error| unreadable(&args.list, &error))?;
    let breached = Breached::of_lines(list.lines()).map_err(|why| {
        let one = said!("give it one SHA-1 a line", "beri satu SHA-1 per baris");
        useless(&args.list, why, one)
    })?;
    let bytes = breached.bytes();
    fs::write(&args.filter, &bytes).map_err(|error| {
        let shown = args.filter.display();
        Failure::new(
            Exit::WrongUse,
            "file",
            said!("{shown} cannot be written", "{shown} tidak dapat ditulis"),
            said!("choose another place", "pilih tempat lain"),
        )
        .because(&error)
    })?;
    let passwords = list.lines().filter(|line| !line.trim().is_empty()).count();
    let (size, shown) = (bytes.len(), args.filter.display());
    let words = said!(
        "{passwords} passwords in {size} bytes: {shown}\nNext: set passwords.breached_filter",
        "{passwords} kata sandi dalam {size} bita: {shown}\nLanjut: isi passwords.breached_filter"
    );
    let facts = json!({ "passwords": passwords, "bytes": size });
    report.result(words.in_language(report.language()), facts);
    Ok(Exit::Done)
}

/// Reads a filter when the server starts. A server without the list its operator asked for would be
/// one that nobody notices is wrong.
pub fn read(path: &Path) -> Result<Breached, Failure> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    Breached::parse(&bytes).map_err(|why| {
        let anew = said!(
            "make it anew with `payung password-filter build`",
            "buat ulang dengan `payung password-filter build`"
        );
        useless(path, why, anew)
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let shown = path.display();
    Failure::new(
        Exit::WrongUse,
        "file",
        said!("{shown} cannot be read", "{shown} tidak terbaca"),
        said!("look at its name and its mode", "periksa nama dan izinnya"),
    )
    .because(error)
}

fn useless(path: &Path, why: NoFilter, fix: Said) -> Failure {
    let shown = path.display();
    let message = said!("{shown} cannot be used", "{shown} tidak dapat dipakai");
    Failure::new(Exit::WrongUse, "password-filter", message, fix).because(&why)
}
