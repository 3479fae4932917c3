//! The demonstration: invented people, and the accounts they sign in with.

pub mod lives;
pub mod seeding;

pub use payung_storage::outbox::Caught;
use payung_storage::{Fault, outbox};

use crate::App;

/// More than this many messages are not shown.
const MOST: u32 = 2_000;

/// Everything that would have been sent, newest first.
pub async fn outbox(app: &App) -> Result<Vec<Caught>, Fault> {
    let mut tx = app.store.read().await?;
    outbox::caught(&mut tx, app.store.vault(), MOST).await
}
