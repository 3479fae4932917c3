//! Every address, one line each.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::front::front;
use crate::guest::{Guest, Trouble};
use crate::pages::problems::problem::Obstacle;
use crate::pages::{
    activity, balance, check, confirm, contributions, dashboard, demo, devices, help, inbox,
    not_me, passwords, personal, preferences, security, sign_in, sign_out, welcome,
};
use crate::site::Site;
use crate::{assets, reports};

/// A request that takes longer than this has failed.
const PATIENCE: Duration = Duration::from_mins(1);

/// The member site.
pub fn routes(site: Arc<Site>) -> Router {
    let mut router = Router::new()
        .route("/", get(welcome::home::show))
        .route("/sign-in", get(sign_in::password::show).post(sign_in::password::submit))
        .route("/sign-in/method", get(sign_in::choose::show).post(sign_in::choose::submit))
        .route("/sign-in/code", get(sign_in::code::show).post(sign_in::code::submit))
        .route("/sign-in/code/resend", post(sign_in::code::resend))
        .route(
            "/sign-in/recovery-code",
            get(sign_in::recovery::show).post(sign_in::recovery::submit),
        )
        .route("/sign-in/passkey", get(sign_in::passkey::back).post(sign_in::passkey::submit))
        .route(
            "/sign-in/method/passkey",
            get(sign_in::passkey::back_to_choice).post(sign_in::passkey::submit_step),
        )
        .route("/confirm", get(confirm::ask::show).post(confirm::ask::submit))
        .route("/confirm/passkey", get(confirm::ask::back).post(confirm::ask::passkey))
        .route("/security", get(security::overview::show))
        .route("/security/remembered/forget", post(security::overview::forget))
        .route("/security/app", get(security::app::show).post(security::app::submit))
        .route("/security/app/begin", get(security::app::back).post(security::app::begin))
        .route("/security/app/remove", get(security::app::ask).post(security::app::remove))
        .route(
            "/security/passkeys/add",
            get(security::passkeys::show_add).post(security::passkeys::add),
        )
        .route(
            "/security/passkeys/{id}",
            get(security::passkeys::show).post(security::passkeys::rename),
        )
        .route(
            "/security/passkeys/{id}/remove",
            get(security::passkeys::back).post(security::passkeys::remove),
        )
        .route("/security/codes", get(security::codes::show).post(security::codes::make))
        .route("/security/codes/file", get(security::codes::back).post(security::codes::file))
        .route("/security/ways", get(security::ways::show).post(security::ways::submit))
        .route("/sign-in/resume", post(sign_in::received::resume))
        .route("/forgot-password", get(passwords::forgot::show).post(passwords::forgot::submit))
        .route("/forgot-password/sent", get(passwords::forgot::sent))
        .route("/reset-password", get(passwords::reset::show).post(passwords::reset::submit))
        .route("/security/password", get(passwords::change::show).post(passwords::change::submit))
        .route("/password/strength", post(passwords::strength::show))
        .route("/.well-known/change-password", get(passwords::well_known))
        .route("/sign-out", get(sign_out::confirm::show).post(sign_out::confirm::submit))
        .route("/session/extend", post(sign_out::confirm::extend))
        .route("/dashboard", get(dashboard::overview::show))
        .route("/contributions", get(contributions::history::show))
        .route("/balance", get(balance::statement::show))
        .route("/personal-details", get(personal::details::show))
        .route("/security/devices", get(devices::list::show).post(devices::list::submit))
        .route("/activity", get(activity::list::show))
        .route("/activity.csv", post(activity::download::submit))
        .route("/inbox", get(inbox::list::show))
        .route("/check", get(check::message::show))
        .route("/not-me", get(not_me::secure::show).post(not_me::secure::submit))
        .route("/help", get(help::topics::show))
        .route("/status", get(help::status::show))
        .route("/preferences", post(preferences::submit))
        .route("/csp-report", post(reports::content_security_policy))
        .route("/robots.txt", get(robots))
        .route("/.well-known/security.txt", get(security))
        .route("/assets/{name}", get(asset));
    if site.is_demo {
        router = router
            .route("/demo/outbox", get(demo::outbox::show))
            .route("/demo/outbox.json", get(demo::outbox::list));
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

/// Only the three files that are listed are served (L-12); their names change with their content.
async fn asset(Path(name): Path<String>) -> Response {
    let Some(asset) = assets::find(&format!("/assets/{name}")) else {
        return Trouble::Obstacle(Obstacle::NotFound).into_response();
    };
    let mut response = ([(header::CONTENT_TYPE, asset.content_type)], asset.body).into_response();
    let for_ever = HeaderValue::from_static("public, max-age=31536000, immutable");
    response.headers_mut().insert(header::CACHE_CONTROL, for_ever);
    response
}

/// Pages of members are nothing for search engines.
async fn robots() -> Response {
    let only_the_doors = "User-agent: *\nAllow: /$\nAllow: /help\nAllow: /status\nDisallow: /\n";
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], only_the_doors).into_response()
}

/// Where to report a weakness (RFC 9116).
async fn security(guest: Guest) -> Response {
    let settings = &guest.site.app.settings;
    let expires = guest.visit.now.plus(Duration::from_hours(24 * 180)).rfc3339();
    let text = format!(
        "Contact: mailto:{}\nExpires: {expires}\nPreferred-Languages: id, en\n\
         Canonical: {}/.well-known/security.txt\n",
        settings.help_email, settings.public_url
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// A panic stays inside its request. What it said went to the log; the page says a number.
fn panicked() -> Response {
    let fault = payung_flows::Fault::new("answering a request", "the handler panicked");
    Trouble::Fault(fault).into_response()
}
