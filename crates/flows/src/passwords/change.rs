//! Changing a password from inside (M25). The old one is asked for and truly checked (R10).

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::lockout::{self, Verdict};
use payung_domain::secret::Secret;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::{Fault, throttles};

use super::{How, Refused};
use crate::sessions::SignedIn;
use crate::{App, Visit, notices, sign_in};

/// A filled-in form.
#[derive(Debug)]
pub struct Wish<'a> {
    /// The session it was sent from, which stays.
    pub session: &'a Token,
    /// The present password.
    pub present: &'a Secret,
    /// The one that is to be.
    pub new: &'a Secret,
    /// Whether every other device is to be signed out.
    pub ends_others: bool,
    /// What names this very form in this very browser: sent twice, it is one try.
    pub form: &'a [u8],
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The password is changed.
    Done,
    /// The present password does not match.
    Wrong,
    /// Too many misses, here and at the door together: no try before this moment.
    Paused(Instant),
    /// Far too many: the way is a reset.
    Locked,
    /// The new password is not taken.
    Refused(Refused),
    /// No room for another password hash right now.
    Busy,
}

/// Changes a password. A miss counts like one at the door: a stolen session is no place to guess.
pub async fn submit(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    wish: &Wish<'_>,
) -> Result<Answer, Fault> {
    let account = &member.account;
    let place = || app.hasher.place();
    let (Ok(proving), Ok(checking), Ok(making)) = (place(), place(), place()) else {
        return Ok(Answer::Busy);
    };
    if let Some(refused) = reserve(app, visit, account, wish).await? {
        return Ok(refused);
    }
    let stored = Some(account.password.clone());
    if !proving.check(wish.present.clone(), stored).await?.matched {
        let mut tx = app.store.write().await?;
        notices::note(app, &mut tx, visit, account.id, Event::PasswordWrong).await?;
        tx.commit().await?;
        return Ok(Answer::Wrong);
    }
    let judged = super::judge(app, account, wish.new, [checking, making]).await?;
    let mut tx = app.store.write().await?;
    let password = match judged {
        Ok(password) => password,
        Err(refused) => {
            // The present password was right, whatever is the matter with the new one.
            sign_in::forget_misses(app, &mut tx, account.id).await?;
            tx.commit().await?;
            return Ok(Answer::Refused(refused));
        }
    };
    let session = wish.session.hash();
    let how = How::FromInside { session: &session, ends_others: wish.ends_others };
    if !super::replace(app, &mut tx, visit, account, &password, how).await? {
        // Another change was quicker: what was checked is the present password no more.
        return Ok(Answer::Wrong);
    }
    sign_in::forget_misses(app, &mut tx, account.id).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Answer::Done)
}

/// Counts the try before the password is looked at (E-03).
async fn reserve(
    app: &App,
    visit: &Visit,
    account: &Account,
    wish: &Wish<'_>,
) -> Result<Option<Answer>, Fault> {
    let subject = sign_in::password_subject(app, account.id);
    let parts = [wish.form, &subject, wish.present.expose().as_bytes()];
    let mut tx = app.store.write().await?;
    let before = throttles::locked(&mut tx, &subject, visit.now).await?;
    let refused = match lockout::may_try(before, visit.now) {
        Verdict::Paused(until) => Some(Answer::Paused(until)),
        Verdict::Locked => Some(Answer::Locked),
        Verdict::Try(_) if app.retries.is_repeated(&parts, visit.now) => None,
        Verdict::Try(after) => {
            throttles::set(&mut tx, &subject, after, visit.now).await?;
            None
        }
    };
    tx.commit().await?;
    Ok(refused)
}
