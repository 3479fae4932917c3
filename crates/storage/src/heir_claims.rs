//! Claims of heirs, their papers, what happened to them and what was paid. What a step means is
//! `domain::claims::heirs`' business.

use payung_domain::claims::files::Clean;
use payung_domain::claims::heirs::{
    FollowCode, Heir, HeirClaim, HeirReference, Part, Relation, Stage, Step,
};
use payung_domain::claims::{self, Document};
use payung_domain::ids::{ClaimId, DocumentId, PersonId, StaffId};
use payung_domain::keyed::Tag;
use payung_domain::money::Rupiah;
use payung_domain::staff::Officer;
use payung_domain::staff::acts::Hand;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::claim_folder::OF_HEIRS;
use crate::engine::Tx;
use crate::fault::Fault;
use crate::members::date;
use crate::values;
use crate::vault::{Place, Vault};

macro_rules! read {
    ($which:literal) => {
        concat!(
            "select person_id, id, reference, stage, died_on, relation, sealed_heir, opened_by, \
             opened_name, opened_at, completed_by, complete_at, approved_by, approved_at, \
             closed_at, paid from heir_claims ",
            $which
        )
    };
}

#[derive(sqlx::FromRow)]
struct ClaimRow {
    person_id: Uuid,
    id: Uuid,
    reference: String,
    stage: String,
    died_on: i64,
    relation: String,
    sealed_heir: Vec<u8>,
    opened_by: Uuid,
    opened_name: String,
    opened_at: i64,
    completed_by: Option<Uuid>,
    complete_at: Option<i64>,
    approved_by: Option<Uuid>,
    approved_at: Option<i64>,
    closed_at: Option<i64>,
    paid: Option<i64>,
}

/// Something that happened to a claim of an heir.
pub type Happened = claims::Happened<Step>;

/// What the database knows a code by.
#[must_use]
pub fn index_of(vault: &Vault, code: &FollowCode) -> Tag {
    vault.index("heir-follow", code.expose())
}

