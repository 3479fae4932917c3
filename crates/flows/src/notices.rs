//! Telling people what happened to their account: a message in the outbox, a line of activity.
//!
//! Both are written in the transaction that did it, so what happened and what is told never differ.

use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::activity::{Event, Line};
use payung_domain::contact_changes::Kind;
use payung_domain::ids::{AccountId, MessageId};
use payung_domain::language::Language;
use payung_domain::notice_choices::{Channel, Topic};
use payung_domain::notify::{GATHERING, Notice};
use payung_domain::reference::Reference;
use payung_domain::second_factor::Destination;
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_storage::not_me::Link;
use payung_storage::outbox::Message;
use payung_storage::{Fault, Tx, activity, contacts, not_me, notice_choices, outbox};

use crate::recoveries::undoing;
use crate::{App, Visit, letters};

/// How long the link "this was not me" of a message works.
pub(crate) const NOT_ME_LIFE: Duration = Duration::from_hours(24 * 7);

/// Puts a message to one address or number into the outbox.
pub(crate) async fn tell(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    to: Destination,
    notice: Notice,
    now: Instant,
) -> Result<(), Fault> {
    if !has_room(app, tx, &to, now).await? {
        return Ok(());
    }
    let message = message(app, account, to, notice);
    outbox::put(tx, app.store.vault(), &message, now).await?;
    count(app, tx, &message, now).await
}

/// Tells the owner by every confirmed way (J-03).
pub(crate) async fn tell_everywhere(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    notice: &Notice,
    now: Instant,
) -> Result<(), Fault> {
    for to in destinations(app, tx, account.id, notice.topic(), now).await? {
        tell(app, tx, account, to, notice.clone(), now).await?;
    }
    Ok(())
}

/// Tells the owner by letter; by text message only where no address is confirmed. For what a
/// stranger can bring about at will, and would else be charged to us a text message a time.
pub(crate) async fn tell_by_letter(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    notice: Notice,
    now: Instant,
) -> Result<(), Fault> {
    // The letter comes first where there is one.
    let to = destinations(app, tx, account.id, notice.topic(), now).await?.into_iter().next();
    match to {
        Some(to) => tell(app, tx, account, to, notice, now).await,
        None => Ok(()),
    }
}

/// Tells the owner by every confirmed way, a little later, and once for everything that belongs to
/// the same burst until then (section 4, rule 7).
pub(crate) async fn tell_gathered(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    notice: &Notice,
    burst: &str,
    now: Instant,
) -> Result<(), Fault> {
    for to in destinations(app, tx, account.id, notice.topic(), now).await? {
        if !has_room(app, tx, &to, now).await? {
            continue;
        }
        let message = message(app, account, to, notice.clone());
        let due = now.plus(GATHERING);
        if outbox::gather(tx, app.store.vault(), &message, burst, now, due).await? {
            count(app, tx, &message, now).await?;
        }
    }
    Ok(())
}

/// Writes to an address that no account has. There is nobody to know the language of but the page.
pub(crate) async fn tell_stranger(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    to: Destination,
    notice: Notice,
) -> Result<(), Fault> {
    let message = addressed(app, None, (visit.language, Zone::default()), to, notice);
    outbox::put(tx, app.store.vault(), &message, visit.now).await
}

