//! The support desk: pages for staff, on a host of their own, with cookies of their own. No page of a
//! member is here, and nothing that lets a member in lets anybody in here (P-01).

pub mod acts;
pub mod audit;
mod caller;
pub mod case;
pub mod case_words;
pub mod chain;
mod claim_parts;
pub mod claims;
pub mod confirm;
pub mod correct;
pub mod correction;
pub mod corrections;
mod front;
pub mod heir_document;
pub mod heir_open;
pub mod heirs;
pub mod help;
pub mod join;
pub mod look_up;
pub mod new_case;
pub mod notices;
pub mod people;
pub mod problem;
pub mod queue;
pub mod record;
pub mod recovery;
mod routes;
pub mod service;
pub mod sign_in;
pub mod sign_out;
pub mod source_words;
pub mod unmask;
mod upload;
pub mod verify;

use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::looks::{Field, NoReason, Why};
use payung_domain::staff::{Right, Role, Staff};
pub use routes::routes;

use crate::page::{Frame, Problem};

/// Who is signed in, as every page of the desk shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// The name.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

impl Me {
    /// Somebody who is signed in.
    #[must_use]
    pub fn of(staff: &Staff) -> Self {
        Self { name: staff.name.as_str().to_owned(), role: staff.role }
    }

    /// Whether the navigation shows looking members up.
    #[must_use]
    pub const fn looks(&self) -> bool {
        self.role.may(Right::LookUp)
    }

    /// Whether it shows what waits for a second officer.
    #[must_use]
    pub const fn verifies(&self) -> bool {
        self.role.may(Right::Verify)
    }

    /// Whether it shows the queue of cases.
    #[must_use]
    pub const fn reads_cases(&self) -> bool {
        self.role.may(Right::ReadCases)
    }

    /// Whether it shows what is to be put right.
    #[must_use]
    pub const fn corrects(&self) -> bool {
        self.role.may(Right::ProposeCorrection)
    }

    /// Whether it shows what was done.
    #[must_use]
    pub const fn audits(&self) -> bool {
        self.role.may(Right::ReadAudit)
    }

    /// Whether it shows who works here.
    #[must_use]
    pub const fn manages(&self) -> bool {
        self.role.may(Right::ManageStaff)
    }

    /// Whether it shows the claims that wait.
    #[must_use]
    pub const fn handles_claims(&self) -> bool {
        self.role.may(Right::HandleClaims)
    }

    /// Whether it shows what everybody is told, and how the service is.
    #[must_use]
    pub const fn announces(&self) -> bool {
        self.role.may(Right::Announce)
    }

    /// The role in words.
    #[must_use]
    pub fn role_words(&self, f: &Frame) -> String {
        role_words(f, self.role)
    }

    /// The page to begin with.
    #[must_use]
    pub const fn home(&self) -> &'static str {
        if self.looks() {
            "/look-up"
        } else if self.audits() {
            "/audit"
        } else {
            "/staff"
        }
    }
}

/// A role in words.
#[must_use]
pub fn role_words(f: &Frame, role: Role) -> String {
    f.t(match role {
        Role::Helpdesk => "desk-role-helpdesk",
        Role::Verifier => "desk-role-verifier",
        Role::Supervisor => "desk-role-supervisor",
        Role::Auditor => "desk-role-auditor",
        Role::Administrator => "desk-role-administrator",
    })
}

/// What a look was for, in words; members read it too.
#[must_use]
pub fn why_words(f: &Frame, why: Why) -> String {
    f.t(match why {
        Why::Call => "staff-why-call",
        Why::Visit => "staff-why-visit",
        Why::Letter => "staff-why-letter",
        Why::Request => "staff-why-request",
        Why::Suspicion => "staff-why-suspicion",
    })
}

/// A field in words; members read it too.
#[must_use]
pub fn field_words(f: &Frame, field: Field) -> String {
    f.t(match field {
        Field::Nik => "staff-field-nik",
        Field::Kpj => "staff-field-kpj",
        Field::BirthDate => "staff-field-birth-date",
        Field::Address => "staff-field-address",
        Field::Email => "staff-field-email",
        Field::Phone => "staff-field-phone",
    })
}

