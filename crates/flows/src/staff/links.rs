//! The links in letters about the desk: "yes, it is me" for a checklist, "cancel this" for an act, and
//! "this address is mine" for a new one. A page shows, a button does; nobody signs in for it, since
//! whoever needs it may not be able to (G-04).

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::claims::heirs::HeirClaim;
use payung_domain::ids::{AccountId, ActId, CheckId, ClaimId};
use payung_domain::staff::acts::DeskAct;
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_storage::staff::acts::{self as kept_acts, Link, Purpose};
use payung_storage::staff::checks;
use payung_storage::{Fault, Tx, accounts, heir_claims};

use super::acts::cancel;
use super::heirs;
use crate::{App, Visit, notices};

/// What a link is about.
#[derive(Clone, Debug)]
pub enum Matter {
    /// An officer asks whether it is the member who is in touch with them.
    Check {
        /// The officer.
        officer: String,
        /// When they asked.
        asked_at: Instant,
    },
    /// An act that can be cancelled.
    Cancel(Box<DeskAct>),
    /// An act that brings the address in whose inbox the letter lies.
    Confirm(Box<DeskAct>),
    /// A claim about the death of somebody who may be alive.
    Alive(Box<HeirClaim>),
}

/// What a link is worth.
#[derive(Clone, Debug)]
pub enum Found {
    /// It works.
    Open(Matter, Zone),
    /// It was answered, or what it is about ended, at this moment.
    Over(Instant, Zone),
    /// Its time is over, or it was never ours: the same words, so that nobody learns by guessing.
    Gone,
}

/// Looks at a link. Changes nothing: programs that read mail follow links too.
pub async fn view(app: &App, visit: &Visit, token: &Token) -> Result<Found, Fault> {
    let mut tx = app.store.read().await?;
    Ok(match find(app, &mut tx, visit, token).await? {
        Here::Open(matter, account) => Found::Open(matter, account.zone),
        Here::Not(found) => found,
    })
}

enum Here {
    Open(Matter, Box<Account>),
    Not(Found),
}

async fn find(app: &App, tx: &mut Tx, visit: &Visit, token: &Token) -> Result<Here, Fault> {
    let Some(link) = kept_acts::link(tx, &token.hash()).await? else {
        return Ok(Here::Not(Found::Gone));
    };
    let Some(account) = accounts::get(tx, link.account).await? else {
        return Ok(Here::Not(Found::Gone));
    };
    let zone = account.zone;
    if let Some(at) = link.used_at {
        return Ok(Here::Not(Found::Over(at, zone)));
    }
    if visit.now >= link.expires_at {
        return Ok(Here::Not(Found::Gone));
    }
    Ok(match matter(app, tx, &link).await? {
        Ok(matter) => Here::Open(matter, Box::new(account)),
        Err(Some(at)) => Here::Not(Found::Over(at, zone)),
        Err(None) => Here::Not(Found::Gone),
    })
}

/// What it is about; else when that ended, if it was there at all.
async fn matter(
    app: &App,
    tx: &mut Tx,
    link: &Link,
) -> Result<Result<Matter, Option<Instant>>, Fault> {
    if link.purpose == Purpose::Check {
        let check = checks::get(tx, link.account, CheckId(link.subject)).await?;
        let Some(check) = check else { return Ok(Err(None)) };
        return Ok(match check.done_at {
            Some(at) => Err(Some(at)),
            None => Ok(Matter::Check { officer: check.officer, asked_at: check.asked_at }),
        });
    }
    if link.purpose == Purpose::Alive {
        let claim = heir_claims::get(tx, app.store.vault(), ClaimId(link.subject)).await?;
        let Some(claim) = claim else { return Ok(Err(None)) };
        return Ok(match claim.closed_at {
            Some(at) => Err(Some(at)),
            None => Ok(Matter::Alive(Box::new(claim))),
        });
    }
    let act = kept_acts::get(tx, app.store.vault(), ActId(link.subject)).await?;
    let Some(act) = act else { return Ok(Err(None)) };
    if let Some((_, at)) = act.ended {
        return Ok(Err(Some(at)));
    }
    let act = Box::new(act);
    Ok(Ok(match link.purpose {
        Purpose::Confirm => Matter::Confirm(act),
        Purpose::Check | Purpose::Cancel | Purpose::Alive => Matter::Cancel(act),
    }))
}

