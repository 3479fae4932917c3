//! A table of rows, in whichever kind of file it comes.

use std::io::{Read, Result};

use jiff::civil::Date;
use payung_domain::imports::Kind;
use payung_domain::programmes::Programmes;

use super::book::{Book, Seekable};
use super::reading::{Chunk, Opened, Unreadable};

/// Where rows come from.
pub enum Source {
    /// CSV, from front to back.
    Lines(Box<dyn Read + Send>),
    /// A workbook, and the sheet that was asked for.
    Book(Box<dyn Seekable>, Option<String>),
}

/// A table whose first line was read.
pub(super) enum Table {
    Lines(Opened<Box<dyn Read + Send>>),
    Book(Box<Book>),
}

impl Table {
    pub(super) fn open(kind: Kind, source: Source) -> std::result::Result<Self, Unreadable> {
        match source {
            Source::Lines(source) => Opened::read(kind, source).map(Self::Lines),
            Source::Book(source, wanted) => {
                let book = Book::read(kind, source, wanted.as_deref())?;
                Ok(Self::Book(Box::new(book)))
            }
        }
    }

    pub(super) fn header_line(&self) -> u32 {
        match self {
            Self::Lines(opened) => opened.header_line(),
            Self::Book(book) => book.header_line(),
        }
    }

    /// Hands the rows after a line over, so many at most at a time, until there are no more or nobody
    /// takes them.
    pub(super) fn each_chunk(
        self,
        mut after: u32,
        most: usize,
        rules: &Programmes,
        today: Date,
        mut hand_over: impl FnMut(Result<Chunk>) -> bool,
    ) {
        let mut opened = match self {
            Self::Book(mut book) => return book.each_chunk(after, most, rules, today, hand_over),
            Self::Lines(opened) => opened,
        };
        while let Some(chunk) = opened.next_chunk(after, most, rules, today).transpose() {
            let has_broken = chunk.is_err();
            if let Ok(chunk) = &chunk {
                after = chunk.last_line;
            }
            if !hand_over(chunk) || has_broken {
                return;
            }
        }
    }
}
