//! What takes two officers and a day: a factor taken away, a contact exchanged (P-04). One asks, after
//! making sure of the member; another one approves; [`super::due`] does it a day later. The member
//! hears of every step by every way, and cancels it with one button (`links`). Here an officer reads
//! what waits.

mod asking;
mod deciding;
mod ending;
mod news;

use payung_domain::accounts::Account;
use payung_domain::contact_changes::Kind as ContactKind;
use payung_domain::ids::{AccountId, ActId};
use payung_domain::keyed::{Tag, digest};
use payung_domain::staff::Right;
use payung_domain::staff::acts::{DeskAct, Kind};
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::verification::VERIFIED;
use payung_domain::time::Instant;
use payung_storage::staff::checks::Check;
use payung_storage::staff::{self as kept, acts as kept_acts, checks};
use payung_storage::{Fault, Tx, accounts, contacts, members, passkeys};

pub(super) use self::asking::stands_against;
pub use self::asking::{Asked, Wish, ask};
pub(super) use self::deciding::asker_counts;
pub use self::deciding::{Decided, approve, refuse};
pub(crate) use self::ending::cancel_with_the_account;
pub(super) use self::ending::{by_nobody, cancel, end};
pub(super) use self::news::tell;
pub(crate) use self::news::tell_activity;
use super::looks::{is_open_already, tell as tell_of_look};
use super::{Denied, Line, SignedIn, check, note};
use crate::{App, Visit, contact_changes};

/// Acts on one page.
const MOST: u32 = 100;

/// What an account is like, as far as an act of the desk depends on it: the contacts that count, the
/// app and the passkeys.
pub(super) async fn version(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    now: Instant,
) -> Result<Tag, Fault> {
    let vault = app.store.vault();
    let mut parts: Vec<Tag> = contacts::held(tx, vault, account)
        .await?
        .iter()
        .filter(|one| one.standing.counts(now))
        .map(|one| digest(one.to.expose().as_bytes()))
        .collect();
    if let Some(bound) = accounts::app_label(tx, vault, account).await? {
        let suspended = bound.suspended_at.map_or(0, Instant::micros);
        parts.push(digest(format!("app {} {suspended}", bound.since.micros()).as_bytes()));
    }
    for one in passkeys::of(tx, vault, account).await? {
        let suspended = one.passkey.suspended_at.map_or(0, Instant::micros);
        parts.push(digest(format!("passkey {} {suspended}", one.passkey.id).as_bytes()));
    }
    parts.sort_unstable();
    let all: Vec<u8> = parts.concat();
    Ok(app.keys.counters.tag(&[b"account before an act", account.0.as_bytes(), &all]))
}

/// What waits for a second officer or for its time, the oldest first. Nothing in it says whose it is.
pub async fn list(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
) -> Result<Result<Vec<DeskAct>, Denied>, Fault> {
    let mut tx = app.store.write().await?;
    let (right, act) = (Right::Verify, Act::ActsListed);
    if let Err(denied) = check(app, &mut tx, visit, signed_in, right, act).await? {
        tx.commit().await?;
        return Ok(Err(denied));
    }
    note(app, &mut tx, signed_in, visit.now, Line::done(act)).await?;
    let open = kept_acts::open(&mut tx, app.store.vault(), MOST).await?;
    tx.commit().await?;
    Ok(Ok(open))
}

/// An act as a second officer sees it: what there is, and what there would be.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The act.
    pub act: DeskAct,
    /// The member's name.
    pub name: String,
    /// Their population number, masked.
    pub nik: String,
    /// What is there now, masked: a contact, or how many devices.
    pub before: String,
    /// How the officer who asks made sure of the member.
    pub checks: Vec<Check>,
    /// Whether this officer may approve or refuse it.
    pub may_approve: bool,
}

/// Why an act is not shown, or not decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotShown {
    /// It is not allowed.
    Denied(Denied),
    /// There is no such act.
    Gone,
    /// It is about the officer's own account.
    Own,
}

