//! Exchanging, adding and removing the addresses and numbers of an account: from when a new one
//! counts, until when an old one does, and how long the change can be taken back.
//!
//! Nothing happens at these moments. Whoever asks, asks with a time, and the answer follows from what
//! was kept: a change takes effect whether or not any program runs.

mod standing;
mod undoing;

use std::time::Duration;

use crate::contact::Identifier;
use crate::ids::{AccountId, ChangeId};
use crate::second_factor::Destination;
use crate::time::Instant;

pub use self::standing::{Held, Standing};
pub use self::undoing::undone_with;

/// How long a confirmed change waits before it counts for signing in, codes and payouts.
pub const COOLING_OFF: Duration = Duration::from_hours(12);

/// How long before a new contact serves recovery, and for how long the old ones can undo (G-10).
pub const UNDOABLE: Duration = Duration::from_hours(72);

/// How long a change may wait for the code of its new contact.
pub const UNFINISHED: Duration = Duration::from_hours(1);

/// How many addresses, and how many numbers, an account may have (G-09).
pub const MOST: usize = 2;

/// An address or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An e-mail address.
    Email,
    /// A mobile number.
    Phone,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Email, Self::Phone];

    /// The word in rows, forms and addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What kind of contact this is.
    #[must_use]
    pub const fn of(to: &Destination) -> Self {
        match to {
            Destination::Email(_) => Self::Email,
            Destination::Sms(_) => Self::Phone,
        }
    }
}

/// The name that a contact is, too: what its owner may type to sign in.
#[must_use]
pub fn as_name(to: &Destination) -> Identifier {
    match to {
        Destination::Email(email) => Identifier::Email(email.clone()),
        Destination::Sms(phone) => Identifier::Phone(phone.clone()),
    }
}

/// What a change does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A contact more.
    Add,
    /// A contact for another.
    Replace,
    /// A contact less.
    Remove,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Add, Self::Replace, Self::Remove];

    /// The word in rows and texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Replace => "replace",
            Self::Remove => "remove",
        }
    }

    /// The act of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.name() == name)
    }
}

/// A change of contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Names it.
    pub id: ChangeId,
    /// Whose contacts it changes.
    pub account: AccountId,
    /// What it does.
    pub act: Act,
    /// To what kind of contact.
    pub kind: Kind,
    /// The contact that comes.
    pub new: Option<Destination>,
    /// The contact that goes.
    pub old: Option<Destination>,
    /// When it was asked for.
    pub begun_at: Instant,
    /// When it was certain: the code of the new contact was right, or the removal was decided.
    pub confirmed_at: Option<Instant>,
    /// When it was taken back.
    pub cancelled_at: Option<Instant>,
}

/// How far a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for the code of the new contact.
    Unconfirmed {
        /// Until then.
        until: Instant,
    },
    /// No code came in time: nothing has changed.
    Lapsed,
    /// It takes effect later.
    CoolingOff {
        /// Then.
        effective_at: Instant,
    },
    /// It is in effect, and the old contacts can still undo it.
    Undoable {
        /// Until then.
        until: Instant,
    },
    /// It is in effect for good.
    Settled,
    /// It was taken back.
    Cancelled {
        /// Then.
        at: Instant,
    },
}

impl Change {
    /// How far it is at this moment.
    #[must_use]
    pub fn state(&self, now: Instant) -> State {
        if let Some(at) = self.cancelled_at {
            return State::Cancelled { at };
        }
        let Some(confirmed_at) = self.confirmed_at else {
            let until = self.begun_at.plus(UNFINISHED);
            return if now < until { State::Unconfirmed { until } } else { State::Lapsed };
        };
        let (effective_at, until) = (confirmed_at.plus(COOLING_OFF), confirmed_at.plus(UNDOABLE));
        if now < effective_at {
            State::CoolingOff { effective_at }
        } else if now < until {
            State::Undoable { until }
        } else {
            State::Settled
        }
    }

    /// Until when it keeps payouts shut; none when it does not.
    #[must_use]
    pub fn locks_payouts_until(&self, now: Instant) -> Option<Instant> {
        match self.state(now) {
            State::CoolingOff { effective_at } => Some(effective_at),
            _ => None,
        }
    }

    /// Whether it is done and can be taken back.
    #[must_use]
    pub fn can_be_undone(&self, now: Instant) -> bool {
        matches!(self.state(now), State::CoolingOff { .. } | State::Undoable { .. })
    }
}

