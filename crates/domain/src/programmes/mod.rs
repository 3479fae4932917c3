//! Asking a dated rule. "Not published" is an answer, a neighbouring year is never a guess.
//!
//! The rules themselves are data/programmes: rates, ceilings, bands, due dates and relief, each row
//! with its days, its source and a mark of how sure it is.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use crate::dated::Timeline;
use crate::employers::Trade;
use crate::members::Segment;
use crate::month::Month;

mod construction;
mod data;
mod due;
mod expected;
mod job_loss;
pub mod keys;
mod listing;
mod penalty;
mod programme;
mod rate;
mod retirement;
mod rows;
mod standing;
mod tariff;
mod value;
mod wage;

pub use construction::Cover;
pub use data::{DataProblem, Mark, Rule};
pub use due::DueDate;
pub use expected::{Earning, Expected};
pub use job_loss::JobLossSplit;
pub use listing::{Listed, ListedRow, Part};
pub use penalty::{Later, Penalty};
pub use programme::Programme;
pub use rate::{NotARate, Rate, Rounding};
pub use retirement::Retirement;
pub use standing::Standing;
pub use tariff::{indexed_bound, indexed_ceiling};
pub use value::{Step, Unit, Value};
pub use wage::Pay;

/// Rules of one kind, by date.
type Rules<T> = Timeline<Rule<T>>;

/// Every rule the product reckons with.
#[derive(Clone, Debug)]
pub struct Programmes {
    rates: BTreeMap<(Programme, Segment), Rules<tariff::Tariff>>,
    ceilings: Rules<tariff::Ceiling>,
    bands: Rules<tariff::Bands>,
    splits: Rules<job_loss::JobLossRates>,
    due: BTreeMap<(Programme, Segment), Rules<due::DueRule>>,
    /// The part that is still paid.
    relief: BTreeMap<(Programme, Relieved), Rules<Rate>>,
    other_due_days: BTreeMap<(Programme, Relieved), Rules<i8>>,
    other_penalties: BTreeMap<(Programme, Relieved), Rules<Rate>>,
    postponed: BTreeMap<(Programme, Relieved), Rules<rows::Postponed>>,
    rounding: Rules<Rounding>,
    returns: Rules<YearlyReturn>,
    /// Everything else, by name: `jkm.lump-sum`.
    parameters: BTreeMap<String, Rules<Value>>,
}

/// For whom a relief is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relieved {
    /// Every wage earner.
    WageEarners,
    /// Wage earners of labour-intensive industry, in firms that are large enough for it.
    LabourIntensive,
    /// The self-employed of a trade.
    Trade(Trade),
}

impl Relieved {
    /// What tells it from others in the name of a rule.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::WageEarners => "pu",
            Self::LabourIntensive => "labour-intensive",
            Self::Trade(Trade::Transport) => "transport",
            Self::Trade(Trade::Other) => "other-trades",
        }
    }
}

impl Programmes {
    /// Whether there is a rate at all, so that a contribution can be expected for the month.
    #[must_use]
    pub fn has_rate(&self, programme: Programme, segment: Segment, month: Month) -> bool {
        let what = What::Rate(programme, segment);
        published(self.rates.get(&(programme, segment)), what, month).is_ok()
    }

    /// The yearly return on savings that holds for a month, with where it comes from.
    ///
    /// The shipped ones are assumptions for the demonstration; their mark says so.
    pub fn yearly_return(
        &self,
        month: Month,
    ) -> Result<(&YearlyReturn, Citation<'_>), NotPublished> {
        published(Some(&self.returns), What::Return, month)
    }

    /// What the rules with these names say on a day, to be shown as they are; of which nothing is
    /// published are left out.
    #[must_use]
    pub fn named(&self, names: &[&'static str], on: Date) -> Vec<(&Value, Citation<'_>)> {
        names.iter().copied().filter_map(|name| self.parameter(name, on).ok()).collect()
    }

    /// What a rule with this name says on a day.
    fn parameter(
        &self,
        name: &'static str,
        on: Date,
    ) -> Result<(&Value, Citation<'_>), NotPublished> {
        published(self.parameters.get(name), What::Parameter(name), When::Day(on))
    }

    /// The yearly return that a posting names by its version, with its source and mark.
    #[must_use]
    pub fn return_version(&self, version: &str) -> Option<&Rule<YearlyReturn>> {
        self.returns.iter().map(|dated| &dated.value).find(|rule| rule.value.version == version)
    }
}

/// A yearly return on savings.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct YearlyReturn {
    /// The part of the savings that a year brings.
    pub yearly: Rate,
    /// Names this rate for ever, so that a posting can say what it was reckoned with.
    pub version: String,
    /// Whether the demonstration takes it as declared although its mark is "assumption". Any other
    /// mark says by itself that it was.
    #[serde(default)]
    pub declared: bool,
}

