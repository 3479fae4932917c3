//! What people do: rules and storage joined. Transactions begin and end here.

pub mod activity;
pub mod announcements;
pub mod apps;
pub mod confirming;
pub mod counters;
pub mod delivery;
pub mod demo;
pub mod hashing;
pub mod inbox;
pub mod letters;
pub mod members;
pub mod not_me;
mod notices;
pub mod passkeys;
pub mod passwords;
pub mod recovery_codes;
mod retries;
pub mod security;
pub mod service;
pub mod sessions;
pub mod settings;
pub mod sign_in;
mod suspicion;
pub mod tidying;

use std::net::IpAddr;
use std::sync::Arc;

use payung_domain::dice::Dice;
use payung_domain::keyed::Key;
use payung_domain::language::Language;
use payung_domain::programmes::Programmes;
use payung_domain::time::{Clock, Instant};
use payung_domain::token::Token;
pub use payung_storage::Fault;
use payung_storage::Store;
use tokio::sync::Notify;

use crate::announcements::Announcements;
use crate::counters::Counters;
use crate::hashing::Hasher;
use crate::passwords::breached::Breached;
use crate::settings::Settings;

/// Everything a flow needs, handed in once.
pub struct App {
    /// Where it is kept.
    pub store: Store,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where chance comes from.
    pub dice: Arc<dyn Dice>,
    /// Password hashing.
    pub hasher: Hasher,
    /// Keys by purpose.
    pub keys: Keys,
    /// What the operator set.
    pub settings: Settings,
    /// The programmes' dated rules.
    pub programmes: Programmes,
    /// Wakes the worker that sends messages.
    pub outbox: Notify,
    /// What has been counted, for the operator.
    pub counters: Counters,
    /// What the operator has to say to everybody.
    pub announcements: Announcements,
    /// Passwords that have leaked, where the operator supplies a list.
    pub breached: Option<Breached>,
    retries: retries::Retries,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("store", &self.store.engine()).finish_non_exhaustive()
    }
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        dice: Arc<dyn Dice>,
        hasher: Hasher,
        keys: Keys,
        settings: Settings,
        programmes: Programmes,
    ) -> Self {
        let retries = retries::Retries::new(&*dice);
        Self {
            store,
            clock,
            dice,
            hasher,
            keys,
            settings,
            programmes,
            outbox: Notify::new(),
            counters: Counters::default(),
            announcements: Announcements::default(),
            breached: None,
            retries,
        }
    }
}

/// One key for each purpose, all from one secret.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Tags of one-time codes.
    pub codes: Key,
    /// Subjects of counters.
    pub counters: Key,
    /// Tokens of sign-ins under way.
    pub sign_ins: Key,
    /// Form tokens.
    pub forms: Key,
}

impl Keys {
    /// The keys that come of an installation's secret.
    #[must_use]
    pub fn of(secret: &Key) -> Self {
        Self {
            codes: secret.derive("one-time codes"),
            counters: secret.derive("counters"),
            sign_ins: secret.derive("sign-ins"),
            forms: secret.derive("forms"),
        }
    }
}

/// Who is asking, as far as it matters to a flow. The time is read once, when the request comes.
#[derive(Clone, Debug)]
pub struct Visit {
    /// When.
    pub now: Instant,
    /// From where, behind listed proxies.
    pub address: IpAddr,
    /// The device in words: `Chrome, Android`.
    pub device: String,
    /// The browser's own random name, if it has been here before.
    pub browser: Option<Token>,
    /// The language of the page.
    pub language: Language,
}

/// When the minute of this moment is over: counts by the minute begin anew then.
pub(crate) fn next_minute(now: Instant) -> Instant {
    let minute = 60_000_000;
    Instant::from_micros((now.micros().div_euclid(minute) + 1) * minute)
}
