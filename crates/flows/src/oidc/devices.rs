//! Signing in on a device without a keyboard (RFC 8628), from its first call to its member's answer.
//! What it gets then is `token`'s business.

use payung_domain::activity::Event;
use payung_domain::keyed::{Tag, same};
use payung_domain::oidc::clients::{Client, GrantType};
use payung_domain::oidc::consent::{Consent, TEXT_VERSION};
use payung_domain::oidc::devices::{
    self as rules, Asked, INTERVAL, LIFE, Unreadable, UserCode, Waiting, network_of,
};
use payung_domain::oidc::problems::{Problem, Refused};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::oidc::{consents, devices, grants};
use payung_storage::{Fault, throttles};

use super::authorize::{Question, grant_of, proved_at};
use super::clients::{Call, authenticate, enabled};
use super::{Trouble, address, paths, people};
use crate::gates::{self, Door};
use crate::sessions::SignedIn;
use crate::{App, Visit, notices};

/// What a device shows and keeps.
#[derive(Clone, Debug)]
pub struct Begun {
    /// What it comes back with.
    pub device_code: Token,
    /// What it shows.
    pub user_code: UserCode,
    /// Where its member types that.
    pub verification_uri: String,
    /// The same with the code filled in, for a picture that a phone reads.
    pub verification_uri_complete: String,
    /// For how many seconds it may wait.
    pub expires_in: u64,
    /// How many seconds there are between two of its questions.
    pub interval: u64,
}

/// Takes the first call of a device.
pub async fn begin(app: &App, visit: &Visit, call: &Call) -> Result<Begun, Trouble> {
    let client = authenticate(app, visit, call).await?;
    if !client.may(GrantType::DeviceCode) {
        let why = "the client was not registered for devices";
        return Err(Refused::new(Problem::UnauthorizedClient, why).into());
    }
    let request = rules::read(&client, &call.parameters)?;
    let asked = Asked { request, from: network_of(visit.address) };
    let device_code = Token::new(&*app.dice);
    let mut tx = app.store.write().await?;
    if let Some(until) = gates::too_many(app, &mut tx, visit, Door::Device).await? {
        tx.commit().await?;
        return Err(Trouble::TooMany(until));
    }
    let user_code = loop {
        let code = UserCode::new(&*app.dice);
        let waiting = Waiting::new(asked.clone(), code.tag(&app.keys.codes), visit.now);
        if devices::add(&mut tx, app.store.vault(), &device_code.hash(), &waiting).await? {
            break code;
        }
    };
    tx.commit().await?;
    let verification_uri = address(app, paths::DEVICE_PAGE);
    Ok(Begun {
        device_code,
        verification_uri_complete: format!("{verification_uri}?user_code={}", user_code.shown()),
        verification_uri,
        user_code,
        expires_in: LIFE.as_secs(),
        interval: INTERVAL.as_secs(),
    })
}

/// What follows a code that a member typed.
#[derive(Clone, Debug)]
pub enum Entered {
    /// A device waits under it: what names it from now on.
    Right {
        /// To be brought along with the code.
        handle: Token,
        /// The code as it was read.
        code: UserCode,
    },
    /// What was typed is no such code. Costs no try.
    Unreadable(Unreadable),
    /// No device waits under it, or not any more.
    Wrong,
    /// Too many wrong codes: none is looked at before this moment.
    Paused(Instant),
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// Looks for the device that shows a code, and counts the try before it is looked at (E-03).
///
/// A right code costs no try and forgets no miss either: anybody can have a right one at any time, and
/// would guess on for ever.
pub async fn enter(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    typed: &str,
) -> Result<Entered, Fault> {
    let code = match UserCode::parse(typed) {
        Ok(code) => code,
        Err(problem) => return Ok(Entered::Unreadable(problem)),
    };
    let account = member.account.id;
    let mut tx = app.store.write().await?;
    if let Some(until) = gates::too_many(app, &mut tx, visit, Door::UserCode).await? {
        tx.commit().await?;
        return Ok(Entered::TooMany { until });
    }
    let subject = app.keys.counters.tag(&[b"user codes by", account.0.as_bytes()]);
    let before = throttles::locked(&mut tx, &subject, visit.now).await?;
    let counted = match rules::count_try(before, visit.now) {
        Ok(counted) => counted,
        Err(until) => {
            tx.commit().await?;
            return Ok(Entered::Paused(until));
        }
    };
    let (handle, tag) = (Token::new(&*app.dice), code.tag(&app.keys.codes));
    let is_right = devices::open(&mut tx, &tag, account, &handle.hash(), visit.now).await?;
    if !is_right {
        throttles::set(&mut tx, &subject, counted, visit.now).await?;
    }
    tx.commit().await?;
    Ok(if is_right {
        Entered::Right { handle, code }
    } else if counted.paused_until > visit.now {
        Entered::Paused(counted.paused_until)
    } else {
        Entered::Wrong
    })
}

/// What the page shows that asks a member.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Who asks, and for what.
    pub question: Question,
    /// The code that the device shows, too.
    pub code: UserCode,
    /// The network it asked from.
    pub from: String,
    /// Whether that is the network of the member, here and now.
    pub is_near: bool,
    /// When it asked.
    pub asked_at: Instant,
}

