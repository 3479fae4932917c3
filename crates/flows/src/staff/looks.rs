//! Looking at a member's record: found by one exact number or address, for a reason, masked. Every
//! look stands in the member's activity, and a letter tells of it (P-05, M-07).

use std::time::Duration;

use jiff::civil::Date;
use payung_domain::accounts::Contacts;
use payung_domain::activity::{Event, Line as Happened};
use payung_domain::ids::{LookId, PersonId};
use payung_domain::members::{Address, Membership, Person, masked_birth_date};
use payung_domain::notify::Notice;
use payung_domain::staff::audit::{About, Act, Outcome, Wanted};
use payung_domain::staff::cases::Case;
use payung_domain::staff::looks::{Field, Kind, LOOK_LIFE, NoReason, Query, Reason, UNMASKED};
use payung_domain::staff::{Right, Staff};
use payung_domain::time::Instant;
pub use payung_storage::staff::looks::Look;
use payung_storage::staff::looks::{self, View};
use payung_storage::staff::{self as kept, audit as lines};
use payung_storage::{Fault, Tx, accounts, activity, members};

use super::cases::work::of_member;
use super::{Denied, Line, SignedIn, check, note};
use crate::{App, Visit, notices};

/// The same asked for again within this is a second press of the button.
const SECOND_PRESS: Duration = Duration::from_secs(30);

/// Lines of the audit that are read to know whether something is open already.
const MOST_READ: u32 = 100;

/// What came of looking somebody up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// There is a record, open to this officer for a while.
    Record(LookId),
    /// Nobody has this number or address.
    Nobody,
    /// It is the officer's own record.
    Own,
    /// The officer has looked for too many.
    TooMany,
    /// It was not allowed.
    Denied(Denied),
}

/// What somebody is looked up by, and why.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// What it was said to be.
    pub kind: Kind,
    /// The number or address.
    pub query: &'a Query,
    /// Why.
    pub reason: &'a Reason,
}

/// Looks a member up.
pub async fn look_up(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    search: Search<'_>,
) -> Result<Found, Fault> {
    let mut tx = app.store.write().await?;
    let found = find(app, &mut tx, visit, signed_in, search).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(found)
}

async fn find(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    search: Search<'_>,
) -> Result<Found, Fault> {
    let (staff, now) = (&signed_in.staff, visit.now);
    let act = Act::LookedUp;
    if let Err(denied) = check(app, tx, visit, signed_in, Right::LookUp, act).await? {
        return Ok(Found::Denied(denied));
    }
    let line = |outcome, person| Line {
        act,
        outcome,
        person,
        detail: search.kind.name(),
        reason: &search.reason.text,
    };
    let person = whose(app, tx, search.query, now).await?;
    let is_own = match person {
        Some(person) => kept::is_own(tx, staff.id, person).await?,
        None => false,
    };
    if let Some(person) = person.filter(|_| !is_own)
        && let Some(look) = of_first_press(app, tx, staff, person, search.reason, now).await?
    {
        return Ok(Found::Record(look));
    }
    if has_looked_enough(app, tx, staff, now).await? {
        app.counters.looks_over_limit.count();
        note(app, tx, signed_in, now, line(Outcome::TooMuch, None)).await?;
        return Ok(Found::TooMany);
    }
    let Some(person) = person else {
        note(app, tx, signed_in, now, line(Outcome::Nothing, None)).await?;
        return Ok(Found::Nobody);
    };
    if is_own {
        note(app, tx, signed_in, now, line(Outcome::Refused, Some(person))).await?;
        return Ok(Found::Own);
    }
    let look = Look {
        id: LookId::new(&*app.dice),
        staff: staff.id,
        person,
        reason: search.reason.clone(),
        looked_at: now,
        expires_at: now.plus(LOOK_LIFE),
    };
    looks::add(tx, app.store.vault(), &look).await?;
    note(app, tx, signed_in, now, line(Outcome::Done, Some(person))).await?;
    tell(app, tx, staff.name.as_str(), person, (search.reason, None), now).await?;
    Ok(Found::Record(look.id))
}

