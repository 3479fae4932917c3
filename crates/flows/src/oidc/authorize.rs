//! A request of an application, from the browser's arrival to the code.
//!
//! Whatever can be answered at once is; else the request waits under a handle that this browser
//! holds, and after each page it is looked at anew, from the beginning.

use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::keyed::Tag;
use payung_domain::language::Language;
use payung_domain::oidc::clients::Client;
use payung_domain::oidc::consent::{Consent, TEXT_VERSION};
use payung_domain::oidc::grants::{CODE_LIFE, Code, Grant, Surroundings};
use payung_domain::oidc::interaction::{self, Facts, Next};
use payung_domain::oidc::levels::Level;
use payung_domain::oidc::parameters::Parameters;
use payung_domain::oidc::problems::{Problem, Refused};
use payung_domain::oidc::requests::{
    self, LIFE, Mode, PUSHED, PUSHED_LIFE, Request, Unanswerable, WayBack,
};
use payung_domain::oidc::scopes::Scopes;
use payung_domain::oidc::tokens::{IdToken, seconds};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::oidc::requests::Waiting;
use payung_storage::oidc::{consents, grants, requests as waiting_requests};
use payung_storage::{Fault, Tx};
use serde_json::{Map, Value};

use super::clients::{Call, authenticate, enabled};
use super::possession;
use super::request_objects::{unfolded, use_up};
use super::{Trouble, address, issuer, jose, paths, people, subject};
use crate::gates::{self, Door};
use crate::sessions::SignedIn;
use crate::{App, Visit, notices, sign_in};

/// How long a signed answer holds (JARM 4.1).
const SIGNED_LIFE: Duration = Duration::from_mins(10);

/// What an application is answered with, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Back {
    /// The registered address.
    pub address: String,
    /// How it travels.
    pub mode: Mode,
    /// What is said.
    pub pairs: Vec<(&'static str, String)>,
}

/// What comes of a request.
#[derive(Debug)]
pub enum Answer {
    /// The application is answered.
    Back(Back),
    /// Nobody can be answered: the member sees a page.
    Unanswerable(Unanswerable),
    /// Too many requests from this address, or in all: when to come back.
    TooMany(Instant),
    /// The request waits under this handle; the browser goes on with it.
    Waits(Token),
    /// Somebody has to sign in; whoever is signed in, once more.
    SignIn(SignIn),
    /// Whoever is signed in has to prove more.
    ProveMore,
    /// The member is asked.
    Ask(Box<Question>),
}

/// How the sign-in page is to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// Although somebody is signed in.
    pub again: bool,
    /// What to write in its field.
    pub hint: Option<String>,
    /// In which language.
    pub language: Option<Language>,
}

/// What the consent page shows.
#[derive(Clone, Debug)]
pub struct Question {
    /// Who asks.
    pub client: Client,
    /// For what.
    pub items: Scopes,
    /// What is known of it, as it would be told.
    pub values: Map<String, Value>,
    /// In which language the application would like it asked.
    pub language: Option<Language>,
}

/// Takes a request that a browser brought.
pub async fn arrive(
    app: &App,
    visit: &Visit,
    browser: &Token,
    parameters: &Parameters,
    member: Option<&SignedIn>,
) -> Result<Answer, Fault> {
    let Some(id) = parameters.get("client_id") else {
        return Ok(Answer::Unanswerable(Unanswerable::Client));
    };
    let Some(client) = enabled(app, id).await? else {
        return Ok(Answer::Unanswerable(Unanswerable::Client));
    };
    let handle = parameters.get("request_uri").and_then(pushed_handle);
    let brought = match &handle {
        Some(handle) => brought_as_pushed(app, visit, &client, handle).await?,
        None => brought_in_full(app, visit, &client, parameters).await?,
    };
    let request = match brought {
        Ok(request) => request,
        Err(answer) => return Ok(answer),
    };
    let waiting = Waiting {
        request,
        pushed: handle.as_ref().map(Token::hash),
        browser: Some(browser.hash()),
        asked_at: visit.now,
        expires_at: visit.now.plus(LIFE),
        finished_at: None,
    };
    match decide(app, visit, &client, &waiting, member).await? {
        Next::Answer | Next::Refuse(_) => go_on(app, visit, &client, None, &waiting, member).await,
        _ => {
            let handle = Token::new(&*app.dice);
            let mut tx = app.store.write().await?;
            // E-04: anybody can send a browser here, and each time something is kept.
            if let Some(until) = gates::too_many(app, &mut tx, visit, Door::Request).await? {
                tx.commit().await?;
                return Ok(Answer::TooMany(until));
            }
            let vault = app.store.vault();
            waiting_requests::add(&mut tx, vault, &handle.hash(), &waiting).await?;
            tx.commit().await?;
            Ok(Answer::Waits(handle))
        }
    }
}

