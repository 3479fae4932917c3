//! Opening the account (M14): with a password or with a passkey.
//!
//! The account, its names, its passkey, what is told of it and the end of this task are one commit.
//! Nobody is signed in by it: docs/decisions/activation.md says why.

use payung_domain::accounts::{Account, StoredPassword};
use payung_domain::activation::Stage;
use payung_domain::activity::Event;
use payung_domain::authenticators::Kind;
use payung_domain::contact::Identifier;
use payung_domain::contact_changes::Standing;
use payung_domain::ids::AccountId;
use payung_domain::notify::Notice;
use payung_domain::second_factor::Destination;
use payung_domain::secret::Secret;
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_storage::activations::Activation;
use payung_storage::contacts::Coming;
use payung_storage::{Fault, Tx, accounts, activations, contacts, members};

use super::{Current, Found, alone, view};
use crate::passkeys::{self, Answered, Challenge, First};
use crate::passwords::{Refused, judge_first};
use crate::sign_in::too_many;
use crate::{App, Visit, authenticators, notices};

/// What came of choosing.
#[derive(Debug)]
pub enum Answer {
    /// The account is open.
    Done,
    /// The password is not taken.
    Refused(Refused),
    /// With this password alone there would be no second step to do: a number or a passkey is needed.
    NeedsAnotherWay,
    /// The address was given to another account meanwhile: another one is needed.
    EmailTaken,
    /// The passkey did not make sure that its owner holds it.
    PasskeyNotVerified,
    /// The passkey belongs to an account already.
    PasskeyKnown,
    /// What came back is no passkey.
    PasskeyRefused,
    /// The page was open for too long to make a passkey.
    PasskeyOld,
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
    /// No room for another password hash right now.
    Busy,
}

/// Opens the account with a password. Of any number of requests, one does it (L7).
pub async fn set_password(
    app: &App,
    visit: &Visit,
    token: &Token,
    typed: &Secret,
) -> Result<Found<Answer>, Fault> {
    let Ok(making) = app.hasher.place() else { return Ok(Found::Open(Answer::Busy)) };
    let mut tx = app.store.write().await?;
    if let Some(until) = too_many(app, &mut tx, visit).await? {
        tx.commit().await?;
        return Ok(Found::Open(Answer::TooMany { until }));
    }
    let current = match at_turn(app, &mut tx, visit, token).await? {
        Ok(current) => current,
        Err(instead) => return Ok(instead),
    };
    tx.commit().await?;
    if !current.may_use_password(app) {
        return Ok(Found::Open(Answer::NeedsAnotherWay));
    }
    // No transaction is open while this takes its time.
    let activation = &current.activation;
    let judged = judge_first(app, activation.person, &names(activation), typed, making).await?;
    let password = match judged {
        Ok(password) => password,
        Err(refused) => return Ok(Found::Open(Answer::Refused(refused))),
    };
    let mut tx = app.store.write().await?;
    let current = match at_turn(app, &mut tx, visit, token).await? {
        Ok(current) => current,
        Err(instead) => return Ok(instead),
    };
    open(app, tx, visit, &current, password, None).await
}

/// A challenge for opening the account with a passkey; none when it is not its turn.
pub async fn begin_passkey(
    app: &App,
    visit: &Visit,
    browser: &Token,
    token: &Token,
) -> Result<Option<Challenge>, Fault> {
    let seen = view(app, visit, token).await?;
    let Some(seen) = seen.filter(|seen| seen.progress.stage() == Stage::Access) else {
        return Ok(None);
    };
    // What the device calls its owner: what they typed, and not what we know of them.
    let owner = seen.email.or(seen.phone).map(|contact| contact.typed).unwrap_or_default();
    passkeys::begin_first(app, visit, browser, token, &owner).map(Some)
}

/// Opens the account with a passkey that made sure who holds it. It has no password then: what is
/// kept in its place is the hash of 256 random bits that nobody ever saw.
pub async fn add_passkey(
    app: &App,
    visit: &Visit,
    browser: &Token,
    token: &Token,
    answered: Answered<'_>,
) -> Result<Found<Answer>, Fault> {
    let Ok(making) = app.hasher.place() else { return Ok(Found::Open(Answer::Busy)) };
    let mut tx = app.store.write().await?;
    if let Some(until) = too_many(app, &mut tx, visit).await? {
        tx.commit().await?;
        return Ok(Found::Open(Answer::TooMany { until }));
    }
    if let Err(instead) = at_turn(app, &mut tx, visit, token).await? {
        return Ok(instead);
    }
    let first = passkeys::first(app, &mut tx, visit, browser, token, answered).await?;
    // The challenge is used up, whatever comes of it.
    tx.commit().await?;
    let first = match first {
        Ok(first) => first,
        Err(passkeys::Answer::NotVerified) => return Ok(Found::Open(Answer::PasskeyNotVerified)),
        Err(passkeys::Answer::Stale) => return Ok(Found::Open(Answer::PasskeyOld)),
        Err(_) => return Ok(Found::Open(Answer::PasskeyRefused)),
    };
    let unknown = Secret::from(Token::new(&*app.dice).expose());
    let password = making.make(unknown).await?;
    let mut tx = app.store.write().await?;
    let current = match at_turn(app, &mut tx, visit, token).await? {
        Ok(current) => current,
        Err(instead) => return Ok(instead),
    };
    open(app, tx, visit, &current, password, Some(&first)).await
}

