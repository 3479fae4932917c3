//! Passkeys: adding them, signing in with them, and using one as the second step or as proof.
//!
//! A ceremony has two halves: the page carries a challenge, the browser brings it back answered.
//! Between them the server's half of it travels in the page too, sealed, so that showing the
//! sign-in page writes nothing: it opens in one browser, for one purpose, for five minutes, and an
//! answer uses it up in the database (D-01).
//!
//! The library's friendlier front always demands user verification. Here it is preferred, and its
//! flag decides what a use is worth (D-03), so this speaks to its core.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::authenticators::Kind;
use payung_domain::ids::AccountId;
use payung_domain::keyed::{Tag, digest};
use payung_domain::notify::FactorChange;
use payung_domain::passkeys::{CHALLENGE_LIFE, MOST, Name, Passkey};
use payung_domain::second_factor::Way;
use payung_domain::sign_in::landing;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::passkeys::Kept;
use payung_storage::{Fault, Place, Tx, accounts, authenticators as register, passkeys, sessions};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{
    AttestationConveyancePreference, AuthenticationResult, AuthenticationState, COSEAlgorithm,
    Credential, CredentialID, PublicKeyCredential, RegisterPublicKeyCredential, RegistrationState,
    UserVerificationPolicy,
};

use crate::security::{Removed, told};
use crate::sign_in::opening::{self, Door, finish};
use crate::sign_in::step::{Found, open_alone};
use crate::sign_in::{Ending, Opened};
use crate::{App, Visit, authenticators, notices, sign_in};

/// What a page carries for one ceremony.
#[derive(Clone, Debug)]
pub struct Challenge {
    /// What the browser is asked, as JSON.
    pub options: String,
    /// The server's half, sealed.
    pub sealed: String,
}

/// What came back from a browser.
#[derive(Clone, Copy, Debug)]
pub struct Answered<'a> {
    /// The server's half, as the page carried it.
    pub sealed: &'a str,
    /// What the browser answered, as JSON.
    pub credential: &'a str,
}

