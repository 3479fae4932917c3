//! What a database is: whose keys sealed it, and whether it is a demonstration.

use payung_domain::keyed::same;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::Vault;

const KEYS: &str = "keys";
const DEMO: &str = "demo";
const PASSKEYS: &str = "passkeys";

/// Whether these are the keys that sealed this database. The first who ask set them.
///
/// Without this, wrong keys would show as a thousand faults on a thousand pages.
pub async fn fits(tx: &mut Tx, vault: &Vault) -> Result<bool, Fault> {
    let mark = vault.index("installation", "the keys of this database");
    tx.run(
        "marking the keys of the database",
        "insert into installation (name, value) values ($1, $2) on conflict (name) do nothing",
        values![KEYS, mark],
    )
    .await?;
    Ok(read(tx, KEYS).await?.is_some_and(|kept| same(&kept, &mark)))
}

/// For which other host the passkeys of this database were made, if they were: a browser offers none
/// of them here (D-08). While there are none, the host may still change.
pub async fn passkeys_of_another_host(tx: &mut Tx, host: &str) -> Result<Option<String>, Fault> {
    let kept = read(tx, PASSKEYS).await?.and_then(|host| String::from_utf8(host).ok());
    if kept.as_deref() == Some(host) {
        return Ok(None);
    }
    let key: Option<(i64,)> =
        tx.one("looking for passkeys", "select added_at from passkeys limit 1", Vec::new()).await?;
    if let (Some(other), Some(_)) = (kept, key) {
        return Ok(Some(other));
    }
    tx.run(
        "noting the host of the passkeys",
        "insert into installation (name, value) values ($1, $2) \
         on conflict (name) do update set value = excluded.value",
        values![PASSKEYS, host.as_bytes()],
    )
    .await?;
    Ok(None)
}

/// Says that this is a demonstration, before its first person is kept.
pub async fn begin_demo(tx: &mut Tx) -> Result<(), Fault> {
    tx.run(
        "beginning the demonstration",
        "insert into installation (name, value) values ($1, $2) on conflict (name) do nothing",
        values![DEMO, Vec::new()],
    )
    .await
    .map(drop)
}

/// Whether this is a demonstration, complete or not.
pub async fn is_demo(tx: &mut Tx) -> Result<bool, Fault> {
    Ok(read(tx, DEMO).await?.is_some())
}

/// What the demonstration keeps of itself, if this is one and its people are all there.
pub async fn demo(tx: &mut Tx) -> Result<Option<Vec<u8>>, Fault> {
    Ok(read(tx, DEMO).await?.filter(|note| !note.is_empty()))
}

/// Says that the demonstration's people are all there.
pub async fn complete_demo(tx: &mut Tx, note: Vec<u8>) -> Result<(), Fault> {
    tx.run(
        "completing the demonstration",
        "update installation set value = $2 where name = $1",
        values![DEMO, note],
    )
    .await
    .map(drop)
}

/// Whether anybody has an account or a record here.
pub async fn has_people(tx: &mut Tx) -> Result<bool, Fault> {
    let person: Option<(i64,)> =
        tx.one("looking for people", "select recorded_at from people limit 1", Vec::new()).await?;
    Ok(person.is_some())
}

async fn read(tx: &mut Tx, name: &str) -> Result<Option<Vec<u8>>, Fault> {
    let row: Option<(Vec<u8>,)> = tx
        .one(
            "reading what the database is",
            "select value from installation where name = $1",
            values![name],
        )
        .await?;
    Ok(row.map(|(value,)| value))
}
