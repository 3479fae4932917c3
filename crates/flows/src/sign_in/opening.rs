//! The end of a sign-in: the session it opens, or the session it proves again.

use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::keyed::same;
use payung_domain::notify::Notice;
use payung_domain::second_factor::Way;
use payung_domain::sessions::{REMEMBERED, Session};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::remembered::Remembered;
use payung_storage::sign_ins::SignIn;
use payung_storage::{Fault, Tx, accounts, remembered, sessions, sign_ins};

use crate::oidc::back_channel;
use crate::{App, Visit, notices};

/// What a browser brings to the end of a sign-in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ending<'a> {
    /// The session it has so far.
    pub earlier: Option<&'a Token>,
    /// Whether it is to be remembered for thirty days.
    pub remembers: bool,
}

impl Ending<'_> {
    /// Whether a sign-in may end here: one that proves a session again, only in its own browser.
    pub(crate) fn fits(&self, sign_in: &SignIn) -> bool {
        sign_in.renews.is_none_or(|session| {
            self.earlier.is_some_and(|earlier| same(&earlier.hash(), &session))
        })
    }
}

/// A browser is let in.
#[derive(Debug)]
pub struct Opened {
    /// The token of its session.
    pub session: Token,
    /// The path to go to.
    pub landing: String,
}

/// Ends a sign-in whose second step was right. `None` when another request has ended it.
pub(crate) async fn finish(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    sign_in: &SignIn,
    account: &Account,
    way: Way,
    ending: Ending<'_>,
) -> Result<Option<Opened>, Fault> {
    let now = visit.now;
    let session = Token::new(&*app.dice);
    if !sign_ins::finish(tx, app.store.vault(), &sign_in.id, &session, now).await? {
        return Ok(None);
    }
    accounts::hold(tx, account.id).await?;
    super::open_password_path(app, tx, visit, account).await?;
    if way == Way::Passkey {
        super::open_code_path(app, tx, visit, account.id).await?;
    }
    if let Some(proved) = &sign_in.renews {
        // H-02: the session goes on under another token, and the one before is dead.
        if !sessions::prove(tx, proved, &session.hash(), way, now).await? {
            return Ok(None);
        }
        notices::note(app, tx, visit, account.id, Event::IdentityConfirmed).await?;
    } else {
        let door = Door { way, proved_at: now, is_shared_device: sign_in.is_shared_device };
        open(app, tx, visit, account, &session, door, ending.earlier).await?;
        if ending.remembers && !sign_in.is_shared_device {
            remember(app, tx, visit, account).await?;
        }
    }
    Ok(Some(Opened { session, landing: sign_in.landing.clone() }))
}

/// How somebody comes in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Door {
    /// How the second step was done, or why it was not asked for.
    pub(crate) way: Way,
    /// When they proved who they are with everything the account asks for.
    pub(crate) proved_at: Instant,
    /// Whether others use the device.
    pub(crate) is_shared_device: bool,
}

/// Opens a session, with everything that goes with it.
pub(crate) async fn open(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    token: &Token,
    door: Door,
    earlier: Option<&Token>,
) -> Result<(), Fault> {
    let now = visit.now;
    accounts::hold(tx, account.id).await?;
    if let Some(earlier) = earlier {
        // H-02: whatever this browser was signed in as before ends here.
        end_earlier(app, tx, earlier, now).await?;
    }
    let limits = app.settings.sessions;
    let idle: Duration = if door.is_shared_device { limits.idle_shared } else { limits.idle };
    let session = Session {
        account: account.id,
        created_at: now,
        seen_at: now,
        proved_at: door.proved_at,
        expires_at: now.plus(limits.absolute),
        idle,
        way: door.way,
        device: visit.device.clone(),
        ended_at: None,
    };
    sessions::open(tx, &token.hash(), &session).await?;
    crate::sessions::make_room(app, tx, visit, account).await?;
    notices::note(app, tx, visit, account.id, Event::SignedIn).await?;
    greet_device(app, tx, visit, account).await
}

/// Ends the session a browser had so far, whoever's it is.
async fn end_earlier(app: &App, tx: &mut Tx, token: &Token, now: Instant) -> Result<(), Fault> {
    let id = token.hash();
    let Some(session) = sessions::get(tx, &id).await? else { return Ok(()) };
    if sessions::end(tx, &id, now).await? {
        let (account, opened_at) = (session.account, session.created_at);
        back_channel::session_is_over(app, tx, account, opened_at, now).await?;
    }
    Ok(())
}

/// Tells the owner, by every confirmed way, of a sign-in from a browser not seen before (J-03): once
/// for all sign-ins of a few minutes that look the same, so that forgetting cookies floods nobody.
async fn greet_device(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
) -> Result<(), Fault> {
    let Some(browser) = &visit.browser else { return Ok(()) };
    if !sessions::meet_device(tx, account.id, &browser.hash(), visit.now).await? {
        return Ok(());
    }
    notices::note(app, tx, visit, account.id, Event::NewDevice).await?;
    let notice = Notice::NewDevice { device: visit.device.clone(), at: visit.now };
    notices::tell_gathered(app, tx, account, &notice, &visit.device, visit.now).await
}

/// Lets this browser leave the second step out, for reading, for thirty days (H-12).
async fn remember(app: &App, tx: &mut Tx, visit: &Visit, account: &Account) -> Result<(), Fault> {
    let Some(browser) = &visit.browser else { return Ok(()) };
    let browser = Remembered {
        id: browser.hash(),
        device: visit.device.clone(),
        remembered_at: visit.now,
        used_at: visit.now,
        expires_at: visit.now.plus(REMEMBERED),
    };
    remembered::remember(tx, account.id, &browser).await?;
    notices::note(app, tx, visit, account.id, Event::DeviceRemembered).await
}
