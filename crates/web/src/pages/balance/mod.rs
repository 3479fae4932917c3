//! What a member has, year by year.

pub mod statement;
pub mod year;
