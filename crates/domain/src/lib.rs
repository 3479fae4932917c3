//! What is true: the types and rules of Payung, with no database, network, clock or dice inside.
//!
//! Three groups, and what joins two of them. Identity and membership never import each other.

// Small words that all topics share.
pub mod contact;
pub mod dated;
pub mod dice;
pub mod ids;
pub mod keyed;
pub mod language;
pub mod marks;
pub mod money;
pub mod month;
pub mod network;
pub mod places;
pub mod secret;
pub mod time;
pub mod token;
mod words;
pub mod written;

// Identity.
pub mod accounts;
pub mod activity;
pub mod announcements;
pub mod authenticators;
pub mod contact_changes;
pub mod contact_codes;
pub mod lockout;
pub mod notice_choices;
pub mod notify;
pub mod oidc;
pub mod passkeys;
pub mod passwords;
pub mod payout_lock;
pub mod recoveries;
pub mod recovery_codes;
pub mod reference;
pub mod second_factor;
pub mod service;
pub mod sessions;
pub mod sign_in;
pub mod suspicion;

// Membership.
pub mod addresses;
pub mod benefits;
pub mod contributions;
pub mod employers;
pub mod imports;
pub mod ledger;
pub mod members;
pub mod programmes;
pub mod statements;

// What joins both.
pub mod activation;
pub mod claims;
pub mod corrections;
pub mod staff;
pub mod transactions;