/// An act in words.
#[must_use]
pub fn act_words(f: &Frame, act: Act) -> String {
    f.t(match act {
        Act::Invited => "desk-act-invited",
        Act::Joined => "desk-act-joined",
        Act::SignedIn => "desk-act-signed-in",
        Act::Confirmed => "desk-act-confirmed",
        Act::SignedOut => "desk-act-signed-out",
        Act::CameByLine => "desk-act-came-by-line",
        Act::LookedUp => "desk-act-looked-up",
        Act::Opened => "desk-act-opened",
        Act::Unmasked => "desk-act-unmasked",
        Act::Verified => "desk-act-verified",
        Act::Unlocked => "desk-act-unlocked",
        Act::ResetSent => "desk-act-reset-sent",
        Act::ActsListed => "desk-act-acts-listed",
        Act::ActAsked => "desk-act-act-asked",
        Act::ActApproved => "desk-act-act-approved",
        Act::ActRefused => "desk-act-act-refused",
        Act::ActEnded => "desk-act-act-ended",
        Act::ActCancelled => "desk-act-act-cancelled",
        Act::AuditRead => "desk-act-audit-read",
        Act::AuditTaken => "desk-act-audit-taken",
        Act::AuditVerified => "desk-act-audit-verified",
        Act::Announced => "desk-act-announced",
        Act::AnnouncementEnded => "desk-act-announcement-ended",
        Act::StatusSaid => "desk-act-status-said",
        Act::StaffListed => "desk-act-staff-listed",
        Act::Disabled => "desk-act-disabled",
        Act::Enabled => "desk-act-enabled",
        Act::CameBack => "desk-act-came-back",
        Act::QueueRead => "desk-act-queue-read",
        Act::CaseRead => "desk-act-case-read",
        Act::CaseOpened => "desk-act-case-opened",
        Act::CaseTaken => "desk-act-case-taken",
        Act::CaseNoted => "desk-act-case-noted",
        Act::CaseWaits => "desk-act-case-waits",
        Act::CaseHandedOver => "desk-act-case-handed-over",
        Act::CaseClosed => "desk-act-case-closed",
        Act::CorrectionsListed => "desk-act-corrections-listed",
        Act::CorrectionAsked => "desk-act-correction-asked",
        Act::CorrectionOpened => "desk-act-correction-opened",
        Act::CorrectionProposed => "desk-act-correction-proposed",
        Act::CorrectionApproved => "desk-act-correction-approved",
        Act::CorrectionReturned => "desk-act-correction-returned",
        Act::CorrectionRefused => "desk-act-correction-refused",
        Act::NumbersMerged => "desk-act-numbers-merged",
        Act::NumbersParted => "desk-act-numbers-parted",
        Act::ReturnsMadeUp => "desk-act-returns-made-up",
        Act::AppsRead => "desk-act-apps-read",
        Act::AppTakenBack => "desk-act-app-taken-back",
        Act::ClaimsListed => "desk-act-claims-listed",
        Act::ClaimOpened => "desk-act-claim-opened",
        Act::DocumentTaken => "desk-act-document-taken",
        Act::ClaimHandled => "desk-act-claim-handled",
        Act::ClaimDecided => "desk-act-claim-decided",
        Act::CodeSent => "desk-act-code-sent",
        Act::NumberProved => "desk-act-number-proved",
        Act::RecoveryOpened => "desk-act-recovery-opened",
        Act::RecoveryProved => "desk-act-recovery-proved",
        Act::RecoveryRefused => "desk-act-recovery-refused",
    })
}

/// An outcome in words.
#[must_use]
pub fn outcome_words(f: &Frame, outcome: Outcome) -> String {
    f.t(match outcome {
        Outcome::Done => "desk-outcome-done",
        Outcome::Nothing => "desk-outcome-nothing",
        Outcome::Refused => "desk-outcome-refused",
        Outcome::TooMuch => "desk-outcome-too-much",
    })
}

/// What is wrong with a reason, beside its fields.
#[must_use]
pub fn reason_problem(f: &Frame, problem: NoReason) -> Problem {
    match problem {
        NoReason::Nothing => Problem { field: "why", text: f.t("desk-why-missing") },
        NoReason::Short => Problem { field: "reason", text: f.t("desk-reason-short") },
        NoReason::Long => Problem { field: "reason", text: f.t("desk-reason-long") },
    }
}

/// What is said of a page that is too old, beside its first field.
fn stale(f: &Frame, field: &'static str) -> Problem {
    Problem { field, text: f.t("desk-stale") }
}
