//! What members agreed to, as proof: which words, in which language, when (N-10, K-19).

use serde::{Deserialize, Serialize};

use super::clients::Client;
use super::requests::Request;
use super::scopes::Scopes;
use crate::language::Language;
use crate::time::Instant;

/// The version of the words on the consent page. Whoever changes what they mean changes it, and
/// members are asked again.
pub const TEXT_VERSION: &str = "2026-11";

/// A consent that was given and not withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// What was agreed to.
    pub scopes: Scopes,
    /// In which words.
    pub version: String,
    /// In which language.
    pub language: Language,
    /// When.
    pub given_at: Instant,
}

impl Consent {
    /// Whether it is what a request asks for, or more.
    #[must_use]
    pub fn covers(&self, items: &Scopes) -> bool {
        self.version == TEXT_VERSION && items.within(&self.scopes)
    }
}

/// Whether the member has to be asked.
#[must_use]
pub fn is_needed(client: &Client, request: &Request, given: Option<&Consent>) -> bool {
    if request.prompts.consent || client.definition().consent_every_time {
        return true;
    }
    // The programme's own applications are on a list that members can read (K-19).
    !client.definition().first_party
        && !given.is_some_and(|consent| consent.covers(&request.items()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn consent(scopes: &str) -> Consent {
        Consent {
            scopes: Scopes::parse(scopes),
            version: TEXT_VERSION.to_owned(),
            language: Language::Id,
            given_at: Instant::from_micros(0),
        }
    }

    #[test]
    fn k19_what_was_agreed_to_covers_as_much_and_no_more() {
        let given = consent("openid profile");
        assert!(given.covers(&Scopes::parse("openid")));
        assert!(given.covers(&Scopes::parse("openid profile")));
        assert!(!given.covers(&Scopes::parse("openid email")));
    }

    #[test]
    fn n10_other_words_are_another_question() {
        let mut given = consent("openid");
        given.version = "2025-01".to_owned();
        assert!(!given.covers(&Scopes::parse("openid")));
    }
}
