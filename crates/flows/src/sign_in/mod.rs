//! Signing in: a password, then a second step, then a session.
//!
//! The steps, each a transaction or two: [`password::submit`] counts the try before anything is
//! checked and begins a sign-in; [`step::choose`] and [`step::resend`] send codes; [`code::submit`]
//! finishes it. Between them the browser holds a token whose hash is the sign-in's id.

pub mod code;
pub(crate) mod opening;
pub mod password;
pub mod recovery;
pub mod step;

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::contact::{Identifier, folded};
use payung_domain::contact_changes::UNDOABLE;
use payung_domain::ids::AccountId;
use payung_domain::keyed::Tag;
use payung_domain::lockout;
use payung_domain::notify::Notice;
use payung_domain::second_factor::{
    CODE_LIFE, Code, Destination, SendLimits, Sending, Way, Ways, may_resend, number_is_fresh,
    within_budget,
};
use payung_domain::time::Instant;
use payung_storage::sign_ins::SignIn;
use payung_storage::{Fault, Tx, accounts, contacts, factors, passkeys, sign_ins, throttles};

pub use self::opening::{Ending, Opened};
use crate::gates::{self, Door};
use crate::{App, Visit, notices, suspicion};

/// The counter of an account's password.
pub(crate) fn password_subject(app: &App, account: AccountId) -> Tag {
    app.keys.counters.tag(&[b"password", account.0.as_bytes()])
}

/// Forgets the misses of an account whose password was right, unless only a whole sign-in may.
pub(crate) async fn forget_misses(app: &App, tx: &mut Tx, account: AccountId) -> Result<(), Fault> {
    forget_misses_of(tx, &password_subject(app, account)).await
}

async fn forget_misses_of(tx: &mut Tx, subject: &Tag) -> Result<(), Fault> {
    if lockout::password_forgets(throttles::get(tx, subject).await?.misses) {
        throttles::clear(tx, subject).await?;
    }
    Ok(())
}

/// One subject for everything that means the same name, however it is typed (L2).
pub(crate) fn typed_subject(app: &App, readings: &[Identifier], typed: &str) -> Tag {
    match readings.first() {
        Some(name) => {
            app.keys.counters.tag(&[b"typed", name.kind().as_bytes(), name.expose().as_bytes()])
        }
        None => app.keys.counters.tag(&[b"typed", b"text", folded(typed).as_bytes()]),
    }
}

/// The counter of an account's second step.
pub(crate) fn code_subject(app: &App, account: AccountId) -> Tag {
    app.keys.counters.tag(&[b"code", account.0.as_bytes()])
}

/// The ways of the second step that are open to an account at this moment.
pub(crate) async fn ways(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    now: Instant,
) -> Result<Ways, Fault> {
    let vault = app.store.vault();
    let chosen = factors::choices(tx, account).await?;
    let (passkeys, suspended_passkeys) = passkeys::count(tx, account).await?;
    let bound_app = accounts::app(tx, vault, account).await?;
    let has_suspended_app = bound_app.is_some_and(|app| app.is_suspended);
    let number = accounts::number_since(tx, account, now).await?;
    Ok(Ways {
        passkeys,
        has_totp: bound_app.is_some_and(|app| !app.is_suspended),
        suspended: suspended_passkeys + usize::from(has_suspended_app),
        contacts: accounts::contacts(tx, vault, account, now).await?,
        sms_allowed: app.settings.sms_codes && !chosen.is_sms_off,
        email_allowed: app.settings.email_codes && !chosen.is_email_off,
        recovery_codes: factors::codes_left(tx, account)
            .await?
            .map_or(0, |codes| codes.to_rely_on()),
        number_is_fresh: number.is_some_and(|(at, since)| number_is_fresh(at, since, now)),
        preferred: chosen.preferred,
    })
}

