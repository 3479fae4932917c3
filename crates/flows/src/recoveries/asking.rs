//! Asking for a recovery, task by task. What is filled in is kept on the server, under a token in the
//! browser; no task can be left out, and none mixed with another browser's (L-10, R2).
//!
//! Details that are somebody's and details that are nobody's walk the same steps, to the same answer.

use jiff::civil::Date;
use payung_domain::contact_codes::{Purpose, Undertaking};
use payung_domain::ids::{AccountId, Kpj, Nik, PersonId, RecoveryId};
use payung_domain::keyed::Tag;
use payung_domain::members::Person;
use payung_domain::recoveries::{
    DRAFT_LIFE, Lost, ProofWay, Recovery, RecoveryNews, RecoveryReference,
};
use payung_domain::second_factor::{Destination, SendLimits, Sending, within_budget};
use payung_domain::staff::cases::{Kind, Linked};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::recoveries::Kept;
pub use payung_storage::recovery_drafts::Draft;
use payung_storage::{
    Fault, Tx, accounts, contacts, members, recoveries, recovery_drafts, sign_ins,
};
use uuid::Uuid;

use super::{may_serve, tell_new};
use crate::contact_changes::begin::tell_owner;
use crate::contact_codes::{self, Checked, Waiting};
use crate::gates::{self, Door};
use crate::staff::cases::{self, New};
use crate::suspicion::address_block;
use crate::{App, Visit};

/// Recoveries from one address. Mobile networks put many people behind one.
const FROM_AN_ADDRESS: SendLimits = SendLimits { per_hour: 10, per_day: 30 };

/// Recoveries of one person: each warns the owner three times, so a stranger must not have many.
const OF_A_PERSON: SendLimits = SendLimits { per_hour: 2, per_day: 3 };

/// References that are tried before the dice are not believed.
const MOST_DRAWS: u32 = 5;

/// What came of beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// The browser gets this token and fills in the tasks.
    Draft(Token),
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// Begins to ask. `form` names the very form: sent twice, it is one draft.
pub async fn begin(app: &App, visit: &Visit, form: &[u8]) -> Result<Begun, Fault> {
    let mut tx = app.store.write().await?;
    if let Some(until) = gates::too_many(app, &mut tx, visit, Door::Recovery).await? {
        tx.commit().await?;
        return Ok(Begun::TooMany { until });
    }
    let token = Token::of(&app.keys.sign_ins.tag(&[b"recovery", form]));
    let expires_at = visit.now.plus(DRAFT_LIFE);
    recovery_drafts::begin(&mut tx, &token.hash(), visit.now, expires_at).await?;
    tx.commit().await?;
    Ok(Begun::Draft(token))
}

/// What a browser's token is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// It is being filled in.
    Open(T),
    /// It was sent, and became this.
    Sent(Receipt),
    /// There is none, or its time is over.
    Gone,
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

impl<T> Found<T> {
    /// What is being filled in, or what to answer instead.
    fn open<U>(self) -> Result<T, Found<U>> {
        match self {
            Self::Open(draft) => Ok(draft),
            Self::Sent(receipt) => Err(Found::Sent(receipt)),
            Self::Gone => Err(Found::Gone),
            Self::TooMany { until } => Err(Found::TooMany { until }),
        }
    }
}

/// What somebody gets who sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// To be kept.
    pub reference: RecoveryReference,
    /// Until when the owner can stop it.
    pub until: Instant,
    /// How the proof is to be given.
    pub way: ProofWay,
    /// Where news goes, masked.
    pub contact: String,
}

/// How far somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// What was filled in.
    pub draft: Draft,
    /// How far the code for the new contact is, where one is to be typed in.
    pub code: Option<Waiting>,
}

/// Looks at how far somebody is. Changes nothing.
pub async fn view(app: &App, visit: &Visit, token: &Token) -> Result<Found<Asking>, Fault> {
    let mut tx = app.store.read().await?;
    let draft = recovery_drafts::get(&mut tx, app.store.vault(), &token.hash()).await?;
    let draft = match opened(app, &mut tx, visit, draft).await?.open() {
        Ok(draft) => draft,
        Err(instead) => return Ok(instead),
    };
    let code = match (&draft.contact, draft.confirmed_at) {
        (Some(to), None) => {
            Some(contact_codes::view(app, &mut tx, visit, &undertaking(visit, &draft), to).await?)
        }
        _ => None,
    };
    Ok(Found::Open(Asking { draft, code }))
}

/// What somebody gives for us to find the account by: hints, never proof.
#[derive(Clone, Debug)]
pub struct Hints {
    /// A member number, if it is known.
    pub kpj: Option<Kpj>,
    /// The population number, if it is at hand.
    pub nik: Option<Nik>,
    /// The day of birth.
    pub birth_date: Date,
}

