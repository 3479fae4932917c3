//! Acts of two officers whose time has come: done a day after the approval, or ended with nothing done.
//!
//! Any node does it, and of two that do it at the same time, one. What is done and what is told of it
//! are one transaction.

use std::sync::Arc;
use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::authenticators::Kind as Registered;
use payung_domain::contact_changes::{
    Act as Change, Change as ContactChange, Kind as ContactKind, Standing, may_come,
};
use payung_domain::ids::{ActId, ChangeId};
use payung_domain::notify::{DeskStage, Stage};
use payung_domain::second_factor::Destination;
use payung_domain::staff::acts::{DeskAct, End, Facts, Kind, approval_counts};
use payung_domain::staff::audit::Act;
use payung_domain::staff::source::Source;
use payung_domain::time::Instant;
use payung_storage::contacts::Coming;
use payung_storage::staff::{self as kept, acts as kept_acts};
use payung_storage::{
    Fault, Tx, accounts, authenticators as register, contact_changes as changes, contacts, passkeys,
};
use payung_texts::Texts;

use super::acts::{asker_counts, by_nobody, end, stands_against, tell, tell_activity, version};
use crate::{App, authenticators, contact_changes};

/// How often it is looked whether something is due.
const EVERY: Duration = Duration::from_secs(5);

/// How many are looked at in one round.
const AT_ONCE: u32 = 64;

/// Does everything that is due now; answers how much it was.
pub async fn do_due(app: &App) -> Result<usize, Fault> {
    let mut tx = app.store.read().await?;
    let due = kept_acts::due(&mut tx, app.clock.now(), AT_ONCE).await?;
    drop(tx);
    let mut done = 0;
    for id in due {
        done += usize::from(do_one(app, id).await?);
    }
    Ok(done)
}

/// Does what is due until the returned future is dropped. A fault is logged and tried again.
pub async fn keep_doing(app: Arc<App>) {
    loop {
        match do_due(&app).await {
            Ok(0) => {}
            Ok(_) => app.outbox.notify_one(),
            Err(fault) => {
                tracing::error!(cause = ?std::error::Error::source(&fault), "an act of the desk broke {fault}");
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn do_one(app: &App, id: ActId) -> Result<bool, Fault> {
    let now = app.clock.now();
    let mut tx = app.store.write().await?;
    let found = kept_acts::locked(&mut tx, app.store.vault(), id).await?;
    let Some(act) = found else { return Ok(false) };
    let Some(account) = accounts::get(&mut tx, act.account).await? else { return Ok(false) };
    let facts = facts(app, &mut tx, &act, now).await?;
    let Some(mut how) = act.due(facts, now) else { return Ok(false) };
    if how == End::Done {
        contacts::alone(&mut tx, account.id).await?;
        how = carry_out(app, &mut tx, &account, &act, now).await?;
    }
    let is_mine = if how == End::Done {
        kept_acts::close(&mut tx, id, how, now).await?
    } else {
        let officer = act.asked_by.name.as_str();
        end(app, &mut tx, &account, &act, (how, officer), now).await?
    };
    if !is_mine {
        return Ok(false);
    }
    let line = (Source::Program, Act::ActEnded, how.name());
    by_nobody(app, &mut tx, line, account.person, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// Who asked and who approved is looked at again: whoever was shut out meanwhile has done neither.
async fn facts(app: &App, tx: &mut Tx, act: &DeskAct, now: Instant) -> Result<Facts, Fault> {
    let approver = match &act.approved {
        Some((by, _)) => kept::get(tx, by.id).await?,
        None => None,
    };
    let approver_counts = approver.is_some_and(|by| approval_counts(by.role, by.disabled_at));
    let asker_counts = asker_counts(tx, act).await?;
    let is_unchanged = version(app, tx, act.account, now).await? == act.version;
    Ok(Facts { asker_counts, approver_counts, is_unchanged })
}

/// Does it; answers how it ended. Anything but [`End::Done`] has changed nothing.
async fn carry_out(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    act: &DeskAct,
    now: Instant,
) -> Result<End, Fault> {
    let Some((by, _)) = &act.approved else { return Ok(End::Lapsed) };
    if stands_against(app, tx, account.id, act.kind, now).await?.is_some() {
        return Ok(End::Changed);
    }
    let event = match act.kind {
        Kind::RemovePasskeys => {
            passkeys::remove_all(tx, account.id).await?;
            removed(app, tx, account, Registered::Passkey, now).await?;
            Event::PasskeyRemoved
        }
        Kind::RemoveApp => {
            accounts::remove_app(tx, account.id).await?;
            removed(app, tx, account, Registered::App, now).await?;
            Event::FactorRemoved
        }
        Kind::ReplaceEmail | Kind::ReplacePhone => {
            let how = exchange(app, tx, account, act, now).await?;
            if how != End::Done {
                return Ok(how);
            }
            Event::ContactChangeBegun
        }
        Kind::Unlock | Kind::SendReset => return Ok(End::Void),
    };
    tell_activity(app, tx, account.id, (event, by.name.as_str(), &act.reason), now).await?;
    if !act.kind.brings_contact() {
        let done = DeskAct { due_at: Some(now), ..act.clone() };
        tell(app, tx, account, &done, (DeskStage::Done, by.name.as_str()), now).await?;
    }
    Ok(End::Done)
}

async fn removed(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    kind: Registered,
    now: Instant,
) -> Result<(), Fault> {
    register::remove_kind(tx, account.id, kind, now).await?;
    authenticators::tell_applications(app, tx, account.id, kind, "delete", now).await
}

/// Exchanges a contact as its member would have: it cools off for half a day, keeps payouts shut
/// until then, and the old contacts can undo it for three days (G-10).
async fn exchange(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    act: &DeskAct,
    now: Instant,
) -> Result<End, Fault> {
    let vault = app.store.vault();
    let Some(new) = &act.new else { return Ok(End::Changed) };
    let kind = ContactKind::of(new);
    let held = contacts::held(tx, vault, account.id).await?;
    let old: Option<Destination> = contact_changes::first(&held, kind, now);
    let Ok(place) = may_come(&held, new, old.as_ref(), now) else { return Ok(End::Changed) };
    let coming = Coming { to: new, standing: Standing::confirmed(now), place };
    if !contacts::claim(tx, vault, account.id, coming, now).await? {
        return Ok(End::Taken);
    }
    if let Some(gone) = held.iter().find(|one| Some(&one.to) == old.as_ref()) {
        let leaving = gone.standing.leaving(now);
        contacts::set_end(tx, vault, account.id, &gone.to, &leaving).await?;
    }
    let change = ContactChange {
        id: ChangeId::new(&*app.dice),
        account: account.id,
        act: if old.is_some() { Change::Replace } else { Change::Add },
        kind,
        new: Some(new.clone()),
        old,
        begun_at: now,
        confirmed_at: Some(now),
        cancelled_at: None,
    };
    changes::begin(tx, vault, &change).await?;
    let desk = Texts::shipped().say(account.language, "desk-as-device", &[]);
    contact_changes::tell(app, tx, account, &change, Stage::Begun, (now, &desk)).await?;
    Ok(End::Done)
}