/// Whether an account can be signed in to day after day without this way: now, and when every change
/// of contacts that is under way has taken effect (J-07). Two that ask at the same time wait for each
/// other here, so that they cannot take the last two ways.
pub(crate) async fn may_lose(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    way: Way,
    now: Instant,
) -> Result<bool, Fault> {
    contacts::alone(tx, account).await?;
    for moment in [now, now.plus(UNDOABLE)] {
        if !ways(app, tx, account, moment).await?.may_lose(way) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The ways that this sign-in may take: every open one where it opens a session, those that prove
/// enough where it proves one again (J-02).
pub(crate) fn ways_of(ways: &Ways, sign_in: &SignIn) -> Vec<Way> {
    match sign_in.renews {
        Some(_) => ways.enough_for(sign_in.need),
        None => ways.open(),
    }
}

/// Every counter that stands before an account's password: its own, and one for each of its names.
pub(crate) async fn password_subjects(
    app: &App,
    tx: &mut Tx,
    account: &Account,
) -> Result<Vec<Tag>, Fault> {
    let names = accounts::names(tx, app.store.vault(), account.id).await?;
    // As whoever types it is read: eleven digits may be a phone number before they are a KPJ.
    let typed =
        |name: &Identifier| typed_subject(app, &Identifier::readings(name.expose()), name.expose());
    Ok(std::iter::once(password_subject(app, account.id)).chain(names.iter().map(typed)).collect())
}

/// Counts a try to sign in, by password or passkey; answers when to come back if its address has
/// gone too far, or there were too many.
pub(crate) async fn too_many(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
) -> Result<Option<Instant>, Fault> {
    match suspicion::waits_until(app, tx, visit).await? {
        Some(until) => Ok(Some(until)),
        None => gates::too_many(app, tx, visit, Door::SignIn).await,
    }
}

/// Opens the password path where misses had shut it for good (E-05): the owner passed a second step,
/// after a passkey or after a reset. A pause that ends by itself is left to end.
pub(crate) async fn open_password_path(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
) -> Result<(), Fault> {
    let mut was_shut = false;
    for subject in password_subjects(app, tx, account).await? {
        if throttles::get(tx, &subject).await?.misses >= lockout::GUARDED {
            throttles::clear(tx, &subject).await?;
            was_shut = true;
        }
    }
    if was_shut {
        notices::note(app, tx, visit, account.id, Event::PasswordOpened).await?;
        notices::tell_everywhere(app, tx, account, &Notice::PasswordOpened, visit.now).await?;
    }
    Ok(())
}

/// Opens the second step where misses had shut it for good: a passkey proved more than any code.
pub(crate) async fn open_code_path(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: AccountId,
) -> Result<(), Fault> {
    let subject = code_subject(app, account);
    if throttles::get(tx, &subject).await?.misses >= lockout::FIRM {
        throttles::clear(tx, &subject).await?;
        notices::note(app, tx, visit, account, Event::CodeOpened).await?;
    }
    Ok(())
}

/// Makes a code and puts it on its way, unless a wait or a budget stands against it.
async fn send_code(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    sign_in: &SignIn,
    to: Destination,
) -> Result<Sending, Fault> {
    let now = visit.now;
    let sent: Vec<Instant> =
        sign_ins::codes(tx, &sign_in.id).await?.iter().map(|(code, _)| code.sent_at()).collect();
    let asked = may_resend(&sent, now);
    if asked != Sending::Now {
        return Ok(asked);
    }
    let limits = SendLimits {
        per_hour: app.settings.limits.codes_per_hour,
        per_day: app.settings.limits.codes_per_day,
    };
    let subjects = [
        app.keys.counters.tag(&[b"sent for", account.id.0.as_bytes()]),
        app.keys.counters.tag(&[b"sent to", to.expose().as_bytes()]),
    ];
    for subject in &subjects {
        let asked = within_budget(&sign_ins::sendings(tx, subject, now).await?, limits, now);
        if asked != Sending::Now {
            return Ok(asked);
        }
    }
    if !notices::has_room(app, tx, &to, now).await? {
        return Ok(Sending::NoMoreToday);
    }
    let code = Code::new(&*app.dice);
    let until = now.plus(CODE_LIFE);
    let tag = code.tag(&app.keys.codes, &sign_in.id);
    sign_ins::add_code(tx, app.dice.id(), sign_in, &tag, now, until).await?;
    sign_ins::note_sending(tx, &subjects, app.dice.id(), now).await?;
    let notice = Notice::SignInCode { code: code.expose().to_owned(), until };
    notices::tell(app, tx, account, to, notice, now).await?;
    notices::note(app, tx, visit, account.id, Event::CodeSent).await?;
    Ok(Sending::Now)
}

/// Sends a code where the way is one that sends; says how that went.
pub(crate) async fn begin_way(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    sign_in: &SignIn,
    ways: &Ways,
    way: Way,
) -> Result<Sending, Fault> {
    match ways.destination(way) {
        None => Ok(Sending::Now),
        Some(to) => send_code(app, tx, visit, account, sign_in, to).await,
    }
}
