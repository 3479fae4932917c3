//! Every query on both engines, from one source.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod activations;
mod alarms;
mod authenticators;
mod cases;
mod claims;
mod columns;
mod contact_changes;
mod contact_codes;
mod contacts;
mod corrections;
mod deliveries;
mod desk_acts;
mod factors;
mod heir_claims;
mod imports;
mod installation;
mod membership;
mod migrations;
mod oidc;
mod outbox;
mod password_resets;
mod payouts;
mod races;
mod record_news;
mod recoveries;
mod service;
mod sign_ins;
mod staff;
mod staff_chain;
mod statements;
mod throttles;
mod transactions;

use payung_domain::time::Instant;

/// A moment to count from.
const NOON: Instant = Instant::from_micros(1_786_968_000_000_000);
