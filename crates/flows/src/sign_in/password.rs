//! The first step: a name and a password.

use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::authenticators::{Kind, Need};
use payung_domain::contact::Identifier;
use payung_domain::ids::AccountId;
use payung_domain::keyed::Tag;
use payung_domain::lockout::{self, Counter, Verdict};
use payung_domain::notify::Notice;
use payung_domain::second_factor::{STEP_LIFE, Way};
use payung_domain::secret::Secret;
use payung_domain::sessions::NEVER;
use payung_domain::sign_in::{Next, after_password, landing};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::sign_ins::SignIn;
use payung_storage::{Fault, Tx, accounts, remembered, sign_ins, throttles};
use uuid::Uuid;

use super::opening::{self, Door, Opened};
use crate::hashing::Checked;
use crate::{App, Visit, authenticators, notices, passwords, suspicion};

/// A filled-in sign-in form.
#[derive(Debug)]
pub struct Attempt<'a> {
    /// What was typed to say who it is.
    pub typed: &'a str,
    /// The password.
    pub password: &'a Secret,
    /// What names this very form in this very browser: sent twice, it is one sign-in.
    pub form: &'a [u8],
    /// The path the visitor was on the way to.
    pub next: Option<&'a str>,
    /// Whether the visitor says that others use the device.
    pub is_shared_device: bool,
    /// The session the browser has so far.
    pub earlier: Option<&'a Token>,
    /// How long the form was open before it came back, where that is known.
    pub taken: Option<Duration>,
}

/// What follows.
#[derive(Debug)]
pub enum Answer {
    /// The password is right: the browser gets this token and goes on.
    Right {
        /// Names the sign-in.
        token: Token,
        /// The page that comes next.
        next: NextPage,
    },
    /// The password is right and nothing more is asked for: the browser is remembered, so signed in
    /// for reading (H-12).
    SignedIn(Opened),
    /// The same words for a wrong password, an unknown name and a closed account (F-01).
    Wrong {
        /// Tries before the long pause; counted on what was typed, existing or not.
        left: u32,
    },
    /// Password sign-in with this name is paused.
    Paused(Instant),
    /// Password sign-in with this name stays shut until somebody opens it.
    Locked,
    /// The password is right, but no second step is open to this account.
    NoWay,
    /// Too many tries from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
    /// No room for another password check right now.
    Busy,
}

/// The page after the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// Choose a way.
    Choose,
    /// Enter a code.
    Enter(Way),
}

/// Checks a name and a password.
///
/// Unknown names walk the same steps as known ones: the same counters, one hash, one last write.
pub async fn submit(app: &App, visit: &Visit, attempt: &Attempt<'_>) -> Result<Answer, Fault> {
    // A place first: a full queue must not cost a try.
    let Ok(place) = app.hasher.place() else { return Ok(Answer::Busy) };
    let attempted = match reserve(app, visit, attempt).await? {
        Reserved::Refused(answer) => return Ok(answer),
        Reserved::Counted(attempted) => attempted,
    };
    // No transaction is open while this takes its 15 ms.
    let stored = attempted.account.as_ref().map(|account| account.password.clone());
    let checked = place.check(attempt.password.clone(), stored).await?;
    match &attempted.account {
        Some(account) if checked.matched && !attempted.account_is_shut => {
            app.counters.passwords_right.count();
            begin(app, visit, attempt, account, &attempted, checked).await
        }
        _ => {
            app.counters.passwords_wrong.count();
            miss(app, visit, attempt, &attempted).await
        }
    }
}

enum Reserved {
    Counted(Attempted),
    Refused(Answer),
}

struct Attempted {
    account: Option<Account>,
    typed: Tag,
    counter: Counter,
    /// The account's own counter, where this try was counted on it.
    of_account: Option<Counter>,
    /// No password opens it now, not even the right one.
    account_is_shut: bool,
}

