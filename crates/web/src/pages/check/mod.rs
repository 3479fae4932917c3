//! Whether something that claims to be ours is.

pub mod message;