/// A request that its client pushed before, or what to answer where it is not there (any more).
async fn brought_as_pushed(
    app: &App,
    visit: &Visit,
    client: &Client,
    handle: &Token,
) -> Result<Result<Request, Answer>, Fault> {
    let request = opened(app, visit, client, handle).await?;
    Ok(request.ok_or(Answer::Unanswerable(Unanswerable::Request)))
}

/// A request that the browser carries with it, or what to answer where it does not hold.
async fn brought_in_full(
    app: &App,
    visit: &Visit,
    client: &Client,
    parameters: &Parameters,
) -> Result<Result<Request, Answer>, Fault> {
    let unfolded = unfolded(app, client, parameters, visit.now);
    // Of a signed request that does not hold, nothing is known but what stands beside it.
    let inside = unfolded.as_deref().unwrap_or(parameters);
    let way_back = match requests::way_back(client, inside) {
        Ok(way_back) => way_back,
        Err(unanswerable) => return Ok(Err(Answer::Unanswerable(unanswerable))),
    };
    let read = if client.must_push() {
        Err(Refused::request("requests of this client have to be pushed"))
    } else {
        unfolded.and_then(|inside| requests::read(client, way_back.clone(), &inside))
    };
    match read {
        Ok(request) => Ok(Ok(request)),
        Err(refused) => {
            let back = refusal(app, visit.now, client, &way_back, refused).await?;
            Ok(Err(Answer::Back(back)))
        }
    }
}

/// Goes on with a request that waits, after a page.
pub async fn resume(
    app: &App,
    visit: &Visit,
    browser: &Token,
    handle: &Token,
    member: Option<&SignedIn>,
) -> Result<Answer, Fault> {
    match found(app, visit, browser, handle).await? {
        Found::Open(client, waiting) => {
            go_on(app, visit, &client, Some(&handle.hash()), &waiting, member).await
        }
        Found::Over(answer) => Ok(answer),
    }
}

/// Takes the member's answer on the consent page.
pub async fn answered(
    app: &App,
    visit: &Visit,
    browser: &Token,
    handle: &Token,
    member: &SignedIn,
    agrees: bool,
) -> Result<Answer, Fault> {
    let (client, waiting) = match found(app, visit, browser, handle).await? {
        Found::Open(client, waiting) => (client, waiting),
        Found::Over(answer) => return Ok(answer),
    };
    let id = handle.hash();
    let next = decide(app, visit, &client, &waiting, Some(member)).await?;
    if next != Next::Ask {
        return go_on(app, visit, &client, Some(&id), &waiting, Some(member)).await;
    }
    if !agrees {
        let refused = Refused::new(Problem::AccessDenied, "the member did not agree");
        return refuse(app, visit, &client, Some(&id), &waiting, refused).await;
    }
    let consent = Consent {
        scopes: waiting.request.items(),
        version: TEXT_VERSION.to_owned(),
        language: visit.language,
        given_at: visit.now,
    };
    issue(app, visit, &client, Some(&id), &waiting, member, Some(&consent)).await
}

/// A request that was pushed.
#[derive(Clone, Debug)]
pub struct Pushed {
    /// Its address, to be opened by a browser.
    pub request_uri: String,
    /// For how many seconds.
    pub expires_in: u64,
}