/// What came of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is kept. Whether it is anybody's is not said.
    Kept,
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// Takes the details. They are compared and not kept: only whose they are is.
pub async fn name(
    app: &App,
    visit: &Visit,
    token: &Token,
    hints: &Hints,
) -> Result<Found<Done>, Fault> {
    let mut tx = app.store.write().await?;
    if let Some(until) = gates::too_many(app, &mut tx, visit, Door::Recovery).await? {
        tx.commit().await?;
        return Ok(Found::Open(Done::TooMany { until }));
    }
    let draft = match locked(app, &mut tx, visit, token).await?.open() {
        Ok(draft) => draft,
        Err(instead) => return Ok(instead),
    };
    let account = find(app, &mut tx, hints).await?;
    let typed = typed_subject(app, hints);
    recovery_drafts::name(&mut tx, &draft.id, &typed, account).await?;
    tx.commit().await?;
    Ok(Found::Open(Done::Kept))
}

/// The account of the person whom every given detail fits. Nobody costs the same reads.
async fn find(app: &App, tx: &mut Tx, hints: &Hints) -> Result<Option<AccountId>, Fault> {
    let vault = app.store.vault();
    let by_kpj = match &hints.kpj {
        Some(kpj) => members::by_kpj(tx, vault, kpj).await?,
        None => None,
    };
    let by_nik = match &hints.nik {
        Some(nik) => members::by_nik(tx, vault, nik).await?,
        None => None,
    };
    let fits = |person: &Person| {
        let same_kpj = hints.kpj.is_none() || by_kpj.as_ref().is_some_and(|p| p.id == person.id);
        let same_nik = hints.nik.is_none() || by_nik.as_ref().is_some_and(|p| p.id == person.id);
        [same_kpj, same_nik, person.birth_date == hints.birth_date] == [true; 3]
    };
    let person = by_kpj.as_ref().or(by_nik.as_ref()).filter(|person| fits(person));
    if by_kpj.is_none() && by_nik.is_none() {
        // What opening the record of somebody would have cost.
        members::person(tx, vault, PersonId(Uuid::nil())).await?;
    }
    let person = person.map_or(PersonId(Uuid::nil()), |person| person.id);
    Ok(accounts::of_person(tx, person).await?.map(|account| account.id))
}

fn typed_subject(app: &App, hints: &Hints) -> Tag {
    let nik = hints.nik.as_ref().map_or("", |nik| nik.expose());
    let kpj = hints.kpj.as_ref().map_or("", |kpj| kpj.as_str());
    // The population number names a person; one of several member numbers only where it is missing.
    match nik {
        "" => app.keys.counters.tag(&[b"recovery of", b"kpj", kpj.as_bytes()]),
        nik => app.keys.counters.tag(&[b"recovery of", b"nik", nik.as_bytes()]),
    }
}

/// Takes what is out of reach.
pub async fn lose(
    app: &App,
    visit: &Visit,
    token: &Token,
    lost: Lost,
) -> Result<Found<Done>, Fault> {
    keep(app, visit, token, async |tx, draft| recovery_drafts::lose(tx, &draft.id, lost).await)
        .await
}

/// Takes how the member wants to prove who they are.
pub async fn choose(
    app: &App,
    visit: &Visit,
    token: &Token,
    way: ProofWay,
) -> Result<Found<Done>, Fault> {
    keep(app, visit, token, async |tx, draft| recovery_drafts::choose(tx, &draft.id, way).await)
        .await
}

/// Keeps what a task gave, in the draft that is being filled in.
async fn keep(
    app: &App,
    visit: &Visit,
    token: &Token,
    task: impl AsyncFnOnce(&mut Tx, &Draft) -> Result<(), Fault>,
) -> Result<Found<Done>, Fault> {
    let mut tx = app.store.write().await?;
    let draft = match locked(app, &mut tx, visit, token).await?.open() {
        Ok(draft) => draft,
        Err(instead) => return Ok(instead),
    };
    task(&mut tx, &draft).await?;
    tx.commit().await?;
    Ok(Found::Open(Done::Kept))
}

/// What came of giving a contact, or of asking for another code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// A code is on its way, or must wait, or none goes there today any more.
    Code(Sending),
    /// Such a contact cannot bear the second step here.
    NotHere,
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// Takes the new contact and sends it a code.
pub async fn reach(
    app: &App,
    visit: &Visit,
    token: &Token,
    to: &Destination,
) -> Result<Found<Reached>, Fault> {
    if !may_serve(app, to) {
        return Ok(Found::Open(Reached::NotHere));
    }
    let mut tx = app.store.write().await?;
    if let Some(until) = gates::too_many(app, &mut tx, visit, Door::Recovery).await? {
        tx.commit().await?;
        return Ok(Found::Open(Reached::TooMany { until }));
    }
    let draft = match locked(app, &mut tx, visit, token).await?.open() {
        Ok(draft) => draft,
        Err(instead) => return Ok(instead),
    };
    let sending = send(app, &mut tx, visit, &draft, to).await?;
    recovery_drafts::reach(&mut tx, app.store.vault(), &draft.id, to).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Found::Open(Reached::Code(sending)))
}

