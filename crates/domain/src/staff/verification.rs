//! How the desk makes sure who asks for help: a checklist by channel (S06, P-03).
//!
//! What is checked is something a member has, never something a member knows: there is no item for a
//! question with an answer, and no code is ever read aloud.

use std::time::Duration;

use jiff::civil::Date;

use super::acts::Kind;
use crate::ids::StaffId;
use crate::time::Instant;

/// What was checked counts for so long; then it is checked anew.
pub const VERIFIED: Duration = Duration::from_mins(30);

/// How many digits of the number on a document are compared: more than a masked record shows.
const LAST_DIGITS: usize = 6;

/// Documents of one officer in an hour whose digits may be wrong. Digits are not to be guessed.
pub const WRONG_DOCUMENTS: u32 = 3;

/// By which way the member is in touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// By telephone.
    Phone,
    /// By the own inbox.
    Inbox,
    /// At a branch.
    Branch,
}

/// What was checked, by which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// The officer called the number on record, and the member answered.
    CallBack,
    /// The member said "yes, it is me" on a page that a letter to the own inbox leads to.
    Inbox,
    /// The officer saw the national identity card.
    Ktp,
    /// The officer saw a driving licence.
    DrivingLicence,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::CallBack, Self::Inbox, Self::Ktp, Self::DrivingLicence];

    /// The word in rows, forms and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CallBack => "call-back",
            Self::Inbox => "inbox",
            Self::Ktp => "ktp",
            Self::DrivingLicence => "driving-licence",
        }
    }

    /// The method of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == word)
    }

    /// The channel it belongs to.
    #[must_use]
    pub const fn channel(self) -> Channel {
        match self {
            Self::CallBack => Channel::Phone,
            Self::Inbox => Channel::Inbox,
            Self::Ktp | Self::DrivingLicence => Channel::Branch,
        }
    }
}

/// One item of the checklist, done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// What was checked.
    pub method: Method,
    /// By whom.
    pub officer: StaffId,
    /// When.
    pub done_at: Instant,
}

/// Until when an officer may do this for the member whose checklist it is; none when they may not.
///
/// What opens a way that was there before takes one channel. What takes something away or brings a
/// new contact takes a document, or the telephone and the inbox together. Only what the officer
/// checked in person counts.
#[must_use]
pub fn verified_until(
    items: &[Item],
    officer: StaffId,
    kind: Kind,
    now: Instant,
) -> Option<Instant> {
    let end = |channel: Channel| {
        items
            .iter()
            .filter(|item| item.officer == officer && item.method.channel() == channel)
            .filter(|item| item.done_at <= now)
            .map(|item| item.done_at.plus(VERIFIED))
            .filter(|end| now < *end)
            .max()
    };
    let (phone, inbox, branch) = (end(Channel::Phone), end(Channel::Inbox), end(Channel::Branch));
    if kind.needs_two() {
        let both = phone.zip(inbox).map(|(one, other)| one.min(other));
        branch.max(both)
    } else {
        branch.max(phone).max(inbox)
    }
}

/// Whether digits read from a document are the last ones of this number. Separators are forgiven.
#[must_use]
pub fn digits_match(number: &str, typed: &str) -> bool {
    let typed = crate::ids::without_separators(typed);
    typed.len() == LAST_DIGITS
        && typed.bytes().all(|byte| byte.is_ascii_digit())
        && number.ends_with(&typed)
}

