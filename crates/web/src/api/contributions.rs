//! What came and what did not, month by month: the rows of the page, in pages that go on where the
//! one before ended.

use axum::response::Response;
use jiff::civil::Date;
use payung_domain::contributions::history::{Filter, MonthRow, MonthState};
use payung_domain::contributions::place::Place;
use payung_domain::members::Segment;
use payung_domain::money::Rupiah;
use payung_domain::oidc::scopes::Scope;
use payung_domain::programmes::{Programme, Programmes};
use payung_flows::api::Reader;
use payung_flows::members::{self, Record};
use payung_flows::oidc;
use serde::Serialize;
use serde_json::{Value, json};

use super::call::Call;
use super::paging::{self, one};
use super::problem::Stop;
use super::shapes::{Field, Kind, Shapes, YearMonth, described, shape};
use super::{CONTRIBUTIONS, Parameter};
use crate::form::Fields;

/// What the address may ask for.
pub const QUERY: &[Parameter] = &[
    Parameter {
        name: "year",
        about: "Only months of this year.",
        schema: || json!({ "type": "integer" }),
    },
    Parameter {
        name: "programme",
        about: "Only this programme.",
        schema: || json!({ "type": "string", "enum": Programme::ALL }),
    },
    paging::LIMIT,
    paging::CURSOR,
];

shape! {
    /// Some rows, and where the next ones are.
    Contributions {
        /// The latest month first.
        items: Vec<Contribution>,
        /// The address of the rows after these, where there are some.
        /// It is in the header `Link` too.
        next: Option<String>,
    }
}

shape! {
    /// One programme of one employment in one month. Amounts are whole rupiah.
    Contribution {
        /// The month it is for.
        month: YearMonth,
        /// The programme.
        programme: Programme,
        /// What became of it.
        state: State,
        /// Who pays; left out where the member does.
        employer: Option<Employer>,
        /// Under which member number, with the scope `membership`.
        membership_number: Option<String>,
        /// The wage that was reported, once something came.
        wage: Option<Rupiah>,
        /// The member's own part of what came.
        own_part: Rupiah,
        /// The employer's part of what came.
        employer_part: Rupiah,
        /// The last day on which it is in time, where one is published.
        due_on: Option<Date>,
        /// The day it came.
        received_on: Option<Date>,
    }
}

shape! {
    /// An employer.
    Employer {
        /// Its number in the programme (NPP).
        number: String,
        /// Its name.
        name: String,
    }
}

/// What became of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It came in time.
    Received,
    /// It came after its due date.
    Late,
    /// Less than due came.
    Short,
    /// It can still come in time.
    Awaited,
    /// It has not come, and its due date is past.
    Missing,
}

impl State {
    const ALL: [Self; 5] = [Self::Received, Self::Late, Self::Short, Self::Awaited, Self::Missing];

    /// None where nothing is published to judge a month by: the page does not show it either.
    const fn of(state: MonthState) -> Option<Self> {
        match state {
            MonthState::Received => Some(Self::Received),
            MonthState::Late { .. } => Some(Self::Late),
            MonthState::Short { .. } => Some(Self::Short),
            MonthState::Awaited { .. } => Some(Self::Awaited),
            MonthState::Missing { .. } => Some(Self::Missing),
            MonthState::NotPublished => None,
        }
    }
}

impl Kind for State {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string", "enum": Self::ALL })
    }
}

/// `GET /api/v1/contributions`
pub async fn show(call: Call) -> Response {
    let told = tell(&call).await;
    let next = told.as_ref().ok().and_then(|page| page.next.clone());
    paging::answer(&call, told, next)
}

async fn tell(call: &Call) -> Result<Contributions, Stop> {
    let reader = call.reader(&CONTRIBUTIONS).await?;
    let asked = Asked::read(&call.guest.query)?;
    let app = call.app();
    let record = members::record(app, reader.account.person).await?;
    let history = record.history(app, call.guest.visit.now.date(reader.account.zone));
    let teller = Teller { record: &record, programmes: &app.programmes, reader: &reader };
    let mut rows: Vec<(Place, Contribution)> = history
        .filtered(asked.filter)
        .filter(|row| asked.after.is_none_or(|after| Place::of(row) > after))
        .filter_map(|row| Some((Place::of(row), teller.contribution(row)?)))
        .take(asked.most + 1)
        .collect();
    let goes_on = rows.len() > asked.most;
    rows.truncate(asked.most);
    let last = rows.last().filter(|_| goes_on).map(|(place, _)| *place);
    let next = last.map(|place| oidc::address(app, &asked.going_on_after(place)));
    let items = rows.into_iter().map(|(_, row)| row).collect();
    Ok(Contributions { items, next })
}

/// What the address asks for.
struct Asked {
    filter: Filter,
    most: usize,
    after: Option<Place>,
}

impl Asked {
    fn read(query: &Fields) -> Result<Self, Stop> {
        let filter = Filter {
            year: one(query, "year", |text| text.parse().ok())?,
            programme: one(query, "programme", Programme::coded)?,
            employer: None,
        };
        let most = paging::most(query)?;
        let after = one(query, "cursor", Place::parse)?;
        Ok(Self { filter, most, after })
    }

    /// The address of the rows after a place, asked for in the same way.
    fn going_on_after(&self, place: Place) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(year) = self.filter.year {
            query.append_pair("year", &year.to_string());
        }
        if let Some(programme) = self.filter.programme {
            query.append_pair("programme", programme.code());
        }
        query.append_pair("limit", &self.most.to_string());
        query.append_pair("cursor", &place.to_string());
        format!("{}?{}", CONTRIBUTIONS.path, query.finish())
    }
}

/// What rows are told with.
struct Teller<'a> {
    record: &'a Record,
    programmes: &'a Programmes,
    reader: &'a Reader,
}

impl Teller<'_> {
    fn contribution(&self, row: &MonthRow) -> Option<Contribution> {
        let state = State::of(row.state)?;
        let received = row.contribution.as_ref();
        Some(Contribution {
            month: YearMonth(row.month),
            programme: row.programme,
            state,
            employer: self.employer(row),
            membership_number: self.number(row),
            wage: received.map(|came| came.wage),
            own_part: received.map_or(Rupiah::ZERO, |came| came.worker_part),
            employer_part: received.map_or(Rupiah::ZERO, |came| came.employer_part),
            due_on: self.due_on(row),
            received_on: received.map(|came| came.received_on),
        })
    }

    fn employer(&self, row: &MonthRow) -> Option<Employer> {
        let known = self.record.employers.iter().find(|known| Some(known.id) == row.employer)?;
        Some(Employer { number: known.npp.as_str().to_owned(), name: known.name.clone() })
    }

    fn number(&self, row: &MonthRow) -> Option<String> {
        let mut all = self.record.memberships.iter();
        let known = all.find(|known| known.id == row.membership)?;
        let may_name = self.reader.scopes.has(Scope::Membership);
        may_name.then(|| known.kpj.as_str().to_owned())
    }

    fn due_on(&self, row: &MonthRow) -> Option<Date> {
        let is_employed = row.employer.is_some();
        let segment = if is_employed { Segment::WageEarner } else { Segment::SelfEmployed };
        match (row.contribution, row.state) {
            (Some(came), _) => Some(came.due_on),
            (None, MonthState::Awaited { until }) => Some(until),
            (None, _) => {
                let due = self.programmes.due_date(row.programme, segment, row.month);
                due.ok().map(|due| due.on)
            }
        }
    }
}
