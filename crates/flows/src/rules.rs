//! Rules in words: what the command line prints of them and pages say beside a number.

use payung_domain::language::Language;
use payung_domain::money::Rupiah;
use payung_domain::programmes::{Mark, Part, Rate, Step, Unit, Value};
use payung_texts::{Texts, Value as Place, formats};

/// What a rule is called.
#[must_use]
pub fn name(language: Language, rule: &str) -> String {
    Texts::shipped().say(language, &format!("rule-{}", rule.replace('.', "-")), &[])
}

/// Where a rule stands, as a reader of this language looks it up: the data writes "art.".
#[must_use]
pub fn source(language: Language, source: &str) -> String {
    match language {
        Language::Id => source.replace(" art. ", " Pasal ").replace(" annex ", " Lampiran "),
        Language::En => source.to_owned(),
    }
}

/// How sure a rule is, in words.
#[must_use]
pub fn mark(language: Language, mark: Mark) -> String {
    let key = match mark {
        Mark::A => "rule-mark-a",
        Mark::B => "rule-mark-b",
        Mark::C => "rule-mark-c",
        Mark::D => "rule-mark-d",
        Mark::U => "rule-mark-u",
        Mark::Assumption => "rule-mark-assumption",
    };
    Texts::shipped().say(language, key, &[])
}

/// What a rule says, in one line; a table is only counted.
#[must_use]
pub fn brief(language: Language, parts: &[(Part, Value)]) -> String {
    in_words(language, parts, |value| match value {
        Value::Steps(steps) => counted(language, "rule-steps", steps.len()),
        Value::Bands(bands) => counted(language, "rule-steps", bands.len()),
        other => self::value(language, other),
    })
}

/// What a rule says, all of it.
#[must_use]
pub fn whole(language: Language, parts: &[(Part, Value)]) -> String {
    in_words(language, parts, |said| value(language, said))
}

fn in_words(language: Language, parts: &[(Part, Value)], say: impl Fn(&Value) -> String) -> String {
    let said: Vec<String> =
        parts.iter().map(|(part, value)| part_in_words(language, *part, say(value))).collect();
    said.join(", ")
}

fn part_in_words(language: Language, part: Part, value: String) -> String {
    let key = match part {
        Part::Whole => return value,
        Part::Class(class) => {
            let places = [("class", Place::from(class.code())), ("value", value.into())];
            return Texts::shipped().say(language, "rule-part-class", &places);
        }
        Part::Employer => "rule-part-employer",
        Part::Worker => "rule-part-worker",
        Part::Ceiling => "rule-part-ceiling",
        Part::State => "rule-part-state",
        Part::OutOfJkk => "rule-part-out-of-jkk",
        Part::OutOfJkm => "rule-part-out-of-jkm",
        Part::MonthsAfter => "rule-part-months-after",
        Part::RollsOver => "rule-part-rolls-over",
        Part::Until => "rule-part-until",
        Part::Declared => "rule-part-declared",
    };
    Texts::shipped().say(language, key, &[("value", value.into())])
}

/// What a rule says that has one part.
#[must_use]
pub fn value(language: Language, value: &Value) -> String {
    let money = |amount: &Rupiah| formats::money(language, *amount);
    let percent = |rate: &Rate| formats::percent(language, *rate);
    match value {
        Value::Rupiah(amount) => money(amount),
        Value::Percent(rate) => percent(rate),
        Value::Count(count, unit) => self::count(language, *count, *unit),
        Value::Word(word) => self::word(language, word),
        Value::List(words) => {
            words.iter().map(|word| self::word(language, word)).collect::<Vec<_>>().join("; ")
        }
        Value::Amounts(amounts) => amounts.iter().map(money).collect::<Vec<_>>().join(", "),
        Value::Steps(steps) => {
            let steps = steps.iter().map(|Step { up_to, percent: rate }| (*up_to, percent(rate)));
            ladder(language, steps)
        }
        Value::Bands(bands) => {
            ladder(language, bands.iter().map(|(up_to, base)| (*up_to, money(base))))
        }
        Value::Unknown => Texts::shipped().say(language, "rule-unknown", &[]),
    }
}

