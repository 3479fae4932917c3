//! Paying a claim: the money leaves the ledger in the transaction in which the claim is paid, once,
//! and never while its owner keeps payouts shut.

use payung_domain::claims::entitlement::Payable;
use payung_domain::claims::{Claim, Stage, Step};
use payung_domain::contact_changes::COOLING_OFF;
use payung_domain::ledger::end::{LedgerEnd, Movement};
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::month::Month;
use payung_domain::payout_lock::{Payouts, payouts};
use payung_domain::time::Instant;
use payung_storage::{Fault, Tx, claims, heir_claims, ledger};

use super::record::Facts;
use crate::{App, payouts as lock};

/// From when a claim may be paid: when the account's payouts are open, and its bank account has cooled
/// off. Nothing is paid to somebody who is said to be dead, until they say that they are not: whoever
/// has the telephone of the dead has their account too.
pub(super) async fn opens_at(
    app: &App,
    tx: &mut Tx,
    claim: &Claim,
    now: Instant,
) -> Result<Payouts, Fault> {
    if heir_claims::is_said_to_be_dead(tx, claim.person).await? {
        return Ok(Payouts::Closed);
    }
    let cooled = claim.bank.as_ref().map(|(_, since)| since.plus(COOLING_OFF));
    let account = lock::payouts_open_at(app, tx, claim.account, now).await?;
    Ok(match account {
        Payouts::Closed => Payouts::Closed,
        Payouts::OpensAt(at) => payouts(None, cooled.into_iter().chain([at]), now),
        Payouts::Open => payouts(None, cooled, now),
    })
}

/// Pays an approved claim; `None` where another hand was faster.
pub(super) async fn pay(
    tx: &mut Tx,
    claim: Claim,
    facts: &Facts,
    payable: &Payable,
    now: Instant,
) -> Result<Option<Claim>, Fault> {
    let Some(stage) = claim.stage.after(Step::Pay) else { return Ok(None) };
    let postings = leaving(facts, payable)?;
    let paid =
        Claim { stage, closed_at: Some(now), paid: Some((payable.gross, payable.tax)), ..claim };
    if !claims::advance(tx, &paid, Stage::Approved).await? {
        return Ok(None);
    }
    // A number in the ledger that another transaction took meanwhile refuses all of this.
    ledger::add(tx, &postings).await?;
    Ok(Some(paid))
}

/// The lines by which the money leaves, one for each member number.
fn leaving(facts: &Facts, payable: &Payable) -> Result<Vec<Posting>, Fault> {
    let doing = "paying a claim";
    let mut postings = Vec::with_capacity(payable.parts.len());
    for (membership, amount) in &payable.parts {
        let of_it = facts.postings.iter().filter(|line| line.membership == *membership);
        let last = of_it.max_by_key(|line| line.sequence);
        let last = last.ok_or_else(|| Fault::new(doing, "a number without savings"))?;
        let booked_on = facts.today.max(last.booked_on);
        let movement = Movement {
            kind: PostingKind::Payout,
            month: Month::of(booked_on),
            booked_on,
            amount: amount.negated(),
            rate: None,
        };
        let posting = LedgerEnd::after(last).post(movement).map_err(Fault::while_doing(doing))?;
        postings.push(posting);
    }
    Ok(postings)
}
