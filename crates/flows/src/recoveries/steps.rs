//! What happens to a recovery by itself: the owner is warned at once and twice more, the new contact
//! is invited once it is ready, and what nobody finished is closed.
//!
//! Any node does it, and of two that do it at the same time, one. A step and its messages are one
//! transaction.

use std::sync::Arc;
use std::time::Duration;

use payung_domain::activity::Event;
use payung_domain::ids::RecoveryId;
use payung_domain::recoveries::{End, Step};
use payung_domain::staff::cases::Closing;
use payung_storage::{Fault, accounts, recoveries};

use super::{end_case, finishing, note, warn};
use crate::App;

/// Who closes the case of a recovery that nobody finished.
const BY_ITSELF: &str = "payung";

/// How often it is looked whether something is due.
const EVERY: Duration = Duration::from_secs(1);

/// How many are looked at in one round.
const AT_ONCE: u32 = 64;

/// Takes every step that is due now; answers how many were.
pub async fn take_due(app: &App) -> Result<usize, Fault> {
    let mut tx = app.store.read().await?;
    let due = recoveries::due(&mut tx, app.clock.now(), AT_ONCE).await?;
    drop(tx);
    let mut taken = 0;
    for id in due {
        taken += usize::from(take(app, id).await?);
    }
    Ok(taken)
}

/// Takes steps until the returned future is dropped. A fault is logged and tried again.
pub async fn keep_going(app: Arc<App>) {
    loop {
        match take_due(&app).await {
            Ok(0) => tokio::time::sleep(EVERY).await,
            Ok(_) => app.outbox.notify_one(),
            Err(fault) => {
                tracing::error!(cause = ?std::error::Error::source(&fault), "a recovery broke {fault}");
                tokio::time::sleep(EVERY * 5).await;
            }
        }
    }
}

async fn take(app: &App, id: RecoveryId) -> Result<bool, Fault> {
    let now = app.clock.now();
    let mut tx = app.store.write().await?;
    let Some(mut kept) = recoveries::locked(&mut tx, app.store.vault(), id).await? else {
        return Ok(false);
    };
    let before = kept.recovery.warnings;
    let Some(step) = kept.recovery.take_step(now) else { return Ok(false) };
    let is_mine = match step {
        Step::Warn => recoveries::note_warning(&mut tx, id, before, &kept.recovery).await?,
        Step::Invite => recoveries::note_invitation(&mut tx, id, &kept.recovery).await?,
        Step::Expire => recoveries::close(&mut tx, id, End::Expired, now).await?,
    };
    if !is_mine {
        return Ok(false);
    }
    if step == Step::Expire {
        end_case(app, &mut tx, &kept, (Closing::Refused, BY_ITSELF), now).await?;
    }
    let account = match kept.recovery.account {
        Some(account) => accounts::get(&mut tx, account).await?,
        None => None,
    };
    match (step, account) {
        (Step::Warn, Some(account)) => {
            if before == 0 {
                let (device, at) = (&kept.device, kept.recovery.asked_at);
                note(app, &mut tx, account.id, Event::RecoveryBegun, device, at).await?;
                app.counters.recoveries_begun.count();
            }
            warn(app, &mut tx, &account, &kept, now).await?;
        }
        (Step::Invite, Some(_)) => finishing::invite(app, &mut tx, &kept, now).await?,
        _ => {}
    }
    tx.commit().await?;
    Ok(true)
}
