//! "This was not me": an owner secures the account at once.

pub mod secure;
