//! The data files, read into timelines. A hole between two rows is refused: a period without a
//! rule is a row that says so, with mark U.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::dated::{Timeline, TimelineProblem};
use crate::members::Segment;

use super::rows::{
    BandRows, DueRows, ParameterRows, RateRows, ReliefRows, ReturnRows, RoundingRows, Row, RowsBy,
    SplitRows,
};
use super::value::Value;
use super::{Programme, Programmes, Rules};

/// How sure a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Mark {
    /// Read in the law or the regulation itself.
    A,
    /// Several independent sources, or an official letter.
    B,
    /// One secondary source.
    C,
    /// Derived by arithmetic from facts of the kinds above.
    D,
    /// No source found. Never reckoned with: the answer is "not published".
    U,
    /// Assumed for the demonstration, and shown as that.
    #[serde(rename = "assumption")]
    Assumption,
}

impl Mark {
    /// All of them, the surest first.
    pub const ALL: [Self; 6] = [Self::A, Self::B, Self::C, Self::D, Self::Assumption, Self::U];

    /// The letter or word it has in the data files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::U => "U",
            Self::Assumption => "assumption",
        }
    }
}

/// A rule with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule<T> {
    /// What the rule says.
    pub value: T,
    /// The article, letter or page it was read in.
    pub source: String,
    /// How sure it is.
    pub mark: Mark,
}

/// Why a data file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataProblem {
    /// The file is not written as such a file is.
    #[error("reading data/programmes/{file}")]
    Unreadable {
        /// Which file.
        file: &'static str,
        /// What and where.
        #[source]
        because: toml::de::Error,
    },
    /// Two rows hold on one day, or one ends before it begins.
    #[error("ordering the rows of data/programmes/{file}")]
    Disordered {
        /// Which file.
        file: &'static str,
        /// What and when.
        #[source]
        because: TimelineProblem,
    },
    /// A row says nothing, and is not marked as saying nothing.
    #[error("data/programmes/{file}: {name} has a row from {from} without a value")]
    Empty {
        /// Which file.
        file: &'static str,
        /// Which rule.
        name: String,
        /// The first day of the row.
        from: Date,
    },
    /// Nothing is said about some days between two rows, not even that nothing is known.
    #[error("data/programmes/{file} says nothing about {first} to {last}")]
    Gap {
        /// Which file.
        file: &'static str,
        /// The first day of the hole.
        first: Date,
        /// Its last day.
        last: Date,
    },
}

/// A data file, by its name in data/programmes.
struct File {
    name: &'static str,
    text: &'static str,
}

macro_rules! shipped {
    ($($constant:ident: $name:literal),* $(,)?) => {$(
        const $constant: File = File {
            name: $name,
            text: include_str!(concat!("../../../../data/programmes/", $name)),
        };
    )*};
}
shipped! {
    JHT: "jht.toml",
    JP: "jp.toml",
    JKK: "jkk.toml",
    JKM: "jkm.toml",
    JKP: "jkp.toml",
    BANDS: "bands.toml",
    DUE: "due.toml",
    RELIEF: "relief.toml",
    ROUNDING: "rounding.toml",
    RETURN: "assumed_return.toml",
}

macro_rules! parameters {
    ($($topic:literal),* $(,)?) => {
        /// What each file of `parameters` calls its rules by, and the file.
        const PARAMETERS: &[(&str, File)] = &[$((
            $topic,
            File {
                name: concat!("parameters/", $topic, ".toml"),
                text: include_str!(concat!("../../../../data/programmes/parameters/", $topic, ".toml")),
            },
        )),*];
    };
}
parameters![
    "arrears",
    "bpu",
    "clock",
    "construction",
    "firm",
    "heirs",
    "jht",
    "jkk",
    "jkm",
    "jkp",
    "jp",
    "migrant",
    "penalty",
    "scholarship",
    "tax",
    "wage",
];

