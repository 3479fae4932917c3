//! M17 Riwayat iuran / Contributions: months as a grid, years as bars, rows as a table.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::contributions::history::{
    Filter as Wanted, History as Known, MonthRow, MonthState,
};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme;
use payung_flows::members::{self, Record};

use super::chart::Chart;
use payung_flows::Fault;

use crate::form::Fields;
use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;

/// The contribution history.
#[derive(Debug, Template)]
#[template(path = "contributions/history.html")]
pub struct History {
    /// Around the page.
    pub f: Frame,
    /// What may be chosen, and what is.
    pub filter: Filter,
    /// Months that are past due and not received, in this choice.
    pub missing_months: u32,
    /// Year by year, newest first; every month with its state.
    pub grid: Vec<GridYear>,
    /// Sums year by year, newest first.
    pub years: Vec<YearSum>,
    /// The same as a picture; `None` when the browser saves data (`Save-Data`).
    pub chart: Option<Chart>,
    /// At most 24 rows, newest first.
    pub rows: Vec<Row>,
    /// Address of the rows before these, if there are some.
    pub older: Option<String>,
    /// Address of the newest rows, when these are not they.
    pub newest: Option<String>,
}

/// The choices of the three selects.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// `year`
    pub years: Vec<Choice>,
    /// `programme`
    pub programmes: Vec<Choice>,
    /// `employer`
    pub employers: Vec<Choice>,
}

/// One line of a select. "All" comes from the page itself, with an empty value.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What the address says.
    pub value: String,
    /// What people read.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// Twelve months of a year.
#[derive(Clone, Debug)]
pub struct GridYear {
    /// The year.
    pub year: i16,
    /// January to December.
    pub months: [(Month, Mark); 12],
}

/// What became of a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// Nothing is due: before or after the work, or in the future.
    #[default]
    NotDue,
    /// Received in time.
    Received,
    /// Received after its due date.
    Late,
    /// Less than due was received.
    Short,
    /// Due later.
    Waiting,
    /// Past due and not received.
    Missing,
}

impl Mark {
    /// All, in the order of the legend.
    pub const ALL: [Self; 6] =
        [Self::Received, Self::Late, Self::Short, Self::Waiting, Self::Missing, Self::NotDue];

    /// The name of its look.
    #[must_use]
    pub const fn look(self) -> &'static str {
        match self {
            Self::NotDue => "none",
            Self::Received => "ok",
            Self::Late => "late",
            Self::Short => "short",
            Self::Waiting => "wait",
            Self::Missing => "miss",
        }
    }

    /// In words.
    #[must_use]
    pub fn label(self, f: &Frame) -> String {
        match self {
            Self::NotDue => f.t("mark-none"),
            Self::Received => f.t("mark-received"),
            Self::Late => f.t("mark-late"),
            Self::Short => f.t("mark-short"),
            Self::Waiting => f.t("mark-waiting"),
            Self::Missing => f.t("mark-missing"),
        }
    }
}

/// What came in during a year.
#[derive(Clone, Copy, Debug)]
pub struct YearSum {
    /// The year.
    pub year: i16,
    /// The member's own part.
    pub own: Rupiah,
    /// The employer's part.
    pub employer: Rupiah,
    /// Both together.
    pub total: Rupiah,
}

/// One month of one programme with one employer.
#[derive(Clone, Debug)]
pub struct Row {
    /// The month it is for.
    pub month: Month,
    /// The programme's letters.
    pub programme: String,
    /// Who pays.
    pub employer: String,
    /// What tells the payer from another one in a name for scripts: `-contoh01`, or nothing.
    pub payer: String,
    /// The wage it was worked out from, once known.
    pub wage: Option<Rupiah>,
    /// The member's own part.
    pub own_part: Rupiah,
    /// The employer's part.
    pub employer_part: Rupiah,
    /// When it was received.
    pub received: Option<Date>,
    /// What became of it.
    pub mark: Mark,
}

impl Row {
    /// `own-jht-202607-contoh01`: for scripts that read amounts. The employer's number is in it,
    /// since two of them may pay for the same month.
    fn name(&self, part: &str) -> String {
        let (programme, month) = (self.programme.to_lowercase(), self.month.get());
        format!("{part}-{programme}-{month}{}", self.payer)
    }

    /// Nothing came for this month, so that on a phone its amounts would only take room.
    fn is_nothing(&self) -> bool {
        self.own_part == Rupiah::ZERO && self.employer_part == Rupiah::ZERO
    }

    fn is_missing(&self) -> bool {
        self.mark == Mark::Missing
    }
}

impl YearSum {
    /// `own-2026`: for scripts that read amounts.
    fn name(&self, part: &str) -> String {
        format!("{part}-{}", self.year)
    }
}

/// Rows on a page.
const PAGE: usize = 24;

/// `GET /contributions`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let app = &guest.site.app;
    let record = members::record(app, member.signed_in.account.person).await?;
    let all = record.history(app, member.today());
    let wanted = wanted(&guest.query, &record);
    let chosen = all.only(wanted);
    let f = member.frame();
    let years: Vec<YearSum> = chosen
        .yearly_sums(None)
        .map_err(Fault::while_doing("adding up contributions"))?
        .iter()
        .rev()
        .map(YearSum::of)
        .collect::<Option<_>>()
        .ok_or_else(|| Fault::new("adding up contributions", "more than an amount can hold"))?;
    let (rows, older, newest) = page_of(&chosen, &record, &guest.query, wanted);
    let mut missing: Vec<Month> = chosen.missing().map(|row| row.month).collect();
    missing.dedup();
    let page = History {
        filter: Filter::of(&f, &all, &record, wanted),
        missing_months: u32::try_from(missing.len()).unwrap_or(u32::MAX),
        grid: chosen.grid(None).iter().map(GridYear::of).collect(),
        chart: if guest.saves_data { None } else { Chart::of(&f, &years) },
        years,
        rows,
        older,
        newest,
        f,
    };
    Ok(front::show(StatusCode::OK, &page))
}

