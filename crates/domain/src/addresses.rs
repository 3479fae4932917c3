//! Where people live, as they write it down themselves.

use crate::members::Address;

/// No line of an address is longer.
const LONGEST: usize = 120;

/// An address as it was typed, line by line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Typed<'a> {
    /// Street, number and the neighbourhood numbers.
    pub street: &'a str,
    /// Village or ward.
    pub village: &'a str,
    /// District.
    pub district: &'a str,
    /// Regency or city.
    pub regency: &'a str,
    /// Province.
    pub province: &'a str,
    /// Five digits.
    pub postcode: &'a str,
}

/// A line of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Street, number and the neighbourhood numbers.
    Street,
    /// Village or ward.
    Village,
    /// District.
    District,
    /// Regency or city.
    Regency,
    /// Province.
    Province,
    /// The postcode.
    Postcode,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressProblem {
    /// Nothing stands there.
    Empty(Line),
    /// It is longer than any real one.
    Long(Line),
    /// It is not five digits.
    Postcode,
}

impl Typed<'_> {
    /// Reads an address; spaces and line breaks are forgiven. Answers everything that is wrong.
    pub fn read(&self) -> Result<Address, Vec<AddressProblem>> {
        let mut problems = Vec::new();
        let mut line = |which, typed: &str| {
            let text = tidied(typed);
            if text.is_empty() {
                problems.push(AddressProblem::Empty(which));
            } else if text.chars().count() > LONGEST {
                problems.push(AddressProblem::Long(which));
            }
            text
        };
        let mut address = Address {
            street: line(Line::Street, self.street),
            village: line(Line::Village, self.village),
            district: line(Line::District, self.district),
            regency: line(Line::Regency, self.regency),
            province: line(Line::Province, self.province),
            postcode: String::new(),
        };
        address.postcode = crate::ids::without_separators(self.postcode);
        let is_postcode =
            address.postcode.len() == 5 && address.postcode.bytes().all(|b| b.is_ascii_digit());
        if !is_postcode {
            problems.push(AddressProblem::Postcode);
        }
        if problems.is_empty() { Ok(address) } else { Err(problems) }
    }
}

/// One line, without what shows nothing and what is there twice.
fn tidied(text: &str) -> String {
    let visible = |c: char| {
        if c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}') {
            ' '
        } else {
            c
        }
    };
    let text: String = text.chars().map(visible).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HOME: Typed<'_> = Typed {
        street: " Jalan Melati 7,\r\nRT 01 RW 02 ",
        village: "Sukamaju",
        district: "Cilodong",
        regency: "Kota Contoh",
        province: "Provinsi Contoh",
        postcode: "12 345",
    };

    #[test]
    fn an_address_is_read_with_its_breaks_and_spaces_forgiven() {
        let address = HOME.read().unwrap();
        assert_eq!(address.street, "Jalan Melati 7, RT 01 RW 02");
        assert_eq!(address.postcode, "12345");
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_in_the_order_of_the_page() {
        let long = "a".repeat(121);
        let typed = Typed { street: " \n", village: &long, postcode: "1234", ..HOME };
        let problems = typed.read().unwrap_err();
        assert_eq!(
            problems,
            [
                AddressProblem::Empty(Line::Street),
                AddressProblem::Long(Line::Village),
                AddressProblem::Postcode
            ]
        );
        assert_eq!(Typed::default().read().unwrap_err().len(), 6);
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_keeps_no_character_that_shows_nothing(typed in "\\PC{0,200}") {
            let read = Typed { street: &typed, ..HOME }.read();
            if let Ok(address) = read {
                prop_assert!(!address.street.contains(char::is_control));
                prop_assert!(address.street.chars().count() <= LONGEST);
            }
        }
    }
}
