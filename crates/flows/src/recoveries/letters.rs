//! News of a recovery put into words.

use payung_domain::language::Language;
use payung_domain::recoveries::RecoveryNews;
use payung_domain::time::Zone;
use payung_texts::{Value, formats};

use crate::letters::Keys;

/// Which texts say it.
pub(crate) const fn keys(news: &RecoveryNews) -> Keys {
    match news {
        RecoveryNews::Warning { .. } => Keys {
            text_message: "message-recovery-warning-sms",
            subject: "message-recovery-warning-subject",
            body: "message-recovery-warning-body",
        },
        RecoveryNews::Received { .. } => Keys {
            text_message: "message-recovery-received-sms",
            subject: "message-recovery-received-subject",
            body: "message-recovery-received-body",
        },
        RecoveryNews::Link { .. } => Keys {
            // Never sent as a text message: it would carry a link.
            text_message: "message-recovery-link-subject",
            subject: "message-recovery-link-subject",
            body: "message-recovery-link-body",
        },
        RecoveryNews::Ready => Keys {
            text_message: "message-recovery-ready-sms",
            subject: "message-recovery-link-subject",
            body: "message-recovery-ready-sms",
        },
        RecoveryNews::Stopped { .. } => Keys {
            text_message: "message-recovery-stopped-sms",
            subject: "message-recovery-stopped-subject",
            body: "message-recovery-stopped-body",
        },
        RecoveryNews::Refused { .. } => Keys {
            text_message: "message-recovery-refused-sms",
            subject: "message-recovery-refused-subject",
            body: "message-recovery-refused-body",
        },
        RecoveryNews::Done { .. } => Keys {
            text_message: "message-recovery-done-sms",
            subject: "message-recovery-done-subject",
            body: "message-recovery-done-body",
        },
    }
}

/// What they name beside the reference.
pub(crate) fn places<'a>(
    news: &'a RecoveryNews,
    public_url: &str,
    language: Language,
    zone: Zone,
) -> Vec<(&'static str, Value<'a>)> {
    // R1: the host is the configured one, whatever any request said.
    let link = news.page().map(|page| format!("{public_url}{page}"));
    let mut places: Vec<(&'static str, Value<'a>)> =
        link.into_iter().map(|link| ("link", link.into())).collect();
    let date_time = |at| formats::date_time(language, at, zone);
    match news {
        RecoveryNews::Warning { contact, device, at, until, stage, .. } => {
            places.push(("contact", contact.into()));
            places.push(("device", device.into()));
            places.push(("time", date_time(*at).into()));
            places.push(("until", date_time(*until).into()));
            places.push(("stage", stage.name().into()));
        }
        RecoveryNews::Received { until } | RecoveryNews::Link { until, .. } => {
            places.push(("until", date_time(*until).into()));
        }
        RecoveryNews::Ready => {}
        RecoveryNews::Stopped { at } | RecoveryNews::Refused { at } => {
            places.push(("time", date_time(*at).into()));
        }
        RecoveryNews::Done { contact, device, at } => {
            places.push(("contact", contact.into()));
            places.push(("device", device.into()));
            places.push(("time", date_time(*at).into()));
        }
    }
    places
}
