//! What protects the account: the overview, and a page for each way to add or remove.

pub mod app;
pub mod codes;
pub mod history;
pub mod overview;
pub mod passkeys;
pub mod payouts;
pub mod ways;

/// Where the overview is.
pub(crate) const HOME: &str = "/security";
