//! The demonstration: people, employers and numbers that are all invented.

pub mod lives;
