//! What a rule says, in a form that can be reckoned with, printed and shown.

use serde::Deserialize;

use crate::money::Rupiah;

use super::Rate;

/// What a rule says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub enum Value {
    /// An amount.
    Rupiah(Rupiah),
    /// A part of something.
    Percent(Rate),
    /// So many of something.
    Count(u32, Unit),
    /// One word out of a few.
    Word(String),
    /// Several words, in order.
    List(Vec<String>),
    /// Amounts to choose from.
    Amounts(Vec<Rupiah>),
    /// A rate for each slice of an amount.
    Steps(Vec<Step>),
    /// Which amount stands for everything up to another; the last one is for all above.
    Bands(Vec<(Option<Rupiah>, Rupiah)>),
    /// Nothing is known; only a row with mark U may say so.
    Unknown,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Calendar days.
    Days,
    /// Days on which offices work.
    WorkingDays,
    /// Months.
    Months,
    /// Years.
    Years,
    /// Hours.
    Hours,
    /// How often.
    Times,
    /// People.
    Persons,
    /// A day of the month.
    DayOfMonth,
}

impl Unit {
    /// The word it has in a data file and in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::WorkingDays => "working_days",
            Self::Months => "months",
            Self::Years => "years",
            Self::Hours => "hours",
            Self::Times => "times",
            Self::Persons => "persons",
            Self::DayOfMonth => "day",
        }
    }
}

/// A slice of an amount and its rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The upper end of the slice; open for the last one.
    pub up_to: Option<Rupiah>,
    /// The rate of what lies in it.
    pub percent: Rate,
}

/// A value as a row writes it: one of these.
#[derive(Deserialize)]
struct Written {
    rupiah: Option<Rupiah>,
    percent: Option<Rate>,
    days: Option<u32>,
    working_days: Option<u32>,
    months: Option<u32>,
    years: Option<u32>,
    hours: Option<u32>,
    times: Option<u32>,
    persons: Option<u32>,
    day: Option<u32>,
    word: Option<String>,
    list: Option<Vec<String>>,
    amounts: Option<Vec<Rupiah>>,
    steps: Option<Vec<Step>>,
}

impl TryFrom<Written> for Value {
    type Error = &'static str;

    fn try_from(row: Written) -> Result<Self, Self::Error> {
        let counts = [
            (row.days, Unit::Days),
            (row.working_days, Unit::WorkingDays),
            (row.months, Unit::Months),
            (row.years, Unit::Years),
            (row.hours, Unit::Hours),
            (row.times, Unit::Times),
            (row.persons, Unit::Persons),
            (row.day, Unit::DayOfMonth),
        ];
        let counts = counts.into_iter().filter_map(|(n, unit)| Some(Self::Count(n?, unit)));
        let others = [
            row.rupiah.map(Self::Rupiah),
            row.percent.map(Self::Percent),
            row.word.map(Self::Word),
            row.list.map(Self::List),
            row.amounts.map(Self::Amounts),
            row.steps.map(Self::Steps),
        ];
        let mut said = counts.chain(others.into_iter().flatten());
        let value = said.next().unwrap_or(Self::Unknown);
        if said.next().is_some() {
            return Err("a row says one thing");
        }
        match &value {
            Self::Rupiah(amount) if *amount < Rupiah::ZERO => Err("no rule is below nothing"),
            Self::Steps(steps) if !is_ladder(steps) => {
                Err("slices rise, and only the last one is open")
            }
            _ => Ok(value),
        }
    }
}

/// Whether each slice ends above the one before it and the last one is open.
fn is_ladder(steps: &[Step]) -> bool {
    let Some((last, lower)) = steps.split_last() else { return false };
    let ends: Vec<Rupiah> = lower.iter().filter_map(|step| step.up_to).collect();
    last.up_to.is_none()
        && ends.len() == lower.len()
        && ends.first().is_none_or(|first| *first > Rupiah::ZERO)
        && ends.is_sorted_by(|one, next| one < next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Value, toml::de::Error> {
        toml::from_str(text)
    }

    #[test]
    fn a_row_says_one_thing_or_nothing() {
        assert_eq!(read("months = 3"), Ok(Value::Count(3, Unit::Months)));
        assert_eq!(read("rupiah = 5"), Ok(Value::Rupiah(Rupiah::new(5))));
        assert_eq!(read(""), Ok(Value::Unknown));
        assert!(read("months = 3\nrupiah = 5").is_err());
        assert!(read("rupiah = -5").is_err());
        assert!(read("percent = \"101%\"").is_err());
    }

    #[test]
    fn slices_that_do_not_rise_are_refused() {
        let steps = |text: &str| read(&format!("steps = [{text}]"));
        assert!(steps("{ up_to = 5, percent = \"1%\" }, { percent = \"2%\" }").is_ok());
        for bad in [
            "",
            "{ up_to = 5, percent = \"1%\" }",
            "{ percent = \"1%\" }, { up_to = 5, percent = \"1%\" }",
            "{ up_to = 5, percent = \"1%\" }, { up_to = 5, percent = \"1%\" }, { percent = \"1%\" }",
        ] {
            assert!(steps(bad).is_err(), "{bad}");
        }
    }
}