/// Why a change cannot be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The contact belongs to this account already.
    Own,
    /// There are as many of the kind as there may be.
    Full,
    /// The contact that is to go is not there, not yet, or goes already: the page was old.
    Changed,
    /// No other contact would be left to reach the member by.
    LastContact,
    /// No other way of the second step would be left (J-07).
    LastWay,
}

/// Whether a contact may come, for another or beside those that are there. Answers its place.
pub fn may_come(
    held: &[Held],
    new: &Destination,
    replaced: Option<&Destination>,
    now: Instant,
) -> Result<u32, Refusal> {
    let present = |one: &&Held| !one.standing.is_gone(now);
    if held.iter().filter(present).any(|one| one.to == *new) {
        return Err(Refusal::Own);
    }
    if let Some(old) = replaced {
        let is_same_kind = Kind::of(old) == Kind::of(new);
        return may_leave(held, old, now).filter(|_| is_same_kind).ok_or(Refusal::Changed);
    }
    let of_kind = held.iter().filter(present).filter(|one| Kind::of(&one.to) == Kind::of(new));
    if of_kind.clone().filter(|one| !one.standing.is_leaving()).count() >= MOST {
        return Err(Refusal::Full);
    }
    Ok(of_kind.map(|one| one.place + 1).max().unwrap_or(0))
}

/// Whether a contact may go and nothing come in its place. Whether the second step bears it is asked
/// of `second_factor`.
pub fn may_go(held: &[Held], old: &Destination, now: Instant) -> Result<(), Refusal> {
    may_leave(held, old, now).ok_or(Refusal::Changed)?;
    // One that still cools off does not help: it may be taken back, and then nobody is reached.
    let stays = |one: &Held| one.standing.counts(now) && !one.standing.is_leaving();
    if held.iter().any(|one| one.to != *old && stays(one)) {
        Ok(())
    } else {
        Err(Refusal::LastContact)
    }
}

