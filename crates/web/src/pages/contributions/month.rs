//! M17, one month of one programme: what was due and why, what came, what is still owed, the penalty
//! for being late, and what it costs in each benefit.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::contributions::Contribution;
use payung_domain::contributions::duty::{ByWord, Cost, Duty};
use payung_domain::contributions::history::{MonthRow, MonthState};
use payung_domain::corrections::Key;
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::members::Segment;
use payung_domain::money::Rupiah;
use payung_domain::programmes::{Citation, Earning, Expected, Penalty, Programme, Rate};
use payung_flows::members::{self, Record};
use payung_flows::rules;

use super::history::{Mark, key_of};
use super::wage::{Asked, says};
use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;
use crate::pages::benefits::words::Why;
use crate::pages::corrections::ask;
use crate::pages::problems::problem::Obstacle;

/// The page.
#[derive(Debug, Template)]
#[template(path = "contributions/month.html")]
pub struct OneMonth {
    /// Around the page.
    pub f: Frame,
    /// `JHT, Juli 2026`
    pub title: String,
    /// What became of it.
    pub mark: Mark,
    /// Who pays.
    pub employer: Option<String>,
    /// Facts, line by line.
    pub facts: Vec<(String, String)>,
    /// Amounts and how each came about.
    pub amounts: Vec<Explained>,
    /// What it costs the member.
    pub costs: Vec<String>,
    /// The question whether the wage is the member's, or what they answered.
    pub wage: Option<Way>,
    /// Where the money is among the savings.
    pub posted: Option<Way>,
    /// Where a correction of what came is asked for.
    pub correct: Option<String>,
}

/// A sentence and a way to where there is more.
#[derive(Clone, Debug)]
pub struct Way {
    /// The sentence; empty where the link says it all.
    pub text: String,
    /// What the link says.
    pub link: String,
    /// Where it leads.
    pub address: String,
}

/// An amount and how it came about.
#[derive(Clone, Debug)]
pub struct Explained {
    /// What it is.
    pub label: String,
    /// How much.
    pub amount: Rupiah,
    /// Its name for scripts.
    pub name: &'static str,
    /// The multiplication with its numbers.
    pub working: String,
    /// The rules it follows from.
    pub rules: Vec<Why>,
}

/// `GET /contributions/month?of=202607-JHT-…`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let app = &member.guest.site.app;
    let record = members::record(app, member.signed_in.account.person).await?;
    let today = member.today();
    let history = record.history(app, today);
    let wanted = member.guest.query.text("of");
    let row = history.rows().iter().find(|row| key_of(row) == wanted);
    let row = row.ok_or(Trouble::Obstacle(Obstacle::NotFound))?;
    let duty = Duty::of(row, &app.programmes, today);
    let employer = row.employer.and_then(|id| record.employer_name(id));
    let f = member.frame();
    let mut page = OneMonth::of(f, row, duty.as_ref(), employer);
    let segment = match row.employer {
        Some(_) => Segment::WageEarner,
        None => Segment::SelfEmployed,
    };
    if let Ok(due) = app.programmes.due_date(row.programme, segment, row.month) {
        let source = |rule: &Citation<'_>| rules::source(page.f.language, rule.source);
        let sources: Vec<String> = due.rules.iter().map(source).collect();
        let said = format!("{} ({})", page.f.date(&due.on), sources.join("; "));
        page.facts.insert(0, (page.f.t("month-due"), said));
    }
    page.wage = way_to_wage(&page.f, row, &record);
    page.posted = way_to_savings(&page.f, row, &record);
    Ok(front::show(StatusCode::OK, &page))
}

/// The question about the wage that was reported for a month, or its answer.
#[must_use]
pub fn way_to_wage(f: &Frame, row: &MonthRow, record: &Record) -> Option<Way> {
    let employer = row.employer?;
    row.contribution?;
    let about = (row.membership, row.month, employer);
    let one = record.reported_wages().into_iter().find(|one| one.about() == about)?;
    let address = Asked::of(f, &one, record).address();
    Some(match one.answer(&record.wage_answers) {
        Some(answer) => {
            let when = f.day(&answer.answered_at);
            let text = f.t2("month-wage-answered", "said", says(f, answer), "date", when);
            Way { text, link: f.t("month-wage-again"), address }
        }
        None => Way { text: String::new(), link: f.t("wage-title"), address },
    })
}

