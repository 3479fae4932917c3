//! Applications that register themselves (RFC 7591), and change or end that (RFC 7592): by invitation
//! only, and never trusted more than a stranger (K-30, O9).

use payung_domain::keyed::{digest, same};
use payung_domain::oidc::clients::{Client, Fault as ClientFault};
use payung_domain::oidc::problems::{Problem, Refused};
use payung_domain::oidc::registration::{Unfit, Written, is_another, told};
use payung_domain::oidc::tokens::seconds;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::Fault;
use payung_storage::oidc::clients::{self, Kept};
use payung_storage::oidc::{consents, grants, invites};
use serde_json::{Map, Value, json};

use super::clients::failed;
use super::{Trouble, address, paths};
use crate::{App, Visit};

/// Why nothing is registered or changed.
#[derive(Debug)]
pub enum Refusal {
    /// What was written of the application is not whole.
    Unfit(Unfit),
    /// Anything else.
    Trouble(Trouble),
}

impl From<Trouble> for Refusal {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        Self::Trouble(refused.into())
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Trouble(fault.into())
    }
}

/// Registers an application that has an invite. Checking comes first, so that a fault costs no use.
pub async fn register(
    app: &App,
    visit: &Visit,
    token: Option<&str>,
    body: &[u8],
) -> Result<Map<String, Value>, Refusal> {
    let Some(invite) = token.and_then(Token::parse) else {
        return Err(stranger(app, visit).await);
    };
    let mut tx = app.store.look().await?;
    let is_good = invites::is_good(&mut tx, &invite.hash(), visit.now).await?;
    drop(tx);
    if !is_good {
        return Err(stranger(app, visit).await);
    }
    let id = format!("r-{}", app.dice.id().simple());
    let client = written(body)?.check(&id).map_err(Refusal::Unfit)?;
    let secret = client.proof.has_secret().then(|| Token::new(&*app.dice));
    let hash = secret.as_ref().map(Token::hash);
    let registration = Token::new(&*app.dice);
    let mut tx = app.store.write().await?;
    if !invites::use_once(&mut tx, &invite.hash(), visit.now).await? {
        drop(tx);
        return Err(stranger(app, visit).await);
    }
    let (tag, now) = (registration.hash(), visit.now);
    clients::register(&mut tx, &client, hash.as_ref(), &tag, now).await?;
    tx.commit().await?;
    Ok(answer(app, &client, now, &registration, secret.as_ref()))
}

/// What is kept of an application.
pub async fn read(
    app: &App,
    visit: &Visit,
    id: &str,
    token: Option<&str>,
) -> Result<Map<String, Value>, Refusal> {
    let (kept, registration) = managed(app, visit, id, token).await?;
    Ok(answer(app, &kept.client, kept.created_at, &registration, None))
}

/// Writes an application anew; the next change takes the next token. Members who agreed to what it
/// was before are asked again where it would be another one to them.
pub async fn rewrite(
    app: &App,
    visit: &Visit,
    id: &str,
    token: Option<&str>,
    body: &[u8],
) -> Result<Map<String, Value>, Refusal> {
    let (kept, registration) = managed(app, visit, id, token).await?;
    let written = written(body)?;
    if written.client_id() != Some(id) {
        return Err(unfit("client_id", "is not the one of this registration"));
    }
    let is_secret =
        |given: &str| kept.secret.is_some_and(|known| same(&known, &digest(given.as_bytes())));
    if written.client_secret().is_some_and(|given| !is_secret(given)) {
        return Err(unfit("client_secret", "is not the one of this client"));
    }
    let client = written.check(id).map_err(Refusal::Unfit)?;
    let known = kept.secret.filter(|_| client.proof.has_secret());
    let needs_one = client.proof.has_secret() && known.is_none();
    let secret = needs_one.then(|| Token::new(&*app.dice));
    let hash = secret.as_ref().map(Token::hash).or(known);
    let next = Token::new(&*app.dice);
    let (tag, next_tag) = (registration.hash(), next.hash());
    let mut tx = app.store.write().await?;
    let tags = (&tag, &next_tag);
    if !clients::rewrite(&mut tx, &client, hash.as_ref(), tags, visit.now).await? {
        drop(tx);
        return Err(stranger(app, visit).await);
    }
    if is_another(&kept.client, &client) {
        consents::withdraw_all_for(&mut tx, id, visit.now).await?;
        grants::end_all_for(&mut tx, id, visit.now).await?;
    }
    tx.commit().await?;
    Ok(answer(app, &client, kept.created_at, &next, secret.as_ref()))
}

/// Ends a registration. Every token of it is dead when this returns. The row stays, disabled, since
/// what members agreed to points to it.
pub async fn remove(
    app: &App,
    visit: &Visit,
    id: &str,
    token: Option<&str>,
) -> Result<(), Refusal> {
    managed(app, visit, id, token).await?;
    let mut tx = app.store.write().await?;
    clients::disable(&mut tx, id, Some(visit.now)).await?;
    consents::withdraw_all_for(&mut tx, id, visit.now).await?;
    grants::end_all_for(&mut tx, id, visit.now).await?;
    tx.commit().await?;
    Ok(())
}

/// The client that a registration token is for. What is unknown, ended, an operator's or somebody
/// else's is answered alike.
async fn managed(
    app: &App,
    visit: &Visit,
    id: &str,
    token: Option<&str>,
) -> Result<(Kept, Token), Refusal> {
    // What no name could be is not looked for: not every database takes every letter.
    let token = token.and_then(Token::parse);
    let Some(token) = token.filter(|_| id.bytes().all(|letter| letter.is_ascii_graphic())) else {
        return Err(stranger(app, visit).await);
    };
    let mut tx = app.store.look().await?;
    let kept = clients::get(&mut tx, id).await?;
    drop(tx);
    let is_its_own = |kept: &Kept| {
        let tag = kept.registration.as_ref();
        kept.disabled_at.is_none() && tag.is_some_and(|tag| same(tag, &token.hash()))
    };
    match kept.filter(is_its_own) {
        Some(kept) => Ok((kept, token)),
        None => Err(stranger(app, visit).await),
    }
}

/// Counts whoever comes with a token that is none.
async fn stranger(app: &App, visit: &Visit) -> Refusal {
    match failed(app, visit).await {
        Ok(()) => {
            Refused::new(Problem::InvalidToken, "the token is not good, or not any more").into()
        }
        Err(trouble) => trouble.into(),
    }
}

fn written(body: &[u8]) -> Result<Written, Refusal> {
    Written::parse(body).map_err(Refusal::Unfit)
}

fn unfit(field: &str, fault: &str) -> Refusal {
    let fault = ClientFault { field: field.to_owned(), fault: fault.to_owned() };
    Refusal::Unfit(Unfit(vec![fault]))
}

/// What a registration is answered with. Secrets are in it once, and kept as hashes only.
fn answer(
    app: &App,
    client: &Client,
    created_at: Instant,
    registration: &Token,
    secret: Option<&Token>,
) -> Map<String, Value> {
    let mut all = told(client);
    let mut put = |name: &str, value| drop(all.insert(name.to_owned(), value));
    let address = format!("{}/{}", address(app, paths::REGISTER), client.id());
    put("client_id_issued_at", json!(seconds(created_at)));
    put("registration_access_token", json!(registration.expose()));
    put("registration_client_uri", json!(address));
    if let Some(secret) = secret {
        put("client_secret", json!(secret.expose()));
        put("client_secret_expires_at", json!(0));
    }
    all
}
