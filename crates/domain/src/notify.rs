//! Which message goes when, and what it says; the words are in `texts`.

use serde::{Deserialize, Serialize};

use crate::month::Month;
use crate::notice_choices::Topic;
use crate::recoveries::RecoveryNews;
use crate::time::Instant;

/// A message to a person, with what its words need. Kept sealed: a code is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Notice {
    /// The code of a sign-in.
    SignInCode {
        /// The six digits.
        code: String,
        /// When they stop being good.
        until: Instant,
    },
    /// The code that proves an address or number outside of a sign-in. Sent there.
    ContactCode {
        /// The six digits.
        code: String,
        /// When they stop being good.
        until: Instant,
    },
    /// Somebody signed in from a device that was not seen before.
    NewDevice {
        /// The device in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// The oldest device was signed out, because one more was signed in than a member may have.
    OldestSessionEnded {
        /// The device in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// Too many wrong passwords: the password path is paused.
    PasswordPaused {
        /// It opens again by itself then.
        until: Instant,
    },
    /// Far too many wrong passwords: the password path is shut until somebody opens it.
    PasswordLocked,
    /// The password path was opened before its time.
    PasswordOpened,
    /// The password was right, the second step was not.
    SecondStepFailed {
        /// How often in a row.
        times: u32,
        /// The device in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// A link to set a new password with, for whoever asked for one.
    ResetLink {
        /// The token in it.
        token: String,
        /// When it stops working.
        until: Instant,
    },
    /// The code for a new password, where the account has no address a link could go to.
    ResetCode {
        /// The six digits.
        code: String,
        /// When they stop being good.
        until: Instant,
    },
    /// Somebody asked for a new password with an address that no account has. Sent to that address.
    NoAccount,
    /// Another password was set.
    PasswordChanged {
        /// Whether a link set it, after the old one was forgotten.
        by_link: bool,
        /// Whether every other device was signed out.
        others_ended: bool,
        /// The device in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// A way to prove who one is was added, taken away or used up.
    FactorChanged {
        /// What happened to it.
        change: FactorChange,
        /// The device it was done on, in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// A link to go on with an activation, sent to the address that was confirmed in it.
    ActivationLink {
        /// The token in it.
        token: String,
        /// When it stops working.
        until: Instant,
    },
    /// The account was opened: a membership is activated.
    AccountActivated {
        /// The device in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// Somebody typed the data of a member who has an account, to activate it. Nothing came of it.
    ActivationTried {
        /// The device in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// An address or number comes, goes, or is exchanged.
    ContactChange(ContactChange),
    /// Somebody tried to use this very contact for another account. Sent to its owner.
    ContactTaken {
        /// `email` or `phone`.
        contact: String,
        /// When.
        at: Instant,
    },
    /// The address in the record was changed.
    AddressChanged {
        /// The device it was done on, in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// The lock before payouts was shut, or is on its way to open.
    PayoutLock {
        /// From when it is open again; none when it was shut.
        opens_at: Option<Instant>,
        /// The device it was done on, in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// The member said of a transaction that they do not recognise it, and payouts are shut.
    TransactionReported {
        /// What the report is found by: `LPR-7F3K-29QD`.
        reference: String,
        /// The device it was done on, in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// Staff closed a report of a transaction.
    ReportClosed {
        /// What the report is found by.
        reference: String,
        /// What came of it: `explained`, `corrected` or `fraud`.
        outcome: String,
        /// When.
        at: Instant,
    },
    /// The member sent a claim.
    ClaimSent {
        /// What the claim is found by: `KLM-7F3K-29QD`.
        reference: String,
        /// The device it was done on, in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// A claim moved on.
    ClaimMoved {
        /// What the claim is found by.
        reference: String,
        /// Where it is now: `asked`, `approved`, `granted`, `refused` or `paid`.
        stage: String,
        /// When.
        at: Instant,
    },
    /// Contributions came.
    ContributionReceived {
        /// The month of the latest of them.
        month: Month,
        /// When the record was looked at.
        at: Instant,
    },
    /// A contribution has not come although it was due.
    ContributionMissing {
        /// The latest such month.
        month: Month,
        /// When the record was looked at.
        at: Instant,
    },
    /// A statement was made.
    StatementReady {
        /// The device it was done on, in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// The member downloaded everything of theirs, or a part of it.
    DataExported {
        /// The device it was done on, in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// The owner said "this was not me", and the account was secured.
    NotMe {
        /// When.
        at: Instant,
    },
    /// News of a staged recovery.
    Recovery {
        /// What its member has in hand: `PLH-7F3K-29QD`.
        reference: String,
        /// What there is to tell.
        news: RecoveryNews,
    },
    /// A code was not sent as a text message: the number has just moved to another card (B-07).
    CodeWithheld {
        /// When.
        at: Instant,
    },
    /// Staff looked at the record. What they wrote of their reason stands in the activity: it may
    /// hold what others who read along should not know.
    StaffLooked {
        /// The name of the officer.
        officer: String,
        /// The word of what for.
        why: String,
        /// The word of the field that was shown in full; nothing when all were masked.
        field: String,
        /// When.
        at: Instant,
    },
    /// The desk asks in the member's own inbox whether it is them.
    DeskCheck {
        /// The name of the officer.
        officer: String,
        /// The token in its link.
        token: String,
        /// When it stops working.
        until: Instant,
    },
    /// The desk opened a way that was shut, sent a link for a new password, or took back what an
    /// application might do (J-03).
    DeskHelped {
        /// `unlock`, `send-reset` or `take-app-back`.
        what: String,
        /// The name of the officer.
        officer: String,
        /// The word of what for.
        why: String,
        /// When.
        at: Instant,
    },
    /// News of an act of the desk that takes two officers (P-04).
    DeskAct(DeskNews),
    /// Somebody says that the member has died: who is alive hears of it at once, and objects.
    DeathClaim(DeathNews),
    /// To an heir: how far the claim is. Of whom it is about and of the code nothing is in it.
    HeirClaim {
        /// What the claim is found by: `KLW-7F3K-29QD`.
        reference: String,
        /// `opened`, `complete`, `returned`, `approved`, `paid` or `over`.
        stage: String,
        /// When.
        at: Instant,
    },
    /// To a contact that the desk is asked to add: whose it is has to be known there.
    DeskContact {
        /// `email` or `phone`.
        contact: String,
        /// The token of the link that confirms it, where a link can go.
        token: Option<String>,
        /// When.
        at: Instant,
    },
    /// The member asked something of the support desk, and it is a case.
    CaseOpened {
        /// What it is found by: `KSS-7F3K-29QD`.
        reference: String,
        /// The device it was done on, in words.
        device: String,
        /// When.
        at: Instant,
    },
    /// Staff wrote down what the member asked, and it is a case.
    CaseByStaff {
        /// What it is found by: `KSS-7F3K-29QD`.
        reference: String,
        /// Who of the staff.
        officer: String,
        /// When.
        at: Instant,
    },
    /// Staff closed a case of the member.
    CaseClosed {
        /// What it is found by.
        reference: String,
        /// The word of what came of it.
        outcome: String,
        /// When.
        at: Instant,
    },
    /// How far a correction of the record is. What was wrong stands on the page alone.
    Correction {
        /// What it is found by: `KOR-7F3K-29QD`.
        reference: String,
        /// `asked`, `proposed`, `in-effect`, `refused` or `withdrawn`.
        stage: String,
        /// When.
        at: Instant,
    },
    /// What was saved under one member number went to another one, or came back.
    NumbersJoined {
        /// The number that is given up, masked.
        from: String,
        /// The one that stays, masked.
        into: String,
        /// Whether it came back.
        is_undone: bool,
        /// Who did it.
        officer: String,
        /// When.
        at: Instant,
    },
}

/// How far an act of the desk is that a message tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeskStage {
    /// It was asked for.
    Asked,
    /// A second officer approved it.
    Approved,
    /// It is done.
    Done,
    /// It came to nothing.
    Ended,
}

impl DeskStage {
    /// The word by which texts tell them apart.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Approved => "approved",
            Self::Done => "done",
            Self::Ended => "ended",
        }
    }
}

/// What a message tells of an act of the desk. The contact is masked: letters are read by others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskNews {
    /// The word of the act.
    pub what: String,
    /// How far it is.
    pub stage: DeskStage,
    /// The name of the officer.
    pub officer: String,
    /// The word of what for.
    pub why: String,
    /// The contact that comes, masked.
    pub new: Option<String>,
    /// When this stage was reached.
    pub at: Instant,
    /// When something happens by itself; the same moment where nothing does any more.
    pub due_at: Instant,
    /// The token of the link that cancels it.
    pub cancel: Option<String>,
}

/// What a message tells a member who is said to have died. Who claims is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeathNews {
    /// What the claim is found by: `KLW-7F3K-29QD`.
    pub reference: String,
    /// How far it is.
    pub stage: DeskStage,
    /// The name of the officer.
    pub officer: String,
    /// When this stage was reached.
    pub at: Instant,
    /// Before when nothing is paid.
    pub pays_from: Instant,
    /// The token of the link by which whoever is alive says so.
    pub alive: Option<String>,
}

/// How far a change of contacts is that a message tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// It is certain, and cools off.
    Begun,
    /// It is in effect.
    Done,
    /// It was taken back.
    Cancelled,
    /// It was asked for, and nobody typed the code in.
    Lapsed,
}

/// What a message tells of a change of contacts. Contacts are masked: letters are read by others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactChange {
    /// How far it is.
    pub stage: Stage,
    /// `add`, `replace` or `remove`.
    pub act: String,
    /// `email` or `phone`.
    pub contact: String,
    /// The contact that comes, masked.
    pub new: Option<String>,
    /// The contact that goes, masked.
    pub old: Option<String>,
    /// When this stage was reached.
    pub at: Instant,
    /// When the change takes effect, or did.
    pub effective_at: Instant,
    /// The token of the link that undoes it, for contacts that were there before.
    pub undo: Option<String>,
    /// Until when that link works.
    pub undo_until: Instant,
    /// The device it was done on, in words; nothing where none had to do with it.
    pub device: String,
    /// Whether the message goes to the contact that comes.
    pub is_to_new: bool,
}

/// What can happen to a way to prove who one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactorChange {
    /// An authenticator app was bound.
    AppAdded,
    /// The authenticator app was taken away.
    AppRemoved,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was taken away.
    PasskeyRemoved,
    /// A passkey counted backwards: there may be a copy of it (D-06).
    PasskeyCopied,
    /// An app or a passkey counts no more, until it is switched on again (J-06).
    Suspended,
    /// An app or a passkey counts again.
    Resumed,
    /// Codes no longer go by this way, or do again.
    WaysChanged,
    /// A new set of recovery codes was made, and the old one is dead.
    CodesMade,
    /// A recovery code was used.
    CodeUsed {
        /// How many are left.
        left: u32,
    },
}

impl FactorChange {
    /// The word by which texts tell them apart.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AppAdded => "app-added",
            Self::AppRemoved => "app-removed",
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::PasskeyCopied => "passkey-copied",
            Self::Suspended => "suspended",
            Self::Resumed => "resumed",
            Self::WaysChanged => "ways-changed",
            Self::CodesMade => "codes-made",
            Self::CodeUsed { .. } => "code-used",
        }
    }
}

impl Notice {
    /// The word in rows and in the demo's outbox.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SignInCode { .. } => "sign-in-code",
            Self::ContactCode { .. } => "contact-code",
            Self::NewDevice { .. } => "new-device",
            Self::OldestSessionEnded { .. } => "oldest-session-ended",
            Self::PasswordPaused { .. } => "password-paused",
            Self::PasswordLocked => "password-locked",
            Self::PasswordOpened => "password-opened",
            Self::SecondStepFailed { .. } => "second-step-failed",
            Self::ResetLink { .. } => "reset-link",
            Self::ResetCode { .. } => "reset-code",
            Self::NoAccount => "no-account",
            Self::PasswordChanged { .. } => "password-changed",
            Self::FactorChanged { .. } => "factor-changed",
            Self::ActivationLink { .. } => "activation-link",
            Self::AccountActivated { .. } => "account-activated",
            Self::ActivationTried { .. } => "activation-tried",
            Self::ContactChange(change) => match change.stage {
                Stage::Begun => "contact-change-begun",
                Stage::Done => "contact-change-done",
                Stage::Cancelled => "contact-change-cancelled",
                Stage::Lapsed => "contact-change-lapsed",
            },
            Self::ContactTaken { .. } => "contact-taken",
            Self::AddressChanged { .. } => "address-changed",
            Self::PayoutLock { opens_at: None, .. } => "payouts-closed",
            Self::PayoutLock { .. } => "payouts-opening",
            Self::TransactionReported { .. } => "transaction-reported",
            Self::ReportClosed { .. } => "report-closed",
            Self::ClaimSent { .. } => "claim-sent",
            Self::ClaimMoved { .. } => "claim-moved",
            Self::ContributionReceived { .. } => "contribution-received",
            Self::ContributionMissing { .. } => "contribution-missing",
            Self::StatementReady { .. } => "statement-ready",
            Self::DataExported { .. } => "data-exported",
            Self::NotMe { .. } => "not-me",
            Self::Recovery { news, .. } => news.kind(),
            Self::CodeWithheld { .. } => "code-withheld",
            Self::StaffLooked { .. } => "staff-looked",
            Self::DeskCheck { .. } => "desk-check-link",
            Self::DeskHelped { .. } => "desk-helped",
            Self::DeskAct(news) => match news.stage {
                DeskStage::Asked => "desk-act-asked",
                DeskStage::Approved => "desk-act-approved",
                DeskStage::Done => "desk-act-done",
                DeskStage::Ended => "desk-act-ended",
            },
            Self::DeathClaim(_) => "death-claim",
            Self::HeirClaim { .. } => "heir-claim",
            Self::DeskContact { .. } => "desk-contact",
            Self::CaseOpened { .. } => "case-opened",
            Self::CaseByStaff { .. } => "case-by-staff",
            Self::CaseClosed { .. } => "case-closed",
            Self::Correction { .. } => "correction",
            Self::NumbersJoined { is_undone: false, .. } => "numbers-merged",
            Self::NumbersJoined { .. } => "numbers-parted",
        }
    }

    /// Whether it asks its reader "was this you?" and so carries the link of M37. A code is asked
    /// for by whoever types it in, and the answer to "this was not me" asks nothing more.
    #[must_use]
    pub fn asks_whether_it_was_you(&self) -> bool {
        match self {
            // An officer says who they are, so nobody has to say who it was not.
            Self::NotMe { .. }
            | Self::NoAccount
            | Self::ReportClosed { .. }
            | Self::ClaimMoved { .. }
            | Self::ContributionReceived { .. }
            | Self::ContributionMissing { .. }
            | Self::DeskCheck { .. }
            | Self::DeathClaim(_)
            | Self::HeirClaim { .. }
            | Self::DeskContact { .. }
            | Self::StaffLooked { .. }
            | Self::CaseByStaff { .. }
            | Self::CaseClosed { .. }
            | Self::Correction { .. }
            | Self::NumbersJoined { .. } => false,
            Self::Recovery { news, .. } => news.asks_whether_it_was_you(),
            // Whoever holds the new contact has no say in an account that may not be theirs.
            Self::ContactChange(change) => !change.is_to_new,
            _ => Sort::of(self.kind()) != Sort::Code,
        }
    }

    /// What it is about, for members who choose what they get.
    #[must_use]
    pub const fn topic(&self) -> Topic {
        match self {
            Self::ClaimMoved { .. } => Topic::Claims,
            Self::ContributionReceived { .. } | Self::ContributionMissing { .. } => {
                Topic::Contributions
            }
            Self::StatementReady { .. } => Topic::Statements,
            // Everything else protects the account.
            _ => Topic::Security,
        }
    }

    /// The code in it, if it carries one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::SignInCode { code, .. }
            | Self::ContactCode { code, .. }
            | Self::ResetCode { code, .. } => Some(code),
            _ => None,
        }
    }

    /// The page its one link leads to, if it carries one. The host is the public address, whoever
    /// asked (R1).
    #[must_use]
    pub fn page(&self) -> Option<String> {
        match self {
            Self::ResetLink { token, .. } => Some(format!("/reset-password?token={token}")),
            Self::ActivationLink { token, .. } => Some(format!("/activate/resume?token={token}")),
            Self::ContactChange(ContactChange { undo: Some(token), .. }) => {
                Some(format!("/undo-change?token={token}"))
            }
            Self::Recovery { news, .. } => news.page(),
            Self::DeskCheck { token, .. }
            | Self::DeskAct(DeskNews { cancel: Some(token), .. })
            | Self::DeathClaim(DeathNews { alive: Some(token), .. })
            | Self::DeskContact { token: Some(token), .. } => {
                Some(format!("/desk-request?token={token}"))
            }
            _ => None,
        }
    }

    /// After this moment the message is of no use and is not sent any more.
    #[must_use]
    pub const fn useless_after(&self) -> Option<Instant> {
        match self {
            Self::SignInCode { until, .. }
            | Self::ContactCode { until, .. }
            | Self::ResetCode { until, .. }
            | Self::ResetLink { until, .. }
            | Self::ActivationLink { until, .. }
            | Self::DeskCheck { until, .. } => Some(*until),
            Self::Recovery { news, .. } => news.useless_after(),
            _ => None,
        }
    }
}

