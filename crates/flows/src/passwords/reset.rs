//! Setting a new password with a link (M10), or with what a code is worth (`by_code`).

use payung_domain::accounts::Account;
use payung_domain::lockout;
use payung_domain::passwords::reset::LinkState;
use payung_domain::secret::Secret;
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_storage::{Fault, Tx, accounts, password_resets, throttles};

use super::{How, Refused};
use crate::gates::{self, Door};
use crate::{App, Visit, sign_in};

/// What a link is worth.
#[derive(Clone, Debug)]
pub enum Found {
    /// It sets a password.
    Good {
        /// What password managers file the new password under.
        user_name: String,
        /// The fewest characters it must have.
        least: u32,
        /// In which zone its reader reads the clock.
        zone: Zone,
    },
    /// It does not work: why. A link that was never ours has run out, so nobody learns by guessing.
    Over(LinkState, Zone),
}

/// Looks at a link. Changes nothing: programs that read mail follow links too (G-04).
pub async fn view(app: &App, visit: &Visit, token: &Token) -> Result<Found, Fault> {
    let mut tx = app.store.read().await?;
    let (account, state) = find(&mut tx, visit, token).await?;
    let Some(account) = account else { return Ok(Found::Over(state, Zone::default())) };
    if state != LinkState::Good {
        return Ok(Found::Over(state, account.zone));
    }
    let contacts = accounts::contacts(&mut tx, app.store.vault(), account.id, visit.now).await?;
    let email = contacts.email.map(|email| email.expose().to_owned());
    let phone = || contacts.phone.map(|phone| phone.expose().to_owned());
    let user_name = email.or_else(phone).unwrap_or_default();
    drop(tx);
    let least = super::least(app, &account).await?;
    Ok(Found::Good { user_name, least, zone: account.zone })
}

async fn find(
    tx: &mut Tx,
    visit: &Visit,
    token: &Token,
) -> Result<(Option<Account>, LinkState), Fault> {
    let Some(link) = password_resets::get(tx, &token.hash()).await? else {
        return Ok((None, LinkState::Expired));
    };
    let account = accounts::get(tx, link.account).await?;
    let state = account
        .as_ref()
        .map_or(LinkState::Expired, |account| link.state(account.password_set_at, visit.now));
    Ok((account, state))
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The password is set. Nobody is signed in by it (G-05).
    Done,
    /// The link does not work.
    Over(LinkState, Zone),
    /// The password is not taken; the link still works.
    Refused(Refused),
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
    /// No room for another password hash right now.
    Busy,
}

/// Sets a new password. Of any number of requests with one link, one does it (R3, L7).
pub async fn submit(
    app: &App,
    visit: &Visit,
    token: &Token,
    typed: &Secret,
) -> Result<Answer, Fault> {
    let (Ok(checking), Ok(making)) = (app.hasher.place(), app.hasher.place()) else {
        return Ok(Answer::Busy);
    };
    let mut tx = app.store.write().await?;
    if let Some(until) = gates::too_many(app, &mut tx, visit, Door::Reset).await? {
        tx.commit().await?;
        return Ok(Answer::TooMany { until });
    }
    let found = find(&mut tx, visit, token).await?;
    tx.commit().await?;
    let account = match found {
        (Some(account), LinkState::Good) => account,
        (account, state) => return Ok(over(account.as_ref(), state)),
    };
    let password = match super::judge(app, &account, typed, [checking, making]).await? {
        Ok(password) => password,
        Err(refused) => return Ok(Answer::Refused(refused)),
    };
    let mut tx = app.store.write().await?;
    if !password_resets::redeem(&mut tx, &token.hash(), visit.now).await? {
        // Another request was quicker, or a newer link was asked for meanwhile.
        let (account, state) = find(&mut tx, visit, token).await?;
        return Ok(over(account.as_ref(), state));
    }
    if !super::replace(app, &mut tx, visit, &account, &password, How::ByLink).await? {
        return Ok(Answer::Over(LinkState::Expired, account.zone));
    }
    end_pauses(app, &mut tx, visit, &account).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Answer::Done)
}

fn over(account: Option<&Account>, state: LinkState) -> Answer {
    Answer::Over(state, account.map(|account| account.zone).unwrap_or_default())
}

/// Whoever has a new password need not wait for what happened to the old one. A firm lock opens a
/// crack only: the next sign-in's second step opens it (E-01).
pub(crate) async fn end_pauses(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
) -> Result<(), Fault> {
    for subject in sign_in::password_subjects(app, tx, account).await? {
        let before = throttles::locked(tx, &subject, visit.now).await?;
        throttles::set(tx, &subject, lockout::after_reset(before), visit.now).await?;
    }
    Ok(())
}
