//! The register of everything that ever proved who a member is (J-01): written where something is
//! bound, used, suspended or removed, in the same transaction.

use payung_domain::authenticators::{Entry, Kind};
use payung_domain::ids::AccountId;
use payung_domain::oidc::back_channel::{Event, credential_change};
use payung_domain::time::Instant;
use payung_storage::authenticators::Bound;
use payung_storage::{Fault, Tx, accounts, authenticators, factors, passkeys};
use uuid::Uuid;

use crate::oidc::back_channel;
use crate::{App, Visit};

/// The whole register of an account, the newest line first.
pub async fn history(app: &App, account: AccountId) -> Result<Vec<Entry>, Fault> {
    let mut tx = app.store.read().await?;
    authenticators::of(&mut tx, app.store.vault(), account).await
}

/// Registers what was bound just now, in the place of the one before where there can be only one.
pub(crate) async fn bound(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: AccountId,
    kind: Kind,
    name: &str,
) -> Result<(), Fault> {
    let bound = Bound {
        id: app.dice.id(),
        kind,
        factor: kind.factor(false),
        name,
        source: Some(visit.address),
        at: visit.now,
    };
    authenticators::bind(tx, app.store.vault(), account, &bound).await?;
    let change = if kind == Kind::Password { "update" } else { "create" };
    tell_applications(app, tx, account, kind, change, visit.now).await
}

/// Tells applications that ask to hear of it that a way to prove who a member is has changed.
pub(crate) async fn tell_applications(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    kind: Kind,
    change: &str,
    now: Instant,
) -> Result<(), Fault> {
    let Some(about) = credential_change(kind, change) else { return Ok(()) };
    back_channel::account_event(app, tx, account, Event::CredentialChange, &about, now).await
}

/// Registers a passkey; `verifies`: it made sure who holds it.
pub(crate) async fn passkey_bound(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    kept: &passkeys::Kept,
    verifies: bool,
) -> Result<(), Fault> {
    let bound = Bound {
        id: kept.passkey.id,
        kind: Kind::Passkey,
        factor: Kind::Passkey.factor(verifies),
        name: kept.passkey.name.as_str(),
        source: Some(visit.address),
        at: visit.now,
    };
    authenticators::bind(tx, app.store.vault(), kept.account, &bound).await?;
    tell_applications(app, tx, kept.account, Kind::Passkey, "create", visit.now).await
}

/// Notes the use of the one authenticator of a kind. One that is used and was never registered came
/// with the account: it is registered now, from nobody knows where.
pub(crate) async fn used(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: AccountId,
    kind: Kind,
) -> Result<(), Fault> {
    if authenticators::used(tx, account, kind, visit.now).await? {
        return Ok(());
    }
    let bound = Bound {
        id: app.dice.id(),
        kind,
        factor: kind.factor(false),
        name: "",
        source: None,
        at: visit.now,
    };
    authenticators::bind(tx, app.store.vault(), account, &bound).await?;
    authenticators::used(tx, account, kind, visit.now).await.map(drop)
}

/// Suspends every passkey and app that was bound from a moment on, drops recovery codes that were
/// made since, and forgets an app on its way: what a thief may have added. Answers whether there
/// was anything.
pub(crate) async fn suspend_since(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    since: Instant,
    now: Instant,
) -> Result<bool, Fault> {
    factors::forget_pending_app(tx, account).await?;
    // Codes that were shown in the place of used ones belong to an older line.
    let mut has_suspended = factors::drop_codes_since(tx, account, since).await? > 0;
    for entry in authenticators::of(tx, app.store.vault(), account).await? {
        let is_in_doubt = entry.bound_at >= since && entry.removed_at.is_none();
        if !is_in_doubt || entry.suspended_at.is_some() {
            continue;
        }
        match entry.kind {
            Kind::Passkey => passkeys::suspend(tx, account, entry.id, Some(now)).await?,
            Kind::App => accounts::suspend_app(tx, account, Some(now)).await?,
            Kind::RecoveryCodes => factors::drop_codes(tx, account).await? > 0,
            Kind::Password | Kind::Phone | Kind::Email => continue,
        };
        has_suspended = true;
        if entry.kind == Kind::RecoveryCodes {
            authenticators::remove_one(tx, account, entry.id, now).await?;
        } else {
            authenticators::suspend(tx, account, entry.id, Some(now)).await?;
        }
    }
    Ok(has_suspended)
}

/// The line of the one app that is bound.
pub(crate) async fn app_line(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
) -> Result<Option<Uuid>, Fault> {
    let lines = authenticators::of(tx, app.store.vault(), account).await?;
    let is_bound = |entry: &&Entry| entry.kind == Kind::App && entry.removed_at.is_none();
    Ok(lines.iter().find(is_bound).map(|entry| entry.id))
}
