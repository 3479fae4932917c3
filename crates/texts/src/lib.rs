//! What is said: both languages' texts, and how money, dates and months are written.
//!
//! Pages and messages name a text by its key; nothing that a person reads stands in code.

mod catalogue;
pub mod formats;
pub mod text_message;

pub use catalogue::{FILES, Texts, Value};
