//! Rows that come in files: what a file must have, what a row says, and why one is refused. How a
//! file is read is the flow's business, what is on record already is storage's.

pub mod cells;
pub mod contribution;
pub mod employer;
pub mod member;
#[cfg(test)]
mod tests;

/// What a file tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// People, their member numbers and their work.
    Members,
    /// Employers.
    Employers,
    /// Contributions that were received.
    Contributions,
}

/// A column of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the first line.
    pub name: &'static str,
    /// Whether a file without it cannot be read.
    pub is_needed: bool,
}

const fn needed(name: &'static str) -> Column {
    Column { name, is_needed: true }
}

const fn optional(name: &'static str) -> Column {
    Column { name, is_needed: false }
}

impl Kind {
    /// All of them, in the order in which a new installation imports them.
    pub const ALL: [Self; 3] = [Self::Employers, Self::Members, Self::Contributions];

    /// The word it is kept under.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Employers => "employers",
            Self::Contributions => "contributions",
        }
    }

    /// The kind that is kept under this word.
    #[must_use]
    pub fn coded(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The columns of such a file. They may stand in any order.
    #[must_use]
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Members => OF_MEMBERS,
            Self::Employers => OF_EMPLOYERS,
            Self::Contributions => OF_CONTRIBUTIONS,
        }
    }
}

const OF_MEMBERS: &[Column] = &[
    needed("nik"),
    needed("name"),
    needed("birth_date"),
    needed("sex"),
    optional("street"),
    optional("village"),
    optional("district"),
    optional("regency"),
    optional("province"),
    optional("postcode"),
    needed("kpj"),
    needed("segment"),
    needed("since"),
    optional("ended"),
    optional("npp"),
    optional("trade"),
    optional("work_from"),
    optional("work_until"),
];

const OF_EMPLOYERS: &[Column] =
    &[needed("npp"), needed("name"), needed("risk_class"), needed("size")];

const OF_CONTRIBUTIONS: &[Column] = &[
    needed("kpj"),
    optional("npp"),
    needed("month"),
    needed("programme"),
    needed("wage"),
    optional("base"),
    needed("employer_part"),
    needed("worker_part"),
    optional("due_on"),
    needed("received_on"),
];

/// Why a row is refused. None holds a word of the row: rows are personal data, and what is said of
/// them is kept and printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Nothing stands there.
    Empty,
    /// It has so many characters, which is too few or too many.
    Length(u32),
    /// It has characters that such a value never has.
    Characters,
    /// A spreadsheet made a number of it, like 3.17405E+15, and its last digits are lost.
    Exponent,
    /// The line is not UTF-8.
    NotUtf8,
    /// The line is longer than any row is.
    TooLong,
    /// The row has so many cells, and the first line has another number.
    Cells(u32),
    /// A quotation mark is never closed, or stands where none may.
    Quote,
    /// It is no month, for instance 2026-13.
    NotAMonth,
    /// It is no day, for instance 2026-02-30.
    NotADate,
    /// It has not come yet.
    Future,
    /// It is before what it should follow.
    TooEarly,
    /// It is below nothing.
    Negative,
    /// It is no amount in whole rupiah, in digits alone.
    NotWhole,
    /// It is more than such an amount can be.
    TooLarge,
    /// It is none of the words that may stand there.
    NotAWord,
    /// Nothing was paid.
    Nothing,
    /// No rule is published that says it for that month.
    NotPublished,
    /// Nobody on record has this number.
    Unknown,
    /// Something else is on record, or in a row above.
    Differs,
    /// The number belongs to somebody else.
    Taken,
    /// The cell of a sheet holds a number where digits are a name, and zeros in front are lost.
    Number,
    /// The cell of a sheet shows an error instead of a value, for instance #N/A.
    Fault,
    /// The cell of a sheet is merged with another, and has no value of its own.
    Merged,
    /// The sheet cannot be read from here on.
    Broken,
}

impl Reason {
    const PLAIN: [Self; 23] = [
        Self::Empty,
        Self::Characters,
        Self::Exponent,
        Self::NotUtf8,
        Self::TooLong,
        Self::Quote,
        Self::NotAMonth,
        Self::NotADate,
        Self::Future,
        Self::TooEarly,
        Self::Negative,
        Self::NotWhole,
        Self::TooLarge,
        Self::NotAWord,
        Self::Nothing,
        Self::NotPublished,
        Self::Unknown,
        Self::Differs,
        Self::Taken,
        Self::Number,
        Self::Fault,
        Self::Merged,
        Self::Broken,
    ];

    /// The word it is kept under.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Length(_) => "length",
            Self::Characters => "characters",
            Self::Exponent => "exponent",
            Self::NotUtf8 => "not_utf8",
            Self::TooLong => "too_long",
            Self::Cells(_) => "cells",
            Self::Quote => "quote",
            Self::NotAMonth => "not_a_month",
            Self::NotADate => "not_a_date",
            Self::Future => "future",
            Self::TooEarly => "too_early",
            Self::Negative => "negative",
            Self::NotWhole => "not_whole",
            Self::TooLarge => "too_large",
            Self::NotAWord => "not_a_word",
            Self::Nothing => "nothing",
            Self::NotPublished => "not_published",
            Self::Unknown => "unknown",
            Self::Differs => "differs",
            Self::Taken => "taken",
            Self::Number => "number",
            Self::Fault => "fault",
            Self::Merged => "merged",
            Self::Broken => "broken",
        }
    }

    /// How many there were, where that is the reason.
    #[must_use]
    pub const fn found(self) -> Option<u32> {
        match self {
            Self::Length(found) | Self::Cells(found) => Some(found),
            _ => None,
        }
    }

    /// The reason that is kept under this word, with this count.
    #[must_use]
    pub fn coded(code: &str, found: Option<u32>) -> Option<Self> {
        match (code, found) {
            ("length", Some(found)) => Some(Self::Length(found)),
            ("cells", Some(found)) => Some(Self::Cells(found)),
            _ => Self::PLAIN.into_iter().find(|reason| reason.code() == code),
        }
    }
}

/// What is wrong with a row: where, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The column, or [`WHOLE_ROW`].
    pub column: &'static str,
    /// Why.
    pub reason: Reason,
}

/// Stands for a column where the row as a whole cannot be read.
pub const WHOLE_ROW: &str = "row";

/// A row that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The line of the file at which the row begins, the first line of the file being 1.
    pub line: u32,
    /// The column, or [`WHOLE_ROW`].
    pub column: String,
    /// Why.
    pub reason: Reason,
}

impl Wrong {
    /// In this column, for this reason.
    #[must_use]
    pub const fn at(column: &'static str, reason: Reason) -> Self {
        Self { column, reason }
    }

    /// As what is told of a line.
    #[must_use]
    pub fn in_line(self, line: u32) -> Refusal {
        Refusal { line, column: self.column.to_owned(), reason: self.reason }
    }
}

/// How many rows came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Are new, and on record now.
    pub added: u64,
    /// Were on record already, the same in everything.
    pub already: u64,
    /// Were refused.
    pub refused: u64,
}

impl Tally {
    /// All of them.
    #[must_use]
    pub const fn rows(self) -> u64 {
        self.added.saturating_add(self.already).saturating_add(self.refused)
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            added: self.added.saturating_add(other.added),
            already: self.already.saturating_add(other.already),
            refused: self.refused.saturating_add(other.refused),
        }
    }
}
