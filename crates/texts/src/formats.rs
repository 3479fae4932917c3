//! How amounts, days, times and months are written: one function for a thing, both languages.

use std::time::Duration;

use jiff::civil::Date;
use payung_domain::language::Language;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Rate;
use payung_domain::time::{Instant, Zone};

const MONTHS: [(&str, &str); 12] = [
    ("Januari", "January"),
    ("Februari", "February"),
    ("Maret", "March"),
    ("April", "April"),
    ("Mei", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("Agustus", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Desember", "December"),
];

/// `Rp1.250.000` or `Rp1,250,000`; the minus sign of a debt stands in front of `Rp`.
#[must_use]
pub fn money(language: Language, amount: Rupiah) -> String {
    let separator = match language {
        Language::Id => '.',
        Language::En => ',',
    };
    let grouped = amount.grouped(separator);
    match grouped.strip_prefix('\u{2212}') {
        Some(debt) => format!("\u{2212}Rp{debt}"),
        None => format!("Rp{grouped}"),
    }
}

/// `5,7%` or `5.7%`, with as many decimals as there are.
#[must_use]
pub fn percent(language: Language, rate: Rate) -> String {
    let (whole, rest) = (rate.ppm() / 10_000, rate.ppm() % 10_000);
    let decimals = format!("{rest:04}");
    let decimals = decimals.trim_end_matches('0');
    match (decimals, language) {
        ("", _) => format!("{whole}%"),
        (decimals, Language::Id) => format!("{whole},{decimals}%"),
        (decimals, Language::En) => format!("{whole}.{decimals}%"),
    }
}

/// `17 Agustus 2026` or `17 August 2026`.
#[must_use]
pub fn date(language: Language, day: Date) -> String {
    format!("{} {} {}", day.day(), month_name(language, day.month()), day.year())
}

/// `17 Agustus 2026, 14.05 WIB` or `17 August 2026, 2:05 pm WIB`.
#[must_use]
pub fn date_time(language: Language, moment: Instant, zone: Zone) -> String {
    format!("{}, {}", date(language, moment.date(zone)), clock_time(language, moment, zone))
}

/// `14.05 WIB` or `2:05 pm WIB`. The zone is always said: the country has three.
#[must_use]
pub fn clock_time(language: Language, moment: Instant, zone: Zone) -> String {
    let civil = moment.civil(zone);
    let (hour, minute, zone) = (civil.hour(), civil.minute(), zone.name());
    match language {
        Language::Id => format!("{hour:02}.{minute:02} {zone}"),
        Language::En => {
            let half = if hour < 12 { "am" } else { "pm" };
            let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
            format!("{hour}:{minute:02} {half} {zone}")
        }
    }
}

/// `Juli 2026` or `July 2026`.
#[must_use]
pub fn month(language: Language, month: Month) -> String {
    format!("{} {}", month_name(language, month.number()), month.year())
}

/// `Agu` or `Aug`: the first three letters, for headings of narrow columns.
#[must_use]
pub fn short_month(language: Language, month: Month) -> &'static str {
    let name = month_name(language, month.number());
    name.get(..3).unwrap_or(name)
}

/// `30 detik` or `30 seconds`, `2 menit`, `1 jam 30 menit`: the two largest parts, whole.
#[must_use]
pub fn duration(language: Language, length: Duration) -> String {
    let seconds = length.as_secs();
    let parts = [(seconds / 3600, 0), (seconds / 60 % 60, 1), (seconds % 60, 2)];
    let largest = parts.iter().position(|(count, _)| *count > 0).unwrap_or(2);
    let said: Vec<String> = parts[largest..parts.len().min(largest + 2)]
        .iter()
        .filter(|(count, unit)| *count > 0 || (*unit == 2 && seconds == 0))
        .map(|(count, unit)| counted(language, *count, *unit))
        .collect();
    said.join(" ")
}

/// One and many of a unit of time: `minute`, `minutes`. Scripts that count down use it too.
#[must_use]
pub const fn unit(language: Language, unit: Unit) -> [&'static str; 2] {
    match (language, unit) {
        (Language::Id, Unit::Hour) => ["jam", "jam"],
        (Language::Id, Unit::Minute) => ["menit", "menit"],
        (Language::Id, Unit::Second) => ["detik", "detik"],
        (Language::En, Unit::Hour) => ["hour", "hours"],
        (Language::En, Unit::Minute) => ["minute", "minutes"],
        (Language::En, Unit::Second) => ["second", "seconds"],
    }
}

/// Units in which a duration is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Sixty minutes.
    Hour,
    /// Sixty seconds.
    Minute,
    /// One second.
    Second,
}

