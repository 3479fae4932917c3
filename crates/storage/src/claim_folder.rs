//! What lies with a claim, a member's or an heir's: its papers, and what happened to it.

use payung_domain::claims::files::{Clean, FileKind};
use payung_domain::claims::{Document, Happened};
use payung_domain::ids::{ClaimId, DocumentId, StaffId};
use payung_domain::keyed::digest;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

/// Where the papers and the story of one sort of claims are kept.
pub(crate) struct Folder {
    documents: &'static str,
    events: &'static str,
    /// What the index of a paper's content is keyed by.
    print: &'static str,
    add_document: &'static str,
    list_documents: &'static str,
    read_document: &'static str,
    add_event: &'static str,
    list_events: &'static str,
}

macro_rules! folder {
    ($owner:literal, $documents:literal, $events:literal, $print:literal) => {
        Folder {
            documents: $documents,
            events: $events,
            print: $print,
            add_document: concat!(
                "insert into ",
                $documents,
                " (",
                $owner,
                ", claim_id, id, slot, kind, size, content_index, added_at, sealed_content) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing"
            ),
            list_documents: concat!(
                "select id, slot, kind, size, added_at from ",
                $documents,
                " where ",
                $owner,
                " = $1 and claim_id = $2 order by added_at, id"
            ),
            read_document: concat!(
                "select sealed_content from ",
                $documents,
                " where ",
                $owner,
                " = $1 and claim_id = $2 and id = $3"
            ),
            add_event: concat!(
                "insert into ",
                $events,
                " (",
                $owner,
                ", claim_id, happened_at, id, step, staff_id, officer, sealed_words) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8)"
            ),
            list_events: concat!(
                "select id, happened_at, step, officer, sealed_words from ",
                $events,
                " where ",
                $owner,
                " = $1 and claim_id = $2 order by happened_at, id"
            ),
        }
    };
}

/// Of members' claims, which belong to an account.
pub(crate) const OF_MEMBERS: Folder =
    folder!("account_id", "claim_documents", "claim_events", "claim-document");

/// Of heirs' claims, which belong to the person who died.
pub(crate) const OF_HEIRS: Folder =
    folder!("person_id", "heir_documents", "heir_events", "heir-document");

#[derive(sqlx::FromRow)]
struct DocumentRow {
    id: Uuid,
    slot: String,
    kind: String,
    size: i64,
    added_at: i64,
}

#[derive(sqlx::FromRow)]
struct HappenedRow {
    id: Uuid,
    happened_at: i64,
    step: String,
    officer: Option<String>,
    sealed_words: Vec<u8>,
}

impl Folder {
    const fn content<'a>(&self, id: &'a Uuid) -> Place<'a> {
        Place(self.documents, "content", id.as_bytes())
    }

    const fn words<'a>(&self, id: &'a Uuid) -> Place<'a> {
        Place(self.events, "words", id.as_bytes())
    }

    /// Keeps a document. `false` when the very same one is there already.
    pub(crate) async fn add_document(
        &self,
        tx: &mut Tx,
        vault: &Vault,
        (owner, claim): (Uuid, ClaimId),
        document: &Document,
        content: &Clean,
    ) -> Result<bool, Fault> {
        let sealed = vault.seal(self.content(&document.id.0), &content.bytes)?;
        let print = format!("{:?}", digest(&content.bytes));
        let changed = tx
            .run(
                "keeping a document of a claim",
                self.add_document,
                values![
                    owner,
                    claim,
                    document.id,
                    &*document.slot,
                    document.kind.name(),
                    document.size,
                    vault.index(self.print, &print),
                    document.added_at,
                    sealed
                ],
            )
            .await?;
        Ok(changed == 1)
    }

    /// The documents of a claim, the first first, without what is in them.
    pub(crate) async fn list(
        &self,
        tx: &mut Tx,
        (owner, claim): (Uuid, ClaimId),
    ) -> Result<Vec<Document>, Fault> {
        let rows: Vec<DocumentRow> = tx
            .all("listing the documents of a claim", self.list_documents, values![owner, claim])
            .await?;
        rows.into_iter().map(|row| self.document(row)).collect()
    }

    /// What is in a document.
    pub(crate) async fn read(
        &self,
        tx: &mut Tx,
        vault: &Vault,
        (owner, claim): (Uuid, ClaimId),
        id: DocumentId,
    ) -> Result<Option<Vec<u8>>, Fault> {
        let row: Option<(Vec<u8>,)> = tx
            .one("reading a document of a claim", self.read_document, values![owner, claim, id])
            .await?;
        row.map(|(sealed,)| vault.open(self.content(&id.0), &sealed)).transpose()
    }

    /// Keeps what happened to a claim.
    pub(crate) async fn add_event<S>(
        &self,
        tx: &mut Tx,
        vault: &Vault,
        (owner, claim): (Uuid, ClaimId),
        (staff, step): (Option<StaffId>, &'static str),
        happened: &Happened<S>,
    ) -> Result<(), Fault> {
        let sealed = vault.seal(self.words(&happened.id), happened.words.as_bytes())?;
        tx.run(
            "keeping what happened to a claim",
            self.add_event,
            values![
                owner,
                claim,
                happened.at,
                happened.id,
                step,
                staff,
                happened.officer.as_deref(),
                sealed
            ],
        )
        .await
        .map(drop)
    }

    /// What happened to a claim, the first first.
    pub(crate) async fn events<S>(
        &self,
        tx: &mut Tx,
        vault: &Vault,
        (owner, claim): (Uuid, ClaimId),
        named: fn(&str) -> Option<S>,
    ) -> Result<Vec<Happened<S>>, Fault> {
        let doing = "reading what happened to a claim";
        let rows: Vec<HappenedRow> = tx.all(doing, self.list_events, values![owner, claim]).await?;
        let happened = |row: HappenedRow| {
            let nonsense = || Fault::new(doing, format!("{}.step of {}", self.events, row.id));
            Ok(Happened {
                step: named(&row.step).ok_or_else(nonsense)?,
                words: vault.open_text(self.words(&row.id), &row.sealed_words)?,
                id: row.id,
                at: Instant::from_micros(row.happened_at),
                officer: row.officer,
            })
        };
        rows.into_iter().map(happened).collect()
    }

    fn document(&self, row: DocumentRow) -> Result<Document, Fault> {
        let nonsense = |column| {
            let what = format!("{}.{column} of {}", self.documents, row.id);
            Fault::new("reading a document of a claim", what)
        };
        Ok(Document {
            kind: FileKind::named(&row.kind).ok_or_else(|| nonsense("kind"))?,
            size: u32::try_from(row.size).map_err(|_| nonsense("size"))?,
            id: DocumentId(row.id),
            slot: row.slot,
            added_at: Instant::from_micros(row.added_at),
        })
    }
}
