//! Signing and checking JSON Web Tokens, with the library. What stands in them is `domain`'s
//! business, and so is the time: the library asks the machine's clock, so it is told not to look.
//!
//! Whatever a token says about keys (`jwk`, `jku`, `x5u`) is not listened to: the key comes from our
//! ring, or from the client's own list (O6).

use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{DecodingKey, Header, Validation, decode, decode_header};
use payung_domain::keyed::digest;
use payung_domain::oidc::clients::{Algorithm, Client};
use payung_domain::oidc::request_objects;
use payung_domain::time::Instant;
use payung_storage::Fault;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::signing_keys;
use crate::App;

/// A longer token is none.
const LONGEST: usize = 16 * 1024;

/// A longer document is none: fifty years of savings under six numbers take a tenth of it.
const LONGEST_DOCUMENT: usize = 4 * 1024 * 1024;

/// The library's name of an algorithm.
#[must_use]
pub const fn joses(algorithm: Algorithm) -> jsonwebtoken::Algorithm {
    match algorithm {
        Algorithm::Es256 => jsonwebtoken::Algorithm::ES256,
        Algorithm::EdDsa => jsonwebtoken::Algorithm::EdDSA,
        Algorithm::Ps256 => jsonwebtoken::Algorithm::PS256,
        Algorithm::Rs256 => jsonwebtoken::Algorithm::RS256,
    }
}

/// Ours of the library's name, where we take it at all: never a shared key, never none.
fn ours(algorithm: jsonwebtoken::Algorithm) -> Option<Algorithm> {
    Algorithm::ALL.into_iter().find(|ours| joses(*ours) == algorithm)
}

/// Signs claims as a token of this type (`JWT`, `at+jwt`, …).
pub async fn sign(
    app: &App,
    algorithm: Algorithm,
    kind: &str,
    claims: &impl Serialize,
    now: Instant,
) -> Result<String, Fault> {
    let ring = signing_keys::ring_with(app, algorithm, now).await?;
    let key = ring
        .signing(algorithm, now)
        .ok_or_else(|| Fault::new("signing a token", "there is no key that signs"))?;
    let mut header = Header::new(joses(algorithm));
    header.typ = Some(kind.to_owned());
    header.kid = Some(key.kept.id.clone());
    let message = format!("{}.{}", part(&header)?, part(claims)?);
    let signature = key.signs.sign(message.as_bytes())?;
    Ok(format!("{message}.{}", BASE64URL_NOPAD.encode(&signature)))
}

fn part(of_token: &impl Serialize) -> Result<String, Fault> {
    let text = serde_json::to_vec(of_token).map_err(Fault::while_doing("writing a token"))?;
    Ok(BASE64URL_NOPAD.encode(&text))
}

/// The claims of a token that we signed as this type; `None` for any other. Whether its time is over
/// is for the caller to say.
pub async fn opened<T: DeserializeOwned>(
    app: &App,
    token: &str,
    kind: &str,
    now: Instant,
) -> Result<Option<T>, Fault> {
    let Some(header) = header(token) else { return Ok(None) };
    let ring = signing_keys::ring(app, now).await?;
    let key = header.kid.as_deref().and_then(|id| ring.named(id));
    let Some(key) = key.filter(|key| joses(key.kept.algorithm) == header.alg) else {
        return Ok(None);
    };
    if header.typ.as_deref() != Some(kind) {
        return Ok(None);
    }
    let name = digest(token.as_bytes());
    if key.signed.has(&name) {
        return Ok(claims(token));
    }
    let claims = checked(token, &key.checks, header.alg);
    if claims.is_some() {
        key.signed.add(name);
    }
    Ok(claims)
}

