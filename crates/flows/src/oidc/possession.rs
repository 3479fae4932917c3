//! Proof that whoever uses a token has the key it is bound to (DPoP, RFC 9449).

use data_encoding::BASE64URL_NOPAD;
use payung_domain::keyed::same;
use payung_domain::oidc::clients::Client;
use payung_domain::oidc::problems::{Problem, Refused};
use payung_domain::oidc::proofs::{For, Proof};
use payung_domain::time::Instant;
use payung_storage::oidc::used_ids;

use super::{Trouble, jose};
use crate::App;

/// The type of proofs.
const KIND: &str = "dpop+jwt";

/// Checks the proof that came with a request; answers the thumbprint of its key. Each proof counts
/// once (O7).
pub async fn check(
    app: &App,
    proof: Option<&str>,
    request: For<'_>,
    now: Instant,
) -> Result<Option<String>, Trouble> {
    let Some(proof) = proof else { return Ok(None) };
    let Some((claims, thumbprint, algorithm)) = jose::opened_with_its_key::<Proof>(proof, KIND)
    else {
        let why = "the proof is none, or not signed with the key in it";
        return Err(Refused::new(Problem::InvalidDpopProof, why).into());
    };
    if !algorithm.is_fapi() {
        let why = "proofs are signed with ES256, EdDSA or PS256";
        return Err(Refused::new(Problem::InvalidDpopProof, why).into());
    }
    let (id, until) = claims.check(request, now)?;
    let parts: [&[u8]; 3] = [b"proof", thumbprint.as_bytes(), id.as_bytes()];
    let tag = app.keys.counters.tag(&parts);
    let mut tx = app.store.write().await?;
    let is_first = used_ids::use_up(&mut tx, &tag, until).await?;
    tx.commit().await?;
    if !is_first {
        let why = "the proof was used before";
        return Err(Refused::new(Problem::InvalidDpopProof, why).into());
    }
    Ok(Some(thumbprint))
}

/// How long a nonce is the newest, in microseconds. The one before it is taken as well.
const NONCE_LIFE: i64 = 5 * 60 * 1_000_000;

/// Insists on a nonce of ours in a proof that was checked, where the client has to put one in (K-13,
/// RFC 9449 section 8): nobody who had its key for a moment has made proofs for later.
pub fn has_nonce(
    app: &App,
    client: &Client,
    proof: Option<&str>,
    now: Instant,
) -> Result<(), Refused> {
    let Some(proof) = proof.filter(|_| client.must_show_nonce()) else { return Ok(()) };
    let shown = nonce_in(proof).unwrap_or_default();
    let period = period(now);
    let is_ours = [period, period - 1]
        .into_iter()
        .any(|period| same(nonce_of(app, period).as_bytes(), shown.as_bytes()));
    if is_ours {
        return Ok(());
    }
    Err(Refused::new(Problem::UseDpopNonce, "the proof has to carry the nonce of this answer"))
}

/// The nonce that proofs have to carry now. It is nobody's own, and the same on every node.
#[must_use]
pub fn nonce(app: &App, now: Instant) -> String {
    nonce_of(app, period(now))
}

fn nonce_of(app: &App, period: i64) -> String {
    let period = period.to_be_bytes();
    let parts: [&[u8]; 2] = [b"proof nonce", &period];
    BASE64URL_NOPAD.encode(&app.keys.counters.tag(&parts)[..16])
}

const fn period(at: Instant) -> i64 {
    at.micros().div_euclid(NONCE_LIFE)
}

/// What a proof whose signature holds says as its nonce.
fn nonce_in(proof: &str) -> Option<String> {
    let claims = BASE64URL_NOPAD.decode(proof.split('.').nth(1)?.as_bytes()).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&claims).ok()?;
    claims.get("nonce")?.as_str().map(str::to_owned)
}
