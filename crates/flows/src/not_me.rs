//! "This was not me" (M37): an account is secured at once, by its owner, without signing in.
//!
//! It only takes away: every session, every device that was known, the password's worth, and what
//! was added to sign in with since then. Nothing new is let in, so a link in wrong hands is a
//! nuisance and no danger: what it suspends still counts for what the account asks of a proof.
//!
//! For the same reason ways that were switched off stay off, whoever did it: a mailbox in wrong hands
//! would else bring codes by letter back. Changes that cool off are undone, and these do not cool off;
//! an owner who is left without a way takes a staged recovery, which switches one on (G-07).

use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::ids::AccountId;
use payung_domain::keyed::Tag;
use payung_domain::marks::Mark;
use payung_domain::notify::Notice;
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_storage::outbox::Told;
use payung_storage::{
    Fault, Tx, accounts, activity, contacts, kept_forms, not_me, outbox, payout_locks, remembered,
    sessions, sign_ins,
};

use crate::oidc::back_channel;
use crate::sessions::SignedIn;
use crate::{App, Visit, authenticators, contact_changes, notices, passwords, recoveries, staff};

/// What the link of a message is worth.
#[derive(Clone, Debug)]
pub enum Found {
    /// It works: this is the message it stands in.
    Open {
        /// The message.
        message: Told,
        /// In which zone its reader reads the clock.
        zone: Zone,
    },
    /// It was used at this moment.
    Used(Instant, Zone),
    /// Its time is over, or it was never ours: the same words, so that nobody learns from guessing.
    Expired,
}

/// Looks at a link. Changes nothing: programs that read mail follow links too.
pub async fn view(app: &App, visit: &Visit, token: &Token) -> Result<Found, Fault> {
    let mut tx = app.store.read().await?;
    find(&mut tx, visit, token).await
}

async fn find(tx: &mut Tx, visit: &Visit, token: &Token) -> Result<Found, Fault> {
    let Some(link) = not_me::get(tx, &token.hash()).await? else { return Ok(Found::Expired) };
    let zone = accounts::get(tx, link.account).await?.map(|a| a.zone).unwrap_or_default();
    if let Some(at) = link.used_at {
        return Ok(Found::Used(at, zone));
    }
    if visit.now >= link.expires_at {
        return Ok(Found::Expired);
    }
    Ok(match outbox::get(tx, link.message).await? {
        Some(message) => Found::Open { message, zone },
        None => Found::Expired,
    })
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The account is secured.
    Secured,
    /// The link does not work: why.
    Refused(Found),
}

/// Secures the account a link belongs to. Of two at the same time, one does it.
pub async fn submit(app: &App, visit: &Visit, token: &Token) -> Result<Answer, Fault> {
    let id = token.hash();
    let mut tx = app.store.write().await?;
    if !not_me::use_up(&mut tx, &id, visit.now).await? {
        return find(&mut tx, visit, token).await.map(Answer::Refused);
    }
    let Some(link) = not_me::get(&mut tx, &id).await? else {
        return Ok(Answer::Refused(Found::Expired));
    };
    let account = accounts::get(&mut tx, link.account).await?;
    let message = outbox::get(&mut tx, link.message).await?;
    let Some(account) = account else { return Ok(Answer::Refused(Found::Expired)) };
    let since = message.map_or(visit.now, |message| message.at);
    secure(app, &mut tx, visit, &account, since, link.destination.as_ref()).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Answer::Secured)
}

/// Secures the account of somebody who is signed in and saw something strange in the activity list.
/// They are signed out with everybody else: who they are is what is in doubt. `about` is the line
/// they saw; what was added since then is doubted too, within the week that a link would work.
pub async fn submit_signed_in(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    about: Option<Mark>,
) -> Result<(), Fault> {
    let mut tx = app.store.write().await?;
    let line = match about {
        Some(mark) => activity::get(&mut tx, signed_in.account.id, mark).await?,
        None => None,
    };
    let since = line.map_or(visit.now, |line| line.at.max(visit.now.minus(notices::NOT_ME_LIFE)));
    secure(app, &mut tx, visit, &signed_in.account, since, None).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(())
}

/// Whether this session ended because its member secured the account from it: the answer was lost,
/// or the button pressed twice.
pub async fn has_ended(app: &App, session: &Token) -> Result<bool, Fault> {
    let mut tx = app.store.read().await?;
    let Some(session) = sessions::get(&mut tx, &session.hash()).await? else { return Ok(false) };
    let Some(ended_at) = session.ended_at else { return Ok(false) };
    let just_after = ended_at.plus(Duration::from_micros(1));
    let reported =
        activity::latest(&mut tx, session.account, Event::NotMeReported, just_after).await?;
    Ok(reported.is_some_and(|line| line.at == ended_at))
}

/// `since`: when it began. Ways to sign in that were added from then on may be a thief's: they are
/// suspended, and their owner can switch them on again. `said_at` names the contact whose message was
/// answered, where it was a message.
async fn secure(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    since: Instant,
    said_at: Option<&Tag>,
) -> Result<(), Fault> {
    let now = visit.now;
    // A recovery first, as whoever finishes one does; then sign-ins under way, the account, and
    // sessions last: nobody waits for each other, and none is opened in between.
    recoveries::stopping::with_the_account(app, tx, visit, account).await?;
    staff::acts::cancel_with_the_account(app, tx, visit, account).await?;
    sign_ins::forget_of(tx, account.id).await?;
    contacts::alone(tx, account.id).await?;
    recoveries::undoing::undo(app, tx, visit, account, said_at).await?;
    // Until another one is set with a link, the password opens nothing, even typed right.
    accounts::distrust_password(tx, account.id, now).await?;
    back_channel::account_is_compromised(app, tx, account.id, now).await?;
    sign_everybody_out(app, tx, account.id, now).await?;
    if authenticators::suspend_since(app, tx, account.id, since, now).await? {
        notices::note(app, tx, visit, account.id, Event::FactorSuspended).await?;
    }
    // Before the reset link is sent: it goes to the contacts there were.
    contact_changes::undo::everything(app, tx, visit, account).await?;
    if payout_locks::stop_opening(tx, account.id, now).await? {
        notices::note(app, tx, visit, account.id, Event::PayoutsClosed).await?;
    }
    notices::note(app, tx, visit, account.id, Event::NotMeReported).await?;
    notices::tell_everywhere(app, tx, account, &Notice::NotMe { at: now }, now).await?;
    // Links and codes that are open, perhaps in wrong hands, are replaced by this one. Where no link
    // can go, whoever has the number asks for a code next.
    passwords::forgot::send_link(app, tx, visit, account).await?;
    passwords::by_code::void(app, tx, account.id, now).await?;
    app.counters.not_me.count();
    Ok(())
}

/// Ends every session, and makes every browser a new one.
async fn sign_everybody_out(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    now: Instant,
) -> Result<(), Fault> {
    back_channel::sessions_end(app, tx, account, None, now).await?;
    sessions::end_all(tx, account, now).await?;
    sessions::forget_devices(tx, account).await?;
    remembered::forget_all(tx, account).await?;
    kept_forms::forget_of(tx, account).await
}
