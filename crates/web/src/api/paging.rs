//! Lists that come in pages: how many rows, where to go on, and where the next ones are.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use serde::Serialize;
use serde_json::json;

use super::Parameter;
use super::call::Call;
use super::problem::Stop;
use crate::form::Fields;

/// Rows of a page, where nobody says how many.
const SHIPPED: usize = 50;

/// Rows of a page at most.
const MOST: usize = 200;

/// How many rows.
pub const LIMIT: Parameter = Parameter {
    name: "limit",
    about: "How many rows at most.",
    schema: || json!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": SHIPPED }),
};

/// Where to go on.
pub const CURSOR: Parameter = Parameter {
    name: "cursor",
    about: "Where to go on. It comes from `next`, and nothing can be read from it.",
    schema: || json!({ "type": "string" }),
};

/// What a parameter says, where it is there; an empty one is as good as none (K-27).
pub fn one<T>(
    query: &Fields,
    name: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Stop> {
    match query.filled(name) {
        None => Ok(None),
        Some(text) => read(text).map(Some).ok_or(Stop::Parameter(name)),
    }
}

/// How many rows the address asks for.
pub fn most(query: &Fields) -> Result<usize, Stop> {
    let is_limit = |most: &usize| (1..=MOST).contains(most);
    let most = one(query, LIMIT.name, |text| text.parse::<usize>().ok().filter(is_limit))?;
    Ok(most.unwrap_or(SHIPPED))
}

/// Answers with a page; where the next one is stands in the header too (RFC 8288).
#[must_use]
pub fn answer(call: &Call, told: Result<impl Serialize, Stop>, next: Option<String>) -> Response {
    let link = next.and_then(|next| HeaderValue::try_from(format!("<{next}>; rel=\"next\"")).ok());
    let mut response = call.answer(told);
    if let Some(link) = link {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}
