//! Everything at a glance after signing in.

pub mod overview;
