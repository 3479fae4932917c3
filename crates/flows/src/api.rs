//! The door of the API: what an application may read of a member who let it. What stands behind the
//! door is read by the flows that the pages use, so that both say the same.

use payung_domain::accounts::{Account, Contacts};
use payung_domain::oidc::clients::Algorithm;
use payung_domain::oidc::problems::{Problem, Refused};
use payung_domain::oidc::scopes::{Scope, Scopes};
use payung_domain::time::Instant;
use payung_storage::{Fault, accounts, throttles};
use serde_json::{Value, json};

use crate::oidc::access::{self, Brought, Good};
use crate::oidc::{Trouble, address, issuer};
use crate::suspicion::address_block;
use crate::{App, Visit, next_minute};

/// Where the API is, below the public address.
pub const ROOT: &str = "/api/v1";

/// Where it describes itself (RFC 9728 section 3.1: the path comes after the well-known one).
pub const METADATA: &str = "/.well-known/oauth-protected-resource/api/v1";

/// Calls a minute with what one member agreed to, however many tokens came of it.
pub const CALLS_A_MINUTE: u32 = 120;

/// Calls a minute from one address whose token is not good.
pub const FAILURES_A_MINUTE: u32 = 60;

/// The scopes that open something here.
pub const SCOPES: [Scope; 7] = [
    Scope::Profile,
    Scope::Email,
    Scope::Phone,
    Scope::Address,
    Scope::Membership,
    Scope::Contributions,
    Scope::Balance,
];

/// An application that may read something of a member.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The member.
    pub account: Account,
    /// The member, as the application knows them.
    pub subject: String,
    /// What the token is for.
    pub scopes: Scopes,
}

/// What the access tokens have to be for: the audience, and the resource to ask for (RFC 8707).
#[must_use]
pub fn resource(app: &App) -> String {
    address(app, ROOT)
}

/// Lets a token in: it is good, for this API, for this scope, and with its proof (K-29).
pub async fn open(
    app: &App,
    visit: &Visit,
    brought: &Brought,
    path: &str,
    needed: Scope,
) -> Result<Reader, Trouble> {
    let (audience, endpoint) = (resource(app), address(app, path));
    let Good { token, behalf, .. } =
        match access::presented(app, visit, brought, &audience, &endpoint).await {
            Err(Trouble::Refused(refused)) => return Err(failed(app, visit, refused).await),
            other => other?,
        };
    let agreed = token.grant.map(|id| id.simple().to_string()).unwrap_or_default();
    let caller: [&[u8]; 3] = [b"api calls of", token.client_id.as_bytes(), agreed.as_bytes()];
    count(app, visit.now, &caller, CALLS_A_MINUTE).await?;
    let scopes = Scopes::parse(&token.scope);
    if !scopes.has(needed) {
        let why = "the token was not agreed to for this";
        return Err(Refused::new(Problem::InsufficientScope, why).into());
    }
    let (_, account) = behalf.ok_or(access::unknown())?;
    Ok(Reader { account, subject: token.sub, scopes })
}

/// The confirmed ways to reach a member that count now.
pub async fn contacts(app: &App, visit: &Visit, account: &Account) -> Result<Contacts, Fault> {
    let mut tx = app.store.read().await?;
    accounts::contacts(&mut tx, app.store.vault(), account.id, visit.now).await
}

/// What the API says of itself (RFC 9728).
#[must_use]
pub fn metadata(app: &App) -> Value {
    json!({
        "resource": resource(app),
        "resource_name": app.settings.service_name,
        "authorization_servers": [issuer(app)],
        "scopes_supported": SCOPES.map(Scope::name),
        "bearer_methods_supported": ["header"],
        "dpop_signing_alg_values_supported": proving(),
        "dpop_bound_access_tokens_required": false,
        "resource_documentation": address(app, &format!("{ROOT}/openapi.json")),
    })
}

/// The algorithms that proofs of possession may be signed with.
#[must_use]
pub fn proving() -> Vec<&'static str> {
    Algorithm::ALL.into_iter().filter(|one| one.is_fapi()).map(Algorithm::name).collect()
}

/// What is answered to a token that is not good: the refusal, until there were too many of them.
async fn failed(app: &App, visit: &Visit, refused: Refused) -> Trouble {
    let block = address_block(visit.address);
    let from: [&[u8]; 2] = [b"api failures from", &block];
    match count(app, visit.now, &from, FAILURES_A_MINUTE).await {
        Ok(()) => refused.into(),
        Err(trouble) => trouble,
    }
}

/// Counts a call in its minute.
async fn count(app: &App, now: Instant, of: &[&[u8]], most: u32) -> Result<(), Trouble> {
    let subject = app.keys.counters.tag(of);
    let mut tx = app.store.write().await?;
    let calls = throttles::count_request(&mut tx, &subject, now).await?;
    tx.commit().await?;
    if calls > most { Err(Trouble::TooMany(next_minute(now))) } else { Ok(()) }
}
