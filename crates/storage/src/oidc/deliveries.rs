//! What applications have yet to be told: an outbox of its own, since what it sends is made for one
//! application at the moment it is sent.

use payung_domain::ids::AccountId;
use payung_domain::oidc::back_channel::News;
use payung_domain::time::Instant;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

/// Something that one application is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its random id, for ever.
    pub id: Uuid,
    /// Whose account it is about.
    pub account: AccountId,
    /// Which application.
    pub client: String,
    /// What.
    pub news: News,
    /// What there is to say of it besides.
    pub about: Map<String, Json>,
    /// When the session was opened that it is about, which names the session.
    pub session_opened_at: Option<Instant>,
    /// When it happened.
    pub at: Instant,
}

/// A delivery taken by a worker, with the number of this attempt, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The delivery.
    pub delivery: Delivery,
    /// 1 for the first attempt.
    pub attempt: u32,
}

#[derive(sqlx::FromRow)]
struct DeliveryRow {
    account_id: Uuid,
    id: Uuid,
    client_id: String,
    news: String,
    about: String,
    session_opened_at: Option<i64>,
    created_at: i64,
    attempts: i64,
}

const DOING: &str = "reading what an application is to be told";

impl DeliveryRow {
    fn taken(self) -> Result<Taken, Fault> {
        let nonsense =
            |what: &str| Fault::new(DOING, format!("oidc_deliveries.{what} of {}", self.id));
        Ok(Taken {
            attempt: u32::try_from(self.attempts).map_err(|_| nonsense("attempts"))?,
            delivery: Delivery {
                id: self.id,
                account: AccountId(self.account_id),
                news: News::named(&self.news).ok_or_else(|| nonsense("news"))?,
                about: serde_json::from_str(&self.about).map_err(|_| nonsense("about"))?,
                client: self.client_id,
                session_opened_at: self.session_opened_at.map(Instant::from_micros),
                at: Instant::from_micros(self.created_at),
            },
        })
    }
}

/// The applications that got tokens within a session, or may be getting them at this very moment: a
/// code that was never redeemed is no token once its time is over.
pub async fn clients_in(
    tx: &mut Tx,
    account: AccountId,
    session_opened_at: Instant,
    now: Instant,
) -> Result<Vec<String>, Fault> {
    let rows: Vec<(String,)> = tx
        .all(
            "reading which applications got tokens in a session",
            "select distinct g.client_id from oidc_grants g where g.account_id = $1 \
             and g.session_opened_at = $2 and not exists (select 1 from oidc_codes c \
              where c.account_id = g.account_id and c.grant_id = g.id and c.used_at is null \
              and c.expires_at <= $3) order by g.client_id",
            values![account, session_opened_at, now],
        )
        .await?;
    Ok(rows.into_iter().map(|(client,)| client).collect())
}

/// The applications that got tokens within any session of an account that nobody has ended so far,
/// each with the moment the session was opened. One that ran out is among them: its applications
/// were told nothing then.
pub async fn clients_in_open_sessions(
    tx: &mut Tx,
    account: AccountId,
    now: Instant,
) -> Result<Vec<(String, Instant)>, Fault> {
    let rows: Vec<(String, i64)> = tx
        .all(
            "reading which applications got tokens in any session",
            "select distinct g.client_id, g.session_opened_at from oidc_grants g \
             where g.account_id = $1 and not exists (select 1 from oidc_codes c \
              where c.account_id = g.account_id and c.grant_id = g.id and c.used_at is null \
              and c.expires_at <= $2) and not exists (select 1 from sessions s \
              where s.account_id = g.account_id and s.created_at = g.session_opened_at \
              and s.ended_at is not null) \
             order by g.client_id, g.session_opened_at",
            values![account, now],
        )
        .await?;
    Ok(rows.into_iter().map(|(client, at)| (client, Instant::from_micros(at))).collect())
}

/// The sessions of an account within which an application got tokens that still count.
pub async fn sessions_with(
    tx: &mut Tx,
    account: AccountId,
    client: &str,
    now: Instant,
) -> Result<Vec<Instant>, Fault> {
    let rows: Vec<(i64,)> = tx
        .all(
            "reading in which sessions an application got tokens",
            "select distinct g.session_opened_at from oidc_grants g where g.account_id = $1 \
             and g.client_id = $2 and g.ended_at is null and not exists \
             (select 1 from oidc_codes c where c.account_id = g.account_id \
              and c.grant_id = g.id and c.used_at is null and c.expires_at <= $3) \
             order by g.session_opened_at",
            values![account, client, now],
        )
        .await?;
    Ok(rows.into_iter().map(|(at,)| Instant::from_micros(at)).collect())
}

