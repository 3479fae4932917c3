//! Every rule by its name, with all its rows: what `payung rules` prints and pages explain.

use jiff::civil::Date;

use crate::dated::Dated;
use crate::employers::RiskClass;

use super::job_loss::JobLossRates;
use super::rows::Postponed;
use super::tariff::{Bands, Ceiling, Tariff};
use super::value::{Unit, Value};
use super::{Mark, Programmes, Rate, Rounding, Rule, Rules, What, YearlyReturn, due::DueRule};

/// A rule with every row it ever had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed<'a> {
    /// Its name: `jkm.lump-sum`.
    pub name: String,
    /// Its rows, the earliest first.
    pub rows: Vec<ListedRow<'a>>,
}

/// What a rule says from one day to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedRow<'a> {
    /// The first day.
    pub from: Date,
    /// The last day; open while it holds.
    pub to: Option<Date>,
    /// What it says, part by part. Most rules have one part without a name.
    pub parts: Vec<(Part, Value)>,
    /// The article, letter or page.
    pub source: &'a str,
    /// How sure it is.
    pub mark: Mark,
}

/// Which part of a rule a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// All of it.
    Whole,
    /// The employer's share.
    Employer,
    /// The worker's share.
    Worker,
    /// The rate of a risk class.
    Class(RiskClass),
    /// The highest wage that counts.
    Ceiling,
    /// What the State adds.
    State,
    /// What is taken out of JKK.
    OutOfJkk,
    /// What is taken out of JKM.
    OutOfJkm,
    /// Months after the month of work.
    MonthsAfter,
    /// Whether a day without offices moves it.
    RollsOver,
    /// The last day for what was postponed.
    Until,
    /// That the demonstration takes an assumed return as declared.
    Declared,
}

impl Part {
    /// Its name in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Whole => "value",
            Self::Employer => "employer",
            Self::Worker => "worker",
            Self::Class(class) => class.code(),
            Self::Ceiling => "ceiling",
            Self::State => "state",
            Self::OutOfJkk => "out_of_jkk",
            Self::OutOfJkm => "out_of_jkm",
            Self::MonthsAfter => "months_after",
            Self::RollsOver => "rolls_over",
            Self::Until => "until",
            Self::Declared => "declared",
        }
    }
}

impl ListedRow<'_> {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

impl Listed<'_> {
    /// What the rule says on a day. A row with mark U says that nothing is known.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&ListedRow<'_>> {
        self.rows.iter().find(|row| row.holds_on(day))
    }
}

impl Programmes {
    /// Every rule, by name.
    #[must_use]
    pub fn listed(&self) -> Vec<Listed<'_>> {
        let mut all: Vec<(String, Vec<ListedRow<'_>>)> = Vec::new();
        for ((programme, segment), rules) in &self.rates {
            all.push((What::Rate(*programme, *segment).rule(), rows(rules)));
        }
        for ((programme, segment), rules) in &self.due {
            all.push((What::DueDate(*programme, *segment).rule(), rows(rules)));
        }
        for ((programme, whose), rules) in &self.relief {
            all.push((What::Relief(*programme, *whose).rule(), rows(rules)));
        }
        for ((programme, whose), rules) in &self.other_due_days {
            all.push((What::OtherDueDay(*programme, *whose).rule(), rows(rules)));
        }
        for ((programme, whose), rules) in &self.other_penalties {
            all.push((What::OtherPenalty(*programme, *whose).rule(), rows(rules)));
        }
        for ((programme, whose), rules) in &self.postponed {
            all.push((What::Postponed(*programme, *whose).rule(), rows(rules)));
        }
        all.push((What::Ceiling.rule(), rows(&self.ceilings)));
        all.push((What::Bands.rule(), rows(&self.bands)));
        all.push((What::JobLossSplit.rule(), rows(&self.splits)));
        all.push((What::Rounding.rule(), rows(&self.rounding)));
        all.push((What::Return.rule(), rows(&self.returns)));
        for (name, rules) in &self.parameters {
            all.push((name.clone(), rows(rules)));
        }
        // A programme that some segment is not in has no rows there, and is no rule.
        all.retain(|(_, rows)| !rows.is_empty());
        all.sort_by(|one, other| one.0.cmp(&other.0));
        all.into_iter().map(|(name, rows)| Listed { name, rows }).collect()
    }
}

fn rows<T: Says>(rules: &Rules<T>) -> Vec<ListedRow<'_>> {
    rules.iter().map(row).collect()
}

fn row<T: Says>(dated: &Dated<Rule<T>>) -> ListedRow<'_> {
    let Rule { value, source, mark } = &dated.value;
    ListedRow { from: dated.from, to: dated.to, parts: value.says(), source, mark: *mark }
}

/// A kind of rule that can be taken apart into plain values.
trait Says {
    fn says(&self) -> Vec<(Part, Value)>;
}

fn whole(value: Value) -> Vec<(Part, Value)> {
    vec![(Part::Whole, value)]
}