/// Shows an act. The member reads that the record was looked at for it, and by whom.
pub async fn show(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    id: ActId,
) -> Result<Result<Box<Shown>, NotShown>, Fault> {
    let mut tx = app.store.write().await?;
    let act = Act::Opened;
    let (shown, account) =
        match found(app, &mut tx, visit, signed_in, (id, Right::Verify, act)).await? {
            Ok(found) => found,
            Err(why) => {
                tx.commit().await?;
                return Ok(Err(why));
            }
        };
    let vault = app.store.vault();
    let person = members::person(&mut tx, vault, account.person).await?;
    let (name, nik) = person
        .map(|(person, _)| (person.name.expose().to_owned(), person.nik.masked()))
        .unwrap_or_default();
    let before = before(app, &mut tx, &shown, visit.now).await?;
    let since = shown.asked_at.minus(VERIFIED * 2);
    let mut seen = checks::since(&mut tx, account.id, since).await?;
    seen.retain(|one| one.staff == shown.asked_by.id && one.asked_at <= shown.asked_at);
    let person = Some(account.person);
    let line = Line { person, detail: shown.kind.name(), ..Line::done(act) };
    let staff = &signed_in.staff;
    if !is_open_already(app, &mut tx, staff, &line, visit.now).await? {
        let why = (&shown.reason, None);
        tell_of_look(app, &mut tx, staff.name.as_str(), account.person, why, visit.now).await?;
    }
    note(app, &mut tx, signed_in, visit.now, line).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    let may_approve = signed_in.staff.role.may(Right::Approve)
        && shown.approved.is_none()
        && shown.ended.is_none()
        && shown.asked_by.id != signed_in.staff.id
        && !shown.waits_for_code();
    Ok(Ok(Box::new(Shown { act: shown, name, nik, before, checks: seen, may_approve })))
}

async fn before(app: &App, tx: &mut Tx, act: &DeskAct, now: Instant) -> Result<String, Fault> {
    let vault = app.store.vault();
    Ok(match act.kind {
        Kind::RemovePasskeys => passkeys::of(tx, vault, act.account).await?.len().to_string(),
        Kind::ReplaceEmail | Kind::ReplacePhone => {
            let wanted = if act.kind == Kind::ReplaceEmail {
                ContactKind::Email
            } else {
                ContactKind::Phone
            };
            let held = contacts::held(tx, vault, act.account).await?;
            let old = contact_changes::first(&held, wanted, now);
            old.map_or_else(|| "–".to_owned(), |old| old.masked())
        }
        Kind::RemoveApp | Kind::Unlock | Kind::SendReset => {
            let bound = accounts::app_label(tx, vault, act.account).await?;
            bound.map_or("0", |_| "1").to_owned()
        }
    })
}

/// The act and its account, for an officer who may and whose own it is not. The row is locked.
pub(super) async fn found(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (id, right, act): (ActId, Right, Act),
) -> Result<Result<(DeskAct, Account), NotShown>, Fault> {
    if let Err(denied) = check(app, tx, visit, signed_in, right, act).await? {
        return Ok(Err(NotShown::Denied(denied)));
    }
    let found = kept_acts::locked(tx, app.store.vault(), id).await?;
    let account = match &found {
        Some(found) => accounts::get(tx, found.account).await?,
        None => None,
    };
    let Some((found, account)) = found.zip(account) else {
        let line = Line { outcome: Outcome::Nothing, ..Line::done(act) };
        note(app, tx, signed_in, visit.now, line).await?;
        return Ok(Err(NotShown::Gone));
    };
    if kept::is_own(tx, signed_in.staff.id, account.person).await? {
        let person = Some(account.person);
        let line = Line { outcome: Outcome::Refused, person, ..Line::done(act) };
        note(app, tx, signed_in, visit.now, line).await?;
        return Ok(Err(NotShown::Own));
    }
    Ok(Ok((found, account)))
}
