//! How the service is doing, as members and operators may ask.

use std::time::Duration;

use payung_storage::outbox;

use crate::{App, Visit};

/// A message that waits for longer than this is late.
const LATE: Duration = Duration::from_mins(2);

/// What can be told without guessing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Whether the database answers.
    pub has_database: bool,
    /// Whether most places for password checks are taken.
    pub is_crowded: bool,
    /// Whether messages wait for longer than they should.
    pub messages_are_late: bool,
}

/// Looks at every part once.
pub async fn state(app: &App, visit: &Visit) -> State {
    let oldest = oldest_waiting(app).await;
    State {
        has_database: oldest.is_ok(),
        is_crowded: app.hasher.is_crowded(),
        messages_are_late: oldest.ok().flatten().is_some_and(|due| visit.now.since(due) > LATE),
    }
}

async fn oldest_waiting(
    app: &App,
) -> Result<Option<payung_domain::time::Instant>, payung_storage::Fault> {
    let mut tx = app.store.read().await?;
    outbox::waiting(&mut tx).await.map(|(_, oldest)| oldest)
}
