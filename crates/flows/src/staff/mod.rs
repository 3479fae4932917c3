//! The support desk: who is signed in there, what they may do, and that all of it is written down.
//!
//! Staff have accounts, passkeys and sessions of their own. Nothing here opens a member's account, and
//! nothing of a member's opens the desk (P-01, P-06).

pub mod acts;
pub mod apps;
pub mod audit;
pub mod by_line;
pub mod cases;
pub mod chain;
pub mod claim_acts;
pub mod corrections;
pub mod due;
pub mod heirs;
pub mod helping;
pub mod invitations;
pub mod links;
pub mod looks;
pub mod merging;
pub mod notices;
pub mod numbers;
pub mod operator;
pub mod passkeys;
pub mod people;
pub mod recoveries;
pub mod returns;
pub mod service;
pub mod verification;

use payung_domain::ids::{PersonId, StaffId};
use payung_domain::marks::Mark;
use payung_domain::oidc::devices::network_of;
use payung_domain::staff::audit::{Act, Entry, Outcome};
use payung_domain::staff::source::{SessionMark, Source};
use payung_domain::staff::{Right, Session, Staff};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::staff::{self as kept, audit as lines, sessions};
use payung_storage::{Fault, Tx};

use crate::{App, Visit};

/// Somebody who is signed in at the desk.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub staff: Staff,
    /// Their session.
    pub session: Session,
    /// When it ends if no further page is asked for.
    pub until: Instant,
    /// Where they are, as it is written down of everything they do (M-02).
    pub source: Source,
}

/// Why something was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// The role does not allow it.
    Role,
    /// It needs a passkey that was used a moment ago.
    Proof,
}

/// Finds the session of a token and notes that a page was asked for. Whoever was shut out has none,
/// from the next page on, and that they asked for it is written down.
pub async fn find(app: &App, visit: &Visit, token: &Token) -> Result<Option<SignedIn>, Fault> {
    let id = token.hash();
    let mut tx = app.store.read().await?;
    let Some(session) = sessions::get(&mut tx, &id).await? else { return Ok(None) };
    let Some(staff) = kept::get(&mut tx, session.staff).await? else { return Ok(None) };
    drop(tx);
    if let Some(since) = staff.disabled_at {
        if was_live(&session, since, visit.now) {
            let mut tx = app.store.write().await?;
            let came_back = Line { outcome: Outcome::Refused, ..Line::done(Act::CameBack) };
            let source = source_within(app, visit, staff.id, session.created_at);
            note_from(app, &mut tx, (&staff, source), visit.now, came_back).await?;
            tx.commit().await?;
        }
        return Ok(None);
    }
    let Some(until) = session.until(visit.now) else { return Ok(None) };
    if session.wants_touch(visit.now) {
        let mut tx = app.store.write().await?;
        sessions::touch(&mut tx, &id, visit.now).await?;
        tx.commit().await?;
    }
    let source = source_within(app, visit, staff.id, session.created_at);
    Ok(Some(SignedIn { staff, session, until, source }))
}

/// Whether a session would be live still, had its officer not been shut out since this moment: they
/// were in the middle of something.
fn was_live(session: &Session, since: Instant, now: Instant) -> bool {
    let ended_with_it = session.ended_at.is_none_or(|at| at >= since);
    ended_with_it && Session { ended_at: None, ..session.clone() }.until(now).is_some()
}

/// Ends a session (H-06). Ending one that is over, or none, is no fault.
pub async fn sign_out(app: &App, visit: &Visit, token: &Token) -> Result<(), Fault> {
    let id = token.hash();
    let mut tx = app.store.write().await?;
    let Some(session) = sessions::get(&mut tx, &id).await? else { return Ok(()) };
    if sessions::end(&mut tx, &id, visit.now).await?
        && let Some(staff) = kept::get(&mut tx, session.staff).await?
    {
        let source = source_within(app, visit, staff.id, session.created_at);
        let line = Line::done(Act::SignedOut);
        note_from(app, &mut tx, (&staff, source), visit.now, line).await?;
    }
    tx.commit().await
}

