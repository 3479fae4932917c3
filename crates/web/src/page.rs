//! What every page needs: who looks at it, in which language, and how things are written there.
//!
//! Each page's view holds a [`Frame`] named `f`. Templates speak through it: `{{ f.t("key") }}`.

use std::time::Duration;

use axum::http::StatusCode;
use jiff::civil::Date;
use payung_domain::language::Language;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Rate;
use payung_domain::time::{Instant, Zone};
use payung_texts::formats::{self, Unit};
use payung_texts::{Texts, Value};

use crate::assets;
use crate::device::UNKNOWN;

/// Everything around a page's own content.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The visitor's language.
    pub language: Language,
    /// The zone in which times are shown.
    pub zone: Zone,
    /// Both languages' texts.
    pub texts: &'static Texts,
    /// Name of the service, from the settings.
    pub service_name: String,
    /// Where members find the service: `https://masuk.payung.example`. Spelled out on the doors.
    pub public_url: String,
    /// Path and query of this page, without `lang`: where the language link and the theme form
    /// come back to. A page that answers a `POST` names the address its form is shown at.
    pub address: String,
    /// Who is signed in, if somebody is.
    pub signed_in: Option<SignedIn>,
    /// Token of every form on the page (L-05).
    pub csrf: String,
    /// Nonce of the one script element (L-01).
    pub nonce: String,
    /// Light, dark, or as the device says.
    pub theme: Theme,
    /// Where help is found; the same place on every page (WCAG 3.2.6).
    pub help: Help,
    /// An operator's announcement, already in the visitor's language.
    pub notice: Option<String>,
    /// What the page shows again of a form that could not be taken before.
    pub kept: Option<Kept>,
    /// Whether this is the demonstration, and must say so.
    pub demo: bool,
}

/// What was kept of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// What was typed.
    Answers,
    /// Which button was pressed.
    Act,
}

impl Kept {
    /// What to do now.
    #[must_use]
    pub fn text(self, f: &Frame) -> String {
        match self {
            Self::Answers => f.t("kept-text"),
            Self::Act => f.t("kept-act-text"),
        }
    }
}

/// A session, as far as a page shows it.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The member's name.
    pub name: String,
    /// How long the session lasts without another page.
    pub idle: Duration,
    /// How long it has left now: the idle limit, or less when the whole session ends before.
    pub left: Duration,
}

/// Help line and address, as printed.
#[derive(Clone, Debug)]
pub struct Help {
    /// Number as people read it.
    pub phone: String,
    /// When somebody answers.
    pub hours: String,
    /// Mail address.
    pub email: String,
}

/// How light a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device is set.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The value of the form field and of the cookie.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Auto => "theme-auto",
            Self::Light => "theme-light",
            Self::Dark => "theme-dark",
        }
    }
}

/// One thing on a page that needs fixing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The `id` of the field it is about; the summary links there.
    pub field: &'static str,
    /// What to do, in the visitor's language.
    pub text: String,
}

/// All that needs fixing on a page: the same words in the summary and beside the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Whether the page is fine.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the page is answered with: 422 where something needs fixing.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        if self.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }

    /// Each of them, in the order of the fields.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// What is to be said beside this field.
    #[must_use]
    pub fn at(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|problem| problem.field == field).map(|problem| &*problem.text)
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl FromIterator<Problem> for Problems {
    fn from_iter<I: IntoIterator<Item = Problem>>(problems: I) -> Self {
        Self(problems.into_iter().collect())
    }
}