/// Counts the try before the secret is looked at, so that parallel guesses share one limit (E-03).
///
/// Two counters. What was typed has one, whether it exists or not: it decides what the page says,
/// so the page tells nothing about accounts (L5). The account has one too, so that an address and a
/// number of the same person do not give two budgets (L2); when only that one is shut, the answer
/// is "wrong" and the password is not even believed when it is right. Nor is one that the owner has
/// disowned (M37).
async fn reserve(app: &App, visit: &Visit, attempt: &Attempt<'_>) -> Result<Reserved, Fault> {
    let now = visit.now;
    let readings = Identifier::readings(attempt.typed);
    let typed = super::typed_subject(app, &readings, attempt.typed);
    // Asked only where a try may be made, and on each counter for itself: a form that was refused, and
    // so was not counted, is a try when it is sent again.
    let is_repeated = |subject: &Tag| {
        let parts = [attempt.form, subject, attempt.password.expose().as_bytes()];
        app.retries.is_repeated(&parts, now)
    };

    let mut tx = app.store.write().await?;
    if let Some(until) = super::too_many(app, &mut tx, visit).await? {
        tx.commit().await?;
        return Ok(Reserved::Refused(Answer::TooMany { until }));
    }
    let account = accounts::find(&mut tx, app.store.vault(), &readings, visit.now).await?;
    let of_account = match &account {
        Some(account) => super::password_subject(app, account.id),
        // A stand-in, so that an unknown name costs the same writes.
        None => app.keys.counters.tag(&[b"nobody", &typed]),
    };

    let before = throttles::locked(&mut tx, &typed, now).await?;
    let counter = match lockout::may_try(before, now) {
        Verdict::Paused(until) => {
            tx.commit().await?;
            return Ok(Reserved::Refused(Answer::Paused(until)));
        }
        Verdict::Locked => {
            tx.commit().await?;
            return Ok(Reserved::Refused(Answer::Locked));
        }
        Verdict::Try(_) if is_repeated(&typed) => before,
        Verdict::Try(after) => after,
    };
    throttles::set(&mut tx, &typed, counter, now).await?;

    let before = throttles::locked(&mut tx, &of_account, now).await?;
    let (of_account, is_paused) = match lockout::may_try(before, now) {
        Verdict::Try(_) if is_repeated(&of_account) => (None, false),
        Verdict::Try(after) => {
            throttles::set(&mut tx, &of_account, after, now).await?;
            (Some(after), false)
        }
        Verdict::Paused(_) | Verdict::Locked => (None, true),
    };
    // Asked for everybody, so that an unknown name costs the same.
    let id = account.as_ref().map_or(AccountId(Uuid::nil()), |account| account.id);
    let is_distrusted = accounts::password_is_distrusted(&mut tx, id).await?;
    tx.commit().await?;
    let account_is_shut = is_paused || is_distrusted;
    Ok(Reserved::Counted(Attempted { account, typed, counter, of_account, account_is_shut }))
}

/// The password is right: the misses are forgotten and the second step begins.
async fn begin(
    app: &App,
    visit: &Visit,
    attempt: &Attempt<'_>,
    account: &Account,
    attempted: &Attempted,
    checked: Checked,
) -> Result<Answer, Fault> {
    let now = visit.now;
    let mut tx = app.store.write().await?;
    accounts::hold(&mut tx, account.id).await?;
    let present = accounts::get(&mut tx, account.id).await?;
    if present.is_none_or(|present| present.password_set_at != account.password_set_at)
        || accounts::password_is_distrusted(&mut tx, account.id).await?
    {
        // Another password was set while this one was checked, or the owner disowned it (R7).
        return Ok(Answer::Wrong { left: lockout::tries_left(attempted.counter.misses) });
    }
    let token = token_of(app, &mut tx, attempt, account, now).await?;
    super::forget_misses_of(&mut tx, &attempted.typed).await?;
    super::forget_misses(app, &mut tx, account.id).await?;
    if let Some(stronger) = checked.stronger {
        accounts::rehash(&mut tx, account.id, &account.password, &stronger).await?;
    }
    authenticators::used(app, &mut tx, visit, account.id, Kind::Password).await?;
    passwords::note_leak(app, &mut tx, visit, account.id, attempt.password).await?;
    if accounts::password_is_enough(&mut tx, account.id).await? {
        let opened = open_at_once(app, &mut tx, visit, attempt, account, Way::Password).await?;
        tx.commit().await?;
        app.outbox.notify_one();
        return Ok(Answer::SignedIn(opened));
    }
    let ways = super::ways(app, &mut tx, account.id, now).await?;
    let next = match after_password(&ways.open()) {
        Next::NoWay => {
            tx.commit().await?;
            return Ok(Answer::NoWay);
        }
        Next::Choose => NextPage::Choose,
        Next::Enter(way) => NextPage::Enter(way),
    };
    if !attempt.is_shared_device && is_remembered(&mut tx, visit, account).await? {
        let opened = open_at_once(app, &mut tx, visit, attempt, account, Way::Remembered).await?;
        tx.commit().await?;
        app.outbox.notify_one();
        return Ok(Answer::SignedIn(opened));
    }
    let way = match next {
        NextPage::Enter(way) => Some(way),
        NextPage::Choose => None,
    };
    let sign_in = SignIn {
        id: token.hash(),
        account: account.id,
        way,
        landing: landing(attempt.next).to_owned(),
        is_shared_device: attempt.is_shared_device,
        expires_at: now.plus(STEP_LIFE),
        finished_at: None,
        renews: None,
        need: Need::Any,
    };
    sign_ins::begin(&mut tx, &sign_in, now).await?;
    if let Some(way) = way {
        super::begin_way(app, &mut tx, visit, account, &sign_in, &ways, way).await?;
    }
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Answer::Right { token, next })
}

