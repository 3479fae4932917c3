//! New passwords: forgotten ones through a link or a code, known ones from inside.
//!
//! Both ways end in [`replace`], so neither can forget what a new password brings with it. No way
//! signs anybody in, and none touches the second step (G-05).

pub mod breached;
pub mod by_code;
pub mod change;
pub mod forgot;
pub mod reset;

use payung_domain::accounts::{Account, StoredPassword};
use payung_domain::activity::Event;
use payung_domain::authenticators::Kind;
use payung_domain::contact::Identifier;
use payung_domain::ids::{AccountId, PersonId};
use payung_domain::keyed::Tag;
use payung_domain::notify::Notice;
use payung_domain::oidc::back_channel::Event as ClientEvent;
use payung_domain::passwords::{self, Familiar, Policy, Refusal, Strength};
use payung_domain::secret::Secret;
use payung_domain::time::Instant;
use payung_storage::{
    Fault, Tx, accounts, members, password_resets, remembered, sessions, sign_ins, throttles,
};
use serde_json::Map;

use crate::hashing::Place;
use crate::oidc::back_channel;
use crate::suspicion::address_block;
use crate::{App, Visit, authenticators, next_minute, notices};

/// Questions per minute from one address how strong a password is.
const MOST_STRENGTHS: u32 = 120;

/// A password that was not taken: why, and how strong it would have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What speaks against it.
    pub why: Refusal,
    /// What the meter shows.
    pub strength: Strength,
}

/// Whether a password may be taken by this account, and as what it is kept then.
pub(crate) async fn judge(
    app: &App,
    account: &Account,
    typed: &Secret,
    [checking, making]: [Place; 2],
) -> Result<Result<StoredPassword, Refused>, Fault> {
    let is_alone = is_enough(app, account).await?;
    let (verdict, strength) =
        estimate(app, familiar(app, account).await?, typed.clone(), is_alone).await?;
    let refused = |why| Ok(Err(Refused { why, strength }));
    if let Err(why) = verdict {
        return refused(why);
    }
    if checking.check(typed.clone(), Some(account.password.clone())).await?.matched {
        return refused(Refusal::Same);
    }
    making.make(typed.clone()).await.map(Ok)
}

/// Whether a first password may be taken, for a person who is to go by these names, and as what it is
/// kept then.
pub(crate) async fn judge_first(
    app: &App,
    person: PersonId,
    names: &[Identifier],
    typed: &Secret,
    making: Place,
) -> Result<Result<StoredPassword, Refused>, Fault> {
    let mut tx = app.store.read().await?;
    let mut familiar = familiar_person(app, &mut tx, person).await?;
    drop(tx);
    for name in names {
        familiar = familiar.with_identifier(name);
    }
    // A second step always follows: an account without one is let in nowhere (J-09).
    match estimate(app, familiar, typed.clone(), false).await? {
        (Ok(()), _) => making.make(typed.clone()).await.map(Ok),
        (Err(why), strength) => Ok(Err(Refused { why, strength })),
    }
}

/// How strong a password would be, for the meter beside the field; or when to ask again, where one
/// address asks too often. Nothing of the question is kept.
pub async fn strength(
    app: &App,
    visit: &Visit,
    typed: &Secret,
) -> Result<Result<Strength, Instant>, Fault> {
    let block = address_block(visit.address);
    let of_address = app.keys.counters.tag(&[b"strengths from", &block]);
    let mut tx = app.store.write().await?;
    let asked = throttles::count_request(&mut tx, &of_address, visit.now).await?;
    tx.commit().await?;
    if asked > MOST_STRENGTHS {
        return Ok(Err(next_minute(visit.now)));
    }
    let (_, strength) = estimate(app, Familiar::default(), typed.clone(), false).await?;
    Ok(Ok(strength))
}

/// The fewest characters of a new password of this account.
pub async fn least(app: &App, account: &Account) -> Result<u32, Fault> {
    Ok(app.settings.passwords.least_of(is_enough(app, account).await?))
}

/// Whether the password is all that this account is asked for.
async fn is_enough(app: &App, account: &Account) -> Result<bool, Fault> {
    let mut tx = app.store.read().await?;
    accounts::password_is_enough(&mut tx, account.id).await
}

/// How many days ago the password was set, once that is worth a gentle reminder.
#[must_use]
pub fn reminder(app: &App, account: &Account, now: Instant) -> Option<u32> {
    let days = now.since(account.password_set_at).as_secs() / 86_400;
    let is_due = app.settings.passwords.reminds(account.password_set_at, now);
    is_due.then(|| u32::try_from(days).unwrap_or(u32::MAX))
}

/// What password managers file a password under: the confirmed address, else nothing.
pub async fn user_name(app: &App, visit: &Visit, account: &Account) -> Result<String, Fault> {
    let mut tx = app.store.read().await?;
    let contacts = accounts::contacts(&mut tx, app.store.vault(), account.id, visit.now).await?;
    Ok(contacts.email.map(|email| email.expose().to_owned()).unwrap_or_default())
}

