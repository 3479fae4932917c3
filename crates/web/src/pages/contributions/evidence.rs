//! M17: what an employer did not pay, paid late or paid short, on one paper that a member can take to
//! the employer, to the desk or to the labour office: each month with its due date, what is owed, the
//! penalty, and the rules that say so.

use std::collections::BTreeSet;

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use payung_domain::contributions::duty::Duty;
use payung_domain::contributions::history::{MonthRow, MonthState};
use payung_domain::employers::Employer;
use payung_domain::members::Segment;
use payung_domain::money::Rupiah;
use payung_domain::programmes::Programmes;
use payung_flows::Fault;
use payung_flows::members::{self, Record};
use payung_flows::rules;

use super::history::{Mark, key_of};
use super::sums::steps;
use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;
use crate::pdf::{Cell, Pdf, Tag};

/// The page.
#[derive(Debug, Template)]
#[template(path = "contributions/evidence.html")]
pub struct Evidence {
    /// Around the page.
    pub f: Frame,
    /// Whose months these are.
    pub name: String,
    /// The day for which it holds.
    pub today: Date,
    /// Each employer with months that are not in order.
    pub firms: Vec<Firm>,
}

/// What one employer has to answer for.
#[derive(Clone, Debug)]
pub struct Firm {
    /// The employer.
    pub name: String,
    /// Its number.
    pub npp: String,
    /// Month by month, the newest first.
    pub lines: Vec<Line>,
    /// What is owed in all, as far as that can be said.
    pub owed: Rupiah,
    /// What being late costs in all, as far as that can be said.
    pub penalties: Rupiah,
    /// How both add up.
    pub sums: [String; 2],
    /// What the due dates and amounts follow from.
    pub sources: Vec<String>,
}

/// One month of one programme.
#[derive(Clone, Debug)]
pub struct Line {
    /// `Juli 2026, JHT`
    pub what: String,
    /// What became of it.
    pub mark: Mark,
    /// When it was due; a dash where that is not published.
    pub due: String,
    /// When it came; a dash where it did not.
    pub received: String,
    /// What is owed, where that can be said.
    pub owed: Option<Rupiah>,
    /// The penalty that the employer bears, where that can be said.
    pub penalty: Option<Rupiah>,
    /// Where the month is explained.
    pub why: String,
}

impl Line {
    fn of(
        f: &Frame,
        row: &MonthRow,
        programmes: &Programmes,
        today: Date,
        sources: &mut BTreeSet<String>,
    ) -> Self {
        let due = programmes.due_date(row.programme, Segment::WageEarner, row.month).ok();
        let duty = Duty::of(row, programmes, today);
        let expected = duty.as_ref().and_then(|duty| duty.due.as_ref().ok());
        let penalty = duty.as_ref().and_then(|duty| duty.penalty.as_ref());
        let rules = due.iter().flat_map(|due| &due.rules);
        let rules = rules.chain(expected.iter().flat_map(|expected| &expected.rules));
        let rules = rules.chain(penalty.iter().flat_map(|penalty| &penalty.rules));
        sources.extend(rules.map(|rule| rules::source(f.language, rule.source)));
        let came = row.contribution.as_ref();
        Self {
            what: format!("{}, {}", f.month(&row.month), row.programme.code()),
            mark: Mark::of(row.state),
            due: due.as_ref().map_or_else(dash, |due| f.date(&due.on)),
            received: came.map_or_else(dash, |came| f.date(&came.received_on)),
            owed: expected.and(duty.as_ref()).map(|duty| duty.owed),
            penalty: penalty.and_then(|penalty| penalty.amount),
            why: format!("/contributions/month?of={}", key_of(row)),
        }
    }

    fn owed(&self, f: &Frame) -> String {
        self.owed.map_or_else(dash, |amount| f.money(&amount))
    }

    fn penalty(&self, f: &Frame) -> String {
        self.penalty.map_or_else(dash, |amount| f.money(&amount))
    }
}

impl Firm {
    /// `None` where the sums are past what an amount can hold.
    fn of(
        f: &Frame,
        firm: &Employer,
        rows: &[&MonthRow],
        programmes: &Programmes,
        today: Date,
    ) -> Option<Self> {
        let mut sources = BTreeSet::new();
        let lines: Vec<Line> =
            rows.iter().map(|row| Line::of(f, row, programmes, today, &mut sources)).collect();
        Some(Self {
            name: firm.name.clone(),
            npp: firm.npp.as_str().to_owned(),
            owed: Rupiah::checked_sum(lines.iter().filter_map(|line| line.owed))?,
            penalties: Rupiah::checked_sum(lines.iter().filter_map(|line| line.penalty))?,
            sums: [
                steps(f, lines.iter().filter_map(|line| line.owed)),
                steps(f, lines.iter().filter_map(|line| line.penalty)),
            ],
            lines,
            sources: sources.into_iter().collect(),
        })
    }
}

