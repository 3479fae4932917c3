//! Pages for when something is not there, not allowed or broken.

pub mod problem;