/// The look that the first press of the button took: the second takes, counts and tells nothing more.
async fn of_first_press(
    app: &App,
    tx: &mut Tx,
    staff: &Staff,
    person: PersonId,
    reason: &Reason,
    now: Instant,
) -> Result<Option<LookId>, Fault> {
    let (vault, since) = (app.store.vault(), now.minus(SECOND_PRESS));
    let before = looks::latest(tx, vault, (staff.id, person), since).await?;
    Ok(before.filter(|look| look.reason == *reason).map(|look| look.id))
}

/// Whether an officer has seen as many members as one may. Whoever takes a case or opens a
/// correction sees one too.
pub(super) async fn has_looked_enough(
    app: &App,
    tx: &mut Tx,
    staff: &Staff,
    now: Instant,
) -> Result<bool, Fault> {
    let limits = &app.settings.desk;
    for (hours, most) in [(1, limits.looks_per_hour), (24, limits.looks_per_day)] {
        let since = now.minus(Duration::from_hours(hours));
        let looked = lines::count(tx, staff.id, Act::LookedUp, since).await?;
        let taken = lines::count(tx, staff.id, Act::CaseTaken, since).await?;
        let corrected = lines::count(tx, staff.id, Act::CorrectionOpened, since).await?;
        if looked.saturating_add(taken).saturating_add(corrected) >= most {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an officer did the same thing to the same record within the life of a look: a page that
/// is shown again is the same look, which is not counted and not told again.
pub(crate) async fn is_open_already(
    app: &App,
    tx: &mut Tx,
    staff: &Staff,
    line: &Line<'_>,
    now: Instant,
) -> Result<bool, Fault> {
    let of_this = Wanted {
        officer: Some(staff.name.as_str().to_owned()),
        act: Some(line.act),
        outcome: Some(Outcome::Done),
        about: line.person.and_then(|person| About::parse(&person.0.simple().to_string())),
        origin: None,
        network: None,
        session: None,
        from: now.minus(LOOK_LIFE),
        until: Instant::from_micros(i64::MAX),
        before: None,
    };
    let opened = lines::list(tx, app.store.vault(), &of_this, MOST_READ).await?;
    Ok(opened.iter().any(|one| one.detail == line.detail))
}

async fn whose(
    app: &App,
    tx: &mut Tx,
    query: &Query,
    now: Instant,
) -> Result<Option<PersonId>, Fault> {
    let vault = app.store.vault();
    Ok(match query {
        Query::Kpj(kpj) => members::by_kpj(tx, vault, kpj).await?.map(|person| person.id),
        Query::Nik(nik) => members::by_nik(tx, vault, nik).await?.map(|person| person.id),
        Query::Contact(name) => {
            let found = accounts::find(tx, vault, std::slice::from_ref(name), now).await?;
            found.map(|account| account.person)
        }
    })
}

/// A line in the member's activity, what belongs beside it, and a letter. Whoever has no account yet
/// has neither; it is written down all the same.
pub(crate) async fn tell(
    app: &App,
    tx: &mut Tx,
    officer: &str,
    person: PersonId,
    (reason, field): (&Reason, Option<Field>),
    now: Instant,
) -> Result<(), Fault> {
    let Some(account) = accounts::of_person(tx, person).await? else { return Ok(()) };
    let officer = officer.to_owned();
    let event = if field.is_some() { Event::StaffUnmasked } else { Event::StaffOpened };
    let line = app.dice.id();
    let happened = Happened { at: now, event, device: String::new() };
    activity::add(tx, account.id, line, &happened).await?;
    let view = View { officer: officer.clone(), reason: reason.clone(), field };
    looks::note_view(tx, app.store.vault(), (account.id, line), &view, now).await?;
    let notice = Notice::StaffLooked {
        officer,
        why: reason.why.name().to_owned(),
        field: field.map(|field| field.name().to_owned()).unwrap_or_default(),
        at: now,
    };
    notices::tell_by_letter(app, tx, &account, notice, now).await
}

/// What a field shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// There is nothing in it.
    Nothing,
    /// Enough to recognise it.
    Masked(String),
    /// All of it, until this moment.
    Text(String, Instant),
    /// A whole date, until this moment.
    Day(Date, Instant),
}

/// A record as an officer sees it.
#[derive(Clone, Debug)]
pub struct Record {
    /// The look that opened it.
    pub look: Look,
    /// The name.
    pub name: String,
    /// Whether the person has an account.
    pub has_account: bool,
    /// The fields.
    pub fields: Vec<(Field, Shown)>,
    /// The latest cases about the person.
    pub cases: Vec<Case>,
}

/// What came of opening a record.
#[derive(Clone, Debug)]
pub enum Opened {
    /// It is open.
    Record(Box<Record>),
    /// It was shut again, or it never was this officer's.
    Gone,
    /// It was not allowed.
    Denied(Denied),
}

/// Opens a record that this officer looked up a moment ago.
pub async fn record(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    id: LookId,
) -> Result<Opened, Fault> {
    let mut tx = app.store.write().await?;
    let opened = open(app, &mut tx, visit, signed_in, id).await?;
    tx.commit().await?;
    Ok(opened)
}

async fn open(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    id: LookId,
) -> Result<Opened, Fault> {
    let act = Act::Opened;
    if let Err(denied) = check(app, tx, visit, signed_in, Right::LookUp, act).await? {
        return Ok(Opened::Denied(denied));
    }
    let Some(look) = own_look(app, tx, visit, signed_in, (id, act)).await? else {
        return Ok(Opened::Gone);
    };
    let vault = app.store.vault();
    let Some((person, _)) = members::person(tx, vault, look.person).await? else {
        return Ok(Opened::Gone);
    };
    let memberships = members::memberships(tx, person.id).await?;
    let account = accounts::of_person(tx, person.id).await?;
    let contacts = match &account {
        Some(account) => accounts::contacts(tx, vault, account.id, visit.now).await?,
        None => Contacts { email: None, phone: None },
    };
    let unmasked = looks::unmasked(tx, id, visit.now).await?;
    let line = Line { person: Some(person.id), ..Line::done(act) };
    note(app, tx, signed_in, visit.now, line).await?;
    let whole = Whole { person: &person, memberships: &memberships, contacts: &contacts };
    let fields = Field::ALL.iter().map(|field| {
        let until = unmasked.iter().find(|(shown, _)| shown == field).map(|(_, until)| *until);
        (*field, whole.shown(*field, until))
    });
    Ok(Opened::Record(Box::new(Record {
        name: person.name.expose().to_owned(),
        has_account: account.is_some(),
        fields: fields.collect(),
        cases: of_member(tx, person.id).await?,
        look,
    })))
}

/// The look of this id, if it is this officer's and still open. Somebody else's is refused, and
/// written down.
pub(super) async fn own_look(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (id, act): (LookId, Act),
) -> Result<Option<Look>, Fault> {
    let found = looks::get(tx, app.store.vault(), id).await?;
    // That it is the own record may have become known since.
    let is_theirs = match &found {
        Some(look) if look.staff == signed_in.staff.id => {
            !kept::is_own(tx, look.staff, look.person).await?
        }
        _ => false,
    };
    if !is_theirs {
        let outcome = if found.is_some() { Outcome::Refused } else { Outcome::Nothing };
        let line = Line { outcome, ..Line::done(act) };
        note(app, tx, signed_in, visit.now, line).await?;
        return Ok(None);
    }
    Ok(found.filter(|look| visit.now < look.expires_at))
}

/// Everything there is, before it is masked.
struct Whole<'a> {
    person: &'a Person,
    memberships: &'a [Membership],
    contacts: &'a Contacts,
}

impl Whole<'_> {
    fn shown(&self, field: Field, until: Option<Instant>) -> Shown {
        let text = |all: String, masked: String| match until {
            Some(until) => Shown::Text(all, until),
            None => Shown::Masked(masked),
        };
        let person = self.person;
        match field {
            Field::Nik => text(person.nik.expose().to_owned(), person.nik.masked()),
            Field::Kpj => {
                let all = self.memberships.iter().map(|one| one.kpj.as_str().to_owned());
                let masked = self.memberships.iter().map(|one| one.kpj.masked());
                text(joined(all), joined(masked))
            }
            Field::BirthDate => match until {
                Some(until) => Shown::Day(person.birth_date, until),
                None => Shown::Masked(masked_birth_date(person.birth_date)),
            },
            Field::Address => text(whole_address(&person.address), part_of(&person.address)),
            Field::Email => self
                .contacts
                .email
                .as_ref()
                .map_or(Shown::Nothing, |email| text(email.expose().to_owned(), email.masked())),
            Field::Phone => self.contacts.phone.as_ref().map_or(Shown::Nothing, |phone| {
                text(phone.expose().to_owned(), format!("••••••••{}", phone.ending()))
            }),
        }
    }
}

