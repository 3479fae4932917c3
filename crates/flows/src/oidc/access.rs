//! What a token is worth: for the claims about a member, for whoever asks, and taking it back.

use payung_domain::accounts::Account;
use payung_domain::oidc::clients::Client;
use payung_domain::oidc::grants::{Grant, Refresh};
use payung_domain::oidc::problems::{Problem, Refused};
use payung_domain::oidc::proofs::For;
use payung_domain::oidc::scopes::{Scope, Scopes};
use payung_domain::oidc::tokens::{AccessToken, seconds};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::Fault;
use payung_storage::oidc::grants::{self, Standing};
use payung_storage::oidc::{clients, used_ids};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::clients::{Call, authenticate};
use super::{Trouble, address, issuer, jose, paths, people, possession, token};
use crate::{App, Visit};

/// The type of signed introspection.
pub const INTROSPECTION: &str = "token-introspection+jwt";

/// How an access token was brought.
#[derive(Clone, Debug)]
pub struct Brought {
    /// The token.
    pub token: String,
    /// Whether under the name `DPoP`.
    pub is_bound: bool,
    /// The proof beside it.
    pub proof: Option<String>,
    /// `GET`, `HEAD` or `POST`.
    pub method: &'static str,
}

/// What userinfo answers.
#[derive(Clone, Debug)]
pub enum Userinfo {
    /// Claims, as JSON.
    Plain(Map<String, Value>),
    /// Claims, signed.
    Signed(String),
}

/// The claims about the member of an access token.
pub async fn userinfo(app: &App, visit: &Visit, brought: &Brought) -> Result<Userinfo, Trouble> {
    let endpoint = address(app, paths::USERINFO);
    let good = presented(app, visit, brought, issuer(app), &endpoint).await?;
    let scopes = Scopes::parse(&good.token.scope);
    let (grant, account) = good.behalf.ok_or(unknown())?;
    if !scopes.has(Scope::OpenId) {
        let why = "the token is not for claims about a member";
        return Err(Refused::new(Problem::InsufficientScope, why).into());
    }
    // A narrower token tells less, and single wishes go with the whole grant only.
    let single = if scopes == *grant.scopes() { &*grant.request.claims.userinfo } else { &[] };
    let mut claims = people::about(app, visit, &account, &scopes, single).await?;
    claims.insert("sub".to_owned(), json!(good.token.sub));
    match good.client.userinfo {
        None => Ok(Userinfo::Plain(claims)),
        Some(algorithm) => {
            claims.insert("iss".to_owned(), json!(issuer(app)));
            claims.insert("aud".to_owned(), json!(good.client.id()));
            claims.insert("iat".to_owned(), json!(seconds(visit.now)));
            Ok(Userinfo::Signed(jose::sign(app, algorithm, "JWT", &claims, visit.now).await?))
        }
    }
}

/// A token that was brought to an endpoint and is good for this audience, with the proof of the key
/// it is bound to where it is bound to one.
pub(crate) async fn presented(
    app: &App,
    visit: &Visit,
    brought: &Brought,
    audience: &str,
    endpoint: &str,
) -> Result<Good, Trouble> {
    let Some(good) = good(app, &brought.token, visit.now).await? else {
        return Err(unknown().into());
    };
    if good.token.aud != audience {
        return Err(unknown().into());
    }
    let request = For { method: brought.method, address: endpoint, token: Some(&brought.token) };
    match good.token.key() {
        Some(key) => {
            let proof = brought.proof.as_deref().filter(|_| brought.is_bound);
            let shown = possession::check(app, proof, request, visit.now).await?;
            if shown.as_deref() != Some(key) {
                return Err(unknown().into());
            }
            possession::has_nonce(app, &good.client, proof, visit.now)?;
        }
        None if brought.is_bound => return Err(unknown().into()),
        None => {}
    }
    Ok(good)
}

/// One refusal of a token, whatever the reason is.
pub(crate) const fn unknown() -> Refused {
    Refused::new(Problem::InvalidToken, "the token is not good, or not any more")
}

/// What a token is worth to the client that asks: all it needs, or `active: false` (K-22).
pub async fn introspect(app: &App, visit: &Visit, call: &Call) -> Result<Value, Trouble> {
    let caller = asking(app, visit, call).await?;
    worth(app, visit, &caller, call).await
}

/// The same, signed, for those who keep it as evidence (RFC 9701).
pub async fn introspect_signed(app: &App, visit: &Visit, call: &Call) -> Result<String, Trouble> {
    let caller = asking(app, visit, call).await?;
    let told = worth(app, visit, &caller, call).await?;
    let claims = json!({
        "iss": issuer(app), "aud": caller.id(), "iat": seconds(visit.now),
        "token_introspection": told,
    });
    Ok(jose::sign(app, caller.introspection, INTROSPECTION, &claims, visit.now).await?)
}

