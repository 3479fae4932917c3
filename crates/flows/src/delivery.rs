//! Messages on their way out: an outbox row becomes words in a language, and goes to a courier.
//!
//! A message is taken with a lease, under a number that is raised before it is sent. A worker that
//! dies in between leaves a send of which nobody knows whether it arrived; the next one goes under
//! another id, so that nothing is sent twice with the same one (docs/decisions/outbox.md).

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use payung_domain::activity::Event;
use payung_domain::contact::{Email, Phone};
use payung_domain::notify::{MOST_ATTEMPTS, Notice, retry_after};
use payung_domain::second_factor::Destination;
use payung_domain::time::Instant;
use payung_storage::outbox::{Caught, Message, Taken};
use payung_storage::{Fault, accounts, outbox};
use tokio::task::JoinSet;

use crate::letters::{self, Words};
use crate::{App, notices};

/// What a courier carries: words that are ready to be sent.
#[derive(Clone, Debug)]
pub enum Parcel {
    /// A letter with a plain and a light HTML part.
    Mail {
        /// Names this send for ever: the receiver may drop a second one with the same id.
        id: String,
        /// To whom.
        to: Email,
        /// The subject line, free of line breaks.
        subject: String,
        /// `text/plain`.
        text: String,
        /// Light HTML: no images, no tracking.
        html: String,
    },
    /// A text message of one segment.
    Sms {
        /// Names this send for ever, as with mail.
        id: String,
        /// To whom.
        to: Phone,
        /// At most 160 characters of GSM-7.
        text: String,
    },
}

/// Why a parcel did not leave.
#[derive(Debug, thiserror::Error)]
pub enum Undelivered {
    /// The other side was not reachable or asked to wait: try again.
    #[error("not delivered now: {0}")]
    Later(String),
    /// The other side refuses this very parcel: do not try again.
    #[error("refused for good: {0}")]
    Never(String),
}

/// The one way to the outside. Everything else in the product is a concrete type.
#[async_trait]
pub trait Courier: Send + Sync {
    /// Hands the parcel over. `Ok` means that the other side has taken it.
    async fn send(&self, parcel: &Parcel) -> Result<(), Undelivered>;

    /// Whether this number has just moved to another card or carrier, so that whoever gets its
    /// messages may not be its owner (B-07). A courier that cannot know says no.
    async fn has_moved(&self, to: &Phone) -> bool {
        let _ = to;
        false
    }
}

/// Where messages go.
#[derive(Clone)]
pub enum Post {
    /// Out into the world.
    Courier(Arc<dyn Courier>),
    /// Into the demonstration's own outbox, and nowhere else.
    Caught,
}

/// How many are sent at the same time.
const AT_ONCE: u32 = 16;

/// A courier that takes longer than this has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// A worker that holds a message for longer than this has died.
const LEASE: Duration = Duration::from_mins(2);

/// Sends what is due; answers how many messages were taken.
pub async fn deliver_due(app: &Arc<App>, post: &Post) -> Result<usize, Fault> {
    let now = app.clock.now();
    let mut tx = app.store.write().await?;
    let taken = outbox::take(&mut tx, app.store.vault(), AT_ONCE, now, now.plus(LEASE)).await?;
    tx.commit().await?;
    let count = taken.len();
    let mut sending = JoinSet::new();
    for message in taken {
        let (app, post) = (Arc::clone(app), post.clone());
        sending.spawn(async move { deliver(&app, &post, message).await });
    }
    while let Some(sent) = sending.join_next().await {
        sent.map_err(Fault::while_doing("sending a message"))??;
    }
    Ok(count)
}

