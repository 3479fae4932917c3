//! Coarse places, by network: a table that the operator vouches for. There is none by default, since a
//! wrong place does harm (docs/decisions/places.md).

use std::net::IpAddr;

use crate::network::{Network, number};

/// Names of places are this short, in characters: they stand in lists and in letters.
pub const LONGEST: usize = 40;

/// Where networks are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(Vec<Place>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    first: u128,
    last: u128,
    name: Box<str>,
    line: usize,
}

/// Why a table is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPlaces {
    /// A line names no network and place.
    #[error("line {0} is no network and place, such as 203.0.113.0/24,Jawa Barat")]
    Line(usize),
    /// Two lines are about the same addresses.
    #[error("lines {0} and {1} are about the same addresses")]
    Twice(usize, usize),
}

impl Places {
    /// Reads a table: `203.0.113.0/24,Jawa Barat`, a network a line. Empty lines, and those that begin
    /// with `#`, say nothing.
    ///
    /// # Errors
    /// Names the first line that is wrong.
    pub fn read(table: &str) -> Result<Self, NoPlaces> {
        let said = (1..).zip(table.lines().map(str::trim));
        let said = said.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let all: Result<Vec<Place>, NoPlaces> =
            said.map(|(at, line)| Place::read(at, line).ok_or(NoPlaces::Line(at))).collect();
        let mut all = all?;
        all.sort_by_key(|place| place.first);
        match all.windows(2).find(|pair| pair[1].first <= pair[0].last) {
            Some(pair) => {
                let (one, other) = (pair[0].line, pair[1].line);
                Err(NoPlaces::Twice(one.min(other), one.max(other)))
            }
            None => Ok(Self(all)),
        }
    }

    /// Where an address is, if the table says so.
    #[must_use]
    pub fn of(&self, address: IpAddr) -> Option<&str> {
        let address = number(address);
        let after = self.0.partition_point(|place| place.first <= address);
        let place = self.0.get(after.checked_sub(1)?)?;
        (address <= place.last).then_some(&*place.name)
    }
}

impl Place {
    fn read(line: usize, text: &str) -> Option<Self> {
        let (network, name) = text.split_once(',')?;
        let (first, last) = network.trim().parse::<Network>().ok()?.span();
        let name = name.trim();
        let is_name = !name.is_empty()
            && name.chars().count() <= LONGEST
            && name.chars().all(|letter| letter.is_alphanumeric() || " .-'()".contains(letter));
        is_name.then(|| Self { first, last, name: name.into(), line })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn h08_a_place_is_that_of_the_network_or_none() {
        let table = "# provinces\n203.0.113.0/25,Jawa Barat\n\n203.0.113.128/25, Bali\n\
                     2001:db8::/32,DKI Jakarta\n";
        let places = Places::read(table).unwrap();
        for (from, place) in [
            ("203.0.113.0", Some("Jawa Barat")),
            ("203.0.113.127", Some("Jawa Barat")),
            ("203.0.113.128", Some("Bali")),
            ("::ffff:203.0.113.255", Some("Bali")),
            ("203.0.114.0", None),
            ("203.0.112.255", None),
            ("2001:db8:1::7", Some("DKI Jakarta")),
            ("2001:db9::", None),
        ] {
            assert_eq!(places.of(address(from)), place, "{from}");
        }
        assert_eq!(Places::default().of(address("203.0.113.1")), None);
    }

    #[test]
    fn a_table_that_is_wrong_says_where() {
        for (table, why) in [
            ("203.0.113.0/24", NoPlaces::Line(1)),
            ("\n203.0.113.0/33,Bali", NoPlaces::Line(2)),
            ("203.0.113.0/24,", NoPlaces::Line(1)),
            ("203.0.113.0/24,<b>Bali</b>", NoPlaces::Line(1)),
            ("10.0.0.0/8,Bali\n192.0.2.1,Bali\n10.1.0.0/16,Jawa Barat", NoPlaces::Twice(1, 3)),
        ] {
            assert_eq!(Places::read(table), Err(why), "{table}");
        }
        let long = format!("10.0.0.0/8,{}", "a".repeat(LONGEST + 1));
        assert_eq!(Places::read(&long), Err(NoPlaces::Line(1)));
    }

    proptest! {
        #[test]
        fn an_address_is_where_its_network_is(bits: u32, prefix in 0_u8..=32, other: u32) {
            let network = Network { address: IpAddr::V4(bits.into()), prefix };
            let places = Places::read(&format!("{}/{prefix},Bali", network.address)).unwrap();
            for asked in [bits, other] {
                let asked = IpAddr::V4(asked.into());
                prop_assert_eq!(places.of(asked).is_some(), network.contains(asked));
            }
        }
    }
}
