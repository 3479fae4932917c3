//! Asking for a new password (M08, M09): who asks learns nothing, the owner gets a link, or a code
//! where no link can go.

use payung_domain::accounts::{Account, Contacts};
use payung_domain::activity::Event;
use payung_domain::contact::Identifier;
use payung_domain::ids::AccountId;
use payung_domain::keyed::Tag;
use payung_domain::notify::Notice;
use payung_domain::passwords::reset::{LINK_LIFE, ResetLink, may_send};
use payung_domain::second_factor::{Destination, SendLimits, Sending};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::{Fault, Place, Tx, accounts, contacts, password_resets, sign_ins, throttles};
use uuid::Uuid;

use super::by_code::{self, Asked};
use crate::evenly::evenly;
use crate::gates::{self, Door};
use crate::{App, Visit, notices, sign_in};

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
/// writes, and every message leaves later, by the outbox. What is left of a difference is waited out.
pub async fn ask(app: &App, visit: &Visit, typed: &str) -> Result<Answer, Fault> {
    evenly(app, hear(app, visit, typed)).await
}

async fn hear(app: &App, visit: &Visit, typed: &str) -> Result<Answer, Fault> {
    let now = visit.now;
    let mut tx = app.store.write().await?;
    if let Some(until) = gates::too_many(app, &mut tx, visit, Door::Reset).await? {
        tx.commit().await?;
        return Ok(Answer::TooMany { until });
    }
    let readings = Identifier::readings(typed);
    let account = accounts::find_to_recover(&mut tx, app.store.vault(), &readings, now).await?;
    let of_typed = typed_subject(app, typed);
    let subjects = [
        of_typed,
        match &account {
            Some(account) => app.keys.counters.tag(&[b"reset for", account.id.0.as_bytes()]),
            None => app.keys.counters.tag(&[b"reset for nobody", &of_typed]),
        },
    ];
    let [by_name, by_account] = subjects;
    let may_ask = asked(app, &mut tx, &by_name, now).await? == Sending::Now;
    let is_heard = asked(app, &mut tx, &by_account, now).await? == Sending::Now;
    if may_ask {
        sign_ins::note_sending(&mut tx, &[by_name], app.dice.id(), now).await?;
        let asked = Asked::new(app, visit, account.as_ref(), &of_typed);
        if is_heard {
            sign_ins::note_sending(&mut tx, &[by_account], app.dice.id(), now).await?;
        }
        match account {
            // Another name of the account has used up the moment: nothing is sent, and what the
            // pages say of this name is what they say of one that nobody has (F-03).
            _ if !is_heard => by_code::feign(app, &mut tx, visit, &asked).await?,
            Some(account) => send(app, &mut tx, visit, &account, &asked).await?,
            None => answer_nobody(app, &mut tx, visit, &readings, &of_typed, &asked).await?,
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

pub(super) fn typed_subject(app: &App, typed: &str) -> Tag {
    let name = sign_in::typed_subject(app, &Identifier::readings(typed), typed);
    app.keys.counters.tag(&[b"reset asked with", &name])
}

/// A link where there is an address for it, else a code: text messages carry no links.
async fn send(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    asked: &Asked,
) -> Result<(), Fault> {
    match send_link(app, tx, visit, account).await? {
        Contacts { email: None, phone: Some(phone) } if app.settings.sms_codes => {
            by_code::send(app, tx, visit, account, asked, phone).await
        }
        _ => by_code::feign(app, tx, visit, asked).await,
    }
}

/// A new link in the place of older ones, by letter; answers how else the owner could be reached.
pub(crate) async fn send_link(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
) -> Result<Contacts, Fault> {
    // G-10: a contact that is new does not serve recovery yet, and one that goes still does.
    let held = contacts::held(tx, app.store.vault(), account.id).await?;
    let contacts = contacts::reached_by(&held, |standing| standing.recovers(visit.now));
    password_resets::replace(tx, account.id, visit.now).await?;
    notices::note(app, tx, visit, account.id, Event::ResetAsked).await?;
    let Some(email) = contacts.email.clone() else { return Ok(contacts) };
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
    let notice = Notice::ResetLink { token, until: link.expires_at };
    notices::tell(app, tx, account, Destination::Email(email), notice, visit.now).await?;
    Ok(contacts)
}

/// The same reads and writes for nobody. An address that no account has is told so, once a day:
/// perhaps the account goes by another one.
async fn answer_nobody(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    readings: &[Identifier],
    of_typed: &Tag,
    asked: &Asked,
) -> Result<(), Fault> {
    let nobody = AccountId(Uuid::nil());
    contacts::held(tx, app.store.vault(), nobody).await?;
    password_resets::replace(tx, nobody, visit.now).await?;
    throttles::touch(tx, of_typed, visit.now).await?;
    throttles::touch(tx, of_typed, visit.now).await?;
    by_code::feign(app, tx, visit, asked).await?;
    let Some(Identifier::Email(email)) = readings.first() else { return Ok(()) };
    let subject = app.keys.counters.tag(&[b"no account for", email.expose().as_bytes()]);
    if !sign_ins::sendings(tx, &subject, visit.now).await?.is_empty() {
        return Ok(());
    }
    sign_ins::note_sending(tx, &[subject], app.dice.id(), visit.now).await?;
    let to = Destination::Email(email.clone());
    notices::tell_stranger(app, tx, visit, to, Notice::NoAccount).await
}
