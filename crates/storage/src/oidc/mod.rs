//! Single sign-on: applications, keys, and what members let applications do.

pub mod clients;
pub mod consents;
pub mod deliveries;
pub mod devices;
pub mod grants;
pub mod invites;
pub mod keys;
pub mod requests;
pub mod used_ids;
