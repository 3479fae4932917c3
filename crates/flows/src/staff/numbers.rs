//! The code that proves a new number which two officers are to bring. It goes to the number, and
//! whoever holds that types it on a page of ours, without a session: no officer sees it, and nobody
//! reads it aloud (P-06). Until then no second officer approves.

use payung_domain::accounts::Account;
use payung_domain::contact::{ContactProblem, Phone};
use payung_domain::contact_codes::{Purpose, Undertaking, count_try};
use payung_domain::ids::ActId;
use payung_domain::keyed::{Tag, digest};
use payung_domain::language::Language;
use payung_domain::second_factor::{Code, CodeProblem, Destination, Sending};
use payung_domain::staff::Right;
use payung_domain::staff::acts::DeskAct;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::source::Source;
use payung_domain::time::Instant;
use payung_storage::staff::acts as kept_acts;
use payung_storage::{Fault, Tx, accounts, throttles};

use super::acts::{NotShown, by_nobody, found};
use super::{Line, SignedIn, note};
use crate::contact_codes::{self, Checked};
use crate::gates::{self, Door};
use crate::{App, Visit};

/// One number may be asked for by so many accounts at a time; whoever holds it proves it for one.
const MOST: u32 = 3;

/// The account is not named: what was sent is nothing for its inbox, which the number is not part of.
const fn undertaking(id: Tag, language: Language) -> Undertaking {
    Undertaking { id, purpose: Purpose::Desk, account: None, language }
}

fn name_of(act: &DeskAct) -> Tag {
    digest(act.id.0.as_bytes())
}

/// Sends a code to the new number of an act, if it waits for one.
pub(super) async fn send(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    act: &DeskAct,
) -> Result<Option<Sending>, Fault> {
    let Some(to) = act.new.as_ref().filter(|_| act.waits_for_code()) else { return Ok(None) };
    let of = undertaking(name_of(act), account.language);
    contact_codes::send(app, tx, visit, &of, to).await.map(Some)
}

/// What came of asking for another code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// It is on its way.
    Sent,
    /// Not before this moment.
    Wait(Instant),
    /// There were too many today.
    NoMoreToday,
    /// The act waits for none.
    Nothing,
    /// The act is none of this officer's.
    NotShown(NotShown),
}

/// Has another code sent.
pub async fn send_again(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    id: ActId,
) -> Result<Again, Fault> {
    let mut tx = app.store.write().await?;
    let act = Act::CodeSent;
    let again = match found(app, &mut tx, visit, signed_in, (id, Right::Help, act)).await? {
        Err(why) => Again::NotShown(why),
        Ok((shown, account)) => {
            let again = if shown.ended.is_some() {
                Again::Nothing
            } else {
                again_of(send(app, &mut tx, visit, &account, &shown).await?)
            };
            let (person, detail) = (Some(account.person), shown.kind.name());
            let line = Line { outcome: outcome_of(again), person, detail, ..Line::done(act) };
            note(app, &mut tx, signed_in, visit.now, line).await?;
            again
        }
    };
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(again)
}

const fn again_of(sending: Option<Sending>) -> Again {
    match sending {
        None => Again::Nothing,
        Some(Sending::Now) => Again::Sent,
        Some(Sending::Wait(until)) => Again::Wait(until),
        Some(Sending::NoMoreToday) => Again::NoMoreToday,
    }
}

const fn outcome_of(again: Again) -> Outcome {
    match again {
        Again::Sent => Outcome::Done,
        Again::Nothing => Outcome::Nothing,
        Again::Wait(_) | Again::NoMoreToday => Outcome::TooMuch,
        Again::NotShown(_) => Outcome::Refused,
    }
}

/// What came of typing a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proved {
    /// The number is proved.
    Done,
    /// It is no number.
    NoNumber(ContactProblem),
    /// It is no code. Costs no try.
    Unreadable(CodeProblem),
    /// The code does not match, or nobody asked for this number: one answer (F-03).
    Wrong,
    /// It matched, but its time was over.
    Late,
    /// Too many misses: no try before this moment.
    Paused(Instant),
    /// Too many requests from there, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// Proves a number with the code that went to it. Of any number at the same time, one does.
pub async fn prove(app: &App, visit: &Visit, number: &str, typed: &str) -> Result<Proved, Fault> {
    let to = match Phone::parse(number) {
        Ok(phone) => Destination::Sms(phone),
        Err(problem) => return Ok(Proved::NoNumber(problem)),
    };
    if let Err(problem) = Code::parse(typed) {
        return Ok(Proved::Unreadable(problem));
    }
    let mut tx = app.store.write().await?;
    if let Some(until) = gates::too_many(app, &mut tx, visit, Door::Contact).await? {
        tx.commit().await?;
        return Ok(Proved::TooMany { until });
    }
    let proved = check(app, &mut tx, visit, &to, typed).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(proved)
}

async fn check(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    to: &Destination,
    typed: &str,
) -> Result<Proved, Fault> {
    let waiting = kept_acts::bringing(tx, app.store.vault(), to, MOST).await?;
    let mut said = None;
    for act in &waiting {
        let of = undertaking(name_of(act), visit.language);
        let answer = answer_of(contact_codes::check(app, tx, visit, &of, to, typed).await?);
        if answer == Proved::Done {
            return confirm(app, tx, act, visit.now).await;
        }
        said = Some(answer);
    }
    match said {
        Some(answer) => Ok(answer),
        None => nobodys(app, tx, to, visit.now).await,
    }
}

/// A number that nobody asked for is counted and answered like any other (F-03), and voids no code that
/// went there for something else (L4).
async fn nobodys(app: &App, tx: &mut Tx, to: &Destination, now: Instant) -> Result<Proved, Fault> {
    let number = to.expose().as_bytes();
    let subject = app.keys.counters.tag(&[b"codes for a number nobody asked for", number]);
    let before = throttles::locked(tx, &subject, now).await?;
    let after = match count_try(before, now) {
        Ok(after) => after,
        Err(until) => return Ok(Proved::Paused(until)),
    };
    throttles::set(tx, &subject, after, now).await?;
    Ok(count_try(after, now).err().map_or(Proved::Wrong, Proved::Paused))
}

const fn answer_of(checked: Checked) -> Proved {
    match checked {
        Checked::Right => Proved::Done,
        Checked::Late => Proved::Late,
        Checked::Wrong => Proved::Wrong,
        Checked::Paused(until) => Proved::Paused(until),
        Checked::Unreadable(problem) => Proved::Unreadable(problem),
    }
}

async fn confirm(app: &App, tx: &mut Tx, act: &DeskAct, now: Instant) -> Result<Proved, Fault> {
    let Some(account) = accounts::get(tx, act.account).await? else { return Ok(Proved::Wrong) };
    if !kept_acts::confirm(tx, act.id, now).await? {
        return Ok(Proved::Wrong);
    }
    let line = (Source::Member, Act::NumberProved, act.kind.name());
    by_nobody(app, tx, line, account.person, now).await?;
    Ok(Proved::Done)
}
