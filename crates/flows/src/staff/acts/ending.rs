//! The end of an act with nothing done: its member cancels it, an officer takes it back, or it no longer
//! holds.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::ids::PersonId;
use payung_domain::marks::Mark;
use payung_domain::notify::DeskStage;
use payung_domain::staff::acts::{DeskAct, End};
use payung_domain::staff::audit::Act;
use payung_domain::staff::source::{Origin, Source};
use payung_domain::time::Instant;
use payung_storage::staff::{acts as kept_acts, audit as lines};
use payung_storage::{Fault, Tx};

use super::super::Line;
use super::news::{tell, tell_activity};
use crate::{App, Visit};

/// Ends an act with nothing done, and tells everybody; `false` when it had ended.
pub(in crate::staff) async fn end(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    act: &DeskAct,
    (how, officer): (End, &str),
    now: Instant,
) -> Result<bool, Fault> {
    if !kept_acts::close(tx, act.id, how, now).await? {
        return Ok(false);
    }
    let told = (Event::StaffActEnded, officer, &act.reason);
    tell_activity(app, tx, account.id, told, now).await?;
    tell(app, tx, account, act, (DeskStage::Ended, officer), now).await?;
    Ok(true)
}

/// Cancels the open act of an account, because its owner says that something was not them.
pub(crate) async fn cancel_with_the_account(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
) -> Result<(), Fault> {
    match kept_acts::open_of(tx, app.store.vault(), account.id).await? {
        Some(act) => cancel(app, tx, account, &act, visit.now).await.map(drop),
        None => Ok(()),
    }
}

/// Cancels an act for its member; `false` when it had ended.
pub(in crate::staff) async fn cancel(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    act: &DeskAct,
    now: Instant,
) -> Result<bool, Fault> {
    let officer = act.asked_by.name.as_str();
    if !end(app, tx, account, act, (End::Cancelled, officer), now).await? {
        return Ok(false);
    }
    let (what, person) = (Act::ActCancelled, account.person);
    by_nobody(app, tx, (Source::Member, what, act.kind.name()), person, now).await?;
    Ok(true)
}

/// Writes down what no officer did: the member, or the program when its time had come.
pub(in crate::staff) async fn by_nobody(
    app: &App,
    tx: &mut Tx,
    (source, act, detail): (Source, Act, &str),
    person: PersonId,
    now: Instant,
) -> Result<(), Fault> {
    let line = Line { person: Some(person), detail, ..Line::done(act) };
    let who = (None, source.origin().map_or("", Origin::name), "");
    let mark = Mark { at: now, id: app.dice.id() };
    lines::add(tx, app.store.vault(), &line.by(mark, who, source)).await
}
