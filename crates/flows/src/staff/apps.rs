//! The applications that one member let in, as an operator sees them, and taking one of them back as its
//! member could (K-20). By the command line alone; the member hears of it either way.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::contact::Identifier;
use payung_domain::ids::PersonId;
use payung_domain::notify::Notice;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::looks::Reason;
use payung_domain::staff::{Officer, Right};
use payung_storage::{Fault, Tx, accounts};

use super::acts::tell_activity;
use super::looks::tell as tell_of_look;
use super::{Line, by_line};
use crate::oidc::connected::{self, Connected, Own};
use crate::{App, Visit, notices};

/// What the operator's command line says.
#[derive(Clone, Copy, Debug)]
pub struct ByLine<'a> {
    /// The member number, address or phone number, as typed.
    pub member: &'a str,
    /// Who acts.
    pub officer: &'a Officer,
    /// Why.
    pub reason: &'a Reason,
}

/// Why nothing is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDone {
    /// Nobody with an account has this number or address.
    Nobody,
    /// This officer works at the desk, and may not do this, or not for themselves.
    NotAllowed,
}

/// The applications that may see something of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetIn {
    /// Those that the member agreed to, the latest first.
    pub connected: Vec<Connected>,
    /// Those of the programme itself that hold something of the member.
    pub own: Vec<Own>,
}

/// Shows which applications a member let in. It is a look at the record like any other: the member is
/// told (P-07).
pub async fn list(
    app: &App,
    visit: &Visit,
    line: &ByLine<'_>,
) -> Result<Result<LetIn, NotDone>, Fault> {
    let mut tx = app.store.write().await?;
    let (person, found) = whose(app, &mut tx, visit, line).await?;
    if let Ok(account) = &found {
        let (officer, why) = (line.officer.as_str(), (line.reason, None));
        tell_of_look(app, &mut tx, officer, account.person, why, visit.now).await?;
    }
    let outcome = found.as_ref().map_or_else(|why| outcome_of(*why), |_| Outcome::Done);
    let about = Line { act: Act::AppsRead, outcome, person, detail: "", reason: &line.reason.text };
    by_line::note(app, &mut tx, line.officer, visit.now, about).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    let account = match found {
        Ok(account) => account.id,
        Err(why) => return Ok(Err(why)),
    };
    let connected = connected::list(app, account).await?;
    let mut own = connected::own(app, account).await?;
    own.retain(|one| one.is_open);
    Ok(Ok(LetIn { connected, own }))
}

/// Takes back what a member let an application do: every token of it is dead when this returns.
/// `false` where there was nothing to take back.
pub async fn take_back(
    app: &App,
    visit: &Visit,
    line: &ByLine<'_>,
    client: &str,
) -> Result<Result<bool, NotDone>, Fault> {
    let mut tx = app.store.write().await?;
    let (person, found) = whose(app, &mut tx, visit, line).await?;
    let done = match &found {
        Ok(account) => Ok(end(app, &mut tx, visit, account, (line, client)).await?),
        Err(why) => Err(*why),
    };
    let (outcome, detail) = match done {
        // What was typed and is nothing is not written down.
        Ok(false) => (Outcome::Nothing, ""),
        Ok(true) => (Outcome::Done, client),
        Err(why) => (outcome_of(why), ""),
    };
    let about = Line { act: Act::AppTakenBack, outcome, person, detail, reason: &line.reason.text };
    by_line::note(app, &mut tx, line.officer, visit.now, about).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(done)
}

/// The member of a command, and their account where this officer may do something about it.
async fn whose(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    line: &ByLine<'_>,
) -> Result<(Option<PersonId>, Result<Account, NotDone>), Fault> {
    let readings = Identifier::readings(line.member);
    let found = accounts::find_to_recover(tx, app.store.vault(), &readings, visit.now).await?;
    let Some(account) = found else { return Ok((None, Err(NotDone::Nobody))) };
    let person = Some(account.person);
    let may = by_line::may(tx, line.officer, Right::Help, person).await?;
    Ok((person, if may { Ok(account) } else { Err(NotDone::NotAllowed) }))
}

const fn outcome_of(why: NotDone) -> Outcome {
    match why {
        NotDone::Nobody => Outcome::Nothing,
        NotDone::NotAllowed => Outcome::Refused,
    }
}

async fn end(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    (line, client): (&ByLine<'_>, &str),
) -> Result<bool, Fault> {
    if !connected::take_back(app, tx, account.id, client, visit.now).await? {
        return Ok(false);
    }
    let officer = line.officer.as_str();
    let happened = (Event::StaffTookAppBack, officer, line.reason);
    tell_activity(app, tx, account.id, happened, visit.now).await?;
    let notice = Notice::DeskHelped {
        what: "take-app-back".to_owned(),
        officer: officer.to_owned(),
        why: line.reason.why.name().to_owned(),
        at: visit.now,
    };
    notices::tell_everywhere(app, tx, account, &notice, visit.now).await?;
    Ok(true)
}
