//! Everything that moved, and what a member does not recognise of it.

pub mod list;
pub mod report;
