//! The queue (S02): what is due first comes first, fifty at a time. Nothing in it says whose it is.

use payung_domain::marks::Mark;
use payung_domain::staff::audit::Act;
use payung_domain::staff::cases::{Age, Case, CaseReference, Kind, Standing, Whose};
use payung_domain::staff::{Officer, Right};
use payung_domain::time::Instant;
use payung_storage::staff as kept;
use payung_storage::staff::cases::{self, Wanted};
use payung_storage::{Fault, Tx};

use super::super::{Denied, Line, SignedIn, check, note};
use super::work::{Seen, Wish, Worked, may_have, work};
use super::{holder, names};
use crate::{App, Visit};

/// Cases on one page.
const PAGE: u32 = 50;

/// What somebody asked to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Whose; everybody's without a word.
    pub whose: Option<Whose>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only those that stand so; without a word, all that are not over.
    pub standing: Option<Standing>,
    /// Only those so old.
    pub age: Option<Age>,
}

/// A case in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The case.
    pub case: Case,
    /// Who has it, or had it.
    pub holder: Option<String>,
    /// Whether it should have been answered by now.
    pub is_overdue: bool,
}

/// Part of the list.
#[derive(Clone, Debug)]
pub struct Part {
    /// The cases.
    pub rows: Vec<Row>,
    /// Where the cases after these begin, if there are some.
    pub next: Option<Mark>,
    /// To whom many may be given at once; nobody where this officer gives none.
    pub colleagues: Vec<String>,
}

/// The cases of a page. That somebody read it is written down.
pub async fn page(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    choice: &Choice,
    after: Option<Mark>,
) -> Result<Result<Part, Denied>, Fault> {
    let mut tx = app.store.write().await?;
    let (right, act) = (Right::ReadCases, Act::QueueRead);
    if let Err(denied) = check(app, &mut tx, visit, signed_in, right, act).await? {
        tx.commit().await?;
        return Ok(Err(denied));
    }
    let wanted = wanted(signed_in, *choice, after, visit.now);
    // One more than fits tells whether there is another page.
    let mut found = cases::queue(&mut tx, &wanted, PAGE + 1).await?;
    let names = names(&mut tx).await?;
    let colleagues = colleagues(&mut tx, signed_in).await?;
    note(app, &mut tx, signed_in, visit.now, Line::done(act)).await?;
    tx.commit().await?;
    let has_more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let rows: Vec<Row> = found
        .into_iter()
        .map(|case| Row {
            holder: holder(&names, &case),
            is_overdue: case.is_overdue(visit.now),
            case,
        })
        .collect();
    let last = rows.last().map(|row| Mark { at: row.case.due_at, id: row.case.id.0 });
    Ok(Ok(Part { rows, next: last.filter(|_| has_more), colleagues }))
}

async fn colleagues(tx: &mut Tx, signed_in: &SignedIn) -> Result<Vec<String>, Fault> {
    if !signed_in.staff.role.may(Right::AssignCases) {
        return Ok(Vec::new());
    }
    let all = kept::list(tx).await?;
    let fits = all.iter().filter(|staff| may_have(staff));
    Ok(fits.map(|staff| staff.name.as_str().to_owned()).collect())
}

/// How many cases were given, and how many were not: somebody was faster, or they are about the one
/// who should get them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Those that are theirs now.
    pub done: u32,
    /// The others.
    pub not_done: u32,
}

/// Gives many cases to one officer, each at the version that was seen.
pub async fn assign(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    to: &Officer,
    seen: &[(CaseReference, u32)],
) -> Result<Result<Given, Denied>, Fault> {
    let (right, act) = (Right::AssignCases, Act::CaseHandedOver);
    if let Err(denied) = super::super::may(app, visit, signed_in, right, act).await? {
        return Ok(Err(denied));
    }
    let mut given = Given::default();
    for (reference, version) in seen {
        let seen = Seen { reference, version: *version };
        let wish = Wish::HandOver(Some(to), "");
        match work(app, visit, signed_in, seen, wish).await? {
            Worked::Done => given.done += 1,
            Worked::Denied(denied) => return Ok(Err(denied)),
            _ => given.not_done += 1,
        }
    }
    Ok(Ok(given))
}

fn wanted(signed_in: &SignedIn, choice: Choice, after: Option<Mark>, now: Instant) -> Wanted {
    let end = Instant::from_micros(i64::MAX);
    let least = choice.age.map(Age::least).unwrap_or_default();
    Wanted {
        staff: signed_in.staff.id,
        whose: choice.whose,
        kind: choice.kind,
        standing: choice.standing,
        opened_until: now.minus(least),
        due_until: if choice.age == Some(Age::Overdue) { now } else { end },
        after,
    }
}
