//! Links that let somebody set a new password who forgot the old one (G-01, G-02).

use std::time::Duration;

use crate::ids::AccountId;
use crate::second_factor::{SendLimits, Sending, within_budget};
use crate::time::Instant;

/// How long a link works (G-02).
pub const LINK_LIFE: Duration = Duration::from_mins(30);

/// A link that was sent, as far as it may be looked at. Its token is not in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResetLink {
    /// Whose password it sets.
    pub account: AccountId,
    /// The password it was made for: any other one voids it.
    pub password_set_at: Instant,
    /// It works until then.
    pub expires_at: Instant,
    /// When it set a password.
    pub used_at: Option<Instant>,
    /// When a newer one took its place.
    pub replaced_at: Option<Instant>,
}

/// What a link is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// It sets a password.
    Good,
    /// `link.expired`: it has run out, or another password has been set since.
    Expired,
    /// `link.used`: it set a password at that moment.
    Used(Instant),
    /// `link.newer`: a newer one took its place.
    Newer,
}

impl ResetLink {
    /// What it is worth now, while the account's password is the one set at `password_set_at`.
    #[must_use]
    pub fn state(&self, password_set_at: Instant, now: Instant) -> LinkState {
        match (self.used_at, self.replaced_at) {
            (Some(at), _) => LinkState::Used(at),
            (None, Some(_)) => LinkState::Newer,
            (None, None) if now >= self.expires_at || password_set_at != self.password_set_at => {
                LinkState::Expired
            }
            (None, None) => LinkState::Good,
        }
    }
}

/// Whether another link may be sent now, after those that were: so often in an hour and in a day,
/// and never right after the last one. Asking locks nobody out (E-05): it only stays unheard.
#[must_use]
pub fn may_send(sent: &[Instant], pause: Duration, limits: SendLimits, now: Instant) -> Sending {
    match sent.iter().max().map(|last| last.plus(pause)) {
        Some(free) if now < free => Sending::Wait(free),
        _ => within_budget(sent, limits, now),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);
    const EARLIER: Instant = Instant::from_micros(1_700_000_000_000_000);

    fn link() -> ResetLink {
        ResetLink {
            account: AccountId(Uuid::nil()),
            password_set_at: EARLIER,
            expires_at: NOON.plus(LINK_LIFE),
            used_at: None,
            replaced_at: None,
        }
    }

    #[test]
    fn g01_a_link_says_why_it_does_not_work() {
        let nearly = NOON.plus(LINK_LIFE).minus(Duration::from_micros(1));
        assert_eq!(link().state(EARLIER, nearly), LinkState::Good);
        assert_eq!(link().state(EARLIER, NOON.plus(LINK_LIFE)), LinkState::Expired);
        assert_eq!(link().state(NOON, NOON), LinkState::Expired, "the password is another one");
        let replaced = ResetLink { replaced_at: Some(NOON), ..link() };
        assert_eq!(replaced.state(EARLIER, NOON), LinkState::Newer);
        let used = ResetLink { used_at: Some(NOON), ..replaced };
        assert_eq!(used.state(NOON, NOON.plus(LINK_LIFE)), LinkState::Used(NOON));
    }

    proptest! {
        /// Whoever asks whenever they like gets one a minute, five an hour, ten a day.
        #[test]
        fn no_pattern_of_asking_sends_more_links(gaps in proptest::collection::vec(0_u64..4000, 1..200)) {
            let limits = SendLimits { per_hour: 5, per_day: 10 };
            let (mut sent, mut now) = (Vec::new(), NOON);
            for gap in gaps {
                now = now.plus(Duration::from_secs(gap));
                if may_send(&sent, Duration::from_mins(1), limits, now) == Sending::Now {
                    sent.push(now);
                }
                let within = |span| sent.iter().filter(|at| now.since(**at) < span).count();
                prop_assert!(within(Duration::from_mins(1)) <= 1);
                prop_assert!(within(Duration::from_hours(1)) <= 5);
                prop_assert!(within(Duration::from_hours(24)) <= 10);
            }
        }
    }
}
