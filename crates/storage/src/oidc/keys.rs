//! Keys that tokens are signed with, their private halves sealed.

use payung_domain::oidc::clients::Algorithm;
use payung_domain::time::Instant;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

/// A signing key.
#[derive(Clone)]
pub struct SigningKey {
    /// The thumbprint of its public half, which is its name in headers.
    pub id: String,
    /// What it signs with.
    pub algorithm: Algorithm,
    /// The public half, a JSON Web Key.
    pub public: String,
    /// The private half, PKCS #8.
    pub private: Vec<u8>,
    /// When it was made.
    pub created_at: Instant,
    /// From when on it signs: it is shown for a while before.
    pub signs_from: Instant,
    /// When it was taken out of use, for good.
    pub retired_at: Option<Instant>,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({}, {})", self.algorithm.name(), self.id)
    }
}

#[derive(sqlx::FromRow)]
struct KeyRow {
    id: String,
    algorithm: String,
    public_key: String,
    sealed_private_key: Vec<u8>,
    created_at: i64,
    signs_from: i64,
    retired_at: Option<i64>,
}

const fn place(id: &str) -> Place<'_> {
    Place("oidc_keys", "private_key", id.as_bytes())
}

/// Keeps a new key.
pub async fn add(tx: &mut Tx, vault: &Vault, key: &SigningKey) -> Result<(), Fault> {
    let sealed = vault.seal(place(&key.id), &key.private)?;
    tx.run(
        "keeping a signing key",
        "insert into oidc_keys (id, algorithm, public_key, sealed_private_key, created_at, \
         signs_from) values ($1, $2, $3, $4, $5, $6)",
        values![
            &*key.id,
            key.algorithm.name(),
            &*key.public,
            sealed,
            key.created_at,
            key.signs_from
        ],
    )
    .await
    .map(drop)
}

/// Every key, the one that signs latest first.
pub async fn all(tx: &mut Tx, vault: &Vault) -> Result<Vec<SigningKey>, Fault> {
    let rows: Vec<KeyRow> = tx
        .all(
            "reading the signing keys",
            "select id, algorithm, public_key, sealed_private_key, created_at, signs_from, \
             retired_at from oidc_keys order by signs_from desc, id",
            Vec::new(),
        )
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(SigningKey {
                algorithm: Algorithm::named(&row.algorithm).ok_or_else(|| {
                    Fault::new("reading the signing keys", "oidc_keys.algorithm is unknown")
                })?,
                private: vault.open(place(&row.id), &row.sealed_private_key)?,
                id: row.id,
                public: row.public_key,
                created_at: Instant::from_micros(row.created_at),
                signs_from: Instant::from_micros(row.signs_from),
                retired_at: row.retired_at.map(Instant::from_micros),
            })
        })
        .collect()
}

/// Takes a key out of use for good; `true` for the one who did.
pub async fn retire(tx: &mut Tx, id: &str, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "retiring a signing key",
            "update oidc_keys set retired_at = $2 where id = $1 and retired_at is null",
            values![id, now],
        )
        .await?;
    Ok(changed == 1)
}

/// Drops a key that no token needs any more.
pub async fn forget(tx: &mut Tx, id: &str) -> Result<u64, Fault> {
    tx.run("dropping a signing key", "delete from oidc_keys where id = $1", values![id]).await
}