/// What came of an answer.
#[derive(Debug)]
pub enum Answer {
    /// Signed in, or proved again.
    SignedIn(Opened),
    /// The passkey is right, but nobody showed that its owner holds it: the password is needed.
    NotVerified,
    /// The passkey is nobody's here, or its signature is wrong.
    Refused,
    /// The challenge ran out, was answered before, or was made for somebody else.
    Stale,
    /// Too many tries from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// What a challenge was made for. One for a sign-in proves nothing elsewhere (R3).
#[derive(Clone, Copy, Debug)]
enum Purpose<'a> {
    SignIn,
    SecondStep(&'a Token),
    Confirm(&'a Token),
    Add(&'a Token),
    Activate(&'a Token),
}

impl Purpose<'_> {
    /// What the sealed half is bound to: the browser, the purpose, and the sign-in or session.
    fn bound(self, browser: &Token) -> Vec<u8> {
        let (name, of): (&str, &str) = match self {
            Self::SignIn => ("sign-in", ""),
            Self::SecondStep(token) => ("second-step", token.expose()),
            Self::Confirm(token) => ("confirm", token.expose()),
            Self::Add(token) => ("add", token.expose()),
            Self::Activate(token) => ("activate", token.expose()),
        };
        [browser.expose(), name, of].join("\n").into_bytes()
    }
}

/// The sealed half of a ceremony.
#[derive(Serialize, Deserialize)]
struct Half<S> {
    state: S,
    expires_at: Instant,
}

/// A challenge for the sign-in page. The same for everybody: it depends on no name (F-05).
pub fn begin_sign_in(app: &App, visit: &Visit, browser: &Token) -> Result<Challenge, Fault> {
    ask(app, visit, browser, Purpose::SignIn, Vec::new())
}

/// A challenge for somebody whose password was right.
pub async fn begin_step(
    app: &App,
    visit: &Visit,
    browser: &Token,
    account: AccountId,
    sign_in: &Token,
) -> Result<Challenge, Fault> {
    let known = credentials(app, account, counts).await?;
    ask(app, visit, browser, Purpose::SecondStep(sign_in), known)
}

/// A challenge for a member who is to prove once more who they are.
pub async fn begin_confirming(
    app: &App,
    visit: &Visit,
    browser: &Token,
    account: AccountId,
    session: &Token,
) -> Result<Challenge, Fault> {
    let known = credentials(app, account, counts).await?;
    ask(app, visit, browser, Purpose::Confirm(session), known)
}

/// What comes with a sign-in by passkey.
#[derive(Clone, Copy, Debug)]
pub struct Arriving<'a> {
    /// The session the browser has so far.
    pub earlier: Option<&'a Token>,
    /// The path the visitor was on the way to.
    pub next: Option<&'a str>,
    /// Whether the visitor says that others use the device.
    pub is_shared_device: bool,
}

/// Signs in with a passkey alone: possession and the owner's presence in one (D-03).
///
/// Works while the password path is paused or shut (E-05), and opens it where it was shut.
pub async fn sign_in(
    app: &App,
    visit: &Visit,
    browser: &Token,
    answered: Answered<'_>,
    arriving: Arriving<'_>,
) -> Result<Answer, Fault> {
    let mut tx = app.store.write().await?;
    if let Some(until) = sign_in::too_many(app, &mut tx, visit).await? {
        tx.commit().await?;
        return Ok(Answer::TooMany { until });
    }
    let used = check(app, &mut tx, visit, browser, Purpose::SignIn, answered, None).await?;
    let account = match used {
        Used::Right { account, is_verified: true } => account,
        Used::Right { is_verified: false, .. } => return ended(app, tx, Answer::NotVerified).await,
        Used::Not(answer) => return ended(app, tx, answer).await,
    };
    let session = Token::new(&*app.dice);
    let is_shared_device = arriving.is_shared_device;
    let door = Door { way: Way::Passkey, proved_at: visit.now, is_shared_device };
    opening::open(app, &mut tx, visit, &account, &session, door, arriving.earlier).await?;
    sign_in::open_password_path(app, &mut tx, visit, &account).await?;
    sign_in::open_code_path(app, &mut tx, visit, account.id).await?;
    let landing = landing(arriving.next).to_owned();
    ended(app, tx, Answer::SignedIn(Opened { session, landing })).await
}

/// Uses a passkey as the second step: the password was right before.
pub async fn finish_step(
    app: &App,
    visit: &Visit,
    browser: &Token,
    token: &Token,
    answered: Answered<'_>,
    ending: Ending<'_>,
) -> Result<Found<Answer>, Fault> {
    let mut tx = app.store.write().await?;
    let (step, account) = match open_alone(&mut tx, visit, token).await? {
        Found::Open(found) if ending.fits(&found.0) => found,
        Found::Finished(at) => return Ok(Found::Finished(at)),
        Found::Open(_) | Found::Gone => return Ok(Found::Gone),
    };
    let purpose = Purpose::SecondStep(token);
    let owner = Some(account.id);
    match check(app, &mut tx, visit, browser, purpose, answered, owner).await? {
        Used::Right { .. } => {}
        Used::Not(answer) => return ended(app, tx, answer).await.map(Found::Open),
    }
    let Some(opened) = finish(app, &mut tx, visit, &step, &account, Way::Passkey, ending).await?
    else {
        return Ok(Found::Finished(visit.now));
    };
    ended(app, tx, Answer::SignedIn(opened)).await.map(Found::Open)
}

/// Proves a session again with a passkey; it goes on under a new token (H-02).
pub async fn confirm(
    app: &App,
    visit: &Visit,
    browser: &Token,
    account: AccountId,
    session: &Token,
    answered: Answered<'_>,
    next: &str,
) -> Result<Answer, Fault> {
    let mut tx = app.store.write().await?;
    let purpose = Purpose::Confirm(session);
    match check(app, &mut tx, visit, browser, purpose, answered, Some(account)).await? {
        Used::Right { .. } => {}
        Used::Not(answer) => return ended(app, tx, answer).await,
    }
    let renewed = Token::new(&*app.dice);
    let (old, new) = (session.hash(), renewed.hash());
    if !sessions::prove(&mut tx, &old, &new, Way::Passkey, visit.now).await? {
        return ended(app, tx, Answer::Stale).await;
    }
    notices::note(app, &mut tx, visit, account, Event::IdentityConfirmed).await?;
    let landing = landing(Some(next)).to_owned();
    ended(app, tx, Answer::SignedIn(Opened { session: renewed, landing })).await
}

/// A challenge for adding a passkey; `owner` is what the device calls it.
pub async fn begin_adding(
    app: &App,
    visit: &Visit,
    browser: &Token,
    account: AccountId,
    session: &Token,
    owner: &str,
) -> Result<Challenge, Fault> {
    let mut tx = app.store.write().await?;
    let handle = passkeys::handle(&mut tx, account, app.dice.id()).await?;
    tx.commit().await?;
    let all = credentials(app, account, |_| true).await?;
    let known = all.into_iter().map(|c| c.cred_id).collect();
    let (options, state) =
        ask_for_new(app, handle, owner, known, UserVerificationPolicy::Preferred)?;
    sealed(app, visit, browser, Purpose::Add(session), &options, state)
}

/// Asks a browser to make a passkey for whoever has this random name.
fn ask_for_new(
    app: &App,
    handle: Uuid,
    owner: &str,
    known: Vec<CredentialID>,
    policy: UserVerificationPolicy,
) -> Result<(impl Serialize + use<>, RegistrationState), Fault> {
    let core = core(app)?;
    let owner = if owner.is_empty() { &*app.settings.service_name } else { owner };
    let builder = core
        .new_challenge_register_builder(handle.as_bytes(), owner, owner)
        .map_err(doing)?
        .attestation(AttestationConveyancePreference::None)
        .user_verification_policy(policy)
        .credential_algorithms(vec![
            COSEAlgorithm::ES256,
            COSEAlgorithm::EDDSA,
            COSEAlgorithm::RS256,
        ])
        // Without this the device keeps no name, and nobody signs in without typing theirs.
        .require_resident_key(true)
        .exclude_credentials(Some(known));
    let (options, state) = core.generate_challenge_register(builder).map_err(doing)?;
    Ok((options.public_key, state))
}

/// The first passkey of an account that is not there yet.
pub(crate) struct First {
    credential: Credential,
    handle: Uuid,
}

/// A challenge for an account that is to be opened with a passkey alone; `owner` is what the device
/// calls it. Here its owner has to be verified: nothing else will stand beside it.
pub(crate) fn begin_first(
    app: &App,
    visit: &Visit,
    browser: &Token,
    activation: &Token,
    owner: &str,
) -> Result<Challenge, Fault> {
    let handle = app.dice.id();
    let (options, state) =
        ask_for_new(app, handle, owner, Vec::new(), UserVerificationPolicy::Required)?;
    sealed(app, visit, browser, Purpose::Activate(activation), &options, (state, handle))
}

/// Checks what a browser made of it. The challenge is used up whatever comes of it.
pub(crate) async fn first(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    browser: &Token,
    activation: &Token,
    answered: Answered<'_>,
) -> Result<Result<First, Answer>, Fault> {
    let purpose = Purpose::Activate(activation);
    let half =
        opened::<(RegistrationState, Uuid)>(app, tx, visit, browser, purpose, answered.sealed);
    let Some((state, handle)) = half.await? else { return Ok(Err(Answer::Stale)) };
    let Ok(answer) = serde_json::from_str::<RegisterPublicKeyCredential>(answered.credential)
    else {
        return Ok(Err(Answer::Refused));
    };
    Ok(match core(app)?.register_credential(&answer, &state, None) {
        Ok(credential) => Ok(First { credential, handle }),
        Err(WebauthnError::UserNotVerified) => Err(Answer::NotVerified),
        Err(_) => Err(Answer::Refused),
    })
}

/// Gives a new account its first passkey; `false` when it belongs to an account already (P3).
pub(crate) async fn keep_first(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: AccountId,
    first: &First,
) -> Result<bool, Fault> {
    passkeys::handle(tx, account, first.handle).await?;
    let name = Name::or(&visit.device, &app.settings.service_name);
    let kept = kept(app, visit, account, &first.credential, name)?;
    if !passkeys::add(tx, app.store.vault(), &first.credential.cred_id, &kept).await? {
        return Ok(false);
    }
    authenticators::passkey_bound(app, tx, visit, &kept, first.credential.user_verified).await?;
    Ok(true)
}

/// A credential as it is kept.
fn kept(
    app: &App,
    visit: &Visit,
    account: AccountId,
    credential: &Credential,
    name: Name,
) -> Result<Kept, Fault> {
    Ok(Kept {
        account,
        credential: serde_json::to_vec(credential).map_err(doing)?,
        passkey: Passkey {
            id: app.dice.id(),
            name,
            is_backup_eligible: credential.backup_eligible,
            is_backed_up: credential.backup_state,
            added_at: visit.now,
            used_at: None,
            suspended_at: None,
        },
    })
}

/// What came of adding a passkey.
#[derive(Debug, PartialEq, Eq)]
pub enum Added {
    /// It is kept.
    Done,
    /// It belongs to an account already (P3).
    Known,
    /// There are as many as there may be.
    Full,
    /// What came back does not fit what was asked.
    Refused,
    /// The challenge ran out, was answered before, or was made for somebody else.
    Stale,
}

/// Adds a passkey.
pub async fn add(
    app: &App,
    visit: &Visit,
    browser: &Token,
    account: &Account,
    session: &Token,
    answered: Answered<'_>,
    name: &Name,
) -> Result<Added, Fault> {
    let mut tx = app.store.write().await?;
    let purpose = Purpose::Add(session);
    let Some(state) =
        opened::<RegistrationState>(app, &mut tx, visit, browser, purpose, answered.sealed).await?
    else {
        let is_kept = is_passkey_of(app, &mut tx, account.id, answered.credential).await?;
        return Ok(if is_kept { Added::Done } else { Added::Stale });
    };
    let added = match serde_json::from_str::<RegisterPublicKeyCredential>(answered.credential) {
        Ok(answer) => core(app)?.register_credential(&answer, &state, None).ok(),
        Err(_) => None,
    };
    let Some(credential) = added else {
        tx.commit().await?;
        return Ok(Added::Refused);
    };
    let (counting, suspended) = passkeys::count(&mut tx, account.id).await?;
    if counting + suspended >= MOST {
        tx.commit().await?;
        return Ok(Added::Full);
    }
    let kept = kept(app, visit, account.id, &credential, name.clone())?;
    if !passkeys::add(&mut tx, app.store.vault(), &credential.cred_id, &kept).await? {
        tx.commit().await?;
        return Ok(Added::Known);
    }
    let verifies = credential.user_verified;
    authenticators::passkey_bound(app, &mut tx, visit, &kept, verifies).await?;
    told(app, &mut tx, visit, account, Event::PasskeyAdded, FactorChange::PasskeyAdded).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Added::Done)
}

/// Whether what the browser brings was added a moment ago, and only the answer was lost.
async fn is_passkey_of(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    credential: &str,
) -> Result<bool, Fault> {
    let Ok(brought) = serde_json::from_str::<RegisterPublicKeyCredential>(credential) else {
        return Ok(false);
    };
    let kept = passkeys::locked(tx, app.store.vault(), &brought.raw_id).await?;
    Ok(kept.is_some_and(|kept| kept.account == account))
}

/// Calls a passkey of the member by another name; `false` when it is none of theirs (S5).
pub async fn rename(app: &App, account: AccountId, id: Uuid, name: &Name) -> Result<bool, Fault> {
    let mut tx = app.store.write().await?;
    let is_theirs = passkeys::rename(&mut tx, app.store.vault(), account, id, name).await?;
    if is_theirs {
        register::rename(&mut tx, app.store.vault(), account, id, name.as_str()).await?;
    }
    tx.commit().await?;
    Ok(is_theirs)
}

/// Takes a passkey away, unless it is the last way in.
pub async fn remove(
    app: &App,
    visit: &Visit,
    account: &Account,
    id: Uuid,
) -> Result<Removed, Fault> {
    let mut tx = app.store.write().await?;
    let is_suspended = passkeys::is_suspended(&mut tx, account.id, id).await?;
    if !is_suspended
        && !sign_in::may_lose(app, &mut tx, account.id, Way::Passkey, visit.now).await?
    {
        return Ok(Removed::Last);
    }
    if !passkeys::remove(&mut tx, account.id, id).await? {
        return Ok(Removed::Gone);
    }
    register::remove_one(&mut tx, account.id, id, visit.now).await?;
    let (kind, change) = (Kind::Passkey, "delete");
    authenticators::tell_applications(app, &mut tx, account.id, kind, change, visit.now).await?;
    told(app, &mut tx, visit, account, Event::PasskeyRemoved, FactorChange::PasskeyRemoved).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Removed::Done)
}

