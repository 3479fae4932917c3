//! Requests that a client signed (RFC 9101). Only clients that registered how they sign may send
//! them; what others send is answered as ever (K-18).

use std::borrow::Cow;

use payung_domain::oidc::clients::Client;
use payung_domain::oidc::parameters::Parameters;
use payung_domain::oidc::problems::{Problem, Refused};
use payung_domain::oidc::request_objects::{LONGEST, RequestObject};
use payung_domain::time::Instant;
use payung_storage::oidc::used_ids;

use super::{Trouble, issuer, jose};
use crate::App;

/// The parameters that count: those inside a signed request, or those that were sent.
pub fn unfolded<'a>(
    app: &App,
    client: &Client,
    parameters: &'a Parameters,
    now: Instant,
) -> Result<Cow<'a, Parameters>, Refused> {
    match (parameters.get("request"), client.request_object) {
        (Some(_), Some(_)) if parameters.has("request_uri") => {
            Err(Refused::request("request and request_uri together"))
        }
        (Some(token), Some(_)) => {
            let why = "the signed request is not signed by this client";
            let object: RequestObject = jose::opened_request(client, token)
                .ok_or(Refused::new(Problem::InvalidRequestObject, why))?;
            object.check(client, issuer(app), now).map(Cow::Owned)
        }
        (None, _) if client.must_sign() => {
            Err(Refused::request("requests of this client have to be signed"))
        }
        _ => Ok(Cow::Borrowed(parameters)),
    }
}

/// Lets a signed request with an id be pushed once, where requests have to be signed. One that a
/// browser brings may come again, since pages are loaded again.
pub async fn use_up(
    app: &App,
    client: &Client,
    parameters: &Parameters,
    now: Instant,
) -> Result<(), Trouble> {
    let Some(id) = parameters.get("jti").filter(|_| client.must_sign()) else { return Ok(()) };
    let parts: [&[u8]; 3] = [b"signed request", client.id().as_bytes(), id.as_bytes()];
    let tag = app.keys.counters.tag(&parts);
    let mut tx = app.store.write().await?;
    let is_first = used_ids::use_up(&mut tx, &tag, now.plus(LONGEST)).await?;
    tx.commit().await?;
    if is_first {
        return Ok(());
    }
    let why = "the signed request was pushed before";
    Err(Refused::new(Problem::InvalidRequestObject, why).into())
}
