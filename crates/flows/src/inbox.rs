//! Every message that was sent to a member (M28), and whether one that somebody holds is ours.

use payung_domain::activity::{Event, KEPT};
use payung_domain::marks::Mark;
use payung_domain::notice_choices::Choices;
use payung_domain::reference::Reference;
use payung_domain::time::Instant;
pub use payung_storage::outbox::Told;
use payung_storage::{Fault, notice_choices, outbox};

use crate::sessions::SignedIn;
use crate::{App, Visit, gates, notices};

/// Messages on one page.
const PAGE: u32 = 25;

/// Part of an inbox, newest first.
#[derive(Clone, Debug)]
pub struct Part {
    /// The messages.
    pub messages: Vec<Told>,
    /// Where the older ones begin, if there are some.
    pub older: Option<Mark>,
}

/// The messages of a page.
pub async fn page(app: &App, signed_in: &SignedIn, before: Option<Mark>) -> Result<Part, Fault> {
    let mut tx = app.store.read().await?;
    let mut messages = outbox::told(&mut tx, signed_in.account.id, before, PAGE + 1).await?;
    let has_more = messages.len() > PAGE as usize;
    messages.truncate(PAGE as usize);
    let older =
        messages.last().map(|told| Mark { at: told.at, id: told.id.0 }).filter(|_| has_more);
    Ok(Part { messages, older })
}

/// Which news a member wants.
pub async fn choices(app: &App, signed_in: &SignedIn) -> Result<Choices, Fault> {
    let mut tx = app.store.read().await?;
    notice_choices::get(&mut tx, signed_in.account.id).await
}

/// Keeps which news a member wants. What protects the account goes whatever they say.
pub async fn choose(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    choices: &Choices,
) -> Result<(), Fault> {
    let account = signed_in.account.id;
    let mut tx = app.store.write().await?;
    if notice_choices::get(&mut tx, account).await? != *choices {
        notice_choices::set(&mut tx, account, choices).await?;
        notices::note(app, &mut tx, visit, account, Event::NoticesChosen).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Whether a message is ours.
#[derive(Clone, Debug)]
pub enum Checked {
    /// It is: this one. Whoever shows it says nothing of whom it went to.
    Ours(Told),
    /// No message of the last thirteen months has this reference.
    Unknown,
    /// Too many questions from this address.
    TooMany(Instant),
}

/// Asks whether the message with this reference is ours. Anybody may ask, but not all day long:
/// forty bits are enough only against somebody who has to wait.
pub async fn check(app: &App, visit: &Visit, reference: &Reference) -> Result<Checked, Fault> {
    if let Some(until) = gates::too_many_questions(app, visit).await? {
        return Ok(Checked::TooMany(until));
    }
    let mut tx = app.store.read().await?;
    let found = outbox::referred(&mut tx, reference).await?;
    let is_kept = |told: &Told| visit.now.since(told.at) < KEPT;
    Ok(found.filter(is_kept).map_or(Checked::Unknown, Checked::Ours))
}
