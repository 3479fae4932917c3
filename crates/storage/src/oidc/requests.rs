//! Requests that wait: pushed by a client until a browser brings them, or brought by a browser until
//! its member has answered.

use payung_domain::keyed::Tag;
use payung_domain::oidc::requests::Request;
use payung_domain::time::Instant;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

/// A request that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// What is asked for.
    pub request: Request,
    /// The pushed request it was opened from.
    pub pushed: Option<Tag>,
    /// The browser that brought it.
    pub browser: Option<Tag>,
    /// When it came.
    pub asked_at: Instant,
    /// Until when it waits.
    pub expires_at: Instant,
    /// When it was answered.
    pub finished_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct RequestRow {
    pushed_id: Option<Vec<u8>>,
    browser_id: Option<Vec<u8>>,
    sealed_request: Vec<u8>,
    asked_at: i64,
    expires_at: i64,
    finished_at: Option<i64>,
}

const fn place(id: &Tag) -> Place<'_> {
    Place("oidc_requests", "request", id)
}

/// Keeps a request under the hash of its handle.
pub async fn add(tx: &mut Tx, vault: &Vault, id: &Tag, waiting: &Waiting) -> Result<(), Fault> {
    let text = serde_json::to_vec(&waiting.request)
        .map_err(Fault::while_doing("writing an authorization request"))?;
    let sealed = vault.seal(place(id), &text)?;
    tx.run(
        "keeping an authorization request",
        "insert into oidc_requests (id, client_id, pushed_id, browser_id, sealed_request, \
         asked_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)",
        values![
            id,
            &*waiting.request.client,
            waiting.pushed,
            waiting.browser,
            sealed,
            waiting.asked_at,
            waiting.expires_at
        ],
    )
    .await
    .map(drop)
}

/// The request whose handle has this hash, whatever it is worth.
pub async fn get(tx: &mut Tx, vault: &Vault, id: &Tag) -> Result<Option<Waiting>, Fault> {
    const DOING: &str = "reading an authorization request";
    let row: Option<RequestRow> = tx
        .one(
            DOING,
            "select pushed_id, browser_id, sealed_request, asked_at, expires_at, finished_at \
             from oidc_requests where id = $1",
            values![id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let hash = |bytes: Option<Vec<u8>>| {
        let hash = bytes.map(Tag::try_from).transpose();
        hash.map_err(|_| Fault::new(DOING, "oidc_requests holds an id that is no hash"))
    };
    let text = vault.open(place(id), &row.sealed_request)?;
    Ok(Some(Waiting {
        request: serde_json::from_slice(&text).map_err(Fault::while_doing(DOING))?,
        pushed: hash(row.pushed_id)?,
        browser: hash(row.browser_id)?,
        asked_at: Instant::from_micros(row.asked_at),
        expires_at: Instant::from_micros(row.expires_at),
        finished_at: row.finished_at.map(Instant::from_micros),
    }))
}

/// Answers a request. Of any number at the same time, one gets `true` (L7, K-08).
pub async fn finish(tx: &mut Tx, id: &Tag, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "answering an authorization request",
            "update oidc_requests set finished_at = $2 where id = $1 and finished_at is null",
            values![id, now],
        )
        .await?;
    Ok(changed == 1)
}

/// Drops requests that ended long ago.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old authorization requests",
        "delete from oidc_requests where expires_at < $1",
        values![long_ago],
    )
    .await
}