/// Where a number comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Citation<'a> {
    /// What the rule decides.
    pub what: What,
    /// The article, letter or page.
    pub source: &'a str,
    /// How sure it is.
    pub mark: Mark,
    /// The first day on which it holds.
    pub from: Date,
    /// The last day on which it holds; open while it does.
    pub to: Option<Date>,
}

/// The rule that holds and where it comes from. A row with mark U is no rule.
fn published<T>(
    rules: Option<&Rules<T>>,
    what: What,
    when: impl Into<When>,
) -> Result<(&T, Citation<'_>), NotPublished> {
    let when = when.into();
    let dated = rules
        .and_then(|rules| rules.on(when.day()))
        .filter(|dated| dated.value.mark != Mark::U)
        .ok_or(NotPublished { what, when })?;
    let Rule { value, source, mark } = &dated.value;
    Ok((value, Citation { what, source, mark: *mark, from: dated.from, to: dated.to }))
}

/// A rule that the shipped data do not have for a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} of {when} is not published")]
pub struct NotPublished {
    /// What was asked for.
    pub what: What,
    /// For when.
    pub when: When,
}

/// For when a rule is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// For a contribution month, which goes by its first day.
    Month(Month),
    /// For the day of an event.
    Day(Date),
}

impl When {
    /// The day whose rule holds.
    #[must_use]
    pub fn day(self) -> Date {
        match self {
            Self::Month(month) => month.first_day(),
            Self::Day(day) => day,
        }
    }
}

impl From<Month> for When {
    fn from(month: Month) -> Self {
        Self::Month(month)
    }
}

impl std::fmt::Display for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Month(month) => write!(f, "{month}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

/// A rule that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The rate of a programme.
    Rate(Programme, Segment),
    /// The wage ceiling of JP.
    Ceiling,
    /// The day a programme's contribution is due.
    DueDate(Programme, Segment),
    /// The income bands of the self-employed.
    Bands,
    /// Relief for a time: the part that is still paid.
    Relief(Programme, Relieved),
    /// Relief for a time: another due day.
    OtherDueDay(Programme, Relieved),
    /// Relief for a time: another penalty.
    OtherPenalty(Programme, Relieved),
    /// Relief for a time: a part that may be paid later.
    Postponed(Programme, Relieved),
    /// What being late costs, where no rule says it for the programme.
    Penalty(Programme),
    /// How JKP is paid out of the others.
    JobLossSplit,
    /// The yearly return on savings.
    Return,
    /// How amounts are rounded.
    Rounding,
    /// Any other rule, by its name: `jkm.lump-sum`.
    Parameter(&'static str),
}

impl What {
    /// The name of the rule, as `payung rules list` prints it: `rate.jht.pu`, `jkm.lump-sum`.
    #[must_use]
    pub fn rule(self) -> String {
        let of = |kind: &str, programme: Programme, who: &str| {
            format!("{kind}.{}.{}", programme.code().to_lowercase(), who.to_lowercase())
        };
        match self {
            Self::Rate(programme, segment) => of("rate", programme, segment.code()),
            Self::Ceiling => "ceiling.jp".to_owned(),
            Self::DueDate(programme, segment) => of("due", programme, segment.code()),
            Self::Bands => "bands.bpu".to_owned(),
            Self::Relief(programme, whose) => of("relief", programme, whose.code()),
            Self::OtherDueDay(programme, whose) => of("relief-due", programme, whose.code()),
            Self::OtherPenalty(programme, whose) => of("relief-penalty", programme, whose.code()),
            Self::Postponed(programme, whose) => of("relief-postponed", programme, whose.code()),
            Self::Penalty(programme) => {
                of("penalty", programme, "").trim_end_matches('.').to_owned()
            }
            Self::JobLossSplit => "split.jkp".to_owned(),
            Self::Return => "return.jht".to_owned(),
            Self::Rounding => "rounding.contributions".to_owned(),
            Self::Parameter(name) => name.to_owned(),
        }
    }
}

impl std::fmt::Display for What {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Rate(programme, segment) => {
                write!(f, "the {programme} rate for {}", segment.code())
            }
            Self::Ceiling => f.write_str("the JP wage ceiling"),
            Self::DueDate(programme, segment) => {
                write!(f, "the {programme} due date for {}", segment.code())
            }
            Self::Bands => f.write_str("the table of income bands"),
            Self::Relief(programme, _)
            | Self::OtherDueDay(programme, _)
            | Self::OtherPenalty(programme, _)
            | Self::Postponed(programme, _) => write!(f, "relief of {programme}"),
            Self::Penalty(programme) => write!(f, "the {programme} penalty"),
            Self::JobLossSplit => f.write_str("the JKP split"),
            Self::Return => f.write_str("the return on JHT savings"),
            Self::Rounding => f.write_str("the rounding of contributions"),
            Self::Parameter(name) => write!(f, "the rule {name}"),
        }
    }
}
