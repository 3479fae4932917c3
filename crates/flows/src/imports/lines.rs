//! Lines of a file, and the rows they make: RFC 4180 in constant memory, whatever is sent. A row that
//! cannot be read never takes the next one with it.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Result};

use payung_domain::imports::Reason;

/// The longest line, in bytes. Ours have some hundreds.
pub const LONGEST: usize = 16 * 1024;

/// How many lines a row may have, when breaks stand between quotation marks. A mark that is never
/// closed would otherwise make one row of the whole file.
pub const MOST_LINES: usize = 8;

/// A file, line by line.
#[derive(Debug)]
pub struct Lines<R> {
    source: BufReader<R>,
    read: u32,
    /// Lines that were read to see whether they belong to the row before them, and do not.
    ahead: VecDeque<Line>,
    ends_midline: bool,
}

#[derive(Debug)]
struct Line {
    number: u32,
    bytes: Vec<u8>,
    is_too_long: bool,
}

/// A row as it stands in the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Raw {
    /// The line it begins at, from 1.
    pub line: u32,
    /// The line it ends at.
    pub last_line: u32,
    /// What it says, or why that cannot be read.
    pub text: std::result::Result<String, Reason>,
}

impl<R: Read> Lines<R> {
    /// The lines of a file.
    #[must_use]
    pub fn of(source: R) -> Self {
        let source = BufReader::with_capacity(1 << 16, source);
        Self { source, read: 0, ahead: VecDeque::new(), ends_midline: false }
    }

    /// Whether the file ended without the end of a line. It may have been cut off.
    #[must_use]
    pub const fn ends_midline(&self) -> bool {
        self.ends_midline
    }

    /// The next row. Lines with nothing in them are none.
    pub fn next_row(&mut self) -> Result<Option<Raw>> {
        while let Some(first) = self.next_line()? {
            if !first.bytes.trim_ascii().is_empty() {
                return self.row_from(first).map(Some);
            }
        }
        Ok(None)
    }

    fn row_from(&mut self, first: Line) -> Result<Raw> {
        let line = first.number;
        if first.is_too_long {
            return Ok(Raw { line, last_line: line, text: Err(Reason::TooLong) });
        }
        let mut bytes = first.bytes;
        let mut taken = 0;
        while has_open_quote(&bytes) {
            if taken + 1 >= MOST_LINES || !self.look_ahead(taken)? {
                return Ok(Raw { line, last_line: line, text: Err(Reason::Quote) });
            }
            if let Some(next) = self.ahead.get(taken) {
                bytes.push(b'\n');
                bytes.extend_from_slice(&next.bytes);
            }
            taken += 1;
        }
        let last = self.ahead.drain(..taken).next_back();
        let last_line = last.map_or(line, |last| last.number);
        let text = String::from_utf8(bytes).map_err(|_| Reason::NotUtf8);
        Ok(Raw { line, last_line, text })
    }

    /// Reads on until so many lines and one more are ahead. `false` when there is no such line, or it
    /// is too long to be a part of a row.
    fn look_ahead(&mut self, place: usize) -> Result<bool> {
        while self.ahead.len() <= place {
            match self.read_line()? {
                Some(line) => self.ahead.push_back(line),
                None => return Ok(false),
            }
        }
        Ok(self.ahead.get(place).is_some_and(|line| !line.is_too_long))
    }

    fn next_line(&mut self) -> Result<Option<Line>> {
        match self.ahead.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.read_line(),
        }
    }

    fn read_line(&mut self) -> Result<Option<Line>> {
        let (mut bytes, mut is_too_long, mut is_there) = (Vec::new(), false, false);
        loop {
            let buffer = self.source.fill_buf()?;
            if buffer.is_empty() {
                self.ends_midline |= is_there;
                break;
            }
            is_there = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let part = &buffer[..end.unwrap_or(buffer.len())];
            let room = LONGEST.saturating_sub(bytes.len()).min(part.len());
            bytes.extend_from_slice(&part[..room]);
            is_too_long |= room < part.len();
            let used = part.len() + usize::from(end.is_some());
            self.source.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !is_there {
            return Ok(None);
        }
        self.read =
            self.read.checked_add(1).ok_or_else(|| std::io::Error::other("too many lines"))?;
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        if self.read == 1 && bytes.starts_with("\u{feff}".as_bytes()) {
            bytes.drain(..3);
        }
        Ok(Some(Line { number: self.read, bytes, is_too_long }))
    }
}

fn has_open_quote(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |is_open, byte| is_open ^ (*byte == b'"'))
}

