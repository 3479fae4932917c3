//! Staged recovery (M11, G-07): the way back for members who lost everything that lets them in.
//!
//! It ends in a new password only when the owner was warned and had 72 hours to stop it, and when
//! two officers saw proof. Until that very moment a stop wins. A recovery that was asked for with
//! the details of nobody is kept like any other, and never comes to anything.

mod news;
mod proof;
mod reference;

use std::time::Duration;

use crate::ids::AccountId;
use crate::time::Instant;

pub use self::news::{RecoveryNews, Stage};
pub use self::proof::{Document, Lost, Officer, Proof, ProofWay, Recorded, Thing};
pub use self::reference::RecoveryReference;

/// So long after the first warning nothing is opened, whatever was proved.
pub const STOPPABLE: Duration = Duration::from_hours(72);

/// When the owner is warned: at once, and twice more while there is time to stop it.
const WARNINGS: [Duration; 3] =
    [Duration::ZERO, Duration::from_hours(24), Duration::from_hours(48)];

/// A recovery that has not come to its end by then is closed.
pub const LIFE: Duration = Duration::from_hours(24 * 30);

/// How long what was filled in is kept before it is sent.
pub const DRAFT_LIFE: Duration = Duration::from_hours(24);

/// How long the link at the new address works (G-02). Another one can be asked for.
pub const LINK_LIFE: Duration = Duration::from_hours(24);

/// How long whoever proved a new number by a code has for setting the password.
pub const NUMBER_LIFE: Duration = Duration::from_mins(30);

/// So long contacts that were replaced are told of everything.
pub const OLD_ARE_TOLD: Duration = Duration::from_hours(72);

/// How a recovery ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// The owner stopped it.
    Stopped,
    /// The support desk refused it.
    Refused,
    /// A new password was set.
    Done,
    /// Nobody brought it to its end in time.
    Expired,
    /// A new password was set, and the owner said afterwards that it was not them.
    Undone,
}

impl End {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Stopped, Self::Refused, Self::Done, Self::Expired, Self::Undone];

    /// The word in rows and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Refused => "refused",
            Self::Done => "done",
            Self::Expired => "expired",
            Self::Undone => "undone",
        }
    }

    /// The end of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.name() == name)
    }
}

/// A recovery, as far as it decides what comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// Whose account it is about; none when the details were nobody's.
    pub account: Option<AccountId>,
    /// When it was asked for.
    pub asked_at: Instant,
    /// What the member says is out of reach.
    pub lost: Lost,
    /// When the owner was first warned.
    pub warned_at: Option<Instant>,
    /// How many of the warnings are through.
    pub warnings: usize,
    /// What was proved at the desk.
    pub proof: Option<Recorded>,
    /// When the new contact was told that it can be finished.
    pub invited_at: Option<Instant>,
    /// How it ended, and when.
    pub end: Option<(End, Instant)>,
}

/// Where a recovery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The owner is given time.
    Waiting {
        /// Until then.
        until: Instant,
        /// Whether the proof is complete already.
        is_proved: bool,
    },
    /// The owner had the time; the proof is missing.
    Unproved,
    /// The new contact may set a password.
    Ready,
    /// It is over.
    Over(End, Instant),
}

/// What is to be done next, without anybody asking for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Warn the owner.
    Warn,
    /// Tell the new contact that it can be finished.
    Invite,
    /// Close it.
    Expire,
}

/// Why a proof was not recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRecorded {
    /// The recovery is over.
    Over(End),
    /// It is about no account, so there is nobody to compare with.
    Nobody,
    /// The same officer looked before: a second one has to.
    SameOfficer,
    /// It is not what the first officer saw.
    Differs,
    /// The member never said that this is out of reach.
    NotStated,
    /// Two officers have recorded it already.
    Already,
}

impl Recovery {
    /// One that was asked for just now.
    #[must_use]
    pub const fn new(account: Option<AccountId>, lost: Lost, now: Instant) -> Self {
        Self {
            account,
            asked_at: now,
            lost,
            warned_at: None,
            warnings: 0,
            proof: None,
            invited_at: None,
            end: None,
        }
    }

    /// Until when the owner is told to have time: the same words for everybody's and for nobody's.
    #[must_use]
    pub fn stoppable_until(&self) -> Instant {
        self.asked_at.plus(STOPPABLE)
    }

    /// When the owner will have had the time. None before the owner was warned.
    #[must_use]
    pub fn opens_at(&self) -> Option<Instant> {
        self.warned_at.map(|warned_at| warned_at.plus(STOPPABLE))
    }

    /// When it is closed at the latest.
    #[must_use]
    pub fn expires_at(&self) -> Instant {
        self.asked_at.plus(LIFE)
    }

