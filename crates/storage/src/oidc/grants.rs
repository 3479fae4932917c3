//! What members let applications do, with the codes and refresh tokens that came of it.

use payung_domain::accounts::Account;
use payung_domain::ids::AccountId;
use payung_domain::keyed::Tag;
use payung_domain::oidc::clients::Client;
use payung_domain::oidc::grants::{Code, Grant, Refresh, Surroundings};
use payung_domain::second_factor::Way;
use payung_domain::time::Instant;
use uuid::Uuid;

use super::clients::ClientRow;
use crate::accounts::AccountRow;
use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

#[derive(sqlx::FromRow)]
struct GrantRow {
    account_id: Uuid,
    id: Uuid,
    client_id: String,
    sealed_request: Vec<u8>,
    given_at: i64,
    proved_at: i64,
    way: String,
    password_set_at: i64,
    session_opened_at: i64,
    ended_at: Option<i64>,
    current_password_set_at: i64,
    password_distrusted_at: Option<i64>,
    live_sessions: i64,
    client_disabled_at: Option<i64>,
}

/// The columns of a grant `g` with what has become of the account `a`, its session and the client `c`. The
/// moment is `$2`.
macro_rules! grant {
    () => {
        "g.account_id, g.id, g.client_id, g.sealed_request, g.given_at, g.proved_at, g.way, \
         g.password_set_at, g.session_opened_at, g.ended_at, \
         a.password_set_at as current_password_set_at, a.password_distrusted_at, \
         (select count(*) from sessions s where s.account_id = g.account_id \
          and s.created_at = g.session_opened_at and s.ended_at is null \
          and s.expires_at > $2) as live_sessions, c.disabled_at as client_disabled_at"
    };
}

/// What stands around a grant `g`.
macro_rules! around {
    () => {
        "join accounts a on a.id = g.account_id join oidc_clients c on c.id = g.client_id"
    };
}

const DOING: &str = "reading a grant";

const fn place(id: &Uuid) -> Place<'_> {
    Place("oidc_grants", "request", id.as_bytes())
}

impl GrantRow {
    fn grant(self, vault: &Vault) -> Result<Grant, Fault> {
        let request = vault.open(place(&self.id), &self.sealed_request)?;
        // No moment is compared, since a clock may be put back between the two.
        let is_distrusted = self.password_distrusted_at.is_some();
        let is_the_same = self.password_set_at == self.current_password_set_at;
        Ok(Grant {
            id: self.id,
            account: AccountId(self.account_id),
            client: self.client_id,
            request: serde_json::from_slice(&request).map_err(Fault::while_doing(DOING))?,
            given_at: Instant::from_micros(self.given_at),
            proved_at: Instant::from_micros(self.proved_at),
            way: Way::named(&self.way)
                .ok_or_else(|| Fault::new(DOING, "oidc_grants.way is unknown"))?,
            session_opened_at: Instant::from_micros(self.session_opened_at),
            ended_at: self.ended_at.map(Instant::from_micros),
            surroundings: Surroundings {
                is_password_the_same: is_the_same && !is_distrusted,
                is_session_over: self.live_sessions == 0,
                is_client_disabled: self.client_disabled_at.is_some(),
            },
        })
    }
}

/// Keeps a grant.
pub async fn add(
    tx: &mut Tx,
    vault: &Vault,
    grant: &Grant,
    password_set_at: Instant,
) -> Result<(), Fault> {
    let text = serde_json::to_vec(&grant.request).map_err(Fault::while_doing("writing a grant"))?;
    let sealed = vault.seal(place(&grant.id), &text)?;
    tx.run(
        "keeping a grant",
        "insert into oidc_grants (account_id, id, client_id, sealed_request, given_at, proved_at, \
         way, password_set_at, session_opened_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        values![
            grant.account,
            grant.id,
            &*grant.client,
            sealed,
            grant.given_at,
            grant.proved_at,
            grant.way.name(),
            password_set_at,
            grant.session_opened_at
        ],
    )
    .await
    .map(drop)
}

/// A grant with what has become of account, session and client, all of one moment.
///
/// A session whose idle time is over still holds its grants: the member may be busy in the very
/// application. Ended, or past its longest life, it does not.
pub async fn get(
    tx: &mut Tx,
    vault: &Vault,
    id: Uuid,
    now: Instant,
) -> Result<Option<Grant>, Fault> {
    let row: Option<GrantRow> = tx
        .one(
            DOING,
            concat!("select ", grant!(), " from oidc_grants g ", around!(), " where g.id = $1"),
            values![id, now],
        )
        .await?;
    row.map(|row| row.grant(vault)).transpose()
}

