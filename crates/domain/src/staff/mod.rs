//! Who works at the support desk, what each role may do there, and how long somebody stays signed in.
//!
//! Staff are no members: they have accounts, passkeys and sessions of their own, and whoever is both
//! is two people here.

pub mod acts;
pub mod audit;
pub mod cases;
pub mod chain;
pub mod looks;
pub mod source;
pub mod verification;

use std::time::Duration;

use crate::ids::StaffId;
pub use crate::recoveries::Officer;
use crate::time::Instant;

/// A session ends after so long without a page (P-01).
pub const IDLE: Duration = Duration::from_mins(15);

/// A session ends after so long whatever happens.
pub const LIFE: Duration = Duration::from_hours(8);

/// A dangerous act needs a passkey that was used so recently (P-01).
pub const PROOF_LIFE: Duration = Duration::from_mins(5);

/// How long an invitation works.
pub const INVITATION_LIFE: Duration = Duration::from_hours(24);

/// How long one works that makes an administrator (J-10).
pub const ADMINISTRATOR_INVITATION_LIFE: Duration = Duration::from_hours(1);

/// A session's row is touched at most this often.
const TOUCH_EVERY: Duration = Duration::from_secs(20);

/// What somebody is at the desk. Roles are apart: none contains another (P-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Answers members.
    Helpdesk,
    /// Checks who members are.
    Verifier,
    /// Leads the desk, and watches over it.
    Supervisor,
    /// Reads what everybody did, and nobody's record.
    Auditor,
    /// Lets staff in and out, and sees no member.
    Administrator,
}

/// What may be done at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// Find a member by an exact number or address.
    LookUp,
    /// See one field in full.
    Unmask,
    /// Check who a member is, and see what waits for a second officer.
    Verify,
    /// Help a member after that: alone, or by asking for an act of two (P-03, P-04).
    Help,
    /// Be the second officer of such an act.
    Approve,
    /// Read what was done at the desk.
    ReadAudit,
    /// Take that along as a file (P-05).
    ExportAudit,
    /// Invite staff, and shut them out.
    ManageStaff,
    /// Announce something to everybody, and say how the service is.
    Announce,
    /// Read what members asked, and what was done about it.
    ReadCases,
    /// Take such a case, and work on it.
    HandleCases,
    /// Give a case of somebody else's to whoever has time.
    AssignCases,
    /// See what is to be put right, and say what is.
    ProposeCorrection,
    /// Agree with what a colleague proposes, or not.
    DecideCorrection,
    /// See claims, take them and ask for more.
    HandleClaims,
    /// Approve, refuse and pay claims.
    DecideClaims,
    /// Say what was seen of somebody who wants a staged recovery, or refuse it (G-11).
    ProveRecovery,
}

impl Right {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::LookUp,
        Self::Unmask,
        Self::Verify,
        Self::Help,
        Self::Approve,
        Self::ReadAudit,
        Self::ExportAudit,
        Self::ManageStaff,
        Self::Announce,
        Self::ReadCases,
        Self::HandleCases,
        Self::AssignCases,
        Self::ProposeCorrection,
        Self::DecideCorrection,
        Self::HandleClaims,
        Self::DecideClaims,
        Self::ProveRecovery,
    ];

    /// Whether it needs a passkey that was used a moment ago.
    #[must_use]
    pub const fn is_dangerous(self) -> bool {
        matches!(
            self,
            Self::Unmask
                | Self::Help
                | Self::Approve
                | Self::ExportAudit
                | Self::ManageStaff
                | Self::Announce
                | Self::DecideCorrection
                | Self::DecideClaims
                | Self::ProveRecovery
        )
    }
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Helpdesk, Self::Verifier, Self::Supervisor, Self::Auditor, Self::Administrator];

    /// The word in rows, in logs and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Helpdesk => "helpdesk",
            Self::Verifier => "verifier",
            Self::Supervisor => "supervisor",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// The role of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// How long an invitation to this role works.
    #[must_use]
    pub const fn invitation_life(self) -> Duration {
        match self {
            Self::Helpdesk | Self::Verifier | Self::Supervisor | Self::Auditor => INVITATION_LIFE,
            Self::Administrator => ADMINISTRATOR_INVITATION_LIFE,
        }
    }

    /// Whether it may do this.
    #[must_use]
    pub const fn may(self, right: Right) -> bool {
        match right {
            Right::LookUp
            | Right::Unmask
            | Right::Verify
            | Right::Help
            | Right::HandleCases
            | Right::ProposeCorrection => {
                matches!(self, Self::Helpdesk | Self::Verifier | Self::Supervisor)
            }
            Right::Approve
            | Right::DecideCorrection
            | Right::HandleClaims
            | Right::DecideClaims
            | Right::ProveRecovery => {
                matches!(self, Self::Verifier | Self::Supervisor)
            }
            Right::AssignCases => matches!(self, Self::Supervisor),
            Right::ReadCases => !matches!(self, Self::Administrator),
            Right::ReadAudit => matches!(self, Self::Supervisor | Self::Auditor),
            Right::ExportAudit => matches!(self, Self::Auditor),
            Right::ManageStaff => matches!(self, Self::Administrator),
            Right::Announce => matches!(self, Self::Supervisor | Self::Administrator),
        }
    }
}

