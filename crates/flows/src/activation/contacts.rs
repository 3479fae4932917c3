//! Confirming an address, a number, or both (M13): a code goes there and comes back.

use payung_domain::activation::Stage;
use payung_domain::contact::{Email, Phone};
use payung_domain::notify::Notice;
use payung_domain::second_factor::{CodeProblem, Destination, Sending};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::{Fault, Tx, accounts, activations, contacts};

use super::{Current, Found, alone};
use crate::contact_changes::begin::tell_owner;
use crate::contact_codes::{self, Checked, Waiting};
use crate::gates::{self, Door};
use crate::{App, Visit, notices};

/// Keeps what was given and sends the first code. A contact that was confirmed and is given again
/// stays so; another one has to be confirmed itself (R9).
pub async fn set(
    app: &App,
    visit: &Visit,
    token: &Token,
    email: Option<&Email>,
    phone: Option<&Phone>,
) -> Result<Found<Sending>, Fault> {
    if let Some(until) = gates::too_many_by_now(app, visit, Door::Contact).await? {
        return Ok(Found::TooMany { until });
    }
    let vault = app.store.vault();
    let mut tx = app.store.write().await?;
    let Some(current) = alone(app, &mut tx, visit, token).await? else { return Ok(Found::Gone) };
    if !current.progress.may_change_contacts() {
        return Ok(Found::Elsewhere(current.progress.stage()));
    }
    let activation = &current.activation;
    // Where no text messages go, no number can be confirmed.
    let phone = phone.filter(|_| app.settings.sms_codes);
    if activation.email.as_ref().map(|given| &given.value) != email {
        activations::set_email(&mut tx, vault, activation, email).await?;
    }
    if activation.phone.as_ref().map(|given| &given.value) != phone {
        activations::set_phone(&mut tx, vault, activation, phone).await?;
    }
    activations::touch(&mut tx, activation, visit.now).await?;
    let sending = send_next(app, &mut tx, visit, token).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Found::Open(sending))
}

/// A code that is waited for.
#[derive(Clone, Debug)]
pub struct Step {
    /// Where it goes.
    pub to: Destination,
    /// How far it is.
    pub waiting: Waiting,
    /// Whether the other contact is confirmed, so that this one may be left out.
    pub may_skip: bool,
}

/// Looks at the code that is waited for.
pub async fn view_code(app: &App, visit: &Visit, token: &Token) -> Result<Found<Step>, Fault> {
    let mut tx = app.store.read().await?;
    let found = activations::get(&mut tx, app.store.vault(), &token.hash()).await?;
    let Some(current) = super::current(&mut tx, visit, found).await? else {
        return Ok(Found::Gone);
    };
    let Some(to) = current.waiting_for().filter(|_| current.is_at(Stage::Code)) else {
        return Ok(Found::Elsewhere(current.progress.stage()));
    };
    let undertaking = current.undertaking();
    let waiting = contact_codes::view(app, &mut tx, visit, &undertaking, &to).await?;
    Ok(Found::Open(Step { to, waiting, may_skip: current.has_confirmed() }))
}

/// What follows a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is right, and this comes next.
    Right(Stage),
    /// It was right, but its time is over; another one was sent, or could not be.
    Late(Sending),
    /// It does not match.
    Wrong,
    /// Too many misses: no try before this moment.
    Paused(Instant),
    /// What was typed is no code. Costs no try.
    Unreadable(CodeProblem),
}

/// Checks a code. Everything it changes is one transaction.
pub async fn check(
    app: &App,
    visit: &Visit,
    token: &Token,
    typed: &str,
) -> Result<Found<Answer>, Fault> {
    if let Some(until) = gates::too_many_by_now(app, visit, Door::Contact).await? {
        return Ok(Found::TooMany { until });
    }
    let now = visit.now;
    let mut tx = app.store.write().await?;
    let Some(current) = alone(app, &mut tx, visit, token).await? else { return Ok(Found::Gone) };
    let Some(to) = current.waiting_for().filter(|_| current.is_at(Stage::Code)) else {
        return Ok(Found::Elsewhere(current.progress.stage()));
    };
    let undertaking = current.undertaking();
    let checked = contact_codes::check(app, &mut tx, visit, &undertaking, &to, typed).await?;
    activations::touch(&mut tx, &current.activation, now).await?;
    let answer = match checked {
        Checked::Right => {
            match &to {
                Destination::Email(email) => {
                    activations::confirm_email(&mut tx, &current.activation, now).await?;
                    send_link(app, &mut tx, visit, &current, email).await?;
                }
                Destination::Sms(_) => {
                    activations::confirm_phone(&mut tx, &current.activation, now).await?;
                }
            }
            send_next(app, &mut tx, visit, token).await?;
            let after = alone(app, &mut tx, visit, token).await?;
            Answer::Right(after.map_or(Stage::Contact, |after| after.progress.stage()))
        }
        Checked::Late => Answer::Late(send(app, &mut tx, visit, &current, &to).await?),
        Checked::Wrong => Answer::Wrong,
        Checked::Paused(until) => Answer::Paused(until),
        Checked::Unreadable(problem) => Answer::Unreadable(problem),
    };
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Found::Open(answer))
}

