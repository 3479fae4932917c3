//! What happened on an account.

pub mod download;
pub mod list;
