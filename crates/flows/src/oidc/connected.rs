//! The applications a member has let in (M30), and letting them in no longer.

use payung_domain::activity::Event;
use payung_domain::ids::AccountId;
use payung_domain::oidc::scopes::Scopes;
use payung_domain::time::Instant;
use payung_storage::oidc::clients::{self, Kept};
use payung_storage::oidc::{consents, grants};
use payung_storage::{Fault, Tx};

use super::back_channel;
use crate::{App, Visit, notices};

/// An application that a member has let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connected {
    /// How it names itself in forms.
    pub id: String,
    /// What members read.
    pub name: String,
    /// Who answers for it.
    pub owner: String,
    /// What it may see.
    pub scopes: Scopes,
    /// Since when.
    pub since: Instant,
    /// When it last made use of that.
    pub used_at: Option<Instant>,
}

/// The applications a member has let in, the latest first.
pub async fn list(app: &App, account: AccountId) -> Result<Vec<Connected>, Fault> {
    let mut tx = app.store.read().await?;
    let given = consents::of_account(&mut tx, account).await?;
    let uses = grants::last_uses(&mut tx, account).await?;
    let mut connected: Vec<Connected> = Vec::new();
    for (id, consent) in given {
        if let Some(known) = connected.iter_mut().find(|known| known.id == id) {
            // An older consent: what was agreed to then is agreed to still.
            known.scopes = known.scopes.iter().chain(consent.scopes.iter()).collect();
            known.since = known.since.min(consent.given_at);
            continue;
        }
        let Some(kept) = clients::get(&mut tx, &id).await? else { continue };
        connected.push(Connected {
            name: kept.client.name().to_owned(),
            owner: kept.client.definition().owner.clone(),
            scopes: consent.scopes,
            since: consent.given_at,
            used_at: uses.iter().find(|(client, _)| *client == id).map(|(_, at)| *at),
            id,
        });
    }
    Ok(connected)
}

/// An application of the programme itself. It asks for no consent, so members read here which ones
/// those are, and can end what they hold (K-19, K-20).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// How it names itself in forms.
    pub id: String,
    /// What members read.
    pub name: String,
    /// Who answers for it.
    pub owner: String,
    /// What it does with what it learns, in Indonesian.
    pub purpose_id: String,
    /// The same in English.
    pub purpose_en: String,
    /// What it may see.
    pub scopes: Scopes,
    /// When it last made use of that.
    pub used_at: Option<Instant>,
    /// Whether it holds anything of this member.
    pub is_open: bool,
}

/// The applications of the programme itself that members sign in to, in the order of their names.
pub async fn own(app: &App, account: AccountId) -> Result<Vec<Own>, Fault> {
    let mut tx = app.store.read().await?;
    let uses = grants::last_uses(&mut tx, account).await?;
    let open = grants::open_clients(&mut tx, account).await?;
    let all = clients::all(&mut tx).await?;
    drop(tx);
    let is_own = |kept: &Kept| {
        let signs_in = !kept.client.scopes.is_empty();
        kept.disabled_at.is_none() && signs_in && kept.client.definition().first_party
    };
    let mut own: Vec<Own> = all
        .into_iter()
        .filter(is_own)
        .map(|kept| {
            let definition = kept.client.definition();
            let id = kept.client.id();
            Own {
                id: id.to_owned(),
                name: definition.client_name.clone(),
                owner: definition.owner.clone(),
                purpose_id: definition.purpose_id.clone(),
                purpose_en: definition.purpose_en.clone(),
                scopes: kept.client.scopes.clone(),
                used_at: uses.iter().find(|(client, _)| client == id).map(|(_, at)| *at),
                is_open: open.iter().any(|client| client == id),
            }
        })
        .collect();
    own.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(own)
}

/// Takes back what a member let an application do. Every token of it is dead when this returns
/// (K-20). `false` where there was nothing to take back.
pub async fn withdraw(
    app: &App,
    visit: &Visit,
    account: AccountId,
    client: &str,
) -> Result<bool, Fault> {
    let mut tx = app.store.write().await?;
    if !take_back(app, &mut tx, account, client, visit.now).await? {
        return Ok(false);
    }
    notices::note(app, &mut tx, visit, account, Event::AppDisconnected).await?;
    tx.commit().await?;
    Ok(true)
}

/// Ends consent and grants of a member for an application, and tells it so. `false` where there was
/// nothing to end.
pub(crate) async fn take_back(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    client: &str,
    now: Instant,
) -> Result<bool, Fault> {
    back_channel::application_is_left(app, tx, account, client, now).await?;
    let withdrawn = consents::withdraw(tx, account, client, now).await?;
    let ended = grants::end_for_client(tx, account, client, now).await?;
    Ok(withdrawn + ended > 0)
}
