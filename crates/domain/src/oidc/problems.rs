//! What is wrong with a request, under the names that the RFCs give it.

/// An error of OAuth 2.0, OpenID Connect or one of their extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    /// Something is missing, twice, or cannot be read.
    InvalidRequest,
    /// The client did not prove who it is.
    InvalidClient,
    /// The code or refresh token is not, or no longer, good for this client.
    InvalidGrant,
    /// The client may not do this.
    UnauthorizedClient,
    /// There is no such grant here.
    UnsupportedGrantType,
    /// There is no such response type here.
    UnsupportedResponseType,
    /// The client may not have one of the scopes.
    InvalidScope,
    /// The member said no.
    AccessDenied,
    /// Something broke on our side.
    ServerError,
    /// We are too busy.
    TemporarilyUnavailable,
    /// Nobody is signed in, and no page may be shown.
    LoginRequired,
    /// The member would have to be asked something, and no page may be shown.
    InteractionRequired,
    /// The member would have to be asked for consent, and no page may be shown.
    ConsentRequired,
    /// Request objects are taken signed and from registered clients only (K-18).
    RequestNotSupported,
    /// Request objects are not fetched (K-18).
    RequestUriNotSupported,
    /// The pushed request is unknown, used or too old.
    InvalidRequestUri,
    /// The member cannot be signed in as surely as the client demands.
    UnmetAuthenticationRequirements,
    /// The client may not have a token for that resource (RFC 8707).
    InvalidTarget,
    /// The access token is unknown, ended or for something else (RFC 6750).
    InvalidToken,
    /// The access token is good, but not for this (RFC 6750).
    InsufficientScope,
    /// The proof of possession does not hold (RFC 9449).
    InvalidDpopProof,
    /// The proof of possession has to carry the nonce that comes with this answer (RFC 9449).
    UseDpopNonce,
    /// The member of a device has not answered yet (RFC 8628).
    AuthorizationPending,
    /// The same, and the device asks too often (RFC 8628).
    SlowDown,
    /// The member of a device did not answer in time (RFC 8628).
    ExpiredToken,
    /// The signed request is not signed by the client, or not for us and of now (RFC 9101).
    InvalidRequestObject,
}

impl Problem {
    /// The name in answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::LoginRequired => "login_required",
            Self::InteractionRequired => "interaction_required",
            Self::ConsentRequired => "consent_required",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
            Self::InvalidRequestUri => "invalid_request_uri",
            Self::UnmetAuthenticationRequirements => "unmet_authentication_requirements",
            Self::InvalidTarget => "invalid_target",
            Self::InvalidToken => "invalid_token",
            Self::InsufficientScope => "insufficient_scope",
            Self::InvalidDpopProof => "invalid_dpop_proof",
            Self::UseDpopNonce => "use_dpop_nonce",
            Self::AuthorizationPending => "authorization_pending",
            Self::SlowDown => "slow_down",
            Self::ExpiredToken => "expired_token",
            Self::InvalidRequestObject => "invalid_request_object",
        }
    }

    /// Whether it is about a proof of possession.
    #[must_use]
    pub const fn is_of_proof(self) -> bool {
        matches!(self, Self::InvalidDpopProof | Self::UseDpopNonce)
    }

    /// The status of an answer that no browser is redirected with.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidClient | Self::InvalidToken => 401,
            Self::InsufficientScope => 403,
            Self::ServerError => 500,
            Self::TemporarilyUnavailable => 503,
            _ => 400,
        }
    }
}

/// A problem, and what exactly it is: fixed English words of our own for developers, into which
/// nothing flows that was sent (S6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its name.
    pub problem: Problem,
    /// `error_description`.
    pub why: &'static str,
}

impl Refused {
    /// A problem with its description.
    #[must_use]
    pub const fn new(problem: Problem, why: &'static str) -> Self {
        Self { problem, why }
    }

    /// `invalid_request` with its description.
    #[must_use]
    pub const fn request(why: &'static str) -> Self {
        Self::new(Problem::InvalidRequest, why)
    }

    /// `invalid_grant`. One description for whatever the reason is.
    #[must_use]
    pub const fn grant() -> Self {
        Self::new(Problem::InvalidGrant, "the code or token is not good, or not good any more")
    }

    /// `invalid_client`. One description for whatever the reason is.
    #[must_use]
    pub const fn client() -> Self {
        Self::new(Problem::InvalidClient, "the client is unknown or did not prove who it is")
    }
}