/// What stands behind an access token at one moment.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What the member let the client do.
    pub grant: Grant,
    /// The client.
    pub client: Client,
    /// Whose grant it is.
    pub account: Account,
    /// Whether this one token was taken back.
    pub is_revoked: bool,
}

#[derive(sqlx::FromRow)]
struct StandingRow {
    #[sqlx(flatten)]
    grant: GrantRow,
    #[sqlx(flatten)]
    client: ClientRow,
    person_id: Uuid,
    password_phc: String,
    password_pepper: i64,
    language: String,
    zone: String,
    revocations: i64,
}

impl StandingRow {
    fn standing(self, vault: &Vault) -> Result<Standing, Fault> {
        let account = AccountRow {
            id: self.grant.account_id,
            person_id: self.person_id,
            password_phc: self.password_phc,
            password_pepper: self.password_pepper,
            password_set_at: self.grant.current_password_set_at,
            language: self.language,
            zone: self.zone,
        };
        Ok(Standing {
            grant: self.grant.grant(vault)?,
            client: self.client.kept()?.client,
            account: account.account()?,
            is_revoked: self.revocations > 0,
        })
    }
}

/// A grant with everything else that an access token of it hangs on. One statement, since it is asked
/// for every call of every application. The token is taken back where `revoked` is among the used ids.
pub async fn standing(
    tx: &mut Tx,
    vault: &Vault,
    id: Uuid,
    revoked: &Tag,
    now: Instant,
) -> Result<Option<Standing>, Fault> {
    let row: Option<StandingRow> = tx
        .one(
            DOING,
            concat!(
                "select ",
                grant!(),
                ", c.definition, c.secret_hash, c.disabled_at, c.registration_hash, c.created_at, \
                 a.person_id, a.password_phc, a.password_pepper, a.language, a.zone, \
                 (select count(*) from oidc_used_ids u where u.id = $3) as revocations \
                 from oidc_grants g ",
                around!(),
                " where g.id = $1"
            ),
            values![id, now, revoked],
        )
        .await?;
    row.map(|row| row.standing(vault)).transpose()
}

/// Ends a grant with everything that came of it; `true` for the one who ended it.
pub async fn end(tx: &mut Tx, id: Uuid, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "ending a grant",
            "update oidc_grants set ended_at = $2 where id = $1 and ended_at is null",
            values![id, now],
        )
        .await?;
    Ok(changed == 1)
}

/// Ends every grant of an account to a client; answers how many those were.
pub async fn end_for_client(
    tx: &mut Tx,
    account: AccountId,
    client: &str,
    now: Instant,
) -> Result<u64, Fault> {
    tx.run(
        "ending the grants to a client",
        "update oidc_grants set ended_at = $3 where account_id = $1 and client_id = $2 \
         and ended_at is null",
        values![account, client, now],
    )
    .await
}

/// How many accounts have a grant to a client which nobody has ended.
pub async fn accounts_of(tx: &mut Tx, client: &str) -> Result<u64, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "counting who has a grant to a client",
            "select count(distinct account_id) from oidc_grants \
             where client_id = $1 and ended_at is null",
            values![client],
        )
        .await?;
    Ok(row.map_or(0, |(count,)| u64::try_from(count).unwrap_or(0)))
}

/// Ends every grant to a client, whoever gave it; answers how many those were.
pub async fn end_all_for(tx: &mut Tx, client: &str, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "ending all grants to a client",
        "update oidc_grants set ended_at = $2 where client_id = $1 and ended_at is null",
        values![client, now],
    )
    .await
}

/// When each client of an account last made use of a grant: got one, or came back for tokens.
pub async fn last_uses(tx: &mut Tx, account: AccountId) -> Result<Vec<(String, Instant)>, Fault> {
    let rows: Vec<(String, i64)> = tx
        .all(
            "reading when grants were used",
            "select g.client_id, max(coalesce(r.used_at, g.given_at)) from oidc_grants g \
             left join oidc_refresh_tokens r on r.account_id = g.account_id and r.grant_id = g.id \
             where g.account_id = $1 group by g.client_id order by g.client_id",
            values![account],
        )
        .await?;
    Ok(rows.into_iter().map(|(client, at)| (client, Instant::from_micros(at))).collect())
}

/// The clients that an account has a grant to which nobody has ended.
pub async fn open_clients(tx: &mut Tx, account: AccountId) -> Result<Vec<String>, Fault> {
    let rows: Vec<(String,)> = tx
        .all(
            "reading which clients have grants",
            "select distinct client_id from oidc_grants \
             where account_id = $1 and ended_at is null order by client_id",
            values![account],
        )
        .await?;
    Ok(rows.into_iter().map(|(client,)| client).collect())
}

