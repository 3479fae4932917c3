//! M18, one year of one member number: every posting, and how each return came about.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::contributions::Contribution;
use payung_domain::ledger::explained::{Explained, year as explained};
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Standing;
use payung_flows::members::{self, Record};
use payung_flows::{Fault, rules};

use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;
use crate::pages::balance::statement::rules_behind;
use crate::pages::benefits::words::Why;
use crate::pages::contributions::history::address_of_contribution;
use crate::pages::contributions::month::is_of;
use crate::pages::problems::problem::Obstacle;

/// The page.
#[derive(Debug, Template)]
#[template(path = "balance/year.html")]
pub struct Year {
    /// Around the page.
    pub f: Frame,
    /// Which year.
    pub year: i16,
    /// The member number.
    pub kpj: String,
    /// The balance when it began.
    pub opening: Rupiah,
    /// Everything that moved.
    pub lines: Vec<Line>,
    /// The balance when it ended, or now.
    pub closing: Rupiah,
    /// The rates that returns were worked out with.
    pub rates: Vec<String>,
    /// The rules that say what was due in that year.
    pub rules: Vec<Why>,
    /// Every step from the opening balance to the closing one.
    pub pencil: String,
    /// The year before, where the opening balance comes from.
    pub before: Option<String>,
}

/// One posting.
#[derive(Clone, Debug)]
pub struct Line {
    /// The day it was booked.
    pub day: String,
    /// What it is.
    pub what: String,
    /// What was added, or taken away.
    pub amount: Rupiah,
    /// Its name for scripts.
    pub name: String,
    /// How it came about; empty where it is what was received or paid.
    pub working: String,
    /// The balance after it.
    pub balance: Rupiah,
    /// Who entered it.
    pub entered: String,
    /// Where the contribution is explained that it is of.
    pub why: Option<String>,
}

/// `GET /balance/year?of=00012345678-2025`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let app = &member.guest.site.app;
    let record = members::record(app, member.signed_in.account.person).await?;
    let wanted = member.guest.query.text("of").rsplit_once('-');
    let found = wanted.and_then(|(kpj, year)| {
        let membership = record.memberships.iter().find(|one| one.kpj.as_str() == kpj)?;
        Some((membership, year.parse::<i16>().ok()?))
    });
    let (membership, year) = found.ok_or(Trouble::Obstacle(Obstacle::NotFound))?;
    let of_it = |posting: &&Posting| posting.membership == membership.id;
    let postings: Vec<Posting> = record.postings.iter().filter(of_it).cloned().collect();
    let known = explained(&postings, year, &app.programmes)
        .map_err(Fault::while_doing("explaining a year of savings"))?;
    let page = Year::of(member.frame(), year, membership.kpj.as_str(), &known, &record);
    let mut page = page.ok_or(Trouble::Obstacle(Obstacle::NotFound))?;
    page.rules = rules_behind(&page.f, app, &record, member.today(), Some(year));
    let mut years = postings.iter().rev().map(|posting| posting.booked_on.year());
    let before = years.find(|before| *before < year);
    page.before = before.map(|before| format!("/balance/year?of={}-{before}", membership.kpj));
    Ok(front::show(StatusCode::OK, &page))
}

