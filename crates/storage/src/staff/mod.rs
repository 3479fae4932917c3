//! Staff of the support desk, and the invitations that let them in. What they may do is
//! `domain::staff`'s business.

pub mod acts;
pub mod audit;
pub mod cases;
pub mod chain;
pub mod checks;
pub mod looks;
pub mod passkeys;
pub mod sessions;

use payung_domain::ids::{Nik, PersonId, StaffId};
use payung_domain::keyed::Tag;
use payung_domain::staff::{Officer, Role, Staff};
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::Vault;

#[derive(sqlx::FromRow)]
struct StaffRow {
    id: Uuid,
    name: String,
    role: String,
    disabled_at: Option<i64>,
}

impl StaffRow {
    fn staff(self) -> Result<Staff, Fault> {
        let nonsense =
            |column| Fault::new("reading staff", format!("staff.{column} of {}", self.id));
        Ok(Staff {
            id: StaffId(self.id),
            name: Officer::parse(&self.name).ok_or_else(|| nonsense("name"))?,
            role: Role::named(&self.role).ok_or_else(|| nonsense("role"))?,
            disabled_at: self.disabled_at.map(Instant::from_micros),
        })
    }
}

/// Keeps somebody new, known to passkeys by a random name; `false` when the name is taken.
pub async fn add(
    tx: &mut Tx,
    vault: &Vault,
    staff: &Staff,
    handle: Uuid,
    nik: Option<&Nik>,
    now: Instant,
) -> Result<bool, Fault> {
    let index = nik.map(|nik| vault.index("nik", nik.expose()));
    let added = tx
        .run(
            "keeping staff",
            "insert into staff (id, name, role, handle, nik_index, created_at) \
             values ($1, $2, $3, $4, $5, $6) on conflict (name) do nothing",
            values![staff.id, staff.name.as_str(), staff.role.name(), handle, index, now],
        )
        .await?;
    Ok(added == 1)
}

/// The staff of this id.
pub async fn get(tx: &mut Tx, id: StaffId) -> Result<Option<Staff>, Fault> {
    let row: Option<StaffRow> = tx
        .one(
            "reading staff",
            "select id, name, role, disabled_at from staff where id = $1",
            values![id],
        )
        .await?;
    row.map(StaffRow::staff).transpose()
}

/// The same, with the row locked: what is counted of an officer is counted by one at a time.
pub async fn locked(tx: &mut Tx, id: StaffId) -> Result<Option<Staff>, Fault> {
    let row: Option<StaffRow> = tx
        .one_locked(
            "reading staff",
            "select id, name, role, disabled_at from staff where id = $1",
            values![id],
        )
        .await?;
    row.map(StaffRow::staff).transpose()
}

/// The staff of this name.
pub async fn named(tx: &mut Tx, name: &Officer) -> Result<Option<Staff>, Fault> {
    let row: Option<StaffRow> = tx
        .one(
            "finding staff",
            "select id, name, role, disabled_at from staff where name = $1",
            values![name.as_str()],
        )
        .await?;
    row.map(StaffRow::staff).transpose()
}

/// Everybody who works at the desk or did, by name.
pub async fn list(tx: &mut Tx) -> Result<Vec<Staff>, Fault> {
    let rows: Vec<StaffRow> = tx
        .all(
            "listing staff",
            "select id, name, role, disabled_at from staff order by name",
            Vec::new(),
        )
        .await?;
    rows.into_iter().map(StaffRow::staff).collect()
}

/// The staff that passkeys know by this name.
pub async fn owner(tx: &mut Tx, handle: Uuid) -> Result<Option<StaffId>, Fault> {
    let row: Option<(Uuid,)> = tx
        .one(
            "finding the owner of a staff passkey",
            "select id from staff where handle = $1",
            values![handle],
        )
        .await?;
    Ok(row.map(|(id,)| StaffId(id)))
}

/// The random name by which passkeys know somebody.
pub async fn handle(tx: &mut Tx, id: StaffId) -> Result<Option<Uuid>, Fault> {
    let row: Option<(Uuid,)> = tx
        .one(
            "reading the name that staff passkeys know",
            "select handle from staff where id = $1",
            values![id],
        )
        .await?;
    Ok(row.map(|(handle,)| handle))
}

