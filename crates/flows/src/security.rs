//! What protects an account, as its owner sees it and sets it up (M24).

use payung_domain::accounts::{Account, Contacts};
use payung_domain::activity::Event;
use payung_domain::contact_changes::UNDOABLE;
use payung_domain::notify::{FactorChange, Notice};
use payung_domain::passkeys::Passkey;
use payung_domain::second_factor::{NUMBER_FRESH, Way, Ways};
use payung_domain::time::Instant;
pub use payung_storage::accounts::AppLabel;
pub use payung_storage::factors::Choices;
use payung_storage::factors::CodesLeft;
use payung_storage::remembered::Remembered;
use payung_storage::{
    Fault, Tx, accounts, authenticators as register, contacts, factors, passkeys, remembered,
    sign_ins,
};
use uuid::Uuid;

use crate::{App, Visit, authenticators, notices, sign_in};

/// Everything that protects an account.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The passkeys, the oldest first.
    pub passkeys: Vec<Passkey>,
    /// The authenticator app.
    pub app: Option<AppLabel>,
    /// Where messages can go.
    pub contacts: Contacts,
    /// Whether the operator lets codes go by text message, and by e-mail.
    pub operator_allows: (bool, bool),
    /// Until when a number that was just changed waits, while there are other ways (B-07).
    pub number_waits_until: Option<Instant>,
    /// What the member chose among the ways.
    pub choices: Choices,
    /// The recovery codes, if a set was ever made.
    pub codes: Option<CodesLeft>,
    /// The ways that are open.
    pub ways: Ways,
    /// Browsers that may leave the second step out.
    pub remembered: Vec<Remembered>,
}

/// Looks at everything that protects an account.
pub async fn overview(app: &App, visit: &Visit, account: &Account) -> Result<Overview, Fault> {
    let vault = app.store.vault();
    let mut tx = app.store.read().await?;
    let kept = passkeys::of(&mut tx, vault, account.id).await?;
    let ways = sign_in::ways(app, &mut tx, account.id, visit.now).await?;
    let number = accounts::number_since(&mut tx, account.id, visit.now).await?;
    Ok(Overview {
        passkeys: kept.into_iter().map(|kept| kept.passkey).collect(),
        app: accounts::app_label(&mut tx, vault, account.id).await?,
        contacts: accounts::contacts(&mut tx, vault, account.id, visit.now).await?,
        operator_allows: (app.settings.sms_codes, app.settings.email_codes),
        choices: factors::choices(&mut tx, account.id).await?,
        codes: factors::codes_left(&mut tx, account.id).await?,
        number_waits_until: number
            .filter(|_| ways.number_waits())
            .map(|(confirmed_at, _)| confirmed_at.plus(NUMBER_FRESH)),
        ways,
        remembered: remembered::list(&mut tx, account.id, visit.now).await?,
    })
}

/// What came of removing a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    /// It is gone.
    Done,
    /// It is the last way that can finish a sign-in: another one first (J-07).
    Last,
    /// There was none such.
    Gone,
}

/// What can be suspended, and switched on again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// One of the passkeys.
    Passkey(Uuid),
    /// The authenticator app.
    App,
}

/// Suspends a device that was lost or stolen, at once (J-06), unless it is the last way in. It
/// counts again once its owner says so.
pub async fn suspend(
    app: &App,
    visit: &Visit,
    account: &Account,
    device: Device,
) -> Result<Removed, Fault> {
    let mut tx = app.store.write().await?;
    let way = match device {
        Device::Passkey(_) => Way::Passkey,
        Device::App => Way::Totp,
    };
    if !sign_in::may_lose(app, &mut tx, account.id, way, visit.now).await? {
        return Ok(Removed::Last);
    }
    switch(app, tx, visit, account, device, Some(visit.now)).await
}

/// Lets a suspended device count again.
pub async fn resume(
    app: &App,
    visit: &Visit,
    account: &Account,
    device: Device,
) -> Result<Removed, Fault> {
    let tx = app.store.write().await?;
    switch(app, tx, visit, account, device, None).await
}

async fn switch(
    app: &App,
    mut tx: Tx,
    visit: &Visit,
    account: &Account,
    device: Device,
    since: Option<Instant>,
) -> Result<Removed, Fault> {
    let (is_there, line) = match device {
        Device::Passkey(id) => (passkeys::suspend(&mut tx, account.id, id, since).await?, Some(id)),
        Device::App => (
            accounts::suspend_app(&mut tx, account.id, since).await?,
            authenticators::app_line(app, &mut tx, account.id).await?,
        ),
    };
    if !is_there {
        return Ok(Removed::Gone);
    }
    if let Some(line) = line {
        register::suspend(&mut tx, account.id, line, since).await?;
    }
    let (event, change) = match since {
        Some(_) => (Event::FactorSuspended, FactorChange::Suspended),
        None => (Event::FactorResumed, FactorChange::Resumed),
    };
    told(app, &mut tx, visit, account, event, change).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Removed::Done)
}

/// Keeps the order of the ways, and which of them messages may use.
pub async fn choose(
    app: &App,
    visit: &Visit,
    account: &Account,
    choices: &Choices,
) -> Result<Removed, Fault> {
    let mut tx = app.store.write().await?;
    contacts::alone(&mut tx, account.id).await?;
    let before = factors::choices(&mut tx, account.id).await?;
    factors::choose(&mut tx, account.id, choices).await?;
    // Now, and when every change of contacts that is under way has taken effect.
    for moment in [visit.now, visit.now.plus(UNDOABLE)] {
        let left = sign_in::ways(app, &mut tx, account.id, moment).await?;
        if !left.open().into_iter().any(Way::is_lasting) {
            return Ok(Removed::Last);
        }
    }
    let off = |choices: &Choices| (choices.is_sms_off, choices.is_email_off);
    if off(&before) != off(choices) {
        let was_removed = choices.is_sms_off && !before.is_sms_off
            || choices.is_email_off && !before.is_email_off;
        if was_removed {
            // Nor does what was sent that way a moment ago count any more.
            sign_ins::void_codes(&mut tx, account.id, visit.now).await?;
        }
        let event = if was_removed { Event::FactorRemoved } else { Event::FactorAdded };
        told(app, &mut tx, visit, account, event, FactorChange::WaysChanged).await?;
    }
    if before.preferred != choices.preferred {
        notices::note(app, &mut tx, visit, account.id, Event::FactorPreferred).await?;
    }
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Removed::Done)
}

/// Forgets every remembered browser of an account.
pub async fn forget_browsers(app: &App, visit: &Visit, account: &Account) -> Result<u64, Fault> {
    let mut tx = app.store.write().await?;
    let forgotten = remembered::forget_all(&mut tx, account.id).await?;
    if forgotten > 0 {
        notices::note(app, &mut tx, visit, account.id, Event::DevicesForgotten).await?;
    }
    tx.commit().await?;
    Ok(forgotten)
}

/// A line of activity and a message by every confirmed way: what J-03 asks of every change.
pub(crate) async fn told(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    event: Event,
    change: FactorChange,
) -> Result<(), Fault> {
    notices::note(app, tx, visit, account.id, event).await?;
    let notice = Notice::FactorChanged { change, device: visit.device.clone(), at: visit.now };
    notices::tell_everywhere(app, tx, account, &notice, visit.now).await
}
