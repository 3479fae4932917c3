//! M18 Saldo / Balance: old-age savings per member number, year by year, from opening to closing.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::ids::Kpj;
use payung_domain::ledger::PostingKind;
use payung_domain::ledger::statement::StatementYear;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme;
use payung_domain::time::Instant;
use payung_flows::App;
use payung_flows::members::{self, Record, ReturnUsed};

use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;
use crate::pages::benefits::words::Why;
use crate::pages::contributions::sums::{Working, cited, due_rules, duties};

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
    /// How the whole adds up over the years, and the rules behind it.
    pub why: Working,
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
    /// From other member numbers, less what went there.
    pub transfers: Rupiah,
    /// Mistakes put right.
    pub corrections: Rupiah,
    /// On its last day, or now.
    pub closing: Rupiah,
}

impl Balance {
    /// The member number, when there is only one.
    fn only_kpj(&self) -> &str {
        match &self.accounts[..] {
            [one] => one.kpj.as_str(),
            _ => "",
        }
    }

    /// The member numbers under which something moved in a year, when there are several: what they
    /// say of it makes up the year.
    fn numbers_in(&self, year: &Year) -> Vec<&str> {
        let moved = |account: &&Account| account.years.iter().any(|one| one.year == year.year);
        let several = self.accounts.iter().filter(|_| self.accounts.len() > 1);
        several.filter(moved).map(|account| account.kpj.as_str()).collect()
    }

    /// `Rp61.200.100 + Rp26.212.250 = Rp87.412.350`: what is under each number makes the whole.
    fn sum(&self) -> String {
        let parts: Vec<String> =
            self.accounts.iter().map(|account| self.f.money(&account.balance)).collect();
        format!("{} = {}", parts.join(" + "), self.f.money(&self.total))
    }

    /// The columns in order: what people read, and the name that scripts know. Transfers and
    /// corrections are rare, and have a column only where there are some.
    fn columns(&self) -> Vec<(String, &'static str)> {
        let all = || self.years.iter().chain(self.accounts.iter().flat_map(|one| &one.years));
        let transfers = all().any(|year| year.transfers != Rupiah::ZERO);
        let corrections = all().any(|year| year.corrections != Rupiah::ZERO);
        [
            (self.f.t("balance-opening"), "opening", true),
            (self.f.t("balance-contributions"), "contributions", true),
            (self.f.t("balance-return"), "return", true),
            (self.f.t("balance-payouts"), "payouts", true),
            (self.f.t("balance-transfers"), "transfers", transfers),
            (self.f.t("balance-corrections"), "corrections", corrections),
            (self.f.t("balance-closing"), "closing", true),
        ]
        .into_iter()
        .filter(|(.., is_shown)| *is_shown)
        .map(|(label, name, _)| (label, name))
        .collect()
    }

    /// `Rp58.900.000 (contributions) + Rp33.012.350 (return) − Rp4.500.000 (paid out) =
    /// Rp87.412.350`: what moved in all years makes the whole.
    fn over_the_years(&self) -> String {
        let first = self.years.last().map(|year| year.opening).unwrap_or_default();
        let mut steps = String::new();
        let sum = |of: fn(&Year) -> Rupiah| {
            Rupiah::checked_sum(self.years.iter().map(of)).unwrap_or_default()
        };
        for (key, sum) in [
            ("balance-opening", first),
            ("balance-contributions", sum(|year| year.contributions)),
            ("balance-return", sum(|year| year.returns)),
            ("balance-payouts", sum(|year| year.payouts.negated())),
            ("balance-transfers", sum(|year| year.transfers)),
            ("balance-corrections", sum(|year| year.corrections)),
        ] {
            let (sign, size) =
                if sum < Rupiah::ZERO { ("− ", sum.negated()) } else { ("+ ", sum) };
            if sum == Rupiah::ZERO {
                continue;
            }
            let sign = if steps.is_empty() && sum > Rupiah::ZERO { "" } else { sign };
            let step = format!("{sign}{} ({}) ", self.f.money(&size), self.f.t(key));
            steps.push_str(&step);
        }
        if steps.is_empty() {
            return steps;
        }
        format!("{steps}= {}", self.f.money(&self.total))
    }

    /// A year's cells under those columns. Payouts are taken away, and shown so.
    fn cells(&self, year: &Year) -> impl Iterator<Item = (String, &'static str, Rupiah)> {
        let year = *year;
        self.columns().into_iter().map(move |(label, name)| {
            let amount = match name {
                "opening" => year.opening,
                "contributions" => year.contributions,
                "return" => year.returns,
                "payouts" => year.payouts.negated(),
                "transfers" => year.transfers,
                "corrections" => year.corrections,
                _ => year.closing,
            };
            (label, name, amount)
        })
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
        return_note: return_note(&f, app, &record),
        why: Working::default(),
        f,
    };
    let steps = page.over_the_years();
    let why = Working { steps, rules: rules_behind(&page.f, app, &record, member.today(), None) };
    let page = Balance { why, ..page };
    Ok(front::show(StatusCode::OK, &page))
}

/// The rules behind savings: what was due for them, of one year or of all, and what they earn.
pub(super) fn rules_behind(
    f: &Frame,
    app: &App,
    record: &Record,
    today: Date,
    year: Option<i16>,
) -> Vec<Why> {
    let history = record.history(app, today);
    let is_of_it = |month: Month| year.is_none_or(|year| month.year() == year);
    let saved = history.rows().iter().filter(|row| row.programme == Programme::Jht);
    let known = duties(saved.filter(|row| is_of_it(row.month)), &app.programmes, today);
    let mut rules = due_rules(f, &known);
    // The page of a year says with each return by which row it was worked out.
    if year.is_none() {
        let earned = record.postings.iter().filter(|one| one.kind == PostingKind::Return);
        let rows: Vec<_> = earned
            .filter_map(|one| app.programmes.yearly_return(one.month).ok())
            .map(|(_, row)| row)
            .collect();
        rules.extend(cited(f, &rows));
    }
    rules
}

/// With what the return was worked out, and how sure that is. Where the newest one is an estimate, also
/// until when the demonstration takes the earlier ones as declared.
pub(in crate::pages) fn return_note(f: &Frame, app: &App, record: &Record) -> String {
    match record.return_used(app) {
        ReturnUsed::None => f.t("return-none"),
        ReturnUsed::Assumed(rate) => {
            let note = f.t1("return-assumed", "rate", f.percent(&rate));
            match record.supposed_until(app) {
                Some(year) => format!("{note} {}", f.t1("return-supposed-until", "year", year)),
                None => note,
            }
        }
        ReturnUsed::Supposed(rate) => f.t1("return-supposed", "rate", f.percent(&rate)),
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
            transfers: row.transfers,
            corrections: row.corrections,
            closing: row.closing,
        }
    }
}
