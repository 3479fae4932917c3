//! What happened on an account, in words the member gets to read.
//!
//! Where it happened is told by the device alone: an address is personal data, and a place guessed
//! from one would be wrong for most people on a mobile network.

use std::time::Duration;

use crate::time::Instant;

/// How long lines are kept, and messages in the inbox: thirteen months, so that a year can be
/// compared with the one before.
pub const KEPT: Duration = Duration::from_hours(24 * 400);

/// Every kind of thing that happens, once: its group, its name in code, its word in rows and logs.
macro_rules! events {
    ($($group:ident { $($(#[$doc:meta])* $event:ident $name:literal,)* })*) => {
        /// A kind of thing that happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Event {
            $($($(#[$doc])* $event,)*)*
        }

        impl Event {
            /// All of them, group by group.
            pub const ALL: &[Self] = &[$($(Self::$event,)*)*];

            /// The word in rows and logs.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$event => $name,)*)* }
            }

            /// What it has to do with.
            #[must_use]
            pub const fn group(self) -> Group {
                match self { $($(Self::$event => Group::$group,)*)* }
            }
        }
    };
}

events! {
    SignIn {
        /// Signed in, both steps done.
        SignedIn "signed-in",
        /// Signed out by hand.
        SignedOut "signed-out",
        /// Signed in from a browser that was not seen before.
        NewDevice "new-device",
        /// A wrong password.
        PasswordWrong "password-wrong",
        /// The password path was paused after too many misses.
        PasswordPaused "password-paused",
        /// The password path was shut until somebody opens it.
        PasswordLocked "password-locked",
        /// The password path was opened before its time.
        PasswordOpened "password-opened",
        /// The right password, then a wrong code.
        CodeWrong "code-wrong",
        /// The second step was paused after too many misses.
        CodePaused "code-paused",
        /// The second step was shut until a passkey opens it, or somebody does.
        CodeLocked "code-locked",
        /// The second step was opened again.
        CodeOpened "code-opened",
        /// One device was signed out from another one.
        SessionEnded "session-ended",
        /// All other devices were signed out.
        SessionsEnded "sessions-ended",
        /// The oldest device was signed out because there were too many.
        OldestSessionEnded "oldest-session-ended",
    }
    Security {
        /// The account was opened for use.
        AccountActivated "account-activated",
        /// Somebody who knows the owner's data tried to open another account with them.
        ActivationTried "activation-tried",
        /// The password was changed from inside.
        PasswordChanged "password-changed",
        /// The password has leaked somewhere: another one has to be set.
        PasswordLeaked "password-leaked",
        /// Somebody asked for a new password.
        ResetAsked "reset-asked",
        /// A new password was set with a link.
        ResetDone "reset-done",
        /// A way of the second step was added.
        FactorAdded "factor-added",
        /// A way of the second step was taken away.
        FactorRemoved "factor-removed",
        /// A way of the second step counts no more, until it is switched on again.
        FactorSuspended "factor-suspended",
        /// A way of the second step counts again.
        FactorResumed "factor-resumed",
        /// Another way of the second step comes first now.
        FactorPreferred "factor-preferred",
        /// A passkey was added.
        PasskeyAdded "passkey-added",
        /// A passkey was taken away.
        PasskeyRemoved "passkey-removed",
        /// A passkey counted backwards: there may be a copy of it.
        PasskeyCopied "passkey-copied",
        /// A new set of recovery codes was made.
        RecoveryCodesMade "recovery-codes-made",
        /// A recovery code was used up.
        RecoveryCodeUsed "recovery-code-used",
        /// A browser may leave out the second step for reading.
        DeviceRemembered "device-remembered",
        /// No browser may leave out the second step any more.
        DevicesForgotten "devices-forgotten",
        /// The member proved once more who they are.
        IdentityConfirmed "identity-confirmed",
        /// The owner said "this was not me".
        NotMeReported "not-me-reported",
        /// A staged recovery was asked for.
        RecoveryBegun "recovery-begun",
        /// The owner stopped a staged recovery.
        RecoveryStopped "recovery-stopped",
        /// Two officers saw proof for a staged recovery.
        RecoveryProved "recovery-proved",
        /// The support desk refused a staged recovery.
        RecoveryRefused "recovery-refused",
        /// A staged recovery came to its end.
        RecoveryDone "recovery-done",
        /// The owner undid a staged recovery that had come to its end.
        RecoveryUndone "recovery-undone",
        /// Staff checked who the member is.
        StaffVerified "staff-verified",
        /// Staff ended a pause, or opened a lock.
        StaffUnlocked "staff-unlocked",
        /// Staff sent a link for a new password.
        StaffSentReset "staff-sent-reset",
        /// Staff took back what the member let an application do.
        StaffTookAppBack "staff-took-app-back",
        /// Staff asked for the authenticator app to be taken away.
        StaffAskedApp "staff-asked-app",
        /// Staff asked for the passkeys to be taken away.
        StaffAskedPasskeys "staff-asked-passkeys",
        /// Staff asked for another e-mail address.
        StaffAskedEmail "staff-asked-email",
        /// Staff asked for another number.
        StaffAskedPhone "staff-asked-phone",
        /// Staff were told that the member has died.
        StaffToldOfDeath "staff-told-of-death",
        /// A second officer approved what staff asked for.
        StaffApproved "staff-approved",
        /// What staff asked for was cancelled, refused, or came to nothing.
        StaffActEnded "staff-act-ended",
    }
    Messages {
        /// A code was sent.
        CodeSent "code-sent",
        /// A code was not sent: the number has just moved to another card.
        CodeWithheld "code-withheld",
        /// A message could not be delivered.
        MessageUndelivered "message-undelivered",
    }
    Data {
        /// A new address or number was asked for.
        ContactChangeBegun "contact-change-begun",
        /// A new address or number counts from now on.
        ContactChangeDone "contact-change-done",
        /// A new address or number was called off.
        ContactChangeCancelled "contact-change-cancelled",
        /// The address in the record was changed.
        AddressChanged "address-changed",
        /// Payouts were shut by the member.
        PayoutsClosed "payouts-closed",
        /// The member asked for payouts to open again.
        PayoutsOpening "payouts-opening",
        /// The member chose which news to get.
        NoticesChosen "notices-chosen",
        /// An application was let in.
        AppConnected "app-connected",
        /// An application was let in no longer.
        AppDisconnected "app-disconnected",
        /// The member said of a transaction that they do not recognise it.
        TransactionReported "transaction-reported",
        /// Staff closed such a report.
        ReportClosed "report-closed",
        /// The member sent a claim.
        ClaimSent "claim-sent",
        /// The member took a claim back.
        ClaimWithdrawn "claim-withdrawn",
        /// Staff moved a claim on.
        ClaimMoved "claim-moved",
        /// A claim was paid.
        ClaimPaid "claim-paid",
        /// A statement of the savings was issued to the member.
        StatementIssued "statement-issued",
        /// The member downloaded this very list.
        ActivityDownloaded "activity-downloaded",
        /// The member downloaded everything of theirs, or a part of it.
        DataExported "data-exported",
        /// Staff opened the record.
        StaffOpened "staff-opened",
        /// Staff saw one field of the record in full.
        StaffUnmasked "staff-unmasked",
        /// Staff changed the record.
        StaffChanged "staff-changed",
        /// Staff opened a case for the member.
        StaffOpenedCase "staff-opened-case",
        /// The member contests something that staff did.
        ActContested "act-contested",
        /// Staff closed a case of the member.
        CaseClosed "case-closed",
        /// The member asked for something on record to be put right.
        CorrectionAsked "correction-asked",
        /// The member took such a request back.
        CorrectionWithdrawn "correction-withdrawn",
    }
}

impl Event {
    /// The event of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|event| event.name() == name)
    }

    /// Whether staff did it, and a line says who, so that its member may contest it (P-07).
    #[must_use]
    pub const fn may_be_contested(self) -> bool {
        matches!(
            self,
            Self::StaffOpened
                | Self::StaffUnmasked
                | Self::StaffChanged
                | Self::StaffOpenedCase
                | Self::StaffToldOfDeath
                | Self::StaffVerified
                | Self::StaffUnlocked
                | Self::StaffSentReset
                | Self::StaffTookAppBack
                | Self::StaffAskedApp
                | Self::StaffAskedPasskeys
                | Self::StaffAskedEmail
                | Self::StaffAskedPhone
                | Self::StaffApproved
                | Self::StaffActEnded
                | Self::CaseClosed
        )
    }

    /// Whether it is worth asking the owner "was this you?": something that somebody did, and that
    /// would be bad news if it was somebody else.
    #[must_use]
    pub const fn may_be_strange(self) -> bool {
        !matches!(
            self,
            Self::NotMeReported
                | Self::OldestSessionEnded
                | Self::PasswordOpened
                | Self::CodeOpened
                | Self::PasswordLeaked
                | Self::CodeWithheld
                | Self::MessageUndelivered
                | Self::StaffOpened
                | Self::StaffUnmasked
                | Self::StaffChanged
                | Self::StaffOpenedCase
                | Self::CaseClosed
                | Self::ReportClosed
                | Self::ClaimMoved
                | Self::RecoveryRefused
                | Self::RecoveryUndone
                | Self::StaffVerified
                | Self::StaffUnlocked
                | Self::StaffSentReset
                | Self::StaffTookAppBack
                | Self::StaffToldOfDeath
                | Self::StaffApproved
                | Self::StaffActEnded
        )
    }
}

/// What an event has to do with, as the filter of the activity page offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Coming in, going out, and not getting in.
    SignIn,
    /// What protects the account.
    Security,
    /// What was sent.
    Messages,
    /// The member's data, and who looked at it.
    Data,
}

impl Group {
    /// All, in the order of the filter.
    pub const ALL: [Self; 4] = [Self::SignIn, Self::Security, Self::Messages, Self::Data];

    /// The word in addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Security => "security",
            Self::Messages => "messages",
            Self::Data => "data",
        }
    }

    /// The group of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.name() == name)
    }

    /// The events in it.
    pub fn events(self) -> impl Iterator<Item = Event> {
        Event::ALL.iter().copied().filter(move |event| event.group() == self)
    }
}

