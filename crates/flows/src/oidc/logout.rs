//! Ending a session because an application asks for it (OpenID Connect RP-Initiated Logout).

use payung_domain::keyed::same;
use payung_domain::oidc::clients::Client;
use payung_domain::oidc::parameters::Parameters;
use payung_domain::oidc::tokens::IdToken;
use payung_domain::token::Token;
use payung_storage::Fault;

use super::clients::enabled;
use super::{issuer, jose, session_name};
use crate::percent::encoded;
use crate::sessions::{self, SignedIn};
use crate::{App, Visit};

/// What comes of asking for a logout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The request is broken or nobody's: a page says so, and nothing else happens.
    Refused,
    /// The member is asked first.
    Ask {
        /// Which application asks, where it says so in a way we can check.
        app: Option<String>,
    },
    /// The session is over, or there was none. Then the browser goes there.
    Done {
        /// The registered address, with the state; none leads to a page of ours.
        to: Option<String>,
    },
}

/// Looks at a logout that an application asks for, and ends the session where the request shows that
/// it knows it; else the member is asked (K-25).
pub async fn asked(
    app: &App,
    visit: &Visit,
    parameters: &Parameters,
    member: Option<&SignedIn>,
    session: Option<&Token>,
) -> Result<Answer, Fault> {
    let Some(wish) = read(app, visit, parameters).await? else { return Ok(Answer::Refused) };
    let Some(member) = member else { return Ok(Answer::Done { to: wish.to }) };
    let (account, opened_at) = (member.account.id, member.session.created_at);
    let current = wish.client.as_ref().map(|client| session_name(app, client, account, opened_at));
    let knows = match (&wish.session, &current) {
        (Some(named), Some(current)) => same(named.as_bytes(), current.as_bytes()),
        _ => false,
    };
    if !knows {
        return Ok(Answer::Ask { app: wish.client.map(|client| client.name().to_owned()) });
    }
    if let Some(session) = session {
        sessions::end(app, visit, session).await?;
    }
    Ok(Answer::Done { to: wish.to })
}

/// Ends the session because the member said so, and says where to go.
pub async fn agreed(
    app: &App,
    visit: &Visit,
    parameters: &Parameters,
    session: &Token,
) -> Result<Answer, Fault> {
    let Some(wish) = read(app, visit, parameters).await? else { return Ok(Answer::Refused) };
    sessions::end(app, visit, session).await?;
    Ok(Answer::Done { to: wish.to })
}

struct Wish {
    client: Option<Client>,
    session: Option<String>,
    to: Option<String>,
}

/// Reads a request; `None` for one that is broken, forged or leads anywhere but to a registered
/// address of the client whose ID token comes with it (O2).
async fn read(app: &App, visit: &Visit, parameters: &Parameters) -> Result<Option<Wish>, Fault> {
    let hint = match parameters.get("id_token_hint") {
        None => None,
        // An ID token that is too old still says whose it was.
        Some(hint) => match jose::opened::<IdToken>(app, hint, "JWT", visit.now).await? {
            Some(hint) if hint.iss == issuer(app) => Some(hint),
            _ => return Ok(None),
        },
    };
    let named = parameters.get("client_id");
    if let (Some(hint), Some(named)) = (&hint, named)
        && hint.aud != named
    {
        return Ok(None);
    }
    let client = match hint.as_ref().map(|hint| &*hint.aud).or(named) {
        None => None,
        Some(id) => match enabled(app, id).await? {
            Some(client) => Some(client),
            None => return Ok(None),
        },
    };
    let to = match parameters.get("post_logout_redirect_uri") {
        None => None,
        Some(address) => {
            let is_registered = client.as_ref().is_some_and(|client| {
                client.definition().post_logout_redirect_uris.iter().any(|known| known == address)
            });
            if hint.is_none() || !is_registered {
                return Ok(None);
            }
            Some(with_state(address, parameters.get("state")))
        }
    };
    Ok(Some(Wish { client, session: hint.map(|hint| hint.sid), to }))
}

fn with_state(address: &str, state: Option<&str>) -> String {
    let Some(state) = state else { return address.to_owned() };
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}state={}", encoded(state))
}
