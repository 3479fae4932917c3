//! Passwords: the form they are hashed in, and whether a new one may be taken. How they are hashed
//! is `flows::hashing`'s business, how often they may be tried `lockout`'s.
//!
//! What stands behind the limits in here: `docs/decisions/passwords.md`.

mod common;
mod familiar;
mod guessing;
pub mod reset;

use std::time::Duration;

use unicode_normalization::UnicodeNormalization;

pub use self::familiar::Familiar;
pub use self::guessing::{Advice, Level, Strength};
use crate::secret::Secret;
use crate::time::Instant;

/// The most code points a password may have.
pub const LONGEST: usize = 128;

/// What an operator may ask of a new password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The fewest code points, where a second step always follows.
    pub least: u32,
    /// The fewest code points where the password is all that is asked.
    pub least_alone: u32,
    /// How many kinds of characters there must be; none by default.
    pub kinds: u32,
    /// After so long a new password is asked for; never by default.
    pub expires_after: Option<Duration>,
    /// After so long the member is reminded, gently: nothing stops working.
    pub remind_after: Option<Duration>,
    /// Words that everybody here would think of: the agency, its programmes.
    pub own_words: Vec<String>,
}

impl Policy {
    /// What is shipped.
    #[must_use]
    pub const fn shipped() -> Self {
        Self {
            least: 12,
            least_alone: 15,
            kinds: 0,
            expires_after: None,
            remind_after: Some(Duration::from_hours(180 * 24)),
            own_words: Vec::new(),
        }
    }

    /// Whether a new password may be taken, or the first thing that speaks against it.
    ///
    /// `is_alone`: no second step follows. What has leaked, and what is the old password once more,
    /// only `flows::passwords` can tell.
    pub fn accept(
        &self,
        typed: &Secret,
        familiar: &Familiar,
        is_alone: bool,
    ) -> Result<(), Refusal> {
        let least = self.least_of(is_alone);
        let Some(password) = normalised(typed) else { return Err(Refusal::Long) };
        let password = password.expose();
        if password.chars().count() < usize::try_from(least).unwrap_or(LONGEST) {
            return Err(Refusal::Short(least));
        }
        if kinds_in(password) < self.kinds {
            return Err(Refusal::Kinds(self.kinds));
        }
        if common::is_common(password, &self.own_words) {
            return Err(Refusal::Common);
        }
        if familiar.is_most_of(password) {
            return Err(Refusal::Personal);
        }
        Ok(())
    }

    /// The fewest code points; more where no second step follows.
    #[must_use]
    pub fn least_of(&self, is_alone: bool) -> u32 {
        if is_alone { self.least_alone.max(self.least) } else { self.least }
    }

    /// Whether it is time to remind the owner of a password set then.
    #[must_use]
    pub fn reminds(&self, set_at: Instant, now: Instant) -> bool {
        self.remind_after.is_some_and(|after| now.since(set_at) >= after)
    }

    /// Whether a password set then is too old to go on with.
    #[must_use]
    fn has_expired(&self, set_at: Instant, now: Instant) -> bool {
        self.expires_after.is_some_and(|after| now.since(set_at) >= after)
    }
}

/// Why an account has to get another password before anything else is done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MustChange {
    /// The owner said that somebody else used it.
    Disowned,
    /// It stands on a list of leaked ones.
    Leaked,
    /// The operator lets passwords serve for so long only.
    Expired,
}

/// When something was learnt about the password that is set: another one has no doubts yet. The moments
/// are not compared with the one it was set at, since a clock may be put back in between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Doubts {
    /// When its owner disowned it.
    pub disowned_at: Option<Instant>,
    /// When it was found on a list of leaked ones.
    pub leaked_at: Option<Instant>,
}

impl Policy {
    /// Why another password has to be set, if one has to: the gravest reason first.
    #[must_use]
    pub fn must_change(&self, set_at: Instant, doubts: Doubts, now: Instant) -> Option<MustChange> {
        if doubts.disowned_at.is_some() {
            Some(MustChange::Disowned)
        } else if doubts.leaked_at.is_some() {
            Some(MustChange::Leaked)
        } else {
            self.has_expired(set_at, now).then_some(MustChange::Expired)
        }
    }
}

/// Why a new password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// `pw.short`: it has fewer than so many code points.
    Short(u32),
    /// `pw.long`: it has more than [`LONGEST`].
    Long,
    /// The operator asks for so many kinds of characters.
    Kinds(u32),
    /// `pw.common`: it is among the first that anybody would try, or it has leaked.
    Common,
    /// `pw.personal`: it is little more than what is known about its owner.
    Personal,
    /// `pw.same`: it is the old one.
    Same,
}

/// The password in the one form that is hashed: NFC and nothing else changed.
///
/// `None` when it is longer than any password can be: it is wrong, and hashing a megabyte to say
/// so would serve an attacker.
#[must_use]
pub fn normalised(typed: &Secret) -> Option<Secret> {
    let within = typed.expose().chars().nth(LONGEST).is_none();
    within.then(|| Secret::new(typed.expose().nfc().collect()))
}

/// How hard a password is to guess, for the meter beside the field. It advises and decides nothing
///
#[must_use]
pub fn strength(typed: &Secret, familiar: &Familiar) -> Strength {
    Strength::of(typed.expose(), familiar.words())
}

