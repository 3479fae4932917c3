//! The second step: a code, and the session that a right one opens.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::keyed::same;
use payung_domain::lockout::{Counter, Verdict};
use payung_domain::notify::Notice;
use payung_domain::second_factor::{self, Code, CodeProblem, Way, totp_matches};
use payung_domain::sessions::Session;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::sign_ins::SignIn;
use payung_storage::{Fault, Tx, accounts, sessions, sign_ins, throttles};

use super::step::{Asked, Found, asked, open_alone};
use crate::{App, Visit, notices};

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
    /// Too many misses: no try before this moment.
    Paused(Instant),
}

/// Checks a code. Everything it changes is one transaction.
pub async fn submit(
    app: &App,
    visit: &Visit,
    token: &Token,
    typed: &str,
    earlier: Option<&Token>,
) -> Result<Found<Answer>, Fault> {
    let mut tx = app.store.write().await?;
    let (sign_in, account) = match open_alone(&mut tx, visit, token).await? {
        Found::Open(found) => found,
        Found::Finished(at) => return Ok(Found::Finished(at)),
        Found::Gone => return Ok(Found::Gone),
    };
    let Some(way) = sign_in.way else { return Ok(Found::Gone) };
    let code = match Code::parse(typed) {
        Ok(code) => code,
        Err(problem) => return Ok(Found::Open(Answer::Unreadable(problem))),
    };
    let subject = super::code_subject(app, account.id);
    // Counted first, in the row's lock: parallel guesses wait for each other here (E-03).
    let before = throttles::locked(&mut tx, &subject, visit.now).await?;
    let counted = match second_factor::may_try(before, visit.now) {
        Verdict::Try(counted) => counted,
        Verdict::Paused(until) => return Ok(Found::Open(Answer::Paused(until))),
        Verdict::Locked => {
            return Ok(Found::Open(Answer::Paused(visit.now.plus(second_factor::PAUSE))));
        }
    };
    let answer = match compare(app, &mut tx, visit, &sign_in, way, &code).await? {
        Compared::Right => {
            throttles::clear(&mut tx, &subject).await?;
            let Some(answer) =
                finish(app, &mut tx, visit, &sign_in, &account, way, earlier).await?
            else {
                // Another request finished it between our look and our write.
                return Ok(Found::Finished(visit.now));
            };
            answer
        }
        Compared::Late => expired(app, &mut tx, visit, &sign_in, &account, way).await?,
        Compared::Wrong => {
            throttles::set(&mut tx, &subject, counted, visit.now).await?;
            miss(app, &mut tx, visit, &account, way, counted).await?
        }
    };
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Found::Open(answer))
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
        let Some((seed, last)) = accounts::app(tx, app.store.vault(), sign_in.account).await?
        else {
            return Ok(Compared::Wrong);
        };
        let Some(step) = totp_matches(&seed, code, last, visit.now) else {
            return Ok(Compared::Wrong);
        };
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

/// Opens the session. `None` when another request has finished this sign-in.
async fn finish(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    sign_in: &SignIn,
    account: &Account,
    way: Way,
    earlier: Option<&Token>,
) -> Result<Option<Answer>, Fault> {
    let now = visit.now;
    let token = Token::new(&*app.dice);
    if !sign_ins::finish(tx, app.store.vault(), &sign_in.id, &token, now).await? {
        return Ok(None);
    }
    if let Some(earlier) = earlier {
        // H-02: whatever this browser was signed in as before ends here.
        sessions::end(tx, &earlier.hash(), now).await?;
    }
    let limits = app.settings.sessions;
    let idle = if sign_in.is_shared_device { limits.idle_shared } else { limits.idle };
    let session = Session {
        account: account.id,
        created_at: now,
        seen_at: now,
        expires_at: now.plus(limits.absolute),
        idle,
        way,
        device: visit.device.clone(),
        ended_at: None,
    };
    sessions::open(tx, &token.hash(), &session).await?;
    sessions::end_beyond(tx, account.id, limits.at_most, now).await?;
    notices::note(app, tx, visit, account.id, Event::SignedIn).await?;
    greet_device(app, tx, visit, account).await?;
    Ok(Some(Answer::SignedIn { session: token, landing: sign_in.landing.clone() }))
}

/// Tells the owner, by every confirmed way, of a sign-in from a browser not seen before (J-03).
async fn greet_device(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
) -> Result<(), Fault> {
    let Some(browser) = &visit.browser else { return Ok(()) };
    if !sessions::meet_device(tx, account.id, &browser.hash(), visit.now).await? {
        return Ok(());
    }
    let notice = Notice::NewDevice { device: visit.device.clone(), at: visit.now };
    notices::tell_everywhere(app, tx, account, &notice, visit.now).await
}

async fn expired(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    sign_in: &SignIn,
    account: &Account,
    way: Way,
) -> Result<Answer, Fault> {
    let ways = super::ways(app, tx, account.id).await?;
    let sending = super::begin_way(app, tx, visit, account, sign_in, &ways, way).await?;
    Ok(Answer::Expired(asked(sending)))
}

async fn miss(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    way: Way,
    counted: Counter,
) -> Result<Answer, Fault> {
    notices::note(app, tx, visit, account.id, Event::CodeWrong).await?;
    if second_factor::voids_codes(counted.misses) {
        sign_ins::void_codes(tx, account.id, visit.now).await?;
    }
    if counted.paused_until > visit.now {
        notices::note(app, tx, visit, account.id, Event::CodePaused).await?;
        return Ok(Answer::Paused(counted.paused_until));
    }
    Ok(Answer::Wrong(way))
}
