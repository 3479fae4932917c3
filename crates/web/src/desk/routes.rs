//! Every address of the desk, one line each.

use std::sync::Arc;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use super::front::front;
use super::{
    acts, audit, case, chain, claims, confirm, correct, correction, corrections, heir_document,
    heir_open, heirs, help, join, look_up, new_case, notices, people, queue, record, recovery,
    service, sign_in, sign_out, unmask, verify,
};
use crate::guest::Trouble;
use crate::pages::problems::problem::Obstacle;
use crate::reports;
use crate::routes::{PATIENCE, asset, panicked};
use crate::site::Site;

/// The support desk.
pub fn routes(site: Arc<Site>) -> Router {
    let mut router = Router::new()
        .route("/", get(sign_in::home))
        .route("/sign-in", get(sign_in::show))
        .route("/sign-in/passkey", get(sign_in::back).post(sign_in::submit))
        .route("/join", get(join::show).post(join::submit))
        .route("/confirm", get(confirm::show))
        .route("/confirm/passkey", get(confirm::back).post(confirm::submit))
        .route("/sign-out", get(sign_out::show).post(sign_out::submit))
        .route("/session/extend", post(sign_out::extend))
        .route("/look-up", get(look_up::show).post(look_up::submit))
        .route("/records/{id}", get(record::show))
        .route("/records/{id}/unmask", get(unmask::show).post(unmask::submit))
        .route("/records/{id}/verify", get(verify::show).post(verify::submit))
        .route("/records/{id}/help", get(help::show).post(help::submit))
        .route("/acts", get(acts::list))
        .route("/acts/{id}", get(acts::show).post(acts::submit))
        .route("/records/{id}/case", get(new_case::show).post(new_case::submit))
        .route("/queue", get(queue::show).post(queue::submit))
        .route("/cases/{reference}", get(case::show).post(case::submit))
        .route("/records/{id}/correction", get(correct::show).post(correct::submit))
        .route("/corrections", get(corrections::show))
        .route("/corrections/{reference}", get(correction::show).post(correction::propose))
        .route("/corrections/{reference}/decision", get(correction::back).post(correction::decide))
        .route("/claims", get(claims::list))
        .route("/claims/{id}", get(claims::show).post(claims::submit))
        .route("/claims/{id}/documents/{document}", get(claims::document))
        .route("/recoveries/{reference}", get(recovery::show).post(recovery::submit))
        .route("/records/{id}/heirs", get(heir_open::show).post(heir_open::submit))
        .route("/heirs", get(heirs::list))
        .route("/heirs/{id}", get(heirs::show).post(heirs::submit))
        .route("/heirs/{id}/papers/{slot}", get(heir_document::show).post(heir_document::submit))
        .route("/heirs/{id}/documents/{document}", get(heir_document::take))
        .route("/audit", get(audit::show))
        .route("/audit.csv", get(audit::back).post(audit::take))
        .route("/audit.json", get(audit::back).post(audit::take_json))
        .route("/audit/chain", get(chain::show))
        .route("/notices", get(notices::show).post(notices::submit))
        .route("/notices/withdraw", get(notices::back).post(notices::withdraw))
        .route("/service", get(service::show).post(service::submit))
        .route("/staff", get(people::show).post(people::submit))
        .route("/csp-report", post(reports::content_security_policy))
        .route("/robots.txt", get(robots))
        .route("/assets/{name}", get(asset));
    if site.is_demo {
        router = router
            .route("/demo/sign-in", get(sign_in::back).post(sign_in::submit_demo))
            .route("/demo/confirm", get(confirm::back).post(confirm::submit_demo));
    }
    router
        .fallback(async || Trouble::Obstacle(Obstacle::NotFound))
        .method_not_allowed_fallback(async || Trouble::Obstacle(Obstacle::WrongMethod))
        .layer(CatchPanicLayer::custom(|_| panicked()))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(from_fn_with_state(Arc::clone(&site), front))
        .layer(CompressionLayer::new())
        .with_state(site)
}

/// Nothing here is for search engines.
async fn robots() -> Response {
    let nothing = "User-agent: *\nDisallow: /\n";
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], nothing).into_response()
}
