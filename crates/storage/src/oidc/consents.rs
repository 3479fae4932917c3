//! What members agreed to. Rows stay when consent is withdrawn: they are the proof that it was given.

use payung_domain::ids::AccountId;
use payung_domain::language::Language;
use payung_domain::oidc::consent::Consent;
use payung_domain::oidc::scopes::Scopes;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

#[derive(sqlx::FromRow)]
struct ConsentRow {
    client_id: String,
    scopes: String,
    text_version: String,
    language: String,
    given_at: i64,
}

impl ConsentRow {
    fn consent(self) -> (String, Consent) {
        let consent = Consent {
            scopes: Scopes::parse(&self.scopes),
            version: self.text_version,
            language: Language::tagged(&self.language).unwrap_or_default(),
            given_at: Instant::from_micros(self.given_at),
        };
        (self.client_id, consent)
    }
}

/// Keeps a consent.
pub async fn add(
    tx: &mut Tx,
    account: AccountId,
    id: Uuid,
    client: &str,
    consent: &Consent,
) -> Result<(), Fault> {
    tx.run(
        "keeping a consent",
        "insert into oidc_consents (account_id, id, client_id, scopes, text_version, language, \
         given_at) values ($1, $2, $3, $4, $5, $6, $7)",
        values![
            account,
            id,
            client,
            consent.scopes.to_string(),
            &*consent.version,
            consent.language.tag(),
            consent.given_at
        ],
    )
    .await
    .map(drop)
}

/// What an account agreed to for a client and did not withdraw, each set of scopes once, as it was agreed to
/// last, the newest first. Clients that ask every time leave many rows of one set behind.
pub async fn given(tx: &mut Tx, account: AccountId, client: &str) -> Result<Vec<Consent>, Fault> {
    let rows: Vec<ConsentRow> = tx
        .all(
            "reading the consents to a client",
            "select client_id, scopes, text_version, max(language) as language, \
             max(given_at) as given_at from oidc_consents \
             where account_id = $1 and client_id = $2 and withdrawn_at is null \
             group by client_id, scopes, text_version order by max(given_at) desc, scopes",
            values![account, client],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.consent().1).collect())
}

/// Every consent of an account that was not withdrawn, the newest first.
pub async fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<(String, Consent)>, Fault> {
    let rows: Vec<ConsentRow> = tx
        .all(
            "listing the consents of an account",
            "select client_id, scopes, text_version, language, given_at from oidc_consents \
             where account_id = $1 and withdrawn_at is null order by given_at desc, id",
            values![account],
        )
        .await?;
    Ok(rows.into_iter().map(ConsentRow::consent).collect())
}

/// Withdraws every consent to a client; answers how many those were.
pub async fn withdraw(
    tx: &mut Tx,
    account: AccountId,
    client: &str,
    now: Instant,
) -> Result<u64, Fault> {
    tx.run(
        "withdrawing consent",
        "update oidc_consents set withdrawn_at = $3 where account_id = $1 and client_id = $2 \
         and withdrawn_at is null",
        values![account, client, now],
    )
    .await
}

/// Withdraws every consent to a client, whoever gave it: it is not what they agreed to any more.
pub async fn withdraw_all_for(tx: &mut Tx, client: &str, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "withdrawing all consent to a client",
        "update oidc_consents set withdrawn_at = $2 where client_id = $1 and withdrawn_at is null",
        values![client, now],
    )
    .await
}
