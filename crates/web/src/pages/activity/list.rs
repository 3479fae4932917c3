//! M27 Aktivitas / Activity: what happened on the account, in plain words, for thirteen months.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::activity::{Event, Group, Line};
use payung_domain::marks::Mark;
use payung_domain::month::Month;
use payung_flows::activity::{self, Choice as Wanted, View};
use uuid::Uuid;

use crate::desk::{field_words, why_words};
use crate::form::Fields;
use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;
use crate::pages::contributions::history::Choice;

/// The list of what happened.
#[derive(Debug, Template)]
#[template(path = "activity/list.html")]
pub struct Activity {
    /// Around the page.
    pub f: Frame,
    /// What it may have to do with.
    pub kinds: Vec<Choice>,
    /// The months that are kept.
    pub months: Vec<Choice>,
    /// What is chosen, for the download: values of `kind` and `month`.
    pub chosen: (String, String),
    /// Newest first, each with where it stands.
    pub lines: Vec<(Mark, Line)>,
    /// Who of the staff looked, at what and why, by the ids of those lines.
    pub views: Vec<(Uuid, View)>,
    /// Address of the lines before these, if there are some.
    pub older: Option<String>,
    /// Address of the newest lines, when these are not they.
    pub newest: Option<String>,
}

impl Activity {
    fn what(&self, line: &Line) -> String {
        words(&self.f, line.event)
    }

    fn view(&self, mark: &Mark) -> Option<String> {
        let (_, view) = self.views.iter().find(|(id, _)| *id == mark.id)?;
        Some(view_words(&self.f, view))
    }
}

/// Who of the staff looked, at what and why, in words.
#[must_use]
pub fn view_words(f: &Frame, view: &View) -> String {
    let why = why_words(f, view.reason.why);
    let who = f.t2("activity-staff", "officer", &view.officer, "why", why);
    let reason = f.t1("activity-staff-reason", "reason", &view.reason.text);
    match view.field {
        Some(field) => {
            let shown = f.t1("activity-staff-field", "field", field_words(f, field));
            format!("{who} {shown} {reason}")
        }
        None => format!("{who} {reason}"),
    }
}

/// `GET /activity`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let wanted = wanted(&guest.query);
    let before = guest.query.filled("before").and_then(Mark::parse);
    let part =
        activity::page(&guest.site.app, &guest.visit, &member.signed_in, wanted, before).await?;
    let account = member.signed_in.account.id;
    let views = activity::views(&guest.site.app, account, &part.lines).await?;
    let months = activity::months(member.signed_in.account.zone, guest.visit.now);
    let f = member.frame();
    let page = Activity {
        kinds: kinds(&f, wanted.group),
        months: months.into_iter().map(|month| month_choice(&f, month, wanted.month)).collect(),
        chosen: (value_of(wanted.group), wanted.month.map(key_of).unwrap_or_default()),
        lines: part.lines,
        views,
        older: part.older.map(|mark| address(wanted, Some(mark))),
        newest: before.map(|_| address(wanted, None)),
        f,
    };
    Ok(front::show(StatusCode::OK, &page))
}

/// What an address or a form asks for. A choice that is none chooses everything.
pub(super) fn wanted(fields: &Fields) -> Wanted {
    let month = || {
        let number: i32 = fields.text("month").parse().ok()?;
        Month::new(i16::try_from(number / 100).ok()?, i8::try_from(number % 100).ok()?)
    };
    Wanted { group: Group::named(fields.text("kind")), month: month() }
}

fn address(wanted: Wanted, before: Option<Mark>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(group) = wanted.group {
        query.append_pair("kind", group.name());
    }
    if let Some(month) = wanted.month {
        query.append_pair("month", &key_of(month));
    }
    if let Some(before) = before {
        query.append_pair("before", &before.to_string());
    }
    format!("/activity?{}#lines", query.finish())
}

fn kinds(f: &Frame, chosen: Option<Group>) -> Vec<Choice> {
    let label = |group| match group {
        Group::SignIn => f.t("activity-sign-in"),
        Group::Security => f.t("activity-security"),
        Group::Messages => f.t("activity-messages"),
        Group::Data => f.t("activity-data"),
    };
    Group::ALL
        .into_iter()
        .map(|group| Choice {
            value: group.name().to_owned(),
            label: label(group),
            chosen: chosen == Some(group),
        })
        .collect()
}

fn month_choice(f: &Frame, month: Month, chosen: Option<Month>) -> Choice {
    Choice { value: key_of(month), label: f.month(&month), chosen: chosen == Some(month) }
}

fn key_of(month: Month) -> String {
    month.get().to_string()
}

fn value_of(group: Option<Group>) -> String {
    group.map(|group| group.name().to_owned()).unwrap_or_default()
}

