//! `payung import`: members, employers and contributions from files. A row that makes no sense is
//! written down and the rest goes on; what breaks off goes on where it was.

mod refused;
mod source;
mod words;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use payung_domain::imports::{Kind, Refusal};
use payung_domain::time::Clock;
use payung_flows::imports::{self, CHUNK, Done, Importer, Listener, Wish};
use serde_json::json;

use self::refused::RefusedFile;
use self::source::Opened;
use super::{house, member};
use crate::outside::clock::SystemClock;
use crate::outside::dice::SystemDice;
use crate::report::{Exit, Failure, Progress, Report};
use crate::said;
use crate::settings::Values;

/// What the file tells of.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Employers, with the class and size that rules ask for
    Employers(ImportArgs),
    /// People, their member numbers and their work
    Members(ImportArgs),
    /// Contributions that were received
    Contributions(ImportArgs),
}

/// Which file, and how.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// CSV in UTF-8, with , or ; between the cells, or XLSX; - for standard input
    pub file: PathBuf,
    /// The sheet of an XLSX file [default: the first that is not hidden]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Only say what would become of it
    #[arg(long)]
    pub dry_run: bool,
    /// Go on with an import of this file that broke off
    #[arg(long)]
    pub resume: bool,
    /// Where refused rows are listed [default: beside the file, FILE.refused.csv]
    #[arg(long, value_name = "FILE")]
    pub refused: Option<PathBuf>,
    /// Folder of a demonstration, in place of settings
    #[arg(long, value_name = "DIR")]
    pub demo: Option<PathBuf>,
}

/// Reads a file in.
pub async fn run(
    command: ImportCommand,
    values: impl FnOnce() -> Result<Values, Failure>,
    report: &Report,
) -> Result<Exit, Failure> {
    let (kind, args) = match command {
        ImportCommand::Employers(args) => (Kind::Employers, args),
        ImportCommand::Members(args) => (Kind::Members, args),
        ImportCommand::Contributions(args) => (Kind::Contributions, args),
    };
    let opened = Opened::open(&args, report)?;
    let (store, ..) = member::open_store(args.demo.as_deref(), values).await?;
    let importer = Importer {
        store: store.clone(),
        programmes: Arc::new(house::programmes()?),
        dice: Arc::new(SystemDice),
        clock: Arc::new(SystemClock),
        chunk: CHUNK,
    };
    let wish = Wish { kind, digest: opened.digest, is_trial: args.dry_run, goes_on: args.resume };
    let what = said!("importing", "mengimpor");
    let mut ear = Ear {
        progress: report.progress(&what, opened.lines),
        refused: RefusedFile::at(args.refused.clone().unwrap_or_else(|| beside(&args.file))),
    };
    let (begun, is_file) = (SystemClock.now(), opened.digest.is_some());
    let done = tokio::select! {
        done = imports::import(&importer, wish, opened.source, &mut ear) => {
            done.map_err(|stopped| words::failure(kind, stopped))
        }
        Ok(()) = tokio::signal::ctrl_c() => Err(interrupted(is_file)),
    };
    let Ear { progress, refused } = ear;
    drop(progress);
    let told = done.and_then(|done| {
        let refused = refused.finish().map_err(|error| words::unwritable(&error))?;
        let seconds = SystemClock.now().since(begun).as_secs();
        Ok(tell(kind, &args, done, &refused, seconds, report))
    });
    store.close().await;
    told
}

/// Hears how it goes, and passes it on to the terminal and to the list of refused rows.
struct Ear {
    progress: Progress,
    refused: RefusedFile,
}

impl Listener for Ear {
    fn rows(&mut self, count: u64) {
        self.progress.advance(count);
    }

    fn refused(&mut self, refusals: &[Refusal]) -> std::io::Result<()> {
        self.refused.add(refusals)
    }
}

/// `iuran-2026-07.refused.csv` beside `iuran-2026-07.csv`.
fn beside(file: &Path) -> PathBuf {
    if file.as_os_str() == "-" {
        PathBuf::from("import.refused.csv")
    } else {
        file.with_extension("refused.csv")
    }
}

fn tell(
    kind: Kind,
    args: &ImportArgs,
    done: Done,
    refused: &refused::Written,
    seconds: u64,
    report: &Report,
) -> Exit {
    let lines = words::result(args.dry_run, &done, refused, seconds, report.language());
    let tally = done.tally;
    report.result(
        lines.join("\n"),
        json!({
            "kind": kind.code(),
            "dry_run": args.dry_run,
            "rows": tally.rows(),
            "added": tally.added,
            "already": tally.already,
            "refused": tally.refused,
            "posted": done.posted,
            "was_in_before": done.was_in_before,
            "went_on_after": done.went_on_after,
            "ends_midline": done.ends_midline,
            "refused_file": refused.path.as_ref().map(|path| path.display().to_string()),
        }),
    );
    if tally.refused > 0 { Exit::AnsweredNo } else { Exit::Done }
}

fn interrupted(is_file: bool) -> Failure {
    let fix = if is_file {
        said!("go on with --resume", "lanjutkan dengan --resume")
    } else {
        said!(
            "give the whole of it again: rows that are in are left alone",
            "beri semuanya lagi: baris yang sudah masuk dibiarkan"
        )
    };
    let message = said!("interrupted; whole chunks are in", "dihentikan; bagian utuh sudah masuk");
    Failure::new(Exit::Interrupted, "interrupted", message, fix)
}
