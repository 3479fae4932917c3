//! Everything that moved, as its owner reads it.

pub mod desk;
pub mod reports;

use payung_domain::ids::Kpj;
use payung_domain::ledger::PostingKind;
use payung_domain::transactions::{Moved, Report, Spot};
use payung_storage::transactions::Wanted;
use payung_storage::{Fault, members, transaction_reports, transactions};

use crate::App;
use crate::sessions::SignedIn;

/// Rows on one page.
const PAGE: u32 = 25;

/// What a member asked to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Only what moved like this.
    pub kind: Option<PostingKind>,
    /// Only in this year.
    pub year: Option<i16>,
    /// Only under this member number.
    pub kpj: Option<Kpj>,
}

/// Part of the list, newest first.
#[derive(Clone, Debug)]
pub struct Part {
    /// The rows.
    pub rows: Vec<Moved>,
    /// Where the rows before these begin, if there are some.
    pub older: Option<Spot>,
    /// The years in which anything moved, the latest first.
    pub years: Vec<i16>,
    /// The member numbers, the oldest first.
    pub numbers: Vec<Kpj>,
    /// Rows that are reported and not cleared up yet.
    pub reported: Vec<Spot>,
}

/// The rows of a page. A choice of a number that is not the member's shows nothing.
pub async fn page(
    app: &App,
    member: &SignedIn,
    choice: &Choice,
    before: Option<&Spot>,
) -> Result<Part, Fault> {
    let Choice { kind, year, kpj } = choice;
    let wanted = Wanted { kind: *kind, year: *year, kpj: kpj.as_ref(), before };
    let (account, person) = (member.account.id, member.account.person);
    let mut tx = app.store.read().await?;
    // One more than fits tells whether there is another page.
    let mut rows = transactions::list(&mut tx, person, &wanted, PAGE + 1).await?;
    let has_more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let older = rows.last().map(|row| row.spot.clone()).filter(|_| has_more);
    let reports = transaction_reports::of_account(&mut tx, account).await?;
    Ok(Part {
        rows,
        older,
        years: transactions::years(&mut tx, person).await?,
        numbers: members::memberships(&mut tx, person).await?.into_iter().map(|m| m.kpj).collect(),
        reported: reports.into_iter().filter(Report::is_open).map(|one| one.row.spot).collect(),
    })
}
