//! The program: reads settings, builds the house, runs one command.
//!
//! `main.rs` lists the commands. This library holds what they are made of, so that tests can send
//! a letter through a real mail server or change a certificate under a running listener.

pub mod commands;
pub mod outside;
pub mod report;
pub mod said;
pub mod secrets;
pub mod settings;
