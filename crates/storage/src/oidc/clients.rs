//! Applications, as an operator wrote them down, or as they registered themselves.

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use payung_domain::keyed::Tag;
use payung_domain::oidc::clients::{Client, Definition};
use payung_domain::time::Instant;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

/// A client with what is not in its definition.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The client.
    pub client: Client,
    /// The hash of its secret.
    pub secret: Option<Tag>,
    /// When it was disabled.
    pub disabled_at: Option<Instant>,
    /// The hash of the token that it manages its registration with, where it registered itself.
    pub registration: Option<Tag>,
    /// When it came.
    pub created_at: Instant,
}

#[derive(sqlx::FromRow)]
pub(super) struct ClientRow {
    definition: String,
    secret_hash: Option<Vec<u8>>,
    disabled_at: Option<i64>,
    registration_hash: Option<Vec<u8>>,
    created_at: i64,
}

const DOING: &str = "reading a client";

/// What definitions came to when they were last read. A text always comes to the same client, so this
/// may be forgotten and is never out of date: the text itself is read for every call.
static KNOWN: LazyLock<RwLock<HashMap<String, Client>>> = LazyLock::new(RwLock::default);

/// With more than these, remembering begins anew. More than an installation has: whatever asks for all
/// of them would otherwise forget while it reads.
const MOST_KNOWN: usize = 1_000;

impl ClientRow {
    pub(super) fn kept(self) -> Result<Kept, Fault> {
        let mut client = client_of(self.definition)?;
        let secret = self.secret_hash.map(Tag::try_from).transpose();
        let secret =
            secret.map_err(|_| Fault::new(DOING, "oidc_clients.secret_hash is no hash"))?;
        let registration = self.registration_hash.map(Tag::try_from).transpose();
        let registration = registration
            .map_err(|_| Fault::new(DOING, "oidc_clients.registration_hash is no hash"))?;
        client.is_vouched_for = registration.is_none();
        Ok(Kept {
            client,
            secret,
            disabled_at: self.disabled_at.map(Instant::from_micros),
            registration,
            created_at: Instant::from_micros(self.created_at),
        })
    }
}

fn client_of(definition: String) -> Result<Client, Fault> {
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(&definition).cloned();
    if let Some(client) = known {
        return Ok(client);
    }
    let written: Definition =
        serde_json::from_str(&definition).map_err(Fault::while_doing(DOING))?;
    // Only whole clients are kept, so a broken one is a fault of ours and nobody's answer.
    let client =
        written.check().map_err(|_| Fault::new(DOING, "oidc_clients.definition is not whole"))?;
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= MOST_KNOWN {
        known.clear();
    }
    known.insert(definition, client.clone());
    Ok(client)
}

/// Keeps a new client, or a new definition of a known one. A secret that is not given stays. Whoever
/// writes one anew vouches for it, and it manages itself no longer.
pub async fn keep(
    tx: &mut Tx,
    client: &Client,
    secret: Option<&Tag>,
    now: Instant,
) -> Result<(), Fault> {
    tx.run(
        "keeping a client",
        "insert into oidc_clients (id, definition, secret_hash, created_at, changed_at) \
         values ($1, $2, $3, $4, $4) on conflict (id) do update set definition = $2, \
         secret_hash = coalesce($3, oidc_clients.secret_hash), changed_at = $4, \
         registration_hash = null",
        values![client.id(), written(client)?, secret.copied(), now],
    )
    .await?;
    keep_origins(tx, client).await
}

/// Keeps a client that registered itself, with the hash of the token that it manages itself with.
pub async fn register(
    tx: &mut Tx,
    client: &Client,
    secret: Option<&Tag>,
    registration: &Tag,
    now: Instant,
) -> Result<(), Fault> {
    tx.run(
        "registering a client",
        "insert into oidc_clients (id, definition, secret_hash, created_at, changed_at, \
         registration_hash) values ($1, $2, $3, $4, $4, $5)",
        values![client.id(), written(client)?, secret.copied(), now, registration],
    )
    .await?;
    keep_origins(tx, client).await
}

/// Keeps what a client writes of itself anew, with the hash of its next token. Of any number that
/// come with the same token at the same time, one gets `true`.
pub async fn rewrite(
    tx: &mut Tx,
    client: &Client,
    secret: Option<&Tag>,
    (registration, next): (&Tag, &Tag),
    now: Instant,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "changing a registration",
            "update oidc_clients set definition = $2, secret_hash = $3, changed_at = $4, \
             registration_hash = $6 where id = $1 and registration_hash = $5 \
             and disabled_at is null",
            values![client.id(), written(client)?, secret.copied(), now, registration, next],
        )
        .await?;
    if changed == 1 {
        keep_origins(tx, client).await?;
    }
    Ok(changed == 1)
}

/// Keeps the origins of a client, in place of those it had.
async fn keep_origins(tx: &mut Tx, client: &Client) -> Result<(), Fault> {
    let doing = "keeping the origins of a client";
    tx.run(doing, "delete from oidc_client_origins where client_id = $1", values![client.id()])
        .await?;
    for origin in client.origins() {
        let sql = "insert into oidc_client_origins (origin, client_id) values ($1, $2)";
        tx.run(doing, sql, values![origin, client.id()]).await?;
    }
    Ok(())
}

/// Whether this is the origin of a client that is not disabled, letter for letter.
pub async fn is_origin_of_one(tx: &mut Tx, origin: &str) -> Result<bool, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "looking for an origin",
            "select count(*) from oidc_client_origins o join oidc_clients c on c.id = o.client_id \
             where o.origin = $1 and c.disabled_at is null",
            values![origin],
        )
        .await?;
    Ok(row.is_some_and(|(count,)| count > 0))
}

/// The client of this name, disabled or not.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Option<Kept>, Fault> {
    let row: Option<ClientRow> = tx
        .one(
            DOING,
            "select definition, secret_hash, disabled_at, registration_hash, created_at \
             from oidc_clients where id = $1",
            values![id],
        )
        .await?;
    row.map(ClientRow::kept).transpose()
}

/// Every client, by name.
pub async fn all(tx: &mut Tx) -> Result<Vec<Kept>, Fault> {
    let rows: Vec<ClientRow> = tx
        .all(
            "listing the clients",
            "select definition, secret_hash, disabled_at, registration_hash, created_at \
             from oidc_clients order by id",
            Vec::new(),
        )
        .await?;
    rows.into_iter().map(ClientRow::kept).collect()
}

/// Disables a client, or lets it in again. `false` where there is none, or nothing to change.
pub async fn disable(tx: &mut Tx, id: &str, at: Option<Instant>) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "disabling a client",
            "update oidc_clients set disabled_at = $2 where id = $1 \
             and (disabled_at is null) = $3",
            values![id, at, at.is_some()],
        )
        .await?;
    Ok(changed == 1)
}

fn written(client: &Client) -> Result<String, Fault> {
    serde_json::to_string(client.definition()).map_err(Fault::while_doing("writing a client"))
}
