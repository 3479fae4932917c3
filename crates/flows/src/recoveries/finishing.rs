//! Finishing a recovery: a link at the new address, or a code at the new number, and then a new
//! password. Nobody is signed in by it. The second step is the new contact's from then on, beside
//! whatever of the old ones was not lost (G-05, G-07).

use payung_domain::accounts::{Account, StoredPassword};
use payung_domain::activity::Event;
use payung_domain::authenticators::Kind;
use payung_domain::contact_codes::{Purpose as For, Undertaking};
use payung_domain::ids::RecoveryId;
use payung_domain::keyed::digest;
use payung_domain::passwords::reset::may_send;
use payung_domain::recoveries::{End, LINK_LIFE, Lost, NUMBER_LIFE, RecoveryNews, State, Thing};
use payung_domain::second_factor::{Destination, SendLimits, Sending, Way};
use payung_domain::secret::Secret;
use payung_domain::staff::cases::Closing;
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_storage::recoveries::Kept;
use payung_storage::recovery_links::{self, Link, Purpose};
use payung_storage::{
    Fault, Tx, accounts, authenticators, factors, kept_forms, passkeys, recoveries, sessions,
    sign_ins, throttles,
};

use super::{end_case, note, tell_new, undoing};
use crate::authenticators::tell_applications;
use crate::contact_codes::{self, Checked, Waiting};
use crate::gates::{self, Door};
use crate::passwords::{self, Refused};
use crate::{App, Visit, notices, sign_in};

/// Tells the new contact that it can be finished: an address gets a link, a number the way to a code.
pub(super) async fn invite(app: &App, tx: &mut Tx, kept: &Kept, now: Instant) -> Result<(), Fault> {
    let news = match &kept.contact {
        Destination::Email(_) => {
            let until = now.plus(LINK_LIFE).min(kept.recovery.expires_at());
            let token = mint(app, tx, kept, now, until).await?;
            RecoveryNews::Link { token: token.expose().to_owned(), until }
        }
        Destination::Sms(_) => RecoveryNews::Ready,
    };
    tell_new(app, tx, kept, news, now).await
}

/// A new link in the place of older ones.
async fn mint(
    app: &App,
    tx: &mut Tx,
    kept: &Kept,
    now: Instant,
    until: Instant,
) -> Result<Token, Fault> {
    let token = Token::new(&*app.dice);
    recovery_links::replace(tx, kept.id, Purpose::Finish, now).await?;
    recovery_links::add(tx, &token.hash(), Purpose::Finish, kept.id, until).await?;
    Ok(token)
}

/// Sends the new contact what it needs: another link, or a code. `None` when it is not ready.
pub async fn send(app: &App, visit: &Visit, id: RecoveryId) -> Result<Option<Sending>, Fault> {
    let mut tx = app.store.write().await?;
    let Some(kept) = ready(app, &mut tx, visit, id).await? else { return Ok(None) };
    let sending = match &kept.contact {
        Destination::Email(email) => {
            let limits = app.settings.limits;
            let in_all =
                SendLimits { per_hour: limits.codes_per_hour, per_day: limits.codes_per_day };
            let of_address = email.expose().as_bytes();
            let subject = app.keys.counters.tag(&[b"recovery link to", of_address]);
            let sent = sign_ins::sendings(&mut tx, &subject, visit.now).await?;
            let sending = may_send(&sent, limits.reset_pause, in_all, visit.now);
            if sending == Sending::Now {
                sign_ins::note_sending(&mut tx, &[subject], app.dice.id(), visit.now).await?;
                invite(app, &mut tx, &kept, visit.now).await?;
            }
            sending
        }
        to @ Destination::Sms(_) => {
            let undertaking = undertaking(&kept);
            contact_codes::send(app, &mut tx, visit, &undertaking, to).await?
        }
    };
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Some(sending))
}

/// How far the code for a new number is; none where there is nothing to type.
pub async fn waiting(app: &App, visit: &Visit, id: RecoveryId) -> Result<Option<Waiting>, Fault> {
    let mut tx = app.store.read().await?;
    match ready(app, &mut tx, visit, id).await? {
        Some(kept) if matches!(kept.contact, Destination::Sms(_)) => {
            let (undertaking, to) = (undertaking(&kept), &kept.contact);
            contact_codes::view(app, &mut tx, visit, &undertaking, to).await.map(Some)
        }
        _ => Ok(None),
    }
}

