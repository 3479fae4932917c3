//! The few cookies there are, read and set. None holds personal data (H-03).

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use payung_domain::token::Token;

use crate::guest::{Guest, see_other};
use crate::site::Site;

/// The browser's own random name: binds forms before sign-in, and tells known devices.
pub const BROWSER: &str = "browser";
/// The session of somebody signed in.
pub const SESSION: &str = "session";
/// A sign-in between password and code.
pub const SIGN_IN: &str = "sign-in";
/// The link "this was not me" of a message, once it has left the address.
pub const NOT_ME: &str = "not-me";
/// The link of an old contact that takes a change back, once it has left the address.
pub const UNDO: &str = "undo";
/// A link to set a new password with, once it has left the address.
pub const RESET: &str = "reset";
/// What somebody typed who forgot the password: sealed, for asking once more.
pub const FORGOTTEN: &str = "forgotten";
/// An activation that goes on in this browser.
pub const ACTIVATION: &str = "activation";
/// A link to go on with an activation, once it has left the address.
pub const ACTIVATION_LINK: &str = "activation-link";
/// What somebody fills in who asks for a recovery.
pub const RECOVERY: &str = "recovery";
/// A link that finishes a recovery, once it has left the address.
pub const RECOVERY_LINK: &str = "recovery-link";
/// A link that stops a recovery, once it has left the address.
pub const RECOVERY_STOP: &str = "recovery-stop";
/// Which recovery this browser asked about: sealed.
pub const RECOVERY_SEEN: &str = "recovery-seen";
/// Where a sign-in for another application may end: its origin, with our tag.
pub const TARGET: &str = "target";
/// The random name of a browser at the support desk: never the one it has as a member's.
pub const DESK_BROWSER: &str = "desk-browser";
/// The session of somebody signed in at the support desk.
pub const DESK_SESSION: &str = "desk-session";
/// An invitation to work there, once it has left the address.
pub const DESK_INVITATION: &str = "desk-invitation";
/// The link of a letter about the support desk, once it has left the address.
pub const DESK_REQUEST: &str = "desk-request";
/// The chosen language.
pub const LANGUAGE: &str = "language";
/// The chosen theme.
pub const THEME: &str = "theme";

/// How long a cookie that is no secret of a session is kept.
pub const LONG: Duration = Duration::from_hours(365 * 24);

/// The cookie of this name, if the browser sent one.
#[must_use]
pub fn read(site: &Site, headers: &HeaderMap, name: &str) -> Option<String> {
    // Programs send none, and are not to pay for the names of all that pages have.
    if !headers.contains_key(header::COOKIE) {
        return None;
    }
    named(headers, &site.cookie_name(name)).map(str::to_owned)
}

/// The first cookie of exactly this name.
#[must_use]
pub fn named<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The cookie of this name, if it is a token of ours. A forged one is as good as none (H-01).
#[must_use]
pub fn read_token(site: &Site, headers: &HeaderMap, name: &str) -> Option<Token> {
    read(site, headers, name).as_deref().and_then(Token::parse)
}

/// Sets a cookie; without `life` it goes when the browser closes.
pub fn set(site: &Site, headers: &mut HeaderMap, name: &str, value: &str, life: Option<Duration>) {
    let name = site.cookie_name(name);
    let secure = if site.app.settings.is_secure() { "; Secure" } else { "" };
    let life = life.map(|life| format!("; Max-Age={}", life.as_secs())).unwrap_or_default();
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{life}");
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

/// Takes a cookie back.
pub fn forget(site: &Site, headers: &mut HeaderMap, name: &str) {
    set(site, headers, name, "", Some(Duration::ZERO));
}

/// Moves the token of a link out of the address into a cookie, and leads on to the page that reads it
/// there. Nothing is looked up: programs that read mail come here too. What is no token of ours makes
/// the browser forget the one before.
#[must_use]
pub fn take_from_address(guest: &Guest, name: &str, life: Duration, page: &str) -> Response {
    let mut response = see_other(page);
    let headers = response.headers_mut();
    match Token::parse(guest.query.text("token")) {
        Some(token) => set(&guest.site, headers, name, token.expose(), Some(life)),
        None => forget(&guest.site, headers, name),
    }
    response
}
