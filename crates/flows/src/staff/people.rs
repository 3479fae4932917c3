//! Who works at the desk: listed, shut out, let in again. By an administrator with a passkey used a
//! moment ago, or by the operator's command line.

use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::{Officer, Right, Staff};
use payung_storage::staff::{self as kept, sessions};
use payung_storage::{Fault, Tx};

use super::{Denied, Line, SignedIn, check, note, operator};
use crate::{App, Visit};

/// What came of shutting somebody out or letting them in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is so from now on.
    Done,
    /// It was so before, or nobody has this name.
    Nothing,
    /// It would have been oneself (P-02).
    Own,
    /// The same person is in under another name: nobody is two officers at a time (P-04).
    Twin,
    /// It was not allowed.
    Denied(Denied),
}

/// Everybody, by name, for the operator.
pub async fn all(app: &App) -> Result<Vec<Staff>, Fault> {
    let mut tx = app.store.read().await?;
    kept::list(&mut tx).await
}

/// Everybody, by name, for an administrator.
pub async fn list(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
) -> Result<Result<Vec<Staff>, Denied>, Fault> {
    let mut tx = app.store.write().await?;
    let act = Act::StaffListed;
    if let Err(denied) = check(app, &mut tx, visit, signed_in, Right::ManageStaff, act).await? {
        tx.commit().await?;
        return Ok(Err(denied));
    }
    note(app, &mut tx, signed_in, visit.now, Line::done(act)).await?;
    let all = kept::list(&mut tx).await?;
    tx.commit().await?;
    Ok(Ok(all))
}

/// Shuts somebody out, with every session they have, or lets them in again.
pub async fn switch(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    name: &Officer,
    is_out: bool,
    reason: &str,
) -> Result<Changed, Fault> {
    let mut tx = app.store.write().await?;
    let act = act_of(is_out);
    if let Err(denied) = check(app, &mut tx, visit, signed_in, Right::ManageStaff, act).await? {
        tx.commit().await?;
        return Ok(Changed::Denied(denied));
    }
    let changed = if *name == signed_in.staff.name {
        Changed::Own
    } else {
        set(app, &mut tx, name, is_out).await?
    };
    let outcome = outcome_of(changed);
    let line = Line { act, outcome, person: None, detail: name.as_str(), reason };
    note(app, &mut tx, signed_in, visit.now, line).await?;
    tx.commit().await?;
    Ok(changed)
}

/// The same by the operator.
pub async fn switch_by_operator(
    app: &App,
    name: &Officer,
    is_out: bool,
    reason: &str,
) -> Result<bool, Fault> {
    let mut tx = app.store.write().await?;
    let changed = set(app, &mut tx, name, is_out).await?;
    let (act, outcome) = (act_of(is_out), outcome_of(changed));
    let line = Line { act, outcome, person: None, detail: name.as_str(), reason };
    operator::note(app, &mut tx, app.clock.now(), line).await?;
    tx.commit().await?;
    Ok(changed == Changed::Done)
}

async fn set(app: &App, tx: &mut Tx, name: &Officer, is_out: bool) -> Result<Changed, Fault> {
    let now = app.clock.now();
    let Some(staff) = kept::named(tx, name).await? else { return Ok(Changed::Nothing) };
    if !is_out && kept::has_twin(tx, staff.id).await? {
        return Ok(Changed::Twin);
    }
    if !kept::disable(tx, staff.id, is_out.then_some(now)).await? {
        return Ok(Changed::Nothing);
    }
    if is_out {
        sessions::end_all(tx, staff.id, now).await?;
        // Whoever is let in again comes with the passkey, not with a link from before (R6).
        kept::withdraw_invitations(tx, staff.id).await?;
    }
    Ok(Changed::Done)
}

const fn outcome_of(changed: Changed) -> Outcome {
    match changed {
        Changed::Done => Outcome::Done,
        Changed::Nothing => Outcome::Nothing,
        Changed::Own | Changed::Twin | Changed::Denied(_) => Outcome::Refused,
    }
}

const fn act_of(is_out: bool) -> Act {
    if is_out { Act::Disabled } else { Act::Enabled }
}
