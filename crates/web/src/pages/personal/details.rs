//! M22 Data diri / Personal details: what is known, where it came from, since when, who can change
//! it, and what is under way.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::contact_changes::{Change, Kind, MOST, State};
use payung_domain::ids::ChangeId;
use payung_domain::members::Segment;
use payung_domain::time::Instant;
use payung_flows::contact_changes::undo::{self, Cancelled};
use payung_flows::contact_changes::{self, Listed, Overview};
use payung_flows::members::{self, Details};
use uuid::Uuid;

use super::{HOME, in_words, masked};
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;

/// The personal details page.
#[derive(Debug, Template)]
#[template(path = "personal/details.html")]
pub struct PersonalDetails {
    /// Around the page.
    pub f: Frame,
    /// What was just done.
    pub news: Option<News>,
    /// What is under way, the newest first.
    pub pending: Vec<Pending>,
    /// One line a fact, in the order people look for them.
    pub details: Vec<Detail>,
}

/// One fact.
#[derive(Clone, Debug)]
pub struct Detail {
    /// What it is.
    pub what: What,
    /// Its value, or values, as they may be shown: NIK masked, contacts masked. Empty when
    /// nothing is known.
    pub values: Vec<String>,
    /// Who told us.
    pub source: Source,
    /// Since when it is so.
    pub since: Option<Date>,
    /// From when or until when it counts, in words, where that is not always.
    pub counts: String,
    /// What can be done about it.
    pub acts: Vec<Act>,
}

/// Something to do about a fact.
#[derive(Clone, Debug)]
pub struct Act {
    /// Where it is done.
    pub way: String,
    /// What it is called.
    pub label: String,
    /// What it is done to, for those who hear the link without its line.
    pub about: String,
}

/// What can be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Full name.
    Name,
    /// Population number.
    Nik,
    /// Day of birth.
    BirthDate,
    /// Member numbers.
    Kpj,
    /// Mobile number.
    Phone,
    /// E-mail address.
    Email,
    /// Home address.
    Address,
}

/// Who told us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The member.
    Member,
    /// An employer.
    Employer,
    /// The programme itself.
    Programme,
}

/// A change under way.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Its id, for the forms.
    pub id: ChangeId,
    /// What it does, in words.
    pub what: String,
    /// How far it is.
    pub state: State,
}

/// What was just done, as the address says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// A change was begun, and takes effect then.
    Begun(Instant),
    /// It was begun at the first moment already, and takes effect at the other: sent twice.
    Again(Instant, Instant),
    /// A change was called off.
    Cancelled,
    /// It was in effect already.
    TooLate,
    /// The address was kept.
    Address,
}

impl News {
    fn title(self, f: &Frame) -> String {
        match self {
            Self::Begun(_) => f.t("news-begun"),
            Self::Again(at, _) => f.t1("dup", "time", f.clock(&at)),
            Self::Cancelled => f.t("news-cancelled"),
            Self::TooLate => f.t("news-too-late"),
            Self::Address => f.t("news-address"),
        }
    }

    fn text(self, f: &Frame) -> String {
        match self {
            Self::Begun(effect) | Self::Again(_, effect) => {
                f.t1("cool", "time", f.date_time(&effect))
            }
            Self::Cancelled => f.t("news-cancelled-text"),
            Self::TooLate => f.t("news-too-late-text"),
            Self::Address => String::new(),
        }
    }

    /// What the address says was done; a change that is said to be begun is looked for.
    fn said(word: &str, changes: &[Change], now: Instant) -> Option<Self> {
        let newest = changes.iter().find_map(|change| match change.state(now) {
            State::CoolingOff { effective_at } => Some((change.confirmed_at?, effective_at)),
            _ => None,
        });
        match (word, newest) {
            ("begun", Some((_, effect))) => Some(Self::Begun(effect)),
            ("again", Some((at, effect))) => Some(Self::Again(at, effect)),
            ("cancelled", _) => Some(Self::Cancelled),
            ("too-late", _) => Some(Self::TooLate),
            ("address", _) => Some(Self::Address),
            _ => None,
        }
    }
}