/// What a token says, whoever signed it.
fn claims<T: DeserializeOwned>(token: &str) -> Option<T> {
    let bytes = BASE64URL_NOPAD.decode(token.split('.').nth(1)?.as_bytes()).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The claims of a token that a client signed with one of its registered keys.
#[must_use]
pub fn opened_of_client<T: DeserializeOwned>(client: &Client, token: &str) -> Option<T> {
    let header = header(token)?;
    let algorithm = ours(header.alg)?;
    if client.is_fapi && !algorithm.is_fapi() {
        return None;
    }
    let keys: JwkSet = serde_json::from_value(client.definition().jwks.clone()?).ok()?;
    keys.keys
        .iter()
        .filter(|key| match (&header.kid, &key.common.key_id) {
            (Some(asked), Some(named)) => asked == named,
            (Some(_), None) => keys.keys.len() == 1,
            (None, _) => true,
        })
        .filter(|key| is_for(key, header.alg))
        .find_map(|key| checked(token, &DecodingKey::from_jwk(key).ok()?, header.alg))
}

/// The claims of a request that a client signed, with the algorithm that it registered for that.
#[must_use]
pub fn opened_request<T: DeserializeOwned>(client: &Client, token: &str) -> Option<T> {
    let header = header(token)?;
    let is_request = |typ: &str| [request_objects::KIND, "JWT"].contains(&typ);
    // Many clients leave the type out; what is of another kind is no request.
    if joses(client.request_object?) != header.alg || !header.typ.as_deref().is_none_or(is_request)
    {
        return None;
    }
    opened_of_client(client, token)
}

/// A token that brings its own key, as proofs of possession do: its claims, the key's thumbprint,
/// and the algorithm.
#[must_use]
pub fn opened_with_its_key<T: DeserializeOwned>(
    token: &str,
    kind: &str,
) -> Option<(T, String, Algorithm)> {
    let header = header(token)?;
    let (algorithm, key) = (ours(header.alg)?, header.jwk.as_ref()?);
    let raw = raw_header(token)?;
    let shows_private = ["d", "p", "q", "dp", "dq", "qi", "k"]
        .iter()
        .any(|part| raw.get("jwk").is_some_and(|key| key.get(part).is_some()));
    if header.typ.as_deref() != Some(kind) || shows_private || !is_for(key, header.alg) {
        return None;
    }
    let thumbprint = key.thumbprint(jsonwebtoken::jwk::ThumbprintHash::SHA256).ok()?;
    let claims = checked(token, &DecodingKey::from_jwk(key).ok()?, header.alg)?;
    Some((claims, thumbprint, algorithm))
}

/// What a document says of its type and of its key, unchecked.
#[must_use]
pub fn document_header(document: &str) -> Option<Header> {
    header_within(document, LONGEST_DOCUMENT)
}

/// The claims of a document that this very key signed as this type. Only for documents, which are
/// longer than tokens, and whose key the reader brings.
#[must_use]
pub fn opened_document<T: DeserializeOwned>(document: &str, kind: &str, key: &Jwk) -> Option<T> {
    let header = document_header(document)?;
    let is_ours = header.alg == jsonwebtoken::Algorithm::EdDSA && is_for(key, header.alg);
    if header.typ.as_deref() != Some(kind) || !is_ours {
        return None;
    }
    checked(document, &DecodingKey::from_jwk(key).ok()?, header.alg)
}

fn header(token: &str) -> Option<Header> {
    header_within(token, LONGEST)
}

fn header_within(token: &str, longest: usize) -> Option<Header> {
    if token.len() > longest || token.split('.').count() != 3 {
        return None;
    }
    // Nothing that must be understood is (RFC 7515 section 4.1.11).
    if raw_header(token)?.get("crit").is_some() {
        return None;
    }
    decode_header(token).ok()
}

fn raw_header(token: &str) -> Option<Value> {
    let bytes = BASE64URL_NOPAD.decode(token.split('.').next()?.as_bytes()).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Whether a key is of the algorithm's kind, and for no other.
fn is_for(key: &Jwk, algorithm: jsonwebtoken::Algorithm) -> bool {
    use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, KeyAlgorithm};
    let is_kind = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::EllipticCurve(curve), jsonwebtoken::Algorithm::ES256) => {
            curve.curve == EllipticCurve::P256
        }
        (AlgorithmParameters::OctetKeyPair(_), jsonwebtoken::Algorithm::EdDSA) => true,
        (
            AlgorithmParameters::RSA(rsa),
            jsonwebtoken::Algorithm::PS256 | jsonwebtoken::Algorithm::RS256,
            // 2048 bits are 342 letters.
        ) => rsa.n.len() >= 342,
        _ => false,
    };
    let is_named = match key.common.key_algorithm {
        None => true,
        Some(KeyAlgorithm::ES256) => algorithm == jsonwebtoken::Algorithm::ES256,
        Some(KeyAlgorithm::EdDSA) => algorithm == jsonwebtoken::Algorithm::EdDSA,
        Some(KeyAlgorithm::PS256) => algorithm == jsonwebtoken::Algorithm::PS256,
        Some(KeyAlgorithm::RS256) => algorithm == jsonwebtoken::Algorithm::RS256,
        Some(_) => false,
    };
    is_kind && is_named
}

fn checked<T: DeserializeOwned>(
    token: &str,
    key: &DecodingKey,
    algorithm: jsonwebtoken::Algorithm,
) -> Option<T> {
    let mut validation = Validation::new(algorithm);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    decode::<Value>(token, key, &validation)
        .ok()
        .and_then(|data| serde_json::from_value(data.claims).ok())
}
