//! Single sign-on for other applications: OpenID Connect and OAuth 2.0, the rules alone.
//!
//! What an application asks for is read by [`requests`], who it is by [`clients`], what the member
//! has to be asked by [`interaction`] and [`consent`], what it gets by [`tokens`]. Signatures are
//! made and checked in `flows`; here are only the claims inside them.

pub mod assertions;
pub mod back_channel;
pub mod claims;
pub mod clients;
pub mod consent;
pub mod devices;
pub mod grants;
pub mod interaction;
pub mod levels;
pub mod outward;
pub mod parameters;
pub mod pkce;
pub mod problems;
pub mod proofs;
pub mod redirects;
pub mod registration;
pub mod request_objects;
pub mod requests;
pub mod scopes;
pub mod tokens;
