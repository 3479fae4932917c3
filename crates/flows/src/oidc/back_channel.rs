//! Telling applications, from this server to theirs, that a session is over or that something
//! happened to an account (K-26).
//!
//! What is to be told is written in the transaction that does it, so nothing ends in silence. It is
//! delivered as messages are: taken with a lease, tried again a little later each time, given up at
//! last (docs/decisions/back-channel.md). The token is made at each attempt, so that it is never old.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use payung_domain::ids::AccountId;
use payung_domain::notify::{MOST_ATTEMPTS, retry_after};
use payung_domain::oidc::back_channel::{
    EVENT_TYPE, Event, EventToken, LOGOUT_TYPE, LogoutToken, News,
};
use payung_domain::oidc::clients::Client;
use payung_domain::oidc::tokens::Names;
use payung_domain::time::Instant;
use payung_storage::oidc::clients as kept_clients;
use payung_storage::oidc::deliveries::{self, Delivery, Taken};
use payung_storage::{Fault, Tx};
use serde_json::{Map, Value, json};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::clients::enabled;
use super::{issuer, jose, session_name, subject};
use crate::App;
use crate::delivery::Undelivered;

/// In which form a token is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As the field `logout_token` of a form (OpenID Connect Back-Channel Logout 2.5).
    LogoutToken,
    /// As the whole body (RFC 8935).
    EventToken,
}

/// A call of an application's server.
#[derive(Clone, Debug)]
pub struct Errand {
    /// The registered address.
    pub to: String,
    /// How the token is handed over.
    pub form: Form,
    /// The token.
    pub token: String,
}

/// The way to applications' servers.
#[async_trait]
pub trait Messenger: Send + Sync {
    /// Hands a token over. `Ok` means that the other side has taken it. Never follows a redirect,
    /// never calls an address of a private network that the settings do not list.
    async fn run(&self, errand: &Errand) -> Result<(), Undelivered>;
}

/// How many are told at the same time.
const AT_ONCE: u32 = 16;

/// A messenger that takes longer than this has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// A worker that holds a delivery for longer than this has died.
const LEASE: Duration = Duration::from_mins(2);

/// Tells the applications of one session that it is over.
pub(crate) async fn session_is_over(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    opened_at: Instant,
    now: Instant,
) -> Result<(), Fault> {
    for client in deliveries::clients_in(tx, account, opened_at, now).await? {
        tell_of_end(app, tx, account, &client, opened_at, now).await?;
    }
    Ok(())
}

/// Tells the applications of every session of an account, but the one that was opened at `kept`, that
/// it is over. Has to be called before the sessions are ended: those that ended earlier were told of.
pub(crate) async fn sessions_end(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    kept: Option<Instant>,
    now: Instant,
) -> Result<(), Fault> {
    for (client, opened_at) in deliveries::clients_in_open_sessions(tx, account, now).await? {
        if Some(opened_at) != kept {
            tell_of_end(app, tx, account, &client, opened_at, now).await?;
        }
    }
    Ok(())
}

/// Tells one application that its member wants no more of it. Has to be called before its grants are
/// ended.
pub(crate) async fn application_is_left(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    client: &str,
    now: Instant,
) -> Result<(), Fault> {
    for opened_at in deliveries::sessions_with(tx, account, client, now).await? {
        tell_of_end(app, tx, account, client, opened_at, now).await?;
    }
    Ok(())
}

/// Tells every application that has to do with an account, and asked to hear of such, of an event.
pub(crate) async fn account_event(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    event: Event,
    about: &Map<String, Value>,
    now: Instant,
) -> Result<(), Fault> {
    for client in deliveries::clients_of(tx, account, now).await? {
        let Some(kept) = kept_clients::get(tx, &client).await? else { continue };
        if kept.disabled_at.is_none() && kept.client.event_address(event).is_some() {
            let delivery = Delivery {
                id: app.dice.id(),
                account,
                client,
                news: News::Event(event),
                about: about.clone(),
                session_opened_at: None,
                at: now,
            };
            deliveries::put(tx, &delivery).await?;
        }
    }
    Ok(())
}

/// Tells every application that an account is shut because somebody else may be in it (K-26).
pub(crate) async fn account_is_compromised(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    now: Instant,
) -> Result<(), Fault> {
    let mut about = Map::new();
    about.insert("reason".to_owned(), json!("hijacking"));
    account_event(app, tx, account, Event::AccountDisabled, &about, now).await
}

async fn tell_of_end(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    client: &str,
    opened_at: Instant,
    now: Instant,
) -> Result<(), Fault> {
    let Some(kept) = kept_clients::get(tx, client).await? else { return Ok(()) };
    if kept.disabled_at.is_some() {
        return Ok(());
    }
    for news in [News::Logout, News::Event(Event::SessionRevoked)] {
        if address(&kept.client, news).is_some() {
            let delivery = Delivery {
                id: app.dice.id(),
                account,
                client: client.to_owned(),
                news,
                about: Map::new(),
                session_opened_at: Some(opened_at),
                at: now,
            };
            deliveries::put(tx, &delivery).await?;
        }
    }
    Ok(())
}

