//! Which texts say a notice: as a text message, as the heading of a letter, and as the letter.

use payung_domain::notify::{ContactChange, Notice, Stage};

use crate::recoveries;

/// Which texts say a notice.
pub(crate) struct Keys {
    /// As a text message.
    pub(crate) text_message: &'static str,
    /// The heading of a letter.
    pub(crate) subject: &'static str,
    /// The letter.
    pub(crate) body: &'static str,
}

/// The texts of a notice.
#[expect(clippy::too_many_lines, reason = "a list: three texts for each notice")]
pub(super) const fn keys(notice: &Notice) -> Keys {
    match notice {
        Notice::SignInCode { .. } => Keys {
            text_message: "message-sign-in-code-sms",
            subject: "message-sign-in-code-subject",
            body: "message-sign-in-code-body",
        },
        Notice::ContactCode { .. } => Keys {
            text_message: "message-contact-code-sms",
            subject: "message-contact-code-subject",
            body: "message-contact-code-body",
        },
        Notice::NewDevice { .. } => Keys {
            text_message: "message-new-device-sms",
            subject: "message-new-device-subject",
            body: "message-new-device-body",
        },
        Notice::OldestSessionEnded { .. } => Keys {
            text_message: "message-oldest-session-sms",
            subject: "message-oldest-session-subject",
            body: "message-oldest-session-body",
        },
        Notice::PasswordPaused { .. } => Keys {
            text_message: "message-password-paused-sms",
            subject: "message-password-paused-subject",
            body: "message-password-paused-body",
        },
        Notice::PasswordLocked => Keys {
            text_message: "message-password-locked-sms",
            subject: "message-password-locked-subject",
            body: "message-password-locked-body",
        },
        Notice::PasswordOpened => Keys {
            text_message: "message-password-opened-sms",
            subject: "message-password-opened-subject",
            body: "message-password-opened-body",
        },
        Notice::SecondStepFailed { .. } => Keys {
            text_message: "message-second-step-sms",
            subject: "message-second-step-subject",
            body: "message-second-step-body",
        },
        Notice::FactorChanged { .. } => Keys {
            text_message: "message-factor-sms",
            subject: "message-factor-subject",
            body: "message-factor-body",
        },
        Notice::ResetLink { .. } => Keys {
            // Never sent as a text message: it would carry a link.
            text_message: "message-reset-link-subject",
            subject: "message-reset-link-subject",
            body: "message-reset-link-body",
        },
        Notice::ResetCode { .. } => Keys {
            text_message: "message-reset-code-sms",
            subject: "message-reset-code-subject",
            // Never sent as a letter: that would be a link.
            body: "message-reset-code-sms",
        },
        Notice::NoAccount => Keys {
            text_message: "message-no-account-subject",
            subject: "message-no-account-subject",
            body: "message-no-account-body",
        },
        Notice::PasswordChanged { by_link: true, .. } => Keys {
            text_message: "message-password-changed-sms",
            subject: "message-password-changed-subject",
            body: "message-password-reset-body",
        },
        Notice::PasswordChanged { .. } => Keys {
            text_message: "message-password-changed-sms",
            subject: "message-password-changed-subject",
            body: "message-password-changed-body",
        },
        Notice::ActivationLink { .. } => Keys {
            // Never sent as a text message: it would carry a link.
            text_message: "message-activation-link-subject",
            subject: "message-activation-link-subject",
            body: "message-activation-link-body",
        },
        Notice::AccountActivated { .. } => Keys {
            text_message: "message-activated-sms",
            subject: "message-activated-subject",
            body: "message-activated-body",
        },
        Notice::ActivationTried { .. } => Keys {
            text_message: "message-activation-tried-sms",
            subject: "message-activation-tried-subject",
            body: "message-activation-tried-body",
        },
        Notice::ContactChange(change) => contact_keys(change),
        Notice::ContactTaken { .. } => Keys {
            text_message: "message-contact-taken-sms",
            subject: "message-contact-taken-subject",
            body: "message-contact-taken-body",
        },
        Notice::AddressChanged { .. } => Keys {
            text_message: "message-address-sms",
            subject: "message-address-subject",
            body: "message-address-body",
        },
        Notice::PayoutLock { opens_at: None, .. } => Keys {
            text_message: "message-payouts-closed-sms",
            subject: "message-payouts-closed-subject",
            body: "message-payouts-closed-body",
        },
        Notice::PayoutLock { .. } => Keys {
            text_message: "message-payouts-opening-sms",
            subject: "message-payouts-opening-subject",
            body: "message-payouts-opening-body",
        },
        Notice::TransactionReported { .. } => Keys {
            text_message: "message-transaction-reported-sms",
            subject: "message-transaction-reported-subject",
            body: "message-transaction-reported-body",
        },
        Notice::ReportClosed { .. } => Keys {
            text_message: "message-report-closed-sms",
            subject: "message-report-closed-subject",
            body: "message-report-closed-body",
        },
        Notice::ClaimSent { .. } => Keys {
            text_message: "message-claim-sent-sms",
            subject: "message-claim-sent-subject",
            body: "message-claim-sent-body",
        },
        Notice::ClaimMoved { .. } => Keys {
            text_message: "message-claim-moved-sms",
            subject: "message-claim-moved-subject",
            body: "message-claim-moved-body",
        },
        Notice::ContributionReceived { .. } => Keys {
            text_message: "message-contribution-received-sms",
            subject: "message-contribution-received-subject",
            body: "message-contribution-received-body",
        },
        Notice::ContributionMissing { .. } => Keys {
            text_message: "message-contribution-missing-sms",
            subject: "message-contribution-missing-subject",
            body: "message-contribution-missing-body",
        },
        Notice::StatementReady { .. } => Keys {
            text_message: "message-statement-ready-sms",
            subject: "message-statement-ready-subject",
            body: "message-statement-ready-body",
        },
        Notice::DataExported { .. } => Keys {
            text_message: "message-data-exported-sms",
            subject: "message-data-exported-subject",
            body: "message-data-exported-body",
        },
        Notice::CodeWithheld { .. } => Keys {
            // Never sent as a text message: that number is what is in doubt.
            text_message: "message-code-withheld-subject",
            subject: "message-code-withheld-subject",
            body: "message-code-withheld-body",
        },
        Notice::NotMe { .. } => Keys {
            text_message: "message-not-me-sms",
            subject: "message-not-me-subject",
            body: "message-not-me-body",
        },
        Notice::Recovery { news, .. } => recoveries::letters::keys(news),
        Notice::StaffLooked { .. } => Keys {
            text_message: "message-staff-looked-sms",
            subject: "message-staff-looked-subject",
            body: "message-staff-looked-body",
        },
        Notice::DeskCheck { .. } => Keys {
            // Never sent as a text message: it would carry a link.
            text_message: "message-desk-check-subject",
            subject: "message-desk-check-subject",
            body: "message-desk-check-body",
        },
        Notice::DeskHelped { .. } => Keys {
            text_message: "message-desk-helped-sms",
            subject: "message-desk-helped-subject",
            body: "message-desk-helped-body",
        },
        Notice::DeskAct(_) => Keys {
            text_message: "message-desk-act-sms",
            subject: "message-desk-act-subject",
            body: "message-desk-act-body",
        },
        Notice::DeathClaim(_) => Keys {
            text_message: "message-death-claim-sms",
            subject: "message-death-claim-subject",
            body: "message-death-claim-body",
        },
        Notice::HeirClaim { .. } => Keys {
            text_message: "message-heir-claim-sms",
            subject: "message-heir-claim-subject",
            body: "message-heir-claim-body",
        },
        Notice::DeskContact { .. } => Keys {
            text_message: "message-desk-contact-sms",
            subject: "message-desk-contact-subject",
            body: "message-desk-contact-body",
        },
        Notice::CaseOpened { .. } => Keys {
            text_message: "message-case-opened-sms",
            subject: "message-case-opened-subject",
            body: "message-case-opened-body",
        },
        Notice::CaseByStaff { .. } => Keys {
            text_message: "message-case-by-staff-sms",
            subject: "message-case-by-staff-subject",
            body: "message-case-by-staff-body",
        },
        Notice::CaseClosed { .. } => Keys {
            text_message: "message-case-closed-sms",
            subject: "message-case-closed-subject",
            body: "message-case-closed-body",
        },
        Notice::Correction { .. } => Keys {
            text_message: "message-correction-sms",
            subject: "message-correction-subject",
            body: "message-correction-body",
        },
        Notice::NumbersJoined { .. } => Keys {
            text_message: "message-numbers-sms",
            subject: "message-numbers-subject",
            body: "message-numbers-body",
        },
    }
}

const fn contact_keys(change: &ContactChange) -> Keys {
    if change.is_to_new {
        return Keys {
            text_message: "message-contact-new-sms",
            subject: "message-contact-new-subject",
            body: "message-contact-new-body",
        };
    }
    match change.stage {
        Stage::Begun => Keys {
            text_message: "message-contact-begun-sms",
            subject: "message-contact-begun-subject",
            body: "message-contact-begun-body",
        },
        Stage::Done => Keys {
            text_message: "message-contact-done-sms",
            subject: "message-contact-done-subject",
            body: "message-contact-done-body",
        },
        Stage::Cancelled => Keys {
            text_message: "message-contact-cancelled-sms",
            subject: "message-contact-cancelled-subject",
            body: "message-contact-cancelled-body",
        },
        Stage::Lapsed => Keys {
            text_message: "message-contact-lapsed-sms",
            subject: "message-contact-lapsed-subject",
            body: "message-contact-lapsed-body",
        },
    }
}