/// Hands the cells of a row over. Most rows have no quotation mark, and are cut at their delimiters.
pub fn with_cells<T>(text: &str, delimiter: u8, read: impl FnOnce(&[&str]) -> T) -> Option<T> {
    if !text.contains('"') {
        let cells: Vec<&str> = text.split(char::from(delimiter)).collect();
        return Some(read(&cells));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(text.len())
        .from_reader(text.as_bytes());
    let (mut record, mut rest) = (csv::StringRecord::new(), csv::StringRecord::new());
    let is_read = reader.read_record(&mut record).unwrap_or(false);
    // A break outside quotation marks would make two rows of what is one.
    if !is_read || reader.read_record(&mut rest).unwrap_or(true) {
        return None;
    }
    let cells: Vec<&str> = record.iter().collect();
    Some(read(&cells))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(bytes: &[u8]) -> Vec<Raw> {
        let mut lines = Lines::of(bytes);
        std::iter::from_fn(|| lines.next_row().unwrap()).collect()
    }

    fn row(line: u32, last_line: u32, text: &str) -> Raw {
        Raw { line, last_line, text: Ok(text.to_owned()) }
    }

    #[test]
    fn lines_end_in_either_way_and_the_mark_in_front_is_no_text() {
        let expected = [row(1, 1, "a"), row(3, 3, "b"), row(4, 4, "c")];
        assert_eq!(rows("\u{feff}a\r\n\r\nb\nc".as_bytes()), expected);
        assert!(rows(b"").is_empty());
        for (text, is_cut) in [("a\nb", true), ("a\nb\n", false), ("", false)] {
            let mut lines = Lines::of(text.as_bytes());
            while lines.next_row().unwrap().is_some() {}
            assert_eq!(lines.ends_midline(), is_cut, "{text:?}");
        }
    }

    #[test]
    fn a_break_between_quotation_marks_is_part_of_the_row() {
        assert_eq!(rows(b"a,\"b\nc\"\nd"), [row(1, 2, "a,\"b\nc\""), row(3, 3, "d")]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_costs_its_own_row_only() {
        let mut text = "a,\"b\n".to_owned();
        text.push_str(&"c\n".repeat(20));
        let read = rows(text.as_bytes());
        assert_eq!(read.len(), 21);
        assert_eq!(read[0].text, Err(Reason::Quote));
        assert!(read[1..].iter().all(|row| row.text.as_deref() == Ok("c")));
    }

    #[test]
    fn letters_of_another_encoding_and_endless_lines_cost_their_own_row_only() {
        let long = "x".repeat(LONGEST + 1);
        let text = [&b"caf\xe9\n"[..], long.as_bytes(), b"\nb"].concat();
        let read = rows(&text);
        let why: Vec<_> = read.iter().map(|row| row.text.as_deref().map_err(|why| *why)).collect();
        assert_eq!(why, [Err(Reason::NotUtf8), Err(Reason::TooLong), Ok("b")]);
    }

    #[test]
    fn a_line_of_many_megabytes_is_passed_over_and_not_held() {
        let long = std::io::repeat(b'x').take(16 * 1024 * 1024);
        let mut lines = Lines::of((&b"a\n"[..]).chain(long).chain(&b"\nb\n"[..]));
        assert_eq!(lines.next_row().unwrap(), Some(row(1, 1, "a")));
        let passed = Raw { line: 2, last_line: 2, text: Err(Reason::TooLong) };
        assert_eq!(lines.next_row().unwrap(), Some(passed));
        assert_eq!(lines.next_row().unwrap(), Some(row(3, 3, "b")));
        assert_eq!(lines.next_row().unwrap(), None);
    }

    #[test]
    fn cells_are_cut_as_rfc_4180_says() {
        let cells = |text: &str, delimiter| {
            with_cells(text, delimiter, |cells| cells.join("|")).unwrap_or_default()
        };
        assert_eq!(cells("a,b,", b','), "a|b|");
        assert_eq!(cells("a;\"b;c\";\"d\"\"e\"", b';'), "a|b;c|d\"e");
        assert_eq!(cells("\"a\nb\",c", b','), "a\nb|c");
    }

    proptest! {
        #[test]
        fn every_line_is_in_one_row_at_most(text in "[a\",;\r\n]{0,80}") {
            let mut last = 0;
            for row in rows(text.as_bytes()) {
                prop_assert!(row.line > last && row.last_line >= row.line);
                last = row.last_line;
                if let Ok(text) = row.text {
                    let _ = with_cells(&text, b',', |cells| cells.join("|").len());
                }
            }
        }

        #[test]
        fn cells_that_are_written_are_read(
            cells in proptest::collection::vec("[a-c\",; ]{0,6}", 1..6),
        ) {
            let quoted: Vec<String> =
                cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            let read = with_cells(&quoted.join(","), b',', |read| read.join("\n"));
            prop_assert_eq!(read, Some(cells.join("\n")));
        }
    }
}
