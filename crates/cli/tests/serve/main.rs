//! `payung serve` from end to end: the real program with real keys, its own TLS, a real mail
//! server, a listed proxy and visitors who lie, on each engine.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../support/browser.rs"]
mod browser;
#[path = "../support/post_office.rs"]
mod post_office;
#[path = "../support/program.rs"]
mod program;
#[path = "../support/server.rs"]
mod server;

mod addresses;
mod conformance;
mod device;
mod end;
mod journey;
mod start;
mod tls;
