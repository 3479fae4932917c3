//! What is true: the types and rules of Payung, with no database, network, clock or dice inside.
//!
//! Three groups. Identity and membership never import each other.

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
pub mod secret;
pub mod time;
pub mod token;

// Identity.
pub mod accounts;
pub mod activity;
pub mod announcements;
pub mod lockout;
pub mod notify;
pub mod passkeys;
pub mod passwords;
pub mod recovery_codes;
pub mod reference;
pub mod second_factor;
pub mod sessions;
pub mod sign_in;
pub mod suspicion;

// Membership.
pub mod contributions;
pub mod employers;
pub mod ledger;
pub mod members;
pub mod programmes;
