//! What the programme knows about a person, and what of it they change themselves.

pub mod address;
pub mod code;
pub mod contact;
pub mod details;
pub mod remove;

use payung_domain::contact_changes::{Change, Kind, Refusal};
use payung_domain::second_factor::Destination;

use crate::page::Frame;

/// Where it is all shown.
pub const HOME: &str = "/personal-details";

/// A contact behind dots: enough to recognise (N-06).
pub(crate) fn masked(f: &Frame, to: &Destination) -> String {
    match to {
        Destination::Email(email) => email.masked(),
        Destination::Sms(phone) => f.t1("ending-in", "ending", phone.ending()),
    }
}

/// What a change does, in words.
pub(crate) fn in_words(f: &Frame, change: &Change) -> String {
    let what = format!("{}-{}", change.act.name(), change.kind.name());
    let shown = |to: &Option<Destination>| to.as_ref().map(|to| masked(f, to)).unwrap_or_default();
    let places = [
        ("what", (&what).into()),
        ("new", shown(&change.new).into()),
        ("old", shown(&change.old).into()),
    ];
    f.texts.say(f.language, "pending-what", &places)
}

/// Why a change cannot be, in words.
fn refusal(f: &Frame, kind: Kind, refusal: Refusal) -> String {
    match refusal {
        Refusal::Own => f.t1("contact-own", "contact", kind.name()),
        Refusal::Full => f.t1("contact-full", "contact", kind.name()),
        Refusal::Changed => f.t("changed"),
        Refusal::LastContact => f.t("contact-last"),
        Refusal::LastWay => f.t("factor-last"),
    }
}

/// The `id` of the field of a kind of contact.
const fn field(kind: Kind) -> &'static str {
    kind.name()
}
