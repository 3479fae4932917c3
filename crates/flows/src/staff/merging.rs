//! Two member numbers of one person made one, and taken apart again, by the command line. The savings
//! move by a pair of transfers; who did it and why stands in the audit, and beside the member's
//! activity. The member is told by every confirmed way.

use payung_domain::activity::Event;
use payung_domain::ids::{Kpj, MembershipId, PersonId};
use payung_domain::ledger::merging::{merged, transfer};
use payung_domain::ledger::{LedgerProblem, Posting};
use payung_domain::money::Rupiah;
use payung_domain::notify::Notice;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::looks::{Reason, Why};
use payung_domain::staff::{Officer, Right};
use payung_domain::time::{Instant, Zone};
use payung_storage::{Fault, Tx, accounts, ledger, members};

use super::acts::tell_activity;
use super::{Line, by_line};
use crate::{App, notices};

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Everything that is saved under the first number goes to the second.
    Merge,
    /// What a merge moved comes back.
    Part,
}

/// What the command line gives.
#[derive(Clone, Copy, Debug)]
pub struct ByLine<'a> {
    /// The number that is given up.
    pub from: &'a Kpj,
    /// The one that stays.
    pub into: &'a Kpj,
    /// Who acts.
    pub officer: &'a Officer,
    /// Why. The member reads it.
    pub reason: &'a str,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merged {
    /// So much moved.
    Done(Rupiah),
    /// It is so already: nothing is saved under the first number, or the two are not merged.
    Nothing,
    /// Part of what a merge moved is gone since, so that it cannot come back.
    Gone,
    /// There is no such number, or both are the same.
    Unknown,
    /// They are numbers of two people.
    TwoPeople,
    /// This officer works at the desk, and may not do this, or not for themselves.
    NotAllowed,
}

/// Merges two numbers, or takes them apart. Whoever may run the command line is trusted to be who they
/// say; an officer whom the desk knows is held to what the desk allows them.
pub async fn merge(app: &App, wish: Wish, line: &ByLine<'_>) -> Result<Merged, Fault> {
    let (vault, now) = (app.store.vault(), app.clock.now());
    let mut tx = app.store.write().await?;
    let first = members::by_kpj(&mut tx, vault, line.from).await?;
    let second = members::by_kpj(&mut tx, vault, line.into).await?;
    let is_one = line.from != line.into;
    let (Some(first), Some(second)) = (first.filter(|_| is_one), second) else {
        return in_vain(app, tx, (wish, line), (Merged::Unknown, now)).await;
    };
    let person = first.id;
    if person != second.id {
        return in_vain(app, tx, (wish, line), (Merged::TwoPeople, now)).await;
    }
    let merged =
        if by_line::may(&mut tx, line.officer, Right::DecideCorrection, Some(person)).await? {
            moved(&mut tx, wish, line, person, now).await?
        } else {
            Merged::NotAllowed
        };
    note(app, &mut tx, (wish, line), Some(person), (merged, now)).await?;
    let account = accounts::of_person(&mut tx, person).await?;
    if let (Merged::Done(_), Some(account)) = (merged, account) {
        let reason = Reason { why: Why::Request, text: line.reason.to_owned() };
        let told = (Event::StaffChanged, line.officer.as_str(), &reason);
        tell_activity(app, &mut tx, account.id, told, now).await?;
        let notice = Notice::NumbersJoined {
            from: line.from.masked(),
            into: line.into.masked(),
            is_undone: wish == Wish::Part,
            officer: line.officer.as_str().to_owned(),
            at: now,
        };
        notices::tell_everywhere(app, &mut tx, &account, &notice, now).await?;
    }
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(merged)
}

async fn moved(
    tx: &mut Tx,
    wish: Wish,
    line: &ByLine<'_>,
    person: PersonId,
    now: Instant,
) -> Result<Merged, Fault> {
    let numbers = members::memberships(tx, person).await?;
    let of = |kpj: &Kpj| numbers.iter().find(|one| one.kpj == *kpj).map(|one| one.id);
    let (Some(from), Some(into)) = (of(line.from), of(line.into)) else {
        return Ok(Merged::Unknown);
    };
    // Always in the same order, so that no two wait for each other.
    let mut ends = Vec::new();
    for id in [from.min(into), from.max(into)] {
        ends.push((id, ledger::end_locked(tx, id).await?));
    }
    let postings = ledger::of_person(tx, person).await?;
    let of = |id: MembershipId| -> Vec<Posting> {
        postings.iter().filter(|posting| posting.membership == id).cloned().collect()
    };
    let (source, target, amount) = match wish {
        Wish::Merge => (from, into, of(from).last().map(|last| last.balance)),
        Wish::Part => (into, from, merged(&of(from), &of(into))),
    };
    let Some(amount) = amount.filter(|amount| *amount > Rupiah::ZERO) else {
        return Ok(Merged::Nothing);
    };
    let end = |id: MembershipId| ends.iter().find(|(known, _)| *known == id).map(|(_, end)| *end);
    let (Some(mut source), Some(mut target)) = (end(source), end(target)) else {
        return Ok(Merged::Unknown);
    };
    match transfer(&mut source, &mut target, amount, now.date(Zone::default())) {
        Ok(pair) => {
            ledger::add(tx, &pair).await?;
            Ok(Merged::Done(amount))
        }
        Err(LedgerProblem::Overdrawn { .. }) => Ok(Merged::Gone),
        Err(problem) => Err(Fault::new("merging two member numbers", problem)),
    }
}

/// Nothing is done, and that it was tried is kept. Whose numbers those are is not: they are two, or nobody.
async fn in_vain(
    app: &App,
    mut tx: Tx,
    asked: (Wish, &ByLine<'_>),
    (why, now): (Merged, Instant),
) -> Result<Merged, Fault> {
    note(app, &mut tx, asked, None, (why, now)).await?;
    tx.commit().await?;
    Ok(why)
}

async fn note(
    app: &App,
    tx: &mut Tx,
    (wish, line): (Wish, &ByLine<'_>),
    person: Option<PersonId>,
    (merged, now): (Merged, Instant),
) -> Result<(), Fault> {
    let about = Line {
        act: match wish {
            Wish::Merge => Act::NumbersMerged,
            Wish::Part => Act::NumbersParted,
        },
        outcome: match merged {
            Merged::Done(_) => Outcome::Done,
            Merged::NotAllowed => Outcome::Refused,
            _ => Outcome::Nothing,
        },
        person,
        detail: "",
        reason: line.reason,
    };
    by_line::note(app, tx, line.officer, now, about).await
}