/// Sends another code to the contact that was given. `None` when none was, or it is proved.
pub async fn resend(
    app: &App,
    visit: &Visit,
    token: &Token,
) -> Result<Found<Option<Sending>>, Fault> {
    if let Some(until) = gates::too_many_by_now(app, visit, Door::Contact).await? {
        return Ok(Found::TooMany { until });
    }
    let mut tx = app.store.write().await?;
    let draft = match locked(app, &mut tx, visit, token).await?.open() {
        Ok(draft) => draft,
        Err(instead) => return Ok(instead),
    };
    let (Some(to), None) = (&draft.contact, draft.confirmed_at) else {
        return Ok(Found::Open(None));
    };
    let sending = send(app, &mut tx, visit, &draft, to).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Found::Open(Some(sending)))
}

/// Sends the code. An address that is somebody else's gets none, and its owner hears of it; the page
/// is the same (F-03). A number may be a family's.
async fn send(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    draft: &Draft,
    to: &Destination,
) -> Result<Sending, Fault> {
    let undertaking = undertaking(visit, draft);
    let owner = contacts::owner(tx, app.store.vault(), to, visit.now).await?;
    match (owner, to) {
        (Some(owner), Destination::Email(_)) if Some(owner) != draft.account => {
            let sending = contact_codes::feign(app, tx, visit, &undertaking, to).await?;
            if sending == Sending::Now {
                tell_owner(app, tx, visit, owner, to).await?;
            }
            Ok(sending)
        }
        _ => contact_codes::send(app, tx, visit, &undertaking, to).await,
    }
}

/// Checks the code of the new contact. `None` when no contact was given, or it is proved already.
pub async fn confirm(
    app: &App,
    visit: &Visit,
    token: &Token,
    typed: &str,
) -> Result<Found<Option<Checked>>, Fault> {
    if let Some(until) = gates::too_many_by_now(app, visit, Door::Contact).await? {
        return Ok(Found::TooMany { until });
    }
    let mut tx = app.store.write().await?;
    let draft = match locked(app, &mut tx, visit, token).await?.open() {
        Ok(draft) => draft,
        Err(instead) => return Ok(instead),
    };
    let (Some(to), None) = (&draft.contact, draft.confirmed_at) else {
        return Ok(Found::Open(None));
    };
    let undertaking = undertaking(visit, &draft);
    let checked = contact_codes::check(app, &mut tx, visit, &undertaking, to, typed).await?;
    if checked == Checked::Right {
        recovery_drafts::confirm(&mut tx, &draft.id, visit.now).await?;
    }
    tx.commit().await?;
    Ok(Found::Open(Some(checked)))
}

/// What came of sending it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submitted {
    /// It is sent: whether it is about anybody is not said.
    Sent(Receipt),
    /// A task is missing.
    Incomplete,
    /// Too many from this address, or of this person.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// Sends what was filled in. Of any number at the same time, one does, and all get its reference.
pub async fn submit(app: &App, visit: &Visit, token: &Token) -> Result<Found<Submitted>, Fault> {
    let mut tx = app.store.write().await?;
    if let Some(until) = gates::too_many(app, &mut tx, visit, Door::Recovery).await? {
        tx.commit().await?;
        return Ok(Found::Open(Submitted::TooMany { until }));
    }
    let draft = match locked(app, &mut tx, visit, token).await?.open() {
        Ok(draft) => draft,
        Err(instead) => return Ok(instead),
    };
    let (Some(typed), Some(lost), Some(contact), Some(_), Some(way)) =
        (draft.typed, draft.lost, draft.contact.clone(), draft.confirmed_at, draft.way)
    else {
        return Ok(Found::Open(Submitted::Incomplete));
    };
    let account = match budget(app, &mut tx, visit, &typed, draft.account).await? {
        Ok(account) => account,
        Err(until) => {
            tx.commit().await?;
            return Ok(Found::Open(Submitted::TooMany { until }));
        }
    };
    let kept = Kept {
        id: RecoveryId::new(&*app.dice),
        reference: RecoveryReference::new(&*app.dice),
        recovery: Recovery::new(account, lost, visit.now),
        contact,
        language: visit.language,
        way,
        device: visit.device.clone(),
    };
    let kept = add(app, &mut tx, kept).await?;
    if !recovery_drafts::send(&mut tx, &draft.id, kept.id).await? {
        // The row is locked, so nobody can have been quicker; nothing is kept of this one.
        return Ok(Found::Gone);
    }
    let news = RecoveryNews::Received { until: kept.recovery.stoppable_until() };
    tell_new(app, &mut tx, &kept, news, visit.now).await?;
    // One for nobody's details too: what it costs, and what the desk reads, is the same (F-03).
    let linked = Linked::Recovery(kept.reference.clone());
    let new = New::of(Kind::Recovery, kept.recovery.account, linked);
    cases::open(app, &mut tx, &new, visit.now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Found::Open(Submitted::Sent(receipt(&kept))))
}

