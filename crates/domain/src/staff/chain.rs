//! The chain over everything that is written down at the desk: each line carries the mark of the one
//! before, so that nobody who reaches the tables changes, takes away or slips in a line unseen (M-05).
//!
//! The marks are keyed, and the key is not in the database. Whoever has the tables alone can cut the
//! chain short at an earlier line, and nothing more: a head that was noted elsewhere shows that too.

use std::fmt;

use data_encoding::HEXLOWER_PERMISSIVE;

use super::audit::Entry;
use crate::keyed::{Key, Tag, same};

/// How far a chain goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many lines there are.
    pub height: i64,
    /// The mark of the last one.
    pub link: Tag,
}

impl Head {
    /// Before the first line.
    pub const START: Self = Self { height: 0, link: [0; 32] };

    /// The head after one more line.
    #[must_use]
    pub fn next(&self, key: &Key, seal: &Tag) -> Self {
        let height = self.height.saturating_add(1);
        let link = key.tag(&[b"link", &self.link, &height.to_le_bytes(), seal]);
        Self { height, link }
    }

    /// Reads what was noted: the height, a colon, the mark.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (height, link) = text.trim().split_once(':')?;
        let height = height.parse::<i64>().ok().filter(|height| *height >= 0)?;
        let link = HEXLOWER_PERMISSIVE.decode(link.as_bytes()).ok()?;
        Some(Self { height, link: link.try_into().ok()? })
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.height, HEXLOWER_PERMISSIVE.encode(&self.link))
    }
}

/// What a missing id is hashed as; no id is empty.
const NONE: &[u8] = &[];

/// What the hash of a line begins with that says where its act came from.
const WITH_SOURCE: &[u8] = b"line with source";

/// The same of a line from before sources were kept. It is hashed as it always was, so that its mark
/// stays right; whoever takes the source out of a newer line makes another hash of it.
const WITHOUT_SOURCE: &[u8] = b"line";

/// A keyed hash over everything that a line says.
#[must_use]
pub fn seal(key: &Key, entry: &Entry) -> Tag {
    let staff = entry.staff.map(|staff| staff.0.into_bytes());
    let person = entry.person.map(|person| person.0.into_bytes());
    let (at, origin) = (entry.mark.at.micros().to_le_bytes(), entry.source.origin());
    let line: [&[u8]; 11] = [
        if origin.is_some() { WITH_SOURCE } else { WITHOUT_SOURCE },
        entry.mark.id.as_bytes(),
        &at,
        staff.as_ref().map_or(NONE, |id| &id[..]),
        entry.officer.as_bytes(),
        entry.role.as_bytes(),
        entry.act.name().as_bytes(),
        entry.outcome.name().as_bytes(),
        person.as_ref().map_or(NONE, |id| &id[..]),
        entry.detail.as_bytes(),
        entry.reason.as_bytes(),
    ];
    let mut parts = line.to_vec();
    if let Some(origin) = origin {
        let source = [origin.name(), entry.source.network(), entry.source.session()];
        parts.extend(source.map(str::as_bytes));
    }
    key.tag(&parts)
}

/// Where a chain is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// The place of this line in the chain is gone.
    Missing(i64),
    /// This line, or its mark, was changed; or the line was taken away.
    Changed(i64),
    /// The chain ends at the first height and should end at the second one.
    CutOff(i64, i64),
    /// So many lines are in no chain.
    Loose(i64),
    /// What was noted elsewhere of this height is not so.
    NotAsNoted(i64),
}

impl Break {
    /// The word for machines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing(_) => "missing",
            Self::Changed(_) => "changed",
            Self::CutOff(..) => "cut-off",
            Self::Loose(_) => "loose",
            Self::NotAsNoted(_) => "not-as-noted",
        }
    }

    /// The line it begins at; of lines in no chain, how many there are.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Missing(number)
            | Self::Changed(number)
            | Self::CutOff(number, _)
            | Self::Loose(number)
            | Self::NotAsNoted(number) => number,
        }
    }
}

/// What came of looking at a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How far it goes.
    pub head: Head,
    /// How many of its lines were looked at.
    pub checked: i64,
    /// Where it is not whole, if anywhere: the first such place.
    pub broken: Option<Break>,
}

/// A walk along a chain, line by line.
#[derive(Debug)]
pub struct Walk<'a> {
    key: &'a Key,
    noted: Option<Head>,
    at: Head,
    checked: i64,
}

