//! Settings: one file, the environment and flags, each value with the place it came from.
//!
//! A flag goes before the environment, the environment before the file, the file before what is
//! shipped. `keys` lists the settings, `serving` makes of them what the server needs.

pub mod keys;
pub mod production;
pub mod sample;
pub mod serving;
mod surroundings;
pub mod value;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use payung_domain::network::Network;
use toml::Value;
use toml::de::{DeTable, DeValue};

use self::keys::{Given, KEYS, Key, PREFIX};
pub use self::surroundings::Surroundings;
use self::value::Setting;
use crate::report::Cause;
use crate::said;
use crate::said::Said;

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Shipped,
    /// A line of the file.
    File {
        /// Which file.
        path: PathBuf,
        /// Counted from one.
        line: usize,
    },
    /// An environment variable of this name.
    Environment(String),
    /// `--set` or another flag.
    Flag,
}

impl fmt::Display for Origin {
    /// Not translated: it is what one types to find the place.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shipped => f.write_str("default"),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Environment(variable) => f.write_str(variable),
            Self::Flag => f.write_str("flag"),
        }
    }
}

/// One value that holds.
#[derive(Clone, Debug)]
pub struct Found {
    /// As it was written.
    pub written: Value,
    /// As it was understood.
    pub setting: Setting,
    /// Where it came from.
    pub origin: Origin,
}

/// Every setting that has a value.
#[derive(Clone, Debug, Default)]
pub struct Values {
    found: BTreeMap<&'static str, Found>,
}

impl Values {
    /// Reads the file, the environment and flags of the form `key=value`.
    ///
    /// Every problem is named, not only the first.
    pub fn read(
        file: Option<&Path>,
        surroundings: &Surroundings,
        flags: &[String],
    ) -> Result<Self, Vec<Cause>> {
        let mut reading = Reading::default();
        reading.shipped();
        if let Some(path) = file {
            reading.file(path);
        }
        reading.environment(surroundings);
        reading.flags(flags);
        if reading.problems.is_empty() { Ok(reading.values) } else { Err(reading.problems) }
    }

    /// The value of a setting and where it came from.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Found> {
        self.found.get(name)
    }

    /// The place to point at when the value of a setting is wrong.
    #[must_use]
    pub fn place(&self, name: &str) -> String {
        match self.get(name).map(|found| &found.origin) {
            None | Some(Origin::Shipped) => String::new(),
            Some(origin) => origin.to_string(),
        }
    }
}

/// Reading by kind. The kind is fixed by the list in `keys`, so asking for another one is a slip
/// of this program; the test that reads the sample walks through every one of these calls.
impl Values {
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map(|found| match &found.setting {
            Setting::Text(text) => text.as_str(),
            other => unreachable!("{name} is {other:?}"),
        })
    }

    pub(crate) fn file(&self, name: &str) -> Option<PathBuf> {
        self.text(name).map(PathBuf::from)
    }

    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.get(name).map(|found| match found.setting {
            Setting::Flag(flag) => flag,
            ref other => unreachable!("{name} is {other:?}"),
        })
    }

    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.get(name).map(|found| match found.setting {
            Setting::Number(number) => number,
            ref other => unreachable!("{name} is {other:?}"),
        })
    }

    pub(crate) fn span(&self, name: &str) -> Option<Duration> {
        self.get(name).map(|found| match found.setting {
            Setting::Span(span) => span,
            ref other => unreachable!("{name} is {other:?}"),
        })
    }

    pub(crate) fn address(&self, name: &str) -> Option<SocketAddr> {
        self.get(name).map(|found| match found.setting {
            Setting::Address(address) => address,
            ref other => unreachable!("{name} is {other:?}"),
        })
    }

    pub(crate) fn networks(&self, name: &str) -> Option<Vec<Network>> {
        self.get(name).map(|found| match &found.setting {
            Setting::Networks(networks) => networks.clone(),
            other => unreachable!("{name} is {other:?}"),
        })
    }

    pub(crate) fn versions(&self, name: &str) -> Option<Vec<(u8, PathBuf)>> {
        self.get(name).map(|found| match &found.setting {
            Setting::Versions(versions) => versions.clone(),
            other => unreachable!("{name} is {other:?}"),
        })
    }
}

