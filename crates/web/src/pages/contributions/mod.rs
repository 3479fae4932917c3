//! What was paid for a member, month by month.

pub mod chart;
pub mod evidence;
pub mod history;
pub mod month;
pub mod owed;
pub mod sums;
pub mod wage;