/// What came of pressing the button.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The officer knows now that it is the member.
    Checked,
    /// The act is cancelled.
    Cancelled,
    /// The address is confirmed.
    Confirmed,
    /// The claim about their death is over.
    Alive,
    /// The link does not work: why.
    Refused(Found),
}

/// Does what the link is for. Of any number at the same time, one does it.
pub async fn submit(app: &App, visit: &Visit, token: &Token) -> Result<Answer, Fault> {
    let (vault, now) = (app.store.vault(), visit.now);
    let mut tx = app.store.write().await?;
    let (about, account) = match find(app, &mut tx, visit, token).await? {
        Here::Open(matter, account) => (matter, account),
        Here::Not(found) => return Ok(Answer::Refused(found)),
    };
    if !kept_acts::use_link(&mut tx, &token.hash(), now).await? {
        drop(tx);
        return view(app, visit, token).await.map(Answer::Refused);
    }
    let (answer, is_done) = match about {
        Matter::Check { .. } => {
            let Some(link) = kept_acts::link(&mut tx, &token.hash()).await? else {
                return Ok(Answer::Refused(Found::Gone));
            };
            let id = CheckId(link.subject);
            let is_done = checks::answer(&mut tx, account.id, id, now).await?;
            let event = Event::IdentityConfirmed;
            notices::note(app, &mut tx, visit, account.id, event).await?;
            (Answer::Checked, is_done)
        }
        Matter::Cancel(act) => {
            let act = kept_acts::locked(&mut tx, vault, act.id).await?.unwrap_or(*act);
            (Answer::Cancelled, cancel(app, &mut tx, &account, &act, now).await?)
        }
        Matter::Confirm(act) => {
            (Answer::Confirmed, kept_acts::confirm(&mut tx, act.id, now).await?)
        }
        Matter::Alive(claim) => {
            (Answer::Alive, heirs::is_alive(app, &mut tx, &account, claim.id, now).await?)
        }
    };
    if !is_done {
        // Something else ended it at the same moment: that is told.
        drop(tx);
        return view(app, visit, token).await.map(Answer::Refused);
    }
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(answer)
}

/// What the desk was asked to do on an account, while it waits.
pub async fn own(app: &App, account: AccountId) -> Result<Option<DeskAct>, Fault> {
    let mut tx = app.store.read().await?;
    kept_acts::open_of(&mut tx, app.store.vault(), account).await
}

/// Cancels it for somebody who is signed in; `false` when it had ended, or is another one.
pub async fn cancel_own(
    app: &App,
    visit: &Visit,
    account: &Account,
    named: &str,
) -> Result<bool, Fault> {
    let mut tx = app.store.write().await?;
    // S5: looked for among the member's own.
    let open = kept_acts::open_of(&mut tx, app.store.vault(), account.id).await?;
    let Some(act) = open.filter(|act| act.id.0.to_string() == named) else { return Ok(false) };
    let is_done = cancel(app, &mut tx, account, &act, visit.now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(is_done)
}

/// The claim about the death of somebody who is signed in, while it is open.
pub async fn own_death(app: &App, account: &Account) -> Result<Option<HeirClaim>, Fault> {
    let mut tx = app.store.read().await?;
    heir_claims::open_of(&mut tx, app.store.vault(), account.person).await
}

/// Ends it, for somebody who is signed in; `false` when it had ended, or is another one.
pub async fn own_is_alive(
    app: &App,
    visit: &Visit,
    account: &Account,
    named: &str,
) -> Result<bool, Fault> {
    let mut tx = app.store.write().await?;
    // S5: looked for among the member's own.
    let open = heir_claims::open_of(&mut tx, app.store.vault(), account.person).await?;
    let Some(claim) = open.filter(|claim| claim.id.0.to_string() == named) else {
        return Ok(false);
    };
    let is_done = heirs::is_alive(app, &mut tx, account, claim.id, visit.now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(is_done)
}
