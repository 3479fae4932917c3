//! What the programme knows about a person.

pub mod details;