impl<'a> Walk<'a> {
    /// Begins after this head. Something that was noted elsewhere is held against what is met.
    #[must_use]
    pub const fn from(key: &'a Key, at: Head, noted: Option<Head>) -> Self {
        Self { key, noted, at, checked: 0 }
    }

    /// Where it has come to.
    #[must_use]
    pub const fn at(&self) -> Head {
        self.at
    }

    /// One line further: what the chain says of it, and the line, if there is one to be read.
    pub fn step(&mut self, met: Head, line: Option<&Entry>) -> Result<(), Break> {
        let due = self.at.height.saturating_add(1);
        if met.height != due {
            return Err(Break::Missing(due));
        }
        let line = line.ok_or(Break::Changed(due))?;
        let next = self.at.next(self.key, &seal(self.key, line));
        if !same(&next.link, &met.link) {
            return Err(Break::Changed(due));
        }
        if self.noted.is_some_and(|noted| noted.height == due && noted != next) {
            return Err(Break::NotAsNoted(due));
        }
        self.at = next;
        self.checked = self.checked.saturating_add(1);
        Ok(())
    }

    /// At the end: where the walk came to is where the chain is said to end, beyond what was noted,
    /// and no line is left over.
    #[must_use]
    pub fn end(self, head: Head, loose: i64) -> Verdict {
        let verdict = |broken| Verdict { head, checked: self.checked, broken };
        if self.at != head {
            return verdict(Some(Break::CutOff(self.at.height, head.height)));
        }
        match self.noted {
            Some(noted) if noted.height > head.height => {
                verdict(Some(Break::CutOff(head.height, noted.height)))
            }
            _ if loose > 0 => verdict(Some(Break::Loose(loose))),
            _ => verdict(None),
        }
    }

