//! A file as chunks of rows that make sense, and of lines that were refused.

use std::io::Read;

use jiff::civil::Date;
use payung_domain::imports::cells::{Cells, Header, HeaderProblem};
use payung_domain::imports::contribution::Received;
use payung_domain::imports::employer::Firm;
use payung_domain::imports::member::Joined;
use payung_domain::imports::{Kind, Reason, Refusal, WHOLE_ROW, Wrong};
use payung_domain::programmes::Programmes;

use super::book::Problem;
use super::lines::{Lines, Raw, with_cells};

/// A file whose first line was read.
#[derive(Debug)]
pub struct Opened<R> {
    kind: Kind,
    header: Header,
    header_line: u32,
    delimiter: u8,
    lines: Lines<R>,
}

/// Why a file is not read at all.
#[derive(Debug)]
pub enum Unreadable {
    /// There is nothing in it.
    Empty,
    /// Its first line is not text in UTF-8.
    NotText,
    /// Its first line names other columns.
    Header(HeaderProblem),
    /// It is a workbook that cannot be read.
    Book(Problem),
    /// It broke off while it was read.
    Broke(std::io::Error),
}

/// Some rows of a file.
#[derive(Debug)]
pub struct Chunk {
    /// Those that make sense.
    pub rows: Rows,
    /// The others.
    pub refused: Vec<Refusal>,
    /// The last line of all of them.
    pub last_line: u32,
    /// Whether the file ended here, in the middle of a line.
    pub ends_midline: bool,
}

/// Rows of one kind.
#[derive(Debug)]
pub enum Rows {
    /// Members.
    Members(Vec<Joined>),
    /// Employers.
    Employers(Vec<Firm>),
    /// Contributions.
    Contributions(Vec<Received>),
}

impl<R: Read> Opened<R> {
    /// Reads the first line of a file: the names of its columns, and what stands between them.
    pub fn read(kind: Kind, source: R) -> Result<Self, Unreadable> {
        let mut lines = Lines::of(source);
        let first = lines.next_row().map_err(Unreadable::Broke)?.ok_or(Unreadable::Empty)?;
        let text = first.text.map_err(|_| Unreadable::NotText)?;
        // What every XLSX file begins with.
        if text.starts_with("PK\u{3}\u{4}") {
            return Err(Unreadable::NotText);
        }
        let delimiter = if text.contains(';') { b';' } else { b',' };
        let header = with_cells(&text, delimiter, |cells| Header::read(kind, cells))
            .ok_or(Unreadable::NotText)?
            .map_err(Unreadable::Header)?;
        Ok(Self { kind, header, header_line: first.last_line, delimiter, lines })
    }

    /// The line after which rows begin.
    #[must_use]
    pub const fn header_line(&self) -> u32 {
        self.header_line
    }

    /// The next rows after a line, so many at most; none at the end.
    pub fn next_chunk(
        &mut self,
        after: u32,
        most: usize,
        rules: &Programmes,
        today: Date,
    ) -> std::io::Result<Option<Chunk>> {
        let mut chunk = Chunk::after(self.kind, after);
        let mut count = 0;
        while count < most {
            let Some(raw) = self.lines.next_row()? else { break };
            if raw.last_line <= after {
                continue;
            }
            count += 1;
            chunk.last_line = raw.last_line;
            let line = raw.line;
            if let Err(wrong) = self.take(raw, &mut chunk.rows, rules, today) {
                chunk.refused.push(wrong.in_line(line));
            }
        }
        chunk.ends_midline = self.lines.ends_midline();
        Ok((count > 0).then_some(chunk))
    }

    fn take(
        &self,
        raw: Raw,
        rows: &mut Rows,
        rules: &Programmes,
        today: Date,
    ) -> Result<(), Wrong> {
        let text = raw.text.map_err(|reason| Wrong::at(WHOLE_ROW, reason))?;
        let taken = with_cells(&text, self.delimiter, |cells| {
            rows.read(raw.line, &self.header.cells(cells)?, rules, today)
        });
        taken.unwrap_or(Err(Wrong::at(WHOLE_ROW, Reason::Quote)))
    }
}

impl Chunk {
    /// One with nothing in it yet, after this line.
    pub(super) const fn after(kind: Kind, line: u32) -> Self {
        Self { rows: Rows::none(kind), refused: Vec::new(), last_line: line, ends_midline: false }
    }
}

impl Rows {
    const fn none(kind: Kind) -> Self {
        match kind {
            Kind::Members => Self::Members(Vec::new()),
            Kind::Employers => Self::Employers(Vec::new()),
            Kind::Contributions => Self::Contributions(Vec::new()),
        }
    }

    /// Reads a row by the names of its columns.
    pub(super) fn read(
        &mut self,
        line: u32,
        cells: &Cells<'_>,
        rules: &Programmes,
        today: Date,
    ) -> Result<(), Wrong> {
        match self {
            Self::Members(rows) => rows.push(Joined::read(line, cells, today)?),
            Self::Employers(rows) => rows.push(Firm::read(line, cells)?),
            Self::Contributions(rows) => rows.push(Received::read(line, cells, rules, today)?),
        }
        Ok(())
    }

    /// How many there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        match self {
            Self::Members(rows) => rows.len(),
            Self::Employers(rows) => rows.len(),
            Self::Contributions(rows) => rows.len(),
        }
    }
}
