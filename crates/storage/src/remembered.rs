//! Browsers that an account remembers: there the second step may be left out, for reading (H-12).

use payung_domain::ids::AccountId;
use payung_domain::keyed::Tag;
use payung_domain::time::Instant;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

/// A browser that is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// The hash of the browser's own token.
    pub id: Tag,
    /// The device in words.
    pub device: String,
    /// Since when.
    pub remembered_at: Instant,
    /// When it last stood in for a second step.
    pub used_at: Instant,
    /// Until when.
    pub expires_at: Instant,
}

/// Remembers a browser.
pub async fn remember(tx: &mut Tx, account: AccountId, browser: &Remembered) -> Result<(), Fault> {
    tx.run(
        "remembering a browser",
        "insert into remembered_browsers (account_id, id, device, remembered_at, used_at, \
         expires_at) values ($1, $2, $3, $4, $5, $6) on conflict (account_id, id) do update set \
         device = excluded.device, remembered_at = excluded.remembered_at, \
         used_at = excluded.used_at, expires_at = excluded.expires_at",
        values![
            account,
            browser.id,
            &*browser.device,
            browser.remembered_at,
            browser.used_at,
            browser.expires_at
        ],
    )
    .await
    .map(drop)
}

/// Whether this browser is remembered now; notes that it was asked.
pub async fn recognise(
    tx: &mut Tx,
    account: AccountId,
    browser: &Tag,
    now: Instant,
) -> Result<bool, Fault> {
    let known = tx
        .run(
            "recognising a browser",
            "update remembered_browsers set used_at = $1 \
             where account_id = $2 and id = $3 and expires_at > $1",
            values![now, account, browser],
        )
        .await?;
    Ok(known == 1)
}

/// The browsers that an account remembers, the newest first.
pub async fn list(tx: &mut Tx, account: AccountId, now: Instant) -> Result<Vec<Remembered>, Fault> {
    let rows: Vec<(Vec<u8>, String, i64, i64, i64)> = tx
        .all(
            "listing remembered browsers",
            "select id, device, remembered_at, used_at, expires_at from remembered_browsers \
             where account_id = $1 and expires_at > $2 order by remembered_at desc, id",
            values![account, now],
        )
        .await?;
    rows.into_iter()
        .map(|(id, device, remembered_at, used_at, expires_at)| {
            let id = Tag::try_from(id).map_err(|_| {
                Fault::new("listing remembered browsers", "remembered_browsers.id is no hash")
            })?;
            Ok(Remembered {
                id,
                device,
                remembered_at: Instant::from_micros(remembered_at),
                used_at: Instant::from_micros(used_at),
                expires_at: Instant::from_micros(expires_at),
            })
        })
        .collect()
}

/// Forgets one browser; `false` when it was not remembered.
pub async fn forget(tx: &mut Tx, account: AccountId, browser: &Tag) -> Result<bool, Fault> {
    let forgotten = tx
        .run(
            "forgetting a browser",
            "delete from remembered_browsers where account_id = $1 and id = $2",
            values![account, browser],
        )
        .await?;
    Ok(forgotten == 1)
}

/// Forgets all of them, as a new password does; answers how many those were.
pub async fn forget_all(tx: &mut Tx, account: AccountId) -> Result<u64, Fault> {
    tx.run(
        "forgetting all browsers",
        "delete from remembered_browsers where account_id = $1",
        values![account],
    )
    .await
}

/// Drops browsers whose time is over.
pub async fn forget_before(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping browsers whose time is over",
        "delete from remembered_browsers where expires_at < $1",
        values![now],
    )
    .await
}
