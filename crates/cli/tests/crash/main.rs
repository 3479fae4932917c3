//! `kill -9` in the middle of everything, again and again, on each engine: what somebody was told
//! stays so, what works once has worked once, and nothing is sent twice.
//!
//! It runs the real program, as a process of its own, against files and servers that outlive it.

#[path = "../support/browser.rs"]
mod browser;
#[path = "../support/demo.rs"]
mod demo;
#[path = "../support/dump.rs"]
mod dump;
#[path = "../support/post_office.rs"]
mod post_office;
#[path = "../support/program.rs"]
mod program;
#[path = "../support/server.rs"]
mod server;

mod letters;
mod sign_ins;
mod storm;
mod visitor;
