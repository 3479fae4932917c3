//! What is written of a client, in a file or by a registration. Whether it makes one is `checking`'s
//! business.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is written of a client, under the names of RFC 7591 and some of ours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "the names of the standards are such")]
pub struct Definition {
    /// How it names itself in requests.
    pub client_id: String,
    /// What members read.
    pub client_name: String,
    /// Where it is answered.
    pub redirect_uris: Vec<String>,
    /// Where its members may go after signing out.
    pub post_logout_redirect_uris: Vec<String>,
    /// Where it is told, by this server, that a session is over (OpenID Connect Back-Channel Logout).
    pub backchannel_logout_uri: String,
    /// Whether it has to be told which session; it always is.
    pub backchannel_logout_session_required: bool,
    /// Where it is told of security events (RFC 8935).
    pub events_uri: String,
    /// Of which.
    pub events: Vec<String>,
    /// What it may come with; without a word, a code.
    pub grant_types: Vec<String>,
    /// How it proves who it is; without a word, `client_secret_basic`.
    pub token_endpoint_auth_method: String,
    /// Its public keys.
    pub jwks: Option<Value>,
    /// The scopes it may ask for.
    pub scope: String,
    /// `public` or `pairwise`: whether two clients know a member by the same number.
    pub subject_type: String,
    /// What its ID tokens are signed with; without a word, ES256.
    pub id_token_signed_response_alg: String,
    /// What userinfo is signed with; without a word it is plain JSON.
    pub userinfo_signed_response_alg: String,
    /// What its requests are signed with (RFC 9101); without a word, signed requests are not taken.
    pub request_object_signing_alg: String,
    /// Whether its requests have to be signed (RFC 9101, FAPI 2.0 Message Signing).
    pub require_signed_request_object: bool,
    /// What signed answers to its requests are signed with; without a word, ES256.
    pub authorization_signed_response_alg: String,
    /// What signed introspection is signed with (RFC 9701); without a word, ES256.
    pub introspection_signed_response_alg: String,
    /// Seconds after which its members prove again who they are, unless a request says otherwise.
    pub default_max_age: Option<u32>,
    /// Whether its requests have to be pushed (RFC 9126).
    pub require_pushed_authorization_requests: bool,
    /// Whether its tokens are bound to a key (RFC 9449).
    pub dpop_bound_access_tokens: bool,
    /// Whether proofs of that key carry a nonce of ours, so that none is made in advance (RFC 9449
    /// section 8).
    pub require_dpop_nonce: bool,
    /// Whether it sends no PKCE.
    pub without_pkce: bool,
    /// `fapi-2.0` for the security profile of that name, `fapi-2.0-message-signing` for both.
    pub profile: String,
    /// Whether it is the programme's own, and so needs no consent.
    pub first_party: bool,
    /// Whether consent is asked for every time.
    pub consent_every_time: bool,
    /// Which resources its access tokens may be for (RFC 8707), besides ours.
    pub resources: Vec<String>,
    /// Who answers for it.
    pub owner: String,
    /// What it does with what it learns, in Indonesian.
    pub purpose_id: String,
    /// The same in English.
    pub purpose_en: String,
    /// What is written besides.
    #[serde(flatten)]
    pub unknown: BTreeMap<String, Value>,
}

/// What is wrong with a definition: the field and the fault, in words for operators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field.
    pub field: String,
    /// What is wrong with it.
    pub fault: String,
}
