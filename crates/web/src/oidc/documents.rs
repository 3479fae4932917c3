//! What anybody may read: the provider's description of itself, and its public keys.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use payung_flows::oidc::metadata;
use payung_flows::oidc::signing_keys::{self, LIST_LIFE};

use super::call::{answer_trouble, json_text, share};
use crate::guest::Guest;

/// `GET /.well-known/openid-configuration`, `GET /.well-known/oauth-authorization-server`
pub async fn metadata(guest: Guest, headers: HeaderMap) -> Response {
    let response = json_text(StatusCode::OK, metadata::text(&guest.site.app).to_owned());
    share(&guest, &headers, kept(response)).await
}

/// `GET /oidc/jwks`
pub async fn keys(guest: Guest, headers: HeaderMap) -> Response {
    let now = guest.visit.now;
    let response = match signing_keys::ring(&guest.site.app, now).await {
        Ok(ring) => kept(json_text(StatusCode::OK, ring.list(now))),
        Err(fault) => answer_trouble(fault.into(), &guest, &headers),
    };
    share(&guest, &headers, response).await
}

/// For an hour, as a new key is shown for two before it signs (K-16).
pub fn kept(mut response: Response) -> Response {
    let life = format!("public, max-age={}", LIST_LIFE.as_secs());
    if let Ok(life) = HeaderValue::try_from(life) {
        response.headers_mut().insert(header::CACHE_CONTROL, life);
    }
    response
}