impl Evidence {
    /// The paper of a record as it stands on a day.
    pub fn of(
        f: Frame,
        name: String,
        record: &Record,
        programmes: &Programmes,
        today: Date,
    ) -> Result<Self, Fault> {
        let history = record.history_by(programmes, today);
        let firms = record.employers.iter().filter_map(|firm| {
            let is_wrong = |row: &&MonthRow| {
                let state = row.state;
                let is_wrong = matches!(
                    state,
                    MonthState::Missing { .. } | MonthState::Late { .. } | MonthState::Short { .. }
                );
                is_wrong && row.employer == Some(firm.id)
            };
            let rows: Vec<&MonthRow> = history.rows().iter().filter(is_wrong).collect();
            (!rows.is_empty()).then(|| Firm::of(&f, firm, &rows, programmes, today))
        });
        let firms: Option<Vec<Firm>> = firms.collect();
        let firms =
            firms.ok_or_else(|| Fault::new("adding up what is owed", "more than it can hold"))?;
        Ok(Self { f, name, today, firms })
    }

    fn made(&self) -> String {
        self.f.t1("evidence-made", "date", self.f.date(&self.today))
    }

    /// The heads of the columns.
    fn heads(&self) -> [String; 6] {
        [
            self.f.t("column-month"),
            self.f.t("evidence-state"),
            self.f.t("month-due"),
            self.f.t("column-received"),
            self.f.t("month-owed"),
            self.f.t("month-penalty"),
        ]
    }

    async fn for_member(member: &Member) -> Result<Self, Fault> {
        let app = &member.guest.site.app;
        let record = members::record(app, member.signed_in.account.person).await?;
        let (f, name) = (member.frame(), member.name.clone());
        Self::of(f, name, &record, &app.programmes, member.today())
    }

    /// The same as a file.
    pub fn written(&self) -> Result<Vec<u8>, Fault> {
        const SIZE: i64 = 8;
        let f = &self.f;
        let mut pdf = Pdf::new(f.t("evidence-title"), f.language.tag());
        pdf.text(Tag::H1, 16, &f.t("evidence-title"));
        pdf.text(Tag::P, 10, &self.name);
        pdf.text(Tag::P, 10, &self.made());
        pdf.text(Tag::P, 10, &f.t("evidence-lead"));
        for firm in &self.firms {
            pdf.text(Tag::H2, 12, &format!("{} ({})", firm.name, firm.npp));
            pdf.begin(Tag::Table);
            pdf.heads(SIZE, cells(self.heads()));
            for line in &firm.lines {
                let texts = [
                    line.what.clone(),
                    line.mark.label(f),
                    line.due.clone(),
                    line.received.clone(),
                    line.owed(f),
                    line.penalty(f),
                ];
                pdf.row(SIZE, &cells(texts));
            }
            pdf.end_table();
            let (owed, penalties) = (f.money(&firm.owed), f.money(&firm.penalties));
            pdf.text(Tag::P, 10, &f.t2("evidence-sum", "owed", owed, "penalties", penalties));
            pdf.text(
                Tag::P,
                SIZE,
                &format!("{} {}", f.t("evidence-sources"), firm.sources.join("; ")),
            );
        }
        pdf.finish(|page, pages| format!("{}   {page} / {pages}", self.name))
    }
}

/// In the place of what there is not.
fn dash() -> String {
    "–".to_owned()
}

fn cells(texts: [String; 6]) -> Vec<Cell> {
    let (left, right) = Pdf::edges();
    let places = [left, left + 9_000, left + 17_000, left + 25_500, right - 9_500, right];
    let cells = texts.into_iter().zip(places).enumerate();
    cells.map(|(place, (text, at))| Cell { text, at, is_amount: place > 3 }).collect()
}

/// `GET /contributions/report`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    Ok(front::show(StatusCode::OK, &Evidence::for_member(&member).await?))
}

/// `GET /contributions/report/pdf`
pub async fn document(member: Member) -> Result<Response, Trouble> {
    let page = Evidence::for_member(&member).await?;
    let name = format!("attachment; filename=\"payung-months-{}.pdf\"", page.today);
    let headers =
        [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, page.written()?).into_response())
}