/// An event in plain words.
#[must_use]
pub fn words(f: &Frame, event: Event) -> String {
    f.t(match event {
        Event::SignedIn => "event-signed-in",
        Event::SignedOut => "event-signed-out",
        Event::NewDevice => "event-new-device",
        Event::PasswordWrong => "event-password-wrong",
        Event::PasswordPaused => "event-password-paused",
        Event::PasswordLocked => "event-password-locked",
        Event::PasswordOpened => "event-password-opened",
        Event::CodeWrong => "event-code-wrong",
        Event::CodePaused => "event-code-paused",
        Event::CodeLocked => "event-code-locked",
        Event::CodeOpened => "event-code-opened",
        Event::SessionEnded => "event-session-ended",
        Event::SessionsEnded => "event-sessions-ended",
        Event::OldestSessionEnded => "event-oldest-session-ended",
        Event::AccountActivated => "event-account-activated",
        Event::ActivationTried => "event-activation-tried",
        Event::PasswordChanged => "event-password-changed",
        Event::PasswordLeaked => "event-password-leaked",
        Event::ResetAsked => "event-reset-asked",
        Event::ResetDone => "event-reset-done",
        Event::FactorAdded => "event-factor-added",
        Event::FactorRemoved => "event-factor-removed",
        Event::FactorSuspended => "event-factor-suspended",
        Event::FactorResumed => "event-factor-resumed",
        Event::FactorPreferred => "event-factor-preferred",
        Event::PasskeyAdded => "event-passkey-added",
        Event::PasskeyRemoved => "event-passkey-removed",
        Event::PasskeyCopied => "event-passkey-copied",
        Event::RecoveryCodesMade => "event-recovery-codes-made",
        Event::RecoveryCodeUsed => "event-recovery-code-used",
        Event::DeviceRemembered => "event-device-remembered",
        Event::DevicesForgotten => "event-devices-forgotten",
        Event::IdentityConfirmed => "event-identity-confirmed",
        Event::NotMeReported => "event-not-me-reported",
        Event::RecoveryBegun => "event-recovery-begun",
        Event::RecoveryStopped => "event-recovery-stopped",
        Event::RecoveryProved => "event-recovery-proved",
        Event::RecoveryRefused => "event-recovery-refused",
        Event::RecoveryDone => "event-recovery-done",
        Event::RecoveryUndone => "event-recovery-undone",
        Event::StaffVerified => "event-staff-verified",
        Event::StaffUnlocked => "event-staff-unlocked",
        Event::StaffSentReset => "event-staff-sent-reset",
        Event::StaffTookAppBack => "event-staff-took-app-back",
        Event::StaffAskedApp => "event-staff-asked-app",
        Event::StaffAskedPasskeys => "event-staff-asked-passkeys",
        Event::StaffAskedEmail => "event-staff-asked-email",
        Event::StaffAskedPhone => "event-staff-asked-phone",
        Event::StaffApproved => "event-staff-approved",
        Event::StaffToldOfDeath => "event-staff-told-of-death",
        Event::StaffActEnded => "event-staff-act-ended",
        Event::CodeSent => "event-code-sent",
        Event::CodeWithheld => "event-code-withheld",
        Event::MessageUndelivered => "event-message-undelivered",
        Event::ContactChangeBegun => "event-contact-change-begun",
        Event::ContactChangeDone => "event-contact-change-done",
        Event::ContactChangeCancelled => "event-contact-change-cancelled",
        Event::AppConnected => "event-app-connected",
        Event::AppDisconnected => "event-app-disconnected",
        Event::TransactionReported => "event-transaction-reported",
        Event::ReportClosed => "event-report-closed",
        Event::ClaimSent => "event-claim-sent",
        Event::ClaimWithdrawn => "event-claim-withdrawn",
        Event::ClaimMoved => "event-claim-moved",
        Event::ClaimPaid => "event-claim-paid",
        Event::StatementIssued => "event-statement-issued",
        Event::ActivityDownloaded => "event-activity-downloaded",
        Event::DataExported => "event-data-exported",
        Event::StaffOpened => "event-staff-opened",
        Event::StaffUnmasked => "event-staff-unmasked",
        Event::StaffChanged => "event-staff-changed",
        Event::StaffOpenedCase => "event-staff-opened-case",
        Event::ActContested => "event-act-contested",
        Event::CaseClosed => "event-case-closed",
        Event::CorrectionAsked => "event-correction-asked",
        Event::CorrectionWithdrawn => "event-correction-withdrawn",
        Event::AddressChanged => "event-address-changed",
        Event::PayoutsClosed => "event-payouts-closed",
        Event::PayoutsOpening => "event-payouts-opening",
        Event::NoticesChosen => "event-notices-chosen",
    })
}
