//! Making sure who asks for help, item by item (S06, P-03). Officers say what they did; the member
//! answers for the own inbox. Nothing that a member knows is asked for, and no code is read aloud.

use std::time::Duration;

use payung_domain::accounts::{Account, Contacts};
use payung_domain::activity::Event;
use payung_domain::contact::Email;
use payung_domain::ids::{AccountId, CheckId, LookId};
use payung_domain::notify::Notice;
use payung_domain::second_factor::Destination;
use payung_domain::staff::Right;
use payung_domain::staff::acts::{DeskAct, Kind};
use payung_domain::staff::audit::{Act, Outcome, Wanted};
use payung_domain::staff::verification::{
    Item, Method, VERIFIED, WRONG_DOCUMENTS, digits_match, verified_until,
};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::staff::acts::{self as kept_acts, Link, Purpose};
pub use payung_storage::staff::checks::Check;
use payung_storage::staff::looks::Look;
use payung_storage::staff::{self as kept, audit as lines, checks};
use payung_storage::{Fault, Tx, accounts, contacts, members};

use super::acts::tell_activity;
use super::looks::own_look;
use super::{Denied, Line, SignedIn, check};
use crate::{App, Visit, notices};

/// Between two letters that ask the same.
const BETWEEN_LETTERS: Duration = Duration::from_mins(2);

/// Why nothing is done for whoever a look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It is not allowed.
    Denied(Denied),
    /// The record was shut again, or never was this officer's.
    Gone,
    /// The person has no account.
    NoAccount,
    /// It is the officer's own.
    Own,
}

/// The look and the account it leads to, or why there is none. Refusals are written down.
pub(super) async fn subject(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    id: LookId,
    (right, act): (Right, Act),
) -> Result<Result<(Look, Account), Stop>, Fault> {
    if let Err(denied) = check(app, tx, visit, signed_in, right, act).await? {
        return Ok(Err(Stop::Denied(denied)));
    }
    let Some(look) = own_look(app, tx, visit, signed_in, (id, act)).await? else {
        return Ok(Err(Stop::Gone));
    };
    if kept::is_own(tx, signed_in.staff.id, look.person).await? {
        let person = Some(look.person);
        let line = Line { outcome: Outcome::Refused, person, ..Line::done(act) };
        super::note(app, tx, signed_in, visit.now, line).await?;
        return Ok(Err(Stop::Own));
    }
    Ok(match accounts::of_person(tx, look.person).await? {
        Some(account) => Ok((look, account)),
        None => Err(Stop::NoAccount),
    })
}

/// The checklist of a member as an officer sees it.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// The look that opened the record.
    pub look: Look,
    /// The member's name.
    pub name: String,
    /// The number to call back, masked; none where there is none, or it came lately.
    pub phone: Option<String>,
    /// The address whose inbox can answer, masked; none likewise.
    pub email: Option<String>,
    /// What was checked or asked lately, newest first.
    pub items: Vec<Check>,
    /// What the officer may do, and until when; none where more has to be checked.
    pub open: Vec<(Kind, Option<Instant>)>,
    /// What waits for a second officer, or for its time.
    pub waiting: Option<DeskAct>,
}

/// Shows the checklist of the member that a look found.
pub async fn show(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    id: LookId,
) -> Result<Result<Box<Checklist>, Stop>, Fault> {
    let mut tx = app.store.write().await?;
    let wanted = (Right::Verify, Act::Verified);
    let found = subject(app, &mut tx, visit, signed_in, id, wanted).await?;
    let (look, account) = match found {
        Ok(found) => found,
        Err(stop) => {
            tx.commit().await?;
            return Ok(Err(stop));
        }
    };
    let vault = app.store.vault();
    let person = members::person(&mut tx, vault, look.person).await?;
    let name = person.map(|(person, _)| person.name.expose().to_owned()).unwrap_or_default();
    let contacts = trusted(app, &mut tx, account.id, visit.now).await?;
    let items = checks::since(&mut tx, account.id, visit.now.minus(VERIFIED * 2)).await?;
    let done: Vec<Item> = items.iter().filter_map(Check::item).collect();
    let staff = signed_in.staff.id;
    let until = |kind| (kind, verified_until(&done, staff, kind, visit.now));
    let waiting = kept_acts::open_of(&mut tx, vault, account.id).await?;
    tx.commit().await?;
    Ok(Ok(Box::new(Checklist {
        look,
        name,
        phone: contacts.phone.clone().map(|phone| Destination::Sms(phone).masked()),
        email: contacts.email.as_ref().map(Email::masked),
        items,
        open: Kind::ALL.into_iter().map(until).collect(),
        waiting,
    })))
}

/// The contacts that can say who a member is. One that came lately may be a thief's, who would answer
/// for the member: it says nothing before it serves recovery (G-10).
async fn trusted(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    now: Instant,
) -> Result<Contacts, Fault> {
    let held = contacts::held(tx, app.store.vault(), account).await?;
    Ok(contacts::reached_by(&held, |standing| standing.counts(now) && standing.recovers(now)))
}

/// One step of the checklist.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// The officer called the number on record, and the member answered.
    CallBack,
    /// A letter asks the member in the own inbox.
    AskInbox,
    /// The officer saw this document, with these last digits of its number.
    Document(Method, &'a str),
}