fn counted(language: Language, count: u64, place: usize) -> String {
    let [one, many] = unit(language, [Unit::Hour, Unit::Minute, Unit::Second][place]);
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `Juli` or `July`, of 7.
#[must_use]
pub fn month_name(language: Language, number: i8) -> &'static str {
    let place = usize::try_from(number - 1).unwrap_or_default();
    let (indonesian, english) = MONTHS.get(place).copied().unwrap_or_default();
    match language {
        Language::Id => indonesian,
        Language::En => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Language; 2] = Language::ALL;

    fn afternoon() -> Instant {
        let midnight = Instant::start_of(jiff::civil::date(2026, 8, 17), Zone::Wib);
        midnight.plus(Duration::from_secs(14 * 3600 + 5 * 60 + 59))
    }

    #[test]
    fn rates_keep_the_decimals_they_have() {
        for (text, id, en) in
            [("5%", "5%", "5%"), ("5.70%", "5,7%", "5.7%"), ("0.24%", "0,24%", "0.24%")]
        {
            let rate = Rate::parse(text).unwrap();
            assert_eq!([percent(Language::Id, rate), percent(Language::En, rate)], [id, en]);
        }
    }

    #[test]
    fn money_is_grouped_the_way_each_language_groups() {
        for (amount, indonesian, english) in [
            (0, "Rp0", "Rp0"),
            (1_250_000, "Rp1.250.000", "Rp1,250,000"),
            (-5_000, "−Rp5.000", "−Rp5,000"),
        ] {
            assert_eq!(BOTH.map(|l| money(l, Rupiah::new(amount))), [indonesian, english]);
        }
    }

    #[test]
    fn days_and_months_are_spelled_out() {
        let day = jiff::civil::date(2026, 8, 17);
        assert_eq!(BOTH.map(|l| date(l, day)), ["17 Agustus 2026", "17 August 2026"]);
        let july = Month::new(2026, 7).unwrap();
        assert_eq!(BOTH.map(|l| month(l, july)), ["Juli 2026", "July 2026"]);
        assert_eq!(BOTH.map(|l| short_month(l, july.next())), ["Agu", "Aug"]);
    }

    #[test]
    fn a_moment_says_its_zone() {
        assert_eq!(
            BOTH.map(|l| date_time(l, afternoon(), Zone::Wib)),
            ["17 Agustus 2026, 14.05 WIB", "17 August 2026, 2:05 pm WIB"]
        );
        assert_eq!(
            BOTH.map(|l| clock_time(l, afternoon(), Zone::Wit)),
            ["16.05 WIT", "4:05 pm WIT"]
        );
    }

    #[test]
    fn midnight_and_noon_are_twelve_in_english() {
        let midnight = Instant::start_of(jiff::civil::date(2026, 8, 17), Zone::Wib);
        assert_eq!(clock_time(Language::En, midnight, Zone::Wib), "12:00 am WIB");
        assert_eq!(clock_time(Language::Id, midnight, Zone::Wib), "00.00 WIB");
        let noon = midnight.plus(Duration::from_hours(12));
        assert_eq!(clock_time(Language::En, noon, Zone::Wib), "12:00 pm WIB");
    }

    #[test]
    fn a_duration_is_said_in_its_two_largest_parts() {
        for (seconds, indonesian, english) in [
            (0, "0 detik", "0 seconds"),
            (1, "1 detik", "1 second"),
            (30, "30 detik", "30 seconds"),
            (120, "2 menit", "2 minutes"),
            (95, "1 menit 35 detik", "1 minute 35 seconds"),
            (5_400, "1 jam 30 menit", "1 hour 30 minutes"),
            (86_400, "24 jam", "24 hours"),
            (3_601, "1 jam", "1 hour"),
        ] {
            let length = Duration::from_secs(seconds);
            assert_eq!(BOTH.map(|l| duration(l, length)), [indonesian, english], "{seconds}");
        }
    }
}
