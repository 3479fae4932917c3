//! A change of contacts is taken back from the letter of an old contact.

pub mod change;