#[derive(Default)]
struct Reading {
    values: Values,
    problems: Vec<Cause>,
}

impl Reading {
    fn shipped(&mut self) {
        for key in KEYS {
            if let Given::Shipped(text) = key.given {
                // The list is ours and a test reads every entry, so this always parses.
                if let Ok(mut table) = format!("value = {text}").parse::<toml::Table>()
                    && let Some(value) = table.remove("value")
                {
                    self.put(key.name, value, Origin::Shipped);
                }
            }
        }
    }

    fn file(&mut self, path: &Path) {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                return self.problems.push(Cause {
                    about: path.display().to_string(),
                    place: String::new(),
                    message: said!("cannot be read: {error}", "tidak dapat dibaca: {error}"),
                    fix: Some(said!(
                        "name the right file with --config",
                        "sebutkan berkas yang benar dengan --config"
                    )),
                });
            }
        };
        let at = |start: usize| Origin::File {
            path: path.to_owned(),
            line: 1 + text[..start].matches('\n').count(),
        };
        let (table, lines) = match (text.parse::<toml::Table>(), DeTable::parse(&text)) {
            (Ok(table), Ok(lines)) => (table, lines),
            (Err(error), _) | (_, Err(error)) => {
                let message = error.message();
                return self.problems.push(Cause {
                    about: String::new(),
                    place: at(error.span().map_or(0, |span| span.start)).to_string(),
                    message: said!("is not TOML: {message}", "bukan TOML: {message}"),
                    fix: None,
                });
            }
        };
        for (section, content) in lines.get_ref() {
            let section_name: &str = section.get_ref();
            let (DeValue::Table(entries), Some(Value::Table(values))) =
                (content.get_ref(), table.get(section_name))
            else {
                self.unknown(section_name, &at(section.span().start));
                continue;
            };
            for name in entries.keys() {
                let last_name: &str = name.get_ref();
                let origin = at(name.span().start);
                if let Some(value) = values.get(last_name) {
                    self.put(&format!("{section_name}.{last_name}"), value.clone(), origin);
                }
            }
        }
    }

    fn environment(&mut self, surroundings: &Surroundings) {
        for (variable, text) in surroundings.beginning_with(PREFIX) {
            let Some((section, last)) = variable[PREFIX.len()..].split_once("__") else {
                continue; // PAYUNG_CONFIG and its like are flags, not settings.
            };
            let name = format!("{section}.{last}").to_lowercase();
            let origin = Origin::Environment(variable.to_owned());
            self.spelt(&name, text, origin);
        }
    }

    fn flags(&mut self, flags: &[String]) {
        for flag in flags {
            let (name, text) = flag.split_once('=').unwrap_or((flag, ""));
            // A flag shows in the list of processes. An address of a database without a password
            // may stand there.
            let is_secret = match name {
                "database.url" => has_password(text),
                _ => Key::named(name).is_some_and(|key| key.kind.is_secret()),
            };
            if is_secret {
                self.problems.push(Cause {
                    about: name.to_owned(),
                    place: Origin::Flag.to_string(),
                    message: said!(
                        "is a secret and may not be a flag, which others can see",
                        "adalah rahasia dan tidak boleh berupa argumen yang terlihat orang lain"
                    ),
                    fix: Some(said!("set {name}_file", "pakai {name}_file")),
                });
            } else {
                self.spelt(name, text, Origin::Flag);
            }
        }
    }

    fn spelt(&mut self, name: &str, text: &str, origin: Origin) {
        match Key::named(name) {
            Some(key) => self.put(name, key.kind.spelt(text), origin),
            None => self.unknown(name, &origin),
        }
    }

    fn put(&mut self, name: &str, written: Value, origin: Origin) {
        let Some(key) = Key::named(name) else {
            return self.unknown(name, &origin);
        };
        match key.kind.accept(&written) {
            Ok(setting) => {
                self.values.found.insert(key.name, Found { written, setting, origin });
            }
            Err(message) => self.problems.push(Cause {
                about: name.to_owned(),
                place: origin.to_string(),
                message,
                fix: None,
            }),
        }
    }

    fn unknown(&mut self, name: &str, origin: &Origin) {
        self.problems.push(Cause {
            about: name.to_owned(),
            place: origin.to_string(),
            message: said!("is not a setting", "bukan pengaturan"),
            fix: Some(did_you_mean(name)),
        });
    }
}

