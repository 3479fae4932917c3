//! Who is signed in: finding, keeping up and ending sessions.

use payung_domain::accounts::Account;
use payung_domain::activity::{Event, Line};
use payung_domain::sessions::{Session, State};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::{Fault, accounts, activity, sessions};

use crate::{App, Visit};

/// A member who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The account.
    pub account: Account,
    /// Its session.
    pub session: Session,
    /// When the session ends if no further page is asked for.
    pub until: Instant,
}

/// What a browser's session token is worth.
#[derive(Clone, Debug)]
pub enum Found {
    /// A live session.
    Live(Box<SignedIn>),
    /// It ended: too quiet, too long, or somebody signed out.
    Over(State),
    /// There is no such session, and none is made of it (H-01).
    Unknown,
}

/// Finds the session of a token and notes that a page was asked for.
pub async fn find(app: &App, visit: &Visit, token: &Token) -> Result<Found, Fault> {
    let id = token.hash();
    let mut tx = app.store.read().await?;
    let Some(session) = sessions::get(&mut tx, &id).await? else { return Ok(Found::Unknown) };
    let until = match session.state(visit.now) {
        State::Live { until } => until,
        over => return Ok(Found::Over(over)),
    };
    let Some(account) = accounts::get(&mut tx, session.account).await? else {
        return Ok(Found::Unknown);
    };
    drop(tx);
    if session.wants_touch(visit.now) {
        let mut tx = app.store.write().await?;
        sessions::touch(&mut tx, &id, visit.now).await?;
        tx.commit().await?;
    }
    Ok(Found::Live(Box::new(SignedIn { account, session, until })))
}

/// Ends a session on the server (H-06). Ending one that is over, or none, is no fault.
pub async fn end(app: &App, visit: &Visit, token: &Token) -> Result<(), Fault> {
    let id = token.hash();
    let mut tx = app.store.write().await?;
    let Some(session) = sessions::get(&mut tx, &id).await? else { return Ok(()) };
    if sessions::end(&mut tx, &id, visit.now).await? {
        let line = Line { at: visit.now, event: Event::SignedOut, device: visit.device.clone() };
        activity::add(&mut tx, session.account, app.dice.id(), &line).await?;
    }
    tx.commit().await
}

/// When this member signed in before the present session, and on which device.
pub async fn previous_sign_in(app: &App, signed_in: &SignedIn) -> Result<Option<Line>, Fault> {
    let mut tx = app.store.read().await?;
    let before = signed_in.session.created_at;
    activity::latest(&mut tx, signed_in.account.id, Event::SignedIn, before).await
}