impl What {
    fn label(self, f: &Frame) -> String {
        match self {
            Self::Name => f.t("personal-name"),
            Self::Nik => f.t("personal-nik"),
            Self::BirthDate => f.t("personal-birth-date"),
            Self::Kpj => f.t("personal-kpj"),
            Self::Phone => f.t("personal-phone"),
            Self::Email => f.t("personal-email"),
            Self::Address => f.t("personal-address"),
        }
    }

    /// Whether the civil registry alone can change it.
    const fn is_registered(self) -> bool {
        matches!(self, Self::Name | Self::Nik | Self::BirthDate)
    }
}

impl Detail {
    fn origin(&self, f: &Frame) -> String {
        let source = match self.source {
            Source::Member => f.t("source-member"),
            Source::Employer => f.t("source-employer"),
            Source::Programme => f.t("source-programme"),
        };
        match self.since {
            Some(since) => f.t2("source-since", "source", &source, "date", f.date(&since)),
            None => source,
        }
    }
}

impl Pending {
    fn says(&self, f: &Frame) -> String {
        match &self.state {
            State::Unconfirmed { until } => f.t1("pending-unconfirmed", "time", f.clock(until)),
            State::CoolingOff { effective_at } => f.t1("cool", "time", f.date_time(effective_at)),
            State::Undoable { until } => f.t1("pending-undoable", "time", f.date_time(until)),
            State::Lapsed | State::Settled | State::Cancelled { .. } => String::new(),
        }
    }

    const fn waits_for_its_code(&self) -> bool {
        matches!(self.state, State::Unconfirmed { .. })
    }

    const fn can_be_cancelled(&self) -> bool {
        matches!(self.state, State::Unconfirmed { .. } | State::CoolingOff { .. })
    }
}

/// `GET /personal-details`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let (app, visit) = (&guest.site.app, &guest.visit);
    let account = &member.signed_in.account;
    let Some(known) = members::details(app, visit, account.id, account.person).await? else {
        return Err(Trouble::Obstacle(Obstacle::NotFound));
    };
    let contacts = contact_changes::overview(app, visit, account.id).await?;
    let f = member.frame();
    let page = PersonalDetails {
        news: News::said(guest.query.text("done"), &contacts.changes, visit.now),
        pending: contacts
            .changes
            .iter()
            .map(|change| Pending {
                id: change.id,
                what: in_words(&f, change),
                state: change.state(visit.now),
            })
            .collect(),
        details: facts(&f, &known, &contacts, visit.now),
        f,
    };
    Ok(front::show(StatusCode::OK, &page))
}

/// `GET` of an address that only takes answers.
pub async fn back() -> Response {
    see_other(HOME)
}

/// `POST /personal-details/cancel`: takes a change away and protects, so nothing is asked first.
pub async fn cancel(member: Member, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let Ok(fields) = form.of_session() else { return Ok(see_other(HOME)) };
    let Ok(id) = Uuid::try_parse(fields.text("change")) else { return Ok(see_other(HOME)) };
    let cancelled =
        undo::cancel(&guest.site.app, &guest.visit, &member.signed_in, ChangeId(id)).await?;
    Ok(see_other(match cancelled {
        Cancelled::Done | Cancelled::Before(_) => "/personal-details?done=cancelled",
        Cancelled::TooLate => "/personal-details?done=too-late",
        Cancelled::Gone => HOME,
    }))
}

