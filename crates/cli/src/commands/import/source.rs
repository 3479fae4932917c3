//! The file of an import: CSV or a workbook, and how it is known.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};

use payung_domain::keyed::{Tag, digest};
use payung_flows::imports::book::{MOST_PIPED, is_book};
use payung_flows::imports::{Source, checksum};

use super::{ImportArgs, words};
use crate::report::{Exit, Failure, Report};
use crate::said;

/// A file that was opened, and looked through once where it can be read twice.
pub(super) struct Opened {
    pub(super) source: Source,
    pub(super) digest: Option<Tag>,
    pub(super) lines: u64,
}

impl Opened {
    pub(super) fn open(args: &ImportArgs, report: &Report) -> Result<Self, Failure> {
        if args.file.as_os_str() == "-" {
            if args.resume {
                return Err(no_way_back());
            }
            return piped(std::io::stdin(), "-", args);
        }
        let shown = args.file.display().to_string();
        let unreadable = |error: std::io::Error| words::unreadable(&shown, &error);
        let mut file = File::open(&args.file).map_err(unreadable)?;
        let is_file = file.metadata().map_err(unreadable)?.is_file();
        if !is_file {
            return piped(file, &shown, args);
        }
        let (tag, lines) = checksum(&mut file).map_err(unreadable)?;
        file.rewind().map_err(unreadable)?;
        let signs = first_bytes(&mut file).map_err(unreadable)?;
        file.rewind().map_err(unreadable)?;
        if is_book(&signs) {
            report.note(&said!("reading {shown}", "membaca {shown}"));
            let source = Source::Book(Box::new(BufReader::new(file)), args.sheet.clone());
            return Ok(Self { source, digest: Some(of_sheet(tag, args)), lines: 0 });
        }
        no_sheets(args)?;
        report.note(&said!("reading {shown}: {lines} lines", "membaca {shown}: {lines} baris"));
        Ok(Self { source: Source::Lines(Box::new(file)), digest: Some(tag), lines })
    }
}

/// What comes from elsewhere can be read once. A workbook has to be read from its end, and is held.
fn piped(
    mut from: impl Read + Send + 'static,
    shown: &str,
    args: &ImportArgs,
) -> Result<Opened, Failure> {
    let unreadable = |error: std::io::Error| words::unreadable(shown, &error);
    let signs = first_bytes(&mut from).map_err(unreadable)?;
    if !is_book(&signs) {
        no_sheets(args)?;
        let source = Source::Lines(Box::new(Cursor::new(signs).chain(from)));
        return Ok(Opened { source, digest: None, lines: 0 });
    }
    let mut held = signs;
    from.take(MOST_PIPED).read_to_end(&mut held).map_err(unreadable)?;
    if u64::try_from(held.len()).unwrap_or(u64::MAX) > MOST_PIPED {
        return Err(too_large());
    }
    let source = Source::Book(Box::new(Cursor::new(held)), args.sheet.clone());
    Ok(Opened { source, digest: None, lines: 0 })
}

/// Four bytes, or as many as there are.
fn first_bytes(from: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut signs = Vec::new();
    from.take(4).read_to_end(&mut signs)?;
    Ok(signs)
}

/// Two sheets of one file are two imports.
fn of_sheet(tag: Tag, args: &ImportArgs) -> Tag {
    match &args.sheet {
        Some(sheet) => digest(&[&tag[..], sheet.as_bytes()].concat()),
        None => tag,
    }
}

fn no_sheets(args: &ImportArgs) -> Result<(), Failure> {
    if args.sheet.is_none() {
        return Ok(());
    }
    Err(Failure::new(
        Exit::WrongUse,
        "no-sheets",
        said!("a CSV file has no sheets", "berkas CSV tidak punya lembar"),
        said!("leave --sheet out", "hilangkan --sheet"),
    ))
}

fn too_large() -> Failure {
    Failure::new(
        Exit::WrongUse,
        "too-large",
        said!(
            "this workbook is too large for standard input",
            "buku kerja ini terlalu besar untuk masukan standar"
        ),
        said!("give the name of the file", "beri nama berkasnya"),
    )
}

fn no_way_back() -> Failure {
    Failure::new(
        Exit::WrongUse,
        "no-way-back",
        said!(
            "standard input has no checksum to find the earlier import by",
            "masukan standar tidak punya checksum untuk mencari impor sebelumnya"
        ),
        said!(
            "give the whole of it again without --resume: rows that are in are left alone",
            "beri semuanya lagi tanpa --resume: baris yang sudah masuk dibiarkan"
        ),
    )
}
