//! A second officer approves an act, and its day begins; or one officer is enough to refuse it.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::ids::ActId;
use payung_domain::notify::DeskStage;
use payung_domain::staff::Right;
use payung_domain::staff::acts::{DELAY, DeskAct, End, Hand, NotApproved};
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::looks::{NoReason, Reason};
use payung_domain::time::Instant;
use payung_storage::staff::{self as kept, acts as kept_acts};
use payung_storage::{Fault, Tx};

use super::super::{Line, SignedIn, note};
use super::ending::end;
use super::news::{tell, tell_activity};
use super::{NotShown, found, version};
use crate::{App, Visit};

/// What came of approving or refusing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// It is approved, and done at this moment.
    Approved(Instant),
    /// It is refused.
    Refused,
    /// The reason is none.
    NoReason(NoReason),
    /// It cannot be approved: why.
    Not(NotApproved),
    /// It is not this officer's to decide: why.
    NotShown(NotShown),
}

/// Approves an act as the second officer. The day begins now.
pub async fn approve(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    id: ActId,
    typed: &str,
) -> Result<Decided, Fault> {
    decide(app, visit, signed_in, (id, typed), How::Approve).await
}

/// Refuses an act, or takes it back. One officer is enough: everything stays as it is.
pub async fn refuse(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    id: ActId,
    typed: &str,
) -> Result<Decided, Fault> {
    decide(app, visit, signed_in, (id, typed), How::Refuse).await
}

#[derive(Clone, Copy)]
enum How {
    Approve,
    Refuse,
}

impl How {
    /// The right it takes, the word it is written down by, and what came of it where it cannot be done:
    /// whoever refuses what is over was not held back from anything.
    const fn terms(self) -> (Right, Act, Outcome) {
        match self {
            Self::Approve => (Right::Approve, Act::ActApproved, Outcome::Refused),
            Self::Refuse => (Right::Help, Act::ActRefused, Outcome::Nothing),
        }
    }
}

/// What both ways to decide share: who may, the reason, and the line that is written down.
async fn decide(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    (id, typed): (ActId, &str),
    how: How,
) -> Result<Decided, Fault> {
    let mut tx = app.store.write().await?;
    let (right, act, in_vain) = how.terms();
    let decided = match found(app, &mut tx, visit, signed_in, (id, right, act)).await? {
        Err(why) => Decided::NotShown(why),
        Ok((found, account)) => match Reason::parse(found.reason.why.name(), typed) {
            Err(why) => Decided::NoReason(why),
            Ok(reason) => {
                let of = (&found, &account, &reason);
                let decided = match how {
                    How::Approve => take(app, &mut tx, visit, signed_in, of).await?,
                    How::Refuse => turn_down(app, &mut tx, visit, signed_in, of).await?,
                };
                let is_done = matches!(decided, Decided::Approved(_) | Decided::Refused);
                let line = Line {
                    act,
                    outcome: if is_done { Outcome::Done } else { in_vain },
                    person: Some(account.person),
                    detail: found.kind.name(),
                    reason: &reason.text,
                };
                note(app, &mut tx, signed_in, visit.now, line).await?;
                decided
            }
        },
    };
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(decided)
}

async fn take(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (act, account, reason): (&DeskAct, &Account, &Reason),
) -> Result<Decided, Fault> {
    let now = visit.now;
    let present = version(app, tx, act.account, now).await?;
    let by = Hand { id: signed_in.staff.id, name: signed_in.staff.name.clone() };
    if act.ended.is_none() && !asker_counts(tx, act).await? {
        end(app, tx, account, act, (End::Void, by.name.as_str()), now).await?;
        return Ok(Decided::Not(NotApproved::Over(End::Void)));
    }
    if let Err(why) = act.may_be_approved(by.id, &present, now) {
        if why == NotApproved::Changed {
            // What was asked for is about an account that there is no more.
            end(app, tx, account, act, (End::Changed, by.name.as_str()), now).await?;
        }
        return Ok(Decided::Not(why));
    }
    let due_at = now.plus(DELAY);
    if !kept_acts::approve(tx, act.id, &by, due_at, now).await? {
        return Ok(Decided::Not(NotApproved::Already));
    }
    let approved =
        DeskAct { approved: Some((by.clone(), now)), due_at: Some(due_at), ..act.clone() };
    let told = (Event::StaffApproved, by.name.as_str(), reason);
    tell_activity(app, tx, account.id, told, now).await?;
    tell(app, tx, account, &approved, (DeskStage::Approved, by.name.as_str()), now).await?;
    Ok(Decided::Approved(due_at))
}

async fn turn_down(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (act, account, reason): (&DeskAct, &Account, &Reason),
) -> Result<Decided, Fault> {
    let told = DeskAct { reason: reason.clone(), ..act.clone() };
    let how = (End::Refused, signed_in.staff.name.as_str());
    Ok(if end(app, tx, account, &told, how, visit.now).await? {
        Decided::Refused
    } else {
        let how = act.ended.map_or(End::Refused, |(end, _)| end);
        Decided::Not(NotApproved::Over(how))
    })
}

/// Whether who asked for an act still works at the desk. Whoever was found out and shut out leaves
/// nothing behind that a colleague carries on.
pub(in crate::staff) async fn asker_counts(tx: &mut Tx, act: &DeskAct) -> Result<bool, Fault> {
    let asker = kept::get(tx, act.asked_by.id).await?;
    Ok(asker.is_none_or(|by| by.disabled_at.is_none()))
}