/// Small letters, capitals, digits, anything else.
fn kinds_in(password: &str) -> u32 {
    let has = |kind: fn(char) -> bool| u32::from(password.chars().any(kind));
    has(char::is_lowercase)
        + has(char::is_uppercase)
        + has(char::is_numeric)
        + has(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    fn accept(typed: &str) -> Result<(), Refusal> {
        Policy::shipped().accept(&Secret::from(typed), &Familiar::default(), false)
    }

    #[test]
    fn one_letter_typed_two_ways_is_one_password() {
        let composed = normalised(&Secret::from("caf\u{e9}"));
        assert_eq!(composed, normalised(&Secret::from("cafe\u{301}")));
    }

    #[test]
    fn spaces_and_case_stay_as_typed() {
        assert_eq!(normalised(&Secret::from(" A b ")).unwrap().expose(), " A b ");
    }

    #[test]
    fn a_code_point_is_one_however_many_bytes_it_takes() {
        assert!(normalised(&Secret::new("☂".repeat(LONGEST))).is_some());
        assert!(normalised(&Secret::new("☂".repeat(LONGEST + 1))).is_none());
    }

    #[test]
    fn a01_twelve_code_points_are_enough_and_eleven_are_not() {
        assert_eq!(accept("kuda hujan k"), Ok(()));
        assert_eq!(accept("kuda hujan "), Err(Refusal::Short(12)));
        // Eleven letters whose accents were typed apart: counted as they are hashed.
        assert_eq!(accept("ke\u{301}da hujan "), Err(Refusal::Short(12)));
        let alone =
            Policy::shipped().accept(&Secret::from("kuda hujan k"), &Familiar::default(), true);
        assert_eq!(alone, Err(Refusal::Short(15)));
    }

    #[test]
    fn a02_what_is_too_long_is_said_to_be_so() {
        let sentence = "kopi pagi hujan sore ".repeat(7);
        assert_eq!(accept(&sentence[..LONGEST]), Ok(()));
        assert_eq!(accept(&sentence), Err(Refusal::Long));
    }

    #[test]
    fn a03_any_character_counts() {
        for typed in [
            "☂ kuda biru ☂ hujan",
            "пароль из слов",
            "カッパと雨の日の午後の傘",
            "a\u{7f}\t\nzr7qmx2p",
        ] {
            assert_eq!(accept(typed), Ok(()), "{typed}");
        }
    }

    #[test]
    fn a04_kinds_of_characters_are_asked_for_only_where_the_operator_says_so() {
        let strict = Policy { kinds: 3, ..Policy::shipped() };
        let accept = |typed: &str| strict.accept(&Secret::from(typed), &Familiar::default(), false);
        assert_eq!(accept("kudahujantanggasore"), Err(Refusal::Kinds(3)));
        assert_eq!(accept("kuda hujan Tangga sore"), Ok(()));
    }

    #[test]
    fn a04_a_password_that_somebody_else_may_know_has_to_be_changed() {
        let at = |minutes| NOON.plus(Duration::from_mins(minutes));
        let why = |doubts| Policy::shipped().must_change(NOON, doubts, at(60));
        let (disowned_at, leaked_at) = (Some(at(1)), Some(at(2)));
        assert_eq!(why(Doubts::default()), None);
        let leaked = Doubts { leaked_at, ..Doubts::default() };
        assert_eq!(why(leaked), Some(MustChange::Leaked));
        assert_eq!(why(Doubts { disowned_at, leaked_at }), Some(MustChange::Disowned));
        let earlier = Some(NOON.minus(Duration::from_secs(1)));
        let put_back = Doubts { disowned_at: earlier, leaked_at: None };
        assert_eq!(why(put_back), Some(MustChange::Disowned), "whatever the clock says");
        let yearly = Policy { expires_after: Some(Duration::from_hours(1)), ..Policy::shipped() };
        assert_eq!(yearly.must_change(NOON, Doubts::default(), at(60)), Some(MustChange::Expired));
    }

    #[test]
    fn a04_a_password_of_half_a_year_is_worth_a_reminder_and_nothing_more() {
        let half_a_year = Duration::from_hours(180 * 24);
        let policy = Policy::shipped();
        assert!(policy.reminds(NOON.minus(half_a_year), NOON));
        assert!(!policy.reminds(NOON.minus(half_a_year).plus(Duration::from_micros(1)), NOON));
        assert!(!policy.has_expired(Instant::from_micros(0), NOON));
        let silent = Policy { remind_after: None, ..Policy::shipped() };
        assert!(!silent.reminds(Instant::from_micros(0), NOON));
        let strict = Policy { expires_after: Some(half_a_year), ..Policy::shipped() };
        assert!(strict.has_expired(NOON.minus(half_a_year), NOON));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn judging_a_password_never_panics(typed in "\\PC{0,140}") {
            let _ = accept(&typed);
            let _ = strength(&Secret::from(&*typed), &Familiar::default());
        }

        /// Twelve characters that chance drew are never refused.
        #[test]
        fn what_chance_makes_is_taken(typed in "[a-km-zA-HJ-NP-Z]{16}") {
            prop_assert_eq!(accept(&typed), Ok(()));
        }

        /// Two spellings of the same text are judged the same.
        #[test]
        fn a03_the_spelling_of_an_accent_changes_nothing(typed in "[a-zé]{8,20}") {
            let apart: String = unicode_normalization::UnicodeNormalization::nfd(&*typed).collect();
            prop_assert_eq!(accept(&typed), accept(&apart));
        }
    }
}
