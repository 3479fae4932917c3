//! Whether the chain over the desk's lines is whole: all of it where somebody asks for that, and its
//! newest end beside every reading of the audit.

use payung_domain::staff::Right;
use payung_domain::staff::audit::Act;
use payung_domain::staff::chain::{Break, Head, Verdict, Walk};
use payung_storage::staff::chain as places;
use payung_storage::{Fault, Store};

use super::{Denied, Line, SignedIn, may, note};
use crate::{App, Visit};

/// Places that are read at a time.
const STEP: u32 = 1_000;

/// So many lines are looked at beside every reading of the audit.
pub const RECENT: i64 = 200;

/// Walks the whole chain, as it is at one moment. Something that was noted elsewhere has to be so still.
pub async fn verify(store: &Store, noted: Option<Head>) -> Result<Verdict, Fault> {
    walk(store, Head::START, noted).await
}

/// Walks along its newest lines.
pub async fn recent(store: &Store) -> Result<Verdict, Fault> {
    let mut tx = store.read().await?;
    let before = places::head(&mut tx).await?.height.saturating_sub(RECENT);
    let from = if before > 0 { places::at(&mut tx, before).await? } else { Some(Head::START) };
    drop(tx);
    // Where not even the place to begin at is there, the walk from the start says where it ends.
    walk(store, from.unwrap_or(Head::START), None).await
}

async fn walk(store: &Store, from: Head, noted: Option<Head>) -> Result<Verdict, Fault> {
    let key = store.vault().chain_key();
    let mut tx = store.read().await?;
    let head = places::head(&mut tx).await?;
    let mut walk = Walk::from(&key, from, noted);
    loop {
        let met = places::after(&mut tx, store.vault(), walk.at().height, STEP).await?;
        if met.is_empty() {
            // Counted only where all lines were looked at: it reads every one of them.
            let is_whole = from == Head::START;
            let loose = if is_whole { places::loose(&mut tx).await? } else { 0 };
            return Ok(walk.end(head, loose));
        }
        for linked in met {
            if let Err(broken) = walk.step(linked.head, linked.line.as_ref()) {
                return Ok(walk.stop(head, broken));
            }
        }
    }
}

/// Looks at the newest lines and tells the operator how it is: how many lines there are, and an alarm
/// where they are not whole (M-09).
pub async fn watch(app: &App) -> Result<(), Fault> {
    let verdict = recent(&app.store).await?;
    app.counters.audit_height.set(u64::try_from(verdict.head.height).unwrap_or(0));
    alarm(app, &verdict);
    Ok(())
}

fn alarm(app: &App, verdict: &Verdict) {
    let Some(broken) = verdict.broken else { return };
    app.counters.audit_broken.count();
    tracing::error!(
        what = broken.name(),
        at = broken.number(),
        "the audit of the desk is not whole"
    );
}

/// The whole chain, for an officer who may read the audit. That it was asked for is a line in it.
pub async fn look(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
) -> Result<Result<Verdict, Denied>, Fault> {
    let act = Act::AuditVerified;
    if let Err(denied) = may(app, visit, signed_in, Right::ReadAudit, act).await? {
        return Ok(Err(denied));
    }
    let verdict = verify(&app.store, None).await?;
    alarm(app, &verdict);
    let mut tx = app.store.write().await?;
    let detail = verdict.broken.map_or("whole", Break::name);
    note(app, &mut tx, signed_in, visit.now, Line { detail, ..Line::done(act) }).await?;
    tx.commit().await?;
    Ok(Ok(verdict))
}
