//! The links of security messages that say "this was not me".

use payung_domain::ids::{AccountId, MessageId};
use payung_domain::keyed::Tag;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

/// A link, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Whose account it secures.
    pub account: AccountId,
    /// The message it stands in.
    pub message: MessageId,
    /// The keyed index of where that message went.
    pub destination: Option<Tag>,
    /// It works until then.
    pub expires_at: Instant,
    /// When it was used.
    pub used_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct LinkRow {
    account_id: Uuid,
    message_id: Uuid,
    destination: Option<Vec<u8>>,
    expires_at: i64,
    used_at: Option<i64>,
}

/// Keeps a link under the hash of its token.
pub async fn add(tx: &mut Tx, id: &Tag, link: &Link) -> Result<(), Fault> {
    tx.run(
        "keeping a link of a message",
        "insert into not_me_links (id, account_id, message_id, destination, expires_at) \
         values ($1, $2, $3, $4, $5)",
        values![id, link.account, link.message, link.destination, link.expires_at],
    )
    .await
    .map(drop)
}

/// The link whose token has this hash.
pub async fn get(tx: &mut Tx, id: &Tag) -> Result<Option<Link>, Fault> {
    let row: Option<LinkRow> = tx
        .one(
            "reading a link of a message",
            "select account_id, message_id, destination, expires_at, used_at from not_me_links \
             where id = $1",
            values![id],
        )
        .await?;
    Ok(row.map(|row| Link {
        account: AccountId(row.account_id),
        message: MessageId(row.message_id),
        destination: row.destination.and_then(|index| Tag::try_from(index).ok()),
        expires_at: Instant::from_micros(row.expires_at),
        used_at: row.used_at.map(Instant::from_micros),
    }))
}

/// Uses a link up. Of two requests at the same time, one gets `true`.
pub async fn use_up(tx: &mut Tx, id: &Tag, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "using a link of a message",
            "update not_me_links set used_at = $1 \
             where id = $2 and used_at is null and expires_at > $1",
            values![now, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Drops links whose time was over long ago.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old links of messages",
        "delete from not_me_links where expires_at < $1",
        values![long_ago],
    )
    .await
}
