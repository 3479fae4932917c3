//! What stands on record, and what should: line by line, side by side.

use jiff::civil::Date;

use super::{Key, Subject};
use crate::contributions::Contribution;
use crate::ids::{EmployerId, Nik};
use crate::members::{Person, PersonName, Sex};
use crate::money::Rupiah;
use crate::month::Month;
use crate::words::words;

words! {
    /// One thing of a record that may be put right, or that follows from one.
    Field {
        /// The name in the register.
        Name "name",
        /// The population number.
        Nik "nik",
        /// The day of birth.
        BirthDate "birth-date",
        /// The sex in the register.
        Sex "sex",
        /// The month of work.
        Month "month",
        /// Who paid.
        Employer "employer",
        /// The wage that was reported.
        Wage "wage",
        /// What the rates were applied to.
        Base "base",
        /// The employer's share.
        EmployerPart "employer-part",
        /// The worker's own share.
        WorkerPart "worker-part",
        /// The last day that was in time.
        Due "due",
        /// The day it came.
        Received "received",
    }
}

/// Who somebody is, as the population register holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The name.
    pub name: PersonName,
    /// The population number.
    pub nik: Nik,
    /// The day of birth.
    pub birth_date: Date,
    /// The sex.
    pub sex: Sex,
}

impl From<&Person> for Identity {
    fn from(person: &Person) -> Self {
        Self {
            name: person.name.clone(),
            nik: person.nik.clone(),
            birth_date: person.birth_date,
            sex: person.sex,
        }
    }
}

/// What stands on record of a subject, or should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// Who somebody is.
    Person(Identity),
    /// A contribution.
    Row(Contribution),
}

impl Values {
    /// What they are of.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        match self {
            Self::Person(_) => Subject::Person,
            Self::Row(row) => Subject::Row(Key::of(row)),
        }
    }

    fn shown(&self) -> Vec<(Field, Shown)> {
        match self {
            Self::Person(Identity { name, nik, birth_date, sex }) => vec![
                (Field::Name, Shown::Text(name.expose().to_owned())),
                (Field::Nik, Shown::Text(nik.expose().to_owned())),
                (Field::BirthDate, Shown::Day(*birth_date)),
                (Field::Sex, Shown::Sex(*sex)),
            ],
            Self::Row(row) => vec![
                (Field::Month, Shown::Month(row.month)),
                (Field::Employer, Shown::Employer(row.employer)),
                (Field::Wage, Shown::Money(row.wage)),
                (Field::Base, Shown::Money(row.base)),
                (Field::EmployerPart, Shown::Money(row.employer_part)),
                (Field::WorkerPart, Shown::Money(row.worker_part)),
                (Field::Due, Shown::Day(row.due_on)),
                (Field::Received, Shown::Day(row.received_on)),
            ],
        }
    }
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Words or digits.
    Text(String),
    /// A day.
    Day(Date),
    /// A month.
    Month(Month),
    /// An amount.
    Money(Rupiah),
    /// Whoever paid; nobody but the member where there is none.
    Employer(Option<EmployerId>),
    /// A sex.
    Sex(Sex),
}

/// A field, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which one.
    pub field: Field,
    /// What stands there.
    pub before: Shown,
    /// What should.
    pub after: Shown,
}

impl Line {
    /// Whether it is put right.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.before != self.after
    }
}

/// Every field, side by side. Values of two different things have none in common.
#[must_use]
pub fn lines(before: &Values, after: &Values) -> Vec<Line> {
    before
        .shown()
        .into_iter()
        .zip(after.shown())
        .filter(|((field, _), (other, _))| field == other)
        .map(|((field, before), (_, after))| Line { field, before, after })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn siti() -> Identity {
        Identity {
            name: PersonName::parse("Siti Contoh").unwrap(),
            nik: Nik::parse("0001014107900003").unwrap(),
            birth_date: date(1990, 7, 1),
            sex: Sex::Female,
        }
    }

    #[test]
    fn what_is_put_right_stands_beside_what_was() {
        let right = Identity { name: PersonName::parse("Siti Rahayu").unwrap(), ..siti() };
        let side_by_side = lines(&Values::Person(siti()), &Values::Person(right));
        assert_eq!(side_by_side.len(), 4);
        let changed: Vec<Field> =
            side_by_side.iter().filter(|line| line.is_changed()).map(|line| line.field).collect();
        assert_eq!(changed, [Field::Name]);
        assert_eq!(side_by_side[0].after, Shown::Text("Siti Rahayu".to_owned()));
        assert!(Field::ALL.iter().all(|field| Field::named(field.name()) == Some(*field)));
    }
}
