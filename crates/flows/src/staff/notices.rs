//! What is announced to everybody, by an officer whose role allows it or by the operator. Who announced
//! what, and who took it back, is written down, and stays to be read.

use payung_domain::announcements::{Announcement, Unfit};
use payung_domain::staff::Right;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::time::Instant;
pub use payung_storage::announcements::Told;
use payung_storage::{Fault, announcements as kept};
use uuid::Uuid;

use super::operator::{self, OPERATOR};
use super::{Denied, Line, SignedIn, check, note};
use crate::announcements::refresh;
use crate::{App, Visit};

/// So many may be shown or planned at the same time: members see one, the one that began last.
pub const MOST_OPEN: usize = 10;

/// So many of the past are listed.
const LISTED: u32 = 50;

/// What came of announcing something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// It is announced.
    Done,
    /// It cannot be shown as it is.
    Unfit(Unfit),
    /// There are too many already.
    TooMany,
    /// It was not allowed.
    Denied(Denied),
}

/// Announces something, beside what is announced already. What it says stands in the audit.
pub async fn publish(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    announcement: &Announcement,
) -> Result<Published, Fault> {
    let (act, now, staff) = (Act::Announced, visit.now, &signed_in.staff);
    let mut tx = app.store.write().await?;
    if let Err(denied) = check(app, &mut tx, visit, signed_in, Right::Announce, act).await? {
        tx.commit().await?;
        return Ok(Published::Denied(denied));
    }
    if let Err(unfit) = announcement.check(now) {
        return Ok(Published::Unfit(unfit));
    }
    let open = kept::current(&mut tx, now).await?;
    if open.iter().any(|one| says_the_same(one, announcement)) {
        // Somebody pressed twice: it is so already.
        return Ok(Published::Done);
    }
    let is_full = open.len() >= MOST_OPEN;
    if !is_full {
        kept::add(&mut tx, announcement, staff.name.as_str(), now).await?;
    }
    let detail = announcement.id.simple().to_string();
    let outcome = if is_full { Outcome::TooMuch } else { Outcome::Done };
    let reason = &*announcement.english;
    let line = Line { outcome, detail: &detail, reason, ..Line::done(act) };
    note(app, &mut tx, signed_in, now, line).await?;
    tx.commit().await?;
    if is_full {
        return Ok(Published::TooMany);
    }
    refresh(app).await?;
    Ok(Published::Done)
}

fn says_the_same(one: &Announcement, other: &Announcement) -> bool {
    let are_texts_the_same = one.indonesian == other.indonesian && one.english == other.english;
    are_texts_the_same && one.ends_at == other.ends_at
}

/// What came of taking something back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawn {
    /// It is shown no more.
    Done,
    /// It was over already, or never was.
    Nothing,
    /// It was not allowed.
    Denied(Denied),
}

/// Takes one back.
pub async fn withdraw(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    id: Uuid,
) -> Result<Withdrawn, Fault> {
    let (act, now, staff) = (Act::AnnouncementEnded, visit.now, &signed_in.staff);
    let mut tx = app.store.write().await?;
    if let Err(denied) = check(app, &mut tx, visit, signed_in, Right::Announce, act).await? {
        tx.commit().await?;
        return Ok(Withdrawn::Denied(denied));
    }
    let is_done = kept::withdraw(&mut tx, id, staff.name.as_str(), now).await?;
    let outcome = if is_done { Outcome::Done } else { Outcome::Nothing };
    let detail = id.simple().to_string();
    note(app, &mut tx, signed_in, now, Line { outcome, detail: &detail, ..Line::done(act) })
        .await?;
    tx.commit().await?;
    refresh(app).await?;
    Ok(if is_done { Withdrawn::Done } else { Withdrawn::Nothing })
}

/// What was announced, newest first: shown now, to be shown, and over.
pub async fn list(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
) -> Result<Result<Vec<Told>, Denied>, Fault> {
    let mut tx = app.store.write().await?;
    let checked = check(app, &mut tx, visit, signed_in, Right::Announce, Act::Announced).await?;
    let told = match checked {
        Ok(()) => Ok(kept::history(&mut tx, LISTED).await?),
        Err(denied) => Err(denied),
    };
    tx.commit().await?;
    Ok(told)
}

/// Announces something in place of everything that was announced before.
pub async fn set_by_operator(
    app: &App,
    announcement: &Announcement,
    reason: &str,
) -> Result<Result<(), Unfit>, Fault> {
    let now = app.clock.now();
    if let Err(unfit) = announcement.check(now) {
        return Ok(Err(unfit));
    }
    let mut tx = app.store.write().await?;
    kept::clear(&mut tx, OPERATOR, now).await?;
    kept::add(&mut tx, announcement, OPERATOR, now).await?;
    let detail = announcement.id.simple().to_string();
    let line = Line { detail: &detail, reason, ..Line::done(Act::Announced) };
    operator::note(app, &mut tx, now, line).await?;
    tx.commit().await?;
    refresh(app).await?;
    Ok(Ok(()))
}

/// Takes everything back; answers how many announcements that were.
pub async fn clear_by_operator(app: &App, reason: &str) -> Result<u64, Fault> {
    let now: Instant = app.clock.now();
    let mut tx = app.store.write().await?;
    let cleared = kept::clear(&mut tx, OPERATOR, now).await?;
    let line = Line { reason, ..Line::done(Act::AnnouncementEnded) };
    operator::note(app, &mut tx, now, line).await?;
    tx.commit().await?;
    refresh(app).await?;
    Ok(cleared)
}
