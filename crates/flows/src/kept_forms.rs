//! Forms that came too late for their session, or before a proof: kept for twenty minutes and shown
//! again for checking, never sent by themselves (M36, R-03).
//!
//! A form belongs to a member, to a browser and to an address: whoever lacks one of the three does
//! not see it. Which of its fields may be kept is the page's business; secrets never are.

use std::collections::BTreeMap;
use std::time::Duration;

use payung_domain::keyed::{Tag, digest};
use payung_domain::token::Token;
use payung_storage::{Fault, kept_forms, sessions};

use crate::sessions::SignedIn;
use crate::{App, Visit};

/// A form waits for so long.
pub const LIFE: Duration = Duration::from_mins(20);

/// What somebody typed, by the names of the fields.
pub type Fields = BTreeMap<String, String>;

/// Keeps a form for whoever this session belongs to, or belonged to before it ended. Answers
/// whether it is kept: a session nobody knows any more is nobody's.
pub async fn keep(
    app: &App,
    visit: &Visit,
    browser: &Token,
    session: &Token,
    address: &str,
    fields: &Fields,
) -> Result<bool, Fault> {
    let mut tx = app.store.write().await?;
    let Some(session) = sessions::get(&mut tx, &session.hash()).await? else { return Ok(false) };
    let plain = serde_json::to_vec(fields).map_err(Fault::while_doing("writing a kept form"))?;
    let (place, until) = (place_of(browser, address), visit.now.plus(LIFE));
    kept_forms::keep(&mut tx, app.store.vault(), session.account, &place, &plain, until).await?;
    tx.commit().await?;
    Ok(true)
}

/// What this member sent from this browser to this address.
pub async fn find(
    app: &App,
    visit: &Visit,
    browser: &Token,
    member: &SignedIn,
    address: &str,
) -> Result<Option<Fields>, Fault> {
    let mut tx = app.store.read().await?;
    let (account, place) = (member.account.id, place_of(browser, address));
    let kept = kept_forms::get(&mut tx, app.store.vault(), account, &place, visit.now).await?;
    kept.map(|plain| {
        serde_json::from_slice(&plain).map_err(Fault::while_doing("reading a kept form"))
    })
    .transpose()
}

/// Forgets it: the form has arrived.
pub async fn forget(
    app: &App,
    visit: &Visit,
    browser: &Token,
    member: &SignedIn,
    address: &str,
) -> Result<(), Fault> {
    if find(app, visit, browser, member, address).await?.is_none() {
        return Ok(());
    }
    let mut tx = app.store.write().await?;
    kept_forms::forget(&mut tx, member.account.id, &place_of(browser, address)).await?;
    tx.commit().await
}

fn place_of(browser: &Token, address: &str) -> Tag {
    digest([browser.expose(), address].join("\n").as_bytes())
}
