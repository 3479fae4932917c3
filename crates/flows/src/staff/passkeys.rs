//! The passkeys of staff: the only way in. Unlike members', their owner always has to be verified
//! (P-01), and they belong to the desk's own host.

use payung_domain::ids::StaffId;
use payung_domain::passkeys::CHALLENGE_LIFE;
use payung_domain::staff::Staff;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::staff::passkeys::{self, Kept};
use payung_storage::staff::{self as kept, sessions};
use payung_storage::{Fault, Tx};
use uuid::Uuid;
use webauthn_rs_core::WebauthnCore;
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{
    AttestationConveyancePreference, AuthenticationState, COSEAlgorithm, Credential,
    PublicKeyCredential, RegisterPublicKeyCredential, RegistrationState, UserVerificationPolicy,
};

use super::{Line, note_from, source_before, source_within};
use crate::gates::{self, Door};
use crate::passkeys::{Answered, Challenge, doing, follow, open_half, seal_half};
use crate::{App, Visit};

/// What came of an answer.
#[derive(Debug)]
pub enum Answer {
    /// Signed in, or proved again: the session's token from here on.
    SignedIn(Token),
    /// The device did not make sure that its owner holds it.
    NotVerified,
    /// The passkey is nobody's here, or its signature is wrong, or its owner is shut out.
    Refused,
    /// The challenge ran out, was answered before, or was made for somebody else.
    Stale,
    /// Too many tries from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// What a challenge of the desk was made for. None of a member's is among them.
#[derive(Clone, Copy, Debug)]
enum Purpose<'a> {
    SignIn,
    Confirm(&'a Token),
    Join(&'a Token),
}

impl Purpose<'_> {
    fn bound(self, browser: &Token) -> Vec<u8> {
        let (name, of) = match self {
            Self::SignIn => ("sign-in", ""),
            Self::Confirm(token) => ("confirm", token.expose()),
            Self::Join(token) => ("join", token.expose()),
        };
        ["desk", browser.expose(), name, of].join("\n").into_bytes()
    }

    const fn act(self) -> Act {
        match self {
            Self::SignIn => Act::SignedIn,
            Self::Confirm(_) => Act::Confirmed,
            Self::Join(_) => Act::Joined,
        }
    }
}

/// A challenge for the sign-in page: the same for everybody.
pub fn begin_sign_in(app: &App, visit: &Visit, browser: &Token) -> Result<Challenge, Fault> {
    ask(app, visit, browser, Purpose::SignIn)
}

/// A challenge before something dangerous.
pub fn begin_confirming(
    app: &App,
    visit: &Visit,
    browser: &Token,
    session: &Token,
) -> Result<Challenge, Fault> {
    ask(app, visit, browser, Purpose::Confirm(session))
}

/// Signs in with a passkey.
pub async fn sign_in(
    app: &App,
    visit: &Visit,
    browser: &Token,
    answered: Answered<'_>,
    earlier: Option<&Token>,
) -> Result<Answer, Fault> {
    let mut tx = app.store.write().await?;
    if let Some(until) = gates::too_many(app, &mut tx, visit, Door::Staff).await? {
        tx.commit().await?;
        return Ok(Answer::TooMany { until });
    }
    let staff = match check(app, &mut tx, visit, browser, Purpose::SignIn, answered, None).await? {
        Used::Right(staff) => staff,
        Used::Not(answer) => {
            tx.commit().await?;
            return Ok(answer);
        }
    };
    // A browser has one session at the desk: the one before would be left behind (H-01).
    if let Some(earlier) = earlier {
        sessions::end(&mut tx, &earlier.hash(), visit.now).await?;
    }
    let session = Token::new(&*app.dice);
    sessions::open(&mut tx, &session.hash(), staff.id, visit.now).await?;
    let source = source_within(app, visit, staff.id, visit.now);
    note_from(app, &mut tx, (&staff, source), visit.now, Line::done(Act::SignedIn)).await?;
    tx.commit().await?;
    Ok(Answer::SignedIn(session))
}

/// Proves a session again; it goes on under a new token (H-02).
pub async fn confirm(
    app: &App,
    visit: &Visit,
    browser: &Token,
    staff: StaffId,
    session: &Token,
    answered: Answered<'_>,
) -> Result<Answer, Fault> {
    let mut tx = app.store.write().await?;
    if let Some(until) = gates::too_many(app, &mut tx, visit, Door::Staff).await? {
        tx.commit().await?;
        return Ok(Answer::TooMany { until });
    }
    let purpose = Purpose::Confirm(session);
    let used = check(app, &mut tx, visit, browser, purpose, answered, Some(staff)).await?;
    let staff = match used {
        Used::Right(staff) => staff,
        Used::Not(answer) => {
            tx.commit().await?;
            return Ok(answer);
        }
    };
    let since = sessions::get(&mut tx, &session.hash()).await?.map(|before| before.created_at);
    let renewed = Token::new(&*app.dice);
    if !sessions::prove(&mut tx, &session.hash(), &renewed.hash(), visit.now).await? {
        tx.commit().await?;
        return Ok(Answer::Stale);
    }
    let source = match since {
        Some(since) => source_within(app, visit, staff.id, since),
        None => source_before(visit),
    };
    note_from(app, &mut tx, (&staff, source), visit.now, Line::done(Act::Confirmed)).await?;
    tx.commit().await?;
    Ok(Answer::SignedIn(renewed))
}

/// A challenge for somebody who was invited: their device is to make a passkey.
pub(super) fn begin_joining(
    app: &App,
    visit: &Visit,
    browser: &Token,
    invitation: &Token,
    staff: &Staff,
    handle: Uuid,
) -> Result<Challenge, Fault> {
    let name = staff.name.as_str();
    let core = core(app)?;
    let builder = core
        .new_challenge_register_builder(handle.as_bytes(), name, name)
        .map_err(doing)?
        .attestation(AttestationConveyancePreference::None)
        .user_verification_policy(UserVerificationPolicy::Required)
        .credential_algorithms(vec![
            COSEAlgorithm::ES256,
            COSEAlgorithm::EDDSA,
            COSEAlgorithm::RS256,
        ])
        // Without this the device keeps no name, and there is no other way to say who one is.
        .require_resident_key(true);
    let (options, state) = core.generate_challenge_register(builder).map_err(doing)?;
    let place = Purpose::Join(invitation).bound(browser);
    seal_half(app, visit, &place, &options.public_key, state)
}

/// Checks what a device made of it. The challenge is used up whatever comes of it.
pub(super) async fn made(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    browser: &Token,
    invitation: &Token,
    answered: Answered<'_>,
) -> Result<Result<Credential, Answer>, Fault> {
    let place = Purpose::Join(invitation).bound(browser);
    let half = open_half::<RegistrationState>(app, tx, visit, &place, answered.sealed).await?;
    let Some(state) = half else { return Ok(Err(Answer::Stale)) };
    let Ok(answer) = serde_json::from_str::<RegisterPublicKeyCredential>(answered.credential)
    else {
        return Ok(Err(Answer::Refused));
    };
    Ok(match core(app)?.register_credential(&answer, &state, None) {
        Ok(credential) => Ok(credential),
        Err(WebauthnError::UserNotVerified) => Err(Answer::NotVerified),
        Err(_) => Err(Answer::Refused),
    })
}

/// Keeps the one passkey of somebody, in the place of those before; `false` when it is somebody
/// else's.
pub(super) async fn keep(
    app: &App,
    tx: &mut Tx,
    staff: StaffId,
    credential: &Credential,
    now: Instant,
) -> Result<bool, Fault> {
    passkeys::remove_all(tx, staff).await?;
    let kept = Kept {
        staff,
        id: app.dice.id(),
        credential: serde_json::to_vec(credential).map_err(doing)?,
        added_at: now,
    };
    passkeys::add(tx, app.store.vault(), &credential.cred_id, &kept).await
}

/// What the use of a passkey showed.
enum Used {
    Right(Staff),
    Not(Answer),
}

async fn check(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    browser: &Token,
    purpose: Purpose<'_>,
    answered: Answered<'_>,
    expected: Option<StaffId>,
) -> Result<Used, Fault> {
    let place = purpose.bound(browser);
    let half = open_half::<AuthenticationState>(app, tx, visit, &place, answered.sealed).await?;
    let Some(state) = half else { return Ok(Used::Not(Answer::Stale)) };
    let refused = Used::Not(Answer::Refused);
    let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answered.credential) else {
        return Ok(refused);
    };
    let Some(owner) = whose(tx, &answer, expected).await? else { return Ok(refused) };
    let Some(staff) = kept::locked(tx, owner).await? else { return Ok(refused) };
    match used_by(app, tx, visit, &staff, &answer, &state).await? {
        Ok(()) => Ok(Used::Right(staff)),
        Err(why) => {
            // Whoever it is that tries in this officer's name: it is written down (M-03).
            let line = Line { outcome: Outcome::Refused, ..Line::done(purpose.act()) };
            note_from(app, tx, (&staff, source_before(visit)), visit.now, line).await?;
            Ok(Used::Not(why))
        }
    }
}

