//! Applications that a member has let in.

pub mod list;
