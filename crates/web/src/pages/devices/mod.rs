//! Where a member is signed in.

pub mod list;
