//! The rows of one sheet.

use std::io;

use calamine::{Dimensions, Xlsx, XlsxCellReader, XlsxError};
use jiff::civil::Date;
use payung_domain::imports::cells::Header;
use payung_domain::imports::{Kind, Reason, WHOLE_ROW, Wrong};
use payung_domain::programmes::Programmes;

use super::held::Held;
use super::{Seekable, lost};
use crate::imports::lines::LONGEST;
use crate::imports::reading::{Chunk, Rows, Unreadable};

/// The rows that a sheet can have.
const MOST_ROWS: u32 = 1_048_576;

/// Cells of a row that are kept. No file has so many columns, so that the row is refused.
const MOST_CELLS: usize = 64;

/// A sheet, row by row.
pub(super) struct SheetRows<'a> {
    cells: XlsxCellReader<'a, Box<dyn Seekable>>,
    /// The first cell of the row that comes next.
    ahead: Option<Placed>,
    line: u32,
    /// The column after the last cell of that line.
    next_column: u32,
    has_ended: bool,
    is_broken: bool,
    /// Whether that was in the middle of a row, as far as anybody can tell.
    is_torn: bool,
}

struct Placed {
    line: u32,
    column: usize,
    held: Held,
}

/// A row as it stands in a sheet. One with nothing in it is none.
pub(super) struct SheetRow {
    line: u32,
    cells: Vec<(usize, Held)>,
    /// Columns until the last cell.
    width: usize,
    size: usize,
    is_broken: bool,
}

impl SheetRow {
    const fn at(line: u32) -> Self {
        Self { line, cells: Vec::new(), width: 0, size: 0, is_broken: false }
    }

    /// Its number, from 1.
    pub(super) const fn line(&self) -> u32 {
        self.line
    }

    fn push(&mut self, Placed { column, held, .. }: Placed) {
        self.width = self.width.max(column.saturating_add(1));
        self.size = self.size.saturating_add(held.size());
        if self.cells.len() < MOST_CELLS && self.size <= LONGEST {
            self.cells.push((column, held));
        }
    }

    /// Reads the row by the names of its columns.
    fn take(
        &self,
        header: &Header,
        rows: &mut Rows,
        merged: Option<usize>,
        rules: &Programmes,
        today: Date,
    ) -> Result<(), Wrong> {
        let names = header.names();
        if self.is_broken {
            return Err(Wrong::at(WHOLE_ROW, Reason::Broken));
        }
        if self.size > LONGEST {
            return Err(Wrong::at(WHOLE_ROW, Reason::TooLong));
        }
        if self.width > names.len() {
            let found = u32::try_from(self.width).unwrap_or(u32::MAX);
            return Err(Wrong::at(WHOLE_ROW, Reason::Cells(found)));
        }
        if let Some(&name) = merged.and_then(|column| names.get(column)) {
            return Err(Wrong::at(name, Reason::Merged));
        }
        let mut texts = vec![String::new(); names.len()];
        for (column, held) in &self.cells {
            if let (Some(text), Some(&name)) = (texts.get_mut(*column), names.get(*column)) {
                *text = held.in_column(name)?;
            }
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        rows.read(self.line, &header.cells(&texts)?, rules, today)
    }
}

/// The first row of a sheet: the names of its columns.
pub(super) fn header_of(kind: Kind, first: &SheetRow) -> Result<Header, Unreadable> {
    if first.is_broken || first.size > LONGEST {
        return Err(Unreadable::NotText);
    }
    let mut names = vec![""; first.width.min(MOST_CELLS)];
    for (column, held) in &first.cells {
        let Held::Text(text) = held else { return Err(Unreadable::NotText) };
        if let Some(name) = names.get_mut(*column) {
            *name = text.as_str();
        }
    }
    Header::read(kind, &names).map_err(Unreadable::Header)
}

impl<'a> SheetRows<'a> {
    pub(super) fn of(book: &'a mut Xlsx<Box<dyn Seekable>>, name: &str) -> Result<Self, XlsxError> {
        let cells = book.worksheet_cells_reader(name)?;
        Ok(Self {
            cells,
            ahead: None,
            line: 0,
            next_column: 0,
            has_ended: false,
            is_broken: false,
            is_torn: false,
        })
    }