/// Whether somebody may do this now. A role that does not allow it is written down.
pub async fn may(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    right: Right,
    act: Act,
) -> Result<Result<(), Denied>, Fault> {
    let mut tx = app.store.write().await?;
    let answer = check(app, &mut tx, visit, signed_in, right, act).await?;
    tx.commit().await?;
    Ok(answer)
}

/// The same inside what does it. Who they are is read again: whoever was shut out a moment ago does
/// nothing more.
pub(crate) async fn check(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    right: Right,
    act: Act,
) -> Result<Result<(), Denied>, Fault> {
    // The row is locked: what one officer does is counted one by one.
    let staff = kept::locked(tx, signed_in.staff.id).await?;
    let is_let = staff.is_some_and(|it| it.disabled_at.is_none() && it.role.may(right));
    if !is_let {
        let refused = Line { outcome: Outcome::Refused, ..Line::done(act) };
        note(app, tx, signed_in, visit.now, refused).await?;
        return Ok(Err(Denied::Role));
    }
    if right.is_dangerous() && !signed_in.session.is_proved(visit.now) {
        return Ok(Err(Denied::Proof));
    }
    Ok(Ok(()))
}

/// What is written down of an act, besides who and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// What was done.
    pub(crate) act: Act,
    /// What came of it.
    pub(crate) outcome: Outcome,
    /// About whom of the members.
    pub(crate) person: Option<PersonId>,
    /// A word of ours about it.
    pub(crate) detail: &'a str,
    /// Why.
    pub(crate) reason: &'a str,
}

impl Line<'_> {
    /// Something that was done, and no more about it.
    pub(crate) const fn done(act: Act) -> Self {
        Self { act, outcome: Outcome::Done, person: None, detail: "", reason: "" }
    }

    /// The whole line, with when and who.
    fn by(self, mark: Mark, (staff, officer, role): Who<'_>, source: Source) -> Entry {
        Entry {
            mark,
            staff,
            officer: officer.to_owned(),
            role: role.to_owned(),
            source,
            act: self.act,
            outcome: self.outcome,
            person: self.person,
            detail: self.detail.to_owned(),
            reason: self.reason.to_owned(),
        }
    }
}

/// Who did something: by their number, where the desk knows them, their name and their role.
type Who<'a> = (Option<StaffId>, &'a str, &'a str);

/// Where somebody is who is not signed in yet.
pub(crate) fn source_before(visit: &Visit) -> Source {
    Source::Desk { network: network_of(visit.address), session: None }
}

/// Where somebody is who was let in at that moment. The token changes with every passkey that is used
/// in a session; its mark does not.
pub(crate) fn source_within(app: &App, visit: &Visit, staff: StaffId, since: Instant) -> Source {
    let since = since.micros().to_le_bytes();
    let tag = app.keys.counters.tag(&[b"session at the desk", staff.0.as_bytes(), &since]);
    Source::Desk { network: network_of(visit.address), session: Some(SessionMark::of(&tag)) }
}

/// Writes down what somebody did who is signed in, or was refused.
pub(crate) async fn note(
    app: &App,
    tx: &mut Tx,
    signed_in: &SignedIn,
    now: Instant,
    line: Line<'_>,
) -> Result<(), Fault> {
    note_from(app, tx, (&signed_in.staff, signed_in.source.clone()), now, line).await
}

/// The same of somebody who comes or goes.
pub(crate) async fn note_from(
    app: &App,
    tx: &mut Tx,
    (staff, source): (&Staff, Source),
    now: Instant,
    line: Line<'_>,
) -> Result<(), Fault> {
    let mark = Mark { at: now, id: app.dice.id() };
    let who = (Some(staff.id), staff.name.as_str(), staff.role.name());
    lines::add(tx, app.store.vault(), &line.by(mark, who, source)).await
}