/// Whether a passkey of this officer answered, with its owner verified.
async fn used_by(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    staff: &Staff,
    answer: &PublicKeyCredential,
    state: &AuthenticationState,
) -> Result<Result<(), Answer>, Fault> {
    let vault = app.store.vault();
    let found = passkeys::locked(tx, vault, &answer.raw_id).await?;
    let Some(mut key) = found.filter(|key| key.staff == staff.id) else {
        return Ok(Err(Answer::Refused));
    };
    if staff.disabled_at.is_some() {
        return Ok(Err(Answer::Refused));
    }
    let mut credential: Credential = serde_json::from_slice(&key.credential).map_err(doing)?;
    match core(app)?.authenticate_single_credential(answer, state, &credential) {
        Ok(result) if result.user_verified() => {
            follow(&mut credential, &result);
            key.credential = serde_json::to_vec(&credential).map_err(doing)?;
            passkeys::note_use(tx, vault, &key, visit.now).await?;
            Ok(Ok(()))
        }
        Ok(_) | Err(WebauthnError::UserNotVerified) => Ok(Err(Answer::NotVerified)),
        Err(_) => Ok(Err(Answer::Refused)),
    }
}

/// Whose passkey it has to be: the officer at hand, or else the one that the passkey itself names.
async fn whose(
    tx: &mut Tx,
    answer: &PublicKeyCredential,
    expected: Option<StaffId>,
) -> Result<Option<StaffId>, Fault> {
    let Some(handle) = answer.response.user_handle.as_deref() else { return Ok(expected) };
    let named = match Uuid::from_slice(handle) {
        Ok(handle) => kept::owner(tx, handle).await?,
        Err(_) => None,
    };
    Ok(named.filter(|named| expected.is_none_or(|staff| staff == *named)))
}

fn ask(
    app: &App,
    visit: &Visit,
    browser: &Token,
    purpose: Purpose<'_>,
) -> Result<Challenge, Fault> {
    let core = core(app)?;
    let policy = Some(UserVerificationPolicy::Required);
    let builder = core.new_challenge_authenticate_builder(Vec::new(), policy).map_err(doing)?;
    let (options, mut state) = core.generate_challenge_authenticate(builder).map_err(doing)?;
    // Which passkey counts is looked up when one comes back.
    state.set_allowed_credentials(Vec::new());
    seal_half(app, visit, &purpose.bound(browser), &options.public_key, state)
}

/// The one origin and the one name that count: the desk's address and its host.
fn core(app: &App) -> Result<WebauthnCore, Fault> {
    let settings = &app.settings;
    let origin = settings.desk.url().parse().map_err(doing)?;
    let (name, host) = (&settings.service_name, settings.desk.host());
    Ok(WebauthnCore::new_unsafe_experts_only(
        name,
        host,
        vec![origin],
        CHALLENGE_LIFE,
        Some(false),
        Some(false),
    ))
}
