//! How the service is doing, part by part: measured where the program can know it, said by staff where
//! it cannot. The worse of the two is what people read.

use std::time::Duration;

use uuid::Uuid;

use crate::announcements::{LONGEST, Unfit};
use crate::language::Language;
use crate::time::Instant;

/// A part of the service, as members know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Signing in.
    SignIn,
    /// Contributions and balance.
    Records,
    /// Statements, as documents.
    Statements,
    /// Other applications of the programme that people sign in to with their account.
    Applications,
    /// Codes by text message.
    Sms,
    /// Codes and letters by e-mail.
    Email,
    /// Claims and payouts.
    Claims,
    /// The help line.
    HelpLine,
}

impl Part {
    /// All, in the order they are read.
    pub const ALL: [Self; 8] = [
        Self::SignIn,
        Self::Records,
        Self::Statements,
        Self::Applications,
        Self::Sms,
        Self::Email,
        Self::Claims,
        Self::HelpLine,
    ];

    /// The word in rows, in forms and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Records => "records",
            Self::Statements => "statements",
            Self::Applications => "applications",
            Self::Sms => "sms",
            Self::Email => "email",
            Self::Claims => "claims",
            Self::HelpLine => "help-line",
        }
    }

    /// The part of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == word)
    }
}

/// How a part is doing; a later one is worse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// As it should.
    #[default]
    Works,
    /// Later than it should.
    Slow,
    /// Not at all.
    Closed,
}

impl Condition {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Works, Self::Slow, Self::Closed];

    /// The word in rows, in forms and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Slow => "slow",
            Self::Closed => "closed",
        }
    }

    /// The condition of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|condition| condition.name() == word)
    }
}

/// Who knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The program measured it.
    Measured,
    /// Somebody of the staff said it.
    Said,
}

impl Source {
    /// The word in rows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Said => "said",
        }
    }

    /// The source of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        [Self::Measured, Self::Said].into_iter().find(|source| source.name() == word)
    }
}

/// A while in which a part was not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Episode {
    /// Its random id.
    pub id: Uuid,
    /// Of which part.
    pub part: Part,
    /// Who knows it.
    pub source: Source,
    /// How the part was.
    pub condition: Condition,
    /// What is said of it in Indonesian; nothing, where it was measured.
    pub indonesian: String,
    /// The same in English.
    pub english: String,
    /// Who said so; nobody, where it was measured.
    pub set_by: String,
    /// Since when.
    pub began_at: Instant,
    /// Until when, if it is over.
    pub ended_at: Option<Instant>,
}

impl Episode {
    /// What is said of it.
    #[must_use]
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Id => &self.indonesian,
            Language::En => &self.english,
        }
    }

    /// Whether staff may say it as it is: something is wrong, and both languages tell what.
    pub fn check(&self) -> Result<(), Unfit> {
        let texts = [&self.indonesian, &self.english];
        if texts.iter().any(|text| text.trim().is_empty()) {
            Err(Unfit::OneLanguageOnly)
        } else if texts.iter().any(|text| text.chars().count() > LONGEST) {
            Err(Unfit::TooLong)
        } else {
            Ok(())
        }
    }
}

/// A message that waits for longer than this is late.
pub const LATE: Duration = Duration::from_mins(2);

/// Messages are counted for so long when it is asked whether they get through.
pub const COUNTED: Duration = Duration::from_mins(15);

/// So many messages that fail are no accident.
const MANY: i64 = 3;

/// How a channel of messages is doing: by what waits, and by what failed and what left lately.
#[must_use]
pub fn of_channel(oldest_due: Option<Instant>, failed: i64, sent: i64, now: Instant) -> Condition {
    if failed >= MANY && sent == 0 {
        Condition::Closed
    } else if (failed >= MANY && failed >= sent / 4) || is_late(oldest_due, now) {
        Condition::Slow
    } else {
        Condition::Works
    }
}

/// Whether what has been due since then should have left by now.
#[must_use]
pub fn is_late(oldest_due: Option<Instant>, now: Instant) -> bool {
    oldest_due.is_some_and(|due| now.since(due) > LATE)
}

/// What people read of one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The part.
    pub part: Part,
    /// How it is.
    pub condition: Condition,
    /// Since when, where that is known.
    pub since: Option<Instant>,
    /// What staff say of it, in both languages: Indonesian, English.
    pub text: Option<(String, String)>,
}