/// Opens a session after the password alone: for reading, where a remembered browser stands in for
/// the second step (H-12).
async fn open_at_once(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    attempt: &Attempt<'_>,
    account: &Account,
    way: Way,
) -> Result<Opened, Fault> {
    let session = Token::new(&*app.dice);
    let proved_at = if way == Way::Remembered { NEVER } else { visit.now };
    let door = Door { way, proved_at, is_shared_device: attempt.is_shared_device };
    opening::open(app, tx, visit, account, &session, door, attempt.earlier).await?;
    Ok(Opened { session, landing: landing(attempt.next).to_owned() })
}

/// Whether this browser may leave the second step out. The password was right before this is asked.
async fn is_remembered(tx: &mut Tx, visit: &Visit, account: &Account) -> Result<bool, Fault> {
    match &visit.browser {
        Some(browser) => remembered::recognise(tx, account.id, &browser.hash(), visit.now).await,
        None => Ok(false),
    }
}

/// The same form sent twice is one sign-in, so its token comes of the form; unless that sign-in is
/// over and somebody came back to an old page.
async fn token_of(
    app: &App,
    tx: &mut Tx,
    attempt: &Attempt<'_>,
    account: &Account,
    now: Instant,
) -> Result<Token, Fault> {
    let token = Token::of(&app.keys.sign_ins.tag(&[attempt.form, account.id.0.as_bytes()]));
    let earlier = sign_ins::get(tx, &token.hash()).await?;
    let is_over = earlier.is_some_and(|s| s.finished_at.is_some() || now >= s.expires_at);
    Ok(if is_over { Token::new(&*app.dice) } else { token })
}

/// The password is wrong, or there is nobody of that name: one write either way (F-02).
async fn miss(
    app: &App,
    visit: &Visit,
    attempt: &Attempt<'_>,
    attempted: &Attempted,
) -> Result<Answer, Fault> {
    let (typed, counter) = (&attempted.typed, attempted.counter);
    let mut tx = app.store.write().await?;
    match &attempted.account {
        Some(account) => {
            notices::note(app, &mut tx, visit, account.id, Event::PasswordWrong).await?;
            if let Some(counter) = attempted.of_account {
                tell_of_pause(app, &mut tx, visit, account, counter).await?;
            }
        }
        None => throttles::touch(&mut tx, typed, visit.now).await?,
    }
    suspicion::note_miss(app, &mut tx, visit, typed, attempt.taken).await?;
    tx.commit().await?;
    let pause = lockout::pause_after(counter.misses);
    if counter.misses >= lockout::FIRM {
        Ok(Answer::Locked)
    } else if pause > Duration::ZERO {
        Ok(Answer::Paused(counter.paused_until))
    } else {
        Ok(Answer::Wrong { left: lockout::tries_left(counter.misses) })
    }
}

/// Tells the owner when this very miss ended a round and paused the password path: once a pause,
/// since each miss is counted once (E-03). The letter goes later, so the page takes no longer for it.
async fn tell_of_pause(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    counter: Counter,
) -> Result<(), Fault> {
    let (event, notice) = if counter.misses >= lockout::FIRM {
        app.counters.locks.count();
        (Event::PasswordLocked, Notice::PasswordLocked)
    } else if counter.misses.is_multiple_of(lockout::ROUND) {
        app.counters.pauses.count();
        (Event::PasswordPaused, Notice::PasswordPaused { until: counter.paused_until })
    } else {
        return Ok(());
    };
    notices::note(app, tx, visit, account.id, event).await?;
    notices::tell_by_letter(app, tx, account, notice, visit.now).await?;
    app.outbox.notify_one();
    Ok(())
}
