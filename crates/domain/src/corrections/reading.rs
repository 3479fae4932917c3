//! What an officer types into a proposal, read against what stands on record and against the rules.

use jiff::civil::Date;

use super::{Field, Identity, Values};
use crate::contributions::Contribution;
use crate::employers::{RiskClass, Trade};
use crate::ids::{EmployerId, Nik};
use crate::members::{PersonName, Segment, Sex};
use crate::money::Rupiah;
use crate::month::Month;
use crate::programmes::{Earning, Programmes};

/// What was typed, by what it is about.
#[derive(Clone, Copy, Debug)]
pub enum Typed<'a> {
    /// Who somebody is.
    Person(TypedPerson<'a>),
    /// A contribution.
    Row(TypedRow<'a>),
}

/// Who somebody is, as it was typed.
#[derive(Clone, Copy, Debug)]
pub struct TypedPerson<'a> {
    /// The name.
    pub name: &'a str,
    /// The population number; nothing where it is right. The officer sees the last of it alone.
    pub nik: &'a str,
    /// The day of birth, like 1990-07-14; nothing where it is right.
    pub birth_date: &'a str,
    /// `female` or `male`.
    pub sex: &'a str,
}

/// A contribution, as it was typed. What follows from the rules is not typed.
#[derive(Clone, Copy, Debug)]
pub struct TypedRow<'a> {
    /// The month of work, like 202607 or 2026-07.
    pub month: &'a str,
    /// The number of the employer; nothing where nobody else paid.
    pub npp: &'a str,
    /// The wage.
    pub wage: &'a str,
    /// The employer's share.
    pub employer_part: &'a str,
    /// The worker's own share.
    pub worker_part: &'a str,
    /// The day it came, like 2026-07-14.
    pub received: &'a str,
}

/// A field that cannot be read, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misread {
    /// Which one.
    pub field: Field,
    /// Why.
    pub wrong: Wrong,
}

/// Why a field cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is not written as such a thing is.
    Form,
    /// It has not come yet.
    Future,
    /// Nobody has this number.
    Unknown,
    /// No rule is published for it.
    NotPublished,
    /// There is nothing in it.
    Nothing,
}

const fn wrong(field: Field, wrong: Wrong) -> Misread {
    Misread { field, wrong }
}

/// Reads who somebody is. What is masked where it is typed, and left empty, stays as it is.
pub fn person(before: &Identity, typed: TypedPerson<'_>, today: Date) -> Result<Values, Misread> {
    let name = PersonName::parse(typed.name).map_err(|_| wrong(Field::Name, Wrong::Form))?;
    let nik = match typed.nik.trim() {
        "" => before.nik.clone(),
        typed => Nik::parse(typed).map_err(|_| wrong(Field::Nik, Wrong::Form))?,
    };
    let birth_date = match typed.birth_date.trim() {
        "" => before.birth_date,
        typed => day(typed, today, Field::BirthDate)?,
    };
    let sex = Sex::coded(typed.sex).ok_or(wrong(Field::Sex, Wrong::Form))?;
    Ok(Values::Person(Identity { name, nik, birth_date, sex }))
}

/// Reads a contribution of the same member number and programme. Whom the number of the employer
/// belongs to has been looked up. What the rates are applied to and when it was due follow from the
/// rules, where what they follow from is another one.
pub fn row(
    before: &Contribution,
    typed: TypedRow<'_>,
    employer: Option<EmployerId>,
    rules: &Programmes,
    today: Date,
) -> Result<Values, Misread> {
    let month = month(typed.month, today)?;
    if before.employer.is_some() && employer.is_none() {
        return Err(wrong(Field::Employer, Wrong::Unknown));
    }
    let money = |text, field| Rupiah::parse(text).map_err(|_| wrong(field, Wrong::Form));
    let wage = money(typed.wage, Field::Wage)?;
    let employer_part = money(typed.employer_part, Field::EmployerPart)?;
    let worker_part = money(typed.worker_part, Field::WorkerPart)?;
    if employer.is_none() && employer_part > Rupiah::ZERO {
        return Err(wrong(Field::EmployerPart, Wrong::Unknown));
    }
    match employer_part.checked_add(worker_part) {
        None => return Err(wrong(Field::WorkerPart, Wrong::Form)),
        Some(Rupiah::ZERO) => return Err(wrong(Field::WorkerPart, Wrong::Nothing)),
        Some(_) => {}
    }
    let received_on = day(typed.received, today, Field::Received)?;
    let (segment, earning) = match employer {
        // Neither the class nor the trade changes what a rate is applied to.
        Some(_) => (Segment::WageEarner, Earning::Wage(wage, RiskClass::I)),
        None => (Segment::SelfEmployed, Earning::Income(wage, Trade::Other)),
    };
    let is_same_month = month == before.month;
    let base = if is_same_month && wage == before.wage {
        before.base
    } else {
        let expected = rules.expected(before.programme, month, earning);
        expected.map_err(|_| wrong(Field::Base, Wrong::NotPublished))?.base
    };
    let due_on = if is_same_month {
        before.due_on
    } else {
        let due = rules.due_date(before.programme, segment, month);
        due.map_err(|_| wrong(Field::Month, Wrong::NotPublished))?.on
    };
    let (membership, programme) = (before.membership, before.programme);
    Ok(Values::Row(Contribution {
        membership,
        month,
        programme,
        employer,
        wage,
        base,
        employer_part,
        worker_part,
        due_on,
        received_on,
    }))
}

