//! How long a signed-in member stays signed in: idle, in all, and why it ended (H-04, H-05).

use std::time::Duration;

use crate::authenticators::{Level, Need};
use crate::ids::AccountId;
use crate::second_factor::Way;
use crate::time::Instant;

/// A protected act needs a factor that was used so recently.
pub const PROOF_LIFE: Duration = Duration::from_mins(10);

/// When somebody proved who they are who did not: a remembered browser stood in (H-12).
pub const NEVER: Instant = Instant::from_micros(0);

/// A browser is remembered for so long (H-12).
pub const REMEMBERED: Duration = Duration::from_hours(30 * 24);

/// A session's row is touched at most this often: a page a second must not be a write a second.
const TOUCH_EVERY: Duration = Duration::from_secs(20);

/// A live or ended session, as the server keeps it.
#[derive(Clone, Debug)]
pub struct Session {
    /// Whose it is.
    pub account: AccountId,
    /// When the sign-in was completed.
    pub created_at: Instant,
    /// When the last page was asked for.
    pub seen_at: Instant,
    /// When the member last proved with a factor who they are.
    pub proved_at: Instant,
    /// It ends then whatever happens.
    pub expires_at: Instant,
    /// It ends after so long without a page.
    pub idle: Duration,
    /// How the second step was done.
    pub way: Way,
    /// The device in words, for the member: `Chrome, Android`.
    pub device: String,
    /// Ended before its time: by signing out, or because something else ended it.
    pub ended_at: Option<Instant>,
}

/// Whether a session still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It does, until this moment if no further page is asked for.
    Live {
        /// When it ends without another page.
        until: Instant,
    },
    /// Nobody asked for a page for too long.
    Idle,
    /// Its longest life is over.
    Expired,
    /// Somebody signed out, here or from another device.
    Ended,
}

impl Session {
    /// What the session is worth now.
    #[must_use]
    pub fn state(&self, now: Instant) -> State {
        if self.ended_at.is_some() {
            return State::Ended;
        }
        if now >= self.expires_at {
            return State::Expired;
        }
        if now.since(self.seen_at) >= self.idle {
            return State::Idle;
        }
        // A page that is not worth a write does not move the end: what a page says of it must hold.
        let seen_at = if self.wants_touch(now) { now } else { self.seen_at };
        State::Live { until: seen_at.plus(self.idle).min(self.expires_at) }
    }

    /// Whether this page is worth a write.
    #[must_use]
    pub fn wants_touch(&self, now: Instant) -> bool {
        !self.is_in_use() || now.since(self.seen_at) >= TOUCH_EVERY
    }

    /// Whether the member proved recently enough who they are for a protected act.
    #[must_use]
    pub fn is_proved(&self, now: Instant) -> bool {
        now.since(self.proved_at) < PROOF_LIFE
    }

    /// Whether the member proved recently enough, and by enough, who they are (J-02): `highest` is
    /// the most that the account can prove.
    #[must_use]
    pub fn proves(&self, need: Need, highest: Level, now: Instant) -> bool {
        let is_enough = need == Need::Any || Level::of(self.way) >= highest;
        self.is_proved(now) && is_enough
    }

    /// Whether a page has been asked for with it: the browser did get it. A proof gives it a new
    /// token, which the browser has to get too.
    #[must_use]
    pub fn is_in_use(&self) -> bool {
        self.seen_at > self.created_at.max(self.proved_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    fn session() -> Session {
        Session {
            account: AccountId(uuid::Uuid::nil()),
            created_at: NOON,
            seen_at: NOON,
            proved_at: NOON,
            expires_at: NOON.plus(Duration::from_hours(12)),
            idle: Duration::from_mins(15),
            way: Way::Sms,
            device: "Chrome, Android".to_owned(),
            ended_at: None,
        }
    }

    #[test]
    fn h04_fifteen_quiet_minutes_end_it() {
        let almost = NOON.plus(Duration::from_mins(15)).minus(Duration::from_micros(1));
        assert!(matches!(session().state(almost), State::Live { .. }));
        assert_eq!(session().state(NOON.plus(Duration::from_mins(15))), State::Idle);
    }

    #[test]
    fn h04_the_end_that_a_page_tells_is_the_end() {
        let mut used = session();
        used.seen_at = NOON.plus(Duration::from_secs(1));
        for seconds in 2..40 {
            let now = NOON.plus(Duration::from_secs(seconds));
            let State::Live { until } = used.state(now) else { panic!("it is live") };
            if used.wants_touch(now) {
                used.seen_at = now;
            }
            assert_eq!(used.state(until), State::Idle, "{seconds} seconds");
            assert!(matches!(
                used.state(until.minus(Duration::from_micros(1))),
                State::Live { .. }
            ));
        }
    }

    #[test]
    fn h04_twelve_hours_end_it_however_busy() {
        let mut busy = session();
        busy.seen_at = NOON.plus(Duration::from_hours(12)).minus(Duration::from_mins(1));
        let shortly_before = NOON.plus(Duration::from_hours(12)).minus(Duration::from_mins(1));
        assert_eq!(busy.state(shortly_before), State::Live { until: busy.expires_at });
        assert_eq!(busy.state(NOON.plus(Duration::from_hours(12))), State::Expired);
    }

    #[test]
    fn h12_a_remembered_browser_opens_for_reading_only() {
        let mut remembered = session();
        remembered.way = Way::Remembered;
        remembered.proved_at = NEVER;
        assert!(!remembered.is_proved(NOON));
        assert!(matches!(remembered.state(NOON), State::Live { .. }));
    }

    #[test]
    fn j02_a_letter_proves_only_what_letters_can() {
        let by_letter = Session { way: Way::Email, ..session() };
        assert!(by_letter.proves(Need::Full, Level::One, NOON));
        assert!(!by_letter.proves(Need::Full, Level::Two, NOON));
        assert!(by_letter.proves(Need::Any, Level::Two, NOON), "signing out a lost device");
        assert!(session().proves(Need::Full, Level::Two, NOON));
        assert!(!session().proves(Need::Any, Level::One, NOON.plus(PROOF_LIFE)));
    }

    #[test]
    fn h09_a_proof_lasts_ten_minutes() {
        assert!(session().is_proved(NOON.plus(PROOF_LIFE).minus(Duration::from_micros(1))));
        assert!(!session().is_proved(NOON.plus(PROOF_LIFE)));
    }

    #[test]
    fn h06_signing_out_ends_it_at_once() {
        let mut ended = session();
        ended.ended_at = Some(NOON);
        assert_eq!(ended.state(NOON), State::Ended);
    }
}
