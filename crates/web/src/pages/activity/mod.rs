//! What happened on an account.

pub mod contest;
pub mod download;
pub mod list;
