//! Dropping what no rule asks for any more (N-07). What the law wants kept is not touched here.

use payung_storage::{Fault, outbox, sessions, sign_ins, throttles};
use std::sync::Arc;
use std::time::Duration;

use crate::App;

/// How often it is looked.
const EVERY: Duration = Duration::from_hours(1);

/// Drops what is over. Each kind in a transaction of its own, so the writer is never held for long.
pub async fn tidy(app: &App) -> Result<u64, Fault> {
    let now = app.clock.now();
    let mut dropped = 0;
    let mut tx = app.store.write().await?;
    dropped +=
        throttles::forget_requests_before(&mut tx, now.minus(Duration::from_hours(1))).await?;
    tx.commit().await?;
    let mut tx = app.store.write().await?;
    dropped += sign_ins::forget_before(&mut tx, now.minus(Duration::from_hours(24))).await?;
    tx.commit().await?;
    let mut tx = app.store.write().await?;
    dropped += sessions::forget_before(&mut tx, now.minus(Duration::from_hours(24))).await?;
    tx.commit().await?;
    let mut tx = app.store.write().await?;
    dropped += outbox::forget_before(&mut tx, now.minus(Duration::from_hours(24 * 7))).await?;
    tx.commit().await?;
    Ok(dropped)
}

/// Tidies now and then until the returned future is dropped.
pub async fn keep_tidy(app: Arc<App>) {
    loop {
        if let Err(fault) = tidy(&app).await {
            tracing::error!(cause = ?std::error::Error::source(&fault), "tidying broke {fault}");
        }
        tokio::time::sleep(EVERY).await;
    }
}
