//! Corrections of the record: asking for one, and how far each is.

pub mod ask;
pub mod list;
pub mod words;
