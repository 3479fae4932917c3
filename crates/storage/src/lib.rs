//! Where it is kept: SQL for both engines. Decides nothing.
//!
//! A file per group of tables holds the SQL, the row, and the way between row and domain type.
//! Functions are plain and take a transaction; flows begin and end it.

pub mod accounts;
pub mod activations;
pub mod activity;
pub mod announcements;
pub mod authenticators;
mod claim_folder;
pub mod claims;
pub mod contact_changes;
pub mod contact_codes;
pub mod contacts;
pub mod contributions;
pub mod corrections;
mod engine;
pub mod factors;
mod fault;
pub mod heir_claims;
pub mod imports;
pub mod installation;
pub mod kept_forms;
pub mod ledger;
pub mod members;
pub mod migrate;
pub mod not_me;
pub mod notice_choices;
pub mod oidc;
pub mod outbox;
pub mod passkeys;
pub mod password_resets;
pub mod payout_locks;
mod pool;
pub mod record_news;
pub mod recoveries;
pub mod recovery_drafts;
pub mod recovery_links;
pub mod remembered;
pub mod service;
pub mod sessions;
pub mod sign_ins;
pub mod staff;
pub mod statements;
pub mod throttles;
pub mod transaction_reports;
pub mod transactions;
pub mod value;
mod vault;
pub mod wage_answers;

use payung_domain::time::Instant;

pub use engine::{Reach, Row, Tx};
pub use fault::Fault;
pub use vault::{Place, Vault};

/// One database with the keys to what is sealed in it.
#[derive(Clone, Debug)]
pub struct Store {
    pools: engine::Pools,
    vault: Vault,
}

impl Store {
    /// Opens a database. Changes no table.
    pub async fn open(reach: &Reach, vault: Vault) -> Result<Self, Fault> {
        Ok(Self { pools: engine::Pools::open(reach).await?, vault })
    }

    /// Brings the tables up to date; answers what was applied.
    pub async fn migrate(&self, now: Instant) -> Result<Vec<&'static str>, Fault> {
        migrate::up(&self.pools, now).await
    }

    /// The migrations that are still to be applied.
    pub async fn pending_migrations(&self) -> Result<Vec<&'static str>, Fault> {
        migrate::pending(&self.pools).await
    }

    /// Throws every table away, with everything in it. For demonstrations that begin anew.
    pub async fn erase(&self) -> Result<(), Fault> {
        let mut tx = self.pools.write().await?;
        tx.lock_migrations().await?;
        tx.drop_tables().await?;
        tx.commit().await
    }

    /// Whether a table of this name is there.
    pub async fn has_table(&self, name: &str) -> Result<bool, Fault> {
        let columns = self.pools.read().await?.columns().await?;
        Ok(columns.iter().any(|(table, _)| table == name))
    }

    /// A transaction that sees one moment and changes nothing.
    pub async fn read(&self) -> Result<Tx, Fault> {
        self.pools.read().await
    }

    /// For one statement that reads, and no second one: where two have to be of one moment, it takes a
    /// transaction.
    pub async fn look(&self) -> Result<Tx, Fault> {
        self.pools.look().await
    }

    /// A transaction that may write. Keep it short: SQLite has one writer.
    pub async fn write(&self) -> Result<Tx, Fault> {
        self.pools.write().await
    }

    /// The keys.
    #[must_use]
    pub const fn vault(&self) -> &Vault {
        &self.vault
    }

    /// `sqlite` or `postgres`.
    #[must_use]
    pub const fn engine(&self) -> &'static str {
        self.pools.engine()
    }

    /// Closes every connection, so that SQLite folds its log into the file.
    pub async fn close(&self) {
        self.pools.close().await;
    }
}
