//! Endpoints where tokens are given, looked at and taken back.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use payung_domain::oidc::problems::Refused;
use payung_flows::api::proving;
use payung_flows::oidc::access::{self, Brought, Userinfo};
use payung_flows::oidc::{Trouble, authorize, devices, token};
use serde_json::json;

use super::call::{Called, answer_refused, answer_trouble, json_answer, one, share, with_nonce};
use crate::guest::Guest;

/// `POST /oidc/token`
pub async fn token(Called { guest, headers, call }: Called) -> Response {
    let response = match token::answer(&guest.site.app, &guest.visit, &call).await {
        Ok(tokens) => json_answer(StatusCode::OK, &tokens),
        Err(trouble) => answer_trouble(trouble, &guest, &headers),
    };
    share(&guest, &headers, response).await
}

/// `POST /oidc/par`
pub async fn push(Called { guest, headers, call }: Called) -> Response {
    match authorize::push(&guest.site.app, &guest.visit, &call).await {
        Ok(pushed) => {
            let body =
                json!({ "request_uri": pushed.request_uri, "expires_in": pushed.expires_in });
            json_answer(StatusCode::CREATED, &body)
        }
        Err(trouble) => answer_trouble(trouble, &guest, &headers),
    }
}

/// `POST /oidc/device`
pub async fn device(Called { guest, headers, call }: Called) -> Response {
    match devices::begin(&guest.site.app, &guest.visit, &call).await {
        Ok(begun) => {
            let body = json!({
                "device_code": begun.device_code.expose(),
                "user_code": begun.user_code.shown(),
                "verification_uri": begun.verification_uri,
                "verification_uri_complete": begun.verification_uri_complete,
                "expires_in": begun.expires_in,
                "interval": begun.interval,
            });
            json_answer(StatusCode::OK, &body)
        }
        Err(trouble) => answer_trouble(trouble, &guest, &headers),
    }
}

/// `POST /oidc/introspect`
pub async fn introspect(Called { guest, headers, call }: Called) -> Response {
    let (app, visit) = (&guest.site.app, &guest.visit);
    let answer = if wants_signed(&headers) {
        access::introspect_signed(app, visit, &call)
            .await
            .map(|token| ([(header::CONTENT_TYPE, SIGNED_INTROSPECTION)], token).into_response())
    } else {
        let told = access::introspect(app, visit, &call).await;
        told.map(|told| json_answer(StatusCode::OK, &told))
    };
    answer.unwrap_or_else(|trouble| answer_trouble(trouble, &guest, &headers))
}

/// Signed introspection, as it is asked for (RFC 9701).
const SIGNED_INTROSPECTION: &str = "application/token-introspection+jwt";

fn wants_signed(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok());
    accepted.unwrap_or_default().split(',').any(|kind| {
        let name = kind.split(';').next().unwrap_or_default();
        name.trim().eq_ignore_ascii_case(SIGNED_INTROSPECTION)
    })
}

/// `POST /oidc/revoke`
pub async fn revoke(Called { guest, headers, call }: Called) -> Response {
    match access::revoke(&guest.site.app, &guest.visit, &call).await {
        Ok(()) => json_answer(StatusCode::OK, &json!({})),
        Err(trouble) => answer_trouble(trouble, &guest, &headers),
    }
}

/// `GET /oidc/userinfo`
pub async fn userinfo(guest: Guest, headers: HeaderMap) -> Response {
    tell(&guest, &headers, None, "GET").await
}

/// `POST /oidc/userinfo`: the token in the header, or in the form.
pub async fn userinfo_by_form(
    guest: Guest,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Response {
    let token = match super::call::read(&body) {
        Ok(parameters) => parameters.get("access_token").map(str::to_owned),
        Err(refused) => return not_told(refused, false),
    };
    tell(&guest, &headers, token, "POST").await
}

async fn tell(
    guest: &Guest,
    headers: &HeaderMap,
    in_form: Option<String>,
    method: &'static str,
) -> Response {
    let response = match brought(headers, in_form, method) {
        Err(refused) => not_told(refused, false),
        Ok(None) => {
            // RFC 6750 section 3.1: who brought nothing is told the way and no more.
            let ways = format!("Bearer, DPoP {}", algorithms());
            (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, ways)], "").into_response()
        }
        Ok(Some(brought)) => {
            let is_bound = brought.is_bound;
            match access::userinfo(&guest.site.app, &guest.visit, &brought).await {
                Ok(Userinfo::Plain(claims)) => json_answer(StatusCode::OK, &claims),
                Ok(Userinfo::Signed(token)) => {
                    ([(header::CONTENT_TYPE, "application/jwt")], token).into_response()
                }
                Err(Trouble::Refused(refused)) => {
                    with_nonce(guest, refused.problem, not_told(refused, is_bound))
                }
                Err(trouble) => answer_trouble(trouble, guest, headers),
            }
        }
    };
    share(guest, headers, response).await
}

/// The token of a request: in the header or in the form, once. Never in the address (K-27).
pub fn brought(
    headers: &HeaderMap,
    in_form: Option<String>,
    method: &'static str,
) -> Result<Option<Brought>, Refused> {
    let proof = one(headers, "dpop")?;
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let first = all.next();
    if all.next().is_some() {
        return Err(Refused::request("two tokens"));
    }
    let in_header = first
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .map(|(scheme, token)| (scheme.to_ascii_lowercase(), token.trim().to_owned()));
    Ok(match (in_header, in_form) {
        (Some(_), Some(_)) => return Err(Refused::request("two tokens")),
        (Some((scheme, token)), None) if scheme == "bearer" || scheme == "dpop" => {
            Some(Brought { token, is_bound: scheme == "dpop", proof, method })
        }
        (None, Some(token)) => Some(Brought { token, is_bound: false, proof, method }),
        (Some(_) | None, None) => None,
    })
}

/// What is wrong with a token, as the header says it: by the name it was brought under (RFC 6750
/// section 3, RFC 9449 section 7.1).
#[must_use]
pub fn challenge(refused: Refused, is_bound: bool) -> String {
    let is_of_proof = is_bound || refused.problem.is_of_proof();
    let scheme = if is_of_proof { "DPoP" } else { "Bearer" };
    let (name, why) = (refused.problem.name(), refused.why);
    let told = format!("{scheme} error=\"{name}\", error_description=\"{why}\"");
    if is_of_proof { format!("{told}, {}", algorithms()) } else { told }
}

/// What proofs may be signed with.
#[must_use]
pub fn algorithms() -> String {
    format!("algs=\"{}\"", proving().join(" "))
}

/// A refusal, in the header too.
fn not_told(refused: Refused, is_bound: bool) -> Response {
    let mut response = answer_refused(refused, &HeaderMap::new());
    let told = challenge(refused, is_bound);
    if let Ok(told) = HeaderValue::try_from(told) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, told);
    }
    if refused.problem.is_of_proof() {
        *response.status_mut() = StatusCode::UNAUTHORIZED;
    }
    response
}
