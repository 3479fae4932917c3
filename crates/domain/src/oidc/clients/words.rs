//! The words of the standards: how a client proves who it is, what it may come with, what tokens are
//! signed with.

/// How a client proves who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    /// It cannot: an application on people's own devices.
    None,
    /// A secret in the `Authorization` header.
    Basic,
    /// A secret in the form.
    Post,
    /// A signed assertion (RFC 7523).
    PrivateKeyJwt,
}

impl Proof {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::None, Self::Basic, Self::Post, Self::PrivateKeyJwt];

    /// The name in metadata.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Basic => "client_secret_basic",
            Self::Post => "client_secret_post",
            Self::PrivateKeyJwt => "private_key_jwt",
        }
    }

    /// Whether there is a secret.
    #[must_use]
    pub const fn has_secret(self) -> bool {
        matches!(self, Self::Basic | Self::Post)
    }
}

/// What a client may come with to the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GrantType {
    /// A code of the authorization endpoint.
    AuthorizationCode,
    /// A refresh token.
    RefreshToken,
    /// Nothing but itself.
    ClientCredentials,
    /// The code of a device whose member answers elsewhere (RFC 8628).
    DeviceCode,
}

impl GrantType {
    /// All of them. There is no implicit and no password grant (O8).
    pub const ALL: [Self; 4] =
        [Self::AuthorizationCode, Self::RefreshToken, Self::ClientCredentials, Self::DeviceCode];

    /// The name in requests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AuthorizationCode => "authorization_code",
            Self::RefreshToken => "refresh_token",
            Self::ClientCredentials => "client_credentials",
            Self::DeviceCode => "urn:ietf:params:oauth:grant-type:device_code",
        }
    }
}

/// An algorithm that tokens are signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Algorithm {
    /// ECDSA on P-256.
    Es256,
    /// Ed25519.
    EdDsa,
    /// RSA with PSS padding.
    Ps256,
    /// RSA with the older padding: OpenID Connect wants it offered, FAPI 2.0 forbids it.
    Rs256,
}

impl Algorithm {
    /// All of them, as they are preferred. Never `none`, never a shared secret (K-15).
    pub const ALL: [Self; 4] = [Self::Es256, Self::EdDsa, Self::Ps256, Self::Rs256];

    /// The name in headers and metadata.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
            Self::Ps256 => "PS256",
            Self::Rs256 => "RS256",
        }
    }

    /// The algorithm of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }

    /// Whether FAPI 2.0 lets it be used.
    #[must_use]
    pub const fn is_fapi(self) -> bool {
        !matches!(self, Self::Rs256)
    }
}