    /// Whether two officers have recorded the proof.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.proof.as_ref().is_some_and(|recorded| recorded.confirmed.is_some())
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self, now: Instant) -> State {
        if let Some((end, at)) = self.end {
            return State::Over(end, at);
        }
        if now >= self.expires_at() {
            return State::Over(End::Expired, self.expires_at());
        }
        let waiting = |is_proved| State::Waiting { until: self.stoppable_until(), is_proved };
        if now < self.stoppable_until() {
            return waiting(self.is_proved());
        }
        // From here on a warning that came late shows only where the proof is there: without one, the
        // page must not tell somebody's from nobody's (F-03).
        let had_time = self.opens_at().is_some_and(|opens_at| now >= opens_at);
        match (self.is_proved(), had_time) {
            (false, _) => State::Unproved,
            (true, false) => waiting(true),
            (true, true) => State::Ready,
        }
    }

    /// Stops it. Nothing but its end comes before a stop.
    pub fn stop(&mut self, now: Instant) -> Result<(), End> {
        self.close(End::Stopped, now)
    }

    /// Refuses it at the desk.
    pub fn refuse(&mut self, now: Instant) -> Result<(), End> {
        self.close(End::Refused, now)
    }

    fn close(&mut self, end: End, now: Instant) -> Result<(), End> {
        if let State::Over(before, _) = self.state(now) {
            return Err(before);
        }
        self.end = Some((end, now));
        Ok(())
    }

    /// Finishes it with a new password, where that may be; else says where it stands.
    pub fn finish(&mut self, now: Instant) -> Result<(), State> {
        match self.state(now) {
            State::Ready => {
                self.end = Some((End::Done, now));
                Ok(())
            }
            other => Err(other),
        }
    }

    /// Records what an officer saw: the first one's word, then the second one's (P-04). Nobody is
    /// both, and both saw the same.
    pub fn record(
        &mut self,
        officer: Officer,
        proof: Proof,
        now: Instant,
    ) -> Result<&Recorded, NotRecorded> {
        if let State::Over(end, _) = self.state(now) {
            return Err(NotRecorded::Over(end));
        }
        if self.account.is_none() {
            return Err(NotRecorded::Nobody);
        }
        if !proof.lost.is_within(self.lost) {
            return Err(NotRecorded::NotStated);
        }
        let recorded = match self.proof.take() {
            None => Ok(Recorded { proof, by: officer, at: now, confirmed: None }),
            Some(first) => second_look(first, officer, proof, now),
        };
        match recorded {
            Ok(recorded) => Ok(self.proof.insert(recorded)),
            Err((before, why)) => {
                self.proof = Some(before);
                Err(why)
            }
        }
    }

    /// What comes next by itself, and when it falls due.
    #[must_use]
    pub fn next_step(&self) -> Option<(Step, Instant)> {
        if self.end.is_some() {
            return None;
        }
        let expiry = (Step::Expire, self.expires_at());
        if self.account.is_none() {
            return Some(expiry);
        }
        let since = self.warned_at.unwrap_or(self.asked_at);
        let next = match (WARNINGS.get(self.warnings), self.opens_at()) {
            (Some(after), _) => (Step::Warn, since.plus(*after)),
            (None, Some(at)) if self.is_proved() && self.invited_at.is_none() => (Step::Invite, at),
            (None, _) => expiry,
        };
        // Whoever was away for long closes what is too old before anything else.
        Some(if next.1 < expiry.1 { next } else { expiry })
    }

    /// Takes the step that is due now, if one is.
    pub fn take_step(&mut self, now: Instant) -> Option<Step> {
        if self.end.is_none() && now >= self.expires_at() {
            self.end = Some((End::Expired, now));
            return Some(Step::Expire);
        }
        let (step, _) = self.next_step().filter(|(_, due)| *due <= now)?;
        match step {
            Step::Warn => {
                let since = *self.warned_at.get_or_insert(now);
                // Of warnings that were missed, one is enough.
                let due = WARNINGS.iter().filter(|after| since.plus(**after) <= now).count();
                self.warnings = due.max(self.warnings + 1);
            }
            Step::Invite => self.invited_at = Some(now),
            Step::Expire => self.end = Some((End::Expired, now)),
        }
        Some(step)
    }
}

/// The second officer's word, or why it is none.
fn second_look(
    first: Recorded,
    officer: Officer,
    proof: Proof,
    now: Instant,
) -> Result<Recorded, (Recorded, NotRecorded)> {
    let why = if first.confirmed.is_some() {
        NotRecorded::Already
    } else if first.by == officer {
        NotRecorded::SameOfficer
    } else if first.proof != proof {
        NotRecorded::Differs
    } else {
        return Ok(Recorded { confirmed: Some((officer, now)), ..first });
    };
    Err((first, why))
}

#[cfg(test)]
mod tests;
