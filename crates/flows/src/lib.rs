//! What people do: rules and storage joined. Transactions begin and end here.

pub mod activation;
pub mod activity;
pub mod addresses;
pub mod alerts;
pub mod announcements;
pub mod api;
pub mod apps;
pub mod authenticators;
pub mod benefits;
pub mod claims;
pub mod confirming;
pub mod contact_changes;
pub mod contact_codes;
pub mod corrections;
pub mod counters;
pub mod delivery;
pub mod demo;
mod evenly;
pub mod export;
mod gates;
pub mod hashing;
pub mod heirs;
pub mod imports;
pub mod inbox;
pub mod kept_forms;
pub mod letters;
pub mod members;
pub mod not_me;
mod notices;
pub mod oidc;
pub mod passkeys;
pub mod passwords;
pub mod payouts;
mod percent;
pub mod record_news;
pub mod recoveries;
pub mod recovery_codes;
mod retries;
pub mod rules;
pub mod security;
pub mod service;
pub mod sessions;
pub mod settings;
pub mod sign_in;
pub mod staff;
pub mod statements;
mod suspicion;
pub mod tidying;
pub mod transactions;
pub mod wage_answers;

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use payung_domain::dice::Dice;
use payung_domain::keyed::Key;
use payung_domain::language::Language;
use payung_domain::places::Places;
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
    /// Who acts where the command line does, as the audit names them.
    pub operator: String,
    /// The programmes' dated rules.
    pub programmes: Programmes,
    /// Wakes the worker that sends messages.
    pub outbox: Notify,
    /// What has been counted, for the operator.
    pub counters: Counters,
    /// What the operator has to say to everybody.
    pub announcements: Announcements,
    /// How the service was when it was last looked.
    pub service: service::Known,
    /// How long an answer takes that must not tell by its time whom it is about.
    pub even_answers_take: Duration,
    /// Passwords that have leaked, where the operator supplies a list.
    pub breached: Option<Breached>,
    /// Where networks are, where the operator vouches for a table.
    pub places: Places,
    /// The account that tests this installation, where it is there to be tested.
    pub conformance: Option<demo::conformance::Tester>,
    /// The software passkeys of the demonstration's staff, where this is one.
    pub demo_staff: Option<demo::staff::Keys>,
    /// The keys that tokens are signed with, as they were last read.
    pub(crate) provider: oidc::signing_keys::Cached,
    /// What the provider says of itself, once somebody has asked.
    pub(crate) metadata: OnceLock<String>,
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
            operator: staff::operator::OPERATOR.to_owned(),
            programmes,
            outbox: Notify::new(),
            counters: Counters::default(),
            announcements: Announcements::default(),
            service: service::Known::default(),
            even_answers_take: evenly::WHILE,
            breached: None,
            places: Places::default(),
            conformance: None,
            demo_staff: None,
            provider: oidc::signing_keys::Cached::default(),
            metadata: OnceLock::new(),
            retries,
        }
    }
}

/// One key for each purpose.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Tags of one-time codes, and places of recovery codes.
    pub codes: Key,
    /// Subjects of counters.
    pub counters: Key,
    /// Tokens of sign-ins under way.
    pub sign_ins: Key,
    /// Form tokens.
    pub forms: Key,
}

impl Keys {
    /// The keys that come of an installation's two secrets. What is found again in the database by
    /// its tag comes of the one that lasts: another secret for cookies must neither make recovery
    /// codes on paper worthless nor forget who was locked out.
    #[must_use]
    pub fn of(cookies: &Key, lasting: &Key) -> Self {
        Self {
            codes: lasting.derive("one-time codes"),
            counters: lasting.derive("counters"),
            sign_ins: cookies.derive("sign-ins"),
            forms: cookies.derive("forms"),
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
