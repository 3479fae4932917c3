//! What is true: the types and rules of Payung, with no database, network, clock or dice inside.
//!
//! Three groups. Identity and membership never import each other.

// Small words that all topics share.
pub mod contact;
pub mod dice;
pub mod ids;
pub mod language;
pub mod money;
pub mod month;
pub mod secret;
pub mod time;
