//! What is wrong, as programs are told (RFC 9457), in the language they ask for. What is wrong with
//! a token stands in the header too (RFC 6750, RFC 9449).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use payung_domain::oidc::problems::{Problem as Named, Refused};
use payung_domain::oidc::scopes::Scope;
use payung_flows::api::METADATA;
use payung_flows::{Fault, oidc};
use payung_texts::Texts;
use serde::Serialize;
use serde_json::{Value, json};

use super::DOCUMENT;
use super::shapes::{Field, Kind, Shapes, described, shape};
use crate::guest::{Guest, Trouble};
use crate::oidc::call::with_nonce;
use crate::oidc::tokens;
use crate::pages::problems::problem::Obstacle;

/// The type of these answers.
pub const KIND: &str = "application/problem+json";

shape! {
    /// What is wrong (RFC 9457).
    Problem {
        /// Which problem it is: a name that stays the same.
        r#type: String,
        /// The problem in a few words, in the language that was asked for.
        title: String,
        /// The status of the answer.
        status: u16,
        /// What to do about it, in the language that was asked for.
        detail: String,
    }
}

/// Why a call is not answered as it wishes.
#[derive(Debug)]
pub enum Stop {
    /// There is no token.
    NoToken,
    /// The token, its scope or its proof is not what it has to be.
    Refused {
        /// What is wrong.
        refused: Refused,
        /// Whether the token came under the name `DPoP`.
        is_bound: bool,
        /// What the token has to be for.
        needed: Scope,
    },
    /// This parameter cannot be used.
    Parameter(&'static str),
    /// What the site does about it is done in front, as for pages.
    Trouble(Trouble),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Trouble(Trouble::Fault(fault))
    }
}

impl Stop {
    /// What a flow of the provider stopped at.
    #[must_use]
    pub fn of(trouble: oidc::Trouble, is_bound: bool, needed: Scope) -> Self {
        match trouble {
            oidc::Trouble::Refused(refused) => Self::Refused { refused, is_bound, needed },
            oidc::Trouble::TooMany(until) => {
                Self::Trouble(Trouble::Obstacle(Obstacle::TooMany(until)))
            }
            oidc::Trouble::Fault(fault) => fault.into(),
        }
    }

    /// The answer.
    #[must_use]
    pub fn answer(self, guest: &Guest) -> Response {
        match self {
            Self::Trouble(trouble) => trouble.into_response(),
            Self::Parameter(name) => {
                let say = Say { guest, place: ("name", name.to_owned()) };
                let said = (say.now("api-parameter"), say.now("api-parameter-text"));
                answer("invalid_parameter", StatusCode::BAD_REQUEST, said)
            }
            Self::NoToken => {
                let say = Say::plain(guest);
                let said = (say.now("api-no-token"), say.now("api-no-token-text"));
                let told = answer("missing_token", StatusCode::UNAUTHORIZED, said);
                // RFC 6750 section 3.1: who brought nothing is told the way and no more.
                let about = about(guest);
                with_challenge(
                    told,
                    format!("DPoP {}, {about}, Bearer {about}", tokens::algorithms()),
                )
            }
            Self::Refused { refused, is_bound, needed } => {
                let told = told_of(guest, refused.problem, needed);
                let told = with_challenge(told, challenge(guest, refused, is_bound, needed));
                with_nonce(guest, refused.problem, told)
            }
        }
    }
}

/// What the site says of an address of the API where it shows a page elsewhere.
pub fn of(guest: &Guest, obstacle: &Obstacle) -> Response {
    let status = StatusCode::from_u16(obstacle.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let place = match obstacle {
        Obstacle::Broken { reference, .. } => ("reference", reference.clone()),
        _ => ("address", DOCUMENT.to_owned()),
    };
    let say = Say { guest, place };
    let (name, said) = match obstacle {
        Obstacle::NotFound => {
            ("not_found", (say.now("api-not-found"), say.now("api-not-found-text")))
        }
        Obstacle::WrongMethod => {
            ("method_not_allowed", (say.now("api-method"), say.now("api-method-text")))
        }
        Obstacle::TooMany(_) => {
            ("too_many_calls", (say.now("api-too-many"), say.now("api-too-many-text")))
        }
        Obstacle::Broken { .. } => {
            ("server_error", (say.now("api-broken"), say.now("api-broken-text")))
        }
        Obstacle::Busy | Obstacle::Closed(_) => {
            ("temporarily_unavailable", (say.now("api-busy"), say.now("api-busy-text")))
        }
        _ => (Named::InvalidRequest.name(), request_said(&say)),
    };
    answer(name, status, said)
}

/// What is wrong with a token, its scope or its proof.
fn told_of(guest: &Guest, problem: Named, needed: Scope) -> Response {
    let say = Say { guest, place: ("scope", needed.name().to_owned()) };
    let (status, said) = match problem {
        Named::InsufficientScope => {
            (StatusCode::FORBIDDEN, (say.now("api-scope"), say.now("api-scope-text")))
        }
        Named::InvalidDpopProof | Named::UseDpopNonce => {
            (StatusCode::UNAUTHORIZED, (say.now("api-proof"), say.now("api-proof-text")))
        }
        Named::InvalidToken => {
            (StatusCode::UNAUTHORIZED, (say.now("api-token"), say.now("api-token-text")))
        }
        _ => (StatusCode::BAD_REQUEST, request_said(&say)),
    };
    answer(problem.name(), status, said)
}

fn request_said(say: &Say<'_>) -> (String, String) {
    (say.now("api-request"), say.now("api-request-text"))
}

/// The header that says what is wrong with a token.
fn challenge(guest: &Guest, refused: Refused, is_bound: bool, needed: Scope) -> String {
    let mut told = tokens::challenge(refused, is_bound);
    if refused.problem == Named::InsufficientScope {
        told.push_str(", scope=\"");
        told.push_str(needed.name());
        told.push('"');
    }
    format!("{told}, {}", about(guest))
}

/// Where the API describes itself (RFC 9728 section 5.1).
fn about(guest: &Guest) -> String {
    format!("resource_metadata=\"{}\"", oidc::address(&guest.site.app, METADATA))
}

fn with_challenge(mut response: Response, challenge: String) -> Response {
    if let Ok(challenge) = HeaderValue::try_from(challenge) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}

fn answer(name: &str, status: StatusCode, (title, detail): (String, String)) -> Response {
    let r#type = format!("urn:payung:problem:{name}");
    let problem = Problem { r#type, title, status: status.as_u16(), detail };
    let text = serde_json::to_string(&problem).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, KIND)], text).into_response()
}

/// Says a text to whoever calls, with its one place filled.
struct Say<'a> {
    guest: &'a Guest,
    place: (&'static str, String),
}

impl<'a> Say<'a> {
    const fn plain(guest: &'a Guest) -> Self {
        Self { guest, place: ("name", String::new()) }
    }

    fn now(&self, key: &str) -> String {
        let (name, value) = &self.place;
        Texts::shipped().say(self.guest.visit.language, key, &[(*name, value.into())])
    }
}
