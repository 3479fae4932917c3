//! What was sent to a member.

pub mod choices;
pub mod list;