impl Programmes {
    /// The rules that come with the program.
    pub fn shipped() -> Result<Self, DataProblem> {
        let mut rates = BTreeMap::new();
        let mut ceilings = Vec::new();
        for (programme, file) in [
            (Programme::Jht, JHT),
            (Programme::Jp, JP),
            (Programme::Jkk, JKK),
            (Programme::Jkm, JKM),
        ] {
            let rows: RateRows = file.read()?;
            rates.insert((programme, Segment::WageEarner), file.rules(rows.wage_earner)?);
            rates.insert((programme, Segment::SelfEmployed), file.rules(rows.self_employed)?);
            ceilings.extend(rows.ceiling);
        }
        let relief: ReliefRows = RELIEF.read()?;
        Ok(Self {
            rates,
            ceilings: JP.rules(ceilings)?,
            bands: BANDS.rules(BANDS.read::<BandRows>()?.bands)?,
            splits: JKP.rules(JKP.read::<SplitRows>()?.split)?,
            due: DUE.each(DUE.read::<DueRows>()?.by_segment(), File::rules)?,
            // Relief comes and goes: holes are its nature.
            relief: RELIEF.each(relief.parts(), File::ordered)?,
            other_due_days: RELIEF.each(relief.due_days(), File::ordered)?,
            other_penalties: RELIEF.each(relief.penalties(), File::ordered)?,
            postponed: RELIEF.each(relief.postponed(), File::ordered)?,
            rounding: ROUNDING.rules(ROUNDING.read::<RoundingRows>()?.rounding)?,
            returns: RETURN.rules(RETURN.read::<ReturnRows>()?.returns)?,
            parameters: parameters()?,
        })
    }
}

impl Programmes {
    /// The same rules with these returns in place of the shipped ones, written as
    /// `data/programmes/assumed_return.toml` is: to try what a fund is about to declare.
    pub fn with_returns(self, text: &str) -> Result<Self, DataProblem> {
        let rows: ReturnRows = toml::from_str(text)
            .map_err(|because| DataProblem::Unreadable { file: RETURN.name, because })?;
        Ok(Self { returns: RETURN.rules(rows.returns)?, ..self })
    }
}

fn parameters() -> Result<BTreeMap<String, Rules<Value>>, DataProblem> {
    let mut all = BTreeMap::new();
    for (topic, file) in PARAMETERS {
        for (name, rows) in file.read::<ParameterRows>()? {
            all.insert(format!("{topic}.{name}"), file.parameter(&name, rows)?);
        }
    }
    Ok(all)
}

impl File {
    fn read<T: DeserializeOwned>(&self) -> Result<T, DataProblem> {
        toml::from_str(self.text)
            .map_err(|because| DataProblem::Unreadable { file: self.name, because })
    }

    /// A timeline, holes allowed.
    fn ordered<T>(&self, rows: Vec<Row<T>>) -> Result<Timeline<Rule<T>>, DataProblem> {
        Timeline::new(rows.into_iter().map(Row::into_dated).collect())
            .map_err(|because| DataProblem::Disordered { file: self.name, because })
    }

    /// A timeline without holes.
    fn rules<T>(&self, rows: Vec<Row<T>>) -> Result<Timeline<Rule<T>>, DataProblem> {
        let line = self.ordered(rows)?;
        match line.gaps().first() {
            None => Ok(line),
            Some(&(first, last)) => Err(DataProblem::Gap { file: self.name, first, last }),
        }
    }

    /// The rows of a parameter: without holes, and each with a value unless it says that there is
    /// none.
    fn parameter(
        &self,
        name: &str,
        rows: Vec<Row<Value>>,
    ) -> Result<Timeline<Rule<Value>>, DataProblem> {
        let line = self.rules(rows)?;
        let empty = |dated: &&crate::dated::Dated<Rule<Value>>| {
            dated.value.value == Value::Unknown && dated.value.mark != Mark::U
        };
        let first = line.iter().find(empty).map(|dated| dated.from);
        match first {
            None => Ok(line),
            Some(from) => Err(DataProblem::Empty { file: self.name, name: name.to_owned(), from }),
        }
    }

