//! Corrections: what is to be put right, every step that led there, and what stood on record before.

use jiff::civil::Date;
use payung_domain::contributions::Contribution;
use payung_domain::corrections::{
    Correction, CorrectionReference, Deed, Document, Evidence, Identity, Key, Proposal, Stage,
    Step, Subject, Values,
};
use payung_domain::ids::{EmployerId, MembershipId, Nik, PersonId, StaffId};
use payung_domain::members::{PersonName, Sex};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme;
use payung_domain::time::Instant;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::members::{self, month, place as place_in_people};
use crate::values;
use crate::vault::{Place, Vault};

macro_rules! read {
    ($rest:literal) => {
        concat!(
            "select person_id, id, reference, subject, membership_id, month, programme, \
             employer_id, stage, version, proposed_by, asked_at, changed_at from corrections ",
            $rest
        )
    };
}

#[derive(sqlx::FromRow)]
struct CorrectionRow {
    person_id: Uuid,
    id: Uuid,
    reference: String,
    subject: String,
    membership_id: Option<Uuid>,
    month: Option<i64>,
    programme: Option<String>,
    employer_id: Option<Uuid>,
    stage: String,
    version: i64,
    proposed_by: Option<Uuid>,
    asked_at: i64,
    changed_at: i64,
}

/// The words by which the two kinds of subject are kept.
const PERSON: &str = "person";
const ROW: &str = "row";

/// Keeps a new correction with its first step; `false` when another one has its reference.
pub async fn add(
    tx: &mut Tx,
    vault: &Vault,
    correction: &Correction,
    step: &Step,
) -> Result<bool, Fault> {
    let key = match correction.subject {
        Subject::Person => None,
        Subject::Row(key) => Some(key),
    };
    let changed = tx
        .run(
            "keeping a correction",
            "insert into corrections (person_id, id, reference, subject, membership_id, month, \
             programme, employer_id, stage, version, proposed_by, asked_at, changed_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
             on conflict (reference) do nothing",
            values![
                correction.person,
                correction.id,
                correction.reference.as_str(),
                if key.is_some() { ROW } else { PERSON },
                key.map(|key| key.membership),
                key.map(|key| key.month),
                key.map(|key| key.programme.code()),
                key.and_then(|key| key.employer),
                correction.stage.name(),
                correction.version,
                correction.proposed_by,
                correction.asked_at,
                correction.changed_at
            ],
        )
        .await?;
    if changed == 0 {
        return Ok(false);
    }
    add_step(tx, vault, correction, step).await?;
    Ok(true)
}

/// Keeps a step, and how far the correction is after it, if the version before it still stands. Of any
/// number at the same time, one gets `true` (L7).
pub async fn advance(
    tx: &mut Tx,
    vault: &Vault,
    correction: &Correction,
    step: &Step,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "advancing a correction",
            "update corrections set stage = $1, version = $2, proposed_by = $3, changed_at = $4 \
             where person_id = $5 and id = $6 and version = $7",
            values![
                correction.stage.name(),
                correction.version,
                correction.proposed_by,
                correction.changed_at,
                correction.person,
                correction.id,
                correction.version.saturating_sub(1)
            ],
        )
        .await?;
    if changed == 0 {
        return Ok(false);
    }
    add_step(tx, vault, correction, step).await?;
    Ok(true)
}

async fn add_step(
    tx: &mut Tx,
    vault: &Vault,
    correction: &Correction,
    step: &Step,
) -> Result<(), Fault> {
    let plain = serde_json::to_vec(&SealedDeed::of(&step.deed))
        .map_err(Fault::while_doing("writing a step of a correction"))?;
    let row = row_of(correction.person, correction.id, step.number);
    tx.run(
        "keeping a step of a correction",
        "insert into correction_steps (person_id, correction_id, number, happened_at, officer, \
         sealed_deed) values ($1, $2, $3, $4, $5, $6)",
        values![
            correction.person,
            correction.id,
            step.number,
            step.at,
            step.officer.as_deref(),
            vault.seal(deed_of(&row), &plain)?
        ],
    )
    .await
    .map(drop)
}

/// The correction with this reference, locked until the transaction ends.
pub async fn locked(
    tx: &mut Tx,
    reference: &CorrectionReference,
) -> Result<Option<Correction>, Fault> {
    let row: Option<CorrectionRow> = tx
        .one_locked(
            "reading a correction",
            read!("where reference = $1"),
            values![reference.as_str()],
        )
        .await?;
    row.map(CorrectionRow::correction).transpose()
}

