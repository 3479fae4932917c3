//! A row of employers.

use super::cells::Cells;
use super::{Reason, Wrong};
use crate::employers::{Employer, FirmSize, RiskClass};
use crate::ids::Npp;

/// The longest name of a firm.
const LONGEST_NAME: usize = 100;

/// An employer as a file tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firm {
    /// The line of the file.
    pub line: u32,
    /// The employer number.
    pub npp: Npp,
    /// The firm's name.
    pub name: String,
    /// The risk class of its industry.
    pub risk_class: RiskClass,
    /// Its size.
    pub size: FirmSize,
}

impl Firm {
    /// Reads a row.
    pub fn read(line: u32, cells: &Cells<'_>) -> Result<Self, Wrong> {
        let npp = cells.npp("npp")?;
        let name = cells.line("name", LONGEST_NAME)?;
        if name.is_empty() {
            return Err(Wrong::at("name", Reason::Empty));
        }
        Ok(Self {
            line,
            npp,
            name,
            risk_class: cells.word("risk_class", RiskClass::coded)?,
            size: cells.word("size", FirmSize::coded)?,
        })
    }

    /// The first column in which this is another than what is on record, if there is one.
    #[must_use]
    pub fn differs_from(&self, kept: &Employer) -> Option<&'static str> {
        if self.name != kept.name {
            Some("name")
        } else if self.risk_class != kept.risk_class {
            Some("risk_class")
        } else if self.size != kept.size {
            Some("size")
        } else {
            None
        }
    }
}
