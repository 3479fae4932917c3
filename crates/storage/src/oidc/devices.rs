//! Devices that wait for their member to answer (RFC 8628).

use std::time::Duration;

use payung_domain::ids::AccountId;
use payung_domain::keyed::Tag;
use payung_domain::oidc::devices::Waiting;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

#[derive(sqlx::FromRow)]
struct DeviceRow {
    id: Vec<u8>,
    user_code: Vec<u8>,
    sealed_request: Vec<u8>,
    asked_at: i64,
    expires_at: i64,
    interval_seconds: i64,
    polled_at: Option<i64>,
    account_id: Option<Uuid>,
    decided_at: Option<i64>,
    grant_id: Option<Uuid>,
    used_at: Option<i64>,
}

const DOING: &str = "reading a device that waits";

const fn place(id: &Tag) -> Place<'_> {
    Place("oidc_device_codes", "request", id)
}

impl DeviceRow {
    fn waiting(self, vault: &Vault) -> Result<(Tag, Waiting), Fault> {
        let hash = |bytes: Vec<u8>| {
            Tag::try_from(bytes)
                .map_err(|_| Fault::new(DOING, "oidc_device_codes holds an id that is no hash"))
        };
        let id = hash(self.id)?;
        let text = vault.open(place(&id), &self.sealed_request)?;
        let waiting = Waiting {
            asked: serde_json::from_slice(&text).map_err(Fault::while_doing(DOING))?,
            user_code: hash(self.user_code)?,
            asked_at: Instant::from_micros(self.asked_at),
            expires_at: Instant::from_micros(self.expires_at),
            interval: Duration::from_secs(u64::try_from(self.interval_seconds).unwrap_or(0)),
            polled_at: self.polled_at.map(Instant::from_micros),
            member: self.account_id.map(AccountId),
            decided_at: self.decided_at.map(Instant::from_micros),
            grant: self.grant_id,
            used_at: self.used_at.map(Instant::from_micros),
        };
        Ok((id, waiting))
    }
}

macro_rules! read {
    ($which:literal) => {
        concat!(
            "select id, user_code, sealed_request, asked_at, expires_at, interval_seconds, \
             polled_at, account_id, decided_at, grant_id, used_at from oidc_device_codes where ",
            $which
        )
    };
}

/// Keeps a device that begins to wait, under the hash of its code. `false` where its short code is
/// already another one's: draw again.
pub async fn add(tx: &mut Tx, vault: &Vault, id: &Tag, waiting: &Waiting) -> Result<bool, Fault> {
    const DOING: &str = "keeping a device that waits";
    let text = serde_json::to_vec(&waiting.asked).map_err(Fault::while_doing(DOING))?;
    let sealed = vault.seal(place(id), &text)?;
    let added = tx
        .run(
            DOING,
            "insert into oidc_device_codes (id, client_id, user_code, sealed_request, asked_at, \
             expires_at, interval_seconds) values ($1, $2, $3, $4, $5, $6, $7) \
             on conflict (user_code) do nothing",
            values![
                id,
                &*waiting.asked.request.client,
                waiting.user_code,
                sealed,
                waiting.asked_at,
                waiting.expires_at,
                seconds(waiting.interval)
            ],
        )
        .await?;
    Ok(added == 1)
}

/// The device whose code has this hash, its row locked, so that the next question waits for the
/// answer to this one.
pub async fn locked(tx: &mut Tx, vault: &Vault, id: &Tag) -> Result<Option<Waiting>, Fault> {
    let row: Option<DeviceRow> = tx.one_locked(DOING, read!("id = $1"), values![id]).await?;
    Ok(row.map(|row| row.waiting(vault)).transpose()?.map(|(_, waiting)| waiting))
}

/// Notes that a device asked, and how far apart its questions have to be from now on.
pub async fn note_poll(
    tx: &mut Tx,
    id: &Tag,
    interval: Duration,
    now: Instant,
) -> Result<(), Fault> {
    tx.run(
        "noting that a device asked",
        "update oidc_device_codes set polled_at = $2, interval_seconds = $3 where id = $1",
        values![id, now, seconds(interval)],
    )
    .await
    .map(drop)
}

/// Opens what waits under a short code for the member who typed it; the handle names it from then on.
/// `false` where nothing waits under that code.
pub async fn open(
    tx: &mut Tx,
    user_code: &Tag,
    account: AccountId,
    handle: &Tag,
    now: Instant,
) -> Result<bool, Fault> {
    let opened = tx
        .run(
            "opening a device that waits",
            "update oidc_device_codes set account_id = $2, handle_id = $3 \
             where user_code = $1 and decided_at is null and expires_at > $4",
            values![user_code, account, handle, now],
        )
        .await?;
    Ok(opened == 1)
}

/// The device that a handle names, with the hash of its code.
pub async fn opened(
    tx: &mut Tx,
    vault: &Vault,
    handle: &Tag,
) -> Result<Option<(Tag, Waiting)>, Fault> {
    let row: Option<DeviceRow> = tx.one(DOING, read!("handle_id = $1"), values![handle]).await?;
    row.map(|row| row.waiting(vault)).transpose()
}

/// Keeps the answer of the member who typed the code: a grant, or none. Of any number at the same
/// time, one gets `true`.
pub async fn decide(
    tx: &mut Tx,
    id: &Tag,
    account: AccountId,
    grant: Option<Uuid>,
    now: Instant,
) -> Result<bool, Fault> {
    let decided = tx
        .run(
            "answering a device",
            "update oidc_device_codes set decided_at = $3, grant_id = $4 \
             where id = $1 and account_id = $2 and decided_at is null and expires_at > $3",
            values![id, account, now, grant],
        )
        .await?;
    Ok(decided == 1)
}

/// Uses a device's code up. Of any number at the same time, one gets `true` (L7).
pub async fn use_up(tx: &mut Tx, id: &Tag, now: Instant) -> Result<bool, Fault> {
    let used = tx
        .run(
            "using the code of a device",
            "update oidc_device_codes set used_at = $2 where id = $1 and used_at is null \
             and grant_id is not null and expires_at > $2",
            values![id, now],
        )
        .await?;
    Ok(used == 1)
}

/// Drops devices that stopped waiting long ago.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old devices that waited",
        "delete from oidc_device_codes where expires_at < $1",
        values![long_ago],
    )
    .await
}

fn seconds(interval: Duration) -> u32 {
    u32::try_from(interval.as_secs()).unwrap_or(u32::MAX)
}
