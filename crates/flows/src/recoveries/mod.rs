//! Staged recovery (M11): asked for over a few pages, stopped by the owner if it is not theirs, and
//! finished by the new contact once 72 hours are over and two officers saw proof.
//!
//! What is asked for is the same work for everybody's details and for nobody's. Whatever only an
//! owner gets, warnings and a link, comes later and by itself: [`steps`].

pub mod asking;
pub mod desk;
pub mod finishing;
pub(crate) mod letters;
pub mod status;
pub mod steps;
pub mod stopping;
pub(crate) mod undoing;

use payung_domain::accounts::Account;
use payung_domain::activity::{Event, Line};
use payung_domain::ids::AccountId;
use payung_domain::notice_choices::Topic;
use payung_domain::notify::Notice;
use payung_domain::recoveries::{RecoveryNews, Stage, State};
use payung_domain::second_factor::Destination;
use payung_domain::staff::cases::{Closing, Linked};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::recoveries::Kept;
use payung_storage::recovery_links::{self, Purpose};
use payung_storage::{Fault, Tx, activity};

pub use self::desk::record_proof;

use crate::staff::cases;
use crate::{App, notices};

/// Whether a recovery can be asked for here at all: the new contact has to bear the second step.
#[must_use]
pub fn is_possible(app: &App) -> bool {
    app.settings.sms_codes || app.settings.email_codes
}

/// Whether a code of the second step may go to a contact of this kind here.
fn may_serve(app: &App, to: &Destination) -> bool {
    match to {
        Destination::Sms(_) => app.settings.sms_codes,
        Destination::Email(_) => app.settings.email_codes,
    }
}

/// Tells the owner by every way there is, with a link that stops it in each letter.
async fn warn(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    kept: &Kept,
    now: Instant,
) -> Result<(), Fault> {
    let stage = match kept.recovery.state(now) {
        State::Waiting { is_proved: true, .. } => Stage::Proved,
        State::Ready => Stage::Ready,
        State::Waiting { .. } | State::Unproved | State::Over(..) => Stage::Asked,
    };
    for to in notices::destinations(app, tx, account.id, Topic::Security, now).await? {
        let stop = Token::new(&*app.dice);
        if matches!(to, Destination::Email(_)) {
            let until = kept.recovery.expires_at();
            recovery_links::add(tx, &stop.hash(), Purpose::Stop, kept.id, until).await?;
        }
        let news = RecoveryNews::Warning {
            contact: kept.contact.masked(),
            device: kept.device.clone(),
            at: kept.recovery.asked_at,
            until: kept.recovery.stoppable_until(),
            stage,
            stop: stop.expose().to_owned(),
        };
        notices::tell(app, tx, account, to, notice(kept, news), now).await?;
    }
    Ok(())
}

/// Tells whoever holds the new contact.
async fn tell_new(
    app: &App,
    tx: &mut Tx,
    kept: &Kept,
    news: RecoveryNews,
    now: Instant,
) -> Result<(), Fault> {
    let (to, reader) = (kept.contact.clone(), (None, kept.language));
    notices::tell_contact(app, tx, reader, to, notice(kept, news), now).await
}

/// Tells the owner by every way there is, and whoever holds the new contact.
async fn tell_both(
    app: &App,
    tx: &mut Tx,
    account: Option<&Account>,
    kept: &Kept,
    news: RecoveryNews,
    now: Instant,
) -> Result<(), Fault> {
    if let Some(account) = account {
        notices::tell_everywhere(app, tx, account, &notice(kept, news.clone()), now).await?;
    }
    tell_new(app, tx, kept, news, now).await
}

fn notice(kept: &Kept, news: RecoveryNews) -> Notice {
    Notice::Recovery { reference: kept.reference.as_str().to_owned(), news }
}

/// The case at the desk ends with its recovery, whoever had it.
async fn end_case(
    app: &App,
    tx: &mut Tx,
    kept: &Kept,
    end: (Closing, &str),
    now: Instant,
) -> Result<(), Fault> {
    let linked = Linked::Recovery(kept.reference.clone());
    cases::end(app, tx, &linked, end, now).await
}

/// A line of activity about something that happened on this device, or on none.
async fn note(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    event: Event,
    device: &str,
    now: Instant,
) -> Result<(), Fault> {
    let line = Line { at: now, event, device: device.to_owned() };
    activity::add(tx, account, app.dice.id(), &line).await
}
