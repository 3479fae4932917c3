//! A row of members: a person, one member number of theirs, and a stretch of work under it. Somebody
//! with two numbers, or two employers under one, has two rows.

use jiff::civil::Date;

use super::cells::Cells;
use super::{Reason, Wrong};
use crate::employers::Trade;
use crate::ids::{Kpj, Nik, Npp};
use crate::members::{Address, Membership, Person, PersonName, Segment, Sex};
use crate::month::Month;

/// The longest part of an address.
const LONGEST_PART: usize = 100;

/// For whom somebody works, by the number on papers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Workplace {
    /// For the employer with this number.
    Firm(Npp),
    /// On the own account.
    Own(Trade),
}

/// A member as a file tells of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The line of the file.
    pub line: u32,
    /// The population number.
    pub nik: Nik,
    /// The name in the register.
    pub name: PersonName,
    /// The day of birth in the register.
    pub birth_date: Date,
    /// The sex in the register.
    pub sex: Sex,
    /// Where the person lives.
    pub address: Address,
    /// The member number.
    pub kpj: Kpj,
    /// How the person belongs to the programme under this number.
    pub segment: Segment,
    /// The first month of the number.
    pub since: Month,
    /// Its last month, if it has ended.
    pub ended: Option<Month>,
    /// For whom.
    pub workplace: Workplace,
    /// The first month there.
    pub work_from: Month,
    /// The last month there, if it has ended.
    pub work_until: Option<Month>,
}

impl Joined {
    /// Reads a row.
    pub fn read(line: u32, cells: &Cells<'_>, today: Date) -> Result<Self, Wrong> {
        let nik = cells.nik("nik")?;
        let name = name(cells)?;
        let birth_date = cells.date("birth_date")?;
        if birth_date > today {
            return Err(Wrong::at("birth_date", Reason::Future));
        }
        let sex = cells.word("sex", Sex::coded)?;
        let address = address(cells)?;
        let kpj = cells.kpj("kpj")?;
        let segment = cells.word("segment", Segment::coded)?;
        let since = cells.month("since")?;
        if since > Month::of(today) {
            return Err(Wrong::at("since", Reason::Future));
        }
        let ended = not_before(cells, "ended", since)?;
        let workplace = workplace(cells, segment)?;
        let work_from = not_before(cells, "work_from", since)?.unwrap_or(since);
        let work_until = not_before(cells, "work_until", work_from)?.or(ended);
        Ok(Self {
            line,
            nik,
            name,
            birth_date,
            sex,
            address,
            kpj,
            segment,
            since,
            ended,
            workplace,
            work_from,
            work_until,
        })
    }

    /// The first column in which the person is another than the one on record, if there is one. The
    /// address is not compared: the member may have written another since.
    #[must_use]
    pub fn is_another_than(&self, kept: &Person) -> Option<&'static str> {
        if self.name != kept.name {
            Some("name")
        } else if self.birth_date != kept.birth_date {
            Some("birth_date")
        } else if self.sex != kept.sex {
            Some("sex")
        } else {
            None
        }
    }

    /// The first column in which the member number is another than the one on record, if there is one.
    #[must_use]
    pub fn differs_from(&self, kept: &Membership) -> Option<&'static str> {
        if self.segment != kept.segment {
            Some("segment")
        } else if self.since != kept.since {
            Some("since")
        } else if self.ended != kept.ended {
            Some("ended")
        } else {
            None
        }
    }
}

fn name(cells: &Cells<'_>) -> Result<PersonName, Wrong> {
    let text = cells.text("name");
    if text.is_empty() {
        return Err(Wrong::at("name", Reason::Empty));
    }
    PersonName::parse(text).map_err(|_| {
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let is_too_long = length > 100;
        let reason = if is_too_long { Reason::Length(length) } else { Reason::Characters };
        Wrong::at("name", reason)
    })
}

fn address(cells: &Cells<'_>) -> Result<Address, Wrong> {
    let part = |column| cells.line(column, LONGEST_PART);
    Ok(Address {
        street: part("street")?,
        village: part("village")?,
        district: part("district")?,
        regency: part("regency")?,
        province: part("province")?,
        postcode: part("postcode")?,
    })
}

/// Those who are paid a wage have an employer and no trade, the others a trade and no employer.
fn workplace(cells: &Cells<'_>, segment: Segment) -> Result<Workplace, Wrong> {
    let (workplace, other) = match segment {
        Segment::WageEarner => (Workplace::Firm(cells.npp("npp")?), "trade"),
        Segment::SelfEmployed => (Workplace::Own(cells.word("trade", Trade::coded)?), "npp"),
    };
    if cells.text(other).is_empty() {
        Ok(workplace)
    } else {
        Err(Wrong::at(other, Reason::NotAWord))
    }
}

fn not_before(
    cells: &Cells<'_>,
    column: &'static str,
    earliest: Month,
) -> Result<Option<Month>, Wrong> {
    if cells.text(column).is_empty() {
        return Ok(None);
    }
    let month = cells.month(column)?;
    if month < earliest { Err(Wrong::at(column, Reason::TooEarly)) } else { Ok(Some(month)) }
}