// Speaking.
impl Frame {
    /// The text with this key.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.texts.say(self.language, key, &[])
    }

    /// The text with this key and its one place filled.
    #[must_use]
    pub fn t1<'a>(&self, key: &str, name: &str, value: impl Into<Value<'a>>) -> String {
        self.texts.say(self.language, key, &[(name, value.into())])
    }

    /// The text with this key and both its places filled.
    #[must_use]
    pub fn t2<'a, 'b>(
        &self,
        key: &str,
        name: &str,
        value: impl Into<Value<'a>>,
        other_name: &str,
        other_value: impl Into<Value<'b>>,
    ) -> String {
        self.texts.say(
            self.language,
            key,
            &[(name, value.into()), (other_name, other_value.into())],
        )
    }

    /// `Rp1.250.000`.
    #[must_use]
    pub fn money(&self, amount: &Rupiah) -> String {
        formats::money(self.language, *amount)
    }

    /// `5,7 %`, `5.7%`.
    #[must_use]
    pub fn percent(&self, rate: &Rate) -> String {
        formats::percent(self.language, *rate)
    }

    /// `17 Agustus 2026`.
    #[must_use]
    pub fn date(&self, day: &Date) -> String {
        formats::date(self.language, *day)
    }

    /// `17 Agustus 2026`: the day of a moment, where the member lives.
    #[must_use]
    pub fn day(&self, moment: &Instant) -> String {
        formats::date(self.language, moment.date(self.zone))
    }

    /// `14.05 WIB`.
    #[must_use]
    pub fn clock(&self, moment: &Instant) -> String {
        formats::clock_time(self.language, *moment, self.zone)
    }

    /// `17 Agustus 2026, 14.05 WIB`.
    #[must_use]
    pub fn date_time(&self, moment: &Instant) -> String {
        formats::date_time(self.language, *moment, self.zone)
    }

    /// `Juli 2026`.
    #[must_use]
    pub fn month(&self, month: &Month) -> String {
        formats::month(self.language, *month)
    }

    /// `Jul`.
    #[must_use]
    pub fn short_month(&self, month: &Month) -> &'static str {
        formats::short_month(self.language, *month)
    }

    /// `15 menit`.
    #[must_use]
    pub fn duration(&self, length: &Duration) -> String {
        formats::duration(self.language, *length)
    }

    /// A device in words: `Chrome, Android`, and its place.
    #[must_use]
    pub fn device(&self, words: &str) -> String {
        match words.strip_prefix(UNKNOWN) {
            Some(place) => self.t("device-unknown") + place,
            None => words.to_owned(),
        }
    }

    /// What a programme is called in full; its letters again when it has no name here.
    #[must_use]
    pub fn programme(&self, letters: &str) -> String {
        match letters {
            "JHT" => self.t("programme-jht"),
            "JP" => self.t("programme-jp"),
            "JKK" => self.t("programme-jkk"),
            "JKM" => self.t("programme-jkm"),
            "JKP" => self.t("programme-jkp"),
            other => other.to_owned(),
        }
    }
}

// What the shell shows.
impl Frame {
    /// The language that the page is not in.
    #[must_use]
    pub const fn other_language(&self) -> Language {
        match self.language {
            Language::Id => Language::En,
            Language::En => Language::Id,
        }
    }

    /// This very page in the other language.
    #[must_use]
    pub fn other_language_address(&self) -> String {
        let joint = if self.address.contains('?') { '&' } else { '?' };
        format!("{}{joint}lang={}", self.address, self.other_language().tag())
    }

    /// Whether the page that is shown is one of those whose addresses begin like this.
    #[must_use]
    pub fn is_under(&self, folder: &str) -> bool {
        self.address.starts_with(folder)
    }

    /// Whether a link of the navigation leads to the page that is shown.
    #[must_use]
    pub fn is_at(&self, path: &str) -> bool {
        self.address.split('?').next() == Some(path)
    }

    /// The address without its scheme, as people compare it with what their browser shows.
    #[must_use]
    pub fn host(&self) -> &str {
        self.public_url.split_once("://").map_or(&*self.public_url, |(_, host)| host)
    }

    /// The help line as a link dials it.
    #[must_use]
    pub fn phone_link(&self) -> String {
        let dialled: String =
            self.help.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        format!("tel:{dialled}")
    }

    /// The themes, each with its name, label and whether it is in use.
    pub fn themes(&self) -> impl Iterator<Item = (&'static str, String, bool)> {
        Theme::ALL
            .into_iter()
            .map(|theme| (theme.name(), self.t(theme.label()), theme == self.theme))
    }

    /// `data-theme` of the page; nothing when the device decides.
    #[must_use]
    pub fn chosen_theme(&self) -> Option<&'static str> {
        (self.theme != Theme::Auto).then(|| self.theme.name())
    }

    /// `minute,minutes`: the words a script that counts down needs.
    #[must_use]
    pub fn minute_words(&self) -> String {
        formats::unit(self.language, Unit::Minute).join(",")
    }

    /// `second,seconds`.
    #[must_use]
    pub fn second_words(&self) -> String {
        formats::unit(self.language, Unit::Second).join(",")
    }

    /// Where the style sheet is.
    #[must_use]
    pub fn style_path(&self) -> &'static str {
        assets::style_path()
    }

    /// Where the script is.
    #[must_use]
    pub fn script_path(&self) -> &'static str {
        assets::script_path()
    }

    /// Where the icon is.
    #[must_use]
    pub fn icon_path(&self) -> &'static str {
        assets::icon_path()
    }
}
