//! What a message may name: devices, moments, links and amounts, in its owner's language and zone.

use payung_domain::language::Language;
use payung_domain::notify::{ContactChange, FactorChange, Notice, Stage};
use payung_domain::recovery_codes::FEW;
use payung_domain::second_factor::{CODE_LIFE, Destination};
use payung_domain::time::Zone;
use payung_storage::outbox::Message;
use payung_texts::{Value, formats};

use crate::recoveries;
use crate::settings::Settings;

/// What a message about contacts may name.
fn contact_places(
    change: &ContactChange,
    language: Language,
    zone: Zone,
) -> Vec<(&'static str, Value<'_>)> {
    let moment = |at| formats::date_time(language, at, zone);
    let stage = match change.stage {
        Stage::Begun => "begun",
        Stage::Done => "done",
        Stage::Cancelled | Stage::Lapsed => "cancelled",
    };
    vec![
        ("stage", stage.into()),
        ("what", format!("{}-{}", change.act, change.contact).into()),
        ("contact", Value::from(&change.contact)),
        ("new", change.new.as_deref().unwrap_or_default().into()),
        ("old", change.old.as_deref().unwrap_or_default().into()),
        ("device", Value::from(&change.device)),
        ("at", moment(change.at).into()),
        ("time", moment(change.effective_at).into()),
    ]
}

/// What a message about the desk may name.
fn desk_places<'a>(
    settings: &Settings,
    message: &'a Message,
    zone: Zone,
) -> Vec<(&'static str, Value<'a>)> {
    let moment = |at| formats::date_time(message.language, at, zone);
    match &message.notice {
        Notice::StaffLooked { officer, why, field, at } => vec![
            ("officer", officer.into()),
            ("why", why.into()),
            ("field", if field.is_empty() { "none" } else { field.as_str() }.into()),
            ("time", moment(*at).into()),
        ],
        Notice::DeskCheck { officer, until, .. } => {
            let page = message.notice.page().unwrap_or_default();
            vec![
                ("officer", officer.into()),
                ("link", format!("{}{page}", settings.public_url).into()),
                ("time", formats::clock_time(message.language, *until, zone).into()),
            ]
        }
        Notice::DeskHelped { what, officer, why, at } => vec![
            ("what", what.into()),
            ("officer", officer.into()),
            ("why", why.into()),
            ("time", moment(*at).into()),
        ],
        Notice::DeskAct(news) => vec![
            ("what", Value::from(&news.what)),
            ("stage", news.stage.name().into()),
            ("officer", Value::from(&news.officer)),
            ("why", Value::from(&news.why)),
            ("new", news.new.as_deref().unwrap_or("–").into()),
            ("at", moment(news.at).into()),
            ("time", moment(news.due_at).into()),
        ],
        Notice::CaseByStaff { reference, officer, at } => vec![
            ("reference", reference.into()),
            ("officer", officer.into()),
            ("time", moment(*at).into()),
        ],
        Notice::DeathClaim(news) => vec![
            ("reference", Value::from(&news.reference)),
            ("stage", news.stage.name().into()),
            ("officer", Value::from(&news.officer)),
            ("at", moment(news.at).into()),
            ("time", moment(news.pays_from).into()),
        ],
        Notice::HeirClaim { reference, stage, at } => vec![
            ("reference", reference.into()),
            ("stage", stage.into()),
            ("time", moment(*at).into()),
        ],
        Notice::DeskContact { contact, at, .. } => {
            vec![("contact", contact.into()), ("time", moment(*at).into())]
        }
        Notice::NumbersJoined { from, into, is_undone, officer, at } => vec![
            ("what", if *is_undone { "parted" } else { "merged" }.into()),
            ("from", from.into()),
            ("into", into.into()),
            ("officer", officer.into()),
            ("time", moment(*at).into()),
        ],
        _ => Vec::new(),
    }
}