    /// Before the end: it goes no further than to this break.
    #[must_use]
    pub const fn stop(self, head: Head, broken: Break) -> Verdict {
        Verdict { head, checked: self.checked, broken: Some(broken) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::super::audit::{Act, Outcome};
    use super::super::source::{SessionMark, Source};
    use super::*;
    use crate::ids::{PersonId, StaffId};
    use crate::marks::Mark;
    use crate::time::Instant;

    fn key() -> Key {
        Key::new([7; 32])
    }

    fn from(network: &str, session: u8) -> Source {
        let session = Some(SessionMark::of(&[session; 32]));
        Source::Desk { network: network.to_owned(), session }
    }

    fn entry(number: u8) -> Entry {
        Entry {
            mark: Mark {
                at: Instant::from_micros(1_800_000_000_000_000 + i64::from(number)),
                id: Uuid::from_u128(u128::from(number)),
            },
            staff: Some(StaffId(Uuid::from_u128(1))),
            officer: "lestari".to_owned(),
            role: "helpdesk".to_owned(),
            source: from("203.0.113.*", 7),
            act: Act::LookedUp,
            outcome: Outcome::Done,
            person: Some(PersonId(Uuid::from_u128(2))),
            detail: "nik".to_owned(),
            reason: "asks about a missing month".to_owned(),
        }
    }

    fn chained(lines: &[Entry]) -> Vec<(Head, Entry)> {
        let mut head = Head::START;
        let link = |line: &Entry| {
            head = head.next(&key(), &seal(&key(), line));
            (head, line.clone())
        };
        lines.iter().map(link).collect()
    }

    fn walk(chain: &[(Head, Entry)], head: Head, noted: Option<Head>) -> Verdict {
        let key = key();
        let mut walk = Walk::from(&key, Head::START, noted);
        for (met, line) in chain {
            if let Err(broken) = walk.step(*met, Some(line)) {
                return walk.stop(head, broken);
            }
        }
        walk.end(head, 0)
    }

    /// One change to one column of a line.
    fn tamper(line: &mut Entry, column: u8) {
        match column {
            0 => line.mark.id = Uuid::from_u128(99),
            1 => line.mark.at = Instant::from_micros(line.mark.at.micros() + 1),
            2 => line.staff = None,
            3 => line.officer = "bayu".to_owned(),
            4 => line.role = "auditor".to_owned(),
            5 => line.act = Act::Opened,
            6 => line.outcome = Outcome::Refused,
            7 => line.person = None,
            8 => line.detail = "kpj".to_owned(),
            9 => line.reason.push('.'),
            10 => line.source = from("203.0.113.*", 8),
            11 => line.source = from("203.0.114.*", 7),
            12 => line.source = Source::CommandLine,
            13 => line.source = Source::Unsaid,
            // A letter that moves from one column to the next one.
            _ => {
                line.reason.insert(0, 'k');
                line.detail.pop();
            }
        }
    }

    proptest! {
        #[test]
        fn m05_tampering_with_any_column_of_any_line_is_found(
            lines in 1_u8..12, at in 0_usize..12, column in 0_u8..15,
        ) {
            let mut chain = chained(&(0..lines).map(entry).collect::<Vec<_>>());
            let head = chain.last().unwrap().0;
            prop_assert_eq!(walk(&chain, head, None).broken, None);
            let at = at % chain.len();
            tamper(&mut chain[at].1, column);
            let broken = Break::Changed(i64::try_from(at + 1).unwrap());
            prop_assert_eq!(walk(&chain, head, None).broken, Some(broken));
        }

        #[test]
        fn m05_a_line_that_is_taken_away_moved_or_cut_off_is_found(
            lines in 3_u8..12, one in 0_usize..12, other in 0_usize..12,
        ) {
            let chain = chained(&(0..lines).map(entry).collect::<Vec<_>>());
            let head = chain.last().unwrap().0;
            let (one, other) = (one % chain.len(), other % chain.len());
            let mut without = chain.clone();
            without.remove(one);
            prop_assert!(walk(&without, head, None).broken.is_some());
            let mut moved = chain.clone();
            moved.swap(one, other);
            prop_assert_eq!(walk(&moved, head, None).broken.is_some(), one != other);
            let kept = chain[one].0;
            let cut = &chain[..=one];
            prop_assert_eq!(walk(cut, head, None).broken.is_some(), kept != head);
            // Cut short with its head is whole in itself, and not what was noted before.
            prop_assert_eq!(walk(cut, kept, None).broken, None);
            prop_assert_eq!(walk(cut, kept, Some(head)).broken.is_some(), kept != head);
        }

        #[test]
        fn what_was_noted_reads_back(
            height in 0_i64.., link in proptest::array::uniform32(any::<u8>()),
        ) {
            let head = Head { height, link };
            prop_assert_eq!(Head::parse(&head.to_string()), Some(head));
        }

        #[test]
        fn what_is_no_head_is_none(text in "[0-9a-f:-]{0,80}") {
            if let Some(head) = Head::parse(&text) {
                prop_assert_eq!(Head::parse(&head.to_string()), Some(head));
            }
        }
    }

    #[test]
    fn m05_another_chain_of_the_same_height_is_not_what_was_noted() {
        let one = chained(&[entry(1), entry(2)]);
        let other = chained(&[entry(3), entry(4), entry(5)]);
        let (noted, head) = (one[1].0, other[2].0);
        assert_eq!(walk(&other, head, Some(noted)).broken, Some(Break::NotAsNoted(2)));
        assert_eq!(walk(&one, noted, Some(noted)).broken, None);
    }

    #[test]
    fn m05_lines_from_before_sources_were_kept_have_the_marks_they_had() {
        let old = Entry { source: Source::Unsaid, ..entry(1) };
        let (at, staff, person) =
            (old.mark.at.micros().to_le_bytes(), Uuid::from_u128(1), Uuid::from_u128(2));
        let parts: [&[u8]; 11] = [
            b"line",
            old.mark.id.as_bytes(),
            &at,
            staff.as_bytes(),
            b"lestari",
            b"helpdesk",
            b"looked-up",
            b"done",
            person.as_bytes(),
            b"nik",
            b"asks about a missing month",
        ];
        assert_eq!(seal(&key(), &old), key().tag(&parts));
        // Older and newer lines stand in one chain.
        let chain = chained(&[old, entry(2)]);
        assert_eq!(walk(&chain, chain[1].0, None).broken, None);
    }

    #[test]
    fn m05_without_the_key_no_link_is_made() {
        let line = entry(1);
        let other = Key::new([8; 32]);
        let forged = Head::START.next(&other, &seal(&other, &line));
        assert_eq!(walk(&[(forged, line)], forged, None).broken, Some(Break::Changed(1)));
    }

    #[test]
    fn lines_in_no_chain_are_counted() {
        let key = key();
        let verdict = Walk::from(&key, Head::START, None).end(Head::START, 3);
        assert_eq!((verdict.broken, verdict.checked), (Some(Break::Loose(3)), 0));
    }
}
