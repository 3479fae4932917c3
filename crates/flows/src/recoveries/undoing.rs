//! Whose contact counts when a recovery is done, and how the owner takes that back.
//!
//! The contacts that were replaced sign nobody in and serve no reset any more, but for 72 hours they
//! hear of everything, and the link "this was not me" in what they hear puts them back (G-10).

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::contact_changes::{Kind, Standing};
use payung_domain::keyed::Tag;
use payung_domain::recoveries::{Lost, OLD_ARE_TOLD, Thing};
use payung_domain::second_factor::Destination;
use payung_domain::time::Instant;
use payung_storage::contacts::{self, Coming};
use payung_storage::recoveries::Kept;
use payung_storage::{Fault, Tx, accounts, recoveries};

use super::note;
use crate::{App, Visit, contact_changes};

/// A moment that never comes: from then on an old contact would serve recovery again. It tells those
/// that a recovery replaced from those that a change did.
const NEVER: Instant = Instant::from_micros(i64::MAX);

/// Lets the new contact take its place, and those that are lost, or of its kind, go. `false` when the
/// new address is somebody else's by now.
pub(super) async fn replace_contacts(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    kept: &Kept,
    lost: Lost,
) -> Result<bool, Fault> {
    let (vault, now) = (app.store.vault(), visit.now);
    contacts::alone(tx, account.id).await?;
    let before = reached(app, tx, account, now).await?;
    // Whoever had the account may have begun to exchange its contacts.
    contact_changes::undo::everything(app, tx, visit, account).await?;
    let held = contacts::held(tx, vault, account.id).await?;
    let goes = |to: &Destination| {
        let thing = match to {
            Destination::Email(_) => Thing::Email,
            Destination::Sms(_) => Thing::Phone,
        };
        lost.has(thing) || Kind::of(to) == Kind::of(&kept.contact)
    };
    let counting = Standing { counts_from: now, recovers_from: now, ..Standing::SINCE_EVER };
    let mut is_own = false;
    for one in held.iter().filter(|one| !one.standing.is_gone(now)) {
        if one.to == kept.contact {
            // A number that was lost and came back is their own already: it keeps the moment since
            // when it counts, by which `undo` knows that it did not come with the recovery.
            let since = one.standing.counts_from.min(now);
            let own = Standing { counts_from: since, ..counting };
            is_own = contacts::set_standing(tx, vault, account.id, &one.to, &own).await?;
        } else if goes(&one.to) {
            let leaving = Standing {
                recovers_from: NEVER,
                counts_until: Some(now),
                recovers_until: Some(now.plus(OLD_ARE_TOLD)),
                ..one.standing
            };
            if !contacts::set_standing(tx, vault, account.id, &one.to, &leaving).await? {
                accounts::unshare_phone(tx, account.id).await?;
            }
        }
    }
    let coming = Coming { to: &kept.contact, standing: counting, place: 0 };
    if !is_own && !contacts::claim(tx, vault, account.id, coming, now).await? {
        match &kept.contact {
            // A family has one phone.
            Destination::Sms(phone) => {
                accounts::share_phone(tx, vault, account.id, phone, now).await?;
            }
            Destination::Email(_) => return Ok(false),
        }
    }
    register(app, tx, account, before, now).await?;
    Ok(true)
}

/// Where codes go at a moment, by letter and by text message.
async fn reached(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    now: Instant,
) -> Result<[(Kind, Option<Destination>); 2], Fault> {
    let held = contacts::held(tx, app.store.vault(), account.id).await?;
    let first = |kind| (kind, contact_changes::first(&held, kind, now));
    Ok([Kind::Email, Kind::Phone].map(first))
}

/// Keeps the register of authenticators right (J-01).
async fn register(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    before: [(Kind, Option<Destination>); 2],
    now: Instant,
) -> Result<(), Fault> {
    for (kind, first) in before {
        contact_changes::register(app, tx, account.id, kind, first, now).await?;
    }
    Ok(())
}

/// What names a contact in a "this was not me" link.
pub(crate) fn index_of(app: &App, to: &Destination) -> Tag {
    app.store.vault().index("notice", to.expose())
}

/// Takes back what a recovery of the last 72 hours did to the contacts: the old ones count again, the
/// new one is nobody's, unless it was the owner's before. Only for whoever says so at one of the others (G-10): at the new contact,
/// "this was not me" is about something else. The caller keeps the account to itself.
pub(crate) async fn undo(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    said_at: Option<&Tag>,
) -> Result<(), Fault> {
    let (vault, now) = (app.store.vault(), visit.now);
    let since = now.minus(OLD_ARE_TOLD);
    let Some(kept) = recoveries::last_done(tx, vault, account.id, since).await? else {
        return Ok(());
    };
    let is_old = said_at.is_some_and(|at| *at != index_of(app, &kept.contact));
    if !is_old || !recoveries::note_undone(tx, kept.id).await? {
        return Ok(());
    }
    let before = reached(app, tx, account, now).await?;
    let done_at = kept.recovery.end.map(|(_, at)| at);
    let held = contacts::held(tx, vault, account.id).await?;
    if let Some(one) = held.iter().find(|one| one.to == kept.contact) {
        let standing = &one.standing;
        if Some(standing.counts_from) == done_at {
            contacts::release(tx, vault, account.id, &one.to).await?;
        } else if !contacts::set_end(tx, vault, account.id, &one.to, standing).await? {
            // It names somebody else, and only reached this account.
            accounts::unshare_phone(tx, account.id).await?;
        }
    }
    for one in contacts::held(tx, vault, account.id).await? {
        if one.standing.recovers_from == NEVER && !one.standing.is_gone(now) {
            let back = Standing::SINCE_EVER;
            contacts::set_standing(tx, vault, account.id, &one.to, &back).await?;
        }
    }
    register(app, tx, account, before, now).await?;
    note(app, tx, account.id, Event::RecoveryUndone, &visit.device, now).await
}
