//! A folder per area; a page is a view, its handler and its html, side by side.

pub mod activity;
pub mod balance;
pub mod check;
pub mod confirm;
pub mod contributions;
pub mod dashboard;
pub mod demo;
pub mod devices;
pub mod help;
pub mod inbox;
pub mod not_me;
pub mod passwords;
pub mod personal;
pub mod preferences;
pub mod problems;
pub mod security;
pub mod sign_in;
pub mod sign_out;
pub mod welcome;
