//! Applies the list of migrations, forward only; refuses a changed or skipped one.

use payung_domain::keyed::digest;
use payung_domain::time::Instant;

use crate::engine::{Pools, Tx};
use crate::fault::Fault;
use crate::values;

/// A step of the schema: its number, its name and its statements.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// 1, 2, 3 …
    pub version: i64,
    /// What it brings.
    pub name: &'static str,
    /// The statements, in the words both engines share.
    pub sql: &'static str,
}

macro_rules! migrations {
    ($($version:literal $name:literal),* $(,)?) => {
        &[$(Migration {
            version: $version,
            name: $name,
            sql: include_str!(concat!("../migrations/", $name, ".sql")),
        }),*]
    };
}

/// Every step there is, in order.
pub const MIGRATIONS: &[Migration] = migrations![
    1 "0001_accounts",
    2 "0002_sign_in",
    3 "0003_outbox",
    4 "0004_membership",
    5 "0005_passwords",
    6 "0006_factors",
    7 "0007_alarms",
    8 "0008_contact_codes",
    9 "0009_contact_changes",
    10 "0010_activation",
    11 "0011_recovery",
    12 "0012_proofs_of_identity",
    13 "0013_provider",
    14 "0014_back_channel",
    15 "0015_device_codes",
    16 "0016_registration",
    18 "0018_imports",
    19 "0019_transaction_reports",
    20 "0020_wage_answers",
    21 "0021_desk",
    22 "0022_statements",
    23 "0023_cases",
    24 "0024_desk_acts",
    25 "0025_corrections",
    26 "0026_service_parts",
    27 "0027_claims",
    29 "0029_desk_sources",
    30 "0030_heir_claims",
    31 "0031_keys_origins_news",
    32 "0032_uses_of_grants",
];

/// Why the schema cannot be brought up to date.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("migration {0} was changed after it had been applied")]
    Changed(i64),
    #[error("the database has migration {0}, which this program does not know: it is newer")]
    Newer(i64),
}

/// Applies what is missing, one transaction a step; answers the names of those applied.
pub(crate) async fn up(pools: &Pools, now: Instant) -> Result<Vec<&'static str>, Fault> {
    let mut applied = Vec::new();
    for migration in MIGRATIONS {
        let mut tx = pools.write().await?;
        tx.lock_migrations().await?;
        if migration.version == 1 {
            tx.define(
                "create table if not exists migrations (\n    version bigint primary key,\n    \
                 name text not null,\n    digest bytea not null,\n    applied_at bigint not null\n);",
            )
            .await?;
        }
        let known = known(&mut tx).await?;
        check(&known)?;
        if known.iter().any(|(version, _)| *version == migration.version) {
            continue;
        }
        tx.define(migration.sql).await?;
        tx.run(
            "noting the migration",
            "insert into migrations (version, name, digest, applied_at) values ($1, $2, $3, $4)",
            values![migration.version, migration.name, digest(migration.sql.as_bytes()), now],
        )
        .await?;
        tx.commit().await?;
        applied.push(migration.name);
    }
    Ok(applied)
}

/// The names of those not applied yet.
pub(crate) async fn pending(pools: &Pools) -> Result<Vec<&'static str>, Fault> {
    let mut tx = pools.read().await?;
    let tables = tx.columns().await?;
    let known = if tables.iter().any(|(table, _)| table == "migrations") {
        known(&mut tx).await?
    } else {
        Vec::new()
    };
    check(&known)?;
    let is_pending = |m: &&Migration| !known.iter().any(|(version, _)| *version == m.version);
    Ok(MIGRATIONS.iter().filter(is_pending).map(|m| m.name).collect())
}

async fn known(tx: &mut Tx) -> Result<Vec<(i64, Vec<u8>)>, Fault> {
    let sql = "select version, digest from migrations order by version";
    tx.all("listing the migrations", sql, Vec::new()).await
}

fn check(known: &[(i64, Vec<u8>)]) -> Result<(), Fault> {
    let refuse = |why| Err(Fault::new("checking the migrations", why));
    for (version, applied) in known {
        match MIGRATIONS.iter().find(|m| m.version == *version) {
            None => return refuse(Refused::Newer(*version)),
            Some(m) if digest(m.sql.as_bytes()) != applied[..] => {
                return refuse(Refused::Changed(*version));
            }
            Some(_) => {}
        }
    }
    Ok(())
}
