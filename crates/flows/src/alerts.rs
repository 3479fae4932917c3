//! Everything that may go out as a text message, in its longest form: does its reference fit beside it?

use payung_domain::contact::Phone;
use payung_domain::ids::MessageId;
use payung_domain::language::Language;
use payung_domain::month::Month;
use payung_domain::notify::{
    ContactChange, DeathNews, DeskNews, DeskStage, FactorChange, Notice, Stage,
};
use payung_domain::recoveries::{self, RecoveryNews};
use payung_domain::reference::Reference;
use payung_domain::second_factor::Destination;
use payung_domain::staff::acts::Kind;
use payung_domain::staff::cases::Closing;
use payung_domain::time::{Instant, Zone};
use payung_storage::outbox::Message;
use uuid::Uuid;

use crate::letters;
use crate::settings::Settings;

/// A moment that takes many letters to write: 17 September, 12:05 pm WITA.
const LONG_TO_SAY: Instant = Instant::from_micros(1_789_617_900_000_000);

/// Whether every text message leaves with its reference (J-04). The names and numbers of the service
/// stand in them, and where those are long the reference stays away, since one segment that arrives is
/// worth more.
#[must_use]
pub fn have_room_for_references(settings: &Settings) -> bool {
    let (Ok(phone), Some(reference)) =
        (Phone::parse("0800 0000 0001"), Reference::parse("PYG-7F3K-29QD"))
    else {
        return true;
    };
    Language::ALL.iter().all(|&language| {
        codes(LONG_TO_SAY).into_iter().chain(alerts(LONG_TO_SAY)).all(|notice| {
            let message = Message {
                id: MessageId(Uuid::nil()),
                account: None,
                to: Destination::Sms(phone.clone()),
                language,
                notice,
                subject: String::new(),
                reference: Some(reference.clone()),
                not_me: None,
            };
            letters::words(settings, &message, Zone::Wita)
                .is_ok_and(|words| words.text().contains(reference.as_str()))
        })
    })
}

/// Messages with a code.
fn codes(until: Instant) -> Vec<Notice> {
    let code = || "123456".to_owned();
    vec![
        Notice::SignInCode { code: code(), until },
        Notice::ContactCode { code: code(), until },
        Notice::ResetCode { code: code(), until },
    ]
}

/// News of the account.
pub(crate) fn alerts(at: Instant) -> Vec<Notice> {
    let mut alerts = vec![
        Notice::NewDevice { device: device(), at },
        Notice::OldestSessionEnded { device: device(), at },
        Notice::PasswordPaused { until: at },
        Notice::PasswordLocked,
        Notice::PasswordOpened,
        Notice::SecondStepFailed { times: 10, device: device(), at },
        Notice::NotMe { at },
        Notice::AccountActivated { device: device(), at },
        Notice::ActivationTried { device: device(), at },
        Notice::PasswordChanged { by_link: true, others_ended: true, device: device(), at },
        Notice::PasswordChanged { by_link: false, others_ended: false, device: device(), at },
        Notice::ContactTaken { contact: "phone".to_owned(), at },
        Notice::AddressChanged { device: device(), at },
        Notice::PayoutLock { opens_at: None, device: device(), at },
        Notice::PayoutLock { opens_at: Some(at), device: device(), at },
        Notice::TransactionReported { reference: report(), device: device(), at },
        Notice::DataExported { device: device(), at },
        Notice::StaffLooked {
            officer: "lestari".to_owned(),
            why: "suspicion".to_owned(),
            field: "birth-date".to_owned(),
            at,
        },
        Notice::CaseOpened { reference: case(), device: device(), at },
        Notice::CaseByStaff { reference: case(), officer: "lestari".to_owned(), at },
    ];
    for outcome in Closing::ALL {
        let outcome = outcome.name().to_owned();
        alerts.push(Notice::CaseClosed { reference: case(), outcome, at });
    }
    for outcome in ["explained", "corrected", "fraud"] {
        let outcome = outcome.to_owned();
        alerts.push(Notice::ReportClosed { reference: report(), outcome, at });
    }
    let claim = || "KLM-7F3K-29QD".to_owned();
    alerts.push(Notice::ClaimSent { reference: claim(), device: device(), at });
    for stage in ["asked", "approved", "granted", "refused", "paid"] {
        alerts.push(Notice::ClaimMoved { reference: claim(), stage: stage.to_owned(), at });
    }
    // September takes the most letters of all months.
    if let Some(month) = Month::new(2026, 9) {
        alerts.push(Notice::ContributionReceived { month, at });
        alerts.push(Notice::ContributionMissing { month, at });
    }
    alerts.push(Notice::StatementReady { device: device(), at });
    alerts.extend(desk(at));
    for stage in ["asked", "proposed", "in-effect", "refused", "withdrawn"] {
        let (reference, stage) = ("KOR-7F3K-29QD".to_owned(), stage.to_owned());
        alerts.push(Notice::Correction { reference, stage, at });
    }
    for is_undone in [false, true] {
        let [from, into] = ["•••••••0101", "•••••••0199"].map(str::to_owned);
        let officer = "lestari".to_owned();
        alerts.push(Notice::NumbersJoined { from, into, is_undone, officer, at });
    }
    alerts.extend(factors(at));
    alerts.extend(recovery(at));
    for act in ["add", "replace", "remove"] {
        alerts.extend(changes(at, act));
    }
    alerts
}

