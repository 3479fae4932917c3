//! M17 Riwayat iuran / Contributions: months as a grid, years as bars, rows as a table.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::contributions::Contribution;
use payung_domain::contributions::duty::{Duty, Owed, Toll};
use payung_domain::contributions::history::{
    Filter as Wanted, History as Known, MonthRow, MonthState,
};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme;
use payung_flows::members::{self, Record};
use payung_flows::{App, Fault};

use super::chart::Chart;
use super::owed::{says_toll, too_large};
use super::sums::{OfYear, of_year};
use super::wage::{self, Asked};

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
    /// Months for which too little came, in this choice.
    pub short_months: u32,
    /// What is still owed in this choice, and the penalties on it.
    pub owed: Owed,
    /// What it costs the member, a line for each benefit.
    pub costs: Vec<String>,
    /// Whether a wage is the member's, where that is still to be answered.
    pub asked: Option<Asked>,
    /// Year by year, newest first; every month with its state.
    pub grid: Vec<GridYear>,
    /// Sums year by year, newest first.
    pub years: Vec<YearSum>,
    /// Of the year that is chosen, what its sum is made of.
    pub year_why: Vec<OfYear>,
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
    pub months: [Cell; 12],
}

/// A month of the grid.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Which.
    pub month: Month,
    /// What became of it.
    pub mark: Mark,
    /// Where it is explained, where it needs looking at.
    pub why: Option<String>,
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
    /// What is still owed for it, or what being late costs, in words.
    pub note: Option<String>,
    /// Where the month is explained.
    pub why: String,
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
    let explain = Explain { f: &f, record: &record, app, today: member.today() };
    let (rows, older, newest) = page_of(&chosen, &explain, &guest.query, wanted);
    let wanting = || chosen.missing().chain(chosen.short());
    let owed = Owed::of(wanting(), &app.programmes, member.today()).ok_or_else(too_large)?;
    let toll = Toll::of(wanting(), &app.programmes, member.today()).ok_or_else(too_large)?;
    let page = History {
        filter: Filter::of(&f, &all, &record, wanted),
        missing_months: months(chosen.missing()),
        short_months: months(chosen.short()),
        owed,
        costs: says_toll(&f, &toll),
        asked: wage::next(&f, &record),
        grid: chosen.grid(None).iter().map(|year| GridYear::of(year, chosen.rows())).collect(),
        chart: if guest.saves_data { None } else { Chart::of(&f, &years) },
        years,
        year_why: match wanted.year {
            Some(_) => of_year(&f, chosen.rows(), &app.programmes, member.today()),
            None => Vec::new(),
        },
        rows,
        older,
        newest,
        f,
    };
    Ok(front::show(StatusCode::OK, &page))
}

impl History {
    /// Where what is owed in this choice is explained.
    fn owed_address(&self) -> String {
        let year = self.filter.years.iter().find(|year| year.chosen);
        self.with_choice("/contributions/owed", year.map(|year| &*year.value))
    }

    /// Where the sum of a year is explained.
    fn year_address(&self, year: &impl ToString) -> String {
        let address = self.with_choice("/contributions", Some(&year.to_string()));
        format!("{address}#years-title")
    }

    /// An address with the programme and the employer that are chosen here.
    fn with_choice(&self, path: &str, year: Option<&str>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(year) = year {
            query.append_pair("year", year);
        }
        let choices =
            [("programme", &self.filter.programmes), ("employer", &self.filter.employers)];
        for (name, choices) in choices {
            if let Some(one) = choices.iter().find(|choice| choice.chosen) {
                query.append_pair(name, &one.value);
            }
        }
        match query.finish() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

/// How many months these rows are about.
pub(crate) fn months<'a>(rows: impl Iterator<Item = &'a MonthRow>) -> u32 {
    let mut months: Vec<Month> = rows.map(|row| row.month).collect();
    months.dedup();
    u32::try_from(months.len()).unwrap_or(u32::MAX)
}

/// What a row is explained with.
struct Explain<'a> {
    f: &'a Frame,
    record: &'a Record,
    app: &'a App,
    today: Date,
}