/// Keeps a new claim. `false` when one about the same death is open, or another claim has its
/// reference.
pub async fn add(
    tx: &mut Tx,
    vault: &Vault,
    claim: &HeirClaim,
    code: &FollowCode,
) -> Result<bool, Fault> {
    let plain = serde_json::to_vec(&claim.heir).map_err(Fault::while_doing("writing an heir"))?;
    let sealed = vault.seal(heir_of(&claim.id.0), &plain)?;
    let changed = tx
        .run(
            "keeping a claim of an heir",
            "insert into heir_claims (person_id, id, reference, stage, died_on, relation, \
             sealed_heir, follow_index, opened_by, opened_name, opened_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing",
            values![
                claim.person,
                claim.id,
                claim.reference.as_str(),
                claim.stage.name(),
                claim.died_on,
                claim.relation.name(),
                sealed,
                index_of(vault, code),
                claim.opened_by.id,
                claim.opened_by.name.as_str(),
                claim.opened_at
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// A claim by its id.
pub async fn get(tx: &mut Tx, vault: &Vault, id: ClaimId) -> Result<Option<HeirClaim>, Fault> {
    let row: Option<ClaimRow> =
        tx.one("reading a claim of an heir", read!("where id = $1"), values![id]).await?;
    row.map(|row| row.claim(vault)).transpose()
}

/// The same, locked until the transaction ends: of two steps at once the second sees the first.
pub async fn locked(tx: &mut Tx, vault: &Vault, id: ClaimId) -> Result<Option<HeirClaim>, Fault> {
    let row: Option<ClaimRow> =
        tx.one_locked("reading a claim of an heir", read!("where id = $1"), values![id]).await?;
    row.map(|row| row.claim(vault)).transpose()
}

/// The open claim about a death.
pub async fn open_of(
    tx: &mut Tx,
    vault: &Vault,
    person: PersonId,
) -> Result<Option<HeirClaim>, Fault> {
    let row: Option<ClaimRow> = tx
        .one(
            "reading the open claim of an heir",
            read!("where person_id = $1 and closed_at is null"),
            values![person],
        )
        .await?;
    row.map(|row| row.claim(vault)).transpose()
}

/// Whether somebody is said to be dead: a claim about their death is open, or was paid.
pub async fn is_said_to_be_dead(tx: &mut Tx, person: PersonId) -> Result<bool, Fault> {
    let row: Option<(Uuid,)> = tx
        .one(
            "asking whether somebody is said to be dead",
            "select id from heir_claims where person_id = $1 \
             and (closed_at is null or stage = 'paid') limit 1",
            values![person],
        )
        .await?;
    Ok(row.is_some())
}

/// A claim by its reference, if this is its code.
pub async fn followed(
    tx: &mut Tx,
    vault: &Vault,
    reference: &HeirReference,
    code: &FollowCode,
) -> Result<Option<HeirClaim>, Fault> {
    let row: Option<ClaimRow> = tx
        .one(
            "following a claim of an heir",
            read!("where reference = $1 and follow_index = $2"),
            values![reference.as_str(), index_of(vault, code)],
        )
        .await?;
    row.map(|row| row.claim(vault)).transpose()
}

/// Claims that are open, the oldest first.
pub async fn open(tx: &mut Tx, vault: &Vault, most: u32) -> Result<Vec<HeirClaim>, Fault> {
    let rows: Vec<ClaimRow> = tx
        .all(
            "listing open claims of heirs",
            read!("where closed_at is null order by opened_at, id limit $1"),
            values![most],
        )
        .await?;
    rows.into_iter().map(|row| row.claim(vault)).collect()
}

/// Puts another code in the place of the one a claim was followed with; `false` when it is over.
pub async fn renew(
    tx: &mut Tx,
    vault: &Vault,
    claim: &HeirClaim,
    code: &FollowCode,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "changing the code of a claim of an heir",
            "update heir_claims set follow_index = $1 \
             where person_id = $2 and id = $3 and closed_at is null",
            values![index_of(vault, code), claim.person, claim.id],
        )
        .await?;
    Ok(changed == 1)
}

/// Keeps a step of a claim that was in another stage before. Of any number at the same time, one gets
/// `true`.
pub async fn advance(tx: &mut Tx, claim: &HeirClaim, from: Stage) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "moving a claim of an heir on",
            "update heir_claims set stage = $1, completed_by = $2, complete_at = $3, \
             approved_by = $4, approved_at = $5, closed_at = $6, paid = $7 \
             where person_id = $8 and id = $9 and stage = $10",
            values![
                claim.stage.name(),
                claim.completed_by,
                claim.complete_at,
                claim.approved_by,
                claim.approved_at,
                claim.closed_at,
                claim.paid,
                claim.person,
                claim.id,
                from.name()
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// Notes that a part was paid for a death. `false` when it was paid before, whoever got it.
pub async fn pay(
    tx: &mut Tx,
    claim: &HeirClaim,
    (part, amount): (Part, Rupiah),
    now: Instant,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "noting what an heir was paid",
            "insert into heir_payouts (person_id, part, claim_id, amount, paid_at) \
             values ($1, $2, $3, $4, $5) on conflict do nothing",
            values![claim.person, part.name(), claim.id, amount, now],
        )
        .await?;
    Ok(changed == 1)
}

/// What was paid for a death.
pub async fn paid(tx: &mut Tx, person: PersonId) -> Result<Vec<(Part, Rupiah)>, Fault> {
    let doing = "reading what heirs were paid";
    let rows: Vec<(String, i64)> = tx
        .all(
            doing,
            "select part, amount from heir_payouts where person_id = $1 order by part",
            values![person],
        )
        .await?;
    let read = |(word, amount): (String, i64)| {
        let part = Part::named(&word).ok_or_else(|| Fault::new(doing, "heir_payouts.part"))?;
        Ok::<_, Fault>((part, Rupiah::new(amount)))
    };
    rows.into_iter().map(read).collect()
}

/// Keeps a document. `false` when the very same one is there already.
pub async fn add_document(
    tx: &mut Tx,
    vault: &Vault,
    claim: &HeirClaim,
    document: &Document,
    content: &Clean,
) -> Result<bool, Fault> {
    OF_HEIRS.add_document(tx, vault, (claim.person.0, claim.id), document, content).await
}

/// The documents of a claim, the first first, without what is in them.
pub async fn documents(tx: &mut Tx, claim: &HeirClaim) -> Result<Vec<Document>, Fault> {
    OF_HEIRS.list(tx, (claim.person.0, claim.id)).await
}

/// What is in a document of a claim.
pub async fn content(
    tx: &mut Tx,
    vault: &Vault,
    claim: &HeirClaim,
    id: DocumentId,
) -> Result<Option<Vec<u8>>, Fault> {
    OF_HEIRS.read(tx, vault, (claim.person.0, claim.id), id).await
}

/// Keeps what happened to a claim.
pub async fn add_event(
    tx: &mut Tx,
    vault: &Vault,
    claim: &HeirClaim,
    staff: Option<StaffId>,
    happened: &Happened,
) -> Result<(), Fault> {
    let by = (staff, happened.step.name());
    OF_HEIRS.add_event(tx, vault, (claim.person.0, claim.id), by, happened).await
}

/// What happened to a claim, the first first.
pub async fn events(tx: &mut Tx, vault: &Vault, claim: &HeirClaim) -> Result<Vec<Happened>, Fault> {
    OF_HEIRS.events(tx, vault, (claim.person.0, claim.id), Step::named).await
}

impl ClaimRow {
    fn claim(self, vault: &Vault) -> Result<HeirClaim, Fault> {
        let id = self.id;
        let nonsense = |column| {
            Fault::new("reading a claim of an heir", format!("heir_claims.{column} of {id}"))
        };
        let plain = vault.open(heir_of(&id), &self.sealed_heir)?;
        let heir: Heir = serde_json::from_slice(&plain).map_err(|_| nonsense("sealed_heir"))?;
        let name = Officer::parse(&self.opened_name).ok_or_else(|| nonsense("opened_name"))?;
        Ok(HeirClaim {
            id: ClaimId(id),
            reference: HeirReference::parse(&self.reference)
                .ok_or_else(|| nonsense("reference"))?,
            person: PersonId(self.person_id),
            stage: Stage::named(&self.stage).ok_or_else(|| nonsense("stage"))?,
            died_on: date(self.died_on)?,
            relation: Relation::named(&self.relation).ok_or_else(|| nonsense("relation"))?,
            heir,
            opened_by: Hand { id: StaffId(self.opened_by), name },
            opened_at: Instant::from_micros(self.opened_at),
            completed_by: self.completed_by.map(StaffId),
            complete_at: self.complete_at.map(Instant::from_micros),
            approved_by: self.approved_by.map(StaffId),
            approved_at: self.approved_at.map(Instant::from_micros),
            closed_at: self.closed_at.map(Instant::from_micros),
            paid: self.paid.map(Rupiah::new),
        })
    }
}

fn heir_of(id: &Uuid) -> Place<'_> {
    Place("heir_claims", "heir", id.as_bytes())
}