/// The place of a contact that counts and has not been told to go.
fn may_leave(held: &[Held], old: &Destination, now: Instant) -> Option<u32> {
    held.iter()
        .find(|one| one.to == *old && one.standing.counts(now) && !one.standing.is_leaving())
        .map(|one| one.place)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::contact::{Email, Phone};

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    fn email(name: &str) -> Destination {
        Destination::Email(Email::parse(&format!("{name}@peserta.example")).unwrap())
    }

    fn phone(ending: u32) -> Destination {
        Destination::Sms(Phone::parse(&format!("0800 0000 0{ending:03}")).unwrap())
    }

    fn held(to: Destination, place: u32) -> Held {
        Held { to, standing: Standing::SINCE_EVER, place }
    }

    fn change(confirmed_at: Option<Instant>) -> Change {
        Change {
            id: ChangeId(uuid::Uuid::nil()),
            account: AccountId(uuid::Uuid::nil()),
            act: Act::Replace,
            kind: Kind::Email,
            new: Some(email("baru")),
            old: Some(email("lama")),
            begun_at: NOON,
            confirmed_at,
            cancelled_at: None,
        }
    }

    fn hours(hours: u64) -> Duration {
        Duration::from_hours(hours)
    }

    #[test]
    fn a_change_waits_an_hour_for_its_code_and_then_lapses() {
        let unconfirmed = change(None);
        let until = NOON.plus(hours(1));
        assert_eq!(unconfirmed.state(NOON), State::Unconfirmed { until });
        assert_eq!(unconfirmed.state(until), State::Lapsed);
        assert_eq!(unconfirmed.locks_payouts_until(NOON), None);
        assert!(!unconfirmed.can_be_undone(NOON));
    }

    #[test]
    fn g10_a_confirmed_change_cools_off_for_twelve_hours_and_can_be_undone_for_seventy_two() {
        let confirmed = change(Some(NOON));
        let just = |at: Instant| at.minus(Duration::from_micros(1));
        let (effective_at, until) = (NOON.plus(hours(12)), NOON.plus(hours(72)));
        for at in [NOON, just(effective_at)] {
            assert_eq!(confirmed.state(at), State::CoolingOff { effective_at });
            assert_eq!(confirmed.locks_payouts_until(at), Some(effective_at));
        }
        for at in [effective_at, just(until)] {
            assert_eq!(confirmed.state(at), State::Undoable { until });
            assert_eq!(confirmed.locks_payouts_until(at), None);
            assert!(confirmed.can_be_undone(at));
        }
        assert_eq!(confirmed.state(until), State::Settled);
        assert!(!confirmed.can_be_undone(until));
        let cancelled = Change { cancelled_at: Some(NOON), ..confirmed };
        assert_eq!(cancelled.state(until), State::Cancelled { at: NOON });
        assert_eq!(cancelled.locks_payouts_until(NOON), None);
    }

    #[test]
    fn g09_two_of_a_kind_are_possible_and_three_are_not() {
        let one = vec![held(email("satu"), 0), held(phone(1), 0)];
        assert_eq!(may_come(&one, &email("dua"), None, NOON), Ok(1));
        let two = vec![held(email("satu"), 0), held(email("dua"), 1), held(phone(1), 0)];
        assert_eq!(may_come(&two, &email("tiga"), None, NOON), Err(Refusal::Full));
        assert_eq!(may_come(&two, &phone(2), None, NOON), Ok(1));
        assert_eq!(may_come(&two, &email("tiga"), Some(&email("satu")), NOON), Ok(0));
        assert_eq!(may_come(&[], &email("satu"), None, NOON), Ok(0));
    }

    #[test]
    fn what_is_there_cannot_come_and_what_goes_cannot_go_again() {
        let mut contacts = vec![held(email("satu"), 0), held(phone(1), 0)];
        let (satu, baru) = (email("satu"), email("baru"));
        assert_eq!(may_come(&contacts, &satu, None, NOON), Err(Refusal::Own));
        assert_eq!(may_come(&contacts, &baru, Some(&phone(1)), NOON), Err(Refusal::Changed));
        assert_eq!(may_come(&contacts, &baru, Some(&email("dua")), NOON), Err(Refusal::Changed));
        contacts[0].standing = contacts[0].standing.leaving(NOON);
        assert_eq!(may_come(&contacts, &baru, Some(&satu), NOON), Err(Refusal::Changed));
        assert_eq!(may_go(&contacts, &satu, NOON), Err(Refusal::Changed));
        assert_eq!(may_come(&contacts, &satu, None, NOON.plus(hours(71))), Err(Refusal::Own));
        assert_eq!(may_come(&contacts, &satu, None, NOON.plus(hours(72))), Ok(0));
    }

    #[test]
    fn the_last_contact_stays_and_one_that_cools_off_does_not_stand_in_for_it() {
        let only = vec![held(email("satu"), 0)];
        assert_eq!(may_go(&only, &email("satu"), NOON), Err(Refusal::LastContact));
        let coming = Held { standing: Standing::confirmed(NOON), ..held(phone(1), 0) };
        let contacts = vec![held(email("satu"), 0), coming];
        assert_eq!(may_go(&contacts, &email("satu"), NOON), Err(Refusal::LastContact));
        assert_eq!(may_go(&contacts, &email("satu"), NOON.plus(hours(12))), Ok(()));
    }

    #[test]
    fn every_word_is_read_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::named(kind.name()), Some(kind));
        }
        for act in Act::ALL {
            assert_eq!(Act::named(act.name()), Some(act));
        }
        assert_eq!((Kind::named("fax"), Act::named("steal")), (None, None));
        assert_eq!(as_name(&phone(1)).kind(), Kind::of(&phone(1)).name());
        assert_eq!(as_name(&email("satu")).kind(), Kind::of(&email("satu")).name());
    }

    proptest! {
        /// Whatever changes are made, in whatever order: somebody can always be reached.
        #[test]
        fn nobody_can_take_away_every_contact(steps in proptest::collection::vec((0_u64..100, 0_u32..6, 0_u32..3), 1..40)) {
            let mut contacts = vec![held(phone(900), 0)];
            let mut now = NOON;
            for (wait, number, act) in steps {
                now = now.plus(hours(wait));
                contacts.retain(|one| !one.standing.is_gone(now));
                let (new, at) = (phone(number), (number as usize).min(contacts.len() - 1));
                let old = contacts[at].to.clone();
                let replaced = (act == 1).then_some(&old);
                if act < 2 {
                    if let Ok(place) = may_come(&contacts, &new, replaced, now) {
                        if replaced.is_some() {
                            contacts[at].standing = contacts[at].standing.leaving(now);
                        }
                        contacts.push(Held { to: new, standing: Standing::confirmed(now), place });
                    }
                } else if may_go(&contacts, &old, now).is_ok() {
                    contacts[at].standing = contacts[at].standing.leaving(now);
                }
                for later in [0, 11, 12, 71, 72] {
                    let then = now.plus(hours(later));
                    prop_assert!(contacts.iter().any(|one| one.standing.counts(then)));
                    prop_assert!(contacts.iter().any(|one| one.standing.recovers(then)));
                }
                let staying = contacts.iter().filter(|one| !one.standing.is_leaving());
                prop_assert!(staying.count() <= MOST);
            }
        }
    }
}
