//! M17, what is still owed: every month that the sums on other pages are made of, so that a pencil
//! comes to the same.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::contributions::duty::{Duty, Owed, Toll, asked_of_employers, penalties};
use payung_domain::contributions::history::{
    Filter as Wanted, History as Known, MonthRow, MonthState,
};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programmes;
use payung_flows::Fault;
use payung_flows::members::{self, Record};

use super::history::{Mark, address_of, wanted};
use super::sums::{OneCost, Working, costs, duties};
use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;
use crate::pages::benefits::words::Term;

/// The page.
#[derive(Debug, Template)]
#[template(path = "contributions/owed.html")]
pub struct Owing {
    /// Around the page.
    pub f: Frame,
    /// Of which year, programme and employer alone the sums are; `None` where they are of everything.
    pub part: Option<String>,
    /// Months that did not come, or not in full, the latest first.
    pub rows: Vec<Row>,
    /// What they add up to.
    pub owed: Owed,
    /// How the contributions that are owed add up.
    pub why_owed: Working,
    /// How the penalties on them add up.
    pub why_penalties: Working,
    /// What they cost the member, line by line.
    pub costs: Vec<OneCost>,
    /// Months that came late, the latest first.
    pub late: Vec<Row>,
    /// The penalties of those.
    pub penalties: Rupiah,
    /// How those add up.
    pub why_late: Working,
    /// What the law asks of employers beside the money, and where to complain.
    pub duties: Vec<Term>,
}

/// One programme of a month, in a sum.
#[derive(Clone, Debug)]
pub struct Row {
    /// The month of work.
    pub month: Month,
    /// The programme's letters.
    pub programme: String,
    /// Who owes it.
    pub employer: String,
    /// What became of it.
    pub mark: Mark,
    /// What was due, where that can be said.
    pub due: Option<Rupiah>,
    /// What came.
    pub paid: Rupiah,
    /// What is still owed.
    pub owed: Rupiah,
    /// The penalty for being late, where that can be said.
    pub penalty: Option<Rupiah>,
    /// Where the month is explained.
    pub why: String,
}

/// `GET /contributions/owed`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let app = &member.guest.site.app;
    let record = members::record(app, member.signed_in.account.person).await?;
    let wanted = wanted(&member.guest.query, &record);
    let history = record.history(app, member.today()).only(wanted);
    let page = Owing::of(member.frame(), &record, &history, &app.programmes, member.today());
    let mut page = page.ok_or_else(too_large)?;
    page.part = says_part(&page.f, &record, wanted);
    Ok(front::show(StatusCode::OK, &page))
}

/// Which part a choice leaves: `2025, Old-age savings, PT Contoh`.
fn says_part(f: &Frame, record: &Record, wanted: Wanted) -> Option<String> {
    let year = wanted.year.map(|year| year.to_string());
    let programme = wanted.programme.map(|programme| f.programme(programme.code()));
    let employer = wanted.employer.and_then(|id| record.employer_name(id));
    let chosen: Vec<String> = [year, programme, employer].into_iter().flatten().collect();
    (!chosen.is_empty()).then(|| f.t1("owed-part", "part", chosen.join(", ")))
}

/// What nobody owes: more than an amount can hold.
pub(crate) fn too_large() -> Fault {
    Fault::new("adding up what is owed", "more than an amount can hold")
}

impl Owing {
    /// The page of a history; `None` past what an amount can hold.
    #[must_use]
    pub fn of(
        f: Frame,
        record: &Record,
        history: &Known,
        programmes: &Programmes,
        today: Date,
    ) -> Option<Self> {
        let wanting = |row: &&MonthRow| {
            matches!(row.state, MonthState::Missing { .. } | MonthState::Short { .. })
        };
        let of_it = |row| Row::of(row, record, programmes, today);
        let owing = || history.rows().iter().filter(wanting);
        let late: Vec<Row> = history.late().map(of_it).collect();
        let penalties = penalties(history.late(), programmes, today)?;
        let toll = Toll::of(owing(), programmes, today)?;
        let known = duties(owing(), programmes, today);
        let of_late = duties(history.late(), programmes, today);
        Some(Self {
            part: None,
            rows: owing().map(of_it).collect(),
            owed: Owed::of(owing(), programmes, today)?,
            why_owed: Working::of_owed(&f, &known),
            why_penalties: Working::of_penalties(&f, &known),
            costs: costs(&f, &toll, &known),
            late,
            penalties,
            why_late: Working::of_penalties(&f, &of_late),
            duties: asked_of_employers(programmes, today)
                .iter()
                .map(|(value, rule)| Term::of(&f, value, rule))
                .collect(),
            f,
        })
    }
}

impl Row {
    fn of(row: &MonthRow, record: &Record, programmes: &Programmes, today: Date) -> Self {
        let duty = Duty::of(row, programmes, today);
        let came = row.contribution.and_then(|came| came.total());
        let due = duty.as_ref().and_then(|duty| duty.due.as_ref().ok()?.total());
        Self {
            month: row.month,
            programme: row.programme.code().to_owned(),
            employer: row.employer.and_then(|id| record.employer_name(id)).unwrap_or_default(),
            mark: Mark::of(row.state),
            due,
            paid: came.unwrap_or_default(),
            owed: duty.as_ref().map(|duty| duty.owed).unwrap_or_default(),
            penalty: duty.and_then(|duty| duty.penalty?.amount),
            why: address_of(row),
        }
    }
}

/// What all of it costs a member, a line for each benefit.
#[must_use]
pub fn says_toll(f: &Frame, toll: &Toll) -> Vec<String> {
    toll_lines(f, toll).into_iter().flatten().collect()
}

/// The line of each benefit: savings, pension, cover, job loss, wage; none where nothing is lost.
pub(super) fn toll_lines(f: &Frame, toll: &Toll) -> [Option<String>; 5] {
    let amount = |key: &str, amount: Rupiah| {
        (amount > Rupiah::ZERO).then(|| f.t1(key, "amount", f.money(&amount)))
    };
    let months = |key: &str, months: u32| (months > 0).then(|| f.t1(key, "n", months));
    [
        amount("toll-savings", toll.savings),
        amount("toll-pension", toll.pension),
        months("toll-cover", toll.months_of_cover),
        months("toll-job-loss", toll.months_of_job_loss),
        months("toll-wage", toll.months_of_lower_wage),
    ]
}
