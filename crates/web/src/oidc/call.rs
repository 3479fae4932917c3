//! What programs send, and how they are answered: JSON, never kept by anybody, readable in browsers
//! of registered origins only (L-06).

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64;
use payung_domain::oidc::parameters::Parameters;
use payung_domain::oidc::problems::{Problem, Refused};
use payung_domain::secret::Secret;
use payung_flows::oidc::Trouble;
use payung_flows::oidc::clients::{Call, has_origin};
use payung_flows::oidc::possession;
use serde::Serialize;
use serde_json::json;

use crate::form::MOST_BYTES;
use crate::guest::{self, Guest};

/// A call with whoever makes it.
#[derive(Debug)]
pub struct Called {
    /// From where and when.
    pub guest: Guest,
    /// The headers.
    pub headers: HeaderMap,
    /// What was sent.
    pub call: Call,
}

impl<S: Sync> FromRequest<S> for Called {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let guest = Guest::from_request_parts(&mut parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let refuse = |refused: Refused| answer_refused(refused, &parts.headers);
        // K-27: what stands in an address stands in logs.
        let is_form = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| {
            let kind = kind.to_str().unwrap_or_default();
            kind.split(';').next().is_some_and(|kind| {
                kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
            })
        });
        if parts.uri.query().is_some() {
            return Err(refuse(Refused::request("parameters go in the body")));
        }
        let bytes = to_bytes(body, MOST_BYTES)
            .await
            .map_err(|_| refuse(Refused::request("the body is too large")))?;
        if !is_form && !bytes.is_empty() {
            return Err(refuse(Refused::request("the body is no form")));
        }
        let parameters = read(&bytes).map_err(refuse)?;
        let basic = basic(&parts.headers).map_err(refuse)?;
        let proof = one(&parts.headers, "dpop").map_err(refuse)?;
        let call = Call { parameters, basic, proof };
        Ok(Self { guest, headers: parts.headers, call })
    }
}

/// Reads parameters as forms and addresses carry them.
pub fn read(encoded: &[u8]) -> Result<Parameters, Refused> {
    let pairs = form_urlencoded::parse(encoded);
    Parameters::collect(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())))
}

/// A header that may stand there once.
pub fn one(headers: &HeaderMap, name: &str) -> Result<Option<String>, Refused> {
    let mut all = headers.get_all(name).iter();
    let first = all.next();
    if all.next().is_some() {
        return Err(Refused::new(Problem::InvalidDpopProof, "more than one proof"));
    }
    let text = first.map(|value| value.to_str().map(str::to_owned)).transpose();
    text.map_err(|_| Refused::request("a header is not text"))
}

/// Name and secret of `Authorization: Basic`, each written as in a form (RFC 6749 section 2.3.1).
fn basic(headers: &HeaderMap) -> Result<Option<(String, Secret)>, Refused> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = all.next() else { return Ok(None) };
    if all.next().is_some() {
        return Err(Refused::request("more than one way to authenticate"));
    }
    let decoded = value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
        .and_then(|(_, pair)| BASE64.decode(pair.trim().as_bytes()).ok())
        .and_then(|pair| String::from_utf8(pair).ok());
    let pair = decoded.as_deref().and_then(|pair| pair.split_once(':')).ok_or(Refused::client())?;
    let plain = |text: &str| {
        let written = format!("x={text}");
        let mut pairs = form_urlencoded::parse(written.as_bytes());
        pairs.next().map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    Ok(Some((plain(pair.0), Secret::new(plain(pair.1)))))
}

/// An answer in JSON.
pub fn json_answer(status: StatusCode, body: &impl Serialize) -> Response {
    json_text(status, serde_json::to_string(body).unwrap_or_default())
}

/// An answer that is JSON already.
pub fn json_text(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// A refusal in JSON, with the header that names the way to authenticate where one was tried.
pub fn answer_refused(refused: Refused, headers: &HeaderMap) -> Response {
    let status = StatusCode::from_u16(refused.problem.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let body = json!({ "error": refused.problem.name(), "error_description": refused.why });
    let mut response = json_answer(status, &body);
    if refused.problem == Problem::InvalidClient && headers.contains_key(header::AUTHORIZATION) {
        let way = HeaderValue::from_static("Basic realm=\"payung\", charset=\"UTF-8\"");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, way);
    }
    response
}

/// Brings the nonce along, where it is what a proof lacks (RFC 9449 section 8).
pub fn with_nonce(guest: &Guest, problem: Problem, mut response: Response) -> Response {
    let nonce = || HeaderValue::try_from(possession::nonce(&guest.site.app, guest.visit.now));
    if problem == Problem::UseDpopNonce
        && let Ok(nonce) = nonce()
    {
        response.headers_mut().insert(HeaderName::from_static("dpop-nonce"), nonce);
    }
    response
}

/// Whatever stood in the way, as programs are told.
pub fn answer_trouble(trouble: Trouble, guest: &Guest, headers: &HeaderMap) -> Response {
    match trouble {
        Trouble::Refused(refused) => {
            with_nonce(guest, refused.problem, answer_refused(refused, headers))
        }
        Trouble::TooMany(until) => {
            let body = json!({ "error": Problem::TemporarilyUnavailable.name() });
            let mut response = json_answer(StatusCode::TOO_MANY_REQUESTS, &body);
            let seconds = until.since(guest.visit.now).as_secs() + 1;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Trouble::Fault(fault) => {
            let reference = guest::reference(guest);
            let cause = std::error::Error::source(&fault).map(ToString::to_string);
            tracing::error!(reference, cause, "an endpoint broke {fault}");
            let busy = fault.is_unreachable();
            let problem = if busy { Problem::TemporarilyUnavailable } else { Problem::ServerError };
            answer_refused(Refused::new(problem, "something broke on our side"), headers)
        }
    }
}

/// Lets a browser of a registered origin read the answer, and no other.
pub async fn share(guest: &Guest, headers: &HeaderMap, mut response: Response) -> Response {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let Some(origin) = origin else { return response };
    let is_known = has_origin(&guest.site.app, origin).await.unwrap_or(false);
    let answered = response.headers_mut();
    answered.insert(header::VARY, HeaderValue::from_static("origin"));
    if let (true, Ok(origin)) = (is_known, HeaderValue::from_str(origin)) {
        answered.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        let exposed = HeaderValue::from_static("www-authenticate, dpop-nonce");
        answered.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
    response
}

/// `OPTIONS` of an endpoint that browsers of registered origins may call.
pub async fn preflight(guest: Guest, headers: HeaderMap) -> Response {
    let mut response = share(&guest, &headers, StatusCode::NO_CONTENT.into_response()).await;
    if response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        let mut put = |name: HeaderName, value| {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        };
        put(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
        put(header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, dpop");
        put(header::ACCESS_CONTROL_MAX_AGE, "600");
    }
    response
}
