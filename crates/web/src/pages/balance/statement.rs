//! M18 Saldo / Balance: old-age savings per member number, year by year, from opening to closing.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::ids::Kpj;
use payung_domain::ledger::statement::StatementYear;
use payung_domain::money::Rupiah;
use payung_domain::time::Instant;
use payung_flows::members;

use payung_flows::members::ReturnUsed;

use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;

/// The balance page.
#[derive(Debug, Template)]
#[template(path = "balance/statement.html")]
pub struct Balance {
    /// Around the page.
    pub f: Frame,
    /// All member numbers together.
    pub total: Rupiah,
    /// When the amounts were put together.
    pub as_of: Instant,
    /// All member numbers together, newest year first. Its cells carry the plain names
    /// (`jht-opening-2025`).
    pub years: Vec<Year>,
    /// One by one, when there are several; their names end in the number.
    pub accounts: Vec<Account>,
    /// What the return was worked out with, in words: in the demonstration it is an assumption.
    pub return_note: String,
}

/// One member number.
#[derive(Clone, Debug)]
pub struct Account {
    /// The number.
    pub kpj: Kpj,
    /// The employer it runs with, or ran with last.
    pub employer: Option<String>,
    /// Its balance.
    pub balance: Rupiah,
    /// Newest year first.
    pub years: Vec<Year>,
}

/// One year of an account: what it opened with, what moved it, what it closed with.
#[derive(Clone, Copy, Debug)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// On its first day.
    pub opening: Rupiah,
    /// Paid in.
    pub contributions: Rupiah,
    /// Earned.
    pub returns: Rupiah,
    /// Paid out, as a positive amount.
    pub payouts: Rupiah,
    /// On its last day, or now.
    pub closing: Rupiah,
}

impl Balance {
    /// The columns in order: what people read, and the name that scripts know.
    fn columns(&self) -> [(String, &'static str); 5] {
        [
            (self.f.t("balance-opening"), "opening"),
            (self.f.t("balance-contributions"), "contributions"),
            (self.f.t("balance-return"), "return"),
            (self.f.t("balance-payouts"), "payouts"),
            (self.f.t("balance-closing"), "closing"),
        ]
    }

    /// A year's cells under those columns. Payouts are taken away, and shown so.
    fn cells(&self, year: &Year) -> impl Iterator<Item = (String, &'static str, Rupiah)> {
        let amounts =
            [year.opening, year.contributions, year.returns, year.payouts.negated(), year.closing];
        self.columns().into_iter().zip(amounts).map(|((label, name), amount)| (label, name, amount))
    }
}

/// `GET /balance`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let app = &member.guest.site.app;
    let record = members::record(app, member.signed_in.account.person).await?;
    let savings = record.savings()?;
    let f = member.frame();
    let accounts = record.memberships.iter().map(|membership| Account {
        kpj: membership.kpj.clone(),
        employer: record.last_employer_of(membership.id),
        balance: savings.balance_of(membership.id),
        years: savings.years_of(membership.id).iter().rev().map(Year::of).collect(),
    });
    let page = Balance {
        total: savings.together.balance,
        as_of: member.guest.visit.now,
        years: savings.together.years.iter().rev().map(Year::of).collect(),
        accounts: accounts.collect(),
        return_note: return_note(&f, record.return_used(app)),
        f,
    };
    Ok(front::show(StatusCode::OK, &page))
}

/// With what the return was worked out, and how sure that is.
fn return_note(f: &Frame, used: ReturnUsed) -> String {
    match used {
        ReturnUsed::None => f.t("return-none"),
        ReturnUsed::Assumed(rate) => f.t1("return-assumed", "rate", f.percent(&rate)),
        ReturnUsed::Declared(rate) => f.t1("return-declared", "rate", f.percent(&rate)),
    }
}

impl Year {
    const fn of(row: &StatementYear) -> Self {
        Self {
            year: row.year,
            opening: row.opening,
            contributions: row.contributions,
            returns: row.returns,
            payouts: row.payouts.negated(),
            closing: row.closing,
        }
    }
}
