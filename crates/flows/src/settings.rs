//! What an operator may set, already checked. Where values come from is the program's business.

use std::time::Duration;

use payung_domain::passwords::Policy;
use payung_domain::second_factor::{Hash, Window};
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
    /// How late a code of an authenticator app may come (C-02).
    pub app_window: Window,
    /// The hash that newly bound apps make their codes with (C-01).
    pub app_hash: Hash,
    /// How passwords are hashed.
    pub hashing: Hashing,
    /// Whether applications may register themselves, by invitation (K-30).
    pub client_registration: bool,
    /// What a new password has to be like, and when to remind of an old one.
    pub passwords: Policy,
    /// How long sessions last.
    pub sessions: Sessions,
    /// How many tries and messages are let through.
    pub limits: Limits,
    /// The support desk.
    pub desk: Desk,
}

/// The support desk: a host of its own, and how much one officer may look at (P-01, P-05).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// Where staff find it, without a slash at the end; none where there is no desk.
    pub public_url: Option<String>,
    /// Look-ups of one officer in an hour, found or not.
    pub looks_per_hour: u32,
    /// The same in a day.
    pub looks_per_day: u32,
    /// Fields that one officer sees in full in an hour.
    pub unmasked_per_hour: u32,
    /// Up to this amount, in rupiah, one officer approves a claim alone; above it takes two.
    pub claims_alone_up_to: u32,
    /// Hours until a case is due that no rule has a time for.
    pub case_hours: u32,
}

impl Desk {
    /// What is shipped: no desk, and limits for one.
    pub const SHIPPED: Self = Self {
        public_url: None,
        looks_per_hour: 30,
        looks_per_day: 120,
        unmasked_per_hour: 20,
        claims_alone_up_to: 15_000_000,
        // As long as the law gives for corrections: nobody expects a question to take longer.
        case_hours: 72,
    };

    /// Where staff find it; nothing where there is no desk.
    #[must_use]
    pub fn url(&self) -> &str {
        self.public_url.as_deref().unwrap_or_default()
    }

    /// The host of that address: what the passkeys of staff are for.
    #[must_use]
    pub fn host(&self) -> &str {
        host_of(self.url())
    }

    /// Whether staff come over TLS, which decides on cookies and HSTS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.url().starts_with("https://")
    }
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
    /// Tries per minute from one address (a /64 of IPv6), at each door: signing in, the second step,
    /// setting a new password. Mobile networks put many people behind one.
    pub sign_ins_per_address: u32,
    /// The same from one network: a /24 of IPv4, a /48 of IPv6.
    pub sign_ins_per_network: u32,
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
    /// Tries per hour to find a membership that miss from one address.
    pub matches_per_address: u32,
    /// Tries per hour to find a membership with one NIK, or with one KPJ, hit or miss.
    pub matches_per_identity: u32,
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
            app_window: Window::OneBack,
            app_hash: Hash::Sha1,
            hashing: Hashing::SHIPPED,
            client_registration: false,
            passwords: Policy::shipped(),
            sessions: Sessions {
                idle: Duration::from_mins(15),
                idle_shared: Duration::from_mins(10),
                absolute: Duration::from_hours(12),
                at_most: 10,
            },
            limits: Limits {
                sign_ins_per_address: 120,
                sign_ins_per_network: 1_200,
                sign_ins_in_all: 6_000,
                codes_per_hour: 5,
                codes_per_day: 10,
                reset_pause: Duration::from_mins(1),
                sms_per_day: 20_000,
                matches_per_address: 5,
                matches_per_identity: 5,
                checks_per_address: 20,
                suspicion: Thresholds {
                    names_per_address: 30,
                    addresses_per_name: 10,
                    quick_forms_per_address: 20,
                },
            },
            desk: Desk::SHIPPED,
        }
    }

    /// The host of the public address, as the last line of a code message names it.
    #[must_use]
    pub fn public_host(&self) -> &str {
        host_of(&self.public_url)
    }

    /// Whether members come over TLS, which decides on cookies and HSTS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or(rest);
    authority.split(':').next().unwrap_or(authority)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a07_no_cost_below_the_known_minimums_is_enough() {
        let is_enough = |passes, memory_kib| {
            Hashing { memory_kib, passes, ..Hashing::SHIPPED }.is_strong_enough()
        };
        for (passes, least) in [(1, 47_104), (2, 19_456), (3, 12_288), (4, 12_288)] {
            assert!(is_enough(passes, least) && !is_enough(passes, least - 1), "{passes}");
        }
        assert!(!is_enough(0, u32::MAX) && Hashing::SHIPPED.is_strong_enough());
    }
}
