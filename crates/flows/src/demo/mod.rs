//! The demonstration: invented people, the accounts they sign in with, and an application that they
//! can sign in to.

pub mod apps;
mod cases;
mod claimed;
pub mod conformance;
pub mod devices;
pub mod lives;
pub mod seeding;
pub mod staff;

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