/// What the address asks for. A choice that is none of this member's chooses everything.
fn wanted(query: &Fields, record: &Record) -> Wanted {
    Wanted {
        year: query.text("year").parse().ok(),
        programme: Programme::coded(query.text("programme")),
        employer: record
            .employers
            .iter()
            .find(|employer| employer.npp.as_str() == query.text("employer"))
            .map(|employer| employer.id),
    }
}

/// The rows before the one that the address names, and the ways to older and to the newest ones.
fn page_of(
    chosen: &Known,
    record: &Record,
    query: &Fields,
    wanted: Wanted,
) -> (Vec<Row>, Option<String>, Option<String>) {
    let shown: Vec<&MonthRow> =
        chosen.rows().iter().filter(|row| row.state != MonthState::NotPublished).collect();
    let begin = query
        .filled("before")
        .and_then(|key| shown.iter().position(|row| key_of(row) == key))
        .map_or(0, |at| at + 1);
    let rows: Vec<Row> =
        shown.iter().skip(begin).take(PAGE).map(|row| Row::of(row, record)).collect();
    let last = shown.get(begin + PAGE - 1).filter(|_| shown.len() > begin + PAGE);
    let older = last.map(|row| address(record, wanted, Some(&key_of(row))));
    let newest = (begin > 0).then(|| address(record, wanted, None));
    (rows, older, newest)
}

/// What names a row in an address: stable however many rows come before it later.
fn key_of(row: &MonthRow) -> String {
    let payer = row.employer.map_or(row.membership.0, |employer| employer.0);
    format!("{}-{}-{}", row.month.get(), row.programme.code(), payer.simple())
}

fn address(record: &Record, wanted: Wanted, before: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(year) = wanted.year {
        query.append_pair("year", &year.to_string());
    }
    if let Some(programme) = wanted.programme {
        query.append_pair("programme", programme.code());
    }
    if let Some(employer) = record.employers.iter().find(|e| Some(e.id) == wanted.employer) {
        query.append_pair("employer", employer.npp.as_str());
    }
    if let Some(before) = before {
        query.append_pair("before", before);
    }
    format!("/contributions?{}#rows", query.finish())
}

impl Filter {
    fn of(f: &Frame, all: &Known, record: &Record, wanted: Wanted) -> Self {
        let years = all.years().into_iter().map(|year| Choice {
            value: year.to_string(),
            label: year.to_string(),
            chosen: wanted.year == Some(year),
        });
        let has = |programme| all.rows().iter().any(|row| row.programme == programme);
        let programmes = Programme::ALL.into_iter().filter(|p| has(*p)).map(|programme| Choice {
            value: programme.code().to_owned(),
            label: format!("{} ({})", f.programme(programme.code()), programme.code()),
            chosen: wanted.programme == Some(programme),
        });
        let employers = record.employers.iter().map(|employer| Choice {
            value: employer.npp.as_str().to_owned(),
            label: employer.name.clone(),
            chosen: wanted.employer == Some(employer.id),
        });
        Self {
            years: years.collect(),
            programmes: programmes.collect(),
            employers: employers.collect(),
        }
    }
}

impl GridYear {
    fn of(known: &payung_domain::contributions::overview::GridYear) -> Self {
        let mut months = [(Month::of(jiff::civil::date(known.year, 1, 1)), Mark::NotDue); 12];
        let first = months[0].0;
        for (ahead, (cell, state)) in (0..).zip(months.iter_mut().zip(known.months)) {
            *cell = (first.plus(ahead), state.map_or(Mark::NotDue, Mark::of));
        }
        Self { year: known.year, months }
    }
}

impl Mark {
    const fn of(state: MonthState) -> Self {
        match state {
            MonthState::Received => Self::Received,
            MonthState::Late { .. } => Self::Late,
            MonthState::Awaited { .. } => Self::Waiting,
            MonthState::Missing { .. } => Self::Missing,
            MonthState::NotPublished => Self::NotDue,
        }
    }
}

impl YearSum {
    fn of(known: &payung_domain::contributions::overview::YearSum) -> Option<Self> {
        Some(Self {
            year: known.year,
            own: known.worker_part,
            employer: known.employer_part,
            total: known.worker_part.checked_add(known.employer_part)?,
        })
    }
}

impl Row {
    fn of(row: &MonthRow, record: &Record) -> Self {
        let received = row.contribution.as_ref();
        Self {
            month: row.month,
            programme: row.programme.code().to_owned(),
            employer: row.employer.and_then(|id| record.employer_name(id)).unwrap_or_default(),
            payer: record
                .employers
                .iter()
                .find(|employer| Some(employer.id) == row.employer)
                .map(|employer| format!("-{}", employer.npp.as_str().to_lowercase()))
                .unwrap_or_default(),
            wage: received.map(|c| c.wage),
            own_part: received.map_or(Rupiah::ZERO, |c| c.worker_part),
            employer_part: received.map_or(Rupiah::ZERO, |c| c.employer_part),
            received: received.map(|c| c.received_on),
            mark: Mark::of(row.state),
        }
    }
}