impl Year {
    /// The page of a year; `None` when nothing moved in it.
    #[must_use]
    pub fn of(
        f: Frame,
        year: i16,
        kpj: &str,
        known: &[Explained<'_>],
        record: &Record,
    ) -> Option<Self> {
        let (first, last) = (known.first()?, known.last()?);
        let opening = first.posting.balance.checked_sub(first.posting.amount)?;
        let mut rates: Vec<String> = known
            .iter()
            .filter_map(|one| one.basis.as_ref())
            .map(|basis| {
                let sure = if basis.rule.standing() == Standing::Supposed {
                    f.t("return-supposed-mark")
                } else {
                    rules::mark(f.language, basis.rule.mark)
                };
                let rate = f.percent(&basis.rule.value.yearly);
                let source = rules::source(f.language, &basis.rule.source);
                format!("{rate} ({sure}; {}, {source})", basis.rule.value.version)
            })
            .collect();
        rates.dedup();
        let lines =
            (1..).zip(known).map(|(number, one)| Line::of(&f, number, one, record)).collect();
        let closing = last.posting.balance;
        let pencil = pencil(&f, opening, known, closing)?;
        let (kpj, before, rules) = (kpj.to_owned(), None, Vec::new());
        Some(Self { f, year, kpj, opening, lines, closing, rates, rules, pencil, before })
    }
}

/// `Rp1.000.000 + Rp342.000 (6 ×) + …`: the opening balance and a sum for each kind of posting make the
/// closing one. `None` past what an amount can hold.
fn pencil(f: &Frame, opening: Rupiah, known: &[Explained<'_>], closing: Rupiah) -> Option<String> {
    let mut steps = vec![f.money(&opening)];
    for kind in PostingKind::ALL {
        let of_kind = known.iter().map(|one| one.posting).filter(|posting| posting.kind == kind);
        let amounts: Vec<Rupiah> = of_kind.map(|posting| posting.amount).collect();
        if amounts.is_empty() {
            continue;
        }
        let sum = Rupiah::checked_sum(amounts.iter().copied())?;
        let (sign, size) = if sum < Rupiah::ZERO { ('−', sum.negated()) } else { ('+', sum) };
        let what = f.t(match kind {
            PostingKind::Contribution => "balance-contributions",
            PostingKind::Return => "balance-return",
            PostingKind::Payout => "balance-payouts",
            PostingKind::TransferIn => "posting-transfer-in",
            PostingKind::TransferOut => "posting-transfer-out",
            PostingKind::Correction => "posting-correction",
        });
        steps.push(format!("{sign} {} ({what}, {} ×)", f.money(&size), amounts.len()));
    }
    Some(format!("{} = {}", steps.join(" "), f.money(&closing)))
}

/// Who entered a posting: whoever paid, the rule that reckons by itself, or the programme. A return
/// says too whether its rate was declared.
fn entered(f: &Frame, one: &Explained<'_>, came: Option<&Contribution>, record: &Record) -> String {
    let posting = one.posting;
    let standing = one.basis.as_ref().map(|basis| basis.rule.standing());
    let employer = came.and_then(|came| came.employer).and_then(|id| record.employer_name(id));
    match (posting.kind, employer) {
        (PostingKind::Contribution, Some(name)) => f.t1("month-entered-employer", "employer", name),
        // What was put right since says no more who paid it.
        (PostingKind::Contribution, None) if came.is_none() => f.t("posting-entered-programme"),
        (PostingKind::Contribution, None) => f.t("month-entered-own"),
        _ => f.t(match standing {
            Some(Standing::Estimated) => "posting-entered-estimate",
            Some(Standing::Supposed) => "posting-entered-supposed",
            Some(Standing::Declared) => "posting-entered-declared",
            None => "posting-entered-programme",
        }),
    }
}

/// What moved, in a few words.
pub(in crate::pages) fn words(
    f: &Frame,
    kind: PostingKind,
    month: Month,
    amount: Rupiah,
) -> String {
    let month = f.month(&month);
    match kind {
        PostingKind::Contribution => f.t1("posting-contribution", "month", month),
        PostingKind::Return => f.t1("posting-return", "month", month),
        PostingKind::Payout => f.t("posting-payout"),
        PostingKind::TransferIn => f.t("posting-transfer-in"),
        PostingKind::TransferOut => f.t("posting-transfer-out"),
        // What was booked by mistake is taken back, and what is right is booked beside it.
        PostingKind::Correction if amount < Rupiah::ZERO => {
            f.t1("posting-correction-back", "month", month)
        }
        PostingKind::Correction => f.t1("posting-correction-anew", "month", month),
    }
}

impl Line {
    fn of(f: &Frame, number: u32, one: &Explained<'_>, record: &Record) -> Self {
        let posting = one.posting;
        let working = one.basis.as_ref().map_or_else(String::new, |basis| {
            let rate = f.percent(&basis.rule.value.yearly);
            let earned = format!("{} × {rate} ÷ 12", f.money(&basis.stayed));
            let booked = if basis.booked == Rupiah::ZERO {
                String::new()
            } else {
                format!(" − {}", f.money(&basis.booked))
            };
            format!("{earned}{booked} = {}", f.money(&posting.amount))
        });
        let came = record.contributions.iter().find(|came| is_of(posting, came));
        Self {
            entered: entered(f, one, came, record),
            why: came.map(address_of_contribution),
            day: f.date(&posting.booked_on),
            what: if posting.kind == PostingKind::Correction && one.basis.is_some() {
                f.t1("posting-true-up", "year", posting.month.year())
            } else {
                words(f, posting.kind, posting.month, posting.amount)
            },
            amount: posting.amount,
            name: format!("posting-{number}"),
            working,
            balance: posting.balance,
        }
    }
}
