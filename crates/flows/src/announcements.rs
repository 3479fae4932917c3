//! What the operator has to say to everybody. Read now and then and kept in memory, so that no page
//! waits for it, and a page that needs no database still shows it.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use payung_domain::announcements::Announcement;
use payung_domain::language::Language;
use payung_domain::time::Instant;
use payung_storage::{Fault, Store, announcements};

use crate::App;

/// How often it is looked.
const EVERY: Duration = Duration::from_secs(30);

/// The announcements this process knows of.
#[derive(Debug, Default)]
pub struct Announcements(RwLock<Vec<Announcement>>);

impl Announcements {
    /// What is to be said now, in this language: the one that began last.
    #[must_use]
    pub fn now(&self, language: Language, now: Instant) -> Option<String> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let shown = known.iter().rev().find(|announcement| announcement.is_on(now))?;
        Some(shown.text(language).to_owned())
    }
}

/// Reads what there is to say.
pub async fn refresh(app: &App) -> Result<(), Fault> {
    let mut tx = app.store.read().await?;
    let current = announcements::current(&mut tx, app.clock.now()).await?;
    *app.announcements.0.write().unwrap_or_else(PoisonError::into_inner) = current;
    Ok(())
}

/// Reads it now and then until the returned future is dropped. While the database is away, what was
/// known stays.
pub async fn keep_reading(app: Arc<App>) {
    loop {
        if let Err(fault) = refresh(&app).await {
            tracing::warn!(cause = ?std::error::Error::source(&fault), "no news, {fault}");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// What is announced now or will be.
pub async fn list(store: &Store, now: Instant) -> Result<Vec<Announcement>, Fault> {
    let mut tx = store.read().await?;
    announcements::current(&mut tx, now).await
}
