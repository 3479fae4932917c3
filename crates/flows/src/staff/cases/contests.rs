//! A member contests what staff did (P-07): from the line of activity that tells of it, with a reason,
//! to a case that the officer of that line never handles.

use payung_domain::activity::{Event, Line as Happened};
use payung_domain::ids::StaffId;
use payung_domain::marks::Mark;
use payung_domain::notify::Notice;
use payung_domain::staff::Officer;
use payung_domain::staff::cases::{
    Case, CaseReference, Closing, Kind, Linked, NoNote, State, note,
};
use payung_domain::time::Instant;
use payung_storage::staff::looks::View;
use payung_storage::staff::{self as kept, cases, looks};
use payung_storage::{Fault, Tx, accounts, activity};

use super::{New, open};
use crate::sessions::SignedIn;
use crate::{App, Visit, notices};

/// What staff did, as its member reads it.
#[derive(Clone, Debug)]
pub struct Contestable {
    /// What happened.
    pub line: Happened,
    /// Who of the staff looked, at what and why, where it was a look.
    pub view: Option<View>,
    /// The case in which it is contested already.
    pub case: Option<Contested>,
}

/// The case of a member who contests something, as they see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contested {
    /// Its number.
    pub reference: CaseReference,
    /// What came of it, and when; none while it is open.
    pub closed: Option<(Closing, Instant)>,
}

impl Contested {
    fn of(case: Case) -> Self {
        let closed = if let State::Closed { outcome, at, .. } = case.state {
            Some((outcome, at))
        } else {
            None
        };
        Self { reference: case.reference, closed }
    }
}

/// What a member may contest, if this is a line of theirs that tells of staff (S5).
pub async fn view(app: &App, member: &SignedIn, mark: Mark) -> Result<Option<Contestable>, Fault> {
    let mut tx = app.store.read().await?;
    find(app, &mut tx, member, mark).await
}

async fn find(
    app: &App,
    tx: &mut Tx,
    member: &SignedIn,
    mark: Mark,
) -> Result<Option<Contestable>, Fault> {
    let account = member.account.id;
    let found = activity::get(tx, account, mark).await?;
    let Some(line) = found.filter(|line| line.event.may_be_contested()) else { return Ok(None) };
    let view = looks::view(tx, app.store.vault(), account, mark.id).await?;
    let case = cases::contesting(tx, account, mark).await?.map(Contested::of);
    Ok(Some(Contestable { line, view, case }))
}

/// What came of contesting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is a case, with this number.
    Case(CaseReference),
    /// What was written is no reason.
    NoReason(NoNote),
    /// There is no such line, it is another member's, or nobody of the staff did it.
    Unknown,
}

/// Contests it. Said twice, it is one case.
pub async fn submit(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    mark: Mark,
    typed: &str,
) -> Result<Answer, Fault> {
    let mut tx = app.store.write().await?;
    // Two that come at once come one after the other.
    accounts::hold(&mut tx, member.account.id).await?;
    let Some(contestable) = find(app, &mut tx, member, mark).await? else {
        return Ok(Answer::Unknown);
    };
    if let Some(known) = contestable.case {
        return Ok(Answer::Case(known.reference));
    }
    let words = match note(typed) {
        Ok(words) => words,
        Err(problem) => return Ok(Answer::NoReason(problem)),
    };
    let account = &member.account;
    let new = New {
        about: whose(&mut tx, contestable.view.as_ref()).await?,
        words: &words,
        ..New::of(Kind::Contested, Some(account.id), Linked::Activity(mark))
    };
    let reference = open(app, &mut tx, &new, visit.now).await?;
    notices::note(app, &mut tx, visit, account.id, Event::ActContested).await?;
    let (device, at) = (visit.device.clone(), visit.now);
    let notice = Notice::CaseOpened { reference: reference.to_string(), device, at };
    notices::tell_by_letter(app, &mut tx, account, notice, visit.now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Answer::Case(reference))
}

/// Who did it, as far as the line says so.
async fn whose(tx: &mut Tx, view: Option<&View>) -> Result<Option<StaffId>, Fault> {
    let Some(name) = view.and_then(|view| Officer::parse(&view.officer)) else { return Ok(None) };
    Ok(kept::named(tx, &name).await?.map(|staff| staff.id))
}
