//! The few cookies there are, read and set. None holds personal data (H-03).

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, header};
use payung_domain::token::Token;

use crate::site::Site;

/// The browser's own random name: binds forms before sign-in, and tells known devices.
pub const BROWSER: &str = "browser";
/// The session of somebody signed in.
pub const SESSION: &str = "session";
/// A sign-in between password and code.
pub const SIGN_IN: &str = "sign-in";
/// The link "this was not me" of a message, once it has left the address.
pub const NOT_ME: &str = "not-me";
/// A link to set a new password with, once it has left the address.
pub const RESET: &str = "reset";
/// What somebody typed who forgot the password: sealed, for asking once more.
pub const FORGOTTEN: &str = "forgotten";
/// The chosen language.
pub const LANGUAGE: &str = "language";
/// The chosen theme.
pub const THEME: &str = "theme";

/// How long a cookie that is no secret of a session is kept.
pub const LONG: Duration = Duration::from_hours(365 * 24);

/// The cookie of this name, if the browser sent one.
#[must_use]
pub fn read(site: &Site, headers: &HeaderMap, name: &str) -> Option<String> {
    let name = site.cookie_name(name);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
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
