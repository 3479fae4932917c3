//! What an operator may set, already checked. Where values come from is the program's business.

use std::time::Duration;

use payung_domain::passwords::Policy;
use payung_domain::suspicion::Thresholds;

/// The running settings of the flows.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name of the service on pages and in messages.
    pub service_name: String,
    /// Where members find it, without a slash at the end: `https://member.fund.example`. The only
    /// source of every link that is sent (R1).
    pub public_url: String,
    /// Help line, as printed.
    pub help_phone: String,
    /// When the help line is staffed, as printed.
    pub help_hours: String,
    /// Mail address for help, as printed.
    pub help_email: String,
    /// Whether codes may go by text message.
    pub sms_codes: bool,
    /// Whether codes may go by e-mail.
    pub email_codes: bool,
    /// How passwords are hashed.
    pub hashing: Hashing,
    /// What a new password has to be like, and when to remind of an old one.
    pub passwords: Policy,
    /// How long sessions last.
    pub sessions: Sessions,
    /// How many tries and messages are let through.
    pub limits: Limits,
}

/// Argon2id and the pool it runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hashing {
    /// Memory of one hash, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Threads that hash; each keeps its memory.
    pub threads: usize,
    /// How many may wait before the answer is 503.
    pub queue: usize,
}

/// Limits of a member's session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sessions {
    /// Ends after so long without a page.
    pub idle: Duration,
    /// The same on a device the member calls shared.
    pub idle_shared: Duration,
    /// Ends after so long whatever happens.
    pub absolute: Duration,
    /// How many a member may have at once; the oldest ends (H-08).
    pub at_most: u32,
}

/// Limits by address and by destination. Those by account are rules, in `domain::lockout`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Sign-in tries per minute from one address (a /64 of IPv6). Mobile networks put many people
    /// behind one.
    pub sign_ins_per_address: u32,
    /// Sign-in tries per minute in all.
    pub sign_ins_in_all: u32,
    /// Codes per hour to one destination.
    pub codes_per_hour: u32,
    /// Codes per day to one destination.
    pub codes_per_day: u32,
    /// The least time between two links to set a new password.
    pub reset_pause: Duration,
    /// Text messages per day in all: what they may cost.
    pub sms_per_day: u32,
    /// Questions per minute from one address whether a message is ours.
    pub checks_per_address: u32,
    /// Misses that look like an attack on many accounts.
    pub suspicion: Thresholds,
}

impl Settings {
    /// The shipped values for a service at this address.
    #[must_use]
    pub fn shipped(public_url: &str) -> Self {
        Self {
            service_name: "Payung".to_owned(),
            public_url: public_url.trim_end_matches('/').to_owned(),
            help_phone: "0800 0000 000".to_owned(),
            help_hours: "08.00–20.00 WIB".to_owned(),
            help_email: "bantuan@payung.example".to_owned(),
            sms_codes: true,
            email_codes: true,
            hashing: Hashing::SHIPPED,
            passwords: Policy::shipped(),
            sessions: Sessions {
                idle: Duration::from_mins(15),
                idle_shared: Duration::from_mins(10),
                absolute: Duration::from_hours(12),
                at_most: 10,
            },
            limits: Limits {
                sign_ins_per_address: 120,
                sign_ins_in_all: 6_000,
                codes_per_hour: 5,
                codes_per_day: 10,
                reset_pause: Duration::from_mins(1),
                sms_per_day: 20_000,
                checks_per_address: 20,
                suspicion: Thresholds {
                    names_per_address: 30,
                    addresses_per_name: 10,
                    quick_forms_per_address: 20,
                },
            },
        }
    }

    /// The host of the public address, as the last line of a code message names it.
    #[must_use]
    pub fn public_host(&self) -> &str {
        let rest = self.public_url.split_once("://").map_or(&*self.public_url, |(_, rest)| rest);
        let authority = rest.split('/').next().unwrap_or(rest);
        authority.split(':').next().unwrap_or(authority)
    }

    /// Whether members come over TLS, which decides on cookies and HSTS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

impl Hashing {
    /// What is shipped: OWASP's second choice, 15 ms of one core.
    pub const SHIPPED: Self = Self { memory_kib: 19_456, passes: 2, threads: 2, queue: 64 };

    /// Whether the cost is at least what A-07 asks for.
    #[must_use]
    pub const fn is_strong_enough(&self) -> bool {
        match self.passes {
            0 => false,
            1 => self.memory_kib >= 47_104,
            2 => self.memory_kib >= 19_456,
            _ => self.memory_kib >= 12_288,
        }
    }
}