/// Whether digits read from a document without such a number are this birth date: day, month, and the
/// last two of the year. Separators are forgiven.
#[must_use]
pub fn birth_date_matches(born: Date, typed: &str) -> bool {
    let (day, month, year) = (born.day(), born.month(), born.year().rem_euclid(100));
    crate::ids::without_separators(typed) == format!("{day:02}{month:02}{year:02}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);
    const HER: StaffId = StaffId(Uuid::from_u128(1));
    const HIM: StaffId = StaffId(Uuid::from_u128(2));

    fn item(method: Method) -> Item {
        Item { method, officer: HER, done_at: NOON }
    }

    fn until(items: &[Item], kind: Kind) -> Option<Instant> {
        verified_until(items, HER, kind, NOON)
    }

    #[test]
    fn p03_one_channel_opens_what_was_there_and_no_single_telephone_changes_it() {
        let end = Some(NOON.plus(VERIFIED));
        for method in Method::ALL {
            assert_eq!(Method::named(method.name()), Some(method));
            for kind in Kind::ALL {
                let is_document = method.channel() == Channel::Branch;
                let expected = if is_document || !kind.needs_two() { end } else { None };
                assert_eq!(until(&[item(method)], kind), expected, "{method:?} {kind:?}");
            }
        }
        let both = [item(Method::CallBack), item(Method::Inbox)];
        assert_eq!(until(&both, Kind::ReplacePhone), end);
        assert_eq!(until(&[], Kind::Unlock), None);
        assert_eq!(Method::named("mothers-name"), None);
    }

    #[test]
    fn p03_it_counts_for_half_an_hour_and_only_for_who_checked() {
        let items = [item(Method::Ktp)];
        let just_before = NOON.plus(VERIFIED).minus(Duration::from_micros(1));
        assert!(verified_until(&items, HER, Kind::Unlock, just_before).is_some());
        assert_eq!(verified_until(&items, HER, Kind::Unlock, NOON.plus(VERIFIED)), None);
        assert_eq!(verified_until(&items, HIM, Kind::Unlock, NOON), None);
    }

    #[test]
    fn p03_the_digits_of_a_document_are_more_than_a_record_shows() {
        let number = "0001015407900003";
        assert!(digits_match(number, "900003") && digits_match(number, " 90-0003 "));
        for wrong in ["", "0003", "00003", "900004", "7900003", "90000x"] {
            assert!(!digits_match(number, wrong), "{wrong}");
        }
    }

    #[test]
    fn p03_a_birth_date_is_compared_as_a_passport_prints_it() {
        let born = jiff::civil::date(1990, 7, 4);
        assert!(birth_date_matches(born, "040790") && birth_date_matches(born, " 04-07.90 "));
        for wrong in ["", "0407", "04071990", "070490", "050790", "04079o"] {
            assert!(!birth_date_matches(born, wrong), "{wrong}");
        }
        assert!(birth_date_matches(jiff::civil::date(2005, 12, 31), "311205"));
    }

    proptest! {
        /// Whatever else was checked, by others or long ago, nobody is verified for longer than half
        /// an hour after their own last check, and more items never take anything away.
        #[test]
        fn p03_no_list_counts_longer_than_its_newest_item(
            list in proptest::collection::vec((0_usize..4, any::<bool>(), 0_u64..120), 0..6),
            kind in 0_usize..Kind::ALL.len(), later in 0_u64..120,
        ) {
            let now = NOON.plus(Duration::from_mins(later));
            let items: Vec<Item> = list.into_iter().map(|(method, is_hers, minute)| Item {
                method: Method::ALL[method],
                officer: if is_hers { HER } else { HIM },
                done_at: NOON.plus(Duration::from_mins(minute)),
            }).collect();
            let kind = Kind::ALL[kind];
            let all = verified_until(&items, HER, kind, now);
            if let Some(end) = all {
                prop_assert!(now < end && end <= now.plus(VERIFIED));
                let is_own = |item: &Item| item.officer == HER && now.since(item.done_at) < VERIFIED;
                prop_assert!(items.iter().any(is_own));
            }
            for some in 0..items.len() {
                prop_assert!(verified_until(&items[..some], HER, kind, now) <= all);
            }
            // What is enough for two officers is enough for one.
            if kind.needs_two() {
                prop_assert!(all <= verified_until(&items, HER, Kind::Unlock, now));
            }
        }
    }
}