    fn each<K: Ord, T>(
        &self,
        rows: RowsBy<K, T>,
        line: impl Fn(&Self, Vec<Row<T>>) -> Result<Timeline<Rule<T>>, DataProblem>,
    ) -> Result<BTreeMap<K, Timeline<Rule<T>>>, DataProblem> {
        rows.into_iter().map(|(key, rows)| Ok((key, line(self, rows)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ceilings(text: &'static str) -> Result<(), DataProblem> {
        let file = File { name: "test.toml", text };
        let rows: RateRows = file.read()?;
        file.rules(rows.ceiling).map(|_| ())
    }

    #[test]
    fn the_shipped_rules_are_readable_and_leave_no_unmarked_hole() {
        Programmes::shipped().unwrap();
    }

    #[test]
    fn every_return_has_a_version_of_its_own_and_is_marked_as_assumed() {
        let programmes = Programmes::shipped().unwrap();
        for dated in programmes.returns.iter() {
            let found = programmes.return_version(&dated.value.value.version).unwrap();
            assert_eq!(found, &dated.value);
            assert_eq!(found.mark, Mark::Assumption);
        }
    }

    #[test]
    fn a_parameter_without_a_value_has_to_say_that_nothing_is_known() {
        let read = |row: &str| {
            let text = format!("[[age]]\nfrom = 2015-07-01\nsource = \"x\"\n{row}");
            let file = File { name: "test.toml", text: Box::leak(text.into_boxed_str()) };
            let rows: ParameterRows = file.read()?;
            rows.into_iter().try_for_each(|(name, rows)| file.parameter(&name, rows).map(|_| ()))
        };
        read("mark = \"U\"").unwrap();
        read("mark = \"A\"\nyears = 56").unwrap();
        assert_eq!(
            read("mark = \"A\"").unwrap_err().to_string(),
            "data/programmes/test.toml: age has a row from 2015-07-01 without a value"
        );
    }

    #[test]
    fn a_hole_that_nobody_marked_is_refused() {
        let problem = ceilings(
            r#"
            wage_earner = []
            ceiling = [
                { from = 2015-07-01, to = 2016-02-29, rupiah = 1, source = "x", mark = "A" },
                { from = 2016-04-01, rupiah = 2, source = "x", mark = "A" },
            ]"#,
        );
        assert_eq!(
            problem.unwrap_err().to_string(),
            "data/programmes/test.toml says nothing about 2016-03-01 to 2016-03-31"
        );
    }

    #[test]
    fn two_rows_for_one_day_are_refused() {
        let problem = ceilings(
            r#"
            wage_earner = []
            ceiling = [
                { from = 2015-07-01, rupiah = 1, source = "x", mark = "A" },
                { from = 2016-04-01, rupiah = 2, source = "x", mark = "A" },
            ]"#,
        );
        assert!(matches!(problem, Err(DataProblem::Disordered { .. })), "{problem:?}");
    }

    #[test]
    fn a_row_that_is_not_exact_or_not_complete_is_refused() {
        for text in [
            r#"wage_earner = [{ from = 2015-07-01, employer = 3.7, worker = "2%", source = "x", mark = "A" }]"#,
            r#"wage_earner = [{ from = 2015-07-01, employer = "3,7%", worker = "2%", source = "x", mark = "A" }]"#,
            r#"wage_earner = [{ from = "July", employer = "3.7%", worker = "2%", source = "x", mark = "A" }]"#,
            r#"wage_earner = [{ from = 2015-07-01, employer = "3.7%", worker = "2%", source = "x" }]"#,
        ] {
            assert!(matches!(ceilings(text), Err(DataProblem::Unreadable { .. })), "{text}");
        }
    }
}
