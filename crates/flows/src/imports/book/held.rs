//! What the cells of a sheet hold, as the text that would stand in CSV. Where a spreadsheet has made
//! something else of what was typed, that is undone if it can be and refused if digits are lost.

use calamine::{DataRef, ExcelDateTime};
use payung_domain::imports::{Reason, Wrong};

/// Columns whose digits are a name: zeros in front belong to it, and sixteen digits are more than a
/// number in a sheet has.
const NAMES: [&str; 3] = ["nik", "kpj", "npp"];

/// Columns that hold a month. `2026-07` becomes the first day of it as soon as it is typed.
const MONTHS: [&str; 5] = ["month", "since", "ended", "work_from", "work_until"];

/// A spreadsheet reckons with fifteen digits and writes seventeen: 0.037 of 6,000,000 is written as
/// 221999.99999999997, and shown as 222000.
const NEAR: f64 = 0.000_1;

/// The last day that spreadsheets know.
const LAST_DAY: f64 = 2_958_465.0;

/// What a cell holds.
#[derive(Debug, PartialEq)]
pub(super) enum Held {
    Text(String),
    Number(f64),
    Moment(ExcelDateTime),
    /// `#N/A` and the like.
    Fault,
}

impl Held {
    /// What stands there; nothing where there is but space.
    pub(super) fn of(value: &DataRef<'_>) -> Option<Self> {
        let text = |text: &str| {
            let is_there = !text.trim().is_empty();
            is_there.then(|| Self::Text(text.to_owned()))
        };
        match value {
            DataRef::Empty => None,
            DataRef::String(words) => text(words),
            DataRef::SharedString(words) => text(words),
            DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => text(without_noon(words)),
            DataRef::Int(number) => text(&number.to_string()),
            DataRef::Float(number) => Some(Self::Number(*number)),
            DataRef::Bool(truth) => text(if *truth { "TRUE" } else { "FALSE" }),
            DataRef::DateTime(moment) if moment.is_datetime() => Some(Self::Moment(*moment)),
            DataRef::DateTime(span) => Some(Self::Number(span.as_f64())),
            DataRef::Error(_) => Some(Self::Fault),
        }
    }

    /// How many bytes it takes, about.
    pub(super) const fn size(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Number(_) | Self::Moment(_) | Self::Fault => 16,
        }
    }

    /// As what it would stand in this column of a CSV file.
    pub(super) fn in_column(&self, column: &'static str) -> Result<String, Wrong> {
        let is_name = NAMES.contains(&column);
        match self {
            Self::Text(text) => Ok(text.clone()),
            Self::Fault => Err(Wrong::at(column, Reason::Fault)),
            Self::Number(_) | Self::Moment(_) if is_name => Err(Wrong::at(column, Reason::Number)),
            Self::Number(number) => Ok(digits(*number)),
            Self::Moment(moment) => Ok(day(*moment, MONTHS.contains(&column))),
        }
    }
}

fn digits(number: f64) -> String {
    let whole = number.round();
    if (number - whole).abs() < NEAR {
        // Adding nothing takes the sign away from a negative nothing.
        format!("{:.0}", whole + 0.0)
    } else {
        number.to_string()
    }
}

/// `2026-07-10`, and `2026-07` for the first of a month where months stand. What is no day, or has an
/// hour, stays the number that it is, and is refused as one.
fn day(moment: ExcelDateTime, is_month: bool) -> String {
    let serial = moment.as_f64();
    let is_day = serial.fract().abs() < f64::EPSILON && (0.0..=LAST_DAY).contains(&serial);
    if !is_day {
        return serial.to_string();
    }
    // It counts from 1900 or 1904, as the workbook says, and knows the 29 February 1900, which was
    // none: it is refused as no day.
    let (year, month, date, ..) = moment.to_ymd_hms_milli();
    if is_month && date == 1 {
        format!("{year:04}-{month:02}")
    } else {
        format!("{year:04}-{month:02}-{date:02}")
    }
}

/// `2026-07-10T00:00:00` is a day.
fn without_noon(text: &str) -> &str {
    match text.split_once('T') {
        Some((day, time)) if time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.' | b'Z')) => {
            day
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use calamine::{CellErrorType, ExcelDateTimeType};

    use super::*;

    fn moment(serial: f64, is_1904: bool) -> DataRef<'static> {
        DataRef::DateTime(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, is_1904))
    }

    fn said(value: &DataRef<'_>, column: &'static str) -> Result<String, Reason> {
        let held = Held::of(value).expect("something");
        held.in_column(column).map_err(|wrong| wrong.reason)
    }

    #[test]
    fn a_cell_says_what_would_stand_in_csv() {
        for (value, column, expected) in [
            (DataRef::Float(222_000.0), "wage", "222000"),
            (DataRef::Float(221_999.999_999_999_97), "wage", "222000"),
            (DataRef::Float(-1.0), "wage", "-1"),
            (DataRef::Float(-0.0), "wage", "0"),
            (DataRef::Float(0.5), "wage", "0.5"),
            (DataRef::Float(f64::NAN), "wage", "NaN"),
            (DataRef::Float(202_607.0), "month", "202607"),
            (DataRef::Float(40_115.0), "postcode", "40115"),
            (DataRef::SharedString("007"), "kpj", "007"),
            (DataRef::Bool(true), "sex", "TRUE"),
            (DataRef::DateTimeIso("2026-07-10T00:00:00".to_owned()), "received_on", "2026-07-10"),
            (
                DataRef::DateTimeIso("2026-07-10T01:00:00".to_owned()),
                "month",
                "2026-07-10T01:00:00",
            ),
            (moment(46_213.0, false), "received_on", "2026-07-10"),
            (moment(44_751.0, true), "received_on", "2026-07-10"),
            (moment(46_204.0, false), "received_on", "2026-07-01"),
            (moment(46_204.0, false), "since", "2026-07"),
            (moment(46_213.0, false), "since", "2026-07-10"),
            (moment(46_213.5, false), "received_on", "46213.5"),
            (moment(-1.0, false), "received_on", "-1"),
            (moment(2_958_466.0, false), "received_on", "2958466"),
            (moment(60.0, false), "birth_date", "1900-02-29"),
        ] {
            assert_eq!(said(&value, column), Ok(expected.to_owned()), "{value:?}");
        }
    }

    #[test]
    fn l09_a_number_where_digits_are_a_name_is_refused() {
        for column in ["nik", "kpj", "npp"] {
            for value in [DataRef::Float(3.174_05e15), moment(46_213.0, false)] {
                assert_eq!(said(&value, column), Err(Reason::Number), "{column}");
            }
        }
        assert_eq!(said(&DataRef::Error(CellErrorType::NA), "wage"), Err(Reason::Fault));
    }

    #[test]
    fn what_is_but_space_is_nothing() {
        for value in
            [DataRef::Empty, DataRef::SharedString(" \u{a0}"), DataRef::String(String::new())]
        {
            assert_eq!(Held::of(&value), None);
        }
    }
}