/// So many of something: `3 bulan`.
#[must_use]
pub fn count(language: Language, count: u32, unit: Unit) -> String {
    let key = match unit {
        Unit::Days => "rule-days",
        Unit::WorkingDays => "rule-working-days",
        Unit::Months => "rule-months",
        Unit::Years => "rule-years",
        Unit::Hours => "rule-hours",
        Unit::Times => "rule-times",
        Unit::Persons => "rule-persons",
        Unit::DayOfMonth => "rule-day-of-month",
    };
    Texts::shipped().say(language, key, &[("n", count.into())])
}

/// A word of a rule; a day is written as days are.
#[must_use]
pub fn word(language: Language, word: &str) -> String {
    match word.parse() {
        Ok(day) => formats::date(language, day),
        Err(_) => Texts::shipped().say(language, &format!("rule-word-{word}"), &[]),
    }
}

fn ladder(language: Language, steps: impl Iterator<Item = (Option<Rupiah>, String)>) -> String {
    let said = steps.map(|(up_to, value)| match up_to {
        Some(end) => {
            let end = formats::money(language, end);
            let places = [("end", Place::from(end)), ("value", value.into())];
            Texts::shipped().say(language, "rule-step", &places)
        }
        None => Texts::shipped().say(language, "rule-step-above", &[("value", value.into())]),
    });
    said.collect::<Vec<_>>().join("; ")
}

fn counted(language: Language, key: &str, count: usize) -> String {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    Texts::shipped().say(language, key, &[("n", count.into())])
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use payung_domain::programmes::Programmes;

    use super::*;

    fn brief_of(rule: &str, language: Language) -> String {
        brief_on(date(2026, 11, 23), rule, language)
    }

    fn brief_on(day: Date, rule: &str, language: Language) -> String {
        let programmes = Programmes::shipped().unwrap();
        let listed = programmes.listed();
        let listed = listed.iter().find(|listed| listed.name == rule).unwrap();
        brief(language, &listed.on(day).unwrap().parts)
    }

    #[test]
    fn a_return_that_is_taken_as_declared_says_that_it_is_an_assumption() {
        let said = brief_on(date(2024, 12, 31), "return.jht", Language::En);
        assert_eq!(said, "5%, taken as declared for the demonstration, an assumption: yes");
        assert_eq!(brief_on(date(2025, 1, 1), "return.jht", Language::En), "5%");
    }

    #[test]
    fn a_rule_is_said_in_both_languages() {
        for (rule, indonesian, english) in [
            ("jkm.payout", "3 hari kerja", "3 working days"),
            ("rate.jht.pu", "pemberi kerja 3,7%, pekerja 2%", "employer 3.7%, worker 2%"),
            ("bands.bpu", "33 lapis", "33 slices"),
            ("jp.minimum", "belum dipublikasikan", "not published"),
            ("penalty.growth", "tidak berbunga", "does not grow"),
        ] {
            assert_eq!(brief_of(rule, Language::Id), indonesian);
            assert_eq!(brief_of(rule, Language::En), english);
        }
    }

    #[test]
    fn a_source_is_cited_as_its_reader_looks_it_up() {
        let written = "PP 44/2015 art. 24(3); PP 46/2015 art. 22(4)-(6)";
        assert_eq!(
            source(Language::Id, written),
            "PP 44/2015 Pasal 24(3); PP 46/2015 Pasal 22(4)-(6)"
        );
        assert_eq!(source(Language::En, written), written);
    }

    #[test]
    fn every_rule_and_every_word_in_it_has_a_name_in_both_languages() {
        let programmes = Programmes::shipped().unwrap();
        for rule in programmes.listed() {
            for language in Language::ALL {
                assert!(!name(language, &rule.name).starts_with("rule-"), "{}", rule.name);
                for row in &rule.rows {
                    let said = whole(language, &row.parts);
                    assert!(!said.contains("rule-"), "{}: {said}", rule.name);
                }
            }
        }
    }
}
