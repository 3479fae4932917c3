//! The data files, read into timelines. A hole between two rows is refused: a period without a
//! rule is a row that says so, with mark U.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::dated::{Timeline, TimelineProblem};
use crate::members::Segment;

use super::rows::{
    BandRows, DueRows, RateRows, ReliefRows, ReturnRows, RoundingRows, Row, RowsBy, SplitRows,
};
use super::{Programme, Programmes};

/// How sure a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
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
            rounding: ROUNDING.rules(ROUNDING.read::<RoundingRows>()?.rounding)?,
            returns: RETURN.rules(RETURN.read::<ReturnRows>()?.returns)?,
        })
    }
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
    fn relief_names_a_trade_exactly_for_those_who_have_one() {
        let programmes = Programmes::shipped().unwrap();
        for (_, segment, trade) in programmes.relief.keys() {
            assert_eq!(trade.is_some(), *segment == Segment::SelfEmployed);
        }
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
