//! Cases: what members ask of the desk. One is opened in the transaction that asks, whoever asks;
//! officers read the queue, take a case, write into it and close it.

pub mod contests;
pub mod operator;
pub mod queue;
pub mod work;

use std::time::Duration;

use payung_domain::ids::{AccountId, CaseId, PersonId, StaffId};
use payung_domain::marks::Mark;
use payung_domain::staff::cases::{
    Case, CaseReference, Closing, Entry, Kind, Linked, State, What, due_after,
};
use payung_domain::time::Instant;
use payung_storage::staff::{self as kept, cases};
use payung_storage::{Fault, Tx};

use crate::App;

/// Numbers that are drawn before the dice are not believed.
const MOST_DRAWS: u32 = 5;

/// A case that is to be opened.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// What it is about.
    pub kind: Kind,
    /// Whose account it is about, if it is anybody's.
    pub account: Option<AccountId>,
    /// Which member it is about; with an account, that one's.
    pub person: Option<PersonId>,
    /// Whose act it contests.
    pub about: Option<StaffId>,
    /// What it is about, where that has a place of its own.
    pub linked: Linked,
    /// The officer who opens it; nobody's name where the member does.
    pub author: &'a str,
    /// What was written. It is sealed.
    pub words: &'a str,
}

impl New<'_> {
    /// One that the member brings about, with nothing written.
    #[must_use]
    pub const fn of(kind: Kind, account: Option<AccountId>, linked: Linked) -> Self {
        Self { kind, account, person: None, about: None, linked, author: "", words: "" }
    }
}

/// Opens a case, in the transaction that asks for it.
pub async fn open(
    app: &App,
    tx: &mut Tx,
    new: &New<'_>,
    now: Instant,
) -> Result<CaseReference, Fault> {
    let otherwise = Duration::from_hours(u64::from(app.settings.desk.case_hours));
    let mut case = Case {
        id: CaseId::new(&*app.dice),
        reference: CaseReference::new(&*app.dice),
        kind: new.kind,
        account: new.account,
        person: new.person,
        about: new.about,
        linked: new.linked.clone(),
        opened_at: now,
        due_at: now.plus(due_after(new.kind, otherwise)),
        state: State::Open,
        version: 1,
    };
    for _ in 0..MOST_DRAWS {
        if cases::add(tx, &case).await? {
            let first = Entry::opened(app.dice.id(), now, new.author, new.words);
            cases::add_entry(tx, app.store.vault(), case.id, &first).await?;
            return Ok(case.reference);
        }
        case.reference = CaseReference::new(&*app.dice);
    }
    Err(Fault::new("opening a case", "every number that was drawn is taken"))
}

/// Closes the case about something that came to its end elsewhere, if one is open. Its row is locked: an
/// officer who changes it at this very moment reads there that it is over.
pub(crate) async fn end(
    app: &App,
    tx: &mut Tx,
    linked: &Linked,
    (outcome, author): (Closing, &str),
    now: Instant,
) -> Result<(), Fault> {
    let Some(mut case) = cases::linked_to(tx, linked).await? else { return Ok(()) };
    let seen = case.version;
    if case.end(outcome, now).is_err() || !cases::change(tx, &case, seen).await? {
        return Ok(());
    }
    let entry = Entry {
        mark: Mark { at: now, id: app.dice.id() },
        what: What::Closed,
        author: author.to_owned(),
        detail: outcome.name().to_owned(),
        version: case.version,
        text: String::new(),
    };
    cases::add_entry(tx, app.store.vault(), case.id, &entry).await
}

/// Whether a case is about the officer: about their own membership, or about what they did (P-02, P-07).
async fn is_own(tx: &mut Tx, staff: StaffId, case: &Case) -> Result<bool, Fault> {
    if case.about == Some(staff) {
        return Ok(true);
    }
    match case.person {
        Some(person) => kept::is_own(tx, staff, person).await,
        None => Ok(false),
    }
}

/// The names of everybody at the desk, for what they have and did.
async fn names(tx: &mut Tx) -> Result<Vec<(StaffId, String)>, Fault> {
    let all = kept::list(tx).await?;
    Ok(all.into_iter().map(|staff| (staff.id, staff.name.as_str().to_owned())).collect())
}

/// The name of whoever has a case, or had it.
fn holder(names: &[(StaffId, String)], case: &Case) -> Option<String> {
    let id = case.state.holder()?;
    names.iter().find(|(staff, _)| *staff == id).map(|(_, name)| name.clone())
}
