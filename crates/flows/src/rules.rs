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

/// Where a rule stands, as a reader of this language looks it up. The data writes it in English.
#[must_use]
pub fn source(language: Language, source: &str) -> String {
    match language {
        Language::Id => {
            let said = SOURCES_IN_INDONESIAN
                .iter()
                .fold(source.to_owned(), |said, (english, ours)| said.replace(english, ours));
            with_paragraphs(&said)
        }
        Language::En => source.to_owned(),
    }
}

/// What sources say beside the names of laws and of pages. What is said as a whole stands above its
/// parts.
const SOURCES_IN_INDONESIAN: &[(&str, &str)] = &[
    (
        "not settled by the law, assumed by this program",
        "tidak diatur tegas dalam peraturan, diasumsikan oleh program ini",
    ),
    ("the deposit rate of state banks", "bunga deposito bank pemerintah"),
    (
        "dentures, hearing aid and glasses, no limits found",
        "gigi tiruan, alat bantu dengar, dan kacamata, batasnya tidak ditemukan",
    ),
    (
        "chain with inflation 1.57%, itself unsourced",
        "dirangkai dengan inflasi 1,57%, yang tanpa sumber",
    ),
    ("derived from the ceiling of", "diturunkan dari batas upah tahun"),
    ("derived from the minimum of", "diturunkan dari pensiun terendah tahun"),
    (
        "derived: 4,598,100 x 1.0261, rounded up to Rp 100",
        "dihitung: 4.598.100 × 1,0261, dibulatkan ke atas ke Rp100",
    ),
    ("income tax art. 17", "PPh Pasal 17"),
    ("test data of a public payroll project", "data uji proyek penggajian terbuka"),
    ("public payroll source code", "kode sumber terbuka untuk penggajian"),
    ("public source code", "kode sumber terbuka"),
    ("letter of February 2026, cited as", "surat Februari 2026, dikutip sebagai"),
    (
        "news of February to April 2024, as the value before",
        "berita Februari sampai April 2024, sebagai angka sebelumnya",
    ),
    ("official letter quoted at", "surat resmi yang dikutip di"),
    ("an official FAQ", "tanya jawab resmi"),
    ("press clipping of the ministry", "kliping pers kementerian"),
    ("illustration at", "ilustrasi di"),
    ("not known before", "tidak diketahui sebelum"),
    ("lower, figure not found", "lebih rendah, angkanya tidak ditemukan"),
    ("no figure found", "angkanya tidak ditemukan"),
    ("none found", "tidak ditemukan"),
    ("not read", "belum dibaca"),
    ("as read by", "seperti dibaca oleh"),
    ("explanation", "penjelasan"),
    (", by ", ", menurut "),
    (", at ", ", di "),
    (" and as ", " dan sebagai "),
    (" and ", " dan "),
    (" of PP ", " PP "),
    (" art. ", " Pasal "),
    ("annex ", "Lampiran "),
    ("letter ", "surat "),
];

/// Paragraphs as Indonesian cites them: `Pasal 22(4)` is `Pasal 22 ayat (4)`.
fn with_paragraphs(source: &str) -> String {
    let mut said = String::with_capacity(source.len());
    for sign in source.chars() {
        if sign == '(' && said.ends_with(|before: char| before.is_ascii_alphanumeric()) {
            said.push_str(" ayat ");
        }
        said.push(sign);
    }
    said
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
    use std::collections::BTreeSet;

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
        for (written, indonesian) in [
            (
                "PP 44/2015 art. 24(3); PP 46/2015 art. 22(4)-(6)",
                "PP 44/2015 Pasal 24 ayat (3); PP 46/2015 Pasal 22 ayat (4)-(6)",
            ),
            (
                "annex I of PP 44/2015 and PP 82/2019, not read",
                "Lampiran I PP 44/2015 dan PP 82/2019, belum dibaca",
            ),
            (
                "PP 44/2015 annex II, as read by jaga-pekerja",
                "PP 44/2015 Lampiran II, seperti dibaca oleh jaga-pekerja",
            ),
            ("PP 6/2025 art. 4, at pasal.id", "PP 6/2025 Pasal 4, di pasal.id"),
            (
                "income tax art. 17, by test data of a public payroll project",
                "PPh Pasal 17, menurut data uji proyek penggajian terbuka",
            ),
            ("none found", "tidak ditemukan"),
        ] {
            assert_eq!(source(Language::Id, written), indonesian);
            assert_eq!(source(Language::En, written), written);
        }
    }

    #[test]
    fn no_english_word_of_a_source_is_left_in_indonesian() {
        // The names of laws and pages are the same in both languages, and so are a few words.
        let is_name = |word: &str| {
            let is_page =
                word.contains('.') || ["jaga-pekerja", "radarlambar", "tribunnews"].contains(&word);
            let is_law = ["PP", "UU", "Permenaker"].contains(&word);
            let is_same = ["April", "data", "program"].contains(&word);
            is_page || is_law || is_same || word.chars().all(|sign| "IVX".contains(sign))
        };
        let words = |said: &str| -> BTreeSet<String> {
            let bare = |word: &str| word.trim_matches([',', ';', ':', '.']).to_owned();
            let is_word =
                |word: &String| word.starts_with(char::is_alphabetic) && !word.contains('/');
            said.split(' ').map(bare).filter(is_word).collect()
        };
        let programmes = Programmes::shipped().unwrap();
        for rule in programmes.listed() {
            for row in &rule.rows {
                let said = source(Language::Id, row.source);
                let left = &words(row.source) & &words(&said);
                let left: Vec<&String> = left.iter().filter(|word| !is_name(word)).collect();
                assert!(left.is_empty(), "{left:?} in {said}, the source of {}", rule.name);
            }
        }
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
