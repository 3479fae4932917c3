//! The token endpoint: codes, refresh tokens and clients on their own account become tokens.

use payung_domain::keyed::Tag;
use payung_domain::oidc::clients::{Algorithm, Client, GrantType};
use payung_domain::oidc::devices::Poll;
use payung_domain::oidc::grants::{Grant, Refresh};
use payung_domain::oidc::parameters::Parameters;
use payung_domain::oidc::problems::{Problem, Refused};
use payung_domain::oidc::proofs::For;
use payung_domain::oidc::requests;
use payung_domain::oidc::scopes::{Scope, Scopes};
use payung_domain::oidc::tokens::{
    AccessToken, Confirmation, IdToken, Names, access_life, seconds,
};
use payung_domain::oidc::{levels::Level, pkce};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::oidc::{devices, grants};
use payung_storage::{Fault, Tx, accounts};
use serde::Serialize;
use serde_json::Map;

use super::clients::{Call, authenticate};
use super::{Trouble, address, issuer, jose, paths, people, possession, session_name, subject};
use crate::{App, Visit};

/// What access tokens are typed as (RFC 9068).
pub(super) const ACCESS: &str = "at+jwt";

/// The answer of the endpoint.
#[derive(Clone, Debug, Serialize)]
pub struct Tokens {
    /// The access token.
    pub access_token: String,
    /// `Bearer` or `DPoP`.
    pub token_type: &'static str,
    /// For how many seconds it works.
    pub expires_in: u64,
    /// What it may be used for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub scope: String,
    /// What gets the next one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// Who signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token: Option<String>,
}

/// Answers a call of the token endpoint.
pub async fn answer(app: &App, visit: &Visit, call: &Call) -> Result<Tokens, Trouble> {
    let client = authenticate(app, visit, call).await?;
    let parameters = &call.parameters;
    let asked = parameters.must("grant_type", "grant_type is missing")?;
    let known = GrantType::ALL.into_iter().find(|grant| grant.name() == asked);
    let Some(grant_type) = known else {
        let why = "grant_type is not one of those that are offered";
        return Err(Refused::new(Problem::UnsupportedGrantType, why).into());
    };
    if !client.may(grant_type) {
        let why = "the client was not registered for this grant";
        return Err(Refused::new(Problem::UnauthorizedClient, why).into());
    }
    let endpoint = address(app, paths::TOKEN);
    let proof_for = For { method: "POST", address: &endpoint, token: None };
    let key = possession::check(app, call.proof.as_deref(), proof_for, visit.now).await?;
    possession::has_nonce(app, &client, call.proof.as_deref(), visit.now)?;
    if key.is_none() && client.must_bind() {
        let why = "tokens of this client are bound to a key, and the proof of it is missing";
        return Err(Refused::new(Problem::InvalidDpopProof, why).into());
    }
    let caller = Caller { app, visit, now: visit.now, client: &client, key };
    match grant_type {
        GrantType::AuthorizationCode => caller.redeem(parameters).await,
        GrantType::RefreshToken => caller.refresh(parameters).await,
        GrantType::ClientCredentials => caller.on_own_account(parameters).await,
        GrantType::DeviceCode => caller.poll(parameters).await,
    }
}

/// A client that proved who it is, with the key it showed.
struct Caller<'a> {
    app: &'a App,
    visit: &'a Visit,
    now: Instant,
    client: &'a Client,
    key: Option<String>,
}

