//! M18: a statement as it is printed. It is read from what was signed.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::money::Rupiah;
use payung_domain::statements::{Document, Figures, Line, Number};
use payung_domain::time::Instant;
use payung_flows::apps::Drawing;
use payung_flows::{Fault, statements};
use uuid::Uuid;

use super::{address, found, months, what};
use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;

/// The page.
#[derive(Debug, Template)]
#[template(path = "statements/paper.html")]
pub struct Paper {
    /// Around the page.
    pub f: Frame,
    /// Its name in addresses.
    pub id: Uuid,
    /// What was signed.
    pub document: Document,
    /// Its sums.
    pub total: Figures,
    /// The QR code that leads to the check.
    pub drawing: Drawing,
    /// Since when the key that signed it is not trusted, if it is not.
    pub distrusted_from: Option<Instant>,
}

impl Paper {
    /// The page of a statement.
    pub fn of(f: Frame, id: Uuid, document: Document) -> Result<Self, Fault> {
        let total = document.statement.figures();
        let total = total.ok_or_else(|| Fault::new("showing a statement", "it has no sum"))?;
        let drawing = statements::drawing(&document)?;
        Ok(Self { f, id, document, total, drawing, distrusted_from: None })
    }

    /// That the key which signed it is not trusted, if it is not.
    pub(super) fn distrusted(&self) -> Option<String> {
        let (name, time) = (&*self.f.service_name, self.f.date_time(&self.distrusted_from?));
        Some(self.f.t2("check-statement-distrusted", "service", name, "time", time))
    }

    pub(super) fn months(&self) -> String {
        months(&self.f, self.document.statement.period)
    }

    pub(super) fn issued(&self) -> String {
        self.f.date_time(&issued_at(&self.document))
    }

    pub(super) fn check_address(&self) -> String {
        format!("{}/check", self.document.issuer)
    }

    fn file(&self, kind: &str) -> String {
        format!("{}/{kind}", address(self.id))
    }

    pub(super) fn what(&self, line: &Line) -> String {
        what(self.f.language, line)
    }

    pub(super) fn rows(&self, sums: &Figures) -> Vec<Sum> {
        rows(&self.f, sums)
    }

    /// Where the postings of a member number stand: in the year of its last one here.
    fn why(number: &Number) -> String {
        match number.lines.last() {
            Some(line) => format!("{BALANCE}/year?of={}-{}", number.kpj, line.day.year()),
            None => BALANCE.to_owned(),
        }
    }

    /// Where the whole is explained: under its number, or where several are added up.
    fn why_total(&self) -> String {
        match &self.document.statement.numbers[..] {
            [one] => Self::why(one),
            _ => BALANCE.to_owned(),
        }
    }

    /// The sums of a member number, where there are several: one alone is the whole.
    pub(super) fn sums_of(&self, number: &Number) -> Option<Figures> {
        number.figures().filter(|_| self.document.statement.numbers.len() > 1)
    }
}

/// Where savings are explained.
const BALANCE: &str = "/balance";

/// When a statement was issued.
pub(crate) fn issued_at(document: &Document) -> Instant {
    Instant::from_micros(document.issued.saturating_mul(1_000_000))
}

/// A sum: what people read, the name that scripts know, and the amount.
pub(crate) type Sum = (String, &'static str, Rupiah);

/// The sums under each other.
pub(crate) fn rows(f: &Frame, sums: &Figures) -> Vec<Sum> {
    let mut rows = vec![
        (f.t("balance-opening"), "opening", sums.opening),
        (f.t("balance-contributions"), "contributions", sums.contributions),
        (f.t("balance-return"), "return", sums.returns),
        (f.t("balance-payouts"), "payouts", sums.payouts),
        (f.t("statement-others"), "others", sums.others),
        (f.t("balance-closing"), "closing", sums.closing),
    ];
    rows.retain(|(_, name, amount)| *name != "others" || *amount != Rupiah::ZERO);
    rows
}

/// `GET /statements/{id}`
pub async fn show(member: Member, Path(id): Path<String>) -> Result<Response, Trouble> {
    let (id, shown) = found(&member, &id).await?;
    let page = Paper::of(member.frame(), id, shown.document)?;
    let page = Paper { distrusted_from: shown.distrusted_from, ..page };
    Ok(front::show(StatusCode::OK, &page))
}
