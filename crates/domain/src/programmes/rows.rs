//! The rows of the data files, as they are written.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use crate::dated::Dated;
use crate::employers::Trade;
use crate::members::Segment;

use super::due::DueRule;
use super::job_loss::JobLossRates;
use super::tariff::{Bands, Ceiling, Tariff};
use super::value::Value;
use super::{Mark, Programme, Rate, Relieved, Rounding, Rule, YearlyReturn};

/// What every row has, whatever it says.
#[derive(Deserialize)]
pub(super) struct Row<T> {
    #[serde(deserialize_with = "day")]
    from: Date,
    #[serde(default, deserialize_with = "day_if_any")]
    to: Option<Date>,
    source: String,
    pub(super) mark: Mark,
    #[serde(flatten)]
    pub(super) value: T,
}

/// A file of `parameters`: rows by the name of their rule.
pub(super) type ParameterRows = BTreeMap<String, Vec<Row<Value>>>;

impl<T> Row<T> {
    pub(super) fn into_dated(self) -> Dated<Rule<T>> {
        let Self { from, to, source, mark, value } = self;
        Dated { from, to, value: Rule { value, source, mark } }
    }

    fn saying<U>(&self, value: U) -> Row<U> {
        Row { from: self.from, to: self.to, source: self.source.clone(), mark: self.mark, value }
    }
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let written = toml::value::Datetime::deserialize(deserializer)?;
    written
        .date
        .and_then(|date| {
            let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
            Date::new(i16::try_from(date.year).ok()?, month, day).ok()
        })
        .ok_or_else(|| serde::de::Error::custom("a day is written like 2015-07-01"))
}

fn day_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    day(deserializer).map(Some)
}

/// `jht.toml`, `jp.toml`, `jkk.toml`, `jkm.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RateRows {
    pub(super) wage_earner: Vec<Row<Tariff>>,
    #[serde(default)]
    pub(super) self_employed: Vec<Row<Tariff>>,
    #[serde(default)]
    pub(super) ceiling: Vec<Row<Ceiling>>,
}

/// `jkp.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SplitRows {
    pub(super) split: Vec<Row<JobLossRates>>,
}

/// `bands.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BandRows {
    pub(super) bands: Vec<Row<Bands>>,
}

/// `rounding.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoundingRows {
    pub(super) rounding: Vec<Row<Rounding>>,
}

/// `assumed_return.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReturnRows {
    #[serde(rename = "return")]
    pub(super) returns: Vec<Row<YearlyReturn>>,
}

/// `due.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DueRows {
    due: Vec<Row<ForWhom<DueRule>>>,
}

/// `relief.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReliefRows {
    relief: Vec<Row<ForWhom<Relief>>>,
}

#[derive(Deserialize)]
struct ForWhom<T> {
    segment: Segment,
    trade: Option<Trade>,
    industry: Option<Industry>,
    programmes: Vec<Programme>,
    #[serde(flatten)]
    rule: T,
}

/// The one kind of industry that a relief was for.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Industry {
    LabourIntensive,
}

#[derive(Deserialize)]
struct Relief {
    pays: Option<Rate>,
    due_day: Option<i8>,
    penalty: Option<Rate>,
    postponed: Option<Postponed>,
}

/// A part that may be paid later. It stays owed in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Postponed {
    pub(super) part: Rate,
    #[serde(deserialize_with = "day")]
    pub(super) until: Date,
}

/// Rows sorted by what they are about.
pub(super) type RowsBy<K, T> = BTreeMap<K, Vec<Row<T>>>;

impl DueRows {
    pub(super) fn by_segment(&self) -> RowsBy<(Programme, Segment), DueRule> {
        sorted(&self.due, |row| Some(row.rule), |row, programme| (programme, row.segment))
    }
}

impl ReliefRows {
    /// The part that is still paid, by whom it is for.
    pub(super) fn parts(&self) -> RowsBy<(Programme, Relieved), Rate> {
        sorted(&self.relief, |row| row.rule.pays, relieved)
    }

    /// Other due days, by whom they are for.
    pub(super) fn due_days(&self) -> RowsBy<(Programme, Relieved), i8> {
        sorted(&self.relief, |row| row.rule.due_day, relieved)
    }

    /// Other penalties, by whom they are for.
    pub(super) fn penalties(&self) -> RowsBy<(Programme, Relieved), Rate> {
        sorted(&self.relief, |row| row.rule.penalty, relieved)
    }

    /// Parts that may be paid later, by whom they are for.
    pub(super) fn postponed(&self) -> RowsBy<(Programme, Relieved), Postponed> {
        sorted(&self.relief, |row| row.rule.postponed, relieved)
    }
}

/// For whom a relief is. The self-employed all have a trade; one that is not named is another.
fn relieved(row: &ForWhom<Relief>, programme: Programme) -> (Programme, Relieved) {
    let whose = match (row.segment, row.industry) {
        (Segment::WageEarner, None) => Relieved::WageEarners,
        (Segment::WageEarner, Some(Industry::LabourIntensive)) => Relieved::LabourIntensive,
        (Segment::SelfEmployed, _) => Relieved::Trade(row.trade.unwrap_or(Trade::Other)),
    };
    (programme, whose)
}

/// What the rows say, once for each programme they name.
fn sorted<R, K: Ord, T: Copy>(
    rows: &[Row<ForWhom<R>>],
    says: impl Fn(&ForWhom<R>) -> Option<T>,
    key: impl Fn(&ForWhom<R>, Programme) -> K,
) -> RowsBy<K, T> {
    let mut sorted = RowsBy::new();
    for row in rows {
        let Some(value) = says(&row.value) else {
            continue;
        };
        for &programme in &row.value.programmes {
            let rows: &mut Vec<_> = sorted.entry(key(&row.value, programme)).or_default();
            rows.push(row.saying(value));
        }
    }
    sorted
}
