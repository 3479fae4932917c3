//! What is known about the owner of a password: no part of one should be.

use jiff::civil::Date;

use super::common::ENOUGH_BESIDE;
use super::guessing::guesses;
use crate::contact::{Identifier, folded};

/// Words and numbers that belong to somebody, in their simple variants.
#[derive(Clone, Default)]
pub struct Familiar(Vec<String>);

/// A shorter word stands in too many passwords by chance.
const SHORTEST: usize = 3;

impl Familiar {
    /// A name, and each word of it.
    #[must_use]
    pub fn with_name(mut self, name: &str) -> Self {
        self.add(name);
        for word in name.split(|c: char| !c.is_alphanumeric()) {
            self.add(word);
        }
        self
    }

    /// A number, and the ends of it that people remember.
    #[must_use]
    pub fn with_number(mut self, number: &str) -> Self {
        let digits: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
        for length in [4, 6, 8] {
            let start = digits.len().saturating_sub(length);
            self.add(&digits[start..]);
        }
        self.add(&digits);
        self
    }

    /// A date, as people write one.
    #[must_use]
    pub fn with_date(mut self, date: Date) -> Self {
        for form in ["%d%m%Y", "%d%m%y", "%Y%m%d", "%y%m%d", "%m%d%Y", "%-d%-m%Y", "%d%m", "%Y"] {
            self.add(&date.strftime(form).to_string());
        }
        self
    }

    /// What an account goes by.
    #[must_use]
    pub fn with_identifier(self, identifier: &Identifier) -> Self {
        match identifier {
            Identifier::Email(email) => {
                let (local, host) = email.expose().split_once('@').unwrap_or((email.expose(), ""));
                self.with_name(local).with_name(host.split('.').next().unwrap_or_default())
            }
            Identifier::Phone(phone) => {
                let subscriber = phone.expose().trim_start_matches("+62");
                self.with_number(phone.expose()).with_number(&format!("0{subscriber}"))
            }
            Identifier::Kpj(kpj) => self.with_number(kpj.as_str()),
            Identifier::UserName(name) => self.with_name(name.expose()),
        }
    }

    /// The words, for an estimate of guesses by somebody who knows them.
    pub(super) fn words(&self) -> &[String] {
        &self.0
    }

    /// Whether a password is little more than this: what is left beside it is quickly guessed.
    pub(super) fn is_most_of(&self, password: &str) -> bool {
        rest_without(password, &self.0).is_some_and(|rest| guesses(&rest, &[]) < ENOUGH_BESIDE)
    }

    fn add(&mut self, word: &str) {
        let word: String = folded(word).chars().filter(|c| c.is_alphanumeric()).collect();
        if word.chars().count() >= SHORTEST && !self.0.contains(&word) {
            self.0.push(word);
        }
    }
}

impl std::fmt::Debug for Familiar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Familiar({} words)", self.0.len())
    }
}

/// What is left of a password when these words are struck out, forwards, backwards, in any case,
/// with signs between their letters or in their place. `None` when none of them is in it.
pub(super) fn rest_without(password: &str, words: &[String]) -> Option<String> {
    let signs: Vec<char> =
        folded(password).chars().filter(|c| c.is_alphanumeric() || may_be_a_letter(*c)).collect();
    let mut struck = vec![false; signs.len()];
    for word in words {
        let word: Vec<char> = folded(word).chars().filter(|c| c.is_alphanumeric()).collect();
        for reading in [word.clone(), word.into_iter().rev().collect()] {
            if reading.len() < SHORTEST || reading.len() > signs.len() {
                continue;
            }
            for start in 0..=signs.len() - reading.len() {
                let place = start..start + reading.len();
                if signs[place.clone()].iter().zip(&reading).all(|(sign, own)| means(*sign, *own)) {
                    struck[place].fill(true);
                }
            }
        }
    }
    let rest = || signs.iter().zip(&struck).filter(|(_, struck)| !**struck).map(|(sign, _)| *sign);
    struck.contains(&true).then(|| rest().collect())
}

/// Whether a sign is this letter, or is written for it.
const fn means(sign: char, own: char) -> bool {
    sign as u32 == own as u32
        || matches!(
            (sign, own),
            ('4' | '@', 'a')
                | ('8', 'b')
                | ('3', 'e')
                | ('6' | '9', 'g')
                | ('1' | '!', 'i' | 'l')
                | ('0', 'o')
                | ('5' | '$', 's')
                | ('7', 't')
                | ('2', 'z')
        )
}

const fn may_be_a_letter(sign: char) -> bool {
    matches!(sign, '@' | '!' | '$')
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::contact::{Email, Phone, UserName};
    use crate::ids::Kpj;

    fn siti() -> Familiar {
        Familiar::default()
            .with_name("Siti Nur Rahayu")
            .with_date(date(1990, 7, 1))
            .with_number("0001014107900003")
            .with_identifier(&Identifier::Email(
                Email::parse("siti.rahayu88@kotakpos.example").unwrap(),
            ))
            .with_identifier(&Identifier::Phone(Phone::parse("0812 3456 7890").unwrap()))
            .with_identifier(&Identifier::Kpj(Kpj::parse("90000000001").unwrap()))
            .with_identifier(&Identifier::UserName(UserName::parse("penjahit_solo").unwrap()))
    }

    #[test]
    fn a05_what_is_known_about_somebody_is_no_password_of_theirs() {
        for password in [
            "sitinurrahayu",
            "Siti Nur Rahayu",
            "uyaharrunitis",
            "S1t1-R4h4yu-90",
            "siti-rahayu-1990",
            "rahayu01071990",
            "rahayu 1 7 1990",
            "19900701siti",
            "sitirahayu123456",
            "081234567890",
            "+6281234567890",
            "6281234567890",
            "0001014107900003",
            "90000000001!!",
            "kotakpos siti!",
            "penjahit_solo",
            "Penjahit-Solo1",
            "sitirahayu!!!",
            "rahayu rahayu",
            "siti4107900003",
        ] {
            assert!(siti().is_most_of(password), "{password}");
        }
    }

    #[test]
    fn a_name_among_words_of_ones_own_is_fine() {
        for password in
            ["siti menanam tomat ungu", "jendela rahayu dan kuda laut", "kuda baterai stapel"]
        {
            assert!(!siti().is_most_of(password), "{password}");
        }
    }

    #[test]
    fn words_are_struck_out_however_they_are_written() {
        let words = ["budi".to_owned()];
        assert_eq!(rest_without("8UD1-xyz", &words).as_deref(), Some("xyz"));
        assert_eq!(rest_without("b-u-d-i", &words).as_deref(), Some(""));
        assert_eq!(rest_without("idub7", &words).as_deref(), Some("7"));
        assert_eq!(rest_without("bud", &words), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Any name, in any case, with any separators, is found.
        #[test]
        fn a05_no_way_to_write_ones_name_hides_it(
            name in "[a-z]{4,9} [a-z]{4,9}", capitals: bool, joint in "[ ._-]?", digits in "[0-9]{0,2}",
        ) {
            let familiar = Familiar::default().with_name(&name);
            let written = name.replace(' ', &joint) + &digits;
            let written = if capitals { written.to_uppercase() } else { written };
            prop_assert!(familiar.is_most_of(&written), "{written}");
        }

        #[test]
        fn striking_out_never_adds_anything(password in "\\PC{0,40}", word in "[a-z]{3,8}") {
            if let Some(rest) = rest_without(&password, &[word]) {
                prop_assert!(rest.chars().count() <= folded(&password).chars().count());
            }
        }
    }
}
