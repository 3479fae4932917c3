//! Claims, their papers and what happened to them. What a step means is `domain::claims`' business.

use payung_domain::claims::bank::Bank;
use payung_domain::claims::files::Clean;
use payung_domain::claims::{Claim, ClaimReference, Document, Happened, Kind, Stage, Step};
use payung_domain::ids::{AccountId, ClaimId, DocumentId, PersonId, StaffId};
use payung_domain::money::Rupiah;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::claim_folder::OF_MEMBERS;
use crate::engine::Tx;
use crate::fault::Fault;
use crate::members::date;
use crate::values;
use crate::vault::{Place, Vault};

macro_rules! read {
    ($which:literal) => {
        concat!(
            "select account_id, id, person_id, reference, kind, stage, event_on, has_tax_number, \
             sealed_bank, bank_set_at, began_at, complete_at, closed_at, taken_by, proposed_by, \
             gross, tax from claims ",
            $which
        )
    };
}

#[derive(sqlx::FromRow)]
struct ClaimRow {
    account_id: Uuid,
    id: Uuid,
    person_id: Uuid,
    reference: String,
    kind: String,
    stage: String,
    event_on: Option<i64>,
    has_tax_number: bool,
    sealed_bank: Option<Vec<u8>>,
    bank_set_at: Option<i64>,
    began_at: i64,
    complete_at: Option<i64>,
    closed_at: Option<i64>,
    taken_by: Option<Uuid>,
    proposed_by: Option<Uuid>,
    gross: Option<i64>,
    tax: Option<i64>,
}

