//! Taking a change back: from inside while it cools off, from an old contact's letter for three days,
//! and all at once when the owner says "this was not me".

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::contact_changes::{Change, Standing, State, undone_with};
use payung_domain::ids::ChangeId;
use payung_domain::notify::Stage;
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_storage::{Fault, Tx, accounts, contact_changes, contacts, sign_ins};

use super::{register, tell};
use crate::sessions::SignedIn;
use crate::{App, Visit, notices};

/// What came of calling a change off from inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancelled {
    /// It was.
    Done,
    /// It was before, at this moment.
    Before(Instant),
    /// It is in effect: what there is now can be changed.
    TooLate,
    /// It is none of this member's.
    Gone,
}

/// Calls a change off that waits for its code or cools off. It only takes away, so nothing is asked
/// first.
pub async fn cancel(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    id: ChangeId,
) -> Result<Cancelled, Fault> {
    let account = &member.account;
    let mut tx = app.store.write().await?;
    contacts::alone(&mut tx, account.id).await?;
    // S5: looked for among the member's own.
    let change = contact_changes::get(&mut tx, app.store.vault(), account.id, id).await?;
    let Some(change) = change else { return Ok(Cancelled::Gone) };
    match change.state(visit.now) {
        State::Cancelled { at } => return Ok(Cancelled::Before(at)),
        State::Undoable { .. } | State::Settled => return Ok(Cancelled::TooLate),
        State::Lapsed => return Ok(Cancelled::Gone),
        State::Unconfirmed { .. } | State::CoolingOff { .. } => {}
    }
    take_back(app, &mut tx, visit, account, &[&change]).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Cancelled::Done)
}

/// What the link of a letter is worth.
#[derive(Clone, Debug)]
pub enum Found {
    /// It works: this is the change it takes back.
    Open(Box<Change>, Zone),
    /// The change was taken back at this moment.
    Cancelled(Instant, Zone),
    /// Its time is over, or it was never ours.
    Expired,
}

/// Looks at a link. Changes nothing: programs that read mail follow links too (G-04).
pub async fn view(app: &App, visit: &Visit, token: &Token) -> Result<Found, Fault> {
    let mut tx = app.store.read().await?;
    find(app, &mut tx, visit, token).await
}

async fn find(app: &App, tx: &mut Tx, visit: &Visit, token: &Token) -> Result<Found, Fault> {
    let Some(link) = contact_changes::link(tx, &token.hash()).await? else {
        return Ok(Found::Expired);
    };
    let zone = accounts::get(tx, link.account).await?.map(|a| a.zone).unwrap_or_default();
    let change = contact_changes::get(tx, app.store.vault(), link.account, link.change).await?;
    let Some(change) = change else { return Ok(Found::Expired) };
    Ok(match change.state(visit.now) {
        State::Cancelled { at } => Found::Cancelled(at, zone),
        State::CoolingOff { .. } | State::Undoable { .. } => Found::Open(Box::new(change), zone),
        State::Unconfirmed { .. } | State::Lapsed | State::Settled => Found::Expired,
    })
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The change is taken back.
    Undone,
    /// The link does not work: why.
    Refused(Found),
}

/// Takes the change of a link back, without signing in. Of any number at the same time, one does it.
pub async fn submit(app: &App, visit: &Visit, token: &Token) -> Result<Answer, Fault> {
    let vault = app.store.vault();
    let mut tx = app.store.write().await?;
    let change = match find(app, &mut tx, visit, token).await? {
        Found::Open(change, _) => change,
        other => return Ok(Answer::Refused(other)),
    };
    // First the sign-ins under way, whose codes may have gone to the contact that goes; then the
    // account, in the order that ends of sign-ins take them. Whoever was quicker is seen then.
    sign_ins::forget_of(&mut tx, change.account).await?;
    contacts::alone(&mut tx, change.account).await?;
    let change = match find(app, &mut tx, visit, token).await? {
        Found::Open(change, _) => change,
        other => return Ok(Answer::Refused(other)),
    };
    if !contact_changes::use_link(&mut tx, &token.hash(), visit.now).await? {
        return find(app, &mut tx, visit, token).await.map(Answer::Refused);
    }
    let Some(account) = accounts::get(&mut tx, change.account).await? else {
        return Ok(Answer::Refused(Found::Expired));
    };
    let recent = contact_changes::recent(&mut tx, vault, account.id, visit.now).await?;
    let undone = undone_with(&recent, &change, visit.now);
    take_back(app, &mut tx, visit, &account, &undone).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Answer::Undone)
}

/// Takes back whatever can be, newest first: the owner says that none of it was them (J-04).
pub(crate) async fn everything(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
) -> Result<(), Fault> {
    let recent = contact_changes::recent(tx, app.store.vault(), account.id, visit.now).await?;
    let mut undone: Vec<&Change> = recent
        .iter()
        .filter(|change| {
            let state = change.state(visit.now);
            change.can_be_undone(visit.now) || matches!(state, State::Unconfirmed { .. })
        })
        .collect();
    undone.sort_by_key(|change| std::cmp::Reverse(change.confirmed_at));
    take_back(app, tx, visit, account, &undone).await
}

/// Puts the contacts back as they were, the newest change first, and tells everybody.
async fn take_back(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    changes: &[&Change],
) -> Result<(), Fault> {
    let (vault, now) = (app.store.vault(), visit.now);
    for change in changes {
        if !contact_changes::cancel(tx, account.id, change.id, now).await? {
            continue;
        }
        notices::note(app, tx, visit, account.id, Event::ContactChangeCancelled).await?;
        if change.confirmed_at.is_none() {
            continue;
        }
        let held = contacts::held(tx, vault, account.id).await?;
        let before = super::first(&held, change.kind, now);
        if let Some(new) = &change.new {
            contacts::release(tx, vault, account.id, new).await?;
        }
        if let Some(old) = &change.old {
            let stays = Standing::SINCE_EVER.staying();
            contacts::set_end(tx, vault, account.id, old, &stays).await?;
        }
        register(app, tx, account.id, change.kind, before, now).await?;
        tell(app, tx, account, change, Stage::Cancelled, (now, &visit.device)).await?;
    }
    Ok(())
}
