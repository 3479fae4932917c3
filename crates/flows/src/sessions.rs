//! Who is signed in: finding, keeping up and ending sessions.

use data_encoding::BASE64URL_NOPAD;
use payung_domain::accounts::Account;
use payung_domain::activity::{Event, Line};
use payung_domain::keyed::{Tag, same};
use payung_domain::notify::Notice;
use payung_domain::passwords::MustChange;
use payung_domain::sessions::{Session, State};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::{Fault, Tx, accounts, activity, sessions};

use crate::oidc::back_channel;
use crate::{App, Visit, notices};

/// A member who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The account.
    pub account: Account,
    /// Its session.
    pub session: Session,
    /// When the session ends if no further page is asked for.
    pub until: Instant,
    /// Why another password has to be set before anything else is done, if one has to.
    pub must_change: Option<MustChange>,
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
    let doubts = accounts::doubts(&mut tx, account.id).await?;
    let set_at = account.password_set_at;
    let must_change = app.settings.passwords.must_change(set_at, doubts, visit.now);
    drop(tx);
    if session.wants_touch(visit.now) {
        let mut tx = app.store.write().await?;
        sessions::touch(&mut tx, &id, visit.now).await?;
        tx.commit().await?;
    }
    Ok(Found::Live(Box::new(SignedIn { account, session, until, must_change })))
}

/// Ends a session on the server (H-06). Ending one that is over, or none, is no fault.
pub async fn end(app: &App, visit: &Visit, token: &Token) -> Result<(), Fault> {
    let id = token.hash();
    let mut tx = app.store.write().await?;
    let Some(session) = sessions::get(&mut tx, &id).await? else { return Ok(()) };
    if sessions::end(&mut tx, &id, visit.now).await? {
        let line = Line { at: visit.now, event: Event::SignedOut, device: visit.device.clone() };
        activity::add(&mut tx, session.account, app.dice.id(), &line).await?;
        let (account, opened_at) = (session.account, session.created_at);
        back_channel::session_is_over(app, &mut tx, account, opened_at, visit.now).await?;
    }
    tx.commit().await
}

/// A device that is signed in, as its owner sees it in the list (M26).
///
/// No place is shown. An address of a mobile network stands for half a country, and a wrong city
/// would frighten more people than a right one would warn.
#[derive(Clone, Debug)]
pub struct Device {
    /// Names it in forms. Comes of the session's id under a key, and is good for nothing else.
    pub handle: String,
    /// Browser and system in words.
    pub words: String,
    /// When it was signed in.
    pub first_seen: Instant,
    /// When it last asked for a page.
    pub last_seen: Instant,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// The devices that are signed in, the one that asks first, then the latest seen.
pub async fn devices(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    token: &Token,
) -> Result<Vec<Device>, Fault> {
    let mut tx = app.store.read().await?;
    let this = token.hash();
    let live = sessions::live(&mut tx, member.account.id, visit.now).await?;
    let mut devices: Vec<Device> = live
        .into_iter()
        .map(|(id, session)| Device {
            handle: handle_of(app, &id),
            words: session.device,
            first_seen: session.created_at,
            last_seen: session.seen_at,
            is_this: same(&id, &this),
        })
        .collect();
    devices.sort_by_key(|device| (!device.is_this, std::cmp::Reverse(device.last_seen)));
    Ok(devices)
}

/// Ends one of the member's own devices. `false` when none of theirs goes by this handle: another
/// member's is as good as none (S5).
pub async fn end_device(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    handle: &str,
) -> Result<bool, Fault> {
    let mut tx = app.store.write().await?;
    let live = sessions::live(&mut tx, member.account.id, visit.now).await?;
    let found = live.iter().find(|(id, _)| same(handle_of(app, id).as_bytes(), handle.as_bytes()));
    let Some((id, session)) = found else { return Ok(false) };
    let has_ended = sessions::end(&mut tx, id, visit.now).await?;
    if has_ended {
        let (account, opened_at) = (member.account.id, session.created_at);
        back_channel::session_is_over(app, &mut tx, account, opened_at, visit.now).await?;
        notices::note(app, &mut tx, visit, member.account.id, Event::SessionEnded).await?;
    }
    tx.commit().await?;
    Ok(has_ended)
}

/// Ends every device of the member but the one that asks; answers how many those were.
pub async fn end_other_devices(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    token: &Token,
) -> Result<u64, Fault> {
    let mut tx = app.store.write().await?;
    let (account, kept) = (member.account.id, member.session.created_at);
    back_channel::sessions_end(app, &mut tx, account, Some(kept), visit.now).await?;
    let ended = sessions::end_others(&mut tx, account, &token.hash(), visit.now).await?;
    if ended > 0 {
        notices::note(app, &mut tx, visit, member.account.id, Event::SessionsEnded).await?;
    }
    tx.commit().await?;
    Ok(ended)
}

/// Ends the oldest devices of an account beyond those it may have at once, and tells its owner
/// (H-08).
pub(crate) async fn make_room(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
) -> Result<(), Fault> {
    let live = sessions::live(tx, account.id, visit.now).await?;
    for (id, session) in live.iter().skip(app.settings.sessions.at_most as usize) {
        sessions::end(tx, id, visit.now).await?;
        let opened_at = session.created_at;
        back_channel::session_is_over(app, tx, account.id, opened_at, visit.now).await?;
        notices::note(app, tx, visit, account.id, Event::OldestSessionEnded).await?;
        let notice = Notice::OldestSessionEnded { device: session.device.clone(), at: visit.now };
        notices::tell_by_letter(app, tx, account, notice, visit.now).await?;
    }
    Ok(())
}

fn handle_of(app: &App, id: &Tag) -> String {
    let tag = app.keys.counters.tag(&[b"device in the list", id]);
    BASE64URL_NOPAD.encode(&tag[..16])
}

/// When this member signed in before the present session, and on which device.
pub async fn previous_sign_in(app: &App, signed_in: &SignedIn) -> Result<Option<Line>, Fault> {
    let mut tx = app.store.look().await?;
    let before = signed_in.session.created_at;
    activity::latest(&mut tx, signed_in.account.id, Event::SignedIn, before).await
}