/// Where the savings say what came of a month's contribution.
#[must_use]
pub fn way_to_savings(f: &Frame, row: &MonthRow, record: &Record) -> Option<Way> {
    let came = row.contribution.filter(|came| came.programme == Programme::Jht)?;
    let posting = record.postings.iter().find(|posting| is_of(posting, &came))?;
    let membership = record.memberships.iter().find(|one| one.id == came.membership)?;
    let year = posting.booked_on.year();
    Some(Way {
        text: f.t1("month-posted", "date", f.date(&posting.booked_on)),
        link: f.t1("balance-year-title", "year", year),
        address: format!("/balance/year?of={}-{year}", membership.kpj),
    })
}

/// Whether a posting is what a contribution became.
pub(crate) fn is_of(posting: &Posting, came: &Contribution) -> bool {
    posting.kind == PostingKind::Contribution
        && came.programme == Programme::Jht
        && posting.membership == came.membership
        && posting.month == came.month
        && posting.booked_on == came.received_on
        && Some(posting.amount) == came.total()
}

impl OneMonth {
    /// The page of a month.
    #[must_use]
    pub fn of(f: Frame, row: &MonthRow, duty: Option<&Duty<'_>>, employer: Option<String>) -> Self {
        let title = format!("{}, {}", row.programme.code(), f.month(&row.month));
        let mut facts = Vec::new();
        if let Some(came) = row.contribution {
            facts.push((f.t("column-received"), f.date(&came.received_on)));
            facts.push((f.t("column-wage"), f.money(&came.wage)));
            let entered = match &employer {
                Some(name) => f.t1("month-entered-employer", "employer", &**name),
                None => f.t("month-entered-own"),
            };
            facts.push((f.t("month-entered"), entered));
        }
        match row.state {
            MonthState::Late { days } | MonthState::Missing { days } => {
                facts.push((f.t("month-late"), f.t1("month-days", "n", days)));
            }
            MonthState::Short { before, said } => {
                let wages = [("month-wage-before", before), ("month-wage-said", said)];
                let known = wages.into_iter().filter_map(|(key, wage)| Some((key, wage?)));
                facts.extend(known.map(|(key, wage)| (f.t(key), f.money(&wage))));
            }
            _ => {}
        }
        let (amounts, costs) = match duty {
            None => {
                facts.push((f.t("month-expected"), f.t("month-no-wage")));
                (Vec::new(), Vec::new())
            }
            Some(duty) => {
                if let Err(unknown) = &duty.due {
                    let name = rules::name(f.language, &unknown.what.rule());
                    let said = f.t1("month-not-published", "rule", name);
                    facts.push((f.t("month-expected"), said));
                }
                (
                    amounts(&f, row, duty),
                    duty.costs.iter().map(|cost| says_cost(&f, cost)).collect(),
                )
            }
        };
        let (mark, wage, posted) = (Mark::of(row.state), None, None);
        let correct = row.contribution.map(|came| ask::address(&Key::of(&came)));
        Self { f, title, mark, employer, facts, amounts, costs, wage, posted, correct }
    }
}

fn amounts(f: &Frame, row: &MonthRow, duty: &Duty<'_>) -> Vec<Explained> {
    let mut amounts = Vec::new();
    if let Ok(expected) = &duty.due {
        let rules: Vec<Why> = expected.rules.iter().map(|rule| Why::of(f, rule)).collect();
        let share = |label, amount, name, rate: Option<Rate>| Explained {
            label: f.t(label),
            amount,
            name,
            working: says_share(f, expected, rate, amount),
            rules: rules.clone(),
        };
        let [employer, worker] = expected.rates;
        let (own, theirs) = (expected.worker_part, expected.employer_part);
        if theirs > Rupiah::ZERO {
            amounts.push(share("month-due-employer", theirs, "due-employer", employer));
        }
        if own > Rupiah::ZERO {
            amounts.push(share("month-due-own", own, "due-own", worker));
        }
        if duty.is_wage_of_before {
            let wage = duty.earning.map(Earning::amount);
            let wage = wage.unwrap_or_default();
            let said = f.t1("month-wage-presumed", "wage", f.money(&wage));
            for one in &mut amounts {
                one.working = format!("{}. {said}", one.working);
            }
        }
    }
    let plain = |label, amount, name, working| Explained {
        label: f.t(label),
        amount,
        name,
        working,
        rules: Vec::new(),
    };
    let came = row.contribution.map_or_else(String::new, |came| {
        let parts = [came.employer_part, came.worker_part].map(|part| f.money(&part));
        format!("{} = {}", parts.join(" + "), f.money(&duty.paid))
    });
    amounts.push(plain("month-paid", duty.paid, "paid", came));
    if let Ok(expected) = &duty.due {
        let working = says_rest(f, expected, duty.paid, duty.owed);
        amounts.push(plain("month-owed", duty.owed, "owed", working));
    }
    amounts.extend(duty.penalty.as_ref().and_then(|penalty| says_penalty(f, penalty)));
    amounts.extend(duty.by_word.as_ref().and_then(|word| says_word(f, duty, word)));
    amounts
}

