//! The first page.

pub mod home;
