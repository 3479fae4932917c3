//! The second step: a code, and the session that a right one opens.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::authenticators::Kind;
use payung_domain::keyed::same;
use payung_domain::lockout::{self, Counter, Verdict};
use payung_domain::notify::{Notice, STEP_MISSES_WORTH_A_LETTER};
use payung_domain::second_factor::{self, Code, CodeProblem, Way, totp_matches};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::sign_ins::SignIn;
use payung_storage::{Fault, Tx, accounts, sign_ins, throttles};

use super::opening::{Ending, finish};
use super::step::{Asked, Found, asked, open_alone};
use crate::gates::{self, Door};
use crate::{App, Visit, authenticators, notices};

/// What follows a code.
#[derive(Debug)]
pub enum Answer {
    /// Signed in: the browser gets the session and goes where it was going.
    SignedIn {
        /// The token of the session.
        session: Token,
        /// The path to go to.
        landing: String,
    },
    /// What was typed is no code. Costs no try.
    Unreadable(CodeProblem),
    /// It does not match.
    Wrong(Way),
    /// It matched, but its time was over; another one was sent, or could not be.
    Expired(Asked),
    /// That way has been switched off, suspended or taken away meanwhile. Costs no try.
    Closed,
    /// Too many misses: no try before this moment.
    Paused(Instant),
    /// Far too many: no try until a passkey opens the second step, or somebody does (E-01).
    Locked,
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// Checks a code. Everything it changes is one transaction.
pub async fn submit(
    app: &App,
    visit: &Visit,
    token: &Token,
    typed: &str,
    ending: Ending<'_>,
) -> Result<Found<Answer>, Fault> {
    let code = match Code::parse(typed) {
        Ok(code) => code,
        Err(problem) => return Ok(Found::Open(Answer::Unreadable(problem))),
    };
    let mut tx = app.store.write().await?;
    let answer = check(app, &mut tx, visit, token, &code, ending).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(answer)
}

async fn check(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    token: &Token,
    code: &Code,
    ending: Ending<'_>,
) -> Result<Found<Answer>, Fault> {
    if let Some(until) = gates::too_many(app, tx, visit, Door::Code).await? {
        return Ok(Found::Open(Answer::TooMany { until }));
    }
    let (sign_in, account) = match open_alone(tx, visit, token).await? {
        Found::Open(found) if ending.fits(&found.0) => found,
        Found::Finished(at) => return Ok(Found::Finished(at)),
        Found::Open(_) | Found::Gone => return Ok(Found::Gone),
    };
    let Some(way) = sign_in.way.filter(|way| has_codes(*way)) else { return Ok(Found::Gone) };
    let ways = super::ways(app, tx, account.id, visit.now).await?;
    if !super::ways_of(&ways, &sign_in).contains(&way) {
        return Ok(Found::Open(Answer::Closed));
    }
    let subject = super::code_subject(app, account.id);
    // Counted first, in the row's lock: parallel guesses wait for each other here (E-03).
    let before = throttles::locked(tx, &subject, visit.now).await?;
    let counted = match second_factor::may_try(before, visit.now) {
        Verdict::Try(counted) => counted,
        Verdict::Paused(until) => return Ok(Found::Open(Answer::Paused(until))),
        Verdict::Locked => return Ok(Found::Open(Answer::Locked)),
    };
    Ok(Found::Open(match compare(app, tx, visit, &sign_in, way, code).await? {
        Compared::Right => {
            throttles::clear(tx, &subject).await?;
            authenticators::used(app, tx, visit, account.id, kind_of(way)).await?;
            let Some(opened) = finish(app, tx, visit, &sign_in, &account, way, ending).await?
            else {
                // Another request finished it between our look and our write.
                return Ok(Found::Finished(visit.now));
            };
            Answer::SignedIn { session: opened.session, landing: opened.landing }
        }
        Compared::Late => expired(app, tx, visit, &sign_in, &account, way).await?,
        Compared::Wrong => {
            throttles::set(tx, &subject, counted, visit.now).await?;
            match miss(app, tx, visit, &account, counted).await? {
                Missed::MayTryAgain => Answer::Wrong(way),
                Missed::Paused(until) => Answer::Paused(until),
                Missed::Locked => Answer::Locked,
            }
        }
    }))
}

enum Compared {
    Right,
    Late,
    Wrong,
}

/// Compares and, where it matches, uses the code up: of two at the same time one is right (B-02).
async fn compare(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    sign_in: &SignIn,
    way: Way,
    code: &Code,
) -> Result<Compared, Fault> {
    if way == Way::Totp {
        let bound = accounts::app(tx, app.store.vault(), sign_in.account).await?;
        let matched = bound.and_then(|bound| {
            let window = app.settings.app_window;
            totp_matches((&bound.seed, bound.hash), code, bound.last_step, window, visit.now)
        });
        let Some(step) = matched else { return Ok(Compared::Wrong) };
        let is_first = accounts::accept_app_step(tx, sign_in.account, step).await?;
        return Ok(if is_first { Compared::Right } else { Compared::Wrong });
    }
    let tag = code.tag(&app.keys.codes, &sign_in.id);
    let sent = sign_ins::codes(tx, &sign_in.id).await?;
    let mut compared = Compared::Wrong;
    for (known, known_tag) in &sent {
        if !same(known_tag, &tag) {
            continue;
        }
        if known.is_good(visit.now) && sign_ins::use_code(tx, known.id, visit.now).await? {
            return Ok(Compared::Right);
        }
        if known.is_late(visit.now) {
            compared = Compared::Late;
        }
    }
    Ok(compared)
}

async fn expired(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    sign_in: &SignIn,
    account: &Account,
    way: Way,
) -> Result<Answer, Fault> {
    let ways = super::ways(app, tx, account.id, visit.now).await?;
    let sending = super::begin_way(app, tx, visit, account, sign_in, &ways, way).await?;
    Ok(Answer::Expired(asked(sending)))
}

/// The ways whose codes are entered here.
const fn has_codes(way: Way) -> bool {
    matches!(way, Way::Totp | Way::Sms | Way::Email)
}

/// What the register calls such a way.
const fn kind_of(way: Way) -> Kind {
    match way {
        Way::Sms => Kind::Phone,
        Way::Email => Kind::Email,
        _ => Kind::App,
    }
}

/// What follows a miss.
pub(super) enum Missed {
    MayTryAgain,
    Paused(Instant),
    Locked,
}

/// Notes a miss of the second step, whichever way it was tried.
pub(super) async fn miss(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    counted: Counter,
) -> Result<Missed, Fault> {
    app.counters.codes_wrong.count();
    notices::note(app, tx, visit, account.id, Event::CodeWrong).await?;
    tell_of_misses(app, tx, visit, account, counted).await?;
    if second_factor::voids_codes(counted.misses) {
        sign_ins::void_codes(tx, account.id, visit.now).await?;
    }
    if counted.misses >= lockout::FIRM {
        notices::note(app, tx, visit, account.id, Event::CodeLocked).await?;
        return Ok(Missed::Locked);
    }
    if counted.paused_until > visit.now {
        notices::note(app, tx, visit, account.id, Event::CodePaused).await?;
        return Ok(Missed::Paused(counted.paused_until));
    }
    Ok(Missed::MayTryAgain)
}

/// The password was right and the second step is guessed at: that is worth a letter, once after the
/// third miss in a row and once at each pause.
async fn tell_of_misses(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    counted: Counter,
) -> Result<(), Fault> {
    let is_pause = counted.misses.is_multiple_of(second_factor::PAUSED_AT);
    if counted.misses != STEP_MISSES_WORTH_A_LETTER && !is_pause {
        return Ok(());
    }
    let (times, device) = (counted.misses, visit.device.clone());
    let notice = Notice::SecondStepFailed { times, device, at: visit.now };
    notices::tell_by_letter(app, tx, account, notice, visit.now).await
}