/// Judged on a thread of its own: a hostile text takes tens of milliseconds, in which no page must
/// wait.
async fn estimate(
    app: &App,
    familiar: Familiar,
    typed: Secret,
    is_alone: bool,
) -> Result<(Result<(), Refusal>, Strength), Fault> {
    let leaked = app.breached.as_ref().is_some_and(|breached| breached.contains(&typed));
    let policy = Policy {
        own_words: app
            .settings
            .passwords
            .own_words
            .iter()
            .chain([&app.settings.service_name])
            .cloned()
            .collect(),
        ..app.settings.passwords.clone()
    };
    let judged = tokio::task::spawn_blocking(move || {
        let strength = passwords::strength(&typed, &familiar);
        let verdict = policy.accept(&typed, &familiar, is_alone);
        (verdict, strength)
    });
    let (verdict, strength) = judged.await.map_err(Fault::while_doing("judging a new password"))?;
    Ok((if leaked { verdict.and(Err(Refusal::Common)) } else { verdict }, strength))
}

/// What is known about the owner, and so must be no password of theirs.
async fn familiar(app: &App, account: &Account) -> Result<Familiar, Fault> {
    let mut tx = app.store.read().await?;
    let mut familiar = familiar_person(app, &mut tx, account.person).await?;
    for name in accounts::names(&mut tx, app.store.vault(), account.id).await? {
        familiar = familiar.with_identifier(&name);
    }
    Ok(familiar)
}

/// What the programme knows about a person.
async fn familiar_person(app: &App, tx: &mut Tx, person: PersonId) -> Result<Familiar, Fault> {
    let mut familiar = Familiar::default();
    if let Some((person, _)) = members::person(tx, app.store.vault(), person).await? {
        familiar = familiar
            .with_name(person.name.expose())
            .with_number(person.nik.expose())
            .with_date(person.birth_date);
    }
    for membership in members::memberships(tx, person).await? {
        familiar = familiar.with_number(membership.kpj.as_str());
    }
    Ok(familiar)
}

/// Notes that a password which was right stands on the list of leaked ones: another one has to be
/// set before anything else is done.
pub(crate) async fn note_leak(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: AccountId,
    typed: &Secret,
) -> Result<(), Fault> {
    let has_leaked = app.breached.as_ref().is_some_and(|breached| breached.contains(typed));
    if has_leaked && accounts::password_has_leaked(tx, account, visit.now).await? {
        notices::note(app, tx, visit, account, Event::PasswordLeaked).await?;
    }
    Ok(())
}

/// How a password came to be replaced.
enum How<'a> {
    /// With a link: nobody stays signed in.
    ByLink,
    /// From inside a session, which stays; the others as the member says.
    FromInside { session: &'a Tag, ends_others: bool },
}

/// Sets the password, and everything that goes with it: links and sign-ins under way that knew the
/// old one end, so do sessions, and the owner hears of it by every way (G-06, R7). `false`, and
/// nothing may be committed, when the old one is not the account's any more.
async fn replace(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    password: &StoredPassword,
    how: How<'_>,
) -> Result<bool, Fault> {
    let now = visit.now;
    let (by_link, others_ended) = match how {
        How::ByLink => {
            if !set_from_outside(app, tx, visit, account, password).await? {
                return Ok(false);
            }
            (true, true)
        }
        How::FromInside { session, ends_others } => {
            if !set(app, tx, visit, account, password).await? {
                return Ok(false);
            }
            if ends_others {
                let kept = sessions::get(tx, session).await?.map(|session| session.created_at);
                back_channel::sessions_end(app, tx, account.id, kept, now).await?;
                sessions::end_others(tx, account.id, session, now).await?;
            }
            (false, ends_others)
        }
    };
    let event = if by_link { Event::ResetDone } else { Event::PasswordChanged };
    notices::note(app, tx, visit, account.id, event).await?;
    let device = visit.device.clone();
    let notice = Notice::PasswordChanged { by_link, others_ended, device, at: now };
    notices::tell_everywhere(app, tx, account, &notice, now).await?;
    Ok(true)
}

/// Sets a password for somebody who is not signed in: nobody stays signed in, and nothing that was
/// begun with the old one goes on (G-06, R7). `false`, and nothing may be committed, when the old one
/// is not the account's any more.
pub(crate) async fn set_from_outside(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    password: &StoredPassword,
) -> Result<bool, Fault> {
    if !set(app, tx, visit, account, password).await? {
        return Ok(false);
    }
    back_channel::sessions_end(app, tx, account.id, None, visit.now).await?;
    sessions::end_all(tx, account.id, visit.now).await?;
    Ok(true)
}

async fn set(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    password: &StoredPassword,
) -> Result<bool, Fault> {
    let now = visit.now;
    // First the sign-ins under way, then the account: in the order that ends of sign-ins take them.
    sign_ins::forget_of(tx, account.id).await?;
    let was_shut = accounts::password_is_distrusted(tx, account.id).await?;
    if !accounts::set_password(tx, account.id, account.password_set_at, password, now).await? {
        return Ok(false);
    }
    if was_shut {
        let event = ClientEvent::AccountEnabled;
        back_channel::account_event(app, tx, account.id, event, &Map::new(), now).await?;
    }
    authenticators::bound(app, tx, visit, account.id, Kind::Password, "").await?;
    password_resets::void(tx, account.id, now).await?;
    by_code::void(app, tx, account.id, now).await?;
    remembered::forget_all(tx, account.id).await?;
    Ok(true)
}