/// What kind of thing a message is, as anybody may be told who holds its reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// It holds a code to type in.
    Code,
    /// It holds a link to go on with something that was asked for.
    Link,
    /// It tells what happened on the account.
    News,
}

impl Sort {
    /// The sort of a kind, by how kinds are named: `…-code` holds a code, `…-link` a link.
    #[must_use]
    pub fn of(kind: &str) -> Self {
        if kind.ends_with("-code") {
            Self::Code
        } else if kind.ends_with("-link") {
            Self::Link
        } else {
            Self::News
        }
    }
}

/// New devices are told after this, so that a burst of sign-ins is one letter.
pub const GATHERING: std::time::Duration = std::time::Duration::from_mins(5);

/// Misses of the second step in a row that are worth a letter: the password is in wrong hands.
pub const STEP_MISSES_WORTH_A_LETTER: u32 = 3;

/// The pause before a failed sending is tried again: 5 s, doubling up to an hour.
#[must_use]
pub fn retry_after(attempts: u32) -> std::time::Duration {
    std::time::Duration::from_secs((5_u64 << attempts.saturating_sub(1).min(10)).min(3600))
}

/// Tries after which a message is given up.
pub const MOST_ATTEMPTS: u32 = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_asks_whether_it_was_you_and_a_code_does_not() {
        let at = Instant::from_micros(0);
        let code = Notice::SignInCode { code: "123456".to_owned(), until: at };
        let news = Notice::NewDevice { device: "Chrome".to_owned(), at };
        assert!(!code.asks_whether_it_was_you() && news.asks_whether_it_was_you());
        assert!(!Notice::NotMe { at }.asks_whether_it_was_you());
        assert_eq!([Sort::of("reset-link"), Sort::of("paused")], [Sort::Link, Sort::News]);
    }

    #[test]
    fn waiting_doubles_up_to_an_hour() {
        let seconds: Vec<u64> = (1..=12).map(|n| retry_after(n).as_secs()).collect();
        assert_eq!(seconds, [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
    }
}
