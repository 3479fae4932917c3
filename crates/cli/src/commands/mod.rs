//! One file a command, and what `demo` and `serve` share: doors, health, certificates.

pub mod certificates;
pub mod completions;
pub mod config;
pub mod demo;
pub mod doors;
pub mod health;
pub mod house;
pub mod migrate;
pub mod notice;
pub mod password_filter;
pub mod serve;
pub mod version;
