//! A recovery code as the second step (M06). The password was right before it: a code stands in for
//! one step, never for both (R4).

use payung_domain::activity::Event;
use payung_domain::lockout::{Counter, Verdict};
use payung_domain::notify::{FactorChange, Notice};
use payung_domain::recovery_codes::{RecoveryCode, Unreadable};
use payung_domain::second_factor::{self, Way};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::{Fault, factors, throttles};

use super::opening::{Ending, Opened, finish};
use super::step::{Found, open_alone};
use crate::{App, Visit, notices};

/// What follows a recovery code.
#[derive(Debug)]
pub enum Answer {
    /// Signed in.
    SignedIn(Opened),
    /// What was typed is no recovery code. Costs no try.
    Unreadable(Unreadable),
    /// It is none of this account, or was used before.
    Wrong,
    /// Too many misses: no try before this moment.
    Paused(Instant),
    /// No room for another check right now. Costs no try.
    Busy,
}

/// Checks a recovery code.
///
/// Misses count together with those of other codes. A try costs one slow hash whether the code is
/// right, wrong or one of none: its place, from a quick keyed hash, says which row it would be.
pub async fn submit(
    app: &App,
    visit: &Visit,
    token: &Token,
    typed: &str,
    ending: Ending<'_>,
) -> Result<Found<Answer>, Fault> {
    let code = match RecoveryCode::parse(typed) {
        Ok(code) => code,
        Err(problem) => return Ok(Found::Open(Answer::Unreadable(problem))),
    };
    let Ok(turn) = app.hasher.place() else { return Ok(Found::Open(Answer::Busy)) };

    // Counted before the code is looked at, so that parallel guesses share one limit (E-03).
    let mut tx = app.store.write().await?;
    let (_, account) = match open_alone(&mut tx, visit, token).await? {
        Found::Open(found) if ending.fits(&found.0) => found,
        Found::Finished(at) => return Ok(Found::Finished(at)),
        Found::Open(_) | Found::Gone => return Ok(Found::Gone),
    };
    let subject = super::code_subject(app, account.id);
    let before = throttles::locked(&mut tx, &subject, visit.now).await?;
    let counted: Counter = match second_factor::may_try(before, visit.now) {
        Verdict::Try(counted) => counted,
        Verdict::Paused(until) => return Ok(Found::Open(Answer::Paused(until))),
        Verdict::Locked => {
            return Ok(Found::Open(Answer::Paused(visit.now.plus(second_factor::PAUSE))));
        }
    };
    throttles::set(&mut tx, &subject, counted, visit.now).await?;
    let place = code.place(&app.keys.codes, account.id);
    let stored = factors::code_at(&mut tx, account.id, place).await?;
    tx.commit().await?;

    let checked = turn.check(code.secret().clone(), stored.clone()).await?;

    let mut tx = app.store.write().await?;
    // First the sign-in, then its counter, as above: two that wait for each other would never end.
    let (sign_in, account) = match open_alone(&mut tx, visit, token).await? {
        Found::Open(found) => found,
        Found::Finished(at) => return Ok(Found::Finished(at)),
        Found::Gone => return Ok(Found::Gone),
    };
    let is_used_up = match stored {
        Some(stored) if checked.matched => {
            factors::use_code_at(&mut tx, account.id, place, &stored, visit.now).await?
        }
        _ => false,
    };
    if !is_used_up {
        let paused = super::code::miss(app, &mut tx, visit, &account, counted).await?;
        tx.commit().await?;
        app.outbox.notify_one();
        return Ok(Found::Open(paused.map_or(Answer::Wrong, Answer::Paused)));
    }
    throttles::clear(&mut tx, &subject).await?;
    let Some(opened) =
        finish(app, &mut tx, visit, &sign_in, &account, Way::RecoveryCode, ending).await?
    else {
        return Ok(Found::Finished(visit.now));
    };
    notices::note(app, &mut tx, visit, account.id, Event::RecoveryCodeUsed).await?;
    let left = factors::codes_left(&mut tx, account.id).await?.map_or(0, |codes| codes.left);
    let notice = Notice::FactorChanged {
        change: FactorChange::CodeUsed { left: u32::try_from(left).unwrap_or(0) },
        device: visit.device.clone(),
        at: visit.now,
    };
    notices::tell_everywhere(app, &mut tx, &account, &notice, visit.now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Found::Open(Answer::SignedIn(opened)))
}
