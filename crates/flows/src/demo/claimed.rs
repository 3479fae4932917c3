//! A claim that somebody of the demonstration sent two days ago, so that the desk has one to decide.

use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::claims::bank::Bank;
use payung_domain::claims::{Claim, ClaimReference, Happened, Kind, Stage, Step};
use payung_domain::ids::ClaimId;
use payung_domain::time::Instant;
use payung_storage::{Fault, Tx, claims};

use super::lives::Life;
use crate::App;

/// Sends a claim for a part of the savings.
pub(super) async fn send(
    app: &App,
    tx: &mut Tx,
    life: &Life,
    account: &Account,
    now: Instant,
) -> Result<(), Fault> {
    let vault = app.store.vault();
    let days_ago = |days: u64| now.minus(Duration::from_hours(24 * days));
    let bank = Bank {
        bank: "Bank Contoh".to_owned(),
        number: "0000000001".to_owned(),
        owner: life.person.name.expose().to_owned(),
    };
    let draft = Claim {
        id: ClaimId::new(&*app.dice),
        reference: ClaimReference::new(&*app.dice),
        account: account.id,
        person: life.person.id,
        kind: Kind::JhtOther,
        stage: Stage::Draft,
        event_on: None,
        has_tax_number: true,
        bank: Some((bank, days_ago(3))),
        began_at: days_ago(3),
        complete_at: None,
        closed_at: None,
        taken_by: None,
        proposed_by: None,
        paid: None,
    };
    claims::add(tx, &draft).await?;
    claims::answer(tx, vault, &draft).await?;
    let sent = Claim { stage: Stage::Sent, complete_at: Some(days_ago(2)), ..draft };
    claims::advance(tx, &sent, Stage::Draft).await?;
    for (step, at) in [(Step::Begin, days_ago(3)), (Step::Send, days_ago(2))] {
        let id = app.dice.id();
        let happened = Happened { id, at, step, officer: None, words: String::new() };
        claims::add_event(tx, vault, &sent, None, &happened).await?;
    }
    Ok(())
}
