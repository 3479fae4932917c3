//! Sheets of workbooks (XLSX): the same rows as in CSV, cell by cell in constant memory. Nothing is
//! taken from a workbook before all of it was looked through.

mod held;
mod sheet;
mod survey;
mod tags;

use std::error::Error;
use std::io::{self, Read, Seek};
use std::sync::Arc;

use calamine::{Dimensions, Reader as _, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};
use jiff::civil::Date;
use payung_domain::imports::Kind;
use payung_domain::imports::cells::Header;
use payung_domain::programmes::Programmes;

use self::sheet::{Merged, SheetRow, SheetRows, header_of};
pub use self::survey::MOST_BYTES;
use self::survey::survey;
pub use self::tags::{MOST_MERGED, MOST_PART_BYTES, MOST_TEXTS};
use super::reading::{Chunk, Unreadable};

/// The longest workbook that may come from where nothing is read twice: it has to be held in memory.
pub const MOST_PIPED: u64 = 32 * 1024 * 1024;

/// What can be read from any place, as an archive has to be.
pub trait Seekable: Read + Seek + Send {}

impl<T: Read + Seek + Send> Seekable for T {}

/// Why a workbook is not read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is no whole XLSX file.
    Broken,
    /// It has a password, or is of the format that was before XLSX.
    Locked,
    /// It has things in it that no spreadsheet writes.
    Strange,
    /// It is too large once it is unpacked.
    TooLarge,
    /// It has too many different texts to be held in memory.
    Texts,
    /// Too many of its cells are merged.
    Merged,
    /// It has no such sheet, but these.
    NoSheet(Vec<String>),
}

impl From<Problem> for Unreadable {
    fn from(problem: Problem) -> Self {
        Self::Book(problem)
    }
}

/// Whether a file that begins like this is a workbook, as far as anybody can tell from there.
#[must_use]
pub fn is_book(first: &[u8]) -> bool {
    first.starts_with(b"PK\x03\x04") || is_old(first)
}

/// The format before XLSX, in which XLSX files with a password are wrapped too.
fn is_old(first: &[u8]) -> bool {
    first.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// A sheet whose first row was read.
pub struct Book {
    kind: Kind,
    source: Xlsx<Box<dyn Seekable>>,
    name: String,
    merged: Vec<Dimensions>,
    header: Header,
    header_line: u32,
}

impl Book {
    /// Looks a workbook through and reads the first row of a sheet: of the one with this name, or of
    /// the first that is not hidden.
    pub fn read(
        kind: Kind,
        mut source: Box<dyn Seekable>,
        wanted: Option<&str>,
    ) -> Result<Self, Unreadable> {
        let mut signs = [0; 4];
        source.read_exact(&mut signs).map_err(broke)?;
        if is_old(&signs) {
            return Err(Problem::Locked.into());
        }
        let is_merged = survey(&mut source)?;
        source.rewind().map_err(broke)?;
        let mut book = Xlsx::new(source).map_err(|error| unreadable(&error))?;
        let name = chosen(book.sheets_metadata(), wanted)?;
        let mut merged = Vec::new();
        if is_merged {
            merged = book.merge_cells_by_sheet_name(&name).map_err(|error| unreadable(&error))?;
            merged.sort_by_key(|area| area.start);
        }
        let first = first_row(&mut book, &name)?;
        let header = header_of(kind, &first)?;
        Ok(Self { kind, source: book, name, merged, header, header_line: first.line() })
    }

    /// The name of the sheet.
    #[must_use]
    pub fn sheet(&self) -> &str {
        &self.name
    }

    /// The line after which rows begin.
    #[must_use]
    pub const fn header_line(&self) -> u32 {
        self.header_line
    }

    /// Hands the rows after a line over, so many at most at a time, until there are no more or nobody
    /// takes them.
    pub fn each_chunk(
        &mut self,
        after: u32,
        most: usize,
        rules: &Programmes,
        today: Date,
        mut hand_over: impl FnMut(io::Result<Chunk>) -> bool,
    ) {
        let Self { kind, source: book, name, merged, header, .. } = self;
        let mut rows = match SheetRows::of(book, name) {
            Ok(rows) => rows,
            Err(error) => {
                hand_over(Err(io::Error::other(error.to_string())));
                return;
            }
        };
        let (mut merged, mut after) = (Merged::of(merged), after);
        loop {
            let mut chunk = Chunk::after(*kind, after);
            let filled = rows.fill(&mut chunk, most, header, &mut merged, rules, today);
            let next = filled.map(|is_filled| is_filled.then_some(chunk)).transpose();
            let Some(next) = next else { return };
            let has_broken = next.is_err();
            if let Ok(chunk) = &next {
                after = chunk.last_line;
            }
            if !hand_over(next) || has_broken {
                return;
            }
        }
    }
}

fn first_row(book: &mut Xlsx<Box<dyn Seekable>>, name: &str) -> Result<SheetRow, Unreadable> {
    let mut rows = SheetRows::of(book, name).map_err(|error| unreadable(&error))?;
    rows.next_row().map_err(Unreadable::Broke)?.ok_or(Unreadable::Empty)
}

fn chosen(sheets: &[Sheet], wanted: Option<&str>) -> Result<String, Problem> {
    let mut tables = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let found = match wanted {
        Some(wanted) => tables.find(|sheet| sheet.name == wanted),
        None => tables.find(|sheet| sheet.visible == SheetVisible::Visible),
    };
    let names = || sheets.iter().take(10).map(|sheet| sheet.name.clone()).collect();
    found.map(|sheet| sheet.name.clone()).ok_or_else(|| Problem::NoSheet(names()))
}

/// What stopped the reader: the file is gone, or it is none.
fn unreadable(error: &XlsxError) -> Unreadable {
    lost(error).map_or_else(|| Problem::Broken.into(), Unreadable::Broke)
}

fn broke(error: io::Error) -> Unreadable {
    if error.raw_os_error().is_some() { Unreadable::Broke(error) } else { Problem::Broken.into() }
}

/// What the system says, if it is the system that says it: a stick that was pulled out is no fault of
/// the sheet.
fn lost(error: &XlsxError) -> Option<io::Error> {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(current) = cause {
        let shared = current.downcast_ref::<Arc<io::Error>>().map(|shared| &**shared);
        let found = current.downcast_ref::<io::Error>().or(shared);
        if let Some(found) = found.and_then(io::Error::raw_os_error) {
            return Some(io::Error::from_raw_os_error(found));
        }
        cause = current.source();
    }
    None
}
