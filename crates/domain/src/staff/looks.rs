//! Looking at a record: by an exact number or address, for a reason that the member gets to read.
//! There is no list to browse, no part of a name to try, and no way to be somebody else (P-05, P-06).

use std::time::Duration;

use crate::contact::{Email, Identifier, Phone};
use crate::ids::{Kpj, Nik};
use crate::words::words;
use crate::written::one_line;

/// A record that was found stays open so long; then it is looked up again, with a reason.
pub const LOOK_LIFE: Duration = Duration::from_mins(30);

/// One field is shown in full for so long.
pub const UNMASKED: Duration = Duration::from_mins(5);

/// The shortest reason, in characters (`staff.reason`).
pub const SHORTEST_REASON: usize = 10;

/// The longest one.
pub const LONGEST_REASON: usize = 500;

words! {
    /// What a record is looked up by.
    Kind {
        /// A member number.
        Kpj "kpj",
        /// A population number, all of it.
        Nik "nik",
        /// An address that counts.
        Email "email",
        /// A number that counts.
        Phone "phone",
    }
}

words! {
    /// What a look is for.
    Why {
        /// The member calls.
        Call "call",
        /// The member is here.
        Visit "visit",
        /// The member wrote.
        Letter "letter",
        /// A recovery or a correction is worked on.
        Request "request",
        /// Something strange is looked into.
        Suspicion "suspicion",
    }
}

words! {
    /// A field that is masked until somebody asks for it.
    Field {
        /// The population number.
        Nik "nik",
        /// The member numbers.
        Kpj "kpj",
        /// The birth date.
        BirthDate "birth-date",
        /// Where the member lives.
        Address "address",
        /// The address for mail.
        Email "email",
        /// The number for calls and text messages.
        Phone "phone",
    }
}

/// What somebody is looked up by: all of it, and read as what it was said to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// A member number.
    Kpj(Kpj),
    /// A population number.
    Nik(Nik),
    /// An address or number that reaches an account.
    Contact(Identifier),
}

impl Query {
    /// Reads what was typed. Anything but one whole number or address is none: there are no
    /// wildcards.
    #[must_use]
    pub fn parse(kind: Kind, typed: &str) -> Option<Self> {
        match kind {
            Kind::Kpj => Kpj::parse(typed).ok().map(Self::Kpj),
            Kind::Nik => Nik::parse(typed).ok().map(Self::Nik),
            Kind::Email => Email::parse(typed).ok().map(|it| Self::Contact(Identifier::Email(it))),
            Kind::Phone => Phone::parse(typed).ok().map(|it| Self::Contact(Identifier::Phone(it))),
        }
    }
}

/// Why somebody looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What for.
    pub why: Why,
    /// In their own words, on one line.
    pub text: String,
}

/// Why a reason is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoReason {
    /// Nothing was chosen.
    Nothing,
    /// Too little was written.
    Short,
    /// Too much was written.
    Long,
}

impl Reason {
    /// Reads a reason. It goes before everything else: without one nothing is looked for.
    pub fn parse(why: &str, typed: &str) -> Result<Self, NoReason> {
        let why = Why::named(why).ok_or(NoReason::Nothing)?;
        Ok(Self { why, text: Self::words(typed)? })
    }

    /// What somebody wrote, on one line: for acts that ask in words alone.
    pub fn words(typed: &str) -> Result<String, NoReason> {
        let text = one_line(typed);
        match text.chars().count() {
            ..SHORTEST_REASON => Err(NoReason::Short),
            SHORTEST_REASON..=LONGEST_REASON => Ok(text),
            _ => Err(NoReason::Long),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p05_only_a_whole_number_or_address_is_looked_for() {
        for kind in Kind::ALL {
            for typed in ["", "*", "%", "siti", "900*", "9000000000", "@peserta.example", "0800"] {
                assert_eq!(Query::parse(*kind, typed), None, "{kind:?} {typed:?}");
            }
        }
        assert!(Query::parse(Kind::Kpj, "900 000 000 01").is_some());
        assert!(Query::parse(Kind::Nik, "0000000000000001").is_some());
        assert!(Query::parse(Kind::Email, "siti@peserta.example").is_some());
        assert!(Query::parse(Kind::Phone, "0800 0000 0001").is_some());
    }

    #[test]
    fn p05_a_number_is_read_as_what_it_was_said_to_be() {
        // Eleven digits are a member number and a telephone number.
        let typed = "08000000001";
        assert!(matches!(Query::parse(Kind::Kpj, typed), Some(Query::Kpj(_))));
        assert!(matches!(Query::parse(Kind::Phone, typed), Some(Query::Contact(_))));
    }

    #[test]
    fn p05_without_a_reason_there_is_no_look() {
        assert_eq!(Reason::parse("", "a long reason"), Err(NoReason::Nothing));
        assert_eq!(Reason::parse("fun", "a long reason"), Err(NoReason::Nothing));
        assert_eq!(Reason::parse("call", "  short  "), Err(NoReason::Short));
        let spaced = "a    ".repeat(5);
        assert_eq!(Reason::parse("call", &spaced), Err(NoReason::Short), "spaces are no reason");
        assert_eq!(Reason::parse("call", &"a".repeat(501)), Err(NoReason::Long));
        let reason = Reason::parse("call", " asks why\nMay is missing ").unwrap();
        assert_eq!((reason.why, &*reason.text), (Why::Call, "asks why May is missing"));
    }

    #[test]
    fn m02_what_steers_a_terminal_is_no_reason() {
        assert_eq!(Reason::words("asks\u{1b}why\nMay").as_deref(), Ok("asks why May"));
        assert_eq!(Reason::words(&"\u{1b}".repeat(20)), Err(NoReason::Short));
    }

    #[test]
    fn every_word_is_found_by_itself() {
        assert!(Kind::ALL.iter().all(|kind| Kind::named(kind.name()) == Some(*kind)));
        assert!(Why::ALL.iter().all(|why| Why::named(why.name()) == Some(*why)));
        assert!(Field::ALL.iter().all(|field| Field::named(field.name()) == Some(*field)));
    }
}