    /// The next row. Where the sheet cannot be read on, one that says so is the last.
    pub(super) fn next_row(&mut self) -> io::Result<Option<SheetRow>> {
        let mut row: Option<SheetRow> = None;
        while let Some(cell) = self.next_cell()? {
            let line = row.as_ref().map_or(cell.line, |row| row.line);
            if cell.line != line {
                self.ahead = Some(cell);
                return Ok(row);
            }
            row.get_or_insert_with(|| SheetRow::at(line)).push(cell);
        }
        if self.is_broken && (self.is_torn || row.is_none()) {
            self.is_broken = false;
            let line = row.map_or(self.line.saturating_add(1), |row| row.line);
            return Ok(Some(SheetRow { is_broken: true, ..SheetRow::at(line) }));
        }
        Ok(row)
    }

    fn next_cell(&mut self) -> io::Result<Option<Placed>> {
        if let Some(cell) = self.ahead.take() {
            return Ok(Some(cell));
        }
        while !self.has_ended {
            let read = match self.cells.next_cell() {
                Ok(read) => read,
                Err(error) => {
                    if let Some(lost) = lost(&error) {
                        return Err(lost);
                    }
                    self.breaks_off(true);
                    break;
                }
            };
            let Some(cell) = read else {
                self.has_ended = true;
                break;
            };
            let (row, column) = cell.get_position();
            let line = row.saturating_add(1);
            // Lines are how an import knows how far it is: they go up, or nothing can be told of them.
            let goes_back = line == self.line && column < self.next_column;
            if line < self.line || line > MOST_ROWS || goes_back {
                self.breaks_off(goes_back);
                break;
            }
            self.line = line;
            self.next_column = column.saturating_add(1);
            if let Some(held) = Held::of(cell.get_value()) {
                let column = usize::try_from(column).unwrap_or(usize::MAX);
                return Ok(Some(Placed { line, column, held }));
            }
        }
        Ok(None)
    }

    const fn breaks_off(&mut self, is_torn: bool) {
        self.has_ended = true;
        self.is_broken = true;
        self.is_torn = is_torn;
    }

    /// Reads the next rows into a chunk. `false` when there are none.
    pub(super) fn fill(
        &mut self,
        chunk: &mut Chunk,
        most: usize,
        header: &Header,
        merged: &mut Merged<'_>,
        rules: &Programmes,
        today: Date,
    ) -> io::Result<bool> {
        let (after, mut count) = (chunk.last_line, 0);
        while count < most {
            let Some(row) = self.next_row()? else { break };
            if row.line <= after {
                continue;
            }
            count += 1;
            chunk.last_line = row.line;
            let covered = merged.column_in(row.line);
            if let Err(wrong) = row.take(header, &mut chunk.rows, covered, rules, today) {
                chunk.refused.push(wrong.in_line(row.line));
            }
        }
        Ok(count > 0)
    }
}

/// Merged cells, from the top of a sheet to its end.
pub(super) struct Merged<'a> {
    /// Those that begin further down, in the order in which they begin.
    ahead: std::slice::Iter<'a, Dimensions>,
    /// Those that begin here or above.
    open: Vec<Dimensions>,
}

impl<'a> Merged<'a> {
    /// All of a sheet, in order.
    pub(super) fn of(all: &'a [Dimensions]) -> Self {
        Self { ahead: all.iter(), open: Vec::new() }
    }

    /// The first column of this line that belongs to the cell beside or above it. Lines go up.
    fn column_in(&mut self, line: u32) -> Option<usize> {
        let row = line.saturating_sub(1);
        while let Some(area) = self.ahead.as_slice().first()
            && area.start.0 <= row
        {
            self.open.push(*area);
            self.ahead.next();
        }
        self.open.retain(|area| area.end.0 >= row);
        let columns = self.open.iter().filter_map(|area| {
            let is_first = area.start.0 == row;
            let column = area.start.1.saturating_add(u32::from(is_first));
            (column <= area.end.1).then_some(column)
        });
        columns.min().and_then(|column| usize::try_from(column).ok())
    }
}
