//! What the desk asks of members, and what it was asked to do: from a letter without signing in, and
//! from inside.

pub mod answer;
pub mod number;
pub mod own;