/// The correction with this reference.
pub async fn referred(
    tx: &mut Tx,
    reference: &CorrectionReference,
) -> Result<Option<Correction>, Fault> {
    let row: Option<CorrectionRow> = tx
        .one("finding a correction", read!("where reference = $1"), values![reference.as_str()])
        .await?;
    row.map(CorrectionRow::correction).transpose()
}

/// Every correction of a person, the latest first.
pub async fn of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<Correction>, Fault> {
    let rows: Vec<CorrectionRow> = tx
        .all(
            "reading the corrections of a person",
            read!("where person_id = $1 order by asked_at desc, id desc"),
            values![person],
        )
        .await?;
    rows.into_iter().map(CorrectionRow::correction).collect()
}

/// Corrections at this stage, those that were asked for first coming first, at most so many.
pub async fn at_stage(tx: &mut Tx, stage: Stage, most: u32) -> Result<Vec<Correction>, Fault> {
    let rows: Vec<CorrectionRow> = tx
        .all(
            "listing corrections",
            read!("where stage = $1 order by asked_at, id limit $2"),
            values![stage.name(), most],
        )
        .await?;
    rows.into_iter().map(CorrectionRow::correction).collect()
}

/// Every step of a correction, the first first.
pub async fn steps(
    tx: &mut Tx,
    vault: &Vault,
    correction: &Correction,
) -> Result<Vec<Step>, Fault> {
    let rows: Vec<(i64, i64, Option<String>, Vec<u8>)> = tx
        .all(
            "reading the steps of a correction",
            "select number, happened_at, officer, sealed_deed from correction_steps \
             where person_id = $1 and correction_id = $2 order by number",
            values![correction.person, correction.id],
        )
        .await?;
    rows.into_iter()
        .map(|(number, at, officer, sealed)| {
            let row = row_of(correction.person, correction.id, number);
            let plain = vault.open(deed_of(&row), &sealed)?;
            let sealed: Option<SealedDeed> = serde_json::from_slice(&plain).ok();
            let deed = sealed.and_then(SealedDeed::deed).ok_or_else(|| {
                Fault::new("reading a step of a correction", "correction_steps.sealed_deed")
            })?;
            Ok(Step { number, at: Instant::from_micros(at), officer, deed })
        })
        .collect()
}

/// What came of putting a row right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Righted {
    /// It is right, and what stood there is kept.
    Done,
    /// Something else stands there than was thought.
    Changed,
    /// What should stand there belongs to another row.
    Taken,
}

/// Puts right who somebody is, if they are still on record as they were; what stood there is kept.
pub async fn set_person(
    tx: &mut Tx,
    vault: &Vault,
    (person, correction): (PersonId, Uuid),
    (before, after): (&Identity, &Identity),
    since: Date,
    now: Instant,
) -> Result<Righted, Fault> {
    let doing = "putting a person right";
    let row: Option<(Uuid,)> =
        tx.one_locked(doing, "select id from people where id = $1", values![person]).await?;
    if row.is_none() {
        return Ok(Righted::Changed);
    }
    let kept = members::person(tx, vault, person).await?;
    if kept.is_none_or(|(kept, _)| Identity::from(&kept) != *before) {
        return Ok(Righted::Changed);
    }
    let index = vault.index("nik", after.nik.expose());
    let other: Option<(Uuid,)> = tx
        .one(
            "looking for another person with a number",
            "select id from people where nik_index = $1 and id <> $2",
            values![index, person],
        )
        .await?;
    if other.is_some() {
        return Ok(Righted::Taken);
    }
    tx.run(
        "keeping who somebody was on record",
        "insert into earlier_people (person_id, correction_id, sealed_nik, sealed_name, \
         sealed_birth_date, sex, since_day, replaced_at) \
         select id, $1, sealed_nik, sealed_name, sealed_birth_date, sex, $2, $3 from people \
         where id = $4",
        values![correction, since, now, person],
    )
    .await?;
    let seal = |column, plain: &str| vault.seal(place_in_people(column, &person), plain.as_bytes());
    tx.run(
        doing,
        "update people set nik_index = $1, sealed_nik = $2, sealed_name = $3, \
         sealed_birth_date = $4, sex = $5 where id = $6",
        values![
            index,
            seal("nik", after.nik.expose())?,
            seal("name", after.name.expose())?,
            seal("birth_date", &after.birth_date.to_string())?,
            after.sex.code(),
            person
        ],
    )
    .await?;
    Ok(Righted::Done)
}

/// Sealed: NIK, name and birth date. Open: sex, since when the next one is so, when it came.
type EarlierPersonRow = (Vec<u8>, Vec<u8>, Vec<u8>, String, i64, i64);

