//! The two languages, equal; Indonesian when nothing is known.

use serde::{Deserialize, Serialize};

/// A language in which everything can be said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Indonesian.
    #[default]
    Id,
    /// English.
    En,
}

impl Language {
    /// Both, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Id, Self::En];

    /// The BCP 47 tag, as in `<html lang>`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    /// The language of a tag such as `en` or `en-GB`.
    #[must_use]
    pub fn tagged(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// What a browser's `Accept-Language` asks for first among the two, by its weights.
    #[must_use]
    pub fn accepted(header: &str) -> Option<Self> {
        let mut best: Option<(Self, f32)> = None;
        for item in header.split(',').take(32) {
            let mut parts = item.split(';');
            let Some(language) = parts.next().map(str::trim).and_then(Self::tagged) else {
                continue;
            };
            let weight = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1.0, |q| q.parse().unwrap_or(0.0));
            if weight > 0.0 && best.is_none_or(|(_, most)| weight > most) {
                best = Some((language, weight));
            }
        }
        best.map(|(language, _)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heavier_weight_wins_and_strange_headers_say_nothing() {
        assert_eq!(Language::accepted("en;q=0.3, id;q=0.9"), Some(Language::Id));
        assert_eq!(Language::accepted("en-GB,en;q=0.8"), Some(Language::En));
        assert_eq!(Language::accepted("fr, id;q=0"), None);
        assert_eq!(Language::accepted(";;;q=,,"), None);
    }
}
