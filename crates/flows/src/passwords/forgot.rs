//! Asking for a new password (M08, M09): who asks learns nothing, the owner gets a link.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::contact::Identifier;
use payung_domain::ids::AccountId;
use payung_domain::keyed::Tag;
use payung_domain::notify::Notice;
use payung_domain::passwords::reset::{LINK_LIFE, ResetLink, may_send};
use payung_domain::second_factor::{Destination, SendLimits, Sending};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::{Fault, Place, Tx, accounts, password_resets, sign_ins, throttles};
use uuid::Uuid;

use crate::suspicion::address_block;
use crate::{App, Visit, next_minute, notices, sign_in};

/// What the page says. Whether a link was sent is not among it (F-03).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// If there is such an account, its owner hears of it.
    Heard,
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// Hears somebody who forgot the password.
///
/// A name that nobody has walks the same steps as one that somebody has: the same reads, as many
/// writes, and every message leaves later, by the outbox.
pub async fn ask(app: &App, visit: &Visit, typed: &str) -> Result<Answer, Fault> {
    let now = visit.now;
    let mut tx = app.store.write().await?;
    if let Some(until) = too_many(app, &mut tx, visit).await? {
        tx.commit().await?;
        return Ok(Answer::TooMany { until });
    }
    let readings = Identifier::readings(typed);
    let account = accounts::find(&mut tx, app.store.vault(), &readings).await?;
    let of_typed = typed_subject(app, typed);
    let subjects = [
        of_typed,
        match &account {
            Some(account) => app.keys.counters.tag(&[b"reset for", account.id.0.as_bytes()]),
            None => app.keys.counters.tag(&[b"reset for nobody", &of_typed]),
        },
    ];
    let mut is_heard = true;
    for subject in &subjects {
        is_heard &= asked(app, &mut tx, subject, now).await? == Sending::Now;
    }
    if is_heard {
        sign_ins::note_sending(&mut tx, &subjects, app.dice.id(), now).await?;
        match account {
            Some(account) => send_link(app, &mut tx, visit, &account).await?,
            None => answer_nobody(app, &mut tx, visit, &readings, &of_typed).await?,
        }
    }
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Answer::Heard)
}

/// What was typed, sealed for this browser: so that it can ask once more without typing again.
pub fn seal(app: &App, browser: &Token, typed: &str) -> Result<Vec<u8>, Fault> {
    app.store.vault().seal(place(&browser.hash()), typed.as_bytes())
}

/// What was sealed for this browser; nothing when it was changed or sealed for another one.
#[must_use]
pub fn unseal(app: &App, browser: &Token, sealed: &[u8]) -> Option<String> {
    app.store.vault().open_text(place(&browser.hash()), sealed).ok()
}

fn place(browser: &Tag) -> Place<'_> {
    Place("cookies", "forgotten", browser)
}

/// When another link may be asked for with this name, whether or not it is anybody's.
pub async fn next_try(app: &App, visit: &Visit, typed: &str) -> Result<Sending, Fault> {
    let mut tx = app.store.read().await?;
    asked(app, &mut tx, &typed_subject(app, typed), visit.now).await
}

async fn asked(app: &App, tx: &mut Tx, subject: &Tag, now: Instant) -> Result<Sending, Fault> {
    let limits = app.settings.limits;
    let in_all = SendLimits { per_hour: limits.codes_per_hour, per_day: limits.codes_per_day };
    let sent = sign_ins::sendings(tx, subject, now).await?;
    Ok(may_send(&sent, limits.reset_pause, in_all, now))
}

fn typed_subject(app: &App, typed: &str) -> Tag {
    let name = sign_in::typed_subject(app, &Identifier::readings(typed), typed);
    app.keys.counters.tag(&[b"reset asked with", &name])
}

/// A new link in the place of older ones, by letter. An account without an address gets a text
/// message that says where help is: text messages carry no links.
pub(crate) async fn send_link(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
) -> Result<(), Fault> {
    let contacts = accounts::contacts(tx, app.store.vault(), account.id).await?;
    password_resets::replace(tx, account.id, visit.now).await?;
    notices::note(app, tx, visit, account.id, Event::ResetAsked).await?;
    let (to, notice) = match (contacts.email, contacts.phone) {
        (Some(email), _) => {
            let token = Token::new(&*app.dice);
            let link = ResetLink {
                account: account.id,
                password_set_at: account.password_set_at,
                expires_at: visit.now.plus(LINK_LIFE),
                used_at: None,
                replaced_at: None,
            };
            password_resets::add(tx, &token.hash(), &link, visit.now).await?;
            let token = token.expose().to_owned();
            (Destination::Email(email), Notice::ResetLink { token, until: link.expires_at })
        }
        (None, Some(phone)) if app.settings.sms_codes => {
            (Destination::Sms(phone), Notice::ResetWithoutAddress)
        }
        _ => return Ok(()),
    };
    notices::tell(app, tx, account, to, notice, visit.now).await
}

/// The same reads and writes for nobody. An address that no account has is told so, once a day:
/// perhaps the account goes by another one.
async fn answer_nobody(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    readings: &[Identifier],
    of_typed: &Tag,
) -> Result<(), Fault> {
    let nobody = AccountId(Uuid::nil());
    accounts::contacts(tx, app.store.vault(), nobody).await?;
    password_resets::replace(tx, nobody, visit.now).await?;
    throttles::touch(tx, of_typed, visit.now).await?;
    throttles::touch(tx, of_typed, visit.now).await?;
    let Some(Identifier::Email(email)) = readings.first() else { return Ok(()) };
    let subject = app.keys.counters.tag(&[b"no account for", email.expose().as_bytes()]);
    if !sign_ins::sendings(tx, &subject, visit.now).await?.is_empty() {
        return Ok(());
    }
    sign_ins::note_sending(tx, &[subject], app.dice.id(), visit.now).await?;
    let to = Destination::Email(email.clone());
    notices::tell_stranger(app, tx, visit, to, Notice::NoAccount).await
}

/// Counts the request against its address and against all; answers when to come back if too many.
pub(super) async fn too_many(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
) -> Result<Option<Instant>, Fault> {
    let limits = app.settings.limits;
    let of_address = app.keys.counters.tag(&[b"resets from", &address_block(visit.address)]);
    let of_all = app.keys.counters.tag(&[b"resets in all"]);
    let from_address = throttles::count_request(tx, &of_address, visit.now).await?;
    let in_all = throttles::count_request(tx, &of_all, visit.now).await?;
    let is_over = from_address > limits.sign_ins_per_address || in_all > limits.sign_ins_in_all;
    Ok(is_over.then(|| next_minute(visit.now)))
}