impl Step<'_> {
    const fn method(&self) -> Method {
        match self {
            Self::CallBack => Method::CallBack,
            Self::AskInbox => Method::Inbox,
            Self::Document(method, _) => *method,
        }
    }
}

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It is on the list.
    Done,
    /// The member has no such contact, or none that was there long enough.
    NoContact,
    /// The digits are not those on record.
    Wrong,
    /// Digits were wrong too often.
    TooMany,
    /// Nothing can be checked: why.
    Not(Stop),
}

/// Takes a step.
pub async fn take(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    id: LookId,
    step: Step<'_>,
) -> Result<Checked, Fault> {
    let mut tx = app.store.write().await?;
    let wanted = (Right::Verify, Act::Verified);
    let checked = match subject(app, &mut tx, visit, signed_in, id, wanted).await? {
        Ok(found) => judge(app, &mut tx, visit, signed_in, &found, step).await?,
        Err(why) => Checked::Not(why),
    };
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(checked)
}

async fn judge(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (look, account): &(Look, Account),
    step: Step<'_>,
) -> Result<Checked, Fault> {
    let contacts = trusted(app, tx, account.id, visit.now).await?;
    let outcome = match step {
        Step::CallBack if contacts.phone.is_none() => return Ok(Checked::NoContact),
        Step::AskInbox => return ask(app, tx, visit, signed_in, (look, account), contacts).await,
        Step::CallBack => Outcome::Done,
        Step::Document(_, digits) => compare(app, tx, visit, signed_in, look, digits).await?,
    };
    let method = step.method();
    write_down(app, tx, visit, signed_in, look, (method, outcome)).await?;
    Ok(match outcome {
        Outcome::Done => {
            let check = of(app, visit, signed_in, account, method);
            checks::add(tx, &Check { done_at: Some(visit.now), ..check }).await?;
            let told = (Event::StaffVerified, signed_in.staff.name.as_str(), &look.reason);
            tell_activity(app, tx, account.id, told, visit.now).await?;
            Checked::Done
        }
        Outcome::TooMuch => Checked::TooMany,
        Outcome::Nothing | Outcome::Refused => Checked::Wrong,
    })
}

fn of(app: &App, visit: &Visit, signed_in: &SignedIn, account: &Account, method: Method) -> Check {
    Check {
        account: account.id,
        id: CheckId::new(&*app.dice),
        staff: signed_in.staff.id,
        officer: signed_in.staff.name.as_str().to_owned(),
        method,
        asked_at: visit.now,
        done_at: None,
    }
}

async fn write_down(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    look: &Look,
    (method, outcome): (Method, Outcome),
) -> Result<(), Fault> {
    let line = Line {
        act: Act::Verified,
        outcome,
        person: Some(look.person),
        detail: method.name(),
        reason: &look.reason.text,
    };
    super::note(app, tx, signed_in, visit.now, line).await
}

/// Whether the digits that an officer read from a document are those on record. They are not kept.
async fn compare(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    look: &Look,
    digits: &str,
) -> Result<Outcome, Fault> {
    if has_missed_enough(app, tx, visit, signed_in).await? {
        return Ok(Outcome::TooMuch);
    }
    let person = members::person(tx, app.store.vault(), look.person).await?;
    let is_right = person.is_some_and(|(person, _)| digits_match(person.nik.expose(), digits));
    Ok(if is_right { Outcome::Done } else { Outcome::Refused })
}

/// Whether digits that this officer read from documents were wrong too often in the last hour.
pub(super) async fn has_missed_enough(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
) -> Result<bool, Fault> {
    let wrong_ones = Wanted {
        officer: Some(signed_in.staff.name.as_str().to_owned()),
        act: Some(Act::Verified),
        outcome: Some(Outcome::Refused),
        about: None,
        origin: None,
        network: None,
        session: None,
        from: visit.now.minus(Duration::from_hours(1)),
        until: Instant::from_micros(i64::MAX),
        before: None,
    };
    let wrong = lines::list(tx, app.store.vault(), &wrong_ones, WRONG_DOCUMENTS).await?;
    Ok(wrong.len() >= WRONG_DOCUMENTS as usize)
}

/// Asks the member in the own inbox: the letter leads to a page with one button.
async fn ask(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (look, account): (&Look, &Account),
    contacts: Contacts,
) -> Result<Checked, Fault> {
    let Some(email) = contacts.email else { return Ok(Checked::NoContact) };
    let lately = checks::since(tx, account.id, visit.now.minus(BETWEEN_LETTERS)).await?;
    let staff = signed_in.staff.id;
    if lately.iter().any(|check| check.method == Method::Inbox && check.staff == staff) {
        return Ok(Checked::Done);
    }
    let check = of(app, visit, signed_in, account, Method::Inbox);
    let (token, until) = (Token::new(&*app.dice), visit.now.plus(VERIFIED));
    let link = Link {
        purpose: Purpose::Check,
        account: account.id,
        subject: check.id.0,
        expires_at: until,
        used_at: None,
    };
    checks::add(tx, &check).await?;
    kept_acts::add_link(tx, &token.hash(), &link).await?;
    let notice = Notice::DeskCheck {
        officer: check.officer.clone(),
        token: token.expose().to_owned(),
        until,
    };
    notices::tell(app, tx, account, Destination::Email(email), notice, visit.now).await?;
    write_down(app, tx, visit, signed_in, look, (Method::Inbox, Outcome::Done)).await?;
    let told = (Event::StaffVerified, &*check.officer, &look.reason);
    tell_activity(app, tx, account.id, told, visit.now).await?;
    Ok(Checked::Done)
}
