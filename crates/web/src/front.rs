//! The front of every page: finds out who asks, and sees to it that every answer, good or bad,
//! leaves with the same headers and, where something is wrong, with a page that says what to do.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use payung_domain::language::Language;
use payung_domain::sign_in::stays_here;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_flows::{Fault, Visit};

use crate::form::{Fields, MOST_BYTES};
use crate::guest::{Guest, Visitor, is_form, reference};
use crate::keeping::Sent;
use crate::page::Theme;
use crate::pages::problems::problem::{Obstacle, ProblemPage};
use crate::site::Site;
use crate::{address, api, cookies, device};

pub(crate) const HTML: &str = "text/html; charset=utf-8";

/// Everything around a handler.
pub async fn front(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let chosen = chosen_language(&request);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let (visitor, is_readable) = visitor(&site, &request, chosen);
    let guest = Guest::from(visitor);
    request.extensions_mut().insert(guest.clone());
    let mut response = if is_readable {
        match with_body(request).await {
            Ok(request) => next.run(request).await,
            Err(obstacle) => problem_page(&guest, obstacle),
        }
    } else {
        problem_page(&guest, Obstacle::Unreadable)
    };
    response = with_problem_page(&guest, response);
    // Paths hold no secret: tokens of links leave the address at once, queries are not logged.
    tracing::info!(method = %method, path, status = response.status().as_u16(), "answered");
    let headers = response.headers_mut();
    secure(&guest, headers);
    // Pages only: a file that every cache may keep must not carry somebody's cookie.
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == HTML);
    if guest.visit.browser.is_none() && is_page {
        let name = guest.browser.expose();
        cookies::set(&site, headers, cookies::BROWSER, name, Some(cookies::LONG));
    }
    if let Some(language) = chosen {
        cookies::set(&site, headers, cookies::LANGUAGE, language.tag(), Some(cookies::LONG));
    }
    response
}

/// Reads a form before anybody looks at it: what is in it must not be lost where its sender has to
/// sign in first (M36). No form of ours is larger than this takes.
async fn with_body(request: Request) -> Result<Request, Obstacle> {
    if request.method() != Method::POST || !is_form(request.headers()) {
        return Ok(request);
    }
    let (mut parts, body) = request.into_parts();
    let bytes = to_bytes(body, MOST_BYTES).await.map_err(|_| Obstacle::TooLarge)?;
    parts.extensions.insert(Sent(Arc::new(bytes.clone())));
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// Who asks, as far as the request says.
pub(crate) fn visitor(
    site: &Arc<Site>,
    request: &Request,
    chosen: Option<Language>,
) -> (Visitor, bool) {
    let headers = request.headers();
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(peer)| peer.ip());
    let from = address::of_visitor(peer, headers, &*site.is_proxy);
    let agent = text(header::USER_AGENT).unwrap_or_default();
    let language = chosen
        .or_else(|| Language::tagged(&cookies::read(site, headers, cookies::LANGUAGE)?))
        .or_else(|| Language::accepted(text(header::ACCEPT_LANGUAGE)?))
        .unwrap_or_default();
    let known = cookies::read_token(site, headers, cookies::BROWSER);
    let dice = &*site.app.dice;
    let query = Fields::parse(request.uri().query().unwrap_or_default().as_bytes());
    let is_readable = query.is_ok();
    let visitor = Visitor {
        site: Arc::clone(site),
        browser: known.clone().unwrap_or_else(|| Token::new(dice)),
        session: cookies::read_token(site, headers, cookies::SESSION),
        sign_in: cookies::read_token(site, headers, cookies::SIGN_IN),
        reset: cookies::read_token(site, headers, cookies::RESET),
        forgotten: cookies::read(site, headers, cookies::FORGOTTEN),
        activation: cookies::read_token(site, headers, cookies::ACTIVATION),
        activation_link: cookies::read_token(site, headers, cookies::ACTIVATION_LINK),
        recovery: cookies::read_token(site, headers, cookies::RECOVERY),
        recovery_link: cookies::read_token(site, headers, cookies::RECOVERY_LINK),
        recovery_stop: cookies::read_token(site, headers, cookies::RECOVERY_STOP),
        recovery_seen: cookies::read(site, headers, cookies::RECOVERY_SEEN),
        target: cookies::read(site, headers, cookies::TARGET)
            .filter(|_| may_end_elsewhere(request.uri().path()))
            .and_then(|sealed| crate::oidc::target::opened(site, &sealed)),
        theme: cookies::read(site, headers, cookies::THEME)
            .and_then(|name| Theme::named(&name))
            .unwrap_or_default(),
        query: query.unwrap_or_default(),
        address: address_without_language(request),
        nonce: BASE64URL_NOPAD.encode(&dice.bytes::<16>()),
        saves_data: headers.get("save-data").is_some_and(|value| value == "on"),
        is_proxied_browser: headers.keys().any(|name| name.as_str().starts_with("x-operamini")),
        visit: Visit {
            now: site.app.clock.now(),
            address: from,
            device: device::in_words(agent, site.app.places.of(from)),
            browser: known,
            language,
        },
    };
    (visitor, is_readable)
}

/// The language that the address asks for. A strange one asks for nothing.
pub(crate) fn chosen_language(request: &Request) -> Option<Language> {
    let query = request.uri().query()?;
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "lang")
        .and_then(|(_, tag)| Language::tagged(&tag))
}

