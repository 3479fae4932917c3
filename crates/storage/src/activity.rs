//! What happened on an account, line by line.

use payung_domain::activity::{Event, Line};
use payung_domain::ids::AccountId;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

/// Adds a line.
pub async fn add(tx: &mut Tx, account: AccountId, id: Uuid, line: &Line) -> Result<(), Fault> {
    tx.run(
        "noting what happened",
        "insert into activity (account_id, happened_at, id, event, device) \
         values ($1, $2, $3, $4, $5)",
        values![account, line.at, id, line.event.name(), &*line.device],
    )
    .await
    .map(drop)
}

/// The newest lines of one kind before a moment.
pub async fn latest(
    tx: &mut Tx,
    account: AccountId,
    event: Event,
    before: Instant,
) -> Result<Option<Line>, Fault> {
    let row: Option<(i64, String)> = tx
        .one(
            "reading what happened last",
            "select happened_at, device from activity \
             where account_id = $1 and event = $2 and happened_at < $3 \
             order by happened_at desc limit 1",
            values![account, event.name(), before],
        )
        .await?;
    Ok(row.map(|(at, device)| Line { at: Instant::from_micros(at), event, device }))
}
