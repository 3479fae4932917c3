//! Where acts came from, in words and as choices.

use payung_domain::staff::source::{Origin, Source};

use crate::page::Frame;
use crate::pages::contributions::history::Choice;

/// By which way something came.
#[must_use]
pub fn origin_words(f: &Frame, origin: Origin) -> String {
    f.t(match origin {
        Origin::Desk => "desk-origin-desk",
        Origin::CommandLine => "desk-origin-command-line",
        Origin::Member => "desk-origin-member",
        Origin::Program => "desk-origin-program",
    })
}

/// Where something came from, as a line of the audit shows it.
#[must_use]
pub fn source_words(f: &Frame, source: &Source) -> String {
    match source {
        Source::Desk { network, session: Some(session) } => {
            f.t2("desk-source-session", "network", network.as_str(), "session", session.as_str())
        }
        Source::Desk { network, session: None } => network.clone(),
        Source::CommandLine | Source::Member | Source::Program | Source::Unsaid => {
            source.origin().map_or_else(|| "–".to_owned(), |origin| origin_words(f, origin))
        }
    }
}

/// The ways that can be asked for.
#[must_use]
pub fn origins(f: &Frame, chosen: Option<Origin>) -> Vec<Choice> {
    let choice = |origin: Origin| Choice {
        value: origin.name().to_owned(),
        label: origin_words(f, origin),
        chosen: chosen == Some(origin),
    };
    Origin::ALL.map(choice).into()
}