/// Whether a record is the officer's own, as far as their population number is known.
pub async fn is_own(tx: &mut Tx, id: StaffId, person: PersonId) -> Result<bool, Fault> {
    let row: Option<(Uuid,)> = tx
        .one(
            "asking whether a record is the officer's own",
            "select s.id from staff s join people p on p.nik_index = s.nik_index \
             where s.id = $1 and p.id = $2",
            values![id, person],
        )
        .await?;
    Ok(row.is_some())
}

/// Notes somebody's population number, also where they were kept without one.
pub async fn know_nik(tx: &mut Tx, vault: &Vault, id: StaffId, nik: &Nik) -> Result<(), Fault> {
    tx.run(
        "noting the population number of staff",
        "update staff set nik_index = $1 where id = $2",
        values![vault.index("nik", nik.expose()), id],
    )
    .await
    .map(drop)
}

/// Whether the same person, by their population number, is in under another name.
pub async fn has_twin(tx: &mut Tx, id: StaffId) -> Result<bool, Fault> {
    let row: Option<(Uuid,)> = tx
        .one(
            "asking whether somebody is staff twice",
            "select other.id from staff s join staff other on other.nik_index = s.nik_index \
             where s.id = $1 and other.id <> s.id and other.disabled_at is null limit 1",
            values![id],
        )
        .await?;
    Ok(row.is_some())
}

/// Shuts somebody out from a moment on, or lets them in again; `false` when that is so already.
pub async fn disable(tx: &mut Tx, id: StaffId, since: Option<Instant>) -> Result<bool, Fault> {
    let sql = if since.is_some() {
        "update staff set disabled_at = $1 where id = $2 and disabled_at is null"
    } else {
        "update staff set disabled_at = $1 where id = $2 and disabled_at is not null"
    };
    let changed = tx.run("shutting staff out or letting them in", sql, values![since, id]).await?;
    Ok(changed == 1)
}

/// An invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Whom it lets in.
    pub staff: StaffId,
    /// When it stops working.
    pub expires_at: Instant,
    /// When it was used.
    pub used_at: Option<Instant>,
}

/// Keeps an invitation under the hash of its token. It replaces the one before.
pub async fn invite(
    tx: &mut Tx,
    id: &Tag,
    staff: StaffId,
    expires_at: Instant,
) -> Result<(), Fault> {
    withdraw_invitations(tx, staff).await?;
    tx.run(
        "keeping an invitation",
        "insert into staff_invitations (id, staff_id, expires_at) values ($1, $2, $3)",
        values![id, staff, expires_at],
    )
    .await
    .map(drop)
}

/// Takes back what invitations somebody has.
pub async fn withdraw_invitations(tx: &mut Tx, staff: StaffId) -> Result<(), Fault> {
    tx.run(
        "dropping older invitations",
        "delete from staff_invitations where staff_id = $1",
        values![staff],
    )
    .await
    .map(drop)
}

/// The invitation whose token has this hash.
pub async fn invitation(tx: &mut Tx, id: &Tag) -> Result<Option<Invitation>, Fault> {
    let row: Option<(Uuid, i64, Option<i64>)> = tx
        .one(
            "reading an invitation",
            "select staff_id, expires_at, used_at from staff_invitations where id = $1",
            values![id],
        )
        .await?;
    Ok(row.map(|(staff, expires_at, used_at)| Invitation {
        staff: StaffId(staff),
        expires_at: Instant::from_micros(expires_at),
        used_at: used_at.map(Instant::from_micros),
    }))
}

/// Uses an invitation up. Of any number at the same time, one gets `true` (L7).
pub async fn use_invitation(tx: &mut Tx, id: &Tag, now: Instant) -> Result<bool, Fault> {
    let used = tx
        .run(
            "using an invitation",
            "update staff_invitations set used_at = $1 \
             where id = $2 and used_at is null and expires_at > $1",
            values![now, id],
        )
        .await?;
    Ok(used == 1)
}
