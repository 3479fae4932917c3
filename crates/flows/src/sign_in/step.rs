//! Between the password and the second step: what the page shows, choosing a way, sending again.

use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::ids::AccountId;
use payung_domain::lockout::Verdict;
use payung_domain::second_factor::{self, Destination, Sending, Way, Ways, may_resend};
use payung_domain::sessions::State;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::sign_ins::SignIn;
use payung_storage::{Fault, Tx, accounts, sessions, sign_ins, throttles};

use crate::{App, Visit};

/// A sign-in that waits for its second step.
#[derive(Debug)]
pub struct Step {
    /// Whose password was right.
    pub account: AccountId,
    /// The ways that are open, strongest first.
    pub ways: Vec<OpenWay>,
    /// The chosen one.
    pub chosen: Option<OpenWay>,
    /// The one that is ticked before a choice: the member's own first.
    pub first: Option<Way>,
    /// The path it leads to, where it proves a session again; none where it opens one.
    pub proves_for: Option<String>,
    /// Whether this browser may be remembered at the end of it.
    pub may_remember: bool,
    /// When the newest code stops being good; none when none was sent.
    pub code_until: Option<Instant>,
    /// When another code may be asked for.
    pub resend_at: Instant,
    /// No try is taken before this moment.
    pub paused_until: Option<Instant>,
    /// No try of a code is taken until a passkey opens the second step, or somebody does (E-01).
    pub is_locked: bool,
    /// In which zone the member reads the clock.
    pub zone: payung_domain::time::Zone,
}

/// A way and where it leads, masked: enough to recognise, not enough to learn (F-04).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenWay {
    /// A passkey: the browser asks for it.
    Passkey,
    /// The authenticator app.
    Totp,
    /// A text message to a number that ends so.
    Sms {
        /// The last two digits.
        ending: String,
    },
    /// A letter to this address.
    Email {
        /// The address behind dots.
        masked: String,
    },
    /// One of the recovery codes on paper.
    RecoveryCode,
}

impl OpenWay {
    /// Which way it is.
    #[must_use]
    pub const fn way(&self) -> Way {
        match self {
            Self::Passkey => Way::Passkey,
            Self::Totp => Way::Totp,
            Self::Sms { .. } => Way::Sms,
            Self::Email { .. } => Way::Email,
            Self::RecoveryCode => Way::RecoveryCode,
        }
    }
}

/// What a browser's token of a sign-in is worth.
#[derive(Debug)]
pub enum Found<T> {
    /// It waits for its second step.
    Open(T),
    /// It was finished at this moment.
    Finished(Instant),
    /// There is none, or it took too long.
    Gone,
}

/// What the pages of the second step show.
pub async fn view(app: &App, visit: &Visit, token: &Token) -> Result<Found<Step>, Fault> {
    let mut tx = app.store.read().await?;
    let (sign_in, account) = match open(&mut tx, visit, token).await? {
        Found::Open(found) => found,
        Found::Finished(at) => return Ok(Found::Finished(at)),
        Found::Gone => return Ok(Found::Gone),
    };
    let ways = super::ways(app, &mut tx, account.id, visit.now).await?;
    let codes = sign_ins::codes(&mut tx, &sign_in.id).await?;
    let sent: Vec<Instant> = codes.iter().map(|(code, _)| code.sent_at()).collect();
    let counter = throttles::get(&mut tx, &super::code_subject(app, account.id)).await?;
    let verdict = second_factor::may_try(counter, visit.now);
    let open = super::ways_of(&ways, &sign_in);
    Ok(Found::Open(Step {
        account: account.id,
        first: ways.first().filter(|way| open.contains(way)).or(open.first().copied()),
        ways: open.into_iter().map(|way| masked(&ways, way)).collect(),
        chosen: sign_in.way.map(|way| masked(&ways, way)),
        may_remember: sign_in.renews.is_none() && !sign_in.is_shared_device,
        proves_for: sign_in.renews.is_some().then_some(sign_in.landing),
        code_until: codes.first().map(|(code, _)| code.expires_at()),
        resend_at: match may_resend(&sent, visit.now) {
            Sending::Wait(until) => until,
            Sending::Now | Sending::NoMoreToday => visit.now,
        },
        paused_until: match verdict {
            Verdict::Paused(until) => Some(until),
            Verdict::Locked | Verdict::Try(_) => None,
        },
        is_locked: verdict == Verdict::Locked,
        zone: account.zone,
    }))
}

/// What came of asking for a way or for another code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The way is chosen; a code is on its way where it is one that sends.
    Done,
    /// The way is chosen, but sending must wait until then.
    Wait(Instant),
    /// The way is chosen, but nothing is sent to there any more today.
    NoMoreToday,
    /// That way is not open to this account.
    NotOpen,
}

