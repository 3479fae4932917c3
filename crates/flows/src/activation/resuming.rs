//! Going on from the link in a letter, in whichever browser it is opened.
//!
//! The link proves the address once more, so what was confirmed stays so. It works once; after that
//! the same data entered again are the way.

use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::{Fault, Tx, activations};

use crate::sign_in::too_many;
use crate::{App, Visit};

/// What a link is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// It works.
    Good,
    /// It was used.
    Used,
    /// The account is open: signing in is what comes next.
    Open,
    /// Its week is over, or it was never ours: the same words, so that nobody learns from guessing.
    Expired,
}

/// Looks at a link. Changes nothing: programs that read mail follow links too (G-04).
pub async fn view(app: &App, visit: &Visit, link: &Token) -> Result<Link, Fault> {
    let mut tx = app.store.read().await?;
    find(&mut tx, visit, link).await
}

async fn find(tx: &mut Tx, visit: &Visit, link: &Token) -> Result<Link, Fault> {
    Ok(match activations::link(tx, &link.hash()).await? {
        None => Link::Expired,
        Some(found) if visit.now >= found.expires_at => Link::Expired,
        Some(found) if found.is_open => Link::Open,
        Some(found) if found.used_at.is_some() => Link::Used,
        Some(_) => Link::Good,
    })
}

/// What came of it.
#[derive(Debug)]
pub enum Answer {
    /// The browser gets this token and goes on.
    GoesOn(Token),
    /// The link does not work: why.
    Over(Link),
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// Goes on in this browser and in no other. Of any number of requests with one link, one does
/// (R6, L7).
pub async fn go_on(
    app: &App,
    visit: &Visit,
    browser: &Token,
    link: &Token,
    earlier: Option<&Token>,
) -> Result<Answer, Fault> {
    let mut tx = app.store.write().await?;
    if let Some(until) = too_many(app, &mut tx, visit).await? {
        tx.commit().await?;
        return Ok(Answer::TooMany { until });
    }
    let token = Token::new(&*app.dice);
    let (id, browser) = (link.hash(), browser.hash());
    if !activations::use_link(&mut tx, &id, &token.hash(), &browser, visit.now).await? {
        let found = find(&mut tx, visit, link).await?;
        tx.commit().await?;
        return Ok(Answer::Over(found));
    }
    if let Some(earlier) = earlier {
        // S2: whatever else this browser was in is left behind.
        activations::leave(&mut tx, &earlier.hash()).await?;
    }
    tx.commit().await?;
    Ok(Answer::GoesOn(token))
}
