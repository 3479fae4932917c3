//! What was paid for a member, month by month.

pub mod chart;
pub mod history;
