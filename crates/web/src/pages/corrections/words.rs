//! Corrections in words, for members and for the desk: what, how far, and what stood and should stand
//! there, side by side.

use payung_domain::corrections::{
    Correction, Document, Field, Key, LONGEST, NoWords, Proposal, SHORTEST, Shown, Stage, Subject,
    lines,
};
use payung_domain::employers::Employer;
use payung_domain::ids::Nik;
use payung_domain::members::{Sex, masked_birth_date};

use crate::page::{Frame, Problem};

/// How far it is, in words.
#[must_use]
pub fn stage_words(f: &Frame, stage: Stage) -> String {
    f.t(match stage {
        Stage::Asked => "correction-stage-asked",
        Stage::Proposed => "correction-stage-proposed",
        Stage::Returned => "correction-stage-returned",
        Stage::InEffect => "correction-stage-in-effect",
        Stage::Refused => "correction-stage-refused",
        Stage::Withdrawn => "correction-stage-withdrawn",
    })
}

/// A field in words.
#[must_use]
pub fn field_words(f: &Frame, field: Field) -> String {
    f.t(match field {
        Field::Name => "correction-field-name",
        Field::Nik => "correction-field-nik",
        Field::BirthDate => "correction-field-birth-date",
        Field::Sex => "correction-field-sex",
        Field::Month => "correction-field-month",
        Field::Employer => "correction-field-employer",
        Field::Wage => "correction-field-wage",
        Field::Base => "correction-field-base",
        Field::EmployerPart => "correction-field-employer-part",
        Field::WorkerPart => "correction-field-worker-part",
        Field::Due => "correction-field-due",
        Field::Received => "correction-field-received",
    })
}

/// A document in words.
#[must_use]
pub fn document_words(f: &Frame, document: Document) -> String {
    f.t(match document {
        Document::Ktp => "correction-document-ktp",
        Document::FamilyCard => "correction-document-family-card",
        Document::BirthCertificate => "correction-document-birth-certificate",
        Document::CourtOrder => "correction-document-court-order",
        Document::PaySlip => "correction-document-pay-slip",
        Document::BankProof => "correction-document-bank-proof",
        Document::EmployerLetter => "correction-document-employer-letter",
    })
}

/// A sex in words.
#[must_use]
pub fn sex_words(f: &Frame, sex: Sex) -> String {
    f.t(match sex {
        Sex::Female => "correction-sex-female",
        Sex::Male => "correction-sex-male",
    })
}

/// What a correction is about, in words.
#[must_use]
pub fn subject_words(f: &Frame, subject: &Subject, employers: &[Employer]) -> String {
    match subject {
        Subject::Person => f.t("correction-about-person"),
        Subject::Row(key) => row_words(f, key, employers),
    }
}

/// A contribution in words: `JHT, Mei 2026, PT Kain Nusantara`.
#[must_use]
pub fn row_words(f: &Frame, key: &Key, employers: &[Employer]) -> String {
    let named = |id| employers.iter().find(|known| known.id == id).map(|known| &*known.name);
    let month = f.month(&key.month);
    match key.employer.and_then(named) {
        Some(employer) => format!("{}, {month}, {employer}", key.programme.code()),
        None => format!("{}, {month}", key.programme.code()),
    }
}

/// What names a contribution in an address. Whose it is follows from the session or the look, never
/// from here.
#[must_use]
pub fn key_of(key: &Key) -> String {
    let (membership, payer) = (key.membership.0.simple(), key.payer().simple());
    format!("{}-{}-{membership}-{payer}", key.month.get(), key.programme.code())
}

/// One field, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// What it is.
    pub label: String,
    /// What stands there.
    pub before: String,
    /// What should.
    pub after: String,
    /// Whether it is put right.
    pub is_changed: bool,
}

/// What a proposal says, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Says {
    /// Every field, side by side.
    pub lines: Vec<Beside>,
    /// What was seen.
    pub document: String,
    /// The number on it.
    pub number: String,
    /// Since when it is so.
    pub since: String,
    /// Why.
    pub why: String,
}

/// Who reads a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The member: the population number stays masked, as on every page of theirs (N-06).
    Member,
    /// An officer: what stands on record is masked for them too. What is to come is not: it is
    /// compared with a document.
    Officer,
}

impl Says {
    /// A proposal in words.
    #[must_use]
    pub fn of(f: &Frame, proposal: &Proposal, employers: &[Employer], reader: Reader) -> Self {
        let beside = lines(&proposal.before, &proposal.after).into_iter().map(|line| {
            let is_changed = line.is_changed();
            let words = |shown: &Shown, is_to_come: bool| {
                let masked = masked(line.field, shown, reader).filter(|_| !is_to_come);
                masked.unwrap_or_else(|| value_words(f, shown, employers))
            };
            Beside {
                label: field_words(f, line.field),
                before: words(&line.before, false),
                after: words(&line.after, is_changed && reader == Reader::Officer),
                is_changed,
            }
        });
        Self {
            lines: beside.collect(),
            document: document_words(f, proposal.evidence.document),
            number: proposal.evidence.number.clone(),
            since: f.date(&proposal.since),
            why: proposal.why.clone(),
        }
    }
}

/// What this reader sees of a field that nobody sees all of.
fn masked(field: Field, shown: &Shown, reader: Reader) -> Option<String> {
    match (field, shown) {
        (Field::Nik, Shown::Text(text)) => Nik::parse(text).ok().map(|nik| nik.masked()),
        (Field::BirthDate, Shown::Day(day)) if reader == Reader::Officer => {
            Some(masked_birth_date(*day))
        }
        _ => None,
    }
}

fn value_words(f: &Frame, shown: &Shown, employers: &[Employer]) -> String {
    match shown {
        Shown::Text(text) => text.clone(),
        Shown::Day(day) => f.date(day),
        Shown::Month(month) => f.month(month),
        Shown::Money(amount) => f.money(amount),
        Shown::Employer(None) => f.t("correction-own"),
        Shown::Employer(Some(id)) => employers.iter().find(|known| known.id == *id).map_or_else(
            || "–".to_owned(),
            |known| format!("{} ({})", known.name, known.npp.as_str()),
        ),
        Shown::Sex(sex) => sex_words(f, *sex),
    }
}

/// What is wrong with somebody's words, beside their field.
#[must_use]
pub fn words_problem(f: &Frame, field: &'static str, problem: NoWords) -> Problem {
    let text = match problem {
        NoWords::Short => f.t1("correction-words-short", "n", least()),
        NoWords::Long => f.t1("correction-words-long", "n", most()),
    };
    Problem { field, text }
}

/// The shortest and the longest words, for texts.
fn least() -> u32 {
    u32::try_from(SHORTEST).unwrap_or(u32::MAX)
}

fn most() -> u32 {
    u32::try_from(LONGEST).unwrap_or(u32::MAX)
}

/// How long the words may be, for the hint at their field.
#[must_use]
pub fn words_hint(f: &Frame) -> String {
    f.t2("correction-words-hint", "least", least(), "most", most())
}

/// Where a correction is for its member.
#[must_use]
pub fn anchor(correction: &Correction) -> String {
    correction.reference.as_str().to_lowercase()
}