/// What an officer sees of a member beside a case: nothing of it in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// The name.
    pub name: String,
    /// Whether the person has an account.
    pub has_account: bool,
    /// The fields.
    pub fields: Vec<(Field, Shown)>,
}

/// A member as the record page shows them before anything is unmasked.
pub(super) async fn masked(
    app: &App,
    tx: &mut Tx,
    person: PersonId,
    now: Instant,
) -> Result<Option<Masked>, Fault> {
    let vault = app.store.vault();
    let Some((person, _)) = members::person(tx, vault, person).await? else { return Ok(None) };
    let memberships = members::memberships(tx, person.id).await?;
    let account = accounts::of_person(tx, person.id).await?;
    let contacts = match &account {
        Some(account) => accounts::contacts(tx, vault, account.id, now).await?,
        None => Contacts { email: None, phone: None },
    };
    let whole = Whole { person: &person, memberships: &memberships, contacts: &contacts };
    Ok(Some(Masked {
        name: person.name.expose().to_owned(),
        has_account: account.is_some(),
        fields: Field::ALL.iter().map(|field| (*field, whole.shown(*field, None))).collect(),
    }))
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn whole_address(address: &Address) -> String {
    let Address { street, village, district, regency, province, postcode } = address;
    joined([street, village, district, regency, province, postcode].map(String::clone).into_iter())
}

fn part_of(address: &Address) -> String {
    joined(["••••".to_owned(), address.regency.clone(), address.province.clone()].into_iter())
}

/// What came of asking for a field in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmasked {
    /// It is shown for a while.
    Done,
    /// The record was shut again, or never was this officer's.
    Gone,
    /// The reason is none.
    NoReason(NoReason),
    /// The officer has seen too much in full.
    TooMany,
    /// It was not allowed.
    Denied(Denied),
}

