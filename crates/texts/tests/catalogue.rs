//! The catalogue is whole: both languages say the same things, everything said in code is there,
//! and nothing is kept that nobody says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use payung_domain::language::Language;
use payung_domain::programmes::{Programmes, Value as RuleValue};
use payung_texts::{FILES, Texts, Value};

/// Every text of a language: its key and the places in it.
fn texts(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for (area, indonesian, english) in FILES {
        let file = match language {
            Language::Id => indonesian,
            Language::En => english,
        };
        if let Err((_, errors)) = FluentResource::try_new((*file).to_owned()) {
            panic!("{area} in {}: {errors:?}", language.tag());
        }
        for key in keys(file) {
            let text = body_of(file, key);
            assert!(all.insert(key.to_owned(), places(&text)).is_none(), "{key} is there twice");
        }
    }
    all
}

/// A key begins at the margin; everything else is a comment or is indented.
fn keys(file: &str) -> impl Iterator<Item = &str> {
    file.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
}

/// The lines of one text: from its key to the next line that begins at the margin.
fn body_of(file: &str, key: &str) -> String {
    let mut lines = file.lines().skip_while(|line| !line.starts_with(&format!("{key} =")));
    let first = lines.next().unwrap_or_default().to_owned();
    let rest = lines.take_while(|line| line.is_empty() || line.starts_with(' '));
    rest.fold(first, |text, line| text + "\n" + line)
}

fn places(text: &str) -> BTreeSet<String> {
    let name = |rest: &str| -> String {
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect()
    };
    text.split('$').skip(1).map(name).collect()
}

/// Source and templates of every crate but this one, whose tests name keys for their own sake.
fn sources() -> Vec<(PathBuf, String)> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for name in ["cli", "domain", "flows", "web"] {
        collect(&crates.join(name).join("src"), &mut found);
    }
    collect(&crates.join("web/components"), &mut found);
    found
}

fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "html") {
            // What a comment says is not said to anybody.
            let text: String = fs::read_to_string(&path)
                .unwrap_or_default()
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .fold(String::new(), |text, line| text + line + "\n");
            found.push((path, text));
        }
    }
}

/// What stands between the quotes right after each place where a text is said.
fn said(source: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for call in [".t(", ".t1(", ".t2(", ".say("] {
        for rest in source.split(call).skip(1) {
            // `say` takes the language first, which is never a literal.
            let rest =
                if call == ".say(" { rest.split_once(',').map_or("", |r| r.1) } else { rest };
            if let Some(literal) = rest.trim_start().strip_prefix('"') {
                keys.extend(literal.split('"').next().map(str::to_owned));
            }
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_places() {
    let (indonesian, english) = (texts(Language::Id), texts(Language::En));
    let in_one_language_only: Vec<&String> = indonesian
        .keys()
        .filter(|key| !english.contains_key(*key))
        .chain(english.keys().filter(|key| !indonesian.contains_key(*key)))
        .collect();
    assert!(in_one_language_only.is_empty(), "{in_one_language_only:?}");
    for (key, places) in &indonesian {
        assert_eq!(Some(places), english.get(key), "places of {key}");
    }
}

#[test]
fn every_text_that_is_said_is_there() {
    let known = texts(Language::Id);
    for (path, source) in sources() {
        for key in said(&source) {
            assert!(known.contains_key(&key), "{} says {key:?}, which is nowhere", path.display());
        }
    }
}

#[test]
fn every_text_that_is_there_is_said() {
    let sources = sources();
    let rules = rules();
    let is_said = |key: &str| {
        let literal = format!("\"{key}\"");
        rules.contains(key) || sources.iter().any(|(_, source)| source.contains(&literal))
    };
    let unused: Vec<String> = texts(Language::Id).into_keys().filter(|key| !is_said(key)).collect();
    assert_eq!(unused, Vec::<String>::new(), "texts that nobody says");
}

/// The names of the rules in the data, and of the words that rules say.
fn rules() -> BTreeSet<String> {
    let programmes = Programmes::shipped().expect("the shipped rules can be read");
    let mut keys = BTreeSet::new();
    for rule in programmes.listed() {
        keys.insert(format!("rule-{}", rule.name.replace('.', "-")));
        for (_, value) in rule.rows.into_iter().flat_map(|row| row.parts) {
            let words = match value {
                RuleValue::Word(word) => vec![word],
                RuleValue::List(words) => words,
                _ => Vec::new(),
            };
            keys.extend(words.into_iter().map(|word| format!("rule-word-{word}")));
        }
    }
    keys
}

#[test]
fn every_text_speaks_without_a_hole() {
    for language in Language::ALL {
        for (key, places) in texts(language) {
            let filled: Vec<(&str, Value<'_>)> =
                places.iter().map(|name| (name.as_str(), Value::from("x"))).collect();
            let said = Texts::shipped().say(language, &key, &filled);
            assert!(!said.contains('{') && !said.is_empty(), "{key}: {said}");
            assert_ne!(said, key);
        }
    }
}

#[test]
fn no_text_begs_apologises_or_shouts() {
    let avoided = [
        (Language::Id, &["mohon", "maaf", "silakan", "silahkan", "tidak valid", "gagal"][..]),
        (Language::En, &["please", "sorry", "invalid", "oops"][..]),
    ];
    for (language, words) in avoided {
        for key in texts(language).into_keys() {
            let said = Texts::shipped().say(language, &key, &[]).to_lowercase();
            for word in words {
                assert!(!said.contains(word), "{key} says {word:?}");
            }
            assert!(!said.contains('!'), "{key} shouts");
        }
    }
}

#[test]
fn a_number_decides_between_one_and_many() {
    // Guards the language tag too: a wrong one would count everything as many.
    let say = |n: u32| Texts::shipped().say(Language::En, "to-do-missing", &[("n", n.into())]);
    assert_eq!([say(1), say(2)], ["1 month not received", "2 months not received"]);
}