/// What to do about a name that is no setting.
#[must_use]
pub fn did_you_mean(wrong: &str) -> Said {
    match Key::nearest(wrong).map(|key| key.name) {
        Some(near) => said!("did you mean {near}?", "maksud Anda {near}?"),
        None => said!("`payung config sample` lists all", "semua ada di `payung config sample`"),
    }
}

/// Whether an address such as `postgres://user:word@host/name` carries a password.
#[must_use]
pub fn has_password(address: &str) -> bool {
    reqwest::Url::parse(address).is_ok_and(|url| {
        url.password().is_some() || url.query_pairs().any(|(name, _)| name == "password")
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    }

    #[test]
    fn a_flag_goes_before_the_environment_and_that_before_the_file() {
        let file = file("[service]\nname = \"from file\"\nhelp_hours = \"from file\"\n");
        let surroundings = Surroundings::of(&[
            ("PAYUNG_SERVICE__NAME", "from environment"),
            ("PAYUNG_LIMITS__CODES_PER_DAY", "7"),
        ]);
        let flags = ["service.name=from flag".to_owned()];
        let values = Values::read(Some(file.path()), &surroundings, &flags).unwrap();

        assert_eq!(values.text("service.name"), Some("from flag"));
        assert_eq!(values.get("service.name").unwrap().origin, Origin::Flag);
        assert_eq!(values.text("service.help_hours"), Some("from file"));
        assert_eq!(
            values.get("service.help_hours").unwrap().origin,
            Origin::File { path: file.path().to_owned(), line: 3 }
        );
        assert_eq!(values.number("limits.codes_per_day"), Some(7));
        assert_eq!(values.get("smtp.port").unwrap().origin, Origin::Shipped);
        assert!(values.get("service.public_url").is_none());
    }

    #[test]
    fn every_wrong_line_is_named_at_once() {
        let file =
            file("name = 1\n[service]\nnaem = \"x\"\n[smtp]\nport = \"many\"\ntls = \"no\"\n");
        let surroundings = Surroundings::of(&[("PAYUNG_SMPT__HOST", "x"), ("PAYUNG_CONFIG", "y")]);
        let problems = Values::read(Some(file.path()), &surroundings, &[]).unwrap_err();
        let about: Vec<_> = problems.iter().map(|problem| problem.about.as_str()).collect();
        assert_eq!(about, ["name", "service.naem", "smtp.port", "smtp.tls", "smpt.host"]);
        assert_eq!(&*problems[1].fix.as_ref().unwrap().en, "did you mean service.name?");
        assert!(problems[3].place.ends_with(":6"), "{}", problems[3].place);
    }

    #[test]
    fn a_file_that_is_no_toml_names_the_line() {
        let file = file("[service]\nname = \"Payung\n");
        let problems = Values::read(Some(file.path()), &Surroundings::default(), &[]).unwrap_err();
        assert!(problems[0].place.ends_with(":2"), "{problems:?}");
    }

    #[test]
    fn a_secret_is_no_flag_but_a_database_without_password_is() {
        let read = |flag: &str| Values::read(None, &Surroundings::default(), &[flag.to_owned()]);
        assert!(read("smtp.password=rain").is_err());
        assert!(read("database.url=postgres://payung:rain@db/payung").is_err());
        assert!(read("database.url=postgres://payung@db/payung").is_ok());
    }
}
