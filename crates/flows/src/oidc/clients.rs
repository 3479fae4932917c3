//! Applications: who they are, and that they are who they say.

use payung_domain::keyed::{digest, same};
use payung_domain::oidc::assertions::{self, Assertion};
use payung_domain::oidc::clients::{Client, Proof};
use payung_domain::oidc::parameters::Parameters;
use payung_domain::oidc::problems::{Problem, Refused};
use payung_domain::secret::Secret;
use payung_domain::time::Instant;
use payung_storage::oidc::clients::{self, Kept};
use payung_storage::oidc::used_ids;
use payung_storage::{Fault, throttles};

use super::{Trouble, issuer, jose};
use crate::suspicion::address_block;
use crate::{App, Visit, next_minute};

/// Failures a minute from one address. A secret has 128 bits, so this is against noise, not guesses.
pub const FAILURES_A_MINUTE: u32 = 60;

/// What came to an endpoint that clients call.
#[derive(Clone, Debug)]
pub struct Call {
    /// The form.
    pub parameters: Parameters,
    /// Name and secret from the `Authorization` header.
    pub basic: Option<(String, Secret)>,
    /// The proof of possession.
    pub proof: Option<String>,
}

/// The client of this name, unless it is disabled.
pub async fn enabled(app: &App, id: &str) -> Result<Option<Client>, Fault> {
    let mut tx = app.store.look().await?;
    let kept = clients::get(&mut tx, id).await?;
    Ok(kept.filter(|kept| kept.disabled_at.is_none()).map(|kept| kept.client))
}

/// Whether a browser of this origin may read what clients may: it is the origin of one (L-06).
pub async fn has_origin(app: &App, origin: &str) -> Result<bool, Fault> {
    let mut tx = app.store.look().await?;
    clients::is_origin_of_one(&mut tx, origin).await
}

/// Finds out which client calls, and that it is the one. One way to prove it a request, and the one
/// that was registered (K-09).
pub async fn authenticate(app: &App, visit: &Visit, call: &Call) -> Result<Client, Trouble> {
    match prove(app, visit.now, call).await {
        Err(Trouble::Refused(refused)) if refused.problem == Problem::InvalidClient => {
            failed(app, visit).await?;
            Err(refused.into())
        }
        other => other,
    }
}

/// Counts a failure to prove oneself, and says when to come back after too many.
pub(super) async fn failed(app: &App, visit: &Visit) -> Result<(), Trouble> {
    let block = address_block(visit.address);
    let subject = app.keys.counters.tag(&[b"client failures from", &block]);
    let mut tx = app.store.write().await?;
    let failures = throttles::count_request(&mut tx, &subject, visit.now).await?;
    tx.commit().await?;
    if failures > FAILURES_A_MINUTE {
        return Err(Trouble::TooMany(next_minute(visit.now)));
    }
    Ok(())
}

async fn prove(app: &App, now: Instant, call: &Call) -> Result<Client, Trouble> {
    let parameters = &call.parameters;
    let assertion = parameters.get("client_assertion");
    let posted = parameters.get("client_secret");
    let ways = [call.basic.is_some(), assertion.is_some(), posted.is_some()]
        .iter()
        .filter(|w| **w)
        .count();
    if ways > 1 {
        return Err(Refused::request("more than one way to authenticate").into());
    }
    let named = match (&call.basic, parameters.get("client_id")) {
        (Some((basic, _)), Some(id)) if basic != id => {
            return Err(Refused::request("two names of a client").into());
        }
        (Some((basic, _)), _) => Some(basic.clone()),
        (None, Some(id)) => Some(id.to_owned()),
        (None, None) => assertion.and_then(claimed_name),
    };
    let named = named.ok_or(Refused::client())?;
    let mut tx = app.store.look().await?;
    let kept = clients::get(&mut tx, &named).await?;
    drop(tx);
    let kept = kept.filter(|kept| kept.disabled_at.is_none()).ok_or(Refused::client())?;
    let is_proved = match kept.client.proof {
        Proof::None => ways == 0,
        Proof::Basic => {
            call.basic.as_ref().is_some_and(|(_, secret)| is_secret(&kept, secret.expose()))
        }
        Proof::Post => posted.is_some_and(|secret| is_secret(&kept, secret)),
        Proof::PrivateKeyJwt => return asserted(app, now, kept.client, parameters).await,
    };
    if is_proved { Ok(kept.client) } else { Err(Refused::client().into()) }
}

fn is_secret(kept: &Kept, given: &str) -> bool {
    kept.secret.is_some_and(|hash| same(&hash, &digest(given.as_bytes())))
}

/// Checks a signed assertion; its id counts once (O7).
async fn asserted(
    app: &App,
    now: Instant,
    client: Client,
    parameters: &Parameters,
) -> Result<Client, Trouble> {
    if parameters.get("client_assertion_type") != Some(assertions::TYPE) {
        return Err(Refused::client().into());
    }
    let assertion: Assertion = parameters
        .get("client_assertion")
        .and_then(|token| jose::opened_of_client(&client, token))
        .ok_or(Refused::client())?;
    let (id, until) = assertion.check(client.id(), issuer(app), now)?;
    let parts: [&[u8]; 3] = [b"assertion", client.id().as_bytes(), id.as_bytes()];
    let tag = app.keys.counters.tag(&parts);
    let mut tx = app.store.write().await?;
    let is_first = used_ids::use_up(&mut tx, &tag, until).await?;
    tx.commit().await?;
    if is_first { Ok(client) } else { Err(Refused::client().into()) }
}

/// Whom an assertion is said to be of: where to look for the key that says whether it is.
fn claimed_name(token: &str) -> Option<String> {
    let claims = token.split('.').nth(1)?;
    let bytes = data_encoding::BASE64URL_NOPAD.decode(claims.as_bytes()).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
    claims.get("sub")?.as_str().map(str::to_owned)
}