/// What is known, masked as it may be shown (N-06).
fn facts(f: &Frame, known: &Details, contacts: &Overview, now: Instant) -> Vec<Detail> {
    let person = &known.person;
    let recorded = known.recorded_at.date(f.zone);
    let is_self_employed = known.memberships.iter().all(|m| m.segment == Segment::SelfEmployed);
    let told_by = if is_self_employed { Source::Member } else { Source::Employer };
    let fact = |what, values, source| Detail {
        what,
        values,
        source,
        since: Some(recorded),
        counts: String::new(),
        acts: Vec::new(),
    };
    // What two officers put right is so since the day that the evidence says.
    let (since, source) = match known.put_right_since {
        Some(day) => (day, Source::Programme),
        None => (recorded, told_by),
    };
    let registered = |what, value| Detail { since: Some(since), ..fact(what, vec![value], source) };
    let kpjs = known.memberships.iter().map(|m| m.kpj.to_string()).collect();
    let mut facts = vec![
        registered(What::Name, person.name.expose().to_owned()),
        registered(What::Nik, person.nik.masked()),
        registered(What::BirthDate, f.date(&person.birth_date)),
        fact(What::Kpj, kpjs, Source::Programme),
    ];
    for kind in [Kind::Phone, Kind::Email] {
        facts.extend(contact_facts(f, contacts, kind, recorded, now));
    }
    let home = &person.address;
    let address = vec![
        home.street.clone(),
        format!("{}, {}", home.village, home.district),
        format!("{}, {} {}", home.regency, home.province, home.postcode),
    ];
    let source = if known.address_set_at.is_some() { Source::Member } else { told_by };
    facts.push(Detail {
        since: Some(known.address_set_at.map_or(recorded, |at| at.date(f.zone))),
        acts: vec![Act {
            way: "/personal-details/address".to_owned(),
            label: f.t("personal-change-link"),
            about: f.t("personal-address"),
        }],
        ..fact(What::Address, address, source)
    });
    facts
}

/// A line for each contact of a kind, and the way to add one while there is room.
fn contact_facts(
    f: &Frame,
    contacts: &Overview,
    kind: Kind,
    recorded: Date,
    now: Instant,
) -> Vec<Detail> {
    let (what, adding) = match kind {
        Kind::Phone => (What::Phone, f.t("personal-add-phone-link")),
        Kind::Email => (What::Email, f.t("personal-add-email-link")),
    };
    let add = Act { way: format!("{HOME}/{}", kind.name()), label: adding, about: String::new() };
    let mut facts: Vec<Detail> =
        contacts.of_kind(kind).map(|one| contact_fact(f, what, one, recorded, now)).collect();
    let staying = contacts.of_kind(kind).filter(|one| !one.standing.is_leaving()).count();
    if facts.is_empty() {
        facts.push(Detail {
            what,
            values: Vec::new(),
            source: Source::Member,
            since: None,
            counts: String::new(),
            acts: vec![add],
        });
    } else if staying < MOST
        && let Some(last) = facts.last_mut()
    {
        last.acts.push(add);
    }
    facts
}

fn contact_fact(f: &Frame, what: What, one: &Listed, recorded: Date, now: Instant) -> Detail {
    let (kind, standing) = (Kind::of(&one.to), one.standing);
    let shown = masked(f, &one.to);
    let act = |way: String, key: &str| Act { way, label: f.t(key), about: shown.clone() };
    let can_go = standing.counts(now) && !standing.is_leaving();
    let acts = if can_go {
        vec![
            act(format!("{HOME}/{}?of={}", kind.name(), one.handle), "personal-change-link"),
            act(format!("{HOME}/remove?of={}", one.handle), "personal-remove-link"),
        ]
    } else {
        Vec::new()
    };
    let counts = match standing.counts_until {
        Some(end) => f.t1("personal-until", "time", f.date_time(&end)),
        None if standing.is_cooling(now) => {
            f.t1("personal-from", "time", f.date_time(&standing.counts_from))
        }
        None => String::new(),
    };
    // One that came with the account is as old as the record.
    let came_later = standing.counts_from > Instant::from_micros(0);
    let since = if came_later { standing.counts_from.date(f.zone) } else { recorded };
    Detail {
        what,
        values: vec![shown],
        source: Source::Member,
        since: (!standing.is_cooling(now)).then_some(since),
        counts,
        acts,
    }
}