/// Counts a recovery against its address, what was typed and the account. The first two are the same
/// for everybody and say when to come back; an account that had its share is treated as nobody's.
async fn budget(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    typed: &Tag,
    account: Option<AccountId>,
) -> Result<Result<Option<AccountId>, Instant>, Fault> {
    let counters = &app.keys.counters;
    let of_address = counters.tag(&[b"recoveries sent from", &address_block(visit.address)]);
    // A stand-in, so that nobody's details cost the same.
    let of_account = match account {
        Some(account) => counters.tag(&[b"recovery of account", account.0.as_bytes()]),
        None => counters.tag(&[b"recovery of nobody", typed]),
    };
    let tomorrow = visit.now.plus(std::time::Duration::from_hours(24));
    for (subject, limits) in [(&of_address, FROM_AN_ADDRESS), (typed, OF_A_PERSON)] {
        let sent = sign_ins::sendings(tx, subject, visit.now).await?;
        match within_budget(&sent, limits, visit.now) {
            Sending::Now => {}
            Sending::Wait(until) => return Ok(Err(until)),
            Sending::NoMoreToday => {
                let first = sent.iter().min().copied().unwrap_or(visit.now);
                let until = first.plus(std::time::Duration::from_hours(24)).min(tomorrow);
                return Ok(Err(until));
            }
        }
    }
    let sent = sign_ins::sendings(tx, &of_account, visit.now).await?;
    let has_room = within_budget(&sent, OF_A_PERSON, visit.now) == Sending::Now;
    let subjects = [of_address, *typed, of_account];
    sign_ins::note_sending(tx, &subjects, app.dice.id(), visit.now).await?;
    Ok(Ok(account.filter(|_| has_room)))
}

/// Keeps it. While another recovery of the account is open, this one is nobody's: who asked for the
/// first one is found out at the desk, not here.
async fn add(app: &App, tx: &mut Tx, mut kept: Kept) -> Result<Kept, Fault> {
    let vault = app.store.vault();
    let account = kept.recovery.account.unwrap_or(AccountId(Uuid::nil()));
    if recoveries::open_of(tx, vault, account).await?.is_some() {
        kept.recovery.account = None;
    }
    for _ in 0..MOST_DRAWS {
        if recoveries::add(tx, vault, &kept).await? {
            return Ok(kept);
        }
        // Somebody's reference, one time in thirty thousand million; or another request of the same
        // account came between.
        kept.reference = RecoveryReference::new(&*app.dice);
        if recoveries::open_of(tx, vault, account).await?.is_some() {
            kept.recovery.account = None;
        }
    }
    Err(Fault::new("keeping a recovery", "every reference that was drawn is taken"))
}

/// The draft of a token, kept from everybody else until the transaction ends.
async fn locked(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    token: &Token,
) -> Result<Found<Draft>, Fault> {
    let draft = recovery_drafts::locked(tx, app.store.vault(), &token.hash()).await?;
    opened(app, tx, visit, draft).await
}

async fn opened(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    draft: Option<Draft>,
) -> Result<Found<Draft>, Fault> {
    let Some(draft) = draft.filter(|draft| visit.now < draft.expires_at) else {
        return Ok(Found::Gone);
    };
    let Some(id) = draft.recovery else { return Ok(Found::Open(draft)) };
    let kept = recoveries::get(tx, app.store.vault(), id).await?;
    Ok(kept.map_or(Found::Gone, |kept| Found::Sent(receipt(&kept))))
}

fn receipt(kept: &Kept) -> Receipt {
    Receipt {
        reference: kept.reference.clone(),
        until: kept.recovery.stoppable_until(),
        way: kept.way,
        contact: kept.contact.masked(),
    }
}

fn undertaking(visit: &Visit, draft: &Draft) -> Undertaking {
    Undertaking {
        id: draft.id,
        purpose: Purpose::Recovery,
        account: None,
        language: visit.language,
    }
}
