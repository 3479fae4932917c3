//! Leaving.

pub mod confirm;
