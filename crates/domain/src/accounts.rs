//! An account: somebody who can sign in, with a password and confirmed ways to be reached.

use crate::contact::{Email, Phone};
use crate::ids::{AccountId, PersonId};
use crate::language::Language;
use crate::time::{Instant, Zone};

/// What is known of an account once its owner has been found.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its random id.
    pub id: AccountId,
    /// Whose records it opens.
    pub person: PersonId,
    /// The stored password.
    pub password: StoredPassword,
    /// When it was set. No two passwords of an account have the same moment, so it names them too.
    pub password_set_at: Instant,
    /// The language of messages.
    pub language: Language,
    /// The zone in which times are printed.
    pub zone: Zone,
}

/// How a person can be reached. Only confirmed contacts are here, and only those that count at the
/// moment they were asked for (`contact_changes`).
#[derive(Clone, Debug, Default)]
pub struct Contacts {
    /// The confirmed address; of two, the one that codes go to.
    pub email: Option<Email>,
    /// The confirmed mobile number; of two, the one that codes go to.
    pub phone: Option<Phone>,
}

/// A password as it is kept: a PHC string and the pepper it was hashed with.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredPassword {
    /// `$argon2id$v=19$m=…,t=…,p=1$salt$hash`.
    pub phc: String,
    /// Which version of the pepper went in.
    pub pepper: u8,
}

impl std::fmt::Debug for StoredPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StoredPassword(pepper {})", self.pepper)
    }
}