/// Somebody who works at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// The account.
    pub id: StaffId,
    /// The name, as colleagues and members read it.
    pub name: Officer,
    /// What they may do.
    pub role: Role,
    /// Since when they may do nothing.
    pub disabled_at: Option<Instant>,
}

/// A session at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose it is.
    pub staff: StaffId,
    /// When the passkey opened it.
    pub created_at: Instant,
    /// When the last page was asked for.
    pub seen_at: Instant,
    /// When a passkey was last used in it.
    pub proved_at: Instant,
    /// When it was ended before its time.
    pub ended_at: Option<Instant>,
}

impl Session {
    /// When it ends without another page; none when it is over.
    #[must_use]
    pub fn until(&self, now: Instant) -> Option<Instant> {
        let end = self.created_at.plus(LIFE);
        if self.ended_at.is_some() || now >= end || now.since(self.seen_at) >= IDLE {
            return None;
        }
        // A page that is not worth a write does not move the end.
        let seen_at = if self.wants_touch(now) { now } else { self.seen_at };
        Some(seen_at.plus(IDLE).min(end))
    }

    /// Whether this page is worth a write.
    #[must_use]
    pub fn wants_touch(&self, now: Instant) -> bool {
        now.since(self.seen_at) >= TOUCH_EVERY
    }

    /// Whether a passkey was used recently enough for a dangerous act.
    #[must_use]
    pub fn is_proved(&self, now: Instant) -> bool {
        now.since(self.proved_at) < PROOF_LIFE
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    fn session() -> Session {
        Session {
            staff: StaffId(Uuid::nil()),
            created_at: NOON,
            seen_at: NOON,
            proved_at: NOON,
            ended_at: None,
        }
    }

    #[test]
    fn p02_every_right_is_held_and_none_by_all() {
        for right in Right::ALL {
            let holders = Role::ALL.into_iter().filter(|role| role.may(right)).count();
            assert!((1..Role::ALL.len()).contains(&holders), "{right:?}");
        }
        for role in Role::ALL {
            assert_eq!(Role::named(role.name()), Some(role));
        }
        assert_eq!(Role::named("root"), None);
    }

    #[test]
    fn p02_whoever_lets_staff_in_sees_no_member_and_whoever_audits_changes_nothing() {
        assert!(!Role::Administrator.may(Right::LookUp) && !Role::Administrator.may(Right::Unmask));
        assert!(!Role::Auditor.may(Right::LookUp) && !Role::Auditor.may(Right::ManageStaff));
        assert!(!Role::Auditor.may(Right::HandleCases) && Role::Auditor.may(Right::ReadCases));
        assert!(!Role::Administrator.may(Right::ReadCases));
    }

    #[test]
    fn p02_whoever_assigns_cases_handles_them_and_whoever_handles_them_reads_them() {
        for role in Role::ALL {
            assert!(!role.may(Right::AssignCases) || role.may(Right::HandleCases), "{role:?}");
            assert!(!role.may(Right::HandleCases) || role.may(Right::ReadCases), "{role:?}");
        }
    }

    #[test]
    fn p01_fifteen_quiet_minutes_end_a_session() {
        let almost = NOON.plus(IDLE).minus(Duration::from_micros(1));
        assert!(session().until(almost).is_some());
        assert_eq!(session().until(NOON.plus(IDLE)), None);
    }

    #[test]
    fn p01_eight_hours_end_a_session_however_busy() {
        let shortly_before = NOON.plus(LIFE).minus(Duration::from_mins(1));
        let busy = Session { seen_at: shortly_before, ..session() };
        assert_eq!(busy.until(shortly_before), Some(NOON.plus(LIFE)));
        assert_eq!(busy.until(NOON.plus(LIFE)), None);
    }

    #[test]
    fn p01_a_proof_lasts_five_minutes() {
        assert!(session().is_proved(NOON.plus(PROOF_LIFE).minus(Duration::from_micros(1))));
        assert!(!session().is_proved(NOON.plus(PROOF_LIFE)));
    }

    #[test]
    fn h06_signing_out_ends_a_session_at_once() {
        let ended = Session { ended_at: Some(NOON), ..session() };
        assert_eq!(ended.until(NOON), None);
    }
}
