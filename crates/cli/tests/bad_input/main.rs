//! Bad input, thrown at the running program as bytes: each gets the page that says what to do, in
//! the visitor's language and with every header; never a fault, never a session, never a change.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../support/browser.rs"]
mod browser;
#[path = "../support/demo.rs"]
mod demo;
#[path = "../support/program.rs"]
mod program;

mod cookies;
mod forms;
mod house;
mod lines;
mod routes;