/// What the use of a passkey showed.
enum Used {
    Right {
        account: Account,
        /// Whether the device made sure that its owner holds it.
        is_verified: bool,
    },
    Not(Answer),
}

/// Checks an answer, and notes the use. The challenge is used up whatever comes of it.
async fn check(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    browser: &Token,
    purpose: Purpose<'_>,
    answered: Answered<'_>,
    expected: Option<AccountId>,
) -> Result<Used, Fault> {
    let sealed = answered.sealed;
    let Some(state) =
        opened::<AuthenticationState>(app, tx, visit, browser, purpose, sealed).await?
    else {
        return Ok(Used::Not(Answer::Stale));
    };
    let refused = Used::Not(Answer::Refused);
    let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answered.credential) else {
        return Ok(refused);
    };
    let Some(owner) = whose(tx, &answer, expected).await? else { return Ok(refused) };
    // The account before its passkey: everybody takes them in this order.
    accounts::hold(tx, owner).await?;
    let vault = app.store.vault();
    let found = passkeys::locked(tx, vault, &answer.raw_id).await?;
    let found = found.filter(|kept| kept.account == owner && counts(&kept.passkey));
    let Some(mut kept) = found else { return Ok(refused) };
    let Some(account) = accounts::get(tx, kept.account).await? else { return Ok(refused) };
    let mut credential: Credential = serde_json::from_slice(&kept.credential).map_err(doing)?;
    match core(app)?.authenticate_single_credential(&answer, &state, &credential) {
        Ok(result) => {
            follow(&mut credential, &result);
            kept.credential = serde_json::to_vec(&credential).map_err(doing)?;
            kept.passkey.is_backed_up = credential.backup_state;
            passkeys::note_use(tx, vault, &kept, visit.now).await?;
            register::used_one(tx, account.id, kept.passkey.id, visit.now).await?;
            Ok(Used::Right { account, is_verified: result.user_verified() })
        }
        Err(WebauthnError::UserNotVerified) => Ok(Used::Not(Answer::NotVerified)),
        Err(WebauthnError::CredentialPossibleCompromise) => {
            // D-06: two devices count with one key, or one was put back to an older state.
            let change = FactorChange::PasskeyCopied;
            told(app, tx, visit, &account, Event::PasskeyCopied, change).await?;
            Ok(refused)
        }
        Err(_) => Ok(refused),
    }
}

