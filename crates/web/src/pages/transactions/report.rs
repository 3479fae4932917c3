//! "I do not recognise this": one row looked at closely, and the button that shuts payouts and sends
//! the row to staff.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::payout_lock::Payouts;
use payung_domain::transactions::{Outcome, Report, Spot};
use payung_flows::transactions::reports::{self, Answer, Shown};

use super::list::Row;
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;

/// The page of a row.
#[derive(Debug, Template)]
#[template(path = "transactions/report.html")]
pub struct ReportRow {
    /// Around the page.
    pub f: Frame,
    /// The row.
    pub row: Row,
    /// The newest report of it.
    pub report: Option<Report>,
    /// Whether nothing may be paid out.
    pub is_shut: bool,
    /// Whether as many reports are open as may be.
    pub is_full: bool,
}

impl ReportRow {
    /// The page of a row that was looked up.
    #[must_use]
    pub fn of(f: Frame, shown: Shown) -> Self {
        let Shown { row, report, payouts, is_full } = shown;
        let is_reported = report.as_ref().is_some_and(Report::is_open);
        let row = Row::of(&f, 1, &row, is_reported);
        Self { row, report, is_shut: payouts == Payouts::Closed, is_full, f }
    }

    /// The number of the report that is open; nothing while none is.
    fn open(&self) -> String {
        let open = self.report.as_ref().filter(|report| report.is_open());
        open.map(|report| report.reference.to_string()).unwrap_or_default()
    }

    /// What came of an earlier report; nothing where there was none.
    fn outcome(&self) -> String {
        let Some(report) = &self.report else { return String::new() };
        let Some((at, outcome)) = report.closed else { return String::new() };
        let (reference, date) = (report.reference.to_string(), self.f.day(&at));
        let key = match outcome {
            Outcome::Explained => "report-was-explained",
            Outcome::Corrected => "report-was-corrected",
            Outcome::Fraud => "report-was-fraud",
        };
        self.f.t2(key, "reference", reference, "date", date)
    }
}

/// `GET /transactions/report?row=…`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let Some(named) = guest.query.filled("row") else { return Ok(see_other("/transactions")) };
    let spot = Spot::parse(named).ok_or(Trouble::Obstacle(Obstacle::NotFound))?;
    let (app, visit) = (&guest.site.app, &guest.visit);
    let shown = reports::view(app, visit, &member.signed_in, &spot).await?;
    let shown = shown.ok_or(Trouble::Obstacle(Obstacle::NotFound))?;
    Ok(front::show(StatusCode::OK, &ReportRow::of(member.frame(), shown)))
}

/// `POST /transactions/report`
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let named = form.to_show_again().text("row");
    let spot = Spot::parse(named).ok_or(Trouble::Obstacle(Obstacle::NotFound))?;
    let here = format!("/transactions/report?row={spot}");
    if form.of_session().is_err() {
        return Ok(see_other(&here));
    }
    let (app, visit) = (&guest.site.app, &guest.visit);
    match reports::submit(app, visit, &member.signed_in, &spot).await? {
        Answer::Reported(_) | Answer::Full => Ok(see_other(&here)),
        Answer::Unknown => Err(Trouble::Obstacle(Obstacle::NotFound)),
    }
}
