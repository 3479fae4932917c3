//! Every address, one line each.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use payung_flows::oidc::paths;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::front::front;
use crate::guest::{Guest, Trouble};
use crate::pages::problems::problem::Obstacle;
use crate::pages::{
    activation, activity, apps, balance, benefits, check, claims, confirm, consent, contributions,
    corrections, dashboard, demo, desk_request, device, devices, export, help, inbox, not_me,
    passwords, personal, preferences, recover, security, sign_in, sign_out, statements,
    transactions, undo, welcome,
};
use crate::site::Site;
use crate::{api, assets, oidc, reports};

/// A request that takes longer than this has failed.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

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
        .route("/sign-in/resume", post(sign_in::received::resume))
        .route("/forgot-password", get(passwords::forgot::show).post(passwords::forgot::submit))
        .route("/forgot-password/sent", get(passwords::forgot::sent))
        .route("/reset-password", get(passwords::reset::show).post(passwords::reset::submit))
        .route(
            "/reset-password/by-code",
            get(passwords::by_code::show).post(passwords::by_code::submit),
        )
        .route("/security/password", get(passwords::change::show).post(passwords::change::submit))
        .route("/password/strength", post(passwords::strength::show))
        .route("/.well-known/change-password", get(passwords::well_known))
        .route("/sign-out", get(sign_out::confirm::show).post(sign_out::confirm::submit))
        .route("/session/extend", post(sign_out::confirm::extend))
        .route("/dashboard", get(dashboard::overview::show))
        .route("/contributions", get(contributions::history::show))
        .route("/contributions/month", get(contributions::month::show))
        .route("/contributions/owed", get(contributions::owed::show))
        .route(
            "/contributions/wage",
            get(contributions::wage::show).post(contributions::wage::submit),
        )
        .route("/balance", get(balance::statement::show))
        .route("/balance/year", get(balance::year::show))
        .route("/transactions", get(transactions::list::show))
        .route(
            "/transactions/report",
            get(transactions::report::show).post(transactions::report::submit),
        )
        .route("/export", get(export::take::show).post(export::take::submit))
        .route("/contributions/report", get(contributions::evidence::show))
        .route("/contributions/report/pdf", get(contributions::evidence::document))
        .route("/statements", get(statements::list::show).post(statements::list::submit))
        .route("/statements/{id}", get(statements::paper::show))
        .route("/statements/{id}/pdf", get(statements::files::document))
        .route("/statements/{id}/csv", get(statements::files::table))
        .route("/statements/{id}/signed", get(statements::files::signed))
        .route("/benefits", get(benefits::estimate::show).post(benefits::estimate::submit))
        .route("/activity", get(activity::list::show))
        .route("/activity/contest", get(activity::contest::show).post(activity::contest::submit))
        .route("/activity.csv", post(activity::download::submit))
        .route("/inbox", get(inbox::list::show))
        .route("/inbox/notices", get(inbox::choices::show).post(inbox::choices::submit))
        .route("/check", get(check::message::show))
        .route("/check/keys", get(statements::files::keys))
        .merge(claim_pages())
        .merge(activation())
        .merge(security_pages())
        .merge(contacts())
        .merge(corrections_pages())
        .merge(recovery())
        .merge(provider())
        .merge(for_applications())
        .route("/apps", get(apps::list::show).post(apps::list::submit))
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
    if site.app.settings.client_registration {
        router = router.merge(registration());
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

/// What members claim.
fn claim_pages() -> Router<Arc<Site>> {
    Router::new()
        .route("/claims", get(claims::list::show))
        .route("/claims/new", get(claims::new::show).post(claims::new::submit))
        .route("/claims/follow", get(claims::follow::show).post(claims::follow::submit))
        .route("/claims/{id}", get(claims::one::show))
        .route("/claims/{id}/account", get(claims::account::show).post(claims::account::submit))
        .route(
            "/claims/{id}/documents/{slot}",
            get(claims::document::show).post(claims::document::submit),
        )
        .route("/claims/{id}/remove", get(claims::one::back).post(claims::document::remove))
        .route("/claims/{id}/send", get(claims::check::show).post(claims::check::submit))
        .route("/claims/{id}/withdraw", get(claims::one::back).post(claims::one::withdraw))
}

/// How a membership gets an account.
fn activation() -> Router<Arc<Site>> {
    Router::new()
        .route("/activate", get(activation::find::show).post(activation::find::submit))
        .route("/activate/leave", get(activation::find::back).post(activation::find::leave))
        .route(
            "/activate/contact",
            get(activation::contact::show).post(activation::contact::submit),
        )
        .route("/activate/code", get(activation::code::show).post(activation::code::submit))
        .route("/activate/code/resend", get(activation::code::back).post(activation::code::resend))
        .route("/activate/password", get(activation::access::show).post(activation::access::submit))
        .route("/activate/passkey", get(activation::access::back).post(activation::access::passkey))
        .route("/activate/code/skip", get(activation::code::back).post(activation::code::skip))
        .route("/activate/codes", get(activation::codes::show).post(activation::codes::make))
        .route(
            "/activate/codes/confirm",
            get(activation::codes::back).post(activation::codes::confirm),
        )
        .route("/activate/codes/file", get(activation::codes::back).post(activation::codes::file))
        .route("/activate/resume", get(activation::resume::show).post(activation::resume::submit))
}

/// What protects an account.
fn security_pages() -> Router<Arc<Site>> {
    Router::new()
        .route("/security", get(security::overview::show))
        .route("/security/remembered/forget", post(security::overview::forget))
        .route("/security/app", get(security::app::show).post(security::app::submit))
        .route("/security/app/begin", get(security::app::back).post(security::app::begin))
        .route("/security/app/remove", get(security::app::ask).post(security::app::remove))
        .route(
            "/security/app/suspend",
            get(security::app::back_to_managing).post(security::app::suspend),
        )
        .route(
            "/security/app/resume",
            get(security::app::back_to_managing).post(security::app::resume),
        )
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
        .route(
            "/security/passkeys/{id}/suspend",
            get(security::passkeys::back).post(security::passkeys::suspend),
        )
        .route(
            "/security/passkeys/{id}/resume",
            get(security::passkeys::back).post(security::passkeys::resume),
        )
        .route("/security/history", get(security::history::show))
        .route("/security/codes", get(security::codes::show).post(security::codes::make))
        .route("/security/codes/file", get(security::codes::back).post(security::codes::file))
        .route("/security/ways", get(security::ways::show).post(security::ways::submit))
        .route("/security/payouts", get(security::payouts::show).post(security::payouts::close))
        .route("/security/payouts/open", get(security::payouts::ask).post(security::payouts::open))
        .route("/security/devices", get(devices::list::show).post(devices::list::submit))
}

/// What the programme knows of somebody, and how they are reached.
fn contacts() -> Router<Arc<Site>> {
    Router::new()
        .route("/personal-details", get(personal::details::show))
        .route(
            "/personal-details/email",
            get(personal::contact::show_email).post(personal::contact::submit_email),
        )
        .route(
            "/personal-details/phone",
            get(personal::contact::show_phone).post(personal::contact::submit_phone),
        )
        .route("/personal-details/code", get(personal::code::show).post(personal::code::submit))
        .route(
            "/personal-details/code/resend",
            get(personal::code::back).post(personal::code::resend),
        )
        .route(
            "/personal-details/remove",
            get(personal::remove::show).post(personal::remove::submit),
        )
        .route(
            "/personal-details/cancel",
            get(personal::details::back).post(personal::details::cancel),
        )
        .route(
            "/personal-details/address",
            get(personal::address::show).post(personal::address::submit),
        )
        .route("/undo-change", get(undo::change::show).post(undo::change::submit))
        .route(
            "/desk-request/number",
            get(desk_request::number::show).post(desk_request::number::submit),
        )
        .route("/desk-request/own", get(desk_request::own::show).post(desk_request::own::submit))
        .route("/desk-request", get(desk_request::answer::show).post(desk_request::answer::submit))
}

/// What is wrong on record, and how far it is.
fn corrections_pages() -> Router<Arc<Site>> {
    Router::new()
        .route("/corrections", get(corrections::list::show))
        .route(
            "/corrections/{reference}/withdraw",
            get(corrections::list::back).post(corrections::list::withdraw),
        )
        .route("/corrections/ask", get(corrections::ask::show).post(corrections::ask::submit))
}

/// The pages of a staged recovery.
fn recovery() -> Router<Arc<Site>> {
    Router::new()
        .route("/recover", get(recover::start::show).post(recover::start::begin))
        .route("/recover/tasks", get(recover::tasks::show).post(recover::tasks::submit))
        .route("/recover/who", get(recover::who::show).post(recover::who::submit))
        .route("/recover/lost", get(recover::lost::show).post(recover::lost::submit))
        .route("/recover/contact", get(recover::contact::show).post(recover::contact::submit))
        .route("/recover/code", get(recover::code::show).post(recover::code::submit))
        .route("/recover/code/resend", get(recover::code::back).post(recover::code::resend))
        .route("/recover/proof", get(recover::proof::show).post(recover::proof::submit))
        .route("/recover/received", get(recover::received::show))
        .route("/recover/status", get(recover::status::show).post(recover::status::submit))
        .route("/recover/status/send", get(recover::status::back).post(recover::status::send))
        .route(
            "/recover/status/code",
            get(recover::status::show_code).post(recover::status::submit_code),
        )
        .route("/recover/stop", get(recover::stop::show).post(recover::stop::submit))
        .route("/recover/password", get(recover::password::show).post(recover::password::submit))
}

/// Single sign-on for other applications. Programs find all of it from the two documents.
fn provider() -> Router<Arc<Site>> {
    let shared = |route: MethodRouter<Arc<Site>>| route.options(oidc::call::preflight);
    Router::new()
        .route("/.well-known/openid-configuration", shared(get(oidc::documents::metadata)))
        .route("/.well-known/oauth-authorization-server", shared(get(oidc::documents::metadata)))
        .route(paths::JWKS, shared(get(oidc::documents::keys)))
        .route(
            paths::AUTHORIZE,
            get(consent::authorize::arrive).post(consent::authorize::bring_again),
        )
        .route(paths::CONTINUE, get(consent::authorize::resume).post(consent::ask::submit))
        .route(paths::TOKEN, shared(post(oidc::tokens::token)))
        .route(
            paths::USERINFO,
            shared(get(oidc::tokens::userinfo).post(oidc::tokens::userinfo_by_form)),
        )
        .route(paths::PUSH, post(oidc::tokens::push))
        .route(paths::INTROSPECT, post(oidc::tokens::introspect))
        .route(paths::REVOKE, post(oidc::tokens::revoke))
        .route(paths::DEVICE, post(oidc::tokens::device))
        .route(paths::DEVICE_PAGE, get(device::enter::show).post(device::enter::submit))
        .route("/device/approve", get(device::approve::show).post(device::approve::submit))
        .route("/device/done", get(device::done::show))
        .route(paths::LOGOUT, get(consent::logout::arrive).post(consent::logout::bring_again))
        .route("/oidc/logout/confirm", post(consent::logout::submit))
}

/// How applications register themselves, where they may (K-30).
fn registration() -> Router<Arc<Site>> {
    let one = get(oidc::registration::show)
        .put(oidc::registration::rewrite)
        .delete(oidc::registration::remove);
    Router::new()
        .route(paths::REGISTER, post(oidc::registration::register))
        .route("/oidc/register/{id}", one)
}

/// What applications read of members who let them.
fn for_applications() -> Router<Arc<Site>> {
    let shared = |route: MethodRouter<Arc<Site>>| route.options(oidc::call::preflight);
    Router::new()
        .route(payung_flows::api::METADATA, shared(get(api::openapi::resource)))
        .route(api::DOCUMENT, get(api::openapi::show))
        .route(api::ME.path, get(api::me::show))
        .route(api::MEMBERSHIPS.path, get(api::memberships::show))
        .route(api::CONTRIBUTIONS.path, get(api::contributions::show))
        .route(api::BALANCES.path, get(api::balances::show))
        .route(api::STATEMENTS.path, get(api::statements::list))
        .route(api::STATEMENT.path, get(api::statements::show))
}

/// Only the three files that are listed are served (L-12); their names change with their content.
pub(crate) async fn asset(Path(name): Path<String>) -> Response {
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
pub(crate) fn panicked() -> Response {
    let fault = payung_flows::Fault::new("answering a request", "the handler panicked");
    Trouble::Fault(fault).into_response()
}
