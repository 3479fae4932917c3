//! What a setting may hold, and how a written value becomes one.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use payung_domain::network::Network;
use toml::Value;

use crate::said;
use crate::said::Said;

/// What a setting may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words, not empty.
    Text,
    /// Words that nobody else may see; has a `_file` sister.
    Secret,
    /// A path.
    File,
    /// An address that begins with `https://` or `http://`.
    Url,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number {
        /// The smallest allowed.
        least: u32,
        /// The largest allowed.
        most: u32,
    },
    /// A stretch of time: `30s`, `15m`, `12h`.
    Span,
    /// An address and port to listen on.
    Address,
    /// A list of networks in CIDR notation.
    Networks,
    /// A list of `version=file`.
    Versions,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

/// A value that its kind has accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Words, a path, an address on the web, or one of a few words.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(u32),
    /// A stretch of time.
    Span(Duration),
    /// Where to listen.
    Address(SocketAddr),
    /// Networks.
    Networks(Vec<Network>),
    /// Files by version, lowest first.
    Versions(Vec<(u8, PathBuf)>),
}

/// Whether a host names this very machine, so that nothing said to it crosses a wire.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

impl Kind {
    /// Whether the value must not be shown.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        matches!(self, Self::Secret)
    }

    /// A value as an environment variable or a flag spells it: without quotes, lists with commas.
    #[must_use]
    pub fn spelt(self, text: &str) -> Value {
        let as_text = || Value::String(text.to_owned());
        match self {
            Self::Flag => text.parse().map_or_else(|_| as_text(), Value::Boolean),
            Self::Number { .. } => text.parse().map_or_else(|_| as_text(), Value::Integer),
            Self::Networks | Self::Versions => Value::Array(
                text.split(',')
                    .map(str::trim)
                    .filter(|item| !item.is_empty())
                    .map(|item| Value::String(item.to_owned()))
                    .collect(),
            ),
            _ => as_text(),
        }
    }

    /// The value, or a sentence that says what it must be.
    pub fn accept(self, value: &Value) -> Result<Setting, Said> {
        let accepted = match self {
            Self::Text | Self::Secret | Self::File => {
                words(value).map(|text| Setting::Text(text.to_owned()))
            }
            Self::Url => words(value).filter(|text| is_web_address(text)).map(|text| {
                let text = text.trim_end_matches('/');
                Setting::Text(text.to_owned())
            }),
            Self::OneOf(choices) => words(value)
                .filter(|text| choices.contains(text))
                .map(|text| Setting::Text(text.to_owned())),
            Self::Flag => value.as_bool().map(Setting::Flag),
            Self::Number { least, most } => value
                .as_integer()
                .and_then(|number| u32::try_from(number).ok())
                .filter(|number| (least..=most).contains(number))
                .map(Setting::Number),
            Self::Span => words(value).and_then(span).map(Setting::Span),
            Self::Address => words(value).and_then(|text| text.parse().ok()).map(Setting::Address),
            Self::Networks => each(value, |text| text.parse().ok()).map(Setting::Networks),
            Self::Versions => versions(value).map(Setting::Versions),
        };
        accepted.ok_or_else(|| self.demand())
    }

    fn demand(self) -> Said {
        match self {
            Self::Text | Self::Secret | Self::File => {
                said!(
                    "must be text in quotes, not empty",
                    "harus teks dalam tanda kutip, tidak kosong"
                )
            }
            Self::Url => said!(
                "must be an address such as \"https://member.fund.example\", without query or user",
                "harus alamat seperti \"https://member.fund.example\", tanpa kueri atau pengguna"
            ),
            Self::Flag => said!("must be true or false", "harus true atau false"),
            Self::Number { least, most } => said!(
                "must be a whole number from {least} to {most}",
                "harus bilangan bulat dari {least} sampai {most}"
            ),
            Self::Span => said!(
                "must be a stretch of time such as \"30s\", \"15m\" or \"12h\"",
                "harus rentang waktu seperti \"30s\", \"15m\", atau \"12h\""
            ),
            Self::Address => said!(
                "must be an address and port such as \"127.0.0.1:8080\" or \"[::]:443\"",
                "harus alamat dan porta seperti \"127.0.0.1:8080\" atau \"[::]:443\""
            ),
            Self::Networks => said!(
                "must be a list of networks such as [\"10.0.0.0/8\"]",
                "harus daftar jaringan seperti [\"10.0.0.0/8\"]"
            ),
            Self::Versions => said!(
                "must be a list of version=file with versions from 1 to 255, each once",
                "harus daftar versi=berkas dengan versi 1 sampai 255, masing-masing sekali"
            ),
            Self::OneOf(choices) => {
                let choices = choices.join(", ");
                said!("must be one of {choices}", "harus salah satu dari {choices}")
            }
        }
    }
}

fn words(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.trim().is_empty())
}

fn is_web_address(text: &str) -> bool {
    reqwest::Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "https" | "http")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
    })
}

/// At least a millisecond and at most a year, so that arithmetic on it cannot overflow.
fn span(text: &str) -> Option<Duration> {
    let span: jiff::SignedDuration = text.parse().ok()?;
    let span = Duration::try_from(span).ok()?;
    (Duration::from_millis(1)..=Duration::from_hours(366 * 24)).contains(&span).then_some(span)
}

fn each<T>(value: &Value, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(|item| words(item).and_then(&read)).collect()
}

fn versions(value: &Value) -> Option<Vec<(u8, PathBuf)>> {
    let mut files = each(value, |text| {
        let (version, file) = text.split_once('=')?;
        let version: u8 = version.trim().parse().ok()?;
        let file = file.trim();
        (version > 0 && !file.is_empty()).then(|| (version, PathBuf::from(file)))
    })?;
    files.sort();
    let each_once = files.windows(2).all(|pair| pair[0].0 != pair[1].0);
    (each_once && !files.is_empty()).then_some(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        for host in ["localhost", "127.0.0.1", "127.9.9.9", "[::1]", "payung.localhost"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["0.0.0.0", "10.0.0.1", "localhost.fund.example", "mylocalhost"] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn an_environment_variable_spells_lists_with_commas() {
        let files = Kind::Versions.spelt("2=/keys/two, 1=/keys/one");
        assert_eq!(
            Kind::Versions.accept(&files),
            Ok(Setting::Versions(vec![(1, "/keys/one".into()), (2, "/keys/two".into())]))
        );
        assert_eq!(Kind::Flag.accept(&Kind::Flag.spelt("true")), Ok(Setting::Flag(true)));
        assert!(Kind::Versions.accept(&Kind::Versions.spelt("1=/a,1=/b")).is_err());
    }

    #[test]
    fn time_is_written_with_its_unit() {
        assert_eq!(
            Kind::Span.accept(&Kind::Span.spelt("12h")),
            Ok(Setting::Span(Duration::from_hours(12)))
        );
        for wrong in ["15", "-5m", "0s", "a while", "9999999h"] {
            assert!(Kind::Span.accept(&Kind::Span.spelt(wrong)).is_err(), "{wrong}");
        }
    }
}
