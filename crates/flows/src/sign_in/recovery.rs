//! A recovery code as the second step (M06). The password was right before it: a code stands in for
//! one step, never for both (R4).

use std::time::Duration;

use payung_domain::accounts::{Account, StoredPassword};
use payung_domain::activity::Event;
use payung_domain::authenticators::Kind;
use payung_domain::lockout::{Counter, Verdict};
use payung_domain::notify::{FactorChange, Notice};
use payung_domain::recovery_codes::{RecoveryCode, Unreadable};
use payung_domain::second_factor::{self, Way};
use payung_domain::secret::Secret;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::sign_ins::SignIn;
use payung_storage::{Fault, Tx, factors, throttles};

use super::code::Missed;
use super::opening::{Ending, Opened, finish};
use super::step::{Found, open_alone};
use crate::gates::{self, Door};
use crate::hashing::Place;
use crate::{App, Visit, authenticators, notices};

/// What follows a recovery code.
#[derive(Debug)]
pub enum Answer {
    /// Signed in.
    SignedIn {
        /// The session and where it leads.
        opened: Opened,
        /// The code that takes the place of the used one, in groups of four, this once (G-08).
        next: Option<Secret>,
    },
    /// What was typed is no recovery code. Costs no try.
    Unreadable(Unreadable),
    /// It is none of this account, or was used before.
    Wrong,
    /// Too many misses: no try before this moment.
    Paused(Instant),
    /// Far too many: no try until a passkey opens the second step, or somebody does (E-01).
    Locked,
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
    /// No room for another check right now. Costs no try.
    Busy,
}

/// Checks a recovery code.
///
/// Misses count together with those of other codes. A try costs one slow hash whether the code is
/// right, wrong or one of none: its place, from a quick keyed hash, says which row it would be. A
/// right one costs another, of the code that takes its place.
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
    let (Ok(turn), Ok(making)) = (app.hasher.place(), app.hasher.place()) else {
        return Ok(Found::Open(Answer::Busy));
    };

    let mut tx = app.store.write().await?;
    let counted = count(app, &mut tx, visit, token, ending).await?;
    let Found::Open(Ok((counted, account))) = counted else {
        tx.commit().await?;
        return Ok(match counted {
            Found::Open(Err(answer)) => Found::Open(answer),
            Found::Finished(at) => Found::Finished(at),
            _ => Found::Gone,
        });
    };
    let place = code.place(&app.keys.codes, account.id);
    let stored = factors::code_at(&mut tx, account.id, place).await?;
    let places = factors::places(&mut tx, account.id).await?;
    tx.commit().await?;

    let checked = turn.check(code.secret().clone(), stored.clone()).await?;
    let next = if checked.matched {
        Some(replacement(app, &account, &places, making).await?)
    } else {
        None
    };

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
        let missed = super::code::miss(app, &mut tx, visit, &account, counted).await?;
        tx.commit().await?;
        app.outbox.notify_one();
        return Ok(Found::Open(match missed {
            Missed::MayTryAgain => Answer::Wrong,
            Missed::Paused(until) => Answer::Paused(until),
            Missed::Locked => Answer::Locked,
        }));
    }
    let done = let_in(app, &mut tx, visit, (&sign_in, &account), ending, next).await?;
    // Another request may have finished it between our look and our write.
    let Some(answer) = done else { return Ok(Found::Finished(visit.now)) };
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Found::Open(answer))
}

/// Signs in who used a code up: another one takes its place, and its owner hears of it.
/// `None` when the sign-in is finished already.
async fn let_in(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    (sign_in, account): (&SignIn, &Account),
    ending: Ending<'_>,
    next: Option<Replacement>,
) -> Result<Option<Answer>, Fault> {
    throttles::clear(tx, &super::code_subject(app, account.id)).await?;
    authenticators::used(app, tx, visit, account.id, Kind::RecoveryCodes).await?;
    let finished = finish(app, tx, visit, sign_in, account, Way::RecoveryCode, ending).await?;
    let Some(opened) = finished else { return Ok(None) };
    let next = replace(app, tx, visit, account, next).await?;
    Ok(Some(Answer::SignedIn { opened, next }))
}

/// Keeps the code that takes the place of the used one, and tells the owner everywhere (G-08).
pub(crate) async fn replace(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    next: Option<Replacement>,
) -> Result<Option<Secret>, Fault> {
    notices::note(app, tx, visit, account.id, Event::RecoveryCodeUsed).await?;
    let next = match next {
        Some(next) => keep(tx, visit, account, next).await?,
        None => None,
    };
    let left = factors::codes_left(tx, account.id).await?.map_or(0, |codes| codes.on_sheet);
    let notice = Notice::FactorChanged {
        change: FactorChange::CodeUsed { left: u32::try_from(left).unwrap_or(0) },
        device: visit.device.clone(),
        at: visit.now,
    };
    notices::tell_everywhere(app, tx, account, &notice, visit.now).await?;
    Ok(next)
}

/// A code on its way: what is shown, where it stands, and what is kept of it.
pub(crate) struct Replacement {
    code: RecoveryCode,
    place: u32,
    hash: StoredPassword,
}

/// A code whose place is its own among those of the account.
pub(crate) async fn replacement(
    app: &App,
    account: &Account,
    taken: &[u32],
    making: Place,
) -> Result<Replacement, Fault> {
    let (code, place) = loop {
        let code = RecoveryCode::new(&*app.dice);
        let place = code.place(&app.keys.codes, account.id);
        // Some ten of 65,536 are taken.
        if !taken.contains(&place) {
            break (code, place);
        }
    };
    let hash = making.make(code.secret().clone()).await?;
    Ok(Replacement { code, place, hash })
}

/// Keeps the code that takes the place of the used one. Nothing is shown where another one took its
/// place meanwhile.
async fn keep(
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    next: Replacement,
) -> Result<Option<Secret>, Fault> {
    // Later than the sheet in any case: that is how the two are told apart.
    let sheet = factors::codes_left(tx, account.id).await?.map(|codes| codes.made_at);
    let later = sheet.map(|made_at| made_at.plus(Duration::from_micros(1)));
    let made_at = later.map_or(visit.now, |later| later.max(visit.now));
    let is_kept = factors::add_code(tx, account.id, next.place, &next.hash, made_at).await?;
    Ok(is_kept.then(|| next.code.in_groups()))
}

/// Counts the try before the code is looked at, so that parallel guesses share one limit (E-03).
async fn count(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    token: &Token,
    ending: Ending<'_>,
) -> Result<Found<Result<(Counter, Account), Answer>>, Fault> {
    if let Some(until) = gates::too_many(app, tx, visit, Door::Code).await? {
        return Ok(Found::Open(Err(Answer::TooMany { until })));
    }
    let (_, account) = match open_alone(tx, visit, token).await? {
        Found::Open(found) if ending.fits(&found.0) => found,
        Found::Finished(at) => return Ok(Found::Finished(at)),
        Found::Open(_) | Found::Gone => return Ok(Found::Gone),
    };
    let subject = super::code_subject(app, account.id);
    let before = throttles::locked(tx, &subject, visit.now).await?;
    Ok(Found::Open(match second_factor::may_try(before, visit.now) {
        Verdict::Try(counted) => {
            throttles::set(tx, &subject, counted, visit.now).await?;
            Ok((counted, account))
        }
        Verdict::Paused(until) => Err(Answer::Paused(until)),
        Verdict::Locked => Err(Answer::Locked),
    }))
}
