//! Statements of savings: what moved in some months, on paper, as a table, as a signed file.

use payung_domain::language::Language;
use payung_domain::ledger::PostingKind;
use payung_domain::money::Rupiah;
use payung_domain::statements::{Line, Period};
use payung_flows::statements::{self, Shown};
use payung_texts::{Texts, Value, formats};
use uuid::Uuid;

use crate::guest::{Member, Trouble};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;

pub mod files;
pub mod list;
pub mod paper;
pub mod pdf;

/// Where a statement is shown.
fn address(id: Uuid) -> String {
    format!("/statements/{id}")
}

/// The member's own statement of this name.
async fn found(member: &Member, id: &str) -> Result<(Uuid, Shown), Trouble> {
    let none = || Trouble::Obstacle(Obstacle::NotFound);
    let id: Uuid = id.parse().map_err(|_| none())?;
    let shown = statements::show(&member.guest.site.app, &member.signed_in, id).await?;
    Ok((id, shown.ok_or_else(none)?))
}

/// `2025`, or `March 2025 to April 2026`.
pub(crate) fn months(f: &Frame, period: Period) -> String {
    if let Some(year) = period.whole_year() {
        return year.to_string();
    }
    if period.first == period.last {
        return f.month(&period.first);
    }
    f.t2("statement-span", "first", f.month(&period.first), "last", f.month(&period.last))
}

/// What moved the money.
fn what(language: Language, line: &Line) -> String {
    let texts = Texts::shipped();
    let month = || [("month", Value::from(formats::month(language, line.month)))];
    match line.kind {
        PostingKind::Contribution => texts.say(language, "posting-contribution", &month()),
        PostingKind::Return => texts.say(language, "posting-return", &month()),
        PostingKind::Payout => texts.say(language, "posting-payout", &[]),
        PostingKind::TransferIn => texts.say(language, "posting-transfer-in", &[]),
        PostingKind::TransferOut => texts.say(language, "posting-transfer-out", &[]),
        PostingKind::Correction if line.amount < Rupiah::ZERO => {
            texts.say(language, "posting-correction-back", &month())
        }
        PostingKind::Correction => texts.say(language, "posting-correction-anew", &month()),
    }
}
