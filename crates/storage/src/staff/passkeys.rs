//! The passkeys of staff: all that lets them in.

use payung_domain::ids::StaffId;
use payung_domain::keyed::digest;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

/// A passkey with what checks its signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Whose it is.
    pub staff: StaffId,
    /// Its row.
    pub id: Uuid,
    /// The credential, in the form of whoever checks it.
    pub credential: Vec<u8>,
    /// When it was added.
    pub added_at: Instant,
}

#[derive(sqlx::FromRow)]
struct KeyRow {
    staff_id: Uuid,
    id: Uuid,
    sealed_credential: Vec<u8>,
    added_at: i64,
}

impl KeyRow {
    fn kept(self, vault: &Vault) -> Result<Kept, Fault> {
        let row = row_of(StaffId(self.staff_id), self.id);
        Ok(Kept {
            staff: StaffId(self.staff_id),
            id: self.id,
            credential: vault.open(place(&row), &self.sealed_credential)?,
            added_at: Instant::from_micros(self.added_at),
        })
    }
}

/// Keeps a passkey. `false` when its credential belongs to somebody already.
pub async fn add(
    tx: &mut Tx,
    vault: &Vault,
    credential_id: &[u8],
    kept: &Kept,
) -> Result<bool, Fault> {
    let row = row_of(kept.staff, kept.id);
    let sealed = vault.seal(place(&row), &kept.credential)?;
    let added = tx
        .run(
            "keeping a staff passkey",
            "insert into staff_passkeys (staff_id, id, credential_hash, sealed_credential, \
             added_at) values ($1, $2, $3, $4, $5) on conflict (credential_hash) do nothing",
            values![kept.staff, kept.id, digest(credential_id), sealed, kept.added_at],
        )
        .await?;
    Ok(added == 1)
}

/// The passkey of this credential, its row locked: the next use waits for this one's verdict.
pub async fn locked(
    tx: &mut Tx,
    vault: &Vault,
    credential_id: &[u8],
) -> Result<Option<Kept>, Fault> {
    let row: Option<KeyRow> = tx
        .one_locked(
            "reading a staff passkey",
            "select staff_id, id, sealed_credential, added_at from staff_passkeys \
             where credential_hash = $1",
            values![digest(credential_id)],
        )
        .await?;
    row.map(|row| row.kept(vault)).transpose()
}

/// Notes that a passkey was used, with what the use changed in it.
pub async fn note_use(tx: &mut Tx, vault: &Vault, kept: &Kept, now: Instant) -> Result<(), Fault> {
    let row = row_of(kept.staff, kept.id);
    let sealed = vault.seal(place(&row), &kept.credential)?;
    tx.run(
        "noting the use of a staff passkey",
        "update staff_passkeys set sealed_credential = $1, used_at = $2 \
         where staff_id = $3 and id = $4",
        values![sealed, now, kept.staff, kept.id],
    )
    .await
    .map(drop)
}

/// Removes every passkey of somebody: another invitation begins anew.
pub async fn remove_all(tx: &mut Tx, staff: StaffId) -> Result<u64, Fault> {
    tx.run(
        "removing the passkeys of staff",
        "delete from staff_passkeys where staff_id = $1",
        values![staff],
    )
    .await
}

fn row_of(staff: StaffId, id: Uuid) -> Vec<u8> {
    [staff.0.into_bytes(), id.into_bytes()].concat()
}

fn place(row: &[u8]) -> Place<'_> {
    Place("staff_passkeys", "credential", row)
}
