//! `payung password-filter build`: a list of leaked passwords made small enough to be kept in
//! memory. The server reads what comes out through `passwords.breached_filter`.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use payung_flows::passwords::breached::{Breached, Builder, NoFilter};
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
    /// The list, or - for standard input: 40 hexadecimal digits a line, perhaps a colon and a count
    pub list: PathBuf,
    /// The filter to write
    pub filter: PathBuf,
    /// Leave out passwords that were seen less often than this
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    pub at_least: u64,
}

/// No line of a list is longer. More is a list of something else, and must not fill the memory.
const LONGEST_LINE: u64 = 4 * 1024;

/// Builds a filter. The list is read line by line, so it may be larger than the memory.
pub fn build(args: &BuildArgs, report: &Report) -> Result<Exit, Failure> {
    let list: Box<dyn Read> = if args.list.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(File::open(&args.list).map_err(|error| unreadable(&args.list, &error))?)
    };
    let mut builder = Builder::new(args.at_least);
    let one = || said!("give it one SHA-1 a line", "beri satu SHA-1 per baris");
    let (mut list, mut line) = (BufReader::with_capacity(1 << 20, list), Vec::new());
    loop {
        line.clear();
        let read = (&mut list).take(LONGEST_LINE).read_until(b'\n', &mut line);
        if read.map_err(|error| unreadable(&args.list, &error))? == 0 {
            break;
        }
        builder.take(&line).map_err(|why| useless(&args.list, why, one()))?;
    }
    let passwords = builder.taken();
    let bytes = builder.finish().map_err(|why| useless(&args.list, why, one()))?.bytes();
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
