//! Every query on both engines, from one source.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod alarms;
mod columns;
mod factors;
mod installation;
mod membership;
mod migrations;
mod outbox;
mod password_resets;
mod races;
mod sign_ins;
mod throttles;

use payung_domain::time::Instant;

/// A moment to count from.
const NOON: Instant = Instant::from_micros(1_786_968_000_000_000);
