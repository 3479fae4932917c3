//! What people do: rules and storage joined. Transactions begin and end here.

pub mod delivery;
pub mod settings;