/// Shows one field in full for five minutes, for a reason of its own.
pub async fn unmask(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    (id, field): (LookId, Field),
    typed: &str,
) -> Result<Unmasked, Fault> {
    let mut tx = app.store.write().await?;
    let unmasked = uncover(app, &mut tx, visit, signed_in, (id, field), typed).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(unmasked)
}

async fn uncover(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (id, field): (LookId, Field),
    typed: &str,
) -> Result<Unmasked, Fault> {
    let (staff, now, act) = (&signed_in.staff, visit.now, Act::Unmasked);
    if let Err(denied) = check(app, tx, visit, signed_in, Right::Unmask, act).await? {
        return Ok(Unmasked::Denied(denied));
    }
    let Some(look) = own_look(app, tx, visit, signed_in, (id, act)).await? else {
        return Ok(Unmasked::Gone);
    };
    let reason = match Reason::parse(look.reason.why.name(), typed) {
        Ok(reason) => reason,
        Err(why) => return Ok(Unmasked::NoReason(why)),
    };
    let shown = looks::unmasked(tx, id, now).await?;
    if shown.iter().any(|(known, _)| *known == field) {
        // A second press: it is neither shown for longer nor told twice.
        return Ok(Unmasked::Done);
    }
    let line = |outcome| Line {
        act,
        outcome,
        person: Some(look.person),
        detail: field.name(),
        reason: &reason.text,
    };
    let hour_ago = now.minus(Duration::from_hours(1));
    let seen = lines::count(tx, staff.id, act, hour_ago).await?;
    if seen >= app.settings.desk.unmasked_per_hour {
        app.counters.looks_over_limit.count();
        note(app, tx, signed_in, now, line(Outcome::TooMuch)).await?;
        return Ok(Unmasked::TooMany);
    }
    looks::unmask(tx, id, field, now.plus(UNMASKED)).await?;
    note(app, tx, signed_in, now, line(Outcome::Done)).await?;
    tell(app, tx, staff.name.as_str(), look.person, (&reason, Some(field)), now).await?;
    Ok(Unmasked::Done)
}
