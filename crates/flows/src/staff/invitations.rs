//! How somebody comes to work at the desk: the operator invites by the command line, a link goes from
//! hand to hand, and a passkey answers it once.

use payung_domain::ids::{Nik, StaffId};
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::{Officer, Role, Staff};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::staff::{self as kept, Invitation, sessions};
use payung_storage::{Fault, Tx};

use super::operator;
use super::passkeys::{self, Answer};
use super::{Line, note_from, source_before, source_within};
use crate::gates::{self, Door};
use crate::passkeys::{Answered, Challenge};
use crate::{App, Visit};

/// Whom to invite.
#[derive(Clone, Copy, Debug)]
pub struct Guest<'a> {
    /// The name, as colleagues and members will read it.
    pub name: &'a Officer,
    /// What they may do.
    pub role: Role,
    /// Their own population number, so that they never look at their own record.
    pub nik: Option<&'a Nik>,
    /// Why.
    pub reason: &'a str,
}

/// What came of inviting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invited {
    /// There is a link.
    Link {
        /// The link, to be handed over.
        link: String,
        /// When it stops working.
        until: Instant,
    },
    /// Somebody of this name has another role, or is shut out, or the person is in under another
    /// name. Roles are not changed by inviting, and nobody is two officers at a time (P-04).
    Taken,
}

/// Invites somebody, or invites them anew: whoever lost the passkey gets another link, and what was
/// before ends when it is used.
pub async fn invite(app: &App, guest: &Guest<'_>) -> Result<Invited, Fault> {
    let now = app.clock.now();
    let mut tx = app.store.write().await?;
    let known = known(app, &mut tx, guest, now).await?;
    let free = match known {
        Some(staff) => (!kept::has_twin(&mut tx, staff).await?).then_some(staff),
        None => None,
    };
    let (detail, reason) = (guest.name.as_str(), guest.reason);
    let invited = Line { detail, reason, ..Line::done(Act::Invited) };
    let Some(staff) = free else {
        // What was begun is forgotten; that it was tried is not.
        drop(tx);
        let mut tx = app.store.write().await?;
        let refused = Line { outcome: Outcome::Refused, ..invited };
        operator::note(app, &mut tx, now, refused).await?;
        tx.commit().await?;
        return Ok(Invited::Taken);
    };
    let (token, until) = (Token::new(&*app.dice), now.plus(guest.role.invitation_life()));
    kept::invite(&mut tx, &token.hash(), staff, until).await?;
    operator::note(app, &mut tx, now, invited).await?;
    tx.commit().await?;
    let link = format!("{}/join?token={}", app.settings.desk.url(), token.expose());
    Ok(Invited::Link { link, until })
}

async fn known(
    app: &App,
    tx: &mut Tx,
    guest: &Guest<'_>,
    now: Instant,
) -> Result<Option<StaffId>, Fault> {
    if let Some(staff) = kept::named(tx, guest.name).await? {
        if staff.role != guest.role || staff.disabled_at.is_some() {
            return Ok(None);
        }
        // The first invitation may have gone out without it.
        if let Some(nik) = guest.nik {
            kept::know_nik(tx, app.store.vault(), staff.id, nik).await?;
        }
        return Ok(Some(staff.id));
    }
    let staff = Staff {
        id: StaffId::new(&*app.dice),
        name: guest.name.clone(),
        role: guest.role,
        disabled_at: None,
    };
    let handle = app.dice.id();
    let is_kept = kept::add(tx, app.store.vault(), &staff, handle, guest.nik, now).await?;
    Ok(is_kept.then_some(staff.id))
}

/// What the page of an invitation shows.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// Who was invited.
    pub staff: Staff,
    /// What their device is asked.
    pub challenge: Challenge,
}

/// The page of an invitation; `None` when it works no more, or never did.
pub async fn open(
    app: &App,
    visit: &Visit,
    browser: &Token,
    token: &Token,
) -> Result<Option<Welcome>, Fault> {
    let mut tx = app.store.read().await?;
    let Some(invitation) = kept::invitation(&mut tx, &token.hash()).await? else {
        return Ok(None);
    };
    if !is_open(&invitation, visit.now) {
        return Ok(None);
    }
    let Some(staff) = kept::get(&mut tx, invitation.staff).await? else { return Ok(None) };
    let Some(handle) = kept::handle(&mut tx, staff.id).await? else { return Ok(None) };
    if staff.disabled_at.is_some() {
        return Ok(None);
    }
    let challenge = passkeys::begin_joining(app, visit, browser, token, &staff, handle)?;
    Ok(Some(Welcome { staff, challenge }))
}

fn is_open(invitation: &Invitation, now: Instant) -> bool {
    invitation.used_at.is_none() && now < invitation.expires_at
}

/// What came of accepting.
#[derive(Debug)]
pub enum Joined {
    /// Signed in with the new passkey.
    SignedIn(Token),
    /// The invitation works no more, or never did.
    Gone,
    /// The passkey will not do.
    Not(Answer),
}

/// Accepts an invitation with a passkey. Sessions and passkeys of before end.
pub async fn accept(
    app: &App,
    visit: &Visit,
    browser: &Token,
    token: &Token,
    answered: Answered<'_>,
) -> Result<Joined, Fault> {
    // By now, since a link that is nobody's leaves nothing else behind (E-04).
    if let Some(until) = gates::too_many_by_now(app, visit, Door::Staff).await? {
        return Ok(Joined::Not(Answer::TooMany { until }));
    }
    let mut tx = app.store.write().await?;
    let Some(invitation) = kept::invitation(&mut tx, &token.hash()).await? else {
        return Ok(Joined::Gone);
    };
    let Some(staff) = kept::locked(&mut tx, invitation.staff).await? else {
        return Ok(Joined::Gone);
    };
    let made = passkeys::made(app, &mut tx, visit, browser, token, answered).await?;
    let credential = match made {
        Ok(credential) => credential,
        Err(answer) => {
            let line = Line { outcome: Outcome::Refused, ..Line::done(Act::Joined) };
            let by = (&staff, source_before(visit));
            note_from(app, &mut tx, by, visit.now, line).await?;
            tx.commit().await?;
            return Ok(Joined::Not(answer));
        }
    };
    let is_first = kept::use_invitation(&mut tx, &token.hash(), visit.now).await?;
    if !is_first || staff.disabled_at.is_some() {
        return Ok(Joined::Gone);
    }
    if !passkeys::keep(app, &mut tx, staff.id, &credential, visit.now).await? {
        return Ok(Joined::Not(Answer::Refused));
    }
    sessions::end_all(&mut tx, staff.id, visit.now).await?;
    let session = Token::new(&*app.dice);
    sessions::open(&mut tx, &session.hash(), staff.id, visit.now).await?;
    let source = source_within(app, visit, staff.id, visit.now);
    note_from(app, &mut tx, (&staff, source), visit.now, Line::done(Act::Joined)).await?;
    tx.commit().await?;
    Ok(Joined::SignedIn(session))
}
