//! People of the programme and their member numbers. Who may sign in is `accounts`' business.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{Kpj, MembershipId, Nik, PersonId};
use crate::month::Month;

/// How somebody belongs to the programme. The law knows construction and migrant workers too;
/// they are added when their rules are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Segment {
    /// Paid a wage by an employer.
    #[serde(rename = "PU")]
    WageEarner,
    /// Works on the own account.
    #[serde(rename = "BPU")]
    SelfEmployed,
}

impl Segment {
    /// The programme's short name for it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::WageEarner => "PU",
            Self::SelfEmployed => "BPU",
        }
    }

    /// The segment with this short name.
    #[must_use]
    pub fn coded(code: &str) -> Option<Self> {
        [Self::WageEarner, Self::SelfEmployed].into_iter().find(|segment| segment.code() == code)
    }
}

/// Sex as the population register holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// A woman.
    Female,
    /// A man.
    Male,
}

impl Sex {
    /// `female` or `male`, as it is kept.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }

    /// The sex that is kept under this word.
    #[must_use]
    pub fn coded(code: &str) -> Option<Self> {
        [Self::Female, Self::Male].into_iter().find(|sex| sex.code() == code)
    }
}

/// A name that nobody can have: nothing but spaces, or longer than a register prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a name has 1 to 100 characters")]
pub struct NotAName;

/// A person's name as the population register writes it. One word is a whole name.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PersonName(String);

impl PersonName {
    /// Reads a name; outer and doubled spaces are forgiven.
    pub fn parse(text: &str) -> Result<Self, NotAName> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_name = (1..=100).contains(&name.chars().count()) && !name.contains(char::is_control);
        if is_name { Ok(Self(name)) } else { Err(NotAName) }
    }

    /// The name. Personal data: sealed at rest, never logged.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonName(…)")
    }
}

/// Where a person lives. Personal data as a whole: sealed at rest, never logged.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// Street, number and the neighbourhood numbers (RT/RW).
    pub street: String,
    /// Village or ward (desa, kelurahan).
    pub village: String,
    /// District (kecamatan).
    pub district: String,
    /// Regency or city (kabupaten, kota).
    pub regency: String,
    /// Province.
    pub province: String,
    /// Five digits.
    pub postcode: String,
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

/// A person of the programme, whatever number of memberships they have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Our own id for the person.
    pub id: PersonId,
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
}

/// One member number of a person. The law wants one each; employers register people again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Our own id for the membership.
    pub id: MembershipId,
    /// Whose it is.
    pub person: PersonId,
    /// The member number on the card.
    pub kpj: Kpj,
    /// How the person belongs to the programme under this number.
    pub segment: Segment,
    /// The first month of it.
    pub since: Month,
    /// The last month of it, if it has ended.
    pub ended: Option<Month>,
}

/// A day of birth behind dots, for pages of staff: the year is what tells people of one name apart.
#[must_use]
pub fn masked_birth_date(day: Date) -> String {
    format!("••-••-{}", day.year())
}

/// What is strange about a population number beside what the register says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NikWarning {
    /// The birth date inside the number is another one.
    BirthDate,
    /// The number was made for the other sex.
    Sex,
}

/// Compares a population number with a birth date and a sex; `None` when they agree.
///
/// Only ever a warning: a birth date that is corrected later does not change the number (PP
/// 40/2019 art. 30). Digits 7 to 12 are DDMMYY, with 40 added to the day for women; the century
/// is not in the number.
#[must_use]
pub fn nik_warning(nik: &Nik, birth_date: Date, sex: Sex) -> Option<NikWarning> {
    let digits = |place: std::ops::Range<usize>| nik.expose()[place].parse::<i16>().unwrap_or(0);
    let (day, month, year) = (digits(6..8), digits(8..10), digits(10..12));
    let (written_for, day) = if day > 40 { (Sex::Female, day - 40) } else { (Sex::Male, day) };
    let same_date = day == i16::from(birth_date.day())
        && month == i16::from(birth_date.month())
        && year == birth_date.year().rem_euclid(100);
    match (same_date, written_for == sex) {
        (false, _) => Some(NikWarning::BirthDate),
        (true, false) => Some(NikWarning::Sex),
        (true, true) => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_for_the_other_sex_or_another_day_is_a_warning() {
        let nik = Nik::parse("3174054107900003").unwrap();
        let born = date(1990, 7, 1);
        assert_eq!(nik_warning(&nik, born, Sex::Female), None);
        assert_eq!(nik_warning(&nik, born, Sex::Male), Some(NikWarning::Sex));
        assert_eq!(nik_warning(&nik, date(1990, 7, 2), Sex::Female), Some(NikWarning::BirthDate));
        // The century is not in the number, so it cannot be doubted.
        assert_eq!(nik_warning(&nik, date(1890, 7, 1), Sex::Female), None);
    }

    #[test]
    fn one_word_is_a_whole_name_and_no_name_prints_itself() {
        let name = PersonName::parse("  Wayan ").unwrap();
        assert_eq!(name.expose(), "Wayan");
        assert_eq!(PersonName::parse("Siti  Rahayu").unwrap().expose(), "Siti Rahayu");
        assert_eq!(format!("{name:?}"), "PersonName(…)");
        assert_eq!(PersonName::parse(" \t "), Err(NotAName));
        assert_eq!(PersonName::parse(&"a".repeat(101)), Err(NotAName));
    }

    #[test]
    fn what_is_kept_reads_back_as_what_it_was() {
        for segment in [Segment::WageEarner, Segment::SelfEmployed] {
            assert_eq!(Segment::coded(segment.code()), Some(segment));
        }
        for sex in [Sex::Female, Sex::Male] {
            assert_eq!(Sex::coded(sex.code()), Some(sex));
        }
    }

    proptest! {
        #[test]
        fn any_sixteen_digits_are_compared_without_a_fuss(digits in "[0-9]{16}") {
            let nik = Nik::parse(&digits).unwrap();
            let _ = nik_warning(&nik, date(1990, 7, 1), Sex::Female);
        }
    }
}
