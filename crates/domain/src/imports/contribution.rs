//! A row of contributions: what was received for a member, a month and a programme.

use std::collections::HashMap;

use jiff::civil::Date;

use super::cells::Cells;
use super::{Reason, Refusal, Wrong};
use crate::employers::{RiskClass, Trade};
use crate::ids::{Kpj, Npp};
use crate::members::Segment;
use crate::money::Rupiah;
use crate::month::Month;
use crate::programmes::{Earning, Programme, Programmes};

/// A contribution as a file tells of it: by numbers on cards, not by our own ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The line of the file.
    pub line: u32,
    /// Whose it is.
    pub kpj: Kpj,
    /// Who paid; nobody but the member when self-employed.
    pub npp: Option<Npp>,
    /// The month of work it is for.
    pub month: Month,
    /// The programme it went to.
    pub programme: Programme,
    /// The wage that was reported, or the income that was stated.
    pub wage: Rupiah,
    /// What the rates were applied to.
    pub base: Rupiah,
    /// The employer's share.
    pub employer_part: Rupiah,
    /// The worker's own share.
    pub worker_part: Rupiah,
    /// The last day on which it was in time, by the rules; by the file where there is none.
    pub due_on: Date,
    /// The day it came.
    pub received_on: Date,
}

impl Received {
    /// Reads a row. What was paid is a fact, whether or not it is what should have been paid; when it
    /// was due is a rule, and so is what it was reckoned from where the file does not say that. Of the
    /// years of which no rule is published, the file has to say both.
    pub fn read(
        line: u32,
        cells: &Cells<'_>,
        rules: &Programmes,
        today: Date,
    ) -> Result<Self, Wrong> {
        let kpj = cells.kpj("kpj")?;
        let npp = if cells.text("npp").is_empty() { None } else { Some(cells.npp("npp")?) };
        let month = not_after(cells.month("month")?, &Month::of(today), "month")?;
        let programme = cells.word("programme", Programme::coded)?;
        let wage = cells.rupiah("wage")?;
        let (employer_part, worker_part) =
            (cells.rupiah("employer_part")?, cells.rupiah("worker_part")?);
        if npp.is_none() && employer_part > Rupiah::ZERO {
            return Err(Wrong::at("npp", Reason::Empty));
        }
        if employer_part == Rupiah::ZERO && worker_part == Rupiah::ZERO {
            return Err(Wrong::at("worker_part", Reason::Nothing));
        }
        let received_on = not_after(cells.date("received_on")?, &today, "received_on")?;
        let (segment, earning) = match npp {
            // Neither the class nor the trade changes what a rate is applied to.
            Some(_) => (Segment::WageEarner, Earning::Wage(wage, RiskClass::I)),
            None => (Segment::SelfEmployed, Earning::Income(wage, Trade::Other)),
        };
        let said = if cells.text("due_on").is_empty() { None } else { Some(cells.date("due_on")?) };
        let due_on = match (rules.due_date(programme, segment, month), said) {
            (Ok(due), _) => due.on,
            // Nobody is ever billed for JKP, so that no file can say when it was due.
            (Err(_), Some(said)) if programme != Programme::Jkp => said,
            (Err(_), _) => return Err(Wrong::at("month", Reason::NotPublished)),
        };
        let base = if cells.text("base").is_empty() {
            let expected = rules.expected(programme, month, earning);
            expected.map_err(|_| Wrong::at("base", Reason::NotPublished))?.base
        } else {
            cells.rupiah("base")?
        };
        Ok(Self {
            line,
            kpj,
            npp,
            month,
            programme,
            wage,
            base,
            employer_part,
            worker_part,
            due_on,
            received_on,
        })
    }

    /// What makes it this contribution and no other.
    #[must_use]
    pub fn key(&self) -> Key<'_> {
        (&self.kpj, self.npp.as_ref(), self.month, self.programme)
    }

    /// The first column in which this is another than what is on record, if there is one.
    #[must_use]
    pub fn differs_from(&self, kept: &Amounts) -> Option<&'static str> {
        let own = self.amounts();
        [
            ("wage", own.wage == kept.wage),
            ("base", own.base == kept.base),
            ("employer_part", own.employer_part == kept.employer_part),
            ("worker_part", own.worker_part == kept.worker_part),
            ("received_on", own.received_on == kept.received_on),
        ]
        .into_iter()
        .find_map(|(column, is_same)| (!is_same).then_some(column))
    }

    /// What is compared with what is on record.
    #[must_use]
    pub const fn amounts(&self) -> Amounts {
        Amounts {
            wage: self.wage,
            base: self.base,
            employer_part: self.employer_part,
            worker_part: self.worker_part,
            received_on: self.received_on,
        }
    }
}

/// What a contribution says beside whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// The wage.
    pub wage: Rupiah,
    /// What the rates were applied to.
    pub base: Rupiah,
    /// The employer's share.
    pub employer_part: Rupiah,
    /// The worker's share.
    pub worker_part: Rupiah,
    /// The day it came.
    pub received_on: Date,
}

/// What makes it one contribution: whose, from whom, for when and for what.
pub type Key<'a> = (&'a Kpj, Option<&'a Npp>, Month, Programme);

/// What is left of some rows when doubles are taken out, how many there were of those, and the rows
/// that say something else than a row above them.
#[derive(Clone, Debug)]
pub struct Distinct {
    /// One row a contribution, in the order of the file.
    pub rows: Vec<Received>,
    /// Rows that say just what a row above says.
    pub doubles: u64,
    /// Rows that say something else.
    pub refused: Vec<Refusal>,
}

/// Takes doubles out: the first row of a contribution stands.
#[must_use]
pub fn distinct(rows: Vec<Received>) -> Distinct {
    let mut first: HashMap<Key<'_>, &Received> = HashMap::with_capacity(rows.len());
    let (mut doubles, mut refused, mut dropped) = (0, Vec::new(), Vec::new());
    for row in &rows {
        let Some(above) = first.get(&row.key()) else {
            first.insert(row.key(), row);
            continue;
        };
        dropped.push(row.line);
        match row.differs_from(&above.amounts()) {
            Some(column) => refused.push(Wrong::at(column, Reason::Differs).in_line(row.line)),
            None => doubles += 1,
        }
    }
    drop(first);
    let mut dropped = dropped.into_iter().peekable();
    let kept = rows.into_iter().filter(|row| dropped.next_if_eq(&row.line).is_none());
    Distinct { rows: kept.collect(), doubles, refused }
}

fn not_after<T: PartialOrd>(value: T, last: &T, column: &'static str) -> Result<T, Wrong> {
    if value > *last { Err(Wrong::at(column, Reason::Future)) } else { Ok(value) }
}