/// Who somebody was on record before, the latest first: each until when, and since when what replaced
/// it is so by the evidence.
pub async fn earlier_people(
    tx: &mut Tx,
    vault: &Vault,
    person: PersonId,
) -> Result<Vec<(Identity, Instant, Date)>, Fault> {
    let doing = "reading who somebody was on record";
    let rows: Vec<EarlierPersonRow> = tx
        .all(
            doing,
            "select sealed_nik, sealed_name, sealed_birth_date, sex, since_day, replaced_at \
             from earlier_people where person_id = $1 order by replaced_at desc, correction_id",
            values![person],
        )
        .await?;
    rows.into_iter()
        .map(|(nik, name, birth_date, sex, since, at)| {
            let text =
                |column, sealed: &[u8]| vault.open_text(place_in_people(column, &person), sealed);
            let identity = SealedIdentity {
                name: text("name", &name)?,
                nik: text("nik", &nik)?,
                birth_date: text("birth_date", &birth_date)?,
                sex,
            };
            let identity =
                identity.identity().ok_or_else(|| Fault::new(doing, "earlier_people"))?;
            Ok((identity, Instant::from_micros(at), members::date(since)?))
        })
        .collect()
}

/// Puts a contribution right, if it is still on record as it was; what stood there is kept.
pub async fn set_contribution(
    tx: &mut Tx,
    correction: Uuid,
    (before, after): (&Contribution, &Contribution),
    now: Instant,
) -> Result<Righted, Fault> {
    let (old, new) = (Key::of(before), Key::of(after));
    if crate::contributions::locked(tx, &old).await?.as_ref() != Some(before) {
        return Ok(Righted::Changed);
    }
    if old != new && crate::contributions::locked(tx, &new).await?.is_some() {
        return Ok(Righted::Taken);
    }
    tx.run(
        "keeping what a contribution said",
        "insert into earlier_contributions (membership_id, correction_id, month, programme, payer, \
         employer_id, wage, base, employer_part, worker_part, due_on, received_on, replaced_at) \
         select membership_id, $1, month, programme, payer, employer_id, wage, base, \
         employer_part, worker_part, due_on, received_on, $2 from contributions \
         where membership_id = $3 and month = $4 and programme = $5 and payer = $6",
        values![correction, now, old.membership, old.month, old.programme.code(), old.payer()],
    )
    .await?;
    tx.run(
        "putting a contribution right",
        "update contributions set month = $1, payer = $2, employer_id = $3, wage = $4, base = $5, \
         employer_part = $6, worker_part = $7, due_on = $8, received_on = $9 \
         where membership_id = $10 and month = $11 and programme = $12 and payer = $13",
        values![
            after.month,
            new.payer(),
            after.employer,
            after.wage,
            after.base,
            after.employer_part,
            after.worker_part,
            after.due_on,
            after.received_on,
            old.membership,
            old.month,
            old.programme.code(),
            old.payer()
        ],
    )
    .await?;
    Ok(Righted::Done)
}