/// Whose passkey it has to be: the account at hand, or else the one that the passkey itself names.
/// One that names another account than the one at hand is nobody's.
async fn whose(
    tx: &mut Tx,
    answer: &PublicKeyCredential,
    expected: Option<AccountId>,
) -> Result<Option<AccountId>, Fault> {
    let Some(handle) = answer.response.user_handle.as_deref() else { return Ok(expected) };
    let named = match Uuid::from_slice(handle) {
        Ok(handle) => passkeys::owner(tx, handle).await?,
        Err(_) => None,
    };
    Ok(named.filter(|named| expected.is_none_or(|account| account == *named)))
}

/// What a use changed in the credential: its counter, and where it lives.
pub(crate) fn follow(credential: &mut Credential, result: &AuthenticationResult) {
    credential.counter = credential.counter.max(result.counter());
    credential.backup_state = result.backup_state();
}

/// Asks a browser for one of these passkeys, or for any of ours.
fn ask(
    app: &App,
    visit: &Visit,
    browser: &Token,
    purpose: Purpose<'_>,
    known: Vec<Credential>,
) -> Result<Challenge, Fault> {
    let core = core(app)?;
    let policy = Some(UserVerificationPolicy::Preferred);
    let builder = core.new_challenge_authenticate_builder(known, policy).map_err(doing)?;
    let (options, mut state) = core.generate_challenge_authenticate(builder).map_err(doing)?;
    // Which passkey counts is looked up when one comes back.
    state.set_allowed_credentials(Vec::new());
    sealed(app, visit, browser, purpose, &options.public_key, state)
}

