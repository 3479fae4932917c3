//! Officers at the command line. Whoever may run the program is trusted to be who they say, and is held to
//! what the desk allows the officer they name: what its pages call does the same for them, and refuses
//! the same (P-02, P-04). That they came this way, and as which user of the machine, is a line of its own.

use std::time::Duration;

use payung_domain::ids::PersonId;
use payung_domain::marks::Mark;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::source::Source;
use payung_domain::staff::{IDLE, Officer, Right, Session, Staff};
use payung_domain::time::Instant;
use payung_storage::staff::{self as kept, audit as lines};
use payung_storage::{Fault, Tx};

use super::{Line, SignedIn};
use crate::{App, Visit};

/// The officer of this name, for as long as one command takes. `None` when nobody who works at the desk
/// has it, or they are shut out; that is written down, too.
pub async fn officer(
    app: &App,
    visit: &Visit,
    name: &Officer,
    reason: &str,
) -> Result<Option<SignedIn>, Fault> {
    let now = visit.now;
    let mut tx = app.store.write().await?;
    let found = kept::named(&mut tx, name).await?;
    let staff = found.filter(|staff| staff.disabled_at.is_none());
    let outcome = if staff.is_some() { Outcome::Done } else { Outcome::Refused };
    came(app, &mut tx, (name, staff.as_ref()), now, (outcome, reason)).await?;
    tx.commit().await?;
    Ok(staff.map(|staff| {
        // Never kept: no browser can have it, and it is over with the command.
        let session = Session {
            staff: staff.id,
            created_at: now,
            seen_at: now,
            proved_at: now,
            ended_at: None,
        };
        SignedIn { staff, session, until: now.plus(IDLE), source: Source::CommandLine }
    }))
}

/// Whether an officer who is only named may do this about somebody. Whom the desk knows is held to what it
/// allows them, and never for themselves; a fund without a desk has nobody to know.
pub(crate) async fn may(
    tx: &mut Tx,
    officer: &Officer,
    right: Right,
    person: Option<PersonId>,
) -> Result<bool, Fault> {
    let Some(staff) = kept::named(tx, officer).await? else { return Ok(true) };
    let is_own = match person {
        Some(person) => kept::is_own(tx, staff.id, person).await?,
        None => false,
    };
    Ok(!is_own && staff.disabled_at.is_none() && staff.role.may(right))
}

/// Writes down what an officer did who is only named, and before it that they came this way, and as
/// which user of the machine.
pub(crate) async fn note(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    now: Instant,
    line: Line<'_>,
) -> Result<(), Fault> {
    let known = kept::named(tx, officer).await?;
    let is_out = known.as_ref().is_some_and(|staff| staff.disabled_at.is_some());
    let outcome = if is_out { Outcome::Refused } else { Outcome::Done };
    let who = (officer, known.as_ref());
    came(app, tx, who, now, (outcome, line.reason)).await?;
    write(app, tx, who, now, line).await
}

/// That somebody came, a moment before whatever they did: lines of one moment have no order.
async fn came(
    app: &App,
    tx: &mut Tx,
    who: (&Officer, Option<&Staff>),
    now: Instant,
    (outcome, reason): (Outcome, &str),
) -> Result<(), Fault> {
    let line = Line { outcome, detail: &app.operator, reason, ..Line::done(Act::CameByLine) };
    write(app, tx, who, now.minus(Duration::from_micros(1)), line).await
}

async fn write(
    app: &App,
    tx: &mut Tx,
    (officer, known): (&Officer, Option<&Staff>),
    now: Instant,
    line: Line<'_>,
) -> Result<(), Fault> {
    let role = known.map_or("", |staff| staff.role.name());
    let who = (known.map(|staff| staff.id), officer.as_str(), role);
    let mark = Mark { at: now, id: app.dice.id() };
    lines::add(tx, app.store.vault(), &line.by(mark, who, Source::CommandLine)).await
}