/// Sends another code.
pub async fn resend(app: &App, visit: &Visit, token: &Token) -> Result<Found<Sending>, Fault> {
    if let Some(until) = gates::too_many_by_now(app, visit, Door::Contact).await? {
        return Ok(Found::TooMany { until });
    }
    let mut tx = app.store.write().await?;
    let Some(current) = alone(app, &mut tx, visit, token).await? else { return Ok(Found::Gone) };
    let Some(to) = current.waiting_for().filter(|_| current.is_at(Stage::Code)) else {
        return Ok(Found::Elsewhere(current.progress.stage()));
    };
    activations::touch(&mut tx, &current.activation, visit.now).await?;
    let sending = send(app, &mut tx, visit, &current, &to).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Found::Open(sending))
}

/// Leaves out the contact that is waited for, where the other one is confirmed.
pub async fn skip(app: &App, visit: &Visit, token: &Token) -> Result<Found<Stage>, Fault> {
    let vault = app.store.vault();
    let mut tx = app.store.write().await?;
    let Some(current) = alone(app, &mut tx, visit, token).await? else { return Ok(Found::Gone) };
    if !current.is_at(Stage::Code) || !current.has_confirmed() {
        return Ok(Found::Elsewhere(current.progress.stage()));
    }
    let activation = &current.activation;
    match current.waiting_for() {
        Some(Destination::Email(_)) => {
            activations::set_email(&mut tx, vault, activation, None).await?;
        }
        Some(Destination::Sms(_)) | None => {
            activations::set_phone(&mut tx, vault, activation, None).await?;
        }
    }
    activations::touch(&mut tx, activation, visit.now).await?;
    let after = alone(app, &mut tx, visit, token).await?;
    tx.commit().await?;
    Ok(Found::Open(after.map_or(Stage::Contact, |after| after.progress.stage())))
}

/// Sends a code to the contact whose turn it is now, if there is one.
async fn send_next(app: &App, tx: &mut Tx, visit: &Visit, token: &Token) -> Result<Sending, Fault> {
    let Some(current) = alone(app, tx, visit, token).await? else { return Ok(Sending::Now) };
    match current.waiting_for() {
        Some(to) => send(app, tx, visit, &current, &to).await,
        None => Ok(Sending::Now),
    }
}

/// Sends a code. An address names one account: where it names somebody else's, its owner is told so
/// instead, and the page says the same (F-03). A number may be shared in a family.
async fn send(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    current: &Current,
    to: &Destination,
) -> Result<Sending, Fault> {
    let undertaking = current.undertaking();
    let owner = match to {
        Destination::Email(_) => contacts::owner(tx, app.store.vault(), to, visit.now).await?,
        Destination::Sms(_) => None,
    };
    let own = accounts::of_person(tx, current.activation.person).await?.map(|own| own.id);
    match owner.filter(|owner| Some(*owner) != own) {
        None => contact_codes::send(app, tx, visit, &undertaking, to).await,
        Some(owner) => {
            let sending = contact_codes::feign(app, tx, visit, &undertaking, to).await?;
            if sending == Sending::Now {
                tell_owner(app, tx, visit, owner, to).await?;
            }
            Ok(sending)
        }
    }
}

/// A link to go on from any browser, to the address that was just confirmed.
async fn send_link(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    current: &Current,
    email: &Email,
) -> Result<(), Fault> {
    let link = Token::new(&*app.dice);
    let activation = &current.activation;
    activations::set_link(tx, activation, &link.hash()).await?;
    let (token, until) = (link.expose().to_owned(), activation.expires_at);
    let notice = Notice::ActivationLink { token, until };
    let reader = (None, activation.language);
    let to = Destination::Email(email.clone());
    notices::tell_contact(app, tx, reader, to, notice, visit.now).await
}

impl Current {
    pub(super) fn is_at(&self, stage: Stage) -> bool {
        self.progress.stage() == stage
    }

    fn has_confirmed(&self) -> bool {
        let Self { activation, .. } = self;
        let email = activation.email.as_ref().is_some_and(|given| given.confirmed_at.is_some());
        let phone = activation.phone.as_ref().is_some_and(|given| given.confirmed_at.is_some());
        email || phone
    }
}
