//! Telling people what happened to their account: a message in the outbox, a line of activity.
//!
//! Both are written in the transaction that did it, so what happened and what is told never differ.

use payung_domain::accounts::Account;
use payung_domain::activity::{Event, Line};
use payung_domain::ids::{AccountId, MessageId};
use payung_domain::notify::Notice;
use payung_domain::second_factor::Destination;
use payung_domain::time::Instant;
use payung_storage::outbox::Message;
use payung_storage::{Fault, Tx, accounts, activity, outbox};

use crate::{App, Visit};

/// Puts a message to one address or number into the outbox.
pub(crate) async fn tell(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    to: Destination,
    notice: Notice,
    now: Instant,
) -> Result<(), Fault> {
    let id = MessageId::new(&*app.dice);
    let message = Message { id, account: account.id, to, language: account.language, notice };
    outbox::put(tx, app.store.vault(), &message, now).await
}

/// Tells the owner by every confirmed way (J-03).
pub(crate) async fn tell_everywhere(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    notice: &Notice,
    now: Instant,
) -> Result<(), Fault> {
    let contacts = accounts::contacts(tx, app.store.vault(), account.id).await?;
    let email = contacts.email.map(Destination::Email);
    let phone = contacts.phone.filter(|_| app.settings.sms_codes).map(Destination::Sms);
    for to in email.into_iter().chain(phone) {
        tell(app, tx, account, to, notice.clone(), now).await?;
    }
    Ok(())
}

/// Adds a line to the activity of an account.
pub(crate) async fn note(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: AccountId,
    event: Event,
) -> Result<(), Fault> {
    let line = Line { at: visit.now, event, device: visit.device.clone() };
    activity::add(tx, account, app.dice.id(), &line).await
}
