//! What stands in the tokens that are given out.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::clients::Client;
use super::grants::Grant;
use super::levels::{Level, methods};
use crate::time::Instant;

/// How long an ID token may be shown as a proof of the sign-in (K-14).
pub const ID_TOKEN_LIFE: Duration = Duration::from_mins(5);

/// How long an access token works (K-11).
pub const ACCESS_LIFE: Duration = Duration::from_mins(10);

/// The same under FAPI 2.0.
pub const FAPI_ACCESS_LIFE: Duration = Duration::from_mins(5);

/// How long the access tokens of a client work.
#[must_use]
pub const fn access_life(client: &Client) -> Duration {
    if client.is_fapi { FAPI_ACCESS_LIFE } else { ACCESS_LIFE }
}

/// The claims of an ID token (OpenID Connect Core 2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdToken {
    /// Who says so.
    pub iss: String,
    /// Of whom.
    pub sub: String,
    /// To whom: one client.
    pub aud: String,
    /// Until when, in seconds.
    pub exp: i64,
    /// Since when, in seconds.
    pub iat: i64,
    /// When the member proved who they are.
    pub auth_time: i64,
    /// What the client sent along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// How surely.
    pub acr: String,
    /// By what.
    pub amr: Vec<String>,
    /// The session.
    pub sid: String,
    /// The name of this very token.
    pub jti: String,
    /// Claims about the member that were asked for.
    #[serde(flatten)]
    pub about: Map<String, Value>,
}

impl IdToken {
    /// The ID token that comes of a grant.
    #[must_use]
    pub fn of(grant: &Grant, names: Names<'_>, about: Map<String, Value>, now: Instant) -> Self {
        Self {
            iss: names.issuer.to_owned(),
            sub: names.subject.to_owned(),
            aud: grant.client.clone(),
            exp: seconds(now.plus(ID_TOKEN_LIFE)),
            iat: seconds(now),
            auth_time: seconds(grant.proved_at),
            nonce: grant.request.nonce.clone(),
            acr: grant.request.told_level(Level::of(grant.way)).acr().to_owned(),
            amr: methods(grant.way).iter().map(|&method| method.to_owned()).collect(),
            sid: names.session.to_owned(),
            jti: names.token.to_owned(),
            about,
        }
    }
}

/// Names that only flows can make.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The configured issuer.
    pub issuer: &'a str,
    /// The member, as this client knows them.
    pub subject: &'a str,
    /// The session, as clients know it.
    pub session: &'a str,
    /// This very token.
    pub token: &'a str,
}

/// The claims of an access token (RFC 9068).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessToken {
    /// Who says so.
    pub iss: String,
    /// For whom: the member as the client knows them, or the client itself.
    pub sub: String,
    /// For what: one resource.
    pub aud: String,
    /// Until when, in seconds.
    pub exp: i64,
    /// Since when, in seconds.
    pub iat: i64,
    /// The name of this very token.
    pub jti: String,
    /// Through whom.
    pub client_id: String,
    /// What for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scope: String,
    /// The grant it came of; none for a client on its own account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<uuid::Uuid>,
    /// When the member proved who they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<i64>,
    /// How surely.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acr: Option<String>,
    /// The key it is bound to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cnf: Option<Confirmation>,
}

/// The key a token is bound to (RFC 7800, RFC 9449).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Its thumbprint.
    pub jkt: String,
}

impl AccessToken {
    /// Whether it still counts by the clock.
    #[must_use]
    pub fn is_good(&self, now: Instant) -> bool {
        seconds(now) < self.exp
    }

    /// The thumbprint of the key it is bound to.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.cnf.as_ref().map(|cnf| &*cnf.jkt)
    }
}

/// A moment in whole seconds, as JSON Web Tokens have it.
#[must_use]
pub const fn seconds(moment: Instant) -> i64 {
    moment.micros().div_euclid(1_000_000)
}
