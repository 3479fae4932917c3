//! The first line of a file, and the cells below it by the names it gives them.

use jiff::civil::Date;

use super::{Kind, Reason, WHOLE_ROW, Wrong};
use crate::ids::{Kpj, Nik, Npp, NumberProblem};
use crate::money::Rupiah;
use crate::month::Month;

/// The most a cell's amount can be. Far above any wage, and so far below what the ledger holds that
/// no number of rows adds up to that.
pub const MOST: Rupiah = Rupiah::new(999_999_999_999);

/// The columns of a file, in the order in which they stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    names: Vec<&'static str>,
}

/// Why a file cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderProblem {
    /// These columns are not there.
    Missing(Vec<&'static str>),
    /// No such file has this column.
    Unknown(String),
    /// This column is there twice.
    Doubled(&'static str),
}

impl Header {
    /// Reads the first line. Case and outer spaces do not matter.
    pub fn read(kind: Kind, cells: &[&str]) -> Result<Self, HeaderProblem> {
        let columns = kind.columns();
        let mut names = Vec::with_capacity(cells.len());
        for cell in cells {
            let typed = cell.trim();
            let column = columns.iter().find(|column| column.name.eq_ignore_ascii_case(typed));
            let Some(column) = column else {
                return Err(HeaderProblem::Unknown(typed.chars().take(40).collect()));
            };
            if names.contains(&column.name) {
                return Err(HeaderProblem::Doubled(column.name));
            }
            names.push(column.name);
        }
        let missing: Vec<&'static str> = columns
            .iter()
            .filter(|column| column.is_needed && !names.contains(&column.name))
            .map(|column| column.name)
            .collect();
        if missing.is_empty() { Ok(Self { names }) } else { Err(HeaderProblem::Missing(missing)) }
    }

    /// The names of the columns, in the order of the file.
    #[must_use]
    pub fn names(&self) -> &[&'static str] {
        &self.names
    }

    /// The cells of a row by their names.
    pub fn cells<'a>(&'a self, row: &'a [&'a str]) -> Result<Cells<'a>, Wrong> {
        if row.len() == self.names.len() {
            return Ok(Cells { header: self, row });
        }
        let found = u32::try_from(row.len()).unwrap_or(u32::MAX);
        Err(Wrong::at(WHOLE_ROW, Reason::Cells(found)))
    }
}

/// The cells of a row.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'a> {
    header: &'a Header,
    row: &'a [&'a str],
}

impl<'a> Cells<'a> {
    /// What stands in a column, without outer spaces; nothing where the file has no such column.
    #[must_use]
    pub fn text(&self, column: &str) -> &'a str {
        let place = self.header.names.iter().position(|name| *name == column);
        place.and_then(|place| self.row.get(place)).map_or("", |cell| cell.trim())
    }

    /// A member number.
    pub fn kpj(&self, column: &'static str) -> Result<Kpj, Wrong> {
        number(column, self.text(column), Kpj::parse)
    }

    /// A population number.
    pub fn nik(&self, column: &'static str) -> Result<Nik, Wrong> {
        number(column, self.text(column), Nik::parse)
    }

    /// An employer number.
    pub fn npp(&self, column: &'static str) -> Result<Npp, Wrong> {
        number(column, self.text(column), Npp::parse)
    }

    /// One of the words that may stand there.
    pub fn word<T>(
        &self,
        column: &'static str,
        coded: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Wrong> {
        match self.text(column) {
            "" => Err(Wrong::at(column, Reason::Empty)),
            text => coded(text).ok_or(Wrong::at(column, Reason::NotAWord)),
        }
    }

    /// A month: `2026-07` or `202607`.
    pub fn month(&self, column: &'static str) -> Result<Month, Wrong> {
        let text = self.text(column);
        if text.is_empty() {
            return Err(Wrong::at(column, Reason::Empty));
        }
        month(text).ok_or(Wrong::at(column, Reason::NotAMonth))
    }

    /// A day: `2026-07-10`.
    pub fn date(&self, column: &'static str) -> Result<Date, Wrong> {
        let text = self.text(column);
        if text.is_empty() {
            return Err(Wrong::at(column, Reason::Empty));
        }
        date(text).ok_or(Wrong::at(column, Reason::NotADate))
    }

    /// An amount in whole rupiah, in digits alone: a point in it may be one of thousands or of cents,
    /// and nobody can tell which.
    pub fn rupiah(&self, column: &'static str) -> Result<Rupiah, Wrong> {
        rupiah(self.text(column)).map_err(|reason| Wrong::at(column, reason))
    }

    /// A line of text without control characters, of so many characters at most.
    pub fn line(&self, column: &'static str, most: usize) -> Result<String, Wrong> {
        let text = self.text(column);
        let length = text.chars().count();
        if length > most {
            let found = u32::try_from(length).unwrap_or(u32::MAX);
            return Err(Wrong::at(column, Reason::Length(found)));
        }
        if text.chars().any(char::is_control) {
            return Err(Wrong::at(column, Reason::Characters));
        }
        Ok(text.to_owned())
    }
}

fn number<T>(
    column: &'static str,
    text: &str,
    parse: fn(&str) -> Result<T, NumberProblem>,
) -> Result<T, Wrong> {
    if is_exponent(text) {
        return Err(Wrong::at(column, Reason::Exponent));
    }
    parse(text).map_err(|problem| {
        let reason = match problem {
            NumberProblem::Empty => Reason::Empty,
            NumberProblem::Length(found) => {
                Reason::Length(u32::try_from(found).unwrap_or(u32::MAX))
            }
            NumberProblem::Characters => Reason::Characters,
        };
        Wrong::at(column, reason)
    })
}

/// `3.17405E+15`, `3,17405E+15`. Letters are fine in a member number, so that an E among digits alone
/// is not enough.
fn is_exponent(text: &str) -> bool {
    let Some((front, power)) = text.split_once(['e', 'E']) else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let bare = power.strip_prefix(['+', '-']).unwrap_or(power);
    let is_power = digits(bare);
    let is_signed = bare.len() != power.len();
    match front.split_once(['.', ',']) {
        Some((whole, rest)) => is_power && digits(whole) && digits(rest),
        None => is_power && is_signed && digits(front),
    }
}

fn month(text: &str) -> Option<Month> {
    let digits = match text.split_once('-') {
        Some((year, month)) if year.len() == 4 && month.len() == 2 => format!("{year}{month}"),
        Some(_) => return None,
        None => text.to_owned(),
    };
    let is_number = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        return None;
    }
    digits.parse().ok().and_then(|number: i64| Month::try_from(number).ok())
}

fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_shaped = parts.next().is_none()
        && [(year, 4), (month, 2), (day, 2)].iter().all(|(part, length)| {
            part.len() == *length && part.bytes().all(|byte| byte.is_ascii_digit())
        });
    if !is_shaped {
        return None;
    }
    let read = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    // The years that months know; others cannot be kept.
    Month::new(read.year(), read.month()).map(|_| read)
}

fn rupiah(text: &str) -> Result<Rupiah, Reason> {
    if text.is_empty() {
        return Err(Reason::Empty);
    }
    if is_exponent(text) {
        return Err(Reason::Exponent);
    }
    let (digits, is_negative) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => (digits, true),
        None => (text, false),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Reason::NotWhole);
    }
    if is_negative {
        return Err(Reason::Negative);
    }
    let amount = digits.parse().map(Rupiah::new).map_err(|_| Reason::TooLarge)?;
    if amount > MOST { Err(Reason::TooLarge) } else { Ok(amount) }
}
