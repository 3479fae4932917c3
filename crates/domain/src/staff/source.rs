//! Where an act at the desk came from (M-02): enough to tell two places and two sessions apart, and
//! nothing that lets anybody in. No whole address is kept, and no session's token (M-04).

use data_encoding::HEXLOWER;

use crate::keyed::Tag;

/// By which way an act came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A page of the desk.
    Desk,
    /// The command line.
    CommandLine,
    /// A page of the member's own, or a link in a letter.
    Member,
    /// The program, when the time had come.
    Program,
}

impl Origin {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Desk, Self::CommandLine, Self::Member, Self::Program];

    /// The word in rows and addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::CommandLine => "command-line",
            Self::Member => "member",
            Self::Program => "program",
        }
    }

    /// The origin of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.name() == word)
    }
}

/// How lines name a session at the desk: the same from its first line to its last one, also where its
/// token was changed in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionMark(String);

impl SessionMark {
    /// How many signs there are.
    pub const SIGNS: usize = 8;

    /// The first signs of a keyed hash.
    #[must_use]
    pub fn of(tag: &Tag) -> Self {
        Self(HEXLOWER.encode(tag).chars().take(Self::SIGNS).collect())
    }

    /// Reads what a line shows, letter by letter. Whatever is no mark is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_sign = |sign: u8| matches!(sign, b'0'..=b'9' | b'a'..=b'f');
        let is_one = text.len() == Self::SIGNS && text.bytes().all(is_sign);
        is_one.then(|| Self(text.to_owned()))
    }

    /// The signs.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What no line shows, for whoever asks for a network or a session that is none.
const NOWHERE: &str = "?";

/// A network as somebody typed it, as lines show it: `203.0.113.*`. What cannot be one is nowhere.
#[must_use]
pub fn network_typed(text: &str) -> String {
    let typed = text.trim().to_ascii_lowercase();
    let may_be = |c: char| c.is_ascii_hexdigit() || matches!(c, '.' | ':' | '*');
    if typed.len() <= 40 && typed.chars().all(may_be) { typed } else { NOWHERE.to_owned() }
}

/// A session as somebody typed it, as lines show it. What cannot be one is nowhere.
#[must_use]
pub fn session_typed(text: &str) -> String {
    let mark = SessionMark::parse(&text.trim().to_ascii_lowercase());
    mark.map_or_else(|| NOWHERE.to_owned(), |mark| mark.as_str().to_owned())
}

/// Where an act came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A page of the desk.
    Desk {
        /// From which network; the last part of the address is masked.
        network: String,
        /// In which session; none before somebody is signed in.
        session: Option<SessionMark>,
    },
    /// The command line.
    CommandLine,
    /// A page of the member's own, or a link in a letter.
    Member,
    /// The program.
    Program,
    /// Nobody wrote it down: the line is from before sources were kept.
    Unsaid,
}

impl Source {
    /// Reads what a row says. What no act ever wrote is none: there is one way to write each source, so
    /// that no change of a row goes unseen (M-05).
    #[must_use]
    pub fn read(word: &str, network: &str, session: &str) -> Option<Self> {
        let Some(origin) = Origin::named(word) else {
            let says_nothing = [word, network, session].iter().all(|part| part.is_empty());
            return says_nothing.then_some(Self::Unsaid);
        };
        match origin {
            Origin::Desk => {
                let session = match session {
                    "" => None,
                    signs => Some(SessionMark::parse(signs)?),
                };
                Some(Self::Desk { network: network.to_owned(), session })
            }
            _ if !network.is_empty() || !session.is_empty() => None,
            Origin::CommandLine => Some(Self::CommandLine),
            Origin::Member => Some(Self::Member),
            Origin::Program => Some(Self::Program),
        }
    }

    /// By which way it came, if that was written down.
    #[must_use]
    pub const fn origin(&self) -> Option<Origin> {
        match self {
            Self::Desk { .. } => Some(Origin::Desk),
            Self::CommandLine => Some(Origin::CommandLine),
            Self::Member => Some(Origin::Member),
            Self::Program => Some(Origin::Program),
            Self::Unsaid => None,
        }
    }

    /// The network, masked; empty where there is none.
    #[must_use]
    pub fn network(&self) -> &str {
        match self {
            Self::Desk { network, .. } => network,
            Self::CommandLine | Self::Member | Self::Program | Self::Unsaid => "",
        }
    }

    /// The signs of the session; empty where there is none.
    #[must_use]
    pub fn session(&self) -> &str {
        match self {
            Self::Desk { session: Some(session), .. } => session.as_str(),
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sources() -> Vec<Source> {
        let network = "203.0.113.*".to_owned();
        let session = Some(SessionMark::of(&[0xa7; 32]));
        vec![
            Source::Desk { network: network.clone(), session },
            Source::Desk { network, session: None },
            Source::CommandLine,
            Source::Member,
            Source::Program,
            Source::Unsaid,
        ]
    }

    #[test]
    fn m02_every_source_reads_back_as_it_is_kept() {
        for source in sources() {
            let word = source.origin().map_or("", Origin::name);
            let read = Source::read(word, source.network(), source.session());
            assert_eq!(read, Some(source));
        }
        assert!(Origin::ALL.iter().all(|one| Origin::named(one.name()) == Some(*one)));
    }

    #[test]
    fn m05_what_no_act_ever_wrote_is_no_source() {
        for (word, network, session) in [
            ("", "203.0.113.*", ""),
            ("", "", "a7a7a7a7"),
            ("moon", "", ""),
            ("command-line", "203.0.113.*", ""),
            ("member", "", "a7a7a7a7"),
            ("desk", "203.0.113.*", "A7A7A7A7"),
            ("desk", "203.0.113.*", " a7a7a7a7"),
            ("desk", "203.0.113.*", "a7a7a7"),
        ] {
            assert_eq!(Source::read(word, network, session), None, "{word} {network} {session}");
        }
    }

    #[test]
    fn what_is_typed_is_looked_for_as_lines_show_it() {
        assert_eq!(network_typed(" 203.0.113.* "), "203.0.113.*");
        assert_eq!(network_typed("2001:DB8:1:*"), "2001:db8:1:*");
        assert_eq!(session_typed(" A7A7A7A7"), "a7a7a7a7");
        for none in ["moon", "203.0.113.*\0", "'; --"] {
            assert_eq!((&*network_typed(none), &*session_typed(none)), (NOWHERE, NOWHERE));
        }
    }

    proptest! {
        #[test]
        fn a_session_is_found_by_the_signs_it_shows(tag in proptest::array::uniform32(any::<u8>())) {
            let mark = SessionMark::of(&tag);
            prop_assert_eq!(SessionMark::parse(mark.as_str()), Some(mark));
        }

        #[test]
        fn what_is_no_mark_of_a_session_is_none(text in "\\PC{0,12}") {
            if let Some(mark) = SessionMark::parse(&text) {
                prop_assert_eq!(mark.as_str(), text);
            }
        }
    }
}