/// Takes a request that a client pushes (RFC 9126).
pub async fn push(app: &App, visit: &Visit, call: &Call) -> Result<Pushed, Trouble> {
    let client = authenticate(app, visit, call).await?;
    let parameters = &call.parameters;
    if parameters.has("request_uri") {
        return Err(Refused::request("a pushed request names no other").into());
    }
    let inside = unfolded(app, &client, parameters, visit.now)?;
    let parameters = &*inside;
    let way_back = requests::way_back(&client, parameters)
        .map_err(|_| Refused::request("redirect_uri is missing or not registered"))?;
    let mut request = requests::read(&client, way_back, parameters)?;
    let address = address(app, paths::PUSH);
    let proof_for =
        payung_domain::oidc::proofs::For { method: "POST", address: &address, token: None };
    let key = possession::check(app, call.proof.as_deref(), proof_for, visit.now).await?;
    possession::has_nonce(app, &client, call.proof.as_deref(), visit.now)?;
    if let Some(key) = key {
        if request.key.as_ref().is_some_and(|named| *named != key) {
            let why = "dpop_jkt names another key than the proof";
            return Err(Refused::new(Problem::InvalidDpopProof, why).into());
        }
        request.key = Some(key);
    }
    // E-04: anybody could say that they are a client without a proof.
    if client.is_public() {
        let mut tx = app.store.write().await?;
        let until = gates::too_many(app, &mut tx, visit, Door::Request).await?;
        tx.commit().await?;
        if let Some(until) = until {
            return Err(Trouble::TooMany(until));
        }
    }
    // Last: whoever has to come again, later or with a nonce, brings the same signed request.
    use_up(app, &client, parameters, visit.now).await?;
    let handle = Token::new(&*app.dice);
    let waiting = Waiting {
        request,
        pushed: None,
        browser: None,
        asked_at: visit.now,
        expires_at: visit.now.plus(PUSHED_LIFE),
        finished_at: None,
    };
    let mut tx = app.store.write().await?;
    waiting_requests::add(&mut tx, app.store.vault(), &handle.hash(), &waiting).await?;
    tx.commit().await?;
    let request_uri = format!("{PUSHED}{}", handle.expose());
    Ok(Pushed { request_uri, expires_in: PUSHED_LIFE.as_secs() })
}

/// The origin of the address that a waiting request goes back to: browsers want it named on every
/// page whose form may end there (L-02).
pub async fn target(app: &App, handle: &Token) -> Result<Option<String>, Fault> {
    let mut tx = app.store.look().await?;
    let waiting = waiting_requests::get(&mut tx, app.store.vault(), &handle.hash()).await?;
    Ok(waiting.map(|waiting| target_of(&waiting.request.way_back.address)))
}

/// What a policy of forms names to let an answer go to an address: its origin, or its own scheme.
#[must_use]
pub fn target_of(address: &str) -> String {
    match payung_domain::oidc::redirects::origin(address) {
        Some(origin) => origin.to_owned(),
        None => format!("{}:", address.split(':').next().unwrap_or_default()),
    }
}

fn pushed_handle(request_uri: &str) -> Option<Token> {
    request_uri.strip_prefix(PUSHED).and_then(Token::parse)
}

/// A pushed request of this client, while it may be opened: also again, until it is answered (K-08).
async fn opened(
    app: &App,
    visit: &Visit,
    client: &Client,
    handle: &Token,
) -> Result<Option<Request>, Fault> {
    let mut tx = app.store.look().await?;
    let kept = waiting_requests::get(&mut tx, app.store.vault(), &handle.hash()).await?;
    let is_good = |kept: &Waiting| {
        kept.request.client == client.id()
            && kept.browser.is_none()
            && kept.finished_at.is_none()
            && visit.now < kept.expires_at
    };
    Ok(kept.filter(is_good).map(|kept| kept.request))
}

enum Found {
    Open(Box<Client>, Box<Waiting>),
    Over(Answer),
}

/// The request of a handle, for the browser that brought it. One that has waited for too long is
/// told so to its client.
async fn found(app: &App, visit: &Visit, browser: &Token, handle: &Token) -> Result<Found, Fault> {
    const GONE: Found = Found::Over(Answer::Unanswerable(Unanswerable::Request));
    let mut tx = app.store.look().await?;
    let kept = waiting_requests::get(&mut tx, app.store.vault(), &handle.hash()).await?;
    drop(tx);
    let Some(waiting) = kept.filter(|kept| kept.browser == Some(browser.hash())) else {
        return Ok(GONE);
    };
    if waiting.finished_at.is_some() {
        return Ok(GONE);
    }
    let Some(client) = enabled(app, &waiting.request.client).await? else {
        return Ok(Found::Over(Answer::Unanswerable(Unanswerable::Client)));
    };
    if visit.now >= waiting.expires_at {
        let refused = Refused::new(Problem::LoginRequired, "the member took too long");
        let id = handle.hash();
        let answer = refuse(app, visit, &client, Some(&id), &waiting, refused).await?;
        return Ok(Found::Over(answer));
    }
    Ok(Found::Open(Box::new(client), Box::new(waiting)))
}

