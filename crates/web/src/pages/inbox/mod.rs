//! What was sent to a member.

pub mod list;