/// One line of the activity list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: Instant,
    /// What.
    pub event: Event,
    /// On which device, in words.
    pub device: String,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_event_has_a_name_of_its_own_and_is_found_by_it() {
        let names: HashSet<&str> = Event::ALL.iter().map(|event| event.name()).collect();
        assert_eq!(names.len(), Event::ALL.len());
        for event in Event::ALL {
            assert_eq!(Event::named(event.name()), Some(*event));
        }
        assert_eq!(Event::named("flew-away"), None);
    }

    #[test]
    fn every_event_is_in_exactly_one_group_of_the_filter() {
        let grouped: Vec<Event> = Group::ALL.into_iter().flat_map(Group::events).collect();
        assert_eq!(grouped, Event::ALL);
        for group in Group::ALL {
            assert_eq!(Group::named(group.name()), Some(group));
        }
    }

    #[test]
    fn p07_whatever_staff_did_may_be_contested_and_nothing_else() {
        for event in Event::ALL {
            let is_of_staff = event.name().starts_with("staff-") || *event == Event::CaseClosed;
            assert_eq!(event.may_be_contested(), is_of_staff, "{event:?}");
        }
    }

    /// The list is searched with `like`, where these two would mean "anything".
    #[test]
    fn no_name_holds_what_a_pattern_would_read() {
        assert!(Event::ALL.iter().all(|event| !event.name().contains(['%', '_', ','])));
    }
}