async fn decide(
    app: &App,
    visit: &Visit,
    client: &Client,
    waiting: &Waiting,
    member: Option<&SignedIn>,
) -> Result<Next, Fault> {
    let Some(member) = member else {
        let request = &waiting.request;
        return Ok(interaction::next(client, request, waiting.asked_at, None, None, visit.now));
    };
    let account = member.account.id;
    let mut tx = app.store.read().await?;
    let ways = sign_in::ways(app, &mut tx, account, visit.now).await?;
    let given = consents::given(&mut tx, account, client.id()).await?;
    let has_acted = !given.is_empty()
        || grants::open_clients(&mut tx, account).await?.iter().any(|known| known == client.id());
    drop(tx);
    let level = Level::of(member.session.way);
    let reachable = ways.open().into_iter().map(Level::of).max().unwrap_or(level).max(level);
    let facts = Facts {
        proved_at: proved_at(member),
        level,
        reachable,
        is_expected: is_expected(app, visit, client, &waiting.request, member).await?,
        has_acted,
    };
    let request = &waiting.request;
    // each set of scopes is agreed to once, in whichever order they are asked for.
    let items = request.items();
    let given = given.iter().find(|consent| consent.covers(&items));
    Ok(interaction::next(client, request, waiting.asked_at, Some(facts), given, visit.now))
}

/// When the member last proved who they are: at a step-up, or when they signed in.
pub(super) fn proved_at(member: &SignedIn) -> Instant {
    member.session.proved_at.max(member.session.created_at)
}

/// Whether the member is whom the client expects: of an ID token that it shows, or of a subject it
/// names. The answer is the same for strangers and for nobody (F-05).
async fn is_expected(
    app: &App,
    visit: &Visit,
    client: &Client,
    request: &Request,
    member: &SignedIn,
) -> Result<bool, Fault> {
    let subject = subject(app, client, member.account.id);
    if request.claims.subject.as_ref().is_some_and(|wanted| *wanted != subject) {
        return Ok(false);
    }
    let Some(hint) = &request.hint else { return Ok(true) };
    let hint: Option<IdToken> = jose::opened(app, hint, "JWT", visit.now).await?;
    Ok(hint.is_some_and(|hint| hint.aud == client.id() && hint.sub == subject))
}

async fn go_on(
    app: &App,
    visit: &Visit,
    client: &Client,
    id: Option<&Tag>,
    waiting: &Waiting,
    member: Option<&SignedIn>,
) -> Result<Answer, Fault> {
    let request = &waiting.request;
    Ok(match (decide(app, visit, client, waiting, member).await?, member) {
        (Next::Refuse(problem), _) => {
            let refused = Refused::new(problem, "this takes the member, who was not to be asked");
            return refuse(app, visit, client, id, waiting, refused).await;
        }
        (Next::Answer, Some(member)) => {
            return issue(app, visit, client, id, waiting, member, None).await;
        }
        (Next::ProveMore, Some(_)) => Answer::ProveMore,
        (Next::Ask, Some(member)) => {
            let items = request.items();
            let values = people::about(app, visit, &member.account, &items, &[]).await?;
            let language = request.language;
            Answer::Ask(Box::new(Question { client: client.clone(), items, values, language }))
        }
        (next, _) => Answer::SignIn(SignIn {
            again: next == Next::SignInAgain,
            hint: request.login_hint.clone(),
            language: request.language,
        }),
    })
}