fn month(typed: &str, today: Date) -> Result<Month, Misread> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let number = if digits.len() == 6 { digits.parse::<i64>().ok() } else { None };
    let month = number.and_then(|number| Month::try_from(number).ok());
    match month.ok_or(wrong(Field::Month, Wrong::Form))? {
        later if later > Month::of(today) => Err(wrong(Field::Month, Wrong::Future)),
        month => Ok(month),
    }
}

fn day(typed: &str, today: Date, field: Field) -> Result<Date, Misread> {
    let day = since(typed).ok_or(wrong(field, Wrong::Form))?;
    if day > today { Err(wrong(field, Wrong::Future)) } else { Ok(day) }
}

/// A day like 2026-07-14, of a year that a record can have.
pub(super) fn since(typed: &str) -> Option<Date> {
    let day: Date = typed.trim().parse().ok()?;
    ((1900..=2999).contains(&day.year()) && day.to_string() == typed.trim()).then_some(day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::ids::MembershipId;
    use crate::programmes::Programme;

    const TODAY: Date = date(2026, 8, 17);
    const FIRM: EmployerId = EmployerId(Uuid::from_u128(5));

    fn before() -> Contribution {
        Contribution {
            membership: MembershipId(Uuid::from_u128(1)),
            month: Month::try_from(202_603).unwrap(),
            programme: Programme::Jht,
            employer: Some(FIRM),
            wage: Rupiah::new(5_000_000),
            base: Rupiah::new(5_000_000),
            employer_part: Rupiah::new(185_000),
            worker_part: Rupiah::new(100_000),
            due_on: date(2026, 4, 15),
            received_on: date(2026, 4, 10),
        }
    }

    const TYPED: TypedRow<'_> = TypedRow {
        month: "2026-03",
        npp: "XX000001",
        wage: "6.000.000",
        employer_part: "222000",
        worker_part: "Rp 120.000",
        received: "2026-04-10",
    };

    fn read(typed: TypedRow<'_>) -> Result<Contribution, Misread> {
        let rules = Programmes::shipped().unwrap();
        match row(&before(), typed, Some(FIRM), &rules, TODAY)? {
            Values::Row(row) => Ok(row),
            Values::Person(_) => panic!("a person"),
        }
    }

    #[test]
    fn what_follows_from_the_rules_follows() {
        let right = read(TYPED).unwrap();
        assert_eq!(right.base, Rupiah::new(6_000_000));
        assert_eq!((right.due_on, right.membership), (before().due_on, before().membership));
        assert_eq!(right.total(), Some(Rupiah::new(342_000)));
        let moved = read(TypedRow { month: "202604", ..TYPED }).unwrap();
        assert!(moved.due_on > before().due_on);
    }

    #[test]
    fn what_cannot_be_read_says_where_and_why() {
        for (typed, field, why) in [
            (TypedRow { month: "May", ..TYPED }, Field::Month, Wrong::Form),
            (TypedRow { month: "202613", ..TYPED }, Field::Month, Wrong::Form),
            (TypedRow { month: "202609", ..TYPED }, Field::Month, Wrong::Future),
            (TypedRow { wage: "-5", ..TYPED }, Field::Wage, Wrong::Form),
            (TypedRow { received: "2026-08-18", ..TYPED }, Field::Received, Wrong::Future),
            (TypedRow { received: "10/04/2026", ..TYPED }, Field::Received, Wrong::Form),
            (
                TypedRow { employer_part: "0", worker_part: "0", ..TYPED },
                Field::WorkerPart,
                Wrong::Nothing,
            ),
        ] {
            assert_eq!(read(typed), Err(wrong(field, why)), "{typed:?}");
        }
        let rules = Programmes::shipped().unwrap();
        let unknown = row(&before(), TYPED, None, &rules, TODAY);
        assert_eq!(unknown, Err(wrong(Field::Employer, Wrong::Unknown)));
    }

    #[test]
    fn who_somebody_is_is_read_as_the_register_writes_it() {
        let typed = TypedPerson {
            name: "Siti  Rahayu",
            nik: "0001 0141 0790 0003",
            birth_date: "1990-07-01",
            sex: "female",
        };
        let stands = Identity {
            name: PersonName::parse("Siti Contoh").unwrap(),
            nik: Nik::parse("0001014107900009").unwrap(),
            birth_date: date(1991, 7, 1),
            sex: Sex::Male,
        };
        let read = |typed| person(&stands, typed, TODAY);
        let Ok(Values::Person(siti)) = read(typed) else { panic!("not read") };
        assert_eq!((siti.name.expose(), siti.sex), ("Siti Rahayu", Sex::Female));
        assert_eq!((siti.nik.expose(), siti.birth_date), ("0001014107900003", date(1990, 7, 1)));
        // What the officer was not shown in full, and left empty, is right.
        let Ok(Values::Person(siti)) = read(TypedPerson { nik: " ", birth_date: "", ..typed })
        else {
            panic!("not read")
        };
        assert_eq!((&siti.nik, siti.birth_date), (&stands.nik, stands.birth_date));
        for (typed, field) in [
            (TypedPerson { name: " ", ..typed }, Field::Name),
            (TypedPerson { nik: "123", ..typed }, Field::Nik),
            (TypedPerson { birth_date: "1 July", ..typed }, Field::BirthDate),
            (TypedPerson { birth_date: "1890-07-01", ..typed }, Field::BirthDate),
            (TypedPerson { sex: "f", ..typed }, Field::Sex),
        ] {
            assert_eq!(read(typed), Err(wrong(field, Wrong::Form)));
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "\\PC{0,30}") {
            let _ = (since(&text), month(&text, TODAY));
        }
    }
}
