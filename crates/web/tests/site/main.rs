//! What members see, tested as a whole: every page, both languages, and what browsers must bear.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod alarms;
mod bad_requests;
mod browser_floor;
mod components;
mod every_page;
mod passwords;
mod samples;
mod security;
mod sign_in;
