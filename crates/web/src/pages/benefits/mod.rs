//! What somebody can expect from each programme.

pub mod estimate;
pub mod words;