/// The applications that have to do with an account.
pub async fn clients_of(
    tx: &mut Tx,
    account: AccountId,
    now: Instant,
) -> Result<Vec<String>, Fault> {
    let rows: Vec<(String,)> = tx
        .all(
            "reading which applications have to do with an account",
            "select distinct g.client_id from oidc_grants g where g.account_id = $1 \
             and not exists (select 1 from oidc_codes c where c.account_id = g.account_id \
              and c.grant_id = g.id and c.used_at is null and c.expires_at <= $2) \
             order by g.client_id",
            values![account, now],
        )
        .await?;
    Ok(rows.into_iter().map(|(client,)| client).collect())
}

/// Keeps a delivery, due at once.
pub async fn put(tx: &mut Tx, delivery: &Delivery) -> Result<(), Fault> {
    let about = serde_json::to_string(&delivery.about)
        .map_err(Fault::while_doing("writing what an application is to be told"))?;
    tx.run(
        "keeping what an application is to be told",
        "insert into oidc_deliveries (account_id, id, client_id, news, about, session_opened_at, \
         created_at, due_at, attempts) values ($1, $2, $3, $4, $5, $6, $7, $7, 0)",
        values![
            delivery.account,
            delivery.id,
            &*delivery.client,
            delivery.news.name(),
            about,
            delivery.session_opened_at,
            delivery.at
        ],
    )
    .await
    .map(drop)
}

/// Takes up to `most` deliveries that are due and that no living worker has, until the lease ends.
///
/// One statement, so two workers never take the same one, as with messages.
pub async fn take(
    tx: &mut Tx,
    most: u32,
    now: Instant,
    lease_until: Instant,
) -> Result<Vec<Taken>, Fault> {
    let rows: Vec<DeliveryRow> = tx
        .all(
            "taking what applications are to be told",
            "update oidc_deliveries set attempts = attempts + 1, leased_until = $2 \
             where id in (select id from oidc_deliveries where told_at is null \
             and given_up_at is null and due_at <= $1 \
             and (leased_until is null or leased_until <= $1) order by due_at limit $3) \
             and told_at is null and (leased_until is null or leased_until <= $1) \
             returning account_id, id, client_id, news, about, session_opened_at, created_at, \
             attempts",
            values![now, lease_until, most],
        )
        .await?;
    rows.into_iter().map(DeliveryRow::taken).collect()
}

/// Notes that the application has taken it.
pub async fn told(tx: &mut Tx, id: Uuid, now: Instant) -> Result<(), Fault> {
    tx.run(
        "noting that an application was told",
        "update oidc_deliveries set told_at = $1, leased_until = null, problem = null \
         where id = $2",
        values![now, id],
    )
    .await
    .map(drop)
}

/// Notes that telling did not work and when it is tried again.
pub async fn later(tx: &mut Tx, id: Uuid, due_at: Instant, problem: &str) -> Result<(), Fault> {
    tx.run(
        "putting off what an application is to be told",
        "update oidc_deliveries set due_at = $1, leased_until = null, problem = $2 where id = $3",
        values![due_at, problem, id],
    )
    .await
    .map(drop)
}

/// Notes that it is not tried any more.
pub async fn give_up(tx: &mut Tx, id: Uuid, now: Instant, problem: &str) -> Result<(), Fault> {
    tx.run(
        "giving up telling an application",
        "update oidc_deliveries set given_up_at = $1, leased_until = null, problem = $2 \
         where id = $3",
        values![now, problem, id],
    )
    .await
    .map(drop)
}

/// How many deliveries are due that no living worker has.
pub async fn untaken(tx: &mut Tx, now: Instant) -> Result<i64, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "counting what applications are to be told",
            "select count(*) from oidc_deliveries where told_at is null and given_up_at is null \
             and due_at <= $1 and (leased_until is null or leased_until <= $1)",
            values![now],
        )
        .await?;
    Ok(row.map_or(0, |(count,)| count))
}

/// Drops deliveries that are done with.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old deliveries",
        "delete from oidc_deliveries where created_at < $1 \
         and (told_at is not null or given_up_at is not null)",
        values![long_ago],
    )
    .await
}