/// Everything a message may name.
#[expect(clippy::too_many_lines, reason = "a list: what each notice names")]
pub(super) fn places<'a>(
    settings: &'a Settings,
    message: &'a Message,
    zone: Zone,
) -> Vec<(&'static str, Value<'a>)> {
    let mut places = vec![
        ("service", Value::from(&settings.service_name)),
        ("domain", settings.public_host().into()),
        ("help", Value::from(&settings.help_phone)),
    ];
    match &message.notice {
        Notice::SignInCode { code, until }
        | Notice::ContactCode { code, until }
        | Notice::ResetCode { code, until } => {
            let minutes = u32::try_from(CODE_LIFE.as_secs() / 60).unwrap_or(u32::MAX);
            let channel = if matches!(message.to, Destination::Sms(_)) { "sms" } else { "email" };
            places.push(("channel", channel.into()));
            places.push(("code", code.into()));
            places.push(("minutes", minutes.into()));
            places.push(("time", formats::clock_time(message.language, *until, zone).into()));
        }
        Notice::PasswordPaused { until } => {
            places.push(("time", formats::clock_time(message.language, *until, zone).into()));
        }
        Notice::ResetLink { until, .. } => {
            // R1: the host is the configured one, whatever any request said.
            let page = message.notice.page().unwrap_or_default();
            places.push(("link", format!("{}{page}", settings.public_url).into()));
            places.push(("time", formats::clock_time(message.language, *until, zone).into()));
        }
        Notice::ActivationLink { until, .. } => {
            let page = message.notice.page().unwrap_or_default();
            places.push(("link", format!("{}{page}", settings.public_url).into()));
            places.push(("time", formats::date_time(message.language, *until, zone).into()));
        }
        Notice::PasswordLocked | Notice::PasswordOpened | Notice::NoAccount => {}
        Notice::ContactChange(change) => {
            places.extend(contact_places(change, message.language, zone));
        }
        Notice::ContactTaken { contact, at } => {
            places.push(("contact", contact.into()));
            places.push(("at", formats::date_time(message.language, *at, zone).into()));
        }
        Notice::PayoutLock { opens_at: Some(opens_at), device, at } => {
            places.push(("device", device.into()));
            places.push(("at", formats::date_time(message.language, *at, zone).into()));
            places.push(("time", formats::date_time(message.language, *opens_at, zone).into()));
        }
        Notice::ReportClosed { reference, outcome, at }
        | Notice::CaseClosed { reference, outcome, at }
        | Notice::Correction { reference, stage: outcome, at } => {
            places.push(("reference", reference.into()));
            places.push(("outcome", outcome.into()));
            places.push(("time", formats::date_time(message.language, *at, zone).into()));
        }
        Notice::ClaimMoved { reference, stage, at } => {
            places.push(("reference", reference.into()));
            places.push(("stage", stage.into()));
            places.push(("time", formats::date_time(message.language, *at, zone).into()));
        }
        Notice::ContributionReceived { month, at } | Notice::ContributionMissing { month, at } => {
            places.push(("month", formats::month(message.language, *month).into()));
            places.push(("time", formats::date_time(message.language, *at, zone).into()));
        }
        Notice::StaffLooked { .. }
        | Notice::DeskCheck { .. }
        | Notice::DeskHelped { .. }
        | Notice::DeskAct(_)
        | Notice::CaseByStaff { .. }
        | Notice::DeathClaim(_)
        | Notice::HeirClaim { .. }
        | Notice::DeskContact { .. }
        | Notice::NumbersJoined { .. } => places.extend(desk_places(settings, message, zone)),
        Notice::NotMe { at } | Notice::CodeWithheld { at } => {
            places.push(("time", formats::date_time(message.language, *at, zone).into()));
        }
        Notice::Recovery { reference, news } => {
            places.push(("reference", reference.into()));
            let url = &settings.public_url;
            places.extend(recoveries::letters::places(news, url, message.language, zone));
        }
        Notice::NewDevice { device, at }
        | Notice::OldestSessionEnded { device, at }
        | Notice::FactorChanged { device, at, .. }
        | Notice::AccountActivated { device, at }
        | Notice::ActivationTried { device, at }
        | Notice::PasswordChanged { device, at, .. }
        | Notice::AddressChanged { device, at }
        | Notice::PayoutLock { device, at, .. }
        | Notice::TransactionReported { device, at, .. }
        | Notice::ClaimSent { device, at, .. }
        | Notice::CaseOpened { device, at, .. }
        | Notice::StatementReady { device, at }
        | Notice::DataExported { device, at }
        | Notice::SecondStepFailed { device, at, .. } => {
            if let Notice::PasswordChanged { others_ended, .. } = &message.notice {
                places.push(("others", if *others_ended { "ended" } else { "kept" }.into()));
            }
            if let Some(reference) = number_in(&message.notice) {
                places.push(("reference", reference.into()));
            }
            if let Notice::SecondStepFailed { times, .. } = &message.notice {
                places.push(("n", times.into()));
            }
            if let Notice::FactorChanged { change, .. } = &message.notice {
                places.push(("what", change.name().into()));
                let left = if let FactorChange::CodeUsed { left } = change { *left } else { 0 };
                let is_few = left <= u32::try_from(FEW).unwrap_or(0);
                places.push(("n", left.into()));
                places.push(("few", if is_few { "yes" } else { "no" }.into()));
            }
            places.push(("device", device.into()));
            // A text message has no room for the day, and comes on it.
            let time = match message.to {
                Destination::Sms(_) => formats::clock_time(message.language, *at, zone),
                Destination::Email(_) => formats::date_time(message.language, *at, zone),
            };
            places.push(("time", time.into()));
        }
    }
    places
}

/// The number that a message about something of the member's names, beside the device.
fn number_in(notice: &Notice) -> Option<&str> {
    match notice {
        Notice::TransactionReported { reference, .. }
        | Notice::ClaimSent { reference, .. }
        | Notice::CaseOpened { reference, .. } => Some(reference),
        _ => None,
    }
}
