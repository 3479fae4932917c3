//! What is said of cases, in words: in the queue, on a case's page, in its timeline.

use std::time::Duration;

use payung_domain::staff::cases::{
    Age, Case, Closing, Entry, Kind, NoNote, NotDone, Standing, State, Template, What, Whose,
};
use payung_domain::time::Instant;

use crate::page::Frame;

/// What a case is about.
#[must_use]
pub fn kind_words(f: &Frame, kind: Kind) -> String {
    f.t(match kind {
        Kind::Recovery => "case-kind-recovery",
        Kind::Transaction => "case-kind-transaction",
        Kind::Contested => "case-kind-contested",
        Kind::Correction => "case-kind-correction",
        Kind::Question => "case-kind-question",
    })
}

/// Where a case stands, and with whom.
#[must_use]
pub fn state_words(f: &Frame, state: State, holder: Option<&str>) -> String {
    let officer = holder.unwrap_or("–");
    match state {
        State::Open => f.t("case-open"),
        State::Taken(_) => f.t1("case-taken", "officer", officer),
        State::Waiting(_) => f.t1("case-waiting", "officer", officer),
        State::Closed { .. } => f.t("case-closed"),
    }
}

/// Where cases stand, for the filter.
#[must_use]
pub fn standing_words(f: &Frame, standing: Standing) -> String {
    f.t(match standing {
        Standing::Open => "case-open",
        Standing::Taken => "case-standing-taken",
        Standing::Waiting => "case-standing-waiting",
        Standing::Closed => "case-closed",
    })
}

/// Whose cases, for the filter.
#[must_use]
pub fn whose_words(f: &Frame, whose: Whose) -> String {
    f.t(match whose {
        Whose::Own => "desk-whose-own",
        Whose::Team => "desk-whose-team",
        Whose::Nobody => "desk-whose-nobody",
    })
}

/// How old, for the filter.
#[must_use]
pub fn age_words(f: &Frame, age: Age) -> String {
    f.t(match age {
        Age::Overdue => "desk-age-overdue",
        Age::Day => "desk-age-day",
        Age::ThreeDays => "desk-age-three-days",
        Age::Week => "desk-age-week",
    })
}

/// What came of a case.
#[must_use]
pub fn closing_words(f: &Frame, outcome: Closing) -> String {
    f.t(match outcome {
        Closing::Helped => "case-outcome-helped",
        Closing::Explained => "case-outcome-explained",
        Closing::Corrected => "case-outcome-corrected",
        Closing::Refused => "case-outcome-refused",
        Closing::Withdrawn => "case-outcome-withdrawn",
        Closing::Fraud => "case-outcome-fraud",
    })
}

/// What happened to a case.
#[must_use]
pub fn what_words(f: &Frame, entry: &Entry) -> String {
    match entry.what {
        What::Opened => f.t("case-what-opened"),
        What::Taken => f.t("case-what-taken"),
        What::Waits => f.t("case-what-waits"),
        What::Resumed => f.t("case-what-resumed"),
        What::Noted => f.t("case-what-noted"),
        What::HandedOver => f.t1("case-what-handed-over", "officer", &entry.detail),
        What::Returned => f.t("case-what-returned"),
        What::Closed => {
            let outcome = Closing::named(&entry.detail).map(|outcome| closing_words(f, outcome));
            f.t1("case-what-closed", "outcome", outcome.unwrap_or_default())
        }
    }
}

/// What a template is called.
#[must_use]
pub fn template_words(f: &Frame, template: Template) -> String {
    f.t(match template {
        Template::Missing => "case-template-name-missing",
        Template::CalledBack => "case-template-name-called-back",
        Template::NoAnswer => "case-template-name-no-answer",
        Template::Explained => "case-template-name-explained",
        Template::LookChecked => "case-template-name-look-checked",
    })
}

/// What a template says.
#[must_use]
pub fn template_text(f: &Frame, template: Template) -> String {
    f.t(match template {
        Template::Missing => "case-template-missing",
        Template::CalledBack => "case-template-called-back",
        Template::NoAnswer => "case-template-no-answer",
        Template::Explained => "case-template-explained",
        Template::LookChecked => "case-template-look-checked",
    })
}

/// Why something was not done to a case.
#[must_use]
pub fn refusal(f: &Frame, why: NotDone) -> String {
    f.t(match why {
        NotDone::Own => "case-not-own",
        NotDone::Taken => "case-not-taken",
        NotDone::NotYours => "case-not-yours",
        NotDone::Already => "case-not-already",
        NotDone::Closed => "case-not-closed",
        NotDone::Unfit => "case-not-unfit",
        NotDone::Undecided => "case-not-undecided",
    })
}

/// Why a note is none.
#[must_use]
pub fn note_problem(f: &Frame, why: NoNote) -> String {
    f.t(match why {
        NoNote::Empty => "note-empty",
        NoNote::Long => "note-long",
    })
}

/// When a case is due, as long as it is not over.
#[must_use]
pub fn due_words(f: &Frame, case: &Case, now: Instant) -> String {
    if matches!(case.state, State::Closed { .. }) {
        return "–".to_owned();
    }
    if case.is_overdue(now) {
        return f.t1("case-due-past", "length", length_words(f, now.since(case.due_at)));
    }
    f.t1("case-due-in", "length", length_words(f, case.due_at.since(now)))
}

/// How long something is, in days where there are some, else to the minute.
#[must_use]
pub fn length_words(f: &Frame, length: Duration) -> String {
    let minutes = length.as_secs() / 60;
    let days = minutes / (24 * 60);
    if days >= 2 {
        return f.t1("case-days", "n", u32::try_from(days).unwrap_or(u32::MAX));
    }
    f.duration(&Duration::from_mins(minutes))
}
