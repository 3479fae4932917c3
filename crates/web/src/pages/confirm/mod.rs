//! Step-up: the question before a protected act.

pub mod ask;