/// `Rp342.000 − Rp200.000 = Rp142.000`; nothing where nothing is owed.
fn says_rest(f: &Frame, expected: &Expected<'_>, paid: Rupiah, rest: Rupiah) -> String {
    match expected.total().filter(|_| rest > Rupiah::ZERO) {
        Some(due) => format!("{} − {} = {}", f.money(&due), f.money(&paid), f.money(&rest)),
        None => String::new(),
    }
}

/// What would be missing if the wage were the one that the member says.
fn says_word(f: &Frame, duty: &Duty<'_>, word: &ByWord<'_>) -> Option<Explained> {
    let expected = word.due.as_ref().ok()?;
    let [employer, worker] = expected.rates;
    let shares = [(employer, expected.employer_part), (worker, expected.worker_part)].into_iter();
    let mut steps: Vec<String> = shares
        .filter(|(_, amount)| *amount > Rupiah::ZERO)
        .map(|(rate, amount)| says_share(f, expected, rate, amount))
        .collect();
    steps.push(says_rest(f, expected, duty.paid, word.missing));
    steps.retain(|step| !step.is_empty());
    Some(Explained {
        label: f.t("month-word-missing"),
        amount: word.missing,
        name: "missing-by-word",
        working: steps.join("; "),
        rules: expected.rules.iter().map(|rule| Why::of(f, rule)).collect(),
    })
}

/// `Rp6.000.000 × 3,7% × 50% = Rp111.000`
fn says_share(f: &Frame, expected: &Expected<'_>, rate: Option<Rate>, amount: Rupiah) -> String {
    let base = rate.map(|rate| format!("{} × {}", f.money(&expected.base), f.percent(&rate)));
    let relief = expected.relief.map(|part| f.percent(&part));
    match (base, relief) {
        (Some(base), None) => format!("{base} = {}", f.money(&amount)),
        (Some(base), Some(relief)) => format!("{base} × {relief} = {}", f.money(&amount)),
        (None, Some(relief)) => f.t1("month-flat-part", "part", relief),
        (None, None) => f.t("month-flat"),
    }
}

fn says_penalty(f: &Frame, penalty: &Penalty<'_>) -> Option<Explained> {
    let amount = penalty.amount?;
    let rate = f.percent(&penalty.rate);
    let parts =
        [Some((penalty.of, penalty.months)), penalty.later.map(|part| (part.of, part.months))];
    let steps: Vec<String> = parts
        .into_iter()
        .flatten()
        .map(|(of, months)| format!("{} × {rate} × {months}", f.money(&of)))
        .collect();
    Some(Explained {
        label: f.t("month-penalty"),
        amount,
        name: "penalty",
        working: format!("{} = {}", steps.join(" + "), f.money(&amount)),
        rules: penalty.rules.iter().map(|rule| Why::of(f, rule)).collect(),
    })
}

fn says_cost(f: &Frame, cost: &Cost<'_>) -> String {
    let source = |rule: &Citation<'_>| rules::source(f.language, rule.source);
    match cost {
        Cost::Savings(amount) => f.t1("cost-savings", "amount", f.money(amount)),
        Cost::Pension(amount, rule) => {
            f.t2("cost-pension", "amount", f.money(amount), "source", source(rule))
        }
        Cost::SmallerPension(amount, rule) => {
            f.t2("cost-smaller-pension", "amount", f.money(amount), "source", source(rule))
        }
        Cost::Cover(programme) => f.t1("cost-cover", "programme", f.programme(programme.code())),
        Cost::JobLoss => f.t("cost-job-loss"),
        Cost::LowerWage => f.t("cost-lower-wage"),
        Cost::SavingsByWord(amount) => f.t1("cost-savings-by-word", "amount", f.money(amount)),
        Cost::PensionByWord(amount, rule) => {
            f.t2("cost-pension-by-word", "amount", f.money(amount), "source", source(rule))
        }
    }
}
