//! Telling of changes whose end was reached while nobody was there: they took effect, or lapsed.

use std::time::Duration;

use payung_domain::activity::Event;
use payung_domain::contact_changes::{COOLING_OFF, Change};
use payung_domain::notify::{Notice, Stage};
use payung_storage::{Fault, accounts, contact_changes, contacts};

use super::told;
use crate::{App, notices};

/// Changes that are told of at a time.
const AT_ONCE: u32 = 50;

/// Tells of every change whose end was reached; answers how many. What counts follows from the time,
/// so a late telling is late and no more.
pub async fn tell(app: &App) -> Result<usize, Fault> {
    let now = app.clock.now();
    let mut tx = app.store.read().await?;
    let ended = contact_changes::untold(&mut tx, app.store.vault(), now, AT_ONCE).await?;
    drop(tx);
    for change in &ended {
        tell_one(app, change).await?;
    }
    Ok(ended.len())
}

async fn tell_one(app: &App, change: &Change) -> Result<(), Fault> {
    let now = app.clock.now();
    let mut tx = app.store.write().await?;
    contacts::alone(&mut tx, change.account).await?;
    // Of several programs that look, one tells; and a change that was taken back meanwhile has told.
    if !contact_changes::tell_end(&mut tx, change.account, change.id, now).await? {
        return Ok(());
    }
    let Some(account) = accounts::get(&mut tx, change.account).await? else { return Ok(()) };
    if let Some(confirmed_at) = change.confirmed_at {
        let event = Event::ContactChangeDone;
        notices::note_without_device(app, &mut tx, account.id, event, now).await?;
        let just_before = confirmed_at.plus(COOLING_OFF).minus(Duration::from_micros(1));
        let held = contacts::held(&mut tx, app.store.vault(), account.id).await?;
        let before = super::first(&held, change.kind, just_before);
        super::register(app, &mut tx, account.id, change.kind, before, now).await?;
        super::tell(app, &mut tx, &account, change, Stage::Done, (now, "")).await?;
    } else {
        let notice = Notice::ContactChange(told(change, Stage::Lapsed, (now, ""), None));
        notices::tell_by_letter(app, &mut tx, &account, notice, now).await?;
    }
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(())
}
