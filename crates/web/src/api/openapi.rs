//! What the API says of itself: a document in `OpenAPI` 3.1 that comes of the table of addresses and
//! the shapes of answers, and the description that programs find the provider by (RFC 9728).

use std::sync::LazyLock;

use axum::http::HeaderMap;
use axum::response::Response;
use payung_domain::oidc::scopes::Scope;
use payung_flows::api::{SCOPES, metadata};
use serde_json::{Map, Value, json};

use super::call::tagged;
use super::problem::{KIND, Problem};
use super::shapes::{Kind, Shapes};
use super::{Parameter, ROUTES, Route};
use crate::guest::Guest;
use crate::oidc::call::share;
use crate::oidc::documents::kept;

/// What only an address with something in it answers.
const NOT_FOUND: &str = "404";

/// What may go wrong with a call.
const PROBLEMS: [(&str, &str); 7] = [
    ("400", "A parameter cannot be used, stands there twice, or is no text."),
    ("401", "The access token is missing or not good, or its proof does not hold."),
    ("403", "The member did not agree to the scope."),
    (NOT_FOUND, "The member has nothing of this name."),
    ("429", "Too many calls in this minute: see `Retry-After`."),
    ("500", "Something broke on our side."),
    ("503", "We are too busy: see `Retry-After`."),
];

/// `GET /api/v1/openapi.json`
pub async fn show(headers: HeaderMap) -> Response {
    static TEXT: LazyLock<String> = LazyLock::new(|| document().to_string());
    kept(tagged(&headers, "application/json", TEXT.clone()))
}

/// `GET /.well-known/oauth-protected-resource/api/v1`
pub async fn resource(guest: Guest, headers: HeaderMap) -> Response {
    let told = metadata(&guest.site.app).to_string();
    share(&guest, &headers, kept(tagged(&headers, "application/json", told))).await
}

/// The document. It names no host: an address in it is one of wherever it was read.
#[must_use]
pub fn document() -> Value {
    let mut shapes = Shapes::new();
    let mut paths = Map::new();
    for route in ROUTES {
        paths.insert(route.path.to_owned(), json!({ "get": operation(&route, &mut shapes) }));
    }
    let problem = Problem::schema(&mut shapes);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Payung",
            "version": "1",
            "summary": "What an application may read of a member who let it.",
            "description": ABOUT,
            "license": { "name": "Apache License 2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": shapes,
            "headers": { "ETag": etag() },
            "parameters": { "If-None-Match": if_none_match() },
            "responses": problems(&problem),
            "securitySchemes": { "provider": scheme() },
        },
    })
}

const ABOUT: &str = "Amounts are whole rupiah, months are written 2026-07 and days 2026-07-15. \
                     A field that has nothing to say is left out. Parameters that are not listed \
                     are ignored.";

fn operation(route: &Route, shapes: &mut Shapes) -> Value {
    let within = route.within.iter().map(|one| parameter(one, "path", true));
    let asked = route.query.iter().map(|one| parameter(one, "query", false));
    let mut parameters: Vec<Value> = within.chain(asked).collect();
    parameters.push(json!({ "$ref": "#/components/parameters/If-None-Match" }));
    let tag = json!({ "ETag": { "$ref": "#/components/headers/ETag" } });
    let schema = (route.answer)(shapes);
    let mut responses = Map::new();
    responses.insert(
        "200".to_owned(),
        json!({
            "description": route.summary,
            "headers": tag,
            "content": { "application/json": { "schema": schema } },
        }),
    );
    responses.insert(
        "304".to_owned(),
        json!({ "description": "Nothing has changed since.", "headers": tag }),
    );
    let may_miss = !route.within.is_empty();
    for (status, _) in PROBLEMS.into_iter().filter(|(status, _)| *status != NOT_FOUND || may_miss) {
        let reference = format!("#/components/responses/{status}");
        responses.insert(status.to_owned(), json!({ "$ref": reference }));
    }
    json!({
        "operationId": route.name,
        "summary": route.summary,
        "security": [{ "provider": [route.scope.name()] }],
        "parameters": parameters,
        "responses": responses,
    })
}

fn parameter(parameter: &Parameter, place: &str, is_required: bool) -> Value {
    json!({
        "name": parameter.name,
        "in": place,
        "description": parameter.about,
        "required": is_required,
        "schema": (parameter.schema)(),
    })
}

fn problems(schema: &Value) -> Map<String, Value> {
    let all = PROBLEMS.into_iter().map(|(status, about)| {
        let content = json!({ KIND: { "schema": schema } });
        (status.to_owned(), json!({ "description": about, "content": content }))
    });
    all.collect()
}

fn etag() -> Value {
    json!({
        "description": "Names the content of the answer.",
        "schema": { "type": "string" },
    })
}

fn if_none_match() -> Value {
    json!({
        "name": "If-None-Match",
        "in": "header",
        "description": "The `ETag` of the answer that is at hand.",
        "required": false,
        "schema": { "type": "string" },
    })
}

fn scheme() -> Value {
    let scopes = SCOPES.map(Scope::name).join(", ");
    json!({
        "type": "openIdConnect",
        "openIdConnectUrl": "/.well-known/openid-configuration",
        "description": format!(
            "An access token of the provider for the resource /api/v1, under the name DPoP with \
             its proof or under the name Bearer. Scopes: {scopes}."
        ),
    })
}
