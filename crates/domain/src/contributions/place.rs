//! Where a row stands in a history. A list that goes on after a place goes on at the same row,
//! however many months come in front of it later.

use std::cmp::Reverse;
use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use uuid::Uuid;

use super::history::MonthRow;
use crate::ids::{EmployerId, MembershipId};
use crate::month::Month;
use crate::programmes::Programme;

/// A row's place: the latest month first, as a history has its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    month: Reverse<Month>,
    programme: Programme,
    employer: Option<EmployerId>,
    membership: MembershipId,
}

impl Place {
    /// The place of a row.
    #[must_use]
    pub const fn of(row: &MonthRow) -> Self {
        Self {
            month: Reverse(row.month),
            programme: row.programme,
            employer: row.employer,
            membership: row.membership,
        }
    }

    /// Reads what stands in an address. Whatever we would not have written is no place.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = String::from_utf8(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()?;
        let mut parts = plain.split('.');
        let month: i64 = parts.next()?.parse().ok()?;
        let programme = Programme::coded(parts.next()?)?;
        let employer = match parts.next()? {
            "" => None,
            id => Some(EmployerId(Uuid::try_parse(id).ok()?)),
        };
        let membership = MembershipId(Uuid::try_parse(parts.next()?).ok()?);
        let month = Reverse(Month::try_from(month).ok()?);
        let place = Self { month, programme, employer, membership };
        (place.to_string() == text).then_some(place)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = self.month.0.get();
        let employer = self.employer.map(|id| id.0.simple().to_string()).unwrap_or_default();
        let membership = self.membership.0.simple();
        let plain = format!("{month}.{}.{employer}.{membership}", self.programme.code());
        f.write_str(&BASE64URL_NOPAD.encode(plain.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn places() -> impl Strategy<Value = Place> {
        let months = (1900_i16..=2999, 1_i8..=12);
        (months, 0..Programme::ALL.len(), proptest::option::of(any::<u128>()), any::<u128>())
            .prop_map(|((year, month), programme, employer, membership)| Place {
                month: Reverse(Month::new(year, month).unwrap()),
                programme: Programme::ALL[programme],
                employer: employer.map(|id| EmployerId(Uuid::from_u128(id))),
                membership: MembershipId(Uuid::from_u128(membership)),
            })
    }

    proptest! {
        #[test]
        fn a_place_reads_back_from_an_address(place in places()) {
            let written = place.to_string();
            prop_assert_eq!(Place::parse(&written), Some(place));
            let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-_".contains(&b);
            prop_assert!(written.bytes().all(is_plain));
        }

        #[test]
        fn later_months_come_first(one in places(), other in places()) {
            prop_assert_eq!(one.month.0 > other.month.0, one.month < other.month);
            prop_assert!(one.month.0 <= other.month.0 || one < other);
        }

        #[test]
        fn what_is_no_place_is_none(text in "[A-Za-z0-9_-]{0,120}|\\PC{0,40}") {
            if let Some(place) = Place::parse(&text) {
                prop_assert_eq!(place.to_string(), text);
            }
        }
    }

    #[test]
    fn a_place_has_one_spelling() {
        let id = "00000000000000000000000000000001";
        for (plain, is_place) in [
            (format!("202607.JHT.{id}.{id}"), true),
            (format!("202607.JHT..{id}"), true),
            (format!("202607.jht..{id}"), false),
            (format!("+202607.JHT..{id}"), false),
            (format!("202613.JHT..{id}"), false),
            (format!("202607.JHT..{id}."), false),
            (format!("202607.JHT..{{{id}}}"), false),
            (format!("202607.JHT.{id}"), false),
        ] {
            let text = BASE64URL_NOPAD.encode(plain.as_bytes());
            assert_eq!(Place::parse(&text).is_some(), is_place, "{plain}");
        }
    }
}
