//! Codes that prove a contact outside of a sign-in: while an account is opened, a contact changed, an
//! account recovered or a forgotten password replaced.
//!
//! Such a code belongs to one undertaking, one purpose and one destination, and means nothing
//! anywhere else (R3). How codes look and how often they may be sent is `second_factor`'s business.

use crate::ids::AccountId;
use crate::keyed::{Key, Tag};
use crate::language::Language;
use crate::lockout::Counter;
use crate::second_factor::{Destination, PAUSE, PAUSED_AT};
use crate::time::Instant;

/// What a contact is proved for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// An account is opened.
    Activation,
    /// A contact of an account is added or exchanged.
    Change,
    /// Somebody who lost every contact wants to be reached by a new one.
    Recovery,
    /// A forgotten password is replaced, of an account that no link can be sent to.
    Reset,
    /// Two officers exchange the number of an account.
    Desk,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Activation, Self::Change, Self::Recovery, Self::Reset, Self::Desk];

    /// The word in rows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Activation => "activation",
            Self::Change => "change",
            Self::Recovery => "recovery",
            Self::Reset => "reset",
            Self::Desk => "desk",
        }
    }
}

/// Something that goes on over several pages and proves contacts on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undertaking {
    /// Names it: the hash of its token, or of the id of its row.
    pub id: Tag,
    /// What for.
    pub purpose: Purpose,
    /// Whose it is, where that is known. The inbox of that account shows what was sent.
    pub account: Option<AccountId>,
    /// The language of its messages.
    pub language: Language,
}

impl Undertaking {
    /// What a code is bound to (B-03): the tag of the same digits differs for another undertaking,
    /// purpose or destination.
    #[must_use]
    pub fn binding(&self, key: &Key, to: &Destination) -> Tag {
        let channel: &[u8] = match to {
            Destination::Sms(_) => b"sms",
            Destination::Email(_) => b"email",
        };
        let purpose = self.purpose.name().as_bytes();
        key.tag(&[b"contact code", &self.id, purpose, channel, to.expose().as_bytes()])
    }
}

/// Counts one try, unless it has to wait: until when, then.
///
/// Ten misses pause for a quarter of an hour, as at the second step, but no number of them shuts a
/// contact for ever: it may be a stranger who misses on somebody else's address (L4), and no more
/// than some fifty guesses a day can hit, because codes are sent ten times a day and void after five
/// misses.
pub fn count_try(counter: Counter, now: Instant) -> Result<Counter, Instant> {
    if now < counter.paused_until {
        return Err(counter.paused_until);
    }
    let misses = counter.misses.saturating_add(1);
    let paused_until = if misses.is_multiple_of(PAUSED_AT) { now.plus(PAUSE) } else { now };
    Ok(Counter { misses, paused_until })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::contact::{Email, Phone};
    use crate::second_factor::{Code, VOIDED_AT, voids_codes};

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    fn undertaking(purpose: Purpose) -> Undertaking {
        Undertaking { id: [1; 32], purpose, account: None, language: Language::Id }
    }

    #[test]
    fn r3_a_code_is_bound_to_its_undertaking_purpose_and_destination() {
        let key = Key::new([1; 32]);
        let code = Code::parse("123456").unwrap();
        let siti = Destination::Email(Email::parse("siti@peserta.example").unwrap());
        let others = [
            Destination::Email(Email::parse("budi@peserta.example").unwrap()),
            Destination::Sms(Phone::parse("0800 0000 0001").unwrap()),
        ];
        let tag = |undertaking: Undertaking, to: &Destination| {
            code.tag(&key, &undertaking.binding(&key, to))
        };
        let known = tag(undertaking(Purpose::Change), &siti);
        for purpose in [Purpose::Activation, Purpose::Recovery, Purpose::Reset] {
            assert_ne!(tag(undertaking(purpose), &siti), known);
        }
        for other in &others {
            assert_ne!(tag(undertaking(Purpose::Change), other), known);
        }
        let elsewhere = Undertaking { id: [2; 32], ..undertaking(Purpose::Change) };
        assert_ne!(tag(elsewhere, &siti), known);
        assert_eq!(tag(undertaking(Purpose::Change), &siti), known);
    }

    #[test]
    fn every_purpose_has_a_word_of_its_own() {
        let mut words: Vec<&str> = Purpose::ALL.iter().map(|purpose| purpose.name()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Purpose::ALL.len());
    }

    #[test]
    fn b04_the_tenth_miss_pauses_for_a_quarter_of_an_hour() {
        let (mut counter, mut tries) = (Counter::NEW, 0);
        let until = loop {
            match count_try(counter, NOON) {
                Ok(next) => (counter, tries) = (next, tries + 1),
                Err(until) => break until,
            }
        };
        assert_eq!((tries, until), (10, NOON.plus(PAUSE)));
        assert!(count_try(counter, until).is_ok());
        assert!(voids_codes(VOIDED_AT));
    }

    proptest! {
        /// L4: whoever misses on somebody's address for years keeps it for a quarter of an hour.
        #[test]
        fn l4_no_number_of_misses_shuts_a_contact_for_longer(misses: u32, waited in 900_u64..100_000) {
            let counter = Counter { misses, paused_until: NOON };
            let later = NOON.plus(std::time::Duration::from_secs(waited));
            let counted = count_try(counter, NOON);
            prop_assert!(counted.is_ok_and(|next| count_try(next, later).is_ok()));
        }
    }
}
