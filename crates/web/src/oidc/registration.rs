//! Where applications register themselves, and look at, change or end their registration. These
//! addresses are there only where the setting says so.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use payung_domain::oidc::problems::{Problem, Refused};
use payung_flows::oidc::Trouble;
use payung_flows::oidc::registration::{self, Refusal};
use serde_json::json;

use super::call::{answer_refused, answer_trouble, json_answer};
use crate::form::MOST_BYTES;
use crate::guest::Guest;

/// `POST /oidc/register`
pub async fn register(guest: Guest, headers: HeaderMap, body: Bytes) -> Response {
    if let Err(refused) = check(&headers, &body) {
        return answer_refused(refused, &headers);
    }
    let (app, visit, token) = (&guest.site.app, &guest.visit, bearer(&headers));
    match registration::register(app, visit, token, &body).await {
        Ok(told) => json_answer(StatusCode::CREATED, &told),
        Err(refusal) => refused(refusal, &guest, &headers),
    }
}

/// `GET /oidc/register/{id}`
pub async fn show(Path(id): Path<String>, guest: Guest, headers: HeaderMap) -> Response {
    let (app, visit, token) = (&guest.site.app, &guest.visit, bearer(&headers));
    match registration::read(app, visit, &id, token).await {
        Ok(told) => json_answer(StatusCode::OK, &told),
        Err(refusal) => refused(refusal, &guest, &headers),
    }
}

/// `PUT /oidc/register/{id}`
pub async fn rewrite(
    Path(id): Path<String>,
    guest: Guest,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Err(refused) = check(&headers, &body) {
        return answer_refused(refused, &headers);
    }
    let (app, visit, token) = (&guest.site.app, &guest.visit, bearer(&headers));
    match registration::rewrite(app, visit, &id, token, &body).await {
        Ok(told) => json_answer(StatusCode::OK, &told),
        Err(refusal) => refused(refusal, &guest, &headers),
    }
}

/// `DELETE /oidc/register/{id}`
pub async fn remove(Path(id): Path<String>, guest: Guest, headers: HeaderMap) -> Response {
    let (app, visit, token) = (&guest.site.app, &guest.visit, bearer(&headers));
    match registration::remove(app, visit, &id, token).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(refusal) => refused(refusal, &guest, &headers),
    }
}

/// Whether a body is JSON and of a size that a registration has.
fn check(headers: &HeaderMap, body: &Bytes) -> Result<(), Refused> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default();
    if !kind.trim().eq_ignore_ascii_case("application/json") {
        return Err(Refused::request("the body is no JSON"));
    }
    if body.len() > MOST_BYTES {
        return Err(Refused::request("the body is too large"));
    }
    Ok(())
}

/// The token in the header; it is taken from nowhere else (K-27).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let (scheme, token) = all.next()?.to_str().ok()?.split_once(' ')?;
    let is_alone = all.next().is_none();
    (is_alone && scheme.eq_ignore_ascii_case("bearer")).then(|| token.trim())
}

fn refused(refusal: Refusal, guest: &Guest, headers: &HeaderMap) -> Response {
    match refusal {
        Refusal::Unfit(unfit) => {
            let body = json!({ "error": unfit.name(), "error_description": unfit.why() });
            json_answer(StatusCode::BAD_REQUEST, &body)
        }
        Refusal::Trouble(Trouble::Refused(why)) if why.problem == Problem::InvalidToken => {
            let mut response = answer_refused(why, headers);
            // RFC 6750 section 3.1: who brought nothing is told the way and no more.
            let has_one = headers.contains_key(header::AUTHORIZATION);
            let told = if has_one { "Bearer error=\"invalid_token\"" } else { "Bearer" };
            let told = HeaderValue::from_static(told);
            response.headers_mut().insert(header::WWW_AUTHENTICATE, told);
            response
        }
        Refusal::Trouble(trouble) => answer_trouble(trouble, guest, headers),
    }
}
