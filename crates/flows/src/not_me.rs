//! "This was not me" (M37): an account is secured at once, by its owner, without signing in.
//!
//! It only takes away: every session, every device that was known, the password's worth. Nothing
//! new is let in, so a link in wrong hands is a nuisance and no danger.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::ids::AccountId;
use payung_domain::notify::Notice;
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_storage::outbox::Told;
use payung_storage::{Fault, Tx, accounts, not_me, outbox, remembered, sessions, sign_ins};

use crate::sessions::SignedIn;
use crate::{App, Visit, notices, passwords};

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
    let account = match not_me::get(&mut tx, &id).await? {
        Some(link) => accounts::get(&mut tx, link.account).await?,
        None => None,
    };
    let Some(account) = account else { return Ok(Answer::Refused(Found::Expired)) };
    secure(app, &mut tx, visit, &account).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Answer::Secured)
}

/// Secures the account of somebody who is signed in and saw something strange in the activity list.
/// They are signed out with everybody else: who they are is what is in doubt.
pub async fn submit_signed_in(app: &App, visit: &Visit, signed_in: &SignedIn) -> Result<(), Fault> {
    let mut tx = app.store.write().await?;
    secure(app, &mut tx, visit, &signed_in.account).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(())
}

async fn secure(app: &App, tx: &mut Tx, visit: &Visit, account: &Account) -> Result<(), Fault> {
    let now = visit.now;
    sign_everybody_out(tx, account.id, now).await?;
    // Until another one is set with a link, the password opens nothing, even typed right.
    accounts::distrust_password(tx, account.id, now).await?;
    // Changes that still cool off are undone here, once there are any: a new address, number or
    // bank account (issue 3, point 7).
    notices::note(app, tx, visit, account.id, Event::NotMeReported).await?;
    notices::tell_everywhere(app, tx, account, &Notice::NotMe { at: now }, now).await?;
    // Links that are open, perhaps in wrong hands, are replaced by this one.
    passwords::forgot::send_link(app, tx, visit, account).await?;
    app.counters.not_me.count();
    Ok(())
}

/// Ends every session and every sign-in under way, and makes every browser a new one.
async fn sign_everybody_out(tx: &mut Tx, account: AccountId, now: Instant) -> Result<(), Fault> {
    sessions::end_all(tx, account, now).await?;
    sign_ins::forget_of(tx, account).await?;
    sessions::forget_devices(tx, account).await?;
    remembered::forget_all(tx, account).await?;
    Ok(())
}