/// Where a client is told of something, if it is.
fn address(client: &Client, news: News) -> Option<&str> {
    match news {
        News::Logout => client.logout_address(),
        News::Event(event) => client.event_address(event),
    }
}

/// Tells what is due; answers how many deliveries were taken.
pub async fn tell_due(app: &Arc<App>, messenger: &Arc<dyn Messenger>) -> Result<usize, Fault> {
    let now = app.clock.now();
    let mut tx = app.store.look().await?;
    let is_idle = deliveries::untaken(&mut tx, now).await? == 0;
    drop(tx);
    if is_idle {
        return Ok(0);
    }
    let mut tx = app.store.write().await?;
    let taken = deliveries::take(&mut tx, AT_ONCE, now, now.plus(LEASE)).await?;
    tx.commit().await?;
    let count = taken.len();
    let mut telling = JoinSet::new();
    for delivery in taken {
        let (app, messenger) = (Arc::clone(app), Arc::clone(messenger));
        telling.spawn(async move { tell(&app, &*messenger, &delivery).await });
    }
    while let Some(told) = telling.join_next().await {
        told.map_err(Fault::while_doing("telling an application"))??;
    }
    Ok(count)
}

/// Tells whatever is due until the returned future is dropped. A fault is logged and tried again.
pub async fn keep_telling(app: Arc<App>, messenger: Arc<dyn Messenger>) {
    loop {
        match tell_due(&app, &messenger).await {
            Ok(0) => tokio::time::sleep(Duration::from_secs(1)).await,
            Ok(_) => {}
            Err(fault) => {
                tracing::error!(cause = ?std::error::Error::source(&fault), "telling broke {fault}");
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
        }
    }
}

async fn tell(app: &App, messenger: &dyn Messenger, taken: &Taken) -> Result<(), Fault> {
    let client = enabled(app, &taken.delivery.client).await?;
    let Some(errand) = errand(app, client.as_ref(), taken).await? else {
        return give_up(app, taken.delivery.id, "it does not want to hear of it any more").await;
    };
    let ran = tokio::time::timeout(PATIENCE, messenger.run(&errand)).await;
    settle(app, taken, ran.unwrap_or_else(|_| Err(Undelivered::Later("too slow".into())))).await
}

/// The call that tells a client, its token made now; `None` where it is disabled or has taken its
/// address back.
async fn errand(
    app: &App,
    client: Option<&Client>,
    taken: &Taken,
) -> Result<Option<Errand>, Fault> {
    let (delivery, now) = (&taken.delivery, app.clock.now());
    let Some(client) = client else { return Ok(None) };
    let Some(to) = address(client, delivery.news) else { return Ok(None) };
    let subject = subject(app, client, delivery.account);
    let session = delivery
        .session_opened_at
        .map(|opened_at| session_name(app, client, delivery.account, opened_at))
        .unwrap_or_default();
    let id = delivery.id.to_string();
    let names = Names { issuer: issuer(app), subject: &subject, session: &session, token: &id };
    let (form, signed) = match delivery.news {
        News::Logout => {
            // Another name each time, as another token is: a receiver may refuse one it has seen.
            let name = format!("{id}.{}", taken.attempt);
            let claims = LogoutToken::of(client.id(), Names { token: &name, ..names }, now);
            (Form::LogoutToken, jose::sign(app, client.id_token, LOGOUT_TYPE, &claims, now).await?)
        }
        News::Event(event) => {
            let about = delivery.about.clone();
            let claims = EventToken::of(client.id(), names, event, about, delivery.at);
            (Form::EventToken, jose::sign(app, client.id_token, EVENT_TYPE, &claims, now).await?)
        }
    };
    Ok(Some(Errand { to: to.to_owned(), form, token: signed }))
}

/// Notes what became of a call, in the row and in the log. The reasons are words of our own: nothing
/// of what the other side answers is repeated.
async fn settle(app: &App, taken: &Taken, ran: Result<(), Undelivered>) -> Result<(), Fault> {
    let (id, attempt, now) = (taken.delivery.id, taken.attempt, app.clock.now());
    let (client, news) = (&*taken.delivery.client, taken.delivery.news.name());
    match ran {
        Ok(()) => {
            tracing::info!(delivery = %id, client, news, attempt, "an application was told");
            app.counters.applications_told.count();
            let mut tx = app.store.write().await?;
            deliveries::told(&mut tx, id, now).await?;
            tx.commit().await
        }
        Err(Undelivered::Later(reason)) if attempt < MOST_ATTEMPTS => {
            tracing::warn!(delivery = %id, client, news, attempt, reason, "not told yet");
            let mut tx = app.store.write().await?;
            deliveries::later(&mut tx, id, now.plus(retry_after(attempt)), &reason).await?;
            tx.commit().await
        }
        Err(Undelivered::Later(reason) | Undelivered::Never(reason)) => {
            tracing::error!(delivery = %id, client, news, attempt, reason, "never told");
            app.counters.applications_not_told.count();
            give_up(app, id, &reason).await
        }
    }
}

async fn give_up(app: &App, id: Uuid, why: &str) -> Result<(), Fault> {
    let mut tx = app.store.write().await?;
    deliveries::give_up(&mut tx, id, app.clock.now(), why).await?;
    tx.commit().await
}