fn device() -> String {
    "Samsung Internet, Android".to_owned()
}

fn report() -> String {
    "LPR-7F3K-29QD".to_owned()
}

fn case() -> String {
    "KSS-7F3K-29QD".to_owned()
}

fn masked() -> String {
    "s••••@p••••.example".to_owned()
}

/// What the desk does for a member.
fn desk(at: Instant) -> Vec<Notice> {
    let mut all = Vec::new();
    for kind in Kind::ALL {
        let (what, officer) = (kind.name().to_owned(), "lestari".to_owned());
        let why = "suspicion".to_owned();
        if !kind.needs_two() {
            all.push(Notice::DeskHelped { what, officer, why, at });
            continue;
        }
        for stage in [DeskStage::Asked, DeskStage::Approved, DeskStage::Done, DeskStage::Ended] {
            all.push(Notice::DeskAct(DeskNews {
                what: what.clone(),
                stage,
                officer: officer.clone(),
                why: why.clone(),
                new: kind.brings_contact().then(masked),
                at,
                due_at: at,
                cancel: None,
            }));
        }
    }
    let (what, officer) = ("take-app-back".to_owned(), "lestari".to_owned());
    all.push(Notice::DeskHelped { what, officer, why: "suspicion".to_owned(), at });
    for stage in [DeskStage::Asked, DeskStage::Approved, DeskStage::Done, DeskStage::Ended] {
        let (reference, officer) = ("KLW-7F3K-29QD".to_owned(), "lestari".to_owned());
        let news = DeathNews { reference, stage, officer, at, pays_from: at, alive: None };
        all.push(Notice::DeathClaim(news));
    }
    for stage in ["opened", "complete", "returned", "approved", "paid", "over"] {
        let (reference, stage) = ("KLW-7F3K-29QD".to_owned(), stage.to_owned());
        all.push(Notice::HeirClaim { reference, stage, at });
    }
    for contact in ["email", "phone"] {
        let contact = contact.to_owned();
        all.push(Notice::DeskContact { contact, token: None, at });
    }
    all
}

fn factors(at: Instant) -> Vec<Notice> {
    [
        FactorChange::AppAdded,
        FactorChange::AppRemoved,
        FactorChange::PasskeyAdded,
        FactorChange::PasskeyRemoved,
        FactorChange::PasskeyCopied,
        FactorChange::Suspended,
        FactorChange::Resumed,
        FactorChange::WaysChanged,
        FactorChange::CodesMade,
        FactorChange::CodeUsed { left: 1 },
    ]
    .map(|change| Notice::FactorChanged { change, device: device(), at })
    .into()
}

/// News of a recovery. The link that finishes one goes by letter alone.
fn recovery(at: Instant) -> Vec<Notice> {
    let (contact, device) = (masked(), device());
    [
        RecoveryNews::Warning {
            contact: contact.clone(),
            device: device.clone(),
            at,
            until: at,
            stage: recoveries::Stage::Asked,
            stop: String::new(),
        },
        RecoveryNews::Received { until: at },
        RecoveryNews::Ready,
        RecoveryNews::Stopped { at },
        RecoveryNews::Refused { at },
        RecoveryNews::Done { contact, device, at },
    ]
    .map(|news| Notice::Recovery { reference: "PLH-7F3K-29QD".to_owned(), news })
    .into()
}

/// A change of contacts at every stage, to those who were there before and to the new one.
pub(crate) fn changes(at: Instant, act: &str) -> Vec<Notice> {
    let mut notices = Vec::new();
    for stage in [Stage::Begun, Stage::Done, Stage::Cancelled, Stage::Lapsed] {
        for (contact, is_to_new) in [("email", false), ("phone", false), ("phone", true)] {
            notices.push(Notice::ContactChange(ContactChange {
                stage,
                act: act.to_owned(),
                contact: contact.to_owned(),
                new: Some(masked()),
                old: Some(masked()),
                at,
                effective_at: at,
                undo: (!is_to_new).then(|| "A".repeat(43)),
                undo_until: at,
                device: device(),
                is_to_new,
            }));
        }
    }
    notices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn j04_a_long_name_is_found_before_it_costs_messages_their_reference() {
        let named = |name: &str| Settings {
            service_name: name.to_owned(),
            ..Settings::shipped("https://masuk.payung.example")
        };
        assert!(have_room_for_references(&named("Payung")));
        assert!(!have_room_for_references(&named("Dana Jaminan Hari Tua Nusantara")));
        let elsewhere = "https://peserta.masuk.dana-jaminan-hari-tua.nusantara.example";
        assert!(!have_room_for_references(&Settings::shipped(elsewhere)), "it stands under codes");
    }
}