/// What came of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entered {
    /// It is right: the browser gets this token, and sets a password with it.
    Right(Token),
    /// It is not.
    Not(Checked),
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// Checks the code of a new number. `None` when there is nothing to type.
pub async fn enter(
    app: &App,
    visit: &Visit,
    id: RecoveryId,
    typed: &str,
) -> Result<Option<Entered>, Fault> {
    if let Some(until) = gates::too_many_by_now(app, visit, Door::Contact).await? {
        return Ok(Some(Entered::TooMany { until }));
    }
    let mut tx = app.store.write().await?;
    let Some(kept) = ready(app, &mut tx, visit, id).await? else { return Ok(None) };
    if !matches!(kept.contact, Destination::Sms(_)) {
        return Ok(None);
    }
    let undertaking = undertaking(&kept);
    let to = &kept.contact;
    let checked = contact_codes::check(app, &mut tx, visit, &undertaking, to, typed).await?;
    let entered = match checked {
        Checked::Right => {
            let until = visit.now.plus(NUMBER_LIFE).min(kept.recovery.expires_at());
            Entered::Right(mint(app, &mut tx, &kept, visit.now, until).await?)
        }
        other => Entered::Not(other),
    };
    tx.commit().await?;
    Ok(Some(entered))
}

async fn ready(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    id: RecoveryId,
) -> Result<Option<Kept>, Fault> {
    let kept = recoveries::get(tx, app.store.vault(), id).await?;
    Ok(kept.filter(|kept| kept.recovery.state(visit.now) == State::Ready))
}

/// The codes of this step are other ones than those that proved the number before it was sent in.
fn undertaking(kept: &Kept) -> Undertaking {
    let id = [b"finishing".as_slice(), kept.id.0.as_bytes()].concat();
    Undertaking {
        id: digest(&id),
        purpose: For::Recovery,
        account: kept.recovery.account,
        language: kept.language,
    }
}

/// What a link is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It sets a password.
    Good {
        /// What password managers file the new password under.
        user_name: String,
        /// What goes with it, as the officers confirmed it.
        lost: Lost,
        /// In which zone its reader reads the clock.
        zone: Zone,
    },
    /// It does not work: why.
    Over(Why, Zone),
}

/// Why a link does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It has run out, or it was never ours: nobody learns by guessing.
    Expired,
    /// A newer one took its place.
    Newer,
    /// It set a password at that moment.
    Used(Instant),
    /// The recovery is over in another way.
    Ended(End),
    /// The new address has become somebody else's.
    Taken,
}

/// Looks at a link. Changes nothing: programs that read mail follow links too (G-04).
pub async fn view(app: &App, visit: &Visit, token: &Token) -> Result<Found, Fault> {
    let mut tx = app.store.read().await?;
    find(app, &mut tx, visit, token).await.map(|found| match found {
        Ok((kept, account)) => {
            Found::Good { user_name: user_name(&kept), lost: confirmed(&kept), zone: account.zone }
        }
        Err((why, zone)) => Found::Over(why, zone),
    })
}

fn user_name(kept: &Kept) -> String {
    match &kept.contact {
        Destination::Email(email) => email.expose().to_owned(),
        Destination::Sms(phone) => phone.expose().to_owned(),
    }
}

/// What both officers confirm to be lost: never more than the member said.
fn confirmed(kept: &Kept) -> Lost {
    kept.recovery.proof.as_ref().map(|recorded| recorded.proof.lost).unwrap_or_default()
}

async fn find(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    token: &Token,
) -> Result<Result<(Kept, Account), (Why, Zone)>, Fault> {
    let expired = Ok(Err((Why::Expired, Zone::default())));
    let Some(link) = recovery_links::get(tx, &token.hash(), Purpose::Finish).await? else {
        return expired;
    };
    let Some(kept) = recoveries::get(tx, app.store.vault(), link.recovery).await? else {
        return expired;
    };
    let account = match kept.recovery.account {
        Some(account) => accounts::get(tx, account).await?,
        None => None,
    };
    let Some(account) = account else { return expired };
    Ok(match why_not(&kept, &link, visit.now) {
        None => Ok((kept, account)),
        Some(why) => Err((why, account.zone)),
    })
}

fn why_not(kept: &Kept, link: &Link, now: Instant) -> Option<Why> {
    match (link.used_at, kept.recovery.state(now)) {
        (Some(at), _) => Some(Why::Used(at)),
        (None, State::Over(end, _)) => Some(Why::Ended(end)),
        (None, _) if link.replaced_at.is_some() => Some(Why::Newer),
        (None, State::Ready) if now < link.expires_at => None,
        (None, _) => Some(Why::Expired),
    }
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The password is set. Nobody is signed in by it (G-05).
    Done,
    /// The link does not work.
    Over(Why, Zone),
    /// The password is not taken; the link still works.
    Refused(Refused),
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
    /// No room for another password hash right now.
    Busy,
}

