//! What the provider says of itself (OpenID Connect Discovery, RFC 8414): exactly what it does, under
//! the configured issuer (K-24).

use payung_domain::oidc::claims::CLAIMS;
use payung_domain::oidc::clients::{Algorithm, GrantType, Proof};
use payung_domain::oidc::levels::Level;
use payung_domain::oidc::requests::Mode;
use payung_domain::oidc::scopes::Scope;
use serde_json::{Value, json};

use super::{address, issuer, paths};
use crate::App;

/// The document as it is answered. Written once, since the settings stay as long as the program runs.
#[must_use]
pub fn text(app: &App) -> &str {
    app.metadata.get_or_init(|| document(app).to_string())
}

/// The document of both well-known addresses.
#[must_use]
pub fn document(app: &App) -> Value {
    let at = |path| address(app, path);
    let algorithms = Algorithm::ALL.map(Algorithm::name);
    let proving: Vec<&str> =
        Algorithm::ALL.into_iter().filter(|one| one.is_fapi()).map(Algorithm::name).collect();
    let claims: Vec<&str> = ["sub", "auth_time", "acr", "amr"]
        .into_iter()
        .chain(CLAIMS.map(|(name, _)| name))
        .collect();
    let secret = [Proof::Basic, Proof::Post, Proof::PrivateKeyJwt].map(Proof::name);
    let modes: Vec<&str> = Mode::ALL.map(Mode::name).into_iter().chain(["jwt"]).collect();
    let mut document = json!({
        "issuer": issuer(app),
        "authorization_endpoint": at(paths::AUTHORIZE),
        "token_endpoint": at(paths::TOKEN),
        "jwks_uri": at(paths::JWKS),
        "userinfo_endpoint": at(paths::USERINFO),
        "revocation_endpoint": at(paths::REVOKE),
        "introspection_endpoint": at(paths::INTROSPECT),
        "pushed_authorization_request_endpoint": at(paths::PUSH),
        "device_authorization_endpoint": at(paths::DEVICE),
        "end_session_endpoint": at(paths::LOGOUT),
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "scopes_supported": Scope::ALL.map(Scope::name),
        "response_types_supported": ["code"],
        "response_modes_supported": modes,
        "grant_types_supported": GrantType::ALL.map(GrantType::name),
        "subject_types_supported": ["public", "pairwise"],
        "acr_values_supported": Level::ALL.map(Level::acr),
        "id_token_signing_alg_values_supported": algorithms,
        "userinfo_signing_alg_values_supported": algorithms,
        "token_endpoint_auth_methods_supported": Proof::ALL.map(Proof::name),
        "revocation_endpoint_auth_methods_supported": Proof::ALL.map(Proof::name),
        "introspection_endpoint_auth_methods_supported": secret,
        "dpop_signing_alg_values_supported": proving,
        "code_challenge_methods_supported": ["S256"],
        "claim_types_supported": ["normal"],
        "claims_supported": claims,
        "claims_parameter_supported": true,
        "request_parameter_supported": true,
        "request_uri_parameter_supported": false,
        "require_pushed_authorization_requests": false,
        "authorization_response_iss_parameter_supported": true,
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
        "ui_locales_supported": ["id", "en"],
    });
    for what in ["request_object", "authorization", "introspection"] {
        document[format!("{what}_signing_alg_values_supported")] = json!(algorithms);
    }
    // RFC 8414 section 2: whoever takes signed assertions says how they are signed.
    for door in ["token", "revocation", "introspection"] {
        document[format!("{door}_endpoint_auth_signing_alg_values_supported")] = json!(algorithms);
    }
    document["require_signed_request_object"] = json!(false);
    if app.settings.client_registration {
        document["registration_endpoint"] = json!(at(paths::REGISTER));
    }
    document
}