/// Keeps a new claim. `false` when the account has an open one of the kind, or another claim has its
/// reference.
pub async fn add(tx: &mut Tx, claim: &Claim) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "keeping a claim",
            "insert into claims (account_id, id, person_id, reference, kind, stage, event_on, \
             has_tax_number, began_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             on conflict do nothing",
            values![
                claim.account,
                claim.id,
                claim.person,
                claim.reference.as_str(),
                claim.kind.name(),
                claim.stage.name(),
                claim.event_on,
                claim.has_tax_number,
                claim.began_at
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// Every claim of an account, the latest first.
pub async fn of_account(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
) -> Result<Vec<Claim>, Fault> {
    let rows: Vec<ClaimRow> = tx
        .all(
            "reading the claims of an account",
            read!("where account_id = $1 order by began_at desc, id desc"),
            values![account],
        )
        .await?;
    rows.into_iter().map(|row| row.claim(vault)).collect()
}

/// Claims that wait for somebody at the desk, the one first whose clock began first.
pub async fn waiting(tx: &mut Tx, vault: &Vault, most: u32) -> Result<Vec<Claim>, Fault> {
    let rows: Vec<ClaimRow> = tx
        .all(
            "listing the claims that wait",
            read!(
                "where closed_at is null and complete_at is not null \
                 order by complete_at, id limit $1"
            ),
            values![most],
        )
        .await?;
    rows.into_iter().map(|row| row.claim(vault)).collect()
}

/// A claim by its id.
pub async fn get(tx: &mut Tx, vault: &Vault, id: ClaimId) -> Result<Option<Claim>, Fault> {
    let row: Option<ClaimRow> =
        tx.one("reading a claim", read!("where id = $1"), values![id]).await?;
    row.map(|row| row.claim(vault)).transpose()
}

/// The same, locked until the transaction ends: of two steps at once the second sees the first.
pub async fn locked(tx: &mut Tx, vault: &Vault, id: ClaimId) -> Result<Option<Claim>, Fault> {
    let row: Option<ClaimRow> =
        tx.one_locked("reading a claim", read!("where id = $1"), values![id]).await?;
    row.map(|row| row.claim(vault)).transpose()
}

/// Keeps what the member answers. `false` when the claim is no longer in this stage.
pub async fn answer(tx: &mut Tx, vault: &Vault, claim: &Claim) -> Result<bool, Fault> {
    let sealed = match &claim.bank {
        Some((bank, _)) => {
            let plain =
                serde_json::to_vec(bank).map_err(Fault::while_doing("writing an account"))?;
            Some(vault.seal(bank_of(&claim.id.0), &plain)?)
        }
        None => None,
    };
    let changed = tx
        .run(
            "keeping the answers of a claim",
            "update claims set event_on = $1, has_tax_number = $2, sealed_bank = $3, \
             bank_set_at = $4 where account_id = $5 and id = $6 and stage = $7",
            values![
                claim.event_on,
                claim.has_tax_number,
                sealed,
                claim.bank.as_ref().map(|(_, since)| *since),
                claim.account,
                claim.id,
                claim.stage.name()
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// Keeps a step of a claim that was in another stage before. Of any number at the same time, one gets
/// `true`.
pub async fn advance(tx: &mut Tx, claim: &Claim, from: Stage) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "moving a claim on",
            "update claims set stage = $1, complete_at = $2, closed_at = $3, taken_by = $4, \
             proposed_by = $5, gross = $6, tax = $7 \
             where account_id = $8 and id = $9 and stage = $10",
            values![
                claim.stage.name(),
                claim.complete_at,
                claim.closed_at,
                claim.taken_by,
                claim.proposed_by,
                claim.paid.map(|(gross, _)| gross),
                claim.paid.map(|(_, tax)| tax),
                claim.account,
                claim.id,
                from.name()
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// Keeps a document. `false` when the very same one is there already.
pub async fn add_document(
    tx: &mut Tx,
    vault: &Vault,
    claim: &Claim,
    document: &Document,
    content: &Clean,
) -> Result<bool, Fault> {
    OF_MEMBERS.add_document(tx, vault, (claim.account.0, claim.id), document, content).await
}

/// The documents of a claim, the first first, without what is in them.
pub async fn documents(tx: &mut Tx, claim: &Claim) -> Result<Vec<Document>, Fault> {
    OF_MEMBERS.list(tx, (claim.account.0, claim.id)).await
}

/// What is in a document of a claim.
pub async fn content(
    tx: &mut Tx,
    vault: &Vault,
    claim: &Claim,
    id: DocumentId,
) -> Result<Option<Vec<u8>>, Fault> {
    OF_MEMBERS.read(tx, vault, (claim.account.0, claim.id), id).await
}

/// Drops a document of a claim; `false` when it is not there.
pub async fn remove_document(tx: &mut Tx, claim: &Claim, id: DocumentId) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "dropping a document",
            "delete from claim_documents where account_id = $1 and claim_id = $2 and id = $3",
            values![claim.account, claim.id, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Keeps what happened to a claim.
pub async fn add_event(
    tx: &mut Tx,
    vault: &Vault,
    claim: &Claim,
    staff: Option<StaffId>,
    happened: &Happened,
) -> Result<(), Fault> {
    let by = (staff, happened.step.name());
    OF_MEMBERS.add_event(tx, vault, (claim.account.0, claim.id), by, happened).await
}

/// What happened to a claim, the first first.
pub async fn events(tx: &mut Tx, vault: &Vault, claim: &Claim) -> Result<Vec<Happened>, Fault> {
    OF_MEMBERS.events(tx, vault, (claim.account.0, claim.id), Step::named).await
}

/// Drops claims that were begun before a moment and never sent, with all that belongs to them.
pub async fn forget_drafts_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    let doing = "dropping old drafts of claims";
    for sql in [
        "delete from claim_documents where claim_id in (select id from claims \
         where complete_at is null and began_at < $1)",
        "delete from claim_events where claim_id in (select id from claims \
         where complete_at is null and began_at < $1)",
    ] {
        tx.run(doing, sql, values![long_ago]).await?;
    }
    tx.run(
        doing,
        "delete from claims where complete_at is null and began_at < $1",
        values![long_ago],
    )
    .await
}

impl ClaimRow {
    fn claim(self, vault: &Vault) -> Result<Claim, Fault> {
        let id = self.id;
        let doing = "reading a claim";
        let nonsense = |column| Fault::new(doing, format!("claims.{column} of {id}"));
        let bank = match (self.sealed_bank, self.bank_set_at) {
            (Some(sealed), Some(since)) => {
                let plain = vault.open(bank_of(&id), &sealed)?;
                let bank: Bank =
                    serde_json::from_slice(&plain).map_err(|_| nonsense("sealed_bank"))?;
                Some((bank, Instant::from_micros(since)))
            }
            _ => None,
        };
        Ok(Claim {
            id: ClaimId(id),
            reference: ClaimReference::parse(&self.reference)
                .ok_or_else(|| nonsense("reference"))?,
            account: AccountId(self.account_id),
            person: PersonId(self.person_id),
            kind: Kind::named(&self.kind).ok_or_else(|| nonsense("kind"))?,
            stage: Stage::named(&self.stage).ok_or_else(|| nonsense("stage"))?,
            event_on: self.event_on.map(date).transpose()?,
            has_tax_number: self.has_tax_number,
            bank,
            began_at: Instant::from_micros(self.began_at),
            complete_at: self.complete_at.map(Instant::from_micros),
            closed_at: self.closed_at.map(Instant::from_micros),
            taken_by: self.taken_by.map(StaffId),
            proposed_by: self.proposed_by.map(StaffId),
            paid: self
                .gross
                .zip(self.tax)
                .map(|(gross, tax)| (Rupiah::new(gross), Rupiah::new(tax))),
        })
    }
}

fn bank_of(id: &Uuid) -> Place<'_> {
    Place("claims", "bank", id.as_bytes())
}
