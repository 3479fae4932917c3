//! Instants, the zones members live in, and the clock that is handed in.

use std::time::Duration;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// A moment, in whole microseconds since 1970-01-01T00:00Z.
///
/// Both databases keep this very number, so the same two moments compare the same everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// The moment so many microseconds after 1970 began, UTC.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// The first moment of a day in a zone.
    #[must_use]
    pub fn start_of(date: Date, zone: Zone) -> Self {
        let epoch = jiff::civil::date(1970, 1, 1);
        let days = i64::from((date - epoch).get_days());
        Self(days * 86_400_000_000 - zone.offset_micros())
    }

    /// Microseconds since 1970, as the databases keep it.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The moment `by` later; the last one there is when that is past the end of time.
    #[must_use]
    pub fn plus(self, by: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
    }

    /// The moment `by` earlier.
    #[must_use]
    pub fn minus(self, by: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
    }

    /// How long after `earlier` this is; zero when it is not after it.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// Wall-clock date and time in a zone, cut to whole seconds.
    #[must_use]
    pub fn civil(self, zone: Zone) -> DateTime {
        let seconds = self.0.saturating_add(zone.offset_micros()).div_euclid(1_000_000);
        jiff::Timestamp::from_second(seconds)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .datetime()
    }

    /// The calendar day in a zone.
    #[must_use]
    pub fn date(self, zone: Zone) -> Date {
        self.civil(zone).date()
    }

    /// RFC 3339 in UTC with whole seconds, for machines: `2026-08-17T07:05:00Z`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let seconds = self.0.div_euclid(1_000_000);
        jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
    }
}

/// The three zones of the country. None has summer time, so an offset is all there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Zone {
    /// Western time, UTC+7.
    #[default]
    Wib,
    /// Central time, UTC+8.
    Wita,
    /// Eastern time, UTC+9.
    Wit,
}

impl Zone {
    /// The short name that is printed after a clock time.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wib => "WIB",
            Self::Wita => "WITA",
            Self::Wit => "WIT",
        }
    }

    /// The zone with this short name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Wib, Self::Wita, Self::Wit].into_iter().find(|zone| zone.name() == name)
    }

    const fn offset_micros(self) -> i64 {
        let hours = match self {
            Self::Wib => 7,
            Self::Wita => 8,
            Self::Wit => 9,
        };
        hours * 3_600_000_000
    }
}

/// Where the time comes from. The program reads the machine's clock, tests hold one still.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Instant;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_moment_reads_two_hours_apart_in_the_west_and_the_east() {
        let noon_utc = Instant::from_micros(1_786_968_300_000_000);
        assert_eq!(noon_utc.rfc3339(), "2026-08-17T12:05:00Z");
        assert_eq!(noon_utc.civil(Zone::Wib).to_string(), "2026-08-17T19:05:00");
        assert_eq!(noon_utc.civil(Zone::Wit).to_string(), "2026-08-17T21:05:00");
    }

    #[test]
    fn a_day_starts_seven_hours_before_utc_does() {
        let day = jiff::civil::date(2026, 8, 17);
        let start = Instant::start_of(day, Zone::Wib);
        assert_eq!(start.rfc3339(), "2026-08-16T17:00:00Z");
        assert_eq!(start.date(Zone::Wib), day);
        assert_ne!(start.minus(Duration::from_micros(1)).date(Zone::Wib), day);
    }

    #[test]
    fn an_earlier_moment_is_no_time_after_a_later_one() {
        let (early, late) = (Instant::from_micros(5), Instant::from_micros(9));
        assert_eq!(early.since(late), Duration::ZERO);
        assert_eq!(late.since(early), Duration::from_micros(4));
    }
}
