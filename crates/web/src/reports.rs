//! What browsers report of pages that tried something the policy forbids (L-01).

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::StatusCode;

const MOST_BYTES: usize = 8 * 1024;

/// `POST /csp-report`. Logged in one line of our own making, so that a report cannot forge one.
pub async fn content_security_policy(request: Request) -> StatusCode {
    let Ok(body) = to_bytes(request.into_body(), MOST_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE;
    };
    let report: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
    let said = |key: &str| report["csp-report"][key].as_str().unwrap_or_default().to_owned();
    tracing::warn!(
        directive = ?said("violated-directive"),
        blocked = ?said("blocked-uri"),
        "a browser refused part of a page"
    );
    StatusCode::NO_CONTENT
}
