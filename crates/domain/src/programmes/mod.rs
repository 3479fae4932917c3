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

mod data;
mod due;
mod expected;
mod job_loss;
mod programme;
mod rate;
mod rows;
mod tariff;

pub use data::{DataProblem, Mark, Rule};
pub use due::DueDate;
pub use expected::{Earning, Expected};
pub use job_loss::JobLossSplit;
pub use programme::Programme;
pub use rate::{NotARate, Rate, Rounding};
pub use tariff::indexed_ceiling;

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
    /// The part that is still paid. Each trade has relief of its own; wage earners have no trade.
    relief: BTreeMap<(Programme, Segment, Option<Trade>), Rules<Rate>>,
    other_due_days: BTreeMap<(Programme, Segment), Rules<i8>>,
    rounding: Rules<Rounding>,
    returns: Rules<YearlyReturn>,
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
    /// The shipped one is an assumption for the demonstration; its mark says so.
    pub fn yearly_return(
        &self,
        month: Month,
    ) -> Result<(&YearlyReturn, Citation<'_>), NotPublished> {
        published(Some(&self.returns), What::Return, month)
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

/// The rule that holds for a month and where it comes from. A row with mark U is no rule.
fn published<T>(
    rules: Option<&Rules<T>>,
    what: What,
    month: Month,
) -> Result<(&T, Citation<'_>), NotPublished> {
    let dated = rules
        .and_then(|rules| rules.in_month(month))
        .filter(|dated| dated.value.mark != Mark::U)
        .ok_or(NotPublished { what, month })?;
    let Rule { value, source, mark } = &dated.value;
    Ok((value, Citation { what, source, mark: *mark, from: dated.from, to: dated.to }))
}

/// A rule that the shipped data do not have for a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} of {month} is not published")]
pub struct NotPublished {
    /// What was asked for.
    pub what: What,
    /// For when.
    pub month: Month,
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
    /// Relief for a time.
    Relief(Programme),
    /// How JKP is paid out of the others.
    JobLossSplit,
    /// The yearly return on savings.
    Return,
    /// How amounts are rounded.
    Rounding,
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
            Self::Relief(programme) => write!(f, "relief of {programme}"),
            Self::JobLossSplit => f.write_str("the JKP split"),
            Self::Return => f.write_str("the return on JHT savings"),
            Self::Rounding => f.write_str("the rounding of contributions"),
        }
    }
}
