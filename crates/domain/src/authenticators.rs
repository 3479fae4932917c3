//! Every way an account could ever prove who its owner is, kept for good (J-01), and how much each
//! proves. Which of them a sign-in takes is `second_factor`'s business.

use uuid::Uuid;

use crate::second_factor::{Way, Ways};
use crate::time::Instant;

/// What kind of thing proves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The password.
    Password,
    /// A passkey.
    Passkey,
    /// An authenticator app.
    App,
    /// A number that codes go to.
    Phone,
    /// An address that codes go to.
    Email,
    /// A set of recovery codes.
    RecoveryCodes,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Password, Self::Passkey, Self::App, Self::Phone, Self::Email, Self::RecoveryCodes];

    /// The word in rows and texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Passkey => "passkey",
            Self::App => "app",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::RecoveryCodes => "recovery-codes",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether an account may have several at a time. Of the others a new one takes the place of
    /// the one before.
    #[must_use]
    pub const fn may_be_many(self) -> bool {
        matches!(self, Self::Passkey)
    }

    /// Whether a copied page of ours cannot ask for it: the browser itself knows who asks.
    #[must_use]
    pub const fn resists_phishing(self) -> bool {
        matches!(self, Self::Passkey)
    }

    /// What it proves by itself. `verifies`: a passkey that made sure who holds it.
    #[must_use]
    pub const fn factor(self, verifies: bool) -> Factor {
        match self {
            Self::Password => Factor::Knowledge,
            Self::Passkey if verifies => Factor::Both,
            Self::Passkey | Self::App | Self::Phone | Self::RecoveryCodes => Factor::Possession,
            // B-09: whoever reads the letters may know a password and hold nothing.
            Self::Email => Factor::Address,
        }
    }
}

/// What kind of proof it gives by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// Something only its owner knows.
    Knowledge,
    /// Something only its owner has.
    Possession,
    /// Something its owner has, which also made sure that it is its owner.
    Both,
    /// That an address is read: no factor at all.
    Address,
}

impl Factor {
    const ALL: [Self; 4] = [Self::Knowledge, Self::Possession, Self::Both, Self::Address];

    /// The word in rows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Knowledge => "knowledge",
            Self::Possession => "possession",
            Self::Both => "both",
            Self::Address => "address",
        }
    }

    /// The factor of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|factor| factor.name() == name)
    }
}

/// A line of the register: one authenticator, from its beginning to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id: that of the passkey, where it is one.
    pub id: Uuid,
    /// What it is.
    pub kind: Kind,
    /// What it proves by itself.
    pub factor: Factor,
    /// Whether it resists phishing.
    pub resists_phishing: bool,
    /// What its owner called it; nothing where it has no name.
    pub name: String,
    /// When it was bound.
    pub bound_at: Instant,
    /// When it was last used.
    pub used_at: Option<Instant>,
    /// Since when it does not count, though it may again.
    pub suspended_at: Option<Instant>,
    /// When it went for good.
    pub removed_at: Option<Instant>,
}

/// How sure a sign-in or a step-up makes that it is the member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// One factor, whatever else was asked for: a code by e-mail adds none (B-09).
    One,
    /// Two.
    Two,
}

impl Level {
    /// What a password and this way prove together.
    #[must_use]
    pub const fn of(way: Way) -> Self {
        match way {
            Way::Passkey | Way::Totp | Way::Sms | Way::RecoveryCode => Self::Two,
            Way::Email | Way::Remembered | Way::Password => Self::One,
        }
    }
}

/// What a protected act asks of the proof before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Need {
    /// Everything the account has: for what adds something, or changes who can come in (J-02).
    #[default]
    Full,
    /// Any one way: for what only takes away, such as signing out a lost device (J-06, H-08).
    Any,
}

impl Ways {
    /// The most this account can prove. A way that is only suspended counts: whoever suspends the
    /// strong ones must not find the weak ones enough afterwards.
    #[must_use]
    pub fn highest(&self) -> Level {
        let open = self.open().into_iter().map(Level::of).max().unwrap_or(Level::One);
        if self.suspended > 0 { Level::Two } else { open }
    }

    /// The ways that are enough for an act, strongest first. None may be: then only a recovery
    /// helps (G-07).
    #[must_use]
    pub fn enough_for(&self, need: Need) -> Vec<Way> {
        let least = match need {
            Need::Full => self.highest(),
            Need::Any => Level::One,
        };
        self.open().into_iter().filter(|way| Level::of(*way) >= least).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Contacts;
    use crate::contact::{Email, Phone};

    fn contacts() -> Contacts {
        Contacts {
            email: Email::parse("siti@peserta.example").ok(),
            phone: Phone::parse("0800 0000 0001").ok(),
        }
    }

    fn by_letter_only() -> Ways {
        let contacts = Contacts { phone: None, ..contacts() };
        Ways { contacts, email_allowed: true, ..Ways::default() }
    }

    #[test]
    fn j01_every_kind_and_factor_is_found_by_its_name() {
        for kind in Kind::ALL {
            assert_eq!(Kind::named(kind.name()), Some(kind));
            for verifies in [false, true] {
                let factor = kind.factor(verifies);
                assert_eq!(Factor::named(factor.name()), Some(factor));
            }
        }
        assert_eq!((Kind::named("pigeon"), Factor::named("pigeon")), (None, None));
    }

    #[test]
    fn d03_a_passkey_that_verifies_is_both_factors_and_else_one() {
        assert_eq!(Kind::Passkey.factor(true), Factor::Both);
        assert_eq!(Kind::Passkey.factor(false), Factor::Possession);
        assert_eq!(Kind::App.factor(true), Factor::Possession);
    }

    #[test]
    fn j02_a_letter_is_enough_only_where_there_is_nothing_stronger() {
        let mut ways = by_letter_only();
        assert_eq!(ways.enough_for(Need::Full), [Way::Email]);
        ways.recovery_codes = 1;
        assert_eq!(ways.enough_for(Need::Full), [Way::RecoveryCode]);
        ways.has_totp = true;
        assert_eq!(ways.enough_for(Need::Full), [Way::Totp, Way::RecoveryCode]);
        assert_eq!(ways.enough_for(Need::Any), [Way::Totp, Way::Email, Way::RecoveryCode]);
        let with_number = Ways { contacts: contacts(), sms_allowed: true, ..by_letter_only() };
        assert_eq!(with_number.enough_for(Need::Full), [Way::Sms]);
    }

    #[test]
    fn j06_suspending_what_is_strong_does_not_make_the_weak_enough() {
        let ways = Ways { suspended: 1, ..by_letter_only() };
        assert_eq!(ways.highest(), Level::Two);
        assert!(ways.enough_for(Need::Full).is_empty());
        assert_eq!(ways.enough_for(Need::Any), [Way::Email]);
    }

    #[test]
    fn b09_a_code_by_letter_adds_no_factor() {
        assert_eq!(Level::of(Way::Email), Level::One);
        assert!(Level::of(Way::Sms) > Level::of(Way::Remembered));
    }
}
