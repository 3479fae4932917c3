//! A client, and what follows from what was written of it.

use std::collections::BTreeSet;
use std::time::Duration;

use super::definition::Definition;
use super::words::{Algorithm, GrantType, Proof};
use crate::oidc::back_channel::Event;
use crate::oidc::redirects;
use crate::oidc::scopes::Scopes;

/// A client: whole, or it would not be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub(super) definition: Definition,
    /// How it proves who it is.
    pub proof: Proof,
    /// What it may come with.
    pub grants: Vec<GrantType>,
    /// The scopes it may ask for.
    pub scopes: Scopes,
    /// What its ID tokens are signed with.
    pub id_token: Algorithm,
    /// What its userinfo is signed with, where it is.
    pub userinfo: Option<Algorithm>,
    /// What its requests are signed with, where they are.
    pub request_object: Option<Algorithm>,
    /// What signed answers to its requests are signed with.
    pub response: Algorithm,
    /// What signed introspection is signed with.
    pub introspection: Algorithm,
    /// Whether it keeps to the FAPI 2.0 security profile.
    pub is_fapi: bool,
    /// Whether it keeps to FAPI 2.0 Message Signing too: its requests and the answers to them are
    /// signed, so that either side can show later what the other one said.
    pub signs_messages: bool,
    /// Whether an operator wrote it down. One that registered itself is nobody's but its own, and
    /// members are warned of it (K-30).
    pub is_vouched_for: bool,
}

impl Client {
    /// What it was made of.
    #[must_use]
    pub const fn definition(&self) -> &Definition {
        &self.definition
    }

    /// How it names itself.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.definition.client_id
    }

    /// What members read.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.definition.client_name
    }

    /// Whether it may come with this.
    #[must_use]
    pub fn may(&self, grant: GrantType) -> bool {
        self.grants.contains(&grant)
    }

    /// Whether its requests have to be pushed.
    #[must_use]
    pub const fn must_push(&self) -> bool {
        self.is_fapi || self.definition.require_pushed_authorization_requests
    }

    /// Whether its requests have to be signed.
    #[must_use]
    pub const fn must_sign(&self) -> bool {
        self.signs_messages || self.definition.require_signed_request_object
    }

    /// Whether its tokens are bound to a key.
    #[must_use]
    pub const fn must_bind(&self) -> bool {
        self.is_fapi || self.definition.dpop_bound_access_tokens
    }

    /// Whether its proofs of possession carry a nonce of ours.
    #[must_use]
    pub const fn must_show_nonce(&self) -> bool {
        self.definition.require_dpop_nonce
    }

    /// Whether PKCE is waived.
    #[must_use]
    pub const fn may_leave_pkce_out(&self) -> bool {
        self.definition.without_pkce
    }

    /// Whether it cannot prove who it is.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        matches!(self.proof, Proof::None)
    }

    /// Whether a refresh token is used once. Not for clients that prove who they are: a lost answer
    /// would lock them out, and nobody else could use the token anyway.
    #[must_use]
    pub const fn rotates(&self) -> bool {
        self.is_public()
    }

    /// Whether members have a number here that no other client knows.
    #[must_use]
    pub fn is_pairwise(&self) -> bool {
        self.definition.subject_type == "pairwise"
    }

    /// What pairwise numbers are made for: clients of one host know a member by one.
    #[must_use]
    pub fn sector(&self) -> &str {
        let host = |address: &String| redirects::host(address).map(str::to_owned);
        let hosts: Vec<Option<String>> = self.definition.redirect_uris.iter().map(host).collect();
        let is_one = hosts.windows(2).all(|two| two[0] == two[1]);
        match self.definition.redirect_uris.first().and_then(|address| redirects::host(address)) {
            Some(host) if is_one => host,
            _ => self.id(),
        }
    }

    /// The origins whose browsers may read answers (L-06), each once.
    #[must_use]
    pub fn origins(&self) -> BTreeSet<&str> {
        let addresses = self.definition.redirect_uris.iter();
        addresses.filter_map(|address| redirects::origin(address)).collect()
    }

    /// Where it is told that a session is over.
    #[must_use]
    pub fn logout_address(&self) -> Option<&str> {
        Some(&*self.definition.backchannel_logout_uri).filter(|address| !address.is_empty())
    }

    /// Where it is told of an event, if it wants to hear of it.
    #[must_use]
    pub fn event_address(&self, event: Event) -> Option<&str> {
        let wants = self.definition.events.iter().any(|name| name == event.name());
        wants.then_some(&*self.definition.events_uri)
    }

    /// After how long its members prove again who they are.
    #[must_use]
    pub fn max_age(&self) -> Option<Duration> {
        self.definition.default_max_age.map(|seconds| Duration::from_secs(seconds.into()))
    }

    /// Whether its access tokens may be for a resource.
    #[must_use]
    pub fn may_reach(&self, resource: &str) -> bool {
        self.definition.resources.iter().any(|known| known == resource)
    }
}