#[derive(sqlx::FromRow)]
struct CodeRow {
    #[sqlx(flatten)]
    grant: GrantRow,
    grant_id: Uuid,
    expires_at: i64,
    used_at: Option<i64>,
}

/// Keeps a code under its hash.
pub async fn add_code(tx: &mut Tx, id: &Tag, code: &Code) -> Result<(), Fault> {
    tx.run(
        "keeping a code",
        "insert into oidc_codes (account_id, id, grant_id, expires_at) values ($1, $2, $3, $4)",
        values![code.account, id, code.grant, code.expires_at],
    )
    .await
    .map(drop)
}

/// The code with this hash and what it was given for, whatever it is worth.
pub async fn code(
    tx: &mut Tx,
    vault: &Vault,
    id: &Tag,
    now: Instant,
) -> Result<Option<(Code, Grant)>, Fault> {
    let row: Option<CodeRow> = tx
        .one(
            "reading a code",
            concat!(
                "select o.grant_id, o.expires_at, o.used_at, ",
                grant!(),
                " from oidc_codes o join oidc_grants g on g.id = o.grant_id ",
                around!(),
                " where o.id = $1"
            ),
            values![id, now],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let code = Code {
        grant: row.grant_id,
        account: AccountId(row.grant.account_id),
        expires_at: Instant::from_micros(row.expires_at),
        used_at: row.used_at.map(Instant::from_micros),
    };
    Ok(Some((code, row.grant.grant(vault)?)))
}

/// Uses a code up. Of any number at the same time, one gets `true` (L7).
pub async fn use_code(tx: &mut Tx, id: &Tag, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "using a code",
            "update oidc_codes set used_at = $2 where id = $1 and used_at is null \
             and expires_at > $2",
            values![id, now],
        )
        .await?;
    Ok(changed == 1)
}

#[derive(sqlx::FromRow)]
struct RefreshRow {
    #[sqlx(flatten)]
    grant: GrantRow,
    grant_id: Uuid,
    key_thumbprint: Option<String>,
    made_at: i64,
    used_at: Option<i64>,
    is_used_up: bool,
}

/// Keeps a refresh token under its hash.
pub async fn add_refresh(tx: &mut Tx, id: &Tag, token: &Refresh) -> Result<(), Fault> {
    tx.run(
        "keeping a refresh token",
        "insert into oidc_refresh_tokens (account_id, id, grant_id, key_thumbprint, made_at, \
         is_used_up) values ($1, $2, $3, $4, $5, $6)",
        values![token.account, id, token.grant, token.key.clone(), token.made_at, false],
    )
    .await
    .map(drop)
}

/// The refresh token with this hash and what it was given for, whatever it is worth.
pub async fn refresh(
    tx: &mut Tx,
    vault: &Vault,
    id: &Tag,
    now: Instant,
) -> Result<Option<(Refresh, Grant)>, Fault> {
    let row: Option<RefreshRow> = tx
        .one(
            "reading a refresh token",
            concat!(
                "select r.grant_id, r.key_thumbprint, r.made_at, r.used_at, r.is_used_up, ",
                grant!(),
                " from oidc_refresh_tokens r join oidc_grants g on g.id = r.grant_id ",
                around!(),
                " where r.id = $1"
            ),
            values![id, now],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let token = Refresh {
        grant: row.grant_id,
        account: AccountId(row.grant.account_id),
        made_at: Instant::from_micros(row.made_at),
        used_at: row.used_at.map(Instant::from_micros),
        is_used_up: row.is_used_up,
        key: row.key_thumbprint,
    };
    Ok(Some((token, row.grant.grant(vault)?)))
}

/// Uses a refresh token: up for good where it rotates, else once more. Of any number of uses up at
/// the same time, one gets `true` (L7).
pub async fn use_refresh(
    tx: &mut Tx,
    id: &Tag,
    uses_up: bool,
    now: Instant,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "using a refresh token",
            "update oidc_refresh_tokens set used_at = $2, is_used_up = $3 \
             where id = $1 and not is_used_up",
            values![id, now, uses_up],
        )
        .await?;
    Ok(changed == 1)
}

/// Drops grants that have lasted as long as any may, with their codes and tokens.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    for (doing, sql) in [
        (
            "dropping old codes",
            "delete from oidc_codes where grant_id in \
             (select id from oidc_grants where given_at < $1)",
        ),
        (
            "dropping old refresh tokens",
            "delete from oidc_refresh_tokens where grant_id in \
             (select id from oidc_grants where given_at < $1)",
        ),
    ] {
        tx.run(doing, sql, values![long_ago]).await?;
    }
    tx.run("dropping old grants", "delete from oidc_grants where given_at < $1", values![long_ago])
        .await
}
