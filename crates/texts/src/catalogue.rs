//! The catalogue: a file per area and language, read once.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use payung_domain::language::Language;
use unic_langid::LanguageIdentifier;

macro_rules! areas {
    ($($area:literal),* $(,)?) => {
        /// Every file as it is shipped: its area, the Indonesian text and the English text.
        pub const FILES: &[(&str, &str, &str)] = &[$((
            $area,
            include_str!(concat!("../locales/id/", $area, ".ftl")),
            include_str!(concat!("../locales/en/", $area, ".ftl")),
        )),*];
    };
}

areas![
    "common",
    "errors",
    "welcome",
    "activation",
    "sign_in",
    "security",
    "password",
    "recover",
    "dashboard",
    "contributions",
    "apps",
    "balance",
    "transactions",
    "claims",
    "export",
    "statements",
    "benefits",
    "rules",
    "personal",
    "contacts",
    "help",
    "status",
    "demo",
    "messages",
    "activity",
    "inbox",
    "api",
    "desk",
    "service",
    "desk_acts",
    "desk_sources",
    "desk_recoveries",
    "desk_numbers",
    "desk_apps",
    "cases",
    "case_corrections",
    "corrections",
    "heirs",
    "record_news",
    "merging",
];

/// Both languages, ready to speak. Shared freely between requests.
pub struct Texts {
    indonesian: FluentBundle<FluentResource>,
    english: FluentBundle<FluentResource>,
}

/// What fills a place in a text: words, or a number that decides between one and many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Words that are already in the right language.
    Text(Cow<'a, str>),
    /// A count.
    Number(i64),
}

impl Texts {
    /// The texts of this program. They are read on first use and kept.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Texts> = LazyLock::new(|| Texts {
            indonesian: bundle(Language::Id, FILES.iter().map(|(_, indonesian, _)| *indonesian)),
            english: bundle(Language::En, FILES.iter().map(|(_, _, english)| *english)),
        });
        &SHIPPED
    }

    /// The text with this key, its places filled.
    ///
    /// A key that does not exist says itself: a page with one odd word serves people better than
    /// no page. The tests of this crate see to it that no such key is shipped.
    #[must_use]
    pub fn say(&self, language: Language, key: &str, places: &[(&str, Value<'_>)]) -> String {
        let bundle = match language {
            Language::Id => &self.indonesian,
            Language::En => &self.english,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let places: FluentArgs<'_> =
            places.iter().map(|(name, value)| (*name, FluentValue::from(value))).collect();
        // A place that nobody filled shows as `{$name}`; the same tests find those too.
        let mut problems = Vec::new();
        bundle.format_pattern(pattern, Some(&places), &mut problems).into_owned()
    }
}

/// A file that does not parse says so itself, key by key; `every_file_reads_cleanly` keeps it out.
fn bundle<'a>(
    language: Language,
    files: impl Iterator<Item = &'a str>,
) -> FluentBundle<FluentResource> {
    // The tag decides how plurals are counted.
    let tag: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // The marks that set off a filled place from its surroundings serve languages that are
    // written from the right; here they would only end up in codes that people copy.
    bundle.set_use_isolating(false);
    for file in files {
        let resource = FluentResource::try_new(file.to_owned())
            .unwrap_or_else(|(readable_part, _)| readable_part);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

impl<'a> From<&'a Value<'_>> for FluentValue<'a> {
    fn from(value: &'a Value<'_>) -> Self {
        match value {
            Value::Text(text) => Self::from(&**text),
            Value::Number(number) => Self::from(*number),
        }
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

macro_rules! words {
    ($($words:ty),*) => {$(
        impl<'a> From<&'a $words> for Value<'a> {
            fn from(text: &'a $words) -> Self {
                Self::Text(Cow::Borrowed(text))
            }
        }
    )*};
}
words!(str, &str, String);

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Value<'_> {
            fn from(number: $number) -> Self {
                Self::Number(i64::from(number))
            }
        }

        impl From<&$number> for Value<'_> {
            fn from(number: &$number) -> Self {
                Self::Number(i64::from(*number))
            }
        }
    )*};
}
numbers!(u8, i16, u16, i32, u32, i64);

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Texts(")?;
        for (place, (area, _, _)) in FILES.iter().enumerate() {
            if place > 0 {
                f.write_char(' ')?;
            }
            f.write_str(area)?;
        }
        f.write_char(')')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_speak_and_one_is_not_many() {
        let say = |language, tries: u32| {
            Texts::shipped().say(language, "login-left", &[("n", tries.into())])
        };
        assert!(say(Language::Id, 3).starts_with("Sisa 3 kali percobaan."));
        assert!(say(Language::En, 3).starts_with("3 tries left."));
        assert!(say(Language::En, 1).starts_with("1 try left."));
    }

    #[test]
    fn a_key_that_does_not_exist_says_itself() {
        assert_eq!(Texts::shipped().say(Language::En, "no-such-text", &[]), "no-such-text");
    }
}