/// The activation, where it is this task's turn.
async fn at_turn(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    token: &Token,
) -> Result<Result<Current, Found<Answer>>, Fault> {
    Ok(match alone(app, tx, visit, token).await? {
        None => Err(Found::Gone),
        Some(current) if current.is_at(Stage::Access) => Ok(current),
        Some(current) => Err(Found::Elsewhere(current.progress.stage())),
    })
}

/// Opens the account. Whatever stands against it leaves nothing behind.
async fn open(
    app: &App,
    mut tx: Tx,
    visit: &Visit,
    current: &Current,
    password: StoredPassword,
    passkey: Option<&First>,
) -> Result<Found<Answer>, Fault> {
    let (now, activation) = (visit.now, &current.activation);
    let account = Account {
        id: AccountId::new(&*app.dice),
        person: activation.person,
        password,
        password_set_at: now,
        language: activation.language,
        zone: Zone::default(),
    };
    if !accounts::open(&mut tx, &account, now).await? {
        // Another browser was quicker with the same person's data.
        return Ok(Found::Elsewhere(Stage::Taken));
    }
    if !name(app, &mut tx, visit, activation, account.id).await? {
        drop(tx);
        return without_email(app, activation).await.map(Found::Open);
    }
    if let Some(first) = passkey {
        if !passkeys::keep_first(app, &mut tx, visit, account.id, first).await? {
            return Ok(Found::Open(Answer::PasskeyKnown));
        }
        notices::note(app, &mut tx, visit, account.id, Event::PasskeyAdded).await?;
    } else {
        authenticators::bound(app, &mut tx, visit, account.id, Kind::Password, "").await?;
    }
    if !activations::open(&mut tx, activation, account.id, now).await? {
        return Ok(Found::Gone);
    }
    notices::note(app, &mut tx, visit, account.id, Event::AccountActivated).await?;
    let notice = Notice::AccountActivated { device: visit.device.clone(), at: now };
    notices::tell_everywhere(app, &mut tx, &account, &notice, now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Found::Open(Answer::Done))
}

/// Gives the account its names: the confirmed contacts and every member number of the person. `false`
/// when the address names another account. A number that does, of a family's one phone, reaches this
/// account without naming it.
async fn name(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    activation: &Activation,
    account: AccountId,
) -> Result<bool, Fault> {
    let (vault, now) = (app.store.vault(), visit.now);
    // The first contacts of an account need not cool off: there is no older one to object.
    let standing = Standing { counts_from: now, recovers_from: now, ..Standing::SINCE_EVER };
    if let Some(email) = &activation.email {
        let to = Destination::Email(email.value.clone());
        let coming = Coming { to: &to, standing, place: 0 };
        if !contacts::claim(tx, vault, account, coming, now).await? {
            return Ok(false);
        }
        authenticators::bound(app, tx, visit, account, Kind::Email, &to.masked()).await?;
    }
    if let Some(phone) = &activation.phone {
        let to = Destination::Sms(phone.value.clone());
        let coming = Coming { to: &to, standing, place: 0 };
        if !contacts::claim(tx, vault, account, coming, now).await? {
            accounts::share_phone(tx, vault, account, &phone.value, now).await?;
        }
        authenticators::bound(app, tx, visit, account, Kind::Phone, &to.masked()).await?;
    }
    for membership in members::memberships(tx, activation.person).await? {
        let name = Identifier::Kpj(membership.kpj);
        accounts::claim_name(tx, vault, account, &name, Some(now)).await?;
    }
    Ok(true)
}

/// Takes the address back that another account has by now.
async fn without_email(app: &App, activation: &Activation) -> Result<Answer, Fault> {
    let mut tx = app.store.write().await?;
    activations::set_email(&mut tx, app.store.vault(), activation, None).await?;
    tx.commit().await?;
    Ok(Answer::EmailTaken)
}

/// What the account will go by, as far as it was typed.
fn names(activation: &Activation) -> Vec<Identifier> {
    let email = activation.email.as_ref().map(|given| Identifier::Email(given.value.clone()));
    let phone = activation.phone.as_ref().map(|given| Identifier::Phone(given.value.clone()));
    email.into_iter().chain(phone).collect()
}
