//! Savings that were received, into the ledger. Returns are not: what a year's is has to be declared
//! first, and nobody guesses it here.

use std::collections::HashMap;

use payung_domain::ids::MembershipId;
use payung_domain::ledger::end::{LedgerEnd, Movement};
use payung_domain::ledger::{Posting, PostingKind};
use payung_storage::imports::{self, Waiting};
use payung_storage::{Fault, Store, Tx, ledger};

/// Member numbers whose savings are posted in one transaction. Each may have forty years of them.
const BATCH: u32 = 200;

/// Posts everything that waits; answers how many lines that made. What breaks off goes on with those
/// that still wait.
pub(super) async fn post_all(store: &Store) -> Result<u64, Fault> {
    let mut all = 0;
    loop {
        let mut tx = store.write().await?;
        imports::take_turn(&mut tx).await?;
        let lines = post_some(&mut tx).await?;
        if lines == 0 {
            return Ok(all);
        }
        tx.commit().await?;
        all += lines;
    }
}

async fn post_some(tx: &mut Tx) -> Result<u64, Fault> {
    let waiting = imports::waiting(tx, BATCH).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let ends = ledger::ends_of_waiting(tx, BATCH).await?;
    let mut ends: HashMap<MembershipId, LedgerEnd> =
        ends.iter().map(|last| (last.membership, LedgerEnd::after(last))).collect();
    let postings = waiting
        .iter()
        .map(|saved| {
            let end = ends.entry(saved.membership);
            post(end.or_insert_with(|| LedgerEnd::empty(saved.membership)), saved)
        })
        .collect::<Result<Vec<Posting>, Fault>>()?;
    let lines = ledger::add(tx, &postings).await?;
    imports::posted(tx, BATCH).await?;
    Ok(lines)
}

/// Booked on the day it came; where the ledger is past that day already, on its last day. Either way
/// the day follows from the record, not from when the import happened to run.
fn post(end: &mut LedgerEnd, saved: &Waiting) -> Result<Posting, Fault> {
    let booked_on = end.last_day().map_or(saved.received_on, |last| last.max(saved.received_on));
    end.post(Movement {
        kind: PostingKind::Contribution,
        month: saved.month,
        booked_on,
        amount: saved.amount,
        rate: None,
    })
    .map_err(Fault::while_doing("posting savings"))
}