/// What the address asks for. A choice that is none of this member's chooses everything.
pub(super) fn wanted(query: &Fields, record: &Record) -> Wanted {
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
    explain: &Explain<'_>,
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
        shown.iter().skip(begin).take(PAGE).map(|row| Row::of(row, explain)).collect();
    let record = explain.record;
    let last = shown.get(begin + PAGE - 1).filter(|_| shown.len() > begin + PAGE);
    let older = last.map(|row| address(record, wanted, Some(&key_of(row))));
    let newest = (begin > 0).then(|| address(record, wanted, None));
    (rows, older, newest)
}

/// Where a row is explained.
pub(super) fn address_of(row: &MonthRow) -> String {
    format!("/contributions/month?of={}", key_of(row))
}

/// Where a contribution is explained.
pub(crate) fn address_of_contribution(came: &Contribution) -> String {
    let payer = came.employer.map_or(came.membership.0, |employer| employer.0);
    let (month, programme) = (came.month.get(), came.programme.code());
    format!("/contributions/month?of={month}-{programme}-{}", payer.simple())
}

/// What names a row in an address: stable however many rows come before it later.
pub(super) fn key_of(row: &MonthRow) -> String {
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
    fn of(known: &payung_domain::contributions::overview::GridYear, rows: &[MonthRow]) -> Self {
        let mut month = Month::of(jiff::civil::date(known.year, 1, 1)).previous();
        let months = known.months.map(|state| {
            month = month.next();
            Cell::of(month, state, rows)
        });
        Self { year: known.year, months }
    }
}

impl Cell {
    /// What is fine, or not due, needs no explanation of its own: its year and its row have one.
    fn of(month: Month, state: Option<MonthState>, rows: &[MonthRow]) -> Self {
        let mark = state.map_or(Mark::NotDue, Mark::of);
        let needs_looking_at = matches!(mark, Mark::Late | Mark::Short | Mark::Missing);
        let row = rows.iter().find(|row| row.month == month && Some(row.state) == state);
        let why = row.filter(|_| needs_looking_at).map(address_of);
        Self { month, mark, why }
    }
}

impl Mark {
    pub(super) const fn of(state: MonthState) -> Self {
        match state {
            MonthState::Received => Self::Received,
            MonthState::Late { .. } => Self::Late,
            MonthState::Short { .. } => Self::Short,
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
    fn of(row: &MonthRow, explain: &Explain<'_>) -> Self {
        let Explain { f, record, app, today } = *explain;
        let received = row.contribution.as_ref();
        let duty = Duty::of(row, &app.programmes, today);
        Self {
            note: duty.and_then(|duty| note(f, row, &duty)),
            why: address_of(row),
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

/// What is still owed for a month, or what being late costs, in a few words.
fn note(f: &Frame, row: &MonthRow, duty: &Duty<'_>) -> Option<String> {
    let penalty = duty.penalty.as_ref().and_then(|penalty| penalty.amount);
    let owed = match penalty {
        _ if duty.owed == Rupiah::ZERO => None,
        Some(penalty) => Some(f.t2(
            "owed-and-penalty",
            "owed",
            f.money(&duty.owed),
            "penalty",
            f.money(&penalty),
        )),
        None => Some(f.t1("owed-only", "owed", f.money(&duty.owed))),
    };
    match row.state {
        MonthState::Missing { .. } | MonthState::Short { before: None, said: None } => owed,
        MonthState::Late { .. } => {
            penalty.map(|penalty| f.t1("penalty-only", "penalty", f.money(&penalty)))
        }
        MonthState::Short { before, said } => {
            let before = before.map(|before| f.t1("wage-fell", "before", f.money(&before)));
            let said = said.map(|said| f.t1("wage-by-word", "wage", f.money(&said)));
            let notes: Vec<String> = [before, said].into_iter().flatten().collect();
            Some(notes.join(". "))
        }
        MonthState::Received | MonthState::Awaited { .. } | MonthState::NotPublished => None,
    }
}