/// What a handle is worth.
#[derive(Clone, Debug)]
pub enum View {
    /// The member is asked.
    Ask(Box<Asking>),
    /// The application wants the member to have signed in a shorter while ago.
    SignInAgain,
    /// Nothing: answered, too late, or somebody else's.
    Gone,
}

/// Looks at a device whose code this member typed.
pub async fn view(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    handle: &Token,
    code: &UserCode,
) -> Result<View, Fault> {
    let Some(found) = found(app, visit, member, handle, code).await? else {
        return Ok(View::Gone);
    };
    if found.wants_again(member, visit.now) {
        return Ok(View::SignInAgain);
    }
    let Found { waiting, client, .. } = found;
    let request = waiting.asked.request;
    let items = request.items();
    let values = people::about(app, visit, &member.account, &items, &[]).await?;
    Ok(View::Ask(Box::new(Asking {
        question: Question { client, items, values, language: request.language },
        code: code.clone(),
        is_near: waiting.asked.from == network_of(visit.address),
        from: waiting.asked.from,
        asked_at: waiting.asked_at,
    })))
}

/// What came of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It counts.
    Done,
    /// The application wants the member to have signed in a shorter while ago.
    SignInAgain,
    /// There is nothing to answer: answered, too late, or somebody else's.
    Gone,
}

/// Takes the member's answer. Keeping the consent, the grant and the answer is one commit: of many at
/// once, one wins.
pub async fn answer(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    (handle, code): (&Token, &UserCode),
    agrees: bool,
) -> Result<Answered, Fault> {
    let Some(found) = found(app, visit, member, handle, code).await? else {
        return Ok(Answered::Gone);
    };
    if agrees && found.wants_again(member, visit.now) {
        return Ok(Answered::SignInAgain);
    }
    let (account, request) = (&member.account, &found.waiting.asked.request);
    let mut tx = app.store.write().await?;
    let mut given = None;
    if agrees {
        let consent = Consent {
            scopes: request.items(),
            version: TEXT_VERSION.to_owned(),
            language: visit.language,
            given_at: visit.now,
        };
        consents::add(&mut tx, account.id, app.dice.id(), &request.client, &consent).await?;
        notices::note(app, &mut tx, visit, account.id, Event::AppConnected).await?;
        let grant = grant_of(app, request, member, visit.now);
        grants::add(&mut tx, app.store.vault(), &grant, account.password_set_at).await?;
        given = Some(grant.id);
    }
    if !devices::decide(&mut tx, &found.id, account.id, given, visit.now).await? {
        return Ok(Answered::Gone);
    }
    tx.commit().await?;
    Ok(Answered::Done)
}

/// A device that waits for this member's answer.
struct Found {
    id: Tag,
    waiting: Waiting,
    client: Client,
}

impl Found {
    /// Whether the member proved who they are too long ago for this client, and has not since the
    /// device asked.
    fn wants_again(&self, member: &SignedIn, now: Instant) -> bool {
        let proved_at = proved_at(member);
        let longest = self.waiting.asked.request.max_age;
        proved_at < self.waiting.asked_at
            && longest.is_some_and(|longest| now.since(proved_at) > longest)
    }
}

/// The device of a handle, for the member who typed its code, and with that code only: an address that
/// somebody else made leads nowhere.
async fn found(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    handle: &Token,
    code: &UserCode,
) -> Result<Option<Found>, Fault> {
    let mut tx = app.store.look().await?;
    let kept = devices::opened(&mut tx, app.store.vault(), &handle.hash()).await?;
    drop(tx);
    let is_theirs = |waiting: &Waiting| {
        waiting.member == Some(member.account.id)
            && waiting.is_open(visit.now)
            && same(&waiting.user_code, &code.tag(&app.keys.codes))
    };
    let Some((id, waiting)) = kept.filter(|(_, waiting)| is_theirs(waiting)) else {
        return Ok(None);
    };
    let client = enabled(app, &waiting.asked.request.client).await?;
    // What it may was written anew, perhaps, since the device asked.
    let items = waiting.asked.request.items();
    let client =
        client.filter(|client| client.may(GrantType::DeviceCode) && items.within(&client.scopes));
    Ok(client.map(|client| Found { id, waiting, client }))
}
