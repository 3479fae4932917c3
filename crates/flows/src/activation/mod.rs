//! Activation (M12 to M15): a membership gets an account, task by task, with nobody to call.
//!
//! [`matching::find`] finds the membership and gives the browser a token; [`contacts`] proves an
//! address or a number by code; [`access`] opens the account with a password or a passkey; [`codes`]
//! sees that its recovery codes are saved. What was saved is kept for a week; [`resuming`] goes on
//! with it from the letter that was sent. Every step asks first whose turn it is (L-10).

pub mod access;
pub mod codes;
pub mod contacts;
pub mod matching;
pub mod resuming;

use payung_domain::activation::{PATIENCE, Progress, Proof, Stage};
use payung_domain::contact_codes::{Purpose, Undertaking};
use payung_domain::keyed::digest;
use payung_domain::second_factor::Destination;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::activations::{self, Activation, Given};
use payung_storage::{Fault, Tx, accounts};

use crate::{App, Visit};

/// What a browser's token of an activation is worth to one step.
#[derive(Debug)]
pub enum Found<T> {
    /// It is this step's turn.
    Open(T),
    /// It is the turn of another page.
    Elsewhere(Stage),
    /// There is no such activation in this browser, or it waited too long.
    Gone,
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// What the pages show.
#[derive(Clone, Debug)]
pub struct View {
    /// Everything that decides what comes next.
    pub progress: Progress,
    /// The address that was given.
    pub email: Option<Contact>,
    /// The number that was given.
    pub phone: Option<Contact>,
    /// Whether numbers can be confirmed here at all.
    pub sms_allowed: bool,
    /// Whether a password alone would leave a way for the second step.
    pub may_use_password: bool,
    /// Until when it can be gone on with.
    pub expires_at: Instant,
}

/// A contact that was given, as its owner typed it and as others may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// In full: for the field it was typed into.
    pub typed: String,
    /// Enough to recognise.
    pub masked: String,
    /// Whether its code came back.
    pub is_confirmed: bool,
}

/// An activation and how far it is.
struct Current {
    activation: Activation,
    progress: Progress,
}

/// Looks at the activation of a browser. Changes nothing.
pub async fn view(app: &App, visit: &Visit, token: &Token) -> Result<Option<View>, Fault> {
    let mut tx = app.store.read().await?;
    let found = activations::get(&mut tx, app.store.vault(), &token.hash()).await?;
    Ok(current(&mut tx, visit, found).await?.map(|current| current.view(app)))
}

/// Takes an activation from this browser; what was saved of it stays.
pub async fn leave(app: &App, token: &Token) -> Result<(), Fault> {
    let mut tx = app.store.write().await?;
    activations::leave(&mut tx, &token.hash()).await?;
    tx.commit().await
}

/// The activation of a token, kept from everybody else until the transaction ends.
async fn alone(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    token: &Token,
) -> Result<Option<Current>, Fault> {
    let found = activations::locked(tx, app.store.vault(), &token.hash()).await?;
    current(tx, visit, found).await
}

async fn current(
    tx: &mut Tx,
    visit: &Visit,
    found: Option<Activation>,
) -> Result<Option<Current>, Fault> {
    let is_alive = |activation: &Activation| {
        visit.now < activation.expires_at && visit.now.since(activation.seen_at) < PATIENCE
    };
    let Some(activation) = found.filter(is_alive) else { return Ok(None) };
    let account = accounts::of_person(tx, activation.person).await?;
    let is_open = activation.account.is_some();
    let progress = Progress {
        email: proof(activation.email.as_ref()),
        phone: proof(activation.phone.as_ref()),
        has_account: account.is_some() && !is_open,
        is_open,
        is_over: activation.codes_saved_at.is_some(),
    };
    Ok(Some(Current { activation, progress }))
}

fn proof<T>(given: Option<&Given<T>>) -> Proof {
    match given {
        None => Proof::None,
        Some(Given { confirmed_at: None, .. }) => Proof::Open,
        Some(Given { confirmed_at: Some(_), .. }) => Proof::Confirmed,
    }
}

impl Current {
    /// The contact whose code has to come back.
    fn waiting_for(&self) -> Option<Destination> {
        let is_open = |confirmed_at: Option<Instant>| confirmed_at.is_none();
        let email = self.activation.email.as_ref().filter(|given| is_open(given.confirmed_at));
        let phone = self.activation.phone.as_ref().filter(|given| is_open(given.confirmed_at));
        email
            .map(|given| Destination::Email(given.value.clone()))
            .or_else(|| phone.map(|given| Destination::Sms(given.value.clone())))
    }

    /// What codes are bound to: this very activation, whichever token it goes on under.
    fn undertaking(&self) -> Undertaking {
        Undertaking {
            id: digest(self.activation.id.as_bytes()),
            purpose: Purpose::Activation,
            // Not even where there is one: the page must not differ (L5).
            account: None,
            language: self.activation.language,
        }
    }

    /// Whether a second step could be done without a passkey: else a password opens nothing.
    fn may_use_password(&self, app: &App) -> bool {
        let is = |proof| proof == Proof::Confirmed;
        is(self.progress.email) && app.settings.email_codes
            || is(self.progress.phone) && app.settings.sms_codes
    }

    fn view(&self, app: &App) -> View {
        let Activation { email, phone, expires_at, .. } = &self.activation;
        View {
            progress: self.progress,
            email: email.as_ref().map(|given| {
                let to = Destination::Email(given.value.clone());
                contact(given.value.expose().to_owned(), &to, given.confirmed_at)
            }),
            phone: phone.as_ref().map(|given| {
                let national = given.value.expose().replacen("+62", "0", 1);
                contact(national, &Destination::Sms(given.value.clone()), given.confirmed_at)
            }),
            sms_allowed: app.settings.sms_codes,
            may_use_password: self.may_use_password(app),
            expires_at: *expires_at,
        }
    }
}

fn contact(typed: String, to: &Destination, confirmed_at: Option<Instant>) -> Contact {
    Contact { typed, masked: to.masked(), is_confirmed: confirmed_at.is_some() }
}
