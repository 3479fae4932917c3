//! A folder per area; a page is a view, its handler and its html, side by side.

pub mod balance;
pub mod contributions;
pub mod dashboard;
pub mod demo;
pub mod help;
pub mod personal;
pub mod preferences;
pub mod problems;
pub mod sign_in;
pub mod sign_out;
pub mod welcome;