/// Sets the new password and lets the new contact take its place. Of any number of requests, and of
/// stops at the same time, one happens (R3, L7).
pub async fn submit(
    app: &App,
    visit: &Visit,
    token: &Token,
    typed: &Secret,
) -> Result<Answer, Fault> {
    let (Ok(checking), Ok(making)) = (app.hasher.place(), app.hasher.place()) else {
        return Ok(Answer::Busy);
    };
    let mut tx = app.store.write().await?;
    if let Some(until) = gates::too_many(app, &mut tx, visit, Door::Recovery).await? {
        tx.commit().await?;
        return Ok(Answer::TooMany { until });
    }
    let found = find(app, &mut tx, visit, token).await?;
    tx.commit().await?;
    let account = match found {
        Ok((_, account)) => account,
        Err((why, zone)) => return Ok(Answer::Over(why, zone)),
    };
    let password = match passwords::judge(app, &account, typed, [checking, making]).await? {
        Ok(password) => password,
        Err(refused) => return Ok(Answer::Refused(refused)),
    };
    let mut tx = app.store.write().await?;
    let (kept, account) = match find(app, &mut tx, visit, token).await? {
        Ok(found) => found,
        Err((why, zone)) => return Ok(Answer::Over(why, zone)),
    };
    // First the recovery, as whoever stops it does: two that wait for each other would never end.
    if !recoveries::finish(&mut tx, kept.id, visit.now).await?
        || !recovery_links::use_up(&mut tx, &token.hash(), Purpose::Finish, visit.now).await?
    {
        drop(tx);
        let mut tx = app.store.read().await?;
        let (why, zone) = match find(app, &mut tx, visit, token).await? {
            Ok((_, account)) => (Why::Expired, account.zone),
            Err(over) => over,
        };
        return Ok(Answer::Over(why, zone));
    }
    if let Err(not_done) = hand_over(app, &mut tx, visit, &account, &kept, &password).await? {
        // Nothing of it is kept.
        return Ok(not_done);
    }
    end_case(app, &mut tx, &kept, (Closing::Helped, ""), visit.now).await?;
    tx.commit().await?;
    app.counters.recoveries_done.count();
    app.outbox.notify_one();
    Ok(Answer::Done)
}

/// Everything that goes with the end of a recovery, or why nothing of it may be kept.
async fn hand_over(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    kept: &Kept,
    password: &StoredPassword,
) -> Result<Result<(), Answer>, Fault> {
    let now = visit.now;
    let lost = confirmed(kept);
    if !passwords::set_from_outside(app, tx, visit, account, password).await? {
        // Somebody set another one at the same moment. The link still works.
        return Ok(Err(Answer::Busy));
    }
    if !undoing::replace_contacts(app, tx, visit, account, kept, lost).await? {
        return Ok(Err(Answer::Over(Why::Taken, account.zone)));
    }
    sessions::forget_devices(tx, account.id).await?;
    kept_forms::forget_of(tx, account.id).await?;
    passwords::reset::end_pauses(app, tx, visit, account).await?;
    // What was guessed at is bound anew (E-01).
    throttles::clear(tx, &sign_in::code_subject(app, account.id)).await?;
    remove_lost(app, tx, account, lost, now).await?;
    let_the_new_contact_serve(app, tx, account, kept, now).await?;
    note(app, tx, account.id, Event::RecoveryDone, &visit.device, now).await?;
    let news = RecoveryNews::Done {
        contact: kept.contact.masked(),
        device: visit.device.clone(),
        at: now,
    };
    // The old contacts still hear of it, and so does the new one.
    notices::tell_everywhere(app, tx, account, &super::notice(kept, news), now).await?;
    Ok(Ok(()))
}

/// Takes away what the member said is lost and both officers confirm; nothing else (G-05).
/// Applications that ask to hear of it are told.
async fn remove_lost(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    lost: Lost,
    now: Instant,
) -> Result<(), Fault> {
    if lost.has(Thing::App) {
        accounts::remove_app(tx, account.id).await?;
        authenticators::remove_kind(tx, account.id, Kind::App, now).await?;
        tell_applications(app, tx, account.id, Kind::App, "delete", now).await?;
    }
    if lost.has(Thing::Passkeys) {
        passkeys::remove_all(tx, account.id).await?;
        authenticators::remove_kind(tx, account.id, Kind::Passkey, now).await?;
        tell_applications(app, tx, account.id, Kind::Passkey, "delete", now).await?;
    }
    if lost.has(Thing::Codes) {
        factors::drop_codes(tx, account.id).await?;
        authenticators::remove_kind(tx, account.id, Kind::RecoveryCodes, now).await?;
    }
    Ok(())
}

/// The proof binds the new contact to the second step. Where the member had switched its kind of
/// message off, it is switched on only if nothing lasting is left otherwise: a recovery never lowers
/// what is asked.
async fn let_the_new_contact_serve(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    kept: &Kept,
    now: Instant,
) -> Result<(), Fault> {
    let ways = sign_in::ways(app, tx, account.id, now).await?;
    if ways.open().into_iter().any(Way::is_lasting) {
        return Ok(());
    }
    let mut choices = factors::choices(tx, account.id).await?;
    match kept.contact {
        Destination::Sms(_) => choices.is_sms_off = false,
        Destination::Email(_) => choices.is_email_off = false,
    }
    factors::choose(tx, account.id, &choices).await
}
