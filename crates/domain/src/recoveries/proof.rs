//! How somebody proves at the support desk who they are, and that two officers have to say so.
//!
//! A document is seen by a person: nothing that can be known, guessed or asked counts (A-12, P-03).

use std::fmt;

use crate::contact::folded;
use crate::time::Instant;
use crate::words::words;

words! {
    /// How the proof is given.
    ProofWay {
        /// In person, at a branch office.
        Branch "branch",
        /// In an appointment by video.
        Video "video",
        /// With a letter of the employer, and the document with it.
        Letter "letter",
    }
}

words! {
    /// What was looked at. Its number is not kept.
    Document {
        /// The identity card.
        Ktp "ktp",
        /// A passport.
        Passport "passport",
    }
}

words! {
    /// Something that a member can say is out of reach.
    Thing {
        /// The mobile number.
        Phone "phone",
        /// The e-mail address.
        Email "email",
        /// The authenticator app.
        App "app",
        /// The passkeys, all of them.
        Passkeys "passkeys",
        /// The recovery codes.
        Codes "codes",
    }
}

/// What a member says is out of reach, or what an officer confirms of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lost(u8);

impl Lost {
    /// These things.
    #[must_use]
    pub fn of(things: impl IntoIterator<Item = Thing>) -> Self {
        Self(things.into_iter().fold(0, |all, thing| all | bit(thing)))
    }

    /// Reads words with anything between them; a word that is none of ours is `None`.
    #[must_use]
    pub fn parse(words: &str) -> Option<Self> {
        let named = words
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|word| !word.is_empty())
            .map(Thing::named);
        named.collect::<Option<Vec<_>>>().map(Self::of)
    }

    /// Whether this is among it.
    #[must_use]
    pub const fn has(self, thing: Thing) -> bool {
        self.0 & bit(thing) != 0
    }

    /// Whether it is nothing at all.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether everything in it is in the other one too.
    #[must_use]
    pub(super) const fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// The things, in their order.
    pub fn things(self) -> impl Iterator<Item = Thing> {
        Thing::ALL.iter().copied().filter(move |thing| self.has(*thing))
    }
}

const fn bit(thing: Thing) -> u8 {
    1 << thing as u8
}

/// `phone,email`, as it is kept.
impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.things().map(Thing::name).collect();
        f.write_str(&words.join(","))
    }
}

/// Somebody of the support desk. One person however the name is typed: two spellings are not two
/// officers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Officer(String);

impl Officer {
    /// Reads a name: 2 to 64 letters, digits, dots, hyphens.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let name = folded(typed);
        let is_name = (2..=64).contains(&name.chars().count())
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
        is_name.then_some(Self(name))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What one officer has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// How it was shown.
    pub way: ProofWay,
    /// What was shown.
    pub document: Document,
    /// What is out of reach, as far as it convinces. Nothing else is removed.
    pub lost: Lost,
}

/// The proof of a recovery, as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// What was seen.
    pub proof: Proof,
    /// By whom.
    pub by: Officer,
    /// When.
    pub at: Instant,
    /// The second officer who looked, and when.
    pub confirmed: Option<(Officer, Instant)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_is_read_back_as_it_is_kept() {
        let lost = Lost::of([Thing::Codes, Thing::Phone]);
        assert_eq!(lost.to_string(), "phone,codes");
        assert_eq!(Lost::parse(" codes phone "), Some(lost));
        assert_eq!(Lost::parse(""), Some(Lost::default()));
        assert_eq!(Lost::parse("phone,wallet"), None);
        assert!(lost.is_within(Lost::of(Thing::ALL.iter().copied())) && !lost.is_empty());
        assert!(!lost.is_within(Lost::of([Thing::Phone])) && !lost.has(Thing::App));
    }

    #[test]
    fn two_spellings_of_a_name_are_one_officer() {
        let lestari = Officer::parse("lestari");
        assert!(lestari.is_some());
        for typed in [" Lestari", "LESTARI", "les\u{200b}tari", "ｌｅｓｔａｒｉ"] {
            assert_eq!(Officer::parse(typed), lestari, "{typed}");
        }
        for typed in ["", "x", "lestari bayu", "a/b", &"x".repeat(65)] {
            assert_eq!(Officer::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn every_word_finds_its_own() {
        assert!(ProofWay::ALL.iter().all(|way| ProofWay::named(way.name()) == Some(*way)));
        assert!(Document::ALL.iter().all(|one| Document::named(one.name()) == Some(*one)));
        assert!(Thing::ALL.iter().all(|thing| Thing::named(thing.name()) == Some(*thing)));
    }
}