/// Sends whatever is due until the returned future is dropped. A fault is logged and tried again:
/// no form waits for this.
pub async fn keep_delivering(app: Arc<App>, post: Post) {
    loop {
        match deliver_due(&app, &post).await {
            Ok(0) => {
                let _ = tokio::time::timeout(Duration::from_secs(1), app.outbox.notified()).await;
            }
            Ok(_) => {}
            Err(fault) => {
                tracing::error!(cause = ?std::error::Error::source(&fault), "delivery broke {fault}");
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
        }
    }
}

async fn deliver(app: &App, post: &Post, taken: Taken) -> Result<(), Fault> {
    let now = app.clock.now();
    let message = &taken.message;
    if message.notice.useless_after().is_some_and(|end| end <= now) {
        return give_up(app, message, now, "too late to be of use").await;
    }
    let mut tx = app.store.read().await?;
    let account = match message.account {
        Some(id) => accounts::get(&mut tx, id).await?,
        None => None,
    };
    drop(tx);
    let zone = account.map(|account| account.zone).unwrap_or_default();
    let words = letters::words(&app.settings, message, zone)?;
    match post {
        Post::Caught => caught(app, message, words, now).await,
        Post::Courier(courier) if is_moved(&**courier, message).await => {
            withhold(app, message, now).await
        }
        Post::Courier(courier) => {
            let parcel = parcel(&taken, words);
            let sent = tokio::time::timeout(PATIENCE, courier.send(&parcel)).await;
            settle(app, &taken, sent.unwrap_or_else(|_| Err(Undelivered::Later("too slow".into()))))
                .await
        }
    }
}

/// Notes what became of a send. The reasons stay words of our own: what a mail server answers may
/// repeat the address.
async fn settle(app: &App, taken: &Taken, sent: Result<(), Undelivered>) -> Result<(), Fault> {
    let (id, now) = (taken.message.id, app.clock.now());
    match sent {
        Ok(()) => {
            let mut tx = app.store.write().await?;
            outbox::sent(&mut tx, id, now).await?;
            tx.commit().await
        }
        Err(Undelivered::Later(reason)) if taken.attempt < MOST_ATTEMPTS => {
            tracing::warn!(message = %id.0, attempt = taken.attempt, reason, "not delivered yet");
            let due = now.plus(retry_after(taken.attempt));
            let mut tx = app.store.write().await?;
            outbox::later(&mut tx, id, due, "not reachable").await?;
            tx.commit().await
        }
        Err(reason) => {
            tracing::error!(message = %id.0, attempt = taken.attempt, "given up: {reason}");
            give_up(app, &taken.message, now, "refused, or tried too often").await
        }
    }
}

async fn give_up(app: &App, message: &Message, now: Instant, why: &str) -> Result<(), Fault> {
    let mut tx = app.store.write().await?;
    outbox::give_up(&mut tx, message.id, now, why).await?;
    if let Some(account) = message.account {
        let event = Event::MessageUndelivered;
        notices::note_without_device(app, &mut tx, account, event, now).await?;
    }
    tx.commit().await
}

/// Whether a code would go to a number that has just moved. A courier that does not answer in time
/// knows nothing: a code that is late helps nobody.
async fn is_moved(courier: &dyn Courier, message: &Message) -> bool {
    match &message.to {
        Destination::Sms(phone) if message.notice.code().is_some() => {
            tokio::time::timeout(PATIENCE, courier.has_moved(phone)).await.unwrap_or(false)
        }
        _ => false,
    }
}

/// Keeps a code back, and tells the owner where only the owner reads it.
async fn withhold(app: &App, message: &Message, now: Instant) -> Result<(), Fault> {
    app.counters.codes_withheld.count();
    let mut tx = app.store.write().await?;
    outbox::give_up(&mut tx, message.id, now, "the number has just moved").await?;
    let account = match message.account {
        Some(id) => accounts::get(&mut tx, id).await?,
        None => None,
    };
    if let Some(account) = account {
        let event = Event::CodeWithheld;
        notices::note_without_device(app, &mut tx, account.id, event, now).await?;
        let contacts = accounts::contacts(&mut tx, app.store.vault(), account.id, now).await?;
        if let Some(email) = contacts.email {
            let notice = Notice::CodeWithheld { at: now };
            notices::tell(app, &mut tx, &account, Destination::Email(email), notice, now).await?;
        }
    }
    tx.commit().await
}

/// Keeps the message where the demonstration shows it. One transaction, so exactly once.
async fn caught(app: &App, message: &Message, words: Words, now: Instant) -> Result<(), Fault> {
    let caught = Caught {
        id: message.id.0.to_string(),
        at: now,
        channel: match &words {
            Words::Sms { .. } => "sms",
            Words::Mail { .. } => "email",
        }
        .to_owned(),
        kind: message.notice.kind().to_owned(),
        to: message.to.expose().to_owned(),
        code: message.notice.code().map(str::to_owned),
        link: words.link().map(str::to_owned),
        subject: words.subject().to_owned(),
        text: words.text().to_owned(),
    };
    let mut tx = app.store.write().await?;
    outbox::catch(&mut tx, app.store.vault(), &caught).await?;
    outbox::sent(&mut tx, message.id, now).await?;
    tx.commit().await
}

fn parcel(taken: &Taken, words: Words) -> Parcel {
    let id = match taken.attempt {
        1 => taken.message.id.0.to_string(),
        later => format!("{}.{later}", taken.message.id.0),
    };
    match words {
        Words::Sms { to, text } => Parcel::Sms { id, to, text },
        Words::Mail { to, subject, text, html } => Parcel::Mail { id, to, subject, text, html },
    }
}