/// Who asks. Anybody could say that they are a client without a proof.
async fn asking(app: &App, visit: &Visit, call: &Call) -> Result<Client, Trouble> {
    let caller = authenticate(app, visit, call).await?;
    if caller.is_public() { Err(Refused::client().into()) } else { Ok(caller) }
}

async fn worth(app: &App, visit: &Visit, caller: &Client, call: &Call) -> Result<Value, Trouble> {
    let given = call.parameters.must("token", "token is missing")?;
    let inactive = json!({ "active": false });
    if let Some(good) = good(app, given, visit.now).await? {
        let token = good.token;
        if token.client_id != caller.id() && !caller.may_reach(&token.aud) {
            return Ok(inactive);
        }
        let kind = if token.cnf.is_some() { "DPoP" } else { "Bearer" };
        let mut told =
            serde_json::to_value(&token).map_err(Fault::while_doing("telling of a token"))?;
        told["active"] = json!(true);
        told["token_type"] = json!(kind);
        return Ok(told);
    }
    let Some(id) = Token::parse(given) else { return Ok(inactive) };
    let mut tx = app.store.look().await?;
    let kept = grants::refresh(&mut tx, app.store.vault(), &id.hash(), visit.now).await?;
    let is_good = |(kept, grant): &(Refresh, Grant)| {
        grant.client == caller.id()
            && grant.check(visit.now).is_ok()
            && !kept.is_used_up
            && !kept.is_idle(visit.now)
    };
    Ok(match kept.filter(is_good) {
        None => inactive,
        Some((kept, grant)) => json!({
            "active": true, "client_id": grant.client, "scope": grant.scopes().to_string(),
            "iss": issuer(app), "iat": seconds(kept.made_at),
        }),
    })
}

/// Takes a token back. Unknown ones, and those of others, are none: the answer is the same (K-22).
pub async fn revoke(app: &App, visit: &Visit, call: &Call) -> Result<(), Trouble> {
    let caller = authenticate(app, visit, call).await?;
    let given = call.parameters.must("token", "token is missing")?;
    if let Some(id) = Token::parse(given) {
        let mut tx = app.store.write().await?;
        let kept = grants::refresh(&mut tx, app.store.vault(), &id.hash(), visit.now).await?;
        if let Some((_, grant)) = kept.filter(|(_, grant)| grant.client == caller.id()) {
            grants::end(&mut tx, grant.id, visit.now).await?;
            tx.commit().await?;
        }
        return Ok(());
    }
    let opened: Option<AccessToken> = jose::opened(app, given, token::ACCESS, visit.now).await?;
    if let Some(token) = opened.filter(|token| token.client_id == caller.id()) {
        let until = Instant::from_micros(token.exp.saturating_mul(1_000_000));
        let mut tx = app.store.write().await?;
        used_ids::use_up(&mut tx, &revoked(app, &token.jti), until).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// An access token that is good, with what it hangs on.
pub(crate) struct Good {
    pub(crate) token: AccessToken,
    client: Client,
    /// What the member agreed to, and who that is; a client on its own account has neither.
    pub(crate) behalf: Option<(Grant, Account)>,
}

/// Looks a token up: our signature, its type, its time, that it was not taken back, and that client,
/// grant, account and session still stand behind it (R7).
async fn good(app: &App, given: &str, now: Instant) -> Result<Option<Good>, Fault> {
    let opened: Option<AccessToken> = jose::opened(app, given, token::ACCESS, now).await?;
    let Some(token) = opened.filter(|token| token.iss == issuer(app) && token.is_good(now)) else {
        return Ok(None);
    };
    match token.grant {
        Some(id) => of_member(app, token, id, now).await,
        None => of_client(app, token).await,
    }
}

async fn of_member(
    app: &App,
    token: AccessToken,
    grant: Uuid,
    now: Instant,
) -> Result<Option<Good>, Fault> {
    let revoked = revoked(app, &token.jti);
    let mut tx = app.store.look().await?;
    let standing = grants::standing(&mut tx, app.store.vault(), grant, &revoked, now).await?;
    drop(tx);
    let is_good = |standing: &Standing| {
        !standing.is_revoked
            && standing.grant.client == token.client_id
            && standing.grant.check(now).is_ok()
    };
    Ok(standing.filter(is_good).map(|Standing { grant, client, account, .. }| Good {
        token,
        client,
        behalf: Some((grant, account)),
    }))
}

async fn of_client(app: &App, token: AccessToken) -> Result<Option<Good>, Fault> {
    let mut tx = app.store.read().await?;
    if used_ids::is_used(&mut tx, &revoked(app, &token.jti)).await? {
        return Ok(None);
    }
    let kept = clients::get(&mut tx, &token.client_id).await?;
    let enabled = kept.filter(|kept| kept.disabled_at.is_none());
    Ok(enabled.map(|kept| Good { token, client: kept.client, behalf: None }))
}

fn revoked(app: &App, id: &str) -> payung_domain::keyed::Tag {
    app.keys.counters.tag(&[b"revoked", id.as_bytes()])
}
