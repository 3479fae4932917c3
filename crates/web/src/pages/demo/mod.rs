//! Pages that only the demonstration has.

pub mod outbox;