/// What contributions of a person said before they were put right, each with when that was, the latest
/// first.
pub async fn earlier_contributions(
    tx: &mut Tx,
    person: PersonId,
) -> Result<Vec<(Contribution, Instant)>, Fault> {
    crate::contributions::earlier(tx, person).await
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SealedDeed {
    Asked(String),
    Proposed(Box<SealedProposal>),
    Returned(String),
    Outdated,
    Approved,
    Refused(String),
    Withdrawn,
}

#[derive(Serialize, Deserialize)]
struct SealedProposal {
    before: SealedValues,
    after: SealedValues,
    document: String,
    number: String,
    since: String,
    why: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SealedValues {
    Person(SealedIdentity),
    Row(SealedRow),
}

#[derive(Serialize, Deserialize)]
struct SealedIdentity {
    name: String,
    nik: String,
    birth_date: String,
    sex: String,
}

#[derive(Serialize, Deserialize)]
struct SealedRow {
    membership: MembershipId,
    month: Month,
    programme: Programme,
    employer: Option<EmployerId>,
    wage: Rupiah,
    base: Rupiah,
    employer_part: Rupiah,
    worker_part: Rupiah,
    due_on: String,
    received_on: String,
}

impl SealedDeed {
    fn of(deed: &Deed) -> Self {
        match deed {
            Deed::Asked(said) => Self::Asked(said.clone()),
            Deed::Proposed(proposal) => Self::Proposed(Box::new(SealedProposal::of(proposal))),
            Deed::Returned(why) => Self::Returned(why.clone()),
            Deed::Outdated => Self::Outdated,
            Deed::Approved => Self::Approved,
            Deed::Refused(why) => Self::Refused(why.clone()),
            Deed::Withdrawn => Self::Withdrawn,
        }
    }

    fn deed(self) -> Option<Deed> {
        Some(match self {
            Self::Asked(said) => Deed::Asked(said),
            Self::Proposed(sealed) => Deed::Proposed(Box::new(sealed.proposal()?)),
            Self::Returned(why) => Deed::Returned(why),
            Self::Outdated => Deed::Outdated,
            Self::Approved => Deed::Approved,
            Self::Refused(why) => Deed::Refused(why),
            Self::Withdrawn => Deed::Withdrawn,
        })
    }
}

impl SealedProposal {
    fn of(proposal: &Proposal) -> Self {
        Self {
            before: SealedValues::of(&proposal.before),
            after: SealedValues::of(&proposal.after),
            document: proposal.evidence.document.name().to_owned(),
            number: proposal.evidence.number.clone(),
            since: proposal.since.to_string(),
            why: proposal.why.clone(),
        }
    }

    fn proposal(self) -> Option<Proposal> {
        Some(Proposal {
            before: self.before.values()?,
            after: self.after.values()?,
            evidence: Evidence { document: Document::named(&self.document)?, number: self.number },
            since: self.since.parse().ok()?,
            why: self.why,
        })
    }
}

impl SealedValues {
    fn of(values: &Values) -> Self {
        match values {
            Values::Person(identity) => Self::Person(SealedIdentity {
                name: identity.name.expose().to_owned(),
                nik: identity.nik.expose().to_owned(),
                birth_date: identity.birth_date.to_string(),
                sex: identity.sex.code().to_owned(),
            }),
            Values::Row(row) => Self::Row(SealedRow {
                membership: row.membership,
                month: row.month,
                programme: row.programme,
                employer: row.employer,
                wage: row.wage,
                base: row.base,
                employer_part: row.employer_part,
                worker_part: row.worker_part,
                due_on: row.due_on.to_string(),
                received_on: row.received_on.to_string(),
            }),
        }
    }

    fn values(self) -> Option<Values> {
        match self {
            Self::Person(sealed) => sealed.identity().map(Values::Person),
            Self::Row(sealed) => sealed.row().map(Values::Row),
        }
    }
}

impl SealedIdentity {
    fn identity(self) -> Option<Identity> {
        Some(Identity {
            name: PersonName::parse(&self.name).ok()?,
            nik: Nik::parse(&self.nik).ok()?,
            birth_date: self.birth_date.parse().ok()?,
            sex: Sex::coded(&self.sex)?,
        })
    }
}

impl SealedRow {
    fn row(self) -> Option<Contribution> {
        Some(Contribution {
            membership: self.membership,
            month: self.month,
            programme: self.programme,
            employer: self.employer,
            wage: self.wage,
            base: self.base,
            employer_part: self.employer_part,
            worker_part: self.worker_part,
            due_on: self.due_on.parse().ok()?,
            received_on: self.received_on.parse().ok()?,
        })
    }
}

impl CorrectionRow {
    fn correction(self) -> Result<Correction, Fault> {
        let id = self.id;
        let nonsense =
            |column| Fault::new("reading a correction", format!("corrections.{column} of {id}"));
        let subject = match (&*self.subject, self.membership_id, self.month, &self.programme) {
            (PERSON, ..) => Subject::Person,
            (ROW, Some(membership), Some(of), Some(programme)) => Subject::Row(Key {
                membership: MembershipId(membership),
                month: month(of)?,
                programme: Programme::coded(programme).ok_or_else(|| nonsense("programme"))?,
                employer: self.employer_id.map(EmployerId),
            }),
            _ => return Err(nonsense("subject")),
        };
        Ok(Correction {
            id,
            reference: CorrectionReference::parse(&self.reference)
                .ok_or_else(|| nonsense("reference"))?,
            person: PersonId(self.person_id),
            subject,
            stage: Stage::named(&self.stage).ok_or_else(|| nonsense("stage"))?,
            version: self.version,
            proposed_by: self.proposed_by.map(StaffId),
            asked_at: Instant::from_micros(self.asked_at),
            changed_at: Instant::from_micros(self.changed_at),
        })
    }
}

fn row_of(person: PersonId, correction: Uuid, number: i64) -> Vec<u8> {
    [&person.0.into_bytes()[..], &correction.into_bytes()[..], &number.to_be_bytes()[..]].concat()
}

fn deed_of(row: &[u8]) -> Place<'_> {
    Place("correction_steps", "deed", row)
}