/// Chooses a way and sends its first code.
pub async fn choose(
    app: &App,
    visit: &Visit,
    token: &Token,
    way: Way,
) -> Result<Found<Asked>, Fault> {
    let mut tx = app.store.write().await?;
    let (sign_in, account) = match open_alone(&mut tx, visit, token).await? {
        Found::Open(found) => found,
        Found::Finished(at) => return Ok(Found::Finished(at)),
        Found::Gone => return Ok(Found::Gone),
    };
    let ways = super::ways(app, &mut tx, account.id, visit.now).await?;
    if !super::ways_of(&ways, &sign_in).contains(&way) {
        return Ok(Found::Open(Asked::NotOpen));
    }
    sign_ins::choose(&mut tx, &sign_in.id, way).await?;
    let sending = super::begin_way(app, &mut tx, visit, &account, &sign_in, &ways, way).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Found::Open(asked(sending)))
}

/// Sends another code by the way that was chosen.
pub async fn resend(app: &App, visit: &Visit, token: &Token) -> Result<Found<Asked>, Fault> {
    let mut tx = app.store.read().await?;
    let (sign_in, _) = match open(&mut tx, visit, token).await? {
        Found::Open(found) => found,
        Found::Finished(at) => return Ok(Found::Finished(at)),
        Found::Gone => return Ok(Found::Gone),
    };
    drop(tx);
    match sign_in.way {
        Some(way) => choose(app, visit, token, way).await,
        None => Ok(Found::Open(Asked::NotOpen)),
    }
}

/// The session a sign-in led to, once more, for the browser that never got the answer.
///
/// Only the browser that holds the sign-in's token may ask, for two minutes, once, and only while
/// no page was asked for with that session: then somebody has it already.
pub async fn resume(app: &App, visit: &Visit, token: &Token) -> Result<Option<Token>, Fault> {
    let id = token.hash();
    let since = visit.now.minus(Duration::from_mins(2));
    let mut tx = app.store.write().await?;
    let vault = app.store.vault();
    let Some(session) = sign_ins::finished_session(&mut tx, vault, &id, since).await? else {
        return Ok(None);
    };
    let is_in_use = sessions::get(&mut tx, &session.hash())
        .await?
        .is_none_or(|found| found.is_in_use() || found.ended_at.is_some());
    sign_ins::forget_session(&mut tx, &id).await?;
    tx.commit().await?;
    Ok((!is_in_use).then_some(session))
}

/// The sign-in of a token and its account, while it is open.
pub(super) async fn open(
    tx: &mut Tx,
    visit: &Visit,
    token: &Token,
) -> Result<Found<(SignIn, Account)>, Fault> {
    let sign_in = sign_ins::get(tx, &token.hash()).await?;
    opened(tx, visit, sign_in).await
}

/// The same, kept from everybody else until the transaction ends.
pub(crate) async fn open_alone(
    tx: &mut Tx,
    visit: &Visit,
    token: &Token,
) -> Result<Found<(SignIn, Account)>, Fault> {
    let sign_in = sign_ins::locked(tx, &token.hash()).await?;
    opened(tx, visit, sign_in).await
}

async fn opened(
    tx: &mut Tx,
    visit: &Visit,
    sign_in: Option<SignIn>,
) -> Result<Found<(SignIn, Account)>, Fault> {
    let Some(sign_in) = sign_in else { return Ok(Found::Gone) };
    if let Some(at) = sign_in.finished_at {
        return Ok(Found::Finished(at));
    }
    if visit.now >= sign_in.expires_at {
        return Ok(Found::Gone);
    }
    if let Some(session) = &sign_in.renews {
        let proved = sessions::get(tx, session).await?;
        if proved.is_none_or(|s| !matches!(s.state(visit.now), State::Live { .. })) {
            return Ok(Found::Gone);
        }
    }
    Ok(match accounts::get(tx, sign_in.account).await? {
        Some(account) => Found::Open((sign_in, account)),
        None => Found::Gone,
    })
}

pub(crate) const fn asked(sending: Sending) -> Asked {
    match sending {
        Sending::Now => Asked::Done,
        Sending::Wait(until) => Asked::Wait(until),
        Sending::NoMoreToday => Asked::NoMoreToday,
    }
}

pub(crate) fn masked(ways: &Ways, way: Way) -> OpenWay {
    match ways.destination(way) {
        Some(Destination::Sms(phone)) => OpenWay::Sms { ending: phone.ending().to_owned() },
        Some(Destination::Email(email)) => OpenWay::Email { masked: email.masked() },
        None if way == Way::Passkey => OpenWay::Passkey,
        None if way == Way::RecoveryCode => OpenWay::RecoveryCode,
        None => OpenWay::Totp,
    }
}
