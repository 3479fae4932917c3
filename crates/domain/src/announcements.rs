//! What the operator has to say to everybody: planned work, a fault, a change.

use uuid::Uuid;

use crate::language::Language;
use crate::time::Instant;

/// The most letters of one: two lines of a phone are about ninety.
pub const LONGEST: usize = 180;

/// A text in both languages, shown on every page from one moment to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Its random id.
    pub id: Uuid,
    /// In Indonesian.
    pub indonesian: String,
    /// In English.
    pub english: String,
    /// Shown from then on.
    pub begins_at: Instant,
    /// Not shown any more from then on.
    pub ends_at: Instant,
}

/// Why a text cannot be announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// One language has nothing to read.
    OneLanguageOnly,
    /// It would take more than two lines.
    TooLong,
    /// It would end before it begins, or is over already.
    EndsTooSoon,
}

impl Announcement {
    /// Whether it can be shown as it is.
    pub fn check(&self, now: Instant) -> Result<(), Unfit> {
        let texts = [&self.indonesian, &self.english];
        if texts.iter().any(|text| text.trim().is_empty()) {
            Err(Unfit::OneLanguageOnly)
        } else if texts.iter().any(|text| text.chars().count() > LONGEST) {
            Err(Unfit::TooLong)
        } else if self.ends_at <= self.begins_at.max(now) {
            Err(Unfit::EndsTooSoon)
        } else {
            Ok(())
        }
    }

    /// Whether it is shown now.
    #[must_use]
    pub fn is_on(&self, now: Instant) -> bool {
        self.begins_at <= now && now < self.ends_at
    }

    /// What it says.
    #[must_use]
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Id => &self.indonesian,
            Language::En => &self.english,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    fn announcement() -> Announcement {
        Announcement {
            id: Uuid::nil(),
            indonesian: "Ditutup malam ini.".to_owned(),
            english: "Closed tonight.".to_owned(),
            begins_at: NOON,
            ends_at: NOON.plus(Duration::from_hours(1)),
        }
    }

    #[test]
    fn it_is_shown_from_its_first_moment_to_before_its_last() {
        let shown = announcement();
        assert!(!shown.is_on(NOON.minus(Duration::from_micros(1))) && shown.is_on(NOON));
        assert!(!shown.is_on(shown.ends_at));
        assert_eq!(shown.text(Language::En), "Closed tonight.");
    }

    #[test]
    fn both_languages_must_be_there_and_fit_two_lines() {
        assert_eq!(announcement().check(NOON), Ok(()));
        let half = Announcement { english: " ".to_owned(), ..announcement() };
        assert_eq!(half.check(NOON), Err(Unfit::OneLanguageOnly));
        let long = Announcement { english: "x".repeat(LONGEST + 1), ..announcement() };
        assert_eq!(long.check(NOON), Err(Unfit::TooLong));
        let over = Announcement { ends_at: NOON, ..announcement() };
        assert_eq!(over.check(NOON), Err(Unfit::EndsTooSoon));
        assert_eq!(announcement().check(announcement().ends_at), Err(Unfit::EndsTooSoon));
    }
}
