//! M18, everything that moved: one list of what came, what was earned and what went.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::ids::Kpj;
use payung_domain::ledger::PostingKind;
use payung_domain::money::Rupiah;
use payung_domain::programmes::Programme;
use payung_domain::transactions::{Moved, Spot};
use payung_flows::transactions::{self, Choice as Wanted, Part};

use crate::form::Fields;
use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;
use crate::pages::balance::year::words;
use crate::pages::contributions::history::Choice;

/// The list.
#[derive(Debug, Template)]
#[template(path = "transactions/list.html")]
pub struct Transactions {
    /// Around the page.
    pub f: Frame,
    /// What may have moved.
    pub kinds: Vec<Choice>,
    /// The years in which anything did.
    pub years: Vec<Choice>,
    /// The member numbers; one is no choice.
    pub numbers: Vec<Choice>,
    /// At most 25, newest first.
    pub rows: Vec<Row>,
    /// Address of the rows before these, if there are some.
    pub older: Option<String>,
    /// Address of the newest rows, when these are not they.
    pub newest: Option<String>,
}

/// One thing that moved, in words.
#[derive(Clone, Debug)]
pub struct Row {
    /// What names it in an address.
    pub spot: Spot,
    /// `Contribution for July 2026`
    pub what: String,
    /// The day, as people read it.
    pub day: String,
    /// What came; negative when it went.
    pub amount: Rupiah,
    /// Its name for scripts.
    pub name: String,
    /// What was saved after it; none outside of the savings.
    pub balance: Option<Rupiah>,
    /// Where it is explained, if anywhere.
    pub why: Option<String>,
    /// Whether it is reported and not cleared up yet.
    pub is_reported: bool,
}

impl Row {
    /// A row as its owner reads it, the one at this place of its page.
    #[must_use]
    pub fn of(f: &Frame, place: u32, moved: &Moved, is_reported: bool) -> Self {
        Self {
            spot: moved.spot.clone(),
            what: words(f, moved.kind, moved.month, moved.amount),
            day: f.date(&moved.spot.day),
            amount: moved.amount,
            name: format!("moved-{place}"),
            balance: moved.balance,
            why: why(moved),
            is_reported,
        }
    }
}

/// A contribution is explained by its month, everything else of the savings by its year.
fn why(moved: &Moved) -> Option<String> {
    let Spot { day, kpj, programme, .. } = &moved.spot;
    match moved.paid_by {
        Some(payer) => {
            let (month, payer) = (moved.month.get(), payer.simple());
            Some(format!("/contributions/month?of={month}-{}-{payer}", programme.code()))
        }
        None if *programme == Programme::Jht => {
            Some(format!("/balance/year?of={kpj}-{}", day.year()))
        }
        None => None,
    }
}

/// `GET /transactions`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let wanted = wanted(&guest.query);
    let before = guest.query.filled("before").and_then(Spot::parse);
    let app = &guest.site.app;
    let part = transactions::page(app, &member.signed_in, &wanted, before.as_ref()).await?;
    let page = Transactions::of(member.frame(), &part, &wanted, before.is_some());
    Ok(front::show(StatusCode::OK, &page))
}

impl Transactions {
    /// The page of a part of the list.
    #[must_use]
    pub fn of(f: Frame, part: &Part, wanted: &Wanted, has_newer: bool) -> Self {
        let rows = (1..).zip(&part.rows).map(|(place, moved)| {
            let is_reported = part.reported.contains(&moved.spot);
            Row::of(&f, place, moved, is_reported)
        });
        Self {
            rows: rows.collect(),
            kinds: kinds(&f, wanted.kind),
            years: part.years.iter().map(|year| plain(year, wanted.year == Some(*year))).collect(),
            numbers: part
                .numbers
                .iter()
                .map(|kpj| plain(kpj, wanted.kpj.as_ref() == Some(kpj)))
                .collect(),
            older: part.older.as_ref().map(|spot| address(wanted, Some(spot))),
            newest: has_newer.then(|| address(wanted, None)),
            f,
        }
    }

    const fn has_numbers(&self) -> bool {
        self.numbers.len() > 1
    }
}

/// What an address asks for. A choice that is none chooses everything.
fn wanted(fields: &Fields) -> Wanted {
    Wanted {
        kind: PostingKind::ALL.into_iter().find(|kind| key_of(*kind) == fields.text("kind")),
        year: fields.text("year").parse::<i16>().ok().filter(|year| (1900..=2999).contains(year)),
        kpj: Kpj::parse(fields.text("membership")).ok(),
    }
}

fn address(wanted: &Wanted, before: Option<&Spot>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(kind) = wanted.kind {
        query.append_pair("kind", key_of(kind));
    }
    if let Some(year) = wanted.year {
        query.append_pair("year", &year.to_string());
    }
    if let Some(kpj) = &wanted.kpj {
        query.append_pair("membership", kpj.as_str());
    }
    if let Some(before) = before {
        query.append_pair("before", &before.to_string());
    }
    format!("/transactions?{}#rows", query.finish())
}

/// The word in addresses.
const fn key_of(kind: PostingKind) -> &'static str {
    match kind {
        PostingKind::Contribution => "contribution",
        PostingKind::Return => "return",
        PostingKind::Payout => "payout",
        PostingKind::TransferIn => "transfer-in",
        PostingKind::TransferOut => "transfer-out",
        PostingKind::Correction => "correction",
    }
}

fn kinds(f: &Frame, chosen: Option<PostingKind>) -> Vec<Choice> {
    let label = |kind| match kind {
        PostingKind::Contribution => f.t("kind-contribution"),
        PostingKind::Return => f.t("kind-return"),
        PostingKind::Payout => f.t("kind-payout"),
        PostingKind::TransferIn => f.t("kind-transfer-in"),
        PostingKind::TransferOut => f.t("kind-transfer-out"),
        PostingKind::Correction => f.t("kind-correction"),
    };
    PostingKind::ALL
        .into_iter()
        .map(|kind| Choice {
            value: key_of(kind).to_owned(),
            label: label(kind),
            chosen: chosen == Some(kind),
        })
        .collect()
}

fn plain(value: &impl ToString, chosen: bool) -> Choice {
    Choice { value: value.to_string(), label: value.to_string(), chosen }
}
