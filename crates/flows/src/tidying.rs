//! Dropping what no rule asks for any more (N-07). What the law wants kept is not touched here.

use payung_domain::activity::KEPT;
use payung_domain::suspicion::WINDOW;
use payung_storage::{
    Fault, activity, factors, not_me, outbox, passkeys, password_resets, remembered, sessions,
    sign_ins, throttles,
};
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
    // What was sent stays to be looked up, emptied of its content.
    dropped += outbox::forget_before(&mut tx, now.minus(KEPT)).await?;
    tx.commit().await?;
    let mut tx = app.store.write().await?;
    dropped += activity::forget_before(&mut tx, now.minus(KEPT)).await?;
    tx.commit().await?;
    let mut tx = app.store.write().await?;
    // A month longer than links work: "used at …" is a better answer than "not ours".
    dropped += not_me::forget_before(&mut tx, now.minus(Duration::from_hours(24 * 30))).await?;
    tx.commit().await?;
    let mut tx = app.store.write().await?;
    // A week longer than links work: "used at …" is a better answer than "run out".
    let week_ago = now.minus(Duration::from_hours(24 * 7));
    dropped += password_resets::forget_before(&mut tx, week_ago).await?;
    tx.commit().await?;
    let mut tx = app.store.write().await?;
    dropped += throttles::forget_misses_before(&mut tx, now.minus(WINDOW)).await?;
    tx.commit().await?;
    let mut tx = app.store.write().await?;
    dropped += passkeys::forget_before(&mut tx, now).await?;
    dropped += factors::forget_before(&mut tx, now).await?;
    dropped += remembered::forget_before(&mut tx, now).await?;
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
