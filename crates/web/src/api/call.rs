//! A call of the API: who makes it, whether its token opens the address, and how it is answered.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use payung_domain::keyed::digest;
use payung_domain::oidc::problems::Refused;
use payung_flows::api::{Reader, open};
use payung_flows::oidc::access::Brought;
use payung_flows::{App, Fault};
use serde::Serialize;

use super::Route;
use super::problem::Stop;
use crate::guest::{Guest, Trouble};
use crate::oidc::tokens::brought;

/// A call.
#[derive(Debug)]
pub struct Call {
    /// From where and when.
    pub guest: Guest,
    headers: HeaderMap,
    method: &'static str,
}

impl<S: Sync> FromRequestParts<S> for Call {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Trouble> {
        let guest = Guest::from_request_parts(parts, state).await?;
        let method = if parts.method == Method::HEAD { "HEAD" } else { "GET" };
        Ok(Self { guest, headers: parts.headers.clone(), method })
    }
}

impl Call {
    /// The flows.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.guest.site.app
    }

    /// The member whose data the token opens at this address.
    pub async fn reader(&self, route: &Route) -> Result<Reader, Stop> {
        self.reader_at(route, route.path).await
    }

    /// The same at an address with something in it.
    pub async fn reader_at(&self, route: &Route, path: &str) -> Result<Reader, Stop> {
        let needed = route.scope;
        let refuse = |refused| Stop::Refused { refused, is_bound: false, needed };
        let brought = self.brought().map_err(refuse)?.ok_or(Stop::NoToken)?;
        open(self.app(), &self.guest.visit, &brought, path, needed)
            .await
            .map_err(|trouble| Stop::of(trouble, brought.is_bound, needed))
    }

    /// The token in the header. What stands in the address is not looked at (K-27).
    fn brought(&self) -> Result<Option<Brought>, Refused> {
        if self.headers.get_all(header::AUTHORIZATION).iter().count() > 1 {
            return Err(Refused::request("two tokens"));
        }
        brought(&self.headers, None, self.method)
    }

    /// Answers with what is told, or with what is wrong.
    pub fn answer(&self, told: Result<impl Serialize, Stop>) -> Response {
        let told = match told {
            Ok(told) => told,
            Err(stop) => return stop.answer(&self.guest),
        };
        match serde_json::to_string(&told) {
            Ok(text) => tagged(&self.headers, "application/json", text),
            Err(error) => Trouble::Fault(Fault::new("writing an answer", error)).into_response(),
        }
    }
}

/// An answer that names its own content, and is sent only to those who do not have it yet. The tag
/// is a weak one, since the answer may be sent compressed or not.
pub fn tagged(asked: &HeaderMap, kind: &'static str, text: String) -> Response {
    let tag = format!("W/\"{}\"", BASE64URL_NOPAD.encode(&digest(text.as_bytes())[..16]));
    let mut response = if has_it(asked, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, kind)], text).into_response()
    };
    if let Ok(tag) = HeaderValue::try_from(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// Whether whoever asks has this content (RFC 9110 section 13.1.2: compared weakly).
fn has_it(asked: &HeaderMap, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
    known
        .flat_map(|list| list.split(','))
        .any(|known| known.trim() == "*" || bare(known) == bare(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_the_content_is_not_sent_it_again() {
        let asked = |lists: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for list in lists {
                headers.append(header::IF_NONE_MATCH, HeaderValue::from_static(list));
            }
            headers
        };
        let tag = "W/\"abc\"";
        for lists in [&["*"][..], &["W/\"abc\""], &["\"abc\""], &["\"x\", W/\"abc\""], &["x", "*"]]
        {
            assert!(has_it(&asked(lists), tag), "{lists:?}");
        }
        for lists in [&[""][..], &["\"\""], &["abc"], &["W/\"abcd\""], &["\"x\",\"y\""]] {
            assert!(!has_it(&asked(lists), tag), "{lists:?}");
        }
    }
}