/// Path and query without `lang`, where the language link and the theme form come back to. Asked
/// for `//host`, a link to the same again would lead there (K-07), so it leads home.
fn address_without_language(request: &Request) -> String {
    let path = request.uri().path();
    let rest: Vec<&str> = request
        .uri()
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && *pair != "lang" && !pair.starts_with("lang="))
        .collect();
    let address =
        if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) };
    if stays_here(&address) { address } else { "/".to_owned() }
}

/// Turns what a handler said was the matter into a page.
fn with_problem_page(guest: &Guest, mut response: Response) -> Response {
    if let Some(obstacle) = response.extensions_mut().remove::<Obstacle>() {
        return problem_page(guest, obstacle);
    }
    if let Some(fault) = response.extensions_mut().remove::<Arc<Fault>>() {
        return broken_page(guest, &fault);
    }
    let is_bare = response.headers().get(header::CONTENT_TYPE).is_none();
    match response.status() {
        StatusCode::NOT_FOUND if is_bare => problem_page(guest, Obstacle::NotFound),
        StatusCode::METHOD_NOT_ALLOWED if is_bare => {
            let allow = response.headers().get(header::ALLOW).cloned();
            let mut page = problem_page(guest, Obstacle::WrongMethod);
            if let Some(allow) = allow {
                page.headers_mut().insert(header::ALLOW, allow);
            }
            page
        }
        _ => response,
    }
}

/// A fault is logged here, once, with the number the visitor sees (M-06).
fn broken_page(guest: &Guest, fault: &Fault) -> Response {
    let reference = reference(guest);
    tracing::error!(reference, cause = %cause_chain(fault), "a page broke {fault}");
    if fault.is_unreachable() {
        return problem_page(guest, Obstacle::Busy);
    }
    problem_page(guest, Obstacle::Broken { reference, kept: false })
}

pub(crate) fn cause_chain(fault: &Fault) -> String {
    let mut causes = Vec::new();
    let mut cause = std::error::Error::source(fault);
    while let Some(error) = cause {
        causes.push(error.to_string());
        cause = error.source();
    }
    causes.join(": ")
}

/// The page for something that stands in the way of a page. Programs are told in their own way.
pub fn problem_page(guest: &Guest, obstacle: Obstacle) -> Response {
    let status = StatusCode::from_u16(obstacle.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let retry = retry_after(&obstacle, guest.visit.now);
    let mut response = if api::is_here(&guest.address) {
        api::problem::of(guest, &obstacle)
    } else {
        show(status, &ProblemPage { f: guest.frame(), obstacle })
    };
    if let Some(seconds) = retry {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

pub(crate) fn retry_after(obstacle: &Obstacle, now: Instant) -> Option<u64> {
    match obstacle {
        Obstacle::TooMany(until) | Obstacle::Closed(until) => Some(until.since(now).as_secs() + 1),
        Obstacle::Busy => Some(2),
        _ => None,
    }
}

/// A page with its form once more, for somebody who is to send it again at a moment.
pub fn show_until(page: &impl Template, until: Instant, now: Instant) -> Response {
    let mut response = show(StatusCode::TOO_MANY_REQUESTS, page);
    let seconds = until.since(now).as_secs() + 1;
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// A page as an answer.
pub fn show(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, [(header::CONTENT_TYPE, HTML)], Body::from(html)).into_response(),
        Err(error) => {
            let fault = Fault::new("writing a page", error);
            crate::guest::Trouble::Fault(fault).into_response()
        }
    }
}

/// Pages of signing in may end at the application that it was for.
fn may_end_elsewhere(path: &str) -> bool {
    ["/sign-in", "/confirm"].iter().any(|start| path.starts_with(start))
}

/// The content security policy of a page. Browsers apply `form-action` to where a form ends after
/// all redirects, so the application that somebody signs in for is named too (L-02).
pub fn policy(guest: &Guest, target: Option<&str>) -> String {
    let (joint, target) = target.map_or(("", ""), |target| (" ", target));
    format!(
        "default-src 'none'; script-src 'nonce-{}'; style-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'self'{joint}{target}; base-uri 'none'; \
         object-src 'none'; frame-ancestors 'none'; report-uri /csp-report",
        guest.nonce
    )
}

/// For what is no page: nothing in it runs, loads or is framed, wherever it is opened.
const NO_PAGE: &str = "default-src 'none'; form-action 'none'; base-uri 'none'; \
                       object-src 'none'; frame-ancestors 'none'; report-uri /csp-report";

/// What every answer says to the browser (L-01, L-03, L-04, L-12).
pub(crate) fn secure(guest: &Guest, headers: &mut HeaderMap) {
    let is_page = headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind == HTML);
    let policy = if is_page {
        HeaderValue::try_from(policy(guest, guest.target.as_deref())).ok()
    } else {
        None
    };
    let policy = policy.unwrap_or(HeaderValue::from_static(NO_PAGE));
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    let mut put = |name: HeaderName, value| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::CACHE_CONTROL, "no-store");
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::REFERRER_POLICY, "same-origin");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), otp-credentials=(self)",
    );
    if guest.site.app.settings.is_secure() {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    put(header::CONTENT_LANGUAGE, guest.visit.language.tag());
}
