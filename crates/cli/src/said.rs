//! Words for the person at the keyboard, written in both languages side by side.
//!
//! Pages have Fluent files; a command line has a few sentences next to the code that says them.

use payung_domain::language::Language;

/// One sentence in both languages. Machines get the English one, which never changes its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// English; also what `--json` carries.
    pub en: Box<str>,
    /// Indonesian.
    pub id: Box<str>,
}

impl Said {
    /// The sentence in a language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Id => &self.id,
        }
    }
}

/// Writes a sentence twice, English first: `said!("{n} left", "sisa {n}")`.
#[macro_export]
macro_rules! said {
    ($en:literal, $id:literal $(,)?) => {
        $crate::said::Said { en: ::std::format!($en).into(), id: ::std::format!($id).into() }
    };
}

/// A sentence without anything to fill in, for tables that are known when the program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// English.
    pub en: &'static str,
    /// Indonesian.
    pub id: &'static str,
}

impl Line {
    /// The sentence in a language.
    #[must_use]
    pub const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Id => self.id,
        }
    }
}