impl Caller<'_> {
    /// A code becomes tokens, once. A right code that comes twice ends what the first one opened; a
    /// wrong one changes nothing (K-04, O4).
    async fn redeem(&self, parameters: &Parameters) -> Result<Tokens, Trouble> {
        let (app, now) = (self.app, self.now);
        let code = parameters.must("code", "code is missing")?;
        let id = Token::parse(code).ok_or(Refused::grant())?.hash();
        let mut tx = app.store.write().await?;
        let kept = grants::code(&mut tx, app.store.vault(), &id, now).await?;
        let (kept, grant) = self.own(kept)?;
        let request = &grant.request;
        let is_right = parameters.get("redirect_uri") == Some(&request.way_back.address)
            && pkce::fits(request.challenge.as_deref(), parameters.get("code_verifier"))
            && request.key.as_ref().is_none_or(|key| self.key.as_ref() == Some(key));
        if !is_right {
            return Err(Refused::grant().into());
        }
        if kept.used_at.is_none() && now >= kept.expires_at {
            return Err(Refused::grant().into());
        }
        if !grants::use_code(&mut tx, &id, now).await? {
            grants::end(&mut tx, grant.id, now).await?;
            tx.commit().await?;
            return Err(Refused::grant().into());
        }
        grant.check(now).map_err(|_| Refused::grant())?;
        let resource = self.resource(&grant, parameters)?;
        let goes_on = self.client.may(GrantType::RefreshToken) && grant.is_offline();
        let refresh = if goes_on { Some(self.next_refresh(&mut tx, &grant).await?) } else { None };
        tx.commit().await?;
        // Signing takes its time, so no transaction is open.
        self.tokens(&grant, grant.scopes(), resource, refresh, true).await
    }

    /// A refresh token becomes tokens. Where it is used once, coming twice ends the family: one of
    /// the two who came with it is a thief (O5).
    async fn refresh(&self, parameters: &Parameters) -> Result<Tokens, Trouble> {
        let (app, now) = (self.app, self.now);
        let token = parameters.must("refresh_token", "refresh_token is missing")?;
        let id = Token::parse(token).ok_or(Refused::grant())?.hash();
        let mut tx = app.store.write().await?;
        let kept = grants::refresh(&mut tx, app.store.vault(), &id, now).await?;
        let (kept, grant) = self.own(kept)?;
        if kept.key.is_some() && kept.key != self.key {
            return Err(Refused::grant().into());
        }
        let uses_up = self.client.rotates();
        if kept.is_used_up {
            grants::end(&mut tx, grant.id, now).await?;
            tx.commit().await?;
            return Err(Refused::grant().into());
        }
        if kept.is_idle(now) || grant.check(now).is_err() {
            return Err(Refused::grant().into());
        }
        let scopes = match parameters.get("scope").map(Scopes::parse) {
            None => grant.scopes().clone(),
            Some(fewer) if !fewer.is_empty() && fewer.within(grant.scopes()) => fewer,
            Some(_) => {
                let why = "scope is more than was agreed to";
                return Err(Refused::new(Problem::InvalidScope, why).into());
            }
        };
        let resource = self.resource(&grant, parameters)?;
        if !grants::use_refresh(&mut tx, &id, uses_up, now).await? {
            grants::end(&mut tx, grant.id, now).await?;
            tx.commit().await?;
            return Err(Refused::grant().into());
        }
        let refresh = if uses_up { Some(self.next_refresh(&mut tx, &grant).await?) } else { None };
        tx.commit().await?;
        self.tokens(&grant, &scopes, resource, refresh, false).await
    }

    /// A device asks whether its member has answered (RFC 8628 section 3.4). Its code becomes tokens
    /// once; coming again after that ends what it opened, as with any code.
    async fn poll(&self, parameters: &Parameters) -> Result<Tokens, Trouble> {
        let (app, now) = (self.app, self.now);
        let code = parameters.must("device_code", "device_code is missing")?;
        let id = Token::parse(code).ok_or(Refused::grant())?.hash();
        let mut tx = app.store.write().await?;
        let kept = devices::locked(&mut tx, app.store.vault(), &id).await?;
        let kept = kept.filter(|kept| kept.asked.request.client == self.client.id());
        let waiting = kept.ok_or(Refused::grant())?;
        let (problem, why) = match waiting.poll(now) {
            Poll::Agreed(grant) => return self.redeem_device(tx, &id, grant, parameters).await,
            Poll::Used(grant) => {
                grants::end(&mut tx, grant, now).await?;
                tx.commit().await?;
                return Err(Refused::grant().into());
            }
            Poll::Pending => {
                devices::note_poll(&mut tx, &id, waiting.interval, now).await?;
                (Problem::AuthorizationPending, "the member has not answered yet")
            }
            Poll::TooSoon(interval) => {
                devices::note_poll(&mut tx, &id, interval, now).await?;
                (Problem::SlowDown, "ask five seconds further apart from now on")
            }
            Poll::Refused => (Problem::AccessDenied, "the member did not agree"),
            Poll::Expired => (Problem::ExpiredToken, "the member did not answer in time"),
        };
        tx.commit().await?;
        Err(Refused::new(problem, why).into())
    }

    async fn redeem_device(
        &self,
        mut tx: Tx,
        id: &Tag,
        grant: uuid::Uuid,
        parameters: &Parameters,
    ) -> Result<Tokens, Trouble> {
        let grant = self.grant(&mut tx, grant).await?;
        grant.check(self.now).map_err(|_| Refused::grant())?;
        let resource = self.resource(&grant, parameters)?;
        if !devices::use_up(&mut tx, id, self.now).await? {
            return Err(Refused::grant().into());
        }
        let goes_on = self.client.may(GrantType::RefreshToken) && grant.is_offline();
        let refresh = if goes_on { Some(self.next_refresh(&mut tx, &grant).await?) } else { None };
        tx.commit().await?;
        self.tokens(&grant, grant.scopes(), resource, refresh, true).await
    }

    /// A client on its own account: what belongs to members is not for it (O10).
    async fn on_own_account(&self, parameters: &Parameters) -> Result<Tokens, Trouble> {
        if parameters.has("scope") {
            let why = "there is no scope without a member";
            return Err(Refused::new(Problem::InvalidScope, why).into());
        }
        let resource = requests::resource(self.client, parameters)?;
        let mut token = self.access(self.client.id(), resource);
        token.cnf = self.key.clone().map(|jkt| Confirmation { jkt });
        Ok(Tokens {
            access_token: self.signed(&token).await?,
            token_type: self.token_type(),
            expires_in: access_life(self.client).as_secs(),
            scope: String::new(),
            refresh_token: None,
            id_token: None,
        })
    }

    /// A code or token with its grant, if that is this client's. Another client's is as good as none,
    /// and nothing happens to it.
    fn own<T>(&self, kept: Option<(T, Grant)>) -> Result<(T, Grant), Refused> {
        kept.filter(|(_, grant)| grant.client == self.client.id()).ok_or(Refused::grant())
    }

    /// The same for the grant of a device.
    async fn grant(&self, tx: &mut Tx, id: uuid::Uuid) -> Result<Grant, Trouble> {
        let grant = grants::get(tx, self.app.store.vault(), id, self.now).await?;
        let grant = grant.filter(|grant| grant.client == self.client.id());
        Ok(grant.ok_or(Refused::grant())?)
    }

    /// The resource that was agreed to; a token call may repeat it, not change it.
    fn resource(&self, grant: &Grant, parameters: &Parameters) -> Result<Option<String>, Refused> {
        let asked = requests::resource(self.client, parameters)?;
        let agreed = &grant.request.resource;
        if asked.is_some() && asked != *agreed {
            return Err(Refused::new(Problem::InvalidTarget, "that resource was not asked for"));
        }
        Ok(agreed.clone())
    }

    async fn next_refresh(&self, tx: &mut Tx, grant: &Grant) -> Result<Token, Fault> {
        let token = Token::new(&*self.app.dice);
        let kept = Refresh {
            grant: grant.id,
            account: grant.account,
            made_at: self.now,
            used_at: None,
            is_used_up: false,
            // RFC 9449 section 5: others are bound to the client, which proves who it is.
            key: self.key.clone().filter(|_| self.client.is_public()),
        };
        grants::add_refresh(tx, &token.hash(), &kept).await?;
        Ok(token)
    }

    async fn tokens(
        &self,
        grant: &Grant,
        scopes: &Scopes,
        resource: Option<String>,
        refresh: Option<Token>,
        is_first: bool,
    ) -> Result<Tokens, Trouble> {
        let subject = subject(self.app, self.client, grant.account);
        let mut token = self.access(&subject, resource);
        token.scope = scopes.to_string();
        token.grant = Some(grant.id);
        token.auth_time = Some(seconds(grant.proved_at));
        token.acr = Some(grant.request.told_level(Level::of(grant.way)).acr().to_owned());
        token.cnf = self.key.clone().map(|jkt| Confirmation { jkt });
        let id_token = if scopes.has(Scope::OpenId) {
            Some(self.id_token(grant, &subject, is_first).await?)
        } else {
            None
        };
        Ok(Tokens {
            access_token: self.signed(&token).await?,
            token_type: self.token_type(),
            expires_in: access_life(self.client).as_secs(),
            scope: token.scope,
            refresh_token: refresh.map(|token| token.expose().to_owned()),
            id_token,
        })
    }

    async fn id_token(
        &self,
        grant: &Grant,
        subject: &str,
        is_first: bool,
    ) -> Result<String, Fault> {
        let wanted = &grant.request.claims.id_token;
        let mut about = Map::new();
        if !wanted.is_empty() {
            let mut tx = self.app.store.look().await?;
            let account = accounts::get(&mut tx, grant.account).await?;
            drop(tx);
            if let Some(account) = account {
                let none = Scopes::default();
                about = people::about(self.app, self.visit, &account, &none, wanted).await?;
            }
        }
        let (account, opened_at) = (grant.account, grant.session_opened_at);
        let session = session_name(self.app, self.client, account, opened_at);
        let token = self.app.dice.id().simple().to_string();
        let issuer = issuer(self.app);
        let names = Names { issuer, subject, session: &session, token: &token };
        let mut claims = IdToken::of(grant, names, about, self.now);
        if !is_first {
            // Core 12.2: it belonged to the first answer.
            claims.nonce = None;
        }
        jose::sign(self.app, self.client.id_token, "JWT", &claims, self.now).await
    }

    fn access(&self, subject: &str, resource: Option<String>) -> AccessToken {
        AccessToken {
            iss: issuer(self.app).to_owned(),
            sub: subject.to_owned(),
            aud: resource.unwrap_or_else(|| issuer(self.app).to_owned()),
            exp: seconds(self.now.plus(access_life(self.client))),
            iat: seconds(self.now),
            jti: self.app.dice.id().simple().to_string(),
            client_id: self.client.id().to_owned(),
            scope: String::new(),
            grant: None,
            auth_time: None,
            acr: None,
            cnf: None,
        }
    }

    /// Access tokens are for our own resources and those that trust us: always the quick algorithm,
    /// whatever a client wants for its ID tokens.
    async fn signed(&self, token: &AccessToken) -> Result<String, Fault> {
        jose::sign(self.app, Algorithm::Es256, ACCESS, token, self.now).await
    }

    const fn token_type(&self) -> &'static str {
        if self.key.is_some() { "DPoP" } else { "Bearer" }
    }
}