/// Writes to an address or number that may be nobody's yet. The inbox of the account shows it, where
/// one is known.
pub(crate) async fn tell_contact(
    app: &App,
    tx: &mut Tx,
    (account, language): (Option<AccountId>, Language),
    to: Destination,
    notice: Notice,
    now: Instant,
) -> Result<(), Fault> {
    if !has_room(app, tx, &to, now).await? {
        return Ok(());
    }
    let message = addressed(app, account, (language, Zone::default()), to, notice);
    outbox::put(tx, app.store.vault(), &message, now).await?;
    count(app, tx, &message, now).await
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

/// Adds a line that no device of theirs has to do with.
pub(crate) async fn note_without_device(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    event: Event,
    now: Instant,
) -> Result<(), Fault> {
    let line = Line { at: now, event, device: String::new() };
    activity::add(tx, account, app.dice.id(), &line).await
}

/// Whether one more message this way may be paid for today.
///
/// Letters cost next to nothing. Text messages have a ceiling for the whole installation: beyond it
/// none leaves, members are offered their other ways, and the operator hears of it.
pub(crate) async fn has_room(
    app: &App,
    tx: &mut Tx,
    to: &Destination,
    now: Instant,
) -> Result<bool, Fault> {
    if matches!(to, Destination::Email(_)) {
        return Ok(true);
    }
    let ceiling = app.settings.limits.sms_per_day;
    let sent = outbox::sms_of(tx, now.date(Zone::Wib)).await?;
    app.counters.sms_today.set(u64::from(sent));
    let has_room = sent < ceiling;
    if !has_room {
        app.counters.sms_over_ceiling.count();
        tracing::error!(ceiling, "today's ceiling of text messages is reached: one is not sent");
    }
    Ok(has_room)
}

/// Where news of an account go: to every contact of theirs, and to one that was exchanged for as long
/// as it can undo that (J-03). Letters first, and of two addresses the one that counts.
pub(crate) async fn destinations(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    topic: Topic,
    now: Instant,
) -> Result<Vec<Destination>, Fault> {
    let chosen = notice_choices::get(tx, account).await?;
    let mut held = contacts::held(tx, app.store.vault(), account).await?;
    held.retain(|one| match Kind::of(&one.to) {
        _ if !one.standing.hears(now) => false,
        Kind::Email => chosen.wants(topic, Channel::Email),
        Kind::Phone => app.settings.sms_codes && chosen.wants(topic, Channel::Sms),
    });
    held.sort_by_key(|one| (Kind::of(&one.to), !one.standing.counts(now), one.place));
    Ok(held.into_iter().map(|one| one.to).collect())
}

fn message(app: &App, account: &Account, to: Destination, notice: Notice) -> Message {
    addressed(app, Some(account.id), (account.language, account.zone), to, notice)
}

fn addressed(
    app: &App,
    account: Option<AccountId>,
    (language, zone): (Language, Zone),
    to: Destination,
    notice: Notice,
) -> Message {
    // Text messages carry no link at all (section 4, rule 3).
    // A link secures an account; where there is none, there is none to secure.
    let has_link = matches!(to, Destination::Email(_))
        && account.is_some()
        && notice.asks_whether_it_was_you();
    let not_me = has_link.then(|| Token::new(&*app.dice));
    let mut message = Message {
        id: MessageId::new(&*app.dice),
        account,
        to,
        language,
        notice,
        subject: String::new(),
        reference: Some(Reference::new(&*app.dice)),
        not_me,
    };
    message.subject = letters::subject(&app.settings, &message, zone);
    message
}

/// What goes with a message that was put: its price, and the link it carries.
async fn count(app: &App, tx: &mut Tx, message: &Message, now: Instant) -> Result<(), Fault> {
    if matches!(message.to, Destination::Sms(_)) {
        count_sms(app, outbox::count_sms(tx, now.date(Zone::Wib)).await?);
    }
    let (Some(token), Some(account)) = (&message.not_me, message.account) else { return Ok(()) };
    let link = Link {
        account,
        message: message.id,
        destination: Some(undoing::index_of(app, &message.to)),
        expires_at: now.plus(NOT_ME_LIFE),
        used_at: None,
    };
    not_me::add(tx, &token.hash(), &link).await
}

/// Sounds the alarm once a day, while there is still room: four of five text messages are sent.
fn count_sms(app: &App, sent: u32) {
    app.counters.sms_today.set(u64::from(sent));
    let ceiling = app.settings.limits.sms_per_day;
    if sent == nearly(ceiling) {
        app.counters.sms_near_ceiling.count();
        tracing::error!(sent, ceiling, "four of five text messages of today are sent");
    }
}

/// Four fifths of it, and not nothing.
const fn nearly(ceiling: u32) -> u32 {
    let fifths = ceiling / 5 * 4 + ceiling % 5 * 4 / 5;
    if fifths == 0 { 1 } else { fifths }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b05_the_alarm_sounds_at_four_fifths_of_the_ceiling() {
        assert_eq!(
            [5, 10, 20_000, 1, 0, u32::MAX].map(nearly),
            [4, 8, 16_000, 1, 1, 3_435_973_836]
        );
    }
}
