//! Looks at records, the fields shown in full in them, and what members read of both.

use payung_domain::ids::{AccountId, LookId, PersonId, StaffId};
use payung_domain::staff::looks::{Field, Reason, Why};
use payung_domain::time::Instant;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

/// A look that an officer took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its id: the record's address for this officer.
    pub id: LookId,
    /// Who looks.
    pub staff: StaffId,
    /// At whose record.
    pub person: PersonId,
    /// Why.
    pub reason: Reason,
    /// When it was looked up.
    pub looked_at: Instant,
    /// When the record is shut again.
    pub expires_at: Instant,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    why: String,
    text: String,
}

impl Sealed {
    fn of(reason: &Reason) -> Self {
        Self { why: reason.why.name().to_owned(), text: reason.text.clone() }
    }

    fn reason(self) -> Option<Reason> {
        Some(Reason { why: Why::named(&self.why)?, text: self.text })
    }
}

/// Keeps a look.
pub async fn add(tx: &mut Tx, vault: &Vault, look: &Look) -> Result<(), Fault> {
    let plain = serde_json::to_vec(&Sealed::of(&look.reason)).map_err(writing)?;
    let sealed = vault.seal(why_of(&look.id), &plain)?;
    tx.run(
        "keeping a look",
        "insert into staff_looks (id, staff_id, person_id, sealed_why, looked_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6)",
        values![look.id, look.staff, look.person, sealed, look.looked_at, look.expires_at],
    )
    .await
    .map(drop)
}

/// The look of this id, open or not, whoever took it.
pub async fn get(tx: &mut Tx, vault: &Vault, id: LookId) -> Result<Option<Look>, Fault> {
    let row: Option<(Uuid, Uuid, Vec<u8>, i64, i64)> = tx
        .one(
            "reading a look",
            "select staff_id, person_id, sealed_why, looked_at, expires_at from staff_looks \
             where id = $1",
            values![id],
        )
        .await?;
    let Some((staff, person, sealed, looked_at, expires_at)) = row else { return Ok(None) };
    let plain = vault.open(why_of(&id), &sealed)?;
    let reason = serde_json::from_slice::<Sealed>(&plain).ok().and_then(Sealed::reason);
    let reason = reason.ok_or_else(|| Fault::new("reading a look", "staff_looks.sealed_why"))?;
    Ok(Some(Look {
        id,
        staff: StaffId(staff),
        person: PersonId(person),
        reason,
        looked_at: Instant::from_micros(looked_at),
        expires_at: Instant::from_micros(expires_at),
    }))
}

/// The newest look of an officer at a record, of those from a moment on.
pub async fn latest(
    tx: &mut Tx,
    vault: &Vault,
    (staff, person): (StaffId, PersonId),
    since: Instant,
) -> Result<Option<Look>, Fault> {
    let row: Option<(Uuid,)> = tx
        .one(
            "finding the look of a moment ago",
            "select id from staff_looks where staff_id = $1 and person_id = $2 \
             and looked_at >= $3 order by looked_at desc, id limit 1",
            values![staff, person, since],
        )
        .await?;
    match row {
        Some((id,)) => get(tx, vault, LookId(id)).await,
        None => Ok(None),
    }
}

/// Shows one field of a look in full until a moment.
pub async fn unmask(tx: &mut Tx, look: LookId, field: Field, until: Instant) -> Result<(), Fault> {
    tx.run(
        "showing a field in full",
        "insert into staff_unmasked (look_id, field, expires_at) values ($1, $2, $3) \
         on conflict (look_id, field) do update set expires_at = excluded.expires_at",
        values![look, field.name(), until],
    )
    .await
    .map(drop)
}

/// The fields of a look that are shown in full now, each with its end.
pub async fn unmasked(
    tx: &mut Tx,
    look: LookId,
    now: Instant,
) -> Result<Vec<(Field, Instant)>, Fault> {
    let rows: Vec<(String, i64)> = tx
        .all(
            "reading which fields are shown in full",
            "select field, expires_at from staff_unmasked \
             where look_id = $1 and expires_at > $2 order by field",
            values![look, now],
        )
        .await?;
    rows.into_iter()
        .map(|(field, until)| {
            let field = Field::named(&field).ok_or_else(|| {
                Fault::new("reading which fields are shown in full", "staff_unmasked.field")
            })?;
            Ok((field, Instant::from_micros(until)))
        })
        .collect()
}

/// Drops looks that were shut long ago. What members and auditors read of them stays.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run("dropping old looks", "delete from staff_looks where expires_at < $1", values![long_ago])
        .await
}

/// What a member reads beside a line of activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Who looked.
    pub officer: String,
    /// Why.
    pub reason: Reason,
    /// The field that was shown in full, if one was.
    pub field: Option<Field>,
}

#[derive(Serialize, Deserialize)]
struct Note {
    officer: String,
    why: Sealed,
    field: Option<String>,
}

/// Keeps what belongs beside the line of activity with this id.
pub async fn note_view(
    tx: &mut Tx,
    vault: &Vault,
    (account, line): (AccountId, Uuid),
    view: &View,
    now: Instant,
) -> Result<(), Fault> {
    let note = Note {
        officer: view.officer.clone(),
        why: Sealed::of(&view.reason),
        field: view.field.map(|field| field.name().to_owned()),
    };
    let row = row_of(account, line);
    let plain = serde_json::to_vec(&note).map_err(writing)?;
    let sealed = vault.seal(note_of(&row), &plain)?;
    tx.run(
        "noting who looked at a record",
        "insert into staff_views (account_id, id, viewed_at, sealed_note) \
         values ($1, $2, $3, $4)",
        values![account, line, now, sealed],
    )
    .await
    .map(drop)
}

/// What belongs beside the line of activity with this id.
pub async fn view(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    line: Uuid,
) -> Result<Option<View>, Fault> {
    let row: Option<(Vec<u8>,)> = tx
        .one(
            "reading who looked at a record",
            "select sealed_note from staff_views where account_id = $1 and id = $2",
            values![account, line],
        )
        .await?;
    let Some((sealed,)) = row else { return Ok(None) };
    let row = row_of(account, line);
    let plain = vault.open(note_of(&row), &sealed)?;
    let nonsense = || Fault::new("reading who looked at a record", "staff_views.sealed_note");
    let note: Note = serde_json::from_slice(&plain).map_err(|_| nonsense())?;
    let field = match note.field {
        Some(word) => Some(Field::named(&word).ok_or_else(nonsense)?),
        None => None,
    };
    let reason = note.why.reason().ok_or_else(nonsense)?;
    Ok(Some(View { officer: note.officer, reason, field }))
}

/// Drops what belonged to lines of activity that are dropped.
pub async fn forget_views_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run("dropping old views", "delete from staff_views where viewed_at < $1", values![long_ago])
        .await
}

fn why_of(id: &LookId) -> Place<'_> {
    Place("staff_looks", "why", id.0.as_bytes())
}

fn note_of(row: &[u8]) -> Place<'_> {
    Place("staff_views", "note", row)
}

fn row_of(account: AccountId, line: Uuid) -> Vec<u8> {
    [account.0.into_bytes(), line.into_bytes()].concat()
}

fn writing(error: serde_json::Error) -> Fault {
    Fault::while_doing("writing down a look")(error)
}
