//! Step-up (M36): a member who is signed in proves once more who they are, before a protected act.
//!
//! It is the second step of a sign-in, begun in a session instead of with a password: the same
//! ways, codes, counters and limits. At its end the session goes on under a new token (H-02).

use payung_domain::accounts::Account;
use payung_domain::authenticators::Need;
use payung_domain::second_factor::{STEP_LIFE, Way};
use payung_domain::sign_in::landing;
use payung_domain::token::Token;
use payung_storage::Fault;
use payung_storage::sign_ins::{self, SignIn};

use crate::sessions::SignedIn;
use crate::sign_in::step::{Asked, OpenWay, asked, masked};
use crate::{App, Visit, sign_in};

/// Whether a member still has to prove who they are before an act.
pub async fn is_needed(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    need: Need,
) -> Result<bool, Fault> {
    let (session, now) = (&member.session, visit.now);
    if !session.is_proved(now) {
        return Ok(true);
    }
    let mut tx = app.store.read().await?;
    let ways = sign_in::ways(app, &mut tx, member.account.id, now).await?;
    Ok(!session.proves(need, ways.highest(), now))
}

/// The ways that prove enough for an act (J-02), strongest first, and the one to tick.
pub async fn ways(
    app: &App,
    visit: &Visit,
    account: &Account,
    need: Need,
) -> Result<(Vec<OpenWay>, Option<Way>), Fault> {
    let mut tx = app.store.read().await?;
    let ways = sign_in::ways(app, &mut tx, account.id, visit.now).await?;
    let enough = ways.enough_for(need);
    let first = ways.first().filter(|way| enough.contains(way)).or(enough.first().copied());
    Ok((enough.into_iter().map(|way| masked(&ways, way)).collect(), first))
}

/// Begins to prove a session again.
#[derive(Clone, Copy, Debug)]
pub struct Begin<'a> {
    /// The session.
    pub session: &'a Token,
    /// The way the member chose.
    pub way: Way,
    /// What names this very form: sent twice, it is one.
    pub form: &'a [u8],
    /// The path of the act.
    pub next: &'a str,
    /// What the act asks for.
    pub need: Need,
}

/// Begins the step and sends its code; the token names it in the browser. `None` when that way is
/// not open to the account, or proves too little.
pub async fn begin(
    app: &App,
    visit: &Visit,
    account: &Account,
    begin: Begin<'_>,
) -> Result<Option<(Token, Asked)>, Fault> {
    let mut tx = app.store.write().await?;
    let ways = sign_in::ways(app, &mut tx, account.id, visit.now).await?;
    if !ways.enough_for(begin.need).contains(&begin.way) {
        return Ok(None);
    }
    let session = begin.session.hash();
    let token = Token::of(&app.keys.sign_ins.tag(&[b"confirm", begin.form, &session]));
    let step = SignIn {
        id: token.hash(),
        account: account.id,
        way: Some(begin.way),
        landing: landing(Some(begin.next)).to_owned(),
        is_shared_device: false,
        expires_at: visit.now.plus(STEP_LIFE),
        finished_at: None,
        renews: Some(session),
        need: begin.need,
    };
    sign_ins::begin(&mut tx, &step, visit.now).await?;
    let sending = sign_in::begin_way(app, &mut tx, visit, account, &step, &ways, begin.way).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Some((token, asked(sending))))
}