/// Gives a code. Keeping the consent, the grant and the code, and that the request is answered, is
/// one commit: of many at once, one wins (L7).
async fn issue(
    app: &App,
    visit: &Visit,
    client: &Client,
    id: Option<&Tag>,
    waiting: &Waiting,
    member: &SignedIn,
    consent: Option<&Consent>,
) -> Result<Answer, Fault> {
    let now = visit.now;
    let account = &member.account;
    let mut tx = app.store.write().await?;
    if !finish(&mut tx, id, waiting, now).await? {
        return Ok(Answer::Unanswerable(Unanswerable::Request));
    }
    if let Some(consent) = consent {
        consents::add(&mut tx, account.id, app.dice.id(), client.id(), consent).await?;
        notices::note(app, &mut tx, visit, account.id, Event::AppConnected).await?;
    }
    let code = keep_grant(app, &mut tx, waiting, account, member, now).await?;
    tx.commit().await?;
    let pairs = vec![("code", code.expose().to_owned())];
    Ok(Answer::Back(back(app, now, client, &waiting.request.way_back, pairs).await?))
}

async fn keep_grant(
    app: &App,
    tx: &mut Tx,
    waiting: &Waiting,
    account: &Account,
    member: &SignedIn,
    now: Instant,
) -> Result<Token, Fault> {
    let grant = grant_of(app, &waiting.request, member, now);
    grants::add(tx, app.store.vault(), &grant, account.password_set_at).await?;
    let token = Token::new(&*app.dice);
    let expires_at = now.plus(CODE_LIFE);
    let code = Code { grant: grant.id, account: account.id, expires_at, used_at: None };
    grants::add_code(tx, &token.hash(), &code).await?;
    Ok(token)
}

/// What a member who is signed in lets a client do.
pub(super) fn grant_of(app: &App, request: &Request, member: &SignedIn, now: Instant) -> Grant {
    Grant {
        id: app.dice.id(),
        account: member.account.id,
        client: request.client.clone(),
        request: request.clone(),
        given_at: now,
        proved_at: proved_at(member),
        way: member.session.way,
        session_opened_at: member.session.created_at,
        ended_at: None,
        surroundings: Surroundings {
            is_password_the_same: true,
            is_session_over: false,
            is_client_disabled: false,
        },
    }
}

/// Marks a request as answered, and the pushed one it was opened from. `false` for all but the first.
async fn finish(
    tx: &mut Tx,
    id: Option<&Tag>,
    waiting: &Waiting,
    now: Instant,
) -> Result<bool, Fault> {
    for id in id.into_iter().chain(&waiting.pushed) {
        if !waiting_requests::finish(tx, id, now).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Tells the client that it will not get a code.
async fn refuse(
    app: &App,
    visit: &Visit,
    client: &Client,
    id: Option<&Tag>,
    waiting: &Waiting,
    refused: Refused,
) -> Result<Answer, Fault> {
    let mut tx = app.store.write().await?;
    if !finish(&mut tx, id, waiting, visit.now).await? {
        return Ok(Answer::Unanswerable(Unanswerable::Request));
    }
    tx.commit().await?;
    let way_back = &waiting.request.way_back;
    Ok(Answer::Back(refusal(app, visit.now, client, way_back, refused).await?))
}

async fn refusal(
    app: &App,
    now: Instant,
    client: &Client,
    way_back: &WayBack,
    refused: Refused,
) -> Result<Back, Fault> {
    let pairs = vec![
        ("error", refused.problem.name().to_owned()),
        ("error_description", refused.why.to_owned()),
    ];
    back(app, now, client, way_back, pairs).await
}

/// An answer, with the state as it came and the issuer (RFC 9207), so that a client of two providers
/// knows which one answers (O11). Where it is to be signed, all of it is inside of one token.
async fn back(
    app: &App,
    now: Instant,
    client: &Client,
    way_back: &WayBack,
    mut pairs: Vec<(&'static str, String)>,
) -> Result<Back, Fault> {
    if let Some(state) = &way_back.state {
        pairs.push(("state", state.clone()));
    }
    pairs.push(("iss", issuer(app).to_owned()));
    if way_back.mode.is_signed() {
        let mut claims: Map<String, Value> =
            pairs.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        claims.insert("aud".to_owned(), client.id().into());
        claims.insert("exp".to_owned(), seconds(now.plus(SIGNED_LIFE)).into());
        let token = jose::sign(app, client.response, "JWT", &claims, now).await?;
        pairs = vec![("response", token)];
    }
    Ok(Back { address: way_back.address.clone(), mode: way_back.mode, pairs })
}