fn count(number: impl TryInto<u32>, unit: Unit) -> Value {
    number.try_into().map_or(Value::Unknown, |number| Value::Count(number, unit))
}

impl Says for Value {
    fn says(&self) -> Vec<(Part, Value)> {
        whole(self.clone())
    }
}

impl Says for Rate {
    fn says(&self) -> Vec<(Part, Value)> {
        whole(Value::Percent(*self))
    }
}

impl Says for i8 {
    fn says(&self) -> Vec<(Part, Value)> {
        whole(count(*self, Unit::DayOfMonth))
    }
}

impl Says for Ceiling {
    fn says(&self) -> Vec<(Part, Value)> {
        whole(Value::Rupiah(self.rupiah))
    }
}

impl Says for Rounding {
    fn says(&self) -> Vec<(Part, Value)> {
        whole(Value::Rupiah(self.step()))
    }
}

impl Says for YearlyReturn {
    fn says(&self) -> Vec<(Part, Value)> {
        let mut says = whole(Value::Percent(self.yearly));
        if self.declared {
            says.push((Part::Declared, Value::Word("yes".to_owned())));
        }
        says
    }
}

impl Says for Tariff {
    fn says(&self) -> Vec<(Part, Value)> {
        match *self {
            Self::Shares { employer, worker } => vec![
                (Part::Employer, Value::Percent(employer)),
                (Part::Worker, Value::Percent(worker)),
            ],
            Self::ByClass { class } => {
                RiskClass::ALL.map(|of| (Part::Class(of), Value::Percent(class.of(of)))).to_vec()
            }
            Self::OfBase { rate } => whole(Value::Percent(rate)),
            Self::Flat { rupiah } => whole(Value::Rupiah(rupiah)),
        }
    }
}

impl Says for Bands {
    fn says(&self) -> Vec<(Part, Value)> {
        let bands = self.steps.iter().map(|band| (Some(band.up_to), band.base));
        whole(Value::Bands(bands.chain([(None, self.above)]).collect()))
    }
}

impl Says for JobLossRates {
    fn says(&self) -> Vec<(Part, Value)> {
        vec![
            (Part::Ceiling, Value::Rupiah(self.ceiling)),
            (Part::State, Value::Percent(self.state)),
            (Part::OutOfJkk, Value::Percent(self.out_of_jkk)),
            (Part::OutOfJkm, Value::Percent(self.out_of_jkm)),
        ]
    }
}

impl Says for DueRule {
    fn says(&self) -> Vec<(Part, Value)> {
        let rolls_over = if self.rolls_over { "yes" } else { "no" };
        vec![
            (Part::Whole, count(self.day, Unit::DayOfMonth)),
            (Part::MonthsAfter, count(self.months_after, Unit::Months)),
            (Part::RollsOver, Value::Word(rolls_over.to_owned())),
        ]
    }
}

impl Says for Postponed {
    fn says(&self) -> Vec<(Part, Value)> {
        vec![
            (Part::Whole, Value::Percent(self.part)),
            (Part::Until, Value::Word(self.until.to_string())),
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    proptest! {
        #[test]
        fn on_each_day_a_rule_says_one_thing_and_between_its_days_never_nothing(days in 0_i64..30_000) {
            let day = date(1985, 1, 1).saturating_add(days.days());
            for rule in PROGRAMMES.listed() {
                let said = rule.rows.iter().filter(|row| row.holds_on(day)).count();
                prop_assert!(said <= 1, "{} on {day}", rule.name);
                let begun = rule.rows.first().is_some_and(|row| row.from <= day);
                let over = rule.rows.last().is_none_or(|row| row.to.is_some_and(|to| to < day));
                let may_be_silent = rule.name.starts_with("relief");
                prop_assert!(said == usize::from(begun && !over) || may_be_silent, "{}", rule.name);
                prop_assert_eq!(rule.on(day).is_some(), said == 1);
            }
        }
    }

    #[test]
    fn every_rule_has_a_name_of_its_own_and_a_source() {
        let programmes = Programmes::shipped().unwrap();
        let listed = programmes.listed();
        assert!(listed.len() > 200, "{}", listed.len());
        for pair in listed.windows(2) {
            assert!(pair[0].name < pair[1].name, "{} is there twice", pair[0].name);
        }
        for rule in &listed {
            for row in &rule.rows {
                assert!(!row.source.is_empty() && !row.parts.is_empty(), "{}", rule.name);
            }
        }
    }

    #[test]
    fn what_a_citation_names_is_in_the_list() {
        let programmes = Programmes::shipped().unwrap();
        let listed = programmes.listed();
        let ceiling = listed.iter().find(|rule| rule.name == What::Ceiling.rule()).unwrap();
        assert_eq!(ceiling.on(date(2022, 6, 1)).unwrap().mark, Mark::U);
        assert_eq!(ceiling.on(date(2015, 6, 30)), None);
        let now = ceiling.on(date(2026, 11, 1)).unwrap();
        assert_eq!(
            now.parts,
            [(Part::Whole, Value::Rupiah(crate::money::Rupiah::new(11_086_300)))]
        );
    }
}
