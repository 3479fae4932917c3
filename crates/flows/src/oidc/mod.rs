//! Single sign-on for other applications: what they and their members do at the provider.
//!
//! [`authorize`] carries a request from the browser's arrival through its pages to a code, [`token`]
//! turns codes and refresh tokens into tokens, [`access`] says what a token is worth, [`logout`] ends
//! a session for an application, [`back_channel`] tells applications of the end of one, [`devices`]
//! are those that sign in without a browser, [`connected`] is what members see of it all. By
//! [`registration`] applications come without an operator, where that is allowed. [`jose`] and
//! [`signing_keys`] sign and check; no cryptography is done here.

pub mod access;
pub mod authorize;
pub mod back_channel;
pub mod clients;
pub mod connected;
pub mod devices;
pub mod jose;
pub mod logout;
pub mod metadata;
pub mod people;
pub mod possession;
pub mod registration;
pub mod request_objects;
pub mod signing_keys;
pub mod token;

use data_encoding::BASE64URL_NOPAD;
use payung_domain::ids::AccountId;
use payung_domain::oidc::clients::Client;
use payung_domain::oidc::problems::Refused;
use payung_domain::time::Instant;
use payung_storage::Fault;

use crate::App;

/// Where the provider's endpoints are, below the public address.
pub mod paths {
    /// The authorization endpoint.
    pub const AUTHORIZE: &str = "/oidc/authorize";
    /// Where a waiting request goes on after each page.
    pub const CONTINUE: &str = "/oidc/continue";
    /// The token endpoint.
    pub const TOKEN: &str = "/oidc/token";
    /// The keys that tokens are checked with.
    pub const JWKS: &str = "/oidc/jwks";
    /// Claims about the member.
    pub const USERINFO: &str = "/oidc/userinfo";
    /// Revocation.
    pub const REVOKE: &str = "/oidc/revoke";
    /// Introspection.
    pub const INTROSPECT: &str = "/oidc/introspect";
    /// Pushed authorization requests.
    pub const PUSH: &str = "/oidc/par";
    /// Where a device without a keyboard begins.
    pub const DEVICE: &str = "/oidc/device";
    /// Where its member types the code that it shows.
    pub const DEVICE_PAGE: &str = "/device";
    /// Logout that an application begins.
    pub const LOGOUT: &str = "/oidc/logout";
    /// Where applications register themselves, where they may.
    pub const REGISTER: &str = "/oidc/register";
}

/// Why an endpoint does not do what it was asked.
#[derive(Debug)]
pub enum Trouble {
    /// The client is told by a name of the standards.
    Refused(Refused),
    /// Too many failures from this address: when to come back.
    TooMany(Instant),
    /// A fault of ours.
    Fault(Fault),
}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The issuer: the configured address, whatever any request said (K-24).
#[must_use]
pub fn issuer(app: &App) -> &str {
    &app.settings.public_url
}

/// The whole address of an endpoint.
#[must_use]
pub fn address(app: &App, path: &str) -> String {
    format!("{}{path}", issuer(app))
}

/// The number under which a client knows a member: keyed, so that it says nothing about either, and
/// the same for ever, so that it never becomes somebody else's (K-21, F-06).
#[must_use]
pub fn subject(app: &App, client: &Client, account: AccountId) -> String {
    let account = account.0.simple();
    let tag = if client.is_pairwise() {
        app.store.vault().index("oidc pairwise", &format!("{} {account}", client.sector()))
    } else {
        app.store.vault().index("oidc subject", &account.to_string())
    };
    BASE64URL_NOPAD.encode(&tag)
}

/// The name under which a client knows a session. It stays the same when a proof gives the session
/// another token, since it comes of the moment the session was opened. Clients that know members by
/// numbers of their own know sessions by names of their own, or they could compare those (K-21).
#[must_use]
pub fn session_name(app: &App, client: &Client, account: AccountId, opened_at: Instant) -> String {
    let mut named = format!("{} {}", account.0.simple(), opened_at.micros());
    if client.is_pairwise() {
        named = format!("{named} {}", client.sector());
    }
    BASE64URL_NOPAD.encode(&app.store.vault().index("oidc session", &named)[..16])
}