fn sealed(
    app: &App,
    visit: &Visit,
    browser: &Token,
    purpose: Purpose<'_>,
    options: &impl Serialize,
    state: impl Serialize,
) -> Result<Challenge, Fault> {
    seal_half(app, visit, &purpose.bound(browser), options, state)
}

/// Seals the server's half of a ceremony for one place.
pub(crate) fn seal_half(
    app: &App,
    visit: &Visit,
    place: &[u8],
    options: &impl Serialize,
    state: impl Serialize,
) -> Result<Challenge, Fault> {
    let half = Half { state, expires_at: visit.now.plus(CHALLENGE_LIFE) };
    let plain = serde_json::to_vec(&half).map_err(doing)?;
    let sealed = app.store.vault().seal(Place("challenges", "half", place), &plain)?;
    Ok(Challenge {
        options: serde_json::to_string(options).map_err(doing)?,
        sealed: data_encoding::BASE64URL_NOPAD.encode(&sealed),
    })
}

/// Opens the sealed half and uses it up; `None` when it is not this browser's for this purpose, too
/// old, or was answered before.
async fn opened<S: DeserializeOwned>(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    browser: &Token,
    purpose: Purpose<'_>,
    sealed: &str,
) -> Result<Option<S>, Fault> {
    open_half(app, tx, visit, &purpose.bound(browser), sealed).await
}