/// How a part stands: the worse of what is measured now and what is said. What is said explains what is
/// measured too, and it began with whichever began first.
#[must_use]
pub fn standing(part: Part, measured: Condition, open: &[Episode]) -> Standing {
    let of = |source| open.iter().find(|one| one.part == part && one.source == source);
    let (seen, said) = (of(Source::Measured), of(Source::Said));
    let condition = said.map_or(measured, |said| said.condition.max(measured));
    let began = |episode: Option<&Episode>| episode.map(|episode| episode.began_at);
    let since_measured = began(seen).filter(|_| measured != Condition::Works);
    let since = match (since_measured, began(said)) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    let text = said.map(|said| (said.indonesian.clone(), said.english.clone()));
    Standing { part, condition, since, text }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    fn episode(source: Source, condition: Condition, minutes: u64) -> Episode {
        let words = |text: &str| match source {
            Source::Said => text.to_owned(),
            Source::Measured => String::new(),
        };
        Episode {
            id: Uuid::from_u128(u128::from(minutes)),
            part: Part::Sms,
            source,
            condition,
            indonesian: words("Operator terganggu."),
            english: words("The operator has a fault."),
            set_by: words("bayu"),
            began_at: NOON.plus(Duration::from_mins(minutes)),
            ended_at: None,
        }
    }

    #[test]
    fn every_word_is_found_again() {
        assert!(Part::ALL.iter().all(|part| Part::named(part.name()) == Some(*part)));
        assert!(Condition::ALL.iter().all(|one| Condition::named(one.name()) == Some(*one)));
        for source in [Source::Measured, Source::Said] {
            assert_eq!(Source::named(source.name()), Some(source));
        }
        let nothing = (Part::named("moon"), Condition::named(""), Source::named("x"));
        assert_eq!(nothing, (None, None, None));
    }

    #[test]
    fn the_worse_of_what_is_measured_and_what_is_said_is_read() {
        let said = [episode(Source::Said, Condition::Slow, 5)];
        for (measured, read) in [
            (Condition::Works, Condition::Slow),
            (Condition::Slow, Condition::Slow),
            (Condition::Closed, Condition::Closed),
        ] {
            let standing = standing(Part::Sms, measured, &said);
            assert_eq!((standing.condition, standing.text.is_some()), (read, true));
        }
        let other = standing(Part::Email, Condition::Works, &said);
        assert_eq!((other.condition, other.since, other.text), (Condition::Works, None, None));
    }

    #[test]
    fn a_channel_is_slow_when_messages_wait_or_fail_and_closed_when_none_gets_through() {
        let due = |seconds| Some(NOON.minus(Duration::from_secs(seconds)));
        for (oldest, failed, sent, condition) in [
            (None, 0, 0, Condition::Works),
            (due(120), 0, 9, Condition::Works),
            (due(121), 0, 9, Condition::Slow),
            (None, 2, 0, Condition::Works),
            (None, 3, 0, Condition::Closed),
            (None, 3, 12, Condition::Slow),
            (None, 3, 16, Condition::Works),
        ] {
            let is = of_channel(oldest, failed, sent, NOON);
            assert_eq!(is, condition, "{failed} failed, {sent} sent");
        }
    }

    #[test]
    fn it_began_with_whichever_began_first() {
        let open = [
            episode(Source::Measured, Condition::Slow, 2),
            episode(Source::Said, Condition::Slow, 5),
        ];
        let at = |minutes| Some(NOON.plus(Duration::from_mins(minutes)));
        assert_eq!(standing(Part::Sms, Condition::Slow, &open).since, at(2));
        assert_eq!(standing(Part::Sms, Condition::Works, &open).since, at(5), "measured no more");
        assert_eq!(standing(Part::Sms, Condition::Slow, &open[..1]).since, at(2));
    }

    #[test]
    fn both_languages_tell_what_is_wrong() {
        let fine = episode(Source::Said, Condition::Closed, 0);
        assert_eq!(fine.check(), Ok(()));
        let half = Episode { english: " ".to_owned(), ..fine.clone() };
        assert_eq!(half.check(), Err(Unfit::OneLanguageOnly));
        let long = Episode { indonesian: "x".repeat(LONGEST + 1), ..fine };
        assert_eq!(long.check(), Err(Unfit::TooLong));
    }
}
