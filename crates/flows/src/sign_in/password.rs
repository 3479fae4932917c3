//! The first step: a name and a password.

use std::net::IpAddr;
use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::contact::Identifier;
use payung_domain::keyed::Tag;
use payung_domain::lockout::{self, Counter, Verdict};
use payung_domain::second_factor::{STEP_LIFE, Way};
use payung_domain::secret::Secret;
use payung_domain::sign_in::{Next, after_password, landing};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::sign_ins::SignIn;
use payung_storage::{Fault, Tx, accounts, sign_ins, throttles};

use crate::hashing::Checked;
use crate::{App, Visit, notices};

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
    match attempted.account {
        Some(account) if checked.matched && !attempted.account_is_shut => {
            begin(app, visit, attempt, &account, &attempted.typed, checked).await
        }
        account => miss(app, visit, account.as_ref(), &attempted.typed, attempted.counter).await,
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
    account_is_shut: bool,
}

/// Counts the try before the secret is looked at, so that parallel guesses share one limit (E-03).
///
/// Two counters. What was typed has one, whether it exists or not: it decides what the page says,
/// so the page tells nothing about accounts (L5). The account has one too, so that an address and a
/// number of the same person do not give two budgets (L2); when only that one is shut, the answer
/// is "wrong" and the password is not even believed when it is right.
async fn reserve(app: &App, visit: &Visit, attempt: &Attempt<'_>) -> Result<Reserved, Fault> {
    let now = visit.now;
    let readings = Identifier::readings(attempt.typed);
    let typed = super::typed_subject(app, &readings, attempt.typed);
    let is_repeated =
        app.retries.is_repeated(&[attempt.form, &typed, attempt.password.expose().as_bytes()], now);

    let mut tx = app.store.write().await?;
    if let Some(until) = too_many(app, &mut tx, visit).await? {
        tx.commit().await?;
        return Ok(Reserved::Refused(Answer::TooMany { until }));
    }
    let account = accounts::find(&mut tx, app.store.vault(), &readings).await?;
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
        Verdict::Try(_) if is_repeated => before,
        Verdict::Try(after) => after,
    };
    throttles::set(&mut tx, &typed, counter, now).await?;

    let before = throttles::locked(&mut tx, &of_account, now).await?;
    let account_is_shut = match lockout::may_try(before, now) {
        Verdict::Try(_) if is_repeated => false,
        Verdict::Try(after) => {
            throttles::set(&mut tx, &of_account, after, now).await?;
            false
        }
        Verdict::Paused(_) | Verdict::Locked => true,
    };
    tx.commit().await?;
    Ok(Reserved::Counted(Attempted { account, typed, counter, account_is_shut }))
}

/// The password is right: the misses are forgotten and the second step begins.
async fn begin(
    app: &App,
    visit: &Visit,
    attempt: &Attempt<'_>,
    account: &Account,
    typed: &Tag,
    checked: Checked,
) -> Result<Answer, Fault> {
    let now = visit.now;
    let mut tx = app.store.write().await?;
    let token = token_of(app, &mut tx, attempt, account, now).await?;
    throttles::clear(&mut tx, typed).await?;
    throttles::clear(&mut tx, &super::password_subject(app, account.id)).await?;
    if let Some(stronger) = checked.stronger {
        accounts::rehash(&mut tx, account.id, &account.password, &stronger).await?;
    }
    let ways = super::ways(app, &mut tx, account.id).await?;
    let next = match after_password(&ways.open()) {
        Next::NoWay => {
            tx.commit().await?;
            return Ok(Answer::NoWay);
        }
        Next::Choose => NextPage::Choose,
        Next::Enter(way) => NextPage::Enter(way),
    };
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
    };
    sign_ins::begin(&mut tx, &sign_in, now).await?;
    if let Some(way) = way {
        super::begin_way(app, &mut tx, visit, account, &sign_in, &ways, way).await?;
    }
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Answer::Right { token, next })
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
    account: Option<&Account>,
    typed: &Tag,
    counter: Counter,
) -> Result<Answer, Fault> {
    let mut tx = app.store.write().await?;
    match account {
        Some(account) => {
            notices::note(app, &mut tx, visit, account.id, Event::PasswordWrong).await?;
        }
        None => throttles::touch(&mut tx, typed, visit.now).await?,
    }
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

/// All sign-ins are counted in so many rows, shared out by address: in one row, every sign-in of
/// every node would wait for the one before it.
const SHARES: u8 = 16;

/// Counts the request against its address and against all; answers when to come back if too many.
async fn too_many(app: &App, tx: &mut Tx, visit: &Visit) -> Result<Option<Instant>, Fault> {
    let limits = app.settings.limits;
    let block = address_block(visit.address);
    let of_address = app.keys.counters.tag(&[b"sign-ins from", &block]);
    let share = of_address[0] % SHARES;
    let of_share = app.keys.counters.tag(&[b"sign-ins in all", &[share]]);
    let from_address = throttles::count_request(tx, &of_address, visit.now).await?;
    let in_share = throttles::count_request(tx, &of_share, visit.now).await?;
    let is_over = from_address > limits.sign_ins_per_address
        || in_share > limits.sign_ins_in_all.div_ceil(u32::from(SHARES));
    let minute = 60_000_000;
    let next_minute = (visit.now.micros().div_euclid(minute) + 1) * minute;
    Ok(is_over.then(|| Instant::from_micros(next_minute)))
}

/// What counts as one visitor: an IPv4 address, or the /64 that an IPv6 customer is given (L6).
fn address_block(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.octets().to_vec(),
            None => v6.octets()[..8].to_vec(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l6_a_customer_of_ipv6_is_one_visitor_whatever_the_last_half_says() {
        let block = |text: &str| address_block(text.parse().unwrap());
        assert_eq!(block("2001:db8::1"), block("2001:db8::ffff:1"));
        assert_ne!(block("2001:db8::1"), block("2001:db8:0:1::1"));
        assert_eq!(block("::ffff:192.0.2.1"), block("192.0.2.1"));
    }
}