/// Opens a half that was sealed for this place, and uses it up.
pub(crate) async fn open_half<S: DeserializeOwned>(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    place: &[u8],
    sealed: &str,
) -> Result<Option<S>, Fault> {
    let sealed = data_encoding::BASE64URL_NOPAD.decode(sealed.as_bytes()).ok();
    let plain = sealed.and_then(|sealed| {
        app.store.vault().open(Place("challenges", "half", place), &sealed).ok()
    });
    let Some(plain) = plain else { return Ok(None) };
    let half: Half<S> = serde_json::from_slice(&plain).map_err(doing)?;
    let id: Tag = digest(&plain);
    let is_fresh = visit.now < half.expires_at;
    let is_first = is_fresh && passkeys::use_challenge(tx, &id, half.expires_at).await?;
    Ok(is_first.then_some(half.state))
}

/// Commits whatever was noted on the way to this answer.
async fn ended(app: &App, tx: Tx, answer: Answer) -> Result<Answer, Fault> {
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(answer)
}

/// Whether a passkey opens anything now.
const fn counts(passkey: &Passkey) -> bool {
    passkey.suspended_at.is_none()
}

/// What such passkeys of an account are checked with.
async fn credentials(
    app: &App,
    account: AccountId,
    are_wanted: fn(&Passkey) -> bool,
) -> Result<Vec<Credential>, Fault> {
    let mut tx = app.store.read().await?;
    let kept = passkeys::of(&mut tx, app.store.vault(), account).await?;
    kept.iter()
        .filter(|kept| are_wanted(&kept.passkey))
        .map(|kept| serde_json::from_slice(&kept.credential).map_err(doing))
        .collect()
}

/// The one origin and the one name that count: the public address and its host (P1, P2).
fn core(app: &App) -> Result<WebauthnCore, Fault> {
    let settings = &app.settings;
    let origin = settings.public_url.parse().map_err(doing)?;
    let (name, host) = (&settings.service_name, settings.public_host());
    Ok(WebauthnCore::new_unsafe_experts_only(
        name,
        host,
        vec![origin],
        CHALLENGE_LIFE,
        Some(false),
        Some(false),
    ))
}

pub(crate) fn doing(error: impl std::error::Error + Send + Sync + 'static) -> Fault {
    Fault::while_doing("checking a passkey")(error)
}
